"""The statements of an article, asked by place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from summitry.reader.stretches import Stretches
from summitry.vocabulary import Statement


class StatementIndex(tuple[Statement, ...]):
    """The statements of one article in text order, and where their words and cues stand.

    What reads acts, stands and forecasts asks at every cue who is speaking there.
    """

    @cached_property
    def contents(self) -> Stretches[Statement]:
        """The statements by the stretches of their content."""
        return Stretches((span.start, span.end, one) for one in self for span in one.content_spans)

    @cached_property
    def cues(self) -> Stretches[Statement]:
        """The statements by their cues; those without one are left out."""
        return Stretches((one.cue_span.start, one.cue_span.end, one) for one in self if one.cue_span is not None)

    def touching(self, start: int, end: int) -> list[Statement]:
        """Those whose content or cue reaches into ``[start, end)``, in text order."""
        found = {id(one): one for _, _, one in (*self.contents.touching(start, end), *self.cues.touching(start, end))}
        # Few stand in a sentence: their order is that of the article's own list.
        return sorted(found.values(), key=lambda one: self._order[id(one)])

    @cached_property
    def _order(self) -> dict[int, int]:
        return {id(one): number for number, one in enumerate(self)}


def indexed(statements: Sequence[Statement]) -> StatementIndex:
    """Statements to be asked by place."""
    return statements if isinstance(statements, StatementIndex) else StatementIndex(statements)
