"""The record: one SQLite file with everything read, each row on the words it came from.

::

    with open_record("talks.db", create=True) as record:
        record.add(reading, source)
        for event in record.timeline(party="PRK", since="2019-06"):
            print(event.date.start, event.summary)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Unpack

from summitry import ledger
from summitry.record import copies, entries, pending, queries
from summitry.record.connection import connect, translated
from summitry.record.desk import Desk
from summitry.record.entries import Entry, Signed, Telling
from summitry.record.explaining import passages_of
from summitry.record.ledgered import Asked, filters_of
from summitry.record.loading import load_article, load_citations, load_events, load_reading, load_told
from summitry.record.opening import Opening
from summitry.record.pending import Marks
from summitry.record.rows import (
    Citation,
    MeetingRow,
    Passage,
    SourceRow,
)
from summitry.record.said import Marked, OfficeTold, find_said, mark_said, names_held, office_words, offices_told
from summitry.record.search import search_sentences
from summitry.record.store import about_the_file, asking
from summitry.record.tabular.frames import tabled
from summitry.review.people import Names
from summitry.vocabulary import Article, DateInterval, Event, Evidence, KnownEvent, Reading, Statement


def open_record(path: str | Path, *, create: bool = False, read_only: bool = False, one_thread: bool = True) -> Record:
    """Open a record; with ``create`` make it if there is none.

    Several processes may read while one writes. A record is of the thread that opened it; without ``one_thread``
    others may use it too, one at a time, for which the caller sees.

    Raises:
        NotARecord: the file is something else; it is left as it is.
        NewerRecord: a later summitry wrote it.
        RecordUnavailable: missing, locked, not permitted, or on a full disk.
    """
    where = Path(path)
    return Record(where, connect(where, create=create, read_only=read_only, one_thread=one_thread))


class Record(Opening):
    """An open record. Make it with :func:`open_record`; use it as a context manager, in one thread.

    Every method that changes something is one transaction, or part of the one that :meth:`transaction` opened: whatever
    happens, the file holds whole reports only. All methods raise RecordError where the file fails.
    """

    @property
    def review(self) -> Desk:
        """The reviews of this record: accept, reject, edit, add, merge, split, undo, and what they come to."""
        return Desk(self)

    # ── merging ────────────────────────────────────────────────────────────────────────────────────────────────────

    @about_the_file
    def replace_entries(self, changed: Iterable[Entry], removed_ids: Iterable[str] = ()) -> None:
        """Take out the entries ``removed_ids``; write ``changed``, each with the article-level events it merges.

        Only what differs from what is there is written. A member leaves the entry it was in before.

        Raises:
            EvidenceError: evidence that does not stand in a stored report; nothing is written.
            UsageError: an entry without members, or a member that is not in the record; nothing is written.
        """
        with self.transaction():
            entries.replace_entries(self._connection, changed, removed_ids)

    @asking
    def merged_events(self, ids: Sequence[str] | None = None) -> list[Entry]:
        """Entries with the ids of the article-level events they merge; all of them, by id, for None."""
        if ids is None:
            ids = [row[0] for row in self._connection.execute("SELECT id FROM events ORDER BY id")]
        return entries.load_entries(self._connection, ids)

    @asking
    def unmerged_events(self) -> list[Event]:
        """Article-level events that no entry merges, in the order they were read."""
        rows = self._connection.execute(
            "SELECT event_mentions.id FROM event_mentions JOIN sources ON sources.id = source_id "
            "WHERE event_mentions.id NOT IN (SELECT mention_id FROM event_links) ORDER BY sources.number, position"
        )
        return load_events(self._connection, "event_mentions", [row[0] for row in rows])

    @asking
    def tellings(self, ids: Sequence[str]) -> list[Telling]:
        """Article-level events with the date of their report, in the order of the ids."""
        return entries.tellings(self._connection, ids)

    @about_the_file
    def sign(self, signed: Mapping[str, Signed]) -> None:
        """Say what merging compares of article-level events, in place of what was said of them.

        Raises:
            UsageError: an event that is not in the record; nothing is written.
        """
        with self.transaction():
            entries.sign(self._connection, signed)

    @about_the_file
    def drop_signatures(self, numbers: Mapping[int, Iterable[str]]) -> None:
        """Take out those of the signatures, each with its keys, that no event has any more."""
        with self.transaction():
            entries.drop_signatures(self._connection, numbers)

    @asking
    def signatures(self, numbers: Iterable[int]) -> dict[int, str]:
        """The words of the signatures that are in the record, by number."""
        return entries.known_signatures(self._connection, numbers)

    @asking
    def signatures_with_keys(self, keys: Iterable[str]) -> dict[str, list[int]]:
        """The numbers of the signatures that have each key. Costs what it finds, not the size of the record."""
        return entries.with_keys(self._connection, keys)

    @asking
    def signed(self, mention_ids: Iterable[str]) -> dict[str, int]:
        """The number of the signature of each article-level event; events of none are left out."""
        return entries.signed(self._connection, mention_ids)

    @asking
    def tellers(self, numbers: Iterable[int]) -> dict[int, list[str]]:
        """The ids of the article-level events of each signature; signatures of none are left out."""
        return entries.tellers(self._connection, numbers)

    @asking
    def entries_of_signatures(self, numbers: Iterable[int]) -> dict[int, str]:
        """The entry that the events of each signature are in; signatures of none are left out."""
        return entries.entries_of_signatures(self._connection, numbers)

    @asking
    def signatures_of_entries(self, entry_ids: Iterable[str]) -> dict[str, list[int]]:
        """The numbers of the signatures of the events of each entry."""
        return entries.signatures_of_entries(self._connection, entry_ids)

    @asking
    def entries_of(self, mention_ids: Iterable[str]) -> dict[str, str]:
        """The entry each article-level event is in; events of none are left out."""
        return entries.entries_of(self._connection, mention_ids)

    @asking
    def members_of(self, entry_ids: Iterable[str]) -> dict[str, list[str]]:
        """Ids of the article-level events of each entry, in order."""
        return entries.members_of(self._connection, entry_ids)

    @about_the_file
    def add_shingles(self, source_id: str, hashes: Iterable[int]) -> None:
        """Keep the sentence shingles of a source: 64-bit hashes, signed or not."""
        with self.transaction():
            copies.add(self._connection, source_id, hashes)

    @asking
    def shingle_sources(self, hashes: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """The sources that have each shingle, by hash; hashes of no source are left out."""
        return copies.find(self._connection, hashes)

    @asking
    def sharing(self, hashes: Iterable[int], fewest: int = 1) -> dict[str, int]:
        """How many of the shingles each source has, by its id; sources with fewer than ``fewest`` are left out."""
        return copies.shared(self._connection, hashes, fewest)

    @asking
    def shingle_counts(self, source_ids: Iterable[str]) -> dict[str, int]:
        """How many shingles each source has."""
        return copies.count(self._connection, source_ids)

    @asking
    def originals(self, source_ids: Iterable[str]) -> dict[str, str]:
        """The original of each source that is a copy; others are left out."""
        return copies.originals(self._connection, source_ids)

    @asking
    def copies_of(self, source_id: str) -> tuple[str, ...]:
        """The sources that are copies of one, in the order they were read."""
        return copies.copies_of(self._connection, source_id)

    def keep_pages(self, mebibytes: int) -> None:
        """Let SQLite keep so much of the file in memory, from now on: for when much is written to all parts of it."""
        with translated(self.path):
            self._connection.execute(f"PRAGMA cache_size = {-1024 * mebibytes:d}")

    # ── reconciling ────────────────────────────────────────────────────────────────────────────────────────────────

    @asking
    def unreconciled(self) -> list[str]:
        """Ids of the reports read since the last reconciling, in that order."""
        return pending.unreconciled(self._connection)

    @about_the_file
    def mark_reconciled(self, source_ids: Iterable[str]) -> None:
        """Say that reports have been brought together with the rest of the record."""
        with self.transaction():
            pending.mark_reconciled(self._connection, source_ids)

    @about_the_file
    def set_anchors(self, source_id: str, anchors: Iterable[tuple[KnownEvent, Iterable[int]]]) -> None:
        """Keep what a dated report dates for others, each with the keys it is found by, in place of what was kept."""
        with self.transaction():
            pending.set_anchors(self._connection, source_id, anchors)

    @about_the_file
    def set_told(self, source_id: str, told: Iterable[Marks]) -> None:
        """Keep the marks of the sentences of an undated report, in place of those that were kept of it."""
        with self.transaction():
            pending.set_told(self._connection, source_id, told)

    @asking
    def anchors_told(self, source_id: str, first: date | None, last: date | None) -> list[KnownEvent]:
        """The anchors an undated report may tell of that start between two days; None leaves that side open."""
        return pending.anchors_told(self._connection, source_id, first, last)

    @asking
    def undated_telling(self, source_id: str, before: timedelta, after: timedelta) -> list[str]:
        """Ids of the undated reports that may tell of an anchor of ``source_id``, sorted.

        Reports whose own interval begins up to ``before`` after the anchor, and ends at most ``after`` before it.
        """
        return pending.undated_telling(self._connection, source_id, before, after)

    @asking
    def is_unreconciled(self, source_id: str) -> bool:
        """Whether a report has yet to be brought together with the rest."""
        return pending.is_unreconciled(self._connection, source_id)

    @asking
    def alone(self, source_id: str) -> DateInterval:
        """The interval that a report without a stated date has by itself, without the other reports."""
        return pending.alone(self._connection, source_id)

    @asking
    def published(self, source_ids: Iterable[str]) -> dict[str, DateInterval]:
        """When sources were published."""
        return {one: cited.published for one, cited in load_citations(self._connection, source_ids).items()}

    @asking
    def events_of(self, source_id: str) -> list[str]:
        """Ids of the article-level events of a report, in text order."""
        query = "SELECT id FROM event_mentions WHERE source_id = ? ORDER BY position"
        return [row[0] for row in self._connection.execute(query, (source_id,))]

    @asking
    def data_version(self) -> int:
        """A number that changes when another process changes the record."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    # ── asking ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @asking
    def source_ids(self) -> list[str]:
        """Ids of the sources that were read, in that order."""
        rows = self._connection.execute("SELECT id FROM sources WHERE status = 'read' ORDER BY number")
        return [row[0] for row in rows]

    @asking
    def reading(self, source_id: str) -> Reading:
        """The reading of one source, equal to the one that was added.

        Raises:
            UsageError: the record has no report of that id.
        """
        return load_reading(self._connection, source_id)

    @asking
    def told(self, source_id: str) -> Reading:
        """What reconciling needs of a reading: its article, sentences, people, statements and events, the rest empty.

        People are without their offices, and the article without its lines of furniture and metadata.

        Raises:
            UsageError: the record has no report of that id.
        """
        return load_told(self._connection, source_id)

    @asking
    def article(self, source_id: str) -> Article:
        """The article of one source.

        Raises:
            UsageError: the record has no report of that id.
        """
        return load_article(self._connection, source_id)[0]

    def articles(self) -> Iterator[Article]:
        """The articles, in the order they were read, one at a time."""
        for source_id in self.source_ids():
            yield self.article(source_id)

    @tabled("sources")
    @asking
    def sources(self, **asked: Unpack[Asked]) -> list[SourceRow]:
        """Sources by publication date; see :class:`Filters`. Undated and rejected ones stand last."""
        return queries.find_sources(self._connection, filters_of(asked))

    @tabled("statements")
    @asking
    def statements(self, **asked: Unpack[Asked]) -> list[Statement]:
        """Who said what, by the day it was said or else reported; see :class:`Filters`."""
        return queries.find_statements(self._connection, filters_of(asked))

    @tabled("timeline")
    @asking
    def timeline(self, **asked: Unpack[Asked]) -> list[Event]:
        """What happened when, one row an event, undated ones where first reported; see :class:`Filters`."""
        return queries.find_events(self._connection, filters_of(asked))

    @tabled("meetings")
    def meetings(self, **asked: Unpack[Asked]) -> list[MeetingRow]:
        """The meetings of the timeline, with what other reports tell of them; see :class:`Filters`."""
        chosen = {event.id for event in self.timeline(**asked) if event.meeting}
        held = self._held(filters_of(asked), "meetings")
        return [MeetingRow.of(event) for event in ledger.meetings(held) if event.id in chosen]

    @asking
    def passages(self, evidence: Sequence[Evidence]) -> tuple[Passage, ...]:
        """Evidence with the sentences around it."""
        return passages_of(self._connection, evidence)

    @asking
    def citations(self, source_ids: Iterable[str]) -> dict[str, Citation]:
        """Outlet, headline and date of sources, by id."""
        return load_citations(self._connection, source_ids)

    @asking
    def parties(self) -> list[tuple[str, str, int]]:
        """Code, name and number of rows of each party that speaks or acts, most frequent first."""
        return queries.count_parties(self._connection)

    @asking
    def search(self, words: str, *, limit: int = 50) -> list[Passage]:
        """Sentences that hold all the words in any inflection, best first; "quoted words" as a phrase.

        Raises:
            UsageError: there is no word in ``words``.
        """
        return search_sentences(self._connection, words, limit)

    @asking
    def find_said(self, words: str) -> list[str]:
        """Ids of the statements whose own words hold all of ``words``, as :meth:`search`, best first.

        Raises:
            UsageError: there is no word in ``words``.
        """
        return find_said(self._connection, words)

    @asking
    def mark_said(self, words: str, ids: Sequence[str]) -> dict[str, tuple[str, Marked]]:
        """Of statements by id: their words, and these in parts with the ones marked that were asked for."""
        return mark_said(self._connection, words, ids)

    @asking
    def names_held(self) -> Names:
        """What reviewers hold of people's names."""
        return names_held(self._connection)

    @asking
    def offices_told(self) -> list[OfficeTold]:
        """The offices of people as reports were read, each with the report that gives it."""
        return offices_told(self._connection)

    @asking
    def office_words(self, offices: Iterable[OfficeTold]) -> dict[OfficeTold, Evidence]:
        """The words that give offices; those of none are left out."""
        return office_words(self._connection, offices)
