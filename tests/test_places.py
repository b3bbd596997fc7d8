"""Every element and every text of a document is known by the line and column in which it begins."""

from __future__ import annotations

import re
from pathlib import Path
from xml.parsers import expat

import pytest
from lxml import etree

from editio import tei
from editio.diagnostics import Location
from editio.model import Document


def document_of(data: bytes) -> Document:
    return Document("d", "d.xml", tei.parse(data), data)


def places(document: Document) -> list[tuple[str, int, int]]:
    found = ((one, document.location(one)) for one in document.root.iter())
    return [(tei.local_name(one), place.line, place.column) for one, place in found]


def test_an_element_begins_with_its_start_tag_and_not_where_that_ends() -> None:
    document = document_of(b'<p\n n="1"\n>one <hi\n rend="x>y">two</hi><!-- c --><?pi?>\t<lb/></p>')
    assert places(document) == [("p", 1, 1), ("hi", 3, 6), ("", 4, 21), ("", 4, 31), ("lb", 4, 38)]


def test_columns_count_characters_in_every_encoding() -> None:
    text = "<p>Žižkov „é“ <b/>\r\nü<b/></p>"
    expected = [("p", 1, 1), ("b", 1, 15), ("b", 2, 2)]
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        assert places(document_of(data)) == expected
    declared = "<?xml version='1.0' encoding='iso-8859-2'?>" + text.replace("„é“", "«é»").replace("«", "'").replace(
        "»", "'"
    )
    assert places(document_of(declared.encode("iso-8859-2"))) == [("p", 1, 44), ("b", 1, 58), ("b", 2, 2)]


def test_elements_behind_line_65535_have_their_own_lines() -> None:
    document = document_of(b"<p>" + b"\n" * 70_000 + b" <b/>\n<c>\nx<d/>y</c></p>")
    assert places(document)[1:] == [("b", 70_001, 2), ("c", 70_002, 1), ("d", 70_003, 2)]
    passage = next(iter(document.lookup.passages("y")))
    assert document.location_in(passage, 0) == Location("d.xml", 70_003, 6)


def counted_by_expat(data: bytes) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda *_: found.append((parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))
    parser.Parse(data, True)
    return found


def test_places_are_those_that_the_schema_engine_counts() -> None:
    paths = sorted((Path(__file__).parent / "cases").glob("[cx]*/**/*.xml"))
    assert len(paths) > 50
    for path in paths:
        document = document_of(path.read_bytes())
        found = (document.location(one) for one in document.root.iter("*"))
        assert [(one.line, one.column) for one in found] == counted_by_expat(document.data), path


def test_elements_of_an_entity_stand_where_it_is_referred_to() -> None:
    document = document_of(b"<!DOCTYPE p [<!-- c --><!ENTITY e '<b>x</b>y'>]>\n<p>&e;<c/>z</p>")
    assert places(document) == [("p", 2, 1), ("b", 2, 4), ("c", 2, 7)]


def test_a_tree_without_its_bytes_has_the_lines_that_libxml2_knows() -> None:
    root = tei.parse(b"<p>\n<b/></p>")
    assert Document("d", "d.xml", root).location(root[0]) == Location("d.xml", 2, 0)
    etree.SubElement(root, "b")
    assert Document("d", "d.xml", root, b"<p>\n<b/></p>").location(root[0]) == Location("d.xml", 2, 0)


WORDS = b"""<p n="a>b"\n>one &amp; two<!-- not --> three<?pi four?>
 f\xc3\xa4ve &#x36;sx <![CDATA[<s&even>]]> eight<e/>nine<f n="/>"/>t<g></g>en<h
>eleven</h
>twelve</p>"""


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("one", b"one"),
        ("two", b"two"),
        ("three", b"three"),
        ("fäve", "fäve".encode()),
        ("6sx", b"&#x36;"),
        ("sx", b"sx"),
    ]
    + [(one, one.encode()) for one in ("<s&even>", "&even>", "eight", "nine", "en<h", "eleven", "twelve")],
)
def test_a_word_is_known_by_where_it_is_written(word: str, written: bytes) -> None:
    document = document_of(WORDS)
    needle = word.partition("<h")[0]
    passage = next(one for one in document.lookup.passages(needle) if word != "en<h" or one.text == "en")
    at = WORDS.index(written)
    line = WORDS.count(b"\n", 0, at) + 1
    column = len(re.split(rb"\n", WORDS[:at])[-1].decode()) + 1
    assert document.location_in(passage, passage.text.index(needle)) == Location("d.xml", line, column)


def test_elements_of_two_namespaces_with_one_name_are_told_apart() -> None:
    document = document_of(
        b'<p><b/><!-- <b/> --><c xmlns="urn:c"><b/></c><![CDATA[<b/>]]><b/><x:b xmlns:x="urn:c"/></p>'
    )
    assert [one for one in places(document) if one[0] == "b"] == [("b", 1, 4), ("b", 1, 38), ("b", 1, 62), ("b", 1, 66)]


def test_an_element_is_known_by_where_its_end_tag_begins_or_where_it_ends_that_has_none() -> None:
    data = b"<p>\n<b><b/>\xc3\xa4<b n='/'></b></b>\n<c/></p>"
    found = document_of(data).places
    assert found.of_ended_at(2, 8) == (2, 4)
    assert found.of_ended_at(2, 18) == (2, 9)
    assert found.of_ended_at(2, 22) == (2, 1)
    assert found.of_ended_at(3, 5) == (1, 1)
    assert found.of_ended_at(2, 2) == (2, 2)
    assert found.of_ended_at(9, 9) == (9, 9)


def test_a_lone_carriage_return_ends_a_line() -> None:
    assert places(document_of(b"<p>\r<b/>\r\n <b/>\r\r\n<b/></p>"))[1:] == [("b", 2, 1), ("b", 3, 2), ("b", 5, 1)]


def test_a_text_behind_an_empty_section_begins_where_it_is_written() -> None:
    data = b"<p>ab<![CDATA[]]>c<q><![CDATA[]]><![CDATA[d]]></q></p>"
    document = document_of(data)
    for word in ("c", "d"):
        passage = next(iter(document.lookup.passages(word)))
        at = data.index(b"[d]") + 1 if word == "d" else data.index(b"]>c") + 2
        assert document.location_in(passage, passage.text.index(word)) == Location("d.xml", 1, at + 1)


def test_the_ends_of_very_many_elements_are_known() -> None:
    number = 20_000  # to look through the document for each would take minutes
    found = document_of(b"<a>\n" + b"<list></list>\n" * number + b"</a>").places
    assert all(found.of_ended_at(line, 7) == (line, 1) for line in range(2, number + 2))
