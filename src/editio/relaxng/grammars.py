"""Makes patterns of a checked schema: includes and their overrides, combining, references (RELAX NG 4.7, 4.12 to 4.21)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from editio.relaxng.nodes import Node
from editio.relaxng.patterns import Declaration, Pattern, Pool

START = ""  # no definition can have this name


@dataclass(eq=False)
class Grammar:
    """The definitions of a grammar by name, and the grammar in which it stands."""

    place: Node
    parent: Grammar | None
    definitions: dict[str, list[Node]]
    patterns: dict[str, Pattern] = field(default_factory=dict)


Wanted = tuple[Grammar, str]


def build(root: Node, pool: Pool) -> Pattern:
    """The start pattern of a schema; the elements in it have their content."""
    builder = _Builder(pool)
    builder.scope(root, None)
    builder.prepare((root,), None)
    start = builder.pattern(root, None)
    while builder.waiting:
        declaration, nodes, grammar = builder.waiting.pop()
        builder.prepare(nodes, grammar)
        declaration.content = builder.sequence(nodes, grammar)
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
    definitions: dict[str, list[Node]] = {}
    for name, one in _components(node):
        definitions.setdefault(name, []).append(one)
    for some in definitions.values():
        if len(some) > 1:
            _check_combining(some)
    if START not in definitions:
        raise node.wrong("the grammar has no “start”")
    return Grammar(node, parent, definitions)


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
        self.waiting: list[tuple[Declaration, Sequence[Node], Grammar | None]] = []
        self.grammars: dict[Node, Grammar] = {}
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

    def scope(self, root: Node, parent: Grammar | None) -> None:
        """Open all grammars, and see that what is referred to is defined (4.18)."""
        waiting = [(root, parent)]
        while waiting:
            node, grammar = waiting.pop()
            if node.kind == "grammar":
                grammar = self.grammars[node] = _grammar(node, grammar)
                waiting.extend((one, grammar) for some in grammar.definitions.values() for one in some)
                continue
            if node.kind in ("ref", "parentRef"):
                _defined(node, grammar)
            waiting.extend((child, grammar) for child in node.children)

    def prepare(self, nodes: Sequence[Node], grammar: Grammar | None) -> None:
        """Make the patterns of all definitions that the nodes refer to, those first that others need."""
        active: dict[Wanted, None] = {}
        stack: list[tuple[Wanted | None, list[tuple[Wanted, Node]]]] = [(None, self.wanted(nodes, grammar))]
        while stack:
            key, needs = stack[-1]
            if needs:
                wanted, node = needs.pop()
                if wanted[1] in wanted[0].patterns:
                    continue
                if wanted in active:
                    raise node.wrong(
                        f"the definition of “{wanted[1] or 'start'}” refers to itself without an element between"
                    )
                active[wanted] = None
                stack.append((wanted, self.wanted(wanted[0].definitions[wanted[1]], wanted[0])))
                continue
            stack.pop()
            if key is not None:
                del active[key]
                key[0].patterns[key[1]] = self.definition(key[0].definitions[key[1]], key[0])

    def wanted(self, nodes: Sequence[Node], grammar: Grammar | None) -> list[tuple[Wanted, Node]]:
        """What nodes refer to, outside of elements in them."""
        found: list[tuple[Wanted, Node]] = []
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            match node.kind:
                case "element":
                    pass
                case "ref" | "parentRef":
                    found.append((_defined(node, grammar), node))
                case "grammar":
                    found.append(((self.grammars[node], START), node))
                case _:
                    waiting.extend(node.children)
        return found

    def definition(self, nodes: Sequence[Node], grammar: Grammar) -> Pattern:
        patterns = [self.sequence(node.children, grammar) for node in nodes]
        if len(patterns) == 1:
            return patterns[0]
        ways = {node.attributes.get("combine", "") for node in nodes}
        return self.pool.choice(patterns) if "choice" in ways else self.pool.interleave(patterns)

    def sequence(self, nodes: Sequence[Node], grammar: Grammar | None) -> Pattern:
        return self.chain([self.pattern(node, grammar) for node in nodes])

    def chain(self, patterns: Sequence[Pattern]) -> Pattern:
        """Patterns one after the other."""
        found = patterns[-1] if patterns else self.pool.empty
        for pattern in reversed(patterns[:-1]):
            found = self.pool.group(pattern, found)
        return found

    def pattern(self, node: Node, grammar: Grammar | None) -> Pattern:
        match node.kind:
            case "ref" | "parentRef":
                target, name = _defined(node, grammar)
                return target.patterns[name]
            case "element":
                return self.element(node, grammar)
            case "value" | "data" | "attribute":
                return self.leaf(node, grammar)
            case "grammar":
                return self.grammars[node].patterns[START]
        return self.make[node.kind]([self.pattern(child, grammar) for child in node.children])

    def element(self, node: Node, grammar: Grammar | None) -> Pattern:
        assert node.names is not None
        declaration = Declaration(self.count, node.names, node.place)
        self.count += 1
        self.waiting.append((declaration, node.children, grammar))
        return self.pool.element(declaration)

    def leaf(self, node: Node, grammar: Grammar | None) -> Pattern:
        pool = self.pool
        if node.kind == "attribute":
            assert node.names is not None
            content = self.pattern(node.children[0], grammar) if node.children else pool.text
            return pool.attribute(node.names, content)
        assert node.datatype is not None
        if node.kind == "value":
            return pool.value(node.datatype, node.text, node.meaning)
        excepted = pool.choice([self.pattern(child, grammar) for child in node.children]) if node.children else None
        return pool.data(node.datatype, excepted)


def _defined(node: Node, grammar: Grammar | None) -> Wanted:
    """The definition that a ref or parentRef means."""
    name = node.attributes["name"]
    scope = grammar.parent if node.kind == "parentRef" and grammar else grammar
    if scope is None:
        raise node.wrong(f"“{name}” is referred to, but there is no grammar around to define it")
    if name not in scope.definitions:
        raise node.wrong(f"“{name}” is referred to, but defined nowhere")
    return scope, name
