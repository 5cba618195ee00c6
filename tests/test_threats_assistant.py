"""Attacks through the server for assistants: parameters of every kind, ids that are none, answers without end."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp")

from mcp.client import Client
from mcp.shared.exceptions import MCPError
from mcp.types import TextContent, TextResourceContents

from summitry.assistant.bounds import CUT, DEEPEST, MOST_ANSWER, as_json, bounded
from summitry.assistant.server import RecordServer, server_of
from threat_record import HUGE, IDS, filled, plain_record, row_ids

TOOLS = (
    "about", "brief", "state", "what_changed", "search_statements", "timeline", "position_of", "where_all_stand",
    "moves", "commitments", "predictions", "deadlocks", "discrepancies", "search_reports", "evidence", "parties",
)  # fmt: skip
VALUES: tuple[object, ...] = (
    None, True, -1, 0, 10**30, 1e308, float("1e-300"), "", " ", "x" * 1_000_000, "\x00", "\ud83d", '"', "NEAR(", "%",
    "'; DROP TABLE rows;--", "a* OR b*", "*" * 400, '"' * 401, "../../etc/passwd", "file:///etc/passwd", [], [[]], {},
    {"a": {}}, ["x"] * 10_000, "9" * 5_000, "2019-13-45", "99999-01-01", "-1", "nan", "run-" + "9" * 30,
)  # fmt: skip
REQUIRED: dict[str, dict[str, object]] = {
    "what_changed": {"since": "run"}, "position_of": {"party": "USA"}, "search_reports": {"words": "x"},
    "evidence": {"id": "x"},
}  # fmt: skip


@pytest.fixture(name="file", scope="module")
def _file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return plain_record(tmp_path_factory.mktemp("assistant") / "talks.db", 3)


@pytest.fixture(name="server", scope="module")
def _server(file: Path) -> Iterator[RecordServer]:
    yield server_of(file)


def asked(server: RecordServer, calls: list[tuple[str, dict[str, Any]]]) -> list[str]:
    """The texts of the answers."""

    async def run() -> list[str]:
        texts = []
        async with Client(server) as client:
            for tool, arguments in calls:
                try:
                    answer = await client.call_tool(tool, arguments)
                except MCPError as error:
                    texts.append(str(error))
                    continue
                block = answer.content[0]
                assert isinstance(block, TextContent)
                texts.append(block.text)
        return texts

    return asyncio.run(run())


def test_no_parameter_makes_a_tool_fail_or_answer_without_end(server: RecordServer, file: Path) -> None:
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    parameters = {tool.name: list(tool.input_schema.get("properties", {})) for tool in asyncio.run(server.list_tools())}
    assert set(parameters) == set(TOOLS)
    calls = [
        (tool, REQUIRED.get(tool, {}) | {name: value})
        for tool in TOOLS
        for number, name in enumerate(parameters[tool])
        # Every tool and parameter, every value: not every one of each, which takes a minute.
        for value in VALUES[(number + len(tool)) % 3 :: 3]
    ]
    started = time.monotonic()
    for call, text in zip(calls, asked(server, calls), strict=True):
        assert len(text) <= MOST_ANSWER, call[0]
        for sign in ("Traceback", "sqlite3", "OperationalError", "site-packages", "root:", str(file)):
            assert sign not in text, (call[0], list(call[1]), text[:200])
    assert time.monotonic() - started < 60
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before


def test_long_parameters_are_refused_before_anything_is_sought(server: RecordServer) -> None:
    for tool, name in (("search_reports", "words"), ("evidence", "id"), ("timeline", "party"), ("brief", "as_of")):
        (text,) = asked(server, [(tool, REQUIRED.get(tool, {}) | {name: "x" * 1_000_000})])
        assert "at most" in text and len(text) < 1_000


@pytest.mark.parametrize("kind", ["row", "source"])
def test_addresses_of_resources_are_no_paths(server: RecordServer, kind: str) -> None:
    async def run() -> None:
        async with Client(server) as client:
            for name in (*IDS, "..%2f..%2fetc%2fpasswd", "*", "%25", "x" * 100_000):
                try:
                    answer = await client.read_resource(f"summitry://{kind}/{name}")
                except Exception as error:
                    assert "Traceback" not in str(error) and "root:" not in str(error)
                    continue
                for each in answer.contents:
                    assert isinstance(each, TextResourceContents) and "root:" not in each.text
            for uri in (
                "file:///etc/passwd",
                "summitry://../etc/passwd",
                "http://127.0.0.1/",
                "summitry://row/../source",
            ):
                with pytest.raises(Exception):  # noqa: B017 - whatever it is, nothing is read
                    await client.read_resource(uri)

    asyncio.run(run())


@pytest.mark.slow
def test_answers_of_a_record_of_endless_words_end(tmp_path: Path) -> None:
    path = plain_record(tmp_path / "talks.db", 2)
    assert filled(path, HUGE[:100_000], lambda table, column: table not in ("articles", "cases")) > 10
    server = server_of(path)
    calls: list[tuple[str, dict[str, Any]]] = [(tool, dict(REQUIRED.get(tool, {}))) for tool in TOOLS]
    calls += [("evidence", {"id": one}) for table in ("statements", "moves") for one in row_ids(path, table)[:1]]
    texts = asked(server, calls)
    assert all(len(text) <= MOST_ANSWER for text in texts)
    assert any(CUT in text for text in texts)


def test_an_answer_is_cut_to_its_size_and_says_so() -> None:
    small = {"rows": [{"id": "a", "words": "b"}], "hint": None}
    assert bounded(small) == small
    deep: object = "x"
    for _ in range(2_000):
        deep = [deep]
    for large in (
        {"words": "x" * 1_000_000},
        {"rows": [{"id": f"{number}", "words": "x" * 500} for number in range(5_000)]},
        {"rows": [["x" * 100] * 300] * 300},
        {f"{'k' * 1_000}{number}": 1 for number in range(5_000)},
        {"deep": deep},
        {"hint": "said", "rows": [[[["x" * 4_000] * 20] * 20] * 20]},
    ):
        cut = bounded(large)
        assert len(as_json(cut)) <= MOST_ANSWER
        assert CUT in str(cut["hint"])
    assert json.dumps(bounded({"deep": deep})).count("[") <= DEEPEST
    assert len(bounded({"text": "x" * 200_000}, frozenset({"text"}))["text"]) == 200_000
    assert len(bounded({"text": "x" * 900_000}, frozenset({"text"}))["text"]) < MOST_ANSWER
