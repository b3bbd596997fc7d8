"""Tokens of XPath 3.1, and what can be said of an expression or pattern without evaluating it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from typing import Literal

Kind = Literal["space", "comment", "string", "variable", "name", "number", "symbol"]
NAME = r"[^\W\d][\w.\-·]*"
TOKEN = re.compile(
    rf"""(?P<space>\s+)
    |(?P<string>"(?:[^"]|"")*"|'(?:[^']|'')*')
    |(?P<variable>\$\s*(?:Q\{{[^{{}}]*\}})?{NAME}(?::{NAME})?)
    |(?P<name>(?:Q\{{[^{{}}]*\}})?{NAME}(?::{NAME})?)
    |(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<symbol>::|:=|!=|<=|>=|<<|>>|//|\.\.|=>|\|\||.)""",
    re.VERBOSE | re.DOTALL,
)
KINDS: tuple[Kind, ...] = ("space", "string", "variable", "name", "number", "symbol")
OPEN, CLOSE = frozenset("([{"), frozenset(")]}")
# What an expression may hold that can raise no error on any document.
SAFE_CALLS = frozenset("not exists empty text node comment element attribute true false count current".split())
SAFE_SYMBOLS = frozenset(["@", "*", "[", "]", "(", ")", ".", "..", "/", "//", "::", "=", "!=", "|", ",", ":"])
OPERATORS = frozenset("eq ne lt le gt ge is div idiv mod to cast castable treat instance if for let some every".split())
# Calls that are safe when all they are given are attributes, the node itself and literals.
SAFE_OF_ONE = frozenset("contains starts-with ends-with normalize-space string string-length local-name name".split())
# Compared with one of these, the text of a node is read as a number or as a truth, and may be none.
TYPED = frozenset("not exists empty true false count string-length contains starts-with ends-with".split())
COMPARED = frozenset("< <= > >= = != lt le gt ge eq ne".split())
BEFORE_ANY = frozenset(["/", "//", "::", "@", ":", "[", "(", ",", "=", "!=", "|", "and", "or"])


@dataclass(frozen=True)
class Token:
    """One token as it is written; ``$`` belongs to a variable's name."""

    kind: Kind
    text: str

    @property
    def variable(self) -> str:
        """The name behind the dollar sign."""
        return self.text[1:].strip()


def tokens(expression: str) -> list[Token]:
    """All tokens of an expression, white space and comments among them: joined, they are the expression."""
    found: list[Token] = []
    at = 0
    while at < len(expression):
        if expression.startswith("(:", at):
            end = _end_of_comment(expression, at)
            found.append(Token("comment", expression[at:end]))
        else:
            match = TOKEN.match(expression, at)
            assert match is not None, "every character is a symbol at least"
            end = match.end()
            found.append(Token(next(kind for kind in KINDS if match[kind] is not None), match[0]))
        at = end
    return found


def _end_of_comment(expression: str, at: int) -> int:
    depth = 0
    for mark in re.finditer(r"\(:|:\)", expression[at:]):
        depth += 1 if mark[0] == "(:" else -1
        if depth == 0:
            return at + mark.end()
    return len(expression)


def rewrite(expression: str, variables: Mapping[str, str], calls: Mapping[str, str]) -> str:
    """An expression in which variables and functions of the schema stand for others; what it binds itself, it keeps."""
    found = tokens(expression)
    bound = _bound(found)
    written = []
    for index, token in enumerate(found):
        if token.kind == "variable" and token.variable in variables and token.variable not in bound:
            written.append(variables[token.variable])
        elif token.kind == "name" and token.text in calls and _follows(found, index) in ("(", "#"):
            written.append(calls[token.text])
        else:
            written.append(token.text)
    return "".join(written)


def _follows(found: Sequence[Token], index: int) -> str:
    """The next token that is neither white space nor comment."""
    rest = (token.text for token in found[index + 1 :] if token.kind not in ("space", "comment"))
    return next(rest, "")


def _bound(found: Sequence[Token]) -> set[str]:
    """Variables that the expression binds itself, by for, let, some, every or as a function's parameter."""
    bound: set[str] = set()
    for index, token in enumerate(found):
        if token.kind == "variable" and _follows(found, index) in ("in", ":=", "as"):
            bound.add(token.variable)
        if token.text == "function" and _follows(found, index) == "(":
            bound |= {one.variable for one in _within(found, index) if one.kind == "variable"}
    return bound


def _within(found: Sequence[Token], index: int) -> Iterator[Token]:
    """The tokens between the next opening bracket and the one that closes it."""
    depth = 0
    for token in found[index + 1 :]:
        if depth:
            yield token
        if token.text in OPEN and token.kind == "symbol":
            depth += 1
        elif token.text in CLOSE and token.kind == "symbol":
            depth -= 1
            if depth == 0:
                return


def outside_predicates(context: str) -> list[str]:
    """The words of a path without its predicates, white space and comments."""
    return [token.text for token in _outside_predicates(tokens(context)) if token.kind not in ("space", "comment")]


def _outside_predicates(found: Iterable[Token]) -> Iterator[Token]:
    depth = 0
    for token in found:
        depth += token.text == "["
        if depth == 0:
            yield token
        depth -= token.text == "]"


def predicates(context: str) -> list[list[Token]]:
    """The outermost predicates of a path."""
    return [found for found in _apart(context) if isinstance(found, list)]


def guard(context: str, wrap: Callable[[str, int], str]) -> str:
    """A context in which every predicate that can raise an error is replaced by what ``wrap`` makes of it.

    A processor takes an error in a pattern for “does not match” and says nothing; ``wrap`` is also given a number.
    """
    numbers = count(1)
    return "".join(_guarded(one, wrap, numbers) if isinstance(one, list) else one for one in _apart(context))


def _apart(context: str) -> Iterator[str | list[Token]]:
    """What is written of a path, and in its place each outermost predicate as its tokens, between its brackets."""
    predicate: list[Token] = []
    depth = 0
    for token in tokens(context):
        closes = token.text == "]" and depth > 0
        depth -= closes
        if closes and depth == 0:
            yield predicate
            predicate = []
        if depth:
            predicate.append(token)
        else:
            yield token.text
        depth += token.text == "["
    yield "".join(token.text for token in predicate)


def _guarded(predicate: Sequence[Token], wrap: Callable[[str, int], str], numbers: Iterator[int]) -> str:
    text = "".join(token.text for token in predicate)
    alone = asks_position(predicate) or is_safe(predicate) or _asks_focus(predicate)
    return text if alone else wrap(text, next(numbers))


def asks_position(predicate: Sequence[Token]) -> bool:
    """Whether a predicate is a number."""
    return [token.kind for token in predicate if token.kind not in ("space", "comment")] == ["number"]


def is_safe(expression: Sequence[Token]) -> bool:
    """Whether an expression can raise no error, whatever the document."""
    found = _counted([token for token in expression if token.kind not in ("space", "comment")])
    return all(_token_is_safe(found, index) for index in range(len(found)))


def _counted(found: list[Token]) -> list[Token]:
    """An expression in which a count compared with a number is written as a call that is as safe as it is."""
    for index, token in enumerate(found):
        end = index + 2 + sum(1 for _ in _within(found, index))
        compared = [one.text in COMPARED or one.kind == "number" for one in found[end : end + 2]]
        if token.text == "count" and _follows(found, index) == "(" and compared == [True, True]:
            called = [Token("name", "exists"), *found[index + 1 : end]]
            return _counted([*found[:index], *called, *found[end + 2 :]])
    return found


def _token_is_safe(found: Sequence[Token], index: int) -> bool:
    token = found[index]
    before = found[index - 1].text if index else "("
    if token.text in ("=", "!="):
        return not any(one.text.removeprefix("fn:") in TYPED for side in _operands(found, index) for one in side)
    if token.kind == "symbol":
        return token.text in SAFE_SYMBOLS and (token.text != "*" or before in BEFORE_ANY)
    if token.kind != "name":
        return token.kind == "string"
    if _follows(found, index) != "(":
        # behind these stands a name, whatever else the word may mean
        is_name = token.text not in OPERATORS or before in ("@", "::", "/", "//")
        return is_name or (token.text in ("eq", "ne") and all(map(_is_single, _operands(found, index))))
    called = token.text.removeprefix("fn:")
    if called in SAFE_OF_ONE:
        return _is_given_single_nodes(found, index)
    return called in SAFE_CALLS or called in ("and", "or", "processing-instruction")


def _is_given_single_nodes(found: Sequence[Token], index: int) -> bool:
    """Whether all that a function is given are attributes, the node itself and literals."""
    given = list(_within(found, index))
    named = (one.kind != "name" or before.text == "@" for before, one in pairwise([found[index], *given]))
    return all(named) and all(one.kind in ("string", "name") or one.text in ("@", ".", ",", ")") for one in given)


def _operands(found: Sequence[Token], index: int) -> tuple[list[Token], list[Token]]:
    """The tokens on both sides of an operator, as far as they can belong to it, from it outwards."""
    return list(_side(reversed(found[:index]), CLOSE, OPEN)), list(_side(found[index + 1 :], OPEN, CLOSE))


def _is_single(operand: Sequence[Token]) -> bool:
    """Whether it is an attribute, the node itself or a string: one text, or none."""
    if len(operand) == 1:
        return operand[0].kind == "string" or operand[0].text == "."
    return {token.text if token.text == "@" else token.kind for token in operand} == {"@", "name"} and len(operand) == 2


def _side(found: Iterable[Token], opening: frozenset[str], closing: frozenset[str]) -> Iterator[Token]:
    depth = 0
    for token in found:
        if depth == 0 and (token.text in closing or token.text in ("and", "or", ",")):
            return
        depth += (token.text in opening) - (token.text in closing)
        yield token


def _asks_focus(predicate: Sequence[Token]) -> bool:
    """Whether it depends on the node's position, or on the current node, which are others inside a guard."""
    return any(
        token.text.removeprefix("fn:") in ("position", "last", "current") for token in predicate if token.kind == "name"
    )
