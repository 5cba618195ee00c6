"""Which tables a record file has, for programs that open it as it is."""

from __future__ import annotations

from summitry.record.connection import translated
from summitry.record.store import Store


def tables_of(record: Store) -> dict[str, tuple[str, ...]]:
    """The columns of each table, in order; without SQLite's own and those inside of an index.

    Raises:
        RecordError: the file fails.
    """
    with translated(record.path):
        rows = record._connection.execute(
            "SELECT tables.name, columns.name FROM pragma_table_list AS tables JOIN pragma_table_info(tables.name) AS "
            "columns WHERE tables.schema = 'main' AND tables.type = 'table' AND tables.name NOT LIKE 'sqlite\\_%' "
            "ESCAPE '\\' ORDER BY tables.name, columns.cid"
        ).fetchall()
    found: dict[str, tuple[str, ...]] = {}
    for table, column in rows:
        found[table] = (*found.get(table, ()), column)
    return found
