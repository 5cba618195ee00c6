"""How the desk listens: how long a client may take to ask and to take its answer, and how many there may be.

The server (uvicorn) waits without end for a request that has begun, and for a reader of its answer; a few hundred such
clients would be all it can have. Here whoever dawdles is cut off, and where there is no room the one that has been
asking for longest makes room for the next.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from starlette.types import ASGIApp

MOST_CONNECTIONS: Final = 256
"""Connections at once: a browser has six; four times as many files may be open as most systems allow a program."""
ASKING_S: Final = 20.0
"""Seconds that a request may take to arrive, with what it posts: 64 KB at the speed of a bad telephone line."""
TAKING_S: Final = 30.0
"""Seconds in which a reader must take :data:`TAKEN` bytes of an answer, or the rest of it."""
TAKEN: Final = 8_192
LOOK_S: Final = 2.0
"""Seconds between two looks at a connection."""


class Hurried(H11Protocol):
    """uvicorn's HTTP/1.1 for clients that may not dawdle."""

    _since = 0.0
    _waiting = 0
    _look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client connected."""
        super().connection_made(transport)
        self._since = self.loop.time()
        self._look = self.loop.call_later(LOOK_S, self._looked_at)
        if len(self.connections) > MOST_CONNECTIONS:
            asking = [one for one in self.connections if isinstance(one, Hurried) and one.is_asking]
            min(asking, key=lambda one: one._since, default=self).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """A client went away."""
        if self._look is not None:
            self._look.cancel()
        super().connection_lost(exc)

    @property
    def is_asking(self) -> bool:
        """Whether the client has its request still to make, or to finish."""
        return self.conn.their_state in (h11.IDLE, h11.SEND_BODY)

    def on_response_complete(self) -> None:
        """An answer is written: the next request may come."""
        self._since = self.loop.time()
        super().on_response_complete()

    def _looked_at(self) -> None:
        """Cut off a client that has taken too long; look again later."""
        now = self.loop.time()
        left = self.transport.get_write_buffer_size()
        if left:
            # Of an answer that is written in pieces as much comes as goes: the pause in between is the reader's.
            if left <= self._waiting - TAKEN or not self._waiting:
                self._since = now
                self._waiting = left
            self._waiting = max(self._waiting, left)
            late = now - self._since > TAKING_S
        else:
            if self._waiting:
                self._since = now
                self._waiting = 0
            late = self.is_asking and now - self._since > ASKING_S
        if late:
            self.transport.abort()
        else:
            self._look = self.loop.call_later(LOOK_S, self._looked_at)

    def resume_writing(self) -> None:
        """A reader took most of what was waiting for it."""
        self._since = self.loop.time()
        self._waiting = 0
        super().resume_writing()


def config_of(app: ASGIApp, **more: Any) -> uvicorn.Config:  # noqa: ANN401 - what uvicorn's own options are
    """The server's configuration for a desk; ``more`` are further options of :class:`uvicorn.Config`."""
    return uvicorn.Config(
        app,
        http=Hurried,
        log_level="warning",
        # The desk has none, and uvicorn would load a package for them.
        ws="none",
        server_header=False,
        # A page that is being worked out does not hold up Ctrl-C.
        timeout_graceful_shutdown=2,
        **more,
    )
