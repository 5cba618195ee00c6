"""``python -m tools.make_screens [--record FILE]``: pictures of the desk's pages for the docs, into docs/img/desk.

The shipped examples are read (or taken from a record of them), the desk is served on this machine, and Chromium looks
at each page in a window of 1440 and one of 360 pixels. Colours are cut to 64, which keeps text sharp and files small.
"""

from __future__ import annotations

import argparse
import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browser import DARK, DESKTOP, PHONE, Desk, Look, browsing, looking, read_examples, serving  # noqa: E402
from summitry.record import open_record  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

INTO: Final = ROOT / "docs" / "img" / "desk"
COLOURS: Final = 64
TALLEST: Final = {1440: 1100, 360: 1400}
"""Pixels of a picture from the top, by the width of the window: what a reader of the docs looks at."""


def pages(record: Path) -> dict[str, str]:
    """The pages by the name of their picture."""
    with open_record(record, read_only=True) as opened:
        parties = {code for code, _, _ in opened.parties()}
        said = next(row for row in opened.statements() if row.quote_type == "direct" and row.speaker is not None)
        cell = max(opened.matrix(), key=lambda one: len(one.positions))
        report = said.evidence[0].source
        code = cell.party.code or cell.party.name
    party = "PRK" if "PRK" in parties else sorted(parties)[0]
    return {
        "stand": "/",
        "timeline": "/timeline",
        "positions": "/positions",
        "history": f"/positions?party={code}&issue={cell.issue}",
        "statements": "/statements",
        "moves": "/ledger/moves",
        "commitments": "/ledger/commitments",
        "predictions": "/ledger/predictions",
        "discrepancies": "/ledger/discrepancies",
        "deadlocks": "/ledger/deadlocks",
        "people": "/people",
        "party": f"/party/{party}",
        "sources": "/sources",
        "source": f"/source/{report}#{said.id}",
        "row": f"/row/{said.id}",
        "review": "/review",
    }


def picture(browser: Browser, address: str, look: Look) -> bytes:
    """A page as a small PNG."""
    with looking(browser, look) as page:
        page.set_viewport_size({"width": look.width, "height": TALLEST[look.width]})
        page.goto(address)
        page.wait_for_load_state("networkidle")
        shot = page.screenshot()
    out = io.BytesIO()
    with Image.open(io.BytesIO(shot)) as image:
        small = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(out, "PNG", optimize=True)
    return out.getvalue()


def make(desk: Desk, into: Path) -> None:
    """Write the pictures, and print their sizes."""
    into.mkdir(parents=True, exist_ok=True)
    found = pages(desk.record)
    looks = [(name, path, look) for name, path in found.items() for look in (DESKTOP, PHONE)]
    with browsing() as browser:
        for name, path, look in [*looks, ("stand-dark", "/", DARK)]:
            content = picture(browser, desk.url + path, look)
            file = into / f"{name}-{look.width}.png"
            file.write_bytes(content)
            sys.stdout.write(f"{file.relative_to(ROOT)} {len(content) // 1024} KB\n")


def main() -> None:
    """Read the examples, serve them, take the pictures."""
    parser = argparse.ArgumentParser(description="Pictures of the desk for the docs.")
    parser.add_argument("--record", type=Path, help="A record of the examples; by default they are read.")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # Under the name that the tutorial gives it.
        record = Path(folder) / "talks.db"
        shutil.copyfile(told.record or read_examples(Path(folder)), record)
        with serving(record, reviewer="analyst") as desk:
            make(desk, INTO)


if __name__ == "__main__":
    main()
