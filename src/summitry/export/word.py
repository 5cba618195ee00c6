"""The brief as a Word document (Office Open XML): each sentence leads to the words it rests on, and back.

The notes are a numbered list at the end with bookmarks, not Word's own footnotes: a passage that several sentences rest
on is told once, and the library that writes the file has no footnotes.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, BinaryIO, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from summitry.export.paper import STATES, Paper, cell_words, paper_of, plain, web_address
from summitry.report.links import LOCAL_DESK, row_path

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

    from summitry.export.types import Selection
    from summitry.record import Record
    from summitry.report.notes import Note

_SOFT: Final = RGBColor(0x55, 0x5D, 0x66)
_LINK: Final = "17589B"
_SMALL: Final = Pt(8.5)
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The day that files in a zip archive begin with: the same record gives the same bytes."""


def write_docx(record: Record, selection: Selection, out: BinaryIO) -> None:
    """Write the brief of a selection's day and case.

    Raises:
        UsageError: the day is off, or the record keeps no such case.
    """
    paper = paper_of(record, selection)
    document = Document()
    _set_up(document, paper)
    document.add_heading(paper.title, level=0)
    if paper.remark:
        _small(document.add_paragraph(paper.remark))
    _months(document, paper)
    seen: set[int] = set()
    for heading, lines, left in paper.sections:
        document.add_heading(heading, level=1)
        for line, numbers in lines:
            paragraph = document.add_paragraph(plain(line.text), style="List Bullet")
            for at, number in enumerate(numbers):
                if at:
                    paragraph.add_run(", ").font.superscript = True
                _mark(paragraph, number, first=number not in seen)
                seen.add(number)
        if left:
            _small(document.add_paragraph(plain(left)))
    if not paper.sections:
        document.add_paragraph(paper.nothing)
    _positions(document, paper)
    _notes(document, paper)
    unsettled = io.BytesIO()
    document.save(unsettled)
    _settle(unsettled, out)


def _set_up(document: WordDocument, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(2.0)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Georgia", Pt(10.5)
    title = document.styles["Title"]
    title.font.size, title.font.name = Pt(17), "Georgia"
    # The day of the brief, not that of the writing: the same record gives the same bytes.
    day = datetime.combine(paper.as_of, time(), UTC) if paper.as_of else datetime(*_EPOCH, tzinfo=UTC)
    properties = document.core_properties
    properties.title, properties.author, properties.language = paper.title, "summitry", "en"
    properties.last_modified_by = "summitry"
    properties.comments = "Every sentence leads to the words it rests on."
    properties.created = properties.modified = day.replace(tzinfo=None)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(foot)


def _page_number(paragraph: Paragraph) -> None:
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        run.font.size = _SMALL
        element = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            element.set(qn("xml:space"), "preserve")
            element.text = text
        else:
            element.set(qn("w:fldCharType"), str(kind))
        run._r.append(element)


def _small(paragraph: Paragraph) -> None:
    for run in paragraph.runs:
        run.font.size, run.font.italic, run.font.color.rgb = _SMALL, True, _SOFT


def _months(document: WordDocument, paper: Paper) -> None:
    """A row a year, a cell a month: shaded by state, and its state in words."""
    if not paper.years:
        return
    document.add_heading("Month by month", level=1)
    table = document.add_table(rows=len(paper.years) + 1, cols=13)
    table.style = "Table Grid"
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    for column, name in enumerate(names, 1):
        _fill(table.cell(0, column), name)
    for at, (year, months) in enumerate(paper.years, 1):
        _fill(table.cell(at, 0), str(year))
        for month in months:
            assert month.month.start is not None
            cell = table.cell(at, month.month.start.month)
            _fill(cell, month.state)
            _shade(cell, STATES[month.state])


def _fill(cell: _Cell, text: str) -> None:
    cell.text = ""
    run = cell.paragraphs[0].add_run(text)
    run.font.size = Pt(6.5)


def _shade(cell: _Cell, colour: str) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def _positions(document: WordDocument, paper: Paper) -> None:
    if not paper.rows:
        return
    document.add_heading("Positions by party and issue", level=1)
    table = document.add_table(rows=len(paper.rows) + 1, cols=len(paper.issues) + 1)
    table.style = "Table Grid"
    for column, issue in enumerate(paper.issues, 1):
        _fill(table.cell(0, column), issue)
        table.cell(0, column).paragraphs[0].runs[0].font.bold = True
    for at, (party, cells) in enumerate(paper.rows, 1):
        _fill(table.cell(at, 0), party)
        for column, cell in enumerate(cells, 1):
            _fill(table.cell(at, column), cell_words(cell))
    for row in table.rows:
        for cell in row.cells:
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(8)


def _notes(document: WordDocument, paper: Paper) -> None:
    if not paper.notes:
        return
    document.add_heading("The words", level=1)
    for note in paper.notes:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(0.9)
        paragraph.paragraph_format.first_line_indent = Cm(-0.9)
        paragraph.paragraph_format.space_after = Pt(3)
        _bookmark(paragraph, f"note_{note.number}", note.number * 2)
        _link(paragraph, f"{note.number}", anchor=f"sentence_{note.number}")
        paragraph.add_run("\t")
        citation = paper.cited.get(note.evidence.source)
        address = web_address(citation.uri) if citation else None
        if address:
            _link(paragraph, plain(note.source), address=address)
        else:
            paragraph.add_run(plain(note.source))
        paragraph.add_run(f": {plain(note.words)} ")
        _rows(paragraph, note)
        for run in paragraph.runs:
            run.font.size = Pt(9)


def _rows(paragraph: Paragraph, note: Note) -> None:
    for row in note.rows:
        _link(paragraph, row, address=LOCAL_DESK + row_path(row), small=True)
        paragraph.add_run(" ")


def _mark(paragraph: Paragraph, number: int, *, first: bool) -> None:
    """A raised number that leads to its note; the first one of a note can be led back to."""
    if first:
        _bookmark(paragraph, f"sentence_{number}", number * 2 + 1)
    _link(paragraph, f"{number}", anchor=f"note_{number}", raised=True)


def _bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
        paragraph._p.append(element)
    start.set(qn("w:name"), name)


def _link(
    paragraph: Paragraph,
    text: str,
    *,
    anchor: str | None = None,
    address: str | None = None,
    raised: bool = False,
    small: bool = False,
) -> None:
    link = OxmlElement("w:hyperlink")
    if address is not None:
        link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    else:
        link.set(qn("w:anchor"), str(anchor))
    run = paragraph.add_run(text)
    run.font.color.rgb = RGBColor.from_string(_LINK)
    run.font.superscript = raised or None
    run.font.size = Pt(7) if small else Pt(9) if not raised else None
    link.append(run._r)
    paragraph._p.append(link)


def _settle(archive: io.BytesIO, out: BinaryIO) -> None:
    """The same archive without the time of its making."""
    with zipfile.ZipFile(archive) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as settled:
        for name in made.namelist():
            settled.writestr(zipfile.ZipInfo(name, _EPOCH), made.read(name), zipfile.ZIP_DEFLATED)
