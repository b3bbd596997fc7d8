"""Writes what was found as SVRL, the report format of ISO 19757-3, annex D."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from editio.schematron.findings import Finding, Fired, Result
from editio.schematron.schema import Check, Pattern, Rule, Schema

NS = "http://purl.oclc.org/dsdl/svrl"
SVRL = f"{{{NS}}}"


def svrl(schema: Schema, results: Iterable[Result], document: str) -> str:
    """The report on one document, from results in which rules that fired are told."""
    attributes = {"title": schema.title, "phase": schema.phase, "schemaVersion": ""}
    root = etree.Element(f"{SVRL}schematron-output", _given(attributes), nsmap={"svrl": NS})
    for prefix, uri in sorted(schema.namespaces.items()):
        etree.SubElement(root, f"{SVRL}ns-prefix-in-attribute-values", uri=uri, prefix=prefix)
    found = [one for one in results if isinstance(one, Finding | Fired)]
    for pattern in schema.patterns:
        _write_pattern(root, pattern, [one for one in found if one.rule.pattern == pattern.number], document)
    return etree.tostring(root, encoding="unicode", pretty_print=True)


def _write_pattern(root: etree._Element, pattern: Pattern, found: Sequence[Finding | Fired], document: str) -> None:
    attributes = {"id": pattern.id, "name": pattern.title, "documents": document}
    etree.SubElement(root, f"{SVRL}active-pattern", _given(attributes))
    for one in found:
        if isinstance(one, Fired):
            etree.SubElement(root, f"{SVRL}fired-rule", _of_rule(one.rule))
        else:
            _write_finding(root, one)


def _of_rule(rule: Rule) -> dict[str, str]:
    return {"context": rule.context, **_given({"id": rule.id, "role": rule.role, "flag": rule.flag, "see": rule.see})}


def _write_finding(root: etree._Element, found: Finding) -> None:
    name = "failed-assert" if found.check.kind == "assert" else "successful-report"
    element = etree.SubElement(root, f"{SVRL}{name}", _of_check(found.check, found.path))
    for note in found.notes:
        attribute = "diagnostic" if note.kind == "diagnostic" else "property"
        reference = etree.SubElement(element, f"{SVRL}{attribute}-reference", {attribute: note.id})
        etree.SubElement(reference, f"{SVRL}text").text = note.text
    etree.SubElement(element, f"{SVRL}text").text = found.text


def _of_check(check: Check, path: str) -> dict[str, str]:
    optional = {"id": check.id, "role": check.role, "flag": check.flag, "see": check.see, "icon": check.icon}
    return {"location": path, "test": check.test, **_given({**optional, "fpi": check.fpi})}


def _given(attributes: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if value}
