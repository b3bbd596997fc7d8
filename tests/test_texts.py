"""Checks of dates in an edition, and what checks of the text must not take for faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from editio import tei
from editio.config import of_folder
from editio.languagetags import is_well_formed, suggestion, unregistered_part
from editio.model import Document, Edition
from editio.registry import checks, edition_checks

EDITION = Edition(Path(), of_folder("Texts"), {}, ())


def letter(id: str, sent: str, body: str = "", context: str = "") -> Document:
    data = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{id}" xml:lang="en"><teiHeader><profileDesc><correspDesc>
<correspAction type="sent"><date {sent}/></correspAction>{context}</correspDesc></profileDesc></teiHeader>
<text><body>{body}</body></text></TEI>""".encode()
    return Document(id, f"tei/{id}.xml", tei.parse(data), data)


def found(code: str, *documents: Document) -> list[str]:
    """The files and lines in which a check finds something."""
    alone = [
        one.location
        for entry in checks()
        if entry.code.name == code
        for d in documents
        for one in entry.find(d, EDITION)
    ]
    together = [entry.find(documents, EDITION) for entry in edition_checks() if entry.code.name == code]
    return [str(one) for one in (*alone, *(finding.location for some in together for finding in some))]


@pytest.mark.parametrize(
    ("sent", "line"),
    [
        ('when="1860-05-20"', "1860-05-20"),
        ('when="1860-05"', "1860-05-20"),
        ('when="1860-05-20"', "1860"),
        ('notBefore="1860-05-01" notAfter="1860-05-31"', "1860-05-20"),
        ('from="1860-05-20" to="1860-05-22"', "1860-05-22"),
        ('notBefore="1860"', "1860-05-20"),
        ('when="1917-11-07"', "1917-10-25"),
        ('when="spring"', "1860-05-20"),
    ],
)
def test_a_dateline_may_say_less_more_or_the_same_as_the_header(sent: str, line: str) -> None:
    body = f'<opener><dateline><date when="{line}">on the day</date></dateline></opener>'
    assert found("dateline-mismatch", letter("a", sent, body)) == []


@pytest.mark.parametrize(
    ("sent", "line"),
    [
        ('when="1860-05-20"', "1860-05-21"),
        ('when="1860-05"', "1860-06-20"),
        ('notBefore="1860-05-01" notAfter="1860-05-31"', "1860-06-20"),
        ('when="1860-05-20"', "1861"),
    ],
)
def test_a_dateline_that_cannot_be_of_the_day_of_the_header_is_found(sent: str, line: str) -> None:
    body = f'<opener><dateline>\n<date when="{line}">on the day</date></dateline></opener>'
    assert found("dateline-mismatch", letter("a", sent, body)) == ["tei/a.xml:4:1"]


def test_datelines_of_other_letters_are_not_compared() -> None:
    line = '<dateline><date when="{}">then</date></dateline>'
    quoted = f"<quote>{line.format('1850-01-01')}</quote>"
    several = f"<div>{line.format('1850-01-01')}</div><div>{line.format('1851-01-01')}</div>"
    for body in (quoted, several):
        assert found("dateline-mismatch", letter("a", 'when="1860-05-20"', body)) == []


def test_a_letter_whose_number_is_not_where_its_date_is_stands_out() -> None:
    days = ("05-01", "05-03", "06-09", "05-04", "05-20", "06-01")
    documents = [letter(f"letter-{number:03}", f'when="1860-{day}"') for number, day in enumerate(days, 1)]
    assert found("document-out-of-order", *documents) == ["tei/letter-003.xml"]


def test_letters_in_no_order_of_dates_are_left_alone() -> None:
    days = ("05-09", "05-03", "06-09", "05-01", "05-20", "04-01")
    documents = [letter(f"letter-{number:03}", f'when="1860-{day}"') for number, day in enumerate(days, 1)]
    assert found("document-out-of-order", *documents) == []
    assert found("document-out-of-order", *[letter(f"1860-{day}", f'when="1861-{day}"') for day in days]) == []


def test_the_previous_letter_must_not_be_later() -> None:
    context = '<correspContext><ref type="prev" target="b.xml">to Blake</ref></correspContext>'
    later = letter("b", 'when="1861"'), letter("a", 'when="1860"', context=context)
    assert found("document-out-of-order", *later) == ["tei/a.xml:2:79"]
    assert found("document-out-of-order", letter("b", 'when="1859"'), later[1]) == []


# RFC 5646, appendix A, and the tags that section 2.2.9 calls not well-formed
@pytest.mark.parametrize(
    "tag",
    (
        "de fr ja i-enochian zh-Hant zh-Hans sr-Cyrl sr-Latn zh-cmn-Hans-CN cmn-Hans-CN zh-yue-HK yue-HK zh-Hans-CN sr-Latn-RS "
        "sl-rozaj sl-rozaj-biske sl-nedis de-CH-1901 sl-IT-nedis hy-Latn-IT-arevela de-DE en-US es-419 de-CH-x-phonebk "
        "az-Arab-x-AZE-derbend x-whatever qaa-Qaaa-QM-x-southern de-Qaaa sr-Latn-QM sr-Qaaa-RS en-US-u-islamcal "
        "zh-CN-a-myext-x-private en-a-myext-b-another"
    ).split(),
)
def test_examples_of_the_specification_are_well_formed(tag: str) -> None:
    assert is_well_formed(tag)


@pytest.mark.parametrize(
    "tag", ["de-419-DE", "a-DE", "ar-a-aaa-b-bbb-a-ccc", "de_DE", "", "en-", "-en", "de--AT", "x-", "en-a", "dé"]
)
def test_other_tags_are_not_well_formed(tag: str) -> None:
    assert not is_well_formed(tag)


def test_parts_of_tags_that_are_not_registered_are_named_with_what_was_meant() -> None:
    assert unregistered_part("sr-Cryl") == ("cryl", "script")
    assert unregistered_part("de-UK") == ("uk", "region")
    assert unregistered_part("zh-cmn-Hans-CN") == ("", "")
    assert [suggestion(tag) for tag in ("de_AT", "ger-AT", "German", "de", "wibble")] == [
        "de-AT",
        "de-AT",
        "de",
        "",
        "",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "„Sie sagte: ‚Nein‘, und ging.“",
        "“I don’t,” he said. ‘Nor I.’",
        "« Il disait : « Non » et partit. »",
        "»Ja«, sagte er, »nein«.",
        "”Nej”, sade hon, ”aldrig”.",
        "„Tak”, powiedział, „nie”.",
        "«Да», — сказал он, — «нет».",
        "「道」『德』《經》（上）",
        "a) one b) two (c) three, 12) twelve, iv) four",
        "(он пришёл [вчера])",
        "وقال «نعم» (ثم ذهب)",
        "הוא אמר “שלום” (והלך)",
    ],
)
def test_punctuation_of_many_languages_is_balanced(words: str) -> None:
    for code in ("unbalanced-quotes", "unbalanced-brackets"):
        # one fault besides, so that the words are looked at one by one
        beside = "<p>“, «, (</p>"
        assert found(code, letter("a", 'when="1860"', f"<p>{words}</p>")) == []
        some = found(code, letter("a", 'when="1860"', f"<p>{words}</p>\n{beside}"))
        assert some and {one.rpartition(":")[0] for one in some} == {"tei/a.xml:4"}


def test_a_quotation_may_repeat_its_mark_at_each_paragraph() -> None:
    body = "<p>“One paragraph</p>\n<p>“and another.”</p>\n<p>“Not closed, he said.</p>"
    assert found("unbalanced-quotes", letter("a", 'when="1860"', body)) == ["tei/a.xml:5:4"]
