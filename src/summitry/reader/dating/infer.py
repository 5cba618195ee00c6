"""Adding up the clues: the shortest run of days that holds most of the probability."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np

from summitry.casebook import OfficeEntry
from summitry.reader.dating import anchors as anchoring
from summitry.reader.dating import clues as clueing
from summitry.reader.dating.anchors import Match
from summitry.reader.dating.clues import FIRST_DAY, LAST_DAY, Clue
from summitry.reader.times.cues import cues_of
from summitry.reader.times.found import Found
from summitry.reader.times.recognise import recognise
from summitry.vocabulary import UNKNOWN_DATE, Article, DateInterval, KnownEvent, Mention, Precision, Span

HOLDS: Final = 0.90
"""Share of the probability that the interval holds."""

TEMPER: Final = 1.0
"""Factor on the clues' weights; below 1 it would allow for clues that are not independent. Counted on the reports that
the tables were made from, 0.9 holds 3% more of the true days in intervals a third wider."""

TOO_WIDE: Final = 40 * 365
"""Days beyond which an interval says nothing: unknown."""

NOTES: Final = 4
"""Clues named in a basis; more would not be read."""

_SENTENCE_END: Final = re.compile(r"[.!?][\"'”’)\]]{0,2}\s+(?=[\"'“‘(\[]?[A-Z0-9])")


def rough_sentences(article: Article) -> list[Span]:
    """Sentences by full stops alone, for dating before the parse."""
    spans: list[Span] = []
    for block in article.blocks:
        at = block.start
        for match in _SENTENCE_END.finditer(article.text, block.start, block.end):
            if match.end() - at > 25:  # "U.S. Secretary" ends no sentence
                spans.append(Span(at, match.start() + 1))
                at = match.end()
        spans.append(Span(at, block.end))
    return spans


def infer_published(
    article: Article,
    found: Sequence[Found],
    anchors: Iterable[KnownEvent] = (),
    offices: Iterable[OfficeEntry] = (),
    sentences: Sequence[Span] | None = None,
    mentions: Sequence[Mention] = (),
) -> DateInterval:
    """The publication date of an article that states none.

    Args:
        article: the article; its own ``published`` is not looked at.
        found: its time expressions, from :func:`summitry.reader.times.recognise`, at offsets of ``article.text``.
        anchors: known events: facts of the cases, dated events of other reports.
        offices: who held which office when.
        sentences: sentences of the body; without them, rough ones are made.
        mentions: who is named: events of parties that are not named are no anchors. Without mentions all are.

    Returns:
        The shortest interval that holds :data:`HOLDS` of the probability, its basis naming the clues it rests on
        ("inferred: ..."); ends that nothing bounds are None; :data:`~summitry.vocabulary.UNKNOWN_DATE` where nothing
        names a year. A function of its arguments: today's date plays no part.
    """
    spans = rough_sentences(article) if sentences is None else sentences
    text = article.text
    inside = clueing.in_blocks(article, (*found, *_in_datelines(article, found)))
    anchors = _of_parties(anchors, mentions)
    cues = cues_of(text)
    matches = anchoring.consistent(anchoring.match_events(text, spans, anchors), inside)
    told = _told(text, spans, matches)
    ahead = frozenset(event.id for event in told["coming"])
    reported = clueing.reporting_day(article, inside, cues)
    body = " ".join(text[block.start : block.end] for block in article.blocks)
    comment = article.kind in ("editorial", "analysis")
    coinciding = anchoring.coinciding_clue(reported, [m for m in matches if m.event.id not in ahead])
    clues: list[Clue | None] = [
        *_once([*anchoring.linked_clues(text, spans, inside, matches, ahead), *([coinciding] if coinciding else [])]),
        clueing.weekday_clue(reported, inside, cues, comment=comment) if reported else None,
        clueing.dateline_clue(article, inside),
        anchoring.past_clue(told["past"]),
        anchoring.coming_clue(told["coming"]),
        anchoring.open_clue(told["open"]),
        clueing.year_clue(clueing.past_dates(article, inside, cues), named=any(told.values())),
        *clueing.agreeing_clues(inside),
        *clueing.office_clues(body, offices),
        *clueing.day_clues(inside, cues),
    ]
    return _interval([clue for clue in clues if clue is not None])


def _once(clues: Sequence[Clue]) -> list[Clue]:
    """Of clues that favour the same days the strongest: a case and another report tell one fact, once."""
    best: dict[tuple[tuple[int, int], ...], Clue] = {}
    for clue in clues:
        days = tuple((window.start, window.end) for window in clue.windows)
        if days not in best or clue.windows[0].weight > best[days].windows[0].weight:
            best[days] = clue
    return list(best.values())


def _in_datelines(article: Article, found: Sequence[Found]) -> list[Found]:
    """Time expressions of the dateline, where ``found`` was made from the body alone."""
    made: list[Found] = []
    for span in article.metadata_spans:
        if span.label == "dateline" and not any(span.start <= item.start < span.end for item in found):
            line = recognise(article.text[span.start : span.end])
            made += (replace(item, start=item.start + span.start, end=item.end + span.start) for item in line)
    return made


def _of_parties(anchors: Iterable[KnownEvent], mentions: Sequence[Mention]) -> list[KnownEvent]:
    """The events one of whose parties is named."""
    codes: set[str] = set()
    for mention in mentions:
        for actor in (mention.actor, *mention.members):
            if actor is not None:
                codes.update(code for code in (actor.state, actor.code) if code)
    return [event for event in anchors if not codes or not event.actors or codes & set(event.actors)]


def _told(text: str, sentences: Sequence[Span], matches: Sequence[Match]) -> dict[str, list[KnownEvent]]:
    """The events that the report's words tell of, by how they are told."""
    by_event: dict[str, list[Match]] = {}
    for match in matches:
        if match.sure:
            by_event.setdefault(match.event.id, []).append(match)
    told: dict[str, list[KnownEvent]] = {"past": [], "coming": [], "open": []}
    for _, each in sorted(by_event.items()):
        told[anchoring.told_as(text, sentences, each)].append(each[0].event)
    return told


def _scores(clues: Sequence[Clue]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The sum of all weights for every day considered."""
    size = LAST_DAY - FIRST_DAY + 1
    steps = np.zeros(size + 1)
    for clue in clues:
        for window in clue.windows:
            low, high = max(window.start, FIRST_DAY), min(window.end, LAST_DAY)
            if low <= high:
                steps[low - FIRST_DAY] += window.weight
                steps[high - FIRST_DAY + 1] -= window.weight
    total = np.cumsum(steps)[:size]
    total *= TEMPER
    for low, high, weight in clueing.ERA:
        total[low - FIRST_DAY : high - FIRST_DAY + 1] += weight
    weekdays = np.zeros(7)
    for clue in clues:
        if clue.weekdays:
            weekdays += np.array(clue.weekdays)
    first = date.fromordinal(FIRST_DAY).isoweekday() - 1
    total += np.resize(np.roll(weekdays, -first), size)
    return total


def _interval(clues: Sequence[Clue]) -> DateInterval:
    if not any(clue.dates for clue in clues):
        return UNKNOWN_DATE
    scores = _scores(clues)
    mass = np.exp(scores - scores.max())
    mass /= mass.sum()
    low, high = _shortest(mass)
    if high - low > TOO_WIDE:
        return UNKNOWN_DATE
    start = None if low == 0 else date.fromordinal(FIRST_DAY + low)
    end = None if high == len(mass) - 1 else date.fromordinal(FIRST_DAY + high)
    precision: Precision = "day" if low == high else "interval"
    return DateInterval(start, end, precision, "inferred: " + _notes(clues, low + FIRST_DAY, high + FIRST_DAY))


def _shortest(mass: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[int, int]:
    """The shortest run of days that holds :data:`HOLDS` of the mass; the earliest of equals."""
    sums = np.concatenate([[0.0], np.cumsum(mass)])
    # For every first day, the first last day that suffices.
    lasts = np.searchsorted(sums, sums[:-1] + HOLDS * sums[-1] - 1e-12)
    reach = np.where(lasts < len(sums), lasts - np.arange(len(mass)), len(mass) + 1)
    low = int(np.argmin(reach))
    return low, min(int(lasts[low]) - 1, len(mass) - 1)


def _notes(clues: Sequence[Clue], low: int, high: int) -> str:
    """The clues that support the interval, strongest first."""
    ranked: list[tuple[float, int, str]] = []
    for position, clue in enumerate(clues):
        weight = max((w.weight for w in clue.windows if w.start <= high and low <= w.end), default=0.0)
        if clue.weekdays:
            weight = max(
                weight,
                max(clue.weekdays[date.fromordinal(n).isoweekday() - 1] for n in range(low, min(high, low + 6) + 1)),
            )
        bound = clue.dates and any(w.weight < 0 for w in clue.windows)
        if clue.note and (weight > 0 or bound):
            ranked.append((-weight, position, clue.note))
    names = list(dict.fromkeys(note for _, _, note in sorted(ranked)))
    return "; ".join(names[:NOTES]) if names else "days and months named"
