"""What a schema may be made of (RELAX NG 3), and what its names and datatypes mean (4.3 to 4.11, 4.16)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from editio.relaxng.datatypes import DatatypeError, datatype
from editio.relaxng.files import Files
from editio.relaxng.lexical import is_ncname
from editio.relaxng.names import XMLNS, AnyName, Name, NameChoice, NameClass, NsName
from editio.relaxng.nodes import Node


class _Attributes(NamedTuple):
    """The attributes that an element must have, those that it may have, and the one that holds a name."""

    must: frozenset[str]
    may: frozenset[str]
    named: str


_ATTRIBUTES = {
    kind: _Attributes(frozenset(must.split()), frozenset(f"{must} {may} ns datatypeLibrary".split()), named)
    for kinds, must, may, named in (
        ("element attribute", "", "name", ""),
        ("group interleave choice optional zeroOrMore oneOrMore list mixed", "", "", ""),
        ("empty text notAllowed except grammar div name anyName nsName", "", "", ""),
        ("ref parentRef param", "name", "", "name"),
        ("externalRef include", "href", "", ""),
        ("define", "name", "combine", "name"),
        ("start", "", "combine", ""),
        ("value", "", "type", "type"),
        ("data", "type", "", "type"),
    )
    for kind in kinds.split()
}
_PARTS = frozenset("group interleave choice optional zeroOrMore oneOrMore list mixed".split())
_EMPTY = frozenset("empty text notAllowed ref parentRef".split())
_PATTERNS = _PARTS | _EMPTY | frozenset("element attribute value data externalRef grammar".split())
_COMPONENTS = frozenset(("start", "define", "div", "include"))
_NAMES = frozenset("name anyName nsName choice".split())
_BLANKS = " \t\r\n"


def check(root: Node, files: Files, name: str) -> None:
    """Check a whole schema and the files it includes; names, datatypes and included files are set on the nodes."""
    checker = _Checker(files)
    checker.patterns((root,), (name,))
    checker.run()


class _Checker:
    """Checks nodes one after the other, however deep they are nested."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.waiting: list[tuple[frozenset[str], Sequence[Node], tuple[str, ...]]] = []

    def run(self) -> None:
        while self.waiting:
            kinds, nodes, chain = self.waiting.pop()
            for node in nodes:
                if node.kind not in kinds:
                    raise node.wrong(_unexpected(node, kinds))
                _check_attributes(node)
                if node.kind in _EMPTY:
                    _none(node)
                elif node.kind in _PARTS:
                    self.waiting.append((_PATTERNS, _some(node), chain))
                else:
                    self.special(node, chain)

    def patterns(self, nodes: Sequence[Node], chain: tuple[str, ...]) -> None:
        """Note nodes that must be patterns."""
        if nodes:
            self.waiting.append((_PATTERNS, nodes, chain))

    def special(self, node: Node, chain: tuple[str, ...]) -> None:
        match node.kind:
            case "element":
                _take_names(node)
                self.patterns(_some(node), chain)
            case "attribute":
                _take_names(node)
                _at_most_one(node)
                self.patterns(node.children, chain)
            case "value":
                _none(node)
                _take_value(node)
            case "data":
                self.patterns(_take_datatype(node), chain)
            case "externalRef":
                _none(node)
                self.external(node, chain)
            case "grammar" | "div":
                self.waiting.append((_COMPONENTS, node.children, chain))
            case "include":
                self.include(node, chain)
            case "start":
                if len(_some(node)) > 1:
                    raise node.children[1].wrong("“start” holds one pattern only")
                self.patterns(node.children, chain)
            case "define":
                self.patterns(_some(node), chain)

    def external(self, node: Node, chain: tuple[str, ...]) -> None:
        root = self.files.root(node, chain)
        node.children = [root]
        self.patterns((root,), (*chain, root.place.name))

    def include(self, node: Node, chain: tuple[str, ...]) -> None:
        root = self.files.root(node, chain)
        if root.kind != "grammar":
            raise root.wrong(f"“{root.kind}” is included, but only a “grammar” may be")
        node.included = root
        self.patterns((root,), (*chain, root.place.name))
        self.waiting.append((_COMPONENTS, node.children, chain))
        waiting = list(node.children)
        while waiting:
            inner = waiting.pop()
            if inner.kind == "include":
                raise inner.wrong("“include” may not stand in “include”")
            if inner.kind == "div":
                waiting.extend(inner.children)


def _unexpected(node: Node, kinds: frozenset[str]) -> str:
    where = (
        "where a pattern must be" if kinds is _PATTERNS else "in a grammar, which holds start, define, div and include"
    )
    return f"“{node.kind}” may not stand here, {where}"


def _check_attributes(node: Node) -> None:
    attributes, (must, may, named) = node.attributes, _ATTRIBUTES[node.kind]
    if attributes.keys() != must:
        for name in sorted(attributes.keys() - may):
            raise node.wrong(f"“{node.kind}” has no attribute “{name}”")
        for name in must - attributes.keys():
            raise node.wrong(f"“{node.kind}” needs an attribute “{name}”")
        _check_combine(node)
    if named in attributes and not is_ncname(attributes[named]):
        attributes[named] = attributes[named].strip(_BLANKS)
        if not is_ncname(attributes[named]):
            raise node.wrong(f"“{attributes[named]}” cannot be a name")


def _check_combine(node: Node) -> None:
    if "combine" in node.attributes:
        combine = node.attributes["combine"] = node.attributes["combine"].strip(_BLANKS)
        if combine not in ("choice", "interleave"):
            raise node.wrong(f"combine is “choice” or “interleave”, not “{combine}”")


def _some(node: Node) -> list[Node]:
    if not node.children:
        raise node.wrong(f"“{node.kind}” needs at least one pattern in it")
    return node.children


def _none(node: Node) -> None:
    if node.children:
        raise node.children[0].wrong(f"“{node.children[0].kind}” may not stand in “{node.kind}”")


def _at_most_one(node: Node) -> None:
    if len(node.children) > 1:
        raise node.children[1].wrong(f"“{node.kind}” holds one pattern only")


def _take_names(node: Node) -> None:
    """Set the names of an element or attribute, and leave only patterns in it."""
    name = node.attributes.get("name")
    is_attribute = node.kind == "attribute"
    if name is not None:
        default = node.attributes.get("ns", "") if is_attribute else node.scope.namespace
        node.names = _qualified(node, name.strip(_BLANKS), default)
    elif not node.children:
        raise node.wrong(f"“{node.kind}” needs a name")
    else:
        first = node.children[0]
        if first.kind not in _NAMES:
            raise first.wrong(f"“{node.kind}” needs a name before its content")
        node.names = _name_class(first, "")
        node.children = node.children[1:]
    if is_attribute:
        _check_attribute_names(node, node.names)


def _name_class(node: Node, inside: str) -> NameClass:
    """The names that a node means; inside which except it stands matters (4.16)."""
    if node.kind not in _NAMES:
        raise node.wrong(f"“{node.kind}” may not stand where a name must be")
    _check_attributes(node)
    match node.kind:
        case "name":
            _none(node)
            return _qualified(node, node.text.strip(_BLANKS), node.scope.namespace)
        case "choice":
            return NameChoice(tuple(_name_class(child, inside) for child in _some(node)))
        case "nsName":
            if inside == "nsName":
                raise node.wrong("“nsName” may not be excepted from “nsName”")
            return NsName(node.scope.namespace, _excepted(node, inside))
        case _:
            if inside:
                raise node.wrong(f"“anyName” may not be excepted from “{inside}”")
            return AnyName(_excepted(node, inside))


def _excepted(node: Node, inside: str) -> NameClass | None:
    _at_most_one(node)
    if not node.children:
        return None
    excepted = node.children[0]
    if excepted.kind != "except":
        raise excepted.wrong(f"“{excepted.kind}” may not stand in “{node.kind}”, only “except”")
    _check_attributes(excepted)
    within = "nsName" if "nsName" in (inside, node.kind) else "anyName"
    return NameChoice(tuple(_name_class(child, within) for child in _some(excepted)))


def _qualified(node: Node, name: str, namespace: str) -> Name:
    """A name that may have a prefix (4.10)."""
    prefix, colon, local = name.rpartition(":")
    if not is_ncname(local) or (colon and not is_ncname(prefix)):
        raise node.wrong(f"“{name}” cannot be a name")
    if not colon:
        return Name(namespace, local)
    if prefix not in node.scope.prefixes:
        raise node.wrong(f"the prefix “{prefix}” of “{name}” is not declared")
    return Name(node.scope.prefixes[prefix], local)


def _check_attribute_names(node: Node, names: NameClass | None) -> None:
    match names:
        case Name(namespace, local) if (not namespace and local == "xmlns") or namespace == XMLNS:
            raise node.wrong("an attribute may not be “xmlns” or stand in its namespace, for that declares namespaces")
        case NsName(namespace) if namespace == XMLNS:
            raise node.wrong("an attribute may not stand in the namespace of “xmlns”, which declares namespaces")
        case NameChoice(parts):
            for part in parts:
                _check_attribute_names(node, part)
        case AnyName(excepted) | NsName(_, excepted) if excepted is not None:
            _check_attribute_names(node, excepted)


def _take_value(node: Node) -> None:
    kind = node.attributes.get("type")
    library = "" if kind is None else node.scope.library
    try:
        found = datatype(library, kind or "token", ())
    except DatatypeError as error:
        raise node.wrong(str(error)) from None
    node.datatype = found
    prefixes = {**node.scope.prefixes, "": node.scope.namespace} if found.needs_prefixes else {}
    node.meaning = found.meaning(node.text, prefixes)
    if node.meaning is None:
        raise node.wrong(f"“{node.text.strip(_BLANKS)}” is not a value of the datatype “{kind}”")


def _take_datatype(node: Node) -> Sequence[Node]:
    """Set the datatype; what is left to check is what is excepted."""
    excepted: Sequence[Node] = ()
    params: list[tuple[str, str]] = []
    for child in node.children:
        if excepted or child.kind not in ("param", "except"):
            raise child.wrong(f"“{child.kind}” may not stand here in “data”")
        _check_attributes(child)
        if child.kind == "param":
            _none(child)
            params.append((child.attributes["name"], child.text))
        else:
            excepted = _some(child)
    try:
        node.datatype = datatype(node.scope.library, node.attributes["type"], tuple(params))
    except DatatypeError as error:
        raise node.wrong(str(error)) from None
    node.children = list(excepted)
    return excepted
