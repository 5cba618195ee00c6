"""Known facts of the case: which dated public event a sentence names, by its words and the parties near them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from summitry.reader.events.parties import party_code
from summitry.reader.events.when import overlap
from summitry.vocabulary import Actor, DateInterval

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Token

    from summitry.casebook import Casebook
    from summitry.vocabulary import KnownEvent, TimeExpression

# Types that one happening goes by: a summit is met at, a deal is signed at it, and it may break down.
FAMILY: Final = {
    "CONSULT": "meeting",
    "AGREE": "deal",
    "SUPPORT": "deal",
    "COOPERATE": "exercise",
    "MOBILIZE": "exercise",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """The known events of the chosen cases with their phrases compiled: a phrase matches at the start of a word."""

    rows: tuple[tuple[KnownEvent, tuple[tuple[re.Pattern[str], ...], ...]], ...]

    @classmethod
    def of(cls, casebook: Casebook) -> Facts:
        """All dated facts of a casebook's cases."""
        rows = []
        for case in casebook.cases:
            for event in case.events:
                alternatives = tuple(
                    tuple(re.compile(rf"(?<!\w){re.escape(phrase)}") for phrase in words) for words in event.words
                )
                rows.append((event, alternatives))
        return cls(tuple(rows))

    def within(self, text: str, until: date | None) -> Facts:
        """Only the facts that may be named in ``text``, so that the words of one trigger are matched against few."""
        found = {event.id for event in self.matching(text, until)}
        return Facts(tuple(row for row in self.rows if row[0].id in found))

    def matching(self, text: str, until: date | None) -> tuple[KnownEvent, ...]:
        """Events whose words all stand in ``text`` (any case), none that began after ``until``, latest first."""
        lowered = text.lower()
        found = [
            event
            for event, alternatives in self.rows
            if (until is None or event.start <= until)
            and any(all(pattern.search(lowered) for pattern in words) for words in alternatives)
        ]
        return tuple(sorted(found, key=lambda event: event.start, reverse=True))


# What stands behind these is another event: "has visited since the summit in ...".
_APART: Final = frozenset(
    "since after before until following ahead despite amid over about because ahead_of prior when while as".split()
)


def own_words(trigger: Token) -> str:
    """The words of a trigger's sentence without the phrases and clauses that tell of other times and other events."""
    holding = {trigger.i} | {ancestor.i for ancestor in trigger.ancestors}
    sentence = trigger.sent
    dropped: set[int] = set()
    for token in sentence:
        if token.i in holding:
            continue
        if token.dep_ in {"prep", "mark"} and token.lower_ in _APART:
            root = token if token.dep_ == "prep" else token.head
        elif token.dep_ in {"ccomp", "advcl", "relcl", "parataxis"}:
            root = token
        else:
            continue
        if root.i not in holding:
            dropped.update(t.i for t in root.subtree)
    return "".join(t.text_with_ws for t in sentence if t.i not in dropped)


def own_phrase(noun: Token) -> str:
    """The words of a noun's phrase without what is coordinated with it or explains it."""
    words: list[Token] = []
    stack = [noun]
    while stack:
        at = stack.pop()
        words.append(at)
        stack += [c for c in at.children if not (at.i == noun.i and c.dep_ in {"appos", "conj", "cc"})]
    return " ".join(token.text for token in sorted(words, key=lambda t: t.i))


def pick(
    candidates: Sequence[KnownEvent], type_: str, actors: Sequence[Actor], time: TimeExpression | None
) -> KnownEvent | None:
    """The known event that a trigger of a type with these parties means, or None.

    Its parties must be among the fact's where both are named, its type of one family, and words that date the trigger
    must not contradict it. A party that is the fact's place is no party ("the Singapore summit").
    """
    for event in candidates:
        named = {party_code(actor) for actor in actors if actor.name != event.place}
        if FAMILY.get(event.type, event.type) != FAMILY.get(type_, type_):
            continue
        if named and not named <= set(event.actors) and not set(event.actors) <= named:
            continue
        if time is not None and time.interval is not None:
            days = DateInterval(event.start, event.end, "interval")
            if not overlap(days, time.interval) and not any(overlap(days, other) for other in time.alternatives):
                continue
        return event
    return None


def parties_with(event: KnownEvent, found: Sequence[Actor], names: Mapping[str, str]) -> tuple[Actor, ...]:
    """The parties a mention of a known event leaves unsaid, after those it names; ``names`` are full names by code."""
    kept = tuple(actor for actor in found if party_code(actor) in event.actors)
    have = {party_code(actor) for actor in kept}
    return (*kept, *(Actor(code, names.get(code, code)) for code in event.actors if code not in have))
