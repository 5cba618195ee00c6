"""The parse as plain columns: what every stage of mention finding looks at, taken from the Doc once."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summitry.read.document import Document


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Columns of one value a token. ``head`` is the index of the governor; ``sentence`` and ``paragraph`` are numbers
    that grow through the text; ``quoted`` says whether the token stands between double quote marks."""

    plain: str
    text: tuple[str, ...]
    low: tuple[str, ...]
    lemma: tuple[str, ...]
    pos: tuple[str, ...]
    tag: tuple[str, ...]
    dep: tuple[str, ...]
    head: tuple[int, ...]
    left: tuple[int, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]
    space: tuple[bool, ...]
    sentence: tuple[int, ...]
    paragraph: tuple[int, ...]
    quoted: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.text)

    def token_at(self, offset: int) -> int:
        """Index of the token that holds, or last starts before, the code point at ``offset``."""
        return max(bisect_right(self.start, offset) - 1, 0)

    def words(self, first: int, last: int) -> str:
        """The text of tokens ``first`` to ``last`` (both included)."""
        return self.plain[self.start[first] : self.end[last]]


def scene_of(document: Document) -> Scene:
    """The columns of a document's parse."""
    tokens = list(document.doc)
    starts = [token.idx for token in tokens]
    sentence: list[int] = []
    paragraph: list[int] = []
    quoted: list[bool] = []
    sentences = paragraphs = 0
    inside = False
    for token in tokens:
        if token.is_sent_start:
            sentences += 1
        text = token.text
        if token.is_space and "\n" in text:
            paragraphs += 1
            # A quotation that runs on opens anew in the next paragraph; a mark left open must not spill over.
            inside = False
        if text in ('"', "''", "``"):
            inside = not inside
        sentence.append(sentences)
        paragraph.append(paragraphs)
        quoted.append(inside)
    return Scene(
        plain=document.plain,
        text=tuple(token.text for token in tokens),
        low=tuple(token.lower_ for token in tokens),
        lemma=tuple(token.lemma_.lower() for token in tokens),
        pos=tuple(token.pos_ for token in tokens),
        tag=tuple(token.tag_ for token in tokens),
        dep=tuple(token.dep_ for token in tokens),
        head=tuple(token.head.i for token in tokens),
        left=tuple(token.left_edge.i for token in tokens),
        start=tuple(starts),
        end=tuple(start + len(token) for start, token in zip(starts, tokens, strict=True)),
        space=tuple(bool(token.whitespace_) for token in tokens),
        sentence=tuple(sentence),
        paragraph=tuple(paragraph),
        quoted=tuple(quoted),
    )
