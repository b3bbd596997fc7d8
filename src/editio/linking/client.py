"""Asks a reconciliation service who an entry may be, by the Reconciliation Service API 0.2.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/; services of version 0.1 are asked
the same way, as long as they answer JSON.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar
from urllib.parse import urlencode

import msgspec

from editio.config import ServiceSettings
from editio.diagnostics import printable
from editio.linking.authorities import of_type
from editio.linking.cache import Cache
from editio.linking.transport import Asker, Unanswered

USUAL_BATCH, MOST_BATCH, MOST_SCORE = 10, 50, 1e6
VERSIONS = frozenset({"0.1", "0.2"})
Form = TypeVar("Form")


class TypeName(msgspec.Struct, frozen=True):
    """A type of candidates, as services name it."""

    id: str = ""
    name: str = ""


class Manifest(msgspec.Struct, frozen=True):
    """What a service says of itself, as far as it matters here."""

    name: str = ""
    versions: tuple[str, ...] = ("0.1",)
    batchSize: int | None = None  # noqa: N815 - the name of the interface
    extend: msgspec.Raw = msgspec.Raw()


class Answered(msgspec.Struct, frozen=True):
    """The answer to one question."""

    result: tuple[msgspec.Raw, ...]


@dataclass(frozen=True)
class Candidate:
    """Somebody that an entry may be."""

    id: str
    name: str
    score: float = 0.0
    match: bool = False
    description: str = ""
    types: tuple[str, ...] = ()


class Told(msgspec.Struct, frozen=True):
    """A candidate as services write it, also where they do not keep to the letter of the interface."""

    id: str | int
    name: str
    score: float | None = None
    match: bool | None = None
    description: str | None = None
    type: TypeName | str | tuple[TypeName | str, ...] | None = None


class Extended(msgspec.Struct, frozen=True):
    """Values of properties: by entity, by property, each in a row of cells."""

    rows: dict[str, msgspec.Raw]


class Failure(msgspec.Struct, frozen=True):
    """An answer that says that there is none."""

    status: str | int = ""
    message: str | None = None
    error: msgspec.Raw = msgspec.Raw()


@dataclass(frozen=True)
class Question:
    """What a service is asked about one entry: its name, its type there, and what else is known."""

    entry: str
    query: str
    type: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    limit: int = 5

    @property
    def form(self) -> dict[str, object]:
        """The question as the interface wants it."""
        form: dict[str, object] = {"query": self.query, "limit": self.limit}
        if self.type:
            form["type"] = self.type
        if self.properties:
            form["properties"] = [{"pid": pid, "v": value} for pid, value in self.properties]
        return form

    @property
    def key(self) -> str:
        """The question as it is kept with its answer."""
        return _json(self.form)


@dataclass
class Client:
    """A service, how it is asked, and where its answers are kept."""

    service: ServiceSettings
    asker: Asker
    cache: Cache
    tell: Callable[[str, int, int], None] = lambda service, done, all: None

    @cached_property
    def manifest(self) -> Manifest:
        """What the service says of itself; Unanswered if it says nothing of use."""
        manifest = _decode(self.asker.ask(self.service.address), Manifest)
        if not VERSIONS & set(manifest.versions):
            versions = ", ".join(manifest.versions)[:60] or "no version"
            raise Unanswered(f"it speaks {versions} of the interface, and neither 0.1 nor 0.2")
        return manifest


@dataclass
class Heard:
    """What a service said: candidates by entry, what of it was no answer, and why it fell silent."""

    candidates: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)
    failure: str = ""


def ask(client: Client, questions: Sequence[Question]) -> Heard:
    """Ask a service all questions that are not answered in the cache, in batches of the size it likes."""
    heard = Heard()
    left = []
    for question in questions:
        kept = client.cache.get(question.key)
        found = None if kept is None else _read(kept, client.service, [])
        if found is None:
            left.append(question)
        else:
            heard.candidates[question.entry] = found
    try:
        _ask_all(client, left, heard)
    except Unanswered as silence:
        heard.failure = silence.reason
    return heard


def _ask_all(client: Client, questions: Sequence[Question], heard: Heard) -> None:
    left = list(questions)
    size = _batch_size(client.manifest) if left else 0
    while left:
        batch = left[:size]
        try:
            answers = _ask_batch(client, batch)
        except Unanswered as silence:
            if silence.status != 413 or len(batch) == 1:
                raise
            size = len(batch) // 2
            continue
        left = left[size:]
        client.tell(client.service.name, len(questions) - len(left), len(questions))
        for number, question in enumerate(batch):
            _take(question, answers.get(f"q{number}"), client, heard)


def _batch_size(manifest: Manifest) -> int:
    return max(1, min(manifest.batchSize or USUAL_BATCH, MOST_BATCH))


def _take(question: Question, answer: msgspec.Raw | None, client: Client, heard: Heard) -> None:
    odd: list[str] = []
    found = None if answer is None else _read(bytes(answer), client.service, odd)
    if answer is None or found is None:
        heard.odd.append(f"nothing usable about “{question.entry}”")
        return
    heard.candidates[question.entry] = found
    heard.odd += odd
    if not odd:
        client.cache.put(question.key, bytes(answer))


def _ask_batch(client: Client, batch: Sequence[Question]) -> Mapping[str, msgspec.Raw]:
    queries = {f"q{number}": question.form for number, question in enumerate(batch)}
    body = client.asker.ask(client.service.address, urlencode({"queries": _json(queries)}).encode())
    answers = _decode(body, dict[str, msgspec.Raw])
    if not answers.keys() & queries.keys():
        raise Unanswered(_complaint(body) or "its answer answers none of the questions")
    return answers


def values(client: Client, ids: Sequence[str], properties: Sequence[str]) -> dict[str, dict[str, str]]:
    """The values of properties of entities, by id, where the service can be asked for them; the first of each."""
    found: dict[str, dict[str, str]] = {}
    left = []
    for id in ids:
        kept = client.cache.get(_json([id, *properties]))
        if kept is None:
            left.append(id)
        else:
            found[id] = _row(msgspec.Raw(kept))
    if not left or bytes(client.manifest.extend) in (b"", b"null"):
        return found
    size = _batch_size(client.manifest)
    for start in range(0, len(left), size):
        rows = _ask_values(client, left[start : start + size], properties)
        for id, row in rows.items():
            found[id] = _row(row)
            client.cache.put(_json([id, *properties]), bytes(row))
    return found


def _ask_values(client: Client, ids: Sequence[str], properties: Sequence[str]) -> dict[str, msgspec.Raw]:
    query = {"ids": ids, "properties": [{"id": one} for one in properties]}
    body = client.asker.ask(client.service.address, urlencode({"extend": _json(query)}).encode())
    return {id: row for id, row in _decode(body, Extended).rows.items() if id in ids}


def _row(row: msgspec.Raw) -> dict[str, str]:
    """The first value of each property in a row of values; what is no text, number or date is left out."""
    try:
        cells = msgspec.json.decode(row, type=dict[str, list[dict[str, str | float]]])
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return {}
    firsts = {name: next(iter(cell[0].values()), "") for name, cell in cells.items() if cell}
    return {name: _words(str(value), 40) for name, value in firsts.items() if value != ""}


def _complaint(body: bytes) -> str:
    """What an answer that is an error says, if it is one."""
    failure = _decode(body, Failure)
    said = failure.message or bytes(failure.error).decode(errors="replace")
    return f"it answers with an error: {_words(said, 200)}" if said or failure.status else ""


def _decode(body: bytes, form: type[Form]) -> Form:
    """An answer in the form it must have; Unanswered, with what it looks like, otherwise."""
    try:
        return msgspec.json.decode(body, type=form)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Unanswered(f"its answer is {_looks_like(body)}") from error


def _looks_like(body: bytes) -> str:
    start = body[:200].lstrip().lower()
    if not start:
        return "empty"
    if start.startswith(b"<"):
        return "a web page, no JSON" if b"html" in start else "XML, no JSON"
    if re.match(rb"[\w$.]+\s*\(", start):
        return "JSONP, no JSON"
    return "not of the form of the interface" if start.startswith((b"{", b"[")) else "no JSON"


def _read(answer: bytes, service: ServiceSettings, odd: list[str]) -> tuple[Candidate, ...] | None:
    """The usable candidates of an answer; none at all where it has not the form of one."""
    try:
        result = msgspec.json.decode(answer, type=Answered).result
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    return tuple(_usable(result, service, odd))


def _usable(result: Iterable[msgspec.Raw], service: ServiceSettings, odd: list[str]) -> Iterator[Candidate]:
    """Candidates with identifiers that can be, in the form in which they are written; each identifier once."""
    authority = of_type(service.type)
    seen: set[str] = set()
    for raw in result:
        try:
            one = msgspec.json.decode(raw, type=Told, strict=False)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            odd.append("a candidate without id or name")
            continue
        told = str(one.id)
        fault = authority.fault(told) if authority else "" if told.strip() else "an empty identifier"
        if fault:
            odd.append(fault)
            continue
        id = authority.bare(told) if authority else _words(told, 200)
        if id not in seen:
            seen.add(id)
            yield _candidate(id, one)


def _candidate(id: str, told: Told) -> Candidate:
    types = told.type if isinstance(told.type, tuple) else () if told.type is None else (told.type,)
    names = (type.name or type.id if isinstance(type, TypeName) else type for type in types[:5])
    return Candidate(
        id,
        _words(told.name, 200),
        max(-MOST_SCORE, min(told.score or 0.0, MOST_SCORE)),
        bool(told.match),
        _words(told.description or "", 300),
        tuple(_words(name, 60) for name in names),
    )


def _words(text: str, most: int) -> str:
    """Text of others as one line that may go to a terminal."""
    line = printable(" ".join(text[: most * 4].split()))
    return line if len(line) <= most else line[: most - 1] + "…"


def _json(value: object) -> str:
    return msgspec.json.encode(value, order="sorted").decode()
