"""The exceptions summitry raises, in one tree.

::

    SummitryError
    ├── InputError            something handed in cannot be used
    │   ├── UnreadableSource  bytes that are no report (also kept in the record as rejected)
    │   ├── CaseError         a case file is off
    │   └── UsageError        an argument or option is off
    ├── EvidenceError         words that do not stand where a row says they stand
    ├── ShardError            readings kept on the way to a record cannot be written or used
    └── RecordError           the record file cannot be used
        ├── NotARecord        another program's file
        ├── NewerRecord       a record written by a later version
        └── RecordUnavailable locked, read-only, missing, or on a full disk

Every message names the thing, the value found, what is allowed and the next step.
"""

from __future__ import annotations


class SummitryError(Exception):
    """Base of every error that summitry raises on purpose."""


class InputError(SummitryError):
    """Something handed in cannot be used."""


class UnreadableSource(InputError):
    """Bytes that cannot be read as a report.

    Attributes:
        stage: where it failed: ``fetch``, ``decode``, ``unpack``, ``parse``, ``clean``, ``language`` or ``read``.
        reason: one line for a person.
    """

    def __init__(self, stage: str, reason: str) -> None:
        super().__init__(reason)
        self.stage = stage
        self.reason = reason


class CaseError(InputError):
    """A case file does not say what a case must say."""


class UsageError(InputError):
    """An argument or option has a value that is not allowed."""


class EvidenceError(SummitryError):
    """The words of a row do not stand at the offsets the row gives."""


class ShardError(SummitryError):
    """Readings that are kept on the way to a record cannot be written or used."""


class RecordError(SummitryError):
    """The record file cannot be used."""


class NotARecord(RecordError):
    """The file is not a summitry record."""


class NewerRecord(RecordError):
    """The record was written by a later version of summitry."""


class RecordUnavailable(RecordError):
    """The record cannot be opened or written just now."""
