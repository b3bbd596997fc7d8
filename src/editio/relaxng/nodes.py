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
_URI = re.compile("(?:[^%]|%[0-9A-Fa-f]{2})*")
Read = Callable[[str], bytes]


class Node:
    """An element of a schema, with what it inherits: namespace, datatype library, prefixes, base."""

    __slots__ = (
        "attributes", "base", "children", "datatype", "included", "kind", "library", "meaning", "names", "namespace",
        "place", "prefixes", "text",
    )  # fmt: skip

    def __init__(self, kind: str, attributes: dict[str, str], place: Place, scope: Scope) -> None:
        self.kind = kind
        self.attributes = attributes
        self.place = place
        self.children: list[Node] = []
        self.text = ""
        self.namespace = scope.namespace
        self.library = scope.library
        self.prefixes = scope.prefixes
        self.base = scope.base
        self.names: NameClass | None = None  # what follows is set where the node is checked
        self.datatype: Datatype | None = None
        self.meaning: object = None
        self.included: Node | None = None

    def wrong(self, message: str) -> SchemaError:
        """An error at the place of this node."""
        return SchemaError(self.place.name, self.place.line, self.place.column, message)


class Scope:
    """What an element of a schema hands down to those in it."""

    __slots__ = ("base", "library", "namespace", "prefixes")

    def __init__(self, namespace: str, library: str, prefixes: Mapping[str, str], base: str) -> None:
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
        return _read(data, _Reader(name, namespace, None))
    except (ValueError, LookupError):  # an encoding that expat does not know
        recoded = in_utf8(data)
    if recoded is None:
        raise SchemaError(name, 1, 1, "the encoding that the schema names is not known, or is not its own")
    return _read(recoded, _Reader(name, namespace, "utf-8"))


def _read(data: bytes, reader: _Reader) -> Node:
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        message = f"not well-formed XML: {expat.errors.messages[error.code]}"
        raise SchemaError(reader.name, error.lineno, error.offset + 1, message) from None
    assert reader.root is not None
    return reader.root


class _Reader:
    """Builds nodes from the events of expat."""

    def __init__(self, name: str, namespace: str, encoding: str | None) -> None:
        self.name = name
        self.root: Node | None = None
        self.scopes = [Scope(namespace, "", {"xml": XML}, name)]
        self.nodes: list[Node] = []
        self.skipped = 0  # how deep inside an annotation
        self.texts: list[str] = []
        self.declared: dict[str, str] = {}
        self.parser = expat.ParserCreate(encoding, "}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.texts.append
        self.parser.StartNamespaceDeclHandler = self.declare

    def declare(self, prefix: str | None, uri: str | None) -> None:
        self.declared[prefix or ""] = uri or ""

    def start(self, expanded: str, attributes: dict[str, str]) -> None:
        namespace, _, kind = expanded.rpartition("}")
        if self.skipped or (namespace != RELAXNG and self.nodes):
            self.skipped += 1
            self.declared.clear()
            self._keep_text()
            if self.skipped == 1 and self.nodes[-1].kind in ("value", "param", "name"):
                raise self._wrong(f"“{self.nodes[-1].kind}” holds text only, no elements")
            return
        if namespace != RELAXNG:
            raise self._wrong(f"not a RELAX NG schema: the root is “{kind}”, not an element of {RELAXNG}")
        if len(self.nodes) >= DEEPEST:
            raise self._wrong(f"elements are nested more than {DEEPEST} deep")
        self._keep_text()
        parser = self.parser
        place = Place(self.name, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        own = self._own(attributes, kind, place) if attributes else attributes
        scope = self._scope(own, attributes) if own or self.declared or attributes else self.scopes[-1]
        node = Node(kind, own, place, scope)
        self.scopes.append(scope)
        if self.nodes:
            self.nodes[-1].children.append(node)
        else:
            self.root = node
        self.nodes.append(node)

    def _own(self, attributes: dict[str, str], kind: str, place: Place) -> dict[str, str]:
        """The attributes of RELAX NG; those of other namespaces are annotations."""
        own = {}
        for name, value in attributes.items():
            if "}" not in name:
                own[name] = value if name in ("ns", "datatypeLibrary") else value.strip()
            elif name.startswith(RELAXNG + "}"):
                raise SchemaError(
                    place.name,
                    place.line,
                    place.column,
                    f"an attribute of “{kind}” stands in the namespace of RELAX NG",
                )
        return own

    def _scope(self, own: dict[str, str], attributes: dict[str, str]) -> Scope:
        above = self.scopes[-1]
        base = attributes.get(f"{XML}}}base")
        prefixes = above.prefixes
        if self.declared:
            prefixes = {**prefixes, **self.declared}
            self.declared = {}
        elif "ns" not in own and "datatypeLibrary" not in own and base is None:
            return above
        library = own.get("datatypeLibrary", above.library)
        if library != above.library:
            self._check_library(library)
        return Scope(
            own.get("ns", above.namespace),
            library,
            prefixes,
            above.base if base is None else resolved(above.base, base),
        )

    def _check_library(self, library: str) -> None:
        fault = library_fault(library)
        if fault:
            raise self._wrong(fault)

    def end(self, _: str) -> None:
        if self.skipped:
            self.skipped -= 1
            self.texts.clear()
            return
        self._keep_text()
        self.nodes.pop()
        self.scopes.pop()

    def _keep_text(self) -> None:
        if self.texts:
            if self.nodes and self.skipped <= 1:
                self.nodes[-1].text += "".join(self.texts)
            self.texts.clear()

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
