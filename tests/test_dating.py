"""Dates: each expression of the tables in cases/dates means what the table says; whatever the text, values are sound."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from editio import tei
from editio.cli import main
from editio.dating import FoundDate, find_dates, iso_date, only_date
from editio.dating.calendars import easter_day

CASES = Path(__file__).parent / "cases/dates"
EXAMPLES = int(os.environ.get("EDITIO_EXAMPLES", "100"))
properties = settings(max_examples=EXAMPLES, deadline=None, derandomize="EDITIO_EXAMPLES" not in os.environ)
MARKED = re.compile(r"\[\[(.*)\]\]")


def rows() -> list[tuple[str, str, str, str]]:
    """Language, the document's date, marked text, expectation, of all tables."""
    found: list[tuple[str, str, str, str]] = []
    for path in sorted(CASES.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                language, own, text, expected = line.split("\t")
                found.append((language, own, text, expected))
    return found


def said(found: FoundDate, keys: set[str]) -> dict[str, str]:
    """What was found of the dating attributes and of what else is expected."""
    every = {**found.attributes, "cert": found.cert, "element": found.element}
    values = set(found.attributes) - {"when-custom", "datingMethod", "calendar"}
    return {name: value for name, value in every.items() if name in keys | values}


@pytest.mark.parametrize(("language", "own", "text", "expected"), rows(), ids=lambda value: value)
def test_an_expression_means_what_the_table_says(language: str, own: str, text: str, expected: str) -> None:
    plain = MARKED.sub(lambda match: match[1].partition("|")[0], text)
    found = list(find_dates(plain, own, (language,)))
    if expected == "-":
        assert [(plain[one.start : one.end], one.attributes) for one in found] == []
        return
    marked = MARKED.search(text)
    assert marked is not None
    words = marked[1].rpartition("|")[2]
    wanted = dict(part.split("=", 1) for part in expected.split())
    assert [(plain[one.start : one.end], said(one, set(wanted))) for one in found] == [(words, wanted)]


def test_the_words_of_dates_are_told_from_the_same_words_in_other_senses() -> None:
    text = "In 1917 cases nobody may march; in 1917 Lenin marched. August Bebel came in August 1910."
    found = [text[one.start : one.end] for one in find_dates(text, "1910-01-01")]
    assert found == ["1917", "August 1910"]


def test_a_month_without_year_follows_a_year_named_just_before() -> None:
    text = "In 1941 all was quiet until the 22nd of June, when the war began."
    found = list(find_dates(text, "1959-12-08"))
    assert [(one.attributes, one.cert) for one in found] == [
        ({"when": "1941"}, "high"),
        ({"to": "1941-06-22"}, "low"),
    ]


def test_figures_of_a_document_have_one_order() -> None:
    text = "Dated 25/11/1959; answered on 3/12/1959."
    assert [one.when for one in find_dates(text, "")] == ["1959-11-25", "1959-12-03"]


def test_a_dateline_in_old_style_holds_for_the_dates_behind_it() -> None:
    text = "St. Petersburg, 12 January 1861 (O.S.)\n\nSir, on 5 January 1861 I wrote to you."
    assert [one.when for one in find_dates(text, "")] == ["1861-01-24", "1861-01-17"]


def test_a_document_of_the_julian_calendar_is_converted() -> None:
    found = list(find_dates("25 October 1917", "", ("en",), "julian"))
    assert [one.attributes for one in found] == [
        {"when": "1917-11-07", "when-custom": "1917-10-25", "datingMethod": "#julian", "calendar": "#julian"}
    ]


@pytest.mark.parametrize(
    "setting",
    ['[names]\ncalendar = "julian"\n', '[documents.letter]\ncalendar = "julian"\n'],
    ids=["edition", "document"],
)
def test_a_calendar_that_is_set_is_declared_in_valid_tei(
    project: Path, monkeypatch: pytest.MonkeyPatch, tei_all: etree.RelaxNG, setting: str
) -> None:
    monkeypatch.chdir(project)
    (project / "edition.toml").write_text('[edition]\ntitle = "Letters"\n' + setting)
    assert CliRunner().invoke(main, ["convert"]).exit_code == 0
    assert CliRunner().invoke(main, ["validate"]).exit_code == 0
    root = tei.parse((project / "tei/letter.xml").read_bytes())
    assert tei_all.validate(root.getroottree()), tei_all.error_log
    dated = next(root.iterfind(f".//{tei.TEI}dateline/{tei.TEI}date"))
    assert (dated.get("when"), dated.get("when-custom"), dated.get("calendar")) == (
        "1860-07-28",
        "1860-07-16",
        "#julian",
    )
    assert [one.get(tei.XML_ID) for one in root.iter(f"{tei.TEI}calendar")] == ["julian"]


def test_a_calendar_there_is_not_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    (project / "edition.toml").write_text('[edition]\ntitle = "A"\n[documents.letter]\ncalendar = "mayan"\n')
    done = CliRunner().invoke(main, ["convert"])
    assert done.exit_code == 1
    assert "no calendar “mayan”" in done.output


def test_the_language_of_a_text_is_known_by_its_small_words() -> None:
    text = "Il est parti hier pour Paris, et je ne sais pas où il est; vous le verrez en mars."
    assert [one.attributes for one in find_dates(text, "1959-12-08")] == [{"when": "1959-12-07"}, {"when": "1960-03"}]


def test_a_line_with_nothing_but_a_day_is_only_a_date() -> None:
    assert [iso_date(words) for words in ("1959-12", "May 20, 1860", "20 May", "1959-13-01", "on May 20, 1860")] == [
        "1959-12",
        "1860-05-20",
        "",
        "",
        "",
    ]
    dated = only_date("May 20, 1860, 3 p.m.")
    assert dated is not None and dated.day == "1860-05-20"


# Pieces of dates, in any order: more often nearly a date than random letters are.
PIECES = st.sampled_from(
    (
        "8 |08.|31 |1959|1959-12-08|12/8/59|December |Dec. |May |mai |мая |октября |ianvaria |or |and |– |-|/|to |from "
        "|between |before |in |of |the |early |end of |circa |winter |century|19th |XIX |1950s|ult. |inst.|yesterday"
        "|last Tuesday|Monday, |Geo. |III |Kal. |a.d. |brumaire |an VIII|(O.S.)|1928Z|3:30 p.m.|Uhr |à |heures |, |. |\n\n|\n"
        "|( |) |’|г. |30 |February |0000 |9999 |2099 |1000 |Idus |year of the reign of King |George "
    ).split("|")
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=14).map("".join))
WRITTEN = st.sampled_from(["", "1959-12-08", "0001-01-01", "9999-12-31", "1752-09-03", "no date", "1959"])
LANGUAGES = st.sampled_from([("en",), ("de",), ("fr",), ("ru", "en"), ("la",), ("x-klingon",), ()])
W3C = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\dZ?)?)?)?|\d\d:\d\d:\d\dZ?")


@properties
@given(TEXTS, WRITTEN, LANGUAGES, st.sampled_from(["gregorian", "julian"]))
def test_whatever_the_text_dates_lie_in_it_apart_and_have_values_that_tei_allows(
    text: str, written: str, languages: tuple[str, ...], calendar: str
) -> None:
    last = 0
    for found in find_dates(text, written, languages, calendar):
        assert last <= found.start < found.end <= len(text)
        last = found.end
        check_values(found)


def check_values(found: FoundDate) -> None:
    values = found.attributes
    points = {name: values[name] for name in ("when", "notBefore", "notAfter", "from", "to") if name in values}
    assert points
    for value in points.values():
        assert W3C.fullmatch(value)
        if value[2] != ":":
            date.fromisoformat((value[:10] + "-01-01")[:10])
    assert "when" not in points or len(points) == 1
    assert not {"from", "notBefore"} <= set(points) and not {"to", "notAfter"} <= set(points)
    for first, second in (("from", "to"), ("notBefore", "notAfter")):
        if first in points and second in points:
            assert points[first][: len(points[second])] <= points[second]
    assert found.cert in ("high", "medium", "low")


@properties
@given(st.sampled_from([row for row in rows() if row[3] != "-"]), st.text(alphabet=" \n.,;()abcABC", max_size=30))
def test_a_date_is_found_in_its_paragraph_whatever_stands_in_others(
    row: tuple[str, str, str, str], around: str
) -> None:
    language, own, marked, _ = row
    plain = MARKED.sub(lambda match: match[1].partition("|")[0], marked)
    alone = list(find_dates(plain, own, (language,)))
    among = list(find_dates(f"{around}\n\n{plain}\n\n{around}", own, (language,)))
    assert [one.attributes for one in among] == [one.attributes for one in alone]


@pytest.mark.parametrize("piece", ["1.", "1/", "May ", "8 to ", "from ", "in 1917 ", "1914–", "Kal. ", "1 Geo. ", "X "])
def test_long_rows_of_what_dates_begin_with_are_read_in_time_that_grows_with_them(piece: str) -> None:
    assert all(found.end <= 20_000 for found in find_dates((piece * 20_000)[:20_000], "1959-12-08"))


@pytest.mark.parametrize(
    ("year", "gregorian", "julian"),
    [(1818, "1818-03-22", "1818-04-26"), (1943, "1943-04-25", "1943-04-25"), (1954, "1954-04-18", "1954-04-25")],
)
def test_easter_is_that_of_the_calendar(year: int, gregorian: str, julian: str) -> None:
    assert [str(easter_day(year, 0, kind)) for kind in (False, True)] == [gregorian, julian]
    words = f"On Easter Sunday {year} we walked."
    assert [one.day for one in find_dates(words, "", calendar="julian")] == [julian]
