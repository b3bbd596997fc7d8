"""Patterns of the simple syntax, each made once: equal patterns of a pool are the same object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, Protocol

from editio.relaxng.faults import TooComplex
from editio.relaxng.names import NameClass, expanded, is_infinite, plain_names

MOST_PATTERNS = 1_000_000
MOST_WORK = 500_000
LONGEST = 20_000
DEEPEST = 150
DEEPEST_SHARED = 20

Prefixes = Mapping[str, str]


class Datatype(Protocol):
    """A datatype with its parameters."""

    @property
    def name(self) -> str:
        """The name by which a schema calls it."""

    @property
    def identity(self) -> str:
        """“ID”, “IDREF” or “IDREFS”, if it is one of these."""

    @property
    def needs_prefixes(self) -> bool:
        """Whether a text means something only with the prefixes in scope."""

    def allows(self, text: str, prefixes: Prefixes) -> bool:
        """Whether the text is of the type."""

    def meaning(self, text: str, prefixes: Prefixes) -> object:
        """What two texts of the same value have in common; None if the text is not of the type."""

    def described(self) -> str:
        """The datatype as a message names it."""


class Place(NamedTuple):
    """Where in a schema something stands."""

    name: str
    line: int
    column: int


class Declaration:
    """An element pattern: its names and what it contains, which is set once it is known."""

    __slots__ = ("content", "is_open", "names", "number", "place", "plain")

    def __init__(self, number: int, names: NameClass, place: Place) -> None:
        self.number = number
        self.names = names
        self.place = place
        self.plain = tuple(expanded(name) for name in plain_names(names))  # names that are named one by one
        self.is_open = is_infinite(names)
        self.content: Pattern | None = None


# What a pattern holds, outside of the elements and attributes in it.
ATTRIBUTES, ELEMENTS, TEXT, VALUES = 1, 2, 4, 8
CONTENT = ELEMENTS | TEXT | VALUES


class Pattern:
    """A pattern; what is asked of it often is found once and kept on it."""

    __slots__ = ("attributes", "closed", "depth", "firsts", "holds", "nullable", "number", "parts")

    def __init__(
        self, number: int, nullable: bool, parts: tuple[Pattern, ...] = (), holds: int = 0, depth: int = 1
    ) -> None:
        self.number = number
        self.nullable = nullable
        self.parts = parts
        self.holds = holds
        self.depth = depth
        self.firsts: dict[Declaration, None] | None = None
        self.attributes: tuple[Attribute, ...] | None = None
        self.closed: Pattern | None = None


class Empty(Pattern):
    """Nothing."""

    __slots__ = ()


class NotAllowed(Pattern):
    """What can never be."""

    __slots__ = ()


class Text(Pattern):
    """Any text, none included."""

    __slots__ = ()


class Choice(Pattern):
    """One of the parts."""

    __slots__ = ("branches",)

    def __init__(self, number: int, nullable: bool, parts: tuple[Pattern, ...], holds: int, depth: int) -> None:
        super().__init__(number, nullable, parts, holds, depth)
        self.branches: dict[Declaration, list[Pattern]] | None = None


class Group(Pattern):
    """The first part, then the second; longer groups nest in the second."""

    __slots__ = ()


class Interleave(Pattern):
    """All parts, mixed in any way."""

    __slots__ = ()


class OneOrMore(Pattern):
    """The part, once or more often."""

    __slots__ = ()


class List(Pattern):
    """Text whose words, parted at blanks, are as the part says."""

    __slots__ = ()


class Element(Pattern):
    """An element."""

    __slots__ = ("declaration",)

    def __init__(self, number: int, declaration: Declaration) -> None:
        super().__init__(number, False, (), ELEMENTS)
        self.declaration = declaration


class Attribute(Pattern):
    """An attribute; its one part says what the value is."""

    __slots__ = ("identity", "known", "names", "needs_prefixes")

    def __init__(self, number: int, names: NameClass, content: Pattern) -> None:
        super().__init__(number, False, (content,), ATTRIBUTES, content.depth + 1)
        self.names = names
        self.known: set[str] = set()  # values that were found good
        self.identity = identity_of(content)
        self.needs_prefixes = needs_prefixes(content)


class Data(Pattern):
    """Text of a datatype, but what the one part (if there is one) allows."""

    __slots__ = ("datatype",)

    def __init__(self, number: int, datatype: Datatype, excepted: Pattern | None) -> None:
        super().__init__(number, False, (excepted,) if excepted else (), VALUES)
        self.datatype = datatype


class Value(Pattern):
    """Text that has the same value, by a datatype, as the text in the schema."""

    __slots__ = ("datatype", "meaning", "text")

    def __init__(self, number: int, datatype: Datatype, text: str, meaning: object) -> None:
        super().__init__(number, False, (), VALUES)
        self.datatype = datatype
        self.text = text
        self.meaning = meaning


def identity_of(content: Pattern) -> str:
    """Whether text of this content is an ID, IDREF or IDREFS (RELAX NG DTD compatibility 5)."""
    return content.datatype.identity if isinstance(content, Data | Value) else ""


def needs_prefixes(content: Pattern) -> bool:
    """Whether a value of this content means something only together with the prefixes in scope."""
    found = isinstance(content, Data | Value) and content.datatype.needs_prefixes
    return found or any(needs_prefixes(part) for part in content.parts)


Key = tuple[object, ...]


class Pool:
    """Makes the patterns of one schema, and simplifies them in the making (4.20, 4.21 and equalities of section 6)."""

    def __init__(self) -> None:
        self._known: dict[Key, Pattern] = {}
        self.work = 0
        self.needs_prefixes = False
        self.empty: Pattern = Empty(0, True)
        self.not_allowed: Pattern = NotAllowed(1, False)
        self.text: Pattern = Text(2, True, (), TEXT)
        self.empty.closed, self.text.closed, self.not_allowed.closed = self.empty, self.text, self.not_allowed
        self._next = 3

    @property
    def size(self) -> int:
        """How many patterns were made."""
        return self._next

    def choice(self, patterns: Iterable[Pattern]) -> Pattern:
        """One of the patterns."""
        found: dict[Pattern, None] = {}
        for pattern in patterns:
            if isinstance(pattern, Choice):
                self.spend(len(pattern.parts))
                found.update(dict.fromkeys(pattern.parts))
            elif pattern is not self.not_allowed:
                found[pattern] = None
        if len(found) <= 1:
            return next(iter(found), self.not_allowed)
        if self.empty in found and any(one.nullable for one in found if one is not self.empty):
            del found[self.empty]
            if len(found) == 1:
                return next(iter(found))
        parts = tuple(sorted(found, key=_number))
        self.spend(len(parts))
        return self._made(Choice, parts, any(one.nullable for one in parts))

    def group(self, first: Pattern, second: Pattern) -> Pattern:
        """One pattern, then another."""
        if first is self.not_allowed or second is self.not_allowed:
            return self.not_allowed
        if first is self.empty:
            return second
        if second is self.empty:
            return first
        if first is self.text and _takes_text(second):
            return second
        chain = []
        while isinstance(first, Group) and not _is_shared(first):
            chain.append(first.parts[0])
            if len(chain) > LONGEST:
                raise TooComplex
            first = first.parts[1]
        made = self._grouped(first, second)
        for one in reversed(chain):
            made = self._grouped(one, made)
        return made

    def interleave(self, patterns: Iterable[Pattern]) -> Pattern:
        """All of the patterns, mixed."""
        found: list[Pattern] = []
        for pattern in patterns:
            if pattern is self.not_allowed:
                return pattern
            if isinstance(pattern, Interleave):
                found.extend(pattern.parts)
            elif pattern is not self.empty:
                found.append(pattern)
        if len(found) <= 1:
            return found[0] if found else self.empty
        self.spend(len(found))
        if len(found) > LONGEST:
            raise TooComplex
        return self._made(Interleave, tuple(sorted(found, key=_number)), all(one.nullable for one in found))

    def one_or_more(self, pattern: Pattern) -> Pattern:
        """The pattern, once or more often."""
        if pattern in (self.not_allowed, self.empty, self.text) or isinstance(pattern, OneOrMore):
            return pattern
        return self._made(OneOrMore, (pattern,), pattern.nullable)

    def optional(self, pattern: Pattern) -> Pattern:
        """The pattern, or nothing."""
        if pattern.nullable:
            return pattern
        return self.choice((pattern, self.empty))

    def element(self, declaration: Declaration) -> Pattern:
        """An element of a declaration."""
        return self._kept((Element, declaration), lambda number: Element(number, declaration))

    def attribute(self, names: NameClass, content: Pattern) -> Pattern:
        """An attribute of these names and this content."""
        if content is self.not_allowed:
            return content
        return self._kept((Attribute, names, content), lambda number: Attribute(number, names, content))

    def data(self, datatype: Datatype, excepted: Pattern | None) -> Pattern:
        """Text of a datatype."""
        kept = None if excepted is self.not_allowed else excepted
        self.needs_prefixes |= datatype.needs_prefixes
        return self._kept((Data, datatype, kept), lambda number: Data(number, datatype, kept))

    def value(self, datatype: Datatype, text: str, meaning: object) -> Pattern:
        """Text of one value."""
        self.needs_prefixes |= datatype.needs_prefixes
        return self._kept((Value, datatype, meaning), lambda number: Value(number, datatype, text, meaning))

    def list(self, content: Pattern) -> Pattern:
        """Words as the content says."""
        if content is self.not_allowed:
            return content
        return self._kept((List, content), lambda number: List(number, False, (content,), VALUES, content.depth + 1))

    def spend(self, work: int) -> None:
        """Count work, and give up where it is beyond all measure."""
        self.work += work
        if self.work > MOST_WORK:
            raise TooComplex

    def _made(self, kind: type[Pattern], parts: tuple[Pattern, ...], nullable: bool) -> Pattern:
        key = (kind, *parts)
        found = self._known.get(key)
        if found is None:
            holds = depth = 0
            for part in parts:
                holds |= part.holds
                depth = max(depth, part.depth)
            found = self._known[key] = kind(self._number(depth + 1), nullable, parts, holds, depth + 1)
        return found

    def _grouped(self, first: Pattern, second: Pattern) -> Pattern:
        """A group of two; however long groups are, they are not deep."""
        key = (Group, first, second)
        found = self._known.get(key)
        if found is None:
            depth = max(first.depth + 1, second.depth)
            nullable, holds = first.nullable and second.nullable, first.holds | second.holds
            found = self._known[key] = Group(self._number(depth), nullable, (first, second), holds, depth)
        return found

    def _kept(self, key: Key, make: Callable[[int], Pattern]) -> Pattern:
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = make(self._number())
        return found

    def _number(self, depth: int = 1) -> int:
        self._next += 1
        if self._next > MOST_PATTERNS or depth > DEEPEST:
            raise TooComplex
        return self._next


def _is_shared(group: Group) -> bool:
    """Whether a group stays one: attributes by themselves, which are the same on many elements and come in no order."""
    return not group.holds & CONTENT and group.depth < DEEPEST_SHARED


def _takes_text(pattern: Pattern) -> bool:
    """Whether text may come before a pattern without making a difference: it is repeated, and may be text."""
    if not isinstance(pattern, OneOrMore) or pattern.holds & ATTRIBUTES:
        return False
    part = pattern.parts[0]
    return isinstance(part, Choice) and any(isinstance(one, Text) for one in part.parts)


def _number(pattern: Pattern) -> int:
    return pattern.number
