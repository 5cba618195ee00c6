"""Getting pages as a good guest: robots.txt (RFC 9309), time between requests, leaving a host alone where it asks.

One request at a time in all. Between two requests to one host lie some seconds, or its Crawl-delay; 429 and 503 are
answered by leaving the host alone for as long as Retry-After says, or longer each time.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Final
from urllib.parse import urlsplit

from protego import Protego

from summitry.errors import UnreadableSource
from summitry.intake.fetch import Answer, NoAnswer, NotAsked, ask
from summitry.intake.options import MAX_REDIRECTS
from summitry.watch.clock import Clock
from summitry.watch.state import HostState

ROBOT: Final = "summitry"
"""The name by which robots.txt may speak to us."""

GAP_SECONDS: Final = 5.0
"""Between two requests to one host where it names no delay: a person reads no faster."""

PATIENCE_SECONDS: Final = 120.0
"""As long as this we wait for a host's turn; for longer, its pages are left to the next run."""

FIRST_BACK_OFF: Final = 300.0
LONGEST_BACK_OFF: Final = 86_400.0
"""After a failure: five minutes, then twice as long each time, to a day."""

LONGEST_ASKED: Final = 30 * 86_400.0
"""A Retry-After of more is a slip or a jest: a month."""

ROBOTS_FRESH: Final = 86_400.0
"""RFC 9309: robots.txt is not used for longer than a day."""

ROBOTS_STALE: Final = 30 * 86_400.0
"""RFC 9309: where it cannot be reached, a copy may be used for longer; a month."""

ROBOTS_AGAIN: Final = 6 * 3_600.0
"""After so long it is tried again, while a copy stands in."""

ROBOTS_CHARS: Final = 512_000
"""RFC 9309: at least 500 kibibytes must be parsed."""

MOST_HOSTS: Final = 1_000
"""Hosts that are remembered, those asked last. The links of feeds lead to few; a hostile one may name any number."""

RULES_KEPT: Final = 8_000_000
"""Characters of robots.txt that are kept of all hosts together: the state is written again and again. Of hosts asked
longer ago they are asked for anew."""

PARSED_KEPT: Final = 64
"""Hosts whose robots.txt stays parsed."""

_AGENT: Final = re.compile(r"user[-\s]*agent[\s:]+(.*)", re.IGNORECASE)


def user_agent() -> str:
    """Who we say we are."""
    try:
        number = version("summitry")
    except PackageNotFoundError:
        number = "0"
    return f"summitry/{number} (reads feeds; obeys robots.txt for {ROBOT})"


class NotNow(Exception):
    """What could not be got now, and may be later: why, and not before when (seconds since 1970). ``tried`` where a
    server was asked."""

    def __init__(self, reason: str, until: float, *, tried: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.until = until
        self.tried = tried


class Refused(Exception):
    """What will not be got: why. ``gone`` where the server says so for good (410), ``asked`` where one was asked."""

    def __init__(self, reason: str, *, gone: bool = False, asked: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.gone = gone
        self.asked = asked


@dataclass(frozen=True, slots=True)
class Got:
    """An answer (status 200 or 304), and the address to use from now on where the asked one has moved for good."""

    answer: Answer
    moved: str | None


Ask = Callable[..., Answer]


class Guest:
    """Asks hosts for pages. ``hosts`` is what is known of them, by host; it is kept up to date."""

    def __init__(
        self,
        hosts: dict[str, HostState],
        clock: Clock,
        *,
        gap: float = GAP_SECONDS,
        allow_private: bool = False,
        asked: Ask = ask,
    ) -> None:
        self._hosts = hosts
        self._clock = clock
        self._gap = gap
        self._allow_private = allow_private
        self._ask = asked
        self._parsed: OrderedDict[tuple[str, float], Protego] = OrderedDict()

    def get(self, url: str, headers: Sequence[tuple[str, str]] = ()) -> Got:
        """The page at ``url``, redirects followed; each host's robots.txt is asked first.

        Raises:
            NotNow: not now.
            Refused: never.
        """
        moved: str | None = None
        for_good = True
        for _ in range(MAX_REDIRECTS + 1):
            self._permitted(url)
            answer = self._turn(url, headers)
            if (target := answer.redirect) is not None:
                for_good = for_good and answer.status in (301, 308)
                moved = target if for_good else moved
                url = target
                continue
            if answer.status in (200, 304):
                return Got(answer, moved)
            raise self._failed(answer)
        raise Refused(f"it redirects more than {MAX_REDIRECTS} times; give the final address")

    def ready_at(self, url: str) -> float:
        """When the next request to the host of ``url`` may be made."""
        host = self._hosts.get(_name(url))
        return max(host.asked + self.delay(url), host.not_before) if host else self._gap

    def _host(self, url: str) -> HostState:
        """What is known of a host that is to be asked now."""
        name = _name(url)
        host = self._hosts.setdefault(name, HostState())
        if len(self._hosts) > MOST_HOSTS:
            # One that wants to be left alone is remembered as long as any.
            others = (one for one in self._hosts if one != name)
            del self._hosts[min(others, key=lambda one: _last_of(self._hosts[one]))]
        return host

    def _keep_rules(self, host: HostState, text: str) -> None:
        host.rules, host.read_at = text, self._clock.now()
        known = [one for one in self._hosts.values() if one is not host and one.rules]
        size = len(text) + sum(len(one.rules or "") for one in known)
        for one in sorted(known, key=_last_of):
            if size <= RULES_KEPT:
                break
            size -= len(one.rules or "")
            one.rules = None

    def _failed(self, answer: Answer) -> NotNow | Refused:
        told = f"the server answered {answer.status} {answer.reason}".rstrip()
        host = self._host(answer.url)
        now = self._clock.now()
        if answer.status in (429, 503):
            return NotNow(f"{told}: {_name(answer.url)} is left alone for a while", host.not_before)
        if answer.status >= 500 or answer.status in (408, 425):
            return NotNow(told, now)
        return Refused(told, gone=answer.status == 410)

    def _turn(self, url: str, headers: Sequence[tuple[str, str]]) -> Answer:
        """One request when it is the host's turn."""
        host = self._host(url)
        now = self._clock.now()
        ready = self.ready_at(url)
        if ready - now > PATIENCE_SECONDS:
            raise NotNow(f"{_name(url)} is left alone for now", ready, tried=False)
        if ready > now:
            self._clock.sleep(ready - now)
        host.asked = self._clock.now()
        try:
            answer = self._ask(url, allow_private=self._allow_private, headers=(("User-Agent", user_agent()), *headers))
        except NoAnswer as error:
            self._leave(host)
            raise NotNow(error.reason, host.not_before) from None
        except UnreadableSource as error:
            raise Refused(error.reason, asked=not isinstance(error, NotAsked)) from None
        if answer.status in (429, 503):
            self._leave(host, retry_after(answer.header("retry-after"), self._clock.now()))
        elif answer.status < 500:
            host.failures = 0
        return answer

    def _leave(self, host: HostState, seconds: float | None = None) -> None:
        """Leave a host alone: for as long as it asks, or longer after each failure."""
        host.failures += 1
        host.not_before = self._clock.now() + (back_off(host.failures) if seconds is None else seconds)

    # ── robots.txt ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _permitted(self, url: str) -> None:
        """See that robots.txt lets us.

        Raises:
            NotNow: it cannot be read now, which forbids everything.
            Refused: it does not.
        """
        if not url.startswith(("http://", "https://")) or not _name(url):
            raise Refused(f"{url[:80]!r} is no http or https address with a host", asked=False)
        host = self._host(url)
        now = self._clock.now()
        if host.rules is None or not (
            0 <= now - host.read_at < ROBOTS_FRESH or 0 <= now - host.tried_at < ROBOTS_AGAIN
        ):
            self._read_rules(url, host)
        if not self._robots(url, host).can_fetch(url, ROBOT):
            raise Refused(f"robots.txt of {_name(url)} does not allow it")

    def _robots(self, url: str, host: HostState) -> Protego:
        key = (_name(url), host.read_at)
        found = self._parsed.get(key)
        if found is None:
            found = self._parsed[key] = Protego.parse(ours(host.rules or ""))
        self._parsed.move_to_end(key)
        while len(self._parsed) > PARSED_KEPT:
            self._parsed.popitem(last=False)
        return found

    def delay(self, url: str) -> float:
        """Seconds between two requests to the host of ``url``, as far as its rules are known; a month at most."""
        host = self._hosts.get(_name(url))
        told = self._robots(url, host).crawl_delay(ROBOT) if host and host.rules else None
        return max(self._gap, min(float(told or 0.0), LONGEST_ASKED))

    def _read_rules(self, url: str, host: HostState) -> None:
        host.tried_at = self._clock.now()
        asked = origin = f"{urlsplit(url).scheme}://{_name(url)}/robots.txt"
        try:
            for _ in range(MAX_REDIRECTS + 1):
                answer = self._turn(asked, ())
                if (target := answer.redirect) is None or not target.startswith(("http://", "https://")):
                    break
                asked = target
        except Refused as error:
            # Too large, or damaged, or at a place that may not be asked: not to be had.
            why = f"robots.txt of {_name(url)} cannot be read ({error.reason})" if error.asked else error.reason
            raise Refused(why, asked=error.asked) from None
        except NotNow as error:
            self._unreachable(url, host, error)
            return
        if answer.status == 200:
            text = answer.content.decode("utf-8-sig", "replace")[:ROBOTS_CHARS]
            if answer.header("content-type") is not None and text.lstrip()[:1] == "<":
                text = ""  # a page in its place, as some servers send for any address: no rules
            self._keep_rules(host, text)
        elif answer.status == 429 or answer.status >= 500:
            if answer.status != 429 and answer.status != 503:
                self._leave(host)
            reason = f"the server answered {answer.status} for {origin}"
            self._unreachable(url, host, NotNow(reason, host.not_before))
        else:
            self._keep_rules(host, "")

    def _unreachable(self, url: str, host: HostState, error: NotNow) -> None:
        """RFC 9309: all is forbidden where the rules cannot be reached, but for a copy that is not too old."""
        if host.rules is None or not 0 <= self._clock.now() - host.read_at < ROBOTS_STALE:
            if not error.tried:
                raise error
            why = f"robots.txt of {_name(url)} cannot be read ({error.reason}), and nothing without it"
            raise NotNow(why, error.until)


def _name(url: str) -> str:
    """Host and port; nothing of what is no address."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def _last_of(host: HostState) -> float:
    """When a host last mattered."""
    return max(host.asked, host.tried_at, host.not_before)


def ours(text: str) -> str:
    """A robots.txt with one name in place of every robot that is not meant by ours.

    The parser puts each rule down for each robot named before it: twenty thousand names and as many rules would be
    more than any memory holds.
    """
    lines: list[str] = []
    for line in text.splitlines():
        plain = line.partition("#")[0].strip()
        found = _AGENT.match(plain)
        if found is not None and (name := found[1].strip().lower()):
            bare = name.replace("*", "")
            meant = name == "*" or (bare != "" and ROBOT.startswith(bare))
            plain = f"User-agent: {(bare or name) if meant else '-'}"
            if not meant and lines and lines[-1] == plain:
                continue
        if plain:
            lines.append(plain)
    return "\n".join(lines)


def back_off(failures: int) -> float:
    """Seconds to wait after so many failures in a row."""
    return float(min(FIRST_BACK_OFF * 2 ** min(failures - 1, 20), LONGEST_BACK_OFF))


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds that a Retry-After header asks for (a number or a date); None where it says nothing."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(min(int(value[:9]), LONGEST_ASKED))
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return min(max(when.timestamp() - now, 0.0), LONGEST_ASKED)
