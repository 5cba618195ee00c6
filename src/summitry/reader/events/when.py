"""When an act took or takes place: the words that date it, a known fact, or the day it was said; never a guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from summitry.vocabulary import UNKNOWN_DATE, DateInterval

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Token

    from summitry.vocabulary import Statement, TimeExpression

_CLAUSAL: Final = frozenset({"ccomp", "advcl", "relcl", "acl", "parataxis", "csubj", "pcomp"})
_REPORTING: Final = frozenset(
    "say tell add report announce note state claim believe think quote write argue stress explain remark confirm "
    "emphasize emphasise insist acknowledge admit reveal disclose declare recall".split()
)
EARLIER: Final = frozenset({"after", "following", "since", "before", "until", "ahead", "despite", "amid"})
"""What stands behind these is another event with a date of its own."""
_FAR: Final = 99


@dataclass(frozen=True, slots=True)
class DatedWords:
    """A time expression that names calendar days, with the token its phrase hangs on."""

    time: TimeExpression
    token: Token


def dated_words(sentence_tokens: Sequence[Token], times: Sequence[TimeExpression]) -> tuple[DatedWords, ...]:
    """The time expressions among a sentence's tokens that name days, each with the head token of its phrase."""
    found: list[DatedWords] = []
    if not times:
        return ()
    for time in times:
        if time.interval is None or time.type in {"DURATION", "SET"}:
            continue
        inside = [t for t in sentence_tokens if time.start <= t.idx < time.end and not t.is_punct]
        if inside:
            indices = {t.i for t in inside}
            head = next((t for t in inside if t.head.i not in indices or t.head.i == t.i), inside[0])
            found.append(DatedWords(time, head))
    return tuple(found)


def _steps(token: Token, target: Token) -> int:
    """How far a dated phrase is from the trigger that it may date; ``_FAR`` where the parse keeps them apart.

    Going up from the phrase, each verb of a clause of its own that does not hold the trigger ends the way; going down
    from there to the trigger, a content clause ends it ("said on Friday that they met").
    """
    ancestors = {target.i: 0}
    at = target
    steps = 0
    while at.head.i != at.i:
        # A date outside a content clause dates the saying, not what was said.
        if at.dep_ in {"ccomp", "relcl", "advcl"} or (at.dep_ == "conj" and _finite(at) and _has_subject(at)):
            break
        steps += 1
        at = at.head
        ancestors[at.i] = steps
    at = token
    up = 0
    while at.i not in ancestors:
        if at.head.i == at.i or (at.dep_ in _CLAUSAL and at.pos_ in {"VERB", "AUX"}):
            return _FAR
        if at.i != token.i and at.pos_ in {"NOUN", "PROPN"} and not _lends_date(at, target):
            return _FAR
        up += 1
        at = at.head
    meeting = at
    if meeting.i != target.i and meeting.lemma_.lower() in _REPORTING and target.pos_ == "VERB":
        return _FAR
    return up + 2 * ancestors[meeting.i]


def _lends_date(noun: Token, target: Token) -> bool:
    """Whether a date inside a noun's phrase dates the verb above too: its object's ("held talks on Monday"), or that of
    the occasion it takes place at ("at a meeting on Monday"); not "blamed it for last month's failure"."""
    if noun.dep_ in {"dobj", "nsubjpass", "attr", "conj", "nsubj"}:
        return noun.head.i == target.i or noun.dep_ == "conj"
    if noun.dep_ != "pobj":
        return False
    if noun.head.lower_ in {"with", "between", "by", "to"}:
        return noun.head.head.i == target.i or noun.head.head.dep_ == "dobj"
    return noun.head.lower_ in {"at", "in", "during"}


def _apart(target: Token, dated: Token) -> bool:
    """Whether a date behind "after", "following", "since" ... is that of the earlier event named there."""
    doc = target.doc
    return any(doc[i].lower_ in EARLIER and doc[i].dep_ in {"prep", "mark"} for i in range(target.i + 1, dated.i))


def _finite(token: Token) -> bool:
    return token.tag_ in {"VBD", "VBZ", "VBP"} or any(c.dep_ in {"aux", "auxpass"} for c in token.children)


def _has_subject(token: Token) -> bool:
    return any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children)


def attached(target: Token, dated: Sequence[DatedWords]) -> TimeExpression | None:
    """The dated words that belong to a trigger by the parse: the nearest that its own clause holds."""
    best: tuple[int, int] | None = None
    chosen: TimeExpression | None = None
    for words in dated:
        if _apart(target, words.token):
            continue
        steps = _steps(words.token, target)
        if steps >= _FAR:
            continue
        rank = (steps, abs(words.token.i - target.i))
        if best is None or rank < best:
            best, chosen = rank, words.time
    return chosen


def not_to_come(time: TimeExpression, until: date | None) -> TimeExpression:
    """The words that date an act told in past tense, read so that they lie before the report where they can.

    "In April", told in January, is that of the year before, though the next is nearer.
    """
    if until is None or time.interval is None or time.interval.start is None or time.interval.start <= until:
        return time
    earlier = (other for other in time.alternatives if other.start is not None and other.start <= until)
    chosen = next(earlier, None)
    return time if chosen is None else replace(time, interval=chosen)


def overlap(a: DateInterval, b: DateInterval) -> bool:
    """Whether two intervals share a day; open ends reach for ever, and the unknown agrees with nothing."""
    if a.precision == "unknown" or b.precision == "unknown":
        return False
    starts_before = a.start is None or b.end is None or a.start <= b.end
    ends_after = a.end is None or b.start is None or a.end >= b.start
    return starts_before and ends_after


def with_basis(interval: DateInterval, basis: str) -> DateInterval:
    """The same days, known in another way."""
    return replace(interval, basis=basis)


def said(statement: Statement | None) -> DateInterval:
    """The day a statement was made, as a date for what was done by saying it."""
    if statement is None or statement.said.precision == "unknown":
        return UNKNOWN_DATE
    return with_basis(statement.said, "said")
