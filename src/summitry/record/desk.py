"""Reviewing a record: the decisions of people, as the commands of ``summitry review`` and their twins in Python.

::

    with open_record("talks.db") as record:
        record.review.reject("mov-3f2a9c1e", by="anna", note="a question, no demand")
        record.review.edit("stm-81cc02d7", {"party": "PRK", "said": "2019-03"}, by="anna")
"""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, get_args

from summitry.errors import UsageError
from summitry.record.anchoring import Anchoring
from summitry.record.finding import parties_of, passage_of, source_of
from summitry.record.placing import LEDGERED
from summitry.record.review_store import last_instant, load_reviews, write_review
from summitry.record.reviews import decisions_of
from summitry.record.rows import SHORTEST_ID
from summitry.review import Action, Anchor, Kind, Review, in_force
from summitry.review.fields import EVIDENCE, FIELDS, edited, lacking
from summitry.review.lines import instant, stamp
from summitry.review.names import parse_fields, with_defaults
from summitry.review.rows import added
from summitry.review.types import reviewer
from summitry.vocabulary import Evidence, content_id

if TYPE_CHECKING:
    from summitry.record.record import Record

REVIEWER: Final = "SUMMITRY_REVIEWER"
"""The environment variable that names the reviewer."""

_PREFIX: Final[Mapping[str, str]] = {
    "statement": "stm",
    "event": "evt",
    "move": "mov",
    "position": "pos",
    "commitment": "com",
    "prediction": "prd",
    "discrepancy": "dis",
}
_OWN_WORDS: Final = {"statement": "words", "event": "summary", "position": "summary", "commitment": "text"} | {
    "prediction": "claim",
    "discrepancy": "note",
}
"""The field that, where an addition leaves it out, takes the words it stands on."""


def reviewer_now(by: str | None = None) -> str:
    """Who reviews: the name given, or that of the environment, or the system's user.

    Raises:
        UsageError: there is no name, or it cannot stand in a coder.
    """
    name = by if by is not None else os.environ.get(REVIEWER)
    if name is None:
        try:
            name = getpass.getuser()
        except (OSError, KeyError, ImportError):
            name = ""
    return reviewer(name)


class Desk(Anchoring):
    """The reviews of a record; ``record.review`` is one. Each decision is one transaction and one line of a log.

    ``clock`` tells the time, in any zone; a review is never dated before those that are there already, so that what is
    decided on seeing another's decision comes after it.
    """

    def __init__(self, record: Record, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        super().__init__(record, clock)

    def accept(self, row_id: str, *, by: str | None = None, note: str | None = None) -> Review:
        """Hold a row to be right, with the edits that are in force.

        Raises:
            UsageError: no row has that id, or several have.
        """
        return self._judge("accept", row_id, by, note)

    def reject(self, row_id: str, *, by: str | None = None, note: str | None = None) -> Review:
        """Hold a row to be none: it leaves the answers of the record.

        Raises:
            UsageError: no row has that id, or several have.
        """
        return self._judge("reject", row_id, by, note)

    def edit(self, row_id: str, fields: Mapping[str, Any], *, by: str | None = None, note: str | None = None) -> Review:
        """Set fields of a row: text as on the command line, or values of the vocabulary.

        Raises:
            UsageError: no row has that id; a field that its kind has not; a value that the field cannot hold.
        """
        return self._judge("edit", row_id, by, note, fields)

    def check(self, row_id: str, fields: Mapping[str, Any]) -> dict[str, str]:
        """What :meth:`edit` would refuse of fields, in words by field; empty where it would take them all.

        Raises:
            UsageError: no row has that id, or several have.
        """
        kind, row = self._row(row_id)
        if row is None:
            raise UsageError(f"{row_id} is a person; allowed for a person: merge, split")
        found = {}
        for name, value in fields.items():
            try:
                edited(kind, row, self._parsed(kind, {name: value}, row.evidence[0]))
            except UsageError as error:
                found[name] = str(error)
        return found

    def _judge(
        self, action: Action, row_id: str, by: str | None, note: str | None, fields: Mapping[str, Any] | None = None
    ) -> Review:
        if action == "edit" and not fields:
            raise UsageError("no field is given; allowed: FIELD=VALUE, as party=PRK or said=2019-03")
        who = reviewer_now(by)
        with self._record.transaction():
            kind, row = self._row(row_id)
            if row is None:
                raise UsageError(f"{row_id} is a person; allowed for a person: merge, split")
            anchor = self._anchor(kind, row)
            said: Mapping[str, Any] = {}
            if action == "edit":
                said = self._parsed(kind, fields or {}, row.evidence[0])
            elif action == "accept":
                known = [row] if kind in LEDGERED else []
                seen = decisions_of(self._connection, kind, self._of_kind(kind), known).rows.get(row.id)
                said = {} if seen is None else seen.fields
            return self._write(Review(action, kind, who, self._now(), (anchor,), said, note))

    def add(  # noqa: PLR0913 - the words of an addition, and where they stand
        self,
        kind: Kind,
        fields: Mapping[str, Any],
        *,
        source: str,
        words: str | None = None,
        start: int | None = None,
        end: int | None = None,
        by: str | None = None,
        note: str | None = None,
    ) -> Review:
        """Add a row that the reader missed, on words of a report, given as such or by their offsets.

        Offsets are code points, half-open, in the text of the report.

        Raises:
            UsageError: no such kind, report or words; words that stand several times; a field that is lacking, or off.
        """
        if kind not in FIELDS or kind == "person":
            allowed = ", ".join(one for one in get_args(Kind) if one != "person")
            raise UsageError(f"kind is {kind!r}; allowed: {allowed}")
        who = reviewer_now(by)
        with self._record.transaction():
            source_id, text = source_of(self._connection, source)
            span = _span(text, words, start, end)
            exact = text[span[0] : span[1]]
            said = _with_words(kind, self._parsed(kind, fields, None), exact)
            if missing := lacking(kind, said):
                raise UsageError(
                    f"a {kind} that is added must say {', '.join(missing)}; allowed fields: {', '.join(FIELDS[kind])}"
                )
            if kind == "discrepancy":
                said |= {side: self._side(said[side]) for side in ("a", "b")}
            whole = with_defaults(kind, said)
            told = json.dumps(whole, sort_keys=True, ensure_ascii=False)
            row_id = content_id(_PREFIX[kind], "review", source_id, *span, told)
            twin = next(
                (r for r in in_force(self._of_kind(kind)) if r.action == "add" and r.rows[0].row == row_id), None
            )
            if twin is not None:
                raise UsageError(f"{twin.by} has added this row already ({row_id}, by {twin.id}); accept it instead")
            review = Review("add", kind, who, self._now(), (Anchor(row_id, source_id, *span, exact),), whole, note)
            added(review, Evidence(source_id, *span, exact))  # refuses what cannot be a row
            return self._write(review)

    def merge(self, *ids: str, by: str | None = None, note: str | None = None) -> Review:
        """Hold two or more events, or people, to be one: shown under the first.

        Raises:
            UsageError: fewer than two ids, ids of different kinds or of none that can be merged.
        """
        return self._together("merge", ids, by, note)

    def split(self, *ids: str, spelling: str | None = None, by: str | None = None, note: str | None = None) -> Review:
        """Take tellings out of the event they were merged in, or people out of the one they were; or a ``spelling``
        out of a person: statements that name their speaker so are another's.

        Raises:
            UsageError: an id of no telling or person, or of one that stands alone.
        """
        return self._together("split", ids, by, note, spelling)

    def _together(
        self, action: Action, ids: tuple[str, ...], by: str | None, note: str | None, spelling: str | None = None
    ) -> Review:
        if len(set(ids)) < (2 if action == "merge" else 1):
            raise UsageError(f"{action} is given {', '.join(ids) or 'nothing'}; allowed: two or more different ids")
        who = reviewer_now(by)
        with self._record.transaction():
            found = [self._row(one, tellings=action == "split") for one in ids]
            kinds = sorted({kind for kind, _ in found})
            if len(kinds) > 1 or kinds[0] not in ("event", "person"):
                raise UsageError(f"{action} is given ids of {', '.join(kinds)}; allowed: events only, or people only")
            if kinds == ["person"]:
                anchors = tuple(self._person(one) for one in ids)
                if spelling is not None:
                    anchors = self._spelling_of(anchors[0], spelling)
                said = (
                    {"spelling": spelling}
                    if spelling is not None and len(anchors) == 1 and not anchors[0].beside
                    else {}
                )
                anchors = tuple(Anchor(one.row, was=one.was) for one in anchors)
                return self._write(Review(action, "person", who, self._now(), anchors, said, note))
            rows = [row for _, row in found if row is not None]
            if action == "split":
                for row in rows:
                    self._check_told(row.id)
            anchors = tuple(self._anchor("event", row) for row in rows)
            return self._write(Review(action, "event", who, self._now(), anchors, {}, note))

    def undo(self, review_id: str | None = None, *, by: str | None = None, note: str | None = None) -> Review:
        """Take back a review: the one named, or else the person's last that is in force.

        Raises:
            UsageError: no such review, or it has been taken back.
        """
        who = reviewer_now(by)
        with self._record.transaction():
            review = self._to_undo(review_id, who)
            return self._write(Review("undo", review.kind, who, self._now(), (), {}, note, review.id))

    def _to_undo(self, wanted: str | None, who: str) -> Review:
        reviews = load_reviews(self._connection)
        standing = in_force(reviews)
        if wanted is None:
            own = [review for review in standing if review.by == who]
            if not own:
                raise UsageError(f"{who} has no review in force to take back; see: summitry review list")
            return own[-1]
        found = [
            one for one in reviews if one.id == wanted or (len(wanted) >= SHORTEST_ID and one.id.startswith(wanted))
        ]
        if len(found) != 1:
            raise UsageError(
                f"{len(found) or 'no'} reviews have the id {wanted!r}; allowed: one of summitry review list"
            )
        if found[0].action == "undo":
            raise UsageError(f"{found[0].id} is itself an undo; make the decision again instead")
        if found[0] not in standing:
            raise UsageError(f"{found[0].id} was taken back before; see: summitry review list")
        return found[0]

    # ── what decisions are made of ─────────────────────────────────────────────────────────────────────────────────

    def _now(self) -> str:
        at, last = self._clock(), last_instant(self._connection)
        if last is not None:
            at = max(at, instant(last) + timedelta(microseconds=1))
        return stamp(at)

    def _write(self, review: Review) -> Review:
        write_review(self._connection, review)
        return review

    def _parsed(self, kind: Kind, fields: Mapping[str, Any], on: Evidence | None) -> dict[str, Any]:
        """What is said of fields, as JSON; words of the report with their place."""
        told = dict(fields)
        words = told.pop(EVIDENCE, None)
        if words is None and kind == "statement" and on is not None:
            words = told.get("words")
        parties = parties_of(self._connection)
        said = parse_fields(kind, told, lambda name: parties.get(name.strip().casefold()))
        if words is not None and on is not None:
            _, text = source_of(self._connection, on.source)
            start, end = passage_of(text, str(words), (on.start, on.end))
            said[EVIDENCE] = {"source": on.source, "start": start, "end": end, "exact": text[start:end]}
            if "words" in said:
                said["words"] = text[start:end]
        return said


def _span(text: str, words: str | None, start: int | None, end: int | None) -> tuple[int, int]:
    """The passage of an addition, by its words or its offsets."""
    if start is not None and end is not None:
        if not 0 <= start < end <= len(text):
            raise UsageError(f"--start {start} --end {end} lie outside the {len(text)} code points of the report")
        if words is not None and passage_of(text[start:end], words) != (0, end - start):
            raise UsageError(f"the words at [{start}, {end}) are {text[start:end][:60]!r}, not {words[:60]!r}")
        return start, end
    if start is not None or end is not None or words is None:
        raise UsageError("a row needs evidence; allowed: --words with exact words of the report, or --start and --end")
    return passage_of(text, words)


def _with_words(kind: Kind, said: dict[str, Any], exact: str) -> dict[str, Any]:
    """Fields with the exact words in the one that repeats them, where it is left out."""
    name = _OWN_WORDS.get(kind)
    if name is None or said.get(name):
        return said
    line = " ".join(exact.split())
    if kind == "statement" and exact[0] in '“"' and exact[-1] in '”"' and len(exact) > 2:
        return {"quote_type": "direct", **said, "words": exact[1:-1]}
    return {**said, name: exact if kind == "statement" else line}
