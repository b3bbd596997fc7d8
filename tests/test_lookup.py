"""What checks look up in a document is what stands there, however they ask and in whichever order."""

from __future__ import annotations

from pathlib import Path

import pytest

from editio import lookup as lookups
from editio import tei
from editio.lookup import Lookup

XINCLUDE = "{http://www.w3.org/2001/XInclude}include"
DOCUMENT = """<!DOCTYPE TEI [<!ENTITY who "Anna <hi>Weber</hi>">]>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="d"><text><!-- no (text --><body>
<p n="1">Dear &who;,<?pi no text?> “I came”<note n="2">x &#252;</note> <![CDATA[<at> last]]></p>
<p n="2"><hi/><pb n="3"/></p>
<include xmlns="http://www.w3.org/2001/XInclude" href="more.xml"/><p xmlns="" n="4">no TEI</p>
</body></text></TEI>"""


def is_well_formed(path: Path) -> bool:
    try:
        tei.parse(path.read_bytes())
    except tei.MalformedXml:
        return False
    return True


SAMPLES = sorted(path for path in (Path(__file__).parent / "cases").rglob("*.xml") if is_well_formed(path))[::40]


@pytest.fixture
def lookup() -> Lookup:
    return Lookup(tei.parse(DOCUMENT.encode()))


def numbers(lookup: Lookup, *names: str) -> list[str | None]:
    return [element.get("n") for element in lookup.elements(*names)]


def test_elements_are_found_by_name_whatever_was_asked_for_before(lookup: Lookup) -> None:
    assert numbers(lookup, "p") == ["1", "2"]
    assert numbers(lookup, "note", "pb", "p") == ["2", "3", "1", "2"]
    assert numbers(lookup, f"{tei.TEI}p", "p") == ["1", "2", "1", "2"]
    assert numbers(lookup, "nosuchname") == []
    assert [element.get("href") for element in lookup.elements(XINCLUDE)] == ["more.xml"]


def test_names_taken_from_documents_are_found_and_not_kept_for_ever(
    lookup: Lookup, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, None] = {}
    monkeypatch.setattr(lookups, "_asked", kept)
    for number in range(3 * lookups._MOST_ASKED):
        assert numbers(lookup, f"name{number}") == []
    assert numbers(lookup, "note", "p") == ["2", "1", "2"]
    assert len(kept) == lookups._MOST_ASKED


def test_elements_of_any_name_come_in_the_order_of_the_document(lookup: Lookup) -> None:
    assert [element.get("n") for element in lookup.any_of("pb", "note", "p")] == ["1", "2", "2", "3"]


def test_attributes_are_found_by_name_with_their_elements(lookup: Lookup) -> None:
    found = [(tei.local_name(element), value) for element, _, value in lookup.attributes("n", tei.XML_ID, "ref")]
    assert found == [("p", "1"), ("note", "2"), ("p", "2"), ("pb", "3"), ("p", "4"), ("TEI", "d")]
    assert list(lookup.by_id) == ["d"]
    assert lookup.attribute_names == (tei.XML_ID, "n", "href")


def test_the_text_is_all_that_is_neither_comment_nor_instruction(lookup: Lookup) -> None:
    assert " ".join(lookup.text.split()) == "Dear Anna Weber, “I came”x ü <at> last no TEI"
    assert lookup.beyond_ascii == "“”ü"
    assert lookup.characters == {"“", "”", "ü"}
    assert [passage.text for passage in lookup.passages("<at", "ü")] == ["x ü", " <at> last"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_text_and_characters_are_those_of_the_tree(path: Path) -> None:
    root = tei.parse(path.read_bytes())
    assert Lookup(root).text == tei.text_of(root)
    assert Lookup(root).characters == {one for one in tei.text_of(root) if not one.isascii()}


def test_the_characters_of_a_script_with_many_are_all_known() -> None:
    many = "".join(chr(0x4E00 + 7 * number) for number in range(500))
    assert Lookup(tei.element("p", many, "abc", many)).characters == set(many)


def test_what_checks_share_is_found_once(lookup: Lookup) -> None:
    calls: list[Lookup] = []

    def notes(asked: Lookup) -> int:
        calls.append(asked)
        return len(asked.elements("note"))

    assert [lookup.once(notes), lookup.once(notes)] == [1, 1]
    assert calls == [lookup]
