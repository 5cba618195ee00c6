"""What keeps the desk to its reader: which hosts may ask, what a page may load, who may write.

Three kinds of stranger are kept out:

- *the words of the reports*: a page may load nothing but the package's own styles and scripts (:data:`POLICY`), so that
  even a mistake of a template lets no word of a report run;
- *other pages in the same browser*: a name that was made to point at this machine (DNS rebinding) is not answered,
  other origins may neither frame nor read a page, and what is posted must come from a page of this desk and carry its
  token;
- *other machines*: the desk answers this machine only, or asks for a password.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from summitry.web.checking import (
    Refused,
    check_address,
    check_origin,
    cookies,
    form_of,
    host_of,
    local_path,
    once_more,
    read_body,
)
from summitry.web.rendering import environment
from summitry.web.sessions import Door, Sessions
from summitry.web.settings import LOOPBACK

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from summitry.web.settings import Settings

POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The content security policy of every answer."""

HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Nothing is told to other hosts. Not "no-referrer": browsers then say "Origin: null" of the desk's own forms
    # (Fetch standard, "append a request Origin header"), and their origin could not be checked.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
LOGIN: Final = "/login"
TOKEN: Final = "summitry.token"
KNOWN: Final = "-known"
"""Ends the name of the cookie of a browser that was let in before."""
KNOWN_S: Final = 30 * 86_400
"""Seconds it is kept: a month, though no longer than the desk runs."""


class Guard:
    """ASGI middleware around the whole desk."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._sessions = Sessions()
        self._door = Door(settings.password) if settings.password else None
        self._login = environment().get_template("login.html")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope)
        send = _with_headers(send, static=scope["path"].startswith("/static/"))
        try:
            check_address(scope)
            self._check_host(request)
            check_origin(request)
            answer = await self._at_the_door(request, receive)
            if answer is None:
                receive = await self._checked(request, receive)
        except Refused as refused:
            answer = _refusal(request, refused)
        if answer is not None:
            await answer(scope, receive, send)
            return
        await self._pass_on(request, receive, send)

    async def _pass_on(self, request: Request, receive: Receive, send: Send) -> None:
        """Answer with the desk. A browser that has no session yet gets one, with its page."""
        cookie = self._cookie(request)
        fresh = cookie is None
        if cookie is None:
            cookie = self._sessions.cookie(inside=False)
        request.scope[TOKEN] = self._sessions.token(cookie)
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                if fresh and _is_page(message):
                    MutableHeaders(scope=message).append("set-cookie", self._set_cookie(request, cookie))
            await send(message)

        try:
            await self._app(request.scope, receive, sending)
        except Exception:
            if not started:
                await _refusal(request, Refused(500, "The desk failed; its log says why."))(
                    request.scope, receive, sending
                )
            raise

    def _check_host(self, request: Request) -> None:
        """Only names of this desk: a foreign name that leads here was made to (DNS rebinding).

        The port is not looked at: it proves nothing, and behind a tunnel or in a container it is another one.
        """
        told = request.headers.getlist("host")
        host = host_of(told[0]) if len(told) == 1 else None
        if host is None:
            raise Refused(400, "The request names no host.")
        bound = (request.scope.get("server") or ("",))[0]
        if host not in {*LOOPBACK, self._settings.host, bound, *(name.lower() for name in self._settings.names)}:
            raise Refused(
                421, "This desk does not go by that name. Open it under the address it printed when it started."
            )

    def _cookie(self, request: Request) -> str | None:
        """The session's cookie, where it is a good one."""
        for found in cookies(request, self._cookie_name(request)):
            if self._sessions.known(found, inside=self._door is not None):
                return found
        return None

    @staticmethod
    def _cookie_name(request: Request) -> str:
        # Browsers keep one jar for all ports of a host: two desks must not take each other's cookie.
        return f"summitry-{(request.scope.get('server') or ('', 0))[1] or 0}"

    def _set_cookie(self, request: Request, cookie: str, name: str = "", path: str = "/") -> str:
        secure = "; Secure" if request.url.scheme == "https" else ""
        name = name or self._cookie_name(request)
        return f"{name}={cookie}; Path={path}; HttpOnly; SameSite=Strict{secure}"

    def _browser(self, request: Request) -> str | None:
        """The browser that gave the right password before; None for a stranger's."""
        found = (self._sessions.browser_of(one) for one in cookies(request, self._cookie_name(request) + KNOWN))
        return next((one for one in found if one), None)

    async def _at_the_door(self, request: Request, receive: Receive) -> Response | None:
        """The answer to a browser without a session; None for one that may go on."""
        if self._cookie(request) is None and _came_from_elsewhere(request):
            return _come_again(request)
        if self._door is None:
            return None
        path = request.url.path
        if path == LOGIN:
            return await self._logged_in(request, receive)
        if self._cookie(request) is not None or path.startswith("/static/"):
            return None
        if request.method == "POST" or path.endswith(".json") or path.startswith("/export/"):
            raise Refused(401, "This desk asks for a password: open it in a browser first.")
        there = path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"{LOGIN}?{urlencode({'next': there})}", status_code=303)

    async def _logged_in(self, request: Request, receive: Receive) -> Response:
        assert self._door is not None
        there = local_path(request.query_params.get("next"))
        if request.method != "POST":
            return self._ask(there, "", 200)
        address = request.client.host if request.client else ""
        browser = self._browser(request)
        password = (await form_of(request, await read_body(request, receive))).get("password", "")
        if self._door.opens(address, password, browser):
            inside = RedirectResponse(there, status_code=303)
            # A new session: a cookie that somebody else may have planted opens nothing.
            inside.headers.append("set-cookie", self._set_cookie(request, self._sessions.cookie(inside=True)))
            name = self._cookie_name(request) + KNOWN
            # It opens nothing: strangers who guess the password, whoever they seem to be, do not make this one wait.
            known = self._set_cookie(request, self._sessions.browser(), name, f"{LOGIN}; Max-Age={KNOWN_S}")
            inside.headers.append("set-cookie", known)
            return inside
        wait = self._door.wait(address, browser)
        if wait > 0:
            answer = self._ask(there, f"Too many wrong passwords: try again in {wait:.0f} seconds.", 429)
            answer.headers["retry-after"] = f"{wait + 1:.0f}"
            return answer
        return self._ask(there, "That is not the password.", 403)

    def _ask(self, there: str, wrong: str, status: int) -> HTMLResponse:
        to = f"{LOGIN}?{urlencode({'next': there})}"
        return HTMLResponse(self._login.render(action=to, there=there, wrong=wrong), status_code=status)

    async def _checked(self, request: Request, receive: Receive) -> Receive:
        """What is posted, read and its token looked at, to be read again by the desk."""
        if request.method != "POST":
            return receive
        body = await read_body(request, receive)
        cookie = self._cookie(request)
        token = request.headers.get("x-summitry-token") or (await form_of(request, body)).get("token", "")
        if cookie is None or not self._sessions.fits(cookie, token):
            raise Refused(403, "This page is of an earlier session: load it again, then repeat what you did.")
        return once_more(body)


def token_of(request: Request) -> str:
    """The token that forms of this reader's pages carry, in a hidden field ``token``; scripts that post say it in the
    header ``X-Summitry-Token``."""
    token: str = request.scope.get(TOKEN, "")
    return token


def _came_from_elsewhere(request: Request) -> bool:
    return request.method == "GET" and request.headers.get("sec-fetch-site") in ("cross-site", "same-site")


def _come_again(request: Request) -> Response:
    """A page that loads itself again. Followed from another site, a link brings no SameSite=Strict cookie along; loaded
    from here it does, so that the session goes on and no form in another tab gets old."""
    return HTMLResponse(
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0">'
        "<title>summitry</title><p>One moment."
    )


def _is_page(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")


def _with_headers(send: Send, *, static: bool) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            # Styles and scripts are asked for again with their ETag; what the record says stays out of every cache.
            headers["cache-control"] = "no-cache" if static else "no-store"
        await send(message)

    return sending


def _refusal(request: Request, refused: Refused) -> Response:
    if request.scope["path"].endswith(".json"):
        return JSONResponse({"error": str(refused)}, refused.status, refused.headers)
    return PlainTextResponse(f"{refused}\n", refused.status, refused.headers)
