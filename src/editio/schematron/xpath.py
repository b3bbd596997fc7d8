"""Tokens of XPath 3.1, and what can be said of an expression or pattern without evaluating it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
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
# What a predicate may hold that can raise no error on any document.
SAFE_CALLS = frozenset("not exists empty text node comment element attribute true false count".split())
SAFE_SYMBOLS = frozenset(["@", "*", "[", "]", "(", ")", ".", "..", "/", "//", "::", "=", "!=", "|", ",", ":"])
OPERATORS = frozenset("eq ne lt le gt ge is div idiv mod to cast castable treat instance if for let some every".split())
# Calls that are safe when all they are given are attributes, the node itself and literals.
SAFE_OF_ONE = frozenset("contains starts-with ends-with normalize-space string string-length local-name name".split())
NODE_TESTS = {"text": ("text()",), "comment": ("comment()",), "processing-instruction": ("processing-instruction()",)}
CHILDREN = ("text()", "comment()", "processing-instruction()")


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


def required_attribute(context: str) -> str:
    """The attribute by which a context such as ``tei:*[@when]`` can be found from below; empty for any other context.

    Asked of every element, such contexts cost more than all others together.
    """
    found = "".join(token.text for token in tokens(context) if token.kind not in ("space", "comment"))
    required = re.fullmatch(rf"(?:{NAME}:)?\*\[(@{NAME}(?::{NAME})?)\]", found)
    return required[1] if required else ""


def visited(contexts: Iterable[str]) -> tuple[str, str]:
    """Which attributes, and which children, of an element must be visited to see all nodes that contexts can match."""
    kinds: set[str] = set()
    for context in contexts:
        kinds |= _kinds(context)
    attributes = sorted(kind for kind in kinds if kind.startswith("@"))
    children = [kind for kind in CHILDREN if kind in kinds]
    return "|".join(["@*"] if "@*" in kinds else attributes), "|".join(["*", *children])


def _kinds(context: str) -> set[str]:
    found = [token for token in _outside_predicates(tokens(context)) if token.kind not in ("space", "comment")]
    kinds: set[str] = set()
    for index, token in enumerate(found):
        called = _follows(found, index) == "("
        if token.text == "@" and found[index + 1 : index + 2] and found[index + 1].kind == "name":
            kinds.add(f"@{found[index + 1].text}" if _follows(found, index + 1) not in ("(", ":") else "@*")
        elif token.text in ("@", "attribute", "namespace-node"):
            kinds.add("@*")
        elif token.text in NODE_TESTS and called:
            kinds.update(NODE_TESTS[token.text])
        elif token.text == "node" and called:
            kinds.update(CHILDREN)
        elif (
            token.text == "." or token.kind == "variable" or (called and token.text in ("key", "id", "element-with-id"))
        ):
            kinds.update(("@*", *CHILDREN))
    return kinds


def _outside_predicates(found: Iterable[Token]) -> Iterator[Token]:
    depth = 0
    for token in found:
        depth += token.text == "["
        if depth == 0:
            yield token
        depth -= token.text == "]"


def guard(context: str, wrap: Callable[[str, int], str]) -> str:
    """A context in which every predicate that can raise an error is replaced by what ``wrap`` makes of it.

    A processor takes an error in a pattern for “does not match” and says nothing; ``wrap`` is also given a number.
    """
    written: list[str] = []
    predicate: list[Token] = []
    depth, numbers = 0, count(1)
    for token in tokens(context):
        closes = token.text == "]" and depth > 0
        depth -= closes
        if closes and depth == 0:
            written.append(_guarded(predicate, wrap, numbers))
            predicate = []
        if depth:
            predicate.append(token)
        else:
            written.append(token.text)
        depth += token.text == "["
    return "".join([*written, *(token.text for token in predicate)])


def _guarded(predicate: Sequence[Token], wrap: Callable[[str, int], str], numbers: Iterator[int]) -> str:
    text = "".join(token.text for token in predicate)
    return text if _is_safe(predicate) or _asks_focus(predicate) else wrap(text, next(numbers))


def _is_safe(predicate: Sequence[Token]) -> bool:
    found = [token for token in predicate if token.kind not in ("space", "comment")]
    if [token.kind for token in found] == ["number"]:
        return True
    return all(_token_is_safe(found, index) for index in range(len(found)))


def _token_is_safe(found: Sequence[Token], index: int) -> bool:
    token = found[index]
    if token.kind == "string":
        return True
    if token.kind == "symbol":
        return token.text in SAFE_SYMBOLS
    if token.kind != "name":
        return False
    if _follows(found, index) != "(":
        # behind these stands a name, whatever else the word may mean
        return token.text not in OPERATORS or (index > 0 and found[index - 1].text in ("@", "::", "/", "//"))
    if token.text.removeprefix("fn:") in SAFE_OF_ONE:
        return all(
            one.kind in ("string", "name") or one.text in ("@", ".", ",", ")") for one in _within(found, index)
        ) and not any(one.text == "(" for one in _within(found, index))
    return token.text.removeprefix("fn:") in SAFE_CALLS or token.text in ("and", "or", "processing-instruction")


def _asks_focus(predicate: Sequence[Token]) -> bool:
    """Whether it depends on the node's position, or on the current node, which are others inside a guard."""
    return any(
        token.text.removeprefix("fn:") in ("position", "last", "current") for token in predicate if token.kind == "name"
    )
