"""All exports, in the order in which the command and the desk list them."""

from __future__ import annotations

from typing import Final

from summitry.errors import UsageError
from summitry.export.documents import DOCUMENTS
from summitry.export.tables import TABLES
from summitry.export.types import Export

FORMATS: Final[tuple[Export, ...]] = (*DOCUMENTS, *TABLES)


def format_named(name: str) -> Export:
    """The export of a name.

    Raises:
        UsageError: there is none.
    """
    for one in FORMATS:
        if one.name == name:
            return one
    raise UsageError(f"there is no export {name!r}; allowed: {', '.join(one.name for one in FORMATS)}")
