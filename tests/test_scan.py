"""Who is mentioned: candidates for the registers, what they are, and how they are shown."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from conftest import ROOT, Run
from hypothesis import given
from hypothesis import strategies as st

from editio import tei
from editio.config import EditionSettings, Settings
from editio.diagnostics import Report
from editio.model import Document, Edition, Entry, Name
from editio.registers.cells import formula_safe
from editio.scanning import tables
from editio.scanning.occurrences import OWN, occurrences
from editio.scanning.passages import Passage, language_of, passage_of
from editio.scanning.ranking import REGISTER_MISPRINT, Candidate, selected
from editio.scanning.reading import of_files
from editio.scanning.scan import Survey, scan
from editio.scanning.sequences import pieces, sequences
from editio.scanning.spelling import likeness
from editio.scanning.vocabulary import vocabulary_of

CASES = Path(__file__).parent / "cases/scan"
SOURCES = sorted(CASES.glob("*.txt"))
NO_EDITION = Edition(ROOT, Settings(EditionSettings("Cases")), {})


def survey(*texts: str, language: str = "en", entries: Mapping[str, Entry] | None = None) -> Survey:
    """The survey of texts, each of which is a document."""
    passages = [Passage(f"d{number}", language, text) for number, text in enumerate(texts, 1)]
    return scan(lambda: iter(passages), entries or {})


def names(*texts: str, language: str = "en") -> list[str]:
    return [one.name for one in survey(*texts, language=language).candidates]


def found(name: str, candidates: Iterable[Candidate]) -> Candidate:
    return next(one for one in candidates if one.name == name)


def kind(name: str, *texts: str, language: str = "en") -> str:
    return found(name, survey(*texts, language=language).candidates).kind


def entry(id: str, forename: str, surname: str, kind: str = "person") -> Entry:
    words = f"{forename} {surname}".strip()
    name = Name(words, "main", forenames=(forename,) if forename else (), surname=surname if kind == "person" else "")
    return Entry(id, kind, words, "tei/registers/persons.xml", tei.element(kind), (name,))


def cut(text: str, language: str = "en") -> list[str]:
    """The names that the runs of capitals of a text are cut to."""
    return [run[0][one.start : one.end] for run in sequences(text) for one in pieces(run[0], language)]


# --- whole letters ----------------------------------------------------------------------------


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_letter_gives_the_expected_candidates(source: Path, accept: bool) -> None:
    report = Report(CASES)
    result = scan(of_files([source], NO_EDITION, report), {})
    lines = "".join(f"{one.kind or '?'} {one.name} {one.count}\n" for one in result.candidates)
    expected = source.with_suffix(".names")
    if accept:
        expected.write_text(lines, encoding="utf-8")
    assert lines == expected.read_text(encoding="utf-8")
    assert not list(report)


# --- where names begin and end ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deputy Under Secretary Robert Murphy spoke", ["Robert Murphy"]),
        ("the Duke of Wellington and General de Gaulle", ["Duke of Wellington", "Gaulle"]),
        ("Minister for Foreign Affairs Gromyko", ["Gromyko"]),
        ("the Ministry of Trade and Industry", ["Ministry of Trade and Industry"]),
        ("Mrs. Eleanor Dulles’s visit", ["Eleanor Dulles"]),
        ("the Department of State in New York", ["Department of State", "New York"]),
        ("Khrushchev N.S. and N. S. Khrushchev", ["Khrushchev N.S.", "N. S. Khrushchev"]),
        ("Soviet Ambassador Menshikov", ["Menshikov"]),
        ("the RB-47 and the XXIV Party Congress", ["Party Congress"]),
        ("Franco-\nPrussian War and Khrush-\nchev", ["Franco-\nPrussian War", "Khrush-\nchev"]),
        ("O’Brien met Jean-Jacques Rousseau", ["O’Brien", "Jean-Jacques Rousseau"]),
        ("on Monday in January the President", []),
    ],
)
def test_a_run_of_capitals_is_cut_to_names(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_elided_words_of_french_are_no_part_of_a_name() -> None:
    french = "L'Empereur, qu'Alexandre estime, et le duc d'Orléans; J'ai vu la Société des Nations."
    assert cut(french, "fr") == ["Alexandre", "Orléans", "Société des Nations"]


def test_a_name_goes_over_a_line_break_and_not_over_the_end_of_a_sentence() -> None:
    assert names("We saw Dean\nAcheson. Eden was there, and we greeted Eden.") == [
        "Dean\nAcheson".replace("\n", " "),
        "Eden",
    ]


def test_ordinary_words_that_begin_a_sentence_are_no_names() -> None:
    assert names("Furthermore Acheson agreed. Perhaps Acheson knew. Nobody asked. Similarly we came.") == ["Acheson"]


def test_a_word_written_small_elsewhere_is_no_name_without_a_title() -> None:
    text = "The hope was small. Our hope is that Hope came. Mr. Hope came to us, and the hope stayed with Mr. Hope."
    assert found("Hope", survey(text).candidates).count == 3
    assert names("The resolution was read. They liked the Resolution, and the resolution was adopted.") == []


def test_months_weekdays_and_forms_of_address_are_no_names() -> None:
    assert names("Dear Sir, on Monday, 3 March, Your Excellency wrote to me; Madam, I thank You.") == []


def test_german_nouns_are_no_names_and_names_among_them_are() -> None:
    text = "Der Krieg und die Not der Zeit ließen keine Ruhe. Herr von Humboldt reiste nach Jena, das Gedicht blieb."
    assert names(text, language="de") == ["Humboldt", "Jena"]


def test_what_stands_in_a_heading_counts_only_where_it_is_no_ordinary_word() -> None:
    head = tei.element("head", "Memorandum of a Conversation With Gromyko")
    root = tei.element("TEI", tei.element("text", tei.element("body", head)))
    passage = passage_of(Document("d", "d.xml", root), "en")
    assert [one.name for one in scan(lambda: iter([passage]), {}).candidates] == ["Gromyko"]


# --- which names are one ----------------------------------------------------------------------


def test_a_surname_belongs_to_the_only_full_name_with_it() -> None:
    text = "Dean Acheson spoke. Mr. Acheson agreed, and ACHESON’S aide too. Acheson's letter came."
    (only,) = survey(text).candidates
    assert dict(only.variants) == {"Dean Acheson": 1, "Acheson": 2, "ACHESON": 1}


def test_a_surname_that_two_persons_of_the_document_bear_stays_by_itself() -> None:
    text = "John Foster Dulles wrote to Eleanor Dulles. Then Dulles left."
    dulles = found("Dulles", survey(text).candidates)
    assert dulles.shared == ("John Foster Dulles", "Eleanor Dulles")


def test_a_surname_is_settled_by_its_own_document_before_the_edition() -> None:
    candidates = survey("Robert Kennedy called. Kennedy left.", "John Kennedy called. Kennedy left.").candidates
    assert sorted(one.count for one in candidates) == [2, 2]


def test_initials_and_forenames_that_agree_are_one_person() -> None:
    (only,) = survey("Nikita Khrushchev spoke, and N. S. Khrushchev wrote to us; N. Khrushchev signed.").candidates
    assert only.count == 3


def test_cases_of_russian_are_one_name_shown_in_the_nominative() -> None:
    text = "Мы видели Хрущева и говорили с Хрущевым о деле. Потом Хрущев ответил Малиновскому, а Малиновский молчал."
    result = {one.name: one.count for one in survey(text, language="ru").candidates}
    assert result == {"Хрущев": 3, "Малиновский": 2}


def test_a_german_genitive_belongs_to_its_name() -> None:
    (only,) = survey("Wir lasen Böttigers Brief, und Böttiger sagte, daß Böttiger kommt.", language="de").candidates
    assert (only.name, only.count) == ("Böttiger", 3)


# --- what they are ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected", "text"),
    [
        ("Bohlen", "person", "We asked Mr. Bohlen."),
        ("Kuznetsov", "person", "To this Kuznetsov replied that it was so."),
        ("Pugwash", "place", "They met in Pugwash again."),
        ("Ministry of Defense", "org", "He told the Ministry of Defense."),
        ("Geneva Conference", "event", "At the Geneva Conference nothing was said."),
        ("Treaty of Ghent", "event", "It follows from the Treaty of Ghent."),
        ("NSC", "org", "It was for the NSC to decide."),
        ("Soviet Union", "place", "It concerns the Soviet Union."),
    ],
)
def test_cues_say_what_a_name_is(name: str, expected: str, text: str) -> None:
    assert kind(name, text) == expected


def test_the_reason_names_the_strongest_cue_first() -> None:
    assert found("Bohlen", survey("We saw Mr. Bohlen. Mr. Bohlen said no.").candidates).reason.startswith("title “mr”")


def test_scripts_without_capitals_are_searched_by_titles_only() -> None:
    assert names("وصل الدكتور طه حسين أمس إلى القاهرة", language="ar") == ["طه حسين"]
    assert names("昨天，孫文先生到了。", language="zh") == ["孫文"]


# --- registers and spelling -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("khrushchev", "chruschtschow", "transliteration"),
        ("khrushchev", "хрущев", "transliteration"),
        ("tolstoy", "tolstoi", "transliteration"),
        ("пушкин", "pouchkine", "transliteration"),
        ("müller", "muller", "without marks"),
        ("malinovsky", "malinovksy", "one letter off"),
        ("khrushchev", "khruschev", "one letter off"),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str, reason: str) -> None:
    alike = likeness(one, other)
    assert alike is not None and alike.reason == reason


@pytest.mark.parametrize(
    ("one", "other"), [("roger", "rogers"), ("nixon", "dixon"), ("russia", "russian"), ("dulles", "dallas")]
)
def test_other_names_are_not_alike(one: str, other: str) -> None:
    assert likeness(one, other) is None


def test_a_candidate_names_the_entry_it_is_like() -> None:
    entries = {"khrushchev": entry("khrushchev", "Nikita", "Khrushchev")}
    likely = {
        text: found(text, survey(f"We met Mr. {text} there.", entries=entries).candidates).likely[0]
        for text in ("Khrushchev", "Chruschtschow", "Khruschev")
    }
    assert {text: (one.entry, one.reason) for text, one in likely.items()} == {
        "Khrushchev": ("khrushchev", "same form"),
        "Chruschtschow": ("khrushchev", "transliteration"),
        "Khruschev": ("khrushchev", "one letter off"),
    }


def test_a_form_that_the_texts_never_write_may_be_the_registers_misprint() -> None:
    entries = {"k": entry("k", "Nikita", "Khruschev")}
    text = "We met Mr. Khrushchev. Then Khrushchev left, and Khrushchev wrote."
    (likely,) = found("Khrushchev", survey(text, entries=entries).candidates).likely
    assert likely.reason == REGISTER_MISPRINT
    both = survey(text + " Mr. Khruschev is written so too.", entries=entries)
    assert found("Khrushchev", both.candidates).likely[0].reason == "one letter off"


def test_an_entry_of_another_kind_is_not_suggested() -> None:
    entries = {"bonn": entry("bonn", "", "Bonne", "place")}
    assert found("Bonna", survey("We met Mr. Bonna there.", entries=entries).candidates).likely == ()


def test_names_spelled_in_two_ways_are_paired() -> None:
    (pair,) = survey("Mr. Khrushchev came. Mr. Khrushchev left.", "Herr Chruschtschow kam.").pairs
    assert (pair.names, pair.counts, pair.reason) == (("Khrushchev", "Chruschtschow"), (2, 1), "transliteration")


# --- what is marked already -------------------------------------------------------------------

LETTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="letter" xml:lang="en"><teiHeader/><text><body>
<p>We met <persName ref="registers/persons.xml#seward">Seward</persName> and <persName>Chase</persName>, on
<date>3 March</date>, and Stanton said so.</p></body></text></TEI>"""


def test_names_with_an_entry_are_left_out_and_those_marked_without_one_are_sure(project: Path, run: Run) -> None:
    (project / "tei").mkdir()
    (project / "tei/letter.xml").write_text(LETTER)
    ours = json.loads(run("names", "scan", "--format", "json", cwd=project).stdout)
    assert {one["name"]: one["reason"] for one in ours["candidates"]} == {
        "Chase": "marked in the TEI",
        "Stanton": "“said” behind it",
    }
    everything = json.loads(run("names", "scan", "--all", "--format", "json", cwd=project).stdout)
    assert {one["name"]: one["linked"] for one in everything["candidates"]} == {"Chase": 0, "Seward": 1, "Stanton": 0}


def test_a_person_whom_only_cues_have_marked_is_a_candidate_for_its_cues(project: Path, run: Run) -> None:
    (project / "tei").mkdir()
    marked = LETTER.replace("<persName>Chase", 'Mr. <persName resp="#editio" cert="medium">Chase')
    (project / "tei/letter.xml").write_text(marked)
    found = json.loads(run("names", "scan", "--format", "json", cwd=project).stdout)["candidates"]
    assert {one["name"]: one["reason"] for one in found}["Chase"] == "title “mr”"


def test_a_source_that_is_not_converted_is_reported(project: Path, run: Run) -> None:
    done = run("names", "scan", cwd=project)
    assert done.returncode == 1
    assert "sources/letter.txt: warning: the source is not converted" in done.stdout
    assert "[nothing-to-scan]" in done.stdout


def test_a_source_is_surveyed_without_a_project_and_nothing_is_written(tmp_path: Path, run: Run) -> None:
    (tmp_path / "letter.txt").write_text(
        "Concord, 16 July 1860\n\nDear Sir,\n\nMr. Emerson came.\n\nYours,\nH. D. Thoreau\n"
    )
    done = run("names", "scan", "letter.txt", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert done.returncode == 0, done.stderr
    assert [(row["id"], row["kind"], row["name"]) for row in rows] == [
        ("", "person", "Emerson"),
        ("", "person", "H. D. Thoreau"),
        ("", "place", "Concord"),
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_the_survey_of_this_repository_finds_what_its_registers_lack(run: Run) -> None:
    assert run("names", "scan", "--kind", "event", cwd=ROOT).stdout.splitlines()[1].split()[:5] == [
        "1",
        "1",
        "event",
        "Cold",
        "War",
    ]


# --- rendering --------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [60, 80, 133])
def test_no_line_of_the_table_is_wider_than_the_terminal(width: int) -> None:
    result = survey(
        "Mr. Khrushchev spoke at the Central Committee of the Communist Party. 昨天，孫文先生到了。 Müller\u0308 said so."
    )
    shown = tables.table(result.candidates, result.pairs, 1, len(result.candidates), width)
    assert "孫文" in shown
    assert max(map(tables.columns, shown.splitlines())) <= width


def test_wide_characters_count_two_columns_and_marks_none() -> None:
    assert (tables.columns("孫文"), tables.columns("e\u0301"), tables.cut("孫文先生", 5)) == (4, 1, "孫文…")


def test_control_and_direction_characters_are_shown_escaped() -> None:
    result = survey("Mr. Chase\u202e\x1b[31m said so to Mr. Chase.")
    for shown in (tables.table(result.candidates, (), 1, 1, 100), tables.as_csv(result.candidates)):
        assert "\u202e" not in shown and "\x1b" not in shown


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-x", "'-x"),
        ("@a", "'@a"),
        ("\tx", "'\tx"),
        ("-44", "-44"),
        ("-0044-03-15", "-0044-03-15"),
        ("Eden", "Eden"),
    ],
)
def test_no_cell_of_the_csv_is_a_formula(cell: str, safe: str) -> None:
    assert formula_safe(cell) == safe


def test_variants_stand_in_the_csv_as_the_table_of_registers_has_them() -> None:
    text = "Dean Acheson spoke; ACHESON agreed. Mr. Acheson left. Dean G. Acheson wrote."
    row = next(csv.DictReader(io.StringIO(tables.as_csv(survey(text).candidates))))
    assert (row["name"], row["variants"]) == ("Dean G. Acheson", "Acheson; Dean Acheson")


def test_the_same_texts_give_the_same_bytes_in_any_process() -> None:
    command = [
        sys.executable,
        "-c",
        "from editio.cli import main; main()",
        "names",
        "scan",
        str(SOURCES[0]),
        "--format",
        "json",
    ]
    outputs = {
        subprocess.run(
            command,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src"), "PATH": ""},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1 and b"Lichnowsky" in outputs.pop()


def test_limits_and_kinds_choose_what_is_shown() -> None:
    result = survey("Mr. Seward and Mr. Seward met Mr. Chase in Pugwash.")
    assert [one.name for one in selected(result.candidates, "place", 1)] == ["Pugwash"]
    assert [one.name for one in selected(result.candidates, "", 2)] == ["Seward"]


# --- bad input --------------------------------------------------------------------------------


def test_texts_without_names_give_no_candidates() -> None:
    assert survey("", "no capital letters at all, nowhere.", "1234 – 5678", "\n\n\n").candidates == ()


@pytest.mark.parametrize(
    "text",
    [
        "CAPITALS ABOVE ALL " * 20_000,
        "A" * 500_000,
        "Aa'" * 100_000,
        "A." * 100_000,
        "Xy-" * 100_000 + " Xy of the " * 20_000,
        "Хрущев Khrushchev Хрусchev 孫文 Ὅμηρος טל " * 2_000,
        "“(" * 100_000 + "Eden",
        "Eden de von der " * 20_000,
    ],
    ids=["capitals", "word", "apostrophes", "initials", "hyphens", "scripts", "brackets", "particles"],
)
def test_hostile_text_gives_few_candidates(text: str) -> None:
    assert len(survey(text).candidates) < 100


WORDS = (
    "Dean Acheson ACHESON’S d'Alembert de von of the and Mr. J. N.S. St. M. Ministry War Хрущевым Müller 孫文 先生 "
    "al- ( ] - . : ! \n \n\n"
)


@given(
    st.lists(
        st.sampled_from([*WORDS.split(" "), " ", "’", "İ", "ǅ", "ß", "\u0301"]) | st.text(max_size=3), max_size=40
    ),
    st.sampled_from(["en", "de", "fr", "ru", "xx", ""]),
)
def test_every_occurrence_lies_where_its_offsets_say(words: list[str], language: str) -> None:
    passage = Passage("d", language, unicodedata.normalize("NFC", " ".join(words)))
    for one in occurrences(passage, vocabulary_of([passage])):
        assert passage.text[one.start : one.end] == one.written
        assert one.written.strip() == one.written and any(one.words)
    survey(passage.text, passage.text, language=language)


def test_composed_and_decomposed_letters_are_one_name(project: Path, run: Run) -> None:
    (project / "tei").mkdir()
    text = "<p>Mr. Müller met <date>May</date> us. Mr. {} left <name type='place'>Köln</name>, and Mr. {} stayed.</p>"
    decomposed = unicodedata.normalize("NFD", "Müller")
    body = text.format(decomposed, decomposed)
    (project / "tei/letter.xml").write_text(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>{body}</body></text></TEI>', encoding="utf-8"
    )
    candidates = json.loads(run("names", "scan", "--format", "json", cwd=project).stdout)["candidates"]
    assert [(one["name"], one["count"]) for one in candidates] == [("Müller", 3), ("Köln", 1)]


def test_malformed_tei_is_reported_and_the_others_are_surveyed(project: Path, run: Run) -> None:
    (project / "tei").mkdir()
    (project / "tei/letter.xml").write_text(LETTER)
    (project / "tei/other.xml").write_text("<TEI")
    done = run("names", "scan", "--format", "csv", cwd=project)
    assert done.returncode == 1
    assert "Stanton" in done.stdout and "[malformed-tei]" in done.stderr


def test_a_text_shows_its_language_itself() -> None:
    german = "Der Krieg und die Not der Zeit ließen keine Ruhe, und ich habe nicht gewußt, daß die Zeit so ist"
    assert (language_of(german, "en"), language_of("short", "fr")) == ("de", "fr")


# --- models -----------------------------------------------------------------------------------


def test_no_model_is_loaded_unless_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Mr. Emerson came.\n")
    program = "import sys; from editio.cli import main\ntry: main()\nfinally: assert 'spacy' not in sys.modules"
    command = [sys.executable, "-c", program, "names", "scan", "letter.txt"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "Emerson" in done.stdout, done.stderr


def test_a_missing_model_is_a_diagnostic_that_says_how_to_install_it(tmp_path: Path, run: Run) -> None:
    (tmp_path / "letter.txt").write_text("Mr. Emerson came.\n")
    done = run("names", "scan", "letter.txt", "--ner", "en_core_no_such_model")
    assert done.returncode == 1
    assert "[unusable-model]" in done.stdout and (
        "pip install 'editio[ner]'" in done.stdout or "spacy download" in done.stdout
    )


def test_a_model_adds_its_suggestions_to_the_list(tmp_path: Path, run: Run) -> None:
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'editio[ner]'")
    pipeline = spacy.blank("en")
    patterns = [
        {"label": "PERSON", "pattern": "ishmael"},
        {"label": "GPE", "pattern": "Nantucket"},
        {"label": "DATE", "pattern": "July"},
    ]
    pipeline.add_pipe("entity_ruler").add_patterns(patterns)
    pipeline.to_disk(tmp_path / "rules")
    (tmp_path / "letter.txt").write_text("They call me ishmael, and I went to Nantucket in July.\n")
    done = run("names", "scan", "letter.txt", "--ner", "rules", "--format", "json")
    candidates = json.loads(done.stdout)["candidates"]
    assert {(one["name"], one["kind"], one["source"]) for one in candidates} == {
        ("ishmael", "person", "ner:rules"),
        ("Nantucket", "place", f"{OWN} ner:rules"),
    }
