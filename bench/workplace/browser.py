"""A browser as the bench needs it: signs in, keeps cookies, sends forms, reads server times."""

import http.client
import re
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit


@dataclass(frozen=True)
class Answer:
    """One answer. ``server`` and ``wall`` in milliseconds: inside the server, and for the user."""

    status: int
    url: str
    text: str
    server: float
    wall: float


@dataclass
class Browser:
    """One person's session over one kept connection."""

    host: str
    port: int
    _cookies: SimpleCookie = field(default_factory=SimpleCookie)
    _line: http.client.HTTPConnection | None = None

    def get(self, url: str) -> Answer:
        """A page; redirects are followed."""
        return self._follow(self._send("GET", url, None))

    def post(self, url: str, **fields: str) -> Answer:
        """A form with the page's token, sent as htmx does: the answer is the fragment."""
        token = self._cookies["csrftoken"].value if "csrftoken" in self._cookies else ""
        return self._follow(self._send("POST", url, {"csrfmiddlewaretoken": token, **fields}))

    def enter(self, session: str) -> "Browser":
        """Go on with a session that has begun; the first page brings the token of forms."""
        self._cookies["mutakhir"] = session
        self.get("/akun/")
        return self

    def _follow(self, answer: Answer) -> Answer:
        server, wall = answer.server, answer.wall
        while answer.status in (301, 302, 303):
            answer = self._send("GET", answer.url, None)
            server, wall = server + answer.server, wall + answer.wall
        return Answer(answer.status, answer.url, answer.text, server, wall)

    def _send(self, method: str, url: str, fields: dict[str, str] | None) -> Answer:
        began = time.perf_counter()
        body = urlencode(fields) if fields is not None else None
        response, text = self._once(method, url, body)
        wall = (time.perf_counter() - began) * 1000
        for header in response.headers.get_all("Set-Cookie") or ():
            self._cookies.load(header)
        told = re.search(r"dur=([\d.]+)", response.headers.get("Server-Timing", ""))
        where = urljoin(url, response.headers.get("Location", url))
        return Answer(response.status, where, text, float(told[1]) if told else 0.0, wall)

    def _once(
        self, method: str, url: str, body: str | None
    ) -> tuple[http.client.HTTPResponse, str]:
        if self._line is None:
            self._line = http.client.HTTPConnection(self.host, self.port, timeout=60)
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {
            "Cookie": "; ".join(f"{k}={v.value}" for k, v in self._cookies.items()),
            "Referer": f"http://{self.host}:{self.port}/",
            **({"HX-Request": "true"} if url.endswith("/putuskan/") else {}),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            self._line.request(method, path, body, headers)
            response = self._line.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            # The server closed a kept connection before it read anything of this request.
            self._line = http.client.HTTPConnection(self.host, self.port, timeout=60)
            self._line.request(method, path, body, headers)
            response = self._line.getresponse()
        return response, response.read().decode()
