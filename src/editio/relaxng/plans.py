"""Which attributes an element may have, must have, and has: those that stand by themselves are taken out of its content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from editio.relaxng.derivatives import Derivatives, attributes
from editio.relaxng.names import Name, contains, expanded, name_of, plain_names
from editio.relaxng.patterns import ATTRIBUTES, Attribute, Choice, Declaration, Group, Interleave, Pattern, Prefixes


@dataclass(frozen=True, slots=True)
class Plan:
    """The attributes of a pattern that stand by themselves, those of them that must be there, and what is left without them."""

    simple: dict[str, Attribute]
    required: frozenset[str]
    rest: Pattern


@dataclass(frozen=True, slots=True)
class BadAttribute:
    """An attribute that may not be there (no choices), has a bad value, or is missing (no value)."""

    name: str
    value: str | None
    choices: tuple[Attribute, ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """What comes of taking the attributes of an element for those of one declaration."""

    declaration: Declaration
    left: Pattern
    bad: tuple[BadAttribute, ...]
    identities: tuple[tuple[str, str], ...]


class Plans:
    """The plans of all elements."""

    def __init__(self, steps: Derivatives) -> None:
        self.pool = steps.pool
        self.steps = steps
        self._plans: dict[Pattern, Plan] = {}

    def plan(self, declaration: Declaration) -> Plan:
        """The attributes of a declaration."""
        assert declaration.content is not None
        return self._plan(declaration.content)

    def _plan(self, pattern: Pattern) -> Plan:
        found = self._plans.get(pattern)
        if found is None:
            found = self._plans[pattern] = self._parted(pattern)
        return found

    def _parted(self, pattern: Pattern) -> Plan:
        if not pattern.holds & ATTRIBUTES:
            return Plan({}, frozenset(), pattern)
        if isinstance(pattern, Interleave):
            parts = [self._plan(part) for part in pattern.parts]
            return self._united(parts, self.pool.interleave(part.rest for part in parts))
        if not isinstance(pattern, Group):
            return self._single(pattern)
        parts = []
        while isinstance(pattern, Group) and pattern.holds & ATTRIBUTES:
            first, pattern = pattern.parts
            parts.append(self._plan(first))
        parts.append(self._plan(pattern))
        left = self.pool.empty
        for part in reversed(parts):
            left = self.pool.group(part.rest, left)
        return self._united(parts, left)

    def _united(self, parts: Sequence[Plan], rest: Pattern) -> Plan:
        simple: dict[str, Attribute] = {}
        for part in parts:
            simple.update(part.simple)
        return Plan(simple, frozenset().union(*(part.required for part in parts)), rest)

    def _single(self, pattern: Pattern) -> Plan:
        """The plan of an attribute or of what holds attributes that depend on one another."""
        optional = isinstance(pattern, Choice) and len(pattern.parts) == 2 and pattern.parts[0] is self.pool.empty
        one = pattern.parts[1] if optional else pattern
        if not isinstance(one, Attribute) or not isinstance(one.names, Name):
            return Plan({}, frozenset(), pattern)
        name = expanded(one.names)
        return Plan({name: one}, frozenset(() if optional else (name,)), self.pool.empty)

    def attempt(self, declaration: Declaration, given: Sequence[tuple[str, str]], prefixes: Prefixes) -> Attempt:
        """Take attributes for those of a declaration."""
        plan = self.plan(declaration)
        rest = plan.rest
        bad: list[BadAttribute] = []
        identities: list[tuple[str, str]] = []
        for name, value in given:
            simple = plan.simple.get(name)
            choices = (simple,) if simple else self._choices(rest, name)
            good = [one for one in choices if self.steps.matches(one.parts[0], value, prefixes)]
            after = rest if simple else self.steps.after_attribute(rest, frozenset(good or choices))
            if not choices or after is self.pool.not_allowed:
                bad.append(BadAttribute(name, value, ()))
                continue
            rest = after
            if not good:
                bad.append(BadAttribute(name, value, choices))
            identities += ((one.identity, value) for one in good if one.identity)
        there = {name for name, _ in given}
        bad += (BadAttribute(name, None, (plan.simple[name],)) for name in sorted(plan.required - there))
        left, missing = self._closed(rest)
        return Attempt(declaration, left, (*bad, *missing), tuple(dict.fromkeys(identities)))

    def _choices(self, pattern: Pattern, name: str) -> tuple[Attribute, ...]:
        if not pattern.holds & ATTRIBUTES:
            return ()
        parted = name_of(name)
        return tuple(one for one in attributes(pattern) if contains(one.names, parted))

    def _closed(self, pattern: Pattern) -> tuple[Pattern, list[BadAttribute]]:
        """What is left after the last attribute, and the attributes without which it cannot be."""
        left = self.steps.closed(pattern)
        if left is not self.pool.not_allowed:
            return left, []
        needed = attributes(pattern)
        alone = [one for one in needed if self._needs(pattern, one)]
        missing = [self._missing(alone[:1])] if alone else [self._missing(needed)]
        missing += (self._missing([one]) for one in alone[1:])
        return self.steps.content(pattern), missing

    def _needs(self, pattern: Pattern, one: Attribute) -> bool:
        """Whether all attributes but one would not be enough."""
        others = frozenset(attributes(pattern)) - {one}
        return self._given(pattern, others) is self.pool.not_allowed

    def _given(self, pattern: Pattern, some: frozenset[Attribute]) -> Pattern:
        if isinstance(pattern, Attribute):
            return self.pool.empty if pattern in some else self.pool.not_allowed
        if not pattern.holds & ATTRIBUTES:
            return pattern
        return self.steps.without_attributes(pattern, lambda part: self._given(part, some), self.pool.not_allowed)

    def _missing(self, some: Sequence[Attribute]) -> BadAttribute:
        names = [expanded(name) for one in some for name in plain_names(one.names)]
        return BadAttribute(names[0] if names else "", None, tuple(some))
