"""One row a code: how a fault that a check is for gets into a sound edition, made by a script.

Each module here has ``ROWS``; the edition is base.xml (a letter), other.xml, persons.xml (a register) and the images
that they name. test_mutations.py puts each fault into its file and looks whether it is found there and at that line.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

FOLDER = Path(__file__).parent
FILES = ("base.xml", "other.xml", "persons.xml")
REGISTERS = ("persons.xml",)
NAMESPACES = {"t": "http://www.tei-c.org/ns/1.0", "xml": "http://www.w3.org/XML/1998/namespace"}


@dataclass(frozen=True)
class Row:
    """A fault: ``mutate`` puts it into the tree of ``file`` and gives the element to be named; none: the whole file.

    ``named`` is the file in which it is to be found, if that is not ``file``.
    """

    code: str
    mutate: Callable[[etree._Element], etree._Element | None]
    file: str = "base.xml"
    named: str = ""


def first(root: etree._Element, path: str) -> etree._Element:
    """The first element at an XPath, in which TEI's names have the prefix ``t``."""
    return root.xpath(path, namespaces=NAMESPACES)[0]


def setting(path: str, name: str, value: str) -> Callable[[etree._Element], etree._Element]:
    """The mutation that gives an attribute of an element another value."""

    def mutate(root: etree._Element) -> etree._Element:
        found = first(root, path)
        found.set(name.replace("xml:", f"{{{NAMESPACES['xml']}}}"), value)
        return found

    return mutate


def lacking(path: str, *names: str) -> Callable[[etree._Element], etree._Element]:
    """The mutation that takes attributes off an element."""

    def mutate(root: etree._Element) -> etree._Element:
        found = first(root, path)
        for name in names:
            del found.attrib[name.replace("xml:", f"{{{NAMESPACES['xml']}}}")]
        return found

    return mutate


def inserted(path: str, xml: str) -> Callable[[etree._Element], etree._Element]:
    """The mutation that puts an element, given as XML, at the end of another."""

    def mutate(root: etree._Element) -> etree._Element:
        made = etree.fromstring(f'<root xmlns="{NAMESPACES["t"]}">{xml}</root>')[0]
        first(root, path).append(made)
        return made

    return mutate


def somewhere(mutation: Callable[[etree._Element], object]) -> Callable[[etree._Element], None]:
    """A mutation whose fault is one of the whole file."""

    def mutate(root: etree._Element) -> None:
        mutation(root)

    return mutate


def removed(path: str, named: str = "") -> Callable[[etree._Element], etree._Element | None]:
    """The mutation that takes an element out, and names the element at another XPath, or the whole file."""

    def mutate(root: etree._Element) -> etree._Element | None:
        gone = first(root, path)
        parent = gone.getparent()
        assert parent is not None
        parent.remove(gone)
        return first(root, named) if named else None

    return mutate


def rows() -> tuple[Row, ...]:
    """The rows of all modules of this folder."""
    found: list[Row] = []
    for module in pkgutil.iter_modules([str(FOLDER)]):
        found += importlib.import_module(f"mutations.{module.name}").ROWS
    return tuple(found)
