"""Deadlocks as text and as JSON objects: who waits for whom, in which words, what breaks it, in which orders."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TextIO

from rich.text import Text

from summitry.ledger import Deadlock, Order, Step
from summitry.ledger.rows import Bond
from summitry.record.tabular.objects import deadlock_json
from summitry.report.drawing import arrows, dot, draw, words_of
from summitry.report.rows import Citations, source_line
from summitry.report.tables import console_for
from summitry.report.words import chained, in_marks, names, one_line, shorten
from summitry.vocabulary import Evidence

__all__ = ["BONDS", "deadlock_json", "dot", "draw", "print_deadlocks"]

BONDS: Final[Mapping[Bond, str]] = {
    "after": "only after",
    "exchange": "in exchange for",
    "simultaneous": "at the same time as",
}
"""How a step waits, in words before the other step."""
_MOST_PASSAGES: Final = 4
"""Passages of one step or order printed; `--format jsonl` has them all."""
_MOST_WORDS: Final = 320
"""Characters of a cited passage; the whole is in `explain`."""
_MOST_SETS: Final = 6
"""Ways to break a deadlock printed on a line."""
_KINDS: Final = {
    "all at once": "all at once",
    "phased": "phased: step by step, each side in every round",
    "one side first": "one side first",
}


def print_deadlocks(rows: Sequence[Deadlock], cited: Citations, out: TextIO) -> None:
    """Print each deadlock: its steps with their passages, what breaks it, the orders the parties' words allow."""
    console = console_for(out)
    for number, row in enumerate(rows, 1):
        if number > 1:
            console.print()
        for line, style, hang in _lines(row, number, cited):
            wrapped = textwrap.fill(line, max(console.width, 40), subsequent_indent=" " * hang, break_on_hyphens=False)
            console.print(Text(wrapped, style=style))


def numbered(row: Deadlock) -> Mapping[str, str]:
    """The number of each step of a deadlock by its id, as text and drawing show it: "1", "2" ..."""
    return {step.id: str(number) for number, step in enumerate(row.steps, 1)}


def _lines(row: Deadlock, number: int, cited: Citations) -> Iterator[tuple[str, str, int]]:
    """The lines of a deadlock, each with its style and how far it hangs."""
    numbers = numbered(row)
    parties = names(step.party for step in row.steps)
    yield f"{number}. {parties}: {len(row.steps)} steps wait for one another", "bold", 3
    yield f"   {row.id}, {row.coder}, confidence {row.confidence:.2f}", "dim", 3
    for step in row.steps:
        yield "", "", 0
        yield f"   [{numbers[step.id]}] {one_line(step.party.name)}: {words_of(step)}", "", 7
        yield f"       waits: {'; '.join(_waits(step, numbers))}", "", 7
        yield from _passages(step.evidence, cited, 7)
    yield "", "", 0
    yield f"   Broken if one of these goes without waiting: {_broken(row, numbers)}", "", 6
    if not row.orders:
        yield "   Nobody among the parties has proposed an order.", "", 6
        return
    yield "   Orders that the parties' own words allow", "", 6
    for order in row.orders:
        yield f"   - {_order(order, numbers, _names(row))}", "", 5
        yield from _passages(order.evidence, cited, 5)


def _names(row: Deadlock) -> Mapping[str, str]:
    return {step.party.code or step.party.name: one_line(step.party.name) for step in row.steps}


def _waits(step: Step, numbers: Mapping[str, str]) -> Iterator[str]:
    for other, bond in arrows(step):
        yield f"{BONDS[bond]} [{numbers[other]}]"


def _broken(row: Deadlock, numbers: Mapping[str, str]) -> str:
    sets = [" and ".join(f"[{numbers[one]}]" for one in chosen) for chosen in row.broken_by]
    more = f", or {len(sets) - _MOST_SETS} more sets as small" if len(sets) > _MOST_SETS else ""
    greedy = " (found by taking the busiest step first: there may be smaller sets)" if "greedy" in row.coder else ""
    return ", or ".join(sets[:_MOST_SETS]) + more + greedy


def _order(order: Order, numbers: Mapping[str, str], known: Mapping[str, str]) -> str:
    rounds = ", then ".join(
        " with ".join(f"[{number}]" for number in sorted((numbers[one] for one in steps), key=int))
        for steps in order.rounds
    )
    proposed = ", ".join(known.get(code, code) for code in order.proposed_by)
    return f"{_KINDS[order.kind]}: {rounds}. In the words of {proposed}:"


def _passages(evidence: Sequence[Evidence], cited: Citations, indent: int) -> Iterator[tuple[str, str, int]]:
    for one in evidence[:_MOST_PASSAGES]:
        source = chained(source_line(cited.get(one.source)), one.attribution_chain)
        yield f"{' ' * indent}{in_marks(shorten(one.exact, _MOST_WORDS))} ({source})", "dim", indent + 2
    if len(evidence) > _MOST_PASSAGES:
        yield f"{' ' * indent}and {len(evidence) - _MOST_PASSAGES} passages more", "dim", indent + 2
