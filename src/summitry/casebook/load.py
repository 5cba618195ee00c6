"""Loading cases from TOML: the shipped ones and those of the user."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, TypeVar

from summitry.casebook.check import Problem, problems_of, problems_of_rows
from summitry.casebook.keys import OFFICE, PARTY, Table
from summitry.casebook.types import (
    ArticleEntry,
    Case,
    Casebook,
    InstrumentEntry,
    IssueEntry,
    OfficeEntry,
    PartyEntry,
    Pole,
    Role,
    VehicleEntry,
)
from summitry.casebook.words import phrase_pattern
from summitry.errors import CaseError, UsageError
from summitry.vocabulary import KnownEvent

_Made = TypeVar("_Made")

_WORLD: Final = "world"
_LEADERS: Final = "leaders"
_SUBJECT: Final = 1 / 3
"""The share of mentions, of those of the case told most, from which on a case is a subject of the report too. In 289
reports on North Korea and on Iran most that named the other country less often named it by way of comparison."""
MAX_CASE_BYTES: Final = 1_000_000
"""Bytes of a case; the largest that is shipped has 82,369."""
_SYNTAX_LINE: Final = re.compile(r"\(at line (\d+)")


def load_world() -> tuple[PartyEntry, ...]:
    """Every state and the main organisations and media, from the shipped ``world.toml``; about 40 ms.

    Raises:
        CaseError: the shipped file was changed and is off.
    """
    return tuple(_party(row) for row in _shipped_rows(_WORLD, PARTY))


def load_leaders() -> tuple[OfficeEntry, ...]:
    """Heads of state and government and foreign ministers with their days, from ``leaders.toml``.

    Raises:
        CaseError: the shipped file was changed and is off.
    """
    return tuple(_office(row) for row in _shipped_rows(_LEADERS, OFFICE))


def available_cases() -> tuple[str, ...]:
    """Names of the shipped cases, sorted."""
    names = (Path(file.name) for file in (files("summitry") / "cases").iterdir())
    return tuple(sorted(n.stem for n in names if n.suffix == ".toml" and n.stem not in (_WORLD, _LEADERS)))


def case_text(name_or_path: str | Path) -> str:
    """The TOML text of a case, by the name of a shipped one or from a file, as :func:`parse_case` reads it.

    Raises:
        CaseError: there is no such case, or its file cannot be read.
    """
    return _read(_file_of(name_or_path))


def load_case(name_or_path: str | Path) -> Case:
    """A case by the name of a shipped one, or from a TOML file.

    Raises:
        CaseError: there is no such case, or its file is off: the file, the line, the table, the key, the value
            found, what is allowed and the mend of the first problem.
    """
    file = _file_of(name_or_path)
    return parse_case(_read(file), str(file))


def parse_case(text: str, where: str) -> Case:
    """A case from its TOML text; ``where`` names the text in errors.

    Raises:
        CaseError: as :func:`load_case`.
    """
    values = _toml(text, where)
    _raise_first(problems_of(values, text, _world_names()), where)
    return _case(values)


def check_case(path: str | Path) -> tuple[Problem, ...]:
    """All that is wrong with a case file, in the order of its lines; nothing if it can be read with.

    Raises:
        CaseError: there is no such case, or the file cannot be read as text.
    """
    text = case_text(path)
    try:
        values = _bounded(text, str(path))
    except tomllib.TOMLDecodeError as error:
        return (_no_toml(text, error),)
    return problems_of(values, text, _world_names())


def choose_cases(counts: Mapping[str, int], cases: Iterable[Case], text: str | None = None) -> tuple[Case, ...]:
    """The cases a report belongs to, by how often it names each party (codes; a body counts as its state).

    A case fits when at least two of its principals are named, when it lists core parties one of them, and when it
    lists words one of those stands in ``text`` (None: parties alone decide). Of several that fit, those are left out
    whose side is named much less often than another's: that is a comparison, no subject.
    """
    fitting = [
        (case, told)
        for case in cases
        if (told := _told(counts, case)) > 0
        and (not case.words or text is None or phrase_pattern(case.words).search(text))
    ]
    most = max((told for _, told in fitting), default=0)
    return tuple(case for case, told in fitting if told >= _SUBJECT * most)


def _told(counts: Mapping[str, int], case: Case) -> int:
    """How often a report names what makes a case: its core party, or else the second of its sides; 0: it does not."""
    second = sorted(counts.get(code, 0) for code in case.principals)[-2]
    return max(counts.get(code, 0) for code in case.core) if case.core and second > 0 else second


def casebook_for(names: Sequence[str | Path] | None = None, *, counts: Mapping[str, int] | None = None) -> Casebook:
    """The world with the cases named, or, with ``names=None``, those of the shipped ones that ``counts`` choose.

    ``casebook_for(())`` is the world alone.

    Raises:
        CaseError: as :func:`load_case`.
        UsageError: both names and counts are given.
    """
    if names is not None and counts is not None:
        raise UsageError("names and counts are both given; allowed: one of them")
    if names is None:
        shipped = (load_case(name) for name in available_cases()) if counts else ()
        cases = choose_cases(counts or {}, shipped)
    else:
        cases = tuple(load_case(name) for name in names)
    return Casebook(load_world(), cases, load_leaders())


def _shipped(name: str) -> Traversable:
    return files("summitry") / "cases" / f"{name}.toml"


def _file_of(name_or_path: str | Path) -> Traversable | Path:
    if isinstance(name_or_path, str) and name_or_path in available_cases():
        return _shipped(name_or_path)
    path = Path(name_or_path)
    if path.suffix != ".toml" and not path.is_file():
        raise CaseError(
            f"case is {str(name_or_path)!r}; allowed: {', '.join(available_cases()) or 'none is shipped'}, "
            "or the path of a .toml file"
        )
    return path


def _read(file: Traversable | Path) -> str:
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_CASE_BYTES + 1)
        if len(content) > MAX_CASE_BYTES:
            raise CaseError(f"{file}: has more than {MAX_CASE_BYTES:,} bytes, as no case has. Give a case file.")
        return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8").read()
    except OSError as error:
        raise CaseError(f"{file}: cannot be read ({error.strerror}). Give a case file or name.") from error
    except UnicodeDecodeError as error:
        raise CaseError(f"{file}: is no TOML ({error}); allowed: TOML 1.0 in UTF-8. Save it as UTF-8.") from error


def _toml(text: str, where: str) -> dict[str, Any]:
    try:
        return _bounded(text, where)
    except tomllib.TOMLDecodeError as error:
        raise CaseError(_no_toml(text, error).told(where)) from error


def _bounded(text: str, where: str) -> dict[str, Any]:
    """The values of a case that a stranger may have written.

    Raises:
        TOMLDecodeError: it is no TOML.
        CaseError: it is, and of a size or depth that no case has.
    """
    if len(text) > MAX_CASE_BYTES:
        raise CaseError(f"{where}: has more than {MAX_CASE_BYTES:,} characters, as no case has. Give a case file.")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except (RecursionError, ValueError) as error:
        # Brackets within brackets without end, or a number of thousands of digits.
        told = "brackets too deep in one another" if isinstance(error, RecursionError) else str(error)
        raise CaseError(f"{where}: is no TOML that can be read ({told}). Give a case file.") from None


def _no_toml(text: str, error: tomllib.TOMLDecodeError) -> Problem:
    line = _SYNTAX_LINE.search(str(error))
    number = int(line.group(1)) if line else text.count("\n") + 1
    mend = "Mend this line: words stand in quotation marks, lists in [ ], dates bare."
    return Problem(number, "the file", "its text", f"no TOML ({error})", "TOML 1.0", mend)


def _raise_first(problems: tuple[Problem, ...], where: str) -> None:
    if problems:
        more = f" ({len(problems) - 1} more: summitry case check {where})" if len(problems) > 1 else ""
        raise CaseError(problems[0].told(where) + more)


def _shipped_rows(name: str, table: Table) -> list[dict[str, Any]]:
    file = _shipped(name)
    text = _read(file)
    values = _toml(text, str(file))
    _raise_first(problems_of_rows(values, text, table), str(file))
    rows: list[dict[str, Any]] = values.get(table.name, [])
    return rows


@cache
def _world_names() -> Mapping[str, str]:
    # The shipped world does not change while a program runs. A state's own name goes before its bodies'.
    return {entry.code: entry.name for entry in reversed(load_world())}


# What follows reads values that were checked: every key has the form that casebook.keys gives it.


def _each(values: Mapping[str, Any], key: str, make: Callable[[Mapping[str, Any]], _Made]) -> tuple[_Made, ...]:
    return tuple(make(row) for row in values.get(key, ()))


def _texts(values: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(values.get(key, ()))


def _lowered(values: Mapping[str, Any], key: str = "words") -> tuple[str, ...]:
    return tuple(phrase.lower() for phrase in values.get(key, ()))


def _phrases(values: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(word.lower() for word in phrase) for phrase in values.get("words", ()))


def _case(values: Mapping[str, Any]) -> Case:
    principals = _texts(values, "principals")
    roles: dict[str, Role] = {**dict.fromkeys(principals, "principal"), **values.get("roles", {})}
    return Case(
        name=values["name"],
        title=values["title"],
        principals=principals,
        parties=_each(values, "party", _party),
        offices=_each(values, "office", _office),
        events=_each(values, "event", _event),
        core=_texts(values, "core"),
        words=_lowered(values),
        roles=tuple(roles.items()),
        issues=_each(values, "issue", _issue),
        instruments=_each(values, "instrument", _instrument),
        vehicles=_each(values, "vehicle", _vehicle),
    )


def _party(values: Mapping[str, Any]) -> PartyEntry:
    return PartyEntry(
        code=values["code"],
        name=values["name"],
        kind=values["kind"],
        names=_texts(values, "names"),
        demonyms=_texts(values, "demonyms"),
        metonyms=_texts(values, "metonyms"),
        parent=values.get("parent"),
        members=_texts(values, "members"),
    )


def _office(values: Mapping[str, Any]) -> OfficeEntry:
    return OfficeEntry(
        person=values["person"],
        party=values["party"],
        title=values["title"],
        start=values.get("start"),
        end=values.get("end"),
        aliases=_texts(values, "aliases"),
    )


def _event(values: Mapping[str, Any]) -> KnownEvent:
    return KnownEvent(
        id=values["id"],
        name=values["name"],
        start=values["start"],
        end=values.get("end", values["start"]),
        actors=_texts(values, "actors"),
        words=_phrases(values),
        type=values["type"],
        place=values.get("place"),
        source=values.get("source", ""),
    )


def _issue(values: Mapping[str, Any]) -> IssueEntry:
    return IssueEntry(
        name=values["name"],
        title=values["title"],
        definition=values.get("definition", ""),
        words=_lowered(values),
        poles=_each(values, "pole", _pole),
    )


def _pole(values: Mapping[str, Any]) -> Pole:
    return Pole(values["name"], _lowered(values), values.get("definition", ""))


def _instrument(values: Mapping[str, Any]) -> InstrumentEntry:
    return InstrumentEntry(
        id=values["id"],
        name=values["name"],
        date=values["date"],
        parties=_texts(values, "parties"),
        names=_texts(values, "names"),
        words=_phrases(values),
        articles=_each(values, "article", _article),
        source=values.get("source", ""),
    )


def _article(values: Mapping[str, Any]) -> ArticleEntry:
    return ArticleEntry(
        number=values["number"],
        text=values["text"],
        obligors=_texts(values, "obligors"),
        beneficiaries=_texts(values, "beneficiaries"),
        words=_phrases(values),
        issue=values.get("issue"),
        kept=_texts(values, "kept"),
        broken=_texts(values, "broken"),
    )


def _vehicle(values: Mapping[str, Any]) -> VehicleEntry:
    return VehicleEntry(values["party"], values["name"], values["authority"], _lowered(values))
