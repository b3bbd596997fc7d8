"""What the stylesheet of a schema says of a document, as findings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypedDict

from editio.schematron.schema import Check, Rule, Schema


class _Note(TypedDict):
    kind: str
    id: str
    text: str


class _Said(TypedDict, total=False):
    check: int
    rule: int
    text: str
    path: str
    notes: list[_Note]
    failed: str
    wanted: bool


@dataclass(frozen=True)
class Note:
    """A diagnostic or property that belongs to an assertion, in the words it has at this place."""

    kind: str
    id: str
    text: str


@dataclass(frozen=True)
class Finding:
    """A failed assertion or successful report at a place, of the document with that address.

    ``path`` is there only where rules that fire are told.
    """

    check: Check
    rule: Rule
    line: int
    column: int
    text: str
    notes: tuple[Note, ...] = ()
    path: str = ""
    document: str = ""


@dataclass(frozen=True)
class Unevaluated:
    """A rule, or one of its assertions, that could not be evaluated at a place, and why."""

    rule: Rule
    check: Check | None
    line: int
    column: int
    reason: str
    document: str = ""


@dataclass(frozen=True)
class Fired:
    """A rule that matched a node."""

    rule: Rule
    path: str
    document: str = ""


@dataclass(frozen=True)
class Wanted:
    """A document that a rule needs and that was not handed in."""

    address: str


Result = Finding | Unevaluated | Fired | Wanted


def results(schema: Schema, answers: Iterable[tuple[str, int, int, str]]) -> Iterator[Result]:
    """What answers (address of a document, line, column, JSON) of the schema's stylesheet mean."""
    for document, line, column, text in answers:
        said: _Said = json.loads(text)
        if "failed" in said:
            rule = schema.rules[said["rule"] - 1]
            check = schema.checks[said["check"] - 1] if said["check"] else None
            unevaluated = Unevaluated(rule, check, line, column, said["failed"], document)
            yield Wanted(said["failed"]) if said["wanted"] else unevaluated
        elif "check" in said:
            check = schema.checks[said["check"] - 1]
            notes = tuple(Note(note["kind"], note["id"], note["text"]) for note in said["notes"])
            rule, path = schema.rules[check.rule - 1], said.get("path", "")
            yield Finding(check, rule, line, column, said["text"], notes, path, document)
        else:
            yield Fired(schema.rules[said["rule"] - 1], said["path"], document)
