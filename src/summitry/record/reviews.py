"""What reviewers decided, laid over the rows of a record as they are asked for. The reader's rows stay as they are.

Rejected rows leave, edited ones show the edit, added ones come, merged events are one row and split ones two. Nothing
of this is stored: what applies follows from the reviews and from the rows that there are now, so that reading reports
again, or reconciling them, never touches a review.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar, cast

from summitry.record import entries
from summitry.record.explaining import rows_of
from summitry.record.loading import load_events
from summitry.record.passing import Told, date_of, is_known, passing, told_of
from summitry.record.placing import LEDGERED, load_rows, place, present, stands_at
from summitry.record.review_store import has_reviews, load_reviews
from summitry.record.rows import SHORTEST_ID, Filters
from summitry.review import Decisions, Kind, Review, Verdict, decide, in_force
from summitry.review.fields import EVIDENCE
from summitry.review.people import Names, named, names_of
from summitry.review.rows import added, merged, reviewed, without
from summitry.review.types import Anchor
from summitry.vocabulary import Event, Evidence, Row, Statement

AnyRow = TypeVar("AnyRow", bound=Row)

_NEVER: Final = date.max
_ORDERED: Final = ("statement", "event", "move", "position")
"""Kinds whose rows are asked for in order of time; the ledger orders the others itself."""

ALL: Final = Filters()


def overlay(connection: sqlite3.Connection, kind: Kind, rows: Sequence[AnyRow], filters: Filters = ALL) -> list[AnyRow]:
    """Rows of a kind as reviewers left them, in order of time.

    ``rows`` are those that ``filters`` chose; what reviews change may pass them only now, or no longer. Laying reviews
    over rows twice changes nothing more. Where no row of the kind, nor a person, was reviewed, this costs one look into
    an index.
    """
    if not has_reviews(connection, (kind, "person")):
        return list(rows)
    reviews = load_reviews(connection, (kind, "person"))
    own = [review for review in reviews if review.kind == kind]
    decisions = decisions_of(connection, kind, own, rows if kind in LEDGERED else ())
    left: list[Row] = list(rows)
    if decisions.touched:
        left = _laid_over(_Desk(connection, kind, decisions, told_of(connection), filters), left)
    return cast(list[AnyRow], _with_names(connection, left, names_of(reviews)))


def decisions_of(
    connection: sqlite3.Connection, kind: Kind, reviews: Sequence[Review], derived: Iterable[Row] = ()
) -> Decisions:
    """What reviews of a kind come to, on the rows that there are now."""
    placed = place(connection, kind, reviews, derived)
    entry_of = entries.entries_of(connection, placed.values()) if kind == "event" else {}
    return decide([_on_words(connection, review) for review in reviews], placed, entry_of)


def as_reviewed(connection: sqlite3.Connection, kind: Kind, row: AnyRow) -> AnyRow:
    """One row as reviewers left it; one that they rejected, as the reader wrote it."""
    return next((one for one in overlay(connection, kind, [row]) if one.id == row.id), row)


def added_row(connection: sqlite3.Connection, wanted: str) -> Row | None:
    """The row that an addition in force makes, by its id or its first characters; None where there is none."""
    for review in in_force(load_reviews(connection)):
        one = review.rows[0] if review.rows else None
        if review.action != "add" or one is None:
            continue
        if one.row == wanted or (len(wanted) >= SHORTEST_ID and one.row.startswith(wanted)):
            return _row_of(connection, review, (one.start, one.end))
    return None


def reviews_of(connection: sqlite3.Connection, kind: Kind, row: Row) -> tuple[Review, ...]:
    """The reviews in force of a row, in the order of their times."""
    if not has_reviews(connection, (kind,)):
        return ()
    reviews = load_reviews(connection, (kind,))
    placed = place(connection, kind, reviews, [row] if kind in LEDGERED else ())
    entry_of = entries.entries_of(connection, placed.values()) if kind == "event" else {}
    return tuple(
        one
        for one in in_force(reviews)
        if any(row.id in (now, entry_of.get(now)) for i in range(len(one.rows)) if (now := placed.get((one.id, i))))
    )


def _on_words(connection: sqlite3.Connection, review: Review) -> Review:
    """A review without new evidence that does not stand in this record's text of the report: words first."""
    told = review.fields.get(EVIDENCE)
    if review.action not in ("edit", "accept") or told is None:
        return review
    anchor = Anchor(review.rows[0].row, told["source"], told["start"], told["end"], told["exact"])
    if stands_at(connection, anchor) == (anchor.start, anchor.end):
        return review
    return replace(review, fields={name: value for name, value in review.fields.items() if name != EVIDENCE})


@dataclass(frozen=True, slots=True)
class _Desk:
    """What laying reviews over rows needs."""

    connection: sqlite3.Connection
    kind: Kind
    decisions: Decisions
    reports: Mapping[str, Told]
    filters: Filters

    def story(self, source: str) -> str:
        return self.reports[source].story if source in self.reports else source

    def knows(self, row: Row) -> bool:
        return self.filters.as_of is None or is_known(row, self.filters.as_of, self.reports)


def _laid_over(desk: _Desk, rows: Sequence[Row]) -> list[Row]:
    decisions = desk.decisions
    touched = decisions.touched
    untouched = [row for row in rows if row.id not in touched]
    told = {row.id: row for row in rows if row.id in touched}
    if desk.kind == "event":
        events = _events(desk, {one: row for one, row in told.items() if isinstance(row, Event)})
        told = dict(events)
        # An entry whose first telling was taken out has another id now.
        untouched = [row for row in untouched if row.id not in told]
    else:
        missing = sorted(present(desk.connection, desk.kind, touched - told.keys()))
        loaded = load_rows(desk.connection, desk.kind, missing)
        # What a copy tells as its original does is told once, by the original.
        told |= {row.id: row for row in loaded if desk.story(row.evidence[0].source) == row.evidence[0].source}
    told = _added(desk) | told  # what the ledger worked out of an added row stays
    judged = [_judged(desk.kind, row, decisions.rows.get(one)) for one, row in told.items()]
    kept = [row for row in judged if row is not None]
    left = [*untouched, *passing(desk.connection, kept, desk.filters, desk.reports)]
    return sorted(left, key=_order(desk.reports)) if desk.kind in _ORDERED else left


def _judged(kind: Kind, row: Row, verdict: Verdict | None) -> Row | None:
    if verdict is None:
        return row
    return None if verdict.rejected else reviewed(kind, row, verdict.fields, verdict.by)


def _added(desk: _Desk) -> dict[str, Row]:
    """The rows that additions make, on words that stand in a report of the record."""
    found: dict[str, Row] = {}
    for row_id, review in desk.decisions.added.items():
        span = stands_at(desk.connection, review.rows[0])
        if span is not None:
            found[row_id] = _row_of(desk.connection, review, span)
    return found


def _row_of(connection: sqlite3.Connection, review: Review, span: tuple[int, int]) -> Row:
    """The row that an addition makes on the words that stand at ``span``."""
    own = Evidence(review.rows[0].source, *span, review.rows[0].exact)
    if review.kind != "discrepancy":
        return added(review, own)
    sides = [str(review.fields[side]) for side in ("a", "b")]
    rows = rows_of(connection, sides)
    return added(review, own, [rows[one].evidence[0] if one in rows else own for one in sides])


def _events(desk: _Desk, told: dict[str, Event]) -> dict[str, Event]:
    """Events with tellings taken out and entries merged. ``told`` are the touched entries that were asked for."""
    connection, decisions = desk.connection, desk.decisions
    entry_of = entries.entries_of(connection, decisions.apart)
    wanted = (decisions.touched | set(entry_of.values())) - decisions.added.keys()
    told = told | {event.id: event for event in _entries(desk, sorted(wanted - told.keys()))}
    members = _members(connection, {entry_of[one] for one in decisions.apart if one in entry_of})
    for entry, tellings in members.items():
        whole = told.pop(entry, None)
        rest = [event for event in tellings if event.id not in decisions.apart and desk.knows(event)]
        if whole is not None and rest:
            row_id = entry if entry not in decisions.apart else rest[0].id
            told[row_id] = without(whole, row_id, rest, desk.story)
    own = load_events(connection, "event_mentions", sorted(present(connection, "event", decisions.apart)))
    told |= {event.id: event for event in own if desk.knows(event)}
    groups: dict[str, list[str]] = {}
    for member, (root, _) in decisions.into.items():
        groups.setdefault(root, [root]).append(member)
    for root, ids in groups.items():
        events = [told.pop(one) for one in ids if one in told]
        if events:
            told[root] = merged(root, events, decisions.into[ids[-1]][1], desk.story)
    return told


def _entries(desk: _Desk, ids: Sequence[str]) -> list[Event]:
    """Entries, and events in none, that filters left out: as far as they were known on the day asked for."""
    connection = desk.connection
    rows = connection.execute(
        "SELECT id FROM events WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (json.dumps(ids),)
    )
    found = load_events(connection, "events", [row[0] for row in rows])
    linked = entries.entries_of(connection, ids)
    alone = sorted(present(connection, "event", ids) - linked.keys())
    found += load_events(connection, "event_mentions", alone)
    if desk.filters.as_of is None:
        return found
    members = _members(connection, [event.id for event in found])
    cut = []
    for event in found:
        known = [one for one in members.get(event.id, ()) if desk.knows(one)]
        if len(known) == len(members.get(event.id, ())) and desk.knows(event):
            cut.append(event)
        elif known:
            cut.append(without(event, event.id, known, desk.story))
    return cut


def _members(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, list[Event]]:
    """The article-level events of entries, by the entry's id."""
    linked = entries.members_of(connection, ids)
    return {entry: load_events(connection, "event_mentions", members) for entry, members in linked.items()}


def regrouped(
    connection: sqlite3.Connection, tellings: Mapping[str, Sequence[Event]], wanted: Iterable[str]
) -> dict[str, list[Event]]:
    """The tellings of the events wanted as reviewers left them: without those taken out, with those merged in."""
    found = {entry: list(events) for entry, events in tellings.items()}
    if not has_reviews(connection, ("event",)):
        return found
    decisions = decisions_of(connection, "event", load_reviews(connection, ("event",)))
    groups = {root for root, _ in decisions.into.values()} & set(wanted)
    own = _members(connection, decisions.into)
    for member, (root, _) in decisions.into.items():
        if root in groups:
            events = found.setdefault(root, _alone(connection, root))
            events += [one for one in own.get(member) or _alone(connection, member) if one not in events]
    return {entry: [one for one in events if one.id not in decisions.apart] for entry, events in found.items()}


def _alone(connection: sqlite3.Connection, row_id: str) -> list[Event]:
    """The telling of an id, as the only one of an event that no entry merges."""
    return load_events(connection, "event_mentions", sorted(present(connection, "event", [row_id])))


def _order(reports: Mapping[str, Told]) -> Callable[[Row], tuple[object, ...]]:
    """Order of time as the record has it: the first day, or else when first reported, then by report and place."""

    def key(row: Row) -> tuple[object, ...]:
        when = date_of(row)
        told = [reports[one.source] for one in row.evidence if one.source in reports]
        reported = min((each.last or each.first or _NEVER for each in told), default=_NEVER)
        own = (when.start or when.end) if when else None
        if isinstance(row, Event):
            return own or reported, own is None, (when.end if when and own else None) or _NEVER, row.id
        last = (when.end if when else None) or (told[0].last if told else None)
        return own or reported, last or date.min, told[0].number if told else 0, row.evidence[0].start

    return key


def _with_names(connection: sqlite3.Connection, rows: Sequence[Row], names: Names) -> list[Row]:
    """Rows whose people bear the names that reviewers gave them."""
    if names.apart:
        other = _spelled(connection, names)
        rows = [_respelled(row, other.get(row.id)) for row in rows]
    return [named(row, names) for row in rows] if names.shown else list(rows)


def _respelled(row: Row, spelling: str | None) -> Row:
    if spelling is None or not isinstance(row, Statement) or row.speaker is None:
        return row
    return replace(row, speaker=replace(row.speaker, name=spelling, office=None))


def _spelled(connection: sqlite3.Connection, names: Names) -> dict[str, str]:
    """The statements whose report names the speaker by a spelling that is somebody else's: id and spelling."""
    found = {}
    for (name, state), spellings in names.apart.items():
        rows = connection.execute(
            "SELECT statements.id, speaker_name, substr(text, source_start + 1, source_end - source_start) AS words "
            "FROM statements JOIN sources ON sources.id = source_id WHERE speaker_kind = 'person' "
            "AND source_start IS NOT NULL AND lower(speaker_name) = ? AND COALESCE(substr(speaker_code, 1, 3), '') = ?",
            (name, state),
        )
        for row in rows:
            words = row["words"].casefold()
            for spelling in spellings:
                if spelling.casefold() in words and row["speaker_name"].casefold() not in words:
                    found[row["id"]] = spelling
    return found
