"""Imports go one way, down the list of rooms, and sibling rooms do not know each other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "summitry"

# What a room may import, besides itself. The order is that of the way through the house.
FOUNDATION = {"errors", "vocabulary", "casebook", "confidence", "encoding", "horizons", "signs"}
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "vocabulary": {"errors"},
    "casebook": {"errors", "vocabulary"},
    "confidence": {"errors", "vocabulary"},
    "encoding": {"errors"},
    "horizons": {"errors", "vocabulary"},
    "signs": set(),
    "intake": FOUNDATION,
    "gate": FOUNDATION,
    "clean": FOUNDATION,
    "reader": FOUNDATION,
    "reconcile": FOUNDATION,
    "ledger": FOUNDATION,
    "review": {"errors", "vocabulary"},
    "record": FOUNDATION | {"ledger", "review"},
    "report": FOUNDATION | {"ledger", "record"},
    "export": FOUNDATION | {"ledger", "record", "report"},
    "web": FOUNDATION | {"ledger", "review", "record", "report", "export"},
    "evaluate": FOUNDATION | {"reader", "reconcile", "ledger", "review"},
    "ingest": FOUNDATION | {"intake", "gate", "clean", "reader", "reconcile", "record"},
    "assistant": FOUNDATION | {"ledger", "record", "report", "export"},
    "watch": FOUNDATION | {"intake", "record", "ingest"},
    "api": FOUNDATION | {"intake", "clean", "reader", "record", "ingest"},
    "cli": FOUNDATION
    | {"ledger", "review", "record", "report", "export", "web", "assistant", "watch", "ingest", "api"},
    "__main__": {"cli"},
    "__init__": FOUNDATION | {"api", "ingest", "reader", "record"},
}

MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    rooms: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; name the module in full"
            names = [node.module or ""]
            if node.module == "summitry":
                names = [f"summitry.{alias.name}" for alias in node.names]
        rooms.update(name.split(".")[1] for name in names if name.startswith("summitry."))
    return rooms


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    room = room_of(path)
    assert room in ALLOWED, f"a new room, {room}: say here what it may import"
    assert imported_rooms(path) - {room} <= ALLOWED[room]


def test_no_module_outgrows_its_idea() -> None:
    # The vocabulary is one module on purpose: everything else imports it.
    most = {"vocabulary.py": 560}
    lengths = {str(path.relative_to(PACKAGE)): len(path.read_text().splitlines()) for path in MODULES}
    assert not {name: lines for name, lines in lengths.items() if lines > most.get(name, 430)}
