"""Writes documents: a line for each block, or as they are."""

from __future__ import annotations

import os
from pathlib import Path

from lxml import etree

from editio.tei.mixed import contents
from editio.tei.names import NS, local_name

# Elements that hold elements only (a line for each child), and those whose children may all be blocks.
STRUCTURAL = frozenset(
    "TEI teiHeader fileDesc titleStmt publicationStmt notesStmt sourceDesc respStmt availability msDesc "
    "msIdentifier msContents encodingDesc editorialDecl appInfo application profileDesc abstract langUsage "
    "correspDesc correspAction revisionDesc textClass keywords text front body back group div list table row "
    "lg sp address standOff listPerson listPlace listOrg person place org location opener closer".split()
)
BLOCKS = frozenset("p ab address salute dateline signed list item lg l head note quote byline epigraph table".split())


def serialise(root: etree._Element) -> bytes:
    """The document as UTF-8: a line for each block, nothing added where text stands."""
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + _lines(root).encode("utf-8") + b"\n"


def serialise_as_it_is(root: etree._Element) -> bytes:
    """The document as UTF-8 with all its white space, comments and instructions; without DOCTYPE."""
    before = reversed(list(root.itersiblings(preceding=True)))
    nodes = [*before, root, *root.itersiblings()]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines += [etree.tostring(node, encoding="unicode", with_tail=False) for node in nodes]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _lines(node: etree._Element) -> str:
    if not len(node) or not _holds_blocks(node):
        return etree.tostring(node, encoding="unicode", with_tail=False).replace(f' xmlns="{NS}"', "", _inherits(node))
    empty = etree.Element(
        node.tag, attrib=dict(node.attrib), nsmap={None: NS} if node.getparent() is None else node.nsmap
    )
    tag = etree.tostring(empty, encoding="unicode")[:-2]
    if _inherits(node):
        tag = tag.replace(f' xmlns="{NS}"', "", 1)
    children = "\n".join(_lines(child) for child in node)
    return f"{tag}>\n{children}\n</{local_name(node)}>"


def _inherits(node: etree._Element) -> int:
    return 0 if node.getparent() is None else 1


def _holds_blocks(node: etree._Element) -> bool:
    if any(isinstance(piece, str) and piece.strip() for piece in contents(node)):
        return False
    return local_name(node) in STRUCTURAL or all(local_name(child) in BLOCKS for child in node)


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write a file by way of a new neighbour and a rename, unless it already holds these bytes; links are not followed."""
    if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    neighbour = path.with_name(f".{path.name}.{os.getpid()}.new")
    descriptor = os.open(neighbour, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o644)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        neighbour.replace(path)
    finally:
        neighbour.unlink(missing_ok=True)
    return True
