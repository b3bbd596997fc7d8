"""Keeps bodies and divisions within their content model: what may only stand first or last, elsewhere is a paragraph.

TEI Guidelines, 4.1 to 4.2: headings, openers and the like begin a division, closers end it, divisions come last.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from editio import tei
from editio.tei import Content, element, local_name

TOP = frozenset("head opener dateline salute byline argument epigraph docAuthor docDate signed meeting".split())
BOTTOM = frozenset("closer postscript trailer signed dateline byline salute argument epigraph".split())
# What may stand anywhere in a division and is nothing of its content.
ANYWHERE = frozenset("pb lb cb gb milestone anchor note fw gap figure index".split())
COMMON = frozenset("p ab list lg l quote sp stage table div floatingText label cit".split())


def complete(division: etree._Element) -> None:
    """Give a body or division what its content model asks for, in place."""
    children = [child for child in division if isinstance(child.tag, str)]
    content = [i for i, child in enumerate(children) if _is_content(child)]
    if not content:
        _add_empty_paragraph(division, children)
        return
    for index, child in enumerate(children):
        name = local_name(child)
        if (index > content[0] and name in TOP and not (name in BOTTOM and index > content[-1])) or (
            index < content[-1] and name in BOTTOM and not (name in TOP and index < content[0])
        ):
            _replace(division, child, list(_paragraphs(child)))


def _is_content(child: etree._Element) -> bool:
    name = local_name(child)
    return name in COMMON or name not in TOP | BOTTOM | ANYWHERE


def _add_empty_paragraph(division: etree._Element, children: list[etree._Element]) -> None:
    """A division of nothing but headings and closers holds an empty paragraph."""
    bottom = [child for child in children if local_name(child) in ("closer", "postscript", "trailer")]
    division.insert(division.index(bottom[0]) if bottom else len(division), element("p"))


def _replace(division: etree._Element, child: etree._Element, others: list[etree._Element]) -> None:
    at = division.index(child)
    division.remove(child)
    for offset, other in enumerate(others):
        division.insert(at + offset, other)


def _paragraphs(child: etree._Element) -> Iterator[etree._Element]:
    """The lines of a heading, opener or closer as paragraphs, what they are as seg with @type."""
    name = local_name(child)
    content = tei.contents(child)
    if name in ("postscript", "argument", "epigraph"):
        yield from (piece for piece in content if not isinstance(piece, str))
    elif name in ("opener", "closer", "address"):
        for piece in content:
            if not isinstance(piece, str):
                yield from _paragraphs(piece)
    elif name == "head":
        yield _paragraph(child, content, rend="head")
    else:
        kind = child.get("type", "") if name == "seg" else name
        yield _paragraph(child, [element("seg", *_without_tails(content), type=kind)])


def _paragraph(child: etree._Element, content: list[Content], **attributes: str) -> etree._Element:
    made = element("p", *_without_tails(content), **attributes)
    for name in ("resp", "cert", tei.XML_ID):
        if child.get(name):
            made.set(name, str(child.get(name)))
    return made


def _without_tails(content: list[Content]) -> list[Content]:
    """Pieces of an element's content, ready to be those of another."""
    for piece in content:
        if not isinstance(piece, str):
            tei.cut_tail(piece)
    return content
