"""What the ledger says of a record: the part of :class:`summitry.record.Record` that works rows out when asked.

Histories, answers and resolutions rest on all that is known on a day, whatever a question leaves out: filters choose
among the rows afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Final, TypedDict, Unpack

from summitry import ledger
from summitry.casebook import Case
from summitry.errors import UsageError
from summitry.horizons import Horizons
from summitry.ledger import Brief, Cell, Deadlock, Holdings, ProcessStatus, Tone
from summitry.ledger.brief import compose
from summitry.ledger.changes import changes
from summitry.ledger.commitments import kept
from summitry.ledger.deadlocks import deadlocks
from summitry.ledger.discrepancies import discrepancies
from summitry.ledger.predictions import resolved
from summitry.ledger.scope import restricted
from summitry.ledger.scorecard import Score, scorecard
from summitry.record import holding, queries
from summitry.record.choosing import AnyRow, choose
from summitry.record.reviews import overlay
from summitry.record.rows import DateLike, Filters, first_day, last_day
from summitry.record.standing import Standing
from summitry.record.store import Store, about_the_file, asking
from summitry.record.tabular.frames import tabled
from summitry.vocabulary import Commitment, Discrepancy, Move, Position, Prediction

_NEEDED: Final = {
    "moves": frozenset({"moves", "events", "positions"}),
    "positions": frozenset({"positions"}),
    "commitments": frozenset({"commitments", "events", "statements"}),
    "predictions": frozenset({"predictions", "events"}),
    "deadlocks": frozenset({"moves", "positions", "events"}),
    "status": frozenset({"events", "moves", "positions"}),
    "tone": frozenset({"events"}),
    "meetings": frozenset({"events", "tellings"}),
    "choosing": frozenset({"events", "statements", "moves", "positions"}),
}
"""The kinds of rows that each answer rests on; all kinds for the others."""


class Asked(TypedDict, total=False):
    """What may be asked of rows; see :class:`summitry.record.Filters`."""

    as_of: DateLike | None
    party: str | None
    issue: str | None
    since: DateLike | None
    min_confidence: float | None


def filters_of(asked: Asked) -> Filters:
    """Filters from the words of a question.

    Raises:
        UsageError: a date or a confidence is off.
    """
    return Filters(
        last_day(asked.get("as_of"), "as of"),
        first_day(asked.get("since"), "since"),
        asked.get("party"),
        asked.get("issue"),
        asked.get("min_confidence"),
    )


def _scoped(held: Holdings, case: str | None) -> Holdings:
    """The holdings of a case by its name; all of them for None.

    Raises:
        UsageError: there is no such case.
    """
    if case is None:
        return held
    chosen = next((one for one in held.cases if one.name == case), None)
    if chosen is None:
        names = ", ".join(one.name for one in held.cases)
        raise UsageError(f"case is {case!r}; allowed: a case of the record: {names or 'it keeps none'}")
    return restricted(held, chosen)


class Ledgered(Store):
    """The part of a record that asks the ledger; :class:`summitry.record.Record` is the whole."""

    _standing: Standing | None = None

    @contextmanager
    def remembering(self, standing: Standing) -> Iterator[None]:
        """Inside, questions as of the day of ``standing`` load each kind of rows once, and find them there again.

        The rows are those of the state of the record in which they were loaded: a standing is for as long as nothing
        is written, see :meth:`Record.data_version`.
        """
        before, self._standing = self._standing, standing
        try:
            yield
        finally:
            self._standing = before

    @asking
    def holdings(self, as_of: DateLike | None = None, kinds: Collection[str] = holding.ALL) -> Holdings:
        """The rows of the record as known on a day (None: all there are), for the functions of the ledger.

        ``kinds`` are those needed, among :data:`summitry.record.holding.ALL`.
        """
        return self._holdings(last_day(as_of, "as of"), kinds)

    def _holdings(self, as_of: date | None, kinds: Collection[str] = holding.ALL) -> Holdings:
        if self._standing is None or self._standing.as_of != as_of:
            return holding.holdings_of(self._connection, as_of, kinds)
        return holding.holdings_of(self._connection, as_of, kinds, self._standing)

    @asking
    def choose(self, rows: Sequence[AnyRow], **asked: Unpack[Asked]) -> list[AnyRow]:
        """Those of ``rows``, as this record gave them as of a day, that pass the filters; see :class:`Filters`."""
        filters = filters_of(asked)
        held = self._holdings(filters.as_of, _NEEDED["choosing"])
        return choose(self._connection, rows, filters, held, self._standing)

    @asking
    def cases(self) -> tuple[Case, ...]:
        """The cases that the record keeps, by name."""
        return holding.load_cases(self._connection)

    @asking
    def cases_wanted(self) -> list[str]:
        """Names of the cases that reports were read with and that the record does not keep yet."""
        return holding.cases_wanted(self._connection)

    @about_the_file
    def keep_case(self, name: str, text: str) -> None:
        """Keep the TOML of a case, in place of what was kept under its name."""
        with self.transaction():
            holding.keep_case(self._connection, name, text)

    # ── rows worked out ────────────────────────────────────────────────────────────────────────────────────────────

    @tabled("moves")
    @asking
    def moves(self, **asked: Unpack[Asked]) -> list[Move]:
        """What parties put on the table or take off it, by the day, with what became of it; see :class:`Filters`."""
        filters = filters_of(asked)
        rows: Sequence[Move] = ledger.answered(self._held(filters, "moves"))
        if filters != Filters(filters.as_of):
            chosen = {row.id for row in queries.find_moves(self._connection, filters)}
            rows = [row for row in rows if row.id in chosen]
        return overlay(self._connection, "move", rows, filters)

    @tabled("positions")
    @asking
    def positions(self, **asked: Unpack[Asked]) -> list[Position]:
        """Where parties stand on what, since when, by whose word, and how that moved; see :class:`Filters`."""
        filters = filters_of(asked)
        rows: Sequence[Position] = ledger.history(self._held(filters, "positions"))
        if filters != Filters(filters.as_of):
            chosen = {row.id for row in queries.find_positions(self._connection, filters)}
            rows = [row for row in rows if row.id in chosen]
        return overlay(self._connection, "position", rows, filters)

    @tabled("commitments")
    @asking
    def commitments(self, **asked: Unpack[Asked]) -> list[Commitment]:
        """What parties have bound themselves to, with a row for each change of status; see :class:`Filters`."""
        filters = filters_of(asked)
        held = self._held(filters, "commitments")
        rows = overlay(self._connection, "commitment", kept(held), Filters(filters.as_of))
        return choose(self._connection, rows, filters, held)

    @tabled("predictions")
    @asking
    def predictions(self, *, horizons: Horizons | None = None, **asked: Unpack[Asked]) -> list[Prediction]:
        """What was foretold and what came of it; see :class:`Filters`.

        ``horizons`` say within how many days "soon" is, and other such words; None: the published table.
        """
        filters = filters_of(asked)
        held = self._held(filters, "predictions")
        rows = overlay(self._connection, "prediction", resolved(held, horizons), Filters(filters.as_of))
        return choose(self._connection, rows, filters, held)

    def scorecard(self, *, horizons: Horizons | None = None, **asked: Unpack[Asked]) -> list[Score]:
        """Forecasters and parties by what came of their predictions; see :class:`Filters`."""
        return list(scorecard(self.predictions(horizons=horizons, **asked)))

    def matrix(self, as_of: DateLike | None = None) -> list[Cell]:
        """Party by issue: where each stands on a day (None: by all there is), since when, how it moved there."""
        return list(ledger.matrix(self.holdings(as_of, _NEEDED["positions"])))

    @tabled("discrepancies")
    @asking
    def discrepancies(self, **asked: Unpack[Asked]) -> list[Discrepancy]:
        """What does not go together: sources, parties, a party and its own word, a report's own view."""
        filters = filters_of(asked)
        held = self._held(filters, "discrepancies")
        rows = overlay(self._connection, "discrepancy", discrepancies(held), Filters(filters.as_of))
        return choose(self._connection, rows, filters, held)

    @tabled("deadlocks")
    @asking
    def deadlocks(self, **asked: Unpack[Asked]) -> list[Deadlock]:
        """Steps of parties that wait for one another in a circle; see :class:`Filters`."""
        filters = filters_of(asked)
        held = self._held(filters, "deadlocks")
        return choose(self._connection, deadlocks(held), filters, held)

    @tabled("status")
    @asking
    def status(self, **asked: Unpack[Asked]) -> list[ProcessStatus]:
        """The state of the talks in each month; see :class:`Filters`."""
        filters = filters_of(asked)
        held = self._held(filters, "status")
        return choose(self._connection, ledger.months(held), filters, held)

    @tabled("tone")
    @asking
    def tone(self, **asked: Unpack[Asked]) -> list[Tone]:
        """How pairs of parties dealt with each other, by month; see :class:`Filters`."""
        filters = filters_of(asked)
        held = self._held(filters, "tone")
        return choose(self._connection, ledger.by_pair(held), filters, held)

    def brief(self, as_of: DateLike | None = None, case: str | None = None) -> Brief:
        """Where the talks stand on a day (None: by all there is), each sentence with its passages.

        ``case`` names the negotiation where the record holds several; None: the one with the most events.

        Raises:
            UsageError: the record keeps no case of that name.
        """
        return compose(_scoped(self.holdings(as_of), case))

    @asking
    def diff(self, since: DateLike, as_of: DateLike | None = None, case: str | None = None) -> Brief:
        """What has changed since the end of a day, or by a run of reading: ``run-3``, or ``run`` for the last one.

        ``case`` as in :meth:`brief`.

        Raises:
            UsageError: ``since`` lies behind ``as_of``, or there is no such run or case.
        """
        after = self._holdings(last_day(as_of, "as of"))
        if isinstance(since, str) and since.strip().lower().startswith("run"):
            read = holding.read_since(self._connection, since.strip().lower())
            return changes(_scoped(holding.without(after, read), case), _scoped(after, case))
        before = last_day(since, "since")
        if before is not None and after.as_of is not None and before > after.as_of:
            raise UsageError(f"since is {before}; allowed: a day up to as-of ({after.as_of})")
        return changes(_scoped(holding.holdings_of(self._connection, before), case), _scoped(after, case))

    def _held(self, filters: Filters, answer: str) -> Holdings:
        return self._holdings(filters.as_of, _NEEDED.get(answer, holding.ALL))
