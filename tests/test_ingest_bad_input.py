"""Bad input through real processes: a clear reason, the right status, no traceback, the rest is read."""

from __future__ import annotations

import gzip
import json
import os
import resource
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from summitry.record import open_record
from summitry.record.migrations import VERSION

TEXT = """Envoys meet in Tallinn

TALLINN, May 3, 2019 (Baltic Example) -- Envoys of the United States and North Korea met in Tallinn on Friday.

North Korean Vice Foreign Minister Han Song-ok said on Friday that the next round would be in June.
"""
CAFE = TEXT.replace("Tallinn on Friday", "the Café Élysée on Friday")
CURLY = TEXT.replace("said on Friday that the", "said: “The").replace("in June.", "in June,” he added.")
FRENCH = (
    "Les envoyés des deux pays se sont réunis vendredi dans la capitale pour la première fois depuis le mois de mars, "
    "et les négociations doivent reprendre la semaine prochaine, a dit le ministre des affaires étrangères."
)


def summitry(*arguments: str | Path, first: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "summitry", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=180,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        stdin=subprocess.DEVNULL,
        preexec_fn=first,
    )


def checked(done: subprocess.CompletedProcess[str], status: int) -> str:
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "bug" not in done.stderr
    return done.stderr


def damaged(content: bytes) -> bytes:
    """gzip data whose last bytes are lost."""
    return gzip.compress(content)[:-12]


REFUSED: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t \r\n" * 50, "white space"),
    "image.txt": (b"\x89PNG\r\n\x1a\n" + bytes(200), "PNG"),
    "paper.txt": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
    "office.txt": (b"PK\x03\x04" + bytes(100), "zip"),
    "noise.txt": (bytes(range(256)) * 20, "binary"),
    "table.txt": (b"SQLite format 3\x00" + bytes(200), "SQLite"),
    "bomb.txt.gz": (gzip.compress(bytes(40_000_000)), "unpacks to more than"),
    "cut.txt.gz": (damaged(TEXT.encode() * 20), "damaged or cut off"),
    "nobody.jsonl": (b'{"title": "no text"}\n', "no column named text"),
    "broken.jsonl": (b'{"text": "half of a li', "not valid JSON"),
    "deep.jsonl": (b"[" * 200_000 + b"\n", "nested too deep"),
    "deep.html": (b"<html><body>" + b"<div>" * 100_000 + TEXT.encode() + b"</body></html>", "nested 100,000 deep"),
    "menu.txt": (b"Home | Sports | Weather\nShare\nTweet\nSubscribe\n", "no paragraph of a report"),
    "french.txt": (FRENCH.encode(), "not English (fr)"),
    "movie.mp4": (b"\x00\x00\x00\x18ftypmp42" + bytes(100), "video"),
}
"""By name: what a file holds, and words of the reason it is refused for."""

TAKEN: dict[str, bytes] = {
    "bom16.txt": TEXT.replace("Friday", "the 1st day").encode("utf-16"),
    "wide.txt": TEXT.replace("Friday", "the 2nd day").encode("utf-16-le"),
    "wider.txt": TEXT.replace("Friday", "the 3rd day").encode("utf-32"),
    "korean.txt": (TEXT.replace("Friday", "the 4th day") + "\n서울 (한국)\n").encode("cp949"),
    "latin.txt": CAFE.encode("latin-1"),
    "windows.txt": CURLY.encode("cp1252"),
    "mixed.txt": CAFE.replace("Envoys", "Delegates").encode() + "\nA “late” café note.\n".encode("cp1252"),
    "nul.txt": TEXT.replace("met in", "met\x00 in").encode(),
    "marks.txt": TEXT.replace("Han Song-ok", "\u202bHan\u202c Song-ok\u200f").encode(),
    "returns.txt": TEXT.replace("\n", "\r").replace("Friday", "the 5th day").encode(),
    "half.jsonl": json.dumps({"text": TEXT.replace("Friday", "day \ud800 six")}).encode() + b"\n",
    "packed.txt.gz": gzip.compress(TEXT.replace("Friday", "the 8th day").encode()),
    "twice.txt": TEXT.replace("met in", "met twice in").encode("utf-8-sig"),
}
"""By name: what a file holds that must be read all the same."""


def test_each_is_refused_by_its_reason_and_the_rest_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, (content, _) in REFUSED.items():
        (folder / name).write_bytes(content)
    for name, content in TAKEN.items():
        (folder / name).write_bytes(content)
    (folder / "deeper").mkdir()
    (folder / "deeper" / "back").symlink_to(folder)  # a loop
    (folder / "deeper" / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    file = tmp_path / "talks.db"
    said = checked(summitry("read", folder, "--record", file, "--jobs", "1"), 1)
    with open_record(file) as record:
        rows = {Path(row.uri.split("#")[0]).name: row for row in record.sources()}
        assert record._connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    for name, (_, reason) in REFUSED.items():
        assert rows[name].status == "rejected", name
        assert reason in (rows[name].reason or ""), (name, rows[name].reason)
        assert f"{name}" in said, name
    assert "link to a file that is not there" in (rows["gone.txt"].reason or "")
    for name in TAKEN:
        assert rows[name].status == "read", (name, rows[name].reason)
        assert rows[name].statements, name
    assert len(rows) == len(REFUSED) + len(TAKEN) + 1, "the loop added nothing"


@pytest.mark.slow
def test_a_line_of_100_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "table.jsonl"
    line = json.dumps({"text": TEXT})
    with path.open("w") as stream:
        stream.write(line + "\n" + '{"text": "')
        for _ in range(100):
            stream.write("envoys " * 150_000)
        stream.write('"}\n' + line.replace("Tallinn", "Riga") + "\n")
    file = tmp_path / "talks.db"
    said = checked(summitry("read", path, "--record", file), 1)
    assert "line 2 has 105," in said
    with open_record(file) as record:
        assert len(record.source_ids()) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything; tests/test_intake_sources.py patches it")
def test_no_permission(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "open.txt").write_text(TEXT)
    (folder / "shut.txt").write_text(TEXT)
    (folder / "shut.txt").chmod(0)
    said = checked(summitry("read", folder, "--record", tmp_path / "talks.db"), 1)
    assert "no permission" in said


# ── records that are none, or cannot be written ────────────────────────────────────────────────────────────────────


@pytest.fixture(name="report")
def _report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT)
    return path


def other_program(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()


def later_version(path: Path) -> None:
    open_record(path, create=True).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()


RECORDS: dict[str, tuple[Callable[[Path], object], str]] = {
    "other.db": (other_program, "another program's SQLite file"),
    "later.db": (later_version, "schema version"),
    "notes.txt": (lambda path: path.write_text("my notes\n"), "not a summitry record"),
    "folder.db": (lambda path: path.mkdir(), "is a folder"),
    "missing/talks.db": (lambda path: None, "make the folder first"),
}


@pytest.mark.parametrize("name", RECORDS)
def test_records_that_are_none(name: str, report: Path, tmp_path: Path) -> None:
    make, words = RECORDS[name]
    make(tmp_path / name)
    before = (tmp_path / name).read_bytes() if (tmp_path / name).is_file() else None
    said = checked(summitry("read", report, "--record", tmp_path / name), 2)
    assert words in said
    assert before is None or (tmp_path / name).read_bytes() == before, "it is left as it was"


@pytest.fixture(name="numbered")
def _numbered(tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(json.dumps({"text": TEXT + f"\nRound {n} follows.\n"}) + "\n" for n in range(40)))
    return path


@pytest.mark.slow
def test_a_file_that_may_not_grow(numbered: Path, tmp_path: Path) -> None:
    """As on a full disk: the limit comes in the middle of the run."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (800_000, 800_000))

    file = tmp_path / "talks.db"
    said = checked(summitry("read", numbered, "--record", file, "--jobs", "1", first=limit), 2)
    assert "every report written before is whole" in said
    with open_record(file) as record:
        kept = len(record.source_ids())
    assert 0 < kept < 40
    checked(summitry("read", numbered, "--record", file, "--jobs", "1"), 0)
    with open_record(file) as record:
        assert len(record.source_ids()) == 40
        assert record.unreconciled() == []


AS_SOMEBODY_ELSE = """
import os, sys, typer
import summitry.ingest  # another user may not be allowed to import
from summitry.cli.guard import guarded
from summitry.cli.reading import Way, options_of, run_read
from summitry.report import words
options = options_of((), (), Way(1), no_case=True, allow_private=False, light=False)
if os.geteuid() == 0:
    os.setegid(65534); os.seteuid(65534)
try:
    with guarded():
        sys.exit(run_read([sys.argv[1]], __import__("pathlib").Path(sys.argv[2]), options))
except typer.Exit as left:
    sys.exit(left.exit_code)
"""


@pytest.fixture(name="disk")
def _disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte, where one may be mounted."""
    path = tmp_path / "disk"
    path.mkdir()
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", path], check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield path
    subprocess.run(["umount", path], check=True)


def test_a_full_disk(numbered: Path, disk: Path) -> None:
    said = checked(summitry("read", numbered, "--record", disk / "talks.db", "--jobs", "1"), 2)
    assert "disk" in said
    with open_record(disk / "talks.db", read_only=True) as record:
        assert 0 < len(record.source_ids()) < 40


def test_a_record_that_may_not_be_written(report: Path, tmp_path: Path) -> None:
    file = tmp_path / "talks.db"
    open_record(file, create=True).close()
    file.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(folder.stat().st_mode | stat.S_IRGRP | stat.S_IROTH | stat.S_IXGRP | stat.S_IXOTH)
    arguments = [str(report), str(file)]
    done = subprocess.run([sys.executable, "-c", AS_SOMEBODY_ELSE, *arguments], capture_output=True, text=True)
    said = checked(done, 2)
    assert "cannot be" in said
    assert str(file) in said
