"""What goes with a foretold clause: its words, hedge, condition, how it goes, and by when."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from summitry.horizons import NONE_STATED, Horizons
from summitry.reader.predictions.clauses import Clause
from summitry.reader.predictions.lexicon import BADLY, CONDITIONS, GOING, HEDGES, MAYBE, PROCESS, WEAK, WELL, WENT
from summitry.reader.predictions.standing import Standing
from summitry.reader.stands.deadline import deadline_of
from summitry.vocabulary import DateInterval, Span, TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Range = tuple[int, int]
_EDGE: Final = frozenset(""", ; : . and but or - -- – — " ' '' `` yet so that because while although though""".split())
_PRON: Final = frozenset({"i", "we", "my", "our"})


def words_of(clause: Clause, siblings: frozenset[int]) -> Range:
    """The tokens of a clause, from its subject to its end, without the clauses coordinated with it (``siblings``, by
    the tokens of their predicates) and what follows them."""
    doc = clause.head.doc
    subject = clause.subject
    start = clause.head.i
    if clause.first is None or clause.route == "noun":
        near = [clause.cue.i, clause.head.i]
        if subject is not None and subject.sent == clause.head.sent and subject.i < clause.head.i:
            near.append(subject.left_edge.i)
            if clause.route == "expected" and clause.cue.i < subject.left_edge.i:
                near.remove(clause.cue.i)  # "experts expect Togo to leave": what they expect
        if clause.route == "noun" and clause.cue.i < clause.head.left_edge.i:
            near = [clause.head.left_edge.i]
        start = min(near)
        if clause.route not in ("expected", "likely", "noun", "too far") or clause.head.i == clause.top.i:
            start = min(start, _left(clause.head, start))
    else:
        start = min([clause.head.i, *(c.i for c in clause.head.children if c.dep_ in {"neg", "advmod"})])
    stop = int(clause.head.right_edge.i) + 1
    for child in clause.head.children:
        if child.i > clause.head.i and (
            child.i in siblings
            or child.dep_ == "parataxis"
            or (child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"} and child.tag_ not in {"VB", "VBP"})
            or (child.dep_ in {"advcl", "ccomp"} and _contrasts(child))
        ):
            stop = min(stop, int(child.left_edge.i))
    return bare(doc, start, max(stop, clause.head.i + 1))


def _left(head: Token, start: int) -> int:
    """The first token of what stands before the predicate and belongs to it: a condition, a time."""
    found = start
    for child in head.children:
        if child.i < head.i and child.dep_ in {"advcl", "npadvmod", "prep"} and child.right_edge.i < start:
            if child.dep_ == "advcl" and not any(c.dep_ in {"mark", "advmod"} for c in child.children):
                continue  # "Speaking on Monday, ..."
            if child.dep_ == "prep" and any(t.pos_ == "VERB" for t in child.subtree):
                continue  # "along with how it was done, ...", "after visiting ...": circumstances
            found = min(found, int(child.left_edge.i))
    return found


def _contrasts(child: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in {"while", "whereas", "although", "though"} for c in child.children)


def bare(doc: Doc, start: int, stop: int) -> Range:
    """A range without links, marks and spaces at its ends."""
    while start < stop - 1 and (doc[start].is_space or doc[start].lower_ in _EDGE):
        start += 1
    while stop > start + 1 and (doc[stop - 1].is_space or doc[stop - 1].lower_ in _EDGE):
        stop -= 1
    return start, stop


def hedge_of(clause: Clause, standing: Standing) -> str | None:
    """The words by which whoever foretells it does not vouch for it, in text order, joined by a semicolon."""
    found: dict[int, str] = {}
    governor = standing.governor
    if governor is not None and standing.believing and governor.lemma_.lower() in WEAK:
        found[governor.i] = _believing_words(governor)
    first = clause.first or clause
    for token in (clause.cue, *first.head.children, *clause.head.children, *first.cue.children):
        word = token.lower_
        if word in MAYBE or word in HEDGES or (word == "could" and clause.route == "could"):
            found[token.i] = token.text
    return "; ".join(found[at] for at in sorted(found)) or None


def _believing_words(governor: Token) -> str:
    """ "I think", "my impression was", "hopeful"."""
    doc = governor.doc
    start, stop = governor.i, governor.i + 1
    if governor.pos_ in {"NOUN", "PROPN"}:
        if governor.head.lemma_ == "be" and governor.i - governor.left_edge.i > 2:
            return governor.text
        start = min((c.i for c in governor.children if c.lower_ in _PRON), default=start)
        if governor.head.lemma_ == "be" and governor.dep_ == "nsubj":
            stop = governor.head.i + 1
    else:
        be = governor.head if governor.pos_ == "ADJ" and governor.head.lemma_ == "be" else governor
        subject = next((c for c in be.children if c.dep_ == "nsubj" and c.lower_ in _PRON), None)
        if subject is not None and governor.i - subject.i <= 4:
            start = subject.i
        start = min(start, *(c.i for c in governor.children if c.dep_ == "neg"), start)
    return doc[start:stop].text


def condition_of(clause: Clause) -> Range | None:
    """The clause on which it is foretold: "if ...", "unless ..."; None for "even if"."""
    at: Clause | None = clause
    while at is not None:
        for verb in dict.fromkeys((at.head, at.core, at.top)):
            for child in verb.children:
                if child.lower_ == "without" and child.i > verb.i:
                    continue  # "will close it without dismantling it": the manner
                if child.dep_ in {"advcl", "prep"} and (found := _conditional(child)) is not None:
                    return found
        at = at.first
    return None


def _conditional(child: Token) -> Range | None:
    doc = child.doc
    first = doc[child.left_edge.i]
    while first.i < child.i and (
        first.is_punct or first.is_space or first.lower_ in {"but", "and", "only", "so", "yet"}
    ):
        first = doc[first.i + 1]
    after = doc[first.i + 1].lower_ if first.i + 1 < len(doc) else ""
    opens = first.lower_ in CONDITIONS and (first.dep_ in {"mark", "aux", "prep"} or first.i == child.i)
    if first.lower_ == "as" and after == "long":
        opens = True
    if first.lower_ == "in" and after in {"case", "event"}:
        opens = True
    if not opens or (first.lower_ in {"until", "without"} and child.dep_ == "prep" and first.lower_ == "until"):
        return None
    if first.i > 0 and doc[first.i - 1].lower_ == "even":
        return None
    return bare(doc, first.i, int(child.right_edge.i) + 1)


def quality_of(clause: Clause) -> Range | None:
    """The words that say how it goes: "quite well", "a big success"."""
    core = clause.core
    doc = core.doc
    process = clause.subject is None or clause.subject.pos_ == "PRON" or _of_process(clause.subject)
    for child in core.children:
        if child.i < core.i:
            continue
        lemma = child.lemma_.lower()
        if child.tag_ == "JJR" or doc[child.i - 1].text == "-":
            continue
        if any(c.dep_ == "prep" and c.lower_ == "for" for c in child.children):
            continue  # "good for peace" tells what it is good for
        inner = {lemma}
        if child.pos_ != "NOUN" or lemma in WENT:
            inner |= {c.lemma_.lower() for c in child.children if c.dep_ == "amod"}
        tells = (core.lemma_ in GOING and process) or child.dep_ == "advmod"
        if tells and child.dep_ in {"advmod", "acomp", "attr", "oprd"} and inner & (WELL | BADLY):
            return bare(doc, int(child.left_edge.i), int(child.right_edge.i) + 1)
    return None


def _of_process(token: Token) -> bool:
    return any(one.lemma_.lower() in PROCESS for one in (token, *token.subtree))


def horizon_of(
    plain: str, words: Span, times: Sequence[TimeExpression], made: DateInterval, horizons: Horizons
) -> tuple[DateInterval | None, str]:
    """By when a clause is foretold, and by which rule: a time told in it, else a phrase of the table, else none.

    A time that has passed when it is foretold sets no horizon. ``times`` are in text order.
    """
    limit = deadline_of(plain, words, times, made)
    if limit is None:
        limit = _told(words, times, made)
    day = made.start or made.end
    if limit is not None and limit.end is not None and (day is None or limit.end >= day):
        named = limit.basis.partition(": ")[2] or limit.basis
        if limit.basis.startswith("inferred: "):
            return _from(limit, made), f"inferred: {named}"
        return _from(limit, made), f"stated: {named}"
    phrase = horizons.find(plain[words.start : words.end])
    if phrase is None:
        return None, NONE_STATED
    return horizons.reckon(phrase, made), horizons.rule(phrase)


def _told(words: Span, times: Sequence[TimeExpression], made: DateInterval) -> DateInterval | None:
    """The last time in the clause that is not past when it is foretold."""
    found: DateInterval | None = None
    day = made.end or made.start
    for at in range(bisect_left(times, words.start, key=lambda time: time.start), len(times)):
        time = times[at]
        if time.end > words.end:
            break
        interval = time.interval
        if time.type not in {"DATE", "TIME"} or interval is None or interval.end is None:
            continue
        if day is not None and interval.end < day:
            continue
        if time.value in {"PRESENT_REF", "FUTURE_REF"} or time.text.lower() in {"today", "now"}:
            # "the path it is on today": the state of things, no limit
            continue
        found = replace(interval, basis=f"stated: {time.text}")
    return found


def _from(limit: DateInterval, made: DateInterval) -> DateInterval:
    """A limit as an interval that does not begin before what it limits was foretold."""
    start = limit.start
    day = made.start or made.end
    if "deadline" in limit.basis or limit.basis.startswith("inferred") or start is None:
        start = day
    if start is not None and limit.end is not None and start > limit.end:
        start = limit.end
    return DateInterval(start, limit.end, limit.precision if start == limit.start else "interval", limit.basis)
