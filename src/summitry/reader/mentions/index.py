"""Looking mentions up: by offset, by stretch, by the token that heads a noun phrase."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import TYPE_CHECKING

from summitry.vocabulary import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token


class MentionIndex:
    """The mentions of one article by place. Where one lies inside another ("Trump" in "Trump's advisers"), the inner
    one is found at its own words and the outer one at its head."""

    __slots__ = ("_mentions", "_reach", "_starts")

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._mentions = sorted(mentions, key=lambda m: (m.start, -m.end))
        self._starts = [mention.start for mention in self._mentions]
        # How far the mentions up to each reach: farther back than that nothing covers a place.
        self._reach = list(accumulate((m.end for m in self._mentions), max))

    def at(self, offset: int | Token) -> Mention | None:
        """The innermost mention that covers a code point, or a token's first one."""
        place = offset if isinstance(offset, int) else offset.idx
        best: Mention | None = None
        position = bisect_right(self._starts, place) - 1
        while position >= 0 and self._reach[position] > place:
            mention = self._mentions[position]
            if mention.end > place and (best is None or mention.end - mention.start < best.end - best.start):
                best = mention
            position -= 1
        return best

    def within(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that lie wholly between two offsets, in text order."""
        low = bisect_left(self._starts, start)
        high = bisect_left(self._starts, end)
        return tuple(mention for mention in self._mentions[low:high] if mention.end <= end)

    def of_head(self, token: Token) -> Mention | None:
        """The mention of the noun phrase that ``token`` heads; None when the token is a mere modifier in it.

        "Trump's advisers said": of ``advisers`` the whole phrase, of ``Trump`` the man.
        """
        place = token.idx
        covering: list[Mention] = []
        position = bisect_right(self._starts, place) - 1
        while position >= 0 and self._reach[position] > place:
            mention = self._mentions[position]
            if mention.end > place:
                covering.append(mention)
            position -= 1
        # From the innermost out: the first whose words the token governs from outside.
        for mention in sorted(covering, key=lambda m: m.end - m.start):
            head = token.head
            if head.i == token.i or not mention.start <= head.idx < mention.end:
                return mention
        return None
