"""Knows an XML file as it was typed: tokens that keep their spelling, and the chunks, such as paragraphs, they form.

Two tokens with equal keys say the same: the order and quotes of attributes, ``<lb/>`` or ``<lb></lb>``, character
references, and the kind and amount of white space make no difference. White space in element-only content
is no token at all but the ``lead`` of the token behind it.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property, lru_cache
from typing import NamedTuple

from editio.tei import BLOCKS, STRUCTURAL

PIECE = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>"
    r"|<!DOCTYPE(?:\"[^\"]*\"|'[^']*'|\[.*?\]\s*(?=>)|[^>\"'\[])*>"
    r"|<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>|[^<]+",
    re.S,
)
ATTRIBUTE = re.compile(r"(\s+)([^\s=/<>]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
SPACE = re.compile(r"[ \t\r\n]+")
ODD_SPACE = re.compile(r"[\t\r\n]|  ")
# white space; a word with what joins its parts (don’t, 1,000, 1860-05-20); any other character
WORD = re.compile(r"[ \t\r\n]+|(?:[\w\u0300-\u036f]|&[^;\s]+;)+(?:[^\w\s<&](?:[\w\u0300-\u036f]|&[^;\s]+;)+)*|.", re.S)


class Kind(Enum):
    """What a token is; a CHUNK is an element with all it holds."""

    START = auto()
    END = auto()
    EMPTY = auto()
    ASIDE = auto()
    WORD = auto()
    SPACE = auto()
    CHUNK = auto()


# a tuple, not a dataclass: a novel has half a million
class Token(NamedTuple):
    """A tag, word, space, comment or whole chunk: as typed, what it says, and the white space before that says nothing."""

    kind: Kind
    raw: str
    key: str
    name: str = ""
    lead: str = ""


class Tag(NamedTuple):
    """What a start tag says; attributes in order of their names."""

    name: str
    key: str
    attributes: tuple[tuple[str, str], ...]


@lru_cache(maxsize=65536)
def read_tag(raw: str) -> Tag:
    """A start tag taken apart."""
    name = re.split(r"[\s/>]", raw[1:], maxsplit=1)[0]
    found = tuple(sorted((one[2], html.unescape(one[3][1:-1])) for one in ATTRIBUTE.finditer(raw)))
    return Tag(name, "\0".join(["", f"<{name}", *(f"{key}={value}" for key, value in found)]), found)


def with_attributes(raw: str, changes: dict[str, str | None]) -> str:
    """A start tag with attributes set to new values, or taken away where the value is None; the rest as typed."""
    left = dict(changes)

    def changed(found: re.Match[str]) -> str:
        if found[2] not in left:
            return found[0]
        value = left.pop(found[2])
        return "" if value is None else f"{found[1]}{found[2]}={_quoted(value)}"

    again = ATTRIBUTE.sub(changed, raw)
    more = "".join(f" {name}={_quoted(value)}" for name, value in left.items() if value is not None)
    return re.sub(r"\s*/?>$", lambda end: more + end[0], again, count=1)


def _quoted(value: str) -> str:
    escaped = html.escape(value, quote=False).replace('"', "&quot;")
    return '"' + re.sub(r"[\t\r\n]", lambda found: f"&#{ord(found[0])};", escaped) + '"'


@dataclass
class Chunk:
    """An element that holds text or nothing, whole, or one tag, comment or text between such elements."""

    tokens_of_pieces: Sequence[Token]
    lead: str

    @property
    def is_element(self) -> bool:
        """Whether it begins and ends with its own tags."""
        return self.tokens_of_pieces[0].kind is Kind.EMPTY or len(self.tokens_of_pieces) > 1

    @property
    def name(self) -> str:
        """The name of its element or tag, with what kind of tag it is; empty for text."""
        return (
            "" if self.first.kind in (Kind.WORD, Kind.SPACE) else f"{self.is_element}{self.first.kind}{self.first.name}"
        )

    @property
    def first(self) -> Token:
        """The tag it begins with, or all of it."""
        return self.tokens_of_pieces[0]

    @cached_property
    def key(self) -> str:
        """What it says."""
        return "\1".join(_keys(self.tokens_of_pieces))

    @cached_property
    def id(self) -> str:
        """The xml:id of its element; empty if there is none."""
        if self.first.kind not in (Kind.START, Kind.EMPTY) or "xml:id" not in self.first.raw:
            return ""
        return dict(read_tag(self.first.raw).attributes).get("xml:id", "")

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words, without markup."""
        text = " ".join(token.key for token in self.tokens_of_pieces if token.kind is Kind.WORD)
        return tuple(re.findall(r"\w+", text))

    @cached_property
    def word_counts(self) -> Counter[str]:
        """How often it has each word."""
        return Counter(self.words)

    def tokens(self) -> Iterator[Token]:
        """Its tokens, text taken apart into words and spaces."""
        lead = self.lead
        last = len(self.tokens_of_pieces) - 1
        for at, piece in enumerate(self.tokens_of_pieces):
            lead += piece.lead
            if piece.kind not in (Kind.WORD, Kind.SPACE):
                yield from _tag_tokens(piece, lead)
                lead = ""
                continue
            before, text, after = _without_rims(
                piece.raw, self.is_element and at == 1, self.is_element and at == last - 1
            )
            lead += before
            for word in WORD.findall(text) if not text.startswith("<![") else [text]:
                blank = not word.strip(" \t\r\n")
                yield Token(Kind.SPACE if blank else Kind.WORD, word, " " if blank else text_key(word), "", lead)
                lead = ""
            lead += after

    def whole(self) -> Token:
        """The chunk as one token."""
        raw = "".join(piece.lead + piece.raw for piece in self.tokens_of_pieces)
        return Token(Kind.CHUNK, raw, self.key, "", self.lead)


def _keys(pieces: Sequence[Token]) -> Iterator[str]:
    last = len(pieces) - 1
    for at, piece in enumerate(pieces):
        if piece.kind is Kind.EMPTY:
            yield from (piece.key, f"\0/{piece.name}")
        elif piece.kind in (Kind.WORD, Kind.SPACE) and last:
            key = piece.key.lstrip(" ") if at == 1 else piece.key
            key = key.rstrip(" ") if at == last - 1 else key
            if key:
                yield key
        else:
            yield piece.key


def _without_rims(text: str, first: bool, last: bool) -> tuple[str, str, str]:
    """A text as its silent beginning, itself and its silent end: white space right inside a paragraph says nothing."""
    body = text.lstrip(" \t\r\n") if first else text
    before = text[: len(text) - len(body)]
    stripped = body.rstrip(" \t\r\n") if last else body
    return before, stripped, body[len(stripped) :]


def _tag_tokens(piece: Token, lead: str) -> Iterator[Token]:
    if piece.kind is Kind.EMPTY:
        yield Token(Kind.START, piece.raw, piece.key, piece.name, lead)
        yield Token(Kind.END, "", f"\0/{piece.name}", piece.name)
    else:
        yield piece._replace(lead=lead)


def text_key(raw: str) -> str:
    """What a piece of text says: references resolved, each stretch of white space one space."""
    if raw.startswith("<![CDATA["):
        return raw[9:-3]
    text = html.unescape(raw) if "&" in raw else raw
    return SPACE.sub(" ", text) if ODD_SPACE.search(text) else text


# --- reading ----------------------------------------------------------------------------------


def chunks_of(text: str) -> list[Chunk]:
    """A well-formed document as chunks; the last one is empty and leads with the white space at the end."""
    pieces = [_piece(raw) for raw in PIECE.findall(text)]
    outline = _outline(pieces)
    found: list[Chunk] = []
    lead, at = "", 0
    while at < len(pieces):
        if outline.is_silent(at):
            lead += pieces[at].raw
            at += 1
            continue
        stop = at + 1 if at in outline.containers else outline.end_of.get(at, at) + 1
        found.append(Chunk(_with_leads(outline, range(at, stop)), lead))
        lead, at = "", stop
    found.append(Chunk((Token(Kind.ASIDE, "", "\0end"),), lead))
    return found


def _piece(raw: str) -> Token:
    if not raw.startswith("<"):
        key = text_key(raw)
        return Token(Kind.WORD if key.strip(" ") else Kind.SPACE, raw, key)
    if raw.startswith("<![CDATA["):
        return Token(Kind.WORD, raw, raw[9:-3])
    if raw.startswith("</"):
        name = raw[2:-1].strip()
        return Token(Kind.END, raw, f"\0/{name}", name)
    if raw.startswith(("<!", "<?")):
        # the declaration says how the file is stored, not what it says
        return Token(Kind.ASIDE, raw, "\0<?xml" if raw.startswith("<?xml ") else f"\0{raw}")
    tag = read_tag(raw)
    return Token(Kind.EMPTY if raw.endswith("/>") else Kind.START, raw, tag.key, tag.name)


@dataclass(frozen=True)
class _Outline:
    """Where the parent of each piece starts and each element ends; which hold text, and which hold blocks."""

    pieces: Sequence[Token]
    parent_of: list[int]
    end_of: dict[int, int]
    holding_text: set[int]
    containers: set[int]

    def is_silent(self, at: int) -> bool:
        """Whether a piece is white space that says nothing: in an element without text, between blocks or a line end."""
        piece, parent = self.pieces[at], self.parent_of[at]
        if piece.kind is not Kind.SPACE or parent in self.holding_text:
            return False
        return parent < 0 or parent in self.containers or "\n" in piece.raw


def _outline(pieces: Sequence[Token]) -> _Outline:
    outline = _Outline(pieces, [], {}, set(), set())
    holding_blocks: set[int] = set()
    open_at = [-1]
    for at, piece in enumerate(pieces):
        if piece.kind is Kind.END:
            outline.end_of[open_at.pop()] = at
        parent = open_at[-1]
        outline.parent_of.append(parent)
        if piece.kind is Kind.WORD:
            outline.holding_text.add(parent)
        elif piece.kind in (Kind.START, Kind.EMPTY):
            if parent >= 0 and _local(pieces[parent].name) in STRUCTURAL:
                outline.containers.add(parent)
            elif _local(piece.name) in BLOCKS or _local(piece.name) in STRUCTURAL:
                holding_blocks.add(parent)
            if piece.kind is Kind.START:
                open_at.append(at)
    outline.containers.update(holding_blocks - outline.holding_text)
    return outline


def _with_leads(outline: _Outline, places: range) -> list[Token]:
    """Pieces of a chunk, the white space that says nothing as lead of the piece behind it."""
    found: list[Token] = []
    lead = ""
    for at in places:
        piece = outline.pieces[at]
        if outline.is_silent(at) and len(places) > 1:
            lead += piece.raw
        else:
            found.append(piece._replace(lead=lead) if lead else piece)
            lead = ""
    return found


def _local(name: str) -> str:
    return name.rpartition(":")[2]


# --- writing ----------------------------------------------------------------------------------


def spelt(tokens: Iterable[Token]) -> Iterator[str]:
    """The text that each token gives where it stands, so that an element that is no longer empty gets its end tag."""
    row = list(tokens)
    for at, token in enumerate(row):
        if token.kind is Kind.START and token.raw.endswith("/>"):
            closed = at + 1 < len(row) and row[at + 1].kind is Kind.END and not row[at + 1].raw
            yield token.lead + (token.raw if closed else re.sub(r"\s*/>$", ">", token.raw))
        elif token.kind is Kind.END and not token.raw:
            before = row[at - 1]
            closed = before.kind is Kind.START and before.raw.endswith("/>")
            yield token.lead if closed else f"{token.lead}</{token.name}>"
        else:
            yield token.lead + token.raw
