"""Knows the parts of a Word document and their relationships, in the transitional and in the strict namespaces."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from editio import tei
from editio.container import Container, damaged, mistaken

OFFICE = "http://schemas.openxmlformats.org"
W = f"{{{OFFICE}/wordprocessingml/2006/main}}"
R = f"{{{OFFICE}/officeDocument/2006/relationships}}"
M = f"{{{OFFICE}/officeDocument/2006/math}}"
A = f"{{{OFFICE}/drawingml/2006/main}}"
WP = f"{{{OFFICE}/drawingml/2006/wordprocessingDrawing}}"
CHART = f"{{{OFFICE}/drawingml/2006/chart}}"
DIAGRAM = f"{{{OFFICE}/drawingml/2006/diagram}}"
MC = f"{{{OFFICE}/markup-compatibility/2006}}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the prefix Office uses
RELATION = f"{{{OFFICE}/package/2006/relationships}}Relationship"
# ISO 29500 strict: the same names in other namespaces.
STRICT = "http://purl.oclc.org/ooxml/"
STRICT_NAMES = {
    "wordprocessingml/main": W,
    "officeDocument/relationships": R,
    "officeDocument/math": M,
    "drawingml/main": A,
    "drawingml/wordprocessingDrawing": WP,
}
OTHER_OFFICE = {"xl/": "a spreadsheet (XLSX)", "ppt/": "a presentation (PPTX)"}


@dataclass(frozen=True)
class Relation:
    """What a part points to: the kind, and the name of a part or an address outside."""

    kind: str
    target: str
    external: bool


@dataclass
class Package:
    """A Word document as parts; ``main`` is the name of the part that holds the text."""

    container: Container
    main: str
    document: etree._Element
    known: dict[str, dict[str, Relation]] = field(default_factory=dict)

    def relations(self, part: str) -> dict[str, Relation]:
        """The relations of a part by their ids."""
        if part not in self.known:
            self.known[part] = relations(self.container, part)
        return self.known[part]

    def related(self, kind: str) -> Iterator[tuple[str, etree._Element]]:
        """The parts of a kind that belong to the text, with their names; those missing are left out."""
        names = [one.target for one in self.relations(self.main).values() if one.kind == kind and not one.external]
        if not self.relations(self.main):
            names = [posixpath.join(posixpath.dirname(self.main), f"{kind}.xml")]
        for name in dict.fromkeys(names):
            root = tree(self.container, name)
            if root is not None:
                yield name, root

    def part(self, kind: str) -> etree._Element | None:
        """The only part of a kind, such as ``styles``."""
        return next((root for _, root in self.related(kind)), None)


def open_package(container: Container) -> Package:
    """The Word document in a container; refused if there is none."""
    if container.mimetype.startswith("application/vnd.oasis.opendocument"):
        raise mistaken(container.source, "an OpenDocument file (ODT)")
    if container.mimetype == "application/epub+zip":
        raise mistaken(container.source, "an e-book (EPUB)")
    targets = [one.target for one in relations(container, "").values() if one.kind == "officeDocument"]
    main = next((name for name in (*targets, "word/document.xml") if name in container.members), "")
    for folder, found in OTHER_OFFICE.items():
        if any(name.startswith(folder) for name in (main, *([] if main else container.names))):
            raise mistaken(container.source, found)
    document = tree(container, main)
    if document is None:
        raise damaged(container.source, "the container has no part word/document.xml")
    if document.tag != f"{W}document":
        raise damaged(
            container.source, f"“{main}” in it is no Word document but begins with <{tei.local_name(document)}>"
        )
    return Package(container, main, document)


def relations(container: Container, part: str) -> dict[str, Relation]:
    """The relations of a part (of the whole container, if it has no name) by their ids."""
    folder, name = posixpath.split(part)
    root = tree(container, posixpath.join(folder, "_rels", f"{name}.rels"))
    found: dict[str, Relation] = {}
    for node in root.iter(RELATION) if root is not None else ():
        kind = node.get("Type", "").rsplit("/", 1)[-1]
        external = node.get("TargetMode") == "External"
        target = node.get("Target", "")
        resolved = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[node.get("Id", "")] = Relation(kind, target if external else resolved, external)
    return found


def tree(container: Container, name: str) -> etree._Element | None:
    """The root of a part, with strict names turned into the transitional ones."""
    root = container.tree(name)
    if root is not None and any(uri.startswith(STRICT) for uri in root.nsmap.values()):
        for node in root.iter(etree.Element):
            node.tag = _transitional(str(node.tag))
            for key, value in list(node.attrib.items()):
                if key.startswith(f"{{{STRICT}"):
                    node.attrib.pop(key)
                    node.set(_transitional(key), value)
    return root


def _transitional(name: str) -> str:
    uri, _, local = name[1:].partition("}")
    return STRICT_NAMES.get(uri.removeprefix(STRICT), f"{{{uri}}}") + local if name.startswith(f"{{{STRICT}") else name


# --- small questions about elements -----------------------------------------------------------


def value(node: etree._Element | None, path: str, default: str = "") -> str:
    """The w:val of the element at a path of names such as ``pPr/pStyle``; the default if there is none."""
    found = child(node, path)
    return default if found is None else found.get(f"{W}val", default)


def child(node: etree._Element | None, path: str) -> etree._Element | None:
    """The first element at a path of names such as ``pPr/numPr``."""
    return None if node is None else node.find(_full(path))


@cache
def _full(path: str) -> str:
    return "/".join(f"{W}{step}" for step in path.split("/"))


def is_on(node: etree._Element | None) -> bool:
    """Whether a property that is there without a value, or with one like “true”, is switched on."""
    return node is not None and node.get(f"{W}val", "true").lower() not in ("0", "false", "off", "none")


def number(text: str | None, default: int = 0) -> int:
    """A whole number of an attribute; the default for anything else."""
    try:
        return int(float(text)) if text else default
    except (ValueError, OverflowError):
        return default


def own_text(node: etree._Element) -> str:
    """The characters of an element itself, what its children hold left out."""
    return "".join(piece for piece in tei.contents(node) if isinstance(piece, str))
