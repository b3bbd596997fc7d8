"""The identifiers that entries of the registers have: which authority file says who they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from editio import tei
from editio.linking.authorities import ADDRESSES, Authority, of_address, of_type
from editio.model import Entry


@dataclass(frozen=True, eq=False)
class Identifier:
    """An idno of a known authority file: its element, and its text as it stands there."""

    authority: Authority
    text: str
    element: etree._Element

    @property
    def key(self) -> tuple[str, str]:
        """What two identifiers of the same thing have in common: the type, and the canonical form."""
        return self.authority.type, self.authority.bare(self.text)


def identifiers_of(entry: Entry) -> Iterator[Identifier]:
    """The identifiers of an entry, in the order of the register."""
    for idno in entry.element.iterchildren(f"{tei.TEI}idno"):
        found = read_idno(idno)
        if found:
            yield found


def read_idno(idno: etree._Element) -> Identifier | None:
    """An idno as the identifier it holds; none if it is of no known authority file."""
    type, text = idno.get("type", ""), " ".join(tei.text_of(idno).split())
    if type.casefold() in ADDRESSES:
        found = of_address(text)
        return Identifier(found[0], text, idno) if found else None
    authority = of_type(type)
    return Identifier(authority, text, idno) if authority else None


def held_by(entry: Entry) -> Iterator[tuple[str, str]]:
    """Type and value of every typed idno of an entry, also of files that are not known here."""
    for idno in entry.element.iterchildren(f"{tei.TEI}idno"):
        found = read_idno(idno)
        if found:
            yield found.key
        elif idno.get("type"):
            yield idno.get("type", ""), " ".join(tei.text_of(idno).split())
