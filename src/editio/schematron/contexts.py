"""What can be said of a rule’s context without evaluating it: which nodes it can match, and how they are found."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from editio.schematron import xpath

Kind = Literal["document", "element", "attribute", "text()", "comment()", "processing-instruction()"]
KINDS: tuple[Kind, ...] = ("document", "element", "attribute", "text()", "comment()", "processing-instruction()")
# Words between two paths: what is matched, one of them matches.
BETWEEN = frozenset(["|", "union", "except", "intersect"])
BEFORE_NAME = frozenset(["/", "//", "::", "@"])
CALLED: dict[str, Kind] = {
    "text": "text()",
    "comment": "comment()",
    "processing-instruction": "processing-instruction()",
    "element": "element",
    "attribute": "attribute",
    "document-node": "document",
}
ANY_NAME = re.compile(rf"(?:{xpath.NAME}:)?\*|\*:{xpath.NAME}")
# So many names are found faster one by one than by looking at every node.
FEW: dict[Kind, int] = {"element": 8, "attribute": 3}


@dataclass(frozen=True, order=True)
class Node:
    """A kind of nodes, with the name they have to have (``Q{…}local``) or with any."""

    kind: Kind
    name: str = ""

    def may_be(self, other: Node) -> bool:
        """Whether there can be a node that is both."""
        return self.kind == other.kind and (not self.name or not other.name or self.name == other.name)


EVERY = frozenset(Node(kind) for kind in KINDS)


def matched(context: str, namespaces: Mapping[str, str]) -> frozenset[Node]:
    """Nodes that a context can match; more, where that is not plain to see."""
    return _of_paths(xpath.outside_predicates(context), namespaces)


def is_one_path(context: str) -> bool:
    """Whether it is no choice between several."""
    return len(_apart(xpath.outside_predicates(context), BETWEEN)) == 1


def overlap(some: Iterable[Node], others: Collection[Node]) -> bool:
    """Whether a node can be among both."""
    return any(one.may_be(other) for one in some for other in others)


def _of_paths(words: Sequence[str], namespaces: Mapping[str, str]) -> frozenset[Node]:
    found: frozenset[Node] = frozenset()
    for path in _apart(words, BETWEEN):
        *_, step = _apart(path, frozenset(["/", "//"]))
        found |= _of_step(step, namespaces)
    return found


def _apart(words: Sequence[str], separators: frozenset[str]) -> list[list[str]]:
    """What stands between separators that are in no brackets."""
    parts: list[list[str]] = [[]]
    depth, before = 0, "/"
    for word in words:
        depth += (word in xpath.OPEN) - (word in xpath.CLOSE)
        is_name = word.isalpha() and before in BEFORE_NAME
        if depth == 0 and word in separators and not is_name:
            parts.append([])
        else:
            parts[-1].append(word)
        before = word
    return parts


def _of_step(step: Sequence[str], namespaces: Mapping[str, str]) -> frozenset[Node]:
    kind: Kind = "element"
    if step[:1] == ["@"] or step[:2] == ["attribute", "::"]:
        kind = "attribute"
    test = step[1:] if step[:1] == ["@"] else step[2:] if step[1:2] == ["::"] else step
    if not step:
        return frozenset([Node("document")])
    if ANY_NAME.fullmatch("".join(test)):
        return frozenset([Node(kind)])
    if len(test) == 1 and re.match(r"\w", test[0]):
        return frozenset([Node(kind, _expanded(test[0], namespaces))])
    if test[1:2] == ["("] and test[0] in CALLED:
        return frozenset([Node(CALLED[test[0]])])
    if test[:1] == ["("] and test[-1:] == [")"]:
        return _of_paths(test[1:-1], namespaces)
    return EVERY


def _expanded(name: str, namespaces: Mapping[str, str]) -> str:
    """A name with its namespace; any name where a prefix is not declared, or its namespace cannot be written so."""
    if written := re.fullmatch(r"Q\{([^{}]*)\}(.*)", name):
        return f"Q{{{' '.join(written[1].split())}}}{written[2]}"
    prefix, _, local = name.rpartition(":")
    namespace = namespaces.get(prefix, "{") if prefix else ""
    return f"Q{{{namespace}}}{local}" if re.fullmatch(r"[^\s{}]*", namespace) else ""


def visited(nodes: Iterable[Node]) -> str:
    """An expression for nodes of a document among which are all of these; none of them twice."""
    wanted = frozenset(nodes)
    found = (_visited(kind, {one.name for one in wanted if one.kind == kind}) for kind in KINDS)
    return ", ".join(one for one in found if one) or "()"


def _visited(kind: Kind, names: Collection[str]) -> str:
    if not names:
        return ""
    if kind == "document":
        return "."
    before = "//@" if kind == "attribute" else "//"
    if kind not in FEW:
        return before + kind
    if "" in names or len(names) > FEW[kind]:
        return f"{before}*"
    return ", ".join(f"{before}{name}" for name in sorted(names))


def required_attribute(context: str) -> str:
    """The attribute by which a context such as ``tei:*[@when]`` can be found from below; empty for any other context.

    Asked of every element, such contexts cost more than all others together.
    """
    if not ANY_NAME.fullmatch("".join(xpath.outside_predicates(context))):
        return ""
    predicates = xpath.predicates(context)
    if not all(xpath.is_safe(one) for one in predicates):
        return ""
    return next((name for one in predicates for name in _required(one)), "")


def _required(predicate: Iterable[xpath.Token]) -> Iterator[str]:
    """Attributes without which a predicate is false."""
    words = [token.text for token in predicate if token.kind not in ("space", "comment")]
    if len(_apart(words, frozenset(["or", ","]))) > 1:
        return
    for condition in _apart(words, frozenset(["and"])):
        if condition[:1] == ["@"] and (len(condition) == 2 or condition[2:3] == ["="]) and condition[1] != "*":
            yield condition[1]
