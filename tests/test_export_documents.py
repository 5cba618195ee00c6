"""Documents, graphs, calendars, citations and annotations: each opened with a reader of its format."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import networkx as nx
import pytest
import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_string
from docx import Document
from docx.oxml.ns import qn
from icalendar import Calendar
from pypdf import PdfReader

from document_factory import NAMES, make_attack, written
from summitry.export.documents import DOCUMENTS
from summitry.export.paper import plain, web_address
from summitry.export.types import Selection
from summitry.record import Record, open_record

NEVER = Selection(as_of="1900-01-01")


@pytest.fixture(name="record", scope="module")
def _record(desk_record: Path) -> Iterator[Record]:
    with open_record(desk_record, read_only=True) as record:
        yield record


@pytest.fixture(name="attack", scope="module")
def _attack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with make_attack(tmp_path_factory.mktemp("attack") / "attack.db") as record:
        yield record


def bare(text: str) -> str:
    """Words without blanks: a page breaks lines where it likes."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_record_gives_the_same_bytes(record: Record, name: str) -> None:
    assert written(record, name) == written(record, name)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_known_is_a_document_too(tmp_path: Path, record: Record, name: str) -> None:
    written(record, name, NEVER)
    with open_record(tmp_path / "empty.db", create=True) as empty:
        content = written(empty, name)
    if name in ("timelinejs", "csl", "annotations"):
        json.loads(content)


def test_every_document_says_what_it_is() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert all(one.write and one.what.endswith(".") and one.opens_in for one in DOCUMENTS)


# ── on paper ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("which", ["record", "attack"])
def test_word_has_every_sentence_and_links_both_ways(request: pytest.FixtureRequest, which: str) -> None:
    record: Record = request.getfixturevalue(which)
    document = Document(io.BytesIO(written(record, "docx")))
    brief = record.brief()
    points = [one.text for one in document.paragraphs if one.style is not None and one.style.name == "List Bullet"]
    assert [re.sub(r"(\d+(, )?)+$", "", one) for one in points] == [
        re.sub(r"(\d+(, )?)+$", "", plain(line.text)) for line in brief.lines
    ]
    body = document.element.body
    names = {one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))}
    anchors = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))} - {None}
    assert anchors == names
    assert document.core_properties.title == plain(brief.title)[:255]
    assert document.core_properties.author == "summitry"
    told = "\n".join(one.text for one in document.paragraphs)
    for line in brief.lines:
        for one in line.evidence:
            assert plain(one.exact)[:60].strip("“”\"' ") in told


def test_word_links_to_web_addresses_only_and_every_part_is_xml(attack: Record) -> None:
    with ZipFile(io.BytesIO(written(attack, "docx"))) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))
    links = Document(io.BytesIO(written(attack, "docx"))).part.rels.values()
    assert all(one.target_ref.startswith(("http://", "https://")) for one in links if one.is_external)


def test_pdf_has_every_sentence_an_outline_links_and_a_title(record: Record) -> None:
    reader = PdfReader(io.BytesIO(written(record, "pdf")))
    text = bare("".join(page.extract_text() for page in reader.pages))
    brief = record.brief()
    # A page may end within a sentence, and its number stands there.
    found = sum(bare(plain(line.text))[:60] in text for line in brief.lines)
    assert found >= len(brief.lines) - len(reader.pages) + 1
    assert reader.metadata is not None
    assert reader.metadata.title == plain(brief.title)
    assert reader.trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]
    titles = [str(one["/Title"]) for one in reader.outline if not isinstance(one, list)]
    assert titles[-1] == "The words"
    assert any("/Annots" in page for page in reader.pages)


def test_pdf_shows_hostile_words_as_words(attack: Record) -> None:
    text = bare("".join(page.extract_text() for page in PdfReader(io.BytesIO(written(attack, "pdf"))).pages))
    assert "<script>alert(1)" in text


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)


def test_html_keeps_hostile_tags_dead(attack: Record) -> None:
    found = _Tags()
    found.feed(written(attack, "html").decode())
    assert not found.tags & {"script", "b", "img"}


@pytest.mark.parametrize(
    ("uri", "address"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("http://example.org/naïve", "http://example.org/na%C3%AFve"),
        ("https://example.org/{a}", "https://example.org/%7Ba%7D"),
        ("https://example.org/%20", "https://example.org/%20"),
        ("javascript:alert(1)", None),
        ("https://example.org/a b", None),
        ("https://example.org/\x01", None),
        ("https://example.org/\u202egpj", None),
        ("reports/1.txt", None),
    ],
)
def test_links_are_made_of_web_addresses_only(uri: str, address: str | None) -> None:
    assert web_address(uri) == address


# ── graphs and time ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_networkx_reads_the_graph_with_typed_weights(record: Record) -> None:
    content = written(record, "graphml")
    graph = nx.read_graphml(io.BytesIO(content), force_multigraph=True)
    happened = {event.id: event for event in record.timeline() if event.modality == "happened"}
    statements = {one.id: one for one in record.statements()}
    assert graph.number_of_edges() > 0
    for _, _, edge in graph.edges(data=True):
        ids = edge["ids"].split()
        assert edge["weight"] == len(set(ids)) == len(ids)
        if edge["kind"] == "event":
            mean = sum(happened[one].intensity for one in ids) / len(ids)
            assert edge["intensity"] == pytest.approx(mean, abs=0.001)
            days = [day.isoformat() for one in ids if (day := happened[one].date.start)]
            assert (edge["first"], edge["last"]) == ((min(days), max(days)) if days else ("", ""))
        else:
            assert set(ids) <= set(statements)
            assert "intensity" not in edge
    assert all(isinstance(node["rows"], int) and node["label"] for _, node in graph.nodes(data=True))
    assert sum(node["statements"] for _, node in graph.nodes(data=True)) == sum(
        1 for one in statements.values() if one.speaker or one.party
    )
    keys = [one.get("id") for one in ElementTree.fromstring(content).iter("{*}key")]
    assert len(set(keys)) == len(keys)


def test_a_person_is_a_node_of_its_own(attack: Record) -> None:
    graph = nx.read_graphml(io.BytesIO(written(attack, "graphml")), force_multigraph=True)
    assert graph.nodes["Han Song-ok"] | {"rows": 0} == {
        "label": "Han Song-ok", "code": "PRKGOV", "party": "PRK", "kind": "person", "rows": 0, "statements": 2,
        "first": "2019-05-03", "last": "2019-05-03",
    }  # fmt: skip


def slide_is_valid(slide: dict[str, Any], *, title: bool = False) -> bool:
    """By the published format: a start date unless it is the title; whole numbers, a day only with its month."""
    dates = [slide[name] for name in ("start_date", "end_date") if name in slide]
    for one in dates:
        date(one["year"], one.get("month", 1), one.get("day", 1))
        if "day" in one and "month" not in one:
            return False
    known = {"start_date", "end_date", "text", "group", "unique_id", "display_date", "autolink"}
    return (title or "start_date" in slide) and set(slide["text"]) <= {"headline", "text"} and set(slide) <= known


@pytest.mark.parametrize("which", ["record", "attack"])
def test_timelinejs_is_as_published_and_its_html_is_ours(request: pytest.FixtureRequest, which: str) -> None:
    found = json.loads(written(request.getfixturevalue(which), "timelinejs"))
    assert slide_is_valid(found["title"], title=True)
    assert found["events"]
    assert len({one["unique_id"] for one in found["events"]}) == len(found["events"])
    tags = _Tags()
    for one in found["events"]:
        assert slide_is_valid(one)
        tags.feed(one["text"]["headline"] + one["text"]["text"] + one["group"] + one["display_date"])
    assert tags.tags == {"p", "a"}


def test_calendars_read_the_announced_days(attack: Record) -> None:
    content = written(attack, "ical")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    entries = Calendar.from_ical(content).walk("VEVENT")
    planned = {f"{one.id}@summitry": one for one in attack.timeline() if one.modality == "planned"}
    assert {str(one["uid"]) for one in entries} == set(planned)
    for one in entries:
        assert (one.decoded("dtstart"), one.decoded("dtend")) == (date(2019, 6, 3), date(2019, 6, 4))
        assert planned[str(one["uid"])].evidence[0].exact in str(one["description"])
        assert str(one["url"]).endswith(planned[str(one["uid"])].id)
    assert not Calendar.from_ical(written(attack, "ical", Selection(as_of="2019-06-03"))).walk("VEVENT")


# ── citations and annotations ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("which", ["record", "attack"])
def test_citations_are_read_with_every_report(request: pytest.FixtureRequest, which: str) -> None:
    record: Record = request.getfixturevalue(which)
    reports = [row for row in record.sources() if row.status == "read"]
    library = parse_string(written(record, "bibtex").decode())
    assert not library.failed_blocks
    ris = rispy.loads(written(record, "ris").decode())
    csl = json.loads(written(record, "csl"))
    keys = [item["id"] for item in csl]
    assert len(set(keys)) == len(reports)
    assert keys == [entry.key for entry in library.entries] == [entry["id"] for entry in ris]
    for row, entry, cited, item in zip(reports, library.entries, ris, csl, strict=True):
        assert entry.fields_dict["note"].value == cited["accession_number"] == item["note"] == row.id
        year = row.published.start.year if row.published.precision == "day" and row.published.start else None
        if year:
            assert entry.fields_dict["year"].value == cited["year"] == str(year)
            assert item["issued"]["date-parts"][0][0] == year
        elif row.published.start is None:
            assert "year" not in entry.fields_dict
            assert "year" not in cited
            assert "issued" not in item


@pytest.mark.parametrize("which", ["record", "attack"])
def test_both_selectors_of_an_annotation_find_the_words(request: pytest.FixtureRequest, which: str) -> None:
    record: Record = request.getfixturevalue(which)
    found = json.loads(written(record, "annotations"))
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
    items = found["first"]["items"]
    assert found["total"] == len(items) > 0
    assert len({one["id"] for one in items}) == len(items)
    texts = {
        (web_address(one.uri) or f"urn:summitry:{one.source_id}"): one.text
        for one in (record.article(source) for source in record.source_ids())
    }
    for one in items:
        position, quote = one["target"]["selector"]
        text = texts[one["target"]["source"]]
        assert text[position["start"] : position["end"]] == quote["exact"]
        # As the standard has it: the words between what stands before and after.
        at = text.index(quote["prefix"] + quote["exact"] + quote["suffix"])
        assert text[at + len(quote["prefix"]) :].startswith(quote["exact"])
        row = json.loads(one["body"][1]["value"])["id"]
        assert f"/row/{row}#" in one["id"]
