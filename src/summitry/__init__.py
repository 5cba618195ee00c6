"""summitry reads news reports of a negotiation and keeps its record, each row with the exact words it came from.

>>> import summitry
>>> reading = summitry.read("...", published=date(2019, 3, 17))  # doctest: +SKIP
>>> record = summitry.open_record("talks.db")  # doctest: +SKIP

Names are loaded when first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summitry.api import code_relation, read
    from summitry.ingest import ReadOptions, ingest, reread
    from summitry.reader.propositions import propositions
    from summitry.record import Record, open_record

__version__ = "0.1.0"
__all__ = [
    "ReadOptions",
    "Record",
    "__version__",
    "code_relation",
    "ingest",
    "open_record",
    "propositions",
    "read",
    "reread",
]

_HOMES = {
    "read": "summitry.api",
    "code_relation": "summitry.api",
    "propositions": "summitry.reader.propositions",
    "ingest": "summitry.ingest",
    "ReadOptions": "summitry.ingest",
    "reread": "summitry.ingest",
    "open_record": "summitry.record",
    "Record": "summitry.record",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name not in _HOMES:
        raise AttributeError(f"module 'summitry' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
