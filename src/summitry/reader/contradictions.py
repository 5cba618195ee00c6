"""Contradictions that a report itself asserts: which two of its rows it sets against each other, in which sentence.

Two kinds of words do it. Some stand between two sides (:data:`AGAINST`: "contradicts", "at odds with", "contrary to"):
what comes before them, or what "this view" or "the remarks" point back to, is set against what comes after. Others
say of several that they do not agree (:data:`APART`: "miles apart", "conflicting accounts"): the positions or words of
two of them stand in the same sentence or in the next. Words inside a quotation or a reported clause are a speaker's,
not the report's. Only where both sides are rows of the reading is there a contradiction.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Generic, TypeVar

from summitry.reader.document import Document
from summitry.reader.spoken import indexed
from summitry.vocabulary import Actor, Discrepancy, Event, Evidence, Mention, Position, Row, Span, Statement, content_id

CODER: Final = "contradictions/1"
AGAINST: Final = (
    r"contradict(?:s|ed|ing|ory to)?|contrary to|at (?:odds|variance) with|in (?:sharp |stark |marked )?contrast "
    r"(?:to|with)|contrasts? with|contrasted with|(?:r[ua]n|running|runs) counter to|counter to|inconsistent with|"
    r"(?:is|are|was|were|be) incompatible with|differ(?:s|ed|ing)? (?:\w+ )?from|fl(?:y|ies|ew|ying) in the face of|"
    r"clash(?:es|ed|ing)? with|despite having (?:said|promised|pledged|vowed|insisted|claimed)|"
    r"despite (?:saying|promising|pledging|vowing|insisting|claiming)|disput(?:es|ed|ing)|"
    r"at loggerheads with|a departure from|reverse[sd]? (?:his|her|its|their|a|an)"
)
"""Words that set what comes before them against what comes after."""
APART: Final = (
    r"(?:miles|far|poles|worlds) apart|conflicting (?:accounts|versions|statements|claims|reports|signals|messages)|"
    r"(?:different|differing|contradictory|competing) (?:accounts|versions|statements|interpretations|views)|"
    r"differences (?:in|over|on|about)|at odds (?:over|on|about)|disagree(?:d|s|ment|ments)? (?:over|on|about)"
)
"""Words that say of several that they do not agree."""

_CUES: Final = re.compile(rf"\b(?:(?P<against>{AGAINST})|(?P<apart>{APART}))\b", re.IGNORECASE)
_DENIED: Final = re.compile(r"\b(?:not|n't|never|no|without|nor|hardly|whether)\b[^,;]{0,25}$", re.IGNORECASE)
"""What takes a cue back, close before it: "does not contradict", "no longer at odds"."""
_BACK: Final = re.compile(
    r"^\W*(?:but |yet |however, )?(?:(?:this|that|these|those|the|his|her|its|their|such|both) (?:\w+ ){0,2}"
    r"(?:views?|remarks?|comments?|statements?|positions?|stances?|claims?|announcements?|tweets?|messages?|words|"
    r"assertions?|accounts?|decisions?|moves?|assessments?|proposals?|tone|approach|demands?)|it|this|that)\b",
    re.IGNORECASE,
)
"""A subject that points back to what was told before."""
_TOLD_AGAIN: Final = re.compile(
    r"\b(?:claims?|statements?|comments?|remarks?|assertions?|assessments?|accounts?|words|promises?|pledges?|position|"
    r"insistence|optimism|view|rationale)\b",
    re.IGNORECASE,
)
"""Nouns by which somebody's words are named again."""
BEFORE: Final = 2
"""Sentences before that a subject may point back to."""
AFTER: Final = 2
"""Sentences after in which those who do not agree are told one by one."""
_NEAR: Final = 90
"""Code points behind a cue within which somebody whose words are named again stands."""
_LONG_WORD: Final = re.compile(r"\b(?!which\b|about\b|there\b|their\b|would\b|could\b|should\b)[^\W\d_]{5,}")
_BEGINNING: Final = 5
"""Letters that words of one family share ("breach", "breached"); shorter words say too little of a matter."""
_LEAST_SURE: Final = 0.6
"""How sure a contradiction is when both of its rows are: of those read by hand, three in five and more were right."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A row as it stands in the text: whose, its evidence, and which kind goes first (0 a position)."""

    row: Row
    who: Actor | None
    rank: int

    @property
    def at(self) -> Evidence:
        return self.row.evidence[0]

    @property
    def party(self) -> str | None:
        return (self.who.state or self.who.code) if self.who is not None else None


def find_contradictions(
    document: Document,
    mentions: Sequence[Mention],
    statements: Sequence[Statement],
    events: Sequence[Event],
    positions: Sequence[Position],
) -> tuple[Discrepancy, ...]:
    """The contradictions an article asserts, in text order; a pure function of its arguments.

    ``a`` and ``b`` are ids of positions, statements or events of the same reading; the evidence is that of ``a``, that
    of ``b``, then the sentence that asserts it. One row for each sentence and pair.
    """
    cues = list(_CUES.finditer(document.plain))
    if not cues:
        return ()
    rows = _InOrder(_rows(statements, events, positions), lambda one: one.at.start)
    named = _InOrder(mentions, lambda one: one.start)
    sentences = [Span(one.start_char, one.end_char) for one in document.doc.sents]
    starts = [one.start for one in sentences]
    said = indexed(statements).contents
    found: dict[str, Discrepancy] = {}
    for cue in cues:
        number = bisect_right(starts, cue.start()) - 1
        if number < 0 or cue.start() >= sentences[number].end or any(said.holding(cue.start())):
            continue
        sentence = sentences[number]
        if _DENIED.search(document.plain[sentence.start : cue.start()]):
            continue
        first, last = sentences[max(0, number - BEFORE)], sentences[min(number + AFTER, len(sentences) - 1)]
        around = _Around(
            plain=document.plain,
            sentences=sentences,
            number=number,
            rows=rows.between(first.start, last.end + 2),
            mentions=named.between(sentence.start, sentence.end),
            earlier=rows.before(sentence.start, _EARLIER),
        )
        pair = around.apart() if cue["apart"] else around.against(cue)
        if pair is not None:
            one = _row(document, pair, sentence, cue.group())
            found.setdefault(one.id, one)
    return tuple(found.values())


def _rows(statements: Sequence[Statement], events: Sequence[Event], positions: Sequence[Position]) -> list[_Told]:
    # What a speaker says of another party's stand is the speaker's side: the statement is, not the position in it.
    own = (one for one in positions if one.attributed_by in ("self", "reporter"))
    rows = [_Told(one, one.person or one.party, 0) for one in own]
    rows += [_Told(one, one.speaker, 1) for one in statements]
    rows += [_Told(one, one.actors[0] if one.actors else None, 2) for one in events]
    return sorted(rows, key=lambda one: (one.at.start, one.rank, one.row.id))


_Thing = TypeVar("_Thing")

_EARLIER: Final = 400
"""Rows looked back over for the claim that a cue names: more than any report has."""


class _InOrder(Generic[_Thing]):
    """Things by where they start, so that those near a cue are found without looking at all."""

    def __init__(self, things: Iterable[_Thing], start: Callable[[_Thing], int]) -> None:
        self._things = sorted(things, key=start)
        self._starts = [start(one) for one in self._things]

    def between(self, start: int, end: int) -> list[_Thing]:
        """Those that start in ``[start, end)``."""
        return self._things[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, start: int, most: int) -> list[_Thing]:
        """The last ``most`` of those that start before ``start``."""
        end = bisect_left(self._starts, start)
        return self._things[max(0, end - most) : end]


@dataclass(frozen=True, slots=True)
class _Around:
    """A sentence with a cue, and what stands around it: ``rows`` and ``mentions`` near it, ``earlier`` rows."""

    plain: str
    sentences: Sequence[Span]
    number: int
    rows: Sequence[_Told]
    mentions: Sequence[Mention]
    earlier: Sequence[_Told]

    def against(self, cue: re.Match[str]) -> tuple[_Told, _Told] | None:
        """What stands before the cue, or what its subject points back to, against what stands after it."""
        sentence = self.sentences[self.number]
        after = [one for one in self.rows if cue.end() - 1 <= one.at.start and one.at.end <= sentence.end + 1]
        other = min(after, key=lambda one: (one.rank, one.at.start), default=None) or self._named_again(cue)
        if other is None:
            return None
        head = self.plain[sentence.start : cue.start()]
        before = [one for one in self.rows if sentence.start <= one.at.start < cue.start() and _within(one, head, cue)]
        if _BACK.match(head) or not before:
            before = list(self._earlier(sentence.start)) if _BACK.match(head) else before
        return next(((one, other) for one in _best(before) if _differ(one, other)), None)

    def apart(self) -> tuple[_Told, _Told] | None:
        """Positions, else words, of two parties that the sentence names, in it or in those that follow."""
        sentence = self.sentences[self.number]
        last = self.sentences[min(self.number + AFTER, len(self.sentences) - 1)]
        told = [one for one in self.rows if sentence.start <= one.at.start and one.at.end <= last.end + 1]
        named = self._named(sentence)
        for rank in (0, 1):
            of_rank = [one for one in told if one.rank == rank and one.party in named]
            for one, other in combinations(of_rank[:6], 2):
                if one.party != other.party and _differ(one, other):
                    return one, other
        return None

    def _earlier(self, end: int) -> Iterator[_Told]:
        """Rows of the sentences before, the nearest sentence first."""
        for number in range(self.number - 1, max(-1, self.number - 1 - BEFORE), -1):
            sentence = self.sentences[number]
            inside = [one for one in self.rows if sentence.start <= one.at.start < min(sentence.end, end)]
            if inside:
                yield from inside
                return

    def _named(self, sentence: Span) -> set[str | None]:
        """The parties that a sentence names, alone or together ("both sides")."""
        inside = [one for one in self.mentions if sentence.start <= one.start < sentence.end]
        actors = [actor for one in inside for actor in (one.members or ((one.actor,) if one.actor else ()))]
        return {code for actor in actors if (code := actor.state or actor.code) is not None}

    def _named_again(self, cue: re.Match[str]) -> _Told | None:
        """The latest earlier words of whoever's claim or remarks the cue names: "contradicts Trump's claim"."""
        sentence = self.sentences[self.number]
        near = Span(cue.end(), min(cue.end() + _NEAR, sentence.end))
        noun = _TOLD_AGAIN.search(self.plain[near.start : near.end])
        if noun is None:
            return None
        matter = _matter(self.plain[near.start + noun.end() : sentence.end])
        who = next((m.actor for m in self.mentions if near.start <= m.start < near.end and m.actor is not None), None)
        if who is None:
            return None
        told = (one for one in self.earlier if one.rank == 1 and one.at.end <= sentence.start)
        earlier = [one for one in told if one.who is not None]
        named = [one for one in earlier if one.who is not None and one.who.name == who.name]
        # "his claim of a breach" is not whatever he said last.
        named = [one for one in named if not matter or matter & _matter(one.at.exact)]
        return named[-1] if named else None


def _matter(text: str) -> set[str]:
    """The content words of a text, roughly: the beginnings of its longer words."""
    return {word[:_BEGINNING].lower() for word in _LONG_WORD.findall(text)}


def _within(told: _Told, head: str, cue: re.Match[str]) -> bool:
    """Whether a row is told before a cue: a noun's stand ("Peru's demand for a treaty differs ...") has the whole
    clause as evidence, and its point before the cue."""
    if told.at.end <= cue.start() + 1:
        return True
    return isinstance(told.row, Position) and told.row.summary in " ".join(head.split())


def _best(rows: Sequence[_Told]) -> list[_Told]:
    """Positions first, then words, then acts; of each the last told."""
    return sorted(rows, key=lambda one: (one.rank, -one.at.start))


def _differ(one: _Told, other: _Told) -> bool:
    """Whether two rows may be the two sides: other words, and other parties or other people."""
    if one.row.id == other.row.id or one.at.start == other.at.start:
        return False
    if one.who is None or other.who is None:
        return False
    return one.party != other.party or one.who.name != other.who.name


def _row(document: Document, pair: tuple[_Told, _Told], sentence: Span, cue: str) -> Discrepancy:
    one, other = pair
    words = document.plain[sentence.start : sentence.end]
    start = sentence.start + len(words) - len(words.lstrip())
    end = start + len(words.strip())
    field = "stance" if one.rank == other.rank == 0 else "words" if max(one.rank, other.rank) == 1 else "act"
    return Discrepancy(
        id=content_id("dis", "asserted", one.row.id, other.row.id, start),
        evidence=(one.at, other.at, Evidence.of(document.article, start, end)),
        coder=CODER,
        confidence=round(_LEAST_SURE * min(one.row.confidence, other.row.confidence), 3),
        kind="asserted",
        a=one.row.id,
        b=other.row.id,
        field=field,
        note=f"the report sets {_name(one)} against {_name(other)}: “{' '.join(cue.lower().split())}”",
    )


def _name(told: _Told) -> str:
    return told.who.name if told.who is not None else "one side"
