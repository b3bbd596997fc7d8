"""Runs XSLT 3.0 with Saxon, closed: no file, network, environment or output that Python did not hand over.

Stylesheets are copied to a private folder with every include resolved here, and reach Saxon
through a catalog under the scheme ``editio:``, the only one it may open. Documents and
parameters go in as values; results come back as one JSON map, path → text, and those of a
``Query``, a stylesheet handed over as text, as nodes with what it has to say of each.
The only module that imports saxonche. One processor per process, in its main thread.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TypeVar

from lxml import etree
from saxonche import PySaxonApiError, PySaxonProcessor, PyXdmItem, PyXdmNode, PyXsltExecutable

from editio.files import leads_out

T = TypeVar("T")
XSL = "{http://www.w3.org/1999/XSL/Transform}"
FEATURE = "http://saxon.sf.net/feature/"
CLOSED = {
    "allowedProtocols": "editio",
    "allow-external-functions": "false",
    "disableXslEvaluate": "true",
    "regexBacktrackingLimit": "1000000",
    "parserProperty?uri=jdk.xml.maxElementDepth": "256",
}
ELEMENT, DOCUMENT = 1, 9
DIAGNOSTIC = "{urn:editio}diagnostic"


class StylesheetError(Exception):
    """A stylesheet that may not or cannot be compiled; ``file`` and ``line`` say where."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}:{line}: {message}")
        self.file, self.line, self.message = file, line, message

    def __reduce__(self) -> tuple[type[StylesheetError], tuple[str, int, str]]:
        return (StylesheetError, (self.file, self.line, self.message))


class TransformError(Exception):
    """A transformation that ended with a dynamic error."""


@dataclass(frozen=True)
class Xml:
    """A parameter that is a document: the path of an XML file without DOCTYPE, parsed once per process."""

    path: str


@dataclass(frozen=True)
class Message:
    """An ``xsl:message`` in the form of an ``ed:diagnostic`` element."""

    code: str
    path: str
    text: str


@dataclass(frozen=True)
class Result:
    """What a transformation gave: files by path, and what it had to say."""

    files: Mapping[str, str]
    messages: tuple[Message, ...]


@dataclass(frozen=True)
class Answer:
    """What a query says of a node: the document's address, line and column (in UTF-16 units) right behind the start tag."""

    address: str
    line: int
    column: int
    said: str


class Query:
    """A stylesheet that returns maps of a ``node`` and of what is ``said`` of it, compiled; it reaches no file.

    Documents that it may need are handed in, by address, as its parameter ``documents`` in ``namespace``.
    """

    def __init__(self, stylesheet: str, namespace: str) -> None:
        self._processor = _closed_processor()
        self._handed_in: dict[str, PyXdmNode] = {}
        self._documents = self._processor.make_map2({})
        self._parameter = f"{{{namespace}}}documents"
        try:
            self._executable = self._processor.new_xslt30_processor().compile_stylesheet(stylesheet_text=stylesheet)
        except PySaxonApiError as error:
            raise StylesheetError("", 0, str(error)) from None
        self._executable.set_save_xsl_message(True)
        self._executable.set_result_as_raw_value(True)

    def hand_in(self, documents: Mapping[str, str | None]) -> None:
        """Documents without DOCTYPE, by address; nothing for one that there is not."""
        self._handed_in = {one: self._parsed(text, one) for one, text in documents.items() if text is not None}
        nothing = self._processor.empty_sequence()
        self._documents = self._processor.make_map2({one: self._handed_in.get(one, nothing) for one in documents})

    def ask(self, text: str, address: str) -> tuple[list[Answer], list[Answer]]:
        """What the stylesheet returns for a document without DOCTYPE, and what it said by messages."""
        document = self._parsed(text, address)
        executable = self._executable
        executable.clear_xsl_messages()
        executable.set_parameter(self._parameter, self._documents)
        executable.set_initial_match_selection(xdm_value=document)
        executable.set_global_context_item(xdm_item=document)
        try:
            value = executable.apply_templates_returning_value()
        except PySaxonApiError as error:
            raise TransformError(str(error)) from None
        items = (value.item_at(number) for number in range(value.size)) if value is not None else ()
        told = _told(executable.get_xsl_messages(), {**self._handed_in, address: document})
        return [_answer(item) for item in items if item.is_map], list(told)

    def _parsed(self, text: str, address: str) -> PyXdmNode:
        builder = self._processor.new_document_builder()
        builder.set_line_numbering(True)
        builder.set_base_uri(address)
        try:
            return builder.parse_xml(xml_text=text, encoding="UTF-8")
        except PySaxonApiError as error:
            raise TransformError(str(error)) from None


def transform_text(stylesheet: str, source: str, parameters: Mapping[str, str]) -> str:
    """A document transformed by a shipped stylesheet that includes nothing."""
    processor = _closed_processor()
    executable = processor.new_xslt30_processor().compile_stylesheet(stylesheet_text=stylesheet)
    for name, value in parameters.items():
        executable.set_parameter(name, processor.make_string_value(value))
    return str(executable.transform_to_string(xdm_node=processor.parse_xml(xml_text=source)))


@cache
def _closed_processor() -> PySaxonProcessor:
    """A processor that may open nothing at all, one for the process."""
    processor = PySaxonProcessor(license=False)
    for feature, value in {**CLOSED, "allowedProtocols": ""}.items():
        processor.set_configuration_property(FEATURE + feature, value)
    return processor


def _answer(item: PyXdmItem) -> Answer:
    found = item.get_map_value()
    node = found.get("node").head.get_node_value()
    while node.node_kind not in (ELEMENT, DOCUMENT):
        node = node.get_parent()
    line, column = max(node.line_number, 0), max(node.column_number, 0)
    while node.node_kind != DOCUMENT and node.get_parent() is not None:
        node = node.get_parent()
    return Answer(node.base_uri or "", line, column, found.get("said").head.string_value)


def _told(messages: Iterable[object] | None, documents: Mapping[str, PyXdmNode]) -> Iterable[Answer]:
    """Messages of the form ``<fault document="…" path="…">…</fault>``."""
    for message in messages or ():
        for fault in etree.fromstring(f"<m>{message}</m>").iter("fault"):
            address = fault.get("document", "")
            node = _at_path(documents[address], fault.get("path", ""))
            yield Answer(address, max(node.line_number, 0), max(node.column_number, 0), "".join(fault.itertext()))


def _at_path(node: PyXdmNode, path: str) -> PyXdmNode:
    """The node at a path as the function ``path`` writes it, as far as it leads through elements."""
    for name, number in re.findall(r"/(Q\{[^{}]*\}[^\[/]+)\[(\d+)\]", path):
        wanted = name.removeprefix("Q{}")
        alike = [child for child in node.children if child.node_kind == ELEMENT and child.name == wanted]
        if len(alike) < int(number):
            return node
        node = alike[int(number) - 1]
    return node


class Stylesheets:
    """The compiled entries (``html.xsl`` …) of one or two layers of stylesheets."""

    def __init__(self, layers: tuple[Path, ...]) -> None:
        self._processor = PySaxonProcessor(license=False)
        self._staging = tempfile.TemporaryDirectory(prefix="editio-xslt-")
        self._staged = _Stage(layers, Path(self._staging.name))
        # Saxon takes a catalog only before the configuration is first used
        self._processor.set_catalog_files([str(self._staged.catalog)])
        for feature, value in CLOSED.items():
            self._processor.set_configuration_property(FEATURE + feature, value)
        self._executables: dict[str, PyXsltExecutable] = {}
        self._documents: dict[str, PyXdmNode] = {}

    def close(self) -> None:
        """Remove the private copies of the stylesheets."""
        self._staging.cleanup()

    def transform(self, entry: str, source: str, parameters: Mapping[str, str | Xml]) -> Result:
        """Run an entry on one document; its result must be a map path → text."""
        executable = self._prepared(entry, parameters)
        node = self._parsed(source)
        return self._result(executable, self._run(lambda: executable.transform_to_string(xdm_node=node)))

    def call(self, entry: str, template: str, parameters: Mapping[str, str | Xml]) -> Result:
        """Call a named template of an entry; its result must be a map path → text."""
        executable = self._prepared(entry, parameters)
        return self._result(executable, self._run(lambda: executable.call_template_returning_string(template)))

    def _parsed(self, text: str) -> PyXdmNode:
        return self._run(lambda: self._processor.parse_xml(xml_text=text))

    def _run(self, work: Callable[[], T]) -> T:
        """Let Saxon work; where a dynamic error happened, it says on standard error only."""
        with _standard_error() as said:
            try:
                return work()
            except PySaxonApiError as error:
                failure = str(error)
        raise TransformError(self._words(f"{failure} {said[0]}"))

    def _prepared(self, entry: str, parameters: Mapping[str, str | Xml]) -> PyXsltExecutable:
        executable = self._executables.get(entry) or self._compile(entry)
        self._executables[entry] = executable
        unknown = set(parameters) - self._staged.parameters(entry)
        if unknown:
            raise StylesheetError(entry, 0, f"no such parameter: {', '.join(sorted(unknown))}")
        executable.clear_parameters()
        executable.clear_xsl_messages()
        for name, value in parameters.items():
            executable.set_parameter(name, self._value(value))
        return executable

    def _value(self, value: str | Xml) -> object:
        if isinstance(value, str):
            return self._processor.make_string_value(value)
        if value.path not in self._documents:
            self._documents[value.path] = self._parsed(Path(value.path).read_text(encoding="utf-8"))
        return self._documents[value.path]

    def _words(self, error: str) -> str:
        """Saxon's message on one line, the same for every run: without the folder that the stylesheets are copied to."""
        words = " ".join(error.split())
        return re.sub(rf"(?:file:/*)?{re.escape(self._staging.name)}/?", "", words)

    def _compile(self, entry: str) -> PyXsltExecutable:
        try:
            executable = self._processor.new_xslt30_processor().compile_stylesheet(
                stylesheet_text=self._staged.driver(entry)
            )
        except PySaxonApiError as error:
            raise StylesheetError(entry, 0, self._words(str(error))) from None
        executable.set_save_xsl_message(True)
        return executable

    def _result(self, executable: PyXsltExecutable, output: str | None) -> Result:
        return Result(_files(output or "{}"), tuple(_messages(executable.get_xsl_messages())))


def _files(output: str) -> dict[str, str]:
    """The files that a stylesheet returned as a JSON map, path → text."""
    try:
        files = json.loads(output)
    except json.JSONDecodeError:
        raise TransformError("the result is no map of paths to texts") from None
    if not isinstance(files, dict) or not all(isinstance(text, str) for text in files.values()):
        raise TransformError("the result is no map of paths to texts")
    return files


def _messages(nodes: object) -> Iterable[Message]:
    for node in nodes or ():  # type: ignore[attr-defined]
        for found in etree.fromstring(f"<m>{node}</m>").iter(DIAGNOSTIC):
            yield Message(found.get("code", "odd-construct"), found.get("path", ""), "".join(found.itertext()))


@contextmanager
def _standard_error() -> Iterator[list[str]]:
    """What is written to the process's standard error meanwhile: one string, there when the block has ended."""
    said = [""]
    with tempfile.TemporaryFile() as kept:
        before = os.dup(2)
        os.dup2(kept.fileno(), 2)
        try:
            yield said
        finally:
            os.dup2(before, 2)
            os.close(before)
            kept.seek(0)
            said[0] = kept.read().decode("utf-8", errors="replace")


class _Stage:
    """Copies the stylesheets reachable from the entries to a folder Saxon can reach by catalog only."""

    def __init__(self, layers: tuple[Path, ...], folder: Path) -> None:
        from xml.sax.saxutils import quoteattr  # noqa: PLC0415 - it brings half of the standard library with it

        self._base, self._own = layers[0], layers[1] if len(layers) > 1 else None
        self._folder = folder
        self._parameters: dict[str, set[str]] = {}
        self._includes: dict[str, list[str]] = {}
        for entry in sorted(path.name for path in self._base.glob("*.xsl")):
            self._copy("shipped", entry)
            if self._own and (self._own / entry).is_file():
                self._copy("project", entry)
        self.catalog = folder / "catalog.xml"
        entries = "".join(
            f"<uri name={quoteattr(f'editio:{name}')} uri={quoteattr((folder / name).as_uri())}/>"
            for name in self._includes
        )
        self.catalog.write_text(f'<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">{entries}</catalog>')

    def driver(self, entry: str) -> str:
        """The stylesheet that imports an entry and, over it, the project's templates for it."""
        names = [name for name in (f"shipped/{entry}", f"project/{entry}") if name in self._includes]
        imports = "".join(f'<xsl:import href="editio:{name}"/>' for name in names)
        return f'<xsl:stylesheet version="3.0" xmlns:xsl="{XSL[1:-1]}">{imports}</xsl:stylesheet>'

    def parameters(self, entry: str) -> set[str]:
        """Names of the parameters that an entry and what it includes declare."""
        found: set[str] = set()
        todo, seen = [f"shipped/{entry}", f"project/{entry}"], set[str]()
        while todo:
            name = todo.pop()
            if name in seen or name not in self._includes:
                continue
            seen.add(name)
            found |= self._parameters[name]
            todo += self._includes[name]
        return found

    def _copy(self, layer: str, path: str) -> None:
        name = f"{layer}/{path}"
        if name in self._includes:
            return
        file = self._file(layer, path)
        root = _parse_stylesheet(file)
        self._parameters[name] = {str(param.get("name")) for param in root.findall(f"{XSL}param")}
        self._includes[name] = []
        for include in root.iter(f"{XSL}include", f"{XSL}import"):
            target = _inside(path, include.get("href", ""), file, include.sourceline or 0)
            include.set("href", f"editio:{layer}/{target}")
            self._includes[name].append(f"{layer}/{target}")
            self._copy(layer, target)
        copy = self._folder / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(etree.tostring(root))

    def _file(self, layer: str, path: str) -> Path:
        """The file of a module; a project's file of the same path stands in for a shipped module."""
        if self._own and (layer == "project" or "/" in path) and (self._own / path).is_file():
            if leads_out(self._own / path, self._own):
                raise StylesheetError(
                    str(self._own / path), 0, "it is a link that leads out of the project's stylesheets"
                )
            return self._own / path
        return self._base / path


def _parse_stylesheet(file: Path) -> etree._Element:
    """Parse a stylesheet, refusing whatever could read a file while it is compiled."""
    try:
        root = etree.fromstring(
            file.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        )
    except OSError:
        raise StylesheetError(str(file), 0, "no such stylesheet") from None
    except etree.XMLSyntaxError as error:
        raise StylesheetError(str(file), error.lineno or 0, error.msg or "not well-formed") from None
    if root.getroottree().docinfo.doctype:
        raise StylesheetError(str(file), 1, "a stylesheet may not have a DOCTYPE")
    for element in root.iter(etree.Element):
        own = str(element.tag).startswith(XSL)
        for attribute in map(str, element.attrib):
            evaluated = own and (attribute.startswith("_") or attribute in ("use-when", "static"))
            if evaluated or attribute == f"{XSL}use-when":
                raise StylesheetError(
                    str(file), element.sourceline or 0, f"the attribute “{attribute}” is evaluated while compiling"
                )
    return root


def _inside(path: str, href: str, file: Path, line: int) -> str:
    """The path of an included module, which must be a relative one below the stylesheet folder."""
    if not href or ":" in href or href.startswith("/") or "\\" in href or "#" in href or "?" in href:
        raise StylesheetError(str(file), line, f"only a relative path may be included, not “{href}”")
    parts: list[str] = []
    for part in (PurePosixPath(path).parent / href).parts:
        if part == "..":
            if not parts:
                raise StylesheetError(str(file), line, f"“{href}” leaves the stylesheet folder")
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
