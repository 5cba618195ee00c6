"""What is glued to a paragraph inside its line: datelines, agency signatures, buttons that lost their line break.

A paragraph comes apart into pieces; pieces keep their order and do not overlap.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summitry.clean.furniture import is_widget, kind_of
from summitry.clean.lines import Unit, is_closed
from summitry.clean.names import AGENCY, MONTH, SIGNER, WEEKDAY
from summitry.vocabulary import FurnitureKind, MetadataKind

# Bounded, so that an endless run of capitals is not tried from each of its letters to its end: no word of a place has
# thirty letters, no dateline names six places.
_CAPS = r"[A-ZÀ-Ý][A-ZÀ-Ý.'’-]{1,30}"
_CAPS_PLACE = rf"{_CAPS}(?:\s{_CAPS}){{0,3}}"
_NAME = r"[A-ZÀ-Ý][\w.'’-]{1,30}"
_REGION = rf",\s(?:{_NAME})(?:\s{_NAME}){{0,3}}\.?"
_DAY = rf"(?:(?:{WEEKDAY},?\s)?(?:{MONTH}\s\d{{1,2}}|\d{{1,2}}\s{MONTH})(?:,?\s\d{{4}})?)"
_SIGNED = rf"\((?:{SIGNER})(?:[\s/-][^()]{{0,30}})?\)"
_DASH = r"\s?(?:--+|[-–—―_:|])"
# Whoever signs behind a place in capitals and before a dash is an outlet, known or not.
_ANYBODY = r"\([A-ZÀ-Ý][\w.,'’&/ -]{1,40}\)"
DATELINE = re.compile(
    rf"""(?:
      (?:{_CAPS_PLACE}|{_NAME}(?:\s{_NAME}){{0,2}})(?:\s?/\s?{_CAPS_PLACE}){{0,4}}(?:{_REGION})?[,.]?\s(?:{_DAY}[,.]?\s)?{_SIGNED}(?:{_DASH}|(?=\s))
    | {_CAPS_PLACE}(?:{_REGION})?[,.]?\s(?:{_DAY}[,.]?\s)?{_ANYBODY}\s?(?:--+|[-–—―])
    | (?:{_DAY}[,.]?\s)?{_SIGNED}(?:{_DASH}|(?=\s["“‘A-Z]))
    | {_CAPS_PLACE}(?:\s?/\s?{_CAPS_PLACE}){{0,4}}(?:{_REGION})?(?:[,.]\s{_DAY})?
      (?:\s?(?:--+|[–—―])|\s-(?=\s)|\s_(?=\s))
    | {_CAPS_PLACE}(?:{_REGION})?,\s{_DAY}[.:]
    )\s*""",
    re.VERBOSE,
)  # fmt: skip
_AGENCY_TAIL = re.compile(
    rf"(?<=[.!?”\"’')])\s*(?:[(\[]\s?({AGENCY}(?:\s?[-/,]\s?{AGENCY})*)\s?[)\]]|[-–—/]+\s?({AGENCY}))\s*$"
)
_AGENCY_INSIDE = re.compile(rf"(?<=[.!?”\"’')])\s*\(({AGENCY})\)(?=\S)")
_SENTENCE_END = re.compile(r"(?<=[a-z\d]{2})[.!?][\"'”’)\]]{0,3}")
_TAIL_CHARS = 90  # glued rows of buttons are short; anything longer is text
# No image begins within the words or the address of another: a row of openings is not searched from each to the end.
_EDGE_IMAGE = re.compile(r"(?:!\[(?:[^\]!]|!(?!\[))*+\]\((?:[^)!]|!(?!\[))*+\)\s*+(?:\|\s*+)?+)++")
_LEAD_PHRASE = re.compile(
    r"(?:Story highlights|Play Video \d+:\d\d|Media playback is (?:not |un)supported on your device"
    r"|Advertisement|ADVERTISEMENT|Story Continued Below"
    r"|Skip Twitter post \d* ?by @\w+)\s+(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph. ``furniture`` or ``metadata`` is its label; body pieces have neither."""

    start: int
    end: int
    text: str
    unit: Unit
    furniture: FurnitureKind | None = None
    metadata: MetadataKind | None = None


def pieces(unit: Unit, *, first: bool) -> list[Piece]:
    """The parts of one paragraph in order.

    Args:
        unit: the paragraph.
        first: whether datelines without a dash ("(CNN) The ...") may stand here.
    """
    low, high = 0, len(unit.text)
    head: list[Piece] = []
    tail: list[Piece] = []
    text = unit.text

    def piece(
        start: int, end: int, *, furniture: FurnitureKind | None = None, metadata: MetadataKind | None = None
    ) -> Piece:
        chunk = text[start:end]
        start += len(chunk) - len(chunk.lstrip())
        chunk = chunk.strip()
        return Piece(unit.start + start, unit.start + start + len(chunk), chunk, unit, furniture, metadata)

    if len(text) > 25 and kind_of(text) is None:  # a line that is furniture as a whole needs no cutting
        for pattern in (_EDGE_IMAGE, _LEAD_PHRASE):
            if (match := pattern.match(text, low)) is not None and match.end() < high:
                head.append(piece(low, match.end(), furniture="menu"))
                low = match.end()
        if (at := _glued_tail(text[low:])) is not None:
            cut = low + at
            if (inside := _AGENCY_INSIDE.search(text, low)) is not None and inside.end() == cut:
                tail = [piece(inside.start(), cut, metadata="agency")]
                tail.append(piece(cut, high, furniture=is_widget(text[cut:high]) or "menu"))
                high = inside.start()
            else:
                tail.append(piece(cut, high, furniture=is_widget(text[cut:high]) or "menu"))
                high = cut
        if (match := _AGENCY_TAIL.search(text[:high])) is not None and match.start() > 40:
            tail.insert(0, piece(match.start(), high, metadata="agency"))
            high = match.start()
        if (match := DATELINE.match(text, low, min(high, low + 140))) is not None and _is_dateline(
            match, text[match.end() : high], first
        ):
            head.append(piece(low, match.end(), metadata="dateline"))
            low = match.end()
    body = piece(low, high)
    return [*head, *([body] if body.text else []), *tail]


def _is_dateline(match: re.Match[str], rest: str, first: bool) -> bool:
    """Whether a sentence follows, as behind every dateline; one without a dash stands at the beginning only."""
    if match.group().startswith(
        ("FILE", "PHOTO", "VIDEO", "LIVE", "UPDATE", "WATCH", "ANALYSIS", "OPINION", "EDITORIAL", "BREAKING")
    ):
        return False
    if not rest:
        return match.end() > 8
    dashed = re.search(r"[-–—―_:.|]\s*$", match.group()) is not None
    starts = rest[0].isupper() or rest[0] in "\"'“‘«(`" or rest[0].isdigit()
    return starts and len(rest) > 30 and (dashed or first)


def _glued_tail(text: str) -> int | None:
    """Where a row of buttons begins that is glued to the end of a sentence; None if there is none."""
    inside = _AGENCY_INSIDE.search(text)
    if inside and len(text) - inside.end() <= _TAIL_CHARS and kind_of(text[inside.end() :]) is not None:
        return inside.end()
    for match in _SENTENCE_END.finditer(text, max(0, len(text) - _TAIL_CHARS - 4)):
        rest = text[match.end() :]
        # A number or a closed sentence behind a full stop is text; a button is neither.
        if not any(map(str.isalpha, rest)) or is_closed(rest):
            continue
        if is_widget(rest) is not None or (not rest[0].isspace() and kind_of(rest) is not None):
            return match.end()
    return None
