"""Loads a schema and validates documents against it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from editio.relaxng import grammars, restrictions, syntax
from editio.relaxng.automaton import Automaton
from editio.relaxng.faults import Fault, SchemaError, TooComplex
from editio.relaxng.files import Files
from editio.relaxng.nodes import Read, read_xml
from editio.relaxng.patterns import Declaration, Pattern, Pool
from editio.relaxng.validation import Validation


class Schema:
    """A schema, ready to validate documents."""

    def __init__(self, pool: Pool, start: Pattern, declarations: Sequence[Declaration], keeps_prefixes: bool) -> None:
        self._automaton = Automaton(pool, start, declarations)
        self._keeps_prefixes = keeps_prefixes

    def validate(self, data: bytes) -> list[Fault]:
        """All faults of a document, in its order."""
        self._automaton.pool.work = 0
        validation = Validation(self._automaton, self._keeps_prefixes)
        try:
            return validation.run(data)
        except (TooComplex, RecursionError):
            return [*validation.faults, validation.too_complex()]


def load(data: bytes, name: str, read: Read, *, compact: bool = False, cache: Path | None = None) -> Schema:
    """The schema that a file holds; read gives the files that it includes."""
    root = read_xml(data, name)
    files = Files(read, read_xml)
    syntax.check(root, files, name)
    pool = Pool()
    try:
        start = grammars.build(root, pool)
        declarations = restrictions.check(start, root.place)
    except (TooComplex, RecursionError):
        raise SchemaError(name, 1, 1, "the schema is more complex than can be checked") from None
    return Schema(pool, start, declarations, pool.needs_prefixes)
