"""The world's file is what its hand-kept lists say."""

from __future__ import annotations

from pathlib import Path

from summitry.casebook import load_world

LISTS = Path(__file__).parents[1] / "tools"


def rows(name: str, width: int) -> list[list[str]]:
    lines = (LISTS / name).read_text(encoding="utf-8").splitlines()
    cut = [line.split("|") for line in lines if line and not line.startswith("#")]
    return [fields + [""] * (width - len(fields)) for fields in cut]


def parts(field: str) -> set[str]:
    return {part for part in field.split(";") if part and part != "-"}


def test_every_organisation_of_the_list_stands_in_the_world() -> None:
    world = {(entry.code, entry.name): entry for entry in load_world()}
    for code, kind, name, others, metonyms, parent, members in rows("organisations.txt", 7):
        entry = world[code, name]
        assert (entry.kind, entry.parent or "", set(entry.members)) == (kind, parent, parts(members))
        assert set(entry.names) == parts(others) - {name}
        assert set(entry.metonyms) == parts(metonyms)


def test_every_state_of_the_list_stands_in_the_world() -> None:
    states = {entry.code: entry for entry in load_world() if entry.kind == "state"}
    listed = rows("states.txt", 5)
    assert {row[0] for row in listed} == set(states)
    for code, used, others, demonyms, metonyms in listed:
        entry = states[code]
        assert not used or entry.name == used
        assert parts(others) - {entry.name} <= set(entry.names)
        assert set(entry.demonyms) == parts(demonyms)
        assert parts(metonyms) - {entry.name} <= set(entry.metonyms)


def test_parents_and_members_are_parties_of_the_world() -> None:
    world = load_world()
    codes = {entry.code for entry in world}
    assert {entry.parent for entry in world if entry.parent} <= codes
    assert {member for entry in world for member in entry.members} <= codes
