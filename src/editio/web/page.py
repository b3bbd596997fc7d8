"""Tells the document on a web page from the page around it: navigation, banners, what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from editio.config import LANGUAGE
from editio.running import Piece
from editio.web.tree import META, Node

# Elements that are never running text of a document.
FURNITURE = frozenset("nav form button select textarea input dialog datalist noframes".split())
# Those that no reader of the page sees as text, however much they hold.
ALWAYS = frozenset(
    "template noscript svg iframe object embed audio video canvas applet title annotation script style".split()
)
ROLES = frozenset("navigation banner contentinfo search complementary dialog alertdialog toolbar menu menubar".split())
# Words of class and id, whole words of them, that web sites give to what surrounds a text.
NAMED = re.compile(
    r"(?:(?:site|page|main|top|bottom|global|primary|secondary|mobile|footer|header|post|entry)[_-]?)?"
    r"(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|masthead|toolbar|pagination|pager|pagelinks|"
    r"share|sharing|share-?buttons|share-?links|social|social-?share|social-?links|social-?media|addtoany\w*|sharedaddy|"
    r"cookies?|cookie-?(?:banner|bar|notice|consent|policy)|consent-?banner|gdpr\w*|"
    r"comments|comments?-?(?:list|area|section|respond|form)|respond|disqus_thread|"
    r"related|related-?(?:posts|articles|documents|content|items|links)|see-?also-?links|recommended|recommendations|"
    r"adverts?|advertisement|ads|adsbygoogle|sponsored|newsletter|subscribe|subscription-?box|"
    r"skip-?(?:link|nav|to-?content)|screen-reader-text|sr-only|visually-?hidden|"
    r"site-?(?:header|footer|info|branding)|page-?footer|search-?(?:form|box|bar)|login\w*|"
    r"mw-editsection|mw-jump-link|mw-indicators|navbox|catlinks|printfooter|noprint|toc|table-of-contents|tocwrapper|"
    r"print-?(?:button|link)|post-?meta|tag-?cloud|back-?to-?top|language-?switcher|hatnote|ambox|infobox-?nav)",
    re.IGNORECASE,
)
# Notes of the document, whatever they stand in
NOTES = re.compile(
    r"(?:doc-)?(?:foot|end|rear)notes?|sdfootnote\d*|ftn\d*|edn\d*|cite_note\S*|fn[:\d_-]\S*", re.IGNORECASE
)
# An element that holds more than this share of the text is not what surrounds it, whatever its name.
MOST = 0.5


@dataclass
class Page:
    """A page taken apart: what holds its text, what surrounds that, and the words it says of itself by field."""

    roots: list[Node]
    furniture: set[Node] = field(default_factory=set)
    outside: list[Node | Piece] = field(default_factory=list)
    said: list[tuple[str, Piece]] = field(default_factory=list)
    language: str = ""


def take_apart(top: Node) -> Page:
    """The page's text and its surroundings."""
    page = Page(_roots(top))
    first = page.roots[0]
    page.language = next((said for node in (first, *first.ancestors) if (said := language_of(node))), "")
    heads = [node for node in top.nodes if node.tag == "head"][:1]
    inside = set(page.roots)
    for head in heads:
        page.said += _said(head)
    taken = {piece for _, piece in page.said}
    page.outside = [one for one in _outside(top, inside) if not (isinstance(one, Piece) and one in taken)]
    size = sum(len(piece.text) for root in page.roots for piece in root.pieces) or 1
    headings = sum(node.tag == "h1" for root in page.roots for node in root.nodes)
    for root in page.roots:
        page.furniture |= set(_furniture(root, size, headings))
    return page


def language_of(node: Node) -> str:
    """The language an element says it is in; empty for none, or for what is no tag of a language."""
    said = (node.get("lang") or node.get("xml:lang")).strip()
    return said if LANGUAGE.fullmatch(said) else ""


def _said(head: Node) -> Iterator[tuple[str, Piece]]:
    """What title and meta say, with the field each is for."""
    for node in head.nodes:
        if node.tag == "title":
            yield from (("title", piece) for piece in node.pieces)
        for piece in node.said.values():
            yield META.get((node.get("name") or node.get("property")).casefold(), "furniture"), piece


def _roots(top: Node) -> list[Node]:
    """The elements that hold the text: those selected, else the one that HTML marks as main, else all."""
    selected = [node for node in top.nodes if node.selected]
    if selected:
        return _outermost(selected)
    body = next((node for node in top.nodes if node.tag in ("body", "frameset")), top)
    whole = _size(body)
    for fits in (_is_main, _is_article):
        found = _outermost([node for node in body.nodes if fits(node)])
        if len(found) == 1 and _size(found[0]) > 0.2 * whole:
            return _narrowed(found[0])
    return [body]


def _narrowed(main: Node) -> list[Node]:
    """The only article in a main part that is nearly all of it, else the main part."""
    articles = _outermost([node for node in main.nodes if _is_article(node)])
    return articles if len(articles) == 1 and _size(articles[0]) > 0.6 * _size(main) else [main]


def _is_main(node: Node) -> bool:
    return node.tag == "main" or node.get("role") == "main" or node.get("id") == "mw-content-text"


def _is_article(node: Node) -> bool:
    return node.tag == "article" or node.get("itemprop") == "articleBody"


def _outermost(nodes: Sequence[Node]) -> list[Node]:
    kept: list[Node] = []
    for node in nodes:
        if not kept or not kept[-1].holds(node):
            kept.append(node)
    return kept


def _size(node: Node) -> int:
    return sum(len(piece.text) for piece in node.pieces)


def _outside(top: Node, roots: set[Node]) -> Iterator[Node | Piece]:
    """The largest pieces of the page that lie outside the roots."""
    waiting: list[Node | Piece] = [top]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Piece):
            yield one
        elif one in roots:
            continue
        elif one.tag in ("#page", "html", "head", "meta", "title") or any(one.holds(root) for root in roots):
            yield from one.said.values()
            waiting += reversed(one.children)
        else:
            yield one


def _furniture(root: Node, size: int, headings: int) -> Iterator[Node]:
    """The elements within the text's container that are not of the text, outermost only."""
    waiting = [child for child in reversed(root.children) if isinstance(child, Node)]
    while waiting:
        node = waiting.pop()
        if _is_furniture(node, root, size, headings):
            yield node
        else:
            waiting += [child for child in reversed(node.children) if isinstance(child, Node)]


def _is_furniture(node: Node, root: Node, size: int, headings: int) -> bool:
    if node.get("id") == "title-block-header":
        return False
    if _is_hidden(node) or node.tag in ALWAYS:
        return not _holds_notes(node)
    return _surrounds(node, root, headings) and _size(node) <= MOST * size and not _holds_notes(node)


def _surrounds(node: Node, root: Node, headings: int) -> bool:
    """Whether an element is, by its tag, role or name, one that surrounds a text."""
    if node.tag in FURNITURE or node.tag == "aside" or node.get("role") in ROLES:
        return True
    if node.tag in ("header", "footer"):
        return root.tag in ("body", "#page") and _is_of_page(node, root, headings)
    return any(NAMED.fullmatch(word) for word in (*node.get("class").split(), node.get("id")))


def _is_of_page(node: Node, root: Node, headings: int) -> bool:
    """Whether a header or footer is the web page's, not that of an article or section; a lone title in it is the text's."""
    own = sum(inner.tag == "h1" for inner in node.nodes)
    around = next((one for one in node.ancestors if one.tag in ("article", "section", "main", "body", "#page")), root)
    return around.tag in ("body", "#page") and not (node.tag == "header" and own and own == headings)


def _is_hidden(node: Node) -> bool:
    if "hidden" in node.attributes and node.get("hidden") != "until-found":
        return True
    style = node.style if node.get("style") else {}
    return style.get("display") == "none" or style.get("visibility") == "hidden"


def _holds_notes(node: Node) -> bool:
    return any(
        NOTES.fullmatch(word)
        for inner in node.nodes
        if inner.attributes
        for word in (inner.get("id"), *inner.get("role").split(), *inner.get("epub:type").split(), *_class(inner))
    )


def _class(node: Node) -> list[str]:
    return node.get("class").split()
