"""The text of elements as it stands in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

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


_STRING = etree.XPath("string()", smart_strings=False)


def string_of(node: etree._Element) -> str:
    """The same as ``text_of``, by libxml2: for whole documents."""
    return str(_STRING(node))


@dataclass(frozen=True, slots=True)
class Passage:
    """A text node: the element it stands in, and the child of it behind which it stands, if not at its beginning."""

    element: etree._Element
    text: str
    behind: etree._Element | None = None


def passages(root: etree._Element, needles: Sequence[str]) -> Iterator[Passage]:
    """The text nodes of a parsed document that contain one of these strings, in order; comments and instructions left out."""
    wanted = {f"n{index}": needle for index, needle in enumerate(needles)}
    for text in _texts_with(len(wanted))(root, **wanted) if wanted else ():
        node = text.getparent()
        if text.is_tail:
            yield Passage(node.getparent(), str(text), node)
        else:
            yield Passage(node, str(text))


@cache
def _texts_with(count: int) -> etree.XPath:
    """The search for texts that contain one of so many strings: libxml2 goes through all of them, Python only sees these."""
    return etree.XPath(
        "descendant::text()[{}]".format(" or ".join(f"contains(., $n{index})" for index in range(count)))
    )


def edges(node: etree._Element) -> tuple[str, str]:
    """The text before the first and behind the last child of an element; both are all of it if it has no child."""
    first = node.text or ""
    return first, (node[-1].tail or "") if len(node) else first
