"""Hostile words in the rows of a record, through every form that goes out, each opened by its own format's reader."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Sequence
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

from fuzz.taking import Taking

ACTS: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal obeys, marks that turn the writing, halves of characters; line feeds are the tables' own."""
FORMULA: Final = re.compile(r"[\t\r\n]|[\s\x00-\x1f\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫]")
NUMBER: Final = re.compile(r"-?[\d.]+(e-?\d+)?")
URIS: Final = (
    "https://paper.example/1",
    "javascript:alert(1)",
    "https://x.example/?a=\r\nER  - &b=<b>",
    "http://[::1",
    "report 1.txt",
)


@cache
def _empty(folder: Path) -> Path:
    from summitry.record import open_record

    path = folder / "empty.db"
    with open_record(path, create=True):
        pass
    return path


def shown(data: bytes, folder: Path) -> None:
    """A record of a report made of the input's words, given out in the form that the first byte chooses."""
    from hostile_factory import _add, _hostile  # type: ignore[import-not-found, unused-ignore]  # beside the tests
    from summitry.record import open_record

    take = Taking(data)
    form = take.one(tuple(_FORMS))
    kind = take.number()
    uri = take.one((*URIS, ""))
    path = folder / "shown.db"
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    shutil.copyfile(_empty(folder), path)
    words = take.rest.decode("utf-8", "replace") or "x"
    with open_record(path) as record:
        for number, told in enumerate((words, words[::-1])):
            _add(record, *_hostile(number, told, uri or words))
        _FORMS[form](record, form, kind)


# ── what goes out, and what reads it ───────────────────────────────────────────────────────────────────────────────


def _selection(kind: int) -> Any:
    from summitry.export.types import Selection
    from summitry.record.tabular.kinds import KINDS

    rows = tuple(KINDS)
    return Selection(rows=rows[kind % len(rows)], as_of="2019-06-01" if kind > 200 else None)


def _written(record: Any, form: str, kind: int) -> bytes:
    from summitry.export.formats import format_named

    out = io.BytesIO()
    write = format_named(form).write
    assert write is not None
    write(record, _selection(kind), out)
    return out.getvalue()


def _cells(rows: Sequence[Sequence[str]], name: str) -> None:
    assert rows, f"{name}: no header"
    for row in rows:
        assert len(row) == len(rows[0]), f"{name}: {len(row)} cells in a row of {len(rows[0])}"
        for cell in row:
            assert not FORMULA.match(cell) or NUMBER.fullmatch(cell), f"{name}: a formula, {cell[:40]!r}"


def _csv(record: Any, form: str, kind: int) -> None:
    text = _written(record, form, kind).decode()
    separator = {"csv": ",", "dna": ";", "polecat": "\t"}[form]
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    _cells(rows, form)
    if form != "csv":  # a line a row: programs that read these know no line feeds in cells
        assert len(text.rstrip("\n").split("\n")) == len(rows), f"{form}: a cell of several lines"
        assert not ACTS.search(text.replace("\t", " ")), f"{form}: a control sign"


def _strictly(text: str) -> Any:
    def never(word: str) -> None:
        raise AssertionError(f"JSON with {word}")

    return json.loads(text, parse_constant=never)


def _json(record: Any, form: str, kind: int) -> None:
    _strictly(_written(record, form, kind).decode())


def _jsonl(record: Any, form: str, kind: int) -> None:
    for line in _written(record, form, kind).decode().rstrip("\n").split("\n"):
        if line:
            assert isinstance(_strictly(line), dict)


def _parquet(record: Any, form: str, kind: int) -> None:
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    pq.read_table(io.BytesIO(_written(record, form, kind)))


def _package(record: Any, form: str, kind: int) -> None:
    from summitry.export.formats import format_named

    folder = record.path.parent / "package"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    fill = format_named(form).fill
    assert fill is not None
    fill(record, _selection(kind), folder)
    told = _strictly((folder / "datapackage.json").read_text("utf-8"))
    for one in told["resources"]:
        path = folder / one["path"]
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file, strict=True))
            _cells(rows, path.name)
            assert rows[0] == [field["name"] for field in one["schema"]["fields"]], f"{path.name}: another header"


def _xml(record: Any, form: str, kind: int) -> None:
    import networkx as nx

    content = _written(record, form, kind)
    root = ElementTree.fromstring(content)
    found = nx.read_graphml(io.BytesIO(content))
    assert len(found) == len(root.findall(".//{*}node")), "nodes fall together"


def _ical(record: Any, form: str, kind: int) -> None:
    from icalendar import Calendar

    content = _written(record, form, kind)
    found = Calendar.from_ical(content)
    assert {one.name for one in found.walk()} <= {"VCALENDAR", "VEVENT"}, "a part that is not ours"
    assert not found.errors
    assert all(not one.errors for one in found.walk())
    assert content.count(b"BEGIN:VEVENT\r\n") == content.count(b"END:VEVENT\r\n")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75, "a line of over 75 bytes"


def _bibtex(record: Any, form: str, kind: int) -> None:
    from bibtexparser.entrypoint import parse_string

    found = parse_string(_written(record, form, kind).decode())
    assert not found.failed_blocks, f"{str(found.failed_blocks[0].raw)[:80]!r}"
    assert len(found.entries) == 2, f"{len(found.entries)} entries of 2 reports"


def _ris(record: Any, form: str, kind: int) -> None:
    import rispy  # type: ignore[import-untyped]

    found = rispy.loads(_written(record, form, kind).decode().replace("\r\n", "\n"))
    assert len(found) == 2, f"{len(found)} entries of 2 reports"
    assert not any("unknown_tag" in one for one in found), "a tag that is not ours"


class _Tags(HTMLParser):
    found: dict[str, None]

    def __init__(self) -> None:
        super().__init__()
        self.found = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag] = None
        for name, value in attrs:
            assert not name.startswith("on"), f"an attribute {name}"
            if name in ("href", "src"):
                assert not re.match(r"\s*(javascript|data|vbscript):", value or "", re.I), f"{name}={value!r}"


def _html(record: Any, form: str, kind: int) -> None:
    text = _written(record, form, kind).decode()
    tags = _Tags()
    tags.feed(text)
    tags.close()
    strange = {"script", "iframe", "img", "form", "base", "link", "object", "svg", "h7"} & set(tags.found)
    assert not strange, f"{strange} in the brief"


def _docx(record: Any, form: str, kind: int) -> None:
    from docx import Document

    assert Document(io.BytesIO(_written(record, form, kind))).paragraphs


def _pdf(record: Any, form: str, kind: int) -> None:
    from pypdf import PdfReader

    found = PdfReader(io.BytesIO(_written(record, form, kind)))
    assert len(found.pages) >= 1
    assert "/JavaScript" not in str(found.trailer["/Root"])


def _calm(text: str, name: str) -> None:
    found = ACTS.search(text)
    assert found is None, f"{name}: {found[0]!r} at {found.start()}"


def _table(record: Any, form: str, kind: int) -> None:
    """A table of the terminal, and the same as Markdown."""
    from summitry.record.tabular.kinds import KINDS
    from summitry.report.deadlocks import print_deadlocks
    from summitry.report.exports import write_markdown
    from summitry.report.scores import write_matrix, write_scores
    from summitry.report.tables import print_table

    names = tuple(one for one in KINDS if one != "deadlocks")  # they are drawn
    name = names[kind % len(names)]
    rows = list(getattr(record, name)())
    cited = record.citations(one.source for row in rows for one in row.evidence)
    for write in (print_table, write_markdown):
        out = io.StringIO()
        write(rows, cited, out, name)
        _calm(out.getvalue(), f"{write.__name__} of {name}")
    drawn = io.StringIO()
    found = record.deadlocks()
    print_deadlocks(found, record.citations(one.source for row in found for one in row.evidence), drawn)
    cells = record.matrix()
    write_matrix(cells, record.citations(one.source for cell in cells for one in cell.evidence), drawn, "table")
    write_scores(record.scorecard(), drawn, "table")
    _calm(drawn.getvalue(), "deadlocks, matrix, scores")
    lines = out.getvalue().split("\n")
    assert len(lines) == len(rows) + 3, "a Markdown row of several lines"
    bars = {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines[:-1]}
    assert len(bars) == 1, f"Markdown rows of {sorted(bars)} bars"


def _brief(record: Any, form: str, kind: int) -> None:
    from summitry.report import brief as pages
    from summitry.report.explain import print_explanation

    told = record.brief()
    cited = record.citations(one.source for line in told.lines for one in line.evidence)
    for write in (pages.print_brief, pages.write_markdown):
        out = io.StringIO()
        write(told, cited, out)
        _calm(out.getvalue(), write.__name__)
    rows = [*record.statements(), *record.moves(), *record.timeline(), *record.predictions()]
    out = io.StringIO()
    print_explanation(record.explain(rows[kind % len(rows)].id), out)
    _calm(out.getvalue(), "explain")


def _assistant(record: Any, form: str, kind: int) -> None:
    from summitry.assistant.quoting import seen

    for row in record.statements():
        assert len(seen(row.words)) == len(row.words), "offsets moved"


_FORMS: Final[dict[str, Callable[[Any, str, int], None]]] = {
    "csv": _csv, "dna": _csv, "polecat": _csv, "jsonl": _jsonl, "parquet": _parquet, "datapackage": _package,
    "datasette": _json, "csl": _json, "timelinejs": _json, "annotations": _json, "graphml": _xml, "ical": _ical,
    "bibtex": _bibtex, "ris": _ris, "html": _html, "docx": _docx, "pdf": _pdf, "table": _table, "brief": _brief,
    "assistant": _assistant,
}  # fmt: skip
