"""Writes random documents that a RELAX NG schema allows, from the patterns into which the engine has simplified it.

What has been used least is preferred, so that many documents of one sampler come to use everything the schema knows.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from editio.relaxng import Schema
from editio.relaxng.names import XML, AnyName, Name, NameChoice, NameClass, NsName, contains
from editio.relaxng.patterns import (
    Attribute,
    Choice,
    Data,
    Datatype,
    Declaration,
    Element,
    Empty,
    Group,
    Interleave,
    List,
    OneOrMore,
    Pattern,
    Text,
    Value,
)

WORDS = ("международной", "memorandum", " of the ", "§ 3", "<&>", "古文", "\n", "")
ENDLESS = 10_000
MOST_TRIES = 10
PREFIXES = {"xml": XML}
# Texts of every form that datatypes and patterns of schemas ask for; the datatype says which of them it takes.
FORMS = """
a B main editio latn x-psn n1 ru source-break editio:near-name xml:lang en ru-Latn de-AT und 0 1 42 007 3.5 -2
+1. -0.5 1.5E3 INF true false 1959-12-08 -0044-03-15 1959 -0500 1959-12 --12-08 ---08 --12 17:30:00 17:30:00Z
1959-12-08T17:30:00Z 2001-02-03T04:05:06.7+01:00 P3M P1DT2H P1Y #khrushchev registers/persons.xml#lenin
https://example.org/a?b=1&c=2 img/0001.jpg mailto:a@example.org urn:isbn:0451450523 100,320 0,0 -1.5,2 100%
12.5cm 640px 2em 4 4.9.0 0.1 1a2.0b1 gnd 0.5 1.0 2.7 10 12 3 5 2005-2 #fff #1a2b3c black red auto none left 1*
50% text/plain image/png utf-8 _blank A4 S s x y http://www.w3.org/ U+1F600 é unknown 17:30 1e0 0,0,10,10
1,2 0a0b Zm9v 24 -1 99 100 1000 65535 P7D 10s 1.5h 200ms 01 v1 1.0.0 -- 3/4 -1/2 1.5/2 q.v. M X 1914-1918
12-13 1:2 0.3333 1980-01-01 1999-12-31T23:59:59Z ordinal ordinal-01 1999-12 --01-01 0001 :x doi:10.1/2 P1M
0.25 1e3 #a
"""
TEXTS = (
    *FORMS.split(),
    "",
    " 42 ",
    "TsKhSD, f. 2, op. 1",
    "two words",
    "1 2 3",
    "1 2 3 4",
    "text/css; charset=utf-8",
    "0 0 10 10",
)


class NoValue(Exception):
    """None of the texts is of a datatype."""


@dataclass
class Node:
    """An element as it will be written."""

    name: Name
    attributes: dict[Name, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)


class Sampler:
    """Documents of a schema; the seed decides everything."""

    def __init__(self, schema: Schema, seed: int, depth: int = 5, size: int = 150) -> None:
        self.start = schema._compiled.start
        self.random = random.Random(seed)
        self.depth, self.size = depth, size
        self.used: Counter[Declaration | Attribute | Value] = Counter()
        self.costs = costs(self.start)
        self.known_costs: dict[Pattern, int] = {}
        self.ids: list[str] = []
        self.texts: dict[Datatype, list[str]] = {}
        self.refers = False
        self.written = 0

    def documents(self, number: int) -> Iterator[str]:
        """So many documents as text."""
        found = 0
        for _ in range(MOST_TRIES * number):
            root = self._document()
            if root is not None and found < number:
                found += 1
                yield "".join(_text(root, "")) + "\n"

    def _document(self) -> Node | None:
        """A document; None where a text was wanted that we cannot make, or an identifier that there is not."""
        self.ids, self.refers, self.written = [], False, 0
        top = Node(Name("", ""))
        try:
            self.write(self.start, top, self.depth)
        except NoValue:
            return None
        return (
            None if self.refers and not self.ids else next(child for child in top.children if isinstance(child, Node))
        )

    def write(self, pattern: Pattern, node: Node, room: int) -> None:
        """Adds to a node what the pattern asks for, at most `room` levels deep where it can be helped."""
        match pattern:
            case Element(declaration=declaration):
                self._element(declaration, node, room)
            case Attribute():
                self._attribute(pattern, node)
            case Text():
                node.children.append(self.random.choice(WORDS))
            case Choice(parts=parts):
                self.write(self._one(parts, room), node, room)
            case OneOrMore(parts=(part,)):
                again = room > 1 and self.written < self.size and self._cost(part) <= room
                for _ in range(self.random.choice((1, 1, 2, 3)) if again else 1):
                    self.write(part, node, room)
            case Interleave(parts=parts):
                self._mixed(parts, node, room)
            case Group(parts=(first, second)):
                self.write(first, node, room)
                self.write(second, node, room)
            case Data() | Value() | List():
                node.children.append(self.value(pattern))
            case Empty():
                pass
            case _:
                raise NoValue(type(pattern).__name__)

    def _element(self, declaration: Declaration, node: Node, room: int) -> None:
        assert declaration.content is not None
        self.used[declaration] += 1
        self.written += 1
        child = Node(self.name(declaration.names))
        node.children.append(child)
        self.write(declaration.content, child, room - 1)

    def _attribute(self, pattern: Attribute, node: Node) -> None:
        self.used[pattern] += 1
        node.attributes[self.name(pattern.names)] = self.value(pattern.parts[0])

    def _mixed(self, parts: Sequence[Pattern], node: Node, room: int) -> None:
        """The parts of an interleave, with their children shuffled into each other."""
        rows: list[list[Node | str]] = []
        for part in parts:
            inner = Node(node.name)
            self.write(part, inner, room)
            node.attributes.update(inner.attributes)
            rows.append(inner.children)
            if isinstance(part, Text):
                inner.children += self.random.choices(WORDS, k=2)
        while rows := [row for row in rows if row]:
            node.children.append(self.random.choice(rows).pop(0))

    def _one(self, parts: Sequence[Pattern], room: int) -> Pattern:
        """A branch for which there is room, the least used ones half of the times."""
        if self.written >= self.size or not any(self._cost(part) <= room for part in parts):
            return min(parts, key=self._cost)
        fit = [part for part in parts if self._cost(part) <= room]
        if self.random.random() < 0.5:
            seldom = min(self._uses(part) for part in fit)
            fit = [part for part in fit if self._uses(part) == seldom]
        return self.random.choice(fit)

    def _uses(self, part: Pattern) -> int:
        while isinstance(part, OneOrMore | Group):
            part = part.parts[0]
        if isinstance(part, Choice):
            return min(self._uses(one) for one in part.parts)
        return self.used[part.declaration if isinstance(part, Element) else part]  # type: ignore[index]

    def _cost(self, pattern: Pattern) -> int:
        if pattern not in self.known_costs:
            self.known_costs[pattern] = cost(pattern, self.costs)
        return self.known_costs[pattern]

    def name(self, names: NameClass) -> Name:
        """A name of the class."""
        match names:
            case Name():
                return names
            case NameChoice(parts=parts):
                return self.name(self.random.choice(parts))
            case NsName(namespace=namespace):
                tried = [Name(namespace, local) for local in ("any", "other", "n1", "third")]
            case AnyName():
                tried = [
                    Name(space, local)
                    for space in ("", "urn:example:any", "urn:example:other")
                    for local in ("any", "other")
                ]
        return self.random.choice([one for one in tried if contains(names, one)])

    def value(self, pattern: Pattern) -> str:
        """Text that a pattern of values allows."""
        match pattern:
            case Value(text=text):
                self.used[pattern] += 1
                return text
            case Data(datatype=datatype, parts=excepted):
                return self._datum(datatype, excepted)
            case Text():
                return self.random.choice(TEXTS)
            case Choice(parts=parts):
                return self.value(self._one(parts, self.depth))
            case _:
                return " ".join(self.value(part) for part in pattern.parts for _ in range(self._times(pattern)))

    def _times(self, pattern: Pattern) -> int:
        return self.random.randint(1, 3) if isinstance(pattern, OneOrMore) else 1

    def _datum(self, datatype: Datatype, excepted: Sequence[Pattern]) -> str:
        if datatype.identity == "ID":
            self.ids.append(f"id{len(self.ids) + 1}")
            return self.ids[-1]
        if datatype.identity:
            self.refers = True
            return "id1"
        if datatype not in self.texts:
            self.texts[datatype] = [text for text in TEXTS if datatype.allows(text, PREFIXES)]
        barred = {part.text for one in excepted for part in (one, *one.parts) if isinstance(part, Value)}
        fit = [text for text in self.texts[datatype] if text not in barred]
        if not fit:
            raise NoValue(str(datatype))
        return self.random.choice(fit)


def costs(start: Pattern) -> dict[Declaration, int]:
    """How many levels of elements each declaration needs at the least."""
    found: dict[Declaration, int] = {}
    todo = [start]
    while todo:
        pattern = todo.pop()
        todo.extend(pattern.parts)
        if isinstance(pattern, Element) and pattern.declaration not in found:
            found[pattern.declaration] = ENDLESS
            assert pattern.declaration.content is not None
            todo.append(pattern.declaration.content)
    changed = True
    while changed:
        changed = False
        for one, before in found.items():
            assert one.content is not None
            now = 1 + cost(one.content, found)
            if now < before:
                found[one], changed = now, True
    return found


def cost(pattern: Pattern, known: dict[Declaration, int]) -> int:
    """How many levels of elements a pattern needs at the least."""
    match pattern:
        case Element(declaration=declaration):
            return known[declaration]
        case Choice(parts=parts):
            return min(cost(part, known) for part in parts)
        case Group(parts=parts) | Interleave(parts=parts) | OneOrMore(parts=parts):
            return max(cost(part, known) for part in parts)
        case Text() | Empty() | Attribute() | Data() | Value() | List():
            return 0
        case _:
            return ENDLESS


def _text(node: Node, around: str) -> Iterator[str]:
    """The node as text; `around` is the namespace that stands without prefix."""
    yield f"<{node.name.local}"
    if node.name.namespace != around:
        yield f" xmlns={quoteattr(node.name.namespace)}"
    for number, (name, value) in enumerate(node.attributes.items()):
        prefix = ""
        if name.namespace:
            prefix = "xml:" if name.namespace == XML else f"a{number}:"
            yield "" if prefix == "xml:" else f" xmlns:a{number}={quoteattr(name.namespace)}"
        yield f" {prefix}{name.local}={quoteattr(value)}"
    yield ">"
    for child in node.children:
        if isinstance(child, str):
            yield escape(child)
        else:
            yield "\n"[: not any(isinstance(one, str) for one in node.children)]
            yield from _text(child, node.name.namespace)
    yield f"</{node.name.local}>"
