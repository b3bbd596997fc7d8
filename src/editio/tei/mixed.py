"""Mixed content as a list of strings and elements; builds, changes and reads it."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from editio.tei.names import NAMESPACES, TEI, XML_ID, XML_LANG, Content, local_name

PREFIXED = {"xml_id": XML_ID, "xml_lang": XML_LANG}


def element(name: str, *content: Content, **attributes: str) -> etree._Element:
    """A TEI element; ``xml_id`` and ``xml_lang`` stand for the attributes with a prefix, empty values are left out."""
    made = etree.Element(f"{TEI}{name}", nsmap=NAMESPACES)
    for key, value in attributes.items():
        if value:
            made.set(PREFIXED.get(key) or key.replace("_", "-"), value)
    append(made, *content)
    return made


def append(parent: etree._Element, *content: Content) -> None:
    """Add strings and elements behind what an element holds."""
    # len() counts the children one by one, and an element may have many
    last = next(parent.iterchildren(reversed=True), None)
    # strings side by side are set as one: each time, the whole text is copied
    words: list[str] = []
    for piece in (*content, None):
        if isinstance(piece, str):
            words.append(piece)
            continue
        if words and last is not None:
            last.tail = (last.tail or "") + "".join(words)
        elif words:
            parent.text = (parent.text or "") + "".join(words)
        words.clear()
        if piece is not None:
            parent.append(piece)
            last = piece


def contents(parent: etree._Element) -> list[Content]:
    """What an element holds, in order; empty strings left out."""
    found: list[Content] = [parent.text] if parent.text else []
    for child in parent:
        found.append(child)
        if child.tail:
            found.append(child.tail)
    return found


def insert(parent: etree._Element, index: int, node: etree._Element) -> None:
    """Put an element before the child at an index, on a line of its own; every text stays where it is."""
    node.tail = "\n"
    parent.insert(index, node)


def set_contents(parent: etree._Element, content: Sequence[Content]) -> None:
    """Give an element new content; its children may be reused."""
    for child in list(parent):
        parent.remove(child)
    parent.text = None
    for piece in content:
        if not isinstance(piece, str):
            cut_tail(piece)
    append(parent, *content)


def unwrap(node: etree._Element) -> None:
    """Take an element away and leave what it holds in its place."""
    parent = node.getparent()
    if parent is None:
        raise ValueError("the root cannot be taken away")
    kept: list[Content] = []
    for piece in contents(parent):
        kept += contents(node) if piece is node else [piece]
    set_contents(parent, kept)


def cut_tail(node: etree._Element) -> None:
    """Take the text behind an element off it, as ``contents`` has it as a piece of its own."""
    node.tail = None


def part(root: etree._Element, path: str) -> etree._Element:
    """The first element at a path of TEI names such as ``text/body``, which must be there."""
    found = root.find("/".join(f"{TEI}{step}" for step in path.split("/")))
    if found is None:
        raise ValueError(f"{local_name(root)} has no {path}")
    return found
