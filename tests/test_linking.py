"""Identifiers of authority files: their forms and check digits, in registers and as they are typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from editio import registers, tei
from editio.config import of_folder
from editio.diagnostics import Report
from editio.linking.authorities import AUTHORITIES, Authority, of_address, of_type
from editio.misspelling import did_you_mean
from editio.model import Document, Edition
from editio.registers.spelling import Unspellable
from editio.registers.writing import with_identifier
from editio.registry import edition_checks

# As published by the authority files, in Wikidata and in library catalogues; see ``linking.authorities``.
PUBLISHED = {
    "gnd": "118540238 118627813 118604740 1055864695 1086052218 1231592788 4079154-3 4010921-5 1231643-X 2001630-X "
    "5034321-X 7505698-7 4131406-2 2015732-0 2127361-3 10129254-6",
    "viaf": "120062731 15 150088538 9972147907520779210008",
    "wikidata": "Q42 Q5879 Q104908312",
    "geonames": "2950159 4933887",
    "isni": "0000000530514085 0000000529518564 0000000121691048 000000029534656X",
    "orcid": "0000-0002-1825-0097 0000-0002-1694-233X",
    "lcnaf": "n79021164 no2001089331 nb2004306418",
    "bnf": "cb169157795 cb12423662g cb11907966z cb13895060w cb15272211b cb12201408w cb12482666v cb119016075",
    "idref": "061775509 027274527 03322286X 027851621 02725030X 02734004X",
    "ror": "021nxhr62 05rrcem69 0161xgx34 0107c5v14 04txgxn49 052gg0110 01bj3aw27",
    "tgn": "7011781 1000070",
    "ulan": "500115493",
    "pleiades": "579885",
    "cerl": "cnp01259834",
}
CHECKED = ("gnd", "isni", "orcid", "bnf", "idref", "ror")
EXAMPLES = [(type, identifier) for type, all in PUBLISHED.items() for identifier in all.split()]


def authority(type: str) -> Authority:
    found = of_type(type)
    assert found
    return found


def test_every_authority_has_published_examples() -> None:
    assert {one.type for one in AUTHORITIES} == set(PUBLISHED)
    assert all(not one.fault(one.example) for one in AUTHORITIES)


@pytest.mark.parametrize(("type", "identifier"), EXAMPLES)
def test_a_published_identifier_is_good_bare_and_as_an_address(type: str, identifier: str) -> None:
    file = authority(type)
    assert file.fault(identifier) == "" and file.bare(identifier) == identifier
    address = file.link(identifier)
    assert file.fault(address) == "" and of_address(address) == (file, identifier)
    assert all(file.fault(f"http://{space}{identifier}") == "" for space in file.spaces)


@pytest.mark.parametrize(("type", "identifier"), [one for one in EXAMPLES if one[0] in CHECKED])
def test_any_one_digit_mistyped_is_found(type: str, identifier: str) -> None:
    file = authority(type)
    missed = []
    for at, char in enumerate(identifier):
        for other in "0123456789":
            if char.isdigit() and other != char:
                typed = identifier[:at] + other + identifier[at + 1 :]
                missed += [typed] if not file.fault(typed) else []
    # a GND of eight digits and a hyphen may be of either of two kinds, so one in eleven slips through
    assert len(missed) <= (10 if re.fullmatch(r"\d{8}-.", identifier) else 0), missed


@pytest.mark.parametrize(
    ("type", "typed", "bare"),
    [
        ("isni", "0000 0001 2169 1048", "0000000121691048"),
        ("orcid", "000000021694233x", "0000-0002-1694-233X"),
        ("orcid", "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("gnd", "http://d-nb.info/gnd/1231643-x", "1231643-X"),
        ("lcnaf", "n 79021164", "n79021164"),
        ("lcnaf", "n78-890351", "n78890351"),
        ("bnf", "ark:/12148/cb119016075", "cb119016075"),
        ("bnf", "119016075", "cb119016075"),
        ("geonames", "https://www.geonames.org/4933887/concord.html", "4933887"),
        ("wikidata", "https://www.wikidata.org/wiki/Q5879#sitelinks", "Q5879"),
    ],
)
def test_an_identifier_may_be_typed_in_other_ways(type: str, typed: str, bare: str) -> None:
    assert authority(type).bare(typed) == bare
    assert authority(type).fault(typed) == ""


@pytest.mark.parametrize(
    ("type", "typed", "says"),
    [
        ("gnd", "118540239", "check digit"),
        ("gnd", "https://viaf.org/viaf/24602065", "address of VIAF, not of GND"),
        ("gnd", "", "nine or ten digits"),
        ("wikidata", "5879", "a Q and digits"),
        ("viaf", "https://viaf.org/", "not an identifier"),
        ("geonames", "٢٩٥٠١٥٩", "up to nine digits"),
        ("gnd", "1" * 100_000, "not an identifier"),
    ],
)
def test_a_bad_identifier_is_told_in_words(type: str, typed: str, says: str) -> None:
    fault = authority(type).fault(typed)
    assert says in fault and len(fault) < 200


@given(st.sampled_from(AUTHORITIES), st.text(max_size=40))
def test_no_text_breaks_the_reading_of_an_identifier(file: Authority, text: str) -> None:
    if not file.fault(text):
        assert file.bare(file.bare(text)) == file.bare(text)
        assert of_address(file.link(text)) == (file, file.bare(text))


PERSONS = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listPerson>
<person xml:id="goethe"><persName>Goethe</persName><idno type="gnd">118540238</idno></person>
<person xml:id="schiller"><persName>Schiller</persName><idno type="gnd">118607626</idno></person>
<person xml:id="von-goethe"><persName>von Goethe</persName>
<idno type="URI">https://d-nb.info/gnd/118540238</idno></person>
</listPerson></standOff></TEI>"""


def edition_of(*texts: str) -> Edition:
    documents = tuple(
        Document(str(n), f"tei/registers/{n}.xml", tei.parse(text.encode())) for n, text in enumerate(texts)
    )
    return Edition(Path(), of_folder("Cases"), registers.entries(documents, Report()), documents)


def test_two_entries_with_one_identifier_are_reported_once() -> None:
    (entry,) = (one for one in edition_checks() if one.code.name == "duplicate-identifier")
    edition = edition_of(PERSONS)
    (found,) = entry.find(edition.registers, edition)
    assert (found.location.file, found.location.line) == ("tei/registers/0.xml", 5)
    assert found.message == "“von-goethe” has the same GND as “goethe”: 118540238"


# --- writing an identifier into a register --------------------------------------------------------

KINDS = {
    "person": '<listPerson>\n<person xml:id="x">\n<persName>X</persName>\n<birth when="1803"/>\n{}</person>\n</listPerson>',
    "place": '<listPlace>\n<place xml:id="x">\n<placeName>X</placeName>\n<location><geo>1 2</geo></location>\n{}</place>\n'
    "</listPlace>",
    "org": '<listOrg>\n<org xml:id="x">\n<orgName>X</orgName>\n{}</org>\n</listOrg>',
    "event": '<listEvent>\n<event xml:id="x" when="1803">\n<label>X</label>\n{}</event>\n</listEvent>',
}
NOTE = '<note type="description">A note, with <hi rend="italic">markup</hi>.</note>\n'
HEADER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>X</title></titleStmt>
<publicationStmt><p>X</p></publicationStmt><sourceDesc><p>X</p></sourceDesc></fileDesc></teiHeader><standOff>{}</standOff></TEI>"""


def written(text: bytes, id: str = "x") -> bytes:
    """A register with a GND in an entry."""
    return with_identifier(Document("1", "tei/registers/1.xml", tei.parse(text), text), id, "gnd", "118540238")


@pytest.mark.parametrize(
    "rest",
    [
        "",
        NOTE,
        f'<idno type="viaf">15</idno>\n{NOTE}',
        f'<idno type="gnd">118540239</idno>\n{NOTE}',
        f"<!-- <note>no</note> -->\n{NOTE}",
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_an_identifier_is_put_where_the_schemas_allow_it(kind: str, rest: str, tei_all: etree.RelaxNG) -> None:
    before = HEADER.format(KINDS[kind].format(rest))
    made = written(before.encode())
    new = '<idno type="gnd">118540238</idno>\n'
    assert made.decode().replace(new, "", 1) == before
    profile = etree.RelaxNG(etree.parse(ROOT / "schema/editio.rng"))
    for schema in (tei_all, profile):
        assert schema.validate(tei.parse(before.encode()).getroottree()), schema.error_log
        assert schema.validate(tei.parse(made).getroottree()), schema.error_log


def test_an_identifier_stands_behind_what_the_table_of_registers_does_not_know(tei_all: etree.RelaxNG) -> None:
    place = f'<place xml:id="x"><placeName>X</placeName><climate><p>Wet.</p></climate>{NOTE}</place>'
    made = tei.parse(written(HEADER.format(f"<listPlace>{place}</listPlace>").encode()))
    assert tei_all.validate(made.getroottree()), tei_all.error_log


def test_an_identifier_is_written_with_the_prefix_and_line_ends_of_the_register() -> None:
    before = (
        '<tei:TEI xmlns:tei="http://www.tei-c.org/ns/1.0"><tei:standOff><tei:listPerson>\r\n'
        "<tei:person\r\n  role='x' xml:id='x' >\r\n\t<tei:persName>É.</tei:persName>\r\n</tei:person>\r\n"
        "</tei:listPerson></tei:standOff></tei:TEI>"
    )
    made = written(before.encode()).decode()
    new = '\r\n\t<tei:idno type="gnd">118540238</tei:idno>'
    assert new in made and made.replace(new, "") == before


def test_an_identifier_stands_in_the_entry_itself_and_not_in_one_inside_it() -> None:
    inner = '<org xml:id="y"><orgName>Y</orgName><idno type="viaf">15</idno><org xml:id="z"><orgName>Z</orgName></org></org>'
    text = HEADER.format(f'<listOrg><org xml:id="x"><orgName>X</orgName>{inner}</org></listOrg>')
    made = written(text.encode()).decode()
    assert '<orgName>X</orgName><idno type="gnd">118540238</idno><org xml:id="y">' in made
    made = written(text.encode(), "y").decode()
    assert '15</idno><idno type="gnd">118540238</idno><org xml:id="z">' in made


LATIN = '<?xml version="1.0" encoding="iso-8859-1"?>' + HEADER.format(
    '<listPerson><person xml:id="x"><persName>É.</persName></person></listPerson>'
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEADER.format('<listPerson><person xml:id="x"/></listPerson>').encode(), "is empty"),
        (
            HEADER.format('<listPerson><person xml:id="y"><persName>Y</persName></person></listPerson>').encode(),
            "no entry",
        ),
        (LATIN.encode("latin-1"), "not UTF-8"),
        (HEADER.format('<listPerson><person xml:id="x"> </person></listPerson>').encode(), "has no name"),
    ],
)
def test_a_register_that_cannot_be_written_is_told(text: bytes, says: str) -> None:
    with pytest.raises(Unspellable, match=says):
        written(text)


def test_the_hint_for_a_name_unlike_any_known_lists_only_some_of_very_many() -> None:
    hint = did_you_mean("zzz", [f"letter-{number}" for number in range(1000)])
    assert hint.startswith("known here: letter-0, letter-1,") and hint.endswith(" …") and len(hint) < 120
