"""A plugin of Datasette: the id of a source leads to the source.

Datasette links a foreign key to the address of a row by its primary key; sources have a number for that besides the id
by which rows name them. Datasette finds this module by its entry point, where both are installed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from datasette import hookimpl  # type: ignore[import-untyped]
from markupsafe import Markup

if TYPE_CHECKING:
    from datasette.app import Datasette  # type: ignore[import-untyped]

_SOURCE: Final = re.compile(r"src-[0-9a-f]{16}")
_COLUMNS: Final = frozenset({"source_id", "copy_of"})


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: object, column: str, database: str, datasette: Datasette) -> Markup | None:
    """A cell with the id of a source, by its headline where Datasette looks that up, as a link to the source."""
    told = value if isinstance(value, Mapping) else {"value": value, "label": value}
    source = told["value"]
    if column not in _COLUMNS or not isinstance(source, str) or not _SOURCE.fullmatch(source):
        return None
    where = f"{datasette.urls.table(database, 'sources')}?id={source}"
    return Markup('<a href="{}">{}</a>').format(where, told["label"] or source)
