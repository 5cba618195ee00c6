"""The timeline in the shape of POLECAT's weekly files, so that what reads those reads this.

POLECAT (Halterman, Bagozzi, Beger, Schrodt and Scarborough 2023, doi:10.7910/DVN/AJGVIT) is one tab-separated row an
event. Absent is the word ``None``, several actors of one event are joined by ``; ``, several sectors of one actor by
``|``, countries are ISO 3166-1 alpha-3 codes and Correlates of War numbers. Only what happened is an event there.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import BinaryIO, Final, TextIO

from summitry.export.cow import COW
from summitry.export.people import naming
from summitry.export.plain import as_text
from summitry.export.types import Selection
from summitry.record import Citation, Record
from summitry.report.words import guarded, one_line
from summitry.vocabulary import Actor, DateInterval, Event, Modality

Cells = dict[str, str | float | None]

COLUMNS: Final = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
)
"""The columns of the files since 2018, in their order."""
NONE: Final = "None"
WIDEST: Final = 31
"""Days: an event dated no closer than to a month has no day to stand under."""
_BEYOND_STATES: Final = ("IGO", "NGO", "MNC", "IMG")
"""First letters of codes of actors of no state; they stand as the actor's country and as its sector."""
_SECTORS: Final = frozenset(
    "GOV MIL LEG JUD SPY COP OPP PTY REB SEP INS UAF ELI MED EDU BUS LAB CVL CRM REL REF HRI HLH AGR DEV ENV".split()
)
"""Roles in CAMEO's codes that are sectors; what follows them names one party or group (REBHEZ)."""


def polecat(record: Record, selection: Selection, out: BinaryIO) -> None:
    """Events that happened, a row each. ``rows`` of the selection is not looked at.

    Raises:
        UsageError: a filter is off.
    """
    events = [event for event in record.timeline(**selection.asked) if event.modality == "happened"]
    cited = record.citations(one.source for event in events for one in event.evidence)
    sources = {row.id: row for row in record.sources()}
    name = naming(record, selection)
    rows = [_event(event, cited.get(event.evidence[0].source), name) for event in events]
    for event, row in zip(events, rows, strict=True):
        first = event.evidence[0].source
        row["Language"] = sources[first].language if first in sources else None
    as_text(out, lambda text: _write(rows, text))


def left_out(record: Record, selection: Selection) -> dict[Modality, int]:
    """How many events of a selection the table leaves out because they are not told as having happened."""
    found = Counter(event.modality for event in record.timeline(**selection.asked))
    return {modality: count for modality, count in found.items() if modality != "happened"}


def told_left_out(record: Record, selection: Selection) -> str | None:
    """The same in words; None where nothing is left out."""
    found = sorted(left_out(record, selection).items(), key=lambda one: (-one[1], one[0]))
    counts = ", ".join(f"{count} {modality}" for modality, count in found)
    return f"left out, not told as having happened: {counts}" if counts else None


def _write(rows: Iterable[Cells], text: TextIO) -> None:
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    version = {"Version": f"summitry-{_version()}"}
    for row in rows:
        cells = row | version
        writer.writerow([_cell(cells.get(name)) for name in COLUMNS])


def _event(event: Event, source: Citation | None, name: Callable[[Actor], str]) -> Cells:
    published = source.published if source else None
    return {
        "Event ID": event.id,
        "Event Date": _day(event.date, published),
        "Event Type": event.type,
        "Event Mode": event.mode,
        "Intensity": event.intensity,
        "Quad Code": event.quad.upper(),
        **_parties(event.actors, "Actor", name),
        **_parties(event.recipients, "Recipient", name),
        "Raw Placename": event.place,
        "Source": (source.outlet or source.uri) if source else None,
        "Publication Date": published.start.isoformat() if published and published.start else None,
    }


def _day(when: DateInterval, published: DateInterval | None) -> str | None:
    """The first day of a date no wider than a month; else that of publication, as POLECAT has it for undated events."""
    if when.start and when.end and (when.end - when.start).days < WIDEST:
        return when.start.isoformat()
    day: date | None = published.start if published else None
    return day.isoformat() if day else None


def _parties(actors: Sequence[Actor], role: str, name: Callable[[Actor], str]) -> Cells:
    def each(of: Callable[[Actor], str | None]) -> str | None:
        """One value an actor, in the order of the names; absent where no actor has one."""
        found = [of(actor) for actor in actors]
        return "; ".join(one_line(one) if one else NONE for one in found) if any(found) else None

    return {
        f"{role} Name": each(name),
        f"{role} Country": each(country),
        f"{role} COW": each(_number),
        f"Primary {role} Sector": each(lambda actor: next(iter(sectors(actor)), None)),
        f"{role} Sectors": each(lambda actor: "|".join(sectors(actor))),
        f"{role} Title": each(lambda actor: actor.office),
    }


def country(actor: Actor) -> str | None:
    """The ISO code of an actor's state; IGO, NGO, MNC or IMG where it is of none."""
    return actor.code[:3] if actor.code else None


def _number(actor: Actor) -> str | None:
    """The Correlates of War number of an actor's state."""
    found = COW.get(actor.state or "")
    return str(found) if found else None


def sectors(actor: Actor) -> tuple[str, ...]:
    """The sectors of an actor's code, the first one first; a state by itself has none, as in POLECAT."""
    code = actor.code or ""
    parts = [code[at : at + 3] for at in range(0, len(code), 3)]
    beyond = parts[:1] if parts and parts[0] in _BEYOND_STATES else []
    return (*beyond, *(part for part in parts[1:] if part in _SECTORS))


def _cell(value: str | float | None) -> str | float:
    """A cell: one line, no tab, no formula; numbers stay numbers."""
    if value is None or value == "":
        return NONE
    return value if isinstance(value, float) else guarded(one_line(value) or NONE)


def _version() -> str:
    try:
        return version("summitry")
    except PackageNotFoundError:
        return "unknown"
