"""A register as it was typed: where each element stands in the file, and edits that leave every other character alone."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from editio import tei
from editio.merging.lexical import PIECE, with_attributes
from editio.model import Document


class Unspellable(ValueError):
    """The file is written so that its elements cannot be found in it, in words."""


@dataclass
class Span:
    """Where an element stands: its start tag, what it holds, its end; ``inner`` and ``inner_end`` are equal if it is empty."""

    start: int
    inner: int
    inner_end: int = -1
    end: int = -1


@dataclass
class RegisterText:
    """The characters of a register with the edits to be made."""

    document: Document
    edits: list[tuple[int, int, str]] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """The file's characters; only UTF-8 is edited."""
        try:
            return self.document.data.decode("utf-8")
        except UnicodeDecodeError:
            raise Unspellable("it is not UTF-8; save it as UTF-8 first") from None

    @cached_property
    def spans(self) -> dict[etree._Element, Span]:
        """Where each element stands."""
        found = _spans(self.text)
        nodes = list(self.document.root.iter(etree.Element))
        names = [tei.local_name(node) for node in nodes]
        if names != [name for name, _ in found]:
            raise Unspellable("it uses entities that hold markup; write that markup out first")
        return dict(zip(nodes, (span for _, span in found), strict=True))

    @property
    def newline(self) -> str:
        """How lines end in the file."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def tag(self, node: etree._Element) -> str:
        """The start tag of an element as typed."""
        span = self.spans[node]
        return self.text[span.start : span.inner]

    def prefix(self, node: etree._Element) -> str:
        """The prefix, with its colon, that an element's tag is written with."""
        return f"{node.prefix}:" if node.prefix else ""

    def lead(self, node: etree._Element) -> str:
        """The white space before an element."""
        start = at = self.spans[node].start
        while at and self.text[at - 1] in " \t\r\n":
            at -= 1
        return self.text[at:start]

    def replace(self, start: int, end: int, new: str) -> None:
        """Put other characters in the place of some; edits at one place stay in order."""
        if self.text[start:end] != new:
            self.edits.append((start, end, new))

    def rewrite(self, node: etree._Element, changes: dict[str, str | None], inner: str | None = None) -> None:
        """Set attributes of an element (None takes one away) and, unless ``inner`` is None, its content, written as XML."""
        span = self.spans[node]
        old = self.tag(node)
        new = with_attributes(old, changes) if changes else old
        if inner is None:
            self.replace(span.start, span.inner, new)
        elif span.inner == span.end:
            name = f"{self.prefix(node)}{tei.local_name(node)}"
            self.replace(span.start, span.end, re.sub(r"\s*/>$", ">", new) + f"{inner}</{name}>")
        else:
            self.replace(span.start, span.inner, new)
            self.replace(span.inner, span.inner_end, inner)

    def remove(self, node: etree._Element) -> None:
        """Take an element out, with the white space before it."""
        span = self.spans[node]
        self.replace(span.start - len(self.lead(node)), span.end, "")

    def insert_after(self, node: etree._Element, raw: str, like: etree._Element | None = None) -> None:
        """Put XML behind an element, on a line of its own if that element, or ``like``, has one."""
        end = self.spans[node].end
        self.replace(end, end, self.lead(node if like is None else like) + raw)

    def insert_before(self, node: etree._Element, raw: str) -> None:
        """Put XML before an element."""
        start = self.spans[node].start
        self.replace(start, start, raw + self.lead(node))

    def result(self) -> bytes:
        """The file with all edits made."""
        pieces: list[str] = []
        at = 0
        for start, end, new in sorted(self.edits, key=lambda edit: (edit[0], edit[1])):
            pieces += [self.text[at:start], new]
            at = end
        return "".join([*pieces, self.text[at:]]).encode("utf-8")


def escaped(text: str) -> str:
    """Text as it is written between tags."""
    return html.escape(tei.clean(text), quote=False)


def quoted(value: str) -> str:
    """Text as it is written between double quotes."""
    return html.escape(re.sub(r"\s", " ", tei.clean(value)))


def _spans(text: str) -> list[tuple[str, Span]]:
    """The elements of a well-formed file in document order."""
    found: list[tuple[str, Span]] = []
    waiting: list[Span] = []
    for piece in PIECE.finditer(text):
        raw = piece[0]
        if not raw.startswith("<") or raw.startswith(("<!", "<?")):
            continue
        if raw.startswith("</"):
            span = waiting.pop()
            span.inner_end, span.end = piece.start(), piece.end()
            continue
        span = Span(piece.start(), piece.end(), piece.end(), piece.end())
        found.append((re.split(r"[\s/>]", raw[1:], maxsplit=1)[0].rpartition(":")[2], span))
        if not raw.endswith("/>"):
            waiting.append(span)
    return found
