"""Asks web addresses for JSON within limits of time and size; the only module that opens a connection to the network.

On http.client, because what is dangerous here is what others add: urllib and its kin follow redirects to any host and
turn a POST into a GET, keep cookies, and have a time limit only for each single read.
"""

from __future__ import annotations

import email.utils
import http.client
import socket
import ssl
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from editio import __version__

AGENT = f"Editio/{__version__} (names link; reconciliation client)"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Answers after which the same question may be answered: too many requests, and faults of the moment.
PASSING = frozenset({429, 500, 502, 503, 504})
FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}


@dataclass(frozen=True)
class Patience:
    """How long a service is waited for (seconds), how often it is asked again, how much it may say (bytes)."""

    answer: float = 30
    attempts: int = 3
    pause: float = 1
    longest_pause: float = 60
    between: float = 0.5
    most: int = 8 * 2**20


class Unanswered(Exception):
    """There is no answer: why, in words, and the HTTP status if that is the reason."""

    def __init__(self, reason: str, status: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.status = reason, status


@dataclass(frozen=True)
class Answer:
    """What came back: the status, when to ask again (seconds, if the service says so), where else, and the body."""

    status: int
    again: float | None
    location: str
    body: bytes


class Asker:
    """Asks one service, never faster than it may be asked."""

    def __init__(self, patience: Patience) -> None:
        self.patience = patience
        self._last = float("-inf")

    def ask(self, address: str, form: bytes | None = None) -> bytes:
        """The body that an address gives to a GET, or to a POST of a form; Unanswered if there is none."""
        pause = self.patience.pause
        for attempt in range(1, self.patience.attempts + 1):
            self._keep_distance()
            last = attempt == self.patience.attempts
            try:
                answer = _following(address, form, self.patience)
            except TimeoutError as slow:
                if last:
                    raise Unanswered(f"no answer within {self.patience.answer:g} seconds") from slow
                answer = Answer(504, None, "", b"")
            if answer.status == 200:
                return answer.body
            if last or answer.status not in PASSING:
                raise Unanswered(f"it answers with the HTTP status {answer.status}", answer.status)
            wait = pause if answer.again is None else answer.again
            if wait > self.patience.longest_pause:
                raise Unanswered(f"it wants to be asked again in {wait:.0f} seconds only", answer.status)
            time.sleep(wait)
            pause *= 2
        raise AssertionError("the last attempt answers or raises")

    def _keep_distance(self) -> None:
        time.sleep(max(0.0, self._last + self.patience.between - time.monotonic()))
        self._last = time.monotonic()


def _following(address: str, form: bytes | None, patience: Patience) -> Answer:
    """The answer of an address or of where it leads on the same host, at most three steps away."""
    for _ in range(4):
        answer = _once(urlsplit(address), form, patience)
        if answer.status not in REDIRECTS:
            return answer
        target = urljoin(address, answer.location)
        if not answer.location or not _may_lead(urlsplit(address), urlsplit(target)):
            raise Unanswered(f"it leads to another place: {target[:200] or 'nowhere'}", answer.status)
        address = target
        form = None if answer.status == 303 else form
    raise Unanswered("it leads in circles")


def _may_lead(here: SplitResult, there: SplitResult) -> bool:
    if (here.scheme, here.netloc) == (there.scheme, there.netloc):
        return True
    return (here.scheme, there.scheme) == ("http", "https") and here.hostname == there.hostname and not there.port


def _once(address: SplitResult, form: bytes | None, patience: Patience) -> Answer:
    headers = {"User-Agent": AGENT, "Accept": "application/json", "Accept-Encoding": "identity"}
    try:
        connection, target = _connection(address, patience.answer)
        with _no_longer_than(patience.answer, connection):
            connection.request(
                "GET" if form is None else "POST", target, form, headers | (FORM if form is not None else {})
            )
            response = connection.getresponse()
            body = response.read(patience.most + 1) if response.status == 200 else b""
    except TimeoutError:
        raise
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unanswered(f"it cannot be reached: {_reason(error)}") from error
    if len(body) > patience.most:
        raise Unanswered(f"its answer is longer than {patience.most // 2**20} MB")
    return Answer(
        response.status, _seconds(response.getheader("Retry-After")), response.getheader("Location", ""), body
    )


def _connection(address: SplitResult, seconds: float) -> tuple[http.client.HTTPConnection, str]:
    """A connection to a host, by way of a proxy where the environment names one, and what to ask for there."""
    host, target = address.hostname or "", (address.path or "/") + (f"?{address.query}" if address.query else "")
    secure = address.scheme == "https"
    proxy = urllib.request.getproxies().get(address.scheme, "")
    if not proxy or host in LOOPBACK or urllib.request.proxy_bypass(host):
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        return kind(host, address.port, timeout=seconds), target
    through = urlsplit(proxy if "//" in proxy else f"http://{proxy}")
    if not secure:
        return http.client.HTTPConnection(through.hostname or "", through.port, timeout=seconds), address.geturl()
    tunnel = http.client.HTTPSConnection(through.hostname or "", through.port, timeout=seconds)
    tunnel.set_tunnel(host, address.port)
    return tunnel, target


@contextmanager
def _no_longer_than(seconds: float, connection: http.client.HTTPConnection) -> Iterator[None]:
    """End a connection that takes longer, however often a few bytes come; TimeoutError then."""
    late = threading.Event()

    def end() -> None:
        late.set()
        sock = connection.sock
        if sock is not None:
            _wake(sock)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException, ValueError):
        if late.is_set():
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()
        connection.close()
    if late.is_set():
        raise TimeoutError


def _wake(sock: socket.socket) -> None:
    """Wake whoever waits for a socket."""
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _seconds(header: str | None) -> float | None:
    """What Retry-After says, in seconds; it may be a number or a date."""
    if header is None:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(header).timestamp() - time.time())
    except (TypeError, ValueError):
        return None


def _reason(error: Exception) -> str:
    match error:
        case ConnectionRefusedError():
            return "the connection is refused"
        case socket.gaierror():
            return "its name is not known"
        case ssl.SSLError():
            return f"its certificate or encryption is not accepted ({error.reason or 'SSL'})"
        case http.client.IncompleteRead() | http.client.RemoteDisconnected():
            return "it breaks off in the middle of its answer"
        case http.client.HTTPException() | ValueError():
            return "it does not speak HTTP"
        case _:
            return str(getattr(error, "strerror", "") or error or type(error).__name__)
