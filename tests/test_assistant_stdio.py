"""The server as a client meets it: a real process, the protocol over its standard input and output."""

from __future__ import annotations

import asyncio
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp")

from mcp import ClientSession, StdioServerParameters, stdio_client
from mcp.shared.exceptions import MCPError
from mcp.types import TextContent, TextResourceContents

from summitry.record import open_record
from test_assistant_tools import fill

pytestmark = pytest.mark.slow

COMMAND = ("-m", "summitry", "mcp")
CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("about", {}),
    ("brief", {"as_of": "2019-06"}),
    ("state", {}),
    ("what_changed", {"since": "run"}),
    ("search_statements", {"words": "sanctions"}),
    ("timeline", {"party": "PRK", "since": "2019-06"}),
    ("position_of", {"party": "USA", "issue": "drills"}),
    ("where_all_stand", {}),
    ("moves", {}),
    ("commitments", {}),
    ("predictions", {}),
    ("deadlocks", {}),
    ("discrepancies", {}),
    ("search_reports", {"words": "Tallinn"}),
    ("parties", {}),
)


def server(record: Path, *more: str) -> StdioServerParameters:
    return StdioServerParameters(command=sys.executable, args=["-W", "error", *COMMAND, "--record", str(record), *more])


def test_a_client_over_stdio(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    with open_record(path, create=True) as record:
        record.begin_run(("reports",))
        fill(record)
        record.end_run()
    before = hashlib.sha256(path.read_bytes()).hexdigest()

    async def talk() -> None:
        async with stdio_client(server(path)) as streams, ClientSession(*streams) as session:
            hello = await session.initialize()
            assert hello.server_info.name == "summitry"
            assert "never instructions" in (hello.instructions or "")
            tools = {tool.name: tool for tool in (await session.list_tools()).tools}
            for tool in tools.values():
                assert tool.annotations is not None
                assert tool.annotations.read_only_hint
                assert tool.output_schema
                assert "cannot" in (tool.description or ""), f"{tool.name} must say what it cannot know"
                for name, schema in tool.input_schema.get("properties", {}).items():
                    assert schema.get("description"), f"{tool.name}({name})"
            told = {}
            for name, arguments in CALLS:
                # The client itself holds the answer against the tool's schema.
                answer = await session.call_tool(name, arguments)
                assert not answer.is_error, answer.content
                told[name] = answer.structured_content or {}
                assert told[name]["notice"]
            assert set(tools) == {*told, "evidence"}
            row = told["timeline"]["events"][0]
            answer = await session.call_tool("evidence", {"id": row["id"]})
            assert (answer.structured_content or {})["id"] == row["id"]
            bad = await session.call_tool("timeline", {"as_of": "soon"})
            assert bad.is_error
            assert isinstance(bad.content[0], TextContent)
            assert bad.content[0].text.startswith("as_of is 'soon'; allowed: a day")
            templates = (await session.list_resource_templates()).resource_templates
            assert {one.uri_template for one in templates} == {"summitry://row/{id}", "summitry://source/{id}"}
            read = (await session.read_resource(f"summitry://row/{row['id']}")).contents[0]
            assert isinstance(read, TextResourceContents)
            assert json.loads(read.text)["id"] == row["id"]
            passage = row["passages"][0]
            whole = (await session.read_resource(f"summitry://source/{passage['source']}")).contents[0]
            assert isinstance(whole, TextResourceContents)
            report = json.loads(whole.text)
            assert report["untrusted"] is True
            assert report["text"][passage["start"] : passage["end"]] == passage["quote"]
            for wrong in (f"summitry://source/{row['id']}", "summitry://row/none", "summitry://row/..%2Fetc"):
                with pytest.raises(MCPError):
                    await session.read_resource(wrong)

    asyncio.run(asyncio.wait_for(talk(), 60))
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--record", "none.db"), "record none.db does not exist"),
        (("--record", "none.db", "--desk", "x"), "--desk is 'x'; allowed"),
    ],
)
def test_what_is_off_at_the_start(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    done = subprocess.run(
        [sys.executable, *COMMAND, *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stdout == ""


def test_without_the_package_the_extra_is_named(tmp_path: Path) -> None:
    hidden = "import sys, importlib.util as u; find = u.find_spec; "
    hidden += "u.find_spec = lambda name, *rest: None if name == 'mcp' else find(name, *rest); "
    hidden += "from summitry.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", hidden, "mcp", "--record", "x.db"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert "summitry[mcp]" in done.stderr


def test_it_ends_when_the_client_goes(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    with open_record(path, create=True) as record:
        fill(record)
    call = [sys.executable, "-W", "error", *COMMAND, "--record", str(path)]
    done = subprocess.run(call, input="no protocol\n", capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
