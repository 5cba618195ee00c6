"""The desk as an ASGI application: every page, its JSON, what is downloaded, and what is reviewed."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar

import anyio
from jinja2 import Environment
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from summitry.errors import SummitryError, UsageError
from summitry.record import open_record
from summitry.web.downloads import download
from summitry.web.guarding import Guard, token_of
from summitry.web.links import ServerLinks
from summitry.web.page import Missing, PageKind
from summitry.web.pages import PAGES, review
from summitry.web.question import Question
from summitry.web.rendering import draw, environment
from summitry.web.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from summitry.web.settings import Settings

Endpoint = Callable[["Request"], Awaitable[Response]]
T = TypeVar("T")

PATHS: Final = {kind.name: kind.path for kind in PAGES}
"""Paths of pages by name."""

PAGES_AT_ONCE: Final = 8
"""Pages worked out at once: each may be of a day of its own, with all its answers in memory."""
EXPORTS_AT_ONCE: Final = 2
"""Exports made or sent at once: each is whole in memory until it is sent."""
REVIEWS_AT_ONCE: Final = 2
"""Reviews written at once: the record has one writer at a time."""
WAITING: Final = {"pages": 64, "exports": 8, "reviews": 16}
"""Requests that may wait for their turn; for more, the desk is busy (503)."""
PIECE: Final = 65_536
"""Bytes of an export sent at once: a reader who is slow holds up its own connection, and no more memory than that."""


class Turns:
    """Work of one kind, so many at once, so many waiting; for others there is no room."""

    def __init__(self, at_once: int, waiting: int, again_s: int) -> None:
        self._limiter = anyio.CapacityLimiter(at_once)
        self._waiting = waiting
        self._again_s = again_s

    async def run(self, work: Callable[[], T]) -> T:
        """Do the work in a thread, when its turn comes.

        Raises:
            HTTPException: 503, too many wait already; ``Retry-After`` says when to ask again.
        """
        self._room()
        return await anyio.to_thread.run_sync(work, limiter=self._limiter)

    async def sent(self, work: Callable[[], Response], scope: Scope, receive: Receive, send: Send) -> None:
        """The same, and the answer sent before the turn ends.

        Raises:
            HTTPException: 503, as :meth:`run`.
        """
        self._room()
        borrower = object()
        await self._limiter.acquire_on_behalf_of(borrower)
        try:
            response = await anyio.to_thread.run_sync(work, limiter=anyio.CapacityLimiter(1))
            await in_pieces(response)(scope, receive, send)
        finally:
            self._limiter.release_on_behalf_of(borrower)

    def _room(self) -> None:
        if self._limiter.statistics().tasks_waiting >= self._waiting:
            raise HTTPException(503, "The desk is busy; ask again in a moment.", {"retry-after": f"{self._again_s}"})


def in_pieces(response: Response) -> ASGIApp:
    """A response whose body is sent piece by piece, each when the reader has taken the one before."""

    async def answer(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers})
        body = bytes(response.body)
        for start in range(0, len(body), PIECE):
            await send({"type": "http.response.body", "body": body[start : start + PIECE], "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    return answer


def create_app(settings: Settings, *, warm: bool = False) -> Starlette:
    """The desk of a record. ``warm``: work the answers out, in a thread of its own, before somebody asks.

    Raises:
        RecordError: the record cannot be opened.
    """
    # Once for writing, where that is allowed: an older record is brought up to this version's schema.
    open_record(settings.record, read_only=settings.read_only).close()
    desk = _Desk(settings, Shelf(settings), environment())

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        if warm:
            threading.Thread(target=desk.shelf.warm, daemon=True).start()
        yield

    app = Starlette(routes=list(desk.routes()), exception_handlers=desk.handlers(), lifespan=lifespan)
    app.add_middleware(Guard, settings=settings)
    return app


class _Desk:
    """What the routes share."""

    def __init__(self, settings: Settings, shelf: Shelf, templates: Environment) -> None:
        self.settings = settings
        self.shelf = shelf
        self.templates = templates
        self._pages = Turns(PAGES_AT_ONCE, WAITING["pages"], 2)
        self._exports = Turns(EXPORTS_AT_ONCE, WAITING["exports"], 20)
        self._reviews = Turns(REVIEWS_AT_ONCE, WAITING["reviews"], 2)

    def routes(self) -> list[BaseRoute]:
        found: list[BaseRoute] = [Mount("/static", StaticFiles(packages=[("summitry.web", "static")]), name="static")]
        found.append(Route("/export/{format}", self._downloaded, methods=["GET"]))
        found.append(Route("/review", self._reviewed, methods=["POST"]))
        for kind in PAGES:
            path = "/stand" if kind.path == "/" else kind.path
            found.append(Route(f"{path}.json", self._page(kind, json=True), methods=["GET"]))
            found.append(Route(kind.path, self._page(kind, json=False), methods=["GET"]))
        return found

    def handlers(self) -> dict[Any, Callable[[Request, Any], Response]]:
        return {SummitryError: self._refused, HTTPException: self._refused}

    def _page(self, kind: PageKind, *, json: bool) -> Endpoint:
        async def answer(request: Request) -> Response:
            return await self._pages.run(lambda: self._answer(request, kind, json))

        return answer

    def _answer(self, request: Request, kind: PageKind, json: bool) -> Response:
        # What is told several times (boxes ticked in a list) is one list, with commas.
        told = {name: ",".join(request.query_params.getlist(name)) for name in request.query_params}
        question = Question.of(told | request.path_params)
        with self.shelf.view(question.as_of) as view:
            page = kind.build(view, question)
            encoded = page.encoded()
            if encoded is not None:  # it has no page, whatever the address ends in
                return Response(encoded, media_type="application/json")
            if json:
                return JSONResponse(page.json())
            about = self._about(request, question) | {"stale": view.stale, "read_only": view.read_only}
            return HTMLResponse(draw(self.templates, kind, page, _links(question), about))

    def _about(self, request: Request, question: Question) -> dict[str, Any]:
        return {
            "question": question,
            "pages": PAGES,
            "record_name": self.settings.record.name,
            "token": token_of(request),
            "reviewer": self.settings.reviewer,
        }

    async def _downloaded(self, request: Request) -> ASGIApp:
        def work() -> Response:
            question = Question.of({**request.query_params, **request.path_params})
            with self.shelf.view(question.as_of) as view:
                return download(view.record, question)

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            await self._exports.sent(work, scope, receive, send)

        return answer

    async def _reviewed(self, request: Request) -> Response:
        form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}

        def work() -> Response:
            if self.settings.read_only:
                raise UsageError("this desk is read-only; start it without --read-only to review")
            # With the answers at hand: what is decided about a row of the ledger needs no ledger worked out anew.
            with self.shelf.view() as view:
                try:
                    return RedirectResponse(review.decide(view.record, form, self.settings.reviewer), status_code=303)
                except review.Again as again:
                    # The form once more, filled in; not by way of an address, which has no room for long words.
                    question = Question.of(again.asked)
                    kind = next(one for one in PAGES if one.name == "review")
                    about = self._about(request, question) | {"stale": view.stale, "read_only": view.read_only}
                    page = review.build(view, question)
                    return HTMLResponse(draw(self.templates, kind, page, _links(question), about), status_code=422)

        return await self._reviews.run(work)

    def _refused(self, request: Request, error: Exception) -> Response:
        """An error as a page, or as JSON where JSON was asked for."""
        status = 404 if isinstance(error, Missing) else 400
        if isinstance(error, HTTPException):
            status = error.status_code
        elif not isinstance(error, UsageError):
            status = 500
        message = error.detail if isinstance(error, HTTPException) else str(error)
        headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
        if request.url.path.endswith(".json"):
            return JSONResponse({"error": message}, status_code=status, headers=headers)
        question = Question()
        about = self._about(request, question) | {"stale": False, "read_only": True, "message": message}
        text = self.templates.get_template("error.html").render(
            page={"title": "No such page" if status == 404 else "That cannot be shown"},
            kind=None,
            links=_links(question),
            status=status,
            **about,
        )
        return HTMLResponse(text, status_code=status, headers=headers)


def _links(question: Question) -> ServerLinks:
    return ServerLinks(PATHS, question.as_of.isoformat() if question.as_of else None)
