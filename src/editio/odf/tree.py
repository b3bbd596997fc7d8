"""Knows OpenDocument XML as trees in which text is a node; every text a reader of the document sees is entered once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from editio import tei
from editio.flat import Flat
from editio.running import Branch, Piece

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
PREFIXES = {
    f"{OASIS}office:1.0": "office",
    f"{OASIS}text:1.0": "text",
    f"{OASIS}table:1.0": "table",
    f"{OASIS}drawing:1.0": "draw",
    f"{OASIS}style:1.0": "style",
    f"{OASIS}xsl-fo-compatible:1.0": "fo",
    f"{OASIS}svg-compatible:1.0": "svg",
    f"{OASIS}meta:1.0": "meta",
    f"{OASIS}form:1.0": "form",
    f"{OASIS}script:1.0": "script",
    f"{OASIS}manifest:1.0": "manifest",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://www.w3.org/1998/Math/MathML": "math",
}
PARAGRAPHS = frozenset(["text:p", "text:h"])
# What no reader of the document sees: data, programs, patterns by which lists are made.
UNSEEN = frozenset(
    "office:binary-data office:forms office:scripts script:event-listeners text:script office:change-info "
    "text:table-of-content-source text:alphabetical-index-source text:illustration-index-source text:table-index-source "
    "text:object-index-source text:user-index-source text:bibliography-source text:variable-decls text:sequence-decls "
    "text:user-field-decls text:dde-connection-decls math:annotation".split()
)


# What a reader sees though it stands in no paragraph
SEEN = frozenset(
    "svg:title svg:desc table:title table:desc dc:title dc:creator dc:description dc:subject dc:date "
    "meta:initial-creator meta:keyword meta:creator-initials text:number text:note-citation".split()
)


# What may stand in a paragraph, but holds no words itself, only paragraphs or other elements that do
ELEMENTS_ONLY = frozenset(
    "text:note text:note-body office:annotation draw:text-box draw:frame draw:g draw:custom-shape draw:rect draw:ellipse "
    "draw:circle draw:line draw:polygon draw:polyline draw:path draw:caption draw:connector draw:measure draw:image "
    "draw:regular-polygon text:list text:list-item text:list-header text:section text:ruby text:numbered-paragraph "
    "text:index-body text:tracked-changes text:table-of-content".split()
)


@dataclass(eq=False)
class Node(Branch):
    """An element by its name with its usual prefix (``text:p``), its attributes likewise."""

    in_paragraph: bool = False

    def find(self, *tags: str) -> Node | None:
        """The first element of one of these names in this one, however deep."""
        return next((node for node in self.nodes if node.tag in tags and node is not self), None)


def read_nodes(root: etree._Element, flat: Flat, number: int = 0) -> Node:
    """An element with all in it as nodes; what a reader sees of its text is entered in ``flat``.

    ``number`` counts the paragraphs read before; made without recursion.
    """
    top = Node("#document", {}, flat.length)
    waiting: list[tuple[tei.Content, Node]] = [(root, top)]
    while waiting:
        one, parent = waiting.pop()
        if isinstance(one, str):
            # text to read stands in a paragraph, or in one of a few others
            if parent.in_paragraph or parent.tag in SEEN:
                piece = Piece(tei.clean(one), flat.length)
                flat.add(piece, piece.text)
                parent.children.append(piece)
        elif isinstance(one.tag, str):
            tag = _name(one.tag)
            if tag in UNSEEN:
                continue
            if tag in PARAGRAPHS:
                number += 1
                flat.line(number)
            attributes = {_name(str(key)): value for key, value in one.items()}
            node = Node(tag, attributes, flat.length, parent, in_paragraph=_in_paragraph(tag, parent))
            parent.children.append(node)
            waiting += [(child, node) for child in reversed(tei.contents(one))]
    return next(top.elements, top)


def _in_paragraph(tag: str, parent: Node) -> bool:
    """Whether text right in an element of a name is text of a paragraph."""
    if tag in PARAGRAPHS:
        return True
    return parent.in_paragraph and tag not in ELEMENTS_ONLY and not tag.startswith("table:")


def paragraphs_in(node: Node) -> int:
    """How many paragraphs stand in an element."""
    return sum(inner.tag in PARAGRAPHS for inner in node.nodes)


@lru_cache(maxsize=4096)
def _name(name: str) -> str:
    uri, _, local = name.rpartition("}")
    prefix = PREFIXES.get(uri.lstrip("{"), "")
    return f"{prefix}:{local}" if prefix else local
