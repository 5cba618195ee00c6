"""The record: one SQLite file. Open it with :func:`open_record`."""

from summitry.record.entries import Entry, Signed, Telling
from summitry.record.ledgered import Asked
from summitry.record.passed import PassedRow
from summitry.record.pending import Marks, key_of
from summitry.record.record import Record, open_record
from summitry.record.rows import Citation, DateLike, Explanation, Filters, MeetingRow, Passage, Related, SourceRow
from summitry.record.standing import Loaded, Standing

__all__ = [
    "Asked",
    "Citation",
    "DateLike",
    "Entry",
    "Explanation",
    "Filters",
    "Loaded",
    "Marks",
    "MeetingRow",
    "Passage",
    "PassedRow",
    "Record",
    "Related",
    "Signed",
    "SourceRow",
    "Standing",
    "Telling",
    "key_of",
    "open_record",
]
