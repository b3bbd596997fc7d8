"""The text of elements as it stands in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from lxml import etree

from editio.tei.mixed import contents


def text_of(node: etree._Element) -> str:
    """All text of an element, notes included, comments and processing instructions left out."""
    return "".join(_pieces(node))


def _pieces(node: etree._Element) -> Iterator[str]:
    for piece in contents(node):
        if isinstance(piece, str):
            yield piece
        elif isinstance(piece.tag, str):
            yield from _pieces(piece)


def empty_among(elements: Iterable[etree._Element]) -> list[etree._Element]:
    """Those elements that hold nothing but white space: no element, no comment, no word."""
    # len() counts the children one by one
    return [node for node in elements if (not (text := node.text) or text.isspace()) and not len(node)]


def texts(node: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Every text of an element in order, with the element it stands in; comments and instructions left out."""
    for piece in contents(node):
        if isinstance(piece, str):
            yield node, piece
        elif isinstance(piece.tag, str):
            yield from texts(piece)


_SPACES = frozenset(" \u00a0")
_STRING = etree.XPath("string()", smart_strings=False)


def string_of(node: etree._Element) -> str:
    """The same as ``text_of``, by libxml2: for whole documents."""
    return str(_STRING(node)) if len(node) else node.text or ""


def encoded_text_of(node: etree._Element) -> bytes:
    """The same as UTF-8, which is how libxml2 has it."""
    return etree.tostring(node, method="text", encoding="utf-8", with_tail=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text node: the element it stands in, and the child of it behind which it stands, if not at its beginning."""

    element: etree._Element
    text: str
    behind: etree._Element | None = None


_TEXTS = etree.XPath("descendant::text()")


def text_nodes(root: etree._Element) -> list[etree._ElementUnicodeResult]:
    """All texts of a document in order, each of which knows its element; comments and instructions left out."""
    return cast(list[etree._ElementUnicodeResult], _TEXTS(root))


def passages(nodes: Sequence[etree._ElementUnicodeResult], needles: Sequence[str]) -> Iterator[Passage]:
    """Those text nodes of a parsed document that contain one of these strings."""
    found = {at for needle in needles for at, node in enumerate(nodes) if needle in node}
    for text in (nodes[at] for at in sorted(found)):
        node = cast(etree._Element, text.getparent())
        if text.is_tail:
            yield Passage(cast(etree._Element, node.getparent()), str(text), node)
        else:
            yield Passage(node, str(text))


def spaced_among(elements: Iterable[etree._Element]) -> Iterator[tuple[etree._Element, str, str]]:
    """Those elements that begin or end with a space, with the text before their first and behind their last child.

    Both texts are the whole where there is no child.
    """
    for node in elements:
        first = node.text or ""
        last = (node[-1].tail or "") if len(node) else first
        if first[:1] in _SPACES or last[-1:] in _SPACES:
            yield node, first, last
