"""The published rules of the ledger are the code's: every figure and table of docs/ledger.md."""

from __future__ import annotations

import re
from pathlib import Path

from summitry.ledger import apart, facts, governments, opposed, ownword, poles, positions, replies, wording

PAGE = (Path(__file__).parents[1] / "docs" / "ledger.md").read_text(encoding="utf-8")


def table(heading: str) -> list[list[str]]:
    """The rows of the table whose head begins with a word, the head first."""
    (block,) = re.findall(rf"^(\| {heading}[^\n]*(?:\n\|[^\n]*)+)", PAGE, re.M)
    lines = [line for line in block.splitlines() if not set(line) <= set("|- ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_whose_word() -> None:
    assert dict(table("attributed by")[1:]) == {**positions.CLASSES}


def test_changes() -> None:
    head, *rows = table("from")
    published = {(row[0], new): row[at] for row in rows for at, new in enumerate(head) if at}
    assert published == {**positions.CHANGES}


def test_rungs() -> None:
    published = {stance: row[1] for row in table("stance")[1:] for stance in row[0].split(", ")}
    assert published == {**positions.RUNGS}


def test_statuses() -> None:
    assert tuple(row[0] for row in table("status")[1:]) == replies.STATUSES


def test_fields() -> None:
    rows = table("kind")[1:]
    assert {field: float(figure) for _, field, figure, _ in rows if figure} == published_sureness()
    assert [kind for kind, *_ in rows] == sorted([kind for kind, *_ in rows], key=["sources", "parties", "self"].index)


def published_sureness() -> dict[str, float]:
    return {str(field): figure for field, figure in apart.SURE.items()}


def test_figures() -> None:
    told = " ".join(PAGE.split())
    for words in (
        f"The first {wording.MOST_KEYS} keys",
        f"at least {wording.LEAST_SHARED:.0%} of the keys",
        f"and {wording.BEYOND} more",
        f"or {wording.SURE_KEYS} keys and {wording.SURE_SHARE:.0%}",
        f"({', '.join(sorted(poles.WANTING))})",
        f"a confidence of {positions.LEAST_SURE:g} of both",
        f"a matter alone ({', '.join(sorted(positions.ONE_WORD))})",
        f"at most {replies.ANSWERED_WITHIN.days} days",
        f"{facts.ZONES.days} day",
        f"more than {facts.ROUNDED:.0%}",
        f"within {opposed.STANDS_FOR.days} days of each other: the poles",
        f"({wording.SURE_SHARE:.0%} of the keys in common)",
        f"begin in the first {poles.FRONT} letters",
        f"within {opposed.CLAIMED_WITHIN.days} days of it",
        f"within {opposed.BLAMED_WITHIN.days} days of each other",
        f"within {opposed.DENIED_WITHIN.days} days of it",
        f"within {ownword.BLAMED_WITHIN.days} days",
        f"reversed within {ownword.REVERSED_WITHIN.days} days",
        f"({', '.join(sorted(governments.HEADS))})",
        f"within {ownword.BROKEN_WITHIN.days} days",
    ):
        assert words in told, words
