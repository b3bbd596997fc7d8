"""Registers are read, judged, changed as a table and by command, and never lose a character that was not changed."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from editio import tei
from editio.diagnostics import Refusal, Report
from editio.documents import read_documents
from editio.model import Edition
from editio.opening import open_folder
from editio.registers import canonical, forms, reference
from editio.registers.cells import (
    Item,
    Unreadable,
    dating,
    formula_safe,
    read_dating,
    read_items,
    without_apostrophe,
    write_items,
)
from editio.registers.faults import fault_of_coordinates, mixed_scripts
from editio.registers.sheet import Imported, export, import_table
from editio.registers.writing import Changes, add_entry
from editio.registry import edition_checks

HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>Persons</title></titleStmt><publicationStmt><p>A register.</p>"
    "</publicationStmt><sourceDesc><p>Common knowledge.</p></sourceDesc></fileDesc></teiHeader>"
)
REGISTER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0">'
    + HEADER
    + "\n<standOff>\n{}\n</standOff></TEI>\n"
)
PERSONS = REGISTER.format(
    """<listPerson><head>Persons</head>
  <!-- the correspondents -->
  <person  xml:id='thoreau' >
    <persName type="main"><forename>Henry</forename> <forename type="m">David</forename> <surname>Thoreau</surname></persName>
    <persName type="variant">H. D. T.</persName><persName type="variant">Henry [the] Thoreau; of Concord</persName>
    <persName type='pen' from="1840">A. Yankee</persName>
    <birth when="1817-07-12">Concord</birth>
    <death when='1862-05-06'/>
    <state type="office" from="1834" to="1837"><label>Student</label></state>
    <note type="description">Writer, of <placeName ref="places.xml#concord">Concord</placeName>.</note>
    <note>Kept <hi rend="italic">two</hi> journals.</note>
    <idno type="gnd">118622161</idno>
  </person>
  <person xml:id="blake"><persName>Harrison Gray Otis Blake</persName></person>
</listPerson>"""
)
PLACES = REGISTER.format(
    """<listPlace>
<place xml:id="massachusetts" type="region"><placeName>Massachusetts</placeName>
<place xml:id="concord" type="town"><placeName>Concord</placeName><location><geo>42.46 -71.35</geo></location></place>
</place>
</listPlace>"""
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An edition with two registers and no documents."""
    (tmp_path / "edition.toml").write_text('[edition]\ntitle = "Letters"\nlanguage = "en"\n')
    registers = tmp_path / "tei/registers"
    registers.mkdir(parents=True)
    (tmp_path / "sources").mkdir()
    (registers / "persons.xml").write_text(PERSONS)
    (registers / "places.xml").write_text(PLACES)
    return tmp_path


def opened(folder: Path, report: Report | None = None) -> Edition:
    return open_folder(folder, report or Report(folder))


def with_persons(folder: Path, *entries: str) -> tuple[Edition, list[tuple[str, int, str]]]:
    """The edition with other persons, and the diagnostics: code, line, message."""
    (folder / "tei/registers/persons.xml").write_text(
        REGISTER.format("\n".join(["<listPerson>", *entries, "</listPerson>"]))
    )
    report = Report(folder)
    edition = opened(folder, report)
    return edition, [(one.code.name, one.location.line, one.message) for one in report]


def person(id: str, *names: str, more: str = "", **attributes: str) -> str:
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return (
        f'<person xml:id="{id}"{said}>' + "".join(f"<persName>{name}</persName>" for name in names) + f"{more}</person>"
    )


def rows(table: str, mark: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff")), delimiter=mark))


def as_table(found: list[dict[str, str]], mark: str = ",", end: str = "\n") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(found[0]), delimiter=mark, lineterminator=end)
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue().encode()


def imported(folder: Path, data: bytes, prune: bool = False) -> tuple[Imported, list[tuple[str, int, str]]]:
    report = Report(folder)
    done = import_table(opened(folder), data, "table.csv", prune, report)
    return done, [(one.code.name, one.location.line, one.message) for one in report]


# --- reading ------------------------------------------------------------------------------------------


def test_an_entry_has_names_with_their_parts_offices_and_dates(folder: Path) -> None:
    entry = opened(folder).entries["thoreau"]
    assert (entry.name, entry.names[0].forenames, entry.names[0].surname) == (
        "Henry David Thoreau",
        ("Henry", "David"),
        "Thoreau",
    )
    assert [(office.words, office.period.start, office.period.end) for office in entry.offices] == [
        ("Student", "1834", "1837")
    ]
    assert (entry.period.start, entry.period.end) == ("1817-07-12", "1862-05-06")
    assert [(name.type, name.period.start) for name in entry.names if name.type == "pen"] == [("pen", "1840")]


def test_a_place_in_a_place_is_an_entry(folder: Path) -> None:
    assert opened(folder).entries["concord"].name == "Concord"


def test_events_are_entries_and_named_with_their_type(folder: Path) -> None:
    text = '<listEvent><event xml:id="antietam" when="1862-09-17"><label>Battle of Antietam</label></event></listEvent>'
    (folder / "tei/registers/events.xml").write_text(REGISTER.format(text))
    entry = opened(folder).entries["antietam"]
    assert (entry.kind, entry.name, entry.period.start) == ("event", "Battle of Antietam", "1862-09-17")
    assert reference(entry, "tei") == {"type": "event", "ref": "registers/events.xml#antietam"}


def test_an_event_told_of_a_person_needs_no_id(folder: Path) -> None:
    told = '<event when="1845-07-04"><label>Moves to Walden Pond</label></event>'
    edition, found = with_persons(folder, person("thoreau", "Henry David Thoreau", more=told))
    assert found == [] and "thoreau" in edition.entries


def test_a_name_typed_in_another_form_of_unicode_is_the_same(folder: Path) -> None:
    edition, _ = with_persons(folder, person("a", "Rene\u0301 Descartes"), person("b", "Ren\u00e9 Descartes"))
    assert edition.entries["a"].names[0].words == edition.entries["b"].names[0].words
    assert [message for _, message in checked(edition, "same-name")] == ["“b” has the same name as “a”: René Descartes"]


REFUSED = {
    "K.": "a single letter",
    "z": "a single letter",
    "bread": "an ordinary word",
    "…": "neither letter nor digit",
    "a" * 10_000: "10000 characters",
    "": "is empty",
}


@pytest.mark.parametrize("name", REFUSED, ids=lambda name: name[:8] or "empty")
def test_a_name_that_would_be_found_everywhere_is_refused_with_the_reason(folder: Path, name: str) -> None:
    edition, found = with_persons(folder, person("kafka", "Franz Kafka"), person("keller", "Gottfried Keller", name))
    assert [name.words for name in edition.entries["keller"].names] == ["Gottfried Keller"]
    [(code, line, message)] = found
    assert (code, line) == ("unusable-name", 6) and REFUSED[name] in message


@pytest.mark.parametrize(
    "name", ["(an+)+$", ".*", "[A-Z", "\\", "a|b", "C++ (?P&lt;x>", "von Braun", "周恩来", "بغداد"]
)
def test_names_full_of_signs_or_in_any_script_are_names(folder: Path, name: str) -> None:
    edition, found = with_persons(folder, person("x", f"Name {name}", name if any(map(str.isalpha, name)) else "X Y"))
    assert found == [] and [form for form, _ in forms(edition.entries["x"])]


def test_letters_of_two_scripts_in_one_word_are_seen() -> None:
    assert mixed_scripts("Мoscow") == "“Мoscow” mixes Cyrillic and Latin letters"
    assert mixed_scripts("Moskau Москва, Ré") == ""


@pytest.mark.parametrize("text", ["55.75 37.62", "-34.6, -58.38", "0 0", "90 -180"])
def test_degrees_are_coordinates(text: str) -> None:
    assert fault_of_coordinates(text) == ""


@pytest.mark.parametrize("text", ["", "55.75", "55° N 37° E", "91 0", "0 181", "1 2 3", "nan nan"])
def test_anything_else_is_none(text: str) -> None:
    assert fault_of_coordinates(text)


# --- sameAs and other checks --------------------------------------------------------------------------


def checked(edition: Edition, code: str, *documents: str) -> list[tuple[int, str]]:
    """What a check of the whole edition finds: line and message."""
    folder = edition.root / "tei"
    for number, text in enumerate(documents):
        (folder / f"letter-{number}.xml").write_text(text)
    found = read_documents(sorted(folder.glob("*.xml")), Report(edition.root))
    [check] = [one for one in edition_checks() if one.code.name == code]
    return [(one.location.line, one.message) for one in check.find((*found, *edition.registers), edition)]


LETTER = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="l{id}"><teiHeader><profileDesc><correspDesc>\n<correspAction type="sent">'
    '<persName ref="registers/persons.xml#{who}"/><date when="{when}"/></correspAction></correspDesc></profileDesc></teiHeader>\n'
    "<text><body><p>{text}</p></body></text></TEI>"
)


def letter(text: str = "", who: str = "thoreau", when: str = "1860", id: str = "0") -> str:
    return LETTER.format(text=text, who=who, when=when, id=id)


def test_a_circle_of_same_as_is_reported_and_ends(folder: Path) -> None:
    entries = [person("a", "Ann", sameAs="#b"), person("b", "Bea", sameAs="#a"), person("c", "Cleo", sameAs="#a")]
    edition, _ = with_persons(folder, *entries)
    assert [line for line, _ in checked(edition, "circular-same-as")] == [5, 6]
    assert canonical("a", edition.entries) == "b" and canonical("c", edition.entries) == "b"


def test_an_entry_may_have_nothing_but_the_one_it_is_the_same_as(folder: Path) -> None:
    edition, found = with_persons(folder, person("thoreau", "Henry David Thoreau"), person("hdt", sameAs="#thoreau"))
    assert found == [] and canonical("hdt", edition.entries) == "thoreau"


def test_same_as_nothing_is_a_dangling_pointer(folder: Path, run: Run) -> None:
    with_persons(folder, person("hdt", "Thoreau", sameAs="#thoreau"))
    assert (
        "persons.xml:5:1: error: no element has the id “thoreau” [dangling-pointer]"
        in run("validate", cwd=folder).stdout
    )


def test_who_writes_after_death_or_before_birth_is_reported(folder: Path) -> None:
    edition = opened(folder)
    letters = [
        letter(when="1863-01-01"),
        letter(when="1862"),
        letter(when="1816", id="2"),
        letter(who="blake", when="1999"),
    ]
    assert [message for _, message in checked(edition, "outside-lifetime", *letters)] == [
        "“Henry David Thoreau” writes in 1863-01-01, but died in 1862-05-06",
        "“Henry David Thoreau” writes in 1816, but was born in 1817-07-12",
    ]


def test_names_without_entry_are_told_once_but_not_those_marked_by_cues(folder: Path) -> None:
    text = "<persName>Emerson</persName>, <persName>Emerson</persName> and <orgName>Tribune</orgName>"
    found = checked(opened(folder), "unlinked-name", letter(text + '<persName resp="#editio">Lamb</persName>'))
    assert [message for _, message in found] == ["3 names point to no entry, in 1 document: “Emerson”, “Tribune”"]


def test_the_editor_whom_the_header_names_is_no_name_without_entry(folder: Path) -> None:
    declared = "<respStmt><resp>names reviewed</resp><persName>Franklin Sanborn</persName></respStmt></titleStmt>"
    assert checked(opened(folder), "unlinked-name", letter().replace("</titleStmt>", declared)) == []


def test_entries_never_mentioned_are_told_in_one_line(folder: Path) -> None:
    assert [message for _, message in checked(opened(folder), "unmentioned-entry", letter())] == [
        "3 of 4 entries are mentioned nowhere: blake, massachusetts, concord"
    ]


def test_one_name_for_two_entries_is_told(folder: Path) -> None:
    name = '<persName ref="registers/persons.xml#{}">Mr.  {}</persName>'
    text = name.format("blake", "B.") + name.format("thoreau", "B.") + name.format("thoreau", "T.")
    assert [message for _, message in checked(opened(folder), "one-name-two-entries", letter(text))] == [
        "“Mr. B.” names #thoreau and #blake"
    ]


def test_places_lack_coordinates_only_if_they_have_a_point_and_others_have_them(folder: Path) -> None:
    places = folder / "tei/registers/places.xml"
    assert checked(opened(folder), "place-without-coordinates") == []
    places.write_text(
        PLACES.replace(
            "</listPlace>", '<place xml:id="walden"><placeName>Walden Pond</placeName></place>\n</listPlace>'
        )
    )
    assert checked(opened(folder), "place-without-coordinates") == [(0, "1 of 2 places have no coordinates: walden")]


# --- cells --------------------------------------------------------------------------------------------

# a machine that does much else draws slowly
SLOWLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=8)
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
YEARS = st.integers(-300, 2020).map(lambda year: f"-{-year:04}" if year < 0 else f"{year:04}")
DATES = st.one_of(
    st.just(()),
    YEARS.map(lambda year: (("when", year),)),
    st.tuples(YEARS, YEARS).map(lambda two: (("from", two[0]), ("to", two[1]))),
    YEARS.map(lambda year: (("to", year),)),
    st.tuples(YEARS, YEARS).map(lambda two: (("from", two[0]), ("notAfter", two[1]))),
)
TYPES = st.from_regex(r"[a-z][a-z:\\-]{0,5}", fullmatch=True)


@settings(SLOWLY)
@given(st.lists(st.builds(Item, PHRASES, DATES, TYPES), max_size=4))
def test_items_come_back_from_a_cell_as_they_were(items: list[Item]) -> None:
    assert read_items(write_items(items, typed=True), typed=True) == items


@settings(SLOWLY)
@given(st.text())
def test_a_cell_comes_back_from_a_spreadsheet_and_is_no_formula(cell: str) -> None:
    safe = formula_safe(cell)
    assert without_apostrophe(safe) == cell
    assert not re.match(r"[=+\-@\t\r]", safe) or re.fullmatch(r"-?\d+([.-]\d+)*", safe)


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-71.35 x", "@SUM(A1)", "'=1", "-1", "-0044-03-15", "''"])
def test_what_looks_like_a_formula_gets_an_apostrophe(cell: str) -> None:
    numbers = ("-1", "-0044-03-15", "''")
    assert formula_safe(cell) == (cell if cell in numbers else f"'{cell}")


@pytest.mark.parametrize("text", ["12.7.1817", "1817/1818/1819", "May 1860", "1860 1861", "1860..x"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_dating(text)


def test_dates_say_when_from_to_and_between() -> None:
    for text in ("1817", "1817-07-12", "1957/1967", "1957/", "/1967", "1957..1967", "1957/ ..1967"):
        assert dating(dict(read_dating(text))) == text


# --- the table ----------------------------------------------------------------------------------------


def kept(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "tei/registers").glob("*.xml")}


@pytest.mark.parametrize("bom", [False, True])
def test_a_table_imported_as_it_was_exported_changes_no_byte(folder: Path, bom: bool) -> None:
    before = kept(folder)
    done, found = imported(folder, export(opened(folder), bom=bom).encode())
    assert (done, found, kept(folder)) == (Imported(), [], before)


def test_a_spreadsheet_may_write_semicolons_crlf_and_a_mark_of_utf_8_or_utf_16(folder: Path) -> None:
    table = rows(export(opened(folder)))
    table[1]["description"] = "Teacher; of Worcester"
    semicolons = as_table(table, ";", "\r\n").decode()
    for data in (
        ("\ufeff" + semicolons).encode(),
        ("sep=;\r\n" + semicolons).encode(),
        as_table(table, "\t").decode().encode("utf-16"),
    ):
        (folder / "tei/registers/persons.xml").write_text(PERSONS)
        done, found = imported(folder, data)
        assert (done.changed, found) == (("blake",), [])
        assert (
            '<note type="description">Teacher; of Worcester</note>'
            in (folder / "tei/registers/persons.xml").read_text()
        )


EDITS = {
    "name part": ("surname", "Thoreau", "Thorow", "<surname>Thoreau<", "<surname>Thorow<"),
    "birth": ("birth", "1817-07-12", "1817", '<birth when="1817-07-12">', '<birth when="1817">'),
    "birth place": ("birth place", "Concord", "Concord, Mass.", ">Concord</birth>", ">Concord, Mass.</birth>"),
    "death as a span": (
        "death",
        "1862-05-06",
        "1862..1863",
        "<death when='1862-05-06'/>",
        '<death notBefore="1862" notAfter="1863"/>',
    ),
    "one variant": ("variants", "H. D. T.", "H.D.T.", ">H. D. T.<", ">H.D.T.<"),
    "a variant with signs": ("variants", "\\; of", "\\; near", "Thoreau; of", "Thoreau; near"),
    "dates of a name": (
        "other names",
        "1840/",
        "1840/1850",
        "<persName type='pen' from=\"1840\">",
        '<persName type=\'pen\' from="1840" to="1850">',
    ),
    "office": ("offices", "Student", "Student at Harvard", "<label>Student<", "<label>Student at Harvard<"),
    "identifier": ("idnos", "118622161", "118622162", "118622161<", "118622162<"),
    "more identifiers": (
        "idnos",
        "gnd:118622161",
        "gnd:118622161; viaf:29537699",
        "</idno>\n",
        '</idno>\n    <idno type="viaf">29537699</idno>\n',
    ),
    "nothing left": ("death", "1862-05-06", "", "\n    <death when='1862-05-06'/>", ""),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_cell_changes_that_and_nothing_else(folder: Path, edit: str) -> None:
    column, old, new, before, after = EDITS[edit]
    table = rows(export(opened(folder)))
    assert old in table[0][column] and PERSONS.count(before) == 1
    table[0][column] = table[0][column].replace(old, new)
    if column == "surname":
        table[0]["name"] = table[0]["name"].replace(old, new)
    done, found = imported(folder, as_table(table))
    assert (done.changed, found) == (("thoreau",), [])
    assert kept(folder) == {"persons.xml": PERSONS.replace(before, after).encode(), "places.xml": PLACES.encode()}


def test_what_was_not_there_is_added_in_its_place(folder: Path) -> None:
    table = rows(export(opened(folder)))
    table[1] |= {"surname": "Blake", "birth": "1816-04-10", "nationality": "American", "description": "Teacher"}
    assert imported(folder, as_table(table))[1] == []
    assert (
        '<person xml:id="blake"><persName>Harrison Gray Otis <surname>Blake</surname></persName><birth when="1816-04-10"/>'
        '<nationality>American</nationality><note type="description">Teacher</note></person>'
    ) in (folder / "tei/registers/persons.xml").read_text()


def test_new_rows_are_new_entries_and_missing_rows_delete_nothing(folder: Path) -> None:
    new = {"id": "", "kind": "person", "name": "Ralph Waldo Emerson", "surname": "Emerson", "idnos": "gnd:118530119"}
    done, found = imported(folder, as_table([new]))
    assert (done.added, done.kept, found) == (("emerson",), ("thoreau", "blake"), [])
    entry = opened(folder).entries["emerson"]
    assert (entry.name, entry.names[0].surname) == ("Ralph Waldo Emerson", "Emerson")
    assert (folder / "tei/registers/persons.xml").read_text().replace("\n  " + written(entry.element), "") == PERSONS


def written(node: etree._Element) -> str:
    return etree.tostring(node, encoding="unicode", with_tail=False).replace(f' xmlns="{tei.NS}"', "")


def test_prune_deletes_what_has_no_row_in_the_kinds_of_the_table(folder: Path) -> None:
    table = [row for row in rows(export(opened(folder), {"person"})) if row["id"] == "thoreau"]
    done, _ = imported(folder, as_table(table), prune=True)
    assert done.deleted == ("blake",) and set(opened(folder).entries) == {"thoreau", "massachusetts", "concord"}


FAULTY = {
    "a date": ({"birth": "12.7.1817"}, "“12.7.1817” is not a date"),
    "a surname that the name lacks": (
        {"surname": "Thorow", "name": "Henry David Thoreaux"},
        "does not hold its surname “Thorow”",
    ),
    "markup": ({"description": "Writer, of Boston."}, "holds markup that a cell cannot show"),
    "no name": ({"name": "", "surname": "", "forenames": ""}, "an entry needs a name"),
    "kind": ({"kind": "place"}, "“thoreau” is a person in tei/registers/persons.xml, not a place"),
    "no kind": ({"kind": "animal"}, "“animal” is not a kind of entry"),
    "foreign column": ({"coordinates": "1 2"}, "a person has no coordinates"),
    "identifier without type": ({"idnos": "118622161"}, "has no type: write TYPE:VALUE"),
    "bracket": ({"variants": "H. [D.] T."}, "has a bracket that does not end it"),
    "id": ({"id": "a b", "idnos": ""}, "“a b” is not an id"),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_a_row_that_cannot_be_is_named_by_its_line_and_nothing_is_written(folder: Path, fault: str) -> None:
    before = kept(folder)
    cells, words = FAULTY[fault]
    table = rows(export(opened(folder)))
    table[1]["description"] = "Teacher"
    table[0] |= cells
    _, found = imported(folder, as_table(table))
    [(code, line, message)] = found
    assert (code, line, kept(folder)) == ("unusable-row", 2, before) and words in message


def test_a_new_row_that_repeats_an_entry_is_refused_with_its_id(folder: Path) -> None:
    _, found = imported(folder, as_table([{"kind": "person", "name": "henry  david THOREAU"}]))
    assert found == [("same-entry", 2, "the entry “thoreau” (Henry David Thoreau) has this name already")]


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfeab\0", b"a,b\n1,2\n", b"id,id\n", b'id,name\n"x', "id\nZürich".encode("latin-1"), b"id\n\0"]
)
def test_what_is_no_table_is_refused(folder: Path, data: bytes) -> None:
    with pytest.raises(Refusal) as refusal:
        imported(folder, data)
    assert refusal.value.diagnostic.code.name == "unreadable-table"


def test_many_columns_of_the_editors_own_are_told_in_one_line(folder: Path) -> None:
    table = ",".join(["id", *(f"c{number}" for number in range(1000))])
    ((code, _, message),) = imported(folder, table.encode())[1]
    assert code == "unknown-column" and "“c0”, “c1”" in message and "(1000 in all)" in message


@pytest.mark.parametrize("kind", ["Person", "persons"])
def test_a_kind_may_be_written_as_on_the_command_line_or_with_a_capital(folder: Path, kind: str) -> None:
    assert imported(folder, f"kind,name\n{kind},Ellery Channing\n".encode())[0].added == ("ellery-channing",)


def test_columns_of_the_editors_own_are_left_alone(folder: Path) -> None:
    table = rows(export(opened(folder)))
    table[0]["to do"] = "look up"
    assert [code for code, _, _ in imported(folder, as_table(table))[1]] == ["unknown-column"]


TEXTS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=2, max_size=12).map(tei.clean)


@st.composite
def registers(draw: st.DrawFn) -> str:
    """A register of persons as somebody may have typed it."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        space = draw(st.sampled_from(["", "\n", "\r\n  ", "<!-- c -->", "\n\t"]))
        names = "".join(
            f"{space}<persName type='{draw(st.sampled_from(['main', 'variant', 'short', 'pen']))}'>{draw(XML)}</persName>"
            for _ in range(draw(st.integers(1, 3)))
        )
        life = draw(st.sampled_from(["", '<birth when="1817"/>', "<birth/>", "<death><date to='1862'/></death>"]))
        note = draw(st.sampled_from(["", "<note/>", '<note type="description">a <hi>b</hi></note>']))
        found.append(f'<person xml:id="p{number}">{names}{life}{space}{note}</person>')
    return REGISTER.format(f"<listPerson>{''.join(found)}</listPerson>")


XML = st.lists(
    st.one_of(
        TEXTS.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")),
        st.sampled_from([" ", "\n ", "<surname>Blake</surname>", "&#233;", "<![CDATA[x]]>"]),
    ),
    min_size=1,
    max_size=4,
).map("".join)


@settings(SLOWLY, max_examples=60)
@given(registers())
def test_any_register_survives_the_round_trip_byte_by_byte(
    tmp_path_factory: pytest.TempPathFactory, register: str
) -> None:
    folder = tmp_path_factory.mktemp("round")
    (folder / "tei/registers").mkdir(parents=True)
    (folder / "edition.toml").write_text('[edition]\ntitle = "Letters"\n')
    file = folder / "tei/registers/persons.xml"
    file.write_bytes(register.encode())
    edition = opened(folder)
    table = export(edition)
    assert import_table(edition, table.encode(), "table.csv", False, Report(folder)) == Imported()
    assert file.read_bytes() == register.encode()


# --- by command ----------------------------------------------------------------------------------------


def test_an_entry_is_added_by_command_and_its_file_made(folder: Path, run: Run) -> None:
    said = run("names", "add", "event", "Battle of Antietam", "--date", "1862-09-17", cwd=folder)
    assert "tei/registers/events.xml: battle-of-antietam added" in said.stdout
    assert run("validate", cwd=folder).returncode == 0
    again = run("names", "add", "event", "Battle of Antietam", cwd=folder)
    assert (
        again.returncode == 1
        and "the entry “battle-of-antietam” (Battle of Antietam) has this name already" in again.stdout
    )


@pytest.mark.parametrize("name", ["X", "…", "house", "Blake " * 50])
def test_an_entry_whose_name_could_not_be_looked_for_is_not_added(folder: Path, name: str) -> None:
    before = kept(folder)
    with pytest.raises(Refusal) as refusal:
        add_entry(opened(folder), {"kind": "person", "name": name})
    assert "nothing was written" in refusal.value.diagnostic.hint and kept(folder) == before


def test_somebody_else_of_the_same_name_needs_an_id(folder: Path) -> None:
    row = {"kind": "person", "name": "Harrison Gray Otis Blake", "id": "blake-the-younger"}
    assert add_entry(opened(folder), row) == ("blake-the-younger", "tei/registers/persons.xml")


def test_a_change_that_would_not_be_valid_is_not_written(folder: Path) -> None:
    before = kept(folder)
    changes = Changes(opened(folder))
    for id in ("thoreau", "blake"):
        changes.delete(id)
    with pytest.raises(Refusal) as refusal:
        changes.write()
    assert refusal.value.diagnostic.code.name == "unwritten-register" and kept(folder) == before


def test_the_report_counts_mentions_and_names_without_entry(folder: Path, run: Run) -> None:
    (folder / "tei/letter.xml").write_text(letter("<persName>Emerson</persName>"))
    text = run("names", "report", cwd=folder).stdout
    assert "4 entries, 1 of them mentioned" in text and re.search(r"1 +1 +person +Emerson", text)
    table = rows(run("names", "report", "--format", "csv", cwd=folder).stdout)
    assert [(row["id"], row["mentions"]) for row in table if row["mentions"] != "0"] == [("thoreau", "1"), ("", "1")]
    assert '"unlinked"' in run("names", "report", "--format", "json", cwd=folder).stdout


def test_a_name_of_no_honest_length_or_characters_does_not_spoil_the_report(folder: Path, run: Run) -> None:
    (folder / "tei/letter.xml").write_text(letter(f"<persName>\u202e\x9b31m{'Emerson ' * 1000}</persName>"))
    text = run("names", "report", cwd=folder).stdout
    assert r"\u202e\x9b31mEmerson" in text and "…" in text and max(map(len, text.splitlines())) < 120
