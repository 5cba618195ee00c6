"""The real command on a terminal and in a pipe: names of files and words of reports that speak to the terminal."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SEQUENCES = (
    "\x1b]0;OWNED\x07", "\x1b[6n", "\x1b[2J", "\x1bc", "\x1bP1$r\x1b\\", "\x9b31m", "\x1b]8;;http://127.0.0.1:9\x1b\\x",
    "\x1b]52;c;b3duZWQ=\x07", "\x0e", "\x08\x08\x08", "\rsummitry: all is well", "\u202edesrever", "\u2066\u2028",
)  # fmt: skip
SHELL = (
    "$(touch pwned)",
    "`touch pwned`",
    "; touch pwned #",
    "| touch pwned",
    "&& touch pwned",
    "-rf",
    "--record",
    "%s%n",
)
STEERS = re.compile(
    "\x1b\\]|\x1b\\[6n|\x1b\\[2J|\x1bc|\x1bP|[\x07\x08\x0e\x80-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)
CONTROL = re.compile("\x1b\\[[0-9;?]*[ -/]*[@-~]")


def written(folder: Path) -> Path:
    """Reports and files that are none, named and titled to steer."""
    folder.mkdir()
    said = "The envoy of Iran said on Monday that the talks in Geneva would go on for a week, with or without a deal."
    for number, words in enumerate((*SEQUENCES, *SHELL)):
        name = f"{number}{words.replace('/', '_')}"
        (folder / f"{name}.txt").write_bytes(b"" if number % 2 else f"Talks {words} go on\n\n{said} {words}\n".encode())
        row = {"text": f"{said} {words} {number}", "title": f"Talks {words}", "url": f"http://news.example/{words}",
               "outlet": f"The {words} Times", "authors": f"By {words}"}  # fmt: skip
        (folder / f"{name}.jsonl").write_text(json.dumps(row) + '\n{"text": 7}\nno json ' + words + "\n")
        (folder / f"{name}.xml").write_text(f"<rss><channel><item><title>{words}</title>")
    for odd in (
        b"\xff\xfe\x9b31m.txt",
        b"[red]markup [link=http:9]x.txt",
        b"-",
        b"line\nsummitry: bug.txt",
    ):
        (folder / os.fsdecode(odd)).write_bytes(b"")
    return folder


def piped(arguments: list[str], where: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "summitry", *arguments],
        cwd=where, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.decode()


def on_a_terminal(arguments: list[str], where: Path) -> tuple[int, str]:
    """The same with a terminal as all three streams."""
    ours, theirs = pty.openpty()
    said = bytearray()

    def listen() -> None:
        try:
            while data := os.read(ours, 65_536):
                said.extend(data)
        except OSError:  # the other end is closed
            pass

    environment = dict(os.environ, TERM="xterm-256color", COLUMNS="120", LINES="40")
    process = subprocess.Popen(
        [sys.executable, "-m", "summitry", *arguments],
        cwd=where, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, close_fds=True,
    )  # fmt: skip
    os.close(theirs)
    listener = threading.Thread(target=listen)
    listener.start()
    try:
        status = process.wait(120)
    finally:
        process.kill()
        listener.join(10)
        os.close(ours)
    return status, said.decode("utf-8", "replace")


# Every table is looked at in test_hostile_outputs.py, without a process of its own.
COMMANDS = (["sources"], ["statements"], ["explain", "\x1b[2J\u202e"], ["\x1b[2J"], ["brief", "--as-of", "\x1bc"])


@pytest.mark.parametrize("terminal", [False, True], ids=["pipe", "terminal"])
def test_nothing_steers_the_terminal(tmp_path: Path, terminal: bool) -> None:
    run = on_a_terminal if terminal else piped
    plain = tmp_path / "plain"
    plain.mkdir()
    (plain / "report.txt").write_text(
        "Talks go on\n\nThe envoy of Iran said on Monday that they would go on for a week.\n"
    )
    (plain / "empty.txt").write_bytes(b"")
    folder = written(tmp_path / "in $(touch pwned)\x1b[2J")
    names = [str(folder), "missing \x1b]0;OWNED\x07.txt", *map(str, sorted(folder.iterdir())[:6])]
    own = set()
    for arguments in (
        ["read", "plain", "--record", "plain.db", "--light", "--jobs", "1"],
        ["sources", "--record", "plain.db"],
    ):
        own |= set(CONTROL.findall(run(arguments, tmp_path)[1]))
    runs = [
        ["read", *names, "--record", "talks.db", "--light", "--jobs", "1"],
        *([*one, "--record", "talks.db"] for one in COMMANDS),
        ["statements", "--record", "no \x1b]0;OWNED\x07.db"],
    ]
    for arguments in runs:
        status, said = run(arguments, tmp_path)
        assert said and status in (0, 1, 2), (arguments, status)
        assert "Traceback" not in said and "this is a bug" not in said, (arguments, said[-2_000:])
        # Moving the cursor and colours are the command's own: those of a read of plain files.
        steering = STEERS.findall(said)
        assert not steering, (arguments, steering, said[:400])
        if arguments[0] == "read":
            assert "[2J" in said and "touch pwned" in said, "the names are told, as words"
        if not terminal:
            assert "\x1b" not in said, arguments
            assert not any(line.startswith("summitry: all is well") for line in re.split(r"[\r\n]", said))
        else:
            foreign = {one for one in CONTROL.findall(said) if one[-1] not in "mKAhl"} - own
            assert not foreign, (arguments, foreign)
    assert not list(tmp_path.rglob("pwned"))
