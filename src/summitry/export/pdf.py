"""The brief as a PDF: links from sentences to the words they rest on and back, an outline, a title, page numbers.

Set by ReportLab in Roboto, which comes as a package of its own and has Latin, Greek and Cyrillic. A character that it
lacks is shown without its marks where it is a Latin letter, else as a box.
"""

from __future__ import annotations

import unicodedata
from importlib import metadata
from typing import TYPE_CHECKING, BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Table, TableStyle

from summitry.export.paper import STATES, Paper, cell_words, paper_of, plain, web_address
from summitry.vocabulary import content_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas

    from summitry.export.types import Selection
    from summitry.record import Record

_FONTS: Final = "font-roboto"
_FACES: Final = {"Roboto": "Regular", "Roboto-Bold": "Bold", "Roboto-Italic": "Italic"}
_SOFT: Final = "#555d66"
_LINK: Final = "#17589b"
_BOX: Final = "\N{WHITE SQUARE}"


def write_pdf(record: Record, selection: Selection, out: BinaryIO) -> None:
    """Write the brief of a selection's day and case.

    Raises:
        UsageError: the day is off, or the record keeps no such case.
    """
    paper = paper_of(record, selection)
    has = _register()

    def shown(text: str) -> str:
        """Words for ReportLab's own markup: escaped, and only with characters the face has."""
        return escape("".join(one if has(one) else _like(one, has) for one in plain(text)))

    document = BaseDocTemplate(
        out,
        pagesize=A4,
        leftMargin=20 * mm,
        rightMargin=20 * mm,
        topMargin=18 * mm,
        bottomMargin=18 * mm,
        title=paper.title,
        author="summitry",
        subject="Where the talks stand",
        lang="en",
        invariant=1,  # no time of making: the same record gives the same bytes
    )

    def foot(canvas: Canvas, made: BaseDocTemplate) -> None:
        canvas.setFont("Roboto", 8)
        canvas.drawCentredString(A4[0] / 2, 10 * mm, str(made.page))

    frame = Frame(document.leftMargin, document.bottomMargin, document.width, document.height, id="page")
    document.addPageTemplates([PageTemplate(id="all", frames=[frame], onPage=foot)])
    document.build(_story(paper, shown, document.width))


def _register() -> Callable[[str], bool]:
    """Make the faces known to ReportLab; tells of a character whether the upright one has it."""
    files = {file.name: file for file in metadata.files(_FONTS) or () if file.suffix == ".ttf"}
    fonts: dict[str, TTFont] = {}
    for name, face in _FACES.items():
        fonts[name] = TTFont(name, str(files[f"Roboto-{face}.ttf"].locate()))
        pdfmetrics.registerFont(fonts[name])
    pdfmetrics.registerFontFamily("Roboto", "Roboto", "Roboto-Bold", "Roboto-Italic", "Roboto-Bold")
    glyphs = fonts["Roboto"].face.charToGlyph
    return lambda one: ord(one) in glyphs


def _like(one: str, has: Callable[[str], bool]) -> str:
    """A character the face has in place of one it lacks: the letter without its marks, else a box."""
    bare = "".join(part for part in unicodedata.normalize("NFKD", one) if not unicodedata.combining(part))
    if bare and all(has(part) for part in bare):
        return bare
    return "" if unicodedata.combining(one) else _BOX if has(_BOX) else "?"


def _story(paper: Paper, shown: Callable[[str], str], width: float) -> list[Flowable]:
    body = ParagraphStyle("body", fontName="Roboto", fontSize=10, leading=14, spaceAfter=3)
    title = ParagraphStyle("title", body, fontName="Roboto-Bold", fontSize=16, leading=20, spaceAfter=8)
    head = ParagraphStyle(
        "head", body, fontName="Roboto-Bold", fontSize=11.5, leading=15, spaceBefore=9, keepWithNext=1
    )
    point = ParagraphStyle("point", body, leftIndent=12, bulletIndent=2)
    small = ParagraphStyle("small", body, fontSize=8.5, leading=11, textColor=HexColor(_SOFT))
    note = ParagraphStyle("note", body, fontSize=8.5, leading=11.5, leftIndent=18, firstLineIndent=-18)

    story: list[Flowable] = [Paragraph(shown(paper.title), title)]
    if paper.remark:
        story.append(Paragraph(shown(paper.remark), small))
    story += _months(paper, head, width)
    seen: set[int] = set()
    for heading, lines, left in paper.sections:
        story.append(_heading(shown(heading), head))
        for line, numbers in lines:
            marks = [_mark(number, first=number not in seen) for number in numbers]
            seen.update(numbers)
            story.append(
                Paragraph(f"{shown(line.text)} <super size=7>{', '.join(marks)}</super>", point, bulletText="•")
            )
        if left:
            story.append(Paragraph(shown(left), small))
    if not paper.sections:
        story.append(Paragraph(shown(paper.nothing), body))
    story += _positions(paper, shown, head, width)
    if paper.notes:
        story.append(_heading("The words", head))
    for one in paper.notes:
        citation = paper.cited.get(one.evidence.source)
        address = web_address(citation.uri) if citation else None
        source = f"<link href={quoteattr(address)} color='{_LINK}'>{shown(one.source)}</link>" if address else None
        rows = f" <font size=7 color='{_SOFT}'>{shown(', '.join(one.rows))}</font>"
        back = f"<a name='note{one.number}'/><link href='#sentence{one.number}' color='{_LINK}'>{one.number}</link>"
        story.append(Paragraph(f"{back} {source or shown(one.source)}: {shown(one.words)}{rows}", note))
    return story


def _heading(text: str, style: ParagraphStyle) -> Paragraph:
    """A heading that the outline of the document lists; no two of a brief have the same words."""
    number = content_id("head", text)

    class Heading(Paragraph):
        """Draws itself, and says where it stands."""

        def draw(self) -> None:
            key = number
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(self.getPlainText(), key, 0, False)
            super().draw()

    return Heading(text, style)


def _mark(number: int, *, first: bool) -> str:
    anchor = f"<a name='sentence{number}'/>" if first else ""
    return f"{anchor}<link href='#note{number}' color='{_LINK}'>{number}</link>"


def _months(paper: Paper, head: ParagraphStyle, width: float) -> list[Flowable]:
    """A row a year, a cell a month: shaded by state, and its state in words."""
    if not paper.years:
        return []
    rows = [["", *"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()]]
    style = TableStyle([("FONT", (0, 0), (-1, -1), "Roboto", 6.2), ("INNERGRID", (0, 1), (-1, -1), 1.5, white)])
    style.add("LEFTPADDING", (0, 0), (-1, -1), 2.5)
    style.add("RIGHTPADDING", (0, 0), (-1, -1), 1)
    for at, (year, months) in enumerate(paper.years, 1):
        cells = [str(year)] + [""] * 12
        for month in months:
            assert month.month.start is not None
            column = month.month.start.month
            cells[column] = month.state
            style.add("BACKGROUND", (column, at), (column, at), HexColor(f"#{STATES[month.state]}"))
        rows.append(cells)
    table = Table(rows, colWidths=[width * 0.06] + [width * 0.94 / 12] * 12, style=style, hAlign="LEFT")
    return [_heading("Month by month", head), table]


def _positions(paper: Paper, shown: Callable[[str], str], head: ParagraphStyle, width: float) -> list[Flowable]:
    if not paper.rows:
        return []
    cell = ParagraphStyle("cell", fontName="Roboto", fontSize=7.5, leading=9.5)
    bold = ParagraphStyle("bold", cell, fontName="Roboto-Bold")
    rows = [[Paragraph("", cell), *(Paragraph(shown(issue), bold) for issue in paper.issues)]]
    for party, cells in paper.rows:
        rows.append([Paragraph(shown(party), bold), *(Paragraph(shown(cell_words(one)), cell) for one in cells)])
    line = HexColor("#d5d9de")
    style = TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, line), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    columns = [width / (len(paper.issues) + 1)] * (len(paper.issues) + 1)
    return [_heading("Positions by party and issue", head), Table(rows, columns, style=style, repeatRows=1)]
