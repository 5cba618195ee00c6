"""Inputs read one after the other: what a desk has, addresses, standard input."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from summitry.ingest.gating import Gating
from summitry.ingest.keeping import Keeping
from summitry.ingest.work import Maker, read_sources
from summitry.intake import Meter
from summitry.vocabulary import Reading, Rejected, Source


class Stream:
    """Sources read as they come, and the order in which their outcomes are kept."""

    def __init__(self, keeping: Keeping, meter: Meter, gating: Gating) -> None:
        self._keeping = keeping
        self._meter = meter
        self._gating = gating
        # Under way: handed out to be read, not yet kept; and the same reports found again meanwhile. Bounded by what
        # is read ahead, as nothing that grows with the input is held here.
        self._under_way: dict[str, tuple[float | None, list[Source]]] = {}

    def read(self, sources: Iterator[Source | Rejected], maker: Maker, jobs: int | None) -> None:
        """Read the sources that are not known into the record.

        Raises:
            RecordError: the record cannot be written.
            InputError: a case is off, or no process can be started.
        """
        # Closed at once when writing fails: reading processes must not go on for a run that has ended.
        with closing(read_sources(self._unknown(sources), maker, jobs)) as outcomes:
            for source, outcome in outcomes:
                self._keep(source, outcome)

    def _unknown(self, sources: Iterator[Source | Rejected]) -> Iterator[Source]:
        """The sources that must be read; the others are noted on the way."""
        for source in sources:
            share = self._meter.share
            if isinstance(source, Source) and source.id in self._under_way:
                self._under_way[source.id][1].append(source)
            elif isinstance(source, Source) and not self._settled(source):
                self._under_way[source.id] = (share, [])
                yield source
            else:
                if isinstance(source, Rejected):
                    self._keeping.reject(source)
                self._keeping.tell(source.source.uri if isinstance(source, Rejected) else source.uri, share)

    def _settled(self, source: Source) -> bool:
        """Note a source that is known, or that the gate passes over."""
        if self._keeping.record.has(source.id):
            self._keeping.again(source)
        elif (passed := self._gating.look(source)) is not None:
            self._keeping.pass_over(source.uri, passed.why, passed.reason)
        else:
            return False
        return True

    def _keep(self, source: Source, outcome: Reading | Rejected) -> None:
        """Write what reading a source came to, and where else it was found."""
        share, again = self._under_way.pop(source.id)
        outcome = self._keeping.add(source, outcome)
        for other in again:
            if isinstance(outcome, Rejected):
                self._keeping.reject(Rejected(other, outcome.stage, outcome.reason))
            else:
                self._keeping.again(other)
        self._keeping.tell(source.uri, share)
