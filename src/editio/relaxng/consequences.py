"""Tells faults that only follow from another in the same element from those that are mistakes of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from editio.relaxng.automaton import MOST_KNOWN, Automaton, State
from editio.relaxng.derivatives import firsts
from editio.relaxng.recovery import lacks_one

MOST_GUESSES = 12
FEW = 10  # an order of so few elements is strict enough to guess which of them was meant
Where = tuple[int, int]  # line and column of a fault


@dataclass(frozen=True, slots=True)
class Guess:
    """The state in which an element would be were a fault mended, by bringing a child to its place if one is named."""

    state: State
    fault: Where
    pending: str = ""


class Watch:
    """An element with a fault in it, as it may have been meant; what it was guessed to be goes on with what comes."""

    def __init__(self, automaton: Automaton) -> None:
        self.automaton = automaton
        self.guesses: list[Guess] = []
        self.strange: dict[State, Where] = {}  # the first fault in each state
        self.cause: Where | None = None  # the fault without which the last child might stand where it does

    def step(self, name: str) -> None:
        """Go on with a child."""
        self.cause = None
        stepped: dict[tuple[State, str], Guess] = {}
        for guess in self.guesses:
            after = _after(self.automaton, guess.state, name)
            if after is not None:
                self.cause = guess.fault
            for one in _with_pending(self.automaton, Guess(after or guess.state, guess.fault, guess.pending)):
                stepped.setdefault((one.state, one.pending), one)
        self.guesses = list(stepped.values())[-MOST_GUESSES:]

    def cause_of_end(self, state: State) -> Where | None:
        """The fault without which the element would be complete."""
        for guess in reversed(self.guesses):
            if guess.state.done is not None:
                return guess.fault
        return self.strange.get(state) if lacks_one(state.left.values()) else None

    def note(self, state: State, name: str, where: Where) -> None:
        """Remember a fault that follows from none before: a child of this name in a state in which none may stand."""
        self.strange.setdefault(state, where)
        self.guesses.append(Guess(state, where, name))
        self.guesses += (Guess(guess, where) for guess in _guesses(self.automaton, state, name))
        del self.guesses[:-MOST_GUESSES]


def _with_pending(automaton: Automaton, guess: Guess) -> Iterator[Guess]:
    """A guess, and the same with the child that is still to come, if it may come now."""
    after = _after(automaton, guess.state, guess.pending) if guess.pending else None
    if after is not None:
        yield Guess(after, guess.fault)
    yield guess


def _guesses(automaton: Automaton, state: State, name: str) -> tuple[State, ...]:
    key = (state, name)
    found = automaton.guesses.get(key)
    if found is None:
        found = tuple(dict.fromkeys(_found(automaton, state, name)))
        if len(automaton.guesses) < MOST_KNOWN:
            automaton.guesses[key] = found
    return found


def _found(automaton: Automaton, state: State, name: str) -> Iterator[State]:
    possible = dict.fromkeys(first for pattern in state.left.values() for first in firsts(pattern))
    if len(possible) <= FEW:  # the child should be another
        yield from (automaton.after(state, first) for first in possible)
    start = automaton.beginning(state)  # what came before the child should have come after it
    place = start if automaton.opening(start, name) else automaton.later(start, name)
    after = _after(automaton, place, name) if place else None
    if after is not None:
        yield after


def _after(automaton: Automaton, state: State, name: str) -> State | None:
    """The state after a child of this name; None if there may be none."""
    opening = state.children.get(name) or automaton.opening(state, name)
    done = automaton.met(opening.candidates) if opening else None
    return (state.after.get(done) or automaton.after(state, done)) if done else None
