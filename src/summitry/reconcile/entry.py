"""An entry: one row of the record, made of the same event as several reports tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import prod
from typing import Final

from summitry.reconcile.features import Member, party_code
from summitry.vocabulary import Actor, DateInterval, Event, Evidence, Precision

CODER: Final = "reconcile/1"

CEILING: Final = 0.99
"""Confidence stays below certainty however many reports agree: they may all follow one mistaken wire."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the timeline and the ids of the reports' own events it is made of, in order of publication."""

    event: Event
    members: tuple[str, ...]

    @property
    def id(self) -> str:
        """The id of the first member: reports that come later leave it as it is."""
        return self.event.id


def member_order(member: Member) -> tuple[date, str]:
    """Order of publication, unknown dates last, ties by id."""
    return (member.published.start or date.max, member.id)


def _fullness(member: Member) -> tuple[int, int, float, int]:
    """How well a telling tells: a narrow date, both sides named, its confidence, then the fields filled.

    A sentence about the event itself is surer than one that only mentions it, so confidence stands before fields.
    """
    event = member.event
    width = (event.date.end - event.date.start).days if event.date.start and event.date.end else 10_000
    sides = min(len({party_code(actor) for actor in (*event.actors, *event.recipients)}), 2)
    outcome = event.meeting.outcome if event.meeting else None
    filled = sum(each is not None for each in (event.place, event.meeting, event.mode, outcome))
    return (-width, sides, event.confidence, filled)


def _date(members: Sequence[Member]) -> DateInterval:
    """The narrowest date told; a public fact's own days where a member is a mention of it and tells no narrower one."""
    best = min(
        (m.event.date for m in members if m.event.date.start and m.event.date.end),
        key=lambda d: ((d.end - d.start).days if d.start and d.end else 0, str(d.start), d.basis),
        default=None,
    )
    facts = sorted({m.known.id: m.known for m in members if m.known}.items())
    for _, fact in facts:
        days = (fact.end - fact.start).days
        told = (best.end - best.start).days if best and best.start and best.end else 10_000
        if days < told or (best and best.precision != "day" and days <= told):
            precision: Precision = "day" if days == 0 else "interval"
            return DateInterval(fact.start, fact.end, precision, f"inferred: {fact.name}")
    return best or members[0].event.date


def _sides(members: Sequence[Member], fullest: Member) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Actors and recipients of the fullest telling; a side it leaves out is taken from the first that has it."""
    actors, recipients = fullest.event.actors, fullest.event.recipients
    for member in members:
        actors = actors or member.event.actors
        recipients = recipients or member.event.recipients
    return actors, recipients


def fuse(members: Iterable[Member], originals: Mapping[str, str]) -> Entry:
    """One row from all tellings of an event.

    ``originals`` names the original of each report that is a copy; reports that are not in it are their own. The row
    takes its id from the first published telling, its words and fields from the fullest, fields that it lacks from
    the others, all evidence in order of publication, and counts independent reports. Confidence is that at least one
    of the independent tellings is right (noisy or), at most :data:`CEILING`.

    Raises:
        ValueError: no members.
    """
    ordered = sorted(members, key=member_order)
    first = ordered[0]
    if len(ordered) == 1 and first.known is None:
        return Entry(replace(first.event, reports=1), (first.id,))
    fullness = [_fullness(member) for member in ordered]
    most = max(fullness)
    fullest = min((m for m, full in zip(ordered, fullness, strict=True) if full == most), key=lambda m: m.id)
    actors, recipients = _sides(ordered, fullest)
    evidence: dict[Evidence, None] = dict.fromkeys(fullest.event.evidence)
    for member in ordered:
        evidence.update(dict.fromkeys(member.event.evidence))
    told: dict[str, float] = {}
    for member in ordered:
        original = originals.get(member.source, member.source)
        told[original] = max(told.get(original, 0.0), member.event.confidence)
    modalities = {member.event.modality for member in ordered}
    modality = "happened" if "happened" in modalities else fullest.event.modality
    voiced = next((m.event.attributed_to for m in ordered if m.event.attributed_to), None)
    confidence = min(CEILING, 1 - prod(1 - each for each in told.values())) if len(told) > 1 else max(told.values())
    return Entry(
        replace(
            fullest.event,
            id=first.id,
            evidence=tuple(evidence),
            coder=fullest.event.coder if len(ordered) == 1 else f"{fullest.event.coder}; {CODER}",
            confidence=confidence,
            actors=actors,
            recipients=recipients,
            mode=fullest.event.mode or next((m.event.mode for m in ordered if m.event.mode), None),
            date=_date(ordered),
            place=fullest.event.place
            or next((m.event.place for m in ordered if m.event.place), None)
            or next((m.known.place for m in ordered if m.known and m.known.place), None),
            modality=modality,
            attributed_to=None if modality == "happened" and "alleged" in modalities else voiced,
            meeting=fullest.event.meeting or next((m.event.meeting for m in ordered if m.event.meeting), None),
            reports=len(told),
        ),
        tuple(member.id for member in ordered),
    )
