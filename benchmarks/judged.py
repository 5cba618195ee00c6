"""``python -m benchmarks.judged [--page]``: how many rows of the ledger were right, as judged by hand.

``benchmarks/gold/judged_rows.jsonl`` holds the verdicts, stand-off: the kind of row, the set of reports, the source id
and offsets of the row's first passage (code points, half-open), whether every field that is filled was right, and the
class of the error. Rows were drawn at random from records of both development sets of running news, read whole; those
who judged had not written the rules. ``--page`` writes ``docs/ledger-accuracy.md``.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

VERDICTS: Final = Path(__file__).parent / "gold" / "judged_rows.jsonl"
PAGE: Final = Path(__file__).parents[1] / "docs" / "ledger-accuracy.md"
KINDS: Final = {
    "moves": "moves",
    "positions": "positions",
    "changes": "changes of position",
    "commitments": "commitments",
    "predictions": "predictions",
    "discrepancies": "discrepancies",
    "meetings": "meetings",
    "status": "states of a month",
    "brief": "sentences of briefs",
}
"""Kinds of rows and what the page calls them."""
TARGET: Final = 0.8
"""Share of right rows to be reached."""
_Z: Final = 1.96
"""The normal quantile of a 95% interval."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One row judged. ``error`` is the class of what is wrong; empty where nothing is."""

    kind: str
    corpus: str
    right: bool
    error: str = ""


def verdicts() -> list[Verdict]:
    """The verdicts kept in the repository."""
    rows = map(json.loads, VERDICTS.read_text(encoding="utf-8").splitlines())
    return [Verdict(row["kind"], row["set"], row["right"], row.get("class") or "") for row in rows]


def interval(right: int, judged: int) -> tuple[float, float]:
    """Wilson's 95% interval of a share (Wilson 1927): where the true share may lie, for few rows too."""
    share, spread = right / judged, _Z * _Z / judged
    middle = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * ((share * (1 - share) + spread / 4) / judged) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def page(rows: Sequence[Verdict]) -> str:
    """The page of the docs."""
    corpora = sorted({row.corpus for row in rows})
    lines = [
        "<!-- Made by `python -m benchmarks.judged --page`; judge rows, not this page. -->",
        "",
        "# How many rows of the ledger are right",
        "",
        "Judged by hand on 2026-11-22: rows drawn at random from records of two sets of real news (152 reports on",
        "the talks with North Korea, 137 on those with Iran), read whole. The readers (language models, with one",
        "guide) had not written the rules and saw nothing but the row and its passages. Right is a row whose",
        "every filled field is right or harmlessly partial. The rules were developed on reports of the same two",
        "sets: expect less on others.",
        f"The target is {TARGET:.0%}.",
        "",
        "| rows | " + " | ".join(corpora) + " | all | right | 95% interval |",
        "|---|" + "---:|" * len(corpora) + "---:|---:|---:|",
    ]
    for kind, name in KINDS.items():
        own = [row for row in rows if row.kind == kind]
        if not own:
            continue
        right = sum(row.right for row in own)
        low, high = interval(right, len(own))
        cells = [_of([row for row in own if row.corpus == corpus]) for corpus in corpora]
        lines.append(
            f"| {name} | {' | '.join(cells)} | {_of(own)} | {right / len(own):.0%} | {low:.0%} to {high:.0%} |"
        )
    lines += ["", "## What was wrong", ""]
    for kind, name in KINDS.items():
        errors = Counter(row.error or "other" for row in rows if row.kind == kind and not row.right)
        if errors:
            lines.append(f"- **{name}**: " + "; ".join(f"{error} ({count})" for error, count in errors.most_common()))
    return "\n".join(lines) + "\n"


def _of(rows: Sequence[Verdict]) -> str:
    return f"{sum(row.right for row in rows)} of {len(rows)}" if rows else "-"


def main() -> None:
    """Print the page, or write it."""
    made = page(verdicts())
    if "--page" in sys.argv[1:]:
        PAGE.write_text(made, encoding="utf-8")
    else:
        sys.stdout.write(made)


if __name__ == "__main__":
    main()
