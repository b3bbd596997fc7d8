"""What the engine says: that a schema is incorrect, or that a document is at fault in some place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "element",  # an element stands where it may not
    "unknown-element",  # no schema's rule knows an element of this name
    "attribute",  # an attribute may not stand here
    "missing-attribute",
    "value",  # of an attribute or of an element that holds a value
    "text",  # text stands where only elements may
    "incomplete",  # an element that must be there is missing
    "duplicate-id",
    "missing-id",  # an IDREF for which there is no ID
    "malformed",
    "too-complex",
]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a document: where (line and column from 1), of what kind, in words, and what may stand there.

    The place is where the start tag concerned begins, where text begins, or where the end tag begins before which something
    is missing. A fault follows from another, named by its line and column, if it would not be one were the other mended.
    If it is about an attribute, that is named, and its value as the message quotes it.
    """

    line: int
    column: int
    kind: Kind
    element: str
    message: str
    allowed: tuple[str, ...] = ()
    follows: tuple[int, int] | None = None
    attribute: str = ""
    value: str = ""


class SchemaError(Exception):
    """A schema is malformed or incorrect, in the file of this name, at this line and column (from 1)."""

    def __init__(self, name: str, line: int, column: int, message: str) -> None:
        super().__init__(f"{name}:{line}:{column}: {message}")
        self.name = name
        self.line = line
        self.column = column
        self.message = message


class TooComplex(Exception):
    """More alternatives would have to be followed at once than any schema for real documents needs."""
