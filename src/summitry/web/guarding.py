"""What keeps the desk to its reader: which hosts may ask, what a page may load, who may write."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from summitry.web.settings import Settings


class Guard:
    """ASGI middleware around the whole desk."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass."""
        await self._app(scope, receive, send)


def token_of(request: Request) -> str:
    """The token that forms of this reader's pages carry."""
    return ""
