"""Outputs of shards into a record: each shard whole, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator

from summitry.errors import ShardError, UsageError
from summitry.ingest.keeping import Keeping
from summitry.ingest.shards.readings import Known, Outcome, Passed, Read, names, outcomes, part_counts, place_of
from summitry.ingest.shards.shard import part_name, written
from summitry.vocabulary import Rejected, Source


def fold_all(keeping: Keeping, out: str) -> None:
    """Write the readings of all shards that are whole into the record.

    Raises:
        RecordError: the record cannot be written.
        ShardError: an output is damaged, or of another version.
        UsageError: there are no readings.
    """
    first = part_name("", 0)
    shards = [name.removesuffix(first) for name in names(out) if name.endswith(first)]
    if not shards:
        raise UsageError(f"{out} holds no readings; allowed: the folder or address that read --readings wrote them to")
    for number, name in enumerate(shards):
        place = f"{out}, shard {name}"
        if written(out, name)[1] is None:
            fold(keeping, out, name, place)
        else:
            head = Source(place, b"", metadata=(("uri", place),)).head
            reason = "its readings are not whole: the run that wrote them was stopped; run it again, then fold again"
            keeping.reject(Rejected(head, "read", reason))
        keeping.tell(out, number / len(shards))


def fold(keeping: Keeping, out: str, name: str, place: str) -> None:
    """Write the readings of a shard that is whole into the record. A shard that was folded before changes nothing.

    ``place`` says where the shard lies, for a person.

    Raises:
        RecordError: the record cannot be written.
        ShardError: the output cannot be read.
    """
    with keeping.record.transaction():
        for outcome in outcomes_of(out, name):
            match outcome:
                case Read(head, reading):
                    keeping.add(head, reading)
                case Known(head):
                    keeping.again(head)
                case Passed(head, why, reason):
                    keeping.pass_over(head.uri, why, reason)
                case _:
                    keeping.reject(outcome)
        keeping.note_passed(name, place)


def outcomes_of(out: str, name: str) -> Iterator[Outcome]:
    """What the reports of a shard came to, in order, part by part.

    Raises:
        ShardError: a part is missing or damaged.
    """
    part = 0
    while (found := part_counts(out, part_name(name, part))) is not None:
        yield from outcomes(out, part_name(name, part))
        if found.last:
            return
        part += 1
    raise ShardError(
        f"{place_of(out, part_name(name, part))} is missing or cut off; run the same command again: only this part is "
        "read again"
    )
