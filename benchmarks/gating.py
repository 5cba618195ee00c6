"""``python -m benchmarks.gating [SHARED] [--page]``: how fast the gate is, what it loses, what it passes over.

Recall is measured against reading everything: every article of the news data is read with cases chosen by the parties
it names, and the gate is asked about each. A row is lost that lies in an article the gate passes over. Speed is of
one process; beside it in the same run lie ``bytes.lower()`` with one ``find``, and the reading of the first reports.
SHARED is the folder of the data (default: ``SUMMITRY_SHARED``, or ../shared). ``--page`` writes ``docs/gate.md``'s
tables.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from summitry.clean import clean
from summitry.errors import UnreadableSource
from summitry.gate import Gate
from summitry.reader.pipeline import Reader
from summitry.vocabulary import Reading, Source

PAGE: Final = Path(__file__).parents[1] / "docs" / "gate.md"
TABLES: Final = re.compile(r"(?<=<!-- tables -->\n).*(?=<!-- end of tables -->)", re.DOTALL)
NEWS: Final = {"korea": "us_north_korea_nuclear_dev.jsonl", "iran": "iran_nuclear_dev.jsonl"}
ASKED: Final[tuple[tuple[str, tuple[str, ...] | None], ...]] = (
    ("all shipped", None),
    ("korea", ("korea",)),
    ("iran", ("iran",)),
    ("trade", ("trade",)),
    ("brexit", ("brexit",)),
    ("no case", ()),
)
REPEATS: Final = 25
TOGETHER: Final = 20
"""Pages timed as one: about a millisecond, so that most runs are not broken into by another process."""
READ_FOR_SPEED: Final = 20


@dataclass(frozen=True, slots=True)
class Read:
    """An article, the cases it was read with, and how many rows of each kind it gave; no rows where it was rejected."""

    source: Source
    cases: tuple[str, ...]
    rows: Counter[str]


@dataclass(frozen=True, slots=True)
class Speed:
    """Megabytes a second over pages of so many bytes."""

    name: str
    pages: int
    size: int
    seconds: float

    @property
    def rate(self) -> float:
        """MB/s."""
        return self.size / self.seconds / 1e6 if self.seconds else 0.0


def texts(path: Path, key: str = "text") -> list[Source]:
    """The texts of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [of_text(f"{path.stem}#{number}", row[key]) for number, row in enumerate(rows)]


def of_text(uri: str, text: str) -> Source:
    """A plain text as a source."""
    return Source(uri, text.encode("utf-8", "replace"))


def others(data: Path) -> dict[str, list[Source]]:
    """Texts that are about no negotiation of the shipped cases but by chance."""
    found = {
        "PolNeAR": texts(data / "attribution" / "polnear_train.jsonl"),
        "BASIL": texts(data / "merge" / "basil_event_triples.jsonl"),
    }
    for name in ("TimeBank", "AQUAINT"):
        pages = sorted((data / "temporal" / name).glob("*.tml"))
        found[name] = [of_text(page.name, re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8"))) for page in pages]
    by_page: dict[str, list[str]] = {}
    for line in (data / "clean" / "textonly_lines_scrapinghub.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        by_page.setdefault(row["page"], []).append(row["line"])
    found["web pages"] = [of_text(page, "\n".join(lines)) for page, lines in by_page.items()]
    return found


def read_all(sources: Sequence[Source], reader: Reader) -> list[Read]:
    """Read every source as one would without a gate."""
    found = []
    for source in sources:
        try:
            article = clean(source)
        except UnreadableSource:
            found.append(Read(source, (), Counter()))
            continue
        if article.language != "en":
            found.append(Read(source, (), Counter()))
            continue
        reading = reader.read(article)
        found.append(Read(source, reading.cases, rows_of(reading)))
    return found


def read_or_kept(case: str, sources: Sequence[Source], reader: Reader, kept: Path | None) -> list[Read]:
    """Read every source, or take what reading gave from a file, by their hashes."""
    file = kept and kept.with_suffix(f".{case}.json")
    if file and file.exists():
        rows = json.loads(file.read_text(encoding="utf-8"))
        return [Read(source, tuple(rows[source.id][0]), Counter(rows[source.id][1])) for source in sources]
    found = read_all(sources, reader)
    if file:
        file.write_text(json.dumps({one.source.id: (one.cases, one.rows) for one in found}), encoding="utf-8")
    return found


def rows_of(reading: Reading) -> Counter[str]:
    """How many rows of each kind a reading holds."""
    return Counter(
        statements=len(reading.statements),
        events=len(reading.events),
        meetings=sum(event.meeting is not None for event in reading.events),
        moves=len(reading.moves),
        positions=len(reading.positions),
        commitments=len(reading.commitments),
        predictions=len(reading.predictions),
    )


def fastest(name: str, sources: Sequence[Source], work: Callable[[Source], object]) -> Speed:
    """The time of all sources, each few together at their quickest of some runs, in time of the processor: what else
    the machine does is left out as far as can be."""
    seconds = 0.0
    for at in range(0, len(sources), TOGETHER):
        few = sources[at : at + TOGETHER]
        best = float("inf")
        for _ in range(REPEATS):
            started = time.process_time()
            for source in few:
                work(source)
            best = min(best, time.process_time() - started)
        seconds += best
    return Speed(name, len(sources), sum(len(source.content) for source in sources), seconds)


def as_html(page: Source) -> Source:
    """A text as a page of HTML, each line a paragraph with a link, between menus as long as the text."""
    links = b"".join(b'<li class="menu-item"><a href="/section/%d">Section %d</a></li>\n' % (n, n) for n in range(20))
    menu = links * (1 + len(page.content) // (2 * len(links)))
    lines = page.content.splitlines()
    body = b"\n".join(b'<p class="story-text">%b <a href="/more">More</a></p>' % line for line in lines)
    content = b"<!doctype html><html><body><ul>%b</ul>%b<ul>%b</ul></body></html>" % (menu, body, menu)
    return Source(page.uri, content, "text/html")


def speeds(gate: Gate, pages: Sequence[Source]) -> list[Speed]:
    """The gate on pages it passes, on those it passes over, on all, and on all as one page; and the mark beside it."""
    passed = [page for page in pages if gate.look(page) is None]
    over = [page for page in pages if gate.look(page) is not None]
    long = Source("long", b"\n".join(page.content for page in over)[:3_900_000])
    return [
        fastest("pages that pass", passed, gate.look),
        fastest("pages passed over", over, gate.look),
        fastest("all of them", pages, gate.look),
        fastest("pages passed over, as one", [long], gate.look),
        fastest("passed over, as HTML", [as_html(page) for page in over], gate.look),
        fastest("`bytes.lower()` and one `find`", pages, lambda page: page.content.lower().find(b"pyongyang said")),
    ]


def recall(gate: Gate, read: Iterable[Read]) -> tuple[int, int, Counter[str], Counter[str], list[Read]]:
    """Articles, those passed; rows, those in articles passed; and the articles with rows that were passed over."""
    articles = kept = 0
    rows: Counter[str] = Counter()
    held: Counter[str] = Counter()
    lost = []
    for one in read:
        articles += 1
        rows += one.rows
        if gate.look(one.source) is None:
            kept += 1
            held += one.rows
        elif one.rows:
            lost.append(one)
    return articles, kept, rows, held, lost


def shares(gate: Gate, sources: Sequence[Source]) -> Counter[str]:
    """How many pages are passed over for each reason; those that pass under ``passed``."""
    return Counter(over.why if (over := gate.look(source)) else "passed" for source in sources)


def speed_table(told: Sequence[Speed], reading: float) -> list[str]:
    """The lines of the table of speeds. ``reading`` is in reports a second."""
    mark = told[-1].rate
    return [
        "| | pages | MB | MB/s | pages/s | of the mark |",
        "|---|---:|---:|---:|---:|---:|",
        *(
            f"| {one.name} | {one.pages:,} | {one.size / 1e6:.1f} | {one.rate:.0f} "
            f"| {one.pages / one.seconds if one.pages else 0:,.0f} | {one.rate / mark:.2f} |"
            for one in told
        ),
        "",
        f"The deep reading takes {reading:.1f} reports a second of the processor in the same process: a look costs "
        f"1/{told[2].pages / told[2].seconds / reading:,.0f} of a reading.",
    ]


def recall_table(read: dict[str, list[Read]]) -> tuple[list[str], list[Read]]:
    """The lines of the table of recall, and the articles that were lost."""
    kinds = ("statements", "events", "meetings", "moves", "positions", "commitments", "predictions")
    lines = [f"| asked | articles | passed | {' | '.join(kinds)} | all rows |", "|---|---:|---:|" + "---:|" * 8]
    told: list[Read] = []
    for asked, cases, over in (
        ("all shipped, all the news", None, [one for r in read.values() for one in r]),
        ("all shipped, korea's news", None, read["korea"]),
        ("all shipped, iran's news", None, read["iran"]),
        ("`korea`, its news", ("korea",), read["korea"]),
        ("`iran`, its news", ("iran",), read["iran"]),
        ("`korea`, all read with it", ("korea",), [one for r in read.values() for one in r if "korea" in one.cases]),
        ("`iran`, all read with it", ("iran",), [one for r in read.values() for one in r if "iran" in one.cases]),
        ("`trade`, all read with it", ("trade",), [one for r in read.values() for one in r if "trade" in one.cases]),
        ("no case, all the news", (), [one for r in read.values() for one in r]),
    ):
        gate = Gate.of(cases)
        articles, kept, rows, held, lost = recall(gate, over)
        cells = " | ".join(f"{held[kind]:,} of {rows[kind]:,}" for kind in kinds)
        whole = sum(held[kind] for kind in kinds) / max(sum(rows[kind] for kind in kinds), 1)
        lines.append(f"| {asked} | {articles} | {kept} | {cells} | {whole:.4f} |")
        told += [one for one in lost if one not in told]
    return lines, told


def share_table(pages: dict[str, list[Source]]) -> list[str]:
    """The lines of the table of what is passed over."""
    names = ("language", "length", "topic", "parties")
    lines = [
        "| asked | text | pages | passed | " + " | ".join(names) + " |",
        "|---|---|---:|---:|" + "---:|" * len(names),
    ]
    for asked, cases in ASKED:
        gate = Gate.of(cases)
        for name, sources in pages.items():
            told = shares(gate, sources)
            cells = " | ".join(f"{told[why] / len(sources):.1%}" for why in ("passed", *names))
            lines.append(f"| {asked} | {name} | {len(sources):,} | {cells} |")
    return lines


def main() -> None:
    """Read, look, print."""
    parser = argparse.ArgumentParser(description="How fast the gate is, what it loses, what it passes over.")
    parser.add_argument("shared", nargs="?", type=Path, default=Path(os.environ.get("SUMMITRY_SHARED", "../shared")))
    parser.add_argument("--rows", type=Path, help="Keep there how many rows reading gave, and use it if it is there.")
    parser.add_argument("--page", action="store_true", help="Write the tables of docs/gate.md.")
    told = parser.parse_args()
    data = told.shared / "data"
    news = {case: texts(data / "news" / name) for case, name in NEWS.items()}
    pages = others(data)
    gate = Gate.of(None)
    mix = [*pages["PolNeAR"], *pages["BASIL"], *pages["web pages"], *news["korea"], *news["iran"]]
    fast = speeds(gate, mix)
    reader = Reader(None)
    read_all(news["korea"][:1], reader)  # what is loaded at the first report is no part of the others' time
    started = time.process_time()
    read_all(news["korea"][:READ_FOR_SPEED], reader)
    reading = READ_FOR_SPEED / (time.process_time() - started)
    read = {case: read_or_kept(case, sources, reader, told.rows) for case, sources in news.items()}
    kept, lost = recall_table(read)
    machine = f"{platform.machine()}, {os.cpu_count()} virtual processors, Python {platform.python_version()}"
    tables = "\n".join(
        (
            f"Measured on {datetime.now(UTC):%Y-%m-%d} ({machine}) by `python -m benchmarks.gating --page`.",
            "\n### Speed\n",
            *speed_table(fast, reading),
            "\n### Recall against reading everything\n",
            *kept,
            "",
            f"Of the articles with rows that were passed over {sum(bool(one.cases) for one in lost)} had been read with"
            f" a case, {sum(not one.cases for one in lost)} with none.",
            "\n### What is passed over\n",
            *share_table(pages),
            "",
        )
    )
    print(tables)
    for one in lost:
        print(one.source.uri, one.cases, dict(one.rows), gate.look(one.source))
    if told.page:
        PAGE.write_text(TABLES.sub(lambda _: tables, PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
