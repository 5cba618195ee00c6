"""Growth with length: every compiled pattern on worst cases, and cleaning and reading on long articles.

``python -m fuzz.linearity`` prints what grows faster than the input; ``--page`` writes the table of whole articles into
``docs/hostile-input.md``.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Final

from fuzz.patterns import BOUNDED, growth, patterns
from summitry.vocabulary import Source

PAGE: Final = Path(__file__).parent.parent / "docs" / "hostile-input.md"
MARKS: Final = ("<!-- articles -->", "<!-- /articles -->")


_WHO: Final = (
    "The foreign minister of Arden", "Envoy Karl Lund", "President Han Song", "A senior official", "Washington", "Iran",
    "The U.N. Security Council", "Anna Berg, the chief negotiator,", "Two diplomats", "The inspectors", "Moscow", "She",
    "Norland's trade ministry",
)  # fmt: skip
_SAYS: Final = (
    "said on Monday that", "told reporters in Geneva that", "warned on 6 May 2019 that", "denied that",
    "proposed last week that", "promised that", "expects that", "wrote in a letter that", "added that",
    "announced after the meeting that", "demanded that",
)  # fmt: skip
_WHAT: Final = (
    "sanctions would be lifted within 60 days", "the talks would resume next month in Vienna",
    "no deal would be signed unless the plant is closed", "Iran had tested two missiles", "tariffs of 25 percent remain",
    "“we will not give up our right,” as the envoy put it", "both sides would meet in Oslo on June 3",
    "the North must first hand over its list", "ministers had agreed on 12 of 14 points",
)  # fmt: skip


def varied(words: int) -> str:
    """Sentences of an ordinary kind, no two paragraphs alike, of about so many words."""
    parts: list[str] = []
    size = number = 0
    while size < words:
        # Three cycles whose lengths share no divisor: 1,287 sentences before one comes again.
        one = f"{_WHO[number % len(_WHO)]} {_SAYS[number % len(_SAYS)]} {_WHAT[number % len(_WHAT)]} (point {number})."
        number += 1
        size += len(one.split())
        parts.append(one + ("\n\n" if number % 4 == 0 else " "))
    return "".join(parts)


ARTICLES: Final = {
    "all quotes": "“No,” he said. ‘Yes,’ she said. ",
    "all names": "Anna Berg, Karl Lund, Foreign Minister Han Song, ",
    "all numbers": "12 May 2019, 3,400 tons, 60%, ",
    "one sentence": "and the minister said that the envoy would meet them ",
    "all capitals": "THE ENVOY MET IRAN AND SAID TALKS WOULD GO ON. ",
    "nested quotes": "“‘",
    "closing quotes": "”’ ",
    "questions": "“Why not?” he asked. ",
    "one act again": "Arden and Iran held talks in Geneva. ",
    "both sides": "Both sides met, and they said the two leaders and their envoys want what it wants. ",
    "contradictions": "Iran said yes, which contradicts Arden's claim. ",
    "pledges": "Arden promised that it will pay if Iran must sign by May, unless talks fail. ",
}
KINDS: Final = ("varied", "one paragraph", "new names", *ARTICLES)


def _name(number: int) -> str:
    """A name that no other number has."""
    letters = "abdefgiklmnoprstu"
    parts = [letters[number // len(letters) ** at % len(letters)] for at in range(4)]
    return f"{parts[0].upper()}a{parts[1]}i {parts[2].upper()}o{parts[3]}en"


def article(kind: str, words: int) -> str:
    """An article of about so many words, of one of :data:`KINDS`."""
    if kind == "varied":
        return varied(words)
    if kind == "one paragraph":
        return varied(words).replace("\n\n", " ")
    if kind == "new names":
        return " ".join(f"Envoy {_name(n)} of Arden told {_name(n + 1)} no." for n in range(words // 9))
    unit = ARTICLES[kind]
    return unit * max(1, words // max(1, len(unit.split()))) + "The end of it, the minister said."


def measured(words: tuple[int, ...]) -> list[tuple[str, list[float | None], list[float | None]]]:
    """Seconds of cleaning and of reading (light) at each length, for each kind; None where it is refused or stopped."""
    from summitry.clean import clean
    from summitry.errors import UnreadableSource
    from summitry.reader.pipeline import Reader

    reader = Reader(light=True)
    reader.read(clean(Source("x", article("varied", 200).encode())))
    rows = []
    for name in KINDS:
        cleaned: list[float | None] = []
        read: list[float | None] = []
        for size in words:
            source = Source("x", article(name, size).encode())
            try:
                began = time.process_time()
                found = clean(source)
                cleaned.append(time.process_time() - began)
                began = time.process_time()
                reader.read(found)
                read.append(time.process_time() - began)
            except UnreadableSource:
                cleaned.append(None)
                read.append(None)
        rows.append((name, cleaned, read))
        print(name, [f"{one:.2f}" if one is not None else "-" for one in (*cleaned, *read)], flush=True)
    return rows


def table(words: tuple[int, ...]) -> str:
    """The table of whole articles in Markdown."""
    step = f"{words[-1] / words[-2]:g} times the length" if len(words) > 1 else "-"
    head = "| article | " + " | ".join(f"{size:,} words" for size in words) + f" | {step}: times the cost |"
    lines = [head, "|---|" + "---|" * (len(words) + 1)]
    for name, cleaned, read in measured(words):
        cells = [
            "refused" if a is None or b is None else f"{a:.2f} + {b:.2f}" for a, b in zip(cleaned, read, strict=True)
        ]
        known = [a + b for a, b in zip(cleaned, read, strict=True) if a is not None and b is not None]
        ratio = f"{known[-1] / known[-2]:.1f}" if len(known) > 1 else "-"
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {ratio} |")
    return "\n".join(lines)


def main() -> int:
    """Print what is not linear."""
    asked = argparse.ArgumentParser(prog="python -m fuzz.linearity", description=__doc__)
    asked.add_argument("--page", action="store_true", help="measure whole articles and write docs/hostile-input.md")
    asked.add_argument("--words", type=int, nargs="+", default=[1_000, 2_000, 4_000])
    told = asked.parse_args()
    if told.page:
        made = table(tuple(told.words))
        page = PAGE.read_text("utf-8")
        head, _, rest = page.partition(MARKS[0])
        PAGE.write_text(f"{head}{MARKS[0]}\n{made}\n{MARKS[1]}{rest.partition(MARKS[1])[2]}", "utf-8")
        return 0
    bad = 0
    everything = patterns()
    for name, one in everything.items():
        if name in BOUNDED:
            continue
        worst = next(growth(name, one), None)  # the first is enough to mend it
        bad += worst is not None
        if worst is not None:
            probe, before, last = worst
            print(f"{name}: {probe} {before * 1000:.0f} ms -> {last * 1000:.0f} ms", flush=True)
    print(f"{len(everything)} patterns, {bad} grow faster than their input")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
