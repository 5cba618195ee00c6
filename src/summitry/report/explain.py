"""One row explained: its words in the context of the article, who coded it by which rule, and how it was dated."""

from __future__ import annotations

import textwrap
from typing import TextIO

from rich.console import Console
from rich.text import Text

from summitry.record import Explanation, Passage
from summitry.report.facts import facts_of
from summitry.report.rows import source_line
from summitry.report.tables import console_for
from summitry.report.words import chained, edtf, full_name, names, one_line

_MOST_MENTIONS = 12
_HANG = 16
"""Where the values of the facts start."""


def print_explanation(told: Explanation, out: TextIO) -> None:
    """Print one row with all its passages; the evidence stands between ⟦ and ⟧."""
    console = console_for(out)
    for line in facts_of(told):
        console.print(Text(_wrapped(line, console.width, _HANG)))
    for review in told.reviews:
        note = f" ({one_line(review.note)})" if review.note else ""
        line = f"  reviewed      {review.action} by {one_line(review.by)}, {review.at[:10]}{note}; {review.id}"
        console.print(Text(_wrapped(line, console.width, _HANG)))
    for number, passage in enumerate(told.passages, 1):
        console.print()
        _print_passage(passage, number, told, out)
    for related in told.related:
        console.print()
        console.print(Text(f"{_capital(related.how)}: {related.row.id}", style="bold"))
        for number, passage in enumerate(related.passages, 1):
            _print_passage(passage, number, told, out)
    if len(told.members) > 1:
        console.print()
        console.print(Text("As each report tells it", style="bold"))
        for source, event in told.members:
            line = (
                f"  {source_line(source)}: {one_line(event.summary)} ({event.modality}, {edtf(event.date)}, {event.id})"
            )
            console.print(Text(line))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _print_passage(passage: Passage, number: int, told: Explanation, out: TextIO) -> None:
    console = console_for(out)
    evidence = passage.evidence
    head = f"[{number}] {chained(source_line(passage.cited), evidence.attribution_chain)}"
    console.print(Text(head, style="bold"))
    if passage.cited.headline:
        console.print(Text(f"    {one_line(passage.cited.headline)}", style="dim"))
    marked = one_line(f"{passage.before}⟦{evidence.exact}⟧{passage.after}")
    console.print(Text(_wrapped(f"    {marked}", console.width, 4)))
    console.print(Text(f"    {one_line(passage.cited.uri)}, characters {evidence.start}-{evidence.end}", style="dim"))
    if told.kind == "source":
        return
    for time in passage.times:
        if time.interval is not None:
            console.print(
                Text(f"    date: “{one_line(time.text)}” = {edtf(time.interval)} (rule {time.rule})", style="dim")
            )
    inside = [m for m in passage.mentions if m.actor is not None or m.members][:_MOST_MENTIONS]
    for mention in inside:
        who = full_name(mention.actor) if mention.actor else names(mention.members)
        if who.casefold() != one_line(mention.text).casefold():
            _print_rule(console, f"who: “{one_line(mention.text)}” = {who} (rule {mention.rule})")


def _print_rule(console: Console, line: str) -> None:
    console.print(Text(_wrapped(f"    {line}", console.width, 8), style="dim"))


def _wrapped(line: str, width: int, hang: int) -> str:
    """A line cut to the width, all but its first part moved in by ``hang``."""
    return textwrap.fill(line, max(width, 40), subsequent_indent=" " * hang, break_on_hyphens=False)
