"""Documents whose parts lie in other files are judged as a whole, each fault where it was written."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from lxml import etree

from editio.config import of_folder
from editio.diagnostics import Diagnostic, Location, Report
from editio.documents import read_document
from editio.including import assemble
from editio.including.assemble import whole
from editio.model import Document, Edition
from editio.tei import NS, local_name, text_of
from editio.validate import check
from editio.validating.criteria import Criteria, shipped_schema

XI = 'xmlns:xi="http://www.w3.org/2001/XInclude"'
HEADER = """<teiHeader xmlns="http://www.tei-c.org/ns/1.0"><fileDesc><titleStmt><title>Letters</title>
<author>Emerson</author></titleStmt><publicationStmt><publisher>Nobody</publisher><availability><licence>free</licence>
</availability></publicationStmt><sourceDesc><p>Born digital.</p></sourceDesc></fileDesc></teiHeader>"""


def book(body: str) -> str:
    return f'<TEI xmlns="{NS}" {XI} xml:lang="en">\n<xi:include href="header.xml"/>\n<text><body>\n{body}\n</body></text></TEI>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "project/.git").mkdir(parents=True)
    (tmp_path / "project/header.xml").write_text(HEADER)
    return tmp_path / "project"


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def assembled(path: Path, report: Report | None = None) -> Document:
    report = report or Report(path.parent)
    document = read_document(path, report)
    assert document is not None
    return whole(document, path, path.parent, report)


def found(folder: Path, *names: str) -> list[Diagnostic]:
    report = Report(folder)
    check(
        Edition(folder, of_folder("Letters"), {}),
        [folder / name for name in names],
        Criteria(shipped_schema("editio.rng")),
        report,
    )
    return list(report)


def places(folder: Path, *names: str) -> list[tuple[str, str, int]]:
    return [(one.code.name, one.location.file, one.location.line) for one in found(folder, *names)]


def test_a_document_of_sound_parts_is_sound_and_its_parts_are_not_judged_by_themselves(folder: Path) -> None:
    put(folder, "book.xml", book('<xi:include href="parts/one.xml"/>'))
    put(folder, "parts/one.xml", f'<div xmlns="{NS}"><p>One.</p></div>')
    assert places(folder, "book.xml", "header.xml", "parts/one.xml") == []
    assert [one[1] for one in places(folder, "header.xml")] == ["header.xml"]


def test_a_fault_is_found_in_the_file_and_line_where_it_was_written(folder: Path) -> None:
    put(
        folder,
        "book.xml",
        book('<div><p>a</p></div><xi:include href="parts/one.xml"/><div><pp/></div>\n<div><p>(never closed</p></div>'),
    )
    put(
        folder,
        "parts/one.xml",
        f'<!-- one -->\n<t:div xmlns:t="{NS}"\n  n="1"><t:p/>\n<t:p><t:bad/>\nopen [bracket</t:p></t:div>',
    )
    faults = found(folder, "book.xml")
    exact = {(one.code.name, str(one.location)) for one in faults}
    assert ("unknown-element", "book.xml:4:59") in exact
    assert ("unknown-element", "parts/one.xml:4:6") in exact
    lines = {(one.code.name, one.location.file, one.location.line) for one in faults}
    assert ("empty-element", "parts/one.xml", 3) in lines
    assert ("unbalanced-brackets", "parts/one.xml", 5) in lines
    assert ("unbalanced-brackets", "book.xml", 5) in lines


def test_pointers_lead_from_part_to_part_and_relative_ones_from_where_they_stand(folder: Path) -> None:
    put(folder, "book.xml", book('<xi:include href="parts/one.xml"/><xi:include href="parts/two.xml"/>'))
    put(
        folder,
        "parts/one.xml",
        f'<div xmlns="{NS}"><p><ref target="#two">a</ref><ref target="two.xml#two">b</ref>\n<ref target="three.xml">c</ref>'
        '\n<ref target="#four">d</ref></p></div>',
    )
    put(folder, "parts/two.xml", f'<div xmlns="{NS}" xml:id="two"><p>Two.</p></div>')
    assert places(folder, "book.xml") == [
        ("dangling-pointer", "parts/one.xml", 2),
        ("dangling-pointer", "parts/one.xml", 3),
    ]


def test_an_id_that_two_parts_have_is_told_with_the_file_of_the_first(folder: Path) -> None:
    put(folder, "book.xml", book('<xi:include href="one.xml"/><xi:include href="two.xml"/>'))
    for name in ("one.xml", "two.xml"):
        put(folder, name, f'<div xmlns="{NS}" xml:id="same">\n<p>Text.</p></div>')
    (fault,) = [one for one in found(folder, "book.xml") if one.code.name == "duplicate-id"]
    assert str(fault.location) == "two.xml:1:1"
    assert "line 1 of one.xml" in fault.message


def test_parts_have_parts_and_an_element_may_be_included_by_its_id(folder: Path) -> None:
    put(folder, "book.xml", book('<xi:include href="a/one.xml"/>'))
    put(folder, "a/one.xml", f'<div xmlns="{NS}" {XI}><xi:include href="b/two.xml" xpointer="here"/></div>')
    put(
        folder,
        "a/b/two.xml",
        f'<t:body xmlns:t="{NS}" xml:lang="fr"><t:p>No.</t:p><t:p xml:id="here">Yes.</t:p></t:body>',
    )
    document = assembled(folder / "book.xml")
    p = list(document.root.iter(f"{{{NS}}}p"))[-1]
    assert (text_of(p), document.location(p).file) == ("Yes.", "a/b/two.xml")
    assert p.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert "No." not in text_of(document.root)


@pytest.mark.parametrize("pointer", ["here", "element(here)", "xpointer(id('here'))"])
def test_an_id_can_be_pointed_to_in_each_scheme(pointer: str, folder: Path) -> None:
    put(folder, "book.xml", f'<TEI xmlns="{NS}" {XI}><xi:include href="one.xml" xpointer="{pointer}"/></TEI>')
    put(folder, "one.xml", f'<text xmlns="{NS}"><p xml:id="here">Yes.</p></text>')
    assert text_of(assembled(folder / "book.xml").root).strip() == "Yes."


def test_a_part_without_namespace_does_not_get_that_of_the_document(folder: Path) -> None:
    put(folder, "book.xml", book('<xi:include href="one.xml"/>'))
    put(folder, "one.xml", "<div><p>One.</p></div>")
    assert assembled(folder / "book.xml").root.find(".//p") is not None


def test_text_is_included_as_text(folder: Path) -> None:
    put(folder, "book.xml", book('<div><p><xi:include href="one.txt" parse="text"/></p></div>'))
    put(folder, "one.txt", "a <p> & b")
    assert "a <p> & b" in text_of(assembled(folder / "book.xml").root)
    assert places(folder, "book.xml") == []


def test_a_fallback_stands_for_what_is_missing_with_what_is_in_scope_there(folder: Path) -> None:
    include = f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" xmlns:t="{NS}" href="none.xml"><x:fallback>\n'
    include += '<div><p>Instead.</p></div><t:div><t:p/></t:div><x:include href="header.xml" xpointer="none"/>'
    include += "</x:fallback></x:include>"
    put(folder, "book.xml", book(include))
    assert places(folder, "book.xml") == [("missing-include", "book.xml", 5), ("empty-element", "book.xml", 5)][::-1]
    assert "Instead." in text_of(assembled(folder / "book.xml").root)


@pytest.mark.parametrize(
    ("include", "code"),
    [
        ('href="none.xml"', "missing-include"),
        ('href="../secret.xml"', "missing-include"),
        ('href="%2e%2e/secret.xml"', "missing-include"),
        ('href="link.xml"', "missing-include"),
        ('href="../secret.txt" parse="text"', "missing-include"),
        ('href="/etc/passwd" parse="text"', "missing-include"),
        ('href="file:///etc/passwd" parse="text"', "unread-include"),
        ('href="http://127.0.0.1:9/x.xml"', "unread-include"),
        ('href="//127.0.0.1/x.xml"', "unread-include"),
        ('href="header.xml" xpointer="none"', "missing-include"),
        ('href="header.xml" xpointer="xpath(//p)"', "unread-include"),
        ('href="header.xml#x"', "unread-include"),
        ('href="header.xml" parse="html"', "unread-include"),
        ('href="binary.txt" parse="text"', "unread-include"),
        ('href="latin.txt" parse="text" encoding="no-such"', "unread-include"),
        ('href="book.xml"', "circular-include"),
        ('href="."', "missing-include"),
        ('href="circle.xml"', "missing-include"),
        ('href="a%00b.xml"', "missing-include"),
        ('href="http://["', "unread-include"),
    ],
)
def test_what_cannot_be_included_is_one_fault_at_the_include(include: str, code: str, folder: Path) -> None:
    put(folder.parent, "secret.xml", f'<div xmlns="{NS}"><p>Secret.</p></div>')
    put(folder.parent, "secret.txt", "Secret.")
    (folder / "link.xml").symlink_to(folder.parent / "secret.xml")
    (folder / "circle.xml").symlink_to("circle.xml")
    (folder / "binary.txt").write_bytes(b"\xff\x00")
    put(folder, "latin.txt", "x")
    put(folder, "book.xml", book(f"<div><p>Text.</p></div>\n<xi:include {include}/>"))
    assert places(folder, "book.xml") == [(code, "book.xml", 5)]
    assert "Secret." not in text_of(assembled(folder / "book.xml").root)


def test_a_part_that_is_not_well_formed_is_told_at_its_own_line(folder: Path) -> None:
    put(folder, "book.xml", book('<div><p>Text.</p></div><xi:include href="one.xml"/>'))
    put(folder, "one.xml", f'<div xmlns="{NS}">\n<p></div>')
    assert places(folder, "book.xml") == [("unread-include", "book.xml", 4), ("malformed-tei", "one.xml", 2)]


def test_what_only_becomes_malformed_as_a_whole_is_told_where_it_stands(folder: Path) -> None:
    deep = "<list><item>" * 100
    put(folder, "book.xml", book(f"<div>{deep}\n<xi:include href='one.xml'/>{'</item></list>' * 100}</div>"))
    put(folder, "one.xml", f'<list xmlns="{NS}"><item>\n{deep}<p/>{"</item></list>" * 100}</item></list>')
    assert ("malformed-tei", "one.xml", 2) in places(folder, "book.xml")


def test_circles_end_and_the_files_of_one_are_looked_at(folder: Path) -> None:
    for one, other in (("a", "b"), ("b", "a")):
        put(folder, f"{one}.xml", book(f'<div><p/></div><xi:include href="{other}.xml"/>'))
    faults = places(folder, "a.xml", "b.xml")
    assert {("circular-include", "a.xml", 4), ("circular-include", "b.xml", 4)} <= set(faults)
    assert ("empty-element", "a.xml", 4) in faults


def test_an_element_does_not_include_itself(folder: Path) -> None:
    put(folder, "book.xml", book('<div xml:id="d"><p>Text.</p><xi:include href="" xpointer="d"/></div>'))
    assert "circular-include" in {one[0] for one in places(folder, "book.xml")}


def test_parts_that_multiply_come_to_an_end(folder: Path) -> None:
    for level in range(30):
        two = f'<xi:include href="p{level + 1}.xml"/>' * 2
        put(folder, f"p{level}.xml", f'<div xmlns="{NS}" {XI}>{two}<p>Text.</p></div>')
    put(folder, "p30.xml", f'<p xmlns="{NS}">End.</p>')
    put(folder, "book.xml", book('<xi:include href="p0.xml"/>'))
    report = Report(folder)
    document = assembled(folder / "book.xml", report)
    assert [one.code.name for one in report] == ["too-many-includes"]
    assert len(list(document.root.iter())) < 5 * assemble.MOST


def test_too_much_in_all_is_left_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assemble, "LARGEST", 5000)
    put(folder, "one.xml", f'<div xmlns="{NS}"><p>{"x" * 2000}</p></div>')
    put(folder, "book.xml", book('<xi:include href="one.xml"/>' * 4))
    report = Report(folder)
    assert len(text_of(assembled(folder / "book.xml", report).root)) < 6000
    assert [one.code.name for one in report] == ["too-many-includes"]


def test_thousands_of_includes_in_one_line_take_no_long_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assemble, "MOST", 1000)
    put(folder, "one.xml", f'<p xmlns="{NS}" xml:id="i">One.</p>')
    include = f'<xi:include href="one.xml"/><!--{"ü" * 1000}--><lb/>'
    put(folder, "book.xml", book(f"<div>{include * 3000}</div>"))
    report, begin = Report(folder), time.process_time()
    document = assembled(folder / "book.xml", report)
    assert time.process_time() - begin < 8
    assert [one.code.name for one in report] == ["too-many-includes"]
    last = document.location(next(document.root.iter(f"{{{NS}}}body"))[-1][-1])
    assert last == Location("book.xml", 4, len("<div>") + len(include) * 3000 - len("<lb/>") + 1)


def test_what_is_of_no_use_is_not_read_for_ever(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assemble, "LARGEST", 5000)
    (folder / "binary.txt").write_bytes(b"x" * 3000 + b"\xff")
    put(folder, "torn.xml", "<p>" + "x" * 3000)
    put(folder, "book.xml", book('<xi:include href="binary.txt" parse="text"/><xi:include href="torn.xml"/>' * 9))
    report = Report(folder)
    assembled(folder / "book.xml", report)
    told = [one.code.name for one in report]
    assert (told.count("unread-include"), told.count("too-many-includes")) == (4, 1)


def test_the_whole_is_what_an_xinclude_processor_makes(folder: Path) -> None:
    put(
        folder,
        "book.xml",
        book('<div><p>a <xi:include href="t.txt" parse="text"/> b</p><xi:include href="parts/one.xml"/></div>'),
    )
    put(folder, "t.txt", "text")
    put(folder, "parts/one.xml", f'<p xmlns="{NS}" {XI}>One <xi:include href="two.xml"/> tail</p>')
    put(folder, "parts/two.xml", f'<hi xmlns="{NS}">two</hi>')
    tree = etree.parse(str(folder / "book.xml"))
    tree.xinclude()
    theirs, ours = tree.getroot(), assembled(folder / "book.xml").root
    assert " ".join(text_of(ours).split()) == " ".join(text_of(theirs).split())
    assert [local_name(one) for one in ours.iter("*")] == [local_name(one) for one in theirs.iter("*")]


def test_examples_of_includes_are_left_as_they_are(folder: Path) -> None:
    example = f'<egXML xmlns="http://www.tei-c.org/ns/Examples"><xi:include {XI} href="none.xml"/></egXML>'
    put(folder, "book.xml", book(f"<div><p>{example}</p></div>"))
    assert "missing-include" not in {one[0] for one in places(folder, "book.xml")}
