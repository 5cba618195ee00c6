"""Spellings and orders of people's names: when two ways of writing are one name, and what its short forms are.

Orders: in Korean, Chinese and Vietnamese names the family name comes first ("Choe Son-hui" is later "Choe", a
Vietnamese minister also goes by the last word); Arabic and Persian names drop "al-" and "bin" parts; a Spanish bearer
of two family names goes by the first; a Burmese name is used by any run of its words.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import Final

from summitry.reader.mentions.lexicon import CHINESE_SURNAMES, KOREAN_SURNAMES, PARTICLE, VIETNAMESE_SURNAMES
from summitry.signs import mixed

_SPLIT: Final = re.compile(r"[\s.]+")
_SUFFIX: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
# Below this likeness two spellings are two names ("Jong Un" and "Jong Il" are .83 alike, "Son Hui" and "Sun-hui" .91).
_ALIKE: Final = 0.88
_NICK: Final = {
    "mike": "michael", "joe": "joseph", "bill": "william", "bob": "robert", "jim": "james", "tom": "thomas",
    "dan": "daniel",
    "tony": "anthony", "steve": "stephen", "steven": "stephen", "ben": "benjamin", "bibi": "benjamin", "binyamin":
    "benjamin", "ed": "edward", "dick": "richard", "rick": "richard", "chuck": "charles", "jeff": "jeffrey", "ron":
    "ronald", "don": "donald", "alex": "alexander", "nick": "nicholas", "sam": "samuel", "dave": "david", "matt":
    "matthew", "chris": "christopher", "jon": "jonathan", "marc": "mark", "mitch": "addison", "lindsay": "lindsey",
}  # fmt: skip


def fold(name: str) -> tuple[str, ...]:
    """The words of a name for comparing: lower case, without accents, hyphens, apostrophes and dots.

    "al-" and "el-" go; a hyphenated given name stays one word ("sonhui").
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    words: list[str] = []
    for word in _SPLIT.split(plain.replace("'", "").replace("`", "")):
        parts = [part for part in word.split("-") if part]
        if len(parts) > 1 and parts[0] in PARTICLE:
            parts = parts[1:]
        joined = "".join(parts)
        if joined and joined not in _SUFFIX:
            words.append(joined)
    return tuple(word for word in words if word not in PARTICLE) or tuple(words)


def family_first(name: str) -> bool:
    """Whether the family name comes first: by the surname and the shape of what follows.

    "Kim Jong Un", "Kim Jong-un", "Wang Yi", "Xi Jinping", "Nguyen Phu Trong"; not "Kim Darroch" or "Lee Smith".
    """
    words = name.split()
    if len(words) < 2:
        return False
    first = words[0].lower()
    rest = words[1:]
    if first in KOREAN_SURNAMES:
        # Two syllables: hyphenated, apart, or (China, and Korea at times) in one; a syllable has six letters at most.
        if len(rest) == 1 and "-" in rest[0]:
            return True
        if len(rest) == 2 and all(len(word) <= 6 for word in rest):
            return True
    if first in CHINESE_SURNAMES and len(rest) == 1 and _syllables(rest[0]) <= 2 and _pinyin(rest[0]):
        return True
    return first in VIETNAMESE_SURNAMES and len(rest) >= 2


_PINYIN: Final = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:i?ang|i?ong|u?ang|[aeiou]ng|ian|u?an|[aeiu]n|i?ao|u?ai|[ei]i|uo|ou|iu|ui|ue|"
    r"i[ae]|ua|er|[aeiou])"
)


def _pinyin(word: str) -> bool:
    return re.fullmatch(f"(?:{_PINYIN.pattern}){{1,2}}", word.lower().replace("-", "").replace("'", "")) is not None


def _syllables(word: str) -> int:
    return len(re.findall(r"[aeiou]+", word.lower()))


def short_forms(name: str) -> tuple[tuple[str, ...], ...]:
    """The folded runs of words a name may be shortened to, likeliest first; the full name is not among them."""
    words = fold(name)
    if len(words) < 2:
        return ()
    if family_first(name):
        forms = [words[:1], words[1:]]
        if words[0] in VIETNAMESE_SURNAMES:
            forms.append(words[-1:])
        return tuple(forms)
    forms = [words[at:] for at in range(len(words) - 1, 0, -1)]
    # Two family names: the one before the last; and a Burmese or Arabic name by its middle.
    forms += [words[at : at + 1] for at in range(len(words) - 2, 0, -1)]
    return tuple(forms)


def given_name(name: str) -> str:
    """The first given name as written: the second word where the family name comes first."""
    words = name.split()
    return words[1] if family_first(name) else words[0]


def same_name(one: str, other: str) -> bool:
    """Whether two full names are spellings of one: hyphens, accents, initials, nicknames, middle names."""
    a, b = fold(one), fold(other)
    joined_a, joined_b = "".join(a), "".join(b)
    if joined_a == joined_b:
        return True
    if len(a) < 2 or len(b) < 2:
        return False
    first = family_first(one) or family_first(other)
    if first:
        return (
            a[0] == b[0]
            and len(joined_a) >= 8
            and len(joined_a) == len(joined_b)
            and sum(x != y for x, y in zip(joined_a, joined_b, strict=True)) == 1
            and joined_a[-2:] == joined_b[-2:]
        )
    if not _alike(a[-1], b[-1]):
        # "Mohammad Zarif" and "Mohammad Javad Zarif Khansari": one a run of the other.
        shorter, longer = sorted((a, b), key=len)
        return len(shorter) >= 2 and any(
            longer[at : at + len(shorter)] == shorter for at in range(len(longer) - len(shorter) + 1)
        )
    x, y = _NICK.get(a[0], a[0]), _NICK.get(b[0], b[0])
    if x == y or _alike(x, y):
        return True
    if min(len(x), len(y)) == 1:
        return x[0] == y[0]
    # A middle name dropped at the front: "Javad Zarif".
    return set(a) < set(b) or set(b) < set(a)


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 5 or one[0] != other[0] or mixed(one) or mixed(other):
        # A letter of another script is no slip of spelling: it passes one name off as another.
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
