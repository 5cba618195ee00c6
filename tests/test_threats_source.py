"""The program's own text: nothing in it runs words, it has no network but at its doors, no assert guards."""

from __future__ import annotations

import ast
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "summitry"
FILES = sorted(SOURCE.rglob("*.py"))

NEVER = {
    "pickle": "unpickling runs what it is given",
    "cPickle": "unpickling runs what it is given",
    "dill": "unpickling runs what it is given",
    "cloudpickle": "unpickling runs what it is given",
    "marshal": "it loads code",
    "shelve": "it is pickle in a file",
    "joblib": "its files are pickles",
    "yaml": "its plain loader makes objects of any class",
    "subprocess": "no other program is needed",
    "pty": "no other program is needed",
    "code": "it runs words",
    "codeop": "it runs words",
    "imp": "it loads code by path",
    "runpy": "it loads code by path",
    "ctypes": "nothing checks what it is given",
    "http.server": "no server but the desk's",
    "socketserver": "no server but the desk's",
    "xmlrpc": "no server but the desk's",
    "telnetlib": "no such protocol",
    "ftplib": "no such protocol",
    "smtplib": "no such protocol",
    "urllib.request": "it opens file: and ftp: addresses and follows redirects unchecked; see intake/fetch.py",
    "requests": "it follows redirects unchecked; see intake/fetch.py",
    "httpx": "it follows redirects unchecked; see intake/fetch.py",
    "aiohttp": "it follows redirects unchecked; see intake/fetch.py",
    "urllib3": "see intake/fetch.py",
    "multiprocessing.managers": "a server that unpickles; the pools' own pipes are of this process and its children",
    "xml.sax": "it expands entities",
    "xml.dom": "it expands entities",
}
"""Modules that are imported nowhere, and why."""

HARMLESS = ("xml.sax.saxutils",)
"""Parts of them that are: writing XML's signs as entities."""

DOORS = {
    "socket": {
        "intake/fetch.py": "asks for pages",
        "cli/serving.py": "the desk's port",
        "ingest/shards/cluster.py": "a first word with the cluster that the user names",
    },
    "ssl": {"intake/fetch.py": "asks for pages over TLS"},
    "http": {"intake/fetch.py": "asks for pages"},
    "http.client": {"intake/fetch.py": "asks for pages"},
    "asyncio": {"web/listening.py": "the desk's connections"},
    "uvicorn": {"cli/serving.py": "the desk", "web/listening.py": "the desk"},
    "webbrowser": {"cli/serving.py": "opens the desk, when --open says so"},
    "mcp": {"assistant/server.py": "standard input and output"},
    "ray": {"ingest/shards/hand.py": "a cluster that the user names"},
}
"""Modules that speak with others, and where alone they are imported."""

ROOMS = {"fsspec": ("intake/", "ingest/"), "starlette": ("web/",), "anyio": ("web/",)}
"""The same for whole rooms: object stores that an input names; the desk."""

CALLS = {
    "eval": "it runs words",
    "exec": "it runs words",
    "compile": "it makes code of words",
    "__import__": "it loads what words name",
    "input": "nobody is asked",
    "breakpoint": "it stops",
    "globals": "names are not looked up by words",
}
METHODS = {
    "os": (
        "system",
        "popen",
        "execv",
        "execve",
        "execvp",
        "execl",
        "spawnv",
        "spawnl",
        "posix_spawn",
        "startfile",
        "fork",
    ),
    "tempfile": ("mktemp",),
    "asyncio": ("create_subprocess_shell", "create_subprocess_exec"),
    "torch": ("load",),
    "builtins": ("eval", "exec"),
}
KEYWORDS = {("shell", True), ("allow_pickle", True), ("weights_only", False), ("enable_load_extension", True)}
ATTRIBUTES = ("load_extension", "enable_load_extension", "unsafe_load", "set_trace")

ASSERTS = {
    "reader/statements/features.py": "the arithmetic of arrays; a slip would be found by every test of statements",
    "review/lines.py": "a table of the file held against a type, when it is loaded",
    "record/opening.py": "a kind of rows that the caller has ruled out",
}
"""Where an assert is more than a word to the type checker, and why it guards nothing a stranger sends."""


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in FILES:
        yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    """Every module that is imported, with the names taken from it, wherever in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def within(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def test_what_runs_words_is_imported_nowhere() -> None:
    found = [
        f"{where}: {name} ({NEVER[module]})"
        for where, tree in trees()
        for name in imports(tree)
        for module in NEVER
        if within(name, module) and not any(within(name, one) for one in HARMLESS)
    ]
    assert not found


def test_the_network_is_spoken_to_at_its_doors_alone() -> None:
    found = [
        f"{where}: {name}"
        for where, tree in trees()
        for name in imports(tree)
        for module, doors in DOORS.items()
        if within(name, module) and where not in doors
    ]
    found += [
        f"{where}: {name}"
        for where, tree in trees()
        for name in imports(tree)
        for module, rooms in ROOMS.items()
        if within(name, module) and not where.startswith(rooms)
    ]
    assert not found, "a new door belongs into DOORS, and into docs/threat-model.md"


def test_every_door_is_one() -> None:
    known = {where: set(imports(tree)) for where, tree in trees()}
    for module, doors in DOORS.items():
        for where in doors:
            if where in known:  # rooms of optional parts may be built later
                assert any(within(name, module) for name in known[where]) or module == "http", (where, module)


def test_nothing_is_called_that_runs_words() -> None:
    found = []
    for where, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                if isinstance(node.func, ast.Name) and node.func.id in CALLS:
                    found.append(f"{where}:{node.lineno}: {node.func.id}")
                found += [
                    f"{where}:{node.lineno}: {word.arg}"
                    for word in node.keywords
                    if isinstance(word.value, ast.Constant) and (word.arg, word.value.value) in KEYWORDS
                ]
            if isinstance(node, ast.Attribute):
                base = node.value.id if isinstance(node.value, ast.Name) else ""
                if node.attr in METHODS.get(base, ()) or node.attr in ATTRIBUTES:
                    found.append(f"{where}:{node.lineno}: {base}.{node.attr}")
    assert not found


def tells_a_type(test: ast.expr) -> bool:
    """Whether an assert only tells the type checker what is known: ``x is not None``, ``isinstance(x, T)``."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return all(map(tells_a_type, test.values))
    if isinstance(test, ast.Compare):
        last = test.comparators[0]
        return isinstance(test.ops[0], ast.IsNot) and isinstance(last, ast.Constant) and last.value is None
    return isinstance(test, ast.Call) and isinstance(test.func, ast.Name) and test.func.id == "isinstance"


def test_no_assert_keeps_anything_out() -> None:
    """``python -O`` leaves asserts out."""
    found = [
        f"{where}:{node.lineno}"
        for where, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assert) and not tells_a_type(node.test) and where not in ASSERTS
    ]
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        "import pickle", "from pickle import loads", "import urllib.request", "from urllib import request",
        "def f():\n    import subprocess", "from multiprocessing import managers", "import xml.sax.handler",
    ],
)  # fmt: skip
def test_the_look_at_imports_sees(text: str) -> None:
    assert any(within(name, module) for name in imports(ast.parse(text)) for module in NEVER)


HOOK = """
import sys
CLOSED = ("socket.", "ftplib.", "http.client", "urllib.", "smtplib.", "subprocess.", "os.system", "os.exec", "os.fork",
          "os.posix_spawn", "os.spawn", "pty.", "webbrowser.", "pickle.find_class")
# The names of this machine, which no packet asks for.
OPEN = ("socket.gethostname", "socket.__new__")
seen = []
def look(event, told):
    if event.startswith(CLOSED) and event not in OPEN:
        seen.append((event, repr(told)[:200]))
"""

READING = """
import warnings
warnings.simplefilter("ignore")
from pathlib import Path
import summitry
from summitry.ingest import ReadOptions, ingest
from summitry.record import open_record
# What the libraries do while they are loaded is theirs; from here on it is what reading does.
import spacy, trafilatura, onnxruntime, numpy
sys.addaudithook(look)
folder = Path(sys.argv[1])
(folder / "in").mkdir()
(folder / "in" / "a.txt").write_text(TEXT)
(folder / "in" / "b.html").write_text(f"<html><head><title>Talks</title><link rel=stylesheet href=http://127.0.0.1:9/x.css>"
    f"<base href=http://127.0.0.1:9/></head><body><img src=http://127.0.0.1:9/x.png><iframe src=http://127.0.0.1:9/></iframe>"
    f"<article><p>{TEXT}</p></article></body></html>")
path = folder / "talks.db"
report = ingest([str(folder / "in")], path, ReadOptions(jobs=1))
assert report.read >= 1, report
from summitry.web.site import write_site
from summitry.export.formats import FORMATS
from summitry.export.types import Selection
import io
write_site(path, folder / "site")
with open_record(path, read_only=True) as record:
    record.brief()
    for one in FORMATS:
        if one.write is not None:
            one.write(record, Selection("timeline", None, None, None, None, None, None), io.BytesIO())
print("SEEN", seen)
"""

TEXT = (
    "SEOUL, March 17, 2019 - North Korea's vice foreign minister Choe Son-hui said on Friday that Pyongyang may "
    'suspend the talks with the United States. "We will not yield to the demands," she said. Washington offered on '
    "Monday to lift some sanctions if the North dismantles its plant. The two sides met in Hanoi in February. See "
    "http://127.0.0.1:9/."
)


@pytest.mark.slow
def test_reading_writing_and_exporting_speak_with_nobody(tmp_path: Path) -> None:
    script = HOOK + f"TEXT = {TEXT!r}\n" + textwrap.dedent(READING)
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip().splitlines()[-1] == "SEEN []", done.stdout[-2000:]
