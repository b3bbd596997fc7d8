"""Says whether TEI documents are sound: well-formed, valid against the schema, and free of what the checks look for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from lxml import etree

from editio import codes, tei
from editio.diagnostics import Code, Diagnostic, Location, Report, Severity, printable, refuse
from editio.model import Document, Edition
from editio.registry import Finding, checks, edition_checks
from editio.resources import shipped


def validate(documents: Iterable[Document], edition: Edition, schema: Path | None, report: Report) -> None:
    """Report all that is wrong with the documents."""
    grammar = _compile(schema or shipped("schema") / "editio.rng", report)
    for document in documents:
        _validate_schema(document, grammar, report)
        for entry in checks():
            report.extend(_diagnostics(entry.code, entry.find(document, edition)))


def validate_schema(documents: Iterable[Document], schema: Path | None, report: Report) -> None:
    """Report where documents are not as the schema wants them."""
    grammar = _compile(schema or shipped("schema") / "editio.rng", report)
    for document in documents:
        _validate_schema(document, grammar, report)


def validate_together(
    documents: Sequence[Document], edition: Edition, report: Report, least: Severity = Severity.INFO
) -> None:
    """Report what is wrong with the documents and registers of an edition as a whole, and is at least so bad."""
    for entry in edition_checks():
        if entry.code.severity >= least:
            report.extend(_diagnostics(entry.code, entry.find(documents, edition)))


def _diagnostics(code: Code, findings: Iterable[Finding]) -> Iterator[Diagnostic]:
    for found in findings:
        yield Diagnostic(code, found.location, printable(found.message), found.hint or code.cure, code.severity)


def schema_of(edition: Edition) -> Path | None:
    """The schema that edition.toml names; none for the profile that Editio ships."""
    named = edition.settings.validate.schema
    return edition.root / named if named else None


def _compile(path: Path, report: Report) -> etree.RelaxNG:
    try:
        return _grammar(path.read_bytes())
    except OSError as error:
        raise refuse(
            codes.UNUSABLE_SCHEMA, report.place(path), f"the schema cannot be read: {error.strerror}"
        ) from None
    except tei.MalformedXml as error:
        raise refuse(codes.UNUSABLE_SCHEMA, report.place(path, error.line, error.column), error.message) from None
    except etree.RelaxNGParseError as error:
        raise refuse(codes.UNUSABLE_SCHEMA, report.place(path), f"not a RELAX NG schema: {error}") from None


@lru_cache(maxsize=2)
def _grammar(data: bytes) -> etree.RelaxNG:
    """A compiled schema; compiling takes longer than validating a document."""
    return etree.RelaxNG(tei.parse(data).getroottree())


def _validate_schema(document: Document, grammar: etree.RelaxNG, report: Report) -> None:
    if grammar.validate(document.root.getroottree()):
        return
    # libxml2 calls a repeated xml:id an attribute that may not be; the check duplicate-id says it better
    seen = _lines_of_repeated_ids(document)
    for error in grammar.error_log:
        if error.line not in seen:
            seen.add(error.line)
            report.add(codes.INVALID, Location(document.name, error.line), _in_words(error.message))


def _lines_of_repeated_ids(document: Document) -> set[int]:
    elements = [element for element in document.root.iter(etree.Element) if tei.XML_ID in element.attrib]
    counts = Counter(element.get(tei.XML_ID) for element in elements)
    return {element.sourceline or 0 for element in elements if counts[element.get(tei.XML_ID)] > 1}


def _in_words(message: str) -> str:
    """libxml2's message without its jargon."""
    patterns = {
        r"Did not expect element (\w+) there": r"the element \1 may not stand here",
        r"Did not expect text in element (\w+) content": r"the element \1 may not hold text",
        r"Expecting element (\w+), got (\w+)": r"\2 stands where \1 is expected",
        r"Invalid attribute (\S+) for element (\w+)": r"the element \2 may not have the attribute \1, or not with this value",
        r"Element (\w+) failed to validate attributes": r"the element \1 has an attribute it may not have, or lacks one",
        r"Element (\w+) failed to validate content": r"the element \1 holds something it may not hold",
        r"Element (\w+) has extra content: (\w+)": r"the element \1 may not hold \2 at this place",
        r"Expecting an element (\w*), got nothing": r"something is missing here: \1",
    }
    for pattern, words in patterns.items():
        if re.search(pattern, message):
            return re.sub(f".*{pattern}.*", words, message).strip()
    return message[:1].lower() + message[1:]
