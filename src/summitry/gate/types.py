"""What the gate answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from summitry.vocabulary import Source

Why = Literal["language", "length", "parties", "topic"]
"""Why a page was passed over: not English; too short or too long for a report; it names fewer than two parties of
any case; nothing in it bears on what they negotiate about."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A page that was not read, and why: ``reason`` says what was looked for and what was found."""

    why: Why
    reason: str


class LooksAt(Protocol):
    """A gate: pure and picklable, so that it works alike in every process."""

    def look(self, source: Source) -> PassedOver | None:
        """Why a page is passed over; None where it is to be read."""
