"""What a schema may not say though its syntax allows it (RELAX NG 7): found once for each pattern, from the inside out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from operator import attrgetter

from editio.relaxng.faults import SchemaError
from editio.relaxng.names import Name, NameClass, is_infinite, overlap, plain_names, shown
from editio.relaxng.patterns import (
    TEXT,
    Attribute,
    Choice,
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
    Text,
)


class Has:
    """What occurs in a pattern, outside of the elements in it."""

    ATTRIBUTE = 1
    ELEMENT = 2
    LIST = 4
    TEXT = 8
    GROUP = 16
    INTERLEAVE = 32
    REPEATED = 64
    EMPTY = 128
    DATA = 256
    GROUPED_ATTRIBUTE = 512  # in a group or an interleave
    OPEN_ATTRIBUTE = 1024  # of names not named one by one, and not repeated


class Content(IntEnum):
    """What kind of content a pattern is (7.2)."""

    EMPTY = 0
    COMPLEX = 1
    SIMPLE = 2
    MIXED = 3  # data together with something else, which is good in a list only


_WORDS = {
    Has.ATTRIBUTE: "an attribute",
    Has.ELEMENT: "an element",
    Has.LIST: "a list",
    Has.TEXT: "text",
    Has.GROUP: "a group",
    Has.INTERLEAVE: "an interleave",
    Has.REPEATED: "a repetition",
    Has.EMPTY: "empty",
    Has.DATA: "data or a value",
}
_NOT_IN_ATTRIBUTE = Has.ELEMENT | Has.ATTRIBUTE
_NOT_IN_LIST = Has.LIST | Has.ELEMENT | Has.ATTRIBUTE | Has.TEXT | Has.INTERLEAVE
_NOT_EXCEPTED = _NOT_IN_LIST | Has.GROUP | Has.REPEATED | Has.EMPTY
_NOT_AT_START = Has.ATTRIBUTE | Has.DATA | Has.LIST | Has.TEXT | Has.GROUP | Has.INTERLEAVE | Has.REPEATED | Has.EMPTY


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of a pattern."""

    has: int
    content: Content
    attributes: frozenset[Name] = frozenset()
    open_attributes: tuple[NameClass, ...] = ()


class _Wrong(Exception):
    """What may not be, in words."""


def check(start: Pattern, place: Place) -> list[Declaration]:
    """Check the start pattern and the content of all elements that can be reached from it; these elements."""
    checker = _Checker()
    try:
        _forbid(checker.facts(start).has & _NOT_AT_START, "start, for the root of a document is an element")
    except _Wrong as wrong:
        raise SchemaError(place.name, place.line, place.column, str(wrong)) from None
    for declaration in checker.reached:
        assert declaration.content is not None
        try:
            facts = checker.facts(declaration.content)
            _forbid_mixed(facts)
            if facts.has & Has.OPEN_ATTRIBUTE:
                raise _Wrong("an attribute of any name must be repeated (oneOrMore or zeroOrMore)")
        except _Wrong as wrong_content:
            where = declaration.place
            message = f"in the element “{shown(declaration.names)[0]}”: {wrong_content}"
            raise SchemaError(where.name, where.line, where.column, message) from None
    return sorted(checker.reached, key=attrgetter("number"))


class _Checker:
    """Finds the facts of patterns, each once, and the elements that can be in a document."""

    def __init__(self) -> None:
        self.known: dict[Pattern, _Facts] = {}
        self.reached: list[Declaration] = []

    def facts(self, pattern: Pattern) -> _Facts:
        found = self.known.get(pattern)
        if found is None:
            found = self.known[pattern] = self.found(pattern)
        return found

    def found(self, pattern: Pattern) -> _Facts:
        match pattern:
            case Element():
                self.reached.append(pattern.declaration)
                return _ELEMENT
            case Attribute():
                return self.attribute(pattern)
            case Choice():
                return _united([self.known.get(part) or self.facts(part) for part in pattern.parts])
            case Group() | Interleave():
                return self.together(pattern)
            case OneOrMore():
                return self.repeated(self.facts(pattern.parts[0]))
        return _LEAVES.get(type(pattern)) or self.data(pattern)

    def data(self, pattern: Pattern) -> _Facts:
        """The facts of data and lists."""
        if isinstance(pattern, List):
            _forbid(self.facts(pattern.parts[0]).has & _NOT_IN_LIST, "a list")
            return _Facts(Has.LIST, Content.SIMPLE)
        for part in pattern.parts:
            _forbid(self.facts(part).has & _NOT_EXCEPTED, "what is excepted from data")
        return _Facts(Has.DATA, Content.SIMPLE)

    def attribute(self, pattern: Attribute) -> _Facts:
        name = shown(pattern.names)[0]
        content = self.facts(pattern.parts[0])
        _forbid(content.has & _NOT_IN_ATTRIBUTE, f"the attribute “{name}”")
        _forbid_mixed(content)
        names = frozenset(plain_names(pattern.names))
        if not is_infinite(pattern.names):
            return _Facts(Has.ATTRIBUTE, Content.EMPTY, names)
        return _Facts(Has.ATTRIBUTE | Has.OPEN_ATTRIBUTE, Content.EMPTY, names, (pattern.names,))

    def repeated(self, facts: _Facts) -> _Facts:
        if facts.has & Has.GROUPED_ATTRIBUTE:
            raise _Wrong("a group with an attribute may not be repeated")
        has = (facts.has | Has.REPEATED) & ~Has.OPEN_ATTRIBUTE
        content = Content.MIXED if facts.content is Content.SIMPLE else facts.content
        return _Facts(has, content, facts.attributes, facts.open_attributes)

    def together(self, pattern: Pattern) -> _Facts:
        """The facts of a group or interleave."""
        parts = pattern.parts if isinstance(pattern, Interleave) else tuple(_chain(pattern))
        all_facts = [self.facts(part) for part in parts]
        _check_attributes(all_facts)
        contents = [facts.content for facts in all_facts if facts.content]
        content = (
            Content.MIXED if len(contents) > 1 and Content.SIMPLE in contents else max(contents, default=Content.EMPTY)
        )
        if isinstance(pattern, Interleave):
            _check_interleaved(parts)
        united = _united(all_facts)
        has = united.has | (Has.INTERLEAVE if isinstance(pattern, Interleave) else Has.GROUP)
        if has & Has.ATTRIBUTE:
            has |= Has.GROUPED_ATTRIBUTE
        return _Facts(has, content, united.attributes, united.open_attributes)


_ELEMENT = _Facts(Has.ELEMENT, Content.COMPLEX)
_LEAVES: dict[type[Pattern], _Facts] = {
    Text: _Facts(Has.TEXT, Content.COMPLEX),
    Empty: _Facts(Has.EMPTY, Content.EMPTY),
    NotAllowed: _Facts(0, Content.EMPTY),
}


def _united(facts: Sequence[_Facts]) -> _Facts:
    some = list({id(one): one for one in facts}.values())
    if len(some) == 1:
        return some[0]
    has = 0
    for one in some:
        has |= one.has
    names = [one.attributes for one in some if one.attributes]
    opened = tuple(dict.fromkeys(name for one in some for name in one.open_attributes))
    return _Facts(has, max(one.content for one in some), frozenset().union(*names), opened)


def _chain(pattern: Pattern) -> Iterator[Pattern]:
    """The parts of a group."""
    while isinstance(pattern, Group):
        yield pattern.parts[0]
        pattern = pattern.parts[1]
    yield pattern


def _in_words(has: int) -> str:
    return next(words for flag, words in _WORDS.items() if has & flag)


def _forbid(has: int, where: str) -> None:
    if has:
        raise _Wrong(f"{_in_words(has)} may not stand in {where}")


def _forbid_mixed(facts: _Facts) -> None:
    if facts.content is Content.MIXED:
        raise _Wrong("data may not be repeated or stand together with other content, except in a list")


def _check_attributes(facts: Sequence[_Facts]) -> None:
    """No two parts that come together may have attributes of the same name (7.3)."""
    some = [one for one in facts if one.has & Has.ATTRIBUTE]
    if len(some) < 2:
        return
    seen: set[Name] = set()
    opened: list[NameClass] = []
    for one in some:
        twice: NameClass | None = next(iter(seen & one.attributes), None)
        if twice is None and (opened or one.open_attributes):
            twice = _met(seen, opened, one.attributes, one.open_attributes)
        if twice is not None:
            raise _Wrong(f"the attribute “{shown(twice)[0]}” is there twice")
        seen |= one.attributes
        opened += one.open_attributes


def _met(
    names: Iterable[Name], opened: Sequence[NameClass], more: Iterable[Name], more_opened: Sequence[NameClass]
) -> NameClass | None:
    """A name that is in both of two collections, one of which has names that are not named one by one."""
    for one in opened:
        for other in (*more, *more_opened):
            if overlap(one, other):
                return other
    return next((name for other in more_opened for name in names if overlap(name, other)), None)


def _check_interleaved(parts: Sequence[Pattern]) -> None:
    """No two parts that are interleaved may have elements of the same name, or text (7.4)."""
    if sum(bool(part.holds & TEXT) for part in parts) > 1:
        raise _Wrong("text is interleaved with text")
    seen: set[Name] = set()
    opened: list[NameClass] = []
    for part in parts:
        names = [declaration.names for declaration in _elements(part)]
        plain = {name for one in names for name in plain_names(one)}
        infinite = [one for one in names if is_infinite(one)]
        twice = next(iter(seen & plain), None) or _met(seen, opened, plain, infinite)
        if twice is not None:
            raise _Wrong(f"the element “{shown(twice)[0]}” is interleaved with another of its name")
        seen |= plain
        opened += infinite


def _elements(pattern: Pattern) -> dict[Declaration, None]:
    """All elements in a pattern, but not those in them."""
    found: dict[Declaration, None] = {}
    seen: set[Pattern] = set()
    waiting = [pattern]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if isinstance(one, Element):
            found[one.declaration] = None
        elif not isinstance(one, Attribute):
            waiting.extend(one.parts)
    return found
