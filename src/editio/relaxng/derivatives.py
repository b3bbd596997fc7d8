"""What is left to come of a pattern after an element, an attribute or text (derivatives, after James Clark's algorithm)."""

from __future__ import annotations

from collections.abc import Callable

from editio.relaxng.patterns import (
    ATTRIBUTES,
    TEXT,
    VALUES,
    Attribute,
    Choice,
    Data,
    Declaration,
    Element,
    Group,
    Interleave,
    List,
    OneOrMore,
    Pattern,
    Pool,
    Prefixes,
    Text,
    Value,
)

BLANKS = " \t\r\n"


def _free(_: int) -> None:
    """Spend nothing."""


def firsts(pattern: Pattern, spend: Callable[[int], None] = _free) -> dict[Declaration, None]:
    """The elements with which a pattern may begin; to find them may be work, which is counted."""
    if pattern.firsts is None:
        found: dict[Declaration, None] = {}
        _collect_firsts(pattern, found, spend)
        spend(len(found))
        pattern.firsts = found
    return pattern.firsts


def _collect_firsts(pattern: Pattern, found: dict[Declaration, None], spend: Callable[[int], None]) -> None:
    while isinstance(pattern, Group):
        _collect_firsts(pattern.parts[0], found, spend)
        spend(1)
        if not pattern.parts[0].nullable:
            return
        pattern = pattern.parts[1]
        if pattern.firsts is not None:
            found.update(pattern.firsts)
            return
    if isinstance(pattern, Element):
        found[pattern.declaration] = None
    elif isinstance(pattern, Choice | Interleave | OneOrMore):
        for part in pattern.parts:
            if isinstance(part, Element):
                found[part.declaration] = None
            elif part.firsts is None:
                _collect_firsts(part, found, spend)
            else:
                found.update(part.firsts)


def attributes(pattern: Pattern) -> tuple[Attribute, ...]:
    """All attributes that a pattern speaks of."""
    if pattern.attributes is None:
        found: dict[Attribute, None] = {}
        _collect_attributes(pattern, found)
        pattern.attributes = tuple(found)
    return pattern.attributes


def _collect_attributes(pattern: Pattern, found: dict[Attribute, None]) -> None:
    while isinstance(pattern, Group):
        _collect_attributes(pattern.parts[0], found)
        pattern = pattern.parts[1]
    if isinstance(pattern, Attribute):
        found[pattern] = None
    elif pattern.holds & ATTRIBUTES:
        for part in pattern.parts:
            _collect_attributes(part, found)


class Derivatives:
    """Derivatives of the patterns of one pool, each found once."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self._elements: dict[tuple[Pattern, Declaration], Pattern] = {}
        self._attributes: dict[tuple[Pattern, frozenset[Attribute]], Pattern] = {}
        self._texts: dict[Pattern, Pattern] = {}

    def after_element(self, pattern: Pattern, declaration: Declaration) -> Pattern:
        """What is left after an element of this declaration."""
        if isinstance(pattern, Element):
            return self.pool.empty if pattern.declaration is declaration else self.pool.not_allowed
        key = (pattern, declaration)
        found = self._elements.get(key)
        if found is None:
            self.pool.spend(1)
            step = _AFTER_ELEMENT.get(type(pattern))
            found = self._elements[key] = step(self, pattern, declaration) if step else self.pool.not_allowed
        return found

    def after_attribute(self, pattern: Pattern, some: frozenset[Attribute]) -> Pattern:
        """What is left after an attribute that is any of some."""
        if isinstance(pattern, Attribute):
            return self.pool.empty if pattern in some else self.pool.not_allowed
        if not pattern.holds & ATTRIBUTES:
            return self.pool.not_allowed
        key = (pattern, some)
        found = self._attributes.get(key)
        if found is None:
            found = self._attributes[key] = self._after_attribute(pattern, some)
        return found

    def _after_attribute(self, pattern: Pattern, some: frozenset[Attribute]) -> Pattern:
        pool = self.pool
        if isinstance(pattern, Choice):
            return pool.choice(self.after_attribute(part, some) for part in pattern.parts)
        if isinstance(pattern, OneOrMore):
            return pool.group(self.after_attribute(pattern.parts[0], some), pool.optional(pattern))
        if isinstance(pattern, Interleave):
            return self._one_of(pattern.parts, lambda part: self.after_attribute(part, some))
        passed: list[Pattern] = []
        left: list[Pattern] = []
        while isinstance(pattern, Group):
            first, second = pattern.parts
            after = self.after_attribute(first, some)
            if after is not pool.not_allowed:
                left.append(self._grouped(passed, pool.group(after, second)))
            passed.append(first)
            pattern = second
        left.append(self._grouped(passed, self.after_attribute(pattern, some)))
        return pool.choice(left)

    def _grouped(self, parts: list[Pattern], last: Pattern) -> Pattern:
        if last is self.pool.not_allowed:
            return last
        self.pool.spend(len(parts))
        for part in reversed(parts):
            last = self.pool.group(part, last)
        return last

    def _one_of(self, parts: tuple[Pattern, ...], after: Callable[[Pattern], Pattern]) -> Pattern:
        """An interleave, one part of which goes a step on."""
        left = []
        self.pool.spend(len(parts))
        for at, part in enumerate(parts):
            step = after(part)
            if step is not self.pool.not_allowed:
                left.append(self.pool.interleave((*parts[:at], step, *parts[at + 1 :])))
        return self.pool.choice(left)

    def closed(self, pattern: Pattern) -> Pattern:
        """What is left once there are no more attributes."""
        if not pattern.holds & ATTRIBUTES:
            return pattern
        if pattern.closed is None:
            pattern.closed = self.without_attributes(pattern, self.closed, self.pool.not_allowed)
        return pattern.closed

    def content(self, pattern: Pattern) -> Pattern:
        """A pattern as if all its attributes had been there."""
        if not pattern.holds & ATTRIBUTES:
            return pattern
        return self.without_attributes(pattern, self.content, self.pool.empty)

    def without_attributes(self, pattern: Pattern, again: Callable[[Pattern], Pattern], attribute: Pattern) -> Pattern:
        """A pattern made again of its parts, with something else instead of attributes."""
        pool = self.pool
        match pattern:
            case Attribute():
                return attribute
            case Choice(parts=parts):
                return pool.choice(again(part) for part in parts)
            case Interleave(parts=parts):
                return pool.interleave(again(part) for part in parts)
            case OneOrMore(parts=parts):
                return pool.one_or_more(again(parts[0]))
        passed = []
        while isinstance(pattern, Group) and pattern.holds & ATTRIBUTES:
            passed.append(again(pattern.parts[0]))
            pattern = pattern.parts[1]
        left = again(pattern)
        for part in reversed(passed):
            left = pool.group(part, left)
        return left

    def after_words(self, pattern: Pattern) -> Pattern:
        """What is left after text, for a pattern without values."""
        if isinstance(pattern, Text):
            return pattern
        if not pattern.holds & TEXT:
            return self.pool.not_allowed
        found = self._texts.get(pattern)
        if found is None:
            found = self._texts[pattern] = self._after_text(pattern, self.after_words)
        return found

    def after_text(self, pattern: Pattern, text: str, prefixes: Prefixes) -> Pattern:
        """What is left after text."""
        if not pattern.holds & VALUES:
            return self.after_words(pattern)
        if isinstance(pattern, Data | Value | List):
            return self.pool.empty if self._fits(pattern, text, prefixes) else self.pool.not_allowed
        self.pool.spend(1)
        return self._after_text(pattern, lambda part: self.after_text(part, text, prefixes))

    def _fits(self, pattern: Data | Value | List, text: str, prefixes: Prefixes) -> bool:
        if isinstance(pattern, Value):
            return pattern.datatype.meaning(text, prefixes) == pattern.meaning
        if isinstance(pattern, List):
            return self._listed(pattern.parts[0], text, prefixes)
        excepted = pattern.parts
        return pattern.datatype.allows(text, prefixes) and not (excepted and self.matches(excepted[0], text, prefixes))

    def _listed(self, pattern: Pattern, text: str, prefixes: Prefixes) -> bool:
        words = words_of(text)
        if isinstance(pattern, OneOrMore) and _is_one_word(pattern.parts[0]):
            return bool(words) and all(self.matches(pattern.parts[0], word, prefixes) for word in set(words))
        self.pool.work -= 10 * len(words)  # a long list may be much work
        seen: dict[tuple[Pattern, str], Pattern] = {}
        for word in words:
            key = (pattern, word)
            if key not in seen:
                seen[key] = self.after_text(pattern, word, prefixes)
            pattern = seen[key]
            if pattern is self.pool.not_allowed:
                return False
        return pattern.nullable

    def _after_text(self, pattern: Pattern, after: Callable[[Pattern], Pattern]) -> Pattern:
        pool = self.pool
        if isinstance(pattern, Choice):
            return pool.choice(after(part) for part in pattern.parts)
        if isinstance(pattern, OneOrMore):
            return pool.group(after(pattern.parts[0]), pool.optional(pattern))
        if isinstance(pattern, Interleave):
            return self._one_of(pattern.parts, after)
        left = []
        while isinstance(pattern, Group):
            first, second = pattern.parts
            left.append(pool.group(after(first), second))
            pool.spend(1)
            if not first.nullable:
                return pool.choice(left)
            pattern = second
        left.append(after(pattern))
        return pool.choice(left)

    def matches(self, pattern: Pattern, text: str, prefixes: Prefixes) -> bool:
        """Whether text, and nothing else, is what a pattern wants."""
        if isinstance(pattern, Data | Value | List):
            return self._fits(pattern, text, prefixes)
        if isinstance(pattern, Choice):
            return any(self.matches(part, text, prefixes) for part in pattern.parts)
        if pattern.nullable and (isinstance(pattern, Text) or not text.strip(BLANKS)):
            return True
        return self.after_text(pattern, text, prefixes).nullable

    def element_after_choice(self, pattern: Pattern, declaration: Declaration) -> Pattern:
        """What is left of a choice."""
        assert isinstance(pattern, Choice)
        if pattern.branches is None:
            pattern.branches = {}
            for part in pattern.parts:
                starts = (part.declaration,) if isinstance(part, Element) else firsts(part, self.pool.spend)
                for first in starts:
                    pattern.branches.setdefault(first, []).append(part)
        branches = pattern.branches.get(declaration, ())
        if len(branches) == 1:
            return self.after_element(branches[0], declaration)
        return self.pool.choice(self.after_element(part, declaration) for part in branches)

    def element_after_group(self, pattern: Pattern, declaration: Declaration) -> Pattern:
        """What is left of a group."""
        left = []
        while isinstance(pattern, Group):
            first, second = pattern.parts
            left.append(self.pool.group(self.after_element(first, declaration), second))
            self.pool.spend(1)
            if not first.nullable:
                return self.pool.choice(left)
            if (second, declaration) in self._elements:
                return self.pool.choice((*left, self._elements[second, declaration]))
            pattern = second
        left.append(self.after_element(pattern, declaration))
        return self.pool.choice(left)

    def element_after_interleave(self, pattern: Pattern, declaration: Declaration) -> Pattern:
        """What is left of an interleave."""
        return self._one_of(pattern.parts, lambda part: self.after_element(part, declaration))

    def element_after_repeated(self, pattern: Pattern, declaration: Declaration) -> Pattern:
        """What is left of what may be repeated."""
        return self.pool.group(self.after_element(pattern.parts[0], declaration), self.pool.optional(pattern))


def _is_one_word(pattern: Pattern) -> bool:
    """Whether a pattern in a list is about one word."""
    return all(
        isinstance(part, Data | Value) for part in (pattern.parts if isinstance(pattern, Choice) else (pattern,))
    )


def words_of(text: str) -> list[str]:
    """The words of a list, parted at what is blank in XML."""
    return [word for word in text.translate(_SPACES).split(" ") if word]


_SPACES = str.maketrans("\t\r\n", "   ")
_AFTER_ELEMENT: dict[type[Pattern], Callable[[Derivatives, Pattern, Declaration], Pattern]] = {
    Choice: Derivatives.element_after_choice,
    Group: Derivatives.element_after_group,
    Interleave: Derivatives.element_after_interleave,
    OneOrMore: Derivatives.element_after_repeated,
}
