"""The parse as plain columns: what every stage of mention finding looks at, taken from the Doc once."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from summitry.reader.document import Document

_STRINGS: Final = ("ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP")
_NUMBERS: Final = ("HEAD", "SENT_START", "SPACY", "IDX", "LENGTH")


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
    start: tuple[int, ...]
    end: tuple[int, ...]
    space: tuple[bool, ...]
    sentence: tuple[int, ...]
    paragraph: tuple[int, ...]
    quoted: tuple[bool, ...]
    proper: frozenset[str] = frozenset()
    """Words tagged as proper names inside a sentence: at the start of one the tagger knows less."""

    def __len__(self) -> int:
        return len(self.text)

    def token_at(self, offset: int) -> int:
        """Index of the token that holds, or last starts before, the code point at ``offset``."""
        return max(bisect_right(self.start, offset) - 1, 0)

    def words(self, first: int, last: int) -> str:
        """The text of tokens ``first`` to ``last`` (both included)."""
        return self.plain[self.start[first] : self.end[last]]

    def left_edge(self, token: int) -> int:
        """The first token of the unbroken stretch before ``token`` that depends on it."""
        edge = token
        while edge > 0 and self._depends(edge - 1, token):
            edge -= 1
        return edge

    def _depends(self, token: int, on: int) -> bool:
        for _ in range(12):
            if token == on:
                return True
            if self.head[token] == token:
                return False
            token = self.head[token]
        return False


def scene_of(document: Document) -> Scene:
    """The columns of a document's parse. Arrays, for asking each token for each value costs more than all the rest."""
    doc = document.doc
    table: Any = doc.to_array([*_STRINGS, *_NUMBERS])
    columns = table.T.tolist()
    strings = doc.vocab.strings
    words: dict[int, str] = {}
    for column in columns[: len(_STRINGS)]:
        for value in set(column):
            words[value] = strings[value]
    text, low, lemma, pos, tag, dep = (tuple(map(words.__getitem__, column)) for column in columns[: len(_STRINGS)])
    # Offsets to the governor are signed, in an array that is not.
    heads, starts, spaces, idx, length = columns[len(_STRINGS) :]
    head = tuple(token + (step - (1 << 64) if step >> 63 else step) for token, step in enumerate(heads))
    sentence: list[int] = []
    paragraph: list[int] = []
    quoted: list[bool] = []
    sentences = paragraphs = 0
    inside = False
    fresh = True
    for word, opens in zip(text, starts, strict=True):
        if opens == 1:
            sentences += 1
        if "\n" in word:
            fresh = True
            # A quotation that runs on opens anew in the next paragraph; a mark left open must not spill over.
            inside = False
        elif fresh and not word.isspace():
            paragraphs += 1
            fresh = False
        if word in ('"', "''", "``"):
            inside = not inside
        sentence.append(sentences)
        paragraph.append(paragraphs)
        quoted.append(inside)
    return Scene(
        plain=document.plain,
        text=text,
        low=low,
        lemma=tuple(map(str.lower, lemma)),
        pos=pos,
        tag=tag,
        dep=dep,
        head=head,
        start=tuple(idx),
        end=tuple(map(int.__add__, idx, length)),
        space=tuple(map(bool, spaces)),
        sentence=tuple(sentence),
        paragraph=tuple(paragraph),
        quoted=tuple(quoted),
        proper=frozenset(
            word for word, kind, opens in zip(text, tag, starts, strict=True) if kind == "NNP" and opens != 1
        ),
    )
