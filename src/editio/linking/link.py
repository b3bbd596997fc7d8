"""The story of linking: which entries are asked about, at which service, and what is kept of the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from editio import codes
from editio.config import ServiceSettings
from editio.diagnostics import Location, Report
from editio.linking.cache import Cache
from editio.linking.client import Client
from editio.linking.proposals import Links, Proposal, propose, read_links, read_rejected, unlinked, write_links
from editio.linking.services import service_named
from editio.linking.transport import Asker, Patience
from editio.misspelling import did_you_mean
from editio.model import Edition, Entry


@dataclass(frozen=True)
class Wanted:
    """What is asked: the entries (all, if none are named) of a kind (any, if empty), and how many proposals for each."""

    entries: tuple[str, ...] = ()
    kind: str = ""
    limit: int = 5


def wanted_entries(edition: Edition, wanted: Wanted, report: Report) -> tuple[Entry, ...]:
    """The entries that are wanted; an id that the registers do not have is a diagnostic."""
    for id in wanted.entries:
        if id not in edition.entries:
            hint = did_you_mean(id, list(edition.entries)[:1000])
            report.add(codes.UNKNOWN_ENTRY, Location(), f"the registers have no entry “{id[:80]}”", hint)
    ids = wanted.entries or tuple(edition.entries)
    found = (edition.entries[id] for id in dict.fromkeys(ids) if id in edition.entries)
    return tuple(entry for entry in found if wanted.kind in ("", entry.kind))


Tell = Callable[[str, int, int], None]


def silent(service: str, asked: int, all: int) -> None:
    """Say nothing of how far the asking has come."""


def look_up(
    edition: Edition,
    names: Sequence[str],
    wanted: Wanted,
    cached: str,
    report: Report,
    patience: Patience | None = None,
    tell: Tell = silent,
) -> None:
    """Ask services about the entries without an identifier, and keep their proposals; the one function that goes online.

    ``cached`` is ``use``, ``refresh`` (ask anew, keep the answers) or ``off``; ``tell`` hears how far it has come.
    """
    settings = edition.settings
    chosen = [service_named(name, settings) for name in dict.fromkeys(names)]
    entries = wanted_entries(edition, wanted, report)
    rejected = read_rejected(edition.root, report)
    before = {service.name: read_links(edition.root, service.name, report) for service in chosen}
    if report.failed():
        return
    for service in chosen:
        cache = Cache(edition.root, service.name, service.address, cached == "use", cached != "off")
        client = Client(service, Asker(patience or Patience()), cache, tell)
        asked = tuple(unlinked(entries, service.type))
        found = propose(client, asked, wanted.limit, rejected.get(service.type, {}), report)
        _keep(edition, service, before[service.name], found)


def _keep(
    edition: Edition, service: ServiceSettings, before: Links | None, found: Mapping[str, tuple[Proposal, ...]]
) -> None:
    """Write what was found beside what was proposed before, for entries that are still without identifier."""
    kept = dict(before.proposals) if before and before.type == service.type else {}
    current = {entry.id for entry in unlinked(edition.entries.values(), service.type)}
    together = {id: proposals for id, proposals in (kept | dict(found)).items() if proposals and id in current}
    if together or before:
        write_links(edition.root, Links(service.name, service.type, together))
