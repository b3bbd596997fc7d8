"""Running text of a source that is a tree: its text nodes, their white space as it is shown, addresses of links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from editio import tei
from editio.model import Run, Text

# One word after another with single spaces between them: what can stay as it is.
WORDS = re.compile(r"[ \t\n\f]?[^ \t\n\f]+(?:[ \t\n\f][^ \t\n\f]+)*[ \t\n\f]?|[ \t\n\f]")
SPACES = str.maketrans("\t\n\f", "   ")
# Points that a reader sees, so that the spaces on both sides of them count
SHOWN = frozenset(["note", "figure", "graphic"])
# Between two blocks that stand in running text
BOUNDARY = "\v"
NOT_IN_ADDRESS = re.compile(r"[\s<>\"{}|\\^`]")
UNSAFE = re.compile(r"(?:javascript|vbscript|data|file):", re.IGNORECASE)


@dataclass(eq=False)
class Piece:
    """A text node and where it begins in the source's text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


@dataclass(eq=False)
class Branch:
    """An element of a source that is a tree in which text is a node; formats add what their elements have besides."""

    tag: str
    attributes: dict[str, str]
    start: int
    parent: Self | None = None
    children: list[Self | Piece] = field(default_factory=list)

    def get(self, name: str) -> str:
        """The value of an attribute, empty if there is none."""
        return self.attributes.get(name, "")

    @property
    def elements(self) -> Iterator[Self]:
        """The elements right in this one."""
        return (child for child in self.children if not isinstance(child, Piece))

    @property
    def nodes(self) -> Iterator[Self]:
        """This element and all in it, in order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(list(node.elements))

    @property
    def texts(self) -> Iterator[Piece]:
        """All text nodes in the element in order."""
        waiting: list[Self | Piece] = list(reversed(self.children))
        while waiting:
            one = waiting.pop()
            if isinstance(one, Piece):
                yield one
            else:
                waiting += reversed(one.children)

    @property
    def plain(self) -> str:
        """All its text, white space collapsed."""
        return " ".join("".join(piece.text for piece in self.texts).split())


def words_of(pieces: Iterable[Piece]) -> Text:
    """All words of pieces, one after the other, without marks."""
    runs: list[Run] = []
    for piece in pieces:
        runs += [Run(piece.text, piece.start, piece.end), Run(" ", piece.end, piece.end)]
    return Text(tuple(collapsed(runs))).strip()


def collapsed(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs with white space as browsers show it; what is left is verbatim, so that offsets stay right."""
    held: list[Run] = []
    blank = True
    for run in runs:
        if run.start == run.end:
            if run.text in ("\n", BOUNDARY):
                _trim(held)
                if run.text == "\n" or _unfinished(held):
                    held.append(replace(run, text="\n"))
                blank = True
            elif run.text != " " or not blank:
                held.append(run)
                shows = run.point is not None and run.point.name in SHOWN
                blank = run.text == " " or (blank and not run.text and not shows)
            continue
        for match in WORDS.finditer(run.text):
            start = match.start() + (blank and match[0][0] in " \t\n\f")
            if start < match.end():
                text = run.text[start : match.end()].translate(SPACES)
                held.append(Run(text, run.start + start, run.start + match.end(), run.marks))
                blank = text.endswith(" ")
    return iter(held)


def _unfinished(held: Sequence[Run]) -> bool:
    """Whether there is text on the line at hand."""
    last = next((run.text for run in reversed(held) if run.text), "\n")
    return not last.endswith("\n")


def _trim(held: list[Run]) -> None:
    """Drop the blank at the end of a line."""
    for index in range(len(held) - 1, -1, -1):
        if held[index].text:
            if held[index].text.endswith(" "):
                held[index] = held[index].slice(0, len(held[index].text) - 1)
            return


def clean_address(address: str) -> str:
    """An address without what may not stand in one."""
    address = re.sub(r"[\x00-\x1f\x7f]", "", tei.clean(address)).strip()
    return NOT_IN_ADDRESS.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), address)
