"""Running text, as it is read, with the offsets that names and dates are found and marked by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from editio.tei.mixed import contents
from editio.tei.names import TEI, Content

# Elements whose text is none of the sentence they stand in: notes, what was deleted or stands on the page besides,
# and blocks inside a block.
APART = frozenset(
    f"{TEI}{name}"
    for name in (
        "note noteGrp del fw figDesc floatingText p ab list item table row cell lg l sp figure head div".split()
    )
)
# Of elements that give a text in several ways, those that are read rather than others.
READ_FIRST = tuple(f"{TEI}{name}" for name in ("corr", "reg", "expan", "lem"))
ALTERNATIVES = frozenset({f"{TEI}choice", f"{TEI}app"})
LINE_BREAK = f"{TEI}lb"
# What names and dates are marked by.
MARKS = frozenset(f"{TEI}{name}" for name in ("persName", "placeName", "orgName", "name", "rs", "date", "time"))


def running_text(node: Content) -> str:
    """Text as it is read: notes left out, a line break as newline. Offsets of names and dates count in it."""
    if isinstance(node, str):
        return node
    if not isinstance(node.tag, str) or is_apart(node):
        return ""
    if node.tag == LINE_BREAK:
        return "" if node.get("break") == "no" else "\n"
    return running_text_of_unit(node)


def is_apart(node: etree._Element) -> bool:
    """Whether an element's text is none of the sentence around it: a note, say, or the reading that is not read."""
    if node.tag in APART:
        return True
    parent = node.getparent()
    return parent is not None and parent.tag in ALTERNATIVES and node is not _read_of(parent)


def _read_of(alternatives: etree._Element) -> etree._Element | None:
    """The one child of a choice or an app that a reader of the text reads."""
    children = [child for child in alternatives if isinstance(child.tag, str)]
    found = next((child for child in children if child.tag in READ_FIRST), None)
    return found if found is not None else next(iter(children), None)


@dataclass(frozen=True)
class Unit:
    """An element that holds running text, such as a paragraph or a note, and where its text begins in the whole."""

    element: etree._Element
    start: int
    text: str


def units(root: etree._Element) -> tuple[Unit, ...]:
    """The units of a text in order, their texts two newlines apart."""
    found: list[Unit] = []
    at = 0
    for node in _unit_elements(root):
        inner = running_text_of_unit(node)
        found.append(Unit(node, at, inner))
        at += len(inner) + 2
    return tuple(found)


def running_text_of_unit(node: etree._Element) -> str:
    """The running text of an element, also when it is a note itself."""
    if node.tag in ALTERNATIVES:  # the white space between the readings is none of the text
        read = _read_of(node)
        return running_text(read) if read is not None else ""
    return "".join(running_text(piece) for piece in contents(node))


def _unit_elements(node: etree._Element, inside: bool = False) -> Iterator[etree._Element]:
    holds_text = any(_is_text(piece) for piece in contents(node))
    apart = inside and is_apart(node)
    is_unit = holds_text and (not inside or apart)
    if is_unit:
        yield node
    for child in node:
        if isinstance(child.tag, str):
            yield from _unit_elements(child, (inside and not apart) or is_unit)


def _is_text(piece: Content) -> bool:
    """Whether a piece is text, or text that was marked as a name: to mark it makes no other unit."""
    if isinstance(piece, str):
        return bool(piece.strip())
    return piece.tag in MARKS and any(_is_text(inner) for inner in contents(piece))


def whole_text(found: Iterable[Unit]) -> str:
    """The texts of units as one string in which their offsets hold."""
    return "\n\n".join(unit.text for unit in found)


def elements_with_offsets(parent: etree._Element, at: int = 0) -> Iterator[tuple[etree._Element, int]]:
    """The elements in an element's running text (those inside notes left out), each with the offset where it begins.

    An element that holds all of the running text counts as in it, so the element itself comes first.
    """
    yield parent, at
    for piece, first, _ in pieces_with_offsets(parent):
        if not isinstance(piece, str) and isinstance(piece.tag, str) and not is_apart(piece):
            yield from elements_with_offsets(piece, at + first)


def pieces_with_offsets(parent: etree._Element) -> Iterator[tuple[Content, int, int]]:
    """What an element holds, in order, each piece with where its running text begins and ends in that of the element."""
    at = 0
    alternatives = parent.tag in ALTERNATIVES
    for piece in contents(parent):
        length = 0 if alternatives and isinstance(piece, str) else len(running_text(piece))
        yield piece, at, at + length
        at += length
