"""Writes what was found as SVRL, the report format of ISO 19757-3, annex D."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

from editio.schematron.findings import Finding, Fired, Result
from editio.schematron.schema import Pattern, Schema

NS = "http://purl.oclc.org/dsdl/svrl"
SVRL = f"{{{NS}}}"
NMTOKEN = re.compile(r"[\w.\-:]+")
NCNAME = re.compile(r"[^\W\d][\w.\-]*")


def svrl(schema: Schema, results: Iterable[Result], document: str, address: str = "") -> str:
    """The report on one document, known to rules by its address, from results in which rules that fired are told."""
    phase = schema.phase if NMTOKEN.fullmatch(schema.phase) else ""
    root = etree.Element(f"{SVRL}schematron-output", _given(title=schema.title, phase=phase), nsmap={"svrl": NS})
    for prefix, uri in sorted(schema.namespaces.items()):
        etree.SubElement(root, f"{SVRL}ns-prefix-in-attribute-values", prefix=prefix, uri=uri)
    found = [one for one in results if isinstance(one, Finding | Fired)]
    names = {"": document, address: document}
    for pattern in schema.patterns:
        _write_pattern(root, pattern, [one for one in found if one.rule.pattern == pattern.number], names)
    return etree.tostring(root, encoding="unicode", pretty_print=True)


def _write_pattern(
    root: etree._Element, pattern: Pattern, found: Sequence[Finding | Fired], names: Mapping[str, str]
) -> None:
    """A pattern and what was found; ``names`` says what documents are called of which the address is not told."""
    name = "active-group" if pattern.group else "active-pattern"
    about = list(dict.fromkeys(one.document for one in found)) if pattern.elsewhere else [""]
    documents = " ".join(names.get(one, one) for one in about)
    etree.SubElement(root, f"{SVRL}{name}", _given(id=_name(pattern.id), name=pattern.title, documents=documents))
    for one in found:
        if isinstance(one, Fired):
            rule = one.rule
            document = names.get(one.document, one.document)
            attributes = _given(id=_name(rule.id), role=rule.role, flag=rule.flag, document=document)
            etree.SubElement(root, f"{SVRL}fired-rule", attributes).set("context", rule.context)
        else:
            _write_finding(root, one)


def _write_finding(root: etree._Element, found: Finding) -> None:
    check = found.check
    name = "failed-assert" if check.kind == "assert" else "successful-report"
    attributes = _given(id=_name(check.id), role=check.role, flag=check.flag)
    element = etree.SubElement(root, f"{SVRL}{name}", attributes)
    element.set("location", found.path)
    element.set("test", check.test)
    # the standard wants diagnostics before properties
    for note in sorted(found.notes, key=lambda one: one.kind):
        reference = etree.SubElement(element, f"{SVRL}{note.kind}-reference", {note.kind: note.id})
        etree.SubElement(reference, f"{SVRL}text").text = note.text
    text = etree.SubElement(element, f"{SVRL}text", _given(see=check.see, icon=check.icon, fpi=check.fpi))
    text.text = found.text


def _name(written: str) -> str:
    """An identifier, where it is one."""
    return written if NCNAME.fullmatch(written) else ""


def _given(**attributes: str) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if value}
