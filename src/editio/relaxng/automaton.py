"""States of elements and the steps between them, found lazily and kept: what makes validation fast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from editio.relaxng import recovery
from editio.relaxng.derivatives import Derivatives, attributes, firsts
from editio.relaxng.faults import Kind
from editio.relaxng.names import AnyName, Name, contains, expanded, name_of, plain_names
from editio.relaxng.patterns import (
    ATTRIBUTES,
    VALUES,
    Attribute,
    Choice,
    Declaration,
    Group,
    Interleave,
    Pattern,
    Place,
    Pool,
    Prefixes,
)

MOST_KNOWN = 10_000
LONGEST_KNOWN = 200
Said = tuple[Kind, str, str, tuple[str, ...]]  # a fault but for its place
NOWHERE = Place("", 1, 1)


class Several:
    """Declarations of which any may be the one that an element has met."""

    __slots__ = ("declarations",)

    def __init__(self, declarations: tuple[Declaration, ...]) -> None:
        self.declarations = declarations


Done = Declaration | Several


class State:
    """How far an element has come: what is left, for each declaration it may be of."""

    __slots__ = ("after", "after_text", "by_text", "children", "done", "free", "later", "left", "values")

    def __init__(self, left: dict[Declaration, Pattern]) -> None:
        self.left = left
        self.children: dict[str, Opening] = {}
        self.after: dict[Done, State] = {}
        self.after_text: State | None = None  # None: text may not stand here
        self.free = False  # text makes no difference
        self.values = any(pattern.holds & VALUES for pattern in left.values())
        self.done: Done | None = None  # the element may end here
        self.later: dict[str, State | None] = {}  # where an element may stand that came too early
        self.by_text: dict[str, State] = {}  # where text alone is a value


@dataclass(frozen=True, slots=True)
class Plan:
    """The attributes of a declaration: those that stand by themselves, and the rest of the content."""

    simple: dict[str, Attribute]
    required: frozenset[str]
    rest: Pattern


class Opening:
    """An element that begins here, by what it may be; what its attributes lead to."""

    __slots__ = ("bare", "candidates", "checks", "full", "known", "required")

    def __init__(self, candidates: tuple[Declaration, ...]) -> None:
        self.candidates = candidates
        self.checks: dict[str, Attribute] = {}
        self.required: frozenset[str] = frozenset()
        self.bare: State | None = None  # after no attributes, if there need not be any
        self.full: State | None = None  # after any attributes that are good by themselves
        self.known: dict[tuple[str, ...], State] = {}


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


class Automaton:
    """The states of a schema."""

    def __init__(self, pool: Pool, start: Pattern, declarations: Sequence[Declaration]) -> None:
        self.pool = pool
        self.steps = Derivatives(pool)
        self.declarations = declarations
        self._states: dict[object, State] = {}
        self._openings: dict[tuple[Declaration, ...], Opening] = {}
        self._several: dict[tuple[Declaration, ...], Several] = {}
        self._plans: dict[Declaration, Plan] = {}
        self._strays: dict[str, Opening] = {}
        self.said: dict[tuple[object, ...], Said] = {}
        self.root = Declaration(-1, AnyName(None), NOWHERE)
        self.root.content = start
        self.start = self.state({self.root: start})
        self.skipped = Declaration(-2, AnyName(None), NOWHERE)  # an element that nothing is known of
        self.skipping = State({})
        self.skipping.free = True
        self.skipping.after_text = self.skipping
        self.skipping.done = self.skipped
        self.skipping.after[self.skipped] = self.skipping
        self.skipped_opening = Opening(())
        self.skipped_opening.bare = self.skipping

    def state(self, left: dict[Declaration, Pattern]) -> State:
        """The state in which this is left."""
        key: object = next(iter(left.items())) if len(left) == 1 else frozenset(left.items())
        found = self._states.get(key)
        if found is None:
            self.pool.spend(len(left))
            found = self._states[key] = State(left)
            found.done = self.met(one for one, pattern in left.items() if pattern.nullable)
            if not found.values:
                after = self._after_text(left)
                found.after_text = self.state(after) if after and after != left else found if after else None
                found.free = found.after_text is found
        return found

    def _after_text(self, left: dict[Declaration, Pattern]) -> dict[Declaration, Pattern]:
        after = {one: self.steps.after_words(pattern) for one, pattern in left.items()}
        return {one: pattern for one, pattern in after.items() if pattern is not self.pool.not_allowed}

    def met(self, declarations: Iterable[Declaration]) -> Done | None:
        """The declarations that an element has met, as one thing."""
        some = tuple(declarations)
        if len(some) <= 1:
            return some[0] if some else None
        found = self._several.get(some)
        if found is None:
            found = self._several[some] = Several(some)
        return found

    def after_whole(self, state: State, text: str, prefixes: Prefixes) -> State:
        """The state after the only text of an element, which may be a value."""
        found = state.by_text.get(text)
        if found is None:
            nothing, matches = self.pool.empty, self.steps.matches
            left = {one: nothing for one, pattern in state.left.items() if matches(pattern, text, prefixes)}
            found = self.state(left or {one: self.pool.not_allowed for one in state.left})
            if len(text) < LONGEST_KNOWN and len(state.by_text) < MOST_KNOWN and not prefixes:
                state.by_text[text] = found
        return found

    def given_up(self, state: State) -> State:
        """A state in which nothing more is asked of an element."""
        return self.state(dict.fromkeys(state.left, self.pool.empty))

    def after_value(self, state: State, text: str, prefixes: Prefixes) -> State | None:
        """The state after text where text may be a value but elements follow; None if it may not stand here."""
        after = {one: self.steps.after_text(pattern, text, prefixes) for one, pattern in state.left.items()}
        left = {one: pattern for one, pattern in after.items() if pattern is not self.pool.not_allowed}
        return self.state(left) if left else None

    def after(self, state: State, done: Done) -> State:
        """The state after a child; the same state if the child should not have been there."""
        met = done.declarations if isinstance(done, Several) else (done,)
        left = {}
        for one, pattern in state.left.items():
            possible = firsts(pattern, self.pool.spend).all
            after = self.pool.choice(self.steps.after_element(pattern, child) for child in met if child in possible)
            if after is not self.pool.not_allowed:
                left[one] = after
        found = state.after[done] = self.state(left) if left else state
        return found

    def opening(self, state: State, name: str) -> Opening | None:
        """What begins with an element of this name; None if it may not stand here."""
        found: dict[Declaration, None] = {}
        for pattern in state.left.values():
            some = firsts(pattern, self.pool.spend)
            found.update(dict.fromkeys(some.by_name.get(name, ())))
            if some.others:
                parted = name_of(name)
                found.update(dict.fromkeys(one for one in some.others if contains(one.names, parted)))
        if not found:
            return None
        opening = state.children[name] = self.opened(tuple(sorted(found, key=_number)))
        return opening

    def opened(self, candidates: tuple[Declaration, ...]) -> Opening:
        """An element that may be of any of these declarations."""
        opening = self._openings.get(candidates)
        if opening is None:
            opening = self._openings[candidates] = Opening(candidates)
            if len(candidates) == 1:
                self._prepare(opening, self.plan(candidates[0]))
        return opening

    def _prepare(self, opening: Opening, plan: Plan) -> None:
        opening.checks = plan.simple
        opening.required = plan.required
        if not plan.rest.holds & ATTRIBUTES:
            opening.full = self.state({opening.candidates[0]: plan.rest})
            if not plan.required:
                opening.bare = opening.full

    def plan(self, declaration: Declaration) -> Plan:
        """The attributes of a declaration."""
        found = self._plans.get(declaration)
        if found is None:
            assert declaration.content is not None
            simple: dict[str, Attribute] = {}
            required: set[str] = set()
            rest = self._parted(declaration.content, simple, required)
            found = self._plans[declaration] = Plan(simple, frozenset(required), rest)
        return found

    def _parted(self, pattern: Pattern, simple: dict[str, Attribute], required: set[str]) -> Pattern:
        """What is left of a pattern without the attributes that stand by themselves, which are noted."""
        if not pattern.holds & ATTRIBUTES:
            return pattern
        if isinstance(pattern, Interleave):
            return self.pool.interleave([self._parted(part, simple, required) for part in pattern.parts])
        if not isinstance(pattern, Group):
            return self.pool.empty if self._noted(pattern, simple, required) else pattern
        parts = []
        while isinstance(pattern, Group) and pattern.holds & ATTRIBUTES:
            first, pattern = pattern.parts
            if not self._noted(first, simple, required):
                parts.append(self._parted(first, simple, required))
        left = self._parted(pattern, simple, required)
        for part in reversed(parts):
            left = self.pool.group(part, left)
        return left

    def _noted(self, pattern: Pattern, simple: dict[str, Attribute], required: set[str]) -> bool:
        optional = isinstance(pattern, Choice) and len(pattern.parts) == 2 and pattern.parts[0] is self.pool.empty
        one = pattern.parts[1] if optional else pattern
        if not isinstance(one, Attribute) or not isinstance(one.names, Name):
            return False
        name = expanded(one.names)
        simple[name] = one
        if not optional:
            required.add(name)
        return True

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

    def later(self, state: State, name: str) -> State | None:
        """The state in which an element of this name may stand, once what must come before has been passed over."""
        if name in state.later:
            return state.later[name]
        passed = {one: recovery.passed(self.pool, pattern, name) for one, pattern in state.left.items()}
        left = {one: pattern for one, pattern in passed.items() if pattern is not None}
        found = self.state(left) if left else None
        if len(state.later) < MOST_KNOWN:
            state.later[name] = found
        return found

    def needed(self, state: State, later: State) -> tuple[str, ...]:
        """The elements that should have come before a later state."""
        return recovery.needed((pattern, later.left.get(one)) for one, pattern in state.left.items())

    def completing(self, state: State) -> tuple[str, ...]:
        """The elements any of which would make an element complete, or else those that may come next."""
        return recovery.completing(self.steps, state.left.values())

    def stray(self, name: str) -> Opening | None:
        """An element where none may stand, by all declarations of its name; its parent does not notice it."""
        some = self.by_name.get(name)
        if some and name not in self._strays:
            self._strays[name] = self.opened(tuple(_copy(one) for one in some))
        return self._strays.get(name)

    @cached_property
    def namespaces(self) -> dict[str, list[str]]:
        """In which namespaces there are elements, by local name."""
        found: dict[str, list[str]] = {}
        for name in map(name_of, sorted(self.by_name)):
            found.setdefault(name.local, []).append(name.namespace)
        return found

    @cached_property
    def by_name(self) -> dict[str, list[Declaration]]:
        """All declarations by each name that they name."""
        found: dict[str, list[Declaration]] = {}
        for declaration in self.declarations:
            for name in declaration.plain:
                found.setdefault(name, []).append(declaration)
        return found


def _number(declaration: Declaration) -> int:
    return declaration.number


def _copy(declaration: Declaration) -> Declaration:
    """A declaration like another that no pattern speaks of."""
    copy = Declaration(declaration.number, declaration.names, declaration.place)
    copy.content = declaration.content
    return copy
