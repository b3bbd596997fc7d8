"""A schema as it is written: its elements with their places, whichever syntax they were written in."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote, urljoin, urlsplit
from xml.parsers import expat

from editio.relaxng.faults import SchemaError
from editio.relaxng.lexical import in_utf8
from editio.relaxng.names import XML, NameClass
from editio.relaxng.patterns import Datatype, Place

RELAXNG = "http://relaxng.org/ns/structure/1.0"
DEEPEST = 200
KINDS = frozenset(
    "element attribute group interleave choice optional zeroOrMore oneOrMore list mixed ref parentRef empty text value "
    "data notAllowed externalRef grammar param except start define div include name anyName nsName".split()
)
TEXTS = frozenset(("value", "param", "name"))  # which hold text
_KINDS = {f"{RELAXNG}}}{kind}": kind for kind in KINDS}
_PLAIN = frozenset(("name", "type", "combine", "href"))
_BLANKS = " \t\r\n"
_URI = re.compile("(?:[^%]|%[0-9A-Fa-f]{2})*")
Read = Callable[[str], bytes]


class Node:
    """An element of a schema; what it inherits is its scope."""

    __slots__ = (
        "attributes", "children", "column", "datatype", "included", "kind", "line", "meaning", "names", "scope", "text",
    )  # fmt: skip

    def __init__(self, kind: str, attributes: dict[str, str], line: int, column: int, scope: Scope) -> None:
        self.kind = kind
        self.attributes = attributes
        self.line = line
        self.column = column
        self.scope = scope
        self.children: list[Node] = []
        self.text = ""  # of value, param and name
        self.names: NameClass | None = None  # what follows is set where the node is checked
        self.datatype: Datatype | None = None
        self.meaning: object = None
        self.included: Node | None = None

    @property
    def place(self) -> Place:
        """Where the node stands."""
        return Place(self.scope.name, self.line, self.column)

    def wrong(self, message: str) -> SchemaError:
        """An error at the place of this node."""
        return SchemaError(*self.place, message)


class Scope:
    """What an element of a schema hands down to those in it: file, namespace, datatype library, prefixes, base."""

    __slots__ = ("base", "library", "name", "namespace", "prefixes")

    def __init__(self, name: str, namespace: str, library: str, prefixes: Mapping[str, str], base: str) -> None:
        self.name = name
        self.namespace = namespace
        self.library = library
        self.prefixes = prefixes
        self.base = base


def resolved(base: str, reference: str) -> str:
    """The name of what a reference (href, xml:base) means, seen from a base."""
    if urlsplit(reference).scheme or urlsplit(base).scheme:
        return urljoin(base, reference)
    folder = posixpath.dirname(base)
    path = posixpath.join(folder, unquote(reference))
    return posixpath.normpath(path) + ("/" if path.endswith("/") else "")


def read_xml(data: bytes, name: str, namespace: str = "") -> Node:
    """The root of a schema in XML syntax; annotations are left out (4.1), and what it is made of is checked later."""
    try:
        return _read(data, name, namespace, None)
    except (ValueError, LookupError):  # an encoding that expat does not know
        recoded = in_utf8(data)
    if recoded is None:
        raise SchemaError(name, 1, 1, "the encoding that the schema names is not known, or is not its own")
    return _read(recoded, name, namespace, "utf-8")


def _read(data: bytes, name: str, namespace: str, encoding: str | None) -> Node:
    between: set[str] = set()
    root = _Reader(name, namespace, encoding, between.add).root(data)
    if any(text.strip(_BLANKS) for text in between):
        _Reader(name, namespace, encoding, None).root(data)
    return root


class _Reader:
    """Builds nodes from the events of expat; text between elements goes elsewhere, or is refused if it is not blank."""

    def __init__(
        self, name: str, namespace: str, encoding: str | None, between: Callable[[str], object] | None
    ) -> None:
        self.name = name
        self.between = between or self.refuse
        self.top = Node("", {}, 1, 1, Scope(name, namespace, "", {"xml": XML}, name))
        self.nodes = [self.top]
        self.skipped = 0  # how deep inside an annotation
        self.texts: list[str] = []
        self.declared: dict[str, str] = {}
        self.parser = expat.ParserCreate(encoding, "}")
        self.parser.buffer_text = True
        self.parser.StartNamespaceDeclHandler = self.declare
        self.start, self.end = self.handlers()

    def root(self, data: bytes) -> Node:
        """The root of the schema."""
        self._listen()
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            message = f"not well-formed XML: {expat.errors.messages[error.code]}"
            raise SchemaError(self.name, error.lineno, error.offset + 1, message) from None
        return self.top.children[0]

    def handlers(self) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
        """The two functions that see every element but annotations; what they need is close at hand."""
        nodes, declared, texts, parser, between = self.nodes, self.declared, self.texts, self.parser, self.between

        def start(expanded: str, attributes: dict[str, str]) -> None:
            kind = _KINDS.get(expanded)
            if kind is None:
                self.odd(expanded, attributes)
                return
            parent = nodes[-1]
            scope = parent.scope
            if declared or not attributes.keys() <= _PLAIN:
                attributes, scope = self.inward(kind, attributes, scope)
            node = Node(kind, attributes, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, scope)
            parent.children.append(node)
            nodes.append(node)
            if kind in TEXTS:
                parser.CharacterDataHandler = texts.append
            elif len(nodes) > DEEPEST + 1:
                raise node.wrong(f"elements are nested more than {DEEPEST} deep")

        def end(_: str) -> None:
            node = nodes.pop()
            if node.kind in TEXTS:
                node.text = "".join(texts)
                texts.clear()
                parser.CharacterDataHandler = between

        return start, end

    def _listen(self) -> None:
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.start, self.end
        self.parser.CharacterDataHandler = self.between

    def refuse(self, text: str) -> None:
        """Raise an error if text is not blank, at the node in which it stands."""
        if text.strip(_BLANKS):
            raise self.nodes[-1].wrong(f"text may not stand in “{self.nodes[-1].kind}”")

    # --- what is not everyday

    def declare(self, prefix: str | None, uri: str | None) -> None:
        self.declared[prefix or ""] = uri or ""

    def odd(self, expanded: str, attributes: dict[str, str]) -> None:
        """An element that RELAX NG does not have: an annotation, or an error."""
        namespace, _, kind = expanded.rpartition("}")
        parent = self.nodes[-1]
        if namespace == RELAXNG:
            raise self._wrong(f"RELAX NG has no element “{kind}”")
        if parent is self.top:
            raise self._wrong(f"not a RELAX NG schema: the root is “{kind}”, not an element of {RELAXNG}")
        if parent.kind in TEXTS:
            raise self._wrong(f"“{parent.kind}” holds text only, no elements")
        self.skipped = 1
        parser = self.parser
        parser.StartElementHandler, parser.EndElementHandler = self.skip, self.skip_end
        parser.CharacterDataHandler = None

    def skip(self, _: str, __: object) -> None:
        self.skipped += 1

    def skip_end(self, _: str) -> None:
        self.skipped -= 1
        if not self.skipped:
            self.declared.clear()
            self._listen()

    def inward(self, kind: str, attributes: dict[str, str], above: Scope) -> tuple[dict[str, str], Scope]:
        """The attributes of RELAX NG, for those of other namespaces are annotations, and the scope that they make."""
        for name in attributes:
            if name.startswith(RELAXNG + "}"):
                raise self._wrong(f"an attribute of “{kind}” stands in the namespace of RELAX NG")
        base = attributes.get(f"{XML}}}base")
        own = {name: value for name, value in attributes.items() if "}" not in name}
        library = own.get("datatypeLibrary", above.library)
        fault = library_fault(library) if library != above.library else ""
        if fault:
            raise self._wrong(fault)
        prefixes = {**above.prefixes, **self.declared}
        self.declared.clear()
        namespace = own.get("ns", above.namespace)
        return own, Scope(
            above.name, namespace, library, prefixes, above.base if base is None else resolved(above.base, base)
        )

    def _wrong(self, message: str) -> SchemaError:
        return SchemaError(self.name, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1, message)


def library_fault(library: str) -> str:
    """What is wrong with the URI of a datatype library (4.3), or nothing."""
    if not library:
        return ""
    parts = urlsplit(library)
    if not parts.scheme or library.endswith(":"):
        return f"“{library}” cannot be a datatype library: it is not an absolute URI"
    if not _URI.fullmatch(library):
        return f"“{library}” cannot be a datatype library: it is not a URI"
    if "#" in library:
        return f"“{library}” cannot be a datatype library: it has a fragment"
    return ""
