"""``summitry serve`` and ``summitry site`` as a user starts them: real processes, a real port."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from record_factory import make_reading
from summitry.cli.serving import password_of
from summitry.errors import UsageError
from summitry.record import open_record


@pytest.fixture(name="file", scope="module")
def _file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "talks.db"
    with open_record(path, create=True) as record:
        record.add(*make_reading(0))
    return path


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "summitry", *map(str, arguments)]


def call(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), capture_output=True, text=True, timeout=60, env={**os.environ, **environment}
    )


@contextlib.contextmanager
def served(*arguments: str | Path, **environment: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A desk and its address, as the first line of its output tells it."""
    with subprocess.Popen(
        command("serve", *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    ) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip(), process
        finally:
            process.kill()


def got(address: str) -> tuple[int, str]:
    # No proxy of the environment comes between.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_a_desk_tells_its_address_answers_and_stops_at_ctrl_c(file: Path) -> None:
    with served("--record", file, "--port", "0") as (address, process):
        assert address.startswith("http://127.0.0.1:")
        assert got(address)[0] == 200
        assert json.loads(got(f"{address}/stand.json")[1])
        assert got(f"{address}/nowhere")[0] == 404
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert out == ""
    assert err.splitlines() == ["Ctrl-C stops it.", "closed"]
    assert process.returncode == 0
    with open_record(file, read_only=True) as record:
        assert record.statements()


def test_it_answers_this_machine_only(file: Path) -> None:
    with served("--record", file, "--port", "0") as (address, _):
        port = int(address.rpartition(":")[2])
        for family, _, _, _, where in socket.getaddrinfo(socket.gethostname(), port, type=socket.SOCK_STREAM):
            if str(where[0]).startswith("127.") or where[0] == "::1":
                continue
            with socket.socket(family) as other:
                other.settimeout(2)
                assert other.connect_ex(where) != 0


def test_a_taken_port_is_named_with_the_next_step(file: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = call("serve", "--record", file, "--port", str(port))
    assert done.returncode == 2
    assert f"port {port} is taken" in done.stderr and "--port" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_what_is_off_is_said_before_anything_starts(file: Path, tmp_path: Path) -> None:
    short = tmp_path / "short"
    short.write_text("abc\n")
    for arguments, words in (
        (("--record", file, "--host", "0.0.0.0"), "SUMMITRY_PASSWORD"),
        (("--record", file, "--host", "nowhere.invalid", "--password-file", file.parent), "cannot be read"),
        (("--record", file, "--password-file", short), "3 characters"),
        (("--record", tmp_path / "missing.db"), "does not exist"),
        (("--record", short), "short"),
    ):
        done = call("serve", *arguments)
        assert done.returncode == 2, arguments
        assert words in done.stderr
        assert "Traceback" not in done.stderr


def test_no_option_takes_a_password() -> None:
    options = call("serve", "--help").stdout
    assert "--password-file" in options
    assert "--password " not in options


def test_a_desk_for_others_asks_for_the_password(file: Path) -> None:
    with served("--record", file, "--port", "0", "--host", "0.0.0.0", SUMMITRY_PASSWORD="green-apples") as (address, _):
        port = address.rpartition(":")[2]
        status, page = got(f"http://127.0.0.1:{port}/timeline")
        assert status == 200
        assert 'type="password"' in page and "Tallinn" not in page
        assert got(f"http://127.0.0.1:{port}/stand.json")[0] == 401


def test_where_a_password_comes_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "password"
    file.write_text("green-apples\nsecond line\n")
    monkeypatch.delenv("SUMMITRY_PASSWORD", raising=False)
    assert password_of(None) is None
    assert password_of(file) == "green-apples"
    monkeypatch.setenv("SUMMITRY_PASSWORD", "red-apples")
    assert password_of(None) == "red-apples"
    assert password_of(file) == "green-apples"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="cannot be read"):
        password_of(file)
    file.write_text("")
    with pytest.raises(UsageError, match="0 characters"):
        password_of(file)


def test_a_site_is_written_and_written_again(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    done = call("site", folder, "--record", file)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(folder / "index.html")
    assert (folder / "index.html").is_file()
    assert call("site", folder, "--record", file).returncode == 0
    shutil.copy(file, folder / "talks.db")
    done = call("site", folder, "--record", file)
    assert done.returncode == 2
    assert "talks.db" in done.stderr
    assert (folder / "talks.db").is_file() and (folder / "index.html").is_file()


def test_a_site_of_what_is_off_is_none(file: Path, tmp_path: Path) -> None:
    for arguments, words in (
        ((file, "--record", file), "is a file"),
        ((tmp_path / "a", "--record", file, "--as-of", "soon"), "soon"),
        ((tmp_path / "a", "--record", tmp_path / "missing.db"), "does not exist"),
    ):
        done = call("site", *arguments)
        assert done.returncode == 2, done
        assert words in done.stderr
        assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == []
