"""Blocks of Markdown: headings, paragraphs, lists, quotations, tables, verse, notes, each line traced to the source."""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from editio.classes import add_to_item, styled
from editio.config import Settings
from editio.flat import attributes, ref
from editio.markdown.inline import Found, Leaf, Phrases, Piece
from editio.markdown.lines import Lines
from editio.markdown.tables import pieces_as_table, table
from editio.model import Block, Consumed, Mark, Point, Run, Text
from editio.tei import xml_name

TASK = re.compile(r"\[([ xX])\] ")
CAPTION = re.compile(r"(?:Table)?:\s+")
# A note in a note in a note is as far as anyone goes.
DEEPEST_NOTE = 3


@dataclass
class Node:
    """A token with what stands between it and the one that closes it."""

    token: Token
    children: list[Node] = field(default_factory=list)


def tree(tokens: Sequence[Token]) -> list[Node]:
    """The tokens of a document as nodes in one another."""
    open_nodes = [Node(Token("root", "", 0))]
    for token in tokens:
        if token.nesting < 0:
            open_nodes.pop()
            continue
        node = Node(token)
        open_nodes[-1].children.append(node)
        if token.nesting > 0:
            open_nodes.append(node)
    return open_nodes[0].children


class Blocks(Lines):
    """Makes the blocks of one document from its nodes."""

    def __init__(self, text: str, parser: MarkdownIt, environment: dict[str, Any], settings: Settings) -> None:
        self.parser, self.environment, self.settings = parser, environment, settings
        self.found = Found(settings, self.note)
        super().__init__(text, self.found.consumed)
        self.last_mark = 0
        self.notes: dict[str, Node] = {}
        self.unplaced: list[Node] = []
        self.references: Counter[str] = Counter()
        self.targets: set[str] = set()
        self.unread: list[int] = []
        self.depth: list[str] = []
        self.makers: dict[str, Callable[[Node], list[Block]]] = {
            "paragraph_open": self.paragraph,
            "heading_open": self.heading,
            "blockquote_open": self.quotation,
            "bullet_list_open": self.items_of,
            "ordered_list_open": self.items_of,
            "dl_open": self.items_of,
            "fence": self.verbatim,
            "code_block": self.verbatim,
            "html_block": self.html,
            "hr": self.rule,
            "table_open": lambda node: [table(node, self)],
            "line_block": self.verse,
        }

    # --- blocks ---------------------------------------------------------------------------------

    def blocks(self, nodes: Sequence[Node]) -> list[Block]:
        """The blocks of nodes in order."""
        return [block for _, block in self.placed(nodes)]

    def placed(self, nodes: Sequence[Node]) -> list[tuple[int, Block]]:
        """The blocks of nodes, each with the offset of the line on which it begins; captions are with their tables."""
        found: list[tuple[int, Block]] = []
        for at, block in self._each(nodes):
            caption = CAPTION.match(block.text.plain) if block.kind == "paragraph" else None
            if caption and found and found[-1][1].kind == "table" and not found[-1][1].text:
                start, of_table = found.pop()
                self.consumed += [
                    Consumed(run.start, run.end, "markdown-table") for run in block.text.slice(0, caption.end()).runs
                ]
                found.append((start, replace(of_table, text=block.text.slice(caption.end()))))
            else:
                found.append((at, block))
        return found

    def _each(self, nodes: Sequence[Node]) -> Iterator[tuple[int, Block]]:
        divisions: list[dict[str, str]] = []
        for node in nodes:
            lines = node.token.map or [0, 0]
            if node.token.type == "fenced_div":
                self._division(node, divisions)
            elif node.token.type in self.makers:
                for block in self.makers[node.token.type](node):
                    yield self.line_starts[lines[0]], self._in_divisions(block, divisions)

    def _division(self, node: Node, divisions: list[dict[str, str]]) -> None:
        """``:::`` opens or closes a division; a lonely closing one is used up all the same."""
        assert node.token.map
        line = node.token.map[0]
        self.consume(self.line_starts[line], self.end_of(line), "markdown-attributes")
        if node.token.meta["opens"]:
            divisions.append(node.token.meta["attributes"])
        elif divisions:
            divisions.pop()

    def _in_divisions(self, block: Block, divisions: list[dict[str, str]]) -> Block:
        for given in reversed(divisions):
            block = self.styled(block, given)
        return block

    def styled(self, block: Block, given: dict[str, str]) -> Block:
        """A block with what attributes say of it."""
        return styled(block, given, self.settings, self.found.ids) if given else block

    def paragraph(self, node: Node) -> list[Block]:
        """A paragraph, more than one where HTML says so, or a figure where a picture stands alone."""
        token = node.children[0].token
        leaf = self.leaf(token)
        phrases = Phrases(leaf, self.found)
        children = [child for child in token.children or () if child.content.strip() or child.type != "text"]
        pictures = [child for child in children if child.type != "attributes"]
        if len(pictures) == 1 and pictures[0].type == "image":
            return [self._figure(phrases, pictures[0])]
        pieces = phrases.read(token.children or ())
        return [self.styled(block, phrases.attributes) for block in self.from_pieces(pieces)]

    def _figure(self, phrases: Phrases, picture: Token) -> Block:
        graphic, described, title = phrases.image(picture)
        about = (Block("paragraph", described, role="figDesc"),) if described else ()
        return self.styled(
            Block("figure", Text((graphic, *title.runs)), blocks=about), picture.meta.get("attributes", {})
        )

    def from_pieces(self, pieces: Sequence[Piece]) -> Iterator[Block]:
        """The blocks of pieces that tags of HTML tell apart."""
        rows = [piece for piece in pieces if piece.tag in ("td", "th")]
        for piece in pieces:
            if piece.tag in ("td", "th"):
                if piece is rows[0]:
                    yield pieces_as_table(rows)
            elif re.fullmatch(r"h[1-6]", piece.tag):
                yield Block("heading", piece.text, int(piece.tag[1]))
            elif piece.tag == "li":
                yield Block("item", piece.text, 1, type="start")
            elif piece.tag == "blockquote":
                yield Block("quote", blocks=(Block("paragraph", piece.text),))
            elif piece.tag == "hr":
                yield Block("rule")
                yield Block("paragraph", piece.text)
            else:
                yield Block("verbatim" if piece.tag == "pre" else "paragraph", piece.text)

    def heading(self, node: Node) -> list[Block]:
        """A heading, with number signs or underlined."""
        token, lines = node.children[0].token, node.token.map or [0, 0]
        if node.token.markup in "=-":
            self.prefix_line(lines[1] - 1, r"[\s>=-]*", "markdown-heading")
            leaf = self.leaf(token)
        else:
            leaf = self.heading_leaf(token, lines[0])
        phrases = Phrases(leaf, self.found)
        level = int(node.token.tag[1])
        blocks = [Block("heading", piece.text, level) for piece in phrases.read(token.children or ())]
        given = phrases.attributes
        for block in blocks[:1]:
            slug = slug_of(block.text.plain)
            if not given.get("id") and f"#{slug}" in self.targets:
                given = {**given, "id": slug}
        return [self.styled(block, given if not number else {}) for number, block in enumerate(blocks)]

    def quotation(self, node: Node) -> list[Block]:
        """A quotation and whatever stands in it."""
        for line in range(*(node.token.map or [0, 0])):
            self.prefix_line(line, r"[\s>]+", "markdown-block")
        inner = self.blocks(node.children)
        return [Block("quote", blocks=tuple(inner))] if inner else []

    def verbatim(self, node: Node) -> list[Block]:
        """Code: its lines as they are."""
        lines = node.token.map or [0, 0]
        if node.token.type == "fence":
            self.fence(lines, node.token)
        runs: list[Run] = []
        first = lines[0] + (node.token.type == "fence")
        for line, words in enumerate(node.token.content.removesuffix("\n").split("\n"), first):
            begin, source = self.place_of(words, line)
            self.prefix(line, source, "markdown-code")
            newline = [Run("\n", begin, begin)] if runs else []
            runs += [*newline, *([Run(words, begin, source + len(words.lstrip()))] if words else [])]
        return [Block("verbatim", Text(tuple(runs)))] if node.token.content.strip() else []

    def fence(self, lines: list[int], token: Token) -> None:
        """The lines that enclose code; the first may say what it is."""
        start, end = self.line_starts[lines[0]], self.end_of(lines[0])
        at = self.text.find(token.markup, start, end)
        self.prefix(lines[0], at, "markdown-code")
        self.consume(at, end, "markdown-code", token.info.strip())
        if lines[1] - 1 > lines[0]:
            self.prefix_line(lines[1] - 1, rf"[\s>]*{re.escape(token.markup)}[`~]*\s*", "markdown-code")

    def html(self, node: Node) -> list[Block]:
        """HTML that goes on over blank lines: comments, scripts, preformatted text."""
        token = replace_content(node.token, node.token.content.rstrip("\n"))
        leaf = self.leaf(token)
        return list(self.from_pieces(Phrases(leaf, self.found).read(self.inline(token.content))))

    def inline(self, text: str) -> list[Token]:
        """The tokens of running text."""
        return self.parser.inline.parse(text, self.parser, self.environment, [])

    def rule(self, node: Node) -> list[Block]:
        """A line across: the characters it is drawn with."""
        line = (node.token.map or [0])[0]
        start, end = self.line_starts[line], self.end_of(line)
        at = end
        for _ in node.token.markup[1:]:  # markdown-it counts one too many
            at = self.text.rfind(node.token.markup[0], start, at)
        self.prefix(line, at)
        return [Block("rule", Text((Run(self.text[at:end].rstrip(), at, end),)).strip())]

    def verse(self, node: Node) -> list[Block]:
        """Lines with a bar before each; one without words parts stanzas."""
        stanzas: list[list[Run]] = [[]]
        for line in range(*(node.token.map or [0, 0])):
            start, end = self.line_starts[line], self.end_of(line)
            at = self.text.index("|", start) + 1
            words = self.text[at:end].strip()
            source = self.text.rindex(words, at, end) if words else end
            self.prefix(line, source, "markdown-verse")
            if not words:
                stanzas.append([])
                continue
            pieces = Phrases(Leaf(words, ((0, source),)), self.found).read(self.inline(words))
            before = [Run("\n", source, source)] if stanzas[-1] else []
            stanzas[-1] += [*before, *(run for piece in pieces for run in piece.text.runs)]
        return [Block("verse", Text(tuple(runs))) for runs in stanzas if runs]

    # --- lists ------------------------------------------------------------------------------------

    def items_of(self, node: Node, level: int = 1) -> list[Block]:
        """The items of a list one after the other, those of lists in it with their level."""
        items: list[Block] = []
        term: Text | None = None
        for child in node.children:
            if child.token.type == "dt_open":
                items += [Block("item", Text(), level, type="start", label=term)] if term else []
                term = self._term(child)
                continue
            items += self._item(child, level, term)
            term = None
        return items

    def _term(self, node: Node) -> Text:
        token = node.children[0].token
        pieces = Phrases(self.leaf(token), self.found).read(token.children or ())
        return Text(tuple(run for piece in pieces for run in piece.text.runs))

    def _item(self, node: Node, level: int, term: Text | None) -> list[Block]:
        """An item: what begins it, its further paragraphs, and in its blocks whatever is no paragraph."""
        label = term or self._label(node.token)
        if node.token.map:
            self.bare(node.token.map)
        n = re.sub(r"\D", "", label.plain) if term is None else ""
        begins = node.token.type == "list_item_open" or term is not None
        first = Block("item", Text(), level, type="start" if begins else "", label=label, n=n)
        items = [first]
        for child in node.children:
            if child.token.type.endswith("list_open") or child.token.type == "dl_open":
                items += self.items_of(child, level + 1)
                continue
            for block in self.blocks([child]):
                add_to_item(items, block, level)
        checked = TASK.match(items[0].text.plain) if begins else None
        if checked:
            items[0] = replace(items[0], text=_with_box(items[0].text, checked))
        return items

    def _label(self, token: Token) -> Text:
        """The number of an item as it stands."""
        if not token.info or not token.map:
            return Text()
        label, at = token.info + token.markup, token.meta["at"]
        return Text((Run(label, at, at + len(label)),))

    # --- notes ----------------------------------------------------------------------------------

    def gather(self, nodes: Sequence[Node]) -> None:
        """Find the numbers of items, the notes, how often each is referred to, and what links point to."""
        for node in nodes:
            if node.token.type == "footnote_reference_open":
                label = node.token.meta["label"]
                self._mark(node.token, f"[^{label}]:")
                if label in self.notes:
                    self.unplaced.append(node)
                self.notes.setdefault(label, node)
            elif node.token.type == "list_item_open" and node.token.info:
                self.labels.append(self._mark(node.token, node.token.info + node.token.markup))
            if node.token.children:
                self._count(node.token.children)
                self.unread += (node.token.map or [0])[:1] if "unread" in node.token.children[0].meta else []
            self.gather(node.children)

    def _mark(self, token: Token, mark: str) -> int:
        """Find where the mark of an item or note stands, which is behind those found before."""
        at = self.text.index(mark, max(self.line_starts[(token.map or [0])[0]], self.last_mark))
        token.meta["at"], self.last_mark = at, at + len(mark)
        return at

    def _count(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.type == "note_reference":
                self.references[token.meta["label"]] += 1
            elif token.type in ("link_open", "image"):
                self.targets.add(str(token.attrGet("href") or token.attrGet("src")))
                self._count(token.children or ())

    def note(self, label: str) -> Point | Mark | None:
        """The note of a label at its first reference, a link to it at any other; nothing in the note itself."""
        node = self.notes.get(label)
        if node is None or label in self.depth or len(self.depth) >= DEEPEST_NOTE:
            return None
        id = xml_name(f"note-{label}") if self.references[label] > 1 else ""
        if placed := node.token.meta.get("placed"):
            return ref(f"#{placed}") if placed == id else None
        node.token.meta["placed"] = self.found.ids.take(id) or "-"
        point = attributes(**{"n": label, "place": "foot", "xml:id": node.token.meta["placed"].strip("-")})
        return Point("note", point, tuple(self.definition(node)))

    def definition(self, node: Node) -> list[Block]:
        """What a note says."""
        self.depth.append(node.token.meta["label"])
        if node.token.map:
            self.bare(node.token.map)
        blocks = self.blocks(node.children) or [Block("paragraph")]
        self.depth.pop()
        return blocks

    def unreferenced(self) -> Iterator[tuple[int, Block]]:
        """Notes that nothing refers to, with their marks, and where they stand."""
        by_need = sorted(self.notes.items(), key=lambda note: self.references[note[0]])
        for node in [*self.unplaced, *(node for _, node in by_need)]:
            if not node.token.meta.get("placed"):
                node.token.meta["placed"] = "-"
                yield from self._lonely(node)

    def _lonely(self, node: Node) -> Iterator[tuple[int, Block]]:
        start = node.token.meta["at"]
        insort(self.labels, start)
        mark = self.label_at(start)
        label = Text((Run(mark, start, start + len(mark)),))
        blocks = self.definition(node)
        if blocks[0].kind != "paragraph" or blocks[0].label:
            blocks.insert(0, Block("paragraph"))
        yield from ((start, block) for block in (replace(blocks[0], label=label), *blocks[1:]))


def _with_box(text: Text, checked: re.Match[str]) -> Text:
    """The box of a task as the character it stands for."""
    start = text.start
    box = Run("\N{BALLOT BOX}" if checked[1] == " " else "\N{BALLOT BOX WITH CHECK}", start, start + 3)
    return Text((box,)) + text.slice(3)


def slug_of(text: str) -> str:
    """The id under which links refer to a heading in Markdown."""
    return re.sub(r"\s+", "-", re.sub(r"[^\w\s.-]", "", text.lower()).strip())


def replace_content(token: Token, content: str) -> Token:
    """The token with another content."""
    return token.copy(content=content)
