"""Which schemas a document names itself, by the processing instruction ``xml-model`` (ISO/IEC 19757-11)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal
from urllib.parse import unquote

from lxml import etree

from editio import codes
from editio.diagnostics import Code, Diagnostic, Location, printable
from editio.files import leads_out
from editio.model import Document
from editio.validating.schemas import ADDRESS, SchemaFile

RELAXNG = "http://relaxng.org/ns/structure/1.0"
SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
COMPACT = "application/relax-ng-compact-syntax"
Language = Literal["relaxng", "compact", "schematron", ""]
ENDINGS: dict[str, Language] = {".rng": "relaxng", ".rnc": "compact", ".sch": "schematron"}


@dataclass(frozen=True)
class Model:
    """A schema that a document names: its address, the language it is written in (empty: another), phase, and place."""

    href: str
    language: Language
    phase: str
    line: int


@dataclass(frozen=True)
class Named:
    """The schema and the rules that a document names and that can be read, each with a phase; and why others are not.

    What is not read is said by address, for many documents name the same one.
    """

    schemas: tuple[SchemaFile, ...] = ()
    rules: tuple[tuple[SchemaFile, str], ...] = ()
    unread: tuple[tuple[str, Diagnostic], ...] = ()


def models_of(root: etree._Element) -> Iterator[Model]:
    """The schemas that a document names, in order."""
    before = [
        node for node in root.itersiblings(etree.PI, preceding=True) if isinstance(node, etree._ProcessingInstruction)
    ]
    for node in reversed([node for node in before if node.target == "xml-model"]):
        said = {str(name): str(value) for name, value in node.attrib.items()}
        if href := said.get("href", "").strip():
            yield Model(href, _language(said, href), said.get("phase", ""), node.sourceline or 0)


def _language(said: dict[str, str], href: str) -> Language:
    if said.get("type", "") == COMPACT:
        return "compact"
    ending = PurePosixPath(href.partition("#")[0].partition("?")[0]).suffix.lower()
    match said.get("schematypens", ""):
        case "":
            return ENDINGS.get(ending, "")
        case space if space == RELAXNG:
            return "compact" if ending == ".rnc" else "relaxng"
        case space if space == SCHEMATRON:
            return "schematron"
    return ""


def named_by(document: Document, path: Path, grounds: Path, wanted: Collection[Language]) -> Named:
    """What a document in a file names as its schemas in these languages, as far as it lies in the grounds and may be read."""
    schemas: list[SchemaFile] = []
    rules: list[tuple[SchemaFile, str]] = []
    unread: list[tuple[str, Diagnostic]] = []
    for model in models_of(document.root):
        if model.language not in wanted:
            continue
        file = _file(model, document.name, path, grounds)
        if isinstance(file, Diagnostic):
            unread.append((model.href, file))
        elif model.language == "schematron":
            rules.append((file, model.phase))
        else:
            schemas.append(file)
    return Named(tuple(schemas), tuple(rules), tuple(unread))


def _file(model: Model, name: str, path: Path, grounds: Path) -> SchemaFile | Diagnostic:
    shown = printable(model.href[:200])
    if ADDRESS.match(model.href) or model.href.startswith("//"):
        return _unread(model, name, codes.UNREAD_MODEL, f"the schema “{shown}” lies outside and is not fetched")
    if not model.language:
        return _unread(model, name, codes.UNREAD_MODEL, f"“{shown}” is neither RELAX NG nor Schematron and is not read")
    target = path.parent / unquote(model.href.partition("#")[0])
    try:
        if leads_out(target, grounds):
            return _unread(model, name, codes.MISSING_MODEL, f"the schema “{shown}” lies outside the project")
        if not target.is_file():
            return _unread(model, name, codes.MISSING_MODEL, f"there is no schema “{shown}”")
    except (ValueError, OSError):
        return _unread(model, name, codes.MISSING_MODEL, f"there is no schema “{shown}”")
    return SchemaFile(target.resolve(), grounds.resolve(), model.language == "compact")


def _unread(model: Model, name: str, code: Code, message: str) -> Diagnostic:
    return Diagnostic(code, Location(name, model.line), message, code.cure, code.severity)
