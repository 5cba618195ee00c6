"""Words of reports as an assistant gets them: exact, bounded, with where they stand, and nothing hidden in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

from summitry.assistant.results import Passage, When, Who
from summitry.record import Citation
from summitry.report.links import LOCAL_DESK, row_path, source_path
from summitry.report.rows import source_line
from summitry.report.words import edtf, is_rough, one_line
from summitry.signs import mixed
from summitry.vocabulary import Actor, DateInterval, Evidence

QUOTE_CHARS: Final = 500
"""Characters of a passage in a list: a long sentence. A screen of ten rows stays a small part of a conversation."""

QUOTES: Final = 3
"""Passages of one row in a list: an event that fifty reports tell needs no fifty quotes to be cited."""

# What no reader sees and a model still reads: format signs (zero width, direction, tags of plane 14), controls but tab
# and line end, variation selectors beyond the first sixteen (bytes can be hidden in them), halves of pairs. The soft
# hyphen stays: web pages are full of it.
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\ud800-\udfff]"
)


def seen(text: str) -> str:
    """Text with every sign that cannot be seen as U+FFFD, one for one, so that offsets hold."""
    return _HIDDEN.sub("\ufffd", text)


def forged(text: str) -> str | None:
    """The words that mix letters of two scripts, in a sentence; None where there are none."""
    words = mixed(text)
    return (
        f"Letters of two scripts in one word, which may pass for a name: {seen(', '.join(words[:3]))}"
        if words
        else None
    )


def line(text: str | None) -> str | None:
    """Words of a field on one line, with nothing hidden; None stays None."""
    return seen(one_line(text)) if text is not None else None


def plain_json(value: object) -> object:
    """JSON with nothing hidden in its texts."""
    if isinstance(value, str):
        return seen(value)
    if isinstance(value, Mapping):
        return {seen(str(key)): plain_json(one) for key, one in value.items()}
    return [plain_json(one) for one in value] if isinstance(value, list | tuple) else value


def when(interval: DateInterval) -> When:
    """Days with how they are known."""
    return When(date=edtf(interval), basis=seen(one_line(interval.basis)))


def who(actor: Actor | None) -> Who:
    """A party or person; nobody known is ``unknown``."""
    if actor is None:
        return Who(name="unknown")
    return Who(
        name=line(actor.name) or "unknown", code=actor.code, office=line(actor.office), anonymous=actor.anonymous
    )


def someone(actor: Actor | None) -> Who | None:
    """The same, where absent is an answer."""
    return None if actor is None else who(actor)


def published(cited: Citation) -> str:
    """When a report was published, in words."""
    return "undated" if is_rough(cited.published) else edtf(cited.published)


def outlet(cited: Citation) -> str:
    """The outlet; without one, the last part of the address."""
    return seen(source_line(cited).rpartition(", ")[0])


class Desk:
    """Where rows have their pages."""

    def __init__(self, address: str = LOCAL_DESK) -> None:
        self._address = address.rstrip("/")

    def row(self, row_id: str) -> str:
        """The permalink of a row."""
        return self._address + row_path(row_id)

    def source(self, source_id: str, row_id: str | None = None) -> str:
        """The page of a report, at the words of a row."""
        return self._address + source_path(source_id, row_id)

    def party(self, code: str) -> str:
        """The page of a party."""
        return f"{self._address}/party/{quote(code, safe='')}"


class Quotes:
    """Makes passages of evidence, from citations looked up beforehand."""

    def __init__(self, desk: Desk, cited: Mapping[str, Citation]) -> None:
        self.desk = desk
        self._cited = cited

    def passage(self, evidence: Evidence, row_id: str | None, most: int = QUOTE_CHARS) -> Passage:
        """The words of one piece of evidence, at most ``most`` characters."""
        cited = self._cited[evidence.source]
        return Passage(
            quote=seen(evidence.exact[:most]),
            outlet=outlet(cited),
            published=published(cited),
            source=evidence.source,
            start=evidence.start,
            end=evidence.end,
            cut=len(evidence.exact) > most,
            remark=forged(evidence.exact[:most]),
            via=[seen(one_line(link)) for link in evidence.attribution_chain],
            link=self.desk.source(evidence.source, row_id),
        )

    def passages(self, evidence: Sequence[Evidence], row_id: str | None, most: int = QUOTES) -> list[Passage]:
        """The first passages of a row."""
        return [self.passage(one, row_id) for one in evidence[:most]]
