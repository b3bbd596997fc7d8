"""Makes patterns of a checked schema: includes and their overrides, combining, references (RELAX NG 4.7, 4.12 to 4.21)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from editio.relaxng.nodes import Node
from editio.relaxng.patterns import Declaration, Pattern, Pool

START = ""  # no definition can have this name


class Definition:
    """What a name of a grammar means; its pattern is made once those are that it refers to outside of elements."""

    __slots__ = ("name", "nodes", "pattern", "refs")

    def __init__(self, name: str) -> None:
        self.name = name
        self.nodes: list[Node] = []
        self.refs: list[Reference] = []
        self.pattern: Pattern | None = None


Reference = tuple[Definition, Node]  # and where it is referred to


@dataclass(frozen=True, eq=False, slots=True)
class Grammar:
    """The definitions of a grammar by name, and the grammar in which it stands."""

    parent: Grammar | None
    definitions: dict[str, Definition]


def build(root: Node, pool: Pool) -> Pattern:
    """The start pattern of a schema; the elements in it have their content."""
    builder = _Builder(pool)
    builder.prepare(builder.resolve(root))
    start = builder.pattern(root)
    while builder.waiting:
        declaration, node = builder.waiting.pop()
        builder.prepare(builder.refs[node])
        declaration.content = builder.sequence(node.children)
    return start


def _components(grammar: Node) -> list[tuple[str, Node]]:
    """The definitions in a grammar, div or include, with overriding ones in place of those they override (4.7)."""
    found: list[tuple[str, Node]] = []
    for node in grammar.children:
        match node.kind:
            case "div":
                found += _components(node)
            case "include":
                found += _included(node)
            case _:
                found.append((node.attributes["name"] if node.kind == "define" else START, node))
    return found


def _included(node: Node) -> list[tuple[str, Node]]:
    assert node.included is not None
    inner, own = _components(node.included), _components(node)
    overridden = {name for name, _ in own}
    there = {name for name, _ in inner}
    for name, one in own:
        if name not in there:
            what = f"“{name}”" if name else "“start”"
            raise one.wrong(f"{what} overrides nothing: there is no {what} in “{node.attributes['href']}”")
    return [(name, one) for name, one in inner if name not in overridden] + own


def _grammar(node: Node, parent: Grammar | None) -> Grammar:
    definitions: dict[str, Definition] = {}
    for name, one in _components(node):
        if name not in definitions:
            definitions[name] = Definition(name)
        definitions[name].nodes.append(one)
    for definition in definitions.values():
        if len(definition.nodes) > 1:
            _check_combining(definition.nodes)
    if START not in definitions:
        raise node.wrong("the grammar has no “start”")
    return Grammar(parent, definitions)


def _check_combining(nodes: Sequence[Node]) -> None:
    """At most one of several definitions may be silent about how they combine, and the others must agree (4.17)."""
    what = "“" + nodes[0].attributes.get("name", "start") + "”"
    silent = [node for node in nodes if "combine" not in node.attributes]
    if len(silent) > 1:
        raise silent[1].wrong(f"{what} is defined twice without “combine”")
    ways = [node for node in nodes if "combine" in node.attributes]
    for node in ways:
        if node.attributes["combine"] != ways[0].attributes["combine"]:
            raise node.wrong(f"{what} is combined both by choice and by interleave")


class _Builder:
    """Builds patterns; what an element holds waits until its turn, so that nothing recurses."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.count = 0
        self.waiting: list[tuple[Declaration, Node]] = []
        self.meant: dict[Node, Definition] = {}  # by references, and by grammars in patterns
        self.refs: dict[Node, list[Reference]] = {}  # in elements, but not in those in them
        chain = self.chain
        self.make: dict[str, Callable[[Sequence[Pattern]], Pattern]] = {
            "group": chain,
            "externalRef": chain,
            "choice": pool.choice,
            "interleave": pool.interleave,
            "optional": lambda parts: pool.optional(chain(parts)),
            "zeroOrMore": lambda parts: pool.optional(pool.one_or_more(chain(parts))),
            "oneOrMore": lambda parts: pool.one_or_more(chain(parts)),
            "mixed": lambda parts: pool.interleave((pool.text, chain(parts))),
            "list": lambda parts: pool.list(chain(parts)),
            "empty": lambda _: pool.empty,
            "text": lambda _: pool.text,
            "notAllowed": lambda _: pool.not_allowed,
        }

    def resolve(self, root: Node) -> list[Reference]:
        """Find what all references mean (4.18), and which there are in each definition and element; those of the root."""
        found: list[Reference] = []
        waiting: list[tuple[Sequence[Node], Grammar | None, list[Reference]]] = [((root,), None, found)]
        while waiting:
            nodes, grammar, refs = waiting.pop()
            for node in nodes:
                match node.kind:
                    case "ref" | "parentRef":
                        meant = self.meant[node] = _defined(node, grammar)
                        refs.append((meant, node))
                    case "element":
                        own = self.refs[node] = []
                        waiting.append((node.children, grammar, own))
                    case "grammar":
                        inner = _grammar(node, grammar)
                        self.meant[node] = inner.definitions[START]
                        refs.append((inner.definitions[START], node))
                        for definition in inner.definitions.values():
                            waiting += ((one.children, inner, definition.refs) for one in definition.nodes)
                    case _ if node.children:
                        waiting.append((node.children, grammar, refs))
        return found

    def prepare(self, refs: Sequence[Reference]) -> None:
        """Make the patterns of all definitions that are referred to, those first that others need."""
        active: set[Definition] = set()
        stack: list[tuple[Definition | None, Iterator[Reference]]] = [(None, iter(refs))]
        while stack:
            definition, needs = stack[-1]
            for wanted, node in needs:
                if wanted in active:
                    what = wanted.name or "start"
                    raise node.wrong(f"the definition of “{what}” refers to itself without an element between")
                if wanted.pattern is None:
                    active.add(wanted)
                    stack.append((wanted, iter(wanted.refs)))
                    break
            else:
                stack.pop()
                if definition is not None:
                    active.remove(definition)
                    definition.pattern = self.combined(definition.nodes)

    def combined(self, nodes: Sequence[Node]) -> Pattern:
        """The pattern of a definition, which may be made of several nodes."""
        patterns = [self.sequence(node.children) for node in nodes]
        if len(patterns) == 1:
            return patterns[0]
        ways = {node.attributes.get("combine", "") for node in nodes}
        return self.pool.choice(patterns) if "choice" in ways else self.pool.interleave(patterns)

    def sequence(self, nodes: Sequence[Node]) -> Pattern:
        return self.chain([self.pattern(node) for node in nodes])

    def chain(self, patterns: Sequence[Pattern]) -> Pattern:
        """Patterns one after the other."""
        found = patterns[-1] if patterns else self.pool.empty
        for pattern in reversed(patterns[:-1]):
            found = self.pool.group(pattern, found)
        return found

    def pattern(self, node: Node) -> Pattern:
        match node.kind:
            case "ref" | "parentRef" | "grammar":
                made = self.meant[node].pattern
                assert made is not None
                return made
            case "element":
                return self.element(node)
            case "value" | "data" | "attribute":
                return self.leaf(node)
        return self.make[node.kind]([self.pattern(child) for child in node.children])

    def element(self, node: Node) -> Pattern:
        assert node.names is not None
        declaration = Declaration(self.count, node.names, node.place)
        self.count += 1
        self.waiting.append((declaration, node))
        return self.pool.element(declaration)

    def leaf(self, node: Node) -> Pattern:
        pool = self.pool
        if node.kind == "attribute":
            assert node.names is not None
            content = self.pattern(node.children[0]) if node.children else pool.text
            return pool.attribute(node.names, content)
        assert node.datatype is not None
        if node.kind == "value":
            return pool.value(node.datatype, node.text, node.meaning)
        excepted = pool.choice([self.pattern(child) for child in node.children]) if node.children else None
        return pool.data(node.datatype, excepted)


def _defined(node: Node, grammar: Grammar | None) -> Definition:
    """The definition that a ref or parentRef means."""
    name = node.attributes["name"]
    scope = grammar.parent if node.kind == "parentRef" and grammar else grammar
    if scope is None:
        raise node.wrong(f"“{name}” is referred to, but there is no grammar around to define it")
    if name not in scope.definitions:
        raise node.wrong(f"“{name}” is referred to, but defined nowhere")
    return scope.definitions[name]
