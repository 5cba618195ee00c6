"""Undated reports dated by the others: the dated events and statements of a record as anchors.

Anchors come from reports whose date is stated, never from inferred ones: so the dates do not depend on the order in
which reports arrive, and one wrong guess does not breed others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from summitry.reconcile.features import content_stems, party_code
from summitry.vocabulary import Actor, DateInterval, Event, KnownEvent, Reading, Statement

STEMS: Final = 6
"""Longest content words of a telling that an anchor is recognised by: any two of them, and a name."""

SUMMARY: Final = 60
"""Letters of an event's summary that name it in a basis."""

REACH: Final = timedelta(days=60)
"""Anchors so far from a report's first interval still count: an event of last month dates a report."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SPEECH: Final[Mapping[str, str]] = {
    "threaten": "THREATEN", "demand": "REQUEST", "ask": "REQUEST", "refuse": "REJECT", "deny": "REJECT",
    "accuse": "ACCUSE",
}  # fmt: skip


def short_name(name: str) -> str:
    """What a person is called alone: the family name, the first part in Korean and Chinese order.

    That order is told by a hyphen or by three short parts.
    """
    parts = name.split()
    if not parts:
        return ""
    eastern = len(parts) > 1 and ("-" in name or (len(parts) == 3 and all(len(part) <= 6 for part in parts)))
    return (parts[0] if eastern else parts[-1]).lower()


def _phrases(names: Iterable[str], stems: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Alternatives that must stand in one sentence: a name and two content words."""
    longest = sorted(sorted(stems), key=len, reverse=True)[:STEMS]
    return tuple((name, *pair) for name in sorted(set(names)) for pair in combinations(longest, 2))


def _one_day(when: DateInterval) -> date | None:
    return when.start if when.precision == "day" and when.start == when.end else None


def _event_anchor(event: Event, people: frozenset[str]) -> KnownEvent | None:
    """An event told with the name of a person; without one its words are those of many other events."""
    day = _one_day(event.date)
    if day is None or event.modality != "happened":
        return None
    sides = (*event.actors, *event.recipients)
    words = {word.lower() for word in _WORD.findall(event.evidence[0].exact)}
    return KnownEvent(
        event.id,
        event.summary if len(event.summary) <= SUMMARY else f"{event.summary[: SUMMARY - 1].rstrip()}…",
        day,
        day,
        tuple(sorted({party_code(actor) for actor in sides})),
        _phrases(people & words, content_stems(event)),
        event.type,
        event.place,
        event.evidence[0].source,
    )


def _statement_anchor(statement: Statement) -> KnownEvent | None:
    day = _one_day(statement.said)
    speaker: Actor | None = statement.speaker
    if day is None or speaker is None or speaker.anonymous or speaker.kind != "person":
        return None
    words = {word.lower()[:6] for word in _WORD.findall(statement.words) if len(word) > 5 and word.islower()}
    name = short_name(speaker.name)
    return KnownEvent(
        statement.id,
        f"statement of {speaker.name}",
        day,
        day,
        (party_code(speaker),),
        _phrases([name], sorted(words)) if name else (),
        _SPEECH.get(statement.speech_act, "STATE"),
        None,
        statement.evidence[0].source,
    )


def anchors_of(reading: Reading) -> tuple[KnownEvent, ...]:
    """What a report dates for others: its events and statements of one known day.

    None from a report whose own publication date is inferred or unknown.
    """
    if reading.article.published.inferred:
        return ()
    people = frozenset(short_name(person.name) for person in reading.people) - {""}
    made = [_event_anchor(event, people) for event in reading.events]
    made += [_statement_anchor(statement) for statement in reading.statements]
    return tuple(anchor for anchor in made if anchor is not None and anchor.words)


@dataclass(frozen=True, slots=True)
class Redated:
    """A new date for an undated report."""

    source: str
    published: DateInterval


def is_undated(reading: Reading) -> bool:
    """Whether a report states no publication date."""
    return reading.article.published.inferred


def in_reach(anchors: Iterable[KnownEvent], published: DateInterval) -> tuple[KnownEvent, ...]:
    """The anchors that may bear on a report, by the interval it has so far; all of them while that is open."""
    low = published.start - REACH if published.start else date.min
    high = published.end + timedelta(days=7) if published.end else date.max
    return tuple(sorted((a for a in anchors if low <= a.start <= high), key=lambda a: (a.start, a.id)))


def redate(
    readings: Iterable[Reading],
    anchors: Iterable[KnownEvent],
    infer: Callable[[Reading, Sequence[KnownEvent]], DateInterval],
) -> tuple[Redated, ...]:
    """New dates for undated reports from the anchors of dated ones; only those that differ, by source id.

    Args:
        readings: reports; those with a stated date are passed over.
        anchors: from :func:`anchors_of` over the dated reports of the record.
        infer: the date of a report, given anchors besides those of its cases; with none it must give the date that
            the report has by itself.

    Each report is dated by itself and the anchors alone: the outcome depends on no order.
    """
    known = tuple(anchors)
    made: list[Redated] = []
    for reading in sorted(readings, key=lambda each: each.article.source_id):
        if is_undated(reading):
            alone = infer(reading, ())
            near = in_reach((a for a in known if a.source != reading.article.source_id), alone)
            published = infer(reading, near) if near else alone
            if published != reading.article.published:
                made.append(Redated(reading.article.source_id, published))
    return tuple(made)
