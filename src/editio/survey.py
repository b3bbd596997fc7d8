"""What the edition as a whole has to know of its documents: facts of each, merged into one index.

``survey`` looks at one prepared document, ``merge`` puts the facts together; both are pure. The
index reaches the stylesheets as an XML document in the namespace ``urn:editio`` (docs/ARCHITECTURE.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from editio import tei
from editio.kinds import FILES, LISTS
from editio.model import Document, Edition
from editio.registers import ELEMENTS
from editio.tei import TEI

ED = "{urn:editio}"
CONTEXT = 60


@dataclass(frozen=True)
class Fact:
    """A mention of a register entry: where it is, and the words around it."""

    entry: str
    anchor: str
    before: str
    match: str
    after: str


@dataclass(frozen=True)
class Facts:
    """What one document contributes to the index."""

    id: str
    title: str
    when: str
    header: etree._Element
    mentions: tuple[Fact, ...]

    @cached_property
    def sort_key(self) -> tuple[str, str]:
        """Documents stand in order of date, undated ones last."""
        return (self.when or "~", self.id)


def survey(id: str, root: etree._Element) -> Facts:
    """The facts of one prepared document."""
    header = root.find(f"{TEI}teiHeader")
    title = header.find(f".//{TEI}titleStmt/{TEI}title") if header is not None else None
    return Facts(
        id,
        " ".join(tei.text_of(title).split()) if title is not None else id,
        _date(header),
        header if header is not None else etree.Element(f"{TEI}teiHeader"),
        tuple(_mentions(root)),
    )


def _date(header: etree._Element | None) -> str:
    """The date of creation: @when, or the earliest it can be."""
    date = header.find(f".//{TEI}creation/{TEI}date") if header is not None else None
    if date is None:
        return ""
    return next((value for name in ("when", "notBefore", "from") if (value := date.get(name))), "")


def _mentions(root: etree._Element) -> Iterator[Fact]:
    for unit in tei.units(root):
        named = [(node, at) for node, at in tei.elements_with_offsets(unit.element) if f"{ED}entry" in node.attrib]
        ends = {f"#{node.get(tei.XML_ID)}": (at + len(tei.running_text(node)), node) for node, at in named}
        for node, start in named:
            if node.get("prev") in ends:
                continue  # a later part of a name that markup tears apart
            end, last = start + len(tei.running_text(node)), node
            while last.get("next", "") in ends and ends[last.get("next", "")][0] > end:
                end, last = ends[last.get("next", "")]
            entry, anchor = node.get(f"{ED}entry", ""), node.get(f"{ED}anchor", "")
            yield Fact(entry, anchor, _before(unit.text, start), _flat(unit.text[start:end]), _after(unit.text, end))


def _before(text: str, start: int) -> str:
    words = text[max(start - CONTEXT, 0) : start]
    return _flat(words if start <= CONTEXT else "… " + words.partition(" ")[2], keep_end=True)


def _after(text: str, end: int) -> str:
    words = text[end : end + CONTEXT]
    return _flat(words if end + CONTEXT >= len(text) else words.rpartition(" ")[0] + " …", keep_start=True)


def _flat(text: str, keep_start: bool = False, keep_end: bool = False) -> str:
    flat = " ".join(text.split())
    return (" " if keep_start and text[:1].isspace() else "") + flat + (" " if keep_end and text[-1:].isspace() else "")


def merge(facts: Iterable[Facts], edition: Edition) -> bytes:
    """The index of the edition as XML: what it says of itself, its documents in order, registers and mentions."""
    index = etree.Element(f"{ED}index", nsmap={None: "urn:editio", "tei": tei.NS})
    settings = edition.settings.edition
    about = etree.SubElement(index, f"{ED}edition")
    for name in ("title", "subtitle", "publisher", "language", "date", "licence", "rights", "address"):
        about.set(name, getattr(settings, name))
    tei.append(_sub(about, "description"), settings.description)
    ordered = sorted(facts, key=lambda one: one.sort_key)
    for one in ordered:
        document = _sub(index, "document", id=one.id, href=f"{one.id}.html", title=one.title, when=one.when)
        document.append(one.header)
    for kind, list_name in LISTS.items():
        register = _sub(index, "register", kind=FILES[kind], href=f"{FILES[kind]}.html")
        for found in edition.registers:
            _copy_lists(found, list_name, register)
    for one in ordered:
        for fact in one.mentions:
            mention = _sub(index, "mention", entry=fact.entry, document=one.id, anchor=fact.anchor)
            for name in ("before", "match", "after"):
                tei.append(_sub(mention, name), getattr(fact, name))
    return bytes(etree.tostring(index, encoding="utf-8"))


def _sub(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{ED}{name}", attributes)


def _copy_lists(register: Document, name: str, target: etree._Element) -> None:
    for found in register.root.iter(f"{TEI}{name}"):
        # a list in a list comes with it, and events told of a person are the person's
        if any(tei.local_name(around) in (name, *ELEMENTS) for around in found.iterancestors()):
            continue
        target.append(etree.fromstring(etree.tostring(found, with_tail=False)))
