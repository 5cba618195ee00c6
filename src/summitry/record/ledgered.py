"""What the ledger says of a record: the third of :class:`summitry.record.Record` that works rows out when asked."""

from __future__ import annotations

from collections.abc import Collection

from summitry.casebook import Case
from summitry.ledger import Holdings
from summitry.record import holding
from summitry.record.rows import DateLike, last_day
from summitry.record.store import Store, about_the_file, asking


class Ledgered(Store):
    """The part of a record that asks the ledger; :class:`summitry.record.Record` is the whole."""

    @asking
    def holdings(self, as_of: DateLike | None = None, kinds: Collection[str] = holding.ALL) -> Holdings:
        """The rows of the record as known on a day (None: all there are), for the functions of the ledger.

        ``kinds`` are those needed, among :data:`summitry.record.holding.ALL`.
        """
        return holding.holdings_of(self._connection, last_day(as_of, "as of"), kinds)

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
