"""What the desk can be told: one frozen table, which the docs print."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from summitry.errors import UsageError

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
"""Names of this machine for itself: what is bound to them no other machine reaches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of a desk; their ``help`` and defaults are what ``docs/desk.md`` prints.

    Raises:
        UsageError: a value that is not allowed.
    """

    record: Path = field(metadata={"help": "The record, one file."})
    host: str = field(default="127.0.0.1", metadata={"help": "The address to answer on; by default this machine only."})
    port: int = field(default=8642, metadata={"help": "The port, 0 for any that is free."})
    password: str | None = field(
        default=None, metadata={"help": "What a browser must give; needed on any address but this machine's own."}
    )
    names: tuple[str, ...] = field(
        default=(), metadata={"help": "Further host names that it goes by, as behind a proxy; others are refused."}
    )
    reviewer: str | None = field(default=None, metadata={"help": "Whose name reviews bear; by default the system's."})
    read_only: bool = field(default=False, metadata={"help": "No reviews: nothing in the record can be changed."})
    rows_per_page: int = field(default=100, metadata={"help": "Rows on a page, 10 to 1,000."})
    days_kept: int = field(default=8, metadata={"help": "As-of days whose answers are kept in memory, 1 to 100."})

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65535:
            raise UsageError(f"port is {self.port}; allowed: 0 to 65535")
        if not 10 <= self.rows_per_page <= 1000:
            raise UsageError(f"rows per page is {self.rows_per_page}; allowed: 10 to 1000")
        if not 1 <= self.days_kept <= 100:
            raise UsageError(f"days kept is {self.days_kept}; allowed: 1 to 100")
        if not self.password and self.host not in LOOPBACK:
            raise UsageError(
                f"host is {self.host}, which other machines reach; allowed without a password: "
                f"{', '.join(sorted(LOOPBACK))}; else give one with SUMMITRY_PASSWORD or --password-file"
            )
