"""Signs that no reader sees, and words that mix the letters of two scripts: what hides in the words of a report."""

from __future__ import annotations

import re
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
    # From one side of the seam to the other: the letters before and behind it are taken in one go (``*+``).
    f"(?<![^\\W\\d_])(?:(?=(?:[{_LATIN}]|{_BETWEEN})++[{_OTHER}])[{_LATIN}]|(?=(?:[{_OTHER}]|{_BETWEEN})++[{_LATIN}])[{_OTHER}])"
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
