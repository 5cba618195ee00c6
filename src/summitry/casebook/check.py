"""What is wrong with a case file and where: every problem at once, each with its line and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, Final

from summitry.casebook.keys import CASE, ROLES, Table, tables_in
from summitry.casebook.lines import Place, line_at, lines_of

Values = Mapping[str, Any]

_NO_LINES: Final[Mapping[Place, int]] = {(): 1}
_ROLE_CODE: Final = 3
"""Letters of a code that a role in the manner of CAMEO adds to a state's: PRK, PRKGOV, PRKGOVMIL."""
_LIKE: Final = 0.7
"""Likeness from which on a code is proposed for another: of three letters two alike say little (ROU for NRO)."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in a case file.

    Attributes:
        line: from 1; of the key, or of its table where the key is missing.
        table: as it is headed in the file.
        key: the key that is off.
        found: the value found, as text.
        allowed: what may stand there.
        mend: the next step.
    """

    line: int
    table: str
    key: str
    found: str
    allowed: str
    mend: str

    def told(self, where: str) -> str:
        """The problem as one line: ``FILE:LINE: ...``."""
        return f"{where}:{self.line}: {self.table}: {self.key} is {self.found}; allowed: {self.allowed}. {self.mend}"


@dataclass(frozen=True, slots=True)
class _Sight:
    """A file being checked: its values, the lines of its keys, and the parties the world knows (names by code)."""

    values: Values
    lines: Mapping[Place, int]
    world: Mapping[str, str]

    def problem(self, place: Place, found: object, allowed: str, mend: str) -> Problem:
        """A problem at the key that ends ``place``."""
        header = ".".join(part for part in place[:-1] if isinstance(part, str))
        table = (f"[{header}]" if header == "roles" else f"[[{header}]]") if header else CASE.header
        told = found if isinstance(found, _Said) else repr(found)
        return Problem(line_at(self.lines, place), table, str(place[-1]), told, allowed, mend)

    def entries(self, *path: str) -> Iterator[tuple[Place, Values]]:
        """The tables of a kind with their places: ``entries("issue", "pole")`` are the poles of all issues."""
        yield from _entries((), self.values, path)


class _Said(str):
    """What was found in words rather than as a value."""


def _entries(place: Place, values: Values, path: tuple[str, ...]) -> Iterator[tuple[Place, Values]]:
    if not path:
        yield place, values
        return
    rows = values.get(path[0], [])
    for number, row in enumerate(rows if isinstance(rows, list) else []):
        if isinstance(row, dict):
            yield from _entries((*place, path[0], number), row, path[1:])


def problems_of(values: Values, text: str, world: Mapping[str, str]) -> tuple[Problem, ...]:
    """All that is wrong with a case, in the order of the lines.

    Args:
        values: what ``tomllib`` read from ``text``.
        text: the TOML text, for the lines.
        world: the names of the parties that every case knows, by code.
    """
    # Lines are asked for only where something is wrong: a record reads its cases at every question.
    sight = _Sight(values, _NO_LINES, world)
    if next(_all(sight), None) is None:
        return ()
    return tuple(sorted(set(_all(_Sight(values, lines_of(text), world)))))


def _all(sight: _Sight) -> Iterator[Problem]:
    yield from _shape(sight, CASE, (), sight.values)
    yield from _sense(sight)


def problems_of_rows(values: Values, text: str, table: Table) -> tuple[Problem, ...]:
    """What is wrong with a file of one kind of table alone (the world's parties, the leaders' offices)."""
    sight = _Sight(values, _NO_LINES, {})
    rows = list(sight.entries(table.name))
    if all(_well_shaped(table, row) for _, row in rows):
        return ()
    sight = _Sight(values, lines_of(text), {})
    return tuple(sorted(problem for place, row in rows for problem in _shape(sight, table, place, row)))


def _well_shaped(table: Table, row: Values) -> bool:
    for key in table.keys:
        if key.name in row:
            if not key.holds(row[key.name]):
                return False
        elif key.required:
            return False
    return all(table.key(name) is not None for name in row)


def _shape(sight: _Sight, table: Table, place: Place, values: Values) -> Iterator[Problem]:
    """Unknown keys, missing ones, values of the wrong form; of the tables within too."""
    meant = {name: table.nearest(name) for name in values if table.key(name) is None}
    for name, near in meant.items():
        yield sight.problem(
            (*place, name),
            _Said("no key of this table"),
            ", ".join(key.name for key in table.keys),
            f"Write {near}." if near else "Take it out, or write a key that there is.",
        )
    for key in table.keys:
        if key.name not in values:
            if key.required and key.name not in meant.values():
                yield sight.problem((*place, key.name), _Said("missing"), key.allowed, f"Write it: {key.says}.")
        elif not key.holds(values[key.name]):
            near_choices = get_close_matches(str(values[key.name]), key.choices, n=1)
            yield sight.problem(
                (*place, key.name),
                values[key.name],
                key.allowed,
                f"Write {near_choices[0]}." if near_choices else "Write it so.",
            )
    for key, inner in tables_in(table):
        for at, row in _entries(place, values, (key.name,)):
            yield from _shape(sight, inner, at, row)


def _sense(sight: _Sight) -> Iterator[Problem]:
    """Names used twice, codes nobody has, dates that contradict one another."""
    yield from _principals(sight)
    yield from _states(sight)
    yield from _codes(sight)
    for path, key in (
        (("issue",), "name"),
        (("issue", "pole"), "name"),
        (("instrument",), "id"),
        (("instrument", "article"), "number"),
        (("event",), "id"),
    ):
        yield from _twice(sight, path, key)
    yield from _pole_words(sight)
    yield from _article_issues(sight)
    yield from _days(sight)
    yield from _overlaps(sight)


def _texts(values: Values, key: str) -> list[str]:
    """The words of a list, or none where its form is off (which is told elsewhere)."""
    value = values.get(key, [])
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _text(values: Values, key: str) -> str | None:
    value = values.get(key)
    return value if isinstance(value, str) else None


def _day(values: Values, key: str, default: date) -> date:
    value = values.get(key, default)
    return value if type(value) is date else default


def _principals(sight: _Sight) -> Iterator[Problem]:
    principals, core = _texts(sight.values, "principals"), _texts(sight.values, "core")
    if "principals" in sight.values and len(set(principals)) < 2:
        yield sight.problem(("principals",), principals, "the codes of two parties or more", "Add the other side.")
    for code in core:
        if code not in principals:
            allowed = f"codes among principals ({', '.join(principals)})"
            yield sight.problem(("core",), code, allowed, "Take it out of core, or add it to principals.")
    roles = sight.values.get("roles", {})
    for code, role in roles.items() if isinstance(roles, dict) else ():
        if role not in ROLES:
            near = get_close_matches(str(role), ROLES, n=1)
            mend = f"Write {near[0]}." if near else "Write one of them in quotation marks."
            yield sight.problem(("roles", code), role, ", ".join(ROLES), mend)


def _states(sight: _Sight) -> Iterator[Problem]:
    """A code stands for one state: of the world, or of the file."""
    seen: dict[str, Place] = {}
    for place, party in sight.entries("party"):
        code, name = _text(party, "code"), _text(party, "name")
        if party.get("kind") != "state" or code is None:
            continue
        if code in seen:
            first = line_at(sight.lines, (*seen[code], "code"))
            yield sight.problem(
                (*place, "code"), code, f"a code no other state has (line {first} has it)", "Take another code."
            )
        elif sight.world.get(code, name) != name:
            yield sight.problem(
                (*place, "code"),
                code,
                f"a code no other state has (the world's {sight.world[code]} has it)",
                f'Take another code, or write name = "{sight.world[code]}" to add words to it.',
            )
        seen.setdefault(code, place)


def _codes(sight: _Sight) -> Iterator[Problem]:
    """Codes that no party of the world or of the file has."""
    own = {code: _text(party, "name") or code for _, party in sight.entries("party") if (code := _text(party, "code"))}
    known = {**sight.world, **own}
    for place, code in _places_of_codes(sight):
        if code in known or _with_role(code, known):
            continue
        near = _near_code(code, known)
        yield sight.problem(
            place,
            code,
            "the code of a party of the world or of a [[party]] of this file",
            (f"Write {near} ({known[near]}), or add" if near else "Add") + f' [[party]] with code = "{code}".',
        )


def _places_of_codes(sight: _Sight) -> Iterator[tuple[Place, str]]:
    for code in _texts(sight.values, "principals"):
        yield ("principals",), code
    roles = sight.values.get("roles", {})
    for code in roles if isinstance(roles, dict) else ():
        yield ("roles", code), code
    for path, single, several in (
        (("party",), ("parent",), ("members",)),
        (("office",), ("party",), ()),
        (("vehicle",), ("party",), ()),
        (("event",), (), ("actors",)),
        (("instrument",), (), ("parties",)),
        (("instrument", "article"), (), ("obligors", "beneficiaries")),
    ):
        for place, values in sight.entries(*path):
            for key in single:
                if (one := _text(values, key)) is not None:
                    yield (*place, key), one
            for key in several:
                for code in _texts(values, key):
                    yield (*place, key), code


def _with_role(code: str, known: Mapping[str, str]) -> bool:
    """Whether a code is a known state's with a role behind it that some known code has: USAGOV, PRKMIL."""
    state, role = code[:_ROLE_CODE], code[_ROLE_CODE:]
    return state in known and role in {other[_ROLE_CODE:] for other in known if other[:_ROLE_CODE] in known}


def _near_code(code: str, known: Mapping[str, str]) -> str | None:
    """The known code that an unknown one may mean: by the party's name, by letters that changed places, by likeness."""
    lowered = code.lower()
    found = (other for other, name in known.items() if name.lower() == lowered or sorted(other) == sorted(code))
    return next(found, None) or next(iter(get_close_matches(code, known, n=1, cutoff=_LIKE)), None)


def _twice(sight: _Sight, path: tuple[str, ...], key: str) -> Iterator[Problem]:
    """Names used twice among the tables of one place."""
    seen: dict[tuple[Place, str], Place] = {}
    for place, values in sight.entries(*path):
        value = _text(values, key)
        if value is None:
            continue
        within = (place[:-2], value)
        if within in seen:
            first = line_at(sight.lines, (*seen[within], key))
            mend = "Take another name, or make one table of the two."
            yield sight.problem((*place, key), value, f"a name used once (line {first} has it)", mend)
        seen.setdefault(within, place)


def _pole_words(sight: _Sight) -> Iterator[Problem]:
    """The same words at two poles of an issue tell neither."""
    for place, issue in sight.entries("issue"):
        seen: dict[str, Place] = {}
        for at, pole in _entries(place, issue, ("pole",)):
            for phrase in _texts(pole, "words"):
                other = seen.setdefault(phrase.lower(), at)
                if other != at:
                    first = line_at(sight.lines, (*other, "words"))
                    yield sight.problem(
                        (*at, "words"), phrase, f"words of one pole (line {first} has them)", "Keep them at one pole."
                    )


def _article_issues(sight: _Sight) -> Iterator[Problem]:
    names = [named for _, entry in sight.entries("issue") if (named := _text(entry, "name"))]
    for place, article in sight.entries("instrument", "article"):
        issue = _text(article, "issue")
        if issue is not None and issue not in names:
            near = get_close_matches(issue, names, n=1)
            yield sight.problem(
                (*place, "issue"),
                issue,
                f"names of the issues of this file ({', '.join(names) or 'it has none'})",
                f"Write {near[0]}." if near else f'Add [[issue]] with name = "{issue}", or take the key out.',
            )


def _days(sight: _Sight) -> Iterator[Problem]:
    for kind in ("office", "event"):
        for place, values in sight.entries(kind):
            start, end = _day(values, "start", date.min), _day(values, "end", date.max)
            if end < start:
                yield sight.problem((*place, "end"), str(end), f"a day from start ({start}) on", "Mend either day.")


def _overlaps(sight: _Sight) -> Iterator[Problem]:
    """An office of one title and party that two people hold at a time; the day of handing over is of both."""
    held: dict[tuple[str, str], list[tuple[date, date, str, Place]]] = {}
    for place, office in sight.entries("office"):
        party, title, person = _text(office, "party"), _text(office, "title"), _text(office, "person")
        if party and title and person and office.get("shared") is not True:
            days = (_day(office, "start", date.min), _day(office, "end", date.max))
            held.setdefault((party, title.lower()), []).append((*days, person, place))
    for (_, title), terms in held.items():
        terms.sort(key=lambda term: (term[0], term[1]))
        last = terms[0]
        for term in terms[1:]:
            start, _, person, place = term
            if start < last[1] and person != last[2]:
                known_end = f"to {last[1]}" if last[1] != date.max else "with no end"
                yield sight.problem(
                    (*place, "start"),
                    _Said(
                        f"within the days of {last[2]} as {title} (line {line_at(sight.lines, last[3])}, {known_end})"
                    ),
                    "one holder at a time",
                    "Mend the days, or write shared = true in each if several hold it at a time.",
                )
            last = max(last, term, key=lambda one: one[1])
