"""Markdown (CommonMark) by way of markdown-it-py, each character traced back to its place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from editio.diagnostics import Report
from editio.model import Block, Consumed, Draft, Run, Source, Text
from editio.registry import reader

# A line that Markdown takes for the address of a link, and what an address looks like.
DEFINITION = re.compile(r"(?m)^ {0,3}\[(?:[^\]\\]|\\.)+\]:\s*(\S+)")
ADDRESS = re.compile(r"<?(?:[a-z][a-z0-9+.-]*:|[./#]|[\w-]+[./](?=\S))\S*", re.IGNORECASE)
# what a token opens or closes, as a rendition of TEI's hi/@rend
STYLES = {"em": "italic", "strong": "bold"}


def looks_like_markdown(text: str) -> bool:
    """Whether a text has headings with number signs, at least two, as other plain text has not."""
    return len(re.findall(r"(?m)^#{1,6} \S", text)) >= 2


@reader(".md", ".markdown", sniff=looks_like_markdown)
def read_markdown(source: Source, report: Report) -> Draft:
    """Headings, paragraphs, lists and quotations as blocks; emphasis and links as styles of runs."""
    parser = MarkdownIt("commonmark").disable("text_join")
    if not all(map(_is_link, DEFINITION.finditer(source.text))):
        # what looks like the definition of a link and is none, a footnote for one, is text
        parser.disable("reference")
    environment: dict[str, Any] = {}
    tokens = parser.parse(source.text, environment)
    builder = _Builder(source)
    for token in tokens:
        builder.take(token)
    used = {child.attrGet("href") or child.attrGet("src") for token in tokens for child in token.children or ()}
    for reference in environment.get("references", {}).values():
        if reference["href"] in used:
            builder.consume_lines(reference["map"], "markdown-reference")
    return _complete(source, builder.blocks, builder.consumed)


def _is_link(definition: re.Match[str]) -> bool:
    return ADDRESS.fullmatch(definition[1]) is not None and not definition[0].lstrip().startswith("[^")


@dataclass
class _Builder:
    """Walks the block tokens and keeps what they open."""

    source: Source
    blocks: list[Block] = field(default_factory=list)
    consumed: list[Consumed] = field(default_factory=list)
    open: list[Token] = field(default_factory=list)
    label: Text = field(default_factory=Text)
    item_starts: bool = False

    def __post_init__(self) -> None:
        self.line_starts = [0, *(m.end() for m in re.finditer("\n", self.source.text)), len(self.source.text) + 1]

    def take(self, token: Token) -> None:
        """Use one token of the stream."""
        if token.nesting == 1:
            self.open.append(token)
            if token.type == "list_item_open":
                self._item(token)
            elif token.type == "blockquote_open" and token.map:
                self._empty_quoted_lines(token.map)
        elif token.nesting == -1:
            if self.open.pop().type == "list_item_open" and self.label:
                self._add("item", Text())
        elif token.type == "inline" and token.map:
            self._inline(token)
        elif token.type in ("fence", "code_block") and token.map:
            self._verbatim(token)
        elif token.type == "html_block" and token.map:
            self._add(self._kind(), self._lines_of(token.map))
        elif token.map:
            self.consume_lines(token.map, "markdown-rule")

    def consume_lines(self, lines: list[int], rule: str) -> None:
        """Mark whole lines as markup."""
        self.consumed.append(Consumed(self.line_starts[lines[0]], self._end(lines), rule))

    def _end(self, lines: list[int]) -> int:
        return min(self.line_starts[min(lines[1], len(self.line_starts) - 1)], len(self.source.text))

    def _lines_of(self, lines: list[int]) -> Text:
        start, end = self.line_starts[lines[0]], self._end(lines)
        return Text((Run(self.source.text[start:end], start, end),)).strip()

    def _item(self, token: Token) -> None:
        """Keep the number of an ordered item as its label; a bullet is markup."""
        self.label, self.item_starts = Text(), True
        if token.info and token.map:
            start = self.line_starts[token.map[0]]
            at = self.source.text.find(token.info + token.markup, start)
            if at >= 0:
                self.label = Text((Run(token.info + token.markup, at, at + len(token.info + token.markup)),))

    def _empty_quoted_lines(self, lines: list[int]) -> None:
        """The marks of quoted lines that hold nothing else."""
        for number in range(*lines):
            end = self._end([number, number + 1])
            if set(self.source.text[self.line_starts[number] : end].split()) == {">"}:
                self.consumed.append(Consumed(self.line_starts[number], end, "markdown-block"))

    def _verbatim(self, token: Token) -> None:
        lines = [line for line in token.content.split("\n") if line.strip()]
        cursor, runs = self.line_starts[token.map[0]] if token.map else 0, []
        for line in lines:
            at = self.source.text.find(line, cursor)
            runs.append(Run(line, at, at + len(line)))
            runs.append(Run("\n", at + len(line), at + len(line)))
            cursor = at + len(line)
        self._add(self._kind(), Text(tuple(runs)).strip())
        if token.map:
            self._markup_around(token.map, self.blocks[-1].text, "markdown-code")

    def _inline(self, token: Token) -> None:
        heading = next((opened for opened in self.open if opened.type == "heading_open"), None)
        raw = _raw(self.source.text, token, self.line_starts)
        text, consumed = _runs(token, raw)
        self.consumed += consumed
        self._add(self._kind(), text, int(heading.tag[1]) if heading else 0)
        if token.map:
            rule = "markdown-heading" if heading else "markdown-block"
            self._markup_around(token.map, self.blocks[-1].label + self.blocks[-1].text, rule)

    def _kind(self) -> str:
        """What a block is by what it stands in; a heading or code in a list belongs to its item."""
        opened = {token.type for token in self.open}
        kinds = {"list_item_open": "item", "heading_open": "heading", "blockquote_open": "quote"}
        return next((kind for type, kind in kinds.items() if type in opened), "paragraph")

    def _add(self, kind: str, text: Text, level: int = 0) -> None:
        label, self.label = self.label, Text()
        n = re.sub(r"\W", "", label.plain)
        first, self.item_starts = "start" if kind == "item" and self.item_starts else "", False
        self.blocks.append(Block(kind, text, level, label=label, n=n, type=first))

    def _markup_around(self, lines: list[int], text: Text, rule: str) -> None:
        """Punctuation before, between and behind the lines of a block is its markup: # > - ``` and the like."""
        taken = [(run.start, run.end) for run in text.runs]
        at = self.line_starts[lines[0]]
        for start, end in [*sorted(taken), (self._end(lines), 0)]:
            gap = self.source.text[at:start]
            if at < start and not any(c.isalnum() for c in gap):
                self.consumed.append(Consumed(at, start, rule))
            at = max(at, end)


def _raw(source: str, token: Token, line_starts: list[int]) -> list[tuple[str, int]]:
    """The characters of an inline token, each with its source offset."""
    assert token.map
    found: list[tuple[str, int]] = []
    for number, line in enumerate(token.content.split("\n"), token.map[0]):
        at = source.find(line, line_starts[number])
        found += [(character, at + offset) for offset, character in enumerate(line)]
        found.append(("\n", at + len(line)))
    return found[:-1]


def _runs(token: Token, raw: list[tuple[str, int]]) -> tuple[Text, list[Consumed]]:
    """The runs of an inline token, and the markup between them."""
    whole = "".join(character for character, _ in raw)
    runs: list[Run] = []
    consumed: list[Consumed] = []
    styles: list[str] = []
    targets: list[str] = []
    cursor, rule = 0, "markdown-emphasis"
    for child in token.children or ():
        if child.nesting:
            rule = _open_or_close(child, styles, targets)
        for text, written in _written(child):
            at = whole.find(written, cursor)
            if at < 0:
                continue
            consumed += _gap(raw, cursor, at, rule)
            start, end = raw[at][1], raw[at + len(written) - 1][1] + 1
            own = [*styles, "code"] if child.type == "code_inline" else styles
            runs.append(Run(text, start, end, frozenset(own), targets[-1] if targets else ""))
            cursor = at + len(written)
    consumed += _gap(raw, cursor, len(raw), rule)
    return Text(tuple(runs)).strip(), consumed


def _open_or_close(child: Token, styles: list[str], targets: list[str]) -> str:
    name = child.type.rsplit("_", 1)[0]
    stack, value = (targets, str(child.attrGet("href") or "")) if name == "link" else (styles, STYLES.get(name, name))
    if child.nesting == 1:
        stack.append(value)
    else:
        stack.pop()
    return "markdown-link" if name == "link" else "markdown-emphasis"


def _written(child: Token) -> Iterator[tuple[str, str]]:
    """The text of an inline token and how the source writes it."""
    match child.type:
        case "softbreak":
            yield " ", "\n"
        case "hardbreak":
            yield "\n", "\n"
        case "text_special":
            yield child.content, child.markup
        case "image":
            for inner in child.children or ():
                yield from _written(inner)
        case _ if child.content:
            yield child.content, child.content


def _gap(raw: list[tuple[str, int]], start: int, end: int, rule: str) -> list[Consumed]:
    if start >= end:
        return []
    return [Consumed(offset, offset + 1, rule) for _, offset in raw[start:end]]


def _complete(source: Source, blocks: list[Block], consumed: list[Consumed]) -> Draft:
    """The draft, with whatever Markdown left out put back as paragraphs, so that nothing is lost."""
    seen = bytearray(len(source.text))
    for block in blocks:
        for run in block.label.runs + block.text.runs:
            seen[run.start : run.end] = b"\1" * (run.end - run.start)
    for one in consumed:
        seen[one.start : one.end] = b"\1" * (one.end - one.start)
    left = [i for i, character in enumerate(source.text) if not seen[i] and not character.isspace()]
    for start, end in _stretches(source.text, left):
        blocks.append(Block("paragraph", Text((Run(source.text[start:end], start, end),))))
    blocks = [replace(block, text=block.text.strip()) for block in blocks if block.text or block.label]
    return Draft(source, tuple(sorted(blocks, key=lambda block: (block.label + block.text).start)), (), tuple(consumed))


def _stretches(text: str, offsets: list[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring offsets as ranges; only spaces may lie between the offsets of one range."""
    start = previous = -1
    for offset in offsets:
        if previous >= 0 and text[previous + 1 : offset].strip(" ") == "":
            previous = offset
            continue
        if previous >= 0:
            yield start, previous + 1
        start = previous = offset
    if previous >= 0:
        yield start, previous + 1
