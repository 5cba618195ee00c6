"""Stands told by a mood rather than by a verb of their own: "is ready to", "will not ... until", "must", "rule out"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from spacy.strings import get_string_id

from summitry.reader.events.sight import content_at
from summitry.reader.mentions import MentionIndex
from summitry.reader.stands.deeds import publishes
from summitry.reader.stands.draft import Draft
from summitry.reader.stands.harm import harms, undoes
from summitry.reader.stands.lexicon import (
    AGAINST,
    BUILT,
    COERCIVE,
    FOR,
    GOING_ON,
    HARM,
    HELPING,
    MATTERS,
    PROCESS,
    PUT,
    SAVING,
    STEPS,
    TRYING,
    UNDOING,
    UNWILLING,
    WILLING,
    YIELDS,
)
from summitry.reader.stands.mood import How, Who, denied, drafts, supposed, who_of
from summitry.reader.stands.parties import side_told, sides_of, speaks_for, subject_of, subject_sides
from summitry.reader.stands.reach import reach
from summitry.reader.stands.terms import terms_around
from summitry.vocabulary import MoveKind, Stance, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ACOMP: Final = get_string_id("acomp")
_VERBAL: Final = np.array([get_string_id("VERB"), get_string_id("AUX")], dtype=np.uint64)
_ANSWERING: Final = STEPS | HARM | YIELDS | HELPING | GOING_ON
_WILL: Final = frozenset({"will", "wo", "'ll", "would", "'d"})
_ABLE: Final = frozenset({"can", "ca", "could"})
_FIGHTING: Final = frozenset("launch use respond fight go stand act deploy confront face defend".split())
"""What whoever is ready for it threatens with, besides harm."""


def by_mood(doc: Doc, mentions: MentionIndex, statements: Sequence[Statement]) -> Iterator[Draft]:
    """Drafts of willingness, refusal, need and conditional readiness, in text order."""
    table = np.asarray(doc.to_array(["POS", "DEP"]), dtype=np.uint64).reshape(-1, 2)
    for at in np.flatnonzero((table[:, 1] == _ACOMP) | np.isin(table[:, 0], _VERBAL)):
        token = doc[int(at)]
        if token.dep_ == "acomp" or token.lower_ == "interested" or _passive_adjective(token):
            yield from _adjective(token, mentions)
        else:
            yield from _verb(token, mentions, statements)


def _passive_adjective(token: Token) -> bool:
    """ "is committed to", "is opposed to", where the parser sees a passive."""
    if token.tag_ != "VBN" or token.lower_ not in WILLING | AGAINST | FOR:
        return False
    return any(c.dep_ == "auxpass" for c in token.children) and not any(c.dep_ == "agent" for c in token.children)


def _adjective(token: Token, mentions: MentionIndex) -> Iterator[Draft]:
    """ "is ready to talk", "is not interested in dialogue", "is opposed to the deal"."""
    word = token.lower_
    no = denied(token) or (token.dep_ == "acomp" and denied(token.head))
    interested = word == "interested" and any(c.lower_ == "in" for c in token.children)
    if word in WILLING or (interested and not no):
        how: tuple[Stance | None, MoveKind | None] = ("reject", "refusal") if no else ("offer", "offer")
        if interested or (word == "open" and not no and any(c.lower_ == "to" for c in token.children)):
            how = ("support", None)
    elif word in UNWILLING or interested:
        if no and not interested:
            return
        how = ("reject", "refusal")
    elif word in AGAINST and not no:
        how = ("oppose", None)
    elif word in FOR and not no:
        how = ("support", "promise" if word == "committed" else None)
    else:
        return
    does = next((c for c in token.children if c.dep_ in {"xcomp", "prep", "ccomp"} and c.i > token.i), None)
    if any(c.tag_ == "MD" and c.lower_ in {"must", "should", "shall"} for c in token.head.children):
        return  # "must not be too willing"
    if does is None or supposed(token.head) or does.lemma_.lower() == "risk":
        return
    if word == "prepared" and does.dep_ == "prep":
        return
    if token.head.dep_ == "relcl" and does.dep_ == "xcomp" and not any(c.dep_ == "dobj" for c in does.children):
        return  # "the steps it would be willing to take" tells of no willingness
    if any(child.lower_ == "at" and "risk" in {c.lower_ for c in child.children} for child in does.children):
        return
    if (harms(does) or does.lemma_.lower() in _FIGHTING or _arming(does)) and how[1] == "offer":
        how = (None, "threat")
    yield from drafts(token, who_of(token, mentions), how, f"stands-willing-1 ({word})", 0.75)


def _arming(deed: Token) -> bool:
    """ "prepared to increase its enrichment"."""
    return deed.lemma_.lower() in _RAISING and any(
        each.lemma_.lower() in COERCIVE | BUILT for c in deed.children if c.dep_ == "dobj" for each in c.subtree
    )


_RAISING: Final = frozenset("increase expand boost accelerate restart raise enlarge upgrade".split())


def _verb(token: Token, mentions: MentionIndex, statements: Sequence[Statement]) -> Iterator[Draft]:
    lemma = token.lemma_.lower()
    if lemma == "like" and any(c.dep_ == "aux" and c.lower_ in {"would", "'d"} for c in token.children):
        if any(c.dep_ == "xcomp" for c in token.children) and not supposed(token):
            how: tuple[Stance | None, MoveKind | None] = ("oppose", None) if denied(token) else ("support", None)
            yield from drafts(token, who_of(token, mentions), how, "stands-willing-1 (would like)", 0.65)
        return
    if lemma in _MEANING and (meant := _meant(token)) is not None and not supposed(token) and not denied(token):
        yield from drafts(token, who_of(token, mentions), meant, f"stands-willing-1 ({lemma} to)", 0.65)
        return
    if lemma in TRYING and _toward(token) and not supposed(token) and not denied(token):
        yield from drafts(token, who_of(token, mentions), ("support", None), f"stands-willing-1 ({lemma} toward)", 0.6)
        return
    if lemma in TRYING and (tried := _tried(token)) is not None and not supposed(token):
        yield from drafts(token, who_of(token, mentions), tried, f"stands-willing-1 ({lemma} to)", 0.65)
        return
    if lemma in {"hope", "hop", "wish"} and _hoped(token) and not supposed(token) and not denied(token):
        yield from drafts(token, who_of(token, mentions), ("support", None), "stands-willing-1 (hope)", 0.6)
        return
    if lemma == "speak" and any(c.lower_ == "out" for c in token.children) and not supposed(token):
        against = next((c for c in token.children if c.lower_ == "against"), None)
        if against is not None:
            put = any(c.lemma_.lower() in PUT for c in against.children)
            how = ("reject", "refusal") if put else ("oppose", None)
            yield from drafts(token, who_of(token, mentions), how, "stands-willing-1 (speak out)", 0.65)
        return
    if lemma == "look" and any(c.lower_ == "forward" for c in token.children) and not denied(token):
        yield from drafts(token, who_of(token, mentions), ("support", None), "stands-willing-1 (look forward)", 0.65)
        return
    if lemma == "have" and (forced := _no_choice(token)) is not None and not supposed(token):
        yield from drafts(forced, who_of(token, mentions), (None, "threat"), "stands-will-1 (no choice)", 0.65)
        return
    if lemma == "have" and (found := _no_intention(token)) is not None:
        yield from drafts(found, who_of(token, mentions), ("reject", "refusal"), "stands-willing-1 (no intention)", 0.8)
        return
    if (
        lemma in {"go", "move", "press", "push", "forge"}
        and _ahead(token)
        and not denied(token)
        and not supposed(token)
    ):
        yield from drafts(token, who_of(token, mentions), ("support", None), f"stands-willing-1 ({lemma} ahead)", 0.65)
        return
    if lemma == "rule" and any(c.lower_ == "out" for c in token.children) and not denied(token):
        if not supposed(token):
            yield from drafts(
                token, who_of(token, mentions), ("reject", "refusal"), "stands-willing-1 (rule out)", 0.75
            )
        return
    if lemma == "stand" and (ready := next((c for c in token.children if c.lower_ in WILLING), None)) is not None:
        yield from drafts(ready, who_of(token, mentions), ("offer", "offer"), "stands-willing-1 (stand ready)", 0.75)
        return
    if token.tag_ == "VBG" and lemma in YIELDS and any(c.dep_ == "aux" and c.lemma_ == "be" for c in token.children):
        yield from _doing(token, mentions, statements)
        return
    if lemma in {"be", "remain", "stay"} and _on_the_table(token):
        yield from _options(token, statements)
        return
    modal = next((c.lower_ for c in token.children if c.dep_ == "aux" and c.tag_ == "MD"), None)
    if lemma in _ALLOTTING and (step := _allotted(token)) is not None and not denied(token) and not supposed(token):
        yield from _ultimatum(token, step, mentions)
        return
    if modal in _WILL or modal in _ABLE:
        yield from _will(token, modal or "", mentions, statements)


_ALLOTTING: Final = frozenset({"give", "set", "allow"})
_SPANS: Final = frozenset("hour day week month deadline ultimatum".split())


def _allotted(token: Token) -> Token | None:
    """What is to be done in the time that one gives another: "gave Oman 30 days to pay"."""
    spans = [c for c in token.children if c.i > token.i and c.lemma_.lower() in _SPANS]
    if not spans or not any(c.dep_ in {"dative", "dobj", "nsubj"} and c.pos_ == "PROPN" for c in token.subtree):
        return None
    return next((c for each in (*spans, token) for c in each.children if c.tag_ == "VB" and c.i > spans[0].i), None)


def _ultimatum(token: Token, step: Token, mentions: MentionIndex) -> Iterator[Draft]:
    """An ultimatum is a demand with a deadline."""
    who = who_of(token, mentions)
    asked = (mentions.of_head(c) for c in token.children if c.dep_ in {"dative", "dobj"})
    sides = next((sides_of(mention) for mention in asked if mention is not None), ())
    if not sides or any(side.code == own.code for side in sides for own in who.sides):
        return  # what is given one's own envoy is no ultimatum
    for draft in drafts(token, replace(who, addressees=sides), ("demand", "demand"), "stands-willing-1 (give)", 0.65):
        start = int(step.left_edge.i)
        if draft.point[0] <= start < draft.point[1]:
            yield replace(draft, point=(start, draft.point[1]))


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
    if holder is not None and holder.party is not None and not supposed(token):
        side = side_told(holder)
        who = Who((side,) if side is not None else (), subject_of(token))
        for draft in drafts(token, who, (None, "threat"), "stands-will-1 (on the table)", 0.65):
            yield replace(draft, point=draft.clause)


_MEANING: Final = frozenset("plan intend decide mean opt choose resolve prepare threaten".split())


def _meant(token: Token) -> How | None:
    """The stand in what somebody means to do: "plans to resist the fix", "has decided to free the prisoners"."""
    deed = next((c for c in token.children if c.dep_ == "xcomp" and c.tag_ == "VB"), None)
    if deed is None:
        return None
    lemma = deed.lemma_.lower()
    if harms(deed):
        return (None, "threat")
    if lemma in {"resist", "oppose", "fight", "defy"}:
        return ("oppose", "refusal")
    held = any(c.dep_ == "dobj" and c.lemma_.lower() in COERCIVE | BUILT for c in deed.children)
    return ("offer", "promise") if lemma in YIELDS and held else None


def _ahead(token: Token) -> bool:
    """ "will go ahead with the drills"."""
    behind = [each for c in token.children for each in (c, *c.children) if each.lower_ == "with"]
    return any(c.lower_ in {"ahead", "forward"} for c in token.children) and any(
        each.lemma_.lower() in PROCESS | COERCIVE | MATTERS for what in behind for each in what.subtree
    )


def _hoped(token: Token) -> bool:
    """ "hopes to resume the talks", "hope the pact holds", "hopes for a deal"; the lemma is often taken for "hop"."""
    hoped = (c for c in token.children if c.i > token.i and (c.dep_ in {"xcomp", "ccomp"} or c.lower_ == "for"))
    return token.tag_ != "VB" and any(c.lemma_.lower() not in {"say", "see", "know"} for c in hoped)


def _toward(token: Token) -> bool:
    """ "are working towards an agreement", "is striving for peace"."""
    for child in token.children:
        if child.lower_ in {"toward", "towards", "for"} and child.i > token.i:
            return any(c.dep_ == "pobj" and c.lemma_.lower() in PROCESS for c in child.children)
    return False


def _tried(token: Token) -> tuple[Stance | None, MoveKind | None] | None:
    """The stance in "is trying to save the deal", "tried to block the talks"."""
    deed = next((c for c in token.children if c.dep_ == "xcomp"), None)
    if deed is None or not any(c.dep_ == "dobj" and c.lemma_.lower() in PROCESS for c in deed.children):
        return None
    lemma = deed.lemma_.lower()
    if lemma in SAVING:
        return ("support", None)
    if lemma in UNDOING:
        return ("oppose", None) if undoes(deed) else ("support", None)
    return None


def _no_intention(have: Token) -> Token | None:
    """The noun in "has no intention of", "has no plan to", "has no interest in"."""
    for child in have.children:
        if child.dep_ == "dobj" and child.lemma_.lower() in {"intention", "plan", "interest", "desire"}:
            words = {c.lower_ for c in child.children}
            if ("no" in words or denied(have)) and not _idle(child):
                return child
    return None


def _idle(interest: Token) -> bool:
    """Whether a want of interest is in no talks, pact or step: "no interest in foreign affairs"."""
    behind = [g for c in interest.children if c.lower_ == "in" for g in c.children]
    return bool(behind) and not any(g.pos_ == "VERB" or g.lemma_.lower() in PROCESS for g in behind)


def _no_choice(have: Token) -> Token | None:
    """The deed in "will have no choice but to retaliate", where it hurts."""
    choice = next((c for c in have.children if c.dep_ == "dobj" and c.lemma_ in {"choice", "option"}), None)
    if choice is None or not any(c.lower_ == "no" for c in choice.children):
        return None
    return next(
        (each for each in choice.sent[choice.i - choice.sent.start :] if each.tag_ == "VB" and harms(each)), None
    )


def _will(token: Token, modal: str, mentions: MentionIndex, statements: Sequence[Statement]) -> Iterator[Draft]:
    """ "will not negotiate under pressure" refuses; "would return if sanctions were lifted" offers on a condition."""
    lemma = token.lemma_.lower()
    if lemma not in _ANSWERING or supposed(token) or any(c.dep_ == "nsubjpass" for c in token.children):
        return
    no = denied(token)
    holder = content_at(statements, token.idx)
    if modal in _ABLE and not (no and lemma in {"accept", "agree", "allow", "tolerate", "permit", "abandon"}):
        return
    sides, subject = subject_sides(token, mentions)
    if not sides or subject is None:
        return
    # Of another's future a speaker only tells what he expects.
    end = reach(token, token.sent.end)
    terms = terms_around(token, end)
    party = holder.party if holder is not None else None
    if party is None and not terms.set:
        return  # a condition of its own is told by its words, whoever tells it
    if holder is not None and party is not None and not any(speaks_for(holder, side) for side in sides):
        return
    if any(c.lower_ == "only" for c in token.children) and terms.condition is not None:
        terms = replace(terms, set=True)
    if no:
        how: tuple[Stance | None, MoveKind | None] = ("reject", "precondition" if terms.set else "refusal")
    elif terms.condition is not None and terms.order != "before":
        how = ("condition", "precondition") if terms.set else ("offer", "offer")
        if harms(token) or _keeps_up(token) or token.doc[terms.condition[0]].lower_ == "unless":
            how = ("condition", "threat")  # "would reopen the border unless": what comes else is no gift
    elif harms(token):
        how = ("support" if _imposes(token) else None, "threat")
    elif lemma in YIELDS and not terms.order:
        how = ("offer", "promise")
    elif lemma in _JOINING and any(c.dep_ == "dobj" and c.lemma_.lower() in PROCESS for c in token.children):
        how = ("accept", None)
    elif lemma in HELPING:
        how = ("support", "promise")
    elif lemma in GOING_ON and any(c.dep_ in {"dobj", "xcomp", "prep"} for c in token.children):
        how = ("support", None)
    else:
        return
    yield from drafts(token, Who(sides, subject), how, f"stands-will-1 ({lemma})", 0.7 if no else 0.65)


def _keeps_up(token: Token) -> bool:
    """ "will continue the sanctions if ...": what burdens the other is no offer."""
    return token.lemma_.lower() in {"continue", "keep", "maintain"} and any(
        each.lemma_.lower() in {"sanction", "tariff", "embargo", "blockade", "pressure", "restriction"}
        for c in token.children
        if c.dep_ in {"dobj", "xcomp"}
        for each in c.subtree
    )


_JOINING: Final = frozenset("sign accept ratify rejoin".split())


def _imposes(token: Token) -> bool:
    """ "will reimpose the sanctions": the measure itself is what one is for."""
    return token.lemma_.lower() in _IMPOSING and any(
        c.dep_ == "dobj" and any(g.lemma_.lower() in {"sanction", "tariff", "embargo", "ban"} for g in c.subtree)
        for c in token.children
    )


_IMPOSING: Final = frozenset("impose reimpose restore institute levy tighten pursue".split())


def _doing(token: Token, mentions: MentionIndex, statements: Sequence[Statement]) -> Iterator[Draft]:
    """ "announced it was suspending its tests": what a party says it is ending, it concedes."""
    holder = content_at(statements, token.idx)
    who = who_of(token, mentions)
    if holder is None or not any(speaks_for(holder, side) for side in who.sides) or publishes(token):
        return
    if not (denied(token) or supposed(token) or harms(token)):
        yield from drafts(token, who, ("offer", "concession"), f"stands-will-1 ({token.lemma_.lower()})", 0.7)
