"""Says where documents break the rules of a Schematron schema: opens the rules, asks them of one document at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from editio import codes, schematron, tei, xslt
from editio.diagnostics import Code, Diagnostic, Location, Severity, printable
from editio.doctype import without_doctype
from editio.files import leads_out, read_file
from editio.model import Document
from editio.schematron import Check, Fault, Finding, Result, Rule, Schema, SchemaError, Unevaluated, Wanted

# Addresses under which documents of the project are known to rules; nothing answers to them but what is handed in.
PROJECT = "editio:/"
SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO}
# How often rules may ask for further documents: a document can name one that names one …
ROUNDS = 8
ATTEMPTS = 20
AT_LINE = re.compile(r"on line (\d+)")


@dataclass(frozen=True)
class _Compiled:
    """A stylesheet of rules, and what asks it."""

    text: str
    query: xslt.Query

    def rule_at_fault(self, message: str) -> str:
        """The rule in whose template an error arose that nothing could catch, as an endless recursion."""
        lines = re.findall(r"(?s)In template rule with match=.*?on line (\d+)", message)
        parts = (schematron.part_at(self.text, int(line)) for line in lines)
        return next((part for part in parts if part.startswith("r")), "")


class Rules:
    """A schema that is ready to be asked; ``faults`` says what of it cannot be used. One per process is kept open."""

    def __init__(self, schema: Schema | None, faults: Iterable[Fault], root: Path, cache: Path | None) -> None:
        self._schema, self._root, self._cache = schema, root, cache
        self._documents: dict[str, str | None] = {}
        self._faults = list(faults)
        self._asked: _Compiled | None = None
        self._telling: _Compiled | None = None
        if schema is not None and schema.checks:
            self._asked, faults_of_parts = _compiled(schema, schematron.stylesheet(schema, xslt.transform_text, cache))
            self._faults += faults_of_parts

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the schema itself."""
        return tuple(_diagnostic_of(fault) for fault in dict.fromkeys(self._faults))

    @property
    def has_checks(self) -> bool:
        """Whether there is anything to ask."""
        return self._asked is not None

    def find(self, document: Document) -> Iterator[Diagnostic]:
        """Where a document breaks the rules, and which of them could not be evaluated, in the order of the document."""
        if self._asked is not None:
            found = dict.fromkeys(self._diagnostics(self._results(self._asked, document), document))
            yield from sorted(found, key=lambda one: one.location)

    def svrl(self, document: Document, name: str = "") -> str:
        """The same as a report of ISO Schematron, with every rule that fired; only where ``has_checks``.

        ``name`` is what the report calls the document, if not by its own name.
        """
        assert self._schema is not None, "there are checks"
        if self._telling is None:
            self._telling, _ = _compiled(
                self._schema, schematron.stylesheet(self._schema, xslt.transform_text, fired=True)
            )
        found = self._results(self._telling, document) if self._telling else ()
        results = [one for one in found if not isinstance(one, str)]
        return schematron.svrl(self._schema, results, name or document.name, _address(document.name))

    def _results(self, compiled: _Compiled, document: Document) -> list[Result | str]:
        """What the rules say of a document; rules that end the whole run for it are left out, and named."""
        assert self._schema is not None, "there are rules"
        text = without_doctype(document.data or tei.serialise_as_it_is(document.root), document.root)
        query, failed = compiled.query, dict[str, str]()
        for _ in range(ATTEMPTS):
            try:
                found = self._answers(query, text, document.name)
            except xslt.TransformError as error:
                part = compiled.rule_at_fault(str(error))
                if not part or part in failed:
                    return [_plain(str(error))]
                failed[part] = _first_error(str(error))
                left_out = _with_those_behind(self._schema, failed)
                query = xslt.Query(schematron.without(compiled.text, left_out), schematron.NAMESPACE)
            else:
                rules = ((self._schema.rules[int(part[1:]) - 1], reason) for part, reason in failed.items())
                return [*found, *(Unevaluated(rule, None, 0, 0, reason) for rule, reason in rules)]
        return [f"{len(failed)} of them end with an error"]

    def _answers(self, query: xslt.Query, text: str, name: str) -> list[Result]:
        """What the rules answer, asked again as long as they need documents that they do not have yet."""
        assert self._schema is not None, "there are rules"
        found: list[Result] = []
        address = _address(name)
        for _ in range(ROUNDS):
            answers, told = query.ask(text, address)
            lines = _LinesOfAll({**self._documents, address: text})
            placed = [(*lines.start(one), one.said) for one in (*answers, *told)]
            found = list(schematron.results(self._schema, placed))
            wanted = {one.address for one in found if isinstance(one, Wanted)}
            if not wanted:
                break
            self._documents |= {one: self._read(one) for one in sorted(wanted - set(self._documents))}
            query.hand_in(self._documents)
        return found

    def _read(self, address: str) -> str | None:
        """A document of the project for rules to read; nothing where there is none that may be read."""
        if not address.startswith(PROJECT):
            return None
        path = self._root / unquote(address.removeprefix(PROJECT)).lstrip("/")
        try:
            if leads_out(path, self._root):
                return None
            data = read_file(path)
            return without_doctype(data, tei.parse(data))
        except (OSError, tei.MalformedXml, ValueError):
            return None

    def _diagnostics(self, found: Iterable[Result | str], document: Document) -> Iterator[Diagnostic]:
        for one in found:
            if isinstance(one, str):
                message = f"none of the rules was evaluated: {one}"
                yield _diagnostic(codes.RULE_NOT_EVALUATED, Location(document.name), message)
            elif isinstance(one, Finding):
                yield _broken(one, document)
            elif isinstance(one, Unevaluated):
                message = f"{_name_of(one.check, one.rule)} was not evaluated: {_reason(one.reason)}"
                place = _place(one, document)
                yield _diagnostic(codes.RULE_NOT_EVALUATED, place, message, _declared(one.check or one.rule))
            elif isinstance(one, Wanted):
                message = f"a rule was not evaluated: it reads “{one.address}”, and that too many others"
                yield _diagnostic(codes.RULE_NOT_EVALUATED, Location(document.name), message)


def open_rules(path: Path, root: Path, phase: str = "#DEFAULT", cache: Path | None = None) -> Rules:
    """The rules of a Schematron file, or those embedded in a RELAX NG schema or an ODD, of a project.

    ``root`` is the folder in which its includes, and the documents that rules read, must lie; ``cache`` a folder for
    compiled rules. A schema that cannot be used has no rules, and says in ``faults`` why.
    """
    name = path.resolve().relative_to(root.resolve()).as_posix() if not leads_out(path, root) else path.as_posix()
    try:
        if path.exists() and not path.is_file():
            raise OSError(1, "it is no file")
        schema = schematron.load(path.read_bytes(), name, lambda wanted: _included(wanted, root), phase)
    except OSError as error:
        return Rules(None, [Fault(schematron.Place(name), f"it cannot be read: {error.strerror}")], root, cache)
    except SchemaError as error:
        return Rules(None, [error.fault], root, cache)
    none = () if schema.checks or schema.faults else (Fault(schematron.Place(name, 1, 1), "there are no rules in it"),)
    return Rules(schema, (*schema.faults, *none), root, cache)


def _compiled(schema: Schema, text: str) -> tuple[_Compiled | None, list[Fault]]:
    """The stylesheet without the parts in which Saxon finds errors, and these as faults; nothing if that is all."""
    faults: list[Fault] = []
    for _ in range(ATTEMPTS):
        try:
            return _Compiled(text, xslt.Query(text, schematron.NAMESPACE)), faults
        except xslt.StylesheetError as error:
            parts = dict(_parts_at_fault(error.message, text))
            if not parts:
                return None, [*faults, Fault(schematron.Place(schema.name), _plain(error.message))]
            faults += [_fault_of(schema, part, reason) for part, reason in parts.items()]
            text = schematron.without(text, _with_those_behind(schema, parts))
    return None, faults


def _with_those_behind(schema: Schema, parts: Iterable[str]) -> set[str]:
    """Parts, and with a rule those behind it in its pattern: they would be asked of what that rule was about."""
    left_out = set(parts)
    first: dict[int, int] = {}
    for part in left_out:
        if part.startswith("r"):
            rule = schema.rules[int(part[1:]) - 1]
            if not schema.patterns[rule.pattern - 1].group:
                first[rule.pattern] = min(rule.number, first.get(rule.pattern, rule.number))
    behind = (one for one in schema.rules if one.number > first.get(one.pattern, one.number))
    return left_out | {f"r{one.number}" for one in behind}


def _included(name: str, root: Path) -> bytes:
    """A file that a schema includes, which must lie in the project."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:", name) or name.startswith(("/", "../")) or name == "..":
        raise OSError(1, "it lies outside the project")
    path = root / unquote(name)
    if leads_out(path, root):
        raise OSError(1, "it lies outside the project")
    return read_file(path)


def _address(name: str) -> str:
    return PROJECT + quote(name.lstrip("/"))


class _LinesOfAll:
    """The lines of all documents that rules know, by address."""

    def __init__(self, texts: Mapping[str, str | None]) -> None:
        self._texts = texts
        self._lines: dict[str, _Lines] = {}

    def start(self, answer: xslt.Answer) -> tuple[str, int, int]:
        """Document, line and column where the start tag begins that an answer is about; nothing for what a rule made."""
        text = self._texts.get(answer.address)
        if text is None:
            return "", 0, 0
        if answer.address not in self._lines:
            self._lines[answer.address] = _Lines(text)
        return answer.address, *self._lines[answer.address].start(answer.line, answer.column)


class _Lines:
    """The lines of a document, for the places that Saxon names: behind a start tag, in UTF-16 units."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []

    def start(self, line: int, column: int) -> tuple[int, int]:
        """Where the start tag begins that ends there, counted from 1 in characters."""
        if not self._starts:
            self._starts = [0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", self._text))]
        if not 0 < line <= len(self._starts):
            return 0, 0
        begin = self._starts[line - 1]
        end = begin + self._characters(begin, column - 1)
        at = self._text.rfind("<", 0, end)
        if at < 0:
            return line, 0
        while line > 1 and self._starts[line - 1] > at:
            line -= 1
        return line, at - self._starts[line - 1] + 1

    def _characters(self, begin: int, units: int) -> int:
        """How many characters so many UTF-16 units from there are."""
        written = self._text[begin : begin + units]
        beyond = 0
        for number, character in enumerate(written, start=1):
            beyond += character > "\uffff"
            if number + beyond >= units:
                return number
        return len(written)


def _broken(found: Finding, document: Document) -> Diagnostic:
    check = found.check
    place = _place(found, document)
    cure = " ".join(note.text for note in found.notes if note.kind == "diagnostic" and note.text)
    told = f"{found.text or _fallback(check)} ({_declared_name(check, found.rule)})"
    hint = cure or (f"see {check.see}" if check.see else "") or _declared(check)
    return Diagnostic(codes.BROKEN_RULE, place, printable(told), printable(hint), SEVERITIES[check.severity])


def _place(found: Finding | Unevaluated, document: Document) -> Location:
    """Where it is: in the document, or in one that rules read."""
    if found.document in ("", _address(document.name)):
        return Location(document.name, found.line, found.column)
    return Location(unquote(found.document.removeprefix(PROJECT)), found.line, found.column)


def _fallback(check: Check) -> str:
    return f"{'not ' if check.kind == 'assert' else ''}{check.test}"


def _declared_name(check: Check, rule: Rule) -> str:
    """The name by which reports and editors can tell one rule from the others."""
    return check.id or rule.id or f"{check.place.file}:{check.place.line}"


def _name_of(check: Check | None, rule: Rule) -> str:
    named = (check.id if check else "") or rule.id
    return f"the rule “{named}”" if named else f"the rule for “{rule.context}”"


def _declared(part: Check | Rule) -> str:
    return f"the rule stands in {part.place.file}, line {part.place.line}"


def _reason(reason: str) -> str:
    """Saxon's reason in words."""
    if found := re.search(r"Access to URI (\S+) has been prohibited|URI scheme '(\w+)' has been disallowed", reason):
        return f"it reads “{found[1] or found[2]}”, which is not in the project"
    if reason.startswith(f"{PROJECT}../"):
        return f"it reads “{reason.removeprefix(PROJECT)}”, which is not in the project"
    if reason.startswith(PROJECT):
        return f"it reads “{reason.removeprefix(PROJECT)}”, which the project does not have, or which is not XML"
    if re.match(r"[a-z]+:/", reason):
        return f"it reads “{reason}”, which is not in the project"
    return _plain(reason)


def _plain(message: str) -> str:
    words = " ".join(message.split())
    # where in the stylesheet it was says nothing to those who know the schema only
    words = re.sub(r"(?: in \{.*\})?(?: on line \d+)(?: column \d+)?|\b(?:in|of) file:\S+|\bQ\{[^{}]*\}", "", words)
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _first_error(message: str) -> str:
    """What Saxon says was wrong, without where in the stylesheet."""
    found = re.search(r"(?s)Error [^\n]*\n\s*(?:[A-Z]{4}\d{4}\s+)?(.*?)(?:\n\s*(?:In |invoked )|$)", message)
    return _plain(found[1] if found else message)


def _parts_at_fault(message: str, text: str) -> Iterator[tuple[str, str]]:
    """Which parts of a schema Saxon complains about, each with the first complaint."""
    seen: set[str] = set()
    for complaint in re.split(r"(?m)^\s*(?=Error )", message):
        line = AT_LINE.search(complaint)
        part = schematron.part_at(text, int(line[1])) if line else ""
        if part and part not in seen:
            seen.add(part)
            # behind the line with the place: the code of the error, and what is wrong
            words = re.sub(r"(?s)^.*?\n\s*(?:[A-Z]{4}\d{4}\s+)?", "", complaint)
            yield part, _plain(words)


def _fault_of(schema: Schema, part: str, reason: str) -> Fault:
    kinds = {
        "r": "the context of this rule",
        "c": "this test",
        "l": "this variable",
        "d": "the documents of this pattern",
    }
    behind = "; the rules after it in its pattern are not asked either" if part.startswith("r") else ""
    return Fault(schema.places[part], f"{kinds.get(part[0], 'this')} cannot be used: {reason}{behind}")


def _diagnostic_of(fault: Fault) -> Diagnostic:
    code = codes.UNUSABLE_SCHEMATRON if fault.severity == "error" else codes.DOUBTFUL_SCHEMATRON
    return _diagnostic(code, Location(fault.place.file, fault.place.line, fault.place.column), fault.message)


def _diagnostic(code: Code, place: Location, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(code, place, printable(message), printable(hint or code.cure), code.severity)
