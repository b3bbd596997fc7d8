"""The two documents of this repository become what the issue's table says: read in the TEI that a fresh conversion writes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from conftest import ROOT, Run
from lxml import etree

from editio import tei

MEMORANDUM = "khrushchev-memorandum-1959-12-08"
DECISION = "presidium-decision-1959-12-14"
NS = {"t": tei.NS}


@pytest.fixture(scope="module")
def memorandum(edition: Path) -> etree._Element:
    return tei.parse((edition / f"tei/{MEMORANDUM}.xml").read_bytes())


@pytest.fixture(scope="module")
def decision(edition: Path) -> etree._Element:
    return tei.parse((edition / f"tei/{DECISION}.xml").read_bytes())


def texts(root: etree._Element, path: str) -> list[str]:
    """The text of each element or attribute at an XPath."""
    return [
        found if isinstance(found, str) else " ".join(tei.text_of(found).split())
        for found in root.xpath(path, namespaces=NS)
    ]


def paragraph_with(root: etree._Element, words: str) -> etree._Element:
    found = [p for p in root.iter(f"{tei.TEI}p") if words in " ".join(tei.running_text_of_unit(p).split())]
    assert len(found) == 1, f"{len(found)} paragraphs hold “{words}”"
    return found[0]


SOURCES = {
    "khrushchev-memorandum-1959-12-08.md": "423811056e9643b052d0fa5e4a5b0bf2f517a5eb9bfd0a565c772a0cd63d3bd4",
    "presidium-decision-1959-12-14.txt": "1fdb4c07ba3075e11a8bac5d94b429d3e61330fffe0462e2b45ffe234c271984",
}


def test_the_sources_are_here_byte_for_byte() -> None:
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (ROOT / "sources").iterdir()}
    assert found == SOURCES


def test_the_committed_tei_is_what_a_fresh_conversion_writes(edition: Path) -> None:
    for name in (MEMORANDUM, DECISION):
        assert (edition / f"tei/{name}.xml").read_bytes() == (ROOT / f"tei/{name}.xml").read_bytes()


def test_title_and_day_are_in_the_header(memorandum: etree._Element, decision: etree._Element) -> None:
    assert texts(memorandum, "//t:titleStmt/t:title") == ["Khrushchev Memorandum to CC CPSU Presidium"]
    assert texts(decision, "//t:titleStmt/t:title")[0].startswith("CC CPSU Presidium Decision")
    assert texts(memorandum, "//t:profileDesc/t:creation/t:date/@when") == ["1959-12-08"]
    assert texts(decision, "//t:profileDesc/t:creation/t:date/@when") == ["1959-12-14"]


def test_the_citation_becomes_archive_shelfmark_address_and_translator(memorandum: etree._Element) -> None:
    identifier = "//t:sourceDesc/t:msDesc/t:msIdentifier"
    assert texts(memorandum, f"{identifier}/t:repository") == [
        "Center for the Storage of Contemporary Documentation (TsKhSD)"
    ]
    assert texts(memorandum, f"{identifier}/t:idno[@type='shelfmark']") == ["f. 2, op. 1, d. 416, ll. 1-11"]
    assert texts(memorandum, "//t:sourceDesc/t:bibl/t:publisher") == ["Wilson Center Digital Archive"]
    assert texts(memorandum, "//t:sourceDesc/t:bibl/t:ref/@target") == [
        "https://wilson-center.drivingcreative.com/document/117083"
    ]
    assert texts(memorandum, "//t:respStmt[@xml:id='translator']/t:persName") == ["Vladislav M. Zubok"]
    assert texts(memorandum, "//t:respStmt[@xml:id='translator']/t:orgName") == ["National Security Archive"]


def test_summary_credits_languages_and_rights_are_in_the_header(
    memorandum: etree._Element, decision: etree._Element
) -> None:
    assert texts(memorandum, "//t:abstract")[0].startswith("Khrushchev proposes a unilateral reduction")
    assert texts(decision, "//t:abstract")[0].startswith("CPSU Presidium approves Khrushchev's proposals")
    for root in (memorandum, decision):
        assert texts(root, "//t:titleStmt/t:funder/t:orgName") == ["Leon Levy Foundation"]
        assert texts(root, "//t:langUsage/t:language/@ident")[:2] == ["en", "ru"]
    assert texts(memorandum, "//t:msContents/t:textLang/@mainLang") == ["ru"]
    assert "HAPP@wilsoncenter.org" in texts(decision, "//t:availability")[0]
    assert texts(memorandum, "//t:availability")


def test_it_says_who_wrote_to_whom(memorandum: etree._Element, decision: etree._Element) -> None:
    sent, received = "//t:correspAction[@type='sent']", "//t:correspAction[@type='received']"
    assert texts(memorandum, f"{sent}/t:persName/@ref") == ["registers/persons.xml#khrushchev"]
    assert texts(memorandum, f"{sent}/t:date/@when") == ["1959-12-08"]
    assert texts(memorandum, f"{received}/t:orgName/@ref") == ["registers/orgs.xml#presidium"]
    assert texts(decision, f"{sent}/t:orgName/@ref") == ["registers/orgs.xml#cc-cpsu"]
    assert texts(decision, f"{received}/t:persName/@ref") == ["registers/persons.xml#khrushchev"]


def test_the_page_number_is_a_page_beginning(memorandum: etree._Element) -> None:
    assert texts(memorandum, "//t:body//t:pb/@n") == ["2909"]


def test_the_addressees_are_the_opener(memorandum: etree._Element, decision: etree._Element) -> None:
    assert texts(memorandum, "//t:opener/t:address/t:addrLine") == [
        "TO MEMBERS OF THE",
        "CC CPSU PRESIDUM",
        "TO ALTERNATE MEMBERS OF THE CC CPSU PRESIDUM",
    ]
    assert texts(decision, "//t:opener/t:address/t:addrLine") == ["To com. Khrushchev."]


def test_heading_matter_has_number_and_classification(decision: etree._Element) -> None:
    assert texts(decision, "//t:body/t:head/@type") == ["motto", "letterhead", "reference", "excerpt", "subject"]
    assert texts(decision, "//t:head/t:idno[@type='document']") == ["#P253/P"]
    assert texts(decision, "//t:head/t:seg[@type='classification']") == ["Top Secret"]
    assert texts(decision, "//t:head/t:idno[@type='protocol']") == ["253"]


def test_the_decisions_keep_their_numbers_and_paragraphs(decision: etree._Element) -> None:
    assert texts(decision, "//t:list/t:item/@n") == ["1", "2", "3"]
    assert texts(decision, "//t:list/t:item/t:p[1]/t:label") == ["1.", "2.", "3."]
    assert [len(item.findall(f"{tei.TEI}p")) for item in decision.iter(f"{tei.TEI}item")] == [2, 1, 2]


def test_signature_date_and_typists_mark_are_the_closer(memorandum: etree._Element, decision: etree._Element) -> None:
    assert texts(memorandum, "//t:closer/t:signed") == ["N. KHRUSHCHEV"]
    assert texts(memorandum, "//t:closer/t:dateline/t:date/@when") == ["1959-12-08"]
    assert texts(decision, "//t:closer/t:signed") == ["SECRETARY OF CC"]
    assert texts(decision, "//t:closer/t:seg") == ["4-ak"]


def test_words_in_brackets_are_supplied_by_the_translator(memorandum: etree._Element, decision: etree._Element) -> None:
    found = texts(memorandum, "//t:body//t:supplied[@resp='#translator']")
    assert found == [
        "and",
        "it",
        "regard to",
        "explosive",
        "them",
        "today",
        "war",
        "since",
        "a proposal",
        "U.N.",
        "I do",
        "ground",
        "1917",
    ]
    assert texts(decision, "//t:body//t:supplied[@resp='#translator']") == ["Rodion", "his"]
    assert texts(memorandum, "//t:orgName/t:supplied") == ["U.N."]
    assert texts(decision, "//t:persName/t:supplied") == ["Rodion"]


def test_words_of_the_original_are_notes_in_transliterated_russian(memorandum: etree._Element) -> None:
    notes = "//t:body//t:note[@type='original'][@resp='#translator']"
    assert texts(memorandum, f"{notes}/t:foreign[@xml:lang='ru-Latn']") == [
        "konyunktura",
        "naladili",
        "potryasaiuxchii",
        "bez izlishestv",
    ]
    assert texts(memorandum, "//t:body//t:note[@type='gloss'][@resp='#translator']") == [
        "i.e., the imperialist countries"
    ]


def test_a_sentence_broken_by_a_blank_line_is_one_paragraph(memorandum: etree._Element) -> None:
    for words in ("modern armaments of the strongest kind", "The burden of maintaining armies"):
        paragraph = paragraph_with(memorandum, words)
        assert len(paragraph.findall(f"{tei.TEI}milestone[@unit='source-break']")) == 1


def test_a_misprinted_name_is_recognised_and_left_as_it_stands(memorandum: etree._Element) -> None:
    names = memorandum.xpath("//t:addrLine/t:orgName", namespaces=NS)
    assert [(tei.text_of(name), name.get("ref"), name.get("cert")) for name in names] == [
        ("CC CPSU PRESIDUM", "registers/orgs.xml#presidium", "medium")
    ] * 2


def test_every_date_is_marked_and_right(memorandum: etree._Element, decision: etree._Element) -> None:
    def dates(root: etree._Element) -> list[tuple[str, ...]]:
        found = root.xpath("//t:body//t:date", namespaces=NS)
        return [
            (
                tei.text_of(date),
                *(f"{name}={date.get(name)}" for name in ("when", "notBefore", "notAfter", "cert") if date.get(name)),
            )
            for date in found
        ]

    assert dates(memorandum) == [
        ("end of January or in February", "notBefore=1960-01-21", "notAfter=1960-02-29", "cert=medium"),
        ("February", "when=1960-02", "cert=medium"),
        ("8 December 1959", "when=1959-12-08", "cert=high"),
    ]
    assert dates(decision) == [
        ("14 December 1959", "when=1959-12-14", "cert=high"),
        ("18 December this year", "when=1959-12-18", "cert=high"),
    ]


def test_every_name_is_marked_and_points_to_the_right_entry(
    memorandum: etree._Element, decision: etree._Element
) -> None:
    def names(root: etree._Element) -> list[str]:
        found = root.xpath("//t:body//t:persName | //t:body//t:placeName | //t:body//t:orgName", namespaces=NS)
        return [f"{tei.text_of(name)} {name.get('ref').partition('#')[2]}" for name in found]

    assert names(memorandum) == [
        "CC CPSU PRESIDUM presidium",
        "CC CPSU PRESIDUM presidium",
        "Soviet Union soviet-union",
        "United States of America united-states",
        "United Nations Organization united-nations",
        "Ministry of Defense ministry-of-defense",
        "Soviet Union soviet-union",
        "Europe europe",
        "Committee of Ten committee-of-ten",
        "Committee committee-of-ten",
        "Soviet Union soviet-union",
        "Moscow moscow",
        "CC Presidium presidium",
        "Supreme Soviet supreme-soviet",
        "Committee of Ten committee-of-ten",
        "Supreme Soviet supreme-soviet",
        "Committee committee-of-ten",
        "Supreme Soviet supreme-soviet",
        "Supreme Soviet supreme-soviet",
        "Soviet Union soviet-union",
        "General Staff general-staff",
        "U.N. General Assembly un-general-assembly",
        "Presidium presidium",
        "Presidium presidium",
        "Germany germany",
        "Moscow moscow",
        "Leningrad leningrad",
        "Kiev kiev",
        "Kharkov kharkov",
        "Lenin lenin",
        "CC Presidium presidium",
        "N. KHRUSHCHEV khrushchev",
    ]
    assert names(decision) == [
        "Communist Party of the Soviet Union cpsu",
        "Soviet Union soviet-union",
        "CENTRAL COMMITTEE cc-cpsu",
        "Khrushchev khrushchev",
        "CC Presidium presidium",
        "Khrushchev N.S. khrushchev",
        "CC Presidium presidium",
        "Soviet Union soviet-union",
        "Supreme Soviet of the USSR supreme-soviet",
        "USSR soviet-union",
        "Ministry of Defense ministry-of-defense",
        "Rodion Malinovsky malinovsky",
        "CC CPSU cc-cpsu",
        "CC Presidium presidium",
        "CC CPSU cc-cpsu",
        "Khrushchev N.S. khrushchev",
        "CC Presidium presidium",
        "Khrushchev N.S. khrushchev",
        "CC cc-cpsu",
    ]


def test_page_furniture_is_kept_in_the_header_and_out_of_the_text(decision: etree._Element) -> None:
    kept = texts(decision, "//t:notesStmt/t:note[@type='furniture']")
    assert "Author(s):" in kept and "Associated Places" in kept
    assert any(words.startswith("Khrushchev proposes a unilateral reduction") for words in kept)
    body = texts(decision, "//t:body")[0]
    assert "Khrushchev proposes" not in body and "Associated" not in body


def test_every_decision_of_encoding_is_declared(memorandum: etree._Element) -> None:
    declared = " ".join(texts(memorandum, "//t:encodingDesc/t:editorialDecl/t:p"))
    for words in ("supplied", "milestone", "foreign", "closer", "opener", 'resp="#editio"'):
        assert words in declared


def test_what_editio_marked_says_who_how_sure_and_by_which_rule(memorandum: etree._Element) -> None:
    marked = memorandum.xpath(
        "//t:body//*[self::t:persName or self::t:placeName or self::t:orgName or self::t:date]", namespaces=NS
    )
    assert marked
    assert all(name.get("resp") == "#editio" and name.get("cert") and name.get("evidence") for name in marked)


def test_the_edition_is_valid_for_its_profile_and_for_tei_all(edition: Path, tei_all: etree.RelaxNG) -> None:
    profile = etree.RelaxNG(etree.parse(ROOT / "schema/editio.rng"))
    for path in (edition / "tei").rglob("*.xml"):
        tree = tei.parse(path.read_bytes()).getroottree()
        assert profile.validate(tree), (path, profile.error_log)
        assert tei_all.validate(tree), (path, tei_all.error_log)


def test_each_oddity_is_reported_once_with_its_line(edition: Path, run: Run) -> None:
    found = run("convert", cwd=edition).stdout.splitlines()
    codes = [line.split("[")[-1].rstrip("]") for line in found if ": info: " in line]
    assert sorted(codes) == [
        "joined-paragraph",
        "joined-paragraph",
        "misprint-in-name",
        "page-furniture",
        "page-furniture",
    ]
    assert all(line.split(":")[1].isdigit() for line in found if ": info: " in line)
