"""The small types of the vocabulary as columns, and back: dates and actors, which rows of every kind have."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, cast

from summitry.vocabulary import Actor, DateInterval, EntityKind, Event, Precision

Columns = dict[str, Any]
"""Column name to value, for one row."""


def to_json(value: object) -> str:
    """JSON as readable text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def storable(text: str) -> str:
    """Text that SQLite takes: lone surrogates (from file names that are not UTF-8) written out as ``\\udcXX``."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


# ── dates ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def date_columns(prefix: str, value: DateInterval | None) -> Columns:
    """An interval as four columns; all NULL for None."""
    if value is None:
        return dict.fromkeys((f"{prefix}_{part}" for part in ("start", "end", "precision", "basis")), None)
    return {
        f"{prefix}_start": value.start.isoformat() if value.start else None,
        f"{prefix}_end": value.end.isoformat() if value.end else None,
        f"{prefix}_precision": value.precision,
        f"{prefix}_basis": value.basis,
    }


def date_of(row: sqlite3.Row, prefix: str) -> DateInterval | None:
    """The interval in four columns; None where they are NULL."""
    if row[f"{prefix}_precision"] is None:
        return None
    return _interval(row[f"{prefix}_start"], row[f"{prefix}_end"], row[f"{prefix}_precision"], row[f"{prefix}_basis"])


# A record names few parties and days over and over: equal ones are one object, which is quicker to make and smaller.
@lru_cache(maxsize=16_384)
def _interval(start: str | None, end: str | None, precision: Precision, basis: str) -> DateInterval:
    return DateInterval(_day(start), _day(end), precision, basis)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def list_of(value: str) -> list[Any]:
    """A list in one column; most are empty."""
    return [] if value == "[]" else cast("list[Any]", json.loads(value))


def interval_json(value: DateInterval) -> list[str | None]:
    """An interval as a JSON list: start, end, precision, basis."""
    return list(date_columns("d", value).values())


def interval_of(value: Sequence[Any]) -> DateInterval:
    """The interval in such a list."""
    return _interval(value[0], value[1], value[2], value[3])


# ── actors ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def actor_columns(prefix: str, actor: Actor | None) -> Columns:
    """An actor as five columns; all NULL for None."""
    values = (None,) * 5 if actor is None else _actor_values(actor)
    return dict(zip((f"{prefix}_{p}" for p in ("code", "name", "office", "anonymous", "kind")), values, strict=True))


def actor_of(row: sqlite3.Row, prefix: str) -> Actor | None:
    """The actor in five columns; None where the name is NULL."""
    name = row[f"{prefix}_name"]
    if name is None:
        return None
    return _actor(
        row[f"{prefix}_code"], name, row[f"{prefix}_office"], row[f"{prefix}_anonymous"], row[f"{prefix}_kind"]
    )


@lru_cache(maxsize=16_384)
def _actor(code: str | None, name: str, office: str | None, anonymous: int, kind: EntityKind) -> Actor:
    return Actor(code, name, office, bool(anonymous), kind)


def _actor_values(actor: Actor) -> tuple[Any, ...]:
    return (actor.code, actor.name, actor.office, int(actor.anonymous), actor.kind)


def actors_json(actors: Iterable[Actor]) -> str:
    """Actors as JSON, for a short list in one column."""
    return to_json([_actor_values(actor) for actor in actors])


def actors_of_json(value: str) -> tuple[Actor, ...]:
    """The actors in such a column."""
    return tuple(_actor(m[0], m[1], m[2], m[3], m[4]) for m in list_of(value))


def party_columns(event: Event) -> list[Columns]:
    """Actors, recipients and delegations of an event, one row each."""
    roles = {
        "actor": event.actors,
        "recipient": event.recipients,
        "delegation": event.meeting.delegations if event.meeting else (),
    }
    names = ("code", "name", "office", "anonymous", "kind")
    return [
        {"event_id": event.id, "role": role, "position": position} | dict(zip(names, _actor_values(actor), strict=True))
        for role, actors in roles.items()
        for position, actor in enumerate(actors)
    ]


def party_of(row: sqlite3.Row) -> Actor:
    """The actor in a row of a parties table."""
    return _actor(row["code"], row["name"], row["office"], row["anonymous"], row["kind"])
