"""The exports that are documents, graphs, calendars, citations and annotations."""

from __future__ import annotations

import io
from importlib.util import find_spec
from typing import TYPE_CHECKING, BinaryIO, Final

from summitry.errors import UsageError
from summitry.export import calendar, timelinejs
from summitry.export.annotations import write_annotations
from summitry.export.citations import write_bibtex, write_csl, write_ris
from summitry.export.graphml import write_graphml
from summitry.export.types import Export
from summitry.export.word import write_docx
from summitry.report.brief_html import write_html

if TYPE_CHECKING:
    from summitry.export.types import Selection
    from summitry.record import Record


def _pdf(record: Record, selection: Selection, out: BinaryIO) -> None:
    # An extra: the others need nothing that is not there.
    if find_spec("reportlab") is None or find_spec("font_roboto") is None:
        raise UsageError("pdf needs packages that are not installed; install them with: pip install 'summitry[pdf]'")
    from summitry.export.pdf import write_pdf

    write_pdf(record, selection, out)


def _html(record: Record, selection: Selection, out: BinaryIO) -> None:
    brief = record.brief(selection.as_of, selection.case)
    text = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    write_html(brief, record.citations({one.source for line in brief.lines for one in line.evidence}), text)
    text.detach()


_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

DOCUMENTS: Final[tuple[Export, ...]] = (
    Export(
        "docx",
        ".docx",
        _WORD,
        "The brief: each sentence leads to its words, and back.",
        "Word, LibreOffice, Pages",
        write_docx,
    ),
    Export("pdf", ".pdf", "application/pdf", "The same as a document that stays as it is.", "any PDF reader", _pdf),
    Export("html", ".html", "text/html", "The brief as one page to print or send.", "any browser", _html),
    Export(
        "graphml",
        ".graphml",
        "application/graphml+xml",
        "Who deals with whom: parties and people, events and statements between them.",
        "Gephi, Cytoscape, igraph, networkx",
        write_graphml,
    ),
    Export(
        "timelinejs",
        ".json",
        "application/json",
        "The dated events as slides.",
        "TimelineJS (Knight Lab)",
        timelinejs.write_timelinejs,
        left_out=timelinejs.left_out,
    ),
    Export(
        "ical",
        ".ics",
        "text/calendar",
        "What is announced: planned and threatened events, terms, forecasts that fall due.",
        "Outlook, Thunderbird, calendars",
        calendar.write_ical,
        left_out=calendar.left_out,
    ),
    Export(
        "bibtex", ".bib", "application/x-bibtex", "The reports as citations.", "Zotero, JabRef, LaTeX", write_bibtex
    ),
    Export("ris", ".ris", "application/x-research-info-systems", "The same.", "EndNote, Zotero, Mendeley", write_ris),
    Export(
        "csl", ".json", "application/vnd.citationstyles.csl+json", "The same.", "Pandoc, Zotero, citeproc", write_csl
    ),
    Export(
        "annotations",
        ".jsonld",
        "application/ld+json",
        "The passages of all rows as W3C Web Annotations.",
        "annotation tools, RDF programs",
        write_annotations,
    ),
)
"""In the order in which the command and the desk list them."""
