"""``docs/quality.md``, written from a run: every figure with its floor and the best figure of others."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.quality.gate import Floor
from benchmarks.quality.task import Result

PEERS = Path(__file__).with_name("peers.toml")
PAGE = Path(__file__).parents[2] / "docs" / "quality.md"

HEAD = """<!-- Made by `python -m benchmarks.quality --page`; run it again, do not edit. -->

# How accurate summitry is

Measured on {day} with `python -m benchmarks.quality`. F1 and shares are in per cent. The data are annotated corpora of
others and are not part of the project; put them under `../shared` or name their folder with `--shared`. A floor is a
figure under which the quality gate fails; it belongs to one corpus, by hash.

What to keep in mind when reading the table:

- All of it is development data: rules were written and thresholds chosen with these corpora in view. Where a corpus was
  split into a half that was looked at and one that was only scored, both are shown. Expect less elsewhere.
- The three expected records (`expected`) are of reports that were read while building.
- `running_news` is the project's own gold: 60 articles of two negotiations and 24 outlets, how they were coded is in
  `benchmarks/gold/CODING.md`. Errors were looked at in 40 of them; the figures "set aside" are of the 20 others, coded
  and put away before the work, and scored at its end. Of nine of these twenty the reader's events, not the coding, may
  have been read before; on the eleven others the figures are the same within two points but for speakers, positions
  and moves, see `docs/decisions/0004-learned-heads.md`. A quotation that goes on behind the sentence with its cue
  counts as one statement or two, as either side has it; the reference figure counts every piece.
- `agreement` compares two coders of ten of the articles. Both are language models with one guide, and agree more than
  people would: read it as an upper bound of the ceiling.
- `news_statements` and `news_events` are older and smaller annotations by one annotator, half of each only scored.
- Figures of others are as published or as run on the same data; the note says where it is not like for like.
"""


def write_page(results: Sequence[Result], floors: Sequence[Floor], path: Path = PAGE) -> None:
    """Write the page from the results of a run over all tasks."""
    peers = {(p["task"], p["figure"]): p for p in tomllib.loads(PEERS.read_text(encoding="utf-8"))["peer"]}
    known = {(floor.task, floor.figure): floor.value for floor in floors}
    parts = [HEAD.format(day=date.today().isoformat())]
    for result in results:
        parts.append(f"\n## {result.task}\n\n{result.note[:1].upper()}{result.note[1:]}. Corpus `{result.corpus}`.\n\n")
        parts.append("| figure | summitry | floor | others | note |\n|---|---:|---:|---|---|\n")
        for name, value in result.figures:
            peer = peers.get((result.task, name), {"value": "", "note": ""})
            floor = known.get((result.task, name))
            shown = "undefined" if value is None else f"{value:.3g}" if abs(value) < 2 else f"{value:.1f}"
            parts.append(
                f"| {name} | {shown} | {'' if floor is None else f'{floor:g}'} | {peer['value']} | {peer['note']} |\n"
            )
    path.write_text("".join(parts), encoding="utf-8")
