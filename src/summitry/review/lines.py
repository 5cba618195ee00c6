"""A review as one line of JSON, and back: what goes out comes in equal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, get_args

from summitry.errors import UsageError
from summitry.review.fields import made
from summitry.review.rows import added
from summitry.review.types import ACTIONS, KINDS, Action, Anchor, Review, reviewer
from summitry.vocabulary import Evidence

_ROWS: Mapping[Action, tuple[int, int]] = {
    "accept": (1, 1),
    "reject": (1, 1),
    "edit": (1, 1),
    "add": (1, 1),
    "merge": (2, 1000),
    "split": (1, 1000),
    "undo": (0, 0),
}
"""Fewest and most rows of each action."""


def review_json(review: Review) -> dict[str, Any]:
    """A review as a JSON object."""
    return {
        "id": review.id,
        "action": review.action,
        "kind": review.kind,
        "by": review.by,
        "at": review.at,
        "rows": [
            {
                "row": one.row,
                "source": one.source,
                "start": one.start,
                "end": one.end,
                "exact": one.exact,
                "was": dict(one.was),
                "beside": list(one.beside),
            }
            for one in review.rows
        ],
        "fields": dict(review.fields),
        "note": review.note,
        "undoes": review.undoes,
    }


def instant(text: str) -> datetime:
    """An ISO 8601 instant in UTC, as reviews have it.

    Raises:
        UsageError: it is none.
    """
    try:
        at = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        at = None
    if at is None or at.tzinfo is None or stamp(at) != text:
        raise UsageError(f"at is {text!r}; allowed: an instant in UTC as 2030-05-04T10:15:00.000000+00:00")
    return at


def stamp(at: datetime) -> str:
    """An instant as reviews have it: UTC, with microseconds, so that text sorts as time does."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def review_of(line: str) -> Review:
    """The review in a line of JSON.

    Raises:
        UsageError: it is none; the message names what is off.
    """
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"is no JSON ({error})") from None
    if not isinstance(found, dict):
        raise UsageError(f"is a JSON {type(found).__name__}; allowed: an object, as review export writes it")
    if lacking := [name for name in ("action", "kind", "by", "at", "rows") if name not in found]:
        raise UsageError(f"has no {', '.join(lacking)}; allowed: an object with action, kind, by, at, rows, fields")
    for name, allowed in (("action", ACTIONS), ("kind", KINDS)):
        if found[name] not in allowed:
            raise UsageError(f"has {name} {found[name]!r}; allowed: {', '.join(allowed)}")
    if not isinstance(found["by"], str) or reviewer(found["by"]) != found["by"]:
        raise UsageError(f"has by {found['by']!r}; allowed: the name of the reviewer")
    instant(found["at"])
    review = _made(found)
    _check(review)
    told = found.get("id")
    if told is not None and told != review.id:
        raise UsageError(
            f"has id {told}, but what it says makes {review.id}: it was changed by hand; leave the id out to import it "
            "as a review of its own"
        )
    return review


def _made(found: Mapping[str, Any]) -> Review:
    try:
        rows = tuple(
            Anchor(
                row=str(one["row"]),
                source=str(one.get("source", "")),
                start=int(one.get("start", 0)),
                end=int(one.get("end", 0)),
                exact=str(one.get("exact", "")),
                was=dict(one.get("was") or {}),
                beside=tuple(str(each) for each in one.get("beside") or ()),
            )
            for one in found["rows"]
        )
        return Review(
            action=found["action"],
            kind=found["kind"],
            by=found["by"],
            at=found["at"],
            rows=rows,
            fields=dict(found.get("fields") or {}),
            note=found.get("note"),
            undoes=found.get("undoes"),
        )
    except (TypeError, KeyError, ValueError, AttributeError, OverflowError) as error:
        raise UsageError(f"has rows or fields that are off ({type(error).__name__}: {error})") from None


def _check(review: Review) -> None:
    """Refuse a review that says what its action cannot say."""
    least, most = _ROWS[review.action]
    if not least <= len(review.rows) <= most:
        raise UsageError(f"has {len(review.rows)} rows; allowed for {review.action}: {least} or more, at most {most}")
    if (review.action == "undo") != (review.undoes is not None):
        raise UsageError(f"has action {review.action} and undoes {review.undoes!r}; allowed: undoes for undo alone")
    if review.action in ("merge", "split") and review.kind not in ("event", "person"):
        raise UsageError(f"has a {review.action} of kind {review.kind}; allowed: event, person")
    if not all(isinstance(one, str | None) for one in (review.note, review.undoes)):
        raise UsageError(f"has note {review.note!r} and undoes {review.undoes!r}; allowed: text or null")
    if review.kind == "person":
        _check_people(review)
    elif review.action in ("accept", "edit", "add"):
        for name, value in review.fields.items():
            made(review.kind, name, value)
    if review.action == "add":
        one = review.rows[0]
        if not one.exact or review.kind == "person":
            raise UsageError(f"adds a {review.kind} on no words; allowed: a row with the exact words of a report")
        added(review, Evidence(one.source, one.start, one.end, one.exact))
    for one in review.rows:
        if review.kind != "person" and one.exact and len(one.exact) != one.end - one.start:
            raise UsageError(f"has words of {len(one.exact)} code points at [{one.start}, {one.end})")


def _check_people(review: Review) -> None:
    """Refuse what cannot be said of people, or says not who they are."""
    if review.action not in ("merge", "split", "undo"):
        raise UsageError(f"has {review.action} of a person; allowed: merge, split, undo")
    named = all(isinstance(one.was.get("name"), str) for one in review.rows)
    coded = all(isinstance(one.was.get("party"), str | None) for one in review.rows)
    if not named or not coded or not isinstance(review.fields.get("spelling", ""), str):
        raise UsageError("has people without name and party in was; allowed: as review export writes them")


assert set(_ROWS) == set(get_args(Action))
