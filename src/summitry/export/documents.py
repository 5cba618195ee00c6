"""The exports that are documents, graphs, calendars, citations and annotations.

Each is imported when it is asked for: no other command waits for the libraries that write it.
"""

from __future__ import annotations

import io
from importlib.util import find_spec
from typing import TYPE_CHECKING, BinaryIO, Final

from summitry.errors import UsageError
from summitry.export.types import Export

if TYPE_CHECKING:
    from summitry.export.types import Selection
    from summitry.record import Record


def _docx(record: Record, selection: Selection, out: BinaryIO) -> None:
    from summitry.export.word import write_docx

    write_docx(record, selection, out)


def _pdf(record: Record, selection: Selection, out: BinaryIO) -> None:
    if find_spec("reportlab") is None or find_spec("font_roboto") is None:
        raise UsageError("pdf needs packages that are not installed; install them with: pip install 'summitry[pdf]'")
    from summitry.export.pdf import write_pdf

    write_pdf(record, selection, out)


def _html(record: Record, selection: Selection, out: BinaryIO) -> None:
    from summitry.report.brief_html import write_html

    brief = record.brief(selection.as_of, selection.case)
    text = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    write_html(brief, record.citations({one.source for line in brief.lines for one in line.evidence}), text)
    text.detach()


def _graphml(record: Record, selection: Selection, out: BinaryIO) -> None:
    from summitry.export.graphml import write_graphml

    write_graphml(record, selection, out)


def _timelinejs(record: Record, selection: Selection, out: BinaryIO) -> None:
    from summitry.export.timelinejs import write_timelinejs

    write_timelinejs(record, selection, out)


def _undated(record: Record, selection: Selection) -> str | None:
    from summitry.export.timelinejs import left_out

    return left_out(record, selection)


def _ical(record: Record, selection: Selection, out: BinaryIO) -> None:
    from summitry.export.calendar import write_ical

    write_ical(record, selection, out)


def _no_day(record: Record, selection: Selection) -> str | None:
    from summitry.export.calendar import left_out

    return left_out(record, selection)


def _bibtex(record: Record, selection: Selection, out: BinaryIO) -> None:
    from summitry.export.citations import write_bibtex

    write_bibtex(record, selection, out)


def _ris(record: Record, selection: Selection, out: BinaryIO) -> None:
    from summitry.export.citations import write_ris

    write_ris(record, selection, out)


def _csl(record: Record, selection: Selection, out: BinaryIO) -> None:
    from summitry.export.citations import write_csl

    write_csl(record, selection, out)


def _annotations(record: Record, selection: Selection, out: BinaryIO) -> None:
    from summitry.export.annotations import write_annotations

    write_annotations(record, selection, out)


_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

DOCUMENTS: Final[tuple[Export, ...]] = (
    Export(
        "docx",
        ".docx",
        _WORD,
        "The brief: each sentence leads to its words, and back.",
        "Word, LibreOffice, Pages",
        _docx,
    ),
    Export("pdf", ".pdf", "application/pdf", "The same as a document that stays as it is.", "any PDF reader", _pdf),
    Export("html", ".html", "text/html", "The brief as one page to print or send.", "any browser", _html),
    Export(
        "graphml",
        ".graphml",
        "application/graphml+xml",
        "Who deals with whom: parties and people, events and statements between them.",
        "Gephi, Cytoscape, igraph, networkx",
        _graphml,
    ),
    Export(
        "timelinejs",
        ".json",
        "application/json",
        "The dated events as slides.",
        "TimelineJS (Knight Lab)",
        _timelinejs,
        left_out=_undated,
    ),
    Export(
        "ical",
        ".ics",
        "text/calendar",
        "What is announced: planned and threatened events, terms, forecasts that fall due.",
        "Outlook, Thunderbird, calendars",
        _ical,
        left_out=_no_day,
    ),
    Export("bibtex", ".bib", "application/x-bibtex", "The reports as citations.", "Zotero, JabRef, LaTeX", _bibtex),
    Export("ris", ".ris", "application/x-research-info-systems", "The same.", "EndNote, Zotero, Mendeley", _ris),
    Export("csl", ".json", "application/vnd.citationstyles.csl+json", "The same.", "Pandoc, Zotero, citeproc", _csl),
    Export(
        "annotations",
        ".jsonld",
        "application/ld+json",
        "The passages of all rows as W3C Web Annotations.",
        "annotation tools, RDF programs",
        _annotations,
    ),
)
"""In the order in which the command and the desk list them."""
