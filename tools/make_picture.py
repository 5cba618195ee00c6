"""``python -m tools.make_picture``: read the shipped examples and draw what the commands print, for the README.

Writes ``docs/img/{brief,timeline,statements,deadlocks}.svg`` from real output of real processes.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
WIDTH = 112
"""Characters a line: what a README shows without scrolling."""

SHOWN = {
    "brief": ("--as-of", "2019-10-31"),
    "timeline": ("--since", "2019-02-20", "--as-of", "2019-04-20"),
    "statements": ("--since", "2019-10-01"),
}
LINES = 40
"""Lines of each picture."""


def main() -> int:
    """Draw the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        record = str(Path(folder) / "talks.db")
        summitry = [sys.executable, "-m", "summitry"]
        reading = subprocess.run(
            [*summitry, "read", str(ROOT / "examples" / "korea-2019"), "--record", record], check=False
        )
        if reading.returncode == 2:
            return 2
        for name, options in SHOWN.items():
            command = [*summitry, name, "--record", record, *options]
            environment = {**os.environ, "COLUMNS": str(WIDTH)}
            done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
            console = Console(record=True, width=WIDTH, file=io.StringIO())
            console.print(Text(f"$ summitry {name} --record talks.db {' '.join(options)}", style="bold"))
            console.print(Text("\n".join(done.stdout.splitlines()[:LINES])))
            picture = ROOT / "docs" / "img" / f"{name}.svg"
            picture.parent.mkdir(parents=True, exist_ok=True)
            drawn = console.export_svg(title=f"summitry {name}", unique_id=name)
            # The page loads nothing from other hosts: the reader's own monospaced font will do.
            drawn = re.sub(r"@font-face \{.*?\}\s*|<!--.*?-->", "", drawn, flags=re.DOTALL)
            picture.write_text(drawn.replace("Fira Code", "monospace"), encoding="utf-8")
        drawing = str(ROOT / "docs" / "img" / "deadlocks.svg")
        subprocess.run([*summitry, "deadlocks", "--record", record, "--svg", drawing], check=True, capture_output=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
