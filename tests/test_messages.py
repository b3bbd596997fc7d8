"""Faults are told in an editor's words, each mistake once, with what to write instead."""

from __future__ import annotations

import json
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner

from editio import codes, tei
from editio.cli import main
from editio.config import of_folder
from editio.dating.values import fault_of_date, fault_of_day
from editio.diagnostics import Diagnostic, Location, Report
from editio.model import Document, Edition
from editio.registry import CheckEntry, Finding, checks
from editio.relaxng import Fault
from editio.reports import text
from editio.resources import shipped
from editio.validating.html_names import INSTEAD_OF
from editio.validating.likeliest import likeliest, likeliest_for
from editio.validating.repeated import SAYS_MORE_THAN, about_fault, about_finding

LETTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Letter</title>
<author>Anna</author></titleStmt><publicationStmt><publisher>P</publisher><availability>
<licence target="https://creativecommons.org/licenses/by/4.0/">CC BY</licence></availability></publicationStmt>
<sourceDesc><p>Manuscript</p></sourceDesc></fileDesc></teiHeader><text xml:lang="en"><body><div>
{}
</div></body></text></TEI>
"""
CASES = Path(__file__).parent / "cases/checks"
Found = list[dict[str, str]]


def found_in(folder: Path, body: str, *options: str) -> Found:
    """What is said of a letter of which this is the body."""
    (folder / "letter.xml").write_text(LETTER.format(body), encoding="utf-8")
    schema = str(shipped("schema") / "editio.rng")
    with chdir(folder):
        done = CliRunner().invoke(main, ["validate", "letter.xml", "--schema", schema, "--format", "json", *options])
    found: Found = json.loads(done.stdout)["diagnostics"]
    return found


def findings_of_case(entry: CheckEntry) -> list[Finding]:
    """What a check finds in the document that shows what it is for."""
    data = (CASES / f"{entry.code.name}.xml").read_bytes()
    document = Document("d", "d.xml", tei.parse(data), data)
    return list(entry.find(document, Edition(CASES, of_folder("Cases"), (), ())))


def shown(folder: Path) -> list[str]:
    """The report for people on the letter that ``found_in`` wrote."""
    with chdir(folder):
        done = CliRunner().invoke(main, ["validate", "letter.xml", "--schema", str(shipped("schema") / "editio.rng")])
    return done.stdout.splitlines()


def said(found: Found) -> list[tuple[str, str, str]]:
    return [(one["code"], one["message"], one["hint"]) for one in found]


# --- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "reason", "hint"),
    [
        ("20.5.1860", "the order is year, month, day", 'write when="1860-05-20"'),
        ("20/05/1860", "the order is year, month, day", 'write when="1860-05-20"'),
        ("31.2.1860", "February 1860 has 29 days", "write 1860-05-20, 1860-05 or 1860"),
        ("1860/20/05", "there is no month 20", "write 1860-05-20, 1860-05 or 1860"),
        ("18600545", "May has 31 days", "write 1860-05-20, 1860-05 or 1860"),
        ("25:70", "", "write 1860-05-20, 1860-05 or 1860"),
        ("5/6/1860", "the order is year, month, day", 'write when="1860-06-05" or when="1860-05-06"'),
        ("31/31/1860", "the order is year, month, day", "write 1860-05-20, 1860-05 or 1860"),
        ("1860-5-2", "year, month and day have four, two and two figures", 'write when="1860-05-02"'),
        ("1860/05/20", "year, month and day have four, two and two figures", 'write when="1860-05-20"'),
        ("18600520", "year, month and day are parted by hyphens", 'write when="1860-05-20"'),
        ("1860-5", "a month has two figures, after a hyphen", 'write when="1860-05"'),
        ("1860/1862", "these are two dates", 'write from="1860" to="1862"'),
        ("1860-05-01 – 1860-06-01", "these are two dates", 'write from="1860-05-01" to="1860-06-01"'),
        ("1860-05-00", "what is not known is left out", 'write when="1860-05"'),
        ("1860-??-??", "what is not known is left out", 'write when="1860"'),
        ("1860-00-00", "what is not known is left out", 'write when="1860"'),
        ("[1860?]", "doubt has an attribute of its own", 'write when="1860" cert="low"'),
        ("-44", "a year has four figures", 'write when="-0044", if that year is meant'),
        ("79", "a year has four figures", 'write when="0079", if that year is meant'),
        ("10:30", "a time has hours, minutes and seconds", 'write when="10:30:00"'),
        ("1860-05-20 9:15", "a time has hours, minutes and seconds", 'write when="1860-05-20T09:15:00"'),
        ("May 20, 1860", "words belong in the element, figures here", 'write when="1860-05-20"'),
        ("20. Mai 1860", "words belong in the element, figures here", 'write when="1860-05-20"'),
        (
            "between 1860 and 1862",
            "words belong in the element, figures here",
            'write notBefore="1860" notAfter="1862"',
        ),
        ("1860-02-30", "February 1860 has 29 days", "correct the date"),
        (" ", "it is empty", "write 1860-05-20, 1860-05 or 1860, or delete the attribute"),
        ("unknown", "words belong in the element, figures here", "write 1860-05-20, 1860-05 or 1860"),
        ("?", "", "write 1860-05-20, 1860-05 or 1860"),
    ],
)
def test_a_value_that_is_no_date_is_told_with_the_form_that_it_should_have(value: str, reason: str, hint: str) -> None:
    assert fault_of_date("when", value) == (reason, hint)


def test_a_day_that_there_is_not_is_told_with_what_there_is() -> None:
    assert fault_of_day("1860-13-01") == "there is no month 13"
    assert fault_of_day("1861-02-29") == "February 1861 has 28 days"
    assert fault_of_day("--04-31") == "April has 30 days"


def test_the_schema_alone_tells_of_a_date_in_words_too(tmp_path: Path) -> None:
    (tmp_path / "edition.toml").write_text(
        '[edition]\ntitle = "L"\n[[ignore]]\ncode = "malformed-date"\nreason = "they are told by the schema"\n'
    )
    found = found_in(tmp_path, '<p>on <date when="20.5.1860">May 20</date></p>')
    message = "@when “20.5.1860” of “date” is not a date: the order is year, month, day"
    assert said(found) == [("invalid-value", message, 'write when="1860-05-20"')]


# --- one mistake, one finding ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ('<p>on <date when="20.5.1860">May 20</date></p>', ["malformed-date"]),
        ('<p>on <date when="1860-02-30">the last</date></p>', ["impossible-day"]),
        ('<p>on <date when="">May 20</date></p>', ["malformed-date"]),
        ('<p xml:id="1a">text</p>', ["malformed-id"]),
        ('<p xml:lang="en_US">text</p>', ["malformed-language-tag"]),
        ("<list/>", ["missing-element"]),
        ("<list>\n</list>", ["missing-element"]),
        ('<p cert="">text</p>', ["invalid-value"]),
        ('<p xml:lang="de-419-DE">text</p>', ["malformed-language-tag"]),
        ('<p>see <ref target="">the next</ref></p>', ["dangling-pointer"]),
        ('<p>on <date when="2959-12-08">December 8, 1959</date></p>', ["date-text-mismatch"]),
        # two mistakes at one place are two findings
        ('<p>on <date when="20.5.1860" cert="sure">May 20</date></p>', ["invalid-value", "malformed-date"]),
        ('<p xml:id="1a" cert="">text</p>', ["invalid-value", "malformed-id"]),
        ("<p>text <hi/></p>\n<list/>", ["empty-element", "missing-element"]),
    ],
)
def test_one_mistake_is_one_finding(tmp_path: Path, body: str, codes: list[str]) -> None:
    assert sorted(one["code"] for one in found_in(tmp_path, body)) == codes


@pytest.mark.parametrize("code", sorted(SAYS_MORE_THAN.keys() | frozenset[str]().union(*SAYS_MORE_THAN.values())))
def test_a_check_that_may_say_the_same_as_another_tells_what_it_is_about(code: str) -> None:
    for entry in (one for one in checks() if one.code.name == code):
        found = findings_of_case(entry)
        assert found
        assert all(one.about for one in found) or code == "dangling-pointer"


@pytest.mark.parametrize("attribute", ["when", "notAfter"])
def test_what_a_finding_is_about_does_not_hang_on_its_words(attribute: str) -> None:
    document = Document("d", "d.xml", tei.parse(b"<p/>"), b"<p/>")
    fault = Fault(1, 1, "value", "date", "not so", attribute="when", value="May")
    finding = Finding(document.place(1, 1), "other words", about=(f"@{attribute}",))
    assert bool({*about_fault(fault, document)} & {*about_finding(finding)}) is (attribute == "when")


def test_what_is_ignored_of_two_that_say_the_same_leaves_the_other(tmp_path: Path) -> None:
    (tmp_path / "edition.toml").write_text(
        '[edition]\ntitle = "L"\n[[ignore]]\ncode = "missing-element"\nreason = "lists come later"\n'
    )
    assert [one["code"] for one in found_in(tmp_path, "<list/>")] == ["empty-element"]


def test_a_document_whose_title_is_empty_has_none_and_that_is_all(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(f"{__name__}.LETTER", LETTER.replace("<title>Letter</title>", "<title/>"))
        assert [one["code"] for one in found_in(tmp_path, "<p>text</p>")] == ["document-without-title"]
        patched.setattr(f"{__name__}.LETTER", LETTER.replace("<title/>", "<title>Letter</title><title/>"))
        assert [one["code"] for one in found_in(tmp_path, "<p>text</p>")] == ["empty-element"]


CASCADE = "<closer>Anna</closer>\n<opener>Concord</opener>\n<p>Dear Ellen,</p>\n<p>I was glad.</p>"


def test_what_follows_from_a_mistake_is_told_beside_it_to_people_and_whole_to_programs(tmp_path: Path) -> None:
    cause, *rest = found_in(tmp_path, CASCADE)
    assert [one["follows"] for one in rest] == [{"line": cause["line"], "column": cause["column"]}] * len(rest)
    lines = shown(tmp_path)
    assert lines[0].startswith(f"letter.xml:{cause['line']}:{cause['column']}: error: “closer” may not stand here")
    assert lines[2] == f"    {len(rest)} more follow from it, in lines {', '.join(str(one['line']) for one in rest)}"
    assert lines[-1] == f"{len(rest) + 1} errors ({len(rest)} of them follow from another)"
    assert len(lines) == 5


def test_what_follows_from_a_mistake_that_is_not_reported_is_told_by_itself(tmp_path: Path) -> None:
    place = Location("letter.xml", 5, 1)
    cause = Diagnostic(codes.MISPLACED_ELEMENT, place, "“closer” may not stand here")
    result = Diagnostic(codes.MISSING_ELEMENT, Location("letter.xml", 9, 1), "“body” lacks “p”", follows=place)
    other = Diagnostic(codes.TOO_COSTLY, place, "it took too long")
    both, alone = Report(found=[cause, result]), Report(found=[other, result])
    assert text.render(both).count("[missing-element]") == 0
    assert text.render(alone).count("[missing-element]") == 1
    assert text.summary(alone) == "2 errors"


def test_what_follows_is_not_counted_below_another_mistake_at_the_place_of_its_cause() -> None:
    place = Location("letter.xml", 5, 1)
    other = Diagnostic(codes.MISPLACED_ATTRIBUTE, place, "“closer” may not have the attribute “zz”")
    result = Diagnostic(codes.MISPLACED_ELEMENT, Location("letter.xml", 9, 1), "“p” may not stand here", follows=place)
    report = Report(found=[other, result])
    assert [line for line in text.render(report).splitlines() if line.startswith("letter.xml:9:1")]
    assert text.summary(report) == "2 errors"


def test_what_follows_in_another_file_is_told_with_that_file() -> None:
    place = Location("book.xml", 5, 1)
    cause = Diagnostic(codes.MISPLACED_ELEMENT, place, "“closer” may not stand here")
    result = Diagnostic(codes.MISPLACED_ELEMENT, Location("one.xml", 2, 1), "“p” may not stand here", follows=place)
    assert "1 more follows from it, in line 2 of one.xml" in text.render(Report(found=[cause, result]))


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "name", "cure"),
    [
        ("<p>He <i>said</i></p>", "i", '<hi rend="italic">'),
        ("<p>He said<br/></p>", "br", "<lb/>"),
        ('<p><a href="x.html">here</a></p>', "a", '<ref target="…">'),
        ("<h1>Letter</h1><p>text</p>", "h1", "<head>, as the first in its <div>"),
        ("<ul><li>one</li></ul>", "ul", '<list rend="bulleted">'),
    ],
)
def test_names_of_html_are_answered_with_those_of_tei(tmp_path: Path, body: str, name: str, cure: str) -> None:
    found = said(found_in(tmp_path, body))
    assert (
        "unknown-element",
        f"there is no element “{name}” in the schema; it is one of HTML",
        f"in TEI this is {cure}",
    ) in found


def test_no_name_that_the_schema_knows_is_taken_for_one_of_html(tmp_path: Path) -> None:
    known = ("abbr", "address", "code", "del", "div", "head", "body", "p", "q", "table", "time", "title")
    assert not set(known) & set(INSTEAD_OF)
    assert found_in(tmp_path, "<p><abbr>Mr.</abbr> <del>no</del> <q>yes</q></p>") == []
    in_another_namespace = said(found_in(tmp_path, '<p><i xmlns="http://www.w3.org/1999/xhtml">a</i></p>'))
    assert "stands in the namespace http://www.w3.org/1999/xhtml" in in_another_namespace[0][1]


def test_an_attribute_of_html_is_answered_with_that_of_tei(tmp_path: Path) -> None:
    found = found_in(tmp_path, '<p class="first">text</p>')
    assert [one["hint"] for one in found] == ["in TEI this is @type for what it is, @rend for how it looks"]


def test_words_between_paragraphs_are_told_to_go_into_one(tmp_path: Path) -> None:
    hints = [one["hint"] for one in found_in(tmp_path, "<p>a</p> He said <persName>Anna</persName>")]
    assert hints == ["put the text into a paragraph, <p>…</p>", "put <persName> into a paragraph, <p>…</p>"]


@pytest.mark.parametrize(
    ("body", "cure"),
    [
        ("<p>a <p>b</p></p>", "a paragraph holds no other: end the first with </p> before this one begins"),
        (
            "<div><p>a</p></div>\n<p>b</p>",
            "behind a <div> only others follow: put <p> into one of them, or before the first",
        ),
        ("<p>a</p>\n<head>b</head>", "a heading comes first: move it there, or begin a <div> before it"),
    ],
)
def test_what_stands_in_the_wrong_order_is_told_what_the_order_is(tmp_path: Path, body: str, cure: str) -> None:
    assert [(one["code"], one["hint"]) for one in found_in(tmp_path, body)] == [("misplaced-element", cure)]


def test_characters_of_another_encoding_are_told_to_be_that(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, "<p>We call it &#x93;home&#x93;.</p>")
    assert found["code"] == "suspicious-character" and "encoding" in found["hint"]


def test_of_many_names_those_that_are_likeliest_are_told_and_all_to_programs(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, "<p>He <foo>said</foo></p>")
    assert found["message"].endswith("list, lg, l, note, persName, placeName, orgName, name and 71 more")
    assert len(found["allowed"]) == 79
    assert likeliest("persname", ("abbr", "persName", "placeName", *"abcdefghij")).startswith("persName, ")
    assert likeliest("placeName", [*"abcdefghij", "p", "orgName"]).startswith("orgName, p, ")
    assert likeliest("x", ("a", "b")) == "a, b"
    assert likeliest_for("dateline", ["timeline", *"abcdefghij", "closer"]).startswith("closer, timeline, a, ")


def test_a_pattern_that_means_a_word_is_told_in_words(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, '<p>a<note type="a b">c</note></p>')
    assert found["message"] == "“a b” may not be the value of “type” on “note”; it must be any text (without spaces)"


# --- the terminal ---------------------------------------------------------------------------------


def test_a_terminal_gets_lines_that_break_between_words_and_keep_the_place_first() -> None:
    rendered = "tei/a.xml:5:7: error: there is no element “h1” in the schema; it is one of HTML [unknown-element]\n"
    told = text.fitted(f"{rendered}    in TEI this is <head>, as the first in its <div>", 60)
    assert told.splitlines() == [
        "tei/a.xml:5:7: error: there is no element “h1” in the",
        "  schema; it is one of HTML [unknown-element]",
        "    in TEI this is <head>, as the first in its <div>",
    ]
    assert text.fitted("", 80) == "" and max(map(len, text.fitted("word " * 40, 10).splitlines())) <= 40
