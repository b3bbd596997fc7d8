"""Our own Schematron rules: each finds its fault in its case, in mutated documents, and nothing in sound ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest
from conftest import ROOT
from lxml import etree

from editio import tei
from editio.assertions import Rules, open_rules
from editio.diagnostics import Diagnostic, Report
from editio.documents import read_documents
from editio.model import Document

SCHEMA = ROOT / "schema/editio.sch"
CASES = ROOT / "tests/cases/schematron"
SAMPLES = ROOT.parent / "shared/samples/tei"
IDS = re.findall(r'<(?:assert|report) id="([^"]+)"', SCHEMA.read_text(encoding="utf-8"))


@cache
def rules() -> Rules:
    opened = open_rules(SCHEMA, SCHEMA.parent)
    assert not opened.faults
    return opened


def findings(data: bytes) -> list[Diagnostic]:
    return sorted(rules().find(Document("x", "x.xml", tei.parse(data), data)), key=lambda one: one.sort_key)


def name_of(diagnostic: Diagnostic) -> str:
    return diagnostic.message.rpartition("(")[2].rstrip(")")


def test_every_assertion_has_a_case_and_a_cure() -> None:
    root = etree.fromstring(SCHEMA.read_bytes())
    checks = list(root.iter("{*}assert", "{*}report"))
    assert len(checks) == len(IDS) == len(set(IDS))
    assert all(one.get("diagnostics") and one.get("role") and one.getparent().get("see") for one in checks)
    assert {folder.name for folder in CASES.iterdir()} == set(IDS)


@pytest.mark.parametrize("name", IDS)
def test_the_fault_is_found_where_it_is(name: str) -> None:
    data = (CASES / name / "bad.xml").read_bytes()
    marked = [
        number
        for number, line in enumerate(data.decode().splitlines(), start=1)
        for _ in re.findall("<!--here-->", line)
    ]
    found = findings(data)
    assert [one.location.line for one in found] == marked
    assert {name_of(one) for one in found} == {name}
    lines = data.decode().splitlines()
    assert all(lines[one.location.line - 1][one.location.column - 1] == "<" for one in found)
    assert all(one.hint and not one.hint.startswith("the rule stands") for one in found)


@pytest.mark.parametrize("name", IDS)
def test_nothing_is_found_where_it_is_right(name: str) -> None:
    assert findings((CASES / name / "good.xml").read_bytes()) == []


def without(root: etree._Element, path: str) -> None:
    for one in root.xpath(path, namespaces={"t": tei.NS}):
        one.getparent().remove(one) if isinstance(one, etree._Element) else one.getparent().attrib.pop(one.attrname)


def doubled(root: etree._Element, path: str) -> None:
    one = root.xpath(path, namespaces={"t": tei.NS})[0]
    one.addnext(etree.fromstring(etree.tostring(one)))


def changed(root: etree._Element, path: str, attribute: str, value: str) -> None:
    root.xpath(path, namespaces={"t": tei.NS})[0].set(attribute, value)


# rule → how a sound document (good.xml) is spoilt
MUTATIONS: dict[str, Callable[[etree._Element], None]] = {
    "ragged-table": lambda root: without(root, "(//t:table)[2]/t:row[2]/t:cell[1]"),
    "wrong-table-size": lambda root: doubled(root, "//t:row"),
    "repeated-division-number": lambda root: doubled(root, "//t:div[@n = '1']"),
    "speaker-is-no-person": lambda root: changed(root, "//t:castItem/..", "{http://www.w3.org/XML/1998/namespace}id", "bernardo")
    or without(root, "//t:role/@xml:id"),
    "repeated-sending": lambda root: changed(root, "//t:correspAction[2]", "type", "sent"),
    "empty-correspondence-action": lambda root: without(root, "//t:correspAction/t:date"),
    "unpaired-label": lambda root: without(root, "(//t:item)[1]"),
    "gap-without-reason": lambda root: without(root, "//t:gap/@reason"),
    "empty-supplied": lambda root: etree.strip_elements(root, f"{tei.TEI}nothing")
    or ([setattr(one, "text", None) for one in root.iter(f"{tei.TEI}supplied")] and None),
    "single-choice": lambda root: without(root, "//t:corr"),
    "unlike-choice": lambda root: [setattr(one, "tag", f"{tei.TEI}corr") for one in root.iter(f"{tei.TEI}reg")] and None,
    "pointer-without-target": lambda root: without(root, "//t:ref/@target"),
    "picture-without-words": lambda root: without(root, "//t:figDesc"),
    "unordered-changes": lambda root: changed(root, "(//t:change)[1]", "when", "2025-03-02")
    or changed(root, "(//t:change)[3]", "when", "2025-03-03"),
    "unfinished-part": lambda root: without(root, "(//t:l)[2]"),
}  # fmt: skip


@pytest.mark.parametrize("name", IDS)
def test_a_fault_put_into_a_sound_document_is_found(name: str) -> None:
    root = tei.parse((CASES / name / "good.xml").read_bytes())
    MUTATIONS[name](root)
    assert name in {name_of(one) for one in findings(etree.tostring(root))}


def test_a_single_choice_is_told_once() -> None:
    root = tei.parse((CASES / "single-choice/good.xml").read_bytes())
    MUTATIONS["single-choice"](root)
    assert {name_of(one) for one in findings(etree.tostring(root))} == {"single-choice"}


def test_alternatives_that_are_none_are_listed_with_commas() -> None:
    root = tei.parse((CASES / "unlike-choice/good.xml").read_bytes())
    MUTATIONS["unlike-choice"](root)
    assert any("each other: orig, corr." in one.message for one in findings(etree.tostring(root)))


def test_the_edition_of_this_repository_keeps_the_rules() -> None:
    for path in sorted((ROOT / "tei").rglob("*.xml")):
        assert [(one.location, one.message) for one in findings(path.read_bytes())] == []


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not here")
def test_in_real_documents_every_rule_is_evaluated_and_finds_little() -> None:
    documents = read_documents(sorted(SAMPLES.glob("*/*.xml")), Report())
    found = [one for document in documents for one in rules().find(document)]
    assert {one.code.name for one in found} == {"broken-rule"}
    assert len(found) <= 8, [(one.location, one.message) for one in found]
