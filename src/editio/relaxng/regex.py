"""Regular expressions of XML Schema (part 2, appendix F), matched in time linear in the text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from editio.relaxng.blocks import block
from editio.relaxng.lexical import is_name, is_nmtoken

MOST_STATES = 20_000
MOST_SETS = 5_000
Test = Callable[[str], bool]


class RegexError(ValueError):
    """What is wrong with a regular expression."""


@lru_cache(maxsize=1000)
def compiled(expression: str) -> Regex:
    """A regular expression, ready to match."""
    return Regex(expression)


# --- what a part of an expression may be


@dataclass(frozen=True, slots=True)
class _Chars:
    """One character of a kind."""

    test: Test


@dataclass(frozen=True, slots=True)
class _Sequence:
    parts: tuple[_Part, ...]


@dataclass(frozen=True, slots=True)
class _Either:
    parts: tuple[_Part, ...]


@dataclass(frozen=True, slots=True)
class _Repeated:
    part: _Part
    least: int
    most: int | None


_Part = _Chars | _Sequence | _Either | _Repeated


# --- kinds of characters


def _one(char: str) -> Test:
    return lambda other: other == char


def _range(first: str, last: str) -> Test:
    return lambda char: first <= char <= last


def _not(test: Test) -> Test:
    return lambda char: not test(char)


def _any(tests: list[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]
    return lambda char: any(test(char) for test in tests)


def _without(test: Test, other: Test) -> Test:
    return lambda char: test(char) and not other(char)


def _property(name: str) -> Test:
    if name.startswith("Is"):
        found = block(name[2:])
        if found is None:
            raise RegexError(f"there is no block of characters “{name[2:]}”")
        return _range(chr(found[0]), chr(found[1]))
    if name not in _CATEGORIES:
        raise RegexError(f"there is no category of characters “{name}”")
    return lambda char: unicodedata.category(char).startswith(name)


_CATEGORIES = frozenset(
    "L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co Cn".split()
)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"} | {char: char for char in "\\|.?*+(){}-[]^"}


def _is_space(char: str) -> bool:
    return char in " \t\n\r"


def _is_digit(char: str) -> bool:
    return unicodedata.category(char) == "Nd"


def _is_word(char: str) -> bool:
    return unicodedata.category(char)[0] not in "PZC"


_CLASSES: dict[str, Test] = {
    "s": _is_space,
    "d": _is_digit,
    "w": _is_word,
    "i": is_name,
    "c": is_nmtoken,
}
_COUNTS: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_CLASSES |= {letter.upper(): _not(test) for letter, test in _CLASSES.items()}


@dataclass
class _Parser:
    """Reads an expression from left to right."""

    text: str
    at: int = 0
    depth: int = 0

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self) -> str:
        char = self.peek()
        if not char:
            raise RegexError("it ends too early")
        self.at += 1
        return char

    def skip(self, expected: str) -> None:
        if self.take() != expected:
            raise RegexError(f"“{expected}” is missing at character {self.at}")

    def whole(self) -> _Part:
        part = self.either()
        if self.at < len(self.text):
            raise RegexError(f"“{self.peek()}” at character {self.at + 1} closes nothing")
        return part

    def either(self) -> _Part:
        self.depth += 1
        if self.depth > 50:
            raise RegexError("parentheses are nested too deep")
        parts = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            parts.append(self.sequence())
        self.depth -= 1
        return _Either(tuple(parts)) if len(parts) > 1 else parts[0]

    def sequence(self) -> _Part:
        parts = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.quantified(self.atom()))
        return _Sequence(tuple(parts))

    def atom(self) -> _Part:
        char = self.take()
        match char:
            case "(":
                part = self.either()
                self.skip(")")
                return part
            case "[":
                return _Chars(self.bracket())
            case ".":
                return _Chars(lambda one: one not in "\n\r")
            case "\\":
                return _Chars(self.escape()[1])
            case "?" | "*" | "+" | "{" | "}" | "]":
                raise RegexError(f"“{char}” at character {self.at} follows nothing")
        return _Chars(_one(char))

    def quantified(self, part: _Part) -> _Part:
        mark = self.peek()
        if mark == "{":
            return _Repeated(part, *self.counts())
        if mark not in _COUNTS:
            return part
        self.at += 1
        return _Repeated(part, *_COUNTS[mark])

    def counts(self) -> tuple[int, int | None]:
        end = self.text.find("}", self.at)
        least, comma, most = self.text[self.at + 1 : end].partition(",")
        if end < 0 or not _is_number(least) or (most and not _is_number(most)):
            raise RegexError(f"the numbers after “{{” at character {self.at + 1} cannot be read")
        self.at = end + 1
        found = (int(least), int(most) if most else None if comma else int(least))
        if found[1] is not None and found[0] > found[1]:
            raise RegexError(f"“{{{least},{most}}}” has the larger number first")
        return found

    def escape(self) -> tuple[str, Test]:
        """The character that is escaped, if it is one, and what it matches."""
        char = self.take()
        if char in _ESCAPED:
            return _ESCAPED[char], _one(_ESCAPED[char])
        if char in _CLASSES:
            return "", _CLASSES[char]
        if char in "pP":
            self.skip("{")
            end = self.text.find("}", self.at)
            if end < 0:
                raise RegexError("“}” is missing after “\\p{”")
            test = _property(self.text[self.at : end])
            self.at = end + 1
            return "", test if char == "p" else _not(test)
        raise RegexError(f"“\\{char}” means nothing")

    def bracket(self) -> Test:
        negated = self.peek() == "^"
        self.at += negated
        tests: list[Test] = []
        excepted: Test | None = None
        while self.peek() != "]" or not tests:
            if self.peek() == "-" and tests and self.text[self.at + 1 : self.at + 2] == "[":
                self.at += 2
                excepted = self.bracket()
                break
            tests.append(self.item())
        self.skip("]")
        test = _not(_any(tests)) if negated else _any(tests)
        return _without(test, excepted) if excepted else test

    def item(self) -> Test:
        char = self.take()
        test = _one(char)
        if char in "[]":
            raise RegexError(f"“{char}” at character {self.at} needs “\\” before it")
        if char == "\\":
            char, test = self.escape()
            if not char:
                return test
        following = self.text[self.at + 1 : self.at + 2]
        if self.peek() != "-" or following in ("]", "[", ""):
            return test
        self.at += 1
        last = self.take()
        if last == "\\":
            last = self.escape()[0]
        if not last or last < char:
            raise RegexError(f"the range that ends at character {self.at} is not a range")
        return _range(char, last)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


@dataclass
class _Machine:
    """States with a test and a next state, or with free ways to others."""

    tests: list[Test | None] = field(default_factory=list)
    ways: list[list[int]] = field(default_factory=list)

    def state(self, test: Test | None, ways: Iterable[int]) -> int:
        if len(self.tests) >= MOST_STATES:
            raise RegexError("it repeats too much too often")
        self.tests.append(test)
        self.ways.append(list(ways))
        return len(self.tests) - 1

    def add(self, part: _Part, following: int) -> int:
        """The state where a part begins that goes on to another state."""
        match part:
            case _Chars(test):
                return self.state(test, [following])
            case _Sequence(parts):
                for one in reversed(parts):
                    following = self.add(one, following)
                return following
            case _Either(parts):
                return self.state(None, [self.add(one, following) for one in parts])
            case _Repeated(inner, least, most):
                return self.repeat(inner, least, most, following)

    def repeat(self, part: _Part, least: int, most: int | None, following: int) -> int:
        if most is None:
            loop = self.state(None, [following])
            self.ways[loop].append(self.add(part, loop))
            following = loop
        else:
            end = following
            for _ in range(most - least):
                following = self.state(None, [end, self.add(part, following)])
        for _ in range(least):
            before = self.add(part, following)
            if before == following:  # the part is empty
                break
            following = before
        return following


class Regex:
    """A compiled expression: sets of states, found when they are first needed."""

    def __init__(self, expression: str) -> None:
        machine = _Machine()
        self._end = machine.state(None, [])
        self._start = machine.add(_Parser(expression).whole(), self._end)
        self._tests = machine.tests
        self._ways = machine.ways
        self._forget()

    def _forget(self) -> None:
        self._numbers: dict[frozenset[int], int] = {}
        self._sets: list[frozenset[int]] = []
        self._moves: list[dict[str, int]] = []
        self._number(self._reached([self._start]))

    def _reached(self, states: Iterable[int]) -> frozenset[int]:
        seen = set(states)
        waiting = list(seen)
        while waiting:
            state = waiting.pop()
            if self._tests[state] is None:
                for way in self._ways[state]:
                    if way not in seen:
                        seen.add(way)
                        waiting.append(way)
        return frozenset(state for state in seen if self._tests[state] is not None or state == self._end)

    def _number(self, states: frozenset[int]) -> int:
        number = self._numbers.setdefault(states, len(self._sets))
        if number == len(self._sets):
            self._sets.append(states)
            self._moves.append({})
        return number

    def matches(self, text: str) -> bool:
        """Whether the expression describes the whole text."""
        at = 0
        moves = self._moves
        for char in text:
            following = moves[at].get(char)
            if following is None:
                states = self._move(at, char)
                if not states:
                    return False
                if len(self._sets) > MOST_SETS:
                    self._forget()
                    moves = self._moves
                    following = self._number(states)
                else:
                    following = moves[at][char] = self._number(states)
            at = following
        return self._end in self._sets[at]

    def _move(self, at: int, char: str) -> frozenset[int]:
        found: set[int] = set()
        for state in self._sets[at]:
            test = self._tests[state]
            if test is not None and test(char):
                found.update(self._ways[state])
        return self._reached(found)
