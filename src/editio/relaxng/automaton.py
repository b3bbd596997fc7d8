"""States of elements and the steps between them, found lazily and kept: what makes validation fast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from editio.relaxng import recovery
from editio.relaxng.derivatives import Derivatives, firsts
from editio.relaxng.faults import Kind
from editio.relaxng.names import AnyName, contains, name_of
from editio.relaxng.patterns import (
    ATTRIBUTES,
    VALUES,
    Attribute,
    Declaration,
    Pattern,
    Place,
    Pool,
    Prefixes,
)
from editio.relaxng.plans import Plan, Plans

MOST_KNOWN = 10_000
LONGEST_KNOWN = 200
NOWHERE = Place("", 1, 1)


class Said(NamedTuple):
    """A fault but for its place."""

    kind: Kind
    element: str
    message: str
    allowed: tuple[str, ...] = ()
    attribute: str = ""
    value: str = ""


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


class Automaton:
    """The states of a schema."""

    def __init__(self, pool: Pool, start: Pattern, declarations: Sequence[Declaration]) -> None:
        self.pool = pool
        self.steps = Derivatives(pool)
        self.plans = Plans(self.steps)
        self.declarations = declarations
        self._states: dict[object, State] = {}
        self._openings: dict[tuple[Declaration, ...], Opening] = {}
        self._several: dict[tuple[Declaration, ...], Several] = {}
        self._strays: dict[str, Opening] = {}
        self._named: dict[str, tuple[Declaration, ...]] = {}
        self._open = [one for one in declarations if one.is_open]
        self.said: dict[tuple[object, ...], Said] = {}
        self.guesses: dict[tuple[State, str], tuple[State, ...]] = {}
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

    def beginning(self, some: Iterable[Declaration]) -> State:
        """The state before the first child of an element that may be of any of some declarations."""
        return self.state({one: self.steps.content(self.plans.plan(one).rest) for one in some})

    def after_value(self, state: State, text: str, prefixes: Prefixes) -> State | None:
        """The state after text where text may be a value but elements follow; None if it may not stand here."""
        after = {one: self.steps.after_text(pattern, text, prefixes) for one, pattern in state.left.items()}
        left = {one: pattern for one, pattern in after.items() if pattern is not self.pool.not_allowed}
        return self.state(left) if left else None

    def after(self, state: State, done: Done) -> State:
        """The state after a child; the same state if the child should not have been there."""
        left = {}
        for one, pattern in state.left.items():
            possible = firsts(pattern, self.pool.spend)
            if isinstance(done, Declaration):
                after = self.steps.after_element(pattern, done) if done in possible else self.pool.not_allowed
            else:
                some = (child for child in done.declarations if child in possible)
                after = self.pool.choice(self.steps.after_element(pattern, child) for child in some)
            if after is not self.pool.not_allowed:
                left[one] = after
        found = state.after[done] = self.state(left) if left else state
        return found

    def opening(self, state: State, name: str) -> Opening | None:
        """What begins with an element of this name; None if it may not stand here."""
        named = self.named(name)
        possible = [firsts(pattern, self.pool.spend) for pattern in state.left.values()]
        if len(possible) == 1:
            found = tuple([one for one in named if one in possible[0]])
        else:
            found = tuple([one for one in named if any(one in some for some in possible)])
        if not found:
            return None
        opening = state.children[name] = self.opened(found)
        return opening

    def named(self, name: str) -> tuple[Declaration, ...]:
        """All declarations of which an element of this name may be, in their order."""
        found = self._named.get(name)
        if found is None:
            parted = name_of(name)
            some = {*self.by_name.get(name, ()), *(one for one in self._open if contains(one.names, parted))}
            found = tuple(sorted(some, key=attrgetter("number")))
            if len(self._named) < MOST_KNOWN:
                self._named[name] = found
        return found

    def opened(self, candidates: tuple[Declaration, ...]) -> Opening:
        """An element that may be of any of these declarations."""
        opening = self._openings.get(candidates)
        if opening is None:
            opening = self._openings[candidates] = Opening(candidates)
            if len(candidates) == 1:
                self._prepare(opening, self.plans.plan(candidates[0]))
        return opening

    def _prepare(self, opening: Opening, plan: Plan) -> None:
        opening.checks = plan.simple
        opening.required = plan.required
        if not plan.rest.holds & ATTRIBUTES:
            opening.full = self.state({opening.candidates[0]: plan.rest})
            if not plan.required:
                opening.bare = opening.full

    def later(self, state: State, name: str) -> State | None:
        """The state in which an element of this name may stand, once what must come before has been passed over."""
        if name in state.later:
            return state.later[name]
        named = self.named(name)
        passed = {one: recovery.passed(self.pool, pattern, named) for one, pattern in state.left.items()}
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
        return recovery.completing(state.left.values())

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


def _copy(declaration: Declaration) -> Declaration:
    """A declaration like another that no pattern speaks of."""
    copy = Declaration(declaration.number, declaration.names, declaration.place)
    copy.content = declaration.content
    return copy
