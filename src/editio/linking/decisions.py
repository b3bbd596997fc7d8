"""What the editors decide about proposals: an identifier accepted goes into the register, one rejected is remembered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass

from editio import codes, tei
from editio.diagnostics import Location, Report
from editio.files import read_file
from editio.linking.authorities import LONGEST, Authority, of_address, of_type
from editio.linking.identifiers import held_by, identifiers_of
from editio.linking.proposals import (
    Links,
    Proposal,
    all_links,
    read_rejected,
    write_links,
    write_rejected,
)
from editio.linking.services import services
from editio.misspelling import did_you_mean
from editio.model import Document, Edition, Entry
from editio.registers.spelling import Unspellable
from editio.registers.writing import with_identifier


@dataclass(frozen=True)
class Link:
    """An entry and an identifier it is, or is not, known by; the type is that of the idno."""

    entry: Entry
    type: str
    identifier: str

    def __str__(self) -> str:
        return f"{self.entry.id}={self.type}:{self.identifier}"


def accept(edition: Edition, pairs: Sequence[str], type: str, report: Report) -> Iterator[str]:
    """Write identifiers into the registers (ENTRY=TYPE:ID, ENTRY=ADDRESS, or ENTRY=ID of ``type``); a line for each."""
    for link in _links(edition, pairs, type, report):
        fault = _unacceptable(link, edition)
        if fault:
            report.add(codes.UNUSABLE_LINK, Location(link.entry.file), fault)
            continue
        if _write(link, edition, report):
            _settle(edition, link, report)
            yield f"{link}: written into {link.entry.file}"


def reject(edition: Edition, pairs: Sequence[str], type: str, report: Report) -> Iterator[str]:
    """Remember that entries are not known by these identifiers, so that they are not proposed again."""
    for link in _links(edition, pairs, type, report):
        rejected = read_rejected(edition.root, report)
        if report.failed():
            return
        of_this = rejected.setdefault(link.type, {})
        of_this[link.entry.id] = tuple(sorted({*of_this.get(link.entry.id, ()), link.identifier}))
        write_rejected(edition.root, rejected)
        _settle(edition, link, report)
        yield f"{link}: will not be proposed again"


def _links(edition: Edition, pairs: Sequence[str], type: str, report: Report) -> Iterator[Link]:
    """The pairs as links; what is none is a diagnostic."""
    types = {service.type for service in services(edition.settings).values()}
    for pair in pairs:
        id, equals, identifier = (part.strip() for part in pair.partition("="))
        entry = edition.entries.get(id)
        if not equals or not identifier:
            report.add(codes.UNUSABLE_LINK, Location(), f"“{pair[:80]}” is not ENTRY=IDENTIFIER")
        elif entry is None:
            hint = did_you_mean(id, list(edition.entries)[:1000])
            report.add(codes.UNKNOWN_ENTRY, Location(), f"the registers have no entry “{id[:80]}”", hint)
        else:
            link = _link(entry, identifier, type, types)
            if isinstance(link, Link):
                yield link
            else:
                report.add(codes.UNUSABLE_LINK, Location(entry.file), link)


def _link(entry: Entry, identifier: str, type: str, types: Container[str]) -> Link | str:
    """An identifier as it was typed as a link, or what is wrong with it; ``types`` are those of services."""
    elsewhere = of_address(identifier)
    before, colon, behind = identifier.partition(":")
    if elsewhere:
        return _checked(entry, *elsewhere)
    if colon and (of_type(before) or before in types):
        type, identifier = before, behind
    authority = of_type(type)
    if authority:
        return _checked(entry, authority, identifier)
    if not type:
        return f"“{identifier[:80]}” does not say which authority file it is of"
    if not identifier or not identifier.isprintable() or len(identifier) > LONGEST:
        return f"“{identifier[:80]}” is not an identifier"
    return Link(entry, type, identifier)


def _checked(entry: Entry, authority: Authority, identifier: str) -> Link | str:
    return authority.fault(identifier) or Link(entry, authority.type, authority.bare(identifier))


def _unacceptable(link: Link, edition: Edition) -> str:
    """Why an identifier cannot be written: the entry has one already, or another entry has this one."""
    for entry in edition.entries.values():
        for type, identifier in held_by(entry):
            if type != link.type:
                continue
            if entry is link.entry:
                return f"“{entry.id}” has a {_name(type)} already: {identifier}"
            if identifier == link.identifier:
                return f"“{entry.id}” has the {_name(type)} {identifier}; it may be the same as “{link.entry.id}”"
    return ""


def _name(type: str) -> str:
    authority = of_type(type)
    return authority.name if authority else type


def _write(link: Link, edition: Edition, report: Report) -> bool:
    path = edition.root / link.entry.file
    data = read_file(path)
    register = Document(path.stem, link.entry.file, tei.parse(data), data)
    try:
        made = with_identifier(register, link.entry.id, _usual_type(link.type, edition), link.identifier)
    except Unspellable as error:
        report.add(codes.UNUSABLE_LINK, Location(link.entry.file), str(error))
        return False
    tei.append(link.entry.element, tei.element("idno", link.identifier, type=link.type))
    return tei.write_if_changed(path, made)


def _usual_type(type: str, edition: Edition) -> str:
    """The @type as the registers write it: “GND”, where their other idno do."""
    authority: Authority | None = of_type(type)
    found = (found for entry in edition.entries.values() for found in identifiers_of(entry))
    typed = Counter(one.element.get("type", "") for one in found if one.authority is authority and one.text)
    usual = [name for name, _ in typed.most_common() if of_type(name) is authority]
    return usual[0] if authority and usual else type


def _settle(edition: Edition, link: Link, report: Report) -> None:
    """Take what is decided out of the proposals: the one that is rejected, or all of an entry that is linked now."""
    linked = link.identifier not in read_rejected(edition.root, report).get(link.type, {}).get(link.entry.id, ())
    for links in all_links(edition.root, report):
        if links.type == link.type and link.entry.id in links.proposals:
            left = [one for one in links.proposals[link.entry.id] if not linked and one.id != link.identifier]
            write_links(edition.root, _with(links, link.entry.id, tuple(left)))


def _with(links: Links, entry: str, proposals: tuple[Proposal, ...]) -> Links:
    others = {id: found for id, found in links.proposals.items() if id != entry}
    return Links(links.service, links.type, others | ({entry: proposals} if proposals else {}))


Ask = Callable[[Entry, str, Sequence[Proposal]], str]


def choose(edition: Edition, links: Sequence[Links], ask: Ask, report: Report) -> Iterator[str]:
    """Let somebody decide, entry by entry; ``ask`` is told entry, type and proposals.

    It gives a number, “n” for none of them, “q” to end, anything else to skip.
    """
    for one in links:
        for id, proposals in sorted(one.proposals.items()):
            entry = edition.entries.get(id)
            if entry is None:
                continue
            said = ask(entry, one.type, proposals)
            if said == "q":
                return
            if said == "n":
                yield from reject(edition, [f"{id}={one.type}:{other.id}" for other in proposals], one.type, report)
            elif said.isdecimal() and 0 < int(said) <= len(proposals):
                chosen = proposals[int(said) - 1]
                yield from accept(edition, [f"{id}={one.type}:{chosen.id}"], one.type, report)
