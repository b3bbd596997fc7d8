"""Checks of what points and what is pointed to."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from functools import lru_cache

from lxml import etree

from editio import tei
from editio.diagnostics import Severity
from editio.model import Document, Edition
from editio.registry import Finding, check

# Attributes whose values are pointers (teidata.pointer), by the modules the profile has.
POINTERS = (
    "ref",
    "target",
    "corresp",
    "resp",
    "who",
    "wit",
    "hand",
    "facs",
    "source",
    "decls",
    "ana",
    "synch",
    "sameAs",
    "next",
    "prev",
    "rendition",
    "spanTo",
    "active",
    "passive",
    "mutual",
    "datingMethod",
    "calendar",
    "scribeRef",
)


@check(
    Severity.ERROR,
    "correct the pointer, or add what it points to (a name: to the register)",
    'ref="registers/persons.xml#ana"',
)
def dangling_pointer(document: Document, edition: Edition) -> Iterable[Finding]:
    """A pointer names an id that its file does not have, or a file that does not exist."""
    for element, _, value in document.lookup.attributes(*POINTERS):
        for pointer in value.split():
            message = _fault(pointer, document, edition)
            if message:
                yield Finding(document.location(element), message)


@check(Severity.ERROR, "give one of the elements another xml:id", '<p xml:id="a"/> … <p xml:id="a"/>')
def duplicate_id(document: Document, edition: Edition) -> Iterable[Finding]:
    """Two elements of one document have the same xml:id, so a pointer to it is ambiguous."""
    for id, elements in document.lookup.by_id.items():
        for element in elements[1:]:
            yield Finding(
                document.location(element), f"the id “{id}” was given in line {elements[0].sourceline} already"
            )


def _fault(pointer: str, document: Document, edition: Edition) -> str:
    """What is wrong with a pointer; empty for one that resolves or leads out of the edition."""
    file, hash, fragment = pointer.partition("#")
    if ":" in file:
        return ""
    if not file:
        found = fragment in _ids(document.root) if hash else True
        return "" if found else f"no element has the id “{fragment}”"
    name = posixpath.normpath(posixpath.join(posixpath.dirname(document.name), file))
    register = next((one for one in edition.registers if one.name == name), None)
    if register is not None:
        known = not hash or fragment in _ids(register.root)
        return "" if known else f"the register {name} has no entry “{fragment}”"
    path = edition.root / name
    if name.startswith("..") or not path.is_file():
        return f"there is no file “{file}”"
    return "" if not hash or fragment in _ids_of_file(str(path)) else f"{name} has no element with the id “{fragment}”"


@lru_cache(maxsize=256)
def _ids(root: etree._Element) -> frozenset[str]:
    return frozenset(str(id) for id in root.xpath("//@xml:id"))


@lru_cache(maxsize=256)
def _ids_of_file(path: str) -> frozenset[str]:
    try:
        with open(path, "rb") as file:
            return _ids(tei.parse(file.read()))
    except (OSError, tei.MalformedXml):
        return frozenset()
