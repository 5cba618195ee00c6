"""Type and modality settled: the lexicon's and the parse's word, put right by dates, known facts and refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from summitry.reader.events.accept import in_force, standing_fact
from summitry.reader.events.arguments import complements, objects
from summitry.reader.events.parties import merge_parties
from summitry.reader.events.rivals import standing_between
from summitry.reader.events.stance import refuses
from summitry.reader.modality import modality_of
from summitry.reader.plover import quad_of
from summitry.reader.triggers import match_trigger

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Token

    from summitry.reader.events.roles import Cast
    from summitry.reader.triggers import TriggerMatch
    from summitry.vocabulary import KnownEvent, Modality, TimeExpression


def settle(
    match: TriggerMatch, cast: Cast, time: TimeExpression | None, known: KnownEvent | None, until: date | None
) -> tuple[str, str | None, Modality]:
    """Type, mode and modality of an act. ``until`` is the last day the report can have come out on."""
    token, entry = match.token, match.entry
    modality = _modality(match, cast, time, known, until)
    if entry.type == "RETREAT" and cast.recipients and token.lemma_.lower() in {"destroy", "demolish", "raze"}:
        # Whoever destroys another's site attacks.
        return "ASSAULT", "destroy", modality
    if entry.type == "MOBILIZE" and _together(match, cast):
        return "COOPERATE", None, modality
    if entry.type == "AGREE" and modality in {"happened", "planned"} and len(merge_parties(cast.actors)) == 1:
        given = _given(token)
        if given in _YIELDING:
            return "CONCEDE", None, modality
        if given == "SANCTION":
            return "SANCTION", None, "planned"
        if given is not None and (given == "REJECT" or quad_of(given) == 4) and token.lemma_.lower() in _VOWS:
            return "THREATEN", None, modality
    if refuses(match) and modality in {"negated", "planned"}:
        return "REJECT", None, "happened"
    if modality == "negated" and entry.lemma == "unwilling":
        # The "not" made the refusal, it does not undo it.
        return entry.type, entry.mode, "happened"
    return entry.type, entry.mode, modality


def _modality(
    match: TriggerMatch, cast: Cast, time: TimeExpression | None, known: KnownEvent | None, until: date | None
) -> Modality:
    """Whether the act took place: by its sentence, unless its day or a known fact decides."""
    modality = modality_of(match.token).modality
    if modality == "happened":
        # "called off the talks due in May": the day is that of the talks, a past tense tells what is done.
        done = match.entry.pos == "V" and match.token.tag_ == "VBD" and match.entry.type in _DONE_TO_PLANS
        return "planned" if time is not None and not done and _to_come(time, until) else modality
    if modality == "hypothetical" and any(c.lower_ in _ANNOUNCED for c in match.token.children):
        return "planned"
    unsure = modality in {"planned", "hypothetical"}
    if unsure and match.entry.type == "AGREE" and cast.carrier is None and standing_between(match.token):
        return "happened"  # "the nuclear deal" is there, whatever may become of it
    if unsure and in_force(match.token):
        return "happened"
    if modality == "planned" and match.entry.type == "ASSAULT":
        # Whoever says that it will strike threatens to.
        modality = "threatened"
    if match.entry.type in {"SANCTION", "ASSAULT"} and _on_condition(match.token):
        return "threatened"
    past = known is not None and until is not None and known.end <= until
    if standing_fact(match) or (past and match.entry.pos == "N"):
        return "happened"
    if modality == "hypothetical" and match.entry.type == "REQUEST" and _tried(match.token):
        return "happened"
    if modality == "planned" and match.entry.type != "RETREAT" and _decided(match.token):
        return "happened"
    if time is not None and modality == "hypothetical" and _in_when(match.token):
        # "when they meet next week", "when it attacked in 1981"
        modality = "planned"
    if time is not None and modality == "hypothetical" and match.entry.pos == "N" and _to_come(time, until):
        # "scrambled to save the summit on June 12"
        modality = "planned"
    if time is not None and modality == "planned" and _over(time, until) and not _will(match.token):
        # "the decision to launch a rocket in December", read in April
        return "happened"
    return modality


_DONE_TO_PLANS: Final = frozenset({"REJECT", "AGREE", "REQUEST", "THREATEN", "ACCUSE", "SANCTION"})
_YIELDING: Final = frozenset({"RETREAT", "CONCEDE"})
_GIVING: Final = frozenset("offer pledge promise vow agree undertake consent willing ready commit commitment".split())


def _given(token: Token) -> str | None:
    """The type of act that is agreed, offered or promised: "pledged to stop testing", "promised new sanctions"."""
    if token.lemma_.lower() not in _GIVING:
        return None
    inner = [*complements(token), *objects(token)]
    inner += [c for c in token.children if c.dep_ == "acl" and c.tag_ == "VB"]
    for word in inner:
        act = match_trigger(word)
        if act is not None and act.entry.type not in {"AGREE", "CONSULT"}:
            return act.entry.type
    return None


_VOWS: Final = frozenset({"vow", "swear", "promise", "pledge"})
_TRYING: Final = frozenset({"attempt", "try", "effort", "seek", "campaign"})


def _tried(token: Token) -> bool:
    """ "an attempt to press the minister": to try to ask is to ask."""
    head = token.head
    return (
        token.dep_ in {"acl", "xcomp"}
        and head.lemma_.lower() in _TRYING
        and not any(c.tag_ == "MD" for c in head.children)
    )


_ANNOUNCED: Final = frozenset({"upcoming", "forthcoming", "scheduled", "planned"})
_DRILLS: Final = frozenset({"drill", "exercise", "maneuver", "manoeuvre"})


def _together(match: TriggerMatch, cast: Cast) -> bool:
    """Whether a drill is one of two allies: they train with one another, against whom is another matter."""
    parties = merge_parties(cast.actors, cast.recipients)
    return len(parties) >= 2 and any(word.lemma_.lower() in _DRILLS for word in (match.token, *match.parts))


def _decided(token: Token) -> bool:
    """ "the decision to leave the treaty": by the time it is judged, mostly carried out."""
    return token.dep_ == "acl" and token.head.lemma_.lower() in {"decision", "move"} and token.head.dep_ != "attr"


def _on_condition(token: Token) -> bool:
    """ "will leave the deal unless it is changed": the act is the threat."""
    if not any(c.lower_ in {"will", "would", "'ll", "’ll"} for c in token.children if c.dep_ == "aux"):
        return False
    for child in (*token.children, *token.head.children):
        if child.dep_ == "advcl" and any(c.lower_ in {"if", "unless"} for c in child.children if c.dep_ == "mark"):
            return True
    return "in the event" in token.sent.text.lower()


def _in_when(token: Token) -> bool:
    return any(c.lower_ == "when" and c.dep_ in {"advmod", "mark"} for c in token.children)


def _will(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.tag_ == "MD" for c in token.children)


def _to_come(time: TimeExpression, until: date | None) -> bool:
    """Whether the days that words name lie after the report: "talks between the two later this year"."""
    days = time.interval
    if until is None or days is None or days.start is None or days.end is None:
        return False
    return days.start > until or (days.start == until and days.end > until and time.text.lower().startswith("later"))


def _over(time: TimeExpression, until: date | None) -> bool:
    """Whether the days that words name were over before the report came out."""
    end = time.interval.end if time.interval is not None else None
    return until is not None and end is not None and end < until
