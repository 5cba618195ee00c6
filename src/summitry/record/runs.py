"""When a record was last added to, and by which summitry."""

from __future__ import annotations

from datetime import datetime

from summitry.record.connection import translated
from summitry.record.store import Store


def last_run(record: Store) -> datetime | None:
    """When reports were last read into a record; None where no run of reading is noted.

    Raises:
        RecordError: the file fails.
    """
    with translated(record.path):
        query = "SELECT max(coalesce(finished, started)) FROM runs"
        found = record._connection.execute(query).fetchone()[0]
    return datetime.fromisoformat(found) if found else None
