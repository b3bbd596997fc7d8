"""The edition's registers as a reconciliation service, by the Reconciliation Service API 0.2.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

import msgspec

from editio import __version__
from editio.linking.authorities import AUTHORITIES
from editio.linking.identifiers import identifiers_of
from editio.model import Entry
from editio.serving.matching import Index, Match, value_of

PATH = "/reconcile"
BATCH, MOST_CANDIDATES, PAGE = 100, 100, 20
TYPES: Mapping[str, str] = {"person": "Person", "place": "Place", "org": "Organisation", "event": "Event"}
PROPERTIES: Mapping[str, str] = {
    "birth": "Date of birth",
    "death": "Date of death",
    "coordinates": "Latitude and longitude",
    **{authority.type: authority.name for authority in AUTHORITIES},
}
Form = TypeVar("Form")
WIDTH, HEIGHT = 400, 160


class BadRequest(Exception):
    """A request that is not of the form of the interface: the HTTP status, and what is wrong."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


class Reference(msgspec.Struct, frozen=True):
    """A value that is an entity itself."""

    id: str


Value = str | float | bool | Reference


class Property(msgspec.Struct, frozen=True):
    """A value that the entity should have."""

    pid: str
    v: Value | list[Value]


class Query(msgspec.Struct, frozen=True):
    """A reconciliation query."""

    query: str = ""
    type: str | list[str] = ""
    limit: float = 10
    properties: list[Property] = []


class Wish(msgspec.Struct, frozen=True):
    """A property whose values are asked for."""

    id: str


class Extension(msgspec.Struct, frozen=True):
    """A data extension query."""

    ids: list[str]
    properties: list[Wish]


@dataclass(frozen=True)
class Service:
    """What the answers are made from: where the service is, what the edition is called, who is in its registers."""

    base: str
    title: str
    site: str
    index: Index


def manifest(service: Service) -> dict[str, object]:
    """What the service says of itself."""
    here = service.base + PATH
    suggests = {
        what: {"service_url": service.base, "service_path": f"{PATH}/suggest/{what}"}
        for what in ("entity", "property", "type")
    }
    suggests["entity"]["flyout_service_path"] = f"{PATH}/flyout?id=${{id}}"
    return {
        "versions": ["0.2"],
        "name": f"Registers of “{service.title}”",
        "identifierSpace": f"{(service.site or service.base).rstrip('/')}/entries/",
        "schemaSpace": "http://www.tei-c.org/ns/1.0",
        "documentation": service.base + "/",
        "serviceVersion": f"Editio {__version__}",
        "batchSize": BATCH,
        "defaultTypes": [{"id": id, "name": name} for id, name in TYPES.items()],
        "view": {"url": f"{here}/view?id={{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": suggests,
        "extend": {"propose_properties": {"service_url": service.base, "service_path": f"{PATH}/properties"}},
    }


def answer_batch(service: Service, queries: str) -> dict[str, object]:
    """The answer to a batch of queries; BadRequest if it is none, or too large."""
    batch = _decoded(queries, dict[str, Query])
    if len(batch) > BATCH:
        raise BadRequest(413, f"a batch may have {BATCH} queries, this one has {len(batch)}")
    return {key: {"result": _candidates(service.index, query)} for key, query in batch.items()}


def answer_single(service: Service, query: str) -> dict[str, object]:
    """The answer to one query, given as JSON or as mere words (an older form, which clients still use)."""
    asked = _decoded(query, Query) if query.lstrip().startswith("{") else Query(query)
    return {"result": _candidates(service.index, asked)}


def _candidates(index: Index, query: Query) -> list[dict[str, object]]:
    properties = [(one.pid, _text(value)) for one in query.properties for value in _values(one.v)]
    if not query.query.strip() and not properties:
        raise BadRequest(400, "a query has neither “query” nor “properties”")
    kinds = [query.type] if isinstance(query.type, str) else query.type
    limit = max(1, min(int(query.limit), MOST_CANDIDATES))
    words = query.query if query.query.strip() else _identifier(properties)
    return [_candidate(match) for match in index.find(words, [kind for kind in kinds if kind], properties, limit)]


def _values(value: Value | list[Value]) -> list[Value]:
    return value if isinstance(value, list) else [value]


def _text(value: Value) -> str:
    return value.id if isinstance(value, Reference) else f"{value:g}" if isinstance(value, float) else str(value)


def _identifier(properties: Sequence[tuple[str, str]]) -> str:
    """Without a name, an entry is found by an identifier it should have."""
    return next((f"{name}:{value}" for name, value in properties if value), "")


def _candidate(match: Match) -> dict[str, object]:
    entry = match.entry
    return {
        "id": entry.id,
        "name": entry.name,
        "description": described(entry),
        "type": [{"id": entry.kind, "name": TYPES.get(entry.kind, entry.kind)}],
        "score": match.score,
        "match": match.is_certain,
        "features": [{"id": id, "value": value} for id, value in match.features],
    }


def suggest_entities(service: Service, prefix: str, cursor: int) -> dict[str, object]:
    """Entries that begin as somebody types."""
    found = service.index.beginning(prefix)[cursor : cursor + PAGE]
    return {
        "result": [
            {
                "id": one.id,
                "name": one.name,
                "description": described(one),
                "notable": [{"id": one.kind, "name": TYPES.get(one.kind, one.kind)}],
            }
            for one in found
        ]
    }


def suggest_words(known: Mapping[str, str], prefix: str, cursor: int) -> dict[str, object]:
    """Types or properties whose id or name begins as somebody types."""
    begun = prefix.strip().casefold()
    found = [(id, name) for id, name in known.items() if id.startswith(begun) or begun in name.casefold()]
    return {"result": [{"id": id, "name": name} for id, name in found[cursor : cursor + PAGE]]}


def propose_properties(type: str) -> dict[str, object]:
    """The properties that entries of a type may have."""
    unfit = {"person": {"coordinates"}, "place": {"birth", "death"}}.get(type, set())
    found = [{"id": id, "name": name} for id, name in PROPERTIES.items() if id not in unfit]
    return {"type": type, "properties": found}


def extend(service: Service, query: str) -> dict[str, object]:
    """The values of properties of entries."""
    asked = _decoded(query, Extension)
    meta = [{"id": one.id, "name": PROPERTIES.get(one.id, one.id)} for one in asked.properties]
    rows = {id: {one.id: _cell(service.index.entries.get(id), one.id) for one in asked.properties} for id in asked.ids}
    return {"meta": meta, "rows": rows}


def _cell(entry: Entry | None, name: str) -> list[dict[str, str]]:
    value = value_of(entry, name) if entry else ""
    return [{"str": value}] if value else []


def preview(entry: Entry) -> str:
    """A page about an entry that a client shows in a frame."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{html.escape(entry.name)}</title></head><body>{_snippet(entry)}</body></html>\n"
    )


def flyout(entry: Entry) -> dict[str, object]:
    """The same as a piece of a page."""
    return {"id": entry.id, "html": _snippet(entry)}


def _snippet(entry: Entry) -> str:
    links = "".join(
        f'<li><a href="{html.escape(quote(one.authority.link(one.text), safe=":/"))}" target="_blank" rel="noopener">'
        f"{html.escape(one.authority.name)} {html.escape(one.key[1])}</a></li>"
        for one in identifiers_of(entry)
        if not one.authority.fault(one.text)
    )
    listed = f"<ul>{links}</ul>" if links else ""
    kind = TYPES.get(entry.kind, entry.kind)
    return f"<p><b>{html.escape(entry.name)}</b> ({kind})</p><p>{html.escape(described(entry))}</p>{listed}"


def described(entry: Entry) -> str:
    """What tells namesakes apart: years of life, and the register's description."""
    years = "–".join((entry.period.start, entry.period.end)) if entry.period.start or entry.period.end else ""
    return ". ".join(part for part in (years, entry.description[:300]) if part)


def _decoded(text: str, form: type[Form]) -> Form:
    try:
        return msgspec.json.decode(text, type=form)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as error:
        raise BadRequest(400, f"this is not of the form of the interface: {str(error)[:200]}") from error
