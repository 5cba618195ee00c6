"""Stands told by a mood rather than by a verb of their own: "is ready to", "will not ... until", "must", "rule out"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from spacy.strings import get_string_id

from summitry.reader.events.sight import content_at
from summitry.reader.mentions import MentionIndex
from summitry.reader.stands.draft import Draft
from summitry.reader.stands.harm import harms
from summitry.reader.stands.lexicon import (
    AGAINST,
    AT_THE_TABLE,
    FOR,
    HARM,
    MATTERS,
    PROCESS,
    SAVING,
    STEPS,
    TRYING,
    UNDOING,
    UNWILLING,
    WILLING,
    YIELDS,
)
from summitry.reader.stands.parties import side_told, speaks_for, subject_of, subject_sides
from summitry.reader.stands.predicates import bare, matters
from summitry.reader.stands.reach import clause_of, doubted, reach
from summitry.reader.stands.terms import terms_of
from summitry.vocabulary import Actor, MoveKind, Stance, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_ACOMP: Final = get_string_id("acomp")
_VERBAL: Final = np.array([get_string_id("VERB"), get_string_id("AUX")], dtype=np.uint64)
_WILL: Final = frozenset({"will", "wo", "'ll", "would", "'d"})
_ABLE: Final = frozenset({"can", "ca", "could"})
_MINDING: Final = frozenset(
    "understand know realize realise remember think thank see believe expect worry wonder".split()
)
"""What somebody is told to have in mind, which is no step."""
_MUST: Final = frozenset({"must", "should"})
_FIGHTING: Final = frozenset("launch use respond fight go stand act deploy confront face defend".split())
"""What whoever is ready for it threatens with, besides harm."""
_NOT: Final = frozenset({"not", "n't", "never"})
_OPEN: Final = frozenset("if whether unless".split())


@dataclass(frozen=True, slots=True)
class _Who:
    """Whose stand, the subject of the clause, and of whom it is demanded."""

    sides: tuple[Actor, ...]
    subject: Token | None
    addressees: tuple[Actor, ...] = ()


def _who(token: Token, mentions: MentionIndex) -> _Who:
    return _Who(*subject_sides(token, mentions))


def by_mood(doc: Doc, mentions: MentionIndex, statements: Sequence[Statement]) -> Iterator[Draft]:
    """Drafts of willingness, refusal, need and conditional readiness, in text order."""
    table = np.asarray(doc.to_array(["POS", "DEP"]), dtype=np.uint64).reshape(-1, 2)
    for at in np.flatnonzero((table[:, 1] == _ACOMP) | np.isin(table[:, 0], _VERBAL)):
        token = doc[int(at)]
        if token.dep_ == "acomp" or token.lower_ == "interested":
            yield from _adjective(token, mentions)
        else:
            yield from _verb(token, mentions, statements)


def _adjective(token: Token, mentions: MentionIndex) -> Iterator[Draft]:
    """ "is ready to talk", "is not interested in dialogue", "is opposed to the deal"."""
    word = token.lower_
    denied = _denied(token) or (token.dep_ == "acomp" and _denied(token.head))
    interested = word == "interested" and any(c.lower_ == "in" for c in token.children)
    if word in WILLING or (interested and not denied):
        how: tuple[Stance | None, MoveKind | None] = ("reject", "refusal") if denied else ("offer", "offer")
        if interested or (word == "open" and not denied and any(c.lower_ == "to" for c in token.children)):
            how = ("support", None)
    elif word in UNWILLING or interested:
        if denied and not interested:
            return
        how = ("reject", "refusal")
    elif word in AGAINST and not denied:
        how = ("oppose", None)
    elif word in FOR and not denied:
        how = ("support", None)
    else:
        return
    does = next((c for c in token.children if c.dep_ in {"xcomp", "prep", "ccomp"} and c.i > token.i), None)
    if does is None or _supposed(token.head) or does.lemma_.lower() == "risk":
        return
    if word == "prepared" and does.dep_ == "prep":
        return
    if token.head.dep_ == "relcl" and does.dep_ == "xcomp" and not any(c.dep_ == "dobj" for c in does.children):
        return  # "the steps it would be willing to take" tells of no willingness
    if any(child.lower_ == "at" and "risk" in {c.lower_ for c in child.children} for child in does.children):
        return
    if (harms(does) or does.lemma_.lower() in _FIGHTING) and how[1] == "offer":
        how = (None, "threat")
    yield from _drafts(token, _who(token, mentions), how, f"stands-willing-1 ({word})", 0.75)


def _verb(token: Token, mentions: MentionIndex, statements: Sequence[Statement]) -> Iterator[Draft]:
    lemma = token.lemma_.lower()
    if lemma == "like" and any(c.dep_ == "aux" and c.lower_ in {"would", "'d"} for c in token.children):
        if any(c.dep_ == "xcomp" for c in token.children) and not _supposed(token):
            how: tuple[Stance | None, MoveKind | None] = ("oppose", None) if _denied(token) else ("support", None)
            yield from _drafts(token, _who(token, mentions), how, "stands-willing-1 (would like)", 0.65)
        return
    if lemma in TRYING and (tried := _tried(token)) is not None and not _supposed(token):
        yield from _drafts(token, _who(token, mentions), tried, f"stands-willing-1 ({lemma} to)", 0.65)
        return
    if lemma == "look" and any(c.lower_ == "forward" for c in token.children) and not _denied(token):
        yield from _drafts(token, _who(token, mentions), ("support", None), "stands-willing-1 (look forward)", 0.65)
        return
    if lemma == "have" and (found := _no_intention(token)) is not None:
        yield from _drafts(found, _who(token, mentions), ("reject", "refusal"), "stands-willing-1 (no intention)", 0.8)
        return
    if lemma == "rule" and any(c.lower_ == "out" for c in token.children) and not _denied(token):
        if not _supposed(token):
            yield from _drafts(token, _who(token, mentions), ("reject", "refusal"), "stands-willing-1 (rule out)", 0.75)
        return
    if lemma == "stand" and (ready := next((c for c in token.children if c.lower_ in WILLING), None)) is not None:
        yield from _drafts(ready, _who(token, mentions), ("offer", "offer"), "stands-willing-1 (stand ready)", 0.75)
        return
    if token.tag_ == "VBG" and lemma in YIELDS and any(c.dep_ == "aux" and c.lemma_ == "be" for c in token.children):
        yield from _doing(token, mentions, statements)
        return
    if lemma in {"be", "remain", "stay"} and _on_the_table(token):
        yield from _options(token, statements)
        return
    modal = next((c.lower_ for c in token.children if c.dep_ == "aux" and c.tag_ == "MD"), None)
    if modal in _WILL or modal in _ABLE:
        yield from _will(token, modal or "", mentions, statements)
    elif modal in _MUST or _obliged(token):
        yield from _must(token, modal or "have", mentions, statements)


def _on_the_table(token: Token) -> bool:
    """ "all options are on the table": the diplomat's word for force."""
    subject = subject_of(token)
    if subject is None or not _open_option(subject):
        return False
    return any(c.lower_ == "on" and any(g.lower_ == "table" for g in c.children) for c in token.children)


def _open_option(subject: Token) -> bool:
    of = (g for c in subject.children if c.lower_ == "of" for g in c.children)
    return any(word.lemma_.lower() == "option" for word in (subject, *of))


def _options(token: Token, statements: Sequence[Statement]) -> Iterator[Draft]:
    holder = content_at(statements, token.idx)
    if holder is not None and holder.party is not None and not _supposed(token):
        side = side_told(holder)
        who = _Who((side,) if side is not None else (), subject_of(token))
        for draft in _drafts(token, who, (None, "threat"), "stands-will-1 (on the table)", 0.65):
            yield replace(draft, point=draft.clause)


def _tried(token: Token) -> tuple[Stance | None, MoveKind | None] | None:
    """The stance in "is trying to save the deal", "tried to block the talks"."""
    deed = next((c for c in token.children if c.dep_ == "xcomp"), None)
    if deed is None or not any(c.dep_ == "dobj" and c.lemma_.lower() in PROCESS for c in deed.children):
        return None
    lemma = deed.lemma_.lower()
    if lemma in SAVING:
        return ("support", None)
    return ("oppose", None) if lemma in UNDOING else None


def _no_intention(have: Token) -> Token | None:
    """The noun in "has no intention of", "has no plan to", "has no interest in"."""
    for child in have.children:
        if child.dep_ == "dobj" and child.lemma_.lower() in {"intention", "plan", "interest", "desire"}:
            words = {c.lower_ for c in child.children}
            if "no" in words or _denied(have):
                return child
    return None


def _will(token: Token, modal: str, mentions: MentionIndex, statements: Sequence[Statement]) -> Iterator[Draft]:
    """ "will not negotiate under pressure" refuses; "would return if sanctions were lifted" offers on a condition."""
    lemma = token.lemma_.lower()
    if lemma not in STEPS | HARM | YIELDS or _supposed(token) or any(c.dep_ == "nsubjpass" for c in token.children):
        return
    denied = _denied(token)
    holder = content_at(statements, token.idx)
    if modal in _ABLE and not (denied and lemma in {"accept", "agree", "allow", "tolerate", "permit", "abandon"}):
        return
    sides, subject = subject_sides(token, mentions)
    if not sides or subject is None:
        return
    # Of another's future a speaker only tells what he expects.
    end = reach(token, token.sent.end)
    terms = terms_of(token.doc, token.i + 1, end)
    party = holder.party if holder is not None else None
    if holder is None or (party is None and not terms.set):
        return
    if party is not None and not any(speaks_for(holder, side) for side in sides):
        return
    if any(c.lower_ == "only" for c in token.children) and terms.condition is not None:
        terms = replace(terms, set=True)
    if denied:
        how: tuple[Stance | None, MoveKind | None] = ("reject", "precondition" if terms.set else "refusal")
    elif terms.condition is not None and terms.order != "before":
        how = ("condition", "precondition" if terms.set else "offer")
        if harms(token):
            how = ("condition", "threat")
    elif harms(token):
        how = (None, "threat")
    elif lemma in YIELDS and not terms.order:
        how = ("offer", "promise")
    else:
        return
    yield from _drafts(token, _Who(sides, subject), how, f"stands-will-1 ({lemma})", 0.7 if denied else 0.65)


def _doing(token: Token, mentions: MentionIndex, statements: Sequence[Statement]) -> Iterator[Draft]:
    """ "announced it was suspending its tests": what a party says it is ending, it concedes."""
    holder = content_at(statements, token.idx)
    who = _who(token, mentions)
    if holder is None or not any(speaks_for(holder, side) for side in who.sides):
        return
    if not (_denied(token) or _supposed(token) or harms(token)):
        yield from _drafts(token, who, ("offer", "concession"), f"stands-will-1 ({token.lemma_.lower()})", 0.65)


def _must(token: Token, modal: str, mentions: MentionIndex, statements: Sequence[Statement]) -> Iterator[Draft]:
    """ "Iran must halt enrichment", in the mouth of another party, is that party's demand."""
    holder = content_at(statements, token.idx)
    if holder is None or holder.party is None or _supposed(token):
        return
    if token.lemma_.lower() in _MINDING:
        return
    if holder.cue in {"believe", "think", "fear", "hope", "wonder", "ask"}:
        return
    speaker = _side(holder.party)
    if speaker is None:
        return
    sides, subject = subject_sides(token, mentions)
    subjects = {side.code for side in sides}
    if speaker.code in subjects or subject is None or (_denied(token) and modal == "have"):
        return
    asked = any(c.dep_ == "aux" and c.tag_ == "MD" and c.i < subject.i for c in token.children)
    if asked or any(c.dep_ == "aux" and c.lemma_.lower() == "have" for c in token.children):
        # "Why should ...?", "should never have been": a question, and the past.
        return
    if not sides and not (any(c.dep_ == "nsubjpass" for c in token.children) and subject.lemma_.lower() in MATTERS):
        return
    if modal != "must" and token.lemma_.lower() not in STEPS:
        return
    weight = 0.7 if modal in {"must", "have"} else 0.6
    who = _Who((speaker,), subject, sides)
    yield from _drafts(token, who, ("demand", "demand"), f"stands-must-1 ({modal})", weight)


def _obliged(token: Token) -> bool:
    """ "has to stop", "needs to stop": the verb is what is demanded."""
    head = token.head
    return (
        token.dep_ == "xcomp"
        and head.lemma_.lower() in {"have", "need"}
        and head.tag_ in {"VBZ", "VBP"}
        and any(c.tag_ == "TO" for c in token.children)
    )


def _side(actor: Actor) -> Actor | None:
    return actor if actor.code is not None and actor.kind != "media" else None


def _steps(point: Span) -> bool:
    """Whether a point begins with a step at the table: "to supply the gas", "joining"."""
    first = next((token for token in point if token.pos_ == "VERB"), None)
    return first is not None and first.lemma_.lower() in AT_THE_TABLE


def _denied(token: Token) -> bool:
    """Whether "not" stands with a word, or "no" or "neither" with its subject."""
    if any(child.dep_ == "neg" and child.lower_ in _NOT for child in token.children):
        return True
    if any(
        child.lower_ == "longer" and child.i > 0 and token.doc[child.i - 1].lower_ == "no" for child in token.children
    ):
        return True
    subject = subject_of(token)
    return subject is not None and any(child.lower_ in {"no", "neither"} for child in subject.children)


def _supposed(token: Token) -> bool:
    """Whether a clause is itself only supposed, asked or doubted."""
    if doubted(token):
        return True
    if any(child.dep_ == "mark" and child.lower_ in _OPEN for child in token.children):
        return True
    if any(child.dep_ == "aux" and child.lower_ in {"may", "might"} for child in token.children):
        return True
    last = token.sent[-1]
    return last.text == "?" or (last.i > 0 and token.doc[last.i - 1].text == "?")


def _drafts(
    token: Token, who: _Who, how: tuple[Stance | None, MoveKind | None], rule: str, weight: float
) -> Iterator[Draft]:
    if not who.sides or who.subject is None:
        return
    subject = who.subject
    doc = token.doc
    end = reach(token, token.sent.end)
    terms = terms_of(doc, token.i + 1, end)
    start = token.i + (0 if token.pos_ == "VERB" and rule.startswith(("stands-will-", "stands-must-")) else 1)
    if any(c.lower_ == "only" for c in token.children) and terms.condition is not None:
        terms = replace(terms, set=True)
    stop = min(end, terms.marked if terms.marked is not None and terms.marked > start else end)
    start, stop = bare(doc, start, stop)
    clause = clause_of(token, subject, end)
    if stop <= start or not (matters(doc, clause, token.i) or _steps(doc[start:stop])):
        return
    for side in who.sides:
        yield Draft(
            party=side,
            predicate=token,
            stance=how[0],
            move=how[1],
            clause=clause,
            point=(start, stop),
            terms=terms,
            addressees=tuple(a for a in who.addressees if a.code != side.code),
            rule=rule,
            weight=weight,
        )
