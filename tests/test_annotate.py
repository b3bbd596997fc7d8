"""Names are marked across markup, in one another, and counted once."""

from __future__ import annotations

import pytest
from lxml import etree
from test_names import edition_of

from editio import marking, survey, tei
from editio.annotate import annotate
from editio.diagnostics import Location, Report


def marked(content: str, *names: str) -> str:
    """A paragraph in which names are put into rs, numbered."""
    paragraph = tei.parse(f'<p xmlns="{tei.NS}">{content}</p>'.encode())
    text = tei.running_text_of_unit(paragraph)
    spans = [
        marking.Span(text.index(name), text.index(name) + len(name), tei.element("rs", n=str(number)))
        for number, name in enumerate(names, 1)
    ]
    marking.wrap_all(paragraph, spans)
    return etree.tostring(paragraph, encoding="unicode").replace(f' xmlns="{tei.NS}"', "")[3:-4]


def test_a_name_in_a_name_is_nested() -> None:
    assert marked("the University of Vienna.", "University of Vienna", "Vienna") == (
        'the <rs n="1">University of <rs n="2">Vienna</rs></rs>.'
    )


def test_a_name_that_markup_crosses_stands_in_parts_without_the_space_between() -> None:
    assert marked("<hi>So John</hi> <hi>Keats wrote</hi>", "John Keats") == (
        '<hi>So <rs n="1">John</rs></hi> <hi><rs n="1">Keats</rs> wrote</hi>'
    )


def test_a_name_is_marked_around_the_readings_of_a_choice() -> None:
    choice = "<choice><sic>Keets</sic><corr>Keats</corr></choice>"
    assert marked(f"by {choice}.", "Keats") == f'by <rs n="1">{choice}</rs>.'


def test_what_was_deleted_is_no_part_of_the_name_it_interrupts() -> None:
    assert marked("John <del>Kea</del>Keats", "John Keats") == '<rs n="1">John <del>Kea</del>Keats</rs>'


def test_the_crossing_one_of_two_names_is_left_out() -> None:
    assert marked("a John Keats Vienna", "John Keats", "Keats Vienna") == 'a <rs n="1">John Keats</rs> Vienna'


def test_a_name_in_parts_is_one_mention() -> None:
    prepared = f"""<TEI xmlns="{tei.NS}" xmlns:ed="urn:editio"><text><body><p>Said <hi>so
        <persName ed:entry="keats" ed:anchor="a" xml:id="n1" next="#n2">John</persName></hi>
        <persName ed:entry="keats" ed:anchor="b" xml:id="n2" prev="#n1">Keats</persName> aloud.</p></body></text></TEI>"""
    facts = survey.survey("letter", tei.parse(prepared.encode()))
    assert [(one.anchor, one.match, one.after.strip()) for one in facts.mentions] == [("a", "John Keats", "aloud.")]


SEWARDS = [
    '<person xml:id="william-seward"><persName><forename>William</forename> <surname>Seward</surname></persName></person>',
    '<person xml:id="frederick-seward"><persName><forename>Frederick</forename> <surname>Seward</surname></persName></person>',
    '<person xml:id="adams"><persName><forename>Charles</forename> <surname>Adams</surname></persName></person>',
]
ADDRESSED = (
    '<correspDesc><correspAction type="sent"><persName ref="registers/persons.xml#adams"/></correspAction>'
    '<correspAction type="received"><persName ref="registers/persons.xml#{}"/></correspAction></correspDesc>'
)
GREETING = "<opener><salute>To {} Seward,</salute></opener>"
SIGNATURE = "<closer><signed>Charles Adams</signed></closer>"


@pytest.mark.parametrize(
    ("header", "opener", "closer", "meant"),
    [
        (ADDRESSED.format("william-seward"), "", "", ["registers/names.xml#william-seward"]),
        (ADDRESSED.format("frederick-seward"), "", "", ["registers/names.xml#frederick-seward"]),
        ("", GREETING.format("William"), SIGNATURE, ["registers/names.xml#william-seward"]),
        ("", GREETING.format("Frederick"), SIGNATURE, ["registers/names.xml#frederick-seward"]),
        ("", "", SIGNATURE, []),
    ],
)
def test_a_surname_means_the_one_of_that_name_who_is_addressed(
    header: str, opener: str, closer: str, meant: list[str]
) -> None:
    body = f"{opener}<p>I told Seward so.</p>{closer}"
    root = tei.parse(
        f"""<TEI xmlns="{tei.NS}" xml:id="letter" xml:lang="en"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>
        </fileDesc><profileDesc>{header}</profileDesc></teiHeader><text><body>{body}</body></text></TEI>""".encode()
    )
    annotate(root, edition_of(SEWARDS), "", lambda words: Location(), Report())
    names = root.iterfind(f".//{tei.TEI}body/{tei.TEI}p/{tei.TEI}persName")
    assert [name.get("ref") for name in names] == meant


def test_the_title_of_a_letter_says_whom_its_salute_means() -> None:
    root = tei.parse(
        f"""<TEI xmlns="{tei.NS}" xml:id="letter" xml:lang="en"><teiHeader><fileDesc><titleStmt>
        <title>Charles Adams to Frederick Seward</title></titleStmt></fileDesc><profileDesc/></teiHeader>
        <text><body><opener><salute>My dear Seward,</salute></opener><p>Mr. William Seward is well.</p>
        <closer><signed>C. Adams</signed></closer></body></text></TEI>""".encode()
    )
    annotate(root, edition_of(SEWARDS), "", lambda words: Location(), Report())
    received = root.iterfind(f".//{tei.TEI}correspAction[@type='received']/{tei.TEI}persName")
    assert [name.get("ref") for name in received] == ["registers/names.xml#frederick-seward"]
