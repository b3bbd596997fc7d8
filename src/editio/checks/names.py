"""Checks of names against the registers: keys that no register has, names of another kind, entries without a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from editio.diagnostics import Severity
from editio.model import Document, Edition
from editio.registers.mentions import NAMED, targets
from editio.registers.reading import ELEMENTS, NAMING, entries_of
from editio.registry import Finding, check
from editio.tei import TEI, XML_ID, local_name

# What an element of a kind cannot name; that a placeName stands for who rules there is no slip.
NOT_NAMED_BY = {
    "person": frozenset({"place", "org", "event"}),
    "place": frozenset({"person", "event"}),
    "org": frozenset({"person", "event"}),
}

# Persons that only a header describes, such as the speakers of a corpus, may have no names.
STAND_OFF = f"{TEI}standOff"


@check(
    Severity.WARNING,
    "correct the key, or add the entry to the register",
    '<persName key="ana">Anna</persName>, while the register has “anna”',
)
def name_not_in_register(document: Document, edition: Edition) -> Iterable[Finding]:
    """The @key of a name is not an entry of the registers, though other keys of the document are."""
    keyed = [(element, key) for element, _, key in document.lookup.attributes("key") if element.tag in NAMED]
    if not edition.entries or not any(key in edition.entries for _, key in keyed):
        return
    for element, key in keyed:
        for word in key.split():
            if word not in edition.entries and ":" not in word:
                yield Finding(document.location(element), f"no register has an entry “{word}”")


@check(
    Severity.WARNING,
    "correct the pointer, or the element that marks the name",
    '<persName ref="registers/places.xml#moscow">',
)
def name_of_other_kind(document: Document, edition: Edition) -> Iterable[Finding]:
    """A name points to an entry of another kind: a persName to a place, for instance."""
    if not edition.entries:
        return
    faults: dict[tuple[str, str], list[str]] = {}
    for name in ("persName", "placeName", "orgName"):
        for element in document.lookup.elements(name):
            key = (name, element.get("ref") or element.get("key") or "")
            if key not in faults:
                faults[key] = list(_of_other_kind(element, edition))
            if faults[key]:
                yield from (Finding(document.location(element), message) for message in faults[key])


def _of_other_kind(element: etree._Element, edition: Edition) -> Iterator[str]:
    impossible = NOT_NAMED_BY[NAMED[str(element.tag)]]
    for id in targets(element):
        entry = edition.entries.get(id)
        if entry is not None and entry.kind in impossible:
            yield f"this {local_name(element)} points to the {entry.kind} “{id}”"


@check(
    Severity.WARNING,
    "give the entry its name, or delete it",
    '<person xml:id="anna"><birth when="1860"/></person>',
)
def entry_without_name(document: Document, edition: Edition) -> Iterable[Finding]:
    """An entry of a register, or of a list that stands off the text, has no name, so no index can show it."""
    if not document.lookup.elements("standOff"):
        return
    for entry in entries_of(document):
        naming = NAMING[ELEMENTS[local_name(entry)]]
        if entry.get("sameAs") or not entry.get(XML_ID) or next(entry.iterancestors(STAND_OFF), None) is None:
            continue
        if not any(local_name(node) in naming for node in entry):
            message = f"the entry “{entry.get(XML_ID, '')}” has no name"
            yield Finding(document.location(entry), message, about=("",))
