"""Write src/summitry/cases/leaders.toml from the hand-kept list of public facts beside this file."""

from __future__ import annotations

import json
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE.parent / "src" / "summitry" / "cases" / "leaders.toml"
HEADER = """\
# Heads of state and government, foreign ministers and chiefs of organisations with the days they held office: public
# facts, kept by hand in tools/leaders.txt and written by tools/make_leaders.py. They name a surname that an article
# leaves bare ("Obama said"), and only where the office's days fit the publication day.
"""


def main() -> None:
    """Write the file."""
    parts = [HEADER]
    for line in (HERE / "leaders.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        person, party, title, start, end, aliases = line.split("|")
        rows = [
            f"{key} = {json.dumps(value, ensure_ascii=False)}"
            for key, value in (("person", person), ("party", party), ("title", title))
        ]
        rows += [f"{key} = {day}" for key, day in (("start", start), ("end", end)) if day]
        if aliases:
            rows.append(f"aliases = {json.dumps(aliases.split(';'), ensure_ascii=False)}")
        parts.append("\n".join(["[[office]]", *rows, ""]))
    TARGET.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
