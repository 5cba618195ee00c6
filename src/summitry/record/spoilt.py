"""Values that a column of a record may not hold: a disk, another program or a stranger's hand put them there.

Nothing is looked at while a record is whole. Where decoding a row fails, or what is made of it, the tables are searched
for what may have been the reason, so that the error names the value and not the line of code that met it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, get_args

from summitry import vocabulary as words
from summitry.errors import EvidenceError, RecordError, SummitryError, UsageError
from summitry.record.connection import CHECK, _code
from summitry.record.parts import _day

_BROKEN: Final = (
    ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError, RecursionError, sqlite3.Error,
)  # fmt: skip
"""What code that meets a value of another kind raises; RecursionError, of JSON a thousand lists deep."""
_TYPED: Final = frozenset(f"summitry.record.{one}" for one in ("desk", "reviews", "rows", "ledgered", "auditing"))
"""Modules of the record that make values of what a person typed, not of what a column holds."""
_SHOWN: Final = 80
"""Characters of a value that a message shows."""


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A value that does not belong where it stands. ``row`` is the key of the row in its table, ``source`` the id of
    the report that it is of, if it is of one."""

    table: str
    row: str
    column: str
    value: object
    allowed: str
    source: str | None = None

    def __str__(self) -> str:
        shown = repr(self.value)
        shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
        return f"{self.column} of {self.table} {self.row} is {shown}; allowed: {self.allowed}"


@dataclass(frozen=True, slots=True)
class _Rule:
    """``off`` is SQL, true of a row whose ``column`` is off; ``shape`` looks into JSON, which SQL cannot."""

    column: str
    off: str
    allowed: str
    shape: Callable[[Any], bool] | None = None


# ── what columns may hold ──────────────────────────────────────────────────────────────────────────────────────────


def _strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _spans(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, list) and len(one) == 2 and all(type(n) is int for n in one) and 0 <= one[0] <= one[1]
        for one in value
    )


def _pairs(value: object) -> bool:
    return isinstance(value, list) and all(_strings(one) and len(one) == 2 for one in value)


def _actors(value: object) -> bool:
    kinds = get_args(words.EntityKind)
    return isinstance(value, list) and all(
        isinstance(one, list)
        and len(one) == 5
        and isinstance(one[1], str)
        and all(text is None or isinstance(text, str) for text in (one[0], one[2]))
        and one[3] in (0, 1)
        and one[4] in kinds
        for one in value
    )


def _intervals(value: object) -> bool:
    def fine(one: list[Any]) -> bool:
        try:
            start, end, precision, basis = one
            words.DateInterval(_day(start), _day(end), precision, basis)
        except (ValueError, TypeError, UsageError):
            return False
        return isinstance(basis, str)

    return isinstance(value, list) and all(isinstance(one, list) and fine(one) for one in value)


def _list(value: object) -> bool:
    return isinstance(value, list)


def _object(value: object) -> bool:
    return isinstance(value, dict)


_JSON: Final[MappingProxyType[str, tuple[Callable[[Any], bool], str]]] = MappingProxyType(
    {
        "runs.inputs": (_strings, "a JSON list of texts"),
        "runs.cases": (_strings, "a JSON list of texts"),
        "sources.metadata": (_pairs, "a JSON list of pairs of texts"),
        "sources.cases": (_strings, "a JSON list of texts"),
        "mentions.members": (_actors, "a JSON list of actors"),
        "times.alternatives": (_intervals, "a JSON list of intervals"),
        "people.aliases": (_strings, "a JSON list of texts"),
        "statements.content_spans": (_spans, "a JSON list of spans"),
        "evidence.attribution_chain": (_strings, "a JSON list of texts"),
        "commitments.events": (_strings, "a JSON list of ids"),
        "predictions.resolved_by": (_strings, "a JSON list of ids"),
        "predictions.actors": (_actors, "a JSON list of actors"),
        "anchors.actors": (_list, "a JSON list"),
        "anchors.words": (_list, "a JSON list"),
        "passed_over.examples": (_list, "a JSON list"),
        "reviews.fields": (_object, "a JSON object"),
        "review_rows.was": (_object, "a JSON object"),
        "review_rows.beside": (_strings, "a JSON list of texts"),
    }
)
_TEXTS: Final = MappingProxyType(
    {
        "sources.status": ("read", "rejected"),
        "sources.kind": get_args(words.ArticleKind),
        "mentions.kind": get_args(words.MentionKind),
        "times.type": get_args(words.TimexType),
        "statements.quote_type": get_args(words.QuoteType),
        "statements.on_record": get_args(words.OnRecord),
        "statements.speech_act": get_args(words.SpeechAct),
        "statements.authority": get_args(words.Authority),
        "moves.kind": get_args(words.MoveKind),
        "moves.sequence": get_args(words.StepOrder),
        "positions.stance": get_args(words.Stance),
        "positions.attributed_by": get_args(words.AttributedBy),
        "positions.change": get_args(words.PositionChange),
        "predictions.resolution": get_args(words.Resolution),
        "predictions.type": words.PLOVER_TYPES,
        "discrepancies.kind": get_args(words.DiscrepancyKind),
        "evidence.row_kind": (
            "statement", "event mention", "event", "move", "position", "commitment", "prediction", "discrepancy",
        ),
        **{
            f"{table}.{column}": allowed
            for table in ("events", "event_mentions")
            for column, allowed in (
                ("type", words.PLOVER_TYPES),
                ("quad", get_args(words.Quad)),
                ("modality", get_args(words.Modality)),
                ("level", get_args(words.MeetingLevel)),
            )
        },
        **{
            f"{table}.{column}": allowed
            for table in ("event_parties", "event_mention_parties")
            for column, allowed in (
                ("role", ("actor", "recipient", "delegation")),
                ("kind", get_args(words.EntityKind)),
            )
        },
    }
)  # fmt: skip
_DAYS: Final = frozenset({"held_from", "held_to", "as_of", "alone_start", "alone_end", "anchors.start", "anchors.end"})
_INSTANTS: Final = frozenset({"runs.started", "runs.finished", "reviews.at"})
_NAMED: Final = frozenset(
    {"moves.proposer_name", "positions.party_name", "commitments.obligor_name", "predictions.forecaster_name"}
)
"""Actors that a row always has, though the columns of others like them may be empty."""
_TYPES: Final = MappingProxyType({"TEXT": "'text'", "INTEGER": "'integer'", "REAL": "'real', 'integer'"})


def _rules(table: str, columns: list[sqlite3.Row]) -> Iterator[_Rule]:
    names = {row["name"] for row in columns}
    for row in columns:
        name, full, declared = row["name"], f"{table}.{row['name']}", row["type"]
        kind = f'typeof("{name}")'
        needed = row["notnull"] or full in _NAMED or (row["pk"] and declared == "TEXT")
        if needed:
            # Not "IS NULL": of a column that is declared to have none SQLite does not look.
            yield _Rule(name, f"{kind} = 'null'", "a value")
        if declared in _TYPES:
            yield _Rule(name, f"{kind} NOT IN ({_TYPES[declared]}, 'null')", declared.lower())
        yield from _of_meaning(name, full, declared, names)
    for name in sorted(names):
        start = name.removesuffix("_end") + "_start"
        first = "start_char" if name == "end_char" else start
        if name.endswith(("_end", "_char")) and first in names and name != first:
            yield _Rule(name, f'"{name}" < "{first}"', "no less than where it starts")
    if "text" in names and table == "sources":
        for name in ("text", "cases", "kind"):
            yield _Rule(name, f"status = 'read' AND \"{name}\" IS NULL", "a value, where a source was read")


def _of_meaning(name: str, full: str, declared: str, names: set[str]) -> Iterator[_Rule]:
    if full in _JSON:
        shape, allowed = _JSON[full]
        yield _Rule(name, f'"{name}" IS NOT NULL AND NOT json_valid("{name}")', allowed)
        yield _Rule(name, "", allowed, shape)
    elif full in _TEXTS:
        yield _among(name, _TEXTS[full])
    elif name.endswith("_precision"):
        yield _among(name, get_args(words.Precision))
    elif name.endswith("_kind") and f"{name[:-5]}_anonymous" in names:
        yield _among(name, get_args(words.EntityKind))
        yield _Rule(name, f'"{name}" IS NULL AND "{name[:-5]}_name" IS NOT NULL', "a value, where there is a name")
    elif full in _INSTANTS:
        yield _Rule(name, f'"{name}" IS NOT NULL AND datetime("{name}") IS NULL', "an ISO 8601 instant")
    elif declared == "TEXT" and (name in _DAYS or full in _DAYS or name.endswith(("_start", "_end"))):
        # Counting from it, SQLite makes the 2nd of March of the 30th of February; the year 0 is none to Python.
        off = f'"{name}" IS NOT NULL AND (date("{name}", \'+0 days\') IS NOT "{name}" OR "{name}" < \'0001\')'
        yield _Rule(name, off, "an ISO 8601 day, as 2019-05-04")
    elif name == "confidence":
        yield _Rule(name, '"confidence" NOT BETWEEN 0 AND 1', "0 to 1")
    elif full in ("commitments.status", "commitments.claimed"):
        yield _Rule(name, f'"{name}" NOT IN (0, 1, 2, 3)', "0 to 3")
    elif name.endswith("anonymous") or name == "negated":
        yield _Rule(name, f'"{name}" NOT IN (0, 1)', "0 or 1")
    elif declared == "INTEGER" and (
        name in ("start_char", "end_char", "position") or name.endswith(("_start", "_end"))
    ):
        yield _Rule(name, f'"{name}" < 0', "0 and up")
        half = name.replace("_start", "_end")
        if half != name and half in names:
            yield _Rule(name, f'("{name}" IS NULL) <> ("{half}" IS NULL)', "a start and an end, or neither")


def _among(name: str, allowed: tuple[str, ...]) -> _Rule:
    told = ", ".join("'" + one.replace("'", "''") + "'" for one in allowed)
    return _Rule(name, f'"{name}" NOT IN ({told})', ", ".join(allowed))


# ── looking for them ───────────────────────────────────────────────────────────────────────────────────────────────


def spoilt_values(connection: sqlite3.Connection, tables: tuple[str, ...] | None = None) -> Iterator[Spoilt]:
    """Every row with a value that its column may not hold, one value a row; of some tables, or of all.

    Costs one pass over each table.
    """
    for table in tables if tables is not None else _tables(connection):
        columns = list(connection.execute(f"PRAGMA table_info({table})"))
        key = [row["name"] for row in columns if row["pk"]] or [columns[0]["name"]]
        if "id" in (names := [row["name"] for row in columns]):
            key = ["id"]
        rules = list(_rules(table, columns))
        flat = [rule for rule in rules if rule.shape is None]
        which = "CASE " + " ".join(f"WHEN {rule.off} THEN {number}" for number, rule in enumerate(flat)) + " END"
        rows = connection.execute(f"SELECT *, {which} AS off FROM {table} WHERE {which} IS NOT NULL") if flat else ()
        seen: set[str] = set()
        for row in rows:
            rule = flat[row["off"]]
            seen.add(rule.column)
            yield _spoilt(table, row, key, rule)
        for rule in rules:
            if rule.shape is not None and rule.column not in seen and rule.column in names:
                yield from _misshaped(connection, table, key, rule)


def _tables(connection: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%' ORDER BY rowid"
    names = [str(row[0]) for row in connection.execute(query)]
    # The parts of search indexes are SQLite's own.
    return [name for name in names if "_search" not in name and not name.startswith("sqlite_")]


def _misshaped(connection: sqlite3.Connection, table: str, key: list[str], rule: _Rule) -> Iterator[Spoilt]:
    assert rule.shape is not None
    query = f"SELECT * FROM {table} WHERE \"{rule.column}\" NOT IN ('[]', '{{}}')"
    for row in connection.execute(query):
        try:
            fine = rule.shape(json.loads(row[rule.column]))
        except (ValueError, RecursionError):
            fine = False
        if not fine:
            yield _spoilt(table, row, key, rule)


def _spoilt(table: str, row: sqlite3.Row, key: list[str], rule: _Rule) -> Spoilt:
    of = "id" if table == "sources" else "source_id"
    source = row[of] if of in row.keys() and isinstance(row[of], str) else None  # noqa: SIM118 - a Row is no mapping
    told = " ".join(str(row[name])[:_SHOWN] for name in key)
    return Spoilt(table, told, rule.column, row[rule.column], rule.allowed, source)


def blamed(error: Exception, connection: sqlite3.Connection, path: Path) -> RecordError | None:
    """The error to raise in the place of one that a value of the record may have led to; None: no value is off."""
    # Of SQLite's own errors those that a value leads to ("malformed JSON"), not a file that is locked or damaged.
    elsewhere = isinstance(error, sqlite3.Error) and _code(error) not in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH)
    if elsewhere or not (isinstance(error, _BROKEN) or _while_decoding(error)):
        return None
    try:
        found = next(spoilt_values(connection), None) or next(_apart(connection), None)
    except sqlite3.Error:
        return None
    if found is None:
        return None
    return RecordError(f"record {path} holds what it may not: {found}; see what else is off: {CHECK.format(path)}")


def _apart(connection: sqlite3.Connection) -> Iterator[str]:
    """Rows whose columns are fine each, but do not go together: an id that nothing else has."""
    from summitry.record.checking import rows  # checking knows the record, which this is a part of

    for look in (rows.references_hold, rows.evidence_has_its_row, rows.rows_have_evidence, rows.numbering_has_no_gap):
        for where, what in look(connection):
            yield f"{where}: {what}"


def _while_decoding(error: Exception) -> bool:
    """Whether the vocabulary refused what a row was decoded to; the same errors tell of what a person typed."""
    if not isinstance(error, SummitryError) or not isinstance(error, UsageError | EvidenceError):
        return False
    modules: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        modules.append(trace.tb_frame.f_globals.get("__name__", ""))
        trace = trace.tb_next
    own = [one for one in modules if one.startswith("summitry.record.")]
    return modules[-1] == words.__name__ and bool(own) and own[-1] not in _TYPED
