"""Which pages are looked at before they are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from summitry.gate.types import LooksAt, PassedOver
from summitry.vocabulary import Source

_CRAWL: Final = re.compile(r"\.(?:warc|wet)(?:\.\w{2,4})?(?:#.*)?\Z", re.IGNORECASE | re.DOTALL)


class Gating:
    """The gate of a run. ``wanted`` is whether pages are looked at; None: those of crawls are, for of those most bear
    on nothing that is asked about. ``cases`` as the reader is asked for them: None is any case."""

    def __init__(self, wanted: bool | None, cases: Sequence[str] | None) -> None:
        self._wanted = wanted
        self._cases = cases
        self._gate: LooksAt | None = None

    def look(self, source: Source) -> PassedOver | None:
        """Why a page is not to be read; None where it is."""
        wanted = is_crawl(source.uri) if self._wanted is None else self._wanted
        if not wanted:
            return None
        if self._gate is None:  # made when first needed: a run without crawls needs nothing of it
            from summitry.gate import Gate

            self._gate = Gate.of(self._cases)
        return self._gate.look(source)


def is_crawl(uri: str) -> bool:
    """Whether a file, or a page of it, is of a crawl by its name: ``x.warc.gz``, ``x.wet#120``."""
    return _CRAWL.search(uri) is not None
