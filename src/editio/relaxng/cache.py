"""Keeps compiled schemas on disk: flat tables of numbers and words, which can be read back without running anything."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache as once
from pathlib import Path

import msgspec

from editio.relaxng.datatypes import DatatypeError, Restricted, datatype
from editio.relaxng.files import digest
from editio.relaxng.names import AnyName, Name, NameChoice, NameClass, NsName
from editio.relaxng.nodes import Read
from editio.relaxng.patterns import (
    Attribute,
    Choice,
    Data,
    Declaration,
    Element,
    Empty,
    Group,
    Interleave,
    List,
    NotAllowed,
    OneOrMore,
    Pattern,
    Place,
    Pool,
    Text,
    Value,
)

_KINDS: tuple[type[Pattern], ...] = (
    Empty, NotAllowed, Text, Choice, Group, Interleave, OneOrMore, List, Element, Attribute, Data, Value,
)  # fmt: skip
_ARITY = {4: (2,), 6: (1,), 7: (1,), 9: (1,), 10: (0, 1)}  # how many parts patterns of a kind have
_HASH = hashlib.sha256().digest_size
NameRow = tuple[int, str, str, list[int]]  # kind, namespace, local name, parts
DatatypeRow = tuple[str, str, list[tuple[str, str]]]  # library, name, parameters
ValueRow = tuple[int, str, str, str]  # datatype, text, and of a qualified name namespace and local name
DeclarationRow = tuple[int, int, str, int, int]  # names, content, file, line, column
PatternRow = tuple[int, int, list[int]]  # kind, what it speaks of, parts


class Tables(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """A schema in flat tables; numbers in rows are places in other tables, of parts always before the whole."""

    files: dict[str, str]
    names: list[NameRow]
    datatypes: list[DatatypeRow]
    values: list[ValueRow]
    declarations: list[DeclarationRow]
    patterns: list[PatternRow]
    start: int
    needs_prefixes: bool


class Compiled(msgspec.Struct):
    """What a schema is compiled to."""

    pool: Pool
    start: Pattern
    declarations: Sequence[Declaration]


def key(data: bytes, name: str, compact: bool) -> str:
    """By what a compiled schema is found again; the files it includes are compared when it is read."""
    parts = (_engine(), name.encode(), b"compact" if compact else b"xml", hashlib.sha256(data).digest())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


@once
def _engine() -> bytes:
    """The hash of this engine: another engine may compile otherwise."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"\0".join(source.read_bytes() for source in sources)).digest()


def read(folder: Path, name: str, included: Read) -> Compiled | None:
    """A compiled schema; none if it is not there, is damaged, or was made of files that have changed since."""
    try:
        kept = (folder / name).read_bytes()
        if hashlib.sha256(kept[_HASH:]).digest() != kept[:_HASH]:
            return None
        tables = msgspec.msgpack.decode(kept[_HASH:], type=Tables)
        if any(digest(included(file)) != known for file, known in tables.files.items()):
            return None
        return _Reading(tables).compiled() if _is_sound(tables) else None
    except (OSError, msgspec.MsgspecError, DatatypeError, LookupError):
        return None


def _is_sound(tables: Tables) -> bool:
    """Whether all that rows of patterns and declarations point to is there, parts before the whole."""
    subjects = {8: len(tables.declarations), 9: len(tables.names), 10: len(tables.datatypes), 11: len(tables.values)}
    for at, (kind, subject, parts) in enumerate(tables.patterns):
        if not 0 <= kind < len(_KINDS) or len(parts) not in _ARITY.get(kind, (len(parts),)):
            return False
        if not 0 <= subject < subjects.get(kind, 1) or any(not 0 <= part < at for part in parts):
            return False
    return all(0 <= row[1] < len(tables.patterns) for row in tables.declarations)


def write(folder: Path, name: str, compiled: Compiled, files: Mapping[str, str]) -> None:
    """Keep a compiled schema, whole or not at all; it is no fault if it cannot be kept."""
    content = msgspec.msgpack.encode(_Writing(compiled, files).tables)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(hashlib.sha256(content).digest() + content)
        os.replace(file.name, folder / name)
    except OSError:
        return


def renewed(compiled: Compiled) -> Compiled:
    """The same schema without anything that was found while validating."""
    return _Reading(_Writing(compiled, {}).tables).compiled()


class _Writing:
    """Lays a schema out in tables."""

    def __init__(self, compiled: Compiled, files: Mapping[str, str]) -> None:
        needs_prefixes = compiled.pool.needs_prefixes
        self.tables = Tables(dict(files), [], [], [], [], [], 0, needs_prefixes)
        self.names: dict[NameClass, int] = {}
        self.datatypes: dict[Restricted, int] = {}
        self.patterns: dict[Pattern, int] = {}
        self.declarations = {one: at for at, one in enumerate(compiled.declarations)}
        self.tables.start = self.pattern(compiled.start)
        for one in compiled.declarations:
            assert one.content is not None
            self.tables.declarations.append((self.name(one.names), self.pattern(one.content), *one.place))

    def name(self, names: NameClass) -> int:
        if names not in self.names:
            match names:
                case Name(namespace, local):
                    row: NameRow = (0, namespace, local, [])
                case AnyName(excepted):
                    row = (1, "", "", [self.name(excepted)] if excepted else [])
                case NsName(namespace, excepted):
                    row = (2, namespace, "", [self.name(excepted)] if excepted else [])
                case NameChoice(parts):
                    row = (3, "", "", [self.name(part) for part in parts])
            self.tables.names.append(row)
            self.names[names] = len(self.tables.names) - 1
        return self.names[names]

    def pattern(self, whole: Pattern) -> int:
        """The place of a pattern in the table, where its parts come first."""
        waiting = [whole]
        while waiting:
            pattern = waiting[-1]
            missing = [part for part in pattern.parts if part not in self.patterns]
            if missing and pattern not in self.patterns:
                waiting.extend(missing)
                continue
            waiting.pop()
            if pattern not in self.patterns:
                parts = [self.patterns[part] for part in pattern.parts]
                self.tables.patterns.append((_KINDS.index(type(pattern)), self.subject(pattern), parts))
                self.patterns[pattern] = len(self.tables.patterns) - 1
        return self.patterns[whole]

    def subject(self, pattern: Pattern) -> int:
        """What a pattern speaks of: a declaration, names, a datatype or a value."""
        match pattern:
            case Element():
                return self.declarations[pattern.declaration]
            case Attribute():
                return self.name(pattern.names)
            case Data():
                return self.datatype(pattern.datatype)
            case Value():
                qualified = (
                    pattern.meaning
                    if isinstance(pattern.meaning, tuple) and pattern.datatype.needs_prefixes
                    else ("", "")
                )
                self.tables.values.append((self.datatype(pattern.datatype), pattern.text, *qualified))
                return len(self.tables.values) - 1
        return 0

    def datatype(self, one: object) -> int:
        assert isinstance(one, Restricted)
        if one not in self.datatypes:
            self.tables.datatypes.append((one.library, one.name, list(one.params)))
            self.datatypes[one] = len(self.tables.datatypes) - 1
        return self.datatypes[one]


class _Reading:
    """Makes patterns of tables; what an element contains is made when a document first has one."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.pool = Pool()
        self.pool.needs_prefixes = tables.needs_prefixes
        self.made: list[Pattern | None] = [None] * len(tables.patterns)
        self.makers = self._makers()
        self.names: list[NameClass] = []
        for row in tables.names:
            self.names.append(self.name(*row))
        self.datatypes = [datatype(library, name, tuple(params)) for library, name, params in tables.datatypes]
        self.declarations = [self.declaration(at, row) for at, row in enumerate(tables.declarations)]

    def compiled(self) -> Compiled:
        return Compiled(self.pool, self.pattern(self.tables.start), self.declarations)

    def name(self, kind: int, namespace: str, local: str, parts: list[int]) -> NameClass:
        inner = [self.names[part] for part in parts]
        match kind:
            case 0:
                return Name(namespace, local)
            case 1:
                return AnyName(inner[0] if inner else None)
            case 2:
                return NsName(namespace, inner[0] if inner else None)
        return NameChoice(tuple(inner))

    def declaration(self, at: int, row: DeclarationRow) -> Declaration:
        names, content, file, line, column = row
        return _Kept(at, self.names[names], Place(file, line, column), lambda: self.pattern(content))

    def pattern(self, whole: int) -> Pattern:
        waiting = [whole]
        while waiting:
            at = waiting[-1]
            parts = self.tables.patterns[at][2]
            missing = [part for part in parts if self.made[part] is None]
            if missing and self.made[at] is None:
                waiting.extend(missing)
                continue
            waiting.pop()
            if self.made[at] is None:
                self.made[at] = self.make(at)
        made = self.made[whole]
        assert made is not None
        return made

    def make(self, at: int) -> Pattern:
        kind, subject, places = self.tables.patterns[at]
        return self.makers[kind](subject, [part for part in (self.made[place] for place in places) if part is not None])

    def _makers(self) -> tuple[Callable[[int, list[Pattern]], Pattern], ...]:
        """How a pattern of each kind is made, in the order of the kinds."""
        pool = self.pool
        return (
            lambda _, __: pool.empty,
            lambda _, __: pool.not_allowed,
            lambda _, __: pool.text,
            lambda _, parts: pool.choice(parts),
            lambda _, parts: pool.group(*parts),
            lambda _, parts: pool.interleave(parts),
            lambda _, parts: pool.one_or_more(*parts),
            lambda _, parts: pool.list(*parts),
            lambda subject, _: pool.element(self.declarations[subject]),
            lambda subject, parts: pool.attribute(self.names[subject], *parts),
            lambda subject, parts: pool.data(self.datatypes[subject], parts[0] if parts else None),
            lambda subject, _: self.value(*self.tables.values[subject]),
        )

    def value(self, kind: int, text: str, namespace: str, local: str) -> Pattern:
        known = self.datatypes[kind]
        meaning = (namespace, local) if known.needs_prefixes else known.meaning(text, {})
        return self.pool.value(known, text, meaning)


class _Kept(Declaration):
    """A declaration whose content is made when it is first asked for."""

    __slots__ = ("_content", "_make")

    def __init__(self, number: int, names: NameClass, place: Place, make: Callable[[], Pattern]) -> None:
        self._content: Pattern | None = None
        self._make = make
        super().__init__(number, names, place)

    @property
    def content(self) -> Pattern | None:
        """What the element contains."""
        if self._content is None:
            self._content = self._make()
        return self._content

    @content.setter
    def content(self, content: Pattern | None) -> None:
        self._content = content
