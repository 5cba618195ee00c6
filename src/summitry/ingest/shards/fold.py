"""Outputs of shards into a record: each shard whole, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator

from summitry.ingest.keeping import Keeping
from summitry.ingest.shards.readings import Known, Outcome, Passed, Read, outcomes, part_counts
from summitry.ingest.shards.shard import part_name
from summitry.ingest.shards.types import Shard


def fold(keeping: Keeping, out: str, shard: Shard) -> None:
    """Write the readings of a shard that is whole into the record. A shard that was folded before changes nothing.

    Raises:
        RecordError: the record cannot be written.
        ShardError: the output cannot be read.
    """
    with keeping.record.transaction():
        for outcome in outcomes_of(out, shard.name):
            match outcome:
                case Read(head, reading):
                    keeping.add(head, reading)
                case Known(head):
                    keeping.again(head)
                case Passed(head, why, reason):
                    keeping.pass_over(head.uri, why, reason)
                case _:
                    keeping.reject(outcome)
        keeping.note_passed(shard.name, shard.place)


def outcomes_of(out: str, name: str) -> Iterator[Outcome]:
    """What the reports of a shard came to, in order, part by part."""
    part = 0
    while (found := part_counts(out, part_name(name, part))) is not None:
        yield from outcomes(out, part_name(name, part))
        if found.last:
            return
        part += 1
