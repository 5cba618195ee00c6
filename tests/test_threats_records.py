"""Records that a stranger wrote: nothing is written elsewhere, nothing runs, and the desk goes on."""

from __future__ import annotations

import json
import re
import socket
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from summitry.errors import SummitryError
from summitry.export.formats import FORMATS
from summitry.export.types import Export, Selection
from summitry.record import open_record
from summitry.web import Settings, create_app
from summitry.web.files import file_name
from summitry.web.pages import PAGES
from summitry.web.site import write_site
from threat_record import DEEP, IDS, MARKUP, changed, filled, plain_record, renamed, row_ids, source_ids

PATHS = [kind.path for kind in PAGES if "{" not in kind.path]


@pytest.fixture(name="named", scope="module")
def _named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record whose reports have hostile ids; a few of its rows too."""
    path = plain_record(tmp_path_factory.mktemp("named") / "talks.db", len(IDS))
    renamed(path, dict(zip(source_ids(path), IDS, strict=True)) | dict(zip(row_ids(path, "statements"), IDS[:8])))  # noqa: B905
    return path


@pytest.fixture(name="desk", scope="module")
def _desk(named: Path) -> Iterator[TestClient]:
    app = create_app(Settings(record=named, read_only=True))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as desk:
        yield desk


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_ids_are_no_paths_of_a_site(named: Path, tmp_path: Path) -> None:
    before = files_in(tmp_path)
    site = tmp_path / "a" / "b" / "c" / "site"
    write_site(named, site)
    outside = {name for name in files_in(tmp_path) - before if not name.startswith("a/b/c/site")}
    assert outside == {"a", "a/b", "a/b/c"}
    for path in site.rglob("*"):
        assert re.fullmatch(r"[A-Za-z0-9._-]+", path.name) and not path.is_symlink()
        assert len(path.name) < 120
    for page in site.rglob("*.html"):
        assert "<script>alert(1)" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", IDS)
def test_a_file_name_is_a_plain_one(name: str) -> None:
    made = file_name(name)
    assert re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]*", made)
    assert made.partition(".")[0].upper() not in ("CON", "AUX", "NUL", "PRN", "COM1")
    assert len(made) < 120


@pytest.mark.parametrize("export", FORMATS, ids=lambda one: one.name)
def test_ids_are_no_paths_of_an_export(named: Path, tmp_path: Path, export: object, desk: TestClient) -> None:
    name = getattr(export, "name", "")
    answer = desk.get(f"/export/{name}")
    assert answer.status_code == 200, answer.text[:200]
    assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.[a-z.]+"', answer.headers["content-disposition"])
    if answer.headers["content-type"] == "application/zip":
        for held in zipfile.ZipFile(BytesIO(answer.content)).namelist():
            assert re.fullmatch(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*", held) and ".." not in held.split("/")
    fill = getattr(export, "fill", None)
    if fill is not None:
        into = tmp_path / "x" / "y"
        into.mkdir(parents=True)
        with open_record(named, read_only=True) as record:
            fill(record, Selection("timeline", None, None, None, None, None, None), into)
        assert all(one == "x" or one.startswith("x/y") for one in files_in(tmp_path))


@pytest.mark.parametrize("name", [*IDS, "..%2f..%2fetc%2fpasswd", "%", "_", "*", "x' OR 1=1 --"])
def test_ids_in_addresses_find_a_row_or_nothing(desk: TestClient, name: str) -> None:
    for folder in ("row", "source", "person", "party"):
        for end in ("", ".json"):
            answer = desk.get(f"/{folder}/{quote(name, safe='')}{end}")
            assert answer.status_code in (200, 307, 400, 404, 414), (folder, answer.text[:100])
            assert "x-evil" not in answer.headers
            assert "<script>alert(1)</script>" not in answer.text or end


def test_markup_in_every_column_is_shown_as_words(tmp_path: Path) -> None:
    path = plain_record(tmp_path / "talks.db", 3)
    assert filled(path, MARKUP, lambda table, column: table not in ("articles", "cases")) > 10
    app = create_app(Settings(record=path, read_only=True))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as desk:
        for page in PATHS:
            answer = desk.get(page)
            assert answer.status_code == 200, page
            for sign in ("<script>window", "<img src=x", "49</td>", 'onerror=window.__ran=1">'):
                assert sign not in answer.text, (page, sign)
    site = tmp_path / "site"
    write_site(path, site)
    for made in site.rglob("*.html"):
        assert "<script>window" not in made.read_text(encoding="utf-8")


@pytest.mark.parametrize("value", ["\x00garbage", "9" * 5_000, DEEP, '{"a":' * 3_000, "null", "1e999"])
def test_a_desk_of_a_spoilt_record_goes_on(tmp_path: Path, value: str) -> None:
    """Columns that hold dates, codes and JSON: pages say that they failed, and the next one is answered."""
    path = plain_record(tmp_path / "talks.db", 2)
    with changed(path) as connection:
        connection.execute("UPDATE OR IGNORE statements SET content_spans = ?, said_start = ?", (value, value))
        connection.execute("UPDATE OR IGNORE evidence SET attribution_chain = ?", (value,))
    app = create_app(Settings(record=path, read_only=True))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as desk:
        for page in PATHS:
            assert desk.get(f"{page}.json" if page != "/" else "/stand.json").status_code in (200, 400, 500)
        assert desk.get("/static/desk.css").status_code == 200
        assert desk.get("/nowhere").status_code == 404


def test_a_site_replaces_no_folder_that_a_link_or_a_stranger_made(tmp_path: Path) -> None:
    path = plain_record(tmp_path / "talks.db", 1)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept.txt").write_text("kept")
    site = tmp_path / "site"
    write_site(path, site)
    (site / "source").rename(site / "was")
    (site / "source").symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(SummitryError):
        write_site(path, site)
    assert (elsewhere / "kept.txt").read_text() == "kept"
    link = tmp_path / "link"
    link.symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(SummitryError):
        write_site(path, link)
    marker = elsewhere / "summitry-site.json"
    for told in ('{"files": 5}', "[]", '{"files": [["kept.txt"]]}', "\x00", '{"files": ["../kept.txt"]}'):
        marker.write_text(told)
        with pytest.raises(SummitryError):
            write_site(path, elsewhere)
    assert files_in(elsewhere) == {"kept.txt", "summitry-site.json"}
    dangling = tmp_path / "dangling"
    dangling.symlink_to(tmp_path / "made")
    write_site(path, dangling)
    assert dangling.is_symlink() and (tmp_path / "made" / "index.html").is_file()


@pytest.mark.parametrize("export", FORMATS, ids=lambda one: one.name)
def test_no_export_asks_for_what_its_words_name(
    tmp_path: Path, export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pictures, entities and links in words: the maker of PDF, for one, would fetch a picture (CVE-2020-28463)."""
    path = plain_record(tmp_path / "talks.db", 1)
    words = '<img src="http://127.0.0.1:9/x.png"/> &xxe; <a href="file:///etc/passwd">x</a> <para backColor="[[1]]"/>'
    assert filled(path, words, lambda table, column: table not in ("articles", "cases")) > 10

    def asked(*told: object, **_: object) -> object:
        raise AssertionError(f"asked for {told}")

    for name in ("create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, asked)
    monkeypatch.setattr(socket.socket, "connect", asked)
    chosen = Selection("timeline", None, None, None, None, None, None)
    with open_record(path, read_only=True) as record:
        if export.write is not None:
            out = BytesIO()
            export.write(record, chosen, out)
            assert b"root:x:" not in out.getvalue()
        elif export.fill is not None:
            export.fill(record, chosen, tmp_path / "out")


def test_json_of_a_hostile_record_is_json(desk: TestClient) -> None:
    for page in PATHS:
        answer = desk.get(f"{page}.json" if page != "/" else "/stand.json")
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("application/json")
        json.loads(answer.content)
