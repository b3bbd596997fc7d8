"""Lays a schema and documents into a private folder for a validator that reads whatever they refer to: they refer to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from editio import tei
from editio.diagnostics import Report
from editio.doctype import without_doctype
from editio.files import read_file
from editio.validating.examination import read_whole
from editio.validating.schemas import SchemaFile

SCHEMA, DOCUMENTS = "schema", "documents"
ATTRIBUTES = re.compile(rb"^<!ATTLIST [^\n]*>$", re.MULTILINE)
# What ``closed`` puts before a document whose DOCTYPE gives attributes values.
OPENING = re.compile(r"<!DOCTYPE [^\n]*?\]>")


@dataclass(frozen=True)
class Laid:
    """A document and where it was laid, as seen from the folder; its size in bytes."""

    path: Path
    name: str
    file: str
    size: int


def lay_schema(file: SchemaFile, files: Iterable[Path], folder: Path) -> str:
    """Lay the files of a schema as they lie to each other in its grounds; the path of the schema, as seen from the folder."""
    for path in files:
        data = read_file(path)
        target = folder / SCHEMA / path.relative_to(file.grounds)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data if file.compact else closed(data, tei.parse(data)).encode())
    return f"{SCHEMA}/{file.name}"


def lay_document(path: Path, number: int, folder: Path, root: Path) -> Laid | None:
    """Lay what was parsed of a document; nothing of one that cannot be read, which has been said by then."""
    document = read_whole(path, Report(root))
    if document is None:
        return None
    file = f"{DOCUMENTS}/{number:05}.xml"
    data = closed(document.data, document.root).encode()
    (folder / DOCUMENTS).mkdir(exist_ok=True)
    (folder / file).write_bytes(data)
    return Laid(path, document.name, file, len(data))


def closed(data: bytes, root: etree._Element) -> str:
    """The text of a document, every element where it was, without DOCTYPE but for the values that it gives to attributes."""
    text = without_doctype(data, root)
    tree = root.getroottree()
    if not tree.docinfo.doctype:
        return text
    if "<!DOCTYPE" in text and tei.parse(text.encode()).getroottree().docinfo.doctype:
        raise tei.MalformedXml(1, 0, "its DOCTYPE cannot be taken away")
    given = ATTRIBUTES.findall(etree.tostring(tree, encoding="utf-8").partition(b"\n]>")[0])
    if not given:
        return text
    return f"<!DOCTYPE {tree.docinfo.root_name} [{b''.join(given).decode()}]>{text}"


def shift_of(text: str) -> int:
    """By how much everything in the first line of a text is further to the right than in its document."""
    opening = OPENING.match(text)
    return opening.end() if opening else 0
