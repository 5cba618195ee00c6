"""Which way inputs are read: one after the other, or by shards."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

from summitry.ingest.options import LARGE, ReadOptions
from summitry.intake import Meter


def by_shards(inputs: Sequence[str], options: ReadOptions, meter: Meter) -> bool:
    """Whether inputs are read by shards: where that is asked for, and where they are large."""
    if options.engine != "auto":
        return options.engine != "stream"
    asked = any(given == "-" or given.startswith(("http://", "https://")) for given in inputs)
    return not asked and _can() and (options.readings is not None or (meter.total or 0) >= LARGE)


def _can() -> bool:
    """Whether the packages for it are there; reading in one go needs none of them."""
    return all(find_spec(package) is not None for package in ("pyarrow", "msgspec"))
