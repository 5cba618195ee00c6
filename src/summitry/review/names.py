"""Values as a reviewer types them on a command line, made into the JSON of a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from summitry.errors import UsageError
from summitry.review.dates import parse_date
from summitry.review.fields import FIELDS, Field, allowed_words, field_of, made, plain
from summitry.review.types import Kind
from summitry.vocabulary import Actor

FindParty = Callable[[str], Actor | None]
"""Finds a party or person by code or name; None where nobody knows it."""

_NAMED: Final = re.compile(r"(?P<name>[^(]*\S)\s*\((?P<code>[A-Z]{3,15})\)")
_PERSONAL: Final = frozenset({"speaker", "addressee", "person", "forecaster"})
"""Fields that name persons, where a name that nobody knows is a new one; elsewhere it is a slip of the hand."""

_TRUE: Final = ("true", "yes", "1")
_FALSE: Final = ("false", "no", "0")


def parse_pairs(pairs: Iterable[str]) -> dict[str, str]:
    """``FIELD=VALUE`` texts as a mapping.

    Raises:
        UsageError: one is no such pair, or a field is said twice.
    """
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        name = name.strip()
        if not equals or not name:
            raise UsageError(f"{pair!r} says nothing of a field; allowed: FIELD=VALUE, as party=PRK or said=2019-03")
        if name in found:
            raise UsageError(f"{name} is given twice ({found[name]!r} and {value!r}); give it once")
        found[name] = value
    return found


def parse_fields(kind: Kind, said: Mapping[str, Any], find: FindParty) -> dict[str, Any]:
    """What is said of fields, as JSON. Values are text, or values of the vocabulary as Python has them.

    ``from`` and ``to`` stand for the ends of a position's ``held``, as the commands print them.

    Raises:
        UsageError: a field that the kind has not, or a value that it cannot hold.
    """
    said = _held(kind, said)
    found = {}
    for name, value in said.items():
        field = field_of(kind, name)
        json = _parsed(kind, name, value.strip(), field, find) if isinstance(value, str) else plain(value)
        made(kind, name, json)  # refuses what the field cannot hold
        found[name] = json
    return found


def _held(kind: Kind, said: Mapping[str, Any]) -> dict[str, Any]:
    """``from`` and ``to`` of a position as one interval."""
    rest = {name: value for name, value in said.items() if kind != "position" or name not in ("from", "to")}
    if len(rest) < len(said):
        if "held" in rest:
            raise UsageError("held is given, and from or to besides; allowed: either held=A/B, or from=A and to=B")
        rest["held"] = f"{said.get('from') or '..'}/{said.get('to') or '..'}"
    return rest


def _parsed(kind: Kind, name: str, text: str, field: Field, find: FindParty) -> Any:  # noqa: ANN401
    if not text:
        return None
    match field.shape:
        case "choice":
            return _among(kind, name, text, field)
        case "party":
            return plain(_party(kind, name, text, find))
        case "parties":
            split = ";" if ";" in text else ","
            return [plain(_party(kind, name, part.strip(), find)) for part in text.split(split) if part.strip()]
        case "date":
            return plain(parse_date(text, name))
        case "share" | "scale":
            return _number(kind, name, text, field)
        case "ids":
            return [part for part in text.replace(",", ";").replace(" ", ";").split(";") if part]
        case "flag":
            if text.casefold() not in (*_TRUE, *_FALSE):
                raise UsageError(f"{name} of a {kind} is {text!r}; allowed: true, false")
            return text.casefold() in _TRUE
        case _:
            return text


def _among(kind: Kind, name: str, text: str, field: Field) -> str:
    folded = {one.casefold(): one for one in field.allowed}
    if text.casefold() not in folded:
        raise UsageError(f"{name} of a {kind} is {text!r}; allowed: {allowed_words(field)}")
    return folded[text.casefold()]


def _number(kind: Kind, name: str, text: str, field: Field) -> float | int:
    try:
        return int(text) if field.shape == "scale" else float(text)
    except ValueError:
        raise UsageError(f"{name} of a {kind} is {text!r}; allowed: {allowed_words(field)}") from None


def _party(kind: Kind, name: str, text: str, find: FindParty) -> Actor:
    """A party or person by code or name; ``NAME (CODE)`` for one that nobody knows yet."""
    known = find(text)
    if known is not None:
        return known
    personal = name in _PERSONAL or name in ("delegations", "attributed_to", "claimed_by")
    if match := _NAMED.fullmatch(text):
        party = find(match["code"])
        if party is None and not personal:
            return Actor(match["code"], match["name"])
        same = party is not None and party.name.casefold() == match["name"].casefold()
        return party if same and party else Actor(match["code"], match["name"], kind="person" if personal else "state")
    if personal and not text.isupper():
        return Actor(None, text, kind="person")
    raise UsageError(
        f"{name} of a {kind} is {text!r}, which is no party of this record nor of the world; allowed: a code (PRK, "
        "USAGOV), a full name (North Korea), or NAME (CODE) for a new one"
    )


def with_defaults(kind: Kind, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of a row that is added, with the defaults of the rest, as JSON."""
    return {
        name: said[name]
        if name in said
        else plain(field.default)
        if not isinstance(field.default, Mapping)
        else dict(field.default)
        for name, field in FIELDS[kind].items()
    }
