"""Finds the notes of a web page: which link is the mark of a note, and which elements far below are what it says."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from editio import tei
from editio.running import Piece
from editio.web.page import Page
from editio.web.tree import BLOCKS, Node

MARK = re.compile(
    r"[\[({]?\s*(?:note\s*)?(?:\d{1,4}[a-z]?|[a-z]{1,2}|[ivxlc]{1,7}|[*†‡§¶#+]{1,4})\s*[\])}]?[.:]?", re.I
)
# Words of class, role and epub:type that pandoc, Word, LibreOffice, MediaWiki, EPUB and others give to marks of notes …
REFERENCES = frozenset(
    "footnote-ref footnoteref footnote-reference footnote_ref noteref doc-noteref msofootnotereference "
    "msoendnotereference sdfootnoteanc sdendnoteanc fnref fnanchor footnotelink endnoteref".split()
)
# … and to the links that lead back.
BACK = frozenset(
    "footnote-back footnote-backref footnote-return reversefootnote doc-backlink backlink mw-cite-backlink "
    "sdfootnotesym sdendnotesym fn-backref".split()
)
NOTE_ID = re.compile(r"_?(?:ftn|edn|fn|en|n|note|footnote|endnote|cite_note|sd(?:foot|end)note\d+sym)[-:._]?\S*", re.I)
BACK_ID = re.compile(r"\S*(?:ref|anc|anchor|back|cite_ref)[-:._]?\w*", re.I)
END = re.compile(r"_?(?:edn|endnote|sdendnote)\S*", re.I)
WRAPPERS = frozenset(["li", "dd", "tr", "td"])
NAMED_WRAPPER = re.compile(
    r"(?:doc-)?(?:foot|end|rear|side)?note|fn|ftn\d+|edn\d+|sd(?:foot|end)note\d+|fn\W?\w+|footnote\W?\w+", re.I
)
# Notes within notes within notes … deeper than this are left where they stand.
DEEPEST = 5


@dataclass(eq=False)
class Note:
    """A note: its mark, what is displayed as that, its nodes, and the id it needs if it is referred to again."""

    reference: Node
    n: str
    place: str
    nodes: list[Node | Piece]
    target: Node
    id: str = ""
    numbered: bool = False


@dataclass
class Notes:
    """All notes of a page by their marks; ``again`` are further marks of a note, ``moved`` the nodes taken from their place."""

    by_mark: dict[Node, Note] = field(default_factory=dict)
    again: dict[Node, Note] = field(default_factory=dict)
    moved: set[Node | Piece] = field(default_factory=set)
    back: set[Node] = field(default_factory=set)


@dataclass(frozen=True)
class _Link:
    """A link within the page: what is displayed of it with its brackets, and where it leads."""

    link: Node
    whole: Node
    target: Node


def ids_of(top: Node) -> dict[str, Node]:
    """The elements of a page by id, or by the name of an anchor."""
    found: dict[str, Node] = {}
    for node in top.nodes:
        for name in (node.get("id"), node.get("name") if node.tag == "a" else ""):
            if name:
                found.setdefault(name, node)
    return found


def fragment(node: Node, file: str) -> str:
    """The id that a link within the page names."""
    path, sharp, name = node.get("href").partition("#")
    return unquote(name) if sharp and path in ("", file) else ""


def find_notes(top: Node, page: Page, file: str) -> Notes:
    """The notes of the page."""
    links = list(_links(page, ids_of(top), file))
    references = [link for link in links if _is_reference(link, links_back=_leads_back(link, file))]
    targets = sorted({link.target for link in references}, key=lambda node: node.order)
    orders = [target.order for target in targets]
    places: dict[Node, dict[Node | Piece, int]] = {}
    bodies = {target: nodes for target in targets if (nodes := _body(target, orders, page, places))}
    _take_in_between(bodies)
    notes = _assigned(references, bodies)
    _keep_reachable(notes, page)
    for note in notes.by_mark.values():
        notes.moved |= set(note.nodes)
    for mark, note in (*notes.by_mark.items(), *notes.again.items()):
        notes.back |= set(_links_back(mark, note, file))
    return notes


def _links(page: Page, ids: dict[str, Node], file: str) -> Iterator[_Link]:
    places = [node for root in page.roots for node in root.nodes]
    places += [node for one in page.outside if isinstance(one, Node) for node in one.nodes]
    hidden = {inner for node in page.furniture for inner in node.nodes}
    for node in places:
        name = fragment(node, file) if node.tag == "a" and node not in hidden else ""
        target = ids.get(name) if name else None
        if target and target not in hidden and not target.holds(node):
            yield _Link(node, _whole(node), target)


def _whole(link: Node) -> Node:
    """The outermost element of running text that holds nothing but the link and its brackets."""
    whole = link
    while whole.parent and whole.parent.tag in ("sup", "span", "small", "b", "i", "em", "strong", "font", "a"):
        if not MARK.fullmatch(whole.parent.plain):
            break
        whole = whole.parent
    return whole


def _is_reference(link: _Link, links_back: bool) -> bool:
    """Whether a link is the mark of a note: called so, or looking like one and leading to what looks like a note."""
    around = {link.link, link.whole, *_between(link)}
    tokens = {token for node in around for token in node.tokens}
    name = fragment_name(link)
    plain = link.whole.plain
    if tokens & BACK or not plain or len(plain) > 20 or _in_back(link.link):
        return False
    if tokens & REFERENCES or (link.whole.tag == "sup" and "reference" in tokens):
        return True
    if not MARK.fullmatch(plain) or link.target.order < link.link.order or BACK_ID.fullmatch(name):
        return False
    raised = any(node.tag == "sup" for node in (*around, *link.link.nodes))
    return raised or bool(NOTE_ID.fullmatch(name)) or links_back


def _in_back(link: Node) -> bool:
    return any("mw-cite-backlink" in node.tokens for node in link.ancestors)


def fragment_name(link: _Link) -> str:
    """The id a link within the page names."""
    return link.target.get("id") or link.target.get("name")


def _between(link: _Link) -> Iterator[Node]:
    node: Node | None = link.link
    while node and node is not link.whole:
        node = node.parent
        if node:
            yield node


def _names(mark: Node) -> set[str]:
    """The ids by which a mark can be led back to: its own, that of what it holds, and of the words around it."""
    names = {inner.get(key) for inner in mark.nodes for key in ("id", "name")}
    for node in mark.ancestors:
        if node.tag in BLOCKS:
            break
        names |= {node.get("id"), node.get("name")}
    return names - {""}


def _leads_back(link: _Link, file: str) -> bool:
    names = _names(link.whole)
    place = _block(link.target)
    if not names or place is None:
        return False
    return any(inner.tag == "a" and fragment(inner, file) in names for inner in place.nodes)


def _block(node: Node) -> Node | None:
    """The element itself or the nearest around it that is no running text."""
    return next((one for one in (node, *node.ancestors) if one.tag in BLOCKS), None)


def _begun_in(node: Node | Piece, orders: Sequence[int]) -> int:
    """How many notes begin in an element, of those whose targets have these places in the page."""
    return bisect_right(orders, node.last) - bisect_left(orders, node.order) if isinstance(node, Node) else 0


def _body(
    target: Node, orders: Sequence[int], page: Page, places: dict[Node, dict[Node | Piece, int]]
) -> list[Node | Piece]:
    """What belongs to the note that a target begins; nothing if it is no note after all."""
    block = _block(target)
    if block is None or re.fullmatch(r"h\d|body|main|article|ol|ul|table|html", block.tag) or block in page.roots:
        return []
    if _begun_in(block, orders) > 1:
        return _stretch(target, block, orders, places)
    while block.parent and _wraps_one(block.parent, orders, page):
        block = block.parent
    if block.tag == "dt" and block.parent:
        return [block, *_definitions(block)]
    return [block]


def _wraps_one(parent: Node, orders: Sequence[int], page: Page) -> bool:
    """Whether an element holds one note and nothing else."""
    if parent in page.roots or _begun_in(parent, orders) > 1:
        return False
    words = {parent.get("id"), *parent.tokens}
    return parent.tag in WRAPPERS or any(NAMED_WRAPPER.fullmatch(word) for word in words)


def _definitions(term: Node) -> Iterator[Node]:
    siblings = term.parent.children if term.parent else []
    for one in siblings[siblings.index(term) + 1 :]:
        if isinstance(one, Node):
            if one.tag != "dd":
                return
            yield one


def _stretch(
    target: Node, block: Node, orders: Sequence[int], places: dict[Node, dict[Node | Piece, int]]
) -> list[Node | Piece]:
    """Of a paragraph with several notes, the part from one target to the next."""
    top = next((one for one in (target, *target.ancestors) if one.parent is block), None)
    if top is None or _begun_in(top, orders) > 1:
        return []
    if block not in places:
        places[block] = {one: index for index, one in enumerate(block.children)}
    first = places[block][top]
    behind = range(first + 1, len(block.children))
    end = next((i for i in behind if _begun_in(block.children[i], orders)), len(block.children))
    return block.children[first:end]


def _take_in_between(bodies: dict[Node, list[Node | Piece]]) -> None:
    """Paragraphs between one note and the next belong to the first."""
    begins = {nodes[0]: target for target, nodes in bodies.items() if nodes}
    for nodes in bodies.values():
        last = nodes[-1]
        if not isinstance(last, Node) or last.parent is None or last.tag not in ("p", "div", "blockquote"):
            continue
        siblings = last.parent.children
        at = siblings.index(last) + 1
        more: list[Node | Piece] = []
        for one in siblings[at : at + 40]:
            if one in begins:
                nodes.extend(more)
                break
            if isinstance(one, Node) and one.tag in ("p", "blockquote", "ul", "ol", "pre"):
                more.append(one)
            elif isinstance(one, Node) or one.text.strip():
                break


def _assigned(references: Sequence[_Link], bodies: dict[Node, list[Node | Piece]]) -> Notes:
    """Each note with its first mark; ids for the notes that have more than one."""
    notes = Notes()
    given: dict[Node, Note] = {}
    for link in references:
        nodes = bodies.get(link.target)
        if nodes is None or any(isinstance(one, Node) and one.holds(link.link) for one in nodes):
            continue
        name = fragment_name(link)
        if link.target in given:
            note = given[link.target]
            note.id = note.id or tei.xml_name(name) or f"note-{len(given)}"
            notes.again[link.whole] = note
            continue
        n = re.sub(r"(?i)^[\[({\s]*(?:note\s+)?|[\])}\s.:]+$", "", link.whole.plain) or link.whole.plain
        end = END.fullmatch(name) or any("endnote" in token for token in link.link.tokens)
        first = nodes[0]
        counted = isinstance(first, Node) and first.tag == "li"
        given[link.target] = Note(link.whole, n, "end" if end else "foot", nodes, link.target, "", counted)
        notes.by_mark[link.whole] = given[link.target]
    return notes


def _keep_reachable(notes: Notes, page: Page) -> None:
    """Drop notes whose mark stands in no text that is kept, as where two notes refer to each other only, or too deep."""
    owner_of = {node: note for note in notes.by_mark.values() for node in note.nodes}
    marks_in: dict[Note | None, list[Note]] = {}
    for mark, note in notes.by_mark.items():
        owner = next((owner_of[node] for node in mark.ancestors if node in owner_of), None)
        if owner or any(root.holds(mark) for root in page.roots):
            marks_in.setdefault(owner, []).append(note)
    level = reached = list(marks_in.get(None, ()))
    for _ in range(DEEPEST):
        level = [note for owner in level for note in marks_in.get(owner, ())]
        reached = reached + level
    kept = set(reached)
    notes.by_mark = {mark: note for mark, note in notes.by_mark.items() if note in kept}
    notes.again = {mark: note for mark, note in notes.again.items() if note in kept}


def _links_back(mark: Node, note: Note, file: str) -> Iterator[Node]:
    """The links in a note that lead back to a mark of it, with what wraps them."""
    names = _names(mark)
    for one in note.nodes:
        for node in one.nodes if isinstance(one, Node) else ():
            if "mw-cite-backlink" in node.tokens:
                yield node
            elif node.tag == "a" and fragment(node, file) and _is_back(node, note, names, file):
                yield _whole(node)


def _is_back(link: Node, note: Note, names: set[str], file: str) -> bool:
    plain = link.plain
    marked = link.tokens & BACK or fragment(link, file) in names or plain.strip("[]() .") == note.n
    return bool(marked) and len(plain) <= 20
