"""Dates, names and quoted words as a sentence has them: "15 March 2019", “the lifting of all sanctions”."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Final

from summitry.vocabulary import DateInterval

MOST_QUOTED: Final = 150
"""Characters of quoted words in a sentence; the footnote has all of them."""

_OPEN: Final = re.compile(r"(?:^|[\s(\[—–-])‘(?:[^’]|’(?=\w))*$")
"""A quotation within that no mark closes: an apostrophe stands within a word."""
# C0 and C1 controls (a terminal obeys them) and marks that turn the writing direction of what follows.
_UNSAFE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]+")
_SPACES: Final = re.compile(r"\s+")
_OUTER: Final = " \t,;:.–—-"
_INITIALS: Final = re.compile(r"\b[A-Z]\.[A-Z]$")
_TAIL: Final = re.compile(r"(?:[,;]|(?<!\s))\s++(?:but also|and also|and|or|but|that|which|who|because|even|the|a)$")
"""Words at the end of quoted words that lead to what is not quoted any more; blanks are tried once."""
_PAIRS: Final = (("“", "”"), ('"', '"'), ("‘", "’"))


def spoken(day: date) -> str:
    """A day in words: "15 March 2019"."""
    return f"{day.day} {day:%B %Y}"


def span_of(when: DateInterval) -> str | None:
    """An interval in words: "15 March 2019", "27-28 February 2019", "June 2019", "2018"; None where it is open."""
    start, end = when.start, when.end
    if start is None or end is None:
        return None
    if start == end:
        return spoken(start)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start:%Y}" if start.year == end.year else f"{start:%Y} to {end:%Y}"
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1]:
        if (start.year, start.month) == (end.year, end.month):
            return f"{start:%B %Y}"
        return f"{start:%B %Y} to {end:%B %Y}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day} {end:%B %Y}"
    return f"{spoken(start)} to {spoken(end)}"


def on_day(when: DateInterval, otherwise: date | None = None) -> str:
    """An interval with its preposition: "on 15 March 2019", "in June 2019", "between 1 and 9 May 2019".

    ``otherwise`` is the day of the report where the interval is open: "reported on 16 March 2019". Else empty.
    """
    start, end = when.start, when.end
    if start is None or end is None:
        return f"reported on {spoken(otherwise)}" if otherwise else ""
    words = span_of(when) or ""
    if start == end:
        return f"on {words}"
    if words[:1].isdigit() and " to " in words:
        return f"between {words.replace(' to ', ' and ')}"
    return f"on {words}" if words[:1].isdigit() and "–" in words else f"in {words}"


def edtf(when: DateInterval) -> str:
    """An interval in EDTF-like words: ``2019-03-15``, ``2019-02-27/2019-02-28``, ``2019-08``, ``/2019-03-17``.

    One of which nothing is known is ``unknown``.
    """
    start, end = when.start, when.end
    if start is None and end is None:
        return "unknown"
    if start is None or end is None:
        return f"{start or ''}/{end or ''}"
    if start == end:
        return start.isoformat()
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start:%Y}" if start.year == end.year else f"{start:%Y}/{end:%Y}"
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1]:
        first, last = f"{start:%Y-%m}", f"{end:%Y-%m}"
        return first if first == last else f"{first}/{last}"
    return f"{start}/{end}"


ROUGH_DAYS = 366
"""An interval of more days dates nothing for a person: it stays in the record and is shown as no date."""


def is_rough(when: DateInterval) -> bool:
    """Whether an interval is open or so wide that a reader takes nothing from it."""
    return when.start is None or when.end is None or (when.end - when.start).days > ROUGH_DAYS


def one_line(text: str) -> str:
    """Text on one line, without anything that a terminal would obey."""
    return _SPACES.sub(" ", _UNSAFE.sub(" ", text)).strip()


def shortened(words: str, most: int = MOST_QUOTED) -> str:
    """Words cut at a word to at most ``most`` characters, the cut shown by "…"."""
    line = one_line(words)
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    head, _, tail = cut.rpartition(" ")
    return (head if head and len(tail) < 30 else cut).rstrip(_OUTER) + " …"


def quoted(words: str, most: int = MOST_QUOTED) -> str:
    """Words in quotation marks; marks within become single ones, marks left open at the ends are taken off."""
    line = _stripped(one_line(words))
    for left, right in _PAIRS:
        # A stretch of text may begin or end within a quotation.
        if line.startswith(left) and right not in line[1:]:
            line = line[1:]
        if line.endswith(right) and left not in line[:-1]:
            line = line[:-1]
        if left == right and line.count(left) % 2:
            line = line.replace(left, "")
    inner = line.strip()
    if inner[:1] in '“"' and inner[-1:] in '”"' and not re.search('[“”"]', inner[1:-1]):
        inner = inner[1:-1]
    inner = _stripped(_inner_marks(inner))
    inner = shortened(_stripped(_TAIL.sub("", inner)), most)
    # A quotation within that is cut or runs on is closed where the words end; an apostrophe within a word closes none.
    return f"“{inner}’”" if _OPEN.search(inner) else f"“{inner}”"


def _inner_marks(words: str) -> str:
    """Double quotation marks as single ones, by where they stand: opening before a word, closing behind one.

    A closing mark without an opening one is left out; the words begin within a quotation.
    """
    marked = re.sub(r'(^|[\s(\[—–-])["“]', "\\1‘", words).replace("“", "‘")
    marked = re.sub(r'["”]', "”", marked)
    out, depth = [], 0
    for sign in marked:
        if sign == "‘":
            depth += 1
        elif sign == "”":
            sign = "’" if depth else ""
            depth = max(depth - 1, 0)
        out.append(sign)
    return "".join(out)


def _stripped(words: str) -> str:
    """Words without the punctuation around them; the full stop of "U.S." stays."""
    bare = words.strip(_OUTER)
    return f"{bare}." if _INITIALS.search(bare) and words.strip().startswith(f"{bare}.", words.find(bare)) else bare


def around(words: str, at: int, most: int = MOST_QUOTED) -> str:
    """Words that are too long to be quoted, from the clause on that holds the offset ``at``; "… " before them."""
    if len(words) <= most or at <= most // 3:
        return words
    start = max(
        (words.rfind(mark, 0, at) + len(mark) for mark in (", ", "; ", ": ", " that ") if mark in words[:at]), default=0
    )
    return f"… {words[start:]}" if start else words


def listed(parts: Iterable[str]) -> str:
    """Parts as a list in a sentence: "a", "a and b", "a, b and c"; each once."""
    each = list(dict.fromkeys(parts))
    if len(each) < 2:
        return "".join(each)
    return f"{', '.join(each[:-1])} and {each[-1]}"


def capital(sentence: str) -> str:
    """The sentence with a capital first letter; the rest stays."""
    return sentence[:1].upper() + sentence[1:]


def possessive(name: str) -> str:
    """ "Belmark's", "the United States'"."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def opening(when: str) -> str:
    """The time before a sentence: "On 15 March 2019 ", "As reported on 17 March 2019, "; empty for none."""
    if not when:
        return ""
    return f"{capital(when)}, " if when.startswith("as reported") else f"{capital(when)} "


def sentence(text: str) -> str:
    """Text on one line with a capital."""
    return capital(one_line(text))


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: "1 report", "3 reports"."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"
