"""Positions in the shape of an event list of Discourse Network Analyzer (Leifeld 2009): its CSV export, DNA 2 and 3.

DNA codes statements: a person of an organization agrees or disagrees with a concept, in a document, at a time. So does
a position: ``concept`` is the issue, with the pole where the case names one ("sanctions: lifted"); who is against it,
or refuses it, disagrees. Separated by semicolons, text in quotation marks, with neither of these marks within a text,
as DNA writes it; statements are numbered in the order of time. DNA itself reads no statements from a table: it is for
what reads its event lists (R, relational event models, network programs).

Behind DNA's own four variables stand two more of summitry's, as a coder may add to DNA's: ``stance`` and ``row``, the
id of the position.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import BinaryIO, Final

from summitry.export.people import naming
from summitry.export.plain import as_text
from summitry.export.types import Selection
from summitry.record import Record, SourceRow
from summitry.report.words import guarded, one_line
from summitry.vocabulary import Actor, Position, Stance

COLUMNS: Final = (
    "statement ID",
    "time",
    "document ID",
    "document title",
    "author",
    "source",
    "section",
    "type",
    "text",
    "person",
    "organization",
    "concept",
    "agreement",
    "stance",
    "row",
)
"""Nine columns of the document and the statement, DNA's variables, and two more."""
AGAINST: Final[frozenset[Stance]] = frozenset({"oppose", "reject"})
"""Stances that disagree with what the concept names. Who demands, offers, accepts or makes it conditional is for it."""


def dna(record: Record, selection: Selection, out: BinaryIO) -> None:
    """Positions, a statement each, in the order of time; undated ones last. ``rows`` of the selection is not looked at.

    Raises:
        UsageError: a filter is off.
    """
    sources = {row.id: (number, row) for number, row in enumerate(record.sources(), 1)}
    rows = [(_time(row, sources[row.evidence[0].source][1]), row) for row in record.positions(**selection.asked)]
    rows.sort(key=lambda one: (one[0] or "9", one[1].id))
    name = naming(record, selection)
    as_text(out, lambda text: text.writelines(_lines(rows, sources, name)))


def _lines(
    rows: Iterable[tuple[str | None, Position]],
    sources: Mapping[str, tuple[int, SourceRow]],
    name: Callable[[Actor], str],
) -> Iterator[str]:
    yield ";".join(f'"{column}"' for column in COLUMNS) + "\n"
    for number, (time, row) in enumerate(rows, 1):
        document, source = sources[row.evidence[0].source]
        texts = (
            source.headline or source.uri,
            source.byline or "",
            source.outlet or source.agency or "",
            "",
            source.kind or "",
            " … ".join(one.exact for one in row.evidence),
            # The party stands for its bodies: a person is a person.
            name(row.person) if row.person and row.person.kind == "person" else "",
            row.party.name,
            concept(row),
        )
        agreement = "0" if row.stance in AGAINST else "1"
        cells = (str(number), time or "", str(document), *map(_quoted, texts), agreement, _quoted(row.stance))
        yield ";".join((*cells, _quoted(row.id))) + "\n"


def concept(row: Position) -> str:
    """What a position agrees or disagrees with: its issue, with the pole it is at."""
    return f"{row.issue}: {row.pole}" if row.pole else row.issue


def _time(row: Position, source: SourceRow) -> str | None:
    """When a position was held: the first day of its date, else the day it was reported; at midnight, as DNA has it."""
    day = row.held.start or source.published.start
    return f"{day:%Y-%m-%d} 00:00:00" if day else None


def _quoted(text: str) -> str:
    """Text as DNA writes it: semicolons become commas, quotation marks apostrophes."""
    return f'"{guarded(one_line(text).replace(";", ",").replace(chr(34), chr(39)))}"'
