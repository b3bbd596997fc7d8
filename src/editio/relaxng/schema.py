"""Loads a schema and validates documents against it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from editio.relaxng import cache as kept
from editio.relaxng.automaton import Automaton
from editio.relaxng.cache import Compiled
from editio.relaxng.faults import Fault, SchemaError, TooComplex
from editio.relaxng.files import Files
from editio.relaxng.nodes import Node, Read, read_xml
from editio.relaxng.patterns import Pool
from editio.relaxng.validation import Validation

MOST_FOUND = 200_000  # patterns that are kept from one document to the next


class Schema:
    """A schema, ready to validate documents."""

    def __init__(self, compiled: Compiled) -> None:
        self._start(compiled)

    def _start(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._automaton = Automaton(compiled.pool, compiled.start, compiled.declarations)
        self._least = compiled.pool.size

    def validate(self, data: bytes) -> list[Fault]:
        """All faults of a document, in its order."""
        if self._compiled.pool.size - self._least > MOST_FOUND:
            self._start(kept.renewed(self._compiled))
        self._compiled.pool.work = 0
        validation = Validation(self._automaton, self._compiled.pool.needs_prefixes)
        try:
            return validation.run(data)
        except (TooComplex, RecursionError):
            self._start(kept.renewed(self._compiled))
            return [*validation.faults, validation.too_complex()]
        finally:
            validation.close()


def load(data: bytes, name: str, read: Read, *, compact: bool = False, cache: Path | None = None) -> Schema:
    """The schema that a file holds; read gives the files that it includes, cache is a folder of compiled schemas."""
    files = Files(read, _read_compact if compact else read_xml)
    with _uninterrupted():
        if cache is None:
            return Schema(_compiled(data, name, files))
        key = kept.key(data, name, compact)
        found = kept.read(cache, key, read)
        if found is None:
            found = _compiled(data, name, files)
            kept.write(cache, key, found, files.hashes)
        return Schema(found)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Without garbage collection: all that a schema is made of stays, and to look through it takes long."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled and not gc.get_freeze_count():
            gc.freeze()  # and back: what was made counts as old, and is not looked through at once
            gc.unfreeze()
        if enabled:
            gc.enable()


def _read_compact(data: bytes, name: str, namespace: str) -> Node:
    from editio.relaxng.compact import read_compact  # noqa: PLC0415 - few schemas are compact, and most are in the cache

    return read_compact(data, name, namespace)


def _compiled(data: bytes, name: str, files: Files) -> Compiled:
    from editio.relaxng import grammars, restrictions, syntax  # noqa: PLC0415 - a schema in the cache does without

    pool = Pool()
    try:
        root = files.parse(data, name, "")
        syntax.check(root, files, name)
        start = grammars.build(root, pool)
        return Compiled(pool, start, restrictions.check(start, root.place))
    except (TooComplex, RecursionError):
        raise SchemaError(name, 1, 1, "the schema is more complex than can be checked") from None
