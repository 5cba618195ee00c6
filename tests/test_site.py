"""The desk as a folder of files: complete, closed in itself, replaced whole or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from record_factory import day, make_reading
from summitry.errors import UsageError
from summitry.record import open_record
from summitry.web import site
from summitry.web.files import LONGEST_NAME, Files, Job, file_name
from summitry.web.links import SiteLinks
from summitry.web.pages import PAGES
from summitry.web.site import MARKER, write_site


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "talks.db"
    with open_record(path, create=True) as opened:
        for number, met in enumerate(("2019-05-03", "2019-06-01", "2019-07-01")):
            opened.add(*make_reading(number, met=met, published=day(met)))
    return path


@pytest.fixture(scope="module")
def folder(record: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sites") / "talks"
    write_site(record, folder)
    return folder


@dataclass
class Links(HTMLParser):
    """What a page loads and links to, and the anchors it has."""

    loads: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "link" or "src" in told:
            self.loads.append(told.get("href") or told.get("src", ""))
        elif tag in ("a", "area") and "href" in told:
            self.leads.append(told["href"])
        if "id" in told:
            self.ids.append(told["id"])


def links_of(path: Path) -> Links:
    found = Links()
    found.feed(path.read_text(encoding="utf-8"))
    return found


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_all_pages_are_there_each_with_its_data(folder: Path, record: Path) -> None:
    names = everything(folder).keys()
    for kind in PAGES:
        if "{" not in kind.path:
            stem = "index" if kind.path == "/" else kind.path.strip("/")
            assert (f"{stem}.html" in names) == (f"{stem}.json" in names) == kind.written
    for name in names:
        if name.endswith(".html"):
            assert isinstance(json.loads((folder / name).with_suffix(".json").read_text(encoding="utf-8")), dict)
    with open_record(record, read_only=True) as opened:
        assert {f"source/{one.id}.html" for one in opened.sources()} <= names
    assert "static/desk.css" in names


def test_every_link_leads_to_a_file_of_the_folder(folder: Path) -> None:
    broken = []
    for path in folder.rglob("*.html"):
        found = links_of(path)
        for address in (*found.loads, *found.leads):
            parts = urlsplit(address)
            if parts.scheme in ("http", "https") and address in found.leads:
                continue
            assert not parts.scheme and not parts.netloc and not parts.query, address
            assert not parts.path.startswith("/"), f"{address} starts at a root that a folder has not"
            to = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not to.is_file() or not to.is_relative_to(folder.resolve()):
                broken.append(f"{path.relative_to(folder)}: {address}")
    assert not broken


def test_no_page_has_what_a_folder_cannot_do(folder: Path) -> None:
    for path in folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<form[^>]* (action|method)=", text), f"{path}: nobody answers a form"
        assert "/export/" not in text, path
        assert 'http-equiv="Content-Security-Policy"' in text
        assert len(set(links_of(path).ids)) == len(links_of(path).ids), f"{path}: an id stands twice"


def test_the_same_record_gives_the_same_bytes(folder: Path, record: Path, tmp_path: Path) -> None:
    write_site(record, tmp_path / "again")
    assert everything(tmp_path / "again") == everything(folder)


def test_a_site_as_of_a_day_knows_nothing_later(record: Path, tmp_path: Path) -> None:
    write_site(record, tmp_path / "site", as_of="2019-05-31")
    with open_record(record, read_only=True) as opened:
        later = {one.id for one in opened.sources()} - {one.id for one in opened.sources(as_of="2019-05-31")}
    assert later
    for name, content in everything(tmp_path / "site").items():
        assert not any(one in name or one.encode() in content for one in later), name


def test_an_earlier_site_is_replaced_whole(record: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_site(record, folder, as_of="2019-05-31")
    few = everything(folder)
    write_site(record, folder)
    assert len(everything(folder)) > len(few)
    write_site(record, folder, as_of="2019-05-31")
    assert everything(folder) == few
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("name", ["notes.txt", "static/own.css", ".git/config"])
def test_what_is_not_ours_is_not_lost(record: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "site"
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        write_site(record, folder)
    (folder / name).unlink()
    write_site(record, folder)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("mine")
    with pytest.raises(UsageError, match=name):
        write_site(record, folder)
    assert (folder / name).read_text() == "mine"
    assert (folder / "index.html").is_file()


@pytest.mark.parametrize("marker", ["", "{}", "[]", '{"files": 3}', '{"files": [3]}', "null"])
def test_a_broken_mark_is_none(record: Path, tmp_path: Path, marker: str) -> None:
    (tmp_path / MARKER).write_text(marker)
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(UsageError):
        write_site(record, tmp_path)
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_link_in_the_folder_is_not_followed(record: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "static").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError):
        write_site(record, tmp_path / "site")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_run_that_fails_leaves_the_earlier_site(
    record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "site"
    write_site(record, folder)
    before = everything(folder)
    monkeypatch.setattr(site, "_finish", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_site(record, folder)
    assert everything(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_link_to_what_is_not_there_gets_an_answer(
    record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of: Callable[..., str] = Files.of

    class More(Files):
        def next(self) -> Job | None:
            of(self, "source", {"id": "no-such-report"})
            return super().next()

    monkeypatch.setattr(site, "Files", More)
    report = write_site(record, tmp_path / "site")
    if report.missing:
        assert "No such page" in (tmp_path / "site" / "source" / "no-such-report.html").read_text()


# Names of files.


@pytest.mark.parametrize(
    "name, safe",
    [
        ("USA", "USA"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..", "_"),
        ("", "_"),
        ("CON", "CON_"),
        ("nul.x", "nul_.x"),
        ("a b/ü", "a_b_"),
        ("x" * 300, "x" * LONGEST_NAME),
        ("\u202egpj.exe", "_gpj.exe"),
    ],
)
def test_a_name_stays_in_its_folder(name: str, safe: str) -> None:
    assert file_name(name) == safe


def test_two_pages_never_share_a_file() -> None:
    files = Files(PAGES, None)
    paths = [files.of("party", {"id": name}) for name in ("A/B", "A_B", "a_b", "A B", "CON", "con_")]
    assert len({path.lower() for path in paths}) == 6
    assert files.of("party", {"id": "A/B"}) == paths[0] == "party/A_B.html"
    assert all(path.startswith("party/") and path.count("/") == 1 for path in paths)


def asked(**told: object) -> str:
    return Files(PAGES, None).of("positions", told)


def test_which_questions_have_files() -> None:
    assert asked() == asked(page=1) == asked(party="PRK") == asked(min_confidence=0.5) == "positions.html"
    assert asked(as_of="2019-05-31") == "positions-2019-05-31.html"
    assert asked(as_of="2019-05-31", party="PRK", issue="sanctions relief") == "positions-sanctions_relief-PRK.html"
    assert asked(page=2) == "positions-part-2.html"


def test_addresses_lead_from_where_they_stand() -> None:
    files = Files(PAGES, None)
    links = SiteLinks(files.of, "ledger/moves.html", {"r1": ("s1", "s3")})
    assert links.page("stand") == "../index.html"
    assert links.page("moves", page=2) == "moves-part-2.html"
    assert links.data("timeline") == "../timeline.json"
    assert links.row("r1") == "../source/s1.html#r1"
    assert links.row("r1", "s3") == links.source("s3", "r1") == "../source/s3.html#r1"
    assert links.row("r1", "s2") == "../source/s1.html#r1"
    assert links.row("r2", "s2") == links.source("s2", "r2") == links.source("s2") == "../source/s2.html"
    assert links.row("r3") == "../index.html"
    assert links.asset("desk.css") == "../static/desk.css"
    assert links.page("review") == "../index.html", "what is not written is not linked to"


def written(files: Files) -> Iterator[str]:
    while (job := files.next()) is not None:
        yield job.path


def test_what_is_linked_to_is_written_once() -> None:
    files = Files(PAGES, None)
    for _ in range(3):
        files.of("stand", {})
        files.of("party", {"id": "PRK"})
    assert list(written(files)) == ["index.html", "party/PRK.html"]
