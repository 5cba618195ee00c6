"""Bytes to words between single spaces: one form for text and HTML in any encoding, so that names are found by bytes.

Every byte that is no ASCII letter or digit becomes a space, and letters are made small: "North\\nKorea", "NORTH KOREA",
"North\u00a0Korea" and "north-korea" are one. A character outside ASCII becomes one space in the page as in the name
looked for, so that "José" is found whatever the encoding was.
"""

from __future__ import annotations

import re
from typing import Final

from summitry.encoding import wide_encoding

_SPACED: Final = bytes(
    byte if chr(byte).isdigit() and byte < 128 else ord(chr(byte).lower()) if chr(byte).isalpha() and byte < 128 else 32
    for byte in range(256)
)
_FOLLOWING: Final = bytes(range(0x80, 0xC0))
"""Bytes of UTF-8 that follow a first one: they are deleted, so that a character becomes one space."""
# What may stand within a name and is more than one space in the page as :func:`spaced` leaves it.
_BROKEN: Final = (b"<", b"&", b"  ", b" \n", b"\n ", b"-\n", b"\t", b"\xa0 ", b" \xc2\xa0", b"\n\xc2\xa0", b"\xad")
# Tags that a browser sets no space for: "<b>I</b>ran" is one word. <wbr> and soft hyphens are places to break a word.
_INLINE: Final = re.compile(
    rb"</?(?:a|abbr|b|big|em|font|i|mark|small|span|strong|sub|sup|u|wbr)(?:\s[^<>]*)?/?>|&shy;|\xc2\xad", re.IGNORECASE
)
_TAG: Final = re.compile(rb"<[^<>]*>")
_ENTITY: Final = re.compile(rb"&(?:#(?:x([0-9a-f]{1,6})|([0-9]{1,7}))|[a-z][a-z0-9]{1,30});?", re.IGNORECASE)
_SPACES: Final = re.compile(rb"  +")


def as_utf8(content: bytes) -> bytes:
    r"""The bytes as UTF-8 or ASCII with ``\n`` at the ends of lines. What is neither UTF-8 nor UTF-16/32 is taken for
    Windows-1252: in other old encodings the Latin letters are at the same places."""
    if (wide := wide_encoding(content)) is not None:
        content = content.decode(wide, "replace").encode("utf-8", "replace")
    elif not content.isascii():
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            content = content.decode("cp1252", "replace").encode("utf-8")
    return content.replace(b"\r\n", b"\n") if b"\r" in content else content


def spaced(content: bytes) -> bytes:
    """Small letters and digits with spaces for all else, as many as there are characters between two words."""
    return content.translate(_SPACED) if content.isascii() else content.translate(_SPACED, _FOLLOWING)


def may_break(content: bytes) -> bool:
    """Whether a name may stand in it that :func:`spaced` leaves broken: by tags, entities, or runs of white space."""
    return any(mark in content for mark in _BROKEN)


def joined(content: bytes) -> bytes:
    """As :func:`spaced`, with tags and entities taken out and one space between two words."""
    if b"<" in content or b"&" in content or b"\xad" in content:
        content = _ENTITY.sub(_character, _TAG.sub(b" ", _INLINE.sub(b"", content)))
    return _SPACES.sub(b" ", spaced(content))


def name_forms(name: str) -> frozenset[bytes]:
    """A name or phrase as it stands in what :func:`spaced` and :func:`joined` give."""
    plain = spaced(name.encode("utf-8", "replace")).strip()
    return frozenset((plain, _SPACES.sub(b" ", plain))) - {b""}


def _character(entity: re.Match[bytes]) -> bytes:
    """The ASCII letter or digit a numeric entity stands for; a space for all others."""
    number = int(entity[1], 16) if entity[1] else int(entity[2] or 32)
    return bytes((number,)) if number < 128 else b" "
