"""Serves pages and registers of an edition over HTTP, to this machine only."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qsl, quote, urlsplit

import msgspec

from editio.config import Settings
from editio.diagnostics import Report
from editio.kinds import FILES
from editio.model import Entry
from editio.registers import entries, load_registers
from editio.serving import reconciliation
from editio.serving.matching import Index
from editio.serving.pages import TYPES, page_at
from editio.serving.problems import Problems
from editio.serving.rebuilding import Changes
from editio.serving.reconciliation import PATH, BadRequest, Service

LOOPBACK = re.compile(r"(?i)(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?")
LOOPBACK_ORIGIN = re.compile(rf"(?i)https?://{LOOPBACK.pattern[4:]}")
LIVE = "/.editio/"
PROBLEMS = f"{LIVE}problems"
MOST_BODY = 8 * 2**20
# What a page that is only looked at may do: nothing.
NOTHING = "default-src 'none'"
LIVE_POLICY = "default-src 'none'; frame-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'"

Parameters = Mapping[str, str]


@dataclass
class Registers:
    """The registers of a project as an index, read anew when their files change."""

    root: Path
    settings: Settings
    stamp: tuple[tuple[str, int, int], ...] | None = None
    index: Index = field(default_factory=lambda: Index({}))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def current(self) -> Index:
        """The index of the registers as they are now."""
        with self.lock:
            stamp = self._stamp()
            if stamp != self.stamp:
                report = Report(self.root)
                documents = load_registers(self.root, self.settings.names.registers, report)
                self.index, self.stamp = Index(entries(documents, report)), stamp
            return self.index

    def _stamp(self) -> tuple[tuple[str, int, int], ...]:
        found = []
        for path in sorted((self.root / self.settings.names.registers).glob("*.xml")):
            with suppress(OSError):  # an editor may be writing it at this moment
                status = path.lstat()
                found.append((path.name, status.st_mtime_ns, status.st_size))
        return tuple(found)


@dataclass(frozen=True)
class Site:
    """What is served: pages, registers, builds to wait for, which origins may ask from web pages, and the problems."""

    pages: Path
    registers: Registers
    changes: Changes | None = None
    origins: tuple[str, ...] = ()
    problems: Problems | None = None


def serve(site: Site, port: int) -> ThreadingHTTPServer:
    """A server on loopback, ready for ``serve_forever``; OSError if the port is taken."""
    handler = type("SiteHandler", (Handler,), {"site": site})
    return Server(("127.0.0.1", port), handler)


class Server(ThreadingHTTPServer):
    """A thread for each request; who leaves before the answer is no fault."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say what went wrong, unless only the connection did."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    site: ClassVar[Site]
    timeout = 60
    server_version = "Editio"
    sys_version = ""

    def do_GET(self) -> None:
        """A page, an answer of the reconciliation service, or news of builds."""
        self._respond()

    do_HEAD = do_GET  # noqa: N815 - names of http.server

    def do_POST(self) -> None:
        """Queries to the reconciliation service; nothing else."""
        self._respond()

    def do_OPTIONS(self) -> None:
        """What a web page of another origin may ask here."""
        self._respond()

    def log_message(self, format: str, *arguments: object) -> None:
        """Requests are not worth a line."""

    def _respond(self) -> None:
        hosts = self.headers.get_all("Host") or []
        if len(hosts) != 1 or not LOOPBACK.fullmatch(hosts[0]):
            self._send(403, b"this preview is for this machine only\n", "text/plain; charset=utf-8")
            return
        path = urlsplit(self.path).path
        if path.rstrip("/") == PATH or path.startswith(f"{PATH}/"):
            self._reconcile(path.rstrip("/").removeprefix(PATH), f"http://{hosts[0]}")
        elif self.command not in ("GET", "HEAD"):
            self._send(405, b"", "text/plain; charset=utf-8", {"Allow": "GET, HEAD"})
        elif path == PROBLEMS and self.site.problems:
            self._problems(self.site.problems)
        elif path.startswith(LIVE) and self.site.changes:
            self._live(path.removeprefix(LIVE), self.site.changes)
        else:
            self._page(path)

    # --- pages --------------------------------------------------------------------------------------

    def _page(self, path: str) -> None:
        found = page_at(self.site.pages, path)
        if found.status == 200:
            try:
                self._send(200, found.path.read_bytes(), found.type)
                return
            except OSError:
                found = page_at(self.site.pages, "/no/such/page")
        headers = {"Location": found.location} if found.location else {}
        words = {301: "", 403: "not served\n", 404: "there is no such page\n"}[found.status]
        self._send(found.status, words.encode(), "text/plain; charset=utf-8", headers)

    def _problems(self, problems: Problems) -> None:
        page = problems.current()
        if page:
            self._send(200, page, TYPES[".html"])
        else:
            self._send(500, b'the page could not be made; "editio validate" says why\n', TYPES[".txt"])

    def _live(self, name: str, changes: Changes) -> None:
        if name == "changes":
            self._tell(changes)
        elif name in ("", "live.js", "live.css"):
            name = name or "live.html"
            data = (files("editio.serving") / name).read_bytes()
            self._send(200, data, TYPES[Path(name).suffix], {"Content-Security-Policy": LIVE_POLICY})
        else:
            self._send(404, b"there is no such page\n", "text/plain; charset=utf-8")

    def _tell(self, changes: Changes) -> None:
        """Events as builds end, until the page is left or the server ends."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        number = changes.number
        try:
            while self.command == "GET" and not changes.ended:
                latest = changes.after(number, 15)
                event = "built" if changes.succeeded else "failed"
                self.wfile.write(f"event: {event}\ndata: {latest}\n\n".encode() if latest > number else b":\n\n")
                self.wfile.flush()
                number = latest
        except OSError:
            return

    # --- reconciliation -------------------------------------------------------------------------------

    def _reconcile(self, rest: str, base: str) -> None:
        headers = {"Vary": "Origin", "Content-Security-Policy": NOTHING}
        origin = self.headers.get("Origin", "")
        if "*" in self.site.origins or origin in self.site.origins or LOOPBACK_ORIGIN.fullmatch(origin):
            headers |= {"Access-Control-Allow-Origin": origin or "*"}
        if self.command == "OPTIONS":
            allowed = {"Access-Control-Allow-Methods": "GET, POST", "Access-Control-Allow-Headers": "Content-Type"}
            self._send(204, b"", "text/plain; charset=utf-8", headers | allowed)
            return
        try:
            registers = self.site.registers
            edition = registers.settings.edition
            service = Service(base, edition.title, edition.address, registers.current())
            self._answer(rest, service, self._parameters(), headers)
        except BadRequest as bad:
            body = {"status": "error", "message": bad.reason}
            self._send(bad.status, msgspec.json.encode(body), TYPES[".json"], headers)

    def _answer(self, rest: str, service: Service, given: Parameters, headers: dict[str, str]) -> None:
        if rest in ("/preview", "/view"):
            entry = _entry(service, given)
            if rest == "/view":
                target = f"/{FILES.get(entry.kind, entry.kind)}.html#{quote(entry.id)}"
                self._send(302, b"", "text/plain; charset=utf-8", headers | {"Location": target})
                return
            self._send(200, reconciliation.preview(entry).encode(), TYPES[".html"], headers)
            return
        answer = ANSWERS.get(rest)
        if answer is None:
            raise BadRequest(404, "the reconciliation service has nothing at this address")
        if self.command == "POST" and rest:
            raise BadRequest(405, "this address is for GET only")
        self._send(200, msgspec.json.encode(answer(service, given)), TYPES[".json"], headers)

    def _parameters(self) -> Parameters:
        """The parameters of the address or, of a POST, of the form in its body; the first of each name."""
        text = urlsplit(self.path).query
        if self.command == "POST":
            length = self.headers.get("Content-Length", "")
            if not re.fullmatch(r"[0-9]{1,12}", length):
                raise BadRequest(411, "a form must say how long it is")
            if int(length) > MOST_BODY:
                raise BadRequest(413, f"a form may have {MOST_BODY // 2**20} MB")
            if not self.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
                raise BadRequest(415, "queries come as a form (application/x-www-form-urlencoded)")
            text = self.rfile.read(int(length)).decode("utf-8", "replace")
        try:
            pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=100)
        except ValueError:
            raise BadRequest(400, "there are too many fields") from None
        return dict(reversed(pairs))

    def _send(self, status: int, body: bytes, type: str, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _root(service: Service, given: Parameters) -> dict[str, object]:
    if "queries" in given:
        return reconciliation.answer_batch(service, given["queries"])
    if "query" in given:
        return reconciliation.answer_single(service, given["query"])
    if "extend" in given:
        return reconciliation.extend(service, given["extend"])
    if given:
        raise BadRequest(400, "neither “queries” nor “extend” is given")
    return reconciliation.manifest(service)


def _entry(service: Service, given: Parameters) -> Entry:
    entry = service.index.entries.get(given.get("id", ""))
    if entry is None:
        raise BadRequest(404, f"the registers have no entry “{given.get('id', '')[:80]}”")
    return entry


def _cursor(given: Parameters) -> int:
    cursor = given.get("cursor") or "0"
    if not re.fullmatch(r"[0-9]{1,6}", cursor):
        raise BadRequest(400, "“cursor” is not a number")
    return int(cursor)


def _words(known: Mapping[str, str]) -> Callable[[Service, Parameters], dict[str, object]]:
    return lambda service, given: reconciliation.suggest_words(known, given.get("prefix", ""), _cursor(given))


ANSWERS: Mapping[str, Callable[[Service, Parameters], dict[str, object]]] = {
    "": _root,
    "/suggest/entity": lambda service, given: reconciliation.suggest_entities(
        service, given.get("prefix", ""), _cursor(given)
    ),
    "/suggest/type": _words(reconciliation.TYPES),
    "/suggest/property": _words(reconciliation.PROPERTIES),
    "/properties": lambda service, given: reconciliation.propose_properties(given.get("type", "")),
    "/flyout": lambda service, given: reconciliation.flyout(_entry(service, given)),
}
