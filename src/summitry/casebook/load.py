"""Loading cases from TOML: the shipped ones and those of the user."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, get_args

from summitry.casebook.types import Case, Casebook, OfficeEntry, PartyEntry
from summitry.errors import CaseError, UsageError
from summitry.vocabulary import PLOVER_TYPES, EntityKind, KnownEvent

_WORLD: Final = "world"
# A person is no party: people come in by [[office]].
_PARTY_KINDS: Final = tuple(kind for kind in get_args(EntityKind) if kind != "person")


@dataclass(frozen=True, slots=True)
class _Table:
    """A TOML table with the file and place it stands at, for errors that say where."""

    values: Mapping[str, Any]
    where: str

    def off(self, key: str, found: object, allowed: str) -> CaseError:
        return CaseError(f"{self.where}: {key} is {found!r}; allowed: {allowed}. Correct it and read again.")

    def known(self, *keys: str) -> None:
        for key in self.values:
            if key not in keys:
                raise self.off("a key", key, ", ".join(keys))

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            raise self.off(key, value, "words in quotation marks")
        return value

    def optional(self, key: str) -> str | None:
        return self.text(key) if key in self.values else None

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.off(key, value, "a list of words in quotation marks")
        return tuple(value)

    def day(self, key: str) -> date | None:
        value = self.values.get(key)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise self.off(key, value, "a date as 2019-02-27, without quotation marks, or no such key")
        return value

    def days(self) -> tuple[date | None, date | None]:
        start, end = self.day("start"), self.day("end")
        if start and end and end < start:
            raise self.off("end", str(end), f"a day from start ({start}) on")
        return start, end

    def choice(self, key: str, allowed: Sequence[str]) -> str:
        value = self.text(key)
        if value not in allowed:
            raise self.off(key, value, ", ".join(allowed))
        return value

    def tables(self, key: str) -> tuple[_Table, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.off(key, value, f"tables headed [[{key}]]")
        return tuple(_Table(item, f"{self.where}, [[{key}]] {n}") for n, item in enumerate(value, 1))


def _load(file: Traversable | Path) -> _Table:
    where = str(file)
    try:
        return _Table(tomllib.loads(file.read_text(encoding="utf-8")), where)
    except OSError as error:
        raise CaseError(f"{where}: cannot be read ({error.strerror}). Give a case file or name.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CaseError(
            f"{where}: is no TOML ({error}); allowed: TOML 1.0 in UTF-8. Correct it and read again."
        ) from error


def _party(table: _Table) -> PartyEntry:
    table.known("code", "name", "kind", "names", "demonyms", "metonyms", "parent", "members")
    kind: Any = table.choice("kind", _PARTY_KINDS)
    return PartyEntry(
        code=table.text("code"),
        name=table.text("name"),
        kind=kind,
        names=table.texts("names"),
        demonyms=table.texts("demonyms"),
        metonyms=table.texts("metonyms"),
        parent=table.optional("parent"),
        members=table.texts("members"),
    )


def _office(table: _Table) -> OfficeEntry:
    table.known("person", "aliases", "party", "title", "start", "end")
    start, end = table.days()
    return OfficeEntry(
        person=table.text("person"),
        party=table.text("party"),
        title=table.text("title"),
        start=start,
        end=end,
        aliases=table.texts("aliases"),
    )


def _words(table: _Table) -> tuple[tuple[str, ...], ...]:
    value = table.values.get("words", [])
    if not isinstance(value, list) or not all(
        isinstance(phrase, list) and phrase and all(isinstance(word, str) and word for word in phrase)
        for phrase in value
    ):
        raise table.off("words", value, 'a list of lists of words, as [["summit", "hanoi"], ["second summit"]]')
    return tuple(tuple(word.lower() for word in phrase) for phrase in value)


def _event(table: _Table) -> KnownEvent:
    table.known("id", "name", "start", "end", "type", "actors", "place", "words", "source")
    start, end = table.days()
    if start is None:
        raise table.off("start", None, "a date as 2019-02-27")
    return KnownEvent(
        id=table.text("id"),
        name=table.text("name"),
        start=start,
        end=end or start,
        actors=table.texts("actors"),
        words=_words(table),
        type=table.choice("type", PLOVER_TYPES),
        place=table.optional("place"),
        source=table.text("source", ""),
    )


def load_world() -> tuple[PartyEntry, ...]:
    """Every state and the main organisations and media, from the shipped ``world.toml``; about 40 ms.

    Raises:
        CaseError: the shipped file was changed and is off.
    """
    table = _load(_shipped(_WORLD))
    return tuple(_party(entry) for entry in table.tables("party"))


def load_leaders() -> tuple[OfficeEntry, ...]:
    """Heads of state and government and foreign ministers with their days, from ``leaders.toml``.

    Raises:
        CaseError: the shipped file was changed and is off.
    """
    return tuple(_office(entry) for entry in _load(_shipped("leaders")).tables("office"))


def available_cases() -> tuple[str, ...]:
    """Names of the shipped cases, sorted."""
    names = (Path(file.name) for file in (files("summitry") / "cases").iterdir())
    return tuple(sorted(n.stem for n in names if n.suffix == ".toml" and n.stem not in (_WORLD, "leaders")))


def _shipped(name: str) -> Traversable:
    return files("summitry") / "cases" / f"{name}.toml"


def load_case(name_or_path: str | Path) -> Case:
    """A case by the name of a shipped one, or from a TOML file.

    Raises:
        CaseError: there is no such case, or its file is off; names the file, the key, the value and what is allowed.
    """
    if isinstance(name_or_path, str) and name_or_path in available_cases():
        table = _load(_shipped(name_or_path))
    else:
        path = Path(name_or_path)
        if path.suffix != ".toml" and not path.is_file():
            raise CaseError(
                f"case is {str(name_or_path)!r}; allowed: {', '.join(available_cases()) or 'none is shipped'}, "
                "or the path of a .toml file"
            )
        table = _load(path)
    table.known("name", "title", "principals", "core", "party", "office", "event")
    principals, core = table.texts("principals"), table.texts("core")
    if len(principals) < 2:
        raise table.off("principals", list(principals), "the codes of two parties or more")
    if not set(core) <= set(principals):
        raise table.off("core", list(core), f"codes among principals ({', '.join(principals)})")
    return Case(
        name=table.text("name"),
        title=table.text("title"),
        principals=principals,
        parties=tuple(_party(entry) for entry in table.tables("party")),
        offices=tuple(_office(entry) for entry in table.tables("office")),
        events=tuple(_event(entry) for entry in table.tables("event")),
        core=core,
    )


def choose_cases(counts: Mapping[str, int], cases: Iterable[Case]) -> tuple[Case, ...]:
    """The cases a report belongs to, by how often it names each party (codes; a body counts as its state).

    A case is chosen when at least two of its principals are named and, when it lists core parties, one of them.
    """
    named = {code for code, count in counts.items() if count > 0}
    return tuple(
        case for case in cases if len(named & set(case.principals)) >= 2 and (not case.core or named & set(case.core))
    )


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
