"""From pandoc's document tree (its JSON) to a Draft: every string first, in order, then what it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, cast

from editio.classes import Ids, add_to_item, character_marks, styled
from editio.config import Settings
from editio.flat import Flat, attributes, hi, ref
from editio.markdown.front_matter import NAMES, language_tag
from editio.markdown.inline import TAG, address
from editio.model import Attributes, Block, Consumed, Draft, Field, Mark, Point, Run, Source, Text

# A node is {"t": type, "c": content}; the content's shape is pandoc's (pandoc-types, Text.Pandoc.Definition).
Json = Any
Node = dict[str, Json]

STYLES = {
    "Emph": hi("italic"),
    "Strong": hi("bold"),
    "Underline": hi("underline"),
    "Strikeout": hi("strikethrough"),
    "Superscript": hi("superscript"),
    "Subscript": hi("subscript"),
    "SmallCaps": hi("small-caps"),
}
QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}
# Types whose content ends with text of the document.
STRINGS = frozenset(["Str", "Code", "CodeBlock", "Math", "RawInline", "RawBlock", "MetaString"])
PAGE_BREAK = re.compile(r"\\(?:newpage|pagebreak|clearpage|cleardoublepage)(?:\[\d\])?(?:\{\})?")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
ROMAN_UNITS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
SCOPES = frozenset(["Para", "Plain", "Header", "LineBlock", "CodeBlock", "RawBlock"])


def draft_of(tree: Node, source: Source, settings: Settings, reserved: set[str]) -> Draft:
    """The draft of a document that pandoc has read."""
    reading = _Reading(settings, Ids(set(reserved)))
    reading.collect(tree.get("meta", {}))
    reading.collect(tree["blocks"])
    blocks = tuple(reading.blocks(tree["blocks"]))
    fields = tuple(field for name, value in tree.get("meta", {}).items() for field in reading.said(name, value))
    language = next((tag for field in fields if field.name == "lang" and (tag := language_tag(field.text.plain))), "")
    return Draft(
        reading.flat.source(source),
        tuple(
            block
            for block in blocks
            if block.text or block.label or block.text.points or block.blocks or block.kind == "rule"
        ),
        (*fields, *reading.fields),
        tuple(reading.consumed),
        language=language,
    )


def given_of(attr: Json) -> dict[str, str]:
    """Pandoc's attributes (id, classes, pairs) by name."""
    id, classes, pairs = attr
    return {"id": id, "class": " ".join(classes), **dict(pairs)}


class _Reading:
    """What the reading of one tree needs and gathers."""

    def __init__(self, settings: Settings, ids: Ids) -> None:
        self.settings, self.ids = settings, ids
        self.flat = Flat()
        self.at = 0
        self.number = 0
        self.fields: list[Field] = []
        self.consumed: list[Consumed] = []
        self.targets: set[str] = set()
        self.makers: dict[str, Callable[[Node], list[Block]]] = {
            "Plain": self._paragraph,
            "Para": self._paragraph,
            "LineBlock": self._verse,
            "CodeBlock": self._code,
            "RawBlock": self._raw,
            "BlockQuote": lambda node: [Block("quote", blocks=tuple(self.blocks(node["c"])))],
            "OrderedList": lambda node: self._ordered(node, 1),
            "BulletList": lambda node: self._bulleted(node, 1),
            "DefinitionList": lambda node: self._defined(node, 1),
            "Header": self._heading,
            "HorizontalRule": lambda node: [Block("rule")],
            "Table": self._table,
            "Figure": self._figure,
            "Div": self._division,
        }

    # --- first pass ---------------------------------------------------------------------------

    def collect(self, value: Json) -> None:
        """Enter every text of the tree, without asking what it means."""
        if isinstance(value, list):
            for inner in value:
                self.collect(inner)
        elif isinstance(value, dict) and "t" not in value:
            for inner in value.values():
                self.collect(inner)
        elif isinstance(value, dict):
            self._collect_node(value)

    def _collect_node(self, node: Node) -> None:
        kind: str = node["t"]
        content: Json = node.get("c")
        if kind in SCOPES:
            self.number += 1
            self.flat.line(self.number)
        if kind in STRINGS:
            self.flat.add(id(node), content if isinstance(content, str) else content[-1])
        elif kind == "Cite":
            # what a citation says stands in its second part; the first repeats it taken apart
            self.collect(content[1])
        elif kind in ("Link", "Image"):
            self.collect(content[1])
            self.targets.add(content[2][0].removeprefix("#"))
            self.flat.add((id(node), "title"), content[2][1].removeprefix("fig:"))
        elif content is not None:
            self.collect(content)

    # --- running text -----------------------------------------------------------------------------

    def text(self, inlines: Sequence[Node]) -> Text:
        """The text of inlines."""
        return Text(tuple(self._runs(inlines, ()))).strip()

    def _runs(self, inlines: Sequence[Node], marks: tuple[Mark, ...]) -> Iterator[Run]:
        for node in inlines:
            kind: str = node["t"]
            content: Json = node.get("c")
            if kind in ("Str", "Code", "Math", "RawInline"):
                yield from self._words(node, marks)
            elif kind in ("Space", "SoftBreak", "LineBreak"):
                yield Run("\n" if kind == "LineBreak" else " ", self.at, self.at, marks)
            elif kind in STYLES:
                yield from self._runs(content, _with(marks, STYLES[kind]))
            elif kind == "Quoted":
                first, last = QUOTES[content[0]["t"]]
                yield Run(first, self.at, self.at, marks)
                yield from self._runs(content[1], marks)
                yield Run(last, self.at, self.at, marks)
            elif kind == "Note":
                yield self._point("note", attributes(place="foot"), marks, tuple(self.blocks(content)))
            elif kind == "Image":
                yield self._graphic(node, marks)
                yield from self._runs(content[1], marks)
                self._title(node)
            else:
                yield from self._spanned(node, marks)

    def _spanned(self, node: Node, marks: tuple[Mark, ...]) -> Iterator[Run]:
        """A link, span or citation, or a kind of text that is not known here."""
        kind: str = node["t"]
        content: Json = node.get("c")
        if kind == "Link":
            own = (
                (ref(address(content[2][0])),) if content[2][0] and not any(one.name == "ref" for one in marks) else ()
            )
            yield from self._runs(content[1], _with(marks, *own))
            self._title(node)
        elif kind == "Span":
            given = self._linked(content[0])
            if anchor := self.ids.take(given.pop("id", "")):
                yield self._point("anchor", (("xml:id", anchor),), marks)
            yield from self._runs(content[1], _with(marks, *character_marks(given, self.settings)))
        elif isinstance(content, list):
            yield from self._runs([one for one in content[-1] if isinstance(one, dict)], marks)

    def _words(self, node: Node, marks: tuple[Mark, ...]) -> Iterator[Run]:
        start, end = self.flat.spans[id(node)]
        self.at = end
        content = node["c"] if isinstance(node["c"], str) else node["c"][-1]
        raw = content.strip() if node["t"] == "RawInline" else ""
        if PAGE_BREAK.fullmatch(raw) or self._is_tag(raw):
            self.consumed.append(Consumed(start, end, "pandoc-raw"))
            if raw.startswith("\\"):
                yield self._point("pb", (), marks)
            return
        yield self.flat.run(id(node), content, marks if node["t"] == "Str" else _with(marks, hi("code")))

    def _is_tag(self, raw: str) -> bool:
        return bool(TAG.fullmatch(raw) or COMMENT.fullmatch(raw.strip()))

    def _point(self, name: str, given: Attributes, marks: tuple[Mark, ...], blocks: tuple[Block, ...] = ()) -> Run:
        return Run("", self.at, self.at, marks, Point(name, given, blocks))

    def _graphic(self, node: Node, marks: tuple[Mark, ...] = ()) -> Run:
        return self._point("graphic", attributes(url=address(node["c"][2][0]) or "missing"), marks)

    def _title(self, node: Node) -> None:
        """The title of a link or picture, which nobody sees, is kept in the header."""
        run = self.flat.run((id(node), "title"), node["c"][2][1].removeprefix("fig:"))
        if run.text.strip():
            self.fields.append(Field("link-title", Text((run,)), "pandoc-title"))

    def _linked(self, attr: Json) -> dict[str, str]:
        """Attributes, with the id only if a link leads to it: pandoc gives one to every heading."""
        given = given_of(attr)
        return given if given["id"] in self.targets else {**given, "id": ""}

    # --- blocks -----------------------------------------------------------------------------------

    def blocks(self, nodes: Sequence[Node]) -> list[Block]:
        """The blocks of nodes in order."""
        return [block for node in nodes for block in self.makers.get(node["t"], self._unknown)(node)]

    def _unknown(self, node: Node) -> list[Block]:
        content: Json = node.get("c")
        inner = [one for one in content if isinstance(one, dict) and "t" in one] if isinstance(content, list) else []
        return self.blocks(inner)

    def _paragraph(self, node: Node) -> list[Block]:
        shown = [one for one in node["c"] if one["t"] not in ("Space", "SoftBreak")]
        if len(shown) == 1 and shown[0]["t"] == "Image":
            return [self._picture(shown[0], Text())]
        return [Block("paragraph", self.text(node["c"]))]

    def _picture(self, node: Node, caption: Text) -> Block:
        graphic = self._graphic(node)
        described = self.text(node["c"][1])
        self._title(node)
        about = (Block("paragraph", described, role="figDesc"),) if described else ()
        return Block("figure", Text((graphic, *caption.runs)), blocks=about)

    def _heading(self, node: Node) -> list[Block]:
        level, attr, inlines = node["c"]
        return [self._styled(Block("heading", self.text(inlines), min(max(level, 1), 6)), self._linked(attr))]

    def _styled(self, block: Block, given: dict[str, str]) -> Block:
        return styled(block, given, self.settings, self.ids)

    def _verse(self, node: Node) -> list[Block]:
        """Lines; one without words parts stanzas."""
        stanzas: list[list[Run]] = [[]]
        for line in node["c"]:
            runs = self.text(line).runs
            if not runs:
                stanzas.append([])
                continue
            stanzas[-1] += [*([Run("\n", self.at, self.at)] if stanzas[-1] else []), *runs]
        return [Block("verse", Text(tuple(runs))) for runs in stanzas if runs]

    def _code(self, node: Node) -> list[Block]:
        self.at = self.flat.spans[id(node)][1]
        return [Block("verbatim", Text((self.flat.run(id(node), node["c"][1]),)))]

    def _raw(self, node: Node) -> list[Block]:
        """What pandoc hands on unread: page breaks are read, tags and comments used up, the rest is kept as it is."""
        start, self.at = self.flat.spans[id(node)]
        if PAGE_BREAK.fullmatch(node["c"][1].strip()) or self._is_tag(node["c"][1].strip()):
            self.consumed.append(Consumed(start, self.at, "pandoc-raw"))
            return [Block("paragraph", Text((self._point("pb", (), ()),)))] if node["c"][1].startswith("\\") else []
        return [Block("verbatim", Text((self.flat.run(id(node), node["c"][1]),)))]

    def _division(self, node: Node) -> list[Block]:
        attr, inner = node["c"]
        blocks, given = self.blocks(inner), self._linked(attr)
        if "line-block" in attr[1]:
            return [replace(block, kind="verse") if block.kind == "paragraph" else block for block in blocks]
        return [
            self._styled(block, given if number == 0 else {**given, "id": ""}) for number, block in enumerate(blocks)
        ]

    def _figure(self, node: Node) -> list[Block]:
        """Pictures with their caption; whatever else stands in a figure follows it."""
        _, (_, caption), inner = node["c"]
        pictures = [one for one in _inlines(inner) if one["t"] == "Image"]
        if len(pictures) != 1 or any(one["t"] not in ("Plain", "Para") for one in inner):
            return [*self.blocks(inner), *self.blocks(caption)]
        figure = self._picture(pictures[0], Text())
        words = _joined(self.blocks(caption))
        return [Block("figure", Text((*figure.text.runs, *words.runs)), blocks=figure.blocks)]

    # --- lists ----------------------------------------------------------------------------------

    def _ordered(self, node: Node, level: int) -> list[Block]:
        (start, style, delimiter), items = node["c"]
        found: list[Block] = []
        for number, item in enumerate(items, start):
            label = numbered(number, style["t"], delimiter["t"])
            found += self._item(item, level, Text((Run(label, self.at, self.at),)), str(number))
        return found

    def _bulleted(self, node: Node, level: int) -> list[Block]:
        return [block for item in node["c"] for block in self._item(item, level, Text(), "")]

    def _defined(self, node: Node, level: int) -> list[Block]:
        found: list[Block] = []
        for term, definitions in node["c"]:
            label = self.text(term)
            found += self._item([one for definition in definitions for one in definition], level, label, "")
        return found

    def _item(self, nodes: Sequence[Node], level: int, label: Text, n: str) -> list[Block]:
        """An item: what begins it, its further paragraphs and inner lists, and in its blocks whatever else it holds."""
        lists = {"OrderedList": self._ordered, "BulletList": self._bulleted, "DefinitionList": self._defined}
        items = [Block("item", level=level, type="start", label=label, n=n)]
        for node in nodes:
            if node["t"] in lists:
                items += lists[node["t"]](node, level + 1)
                continue
            for block in self.blocks([node]):
                add_to_item(items, block, level)
        return items

    # --- tables -----------------------------------------------------------------------------------

    def _table(self, node: Node) -> list[Block]:
        attr, (_, caption), _, head, bodies, foot = node["c"]
        title = _joined(self.blocks(caption))
        rows = [self._row(row, True) for row in head[1]]
        for _, _, between, body in bodies:
            rows += [self._row(row, True) for row in between] + [self._row(row, False) for row in body]
        rows += [self._row(row, False) for row in foot[1]]
        filled = tuple(row for row in rows if row.blocks)
        return (
            [self._styled(Block("table", title, blocks=filled), {**self._linked(attr), "class": ""})] if filled else []
        )

    def _row(self, row: Json, header: bool) -> Block:
        cells = tuple(self._cell(cell) for cell in row[1])
        return Block("row", blocks=cells, attributes=attributes(role="label" if header else ""))

    def _cell(self, cell: Json) -> Block:
        _, _, rows, columns, inner = cell
        spans = attributes(rows=str(rows) if rows > 1 else "", cols=str(columns) if columns > 1 else "")
        blocks = self.blocks(inner)
        if len(blocks) == 1 and blocks[0].is_plain:
            return Block("cell", blocks[0].text, attributes=spans)
        return Block("cell", attributes=spans, blocks=tuple(blocks))

    # --- metadata -----------------------------------------------------------------------------------

    def said(self, name: str, value: Node) -> Iterator[Field]:
        """The fields of a piece of metadata; what is nested goes by the outermost name."""
        kind: str = value["t"]
        content: Json = value.get("c")
        if kind == "MetaList":
            for inner in content:
                yield from self.said(name, inner)
        elif kind == "MetaMap":
            for key, inner in content.items():
                yield from self.said(name if key in ("name", "text", "value") else f"{name}-{key}", inner)
        else:
            text = self._meta_text(kind, content, value)
            if text:
                yield Field(NAMES.get(name, name), text, "pandoc-metadata")

    def _meta_text(self, kind: str, content: Json, value: Node) -> Text:
        if kind == "MetaString":
            return Text((self.flat.run(id(value), content),))
        if kind == "MetaInlines":
            return self.text(content)
        return _joined(self.blocks(content)) if kind == "MetaBlocks" else Text()


def numbered(number: int, style: str, delimiter: str) -> str:
    """The number of an item as its list would show it."""
    shown = str(number)
    if style.endswith("Alpha"):
        shown = chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26)
    elif style.endswith("Roman"):
        shown = roman(number)
    if style.startswith("Upper"):
        shown = shown.upper()
    return {"OneParen": f"{shown})", "TwoParens": f"({shown})"}.get(delimiter, f"{shown}.")


def roman(number: int) -> str:
    """A number in Roman numerals (small letters)."""
    shown = ""
    for value, letters in (*ROMAN, *ROMAN_UNITS):
        shown += letters * (number // value)
        number %= value
    return shown


def _with(marks: tuple[Mark, ...], *more: Mark) -> tuple[Mark, ...]:
    return tuple(dict.fromkeys((*marks, *more)))


def _inlines(blocks: Sequence[Node]) -> list[Node]:
    return [
        one
        for block in blocks
        if isinstance(block.get("c"), list)
        for one in cast(list[Json], block["c"])
        if isinstance(one, dict)
    ]


def _joined(blocks: Sequence[Block]) -> Text:
    """The texts of blocks as one."""
    runs: list[Run] = []
    for text in (text for block in blocks for text in block.texts if text or text.points):
        runs += [*([Run(" ", text.start, text.start)] if runs else []), *text.runs]
    return Text(tuple(runs))
