"""docs/assistant.md names every tool with its parameters, and its example answers are answers the tools could give.

``python tests/test_assistant_docs.py RECORD`` writes the part on tools anew, with examples from a record.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp")

import jsonschema  # type: ignore[import-untyped]

from summitry.assistant.server import RecordServer, server_of
from summitry.record import open_record
from test_assistant_tools import ask, fill

PAGE = Path(__file__).parents[1] / "docs" / "assistant.md"
MARK = "<!-- From here on made by `python tests/test_assistant_docs.py RECORD`. -->\n"
EXAMPLES: dict[str, dict[str, object]] = {
    "brief": {"as_of": "2019-03-31"},
    "state": {"limit": 1},
    "what_changed": {"since": "2019-03-15"},
    "search_statements": {"words": "sanctions", "limit": 1},
    "timeline": {"type": "meeting", "limit": 1},
    "position_of": {"party": "PRK", "issue": "sanctions", "limit": 1},
    "where_all_stand": {"issue": "sanctions", "limit": 1},
    "moves": {"kind": "offer", "limit": 1},
    "commitments": {"limit": 1},
    "predictions": {"limit": 1},
    "deadlocks": {"limit": 1},
    "discrepancies": {"limit": 1},
    "search_reports": {"words": "Hanoi summit", "limit": 1},
    "parties": {"limit": 2},
}


def signatures(server: RecordServer) -> dict[str, str]:
    """Of each tool: heading, description and table of parameters, as the page has them."""
    parts = {}
    for tool in asyncio.run(server.list_tools()):
        given = tool.input_schema.get("properties", {})
        rows = [f"| `{name}` | {_type(schema)} | {schema['description']} |\n" for name, schema in given.items()]
        table = "".join(("| | | |\n|---|---|---|\n", *rows)) if rows else ""
        parts[tool.name] = f"### {tool.name}\n\n{tool.description}\n\n{table}"
    return parts


def _type(schema: dict[str, Any]) -> str:
    kinds = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    default = schema.get("default")
    told = "one of them" if "enum" in kinds[0] else str(kinds[0]["type"])
    return told if default is None else f"{told}, {default} if left out"


def examples(text: str) -> dict[str, dict[str, Any]]:
    """The example answer of each tool of the page."""
    found = re.findall(r"^### (\w+)\n.*?^```json\n(.*?)^```$", text, re.M | re.S)
    return {name: json.loads(block) for name, block in found}


def test_the_page_is_about_the_tools_there_are(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    with open_record(path, create=True) as record:
        fill(record)
    server = server_of(path)
    text = PAGE.read_text(encoding="utf-8")
    wanted = signatures(server)
    made = text.partition(MARK)[2]
    assert re.findall(r"^### (\w+)$", made, re.M) == list(wanted), "write the page anew: see the head of this test"
    for name, part in wanted.items():
        assert part in made, f"{name} has changed; write the page anew: see the head of this test"
    schemas = {tool.name: tool.output_schema for tool in asyncio.run(server.list_tools())}
    shown = examples(made)
    assert set(shown) == set(wanted)
    for name, answer in shown.items():
        jsonschema.validate(answer, schemas[name] or {})


def _bounded(value: object, most: int = 2) -> object:
    """An answer cut to what a page has room for: two of each list."""
    if isinstance(value, dict):
        return {name: _bounded(one, most) for name, one in value.items()}
    return [_bounded(one, most) for one in value[:most]] if isinstance(value, list) else value


def write(record: Path) -> None:
    """Write the part on tools anew."""
    server = server_of(record)
    parts = [PAGE.read_text(encoding="utf-8").partition(MARK)[0], MARK]
    for name, told in signatures(server).items():
        asked = EXAMPLES.get(name, {})
        if name == "evidence":
            asked = {"id": ask(server, "position_of", party="PRK", issue="sanctions")["history"][0]["id"]}
        answer = _bounded(ask(server, name, **asked))
        called = ", ".join(f"{key}={json.dumps(value)}" for key, value in asked.items())
        shown = json.dumps(answer, ensure_ascii=False, indent=1)
        parts.append(f"\n{told}\n`{name}({called})`, lists cut to two:\n\n```json\n{shown}\n```\n")
    PAGE.write_text("".join(parts), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
