"""Proposals as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from editio.diagnostics import printable
from editio.linking.authorities import of_type
from editio.linking.proposals import Links, Proposal
from editio.model import Entry
from editio.registers.cells import formula_safe

COLUMNS = (
    "entry",
    "entry name",
    "service",
    "type",
    "identifier",
    "name",
    "description",
    "score",
    "match",
    "lives",
    "address",
)
LIVES: Mapping[str, str] = {"agree": ", years of life agree", "differ": ", years of life differ", "unknown": ""}


class Row(msgspec.Struct, frozen=True):
    """A proposal with all that it takes to judge it."""

    entry: str
    entry_name: str
    service: str
    type: str
    id: str
    name: str
    description: str
    types: tuple[str, ...]
    score: float
    match: bool
    lives: str
    address: str


def rows(links: Iterable[Links], entries: Mapping[str, Entry], wanted: Sequence[str]) -> Iterator[Row]:
    """The proposals about entries that are wanted, by service and entry."""
    for one in links:
        authority = of_type(one.type)
        for id in sorted(set(one.proposals) & set(wanted)):
            for proposal in one.proposals[id]:
                address = authority.link(proposal.id) if authority else ""
                yield _row(entries[id], one, proposal, address)


def _row(entry: Entry, links: Links, one: Proposal, address: str) -> Row:
    return Row(
        entry.id,
        entry.name,
        links.service,
        links.type,
        one.id,
        one.name,
        one.description,
        one.types,
        one.score,
        one.match,
        one.lives,
        address,
    )


def as_text(found: Sequence[Row]) -> str:
    """A paragraph for each entry, a line for each proposal."""
    lines, last = [], ""
    for row in found:
        if row.entry != last:
            lines.append(f"{row.entry}: {row.entry_name}")
        last = row.entry
        lines.append(f"  {told(row.type, row)}")
    return "\n".join(lines)


def told(type: str, one: Row | Proposal) -> str:
    """A proposal as one line for a terminal: identifier, score, whether the service is sure, name, what it is."""
    sure = " (sure)" if one.match else ""
    what = "; ".join(part for part in (one.description, ", ".join(one.types)) if part)
    # a file of proposals may come from anybody
    return printable(f"{type}:{one.id} {one.score:g}{sure} {one.name}{LIVES[one.lives]}{f' – {what}' if what else ''}")


def as_json(found: Sequence[Row], diagnostics: str) -> str:
    """The report for programs, with the proposals besides."""
    report: dict[str, msgspec.Raw] = msgspec.json.decode(diagnostics, type=dict[str, msgspec.Raw])
    whole = {"proposals": msgspec.Raw(msgspec.json.encode(found)), **report}
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode()


def as_csv(found: Sequence[Row]) -> str:
    """A table for spreadsheets, in which nothing is a formula."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in found:
        cells = (row.entry, row.entry_name, row.service, row.type, row.id, row.name, row.description)
        safe = (formula_safe(printable(cell)) for cell in cells)
        writer.writerow([*safe, f"{row.score:g}", str(row.match).lower(), row.lives, row.address])
    return made.getvalue().rstrip("\n")
