"""What to do with a shard on which a process died: once more, with more care, and at last without what it died on."""

from __future__ import annotations

from typing import Final

from summitry.ingest.shards.types import At, Care, Failed, Shard

STRIKES: Final = 3
"""Deaths at one and the same place of a shard after which the place is given up. Once may be chance, a killer of
processes that are out of memory takes any; three times on the report that was taken up alone is the report."""

LOSSES: Final = 10
"""Machines lost while they read a shard after which it is given up. Machines are lost for many reasons, and cheap ones
are taken back all the time; ten in a row with one shard are no chance."""


class Strikes:
    """The deaths of a run so far, by shard."""

    def __init__(self) -> None:
        self._strikes: dict[str, tuple[At, int]] = {}
        self._losses: dict[str, int] = {}
        self._care: dict[str, Care] = {}

    def died(self, shard: Shard, at: At) -> Care | Failed:
        """A process died: the reports it was at are read one by one, then without the one it was."""
        before, strikes = self._strikes.get(shard.name, (None, 0))
        strikes = strikes + 1 if before == at else 1
        self._strikes[shard.name] = (at, strikes)
        care = self._care.get(shard.name, Care())
        if len(at.now) > 1:
            care = Care(care.alone | set(at.now), care.doomed)
        elif strikes >= STRIKES and at.now:
            care = Care(care.alone, care.doomed | set(at.now))
        elif strikes >= STRIKES:
            return self._failed(
                shard, "a process dies each time it takes this in, before it reads a report; look at the file"
            )
        self._care[shard.name] = care
        return care

    def lost(self, shard: Shard) -> Care | Failed:
        """The whole machine is gone: nothing against the reports, unless it is so each time."""
        losses = self._losses[shard.name] = self._losses.get(shard.name, 0) + 1
        if losses >= LOSSES:
            return self._failed(shard, f"{losses} machines were lost while they read this; look at the file")
        return self._care.get(shard.name, Care())

    def done(self, shard: Shard) -> None:
        """It is read: nothing need be remembered of it."""
        for kept in (self._strikes, self._losses, self._care):
            kept.pop(shard.name, None)

    def _failed(self, shard: Shard, reason: str) -> Failed:
        self.done(shard)
        return Failed(shard, reason)
