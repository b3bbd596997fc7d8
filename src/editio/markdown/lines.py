"""Lines of Markdown: where the text of each stands in the source, and what stands before it as markup."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable

from markdown_it.token import Token

from editio.markdown.inline import Leaf
from editio.model import Consumed

# What may stand before the text of a line and is markup: quotation, bullets, notes' marks, definitions, verse.
PREFIX = re.compile(r"(?:\s|>|[-+*:~|]|#{1,6}|\[\^[^\]\s]+\]:)*")


class Lines:
    """The lines of a text; what of them is found to be markup is entered in ``consumed``."""

    def __init__(self, text: str, consumed: list[Consumed]) -> None:
        self.text, self.consumed = text, consumed
        self.line_starts = [0, *(m.end() for m in re.finditer("\n", text)), len(text) + 1]
        # where the numbers of items and the marks of notes stand, in order
        self.labels: list[int] = []

    def line_of(self, offset: int) -> int:
        """The number of a line, from 0."""
        return bisect_right(self.line_starts, offset) - 1

    def end_of(self, line: int) -> int:
        """Where a line ends, without its newline."""
        return min(self.line_starts[min(line + 1, len(self.line_starts) - 1)] - 1, len(self.text))

    def consume(self, start: int, end: int, rule: str, quote: str = "") -> None:
        """Enter a stretch as markup, the labels in it left out."""
        for label in self.labels[bisect_left(self.labels, start) : bisect_left(self.labels, end)]:
            self.consumed.append(Consumed(start, label, rule, quote))
            start = label + len(self.label_at(label))
        if start < end:
            self.consumed.append(Consumed(start, end, rule, quote))

    def label_at(self, start: int) -> str:
        """The number of an item or the mark of a note that stands at an offset."""
        match = re.compile(r"\d+[.)]|\[\^[^\]\s]+\]:").match(self.text, start)
        return match[0] if match else ""

    def prefix(self, line: int, until: int, rule: str = "markdown-block") -> None:
        """Enter what stands before the text of a line as markup, if it is markup."""
        start = self.line_starts[line]
        plain = re.sub(r"\d+[.)]|\[\^[^\]\s]+\]:", self._blank_label(start), self.text[start:until])
        if plain and PREFIX.fullmatch(plain):
            self.consume(start, until, rule)

    def _blank_label(self, start: int) -> Callable[[re.Match[str]], str]:
        return lambda match: " " * len(match[0]) if self._is_label(start + match.start()) else match[0]

    def _is_label(self, at: int) -> bool:
        index = bisect_left(self.labels, at)
        return index < len(self.labels) and self.labels[index] == at

    def bare(self, lines: list[int]) -> None:
        """A first line that holds only the mark of what begins there."""
        self.prefix(lines[0], self.end_of(lines[0]))

    def leaf(self, token: Token, rule: str = "markdown-block") -> Leaf:
        """The running text of a token; every line of it ends where that of the source does, spaces aside."""
        assert token.map
        segments: list[tuple[int, int]] = []
        at = 0
        lines = token.content.split("\n")
        for line, words in enumerate(lines, self._first_line(lines[0].strip(), *token.map)):
            begin, source = self.place_of(words, line)
            self.prefix(line, source, rule)
            lead = len(words) - len(words.lstrip())
            for here, there in ((at, begin), (at + lead, source)):
                if not segments or there - segments[-1][1] != here - segments[-1][0]:
                    segments.append((here, there))
            at += len(words) + 1
        return Leaf(token.content, tuple(segments))

    def _first_line(self, words: str, line: int, last: int) -> int:
        """The line that a text begins on; markdown-it leaves out a line of spaces of other kinds before it."""
        while line + 1 < last and self.text.find(words, self.line_starts[line], self.end_of(line)) < 0:
            line += 1
        return line

    def place_of(self, words: str, line: int) -> tuple[int, int]:
        """Where a line of text begins in the source: its spaces, for which there may be a tab, and its first character."""
        start, end = self.line_starts[min(line, len(self.line_starts) - 1)], self.end_of(line)
        inked = words.lstrip()
        found = self.text.rfind(inked, start, end) if inked else end
        source = found if found >= 0 else max(end - len(inked), start)
        return max(source - (len(words) - len(inked)), start), source

    def heading_leaf(self, token: Token, line: int) -> Leaf:
        """The running text of a heading with number signs, before or behind it."""
        start, end = self.line_starts[line], self.end_of(line)
        cut = re.sub(r"(?<=[ \t])#+$", "", self.text[start:end].rstrip())
        source = max(self.text.rfind(token.content, start, start + len(cut)), start) if token.content else end
        self.prefix(line, source, "markdown-heading")
        tail = source + len(token.content)
        if not self.text[tail:end].strip("# \t"):
            self.consume(tail, end, "markdown-heading")
        return Leaf(token.content, ((0, source),))

    def prefix_line(self, line: int, pattern: str, rule: str) -> None:
        """Enter a whole line as markup if it is of a pattern."""
        start, end = self.line_starts[line], self.end_of(line)
        if re.fullmatch(pattern, self.text[start:end]):
            self.consume(start, end, rule)
