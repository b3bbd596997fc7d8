"""Puts what ``include`` and ``extends href`` refer to in their places, with files that the caller reads."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from editio.schematron.files import SCH, XML_ID, Fault, Read, SchemaError, parse, place, resolve

Visited = frozenset[tuple[str, str]]


def join(root: etree._Element, read: Read, faults: list[Fault], visited: Visited = frozenset()) -> None:
    """Replace every reference below an element by what it refers to; one that cannot be resolved is a fault."""
    for element in list(root.iter(f"{SCH}include", f"{SCH}extends")):
        if element is root or (element.tag == f"{SCH}extends" and element.get("href") is None):
            continue
        try:
            wanted = _wanted(element, read, faults, visited)
        except SchemaError as error:
            faults.append(error.fault)
            wanted = []
        parent = element.getparent()
        assert parent is not None
        at = parent.index(element)
        parent[at : at + 1] = wanted


def _wanted(element: etree._Element, read: Read, faults: list[Fault], visited: Visited) -> list[etree._Element]:
    """The elements that stand in for a reference, their own references resolved."""
    here = place(element)
    href = element.get("href", "")
    name, fragment = resolve(href, here.file)
    if not href:
        raise SchemaError(Fault(here, "an include needs an @href"))
    if (name, fragment) in visited:
        raise SchemaError(Fault(here, f"“{href}” includes itself"))
    try:
        found = _target(parse(read(name), name), fragment)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SchemaError(Fault(here, f"“{href}” cannot be read: {reason}")) from None
    if found is None:
        raise SchemaError(Fault(here, f"“{name}” has no element with the id “{fragment}”"))
    if not str(found.tag).startswith(SCH):
        raise SchemaError(Fault(here, f"“{href}” is not a Schematron schema"))
    join(found, read, faults, visited | {(name, fragment)})
    parent = element.getparent()
    whole = found.tag in (f"{SCH}schema", f"{SCH}library")
    kind = f"{SCH}schema" if whole else found.tag
    if element.tag == f"{SCH}extends" and (parent is None or kind != parent.tag):
        raise SchemaError(Fault(here, f"“{href}” is not of the kind that it extends"))
    if element.tag == f"{SCH}extends" or whole:
        return [deepcopy(child) for child in found.iterchildren(etree.Element)]
    found.tail = None
    return [found]


def _target(root: etree._Element, fragment: str) -> etree._Element | None:
    if not fragment:
        return root
    return next((one for one in root.iter(etree.Element) if fragment in (one.get(XML_ID), one.get("id"))), None)
