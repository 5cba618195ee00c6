"""Signs that no reader sees, words that mix the letters of two scripts, letters that were decoded wrong: what is not as
it looks in the words of a report."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Final

INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Inside of a character class of a pattern: Unicode's Default_Ignorable_Code_Point (soft hyphen, marks of no width and
of direction, fillers, variation selectors, tags), and the marks of annotations. None is a letter of any word."""

# Letters of Cyrillic, Greek, Armenian, Cherokee, Coptic and Lisu; of Greek only those that look like a Latin one, for
# "μg" and "ΔT" are units.
_OTHER: Final = (
    "\u037f\u0391\u0392\u0395-\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03b1\u03b9\u03bd\u03bf"
    "\u03c1\u03c5\u03f2\u03f3\u03f9\u0400-\u0481\u048a-\u052f\u0531-\u0556\u0561-\u0587\u13a0-\u13fd\u1c80-\u1c88"
    "\u2c80-\u2cee\ua4d0-\ua4f7\uab70-\uabbf"
)
_LATIN: Final = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
# Letters of other scripts that are drawn as a Latin one: a word of these alone passes for a Latin word too.
_LOOKS_LATIN: Final = (
    "\u0391\u0392\u0395-\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd\u0405\u0406\u0408"
    "\u0410\u0412\u0415\u041a\u041c-\u041e\u0420-\u0422\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456"
    "\u0458\u0475\u04ae\u04af\u04bb\u04c0\u04cf\u0501\u051b\u051d"
)
_ANY_OTHER: Final = re.compile(f"[{_OTHER}]")
_BETWEEN: Final = f"[{INVISIBLE}\u0300-\u036f]"
_LETTER: Final = f"[{_LATIN}{_OTHER}]"
MIXED: Final = re.compile(
    # From one side of the seam to the other: the letters before and behind it are taken in one go (``*+``). No word has
    # 80 letters and marks before its seam; endless ones would be tried from each letter behind a mark.
    f"(?<![^\\W\\d_])(?:(?=[{_LATIN}](?:[{_LATIN}]|{_BETWEEN}){{0,80}}+[{_OTHER}])[{_LATIN}]"
    f"|(?=[{_OTHER}](?:[{_OTHER}]|{_BETWEEN}){{0,80}}+[{_LATIN}])[{_OTHER}])"
    f"(?:{_LETTER}|{_BETWEEN})*+"
    f"|(?<![^\\W\\d_])[{_LOOKS_LATIN}]{{3,}}+(?![^\\W\\d_])"
)
"""A word of letters of two scripts ("Irаn" with a Cyrillic а), or of letters that all look Latin and are not. Words of
three letters and more of the second kind: shorter ones are words of Russian as often."""


def mixed(text: str) -> tuple[str, ...]:
    """The words of ``text`` that mix the letters of two scripts, each once, as they stand."""
    # Most text has curly quotes and accents, and no letter of the other scripts.
    if text.isascii() or _ANY_OTHER.search(text) is None:
        return ()
    return tuple(dict.fromkeys(found[0] for found in MIXED.finditer(text)))


_HIDDEN: Final = re.compile(f"[{INVISIBLE}]")
# UTF-8 that was taken for Windows-1252 once ("â€™" for ’, "Ã©" for é), and what such a mistake leaves of a byte.
_GARBLED: Final = re.compile(
    "\ufffd|[\x80-\x84\x86-\x9f]|â(?:€[\u2122\u0153\u02dc\u201c\u201d\u201e\u0153¦¢\x9d˜™]|\x80[\x80-\xbf])"
    "|Ã[\x80-\xbf\u0192\u2018-\u2022\u20ac\u2122\u0152\u0153\u0160\u0161\u017d\u017e\u0178\u02c6\u02dc\u2026\u2030\u2039\u203a]"
)
_SHOWN: Final = 3
"""Examples in a remark: enough to see what it is about."""


def remarks(text: str) -> tuple[str, ...]:
    """What whoever trusts the words of a report must know of its letters, a sentence each; nothing for nearly all."""
    if text.isascii():
        return ()
    found = []
    if words := mixed(text):
        named = ", ".join(f"{word} ({'; '.join(_strangers(word))})" for word in map(_shown, words[:_SHOWN]))
        found.append(
            f"{_counted(len(words), 'word mixes', 'words mix')} letters of two scripts, which look alike, and "
            f"{'is' if len(words) == 1 else 'are'} taken for nobody's name: {named}{_more(len(words))}."
        )
    hidden = Counter(sign[0] for sign in _HIDDEN.finditer(text))
    if hidden:
        named = ", ".join(f"U+{ord(sign):04X}" for sign, _ in hidden.most_common(_SHOWN))
        total = sum(hidden.values())
        found.append(
            f"{_counted(total, 'sign', 'signs')} that nobody sees {'stands' if total == 1 else 'stand'} in the text "
            f"and {'was' if total == 1 else 'were'} passed over in reading: {named}{_more(len(hidden))}."
        )
    garbled = Counter(sign[0] for sign in _GARBLED.finditer(text))
    if garbled:
        named = ", ".join(_shown(sign) for sign, _ in garbled.most_common(_SHOWN))
        total = sum(garbled.values())
        found.append(
            f"{_counted(total, 'letter was', 'letters were')} decoded wrong, here or before: "
            f"{named}{_more(len(garbled))}. The report was not in the encoding that it named, or lost them on its way."
        )
    return tuple(found)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _more(number: int) -> str:
    return ", and more" if number > _SHOWN else ""


def _shown(word: str) -> str:
    """At most 40 characters with nothing hidden in them."""
    return "".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in _HIDDEN.sub("", word)[:40])


def _strangers(word: str) -> list[str]:
    """The letters of the script of which the word has fewer, by Unicode's names for them."""
    other = list(dict.fromkeys(_ANY_OTHER.findall(word)))
    return [f"{sign} is {unicodedata.name(sign, 'unnamed').lower()}" for sign in other[:_SHOWN]]
