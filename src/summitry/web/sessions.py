"""Who sits at a browser: the cookie that names its session, the token of its forms, and wrong passwords counted.

Nothing of a session is kept: its cookie is signed with a key that lives as long as the desk does, and the token of its
forms follows from the cookie (the HMAC-based token pattern of OWASP's guide to cross-site request forgery).
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

HOURS: Final = 12
"""Hours after which a password is asked again: a working day."""
FREE_TRIES: Final = 5
"""Wrong passwords in a row that cost no wait: people mistype."""
LONGEST_WAIT_S: Final = 300
"""Seconds to which the wait doubles: at one try in five minutes eight random letters last longer than any desk."""
ADDRESSES_KEPT: Final = 4096
"""Addresses of which wrong passwords are remembered; the oldest is forgotten first."""
FREE_IN_ALL: Final = 100
"""Wrong passwords, of all addresses together, that cost no wait. One who has many addresses (a network of IPv6 has
65,536 of the neighbourhoods that are counted; a tunnel hides who asks) has as many tries as one who has one."""
SECONDS_A_TRY: Final = 10.0
"""After those, one try in so many seconds for all addresses: 8,640 a day, of eight random letters one in 24 million."""


class Sessions:
    """Cookies and tokens of one desk. ``inside`` is a session that gave the password."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._key = secrets.token_bytes(32)
        self._now = now

    def cookie(self, *, inside: bool) -> str:
        """The cookie of a new session."""
        told = f"{'in' if inside else 'at'}.{int(self._now())}.{secrets.token_urlsafe(24)}"
        return f"{told}.{self._signed('cookie', told)}"

    def known(self, cookie: str | None, *, inside: bool) -> bool:
        """Whether a cookie is ours, untouched, of that kind and not too old."""
        told, _, signature = (cookie or "").rpartition(".")
        if not told or not hmac.compare_digest(signature.encode(), self._signed("cookie", told).encode()):
            return False
        kind, since, _ = told.split(".", 2)
        if not inside:
            return True
        return kind == "in" and self._now() - int(since) < HOURS * 3600

    def browser(self) -> str:
        """The cookie of a browser that gave the right password once: its tries are counted apart from strangers'."""
        told = secrets.token_urlsafe(24)
        return f"{told}.{self._signed('browser', told)}"

    def browser_of(self, cookie: str) -> str | None:
        """Which browser a cookie of :meth:`browser` names; None for any other."""
        told, _, signature = cookie.rpartition(".")
        good = hmac.compare_digest(signature.encode(), self._signed("browser", told).encode())
        return told if told and good else None

    def token(self, cookie: str) -> str:
        """The token that forms of this session carry."""
        return self._signed("token", cookie)

    def fits(self, cookie: str, token: str) -> bool:
        """Whether a token is that of the session; compared in constant time."""
        return hmac.compare_digest(self.token(cookie).encode(), token.encode("utf-8", "replace"))

    def _signed(self, use: str, told: str) -> str:
        return hmac.new(self._key, f"{use} {told}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


class Door:
    """The password, and how long whoever gave wrong ones must wait. Safe to use from several threads.

    Strangers are counted by address and all together; a browser that was let in before (``browser``, as a signed cookie
    names it) by itself, so that nobody's guessing keeps it out.
    """

    def __init__(self, password: str, now: Callable[[], float] = time.monotonic) -> None:
        self._right = self._digest(password)
        self._now = now
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._spent = 0.0
        self._spent_at = now()
        self._lock = threading.Lock()

    @staticmethod
    def _digest(password: str) -> bytes:
        # Of equal length, so that comparing tells nothing of the right one's.
        return hashlib.sha256(password.encode("utf-8", "replace")).digest()

    def wait(self, address: str, browser: str | None = None) -> float:
        """Seconds until the next try; 0 for none."""
        with self._lock:
            return self._wait(_counted(address, browser), browser)

    def opens(self, address: str, password: str, browser: str | None = None) -> bool:
        """Whether it is the right password. A try while one must wait is none."""
        who = _counted(address, browser)
        with self._lock:
            if self._wait(who, browser) > 0:
                return False
            right = hmac.compare_digest(self._right, self._digest(password))
            tries, _ = self._wrong.pop(who, (0, 0.0))
            if not right:
                # The exponent stays small enough for a float.
                self._wrong[who] = (min(tries + 1, FREE_TRIES + 32), self._now())
                while len(self._wrong) > ADDRESSES_KEPT:
                    self._wrong.popitem(last=False)
                if browser is None:
                    self._spent = self._spent_now() + 1
                    self._spent_at = self._now()
        return right

    def _wait(self, who: str, browser: str | None) -> float:
        tries, last = self._wrong.get(who, (0, 0.0))
        own = 0.0
        if tries >= FREE_TRIES:
            own = last + min(2.0 ** (tries - FREE_TRIES), LONGEST_WAIT_S) - self._now()
        everybodys = (self._spent_now() - FREE_IN_ALL + 1) * SECONDS_A_TRY if browser is None else 0.0
        return max(own, everybodys, 0.0)

    def _spent_now(self) -> float:
        """Tries of strangers that still count: with time they are forgotten."""
        return max(self._spent - (self._now() - self._spent_at) / SECONDS_A_TRY, 0.0)


def _counted(address: str, browser: str | None) -> str:
    return _neighbourhood(address) if browser is None else f"browser {browser}"


def _neighbourhood(address: str) -> str:
    """An address as wrong passwords are counted: of IPv6 its /64, for one machine has all of it."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
