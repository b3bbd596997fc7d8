"""Loads a schema and validates documents against it."""

from __future__ import annotations

from pathlib import Path

from editio.relaxng import cache as kept
from editio.relaxng import grammars, restrictions, syntax
from editio.relaxng.automaton import Automaton
from editio.relaxng.cache import Compiled
from editio.relaxng.compact import read_compact
from editio.relaxng.faults import Fault, SchemaError, TooComplex
from editio.relaxng.files import Files
from editio.relaxng.nodes import Read, read_xml
from editio.relaxng.patterns import Pool
from editio.relaxng.validation import Validation


class Schema:
    """A schema, ready to validate documents."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._automaton = Automaton(compiled.pool, compiled.start, compiled.declarations)

    def validate(self, data: bytes) -> list[Fault]:
        """All faults of a document, in its order."""
        self._compiled.pool.work = 0
        validation = Validation(self._automaton, self._compiled.pool.needs_prefixes)
        try:
            return validation.run(data)
        except (TooComplex, RecursionError):
            self._automaton = Automaton(self._compiled.pool, self._compiled.start, self._compiled.declarations)
            return [*validation.faults, validation.too_complex()]


def load(data: bytes, name: str, read: Read, *, compact: bool = False, cache: Path | None = None) -> Schema:
    """The schema that a file holds; read gives the files that it includes, cache is a folder of compiled schemas."""
    if cache is None:
        return Schema(_compiled(data, name, Files(read, read_compact if compact else read_xml)))
    key = kept.key(data, name, compact)
    found = kept.read(cache, key, read)
    if found is None:
        files = Files(read, read_compact if compact else read_xml)
        found = _compiled(data, name, files)
        kept.write(cache, key, found, files.hashes)
    return Schema(found)


def _compiled(data: bytes, name: str, files: Files) -> Compiled:
    pool = Pool()
    try:
        root = files.parse(data, name, "")
        syntax.check(root, files, name)
        start = grammars.build(root, pool)
        return Compiled(pool, start, restrictions.check(start, root.place))
    except (TooComplex, RecursionError):
        raise SchemaError(name, 1, 1, "the schema is more complex than can be checked") from None
