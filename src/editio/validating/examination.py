"""Looks at one document: held against its schemas and rules, and asked by every check, whatever becomes of the others."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from editio import codes
from editio.diagnostics import Code, Diagnostic, Location, Refusal, Report, printable
from editio.documents import read_document
from editio.including.assemble import whole
from editio.model import Document, Edition
from editio.registry import CheckEntry, Finding, checks
from editio.relaxng import Fault
from editio.validating.criteria import Chosen, Criteria, chosen_for, grounds_of
from editio.validating.faults import diagnostics
from editio.validating.repeated import about_finding
from editio.validating.schemas import SchemaFile, load_schema


@dataclass(frozen=True)
class Held:
    """A schema that a document was held against: whether it is valid (None: nobody knows), and where the first fault is."""

    schema: SchemaFile
    valid: bool | None = None
    place: Location = field(default_factory=Location)


@dataclass(frozen=True)
class Outcome:
    """What was found in one file; which schemas it names are not read, by address; whether any schema was there for it.

    ``svrl`` has what the rules of each Schematron file say, as SVRL, by the name of that file, if it was asked for;
    ``held`` is for another engine to be asked.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    unread: tuple[tuple[str, Diagnostic], ...] = ()
    without_schema: bool = False
    svrl: tuple[tuple[str, str], ...] = ()
    held: tuple[Held, ...] = ()
    document: Document | None = field(default=None, compare=False)


def examine_file(path: Path, edition: Edition, criteria: Criteria) -> Outcome:
    """All that is wrong with a file."""
    report = Report(edition.root)
    document = read_whole(path, report)
    if document is None:
        return Outcome(tuple(report.found))
    return examine(document, path, edition, criteria, report)


def read_whole(path: Path, report: Report) -> Document | None:
    """The document in a file with what it includes, if it can be read."""
    document = read_document(path, report)
    return document and whole(document, path, grounds_of(path, report.root), report)


def examine(document: Document, path: Path, edition: Edition, criteria: Criteria, report: Report) -> Outcome:
    """All that is wrong with a document that lies in a file."""
    chosen = chosen_for(document, path, edition, criteria)
    held = tuple(filter(None, (hold_against(one, document, criteria, report) for one in chosen.schemas)))
    for rules, phase in chosen.rules:
        ask_rules(rules, phase, document, criteria.cache, report)
    ask_checks(document, edition, report)
    svrl = tuple(_told(document, chosen, criteria, report)) if criteria.svrl else ()
    to_ask = held if criteria.engine != "editio" else ()
    return Outcome(tuple(report.found), chosen.named.unread, not chosen.schemas, svrl, to_ask, document)


def _told(document: Document, chosen: Chosen, criteria: Criteria, report: Report) -> Iterator[tuple[str, str]]:
    """What the rules say of a document as SVRL; rules that cannot be used have been reported by then."""
    from editio.validating.rules import svrl  # noqa: PLC0415 - as for ask_rules

    for file, phase in chosen.rules:
        told = svrl(file, phase, document, criteria.cache, report.root)
        if told:
            yield file.path.stem, told


def hold_against(file: SchemaFile, document: Document, criteria: Criteria, report: Report) -> Held | None:
    """Report where a document is not as a schema wants it; what came of it, if there is such a schema."""
    try:
        schema = load_schema(file, criteria.cache, report)
    except Refusal as refusal:
        report.extend([refusal.diagnostic])
        return None
    if criteria.engine == "jing":
        return Held(file)
    repeated = [id for id, elements in document.lookup.by_id.items() if len(elements) > 1]
    held = Held(file)

    def found() -> Iterable[Diagnostic]:
        nonlocal held
        faults = schema.validate(document.data)
        held = _held(file, faults, document)
        return diagnostics(faults, document, repeated)

    with_care("the schema", document.name, report, found)
    return held


def _held(file: SchemaFile, faults: Sequence[Fault], document: Document) -> Held:
    if not faults:
        return Held(file, valid=True)
    given_up = faults[0].kind == "too-complex"
    return Held(file, None if given_up else False, document.place(faults[0].line, faults[0].column))


def ask_rules(file: SchemaFile, phase: str, document: Document, cache: Path | None, report: Report) -> None:
    """Report where a document breaks the rules of a Schematron schema, and what of the schema cannot be used."""
    from editio.validating.rules import broken_rules  # noqa: PLC0415 - only where there are rules, for it brings Saxon

    find = partial(broken_rules, file, phase, document, cache, report)
    with_care(f"the rules of {file.path.name}", document.name, report, find)


def ask_checks(document: Document, edition: Edition, report: Report) -> None:
    """Report what the checks find in a document."""
    for entry in checks():
        with_care(f"the check “{entry.code.name}”", document.name, report, partial(_asked, entry, document, edition))


def _asked(entry: CheckEntry, document: Document, edition: Edition) -> Iterator[Diagnostic]:
    return in_words(entry.code, entry.find(document, edition))


def in_words(code: Code, findings: Iterable[Finding]) -> Iterator[Diagnostic]:
    """What a check found, as diagnostics."""
    for found in findings:
        message, hint = printable(found.message), printable(found.hint or code.cure)
        about = about_finding(found)
        yield Diagnostic(code, found.location, message, hint, code.severity, about=about)


def with_care(what: str, name: str, report: Report, find: Callable[[], Iterable[Diagnostic]]) -> None:
    """Report what one of many finds; if it breaks off, that is a bug of ours, told with its traceback, and the rest goes on.

    The one place where every exception is caught: no check may keep an editor from what the others find.
    """
    try:
        for found in find():
            report.extend([found])
    except MemoryError:
        raise
    except Exception as error:
        sys.stderr.write(f"{name or 'the edition'}: {what}\n{traceback.format_exc()}")
        message = f"{what} broke off: {type(error).__name__}"
        report.add(codes.FAILED_CHECK, Location(name), message)
