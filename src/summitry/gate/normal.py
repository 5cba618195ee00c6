"""Bytes to words: one form for text and HTML in any encoding, so that names are found by bytes.

Letters are made small; white space and hyphens become spaces, and every other mark a comma: "North\\nKorea", "NORTH
KOREA" and "north-korea" are one. A character outside ASCII becomes the same commas in the page as in the name looked
for, whatever the encoding of the page was.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from summitry.encoding import wide_encoding

_SPACE: Final = ord(" ")
MARK: Final = ord(",")
"""The highest byte between words: space and comma stand below the digits and letters."""
# Besides ASCII: the last bytes, in UTF-8, of the no-break space, hyphens (U+2010-2013) and the narrow no-break space.
# They are the last bytes of accented letters too; those become the same in the name looked for.
_SPACES: Final = frozenset((*b"\t\n\v\f\r -", 0xA0, 0x90, 0x91, 0x92, 0x93, 0xAF))
_SPACED: Final = bytes(
    ord(chr(byte).lower()) if byte < 128 and chr(byte).isalnum() else _SPACE if byte in _SPACES else MARK
    for byte in range(256)
)
_DROPPED: Final = b"\xc2\xe2\x80\xad"
"""First bytes of the characters above, and the soft hyphen."""
_NO_WIDTH: Final = tuple(sign.encode() for sign in "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
"""What stands inside of words of real pages and is not seen; reading leaves it out as well."""
_PROBE_BYTES: Final = 4_096
_MARKED: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00")
# Tags that a browser sets no space for: "<b>I</b>ran" is one word. <wbr> and soft hyphens are places to break a word.
_INLINE: Final = re.compile(
    rb"</?(?:a|abbr|b|big|em|font|i|mark|small|span|strong|sub|sup|u|wbr)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_TAG: Final = re.compile(rb"</?[A-Za-z!][^<>]*>")
_HTML: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HEAD_BYTES: Final = 1_000  # room for comments before the first tag
_ENTITY: Final = re.compile(rb"&(?:#(?:x[0-9a-f]{1,6}|[0-9]{1,7})|[a-z][a-z0-9]{1,30});", re.IGNORECASE)


def as_utf8(content: bytes) -> bytes:
    """The bytes as UTF-8 or ASCII. What is neither UTF-8 nor UTF-16/32 is taken for Windows-1252: in other old
    encodings the Latin letters are at the same places."""
    # The first test costs nothing, and no text of one byte a character passes it.
    may_be_wide = content.startswith(_MARKED) or b"\0" in content[:_PROBE_BYTES]
    if may_be_wide and (wide := wide_encoding(content)) is not None:
        return content.decode(wide, "replace").encode("utf-8", "replace")
    if not content.isascii():
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            return content.decode("cp1252", "replace").encode("utf-8")
    return content


def spaced(content: bytes) -> bytes:
    """Small letters and digits, a space for each white space and hyphen, a comma for all else. Runs of three spaces and
    more, as where lines are set in, become one or two; runs of two stay, for making them one takes as long as all the
    rest of a look."""
    if content.isascii():
        page = content.translate(_SPACED)
    else:
        for sign in _NO_WIDTH:
            content = content.replace(sign, b"")  # returns at once where there is none, at the speed of memory
        page = content.translate(_SPACED, _DROPPED)
    while b"   " in page:
        page = page.replace(b"   ", b" ")
    return page


def is_html(content: bytes, media_type: str) -> bool:
    """Whether the bytes are a whole page of HTML: by its media type, or by how it begins."""
    return "html" in media_type.lower() or _HTML.search(content[:_HEAD_BYTES]) is not None


def has_markup(content: bytes) -> bool:
    """Whether tags or entities may break a name in a text that is no page of HTML."""
    return _TAG.search(content) is not None or _ENTITY.search(content) is not None


def stripped(content: bytes) -> bytes:
    """The text without tags and entities."""
    if b"<" in content:
        content = _TAG.sub(b" ", _INLINE.sub(b"", content))
    if b"&" in content:
        content = _ENTITY.sub(_character, content)
    return content


def forms_of(name: str) -> frozenset[bytes]:
    """How a name or phrase stands in a spaced page: between two words of it is one space, or where a line is wrapped
    two. Nothing for a name of no letter or digit."""
    words = spaced(name.encode("utf-8", "replace")).split()
    if not any(byte > MARK for byte in b"".join(words)):
        return frozenset()
    wrapped = (b" ".join(words[:gap]) + b"  " + b" ".join(words[gap:]) for gap in range(1, len(words)))
    return frozenset((b" ".join(words), b"  ".join(words), *wrapped))


def _character(entity: re.Match[bytes]) -> bytes:
    """What an entity stands for, in UTF-8; nothing for a soft hyphen."""
    return unescape(entity[0].decode("ascii")).encode("utf-8", "replace")
