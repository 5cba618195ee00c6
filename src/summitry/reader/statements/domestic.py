"""Whose officials are meant where a report leaves the country out: "senators", "the administration", "lawmakers"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from summitry.reader.statements.speaker import FORMER, OUTSIDE
from summitry.vocabulary import Actor

if TYPE_CHECKING:
    from summitry.reader.document import Document
    from summitry.reader.statements.speaker import Mentions

# American institutions that English-language reports name without the country. Party names in capitals alone.
_AMERICAN: Final = re.compile(
    r"\b(?i:congress(?:ional|man|woman|men|women)?|senat(?:e|ors?)|capitol hill|white house|state department|pentagon"
    r"|(?:justice|treasury|defense) department|administration)\b"
    r"|\b(?:Republicans?|Democrats?|Democratic|GOP)\b"
)
_LAWMAKER: Final = re.compile(r"\b(?:lawmaker|legislator|parliamentarian|MP|deput(?:y|ie))s?\b")
_PARTISANS: Final = frozenset({"republican", "democrat"})
_OFFICES: Final = re.compile(r"\b(?:sen|rep|senator|representative|congress\w*|house|senate|lawmaker)\b", re.IGNORECASE)


class Domestic:
    """The parliament and officials a report speaks of at home, by its mentions."""

    __slots__ = ("_end", "_mentions")

    def __init__(self, document: Document, mentions: Mentions) -> None:
        self._mentions = mentions
        self._end = len(document.article.text)

    def code(self, offset: int, words: str) -> str | None:
        """The code of whom somebody unnamed speaks for by a domestic word in their description; None without one.

        American words count where the report names the United States or one of its officials at all.
        """
        if OUTSIDE.search(words) or FORMER.search(words):
            return None
        if _AMERICAN.search(words):
            named = (m.actor for m in self._mentions.within(0, self._end) if m.actor is not None)
            return "USAGOV" if any(actor.state == "USA" for actor in named) else None
        if _LAWMAKER.search(words):
            before = reversed(self._mentions.within(0, offset))
            codes = (m.actor.code for m in before if m.actor is not None and m.actor.code)
            return next((code for code in codes if code[3:6] == "LEG"), None)
        return None

    def member(self, offset: int, lemma: str) -> Actor | None:
        """Whom "the Ohio Republican" takes up: the member of Congress named last."""
        if lemma not in _PARTISANS:
            return None
        for mention in reversed(self._mentions.within(0, offset)):
            actor = mention.actor
            if actor is None or actor.kind != "person" or actor.anonymous or actor.state != "USA":
                continue
            if (actor.code or "")[3:6] == "LEG" or _OFFICES.search(actor.office or ""):
                return actor
        return None
