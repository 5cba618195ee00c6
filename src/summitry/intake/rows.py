"""One row of a table, or one object of JSON, to one source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from summitry.encoding import scalars
from summitry.intake.options import COLUMN_NAMES
from summitry.intake.shapes import usual
from summitry.vocabulary import Rejected, Source

# Characters of names that are worth keeping; a hostile row may have megabytes of them.
_SHORT = 2000
# A usual name has 20; in those of megabytes nothing is looked for, and of them no more than this is said.
_LONG_NAME = 80
# Paragraphs in sections in a body are three deep. What Python recurses into at all is some hundreds.
_DEEPEST = 50
SHOWN = 200
"""Characters of a broken row kept with its rejection, enough to find it again."""

KNOWN_NAMES = frozenset(name for _, names in COLUMN_NAMES for name in names)
"""The usual names of columns, as :func:`plain` gives them."""

Columns = tuple[tuple[str, str], ...]


def source_of_row(uri: str, row: object, columns: Columns) -> Source | Rejected:
    """The source a row is: its text as content, the columns that are known as metadata."""
    if not isinstance(row, Mapping):
        return broken(uri, _shown(row), f"the row is {type_name(row)}; give an object with a text")
    if not dict(columns).get("text"):  # columns that are named are taken as they are
        row = usual(row)
    names = [str(name) for name in row]
    found = _usual_columns(tuple(names), columns) if sum(map(len, names)) < _SHORT else _columns(names, columns)
    column = found["text"]
    if column is None:
        return broken(uri, _shown(row), no_text_column(names, columns))
    text = words(row[column], "\n\n")
    if not text.strip():
        return broken(uri, _shown(row), f"its column {name_said(column)} holds no text; mend or drop the row")
    metadata = []
    for field, _ in COLUMN_NAMES[1:]:
        name = found[field]
        if name is not None and (value := words(row[name], ", ").strip()):
            metadata.append((field, scalars(value)))
    media_type = "text/html" if plain(column) == "html" else "text/plain"
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError:  # half of a pair; looking for one in every text would take most of the time
        content = scalars(text).encode("utf-8")
    return Source(uri, content, f"{media_type}; charset=utf-8", metadata=tuple(metadata))


def _columns(names: list[str], columns: Columns) -> dict[str, str | None]:
    by_plain = _by_plain(names)  # once: a hostile row has a million names
    return {field: _find(names, by_plain, field, columns) for field, _ in COLUMN_NAMES}


@lru_cache(maxsize=64)  # the rows of a table have the same names; looking them up took two thirds of its time
def _usual_columns(names: tuple[str, ...], columns: Columns) -> dict[str, str | None]:
    return _columns(list(names), columns)


def find(names: list[str], field: str, columns: Columns) -> str | None:
    """The column of a field: the one asked for, or the first of its usual names that is there."""
    return _find(names, _by_plain(names), field, columns)


def _by_plain(names: list[str]) -> dict[str, str]:
    return {plain(name): name for name in reversed(names) if len(name) <= _LONG_NAME}


def _find(names: list[str], by_plain: dict[str, str], field: str, columns: Columns) -> str | None:
    asked = dict(columns).get(field)
    if asked is not None:
        return next((name for name in names if name == asked), None)
    return next((by_plain[usual] for usual in dict(COLUMN_NAMES)[field] if usual in by_plain), None)


def plain(name: str) -> str:
    """A column's name as names are compared: without case, blanks, dashes and underscores."""
    return re.sub(r"[\s_-]", "", name.lower())


def words(value: object, joint: str, depth: int = 0) -> str:
    """A cell as text: strings as they are, lists joined, the name of an object; nothing for the rest, and for what is
    nested deeper than any text."""
    if isinstance(value, str):
        return value
    if depth > _DEEPEST:
        return ""
    if isinstance(value, list):
        return joint.join(filter(None, (words(item, joint, depth + 1) for item in value)))
    if isinstance(value, Mapping):
        return words(value.get("name") or value.get("text") or "", joint, depth + 1)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def no_text_column(names: list[str], columns: Columns) -> str:
    """Why a row or table without a text is refused."""
    asked = dict(columns).get("text")
    wanted = f"no column {asked!r}" if asked else "no column named text, body, content or article"
    return f"it has {wanted}, but {', '.join(map(name_said, names[:12])) or 'none'}; say which column holds the text"


def broken(uri: str, row: str, reason: str) -> Rejected:
    """A row that cannot be used, kept by its first characters and its address."""
    return Rejected(Source(uri, scalars(row[:SHOWN]).encode("utf-8"), metadata=(("uri", uri),)), "parse", reason)


def name_said(name: str) -> str:
    """A column's name in a message: the beginning of one that is endless."""
    return repr(name) if len(name) <= _LONG_NAME else f"{name[:_LONG_NAME]!r} and {len(name) - _LONG_NAME:,} more"


def _shown(row: object) -> str:
    """The beginning of a row as it is kept with its rejection."""
    try:
        return str(row)[:SHOWN]
    except RecursionError:  # what the parser of JSON could just take in
        return "(nested too deep to be shown)"


def type_name(value: object) -> str:
    """What a value of JSON is, for a message."""
    return {"list": "an array", "str": "a string", "NoneType": "null", "bool": "true or false"}.get(
        type(value).__name__, "a number"
    )


def first_line(error: Exception) -> str:
    """The beginning of an error's words."""
    return "nested too deep" if isinstance(error, RecursionError) else str(error).split("\n")[0][:120]
