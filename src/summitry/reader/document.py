"""The parse of one article: one spaCy Doc whose token offsets are offsets of ``Article.text``.

Furniture and metadata lines are blanked and quote marks made plain before parsing, code point for code point, so
``token.idx`` needs no mapping. Sentences never cross a paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.vocabulary import Article

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """An article with its parse. ``doc[i].idx`` is the offset in ``article.text``.

    ``plain`` is the text that was parsed: as long as ``article.text``, furniture blanked by spaces, curly and angle
    quotes as ``"`` and ``'``.
    """

    article: Article
    doc: Doc
    plain: str
