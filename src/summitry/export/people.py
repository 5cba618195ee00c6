"""One name for one person, whatever spelling a report has: networks and counts by person need it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from summitry.export.types import Selection
from summitry.record import Record
from summitry.record.roster import roster_of
from summitry.vocabulary import Actor


def naming(record: Record, selection: Selection) -> Callable[[Actor], str]:
    """A function that gives an actor its name: a person's as most rows known on the day have it, others' as it is."""

    def actors() -> Iterator[Actor | None]:
        for statement in record.statements(as_of=selection.as_of):
            yield statement.speaker
        for event in record.timeline(as_of=selection.as_of):
            yield from (*event.actors, *event.recipients)
        for position in record.positions(as_of=selection.as_of):
            yield position.person

    roster = roster_of((actor for actor in actors() if actor is not None), record.names_held())

    def name(actor: Actor) -> str:
        somebody = roster.who(actor)
        return somebody.name if somebody else actor.name

    return name
