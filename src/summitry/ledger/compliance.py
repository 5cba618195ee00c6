"""By which acts a commitment counts as kept or broken: published rules over the events of a record.

The scale is that of the Peace Accords Matrix (Joshi, Quinn and Regan 2015): 0 not begun, 1 minimal, 2 intermediate,
3 full. What raises or lowers a status is an event that reports tell, dated, after the day the commitment was made.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from summitry.ledger.acts import TALKING, Act, Acts
from summitry.ledger.naming import Roster
from summitry.ledger.obligations import Obligation, standing
from summitry.ledger.wording import party_of, words_of
from summitry.vocabulary import Event, Evidence

Effect = Literal["done", "act", "broken", "left", "refused"]

CONTINUED: Final = 3
"""Days with acts that keep a commitment from which it counts as carried on: two may be one visit told twice."""
STATUS_RULES: Final[tuple[tuple[str, str], ...]] = (
    ("none", 'no event bears on it: there is no public evidence, which is not "not done"'),
    ("0", "a dated event says that a party bound refused or failed to do it, or broke it before it had gone far"),
    ("1", "a first act that keeps it; or it was further, and was broken or the instrument was left"),
    ("2", f"acts that keep it on {CONTINUED} days or more"),
    ("3", "an event says that it was completed; or it asks for one act (resume, meet, sign), and that was done"),
)
"""Status and what gives it, as docs/commitments.md has them."""


@dataclass(frozen=True, slots=True)
class TypeRule:
    """The PLOVER types that keep and break an obligation which no article of a case tells of, by its words."""

    words: str
    kept: tuple[str, ...]
    broken: tuple[str, ...] = ()


TYPE_RULES: Final[tuple[TypeRule, ...]] = (
    TypeRule("talks meet visit consult", ("CONSULT",)),
    TypeRule("sign ratify recognize join rejoin conclude", ("AGREE", "COOPERATE", "SUPPORT")),
    TypeRule("provide aid supply pay deliver send guarantee build", ("AID", "COOPERATE")),
    TypeRule("lift", ("RETREAT", "CONCEDE", "COOPERATE"), ("SANCTION",)),
    TypeRule(
        "freeze end dismantle disarm abandon reduce limit refrain test",
        ("RETREAT", "CONCEDE", "COOPERATE"),
        ("MOBILIZE", "ASSAULT"),
    ),
    TypeRule("", ("RETREAT", "CONCEDE", "COOPERATE", "AID")),
)
"""The first rule with one of its words among the first two of an obligation holds; the last is for all others."""


def _keys(words: str) -> frozenset[str]:
    return frozenset(key for word in words.split() for key in words_of(word).keys)


_RULED: Final = tuple((_keys(rule.words), rule) for rule in TYPE_RULES)
_ONCE: Final = _keys("resume sign ratify join rejoin host visit open begin start hold meet")
"""First keys of obligations that one act fulfils."""
_VISITS: Final = _keys("visit")
_LIGHT: Final = _keys("hold begin start open conduct host attend")
"""First keys that any meeting fulfils: "hold talks"."""
_COMPLETED: Final = re.compile(
    r"\b(?:complet(?:ed|es|ing)|finish(?:ed|es)|finali[sz]ed|fully\s+\w+(?:ed|n)|has been \w+ed in full|"
    r"concluded the (?:transfer|withdrawal|return|release|removal))\b",
    re.IGNORECASE,
)
_PROMISING: Final = re.compile(
    r"(?<!as )\b(?:pledg|promis|vow|agree[ds]?\b|agreeing|commit(?!tee|tal)|offer|propos|willing|ready to|plans? to|"
    r"planning|intend|hop(?:e|es|ed|ing) (?:to|for|that)|would|will|could|may|might|if|set to|about to|expected to|"
    r"(?:deal|agreement|accord|pact|treaty)\s+(?:\w+\s+){0,2}(?:limit|requir|restrict|curb|oblig|bar(?:s|red)\b|ban))",
    re.IGNORECASE,
)
"""Words by which an act is only held out, again or for later, or told as what is owed: no evidence that it was done."""
_TALKED_OF: Final = re.compile(
    r"\b(?:decision to|whether|question|consider|sidestep|urg(?:e|es|ed|ing)\b|call(?:s|ed|ing)? (?:on|for)\b|demand|"
    r"want(?:s|ed)?\b|ask(?:s|ed)?\b|refus|declin|fail(?:s|ed|ing)?\b|reject|threat|warn|support for|highest-level|"
    r"highest level|before|ahead of|in advance of|upcoming|prepar|signal|appear(?:s|ed)? to|suppos|claim|alleg)",
    re.IGNORECASE,
)
"""Words by which an act is asked for, refused, doubted or only spoken of."""
_NOT_YET: Final = re.compile(
    r"\b(?:would|will|could|may|might|if|unless|threat|warn|plan(?:s|ned|ning)? to)", re.IGNORECASE
)
"""Words by which a breach is one that may come."""
_REFUSING: Final = re.compile(r"\b(?:refus(?:ed|es|ing)|declin(?:ed|es|ing)|failed|fails)\s+to\s+(?=\w)", re.IGNORECASE)
"""What stands behind is what was not done. To reject what another asks is no refusal of what one is bound to."""
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_HEADS: Final = re.compile(
    r"\b(?:leaders?|presidents?|summit|premier|prime minister|chancellor|chairman|king|face[- ]to[- ]face)\b",
    re.IGNORECASE,
)
"""Words of a commitment to meet by which those at the head of two states are to meet."""
_SENT: Final = re.compile(
    r"\b(?:secretar(?:y|ies)|(?<!prime )ministers?|envoys?|ambassadors?|delegat\w+|officials?|negotiators?|diplomats?|"
    r"aides?|advis[eo]rs?|deputy|working[- ]level)\b",
    re.IGNORECASE,
)
"""Who is sent: their meeting is not that of the heads."""
_DUE: Final = re.compile(r"\b(?:on|by|within)\s+(?:\w+\s+){0,2}(?:days?|weeks?|months?)\b", re.IGNORECASE)
"""What is due once, at a time: who leaves the instrument long after it does not leave that undone."""
_OVER: Final = timedelta(days=365)
_BY_WHEN: Final = (
    (
        re.compile(
            r"\b(?:today|tonight|tomorrow|this week|next week|coming days|in days|within days)\b", re.IGNORECASE
        ),
        14,
    ),
    (re.compile(r"\b(?:this month|next month|coming weeks|in weeks|soon|shortly)\b", re.IGNORECASE), 62),
)
"""Days from the making within which what is to be done "next week" is done; later it is another."""
_EASED: Final = re.compile(r"\b(?:waive|lift|eas(?:e|ed|ing)\b|relief|unfreez|unfroz|exempt)", re.IGNORECASE)
"""Words of easing: what is told with them is no breach, whatever its type."""
_TOOK_PLACE: Final = re.compile(
    r"\b(?:met|held|resumed|restarted|reopened|opened|began|begun|started|sat down|wrapped up|concluded|ended|"
    r"took place|hosted|welcomed|visited|attended|convened|spoke|talked|negotiated|discussed|shook hands|gathered)\b",
    re.IGNORECASE,
)
"""Words by which a meeting took place; "the talks" alone are talks that may come or have failed."""


@dataclass(frozen=True, slots=True)
class Deed:
    """An event that bears on a commitment: how, on which day, by which of its passages."""

    effect: Effect
    event: Event
    day: date
    passage: Evidence


_FIRST: Final = 3
"""Keys of a commitment, from its first, that an event must have: its deed and its object, mostly of two words. With two
"dismantled a nuclear test site" would keep "dismantle its nuclear program"."""
_WITHIN: Final = timedelta(days=730)
"""What has no instrument of a case, a pledge or a deal without name, is of one round of talks: later acts are of
another."""


def deeds(one: Obligation, acts: Acts, roster: Roster, near: Collection[str]) -> tuple[Deed, ...]:
    """The events that keep or break an obligation, by day; none told by the very words that tell of it.

    ``roster`` and ``near`` (the codes of those whose talks it is) find who is named in the words of a meeting.
    """
    own: dict[str, list[tuple[int, int]]] = {}
    for row in one.rows:
        for passage in row.evidence:
            own.setdefault(passage.source, []).append((passage.start, passage.end))
    found = _by_article(one, acts) if one.article is not None else _by_words(one, acts)
    left = _by_leaving(one, acts)
    last = _last_day(one)
    kept: dict[str, Deed] = {}
    # Of several passages of one event the one that says most.
    for effect, act in sorted((*left, *found), key=lambda pair: _STRONGEST.index(pair[0])):
        if (
            not one.since < (act.event.date.start or act.day) <= act.day <= last
            or _overlaps(act.event, own)
            or _claimed(one, act)
            or _of_another_year(act)
        ):
            continue
        if act.event.type in _MEETING and effect in ("done", "act") and not _these_meet(one, act, roster, near):
            continue
        kept.setdefault(act.event.id, Deed(effect, act.event, act.day, act.passage))
    return tuple(sorted(kept.values(), key=lambda deed: (deed.day, deed.event.id)))


_MEETING: Final = frozenset({"CONSULT", "AGREE"})


def _last_day(one: Obligation) -> date:
    """The last day on which an act can be of this commitment."""
    for pattern, days in _BY_WHEN:
        if pattern.search(one.first.text):
            return one.day + timedelta(days=days)
    return date.max if one.instrument is not None or one.day >= date.max - _WITHIN else one.day + _WITHIN


def _claimed(one: Obligation, act: Act) -> bool:
    """Whether it is known only by the word of a party to the commitment: a claim."""
    if act.event.type in _MEETING:
        return False
    by = party_of(act.event.attributed_to)
    parties = one.instrument.entry.parties if one.instrument is not None else ()
    return by is not None and by in {*one.codes, *_others(one), *parties}


def _of_another_year(act: Act) -> bool:
    years = _YEAR.findall(act.lowered)
    return bool(years) and str(act.day.year) not in years


def _these_meet(one: Obligation, act: Act, roster: Roster, near: Collection[str]) -> bool:
    """Whether just the parties are named in the words of a meeting, at the level at which they are to meet."""
    named = {each.code for each in roster.find(act.passage.exact, near, act.day)}
    if named != one.codes | _others(one):
        return False
    text = one.first.text
    heads = _HEADS.search(text) is not None or any(word in roster.people for word in text.split())
    if not heads:
        return True
    level = act.event.meeting.level if act.event.meeting is not None else None
    return level == "summit" and _SENT.search(act.lowered) is None


_STRONGEST: Final[tuple[Effect, ...]] = ("done", "left", "broken", "act", "refused")


def _overlaps(event: Event, own: Mapping[str, Sequence[tuple[int, int]]]) -> bool:
    """Whether an event stands in the words of the commitment: it is the agreeing itself, or was told with it."""
    return any(
        passage.start < end and start < passage.end
        for passage in event.evidence
        for start, end in own.get(passage.source, ())
    )


def _by_article(one: Obligation, acts: Acts) -> Iterator[tuple[Effect, Act]]:
    article = one.article
    assert article is not None
    for act in acts.of(one.codes, {*article.kept, *article.broken, "REJECT"}):
        if act.day <= one.day or not any(standing(one.phrases, act.lowered)):
            continue
        type_ = act.event.type
        if act.event.modality == "negated":
            if type_ in article.kept and _does(one, act) and set(one.words.keys[:1]) <= act.keys:
                yield "refused", act
        elif type_ in article.broken and type_ != "REJECT" and _breaks(one, act):
            yield "broken", act
        elif type_ in article.kept and _does(one, act) and _told_as_done(act):
            yield ("done" if _COMPLETED.search(act.lowered) else "act"), act
        elif type_ == "REJECT" and _refuses(one, act):
            yield "refused", act


def _by_words(one: Obligation, acts: Acts) -> Iterator[tuple[Effect, Act]]:
    keys = one.words.keys[:_FIRST]
    if not keys:
        return
    rule = next(rule for words, rule in _RULED if words & set(keys) or not words)
    talking = rule is TYPE_RULES[0]
    for act in acts.between(one.codes | _others(one)) if talking else acts.about(one.codes, keys):
        if act.day <= one.day or (len(keys) == 1 and not _with_other(one, act)):
            continue  # one word says too little by itself
        mine = act.keys
        met = _met(one, act, mine) if talking else _same_deed(keys, mine)
        if met is None:
            continue
        type_ = act.event.type
        if act.event.modality == "negated":
            if type_ in rule.kept and _does(one, act):
                yield "refused", act
        elif type_ in rule.kept and _does(one, act) and _told_as_done(act):
            yield ("done" if _COMPLETED.search(act.lowered) else met), act
        elif type_ in rule.broken and _breaks(one, act):
            yield "broken", act
        elif type_ == "REJECT" and _refuses(one, act):
            yield "refused", act


def _told_as_done(act: Act) -> bool:
    return _PROMISING.search(act.lowered) is None and _TALKED_OF.search(act.lowered) is None


def _breaks(one: Obligation, act: Act) -> bool:
    return bool(act.doers & one.codes) and not (_EASED.search(act.lowered) or _NOT_YET.search(act.lowered))


def _refuses(one: Obligation, act: Act) -> bool:
    """Whether a party bound refuses to do the deed it is bound to, by its own words: "refused to free ..."."""
    refusing = _REFUSING.search(act.passage.exact) if act.doers & one.codes else None
    if refusing is None:
        return False
    refused, owed = words_of(act.passage.exact[refusing.end() :]).keys, one.words.keys[:_FIRST]
    return refused[:1] == owed[:1] and set(owed) <= set(refused)


def _same_deed(keys: Sequence[str], mine: frozenset[str]) -> Effect | None:
    """Whether an event has the words of an obligation: its deed and its object."""
    if not mine >= set(keys):
        return None
    return "done" if keys[0] in _ONCE else "act"


def _met(one: Obligation, act: Act, mine: frozenset[str]) -> Effect | None:
    """Whether a meeting is the one that was agreed: told with a word of its matter, or soon."""
    first, rest = one.words.keys[0], set(one.words.keys[1:]) - TALKING
    if not mine & (TALKING - _VISITS if first not in _VISITS else TALKING):
        return None
    soon = act.day - one.day <= (_SOON if rest else _LATER)
    if not (soon or mine & rest) or not _TOOK_PLACE.search(act.lowered):
        return None
    if first in TALKING | mine | _LIGHT:
        return "done" if first in _ONCE else "act"
    # That talks took place is not yet that they were taken up again.
    return "act" if first in _ONCE else None


_SOON: Final = timedelta(days=30)
"""Within so many days a meeting of just the parties is the one agreed, even where it is told without its matter."""
_LATER: Final = timedelta(days=180)
"""The same where the commitment itself names no matter: "agreed to resume talks"."""


def _does(one: Obligation, act: Act) -> bool:
    """Whether it is the deed of a party bound; of meeting, all who are to meet take part."""
    if act.event.type in ("CONSULT", "AGREE"):
        others = _others(one)
        return bool(others or len(one.codes) > 1) and act.parties == one.codes | others
    return bool(act.doers & one.codes)


def _others(one: Obligation) -> frozenset[str]:
    return frozenset(code for row in one.rows[:1] if (code := party_of(row.beneficiary)) is not None)


def _with_other(one: Obligation, act: Act) -> bool:
    """Whether an act is one between whoever is bound and whom it is owed to."""
    return bool(_others(one)) and act.parties >= one.codes | _others(one)


def _by_leaving(one: Obligation, acts: Acts) -> Iterator[tuple[Effect, Act]]:
    """A party left the instrument altogether."""
    if one.instrument is None:
        return
    due = _DUE.search(one.first.text) is not None
    for act, what in acts.leaving(one.codes):
        if due and act.day > one.day + _OVER:
            continue
        if any(standing(one.instrument.names, what)):
            yield "left", act


def statuses(found: Sequence[Deed]) -> Iterator[tuple[int, date, tuple[Deed, ...]]]:
    """The changes of status that deeds make, by day, each with the deeds that make it; from no evidence (None)."""
    status: int | None = None
    acts: dict[date, Deed] = {}
    for deed in found:
        before = status
        why: tuple[Deed, ...] = (deed,)
        match deed.effect:
            case "done":
                status = 3
            case "act":
                acts.setdefault(deed.day, deed)
                if len(acts) >= CONTINUED:
                    status, why = max(status or 0, 2), tuple(acts.values())
                else:
                    status = max(status or 0, 1)
            case "broken" | "left":
                status, acts = (1 if before is not None and before > 1 else 0), {}
            case "refused":
                status = 0 if before is None else before
        if status is not None and status != before:
            yield status, deed.day, why
