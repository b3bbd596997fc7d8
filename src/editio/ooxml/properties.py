"""Reads what a Word document says of itself outside its text: title, author, subject, dates (docProps/core.xml)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from editio.container import Container
from editio.flat import Flat
from editio.model import Block, Field, Text
from editio.ooxml.context import Context
from editio.ooxml.parts import own_text

RULE = "docx-properties"
LONGEST_TITLE = 500
CORE = "docProps/core.xml"
KEPT = ("title", "creator", "subject", "description", "keywords", "created")
# Titles that programs give.
GENERIC = re.compile(
    r"(?i)(untitled|unbenannt|sans titre|document|dokument|microsoft word|word document|[\w-]+\.(docx?|odt|rtf|dotx?))"
    r"[\s\d._-]*|microsoft word - .*"
)


@dataclass(frozen=True)
class Property:
    """One thing that a document says of itself."""

    name: str
    node: etree._Element


def collect_properties(container: Container, flat: Flat) -> tuple[Property, ...]:
    """The properties of a document that say something, entered as texts."""
    root = container.tree(CORE)
    found: list[Property] = []
    for node in root if root is not None else ():
        name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        if name in KEPT and own_text(node).strip():
            found.append(Property(name, node))
            flat.line(0)
            flat.add(node, own_text(node))
    return tuple(found)


def property_fields(found: Sequence[Property], blocks: Sequence[Block], context: Context) -> Iterator[Field]:
    """The properties as fields of the header.

    The title counts as that of the document where its text has no heading and the title is not one that a
    program gave; an author may be no more than who typed the document, so it is kept, not asserted.
    """
    headed = any(block.kind == "heading" for block in blocks)
    for one in found:
        run = context.run(one.node)
        plain = run.text.strip()
        said = one.name == "title" and not headed and not GENERIC.fullmatch(plain)
        is_title = said and not any(_key(text.plain) == _key(plain) for block in blocks for text in block.texts)
        yield Field("title" if is_title else "furniture:properties", Text((run,)), RULE)


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text[:LONGEST_TITLE].casefold()))
