"""``python -m benchmarks.soak [--minutes 60] [--page]``: feeds, reading, reviews and the desk at once on one record.

Everything runs as users run it, by the installed command in processes of its own, on this machine's loopback address
only, and stops by itself. A feed of made-up reports gains entries; ``summitry watch --once`` takes them in; a folder
gains files and ``summitry read`` takes them in; readers click through the desk; a reviewer decides; ``summitry backup``
copies the record, and ``summitry check`` looks at the copy. In the end the record itself is checked, and every report
that was announced must be in it, and every decision.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from html import escape, unescape
from http.cookiejar import CookieJar
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from benchmarks.archiving import texts
from summitry.record import open_record

PAGE: Final = Path(__file__).parents[1] / "docs" / "reliability.md"
BEGIN: Final = "<!-- python -m benchmarks.soak: begin -->"
END: Final = "<!-- end of soak -->"

ENTRY_SECONDS: Final = 20.0
FILES_SECONDS: Final = 45.0
FILES_AT_ONCE: Final = 3
REVIEW_SECONDS: Final = 6.0
BACKUP_SECONDS: Final = 300.0
SAMPLE_SECONDS: Final = 15.0
READERS: Final = 3
READER_SECONDS: Final = 1.0
"""Pauses between what each of them does: some five clicks a second in all, one report every ten seconds."""

PATHS: Final = (
    "/", "/stand.json", "/timeline", "/positions", "/statements", "/statements?q=talks", "/ledger/moves", "/sources",
    "/ledger/commitments", "/ledger/predictions", "/ledger/discrepancies", "/ledger/deadlocks", "/people", "/review",
    "/statements?party=PRK", "/timeline.json?as-of=2019-06-30", "/positions?as-of=2019-03-31", "/export/bibtex",
    "/export/csv?kind=statements",
)  # fmt: skip

COMMAND: Final = [sys.executable, "-m", "summitry"]


@dataclass
class Ledger:
    """What happened, from all threads."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: list[tuple[float, float]] = field(default_factory=list)
    """When a page was asked for, since the start, and how long it took."""
    wrong: list[str] = field(default_factory=list)
    memory: list[tuple[float, int]] = field(default_factory=list)
    """Bytes the desk's process has resident, by time since the start."""
    files: list[tuple[int, int]] = field(default_factory=list)
    """Bytes of the record and of its write-ahead log."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, what: str, times: int = 1) -> None:
        with self.lock:
            self.counts[what] += times

    def note(self, what: str) -> None:
        with self.lock:
            self.wrong.append(what)
            print(what, file=sys.stderr, flush=True)


class Reports:
    """Made-up reports without end: the examples, each filed under a number of its own."""

    def __init__(self) -> None:
        self._texts = texts()
        self._next = 0
        self._lock = threading.Lock()

    def __next__(self) -> tuple[int, str]:
        with self._lock:
            number, self._next = self._next, self._next + 1
        return number, f"{self._texts[number % len(self._texts)]}\n\nFiled as number {number}.\n"


class Feed:
    """A feed on this machine that gains an entry now and then; its pages hold the reports."""

    def __init__(self, reports: Reports) -> None:
        self._reports = reports
        self.pages: dict[str, str] = {}
        self._order: list[tuple[str, str]] = []
        feed = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body, kind = feed.answer(self.path)
                self.send_response(200 if body is not None else 404)
                self.send_header("Content-Type", kind)
                content = (body or "nothing here").encode()
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                with suppress(ConnectionError):
                    self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def grow(self) -> None:
        number, text = next(self._reports)
        title, *rest = text.splitlines()
        paragraphs = "".join(f"<p>{escape(line)}</p>" for line in rest if line.strip())
        page = f"<html><head><title>{escape(title)}</title></head><body><article><h1>{escape(title)}</h1>{paragraphs}"
        self.pages[f"/{number}.html"] = page + "</article></body></html>"
        self._order.append((f"/{number}.html", title))

    def answer(self, path: str) -> tuple[str | None, str]:
        if path == "/feed.xml":
            items = "".join(
                f"<item><title>{escape(title)}</title><link>{self.url}{at}</link><guid>{self.url}{at}</guid></item>"
                for at, title in self._order[-50:]
            )
            return f'<rss version="2.0"><channel><title>Made-up Wire</title>{items}</channel></rss>', "text/xml"
        return self.pages.get(path), "text/html"

    def close(self) -> None:
        self._server.shutdown()


class Soak:
    """One run."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self.folder = folder
        self.record = folder / "talks.db"
        self.inbox = folder / "inbox"
        self.inbox.mkdir()
        self.ledger = Ledger()
        self.reports = Reports()
        self.feed = Feed(self.reports)
        self.began = time.monotonic()
        self.until = self.began + seconds
        self.url = ""
        self.decided = 0
        self.filed = 0

    def run(self) -> None:
        for _ in range(4):
            self.feed.grow()
        self._file()
        self._command("read", str(self.inbox), "--record", str(self.record))
        jobs: list[Callable[[], None]] = [
            *[partial(self._click, seed) for seed in range(READERS)],
            lambda: self._every(ENTRY_SECONDS, self.feed.grow),
            lambda: self._every(ENTRY_SECONDS, self._watch),
            lambda: self._every(FILES_SECONDS, self._read),
            lambda: self._every(BACKUP_SECONDS, self._back_up),
            self._review,
        ]
        with self._desk() as desk, ExitStack() as stack:
            stack.callback(self.feed.close)
            threads = [threading.Thread(target=job) for job in jobs]
            for thread in threads:
                thread.start()
            while any(thread.is_alive() for thread in threads):
                self._sample(desk)
                time.sleep(SAMPLE_SECONDS if time.monotonic() < self.until else 1.0)
            # Once more, in peace: what was announced and filed last.
            self._watch()
            self._read()
        self._look()

    # ── those who act ──────────────────────────────────────────────────────────────────────────────────────────────

    def _every(self, seconds: float, work: Callable[[], None]) -> None:
        while time.monotonic() < self.until:
            work()
            time.sleep(min(seconds, max(0.0, self.until - time.monotonic())))

    def _command(self, *words: str, good: tuple[int, ...] = (0, 1)) -> str:
        done = subprocess.run([*COMMAND, *words], capture_output=True, text=True, timeout=600, check=False)
        self.ledger.count(f"summitry {words[0]}")
        if done.returncode not in good or "Traceback" in done.stderr or "this is a bug" in done.stderr:
            self.ledger.note(f"summitry {words[0]}: status {done.returncode}: {done.stderr.strip()[-400:]}")
        return done.stdout + done.stderr

    def _watch(self) -> None:
        where = f"{self.feed.url}/feed.xml"
        self._command("watch", where, "--record", str(self.record), "--once", "--gap", "1", "--allow-private")

    def _file(self) -> None:
        for _ in range(FILES_AT_ONCE):
            number, text = next(self.reports)
            half = self.folder / f"{number}.half"
            half.write_text(text)
            half.replace(self.inbox / f"{number}.txt")
            self.filed += 1

    def _read(self) -> None:
        self._file()
        self._command("read", str(self.inbox), "--record", str(self.record))

    def _back_up(self) -> None:
        copy = self.folder / "copy.db"
        self._command("backup", "--record", str(self.record), str(copy), "--force")
        if copy.exists():
            self._command("check", "--record", str(copy), good=(0,))

    def _click(self, seed: int) -> None:
        rng = random.Random(seed)
        ids: list[str] = []
        while time.monotonic() < self.until:
            path = f"/row/{rng.choice(ids)}" if ids and rng.random() < 0.3 else rng.choice(PATHS)
            body = self._get(path)
            ids.extend(re.findall(r'"/row/((?:st|ev|mv|po)-[0-9a-f]+)', body)[:5])
            del ids[:-200]
            time.sleep(READER_SECONDS * rng.uniform(0.5, 1.5))

    def _get(self, path: str) -> str:
        began = time.monotonic()
        try:
            with urllib.request.urlopen(self.url + path, timeout=120) as answer:
                body: str = answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            # A row that was read anew may be gone; anything else is wrong.
            if not (error.code == 404 and path.startswith("/row/")):
                self.ledger.note(f"{path}: {error.code}: {error.read()[-300:]!r}")
            self.ledger.count(f"desk answers {error.code}")
            return ""
        except OSError as error:
            self.ledger.note(f"{path}: {error}")
            return ""
        with self.ledger.lock:
            self.ledger.seconds.append((began - self.began, time.monotonic() - began))
        self.ledger.count("pages")
        return body

    def _review(self) -> None:
        """Decide on what the desk offers, by its own form."""
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        rng = random.Random(0)
        while time.monotonic() < self.until:
            try:
                with opener.open(self.url + "/review", timeout=120) as answer:
                    form = _form(answer.read().decode())
                if form is not None:
                    form["action"] = rng.choice(["accept", "accept", "reject"])
                    post = urllib.request.Request(
                        self.url + "/review",
                        urllib.parse.urlencode(form).encode(),
                        {"Origin": self.url},
                    )
                    with opener.open(post, timeout=120) as answer:
                        # The desk says where it has not decided: the row is no more, or was decided on meanwhile.
                        said = urllib.parse.parse_qs(urllib.parse.urlsplit(answer.url).query).get("said")
                    if said is None:
                        self.decided += 1
                    else:
                        self.ledger.count(f"decisions not taken, and said so ({said[0]})")
            except urllib.error.HTTPError as error:
                # Somebody read the row anew between the page and the decision: the desk says so, with 4xx.
                if error.code >= 500:
                    self.ledger.note(f"review: {error.code}: {error.read()[-300:]!r}")
                self.ledger.count(f"reviews answered {error.code}")
            except OSError as error:
                self.ledger.note(f"review: {error}")
            time.sleep(REVIEW_SECONDS)

    # ── looking on ─────────────────────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def _desk(self) -> Iterator[subprocess.Popen[str]]:
        words = [*COMMAND, "serve", "--record", str(self.record), "--port", "0", "--reviewer", "soak"]
        desk = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert desk.stdout is not None
        for line in desk.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                self.url = found.group()
                break
        # Read on, or the desk would block when its pipe is full.
        threading.Thread(target=self._hear, args=(desk.stdout,), daemon=True).start()
        try:
            yield desk
        finally:
            desk.send_signal(signal.SIGINT)
            desk.wait(30)

    def _hear(self, said: Iterable[str]) -> None:
        for line in said:
            if "Traceback" in line or "Error" in line:
                self.ledger.note(f"desk: {line.strip()}")

    def _sample(self, desk: subprocess.Popen[str]) -> None:
        with suppress(OSError, IndexError):
            pages = int(Path(f"/proc/{desk.pid}/statm").read_text().split()[1])
            self.ledger.memory.append((time.monotonic() - self.began, pages * os.sysconf("SC_PAGE_SIZE")))
        wal = self.record.with_name(self.record.name + "-wal")
        with suppress(OSError):
            self.ledger.files.append((self.record.stat().st_size, wal.stat().st_size if wal.exists() else 0))

    def _look(self) -> None:
        """What must hold in the end."""
        self._command("check", "--record", str(self.record), good=(0,))
        with open_record(self.record, read_only=True) as record:
            rows = record.sources()
            there = {uri for row in rows if row.status == "read" for uri in row.uris}
            wanted = {str(path) for path in self.inbox.iterdir()} | {self.feed.url + path for path in self.feed.pages}
            for missing in sorted(wanted - there)[:20]:
                told = next((row.reason for row in rows if missing in row.uris), "no word of it")
                self.ledger.note(f"not in the record: {missing}: {told}")
            self.ledger.count("reports wanted", len(wanted))
            self.ledger.count("reports in the record", len(wanted & there))
            kept = sum(1 for one in record.review.list() if one.by == "soak")
        self.ledger.count("decisions posted", self.decided)
        self.ledger.count("decisions in the record", kept)
        if kept != self.decided:
            self.ledger.note(f"{self.decided} decisions were posted, {kept} are in the record")


def _form(html: str) -> dict[str, str] | None:
    """The fields that the form of decisions sends; None where nothing is left to decide."""
    at = html.find('aria-label="Decide"')
    if at < 0:
        return None
    text = html[at : html.index("</form>", at)]
    found = {}
    for tag in re.findall(r"<input[^>]*>", text):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value:
            found[name[1]] = unescape(value[1])
    return found


def table(soak: Soak, minutes: float) -> str:
    """The figures as Markdown."""
    ledger = soak.ledger
    third = minutes * 20
    early = [took for at, took in ledger.seconds if at < third]
    late = [took for at, took in ledger.seconds if at > 2 * third]
    memory = [size for _, size in ledger.memory]

    def ms(spent: list[float], share: float) -> str:
        return f"{1000 * statistics.quantiles(spent, n=100)[int(share * 100) - 1]:.0f}" if len(spent) > 2 else "-"

    counts = "\n".join(f"| {what} | {count:,} |" for what, count in sorted(ledger.counts.items()))
    return "\n".join(
        [
            f"Run on {datetime.now(UTC).date()} for {timedelta(minutes=minutes)}, {os.cpu_count()} shared cores "
            f"({platform.machine()}), Python {platform.python_version()}.",
            "",
            "| what | how often |",
            "|---|---:|",
            counts,
            f"| wrong | {len(ledger.wrong)} |",
            "",
            f"A page took {ms(early, 0.5)} ms in the first third (median; 99 of 100 under {ms(early, 0.99)} ms), "
            f"{ms(late, 0.5)} ms in the last ({ms(late, 0.99)} ms). The desk's process had {memory[0] / 2**20:.0f} MiB "
            f"at first, {max(memory) / 2**20:.0f} at most, {memory[-1] / 2**20:.0f} at last; the write-ahead log had "
            f"{max(wal for _, wal in ledger.files) / 2**20:.0f} MiB at most, beside a record of "
            f"{ledger.files[-1][0] / 2**20:.0f} MiB.",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--keep", type=Path, help="keep the record there")
    parser.add_argument("--page", action="store_true", help=f"write {PAGE.name}")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        soak = Soak(Path(place), asked.minutes * 60)
        soak.run()
        if asked.keep:
            shutil.copy(soak.record, asked.keep)
    text = table(soak, asked.minutes)
    print(text)
    if asked.page:
        page = PAGE.read_text()
        before, rest = page.split(BEGIN)
        after = rest.split(END, 1)[1]
        PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")
    if soak.ledger.wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
