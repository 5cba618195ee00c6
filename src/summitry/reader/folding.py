"""Text as it is read: without signs that nobody sees, letters with their accents as one sign, letters of fonts plain.

"Wash<U+200B>ington" is Washington for everybody who sees the page, so it is read as that; every offset and all exact
words of a row are of the article's own text again afterwards. Letters of another script that only look alike
(a Cyrillic а) stay what they are: two names that Unicode holds apart are two names.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

from summitry.signs import INVISIBLE
from summitry.vocabulary import Article, Evidence, LabelledSpan, Mention, Reading, Span, TimeExpression

T = TypeVar("T")
AnySpan = TypeVar("AnySpan", Span, LabelledSpan)

_MARKS: Final = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
# Letters and digits that Unicode calls another one's form: ligatures, full width, mathematical fonts, in a circle or
# square. Not those that mean something else there: "m²", "½", "™", "№".
_FORMS: Final = (
    "\ufb00-\ufb06\uff01-\uff5e\u2102\u210a-\u2113\u2115\u2119-\u211d\u2124\u2128\u212c-\u2131\u2133\u2134\u24b6-\u24e9"
    "\U0001d400-\U0001d7ff\U0001f130-\U0001f149"
)
_SIGN: Final = re.compile(
    # A letter with the marks on it, whatever hides between; a form; a run of signs that are not seen.
    f"[^\\s{INVISIBLE}{_MARKS}](?:[{INVISIBLE}]*+[{_MARKS}]++)++|[{_FORMS}]|[{INVISIBLE}]++"
)
_ANY: Final = re.compile(f"[{INVISIBLE}{_MARKS}{_FORMS}]")
_DROPPED: Final = re.compile(f"[{INVISIBLE}]+")
_LEFT: Final = re.compile(f"[{_MARKS}]+")


@dataclass(frozen=True, slots=True)
class Folding:
    """An article as it is read, and the way back: code point ``i`` of the text of ``article`` stands for code points
    ``[starts[i], ends[i])`` of the text of ``original``."""

    original: Article
    article: Article
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, article: Article) -> Folding | None:
        """The folding of an article; None where there is nothing to fold: nearly always."""
        text = article.text
        if text.isascii() or _ANY.search(text) is None:
            return None
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for found in _SIGN.finditer(text):
            start, end = found.span()
            parts.append(text[at:start])
            starts += range(at, start)
            ends += range(at + 1, start + 1)
            plain = _plain(found[0])
            parts.append(plain)
            starts += [start] * len(plain)
            ends += [end] * len(plain)
            at = end
        parts.append(text[at:])
        starts += range(at, len(text))
        ends += range(at + 1, len(text) + 1)
        folded = dataclasses.replace(article, text="".join(parts))
        made = cls(article, folded, tuple(starts), tuple(ends))
        blocks = (made._there(one) for one in article.blocks)
        # A block of nothing but hidden signs has no words to be read.
        folded = dataclasses.replace(
            folded,
            blocks=tuple(one for one in blocks if one.start < one.end),
            furniture=tuple(made._there(one) for one in article.furniture),
            metadata_spans=tuple(made._there(one) for one in article.metadata_spans),
        )
        return dataclasses.replace(made, article=folded)

    def back(self, reading: Reading) -> Reading:
        """The reading of ``article`` as one of ``original``: offsets and exact words are of its text."""
        own = dataclasses.replace(self.original, published=reading.article.published)
        parts = {
            one.name: self._back(getattr(reading, one.name))
            for one in dataclasses.fields(reading)
            if one.name != "article"
        }
        return dataclasses.replace(reading, article=own, **parts)

    def _there(self, span: AnySpan) -> AnySpan:
        start, end = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        return dataclasses.replace(span, start=start, end=max(start, end))

    def _bounds(self, start: int, end: int) -> tuple[int, int]:
        if start >= end:
            place = self.starts[start] if start < len(self.starts) else len(self.original.text)
            return place, place
        return self.starts[start], self.ends[end - 1]

    def _back(self, value: T) -> T:
        """The same with every offset moved, at any depth: all that holds offsets is a type of the vocabulary."""
        held: Any = value
        if isinstance(held, tuple):
            held = tuple(self._back(one) for one in held)
        elif isinstance(held, Evidence):
            held = Evidence.of(self.original, *self._bounds(held.start, held.end), held.attribution_chain)
        elif isinstance(held, Span | LabelledSpan):
            start, end = self._bounds(held.start, held.end)
            held = dataclasses.replace(held, start=start, end=end)
        elif isinstance(held, Mention | TimeExpression):
            start, end = self._bounds(held.start, held.end)
            held = dataclasses.replace(held, start=start, end=end, text=self.original.text[start:end])
        elif dataclasses.is_dataclass(held) and not isinstance(held, type):
            fields = {one.name: getattr(held, one.name) for one in dataclasses.fields(held)}
            moved = {name: new for name, old in fields.items() if (new := self._back(old)) is not old}
            held = dataclasses.replace(held, **moved) if moved else held
        return cast("T", held)


def _plain(sign: str) -> str:
    """What is read for a sign: nothing for hidden ones, a letter without those of its marks that no letter has."""
    shown = _DROPPED.sub("", sign)
    if not shown:
        return ""
    return _LEFT.sub("", unicodedata.normalize("NFKC" if re.match(f"[{_FORMS}]", shown) else "NFC", shown))
