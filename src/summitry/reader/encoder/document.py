"""One document's windows, each encoded when first asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from summitry.reader.encoder.model import Encoded, Encoder, Ints


class DocumentEncoding:
    """The windows of one document: window ``k`` is the words ``bounds[k]:bounds[k + 1]``.

    What is asked for is encoded once; what nobody asks for never reaches the encoder.

    Args:
        encoder: the network.
        words: the document's words.
        starts: code point offset of each word.
        bounds: where windows begin, and the number of words at the end.
    """

    def __init__(self, encoder: Encoder, words: Sequence[str], starts: Ints, bounds: Ints) -> None:
        self._encoder = encoder
        self._words = words
        self._starts = starts.tolist()
        self._bounds = bounds.tolist()
        self._known: dict[int, Encoded] = {}

    def window(self, number: int) -> Encoded:
        """The vectors of one window."""
        if number not in self._known:
            low, high = self._bounds[number], self._bounds[number + 1]
            self._known[number] = self._encoder.encode(self._words[low:high])
        return self._known[number]

    def known(self, number: int) -> bool:
        """Whether a window is encoded already."""
        return number in self._known

    def words_of(self, start: int, end: int) -> tuple[int, int]:
        """The words that begin in ``start:end`` (code points), half-open."""
        low = bisect_right(self._starts, start - 1)
        return low, bisect_right(self._starts, end - 1)

    def window_of(self, word: int) -> tuple[int, int]:
        """The window a word stands in, and the window's first word."""
        number = bisect_right(self._bounds, word) - 1
        return number, self._bounds[number]

    @property
    def windows(self) -> int:
        """How many windows there are."""
        return len(self._bounds) - 1
