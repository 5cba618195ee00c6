"""Round after round, at equal distances."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from summitry.errors import RecordUnavailable, UsageError
from summitry.watch.clock import Clock

SHORTEST: Final = 60.0
SHORTEST_FEEDS: Final = 300.0
"""Folders may be looked at each minute; a feed that is asked more often than every five may well refuse."""

_SPAN: Final = re.compile(r"(\d{1,6})\s*([smhd])")
_SECONDS: Final = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


def seconds_of(span: str, *, feeds: bool) -> float:
    """Seconds of ``30m``, ``2h``, ``1d``, ``90s``.

    Raises:
        UsageError: it is no span, or too short a one where ``feeds`` are watched.
    """
    match = _SPAN.fullmatch(span.strip().lower())
    least = SHORTEST_FEEDS if feeds else SHORTEST
    seconds = float(int(match[1]) * _SECONDS[match[2]]) if match else 0.0
    if seconds < least:
        raise UsageError(f"--every is {span!r}; allowed: {least / 60:.0f}m or more, as 30m, 2h or 1d")
    return seconds


def repeat(once: Callable[[], None], every: float, clock: Clock, tell: Callable[[str], None]) -> None:
    """Do a round now and after every ``every`` seconds, for good. A record that is busy is left to the next round."""
    due = clock.now()
    while True:
        try:
            once()
        except RecordUnavailable as error:
            tell(f"{error}; trying again in the next round")
        # From when the round was due, so that it does not wander; a round that took too long is not made up for.
        due = max(due + every, clock.now())
        clock.sleep(due - clock.now())
