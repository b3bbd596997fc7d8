"""Reads a Schematron schema: which patterns, rules and assertions are in force in a phase, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from editio.schematron import abstract, embedded
from editio.schematron.files import PLACE, SCH, Fault, Place, Read, SchemaError, parse, place
from editio.schematron.joining import join

XSL = "{http://www.w3.org/1999/XSL/Transform}"
OLD = "{http://www.ascc.net/xml/schematron}"
OURS = "urn:editio:schematron"
PREDECLARED = {
    "xs": "http://www.w3.org/2001/XMLSchema",
    "fn": "http://www.w3.org/2005/xpath-functions",
    "map": "http://www.w3.org/2005/xpath-functions/map",
    "array": "http://www.w3.org/2005/xpath-functions/array",
    "math": "http://www.w3.org/2005/xpath-functions/math",
    "xsl": XSL[1:-1],
}
BINDINGS = frozenset("xslt2 xslt3 xpath2 xpath3 xpath31".split())
OLD_BINDINGS = frozenset(["", "xslt", "xslt1", "xpath", "xpath1", "exslt"])
ELEMENTS = frozenset(
    "schema title ns p let phase active pattern group param rule rules extends assert report diagnostics diagnostic "
    "properties property name value-of emph dir span include library".split()
)
# Elements without which nothing can be said, and their necessary attributes.
NECESSARY = {
    "assert": ("test",),
    "report": ("test",),
    "let": ("name",),
    "ns": ("prefix", "uri"),
    "active": ("pattern",),
}
PARENTS = {"assert": ("rule",), "report": ("rule",), "rule": ("pattern", "group", "rules", "library", "schema")}
XSLT_ALLOWED = frozenset(f"{XSL}{name}" for name in ("function", "key", "variable", "accumulator", "decimal-format"))
# Those that would read while they are compiled, or reach outside.
XSLT_REFUSED = frozenset("import include import-schema use-package result-document evaluate source-document".split())
EVERY = "#ALL"

Severity = Literal["error", "warning", "info"]
Kind = Literal["assert", "report"]
SEVERITIES: dict[str, Severity] = {
    **dict.fromkeys(("fatal", "error"), "error"),
    **dict.fromkeys(("warn", "warning", "nonfatal"), "warning"),
    **dict.fromkeys(("info", "information", "informational", "hint", "note", "debug", "trace"), "info"),
}


@dataclass(frozen=True)
class Pattern:
    """A pattern in force; in a ``group`` every rule fires, else only the first that matches a node.

    One that is about other documents than that which is looked at stands ``elsewhere``.
    """

    number: int
    id: str
    title: str
    group: bool
    elsewhere: bool
    place: Place


@dataclass(frozen=True)
class Rule:
    """A rule and the pattern it belongs to, by its number."""

    number: int
    pattern: int
    id: str
    context: str
    role: str
    flag: str
    see: str
    place: Place


@dataclass(frozen=True)
class Check:
    """An assertion or report and the rule it belongs to, by its number."""

    number: int
    rule: int
    kind: Kind
    id: str
    test: str
    role: str
    severity: Severity
    flag: str
    see: str
    icon: str
    fpi: str
    place: Place


@dataclass(frozen=True)
class Schema:
    """What is in force of a schema; ``plan`` is that, with expressions made ready, for the stylesheet that compiles it."""

    name: str
    title: str
    phase: str
    binding: str
    namespaces: dict[str, str]
    patterns: tuple[Pattern, ...]
    rules: tuple[Rule, ...]
    checks: tuple[Check, ...]
    places: dict[str, Place]
    faults: tuple[Fault, ...]
    plan: bytes


@dataclass
class Reading:
    """A schema while it is read: one element with all that was included, and the faults found so far."""

    root: etree._Element
    name: str
    embedded: bool = False
    declared: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def complain(self, element: etree._Element, message: str, severity: Literal["error", "warning"] = "error") -> None:
        """Record a fault at an element."""
        self.faults.append(Fault(place(element), message, severity))


def read_schema(data: bytes, name: str, read: Read) -> Reading:
    """A schema, or the rules embedded in a grammar or ODD, with its includes; SchemaError if it is none of these."""
    root = parse(data, name)
    reading = Reading(root, name)
    if embedded.holds_rules(root):
        reading.declared = embedded.namespaces(root)
        reading.embedded = True
        reading.root = embedded.collect(root, read, reading.faults)
    elif root.tag != f"{SCH}schema":
        old = str(root.tag).startswith(OLD)
        reason = f"the namespace of Schematron is now {SCH[1:-1]}" if old else "neither Schematron, RELAX NG nor an ODD"
        raise SchemaError(Fault(place(root), reason))
    join(reading.root, read, reading.faults)
    _check_binding(reading)
    _check_elements(reading)
    _check_phases(reading)
    return reading


def _check_binding(reading: Reading) -> None:
    binding = reading.root.get("queryBinding", "").lower()
    if binding in OLD_BINDINGS:
        named = f"the query binding “{binding}” is" if binding else "no query binding is named, which means"
        reading.complain(
            reading.root, f'{named} XPath 1; the rules are run as XPath 3 (queryBinding="xslt3")', "warning"
        )
    elif binding not in BINDINGS:
        message = f"unknown query binding “{binding}”; known are {', '.join(sorted(BINDINGS))}"
        raise SchemaError(Fault(place(reading.root), message))


def _check_phases(reading: Reading) -> None:
    """Say which conditions of phases are not asked; more is then looked at than they allow."""
    for phase in reading.root.iter(f"{SCH}phase"):
        for name in sorted({"when", "from"} & set(map(str, phase.attrib))):
            message = f"@{name} of a phase is not asked: its patterns are about the whole document"
            reading.complain(phase, message, "warning")


def _check_elements(reading: Reading) -> None:
    """Take out what cannot be used, each with its fault, so that the rest can."""
    for element in list(reading.root.iter(etree.Element)):
        tag = etree.QName(element)
        fault = _xslt_fault(element) if tag.namespace == XSL[1:-1] else ""
        if tag.namespace == SCH[1:-1]:
            fault = _fault(element, tag.localname)
        parent = element.getparent()
        if fault and parent is not None:
            reading.complain(element, fault)
            parent.remove(element)


def _fault(element: etree._Element, name: str) -> str:
    if name not in ELEMENTS:
        return f"“{name}” is not an element of Schematron"
    needed = NECESSARY.get(name, ())
    if name == "rule" and element.get("abstract") != "true":
        needed = ("context",)
    for attribute in needed:
        if element.get(attribute) is None:
            return f"{name} needs the attribute @{attribute}"
    parent = element.getparent()
    if name in PARENTS and parent is not None and etree.QName(parent).localname not in PARENTS[name]:
        return f"{name} may not stand in {etree.QName(parent).localname}"
    return _fault_of_value(element, name)


def _fault_of_value(element: etree._Element, name: str) -> str:
    if name == "ns" and element.get("prefix") in ("_", "_err"):
        return f"the prefix “{element.get('prefix')}” is taken"
    if name == "rule" and element.get("visit-each") is not None:
        return "a rule with @visit-each is not run; name the nodes in @context"
    return ""


def _xslt_fault(element: etree._Element) -> str:
    name = etree.QName(element).localname
    parent = element.getparent()
    if name in XSLT_REFUSED:
        return f"xsl:{name} may not be used in rules"
    if parent is not None and parent.tag == f"{SCH}schema" and element.tag not in XSLT_ALLOWED:
        return f"xsl:{name} may not be used in rules"
    evaluated = [a for a in map(str, element.attrib) if a.startswith("_") or a in ("use-when", "static")]
    return f"the attribute “{evaluated[0]}” is evaluated while compiling, and refused" if evaluated else ""


def phase_of(reading: Reading, wanted: str) -> str:
    """The name of the phase to run; ``#DEFAULT`` is the one that the schema names, else all."""
    name = wanted if wanted != "#DEFAULT" else reading.root.get("defaultPhase", EVERY)
    known = [one.get("id", "") for one in reading.root.findall(f"{SCH}phase")]
    if name != EVERY and name not in known:
        listed = ", ".join(f"“{one}”" for one in [*known, EVERY])
        raise SchemaError(Fault(place(reading.root), f"there is no phase “{name}”; there are {listed}"))
    return name


def active_patterns(reading: Reading, phase: str) -> list[etree._Element]:
    """The patterns that a phase names, in the order of the schema."""
    patterns = abstract.concrete_patterns(reading.root, reading.faults)
    if phase == EVERY:
        return patterns
    known = {one.get("id") for one in patterns}
    wanted = set()
    for active in _of_phase(reading.root, phase, "active"):
        wanted.add(active.get("pattern"))
        if active.get("pattern") not in known:
            reading.complain(active, f"there is no pattern “{active.get('pattern')}”")
    return [one for one in patterns if one.get("id") in wanted]


def lets_of_schema(reading: Reading, phase: str) -> list[etree._Element]:
    """The variables that all patterns see: those of the schema, then those of the phase."""
    own = [one for one in reading.root.iterchildren(f"{SCH}let", f"{XSL}variable")]
    return [*own, *_of_phase(reading.root, phase, "let")]


def _of_phase(root: etree._Element, phase: str, name: str) -> Iterator[etree._Element]:
    for one in root.findall(f"{SCH}phase"):
        if one.get("id") == phase:
            yield from one.iterchildren(f"{SCH}{name}")


def namespaces_of(reading: Reading) -> dict[str, str]:
    """The prefixes that expressions may use: predeclared, then as XML declares them, then by ``ns``."""
    declared = dict(reading.declared)
    if not reading.embedded:
        declared = {prefix: uri for prefix, uri in reading.root.nsmap.items() if prefix}
    own = {one.get("prefix", ""): one.get("uri", "") for one in reading.root.iter(f"{SCH}ns")}
    free = {prefix: uri for prefix, uri in declared.items() if prefix not in ("_", "_err") and uri != OURS}
    return {**free, **PREDECLARED, **own, "xsl": XSL[1:-1]}


def severity_of(words: str) -> Severity:
    """How bad it is, by the first word of ``@severity`` or ``@role`` that says so; an error if none does."""
    return next((SEVERITIES[word] for word in words.lower().split() if word in SEVERITIES), "error")


def clean(element: etree._Element) -> None:
    """Take the places away from an element that goes into the stylesheet as it is."""
    for one in element.iter(etree.Element):
        one.attrib.pop(PLACE, None)
