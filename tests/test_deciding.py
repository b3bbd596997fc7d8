"""What an editor decides about names is kept in a file, survives every rerun, and reaches the TEI without touching its text."""

from __future__ import annotations

import codecs
import json
import os
import re
import select
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import EDITIO
from hypothesis import given, settings
from hypothesis import strategies as st

from editio import build, opening, registers, tei
from editio.cli import main
from editio.config import of_folder
from editio.deciding import session
from editio.deciding.apply import apply_decisions
from editio.deciding.faults import report_faults
from editio.deciding.file import change_decisions, parse_line, read_decisions, written_line
from editio.deciding.listing import cells, wrapped
from editio.deciding.passages import passage_of
from editio.deciding.quotation import find_quotes, fold, quote
from editio.deciding.session import Judge, with_decisions
from editio.deciding.suggest import Suggestion, suggestions
from editio.diagnostics import Report
from editio.model import Decision, Decisions, Document, Edition, Quote

PERSONS = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Persons</title></titleStmt>
<publicationStmt><p>Unpublished.</p></publicationStmt><sourceDesc><p>Made for the edition.</p></sourceDesc></fileDesc>
</teiHeader><standOff><listPerson>
<person xml:id="allen-dulles"><persName type="main"><forename>Allen</forename> <surname>Dulles</surname></persName>
<note type="description">Director of Central Intelligence, 1953 to 1961.</note></person>
<person xml:id="foster-dulles"><persName type="main"><forename>John</forename> <forename>Foster</forename>
<surname>Dulles</surname></persName><note type="description">Secretary of State, 1953 to 1959.</note></person>
<person xml:id="eisenhower"><persName type="main"><forename>Dwight</forename> <surname>Eisenhower</surname></persName></person>
</listPerson></standOff></TEI>
"""
MEMORANDUM = """Memorandum of a Conversation

Washington, 14 December 1958

The President asked Mr. Dulles what the Agency knew of the matter. Mr. Dulles said that it knew little.

President Eisenhower thought that the Cabinet should be told, and Dulles agreed.
"""
MINUTES = """Minutes of a Meeting

Washington, 15 December 1958

Mr. Dulles reported on the talks in Paris, and Eisenhower thanked him.
"""
NOTE = """A Note

John Foster Dulles has seen this note.
"""
ANNA = Judge("Harriet Beecher Stowe", "2026-11-27")


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line in this process: a test has several commands."""

    def call(*arguments: str, cwd: Path = tmp_path) -> Ran:
        monkeypatch.chdir(cwd)
        done = CliRunner().invoke(main, arguments)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Ran(done.exit_code, done.stdout, done.stderr)

    return call


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """Two documents in which “Dulles” may be either brother, converted."""
    root = tmp_path / "edition"
    (root / "sources").mkdir(parents=True)
    (root / "tei/registers").mkdir(parents=True)
    (root / "edition.toml").write_text('[edition]\ntitle = "Talks"\n\n[names]\neditor = "Harriet Beecher Stowe"\n')
    (root / "sources/memorandum.txt").write_text(MEMORANDUM)
    (root / "sources/minutes.txt").write_text(MINUTES)
    (root / "sources/note.txt").write_text(NOTE)
    (root / "tei/registers/persons.xml").write_text(PERSONS)
    convert(root)
    return root


def opened(root: Path, report: Report | None = None) -> Edition:
    return opening.open_edition(root, report or Report(root))


def convert(root: Path) -> dict[str, str]:
    """Convert the edition; what became of each document."""
    report = Report(root)
    done = build.convert(opened(root, report), (), report)
    return {Path(one.file).stem: str(one.state) for one in done}


def tei_of(root: Path) -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in (root / "tei").glob("*.xml")}


def asked(root: Path) -> list[str]:
    edition = opened(root)
    documents = session.documents_of(edition, (), Report(root))
    return [one.quote.exact for document in documents for one in suggestions(document, edition)]


def text_of(data: bytes) -> str:
    return tei.text_of(tei.part(tei.parse(data), "text"))


def lines_of(root: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (root / "names/decisions.jsonl").read_text().splitlines()]


# --- deciding, and every rerun ------------------------------------------------------------------


def test_what_is_ambiguous_is_asked_until_it_is_decided(edition: Path, run: Run) -> None:
    assert asked(edition).count("Dulles") == 4
    done = run("names", "accept", "--words", "Dulles", "--entry", "allen-dulles", cwd=edition)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Dulles" not in asked(edition)
    assert (
        b'<persName ref="registers/persons.xml#allen-dulles" resp="#harriet-beecher-stowe">Dulles</persName>'
        in (tei_of(edition)["minutes"])
    )


def test_converting_after_a_decision_changes_no_byte(edition: Path, run: Run) -> None:
    texts = {id: text_of(data) for id, data in tei_of(edition).items()}
    run("names", "accept", "--words", "Dulles", "--entry", "allen-dulles", "--by", "Jane Addams", cwd=edition)
    run("names", "accept", "--words", "Eisenhower", "--by", "Abigail Adams", cwd=edition)
    run("names", "reject", "--words", "John Foster Dulles", "--by", "Ida B. Wells", cwd=edition)
    decided = tei_of(edition)
    assert convert(edition) == dict.fromkeys(("memorandum", "minutes", "note"), "unchanged")
    assert tei_of(edition) == decided
    assert {id: text_of(data) for id, data in decided.items()} == texts


def test_deciding_the_same_again_changes_no_byte(edition: Path, run: Run) -> None:
    wide = ("names", "reject", "--words", "Eisenhower", "--all-occurrences")
    run(*wide, cwd=edition)
    before, decided = (edition / "names/decisions.jsonl").read_bytes(), tei_of(edition)
    again = run("names", "apply", cwd=edition)
    assert "says already what is decided" in again.stdout
    second = run(*wide, "--on", "2030-01-01", cwd=edition)
    assert second.returncode == 0 and "decided already" in second.stdout
    assert (edition / "names/decisions.jsonl").read_bytes() == before
    assert tei_of(edition) == decided


def test_a_file_edited_by_hand_keeps_the_edits_and_gets_the_decision(edition: Path, run: Run) -> None:
    path = edition / "tei/minutes.xml"
    edited = (
        path.read_text()
        .replace("on the talks", "on  the <hi rend='italic'\n>talks</hi>")
        .replace("?>\n", "?>\n<!-- kept -->\n", 1)
    )
    path.write_text(edited)
    run("names", "reject", "--words", "Eisenhower", cwd=edition)
    now = path.read_text()
    assert "on  the <hi rend='italic'\n>talks</hi>" in now and "<!-- kept -->" in now
    assert "and Eisenhower thanked him" in now
    assert convert(edition)["minutes"] == "kept (edited by hand)"
    assert path.read_text() == now


SPELT = (
    "<?xml version='1.0' encoding='{encoding}'?>{end}<!DOCTYPE TEI [<!ENTITY who 'Eisenhower'>]>{end}"
    "<TEI xmlns = 'http://www.tei-c.org/ns/1.0' xml:id='spelt'  ><teiHeader><fileDesc><titleStmt><title>É</title>"
    "</titleStmt>{end}\t<publicationStmt><p>u</p></publicationStmt><sourceDesc><p>s</p></sourceDesc></fileDesc>"
    "</teiHeader>{end}<text><body><p>Then&#x20;Mr.   Dulles{end}spoke  &amp;  <hi rend = 'italic'>Allen</hi> Dulles "
    "listened to &who;.<pb n='2'\t/></p></body></text></TEI>{end}"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_decision_keeps_the_spelling_of_the_rest_of_the_file(
    edition: Path, run: Run, encoding: str, end: str
) -> None:
    path = edition / "tei/spelt.xml"
    before = SPELT.format(encoding=encoding.removesuffix("-sig"), end=end)
    path.write_bytes(before.encode(encoding))
    done = run("names", "accept", "--document", "spelt", "--words", "Allen Dulles", "--on", "2026-11-27", cwd=edition)
    assert done.returncode == 0, done.stdout
    now = path.read_bytes().decode(encoding)
    mark = '<persName ref="registers/persons.xml#allen-dulles" resp="#harriet-beecher-stowe">'
    assert f"{mark}<hi rend = 'italic'>Allen</hi> Dulles</persName> listened" in now
    header = re.compile(r"\s*<(respStmt|revisionDesc).*?</\1>\s*", re.DOTALL)
    italic = "<hi rend = 'italic'>Allen</hi> Dulles"
    without = header.sub("", now.replace(f"{mark}{italic}</persName>", italic))
    assert re.sub(r"\s", "", without) == re.sub(r"\s", "", before)
    assert f"Mr.   Dulles{end}spoke  &amp;  " in now and "&who;.<pb n='2'\t/>" in now


@pytest.mark.parametrize("by_hand", ["", '<persName ref="registers/persons.xml#foster-dulles">'])
def test_what_the_editor_changes_after_a_decision_stays_as_she_has_it(edition: Path, run: Run, by_hand: str) -> None:
    run("names", "accept", "--words", "Dulles", "--entry", "allen-dulles", "--on", "2026-11-27", cwd=edition)
    path = edition / "tei/minutes.xml"
    decided = '<persName ref="registers/persons.xml#allen-dulles" resp="#harriet-beecher-stowe">Dulles</persName>'
    edited = (
        path.read_text()
        .replace(decided, f"{by_hand}Dulles{'</persName>' if by_hand else ''}")
        .replace("talks", "long talks")
    )
    assert "allen-dulles" not in edited
    path.write_text(edited)
    run("names", "accept", "--words", "Eisenhower", "--on", "2026-11-27", cwd=edition)
    now = path.read_text()
    assert "allen-dulles" not in now and 'resp="#harriet-beecher-stowe">Eisenhower<' in now
    assert convert(edition)["minutes"] == "kept (edited by hand)"
    assert path.read_text() == now


def test_a_decision_outlives_an_edit_of_the_source(edition: Path, run: Run) -> None:
    run("names", "accept", "--words", "Dulles", "--entry", "allen-dulles", "--document", "minutes", cwd=edition)
    source = edition / "sources/minutes.txt"
    source.write_text(MINUTES.replace("Mr. Dulles reported", "After some delay\nMr. Dulles reported at length"))
    assert convert(edition)["minutes"] == "written"
    assert b'resp="#harriet-beecher-stowe">Dulles<' in tei_of(edition)["minutes"]


def test_a_decision_deleted_by_hand_is_taken_out_of_the_tei_by_the_next_conversion(edition: Path, run: Run) -> None:
    before = tei_of(edition)
    run("names", "reject", "--words", "Eisenhower", "--all-occurrences", cwd=edition)
    assert tei_of(edition) != before
    (edition / "names/decisions.jsonl").unlink()
    convert(edition)
    assert tei_of(edition) == before


def test_an_ambiguity_that_is_decided_is_no_longer_reported(edition: Path, run: Run) -> None:
    run("names", "accept", "--words", "Dulles", "--entry", "allen-dulles", "--all-occurrences", cwd=edition)
    report = Report(edition)
    build.convert(opened(edition, report), (), report)
    assert [one.message for one in report if one.code.name == "ambiguous-name"] == []


def test_the_editor_and_the_day_are_declared_once(edition: Path, run: Run) -> None:
    for words in ("Dulles", "Eisenhower"):
        run(
            "names",
            "accept",
            "--words",
            words,
            "--entry",
            "allen-dulles" if words == "Dulles" else "eisenhower",
            "--on",
            "2026-11-27",
            cwd=edition,
        )
    root = tei.parse(tei_of(edition)["memorandum"])
    namespace = {"t": tei.NS}
    assert root.xpath("//t:respStmt[@xml:id='harriet-beecher-stowe']/t:persName/text()", namespaces=namespace) == [
        "Harriet Beecher Stowe"
    ]
    changes = root.xpath("//t:revisionDesc/t:change[@who='#harriet-beecher-stowe']/@when", namespaces=namespace)
    assert changes == ["2026-11-27"]


def test_what_was_decided_is_valid(edition: Path, run: Run) -> None:
    run("names", "accept", "--words", "Dulles", "--entry", "allen-dulles", cwd=edition)
    checked = run("validate", cwd=edition)
    assert checked.returncode == 0, checked.stdout


def test_an_editor_can_change_her_mind(edition: Path, run: Run) -> None:
    choose = ("names", "accept", "--words", "Dulles", "--document", "minutes", "--entry")
    run(*choose, "foster-dulles", cwd=edition)
    assert "decided already" in run(*choose, "allen-dulles", cwd=edition).stdout
    run(*choose, "allen-dulles", "--again", cwd=edition)
    assert [line["entry"] for line in lines_of(edition)] == ["allen-dulles"]
    assert b'#allen-dulles" resp="#harriet-beecher-stowe">Dulles<' in tei_of(edition)["minutes"]
    run("names", "reject", "--words", "Dulles", "--document", "minutes", "--again", cwd=edition)
    assert [line["verdict"] for line in lines_of(edition)] == ["reject"]
    assert b">Dulles<" not in tei_of(edition)["minutes"]


# --- wide decisions and their exceptions ----------------------------------------------------------


def test_a_decision_about_one_place_goes_before_that_about_all(edition: Path, run: Run) -> None:
    documents = session.documents_of(opened(edition), (), Report(edition))
    first = next(
        one for document in documents for one in suggestions(document, opened(edition)) if one.quote.exact == "Dulles"
    )
    run("names", "accept", "--id", first.id, "--entry", "foster-dulles", cwd=edition)
    run("names", "accept", "--words", "Dulles", "--entry", "allen-dulles", "--all-occurrences", cwd=edition)
    found = re.findall(rb'#(\w+-dulles)" resp="#harriet[^>]*>Dulles<', tei_of(edition)["memorandum"])
    assert found == [b"foster-dulles", b"allen-dulles", b"allen-dulles"]


def test_a_wide_decision_leaves_longer_names_alone(edition: Path, run: Run) -> None:
    run("names", "accept", "--words", "Dulles", "--entry", "allen-dulles", "--all-occurrences", cwd=edition)
    assert (
        b'foster-dulles" resp="#editio" cert="high" evidence="register-name">John Foster Dulles<'
        in (tei_of(edition)["note"])
    )


def test_words_that_nobody_suggested_can_be_decided_everywhere(edition: Path, run: Run) -> None:
    done = run("names", "accept", "--words", "The President", "--entry", "eisenhower", "--all-occurrences", cwd=edition)
    assert done.returncode == 0, done.stdout
    assert b'#eisenhower" resp="#harriet-beecher-stowe">The President</persName> asked' in tei_of(edition)["memorandum"]


def test_a_wide_decision_holds_for_documents_that_come_later(edition: Path, run: Run) -> None:
    run("names", "accept", "--words", "Dulles", "--entry", "allen-dulles", "--all-occurrences", cwd=edition)
    (edition / "sources/later.txt").write_text("A Note\n\nMr. Dulles has seen this note.\n")
    convert(edition)
    assert b'#allen-dulles" resp="#harriet-beecher-stowe">Dulles<' in tei_of(edition)["later"]
    assert "Dulles" not in asked(edition)


def test_a_rejected_entry_is_no_candidate_any_more(edition: Path, run: Run) -> None:
    run("names", "reject", "--words", "Dulles", "--entry", "foster-dulles", cwd=edition)
    edition_now = opened(edition)
    documents = session.documents_of(edition_now, (), Report(edition))
    open_ones = [
        one for document in documents for one in suggestions(document, edition_now) if one.quote.exact == "Dulles"
    ]
    assert {one.candidates for one in open_ones} == {("allen-dulles",)}


# --- the command line -------------------------------------------------------------------------------


def test_nothing_to_decide_is_a_problem_and_wrong_use_is_wrong(edition: Path, run: Run) -> None:
    assert run("names", "accept", "--words", "Kennan", cwd=edition).returncode == 1
    assert "no suggestion is as you asked for" in run("names", "reject", "--words", "Kennan", cwd=edition).stdout
    assert run("names", "accept", cwd=edition).returncode == 2
    assert run("names", "accept", "--words", "Dulles", "--min-cert", "sure", cwd=edition).returncode == 2
    assert run("names", "accept", "--words", "Dulles", "--by", "Editio", cwd=edition).returncode == 2
    (edition / "edition.toml").write_text('[edition]\ntitle = "Talks"\n')
    without = run("names", "accept", "--words", "Dulles", cwd=edition)
    assert without.returncode == 2 and "say who decides" in without.stderr
    assert not (edition / "names").exists()


def test_words_that_may_name_several_are_not_accepted_without_saying_whom(edition: Path, run: Run) -> None:
    done = run("names", "accept", "--words", "Dulles", cwd=edition)
    assert done.returncode == 1
    assert "say which one by --entry" in done.stdout and "allen-dulles, foster-dulles" in done.stdout


def test_a_dry_run_says_what_would_be_and_writes_nothing(edition: Path, run: Run) -> None:
    before = tei_of(edition)
    done = run("names", "reject", "--words", "Eisenhower", "--dry-run", cwd=edition)
    assert "would be rejected" in done.stdout and "1 would be taken off" in done.stdout
    assert tei_of(edition) == before and not (edition / "names").exists()


def test_a_review_needs_a_terminal(edition: Path, run: Run) -> None:
    done = run("names", "review", cwd=edition)
    assert done.returncode == 2 and "editio names accept" in done.stderr


# Seconds that a terminal may take on a machine with other work.
LONG = 120


@dataclass
class Typist:
    """A review in a terminal of its own: types keys, and waits until the screen says something."""

    process: subprocess.Popen[bytes]
    terminal: int
    # What was shown behind the words that were waited for last: the screen may be ahead of the typist.
    ahead: str = ""
    decoder: codecs.IncrementalDecoder = field(default_factory=codecs.getincrementaldecoder("utf-8"))

    def type(self, keys: str, until: str) -> str:
        """Type, and read until some words are shown that were not there; what was shown up to them."""
        os.write(self.terminal, keys.encode())
        while until not in self.ahead:
            ready, _, _ = select.select([self.terminal], [], [], LONG)
            assert ready, f"“{until}” was not shown after {keys!r}, but\n{self.ahead}"
            self.ahead += self.decoder.decode(os.read(self.terminal, 65536))
        shown, _, self.ahead = self.ahead.partition(until)
        return shown + until


@pytest.fixture
def typist(edition: Path) -> Iterator[Callable[..., Typist]]:
    """Begins a review in a terminal of so many columns."""
    pty = pytest.importorskip("pty")
    opened_ones: list[Typist] = []

    def begin(*arguments: str, columns: int = 80) -> Typist:
        ours, theirs = pty.openpty()
        environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": str(columns), "LINES": "24", "TERM": "xterm"}
        process = subprocess.Popen(
            [EDITIO, "names", "review", *arguments],
            cwd=edition,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
        )
        os.close(theirs)
        opened_ones.append(Typist(process, ours))
        return opened_ones[-1]

    yield begin
    for one in opened_ones:
        one.process.kill()
        one.process.wait()
        os.close(one.terminal)


@pytest.mark.parametrize("columns", [34, 80])
def test_the_help_of_a_review_breaks_no_word(typist: Callable[..., Typist], columns: int) -> None:
    review = typist("minutes", columns=columns)
    review.type("", "[?]")
    shown = review.type("?", "q: end").splitlines()
    assert max(map(len, shown)) <= columns


def test_a_review_saves_each_key_and_changes_the_tei_at_the_end(edition: Path, typist: Callable[..., Typist]) -> None:
    before = tei_of(edition)
    review = typist("minutes")
    shown = review.type("", "[?]")
    assert "[Dulles] reported" in shown and "1 allen-dulles: Allen Dulles. Director of Central" in shown
    review.type("y", "press the number")
    review.type("2", "accepted, minutes")
    assert [line["entry"] for line in lines_of(edition)] == ["foster-dulles"]
    assert tei_of(edition) == before
    review.type("", "0 left to decide")
    assert review.process.wait(LONG) == 0
    assert b'#foster-dulles" resp="#harriet-beecher-stowe">Dulles<' in tei_of(edition)["minutes"]
    assert convert(edition)["minutes"] == "unchanged"


def test_what_was_decided_survives_a_killed_review(edition: Path, typist: Callable[..., Typist], run: Run) -> None:
    review = typist("memorandum")
    review.type("", "[?]")
    review.type("n", "rejected")
    review.process.kill()
    review.process.wait()
    assert len(lines_of(edition)) == 1
    assert asked(edition).count("Dulles") == 3


def test_all_occurrences_are_shown_and_single_ones_left_open(edition: Path, typist: Callable[..., Typist]) -> None:
    review = typist()
    review.type("", "[?]")
    review.type("A", "press a number")
    shown = review.type("1", "q: back:")
    assert "  4 minutes" in shown and "  5 " not in shown
    review.type("9\n", "there is no 9")
    review.type("2 3\n", "accepted, all in the edition")
    review.type("", "[?]")
    assert sorted(str(line["verdict"]) for line in lines_of(edition)) == ["accept", "open", "open"]
    review.type("u", "undone")
    assert lines_of(edition) == []
    review.type("", "[?]")
    review.type("q", "no problems")


def test_another_entry_can_be_searched_for(edition: Path, typist: Callable[..., Typist]) -> None:
    review = typist("minutes", columns=40)
    review.type("", "[?]")
    review.type("o", "empty: back")
    review.type("dwight\n", "press a number")
    review.type("1", "0 left to decide")
    assert [line["entry"] for line in lines_of(edition)] == ["eisenhower"]


def test_an_entry_that_is_missing_is_added_while_reviewing(edition: Path, typist: Callable[..., Typist]) -> None:
    talk = "A Talk\n\nMr. Kennan spoke on the matter, and Mr. Kennan was heard.\n\nThen Mr. Kennan left.\n"
    (edition / "sources/talk.txt").write_text(talk)
    convert(edition)
    review = typist("talk")
    review.type("", "[?]")
    shown = review.type("N", "q: back):")
    assert "Enter: person" in shown
    review.type("animal\n", "there is no kind “animal”")
    review.type("N", "q: back):")
    assert "its full name (Enter: Kennan" in review.type("\n", "q: back):")
    review.type("George Kennan\n", "other: back")
    review.type("A", "persons.xml: kennan added")
    review.type("", "q: back:")
    shown = review.type("3\n", "[?]")
    assert "accepted, all in the edition" in shown
    assert "1 kennan: George Kennan" in shown, "the place left open is asked with the new entry"
    review.type("y", "0 left to decide")
    assert review.process.wait(LONG) == 0
    register = (edition / "tei/registers/persons.xml").read_text()
    assert '<person xml:id="kennan">' in register and "<surname>Kennan</surname>" in register
    assert tei_of(edition)["talk"].count(b'#kennan" resp="#harriet-beecher-stowe">Kennan<') == 3
    convert(edition)  # the header declares the rules of the register now
    assert tei_of(edition)["talk"].count(b'#kennan" resp="#harriet-beecher-stowe">Kennan<') == 3
    assert convert(edition)["talk"] == "unchanged"


def test_a_new_entry_that_is_there_already_is_refused_and_the_review_goes_on(
    edition: Path, typist: Callable[..., Typist]
) -> None:
    before = (edition / "tei/registers/persons.xml").read_bytes()
    review = typist("minutes")
    review.type("", "[?]")
    review.type("N", "q: back):")
    review.type("\n", "q: back):")
    review.type("Allen Dulles\n", "other: back")
    review.type("y", "has this name already")
    review.type("n", "rejected")
    assert (edition / "tei/registers/persons.xml").read_bytes() == before


def test_keys_and_lines_may_be_typed_ahead(edition: Path, typist: Callable[..., Typist]) -> None:
    review = typist("minutes", columns=40)
    review.type("\x1b[A\x1b[1;5Codwight\n1", "0 left to decide")
    assert review.process.wait(LONG) == 0
    assert [line["entry"] for line in lines_of(edition)] == ["eisenhower"]


def test_text_that_commands_a_terminal_is_shown_as_escapes(edition: Path, typist: Callable[..., Typist]) -> None:
    path = edition / "tei/minutes.xml"
    path.write_text(path.read_text().replace("on the talks", "on \u202e the \u009b31m talks"))
    shown = typist("minutes").type("", "[?]")
    assert "\\u202e" in shown and "\u202e" not in shown and "\u009b" not in shown


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("the Secretary of State", 13, ["the Secretary", "of State"]),
        ("北京 上海 廣州", 9, ["北京 上海", "廣州"]),
        ("毛澤東先生", 4, ["毛澤", "東先", "生"]),
        ("e\u0301te\u0301 ici", 7, ["e\u0301te\u0301 ici"]),
        ("דוד בן־גוריון", 9, ["דוד", "בן־גוריון"]),
    ],
)
def test_lines_are_as_wide_as_the_terminal_counts(text: str, width: int, lines: list[str]) -> None:
    assert [" ".join(words) for words in wrapped(text.split(), width)] == lines
    assert all(cells(line) <= width for line in lines)


# --- names tagged by hand, several pointers, events, dates -----------------------------------------

TAGGED = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="tagged"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>
<publicationStmt><p>u</p></publicationStmt><sourceDesc><p>s</p></sourceDesc></fileDesc><encodingDesc><appInfo>
<application xml:id="editio" ident="editio" version="0.1"><label>Editio</label></application></appInfo></encodingDesc>
</teiHeader><text><body><p>{}</p></body></text></TEI>
"""


def tagged(root: Path, content: str) -> Path:
    """A document of the edition without a source."""
    path = root / "tei/tagged.xml"
    path.write_text(TAGGED.format(content))
    return path


def asked_of(root: Path, document: str) -> list[Suggestion]:
    edition = opened(root)
    return [
        one for each in session.documents_of(edition, (document,), Report(root)) for one in suggestions(each, edition)
    ]


def test_a_name_tagged_by_hand_is_asked_for_its_entry_and_linked(edition: Path, run: Run) -> None:
    path = tagged(
        edition, 'Then <persName type="real" cert="low">Mr. Allen Dulles</persName> met <persName>Molotov</persName>.'
    )
    (one,) = asked_of(edition, "tagged")
    assert (one.quote.exact, one.entry, one.why) == ("Mr. Allen Dulles", "allen-dulles", "marked, unlinked")
    run("names", "accept", "--words", "Mr. Allen Dulles", "--on", "2026-11-27", cwd=edition)
    linked = (
        '<persName type="real" ref="registers/persons.xml#allen-dulles" resp="#harriet-beecher-stowe">'
        "Mr. Allen Dulles</persName> met <persName>Molotov</persName>"
    )
    assert linked in path.read_text()
    assert asked_of(edition, "tagged") == []
    assert "says already" in run("names", "apply", cwd=edition).stdout


def test_a_link_that_is_rejected_is_not_asked_again_and_the_tag_stays(edition: Path, run: Run) -> None:
    path = tagged(edition, "Then <persName>Dulles</persName> came with <persName>Dwight Eisenhower</persName>.")
    before = path.read_bytes()
    assert asked_of(edition, "tagged")[0].candidates == ("allen-dulles", "foster-dulles")
    run("names", "reject", "--document", "tagged", cwd=edition)
    assert [(line["exact"], line.get("entry")) for line in lines_of(edition)] == [
        ("Dulles", None),
        ("Dwight Eisenhower", "eisenhower"),
    ]
    assert asked_of(edition, "tagged") == []
    assert b"<persName>Dulles</persName> came with <persName>Dwight Eisenhower</persName>" in path.read_bytes()
    assert text_of(path.read_bytes()) == text_of(before)


def test_tags_by_hand_are_linked_by_a_decision_about_all_of_their_words(edition: Path, run: Run) -> None:
    path = tagged(edition, "Then <persName>Dulles</persName> met <placeName>Dulles</placeName>.")
    run("names", "accept", "--words", "Dulles", "--entry", "allen-dulles", "--all-occurrences", cwd=edition)
    assert '#allen-dulles" resp="#harriet-beecher-stowe">Dulles</persName> met' in path.read_text()


CUED = 'Then <persName resp="#editio" cert="medium" evidence="title">Mr. Kennan</persName> spoke.'
KENNAN = """<person xml:id="kennan"><persName type="main"><forename>George</forename> <surname>Kennan</surname></persName>
</person>
</listPerson>"""


def test_a_person_marked_by_cue_is_asked_for_the_entry_that_came_later(edition: Path, run: Run) -> None:
    path = tagged(edition, CUED)
    (before,) = asked_of(edition, "tagged")
    assert (before.entry, before.why) == ("", "marked, medium sure")
    register = edition / "tei/registers/persons.xml"
    register.write_text(PERSONS.replace("</listPerson>", KENNAN))
    (one,) = asked_of(edition, "tagged")
    assert (one.entry, one.why) == ("kennan", "marked, unlinked")
    run("names", "accept", "--words", "Mr. Kennan", cwd=edition)
    assert '#kennan" resp="#harriet-beecher-stowe">Mr. Kennan</persName> spoke' in path.read_text()
    assert "says already" in run("names", "apply", cwd=edition).stdout


def test_converting_again_links_a_person_marked_by_cue_to_the_entry_that_came_later(edition: Path) -> None:
    (edition / "sources/talk.txt").write_text("A Talk\n\nMr. Kennan spoke on the matter with Mr. Kennan.\n")
    convert(edition)
    assert tei_of(edition)["talk"].count(b"<persName") == 2 and b"#kennan" not in tei_of(edition)["talk"]
    (edition / "tei/registers/persons.xml").write_text(PERSONS.replace("</listPerson>", KENNAN))
    convert(edition)
    assert tei_of(edition)["talk"].count(b"registers/persons.xml#kennan") == 2


def test_rejecting_one_of_several_entries_leaves_the_others(edition: Path, run: Run) -> None:
    both = "registers/persons.xml#allen-dulles registers/persons.xml#foster-dulles"
    path = tagged(edition, f'The brothers <persName ref="{both}" resp="#editio" cert="low">Dulles</persName> met.')
    run("names", "reject", "--document", "tagged", "--words", "Dulles", "--entry", "allen-dulles", cwd=edition)
    assert '<persName ref="registers/persons.xml#foster-dulles" resp="#editio" cert="low">Dulles' in path.read_text()
    assert "says already" in run("names", "apply", cwd=edition).stdout
    run("names", "reject", "--document", "tagged", "--words", "Dulles", "--entry", "foster-dulles", cwd=edition)
    assert "brothers Dulles met" in path.read_text()


EVENTS = (
    PERSONS.replace("listPerson", "listEvent")
    .replace(
        "<standOff><listEvent>",
        '<standOff><listEvent>\n<event xml:id="geneva" when="1955"><label>Geneva Summit</label></event>\n<!--',
    )
    .replace("</listEvent></standOff>", "--></listEvent></standOff>")
)


def test_an_accepted_event_is_a_name_of_that_type(edition: Path, run: Run) -> None:
    (edition / "tei/registers/events.xml").write_text(EVENTS)
    path = tagged(
        edition,
        'After the Geneva Summit, and the <name type="event" resp="#editio" cert="low">meeting of '
        '<persName resp="#editio" cert="low">Dulles</persName></name>.',
    )
    run("names", "accept", "--words", "Geneva Summit", cwd=edition)
    event = '<name type="event" ref="registers/events.xml#geneva" resp="#harriet-beecher-stowe">'
    assert f"{event}Geneva Summit</name>" in path.read_text()
    run("names", "accept", "--words", "Dulles", "--document", "tagged", "--entry", "geneva", cwd=edition)
    assert f"{event}Dulles</name>" in path.read_text(), "the element is that of the entry"
    run(
        "names",
        "accept",
        "--words",
        "Dulles",
        "--document",
        "tagged",
        "--entry",
        "allen-dulles",
        "--again",
        cwd=edition,
    )
    assert '<persName ref="registers/persons.xml#allen-dulles" resp="#harriet-beecher-stowe">D' in path.read_text()
    assert run("validate", cwd=edition).returncode == 0


def test_all_of_the_same_words_are_the_day_that_each_document_gives_them(edition: Path, run: Run) -> None:
    for name, year in (("first", 1958), ("second", 1961)):
        text = f"A Note\n\nWashington, 14 June {year}\n\nThey met on 12 May, and signed on 3 March 1950.\n"
        (edition / f"sources/{name}.txt").write_text(text)
    convert(edition)
    automatic = tei_of(edition)
    for words in ("12 May", "3 March 1950"):
        done = run("names", "accept", "--words", words, "--all-occurrences", cwd=edition)
        assert done.returncode == 0, done.stdout
    assert {line["exact"]: line.get("attributes") for line in lines_of(edition)} == {
        "12 May": None,
        "3 March 1950": {"when": "1950-03-03"},
    }
    decided = tei_of(edition)
    for name, year in (("first", "1958"), ("second", "1961")):
        assert f'<date when="{year}-05-12" resp="#harriet-beecher-stowe">12 May</date>'.encode() in decided[name]
        assert b'<date when="1950-03-03" resp="#harriet-beecher-stowe">3 March 1950' in decided[name]
    assert "says already" in run("names", "apply", cwd=edition).stdout
    assert set(convert(edition).values()) == {"unchanged"}
    (edition / "names/decisions.jsonl").unlink()
    convert(edition)
    assert tei_of(edition) == automatic
    run("names", "reject", "--words", "12 May", "--all-occurrences", cwd=edition)
    assert not any(b">12 May<" in data for data in tei_of(edition).values())
    assert set(convert(edition).values()) == {"unchanged"}


@pytest.mark.parametrize(
    ("header", "changes"),
    [
        ("", 3),
        ("<encodingDesc><p>Transcribed by hand.</p></encodingDesc>", 3),
        (
            "<encodingDesc><editorialDecl><p>Transcribed.</p></editorialDecl></encodingDesc>"
            '<revisionDesc><change when="2020-01-01">begun</change></revisionDesc>',
            4,
        ),
        ("<revisionDesc><list><item>begun</item></list></revisionDesc>", 0),
    ],
)
def test_two_editors_are_declared_once_in_any_header_and_converting_changes_no_byte(
    edition: Path, run: Run, header: str, changes: int
) -> None:
    source = TAGGED.format("On 8 December 1959 Eisenhower met John Foster Dulles.")
    own = re.sub(r"<encodingDesc>.*</encodingDesc>", header, source, flags=re.DOTALL).replace(' xml:id="tagged"', "")
    (edition / "sources/letter.xml").write_text(own)
    convert(edition)
    for words, by in (("Eisenhower", "Jane Addams"), ("8 December 1959", "Ida B. Wells")):
        run("names", "accept", "--words", words, "--by", by, "--on", "2026-11-27", "--all-occurrences", cwd=edition)
    run("names", "accept", "--document", "letter", "--by", "Ida B. Wells", "--on", "2026-11-27", "--all", cwd=edition)
    data = tei_of(edition)["letter"]
    assert b' resp="#editio" ' not in data, "all of it is the editors'"
    counted = [data.count(each) for each in (b"<respStmt", b"<change", b'n="names"', b'xml:id="editio"')]
    assert counted == [3, changes, 1, 1]
    assert convert(edition)["letter"] == "unchanged"
    assert tei_of(edition)["letter"] == data
    assert run("validate", cwd=edition).returncode == 0


# --- suggestions as web annotations -----------------------------------------------------------------


def test_suggestions_are_web_annotations(edition: Path, run: Run) -> None:
    run("names", "suggest", "--all", cwd=edition)
    page = json.loads((edition / "names/suggestions/memorandum.json").read_text())
    assert violations(page) == []
    dulles = next(one for one in page["items"] if one["target"]["selector"][0]["exact"] == "Dulles")
    assert [body["purpose"] for body in dulles["body"]] == ["classifying", "linking", "linking"]
    text = fold(passage_of(tei.parse(tei_of(edition)["memorandum"]), "text").text).text
    for item in page["items"]:
        words, where = item["target"]["selector"]
        if item["target"]["editio:part"] == "text":
            assert text[where["start"] : where["end"]] == words["exact"]
    source = edition / "names/suggestions" / dulles["target"]["source"]
    assert source.resolve() == (edition / "tei/memorandum.xml").resolve()
    register, _, id = dulles["body"][1]["source"].partition("#")
    assert (edition / "names/suggestions" / register).is_file() and id == "allen-dulles"


def test_the_same_suggestions_are_the_same_bytes_and_decided_ones_are_gone(edition: Path, run: Run) -> None:
    run("names", "suggest", cwd=edition)
    path = edition / "names/suggestions/minutes.json"
    first = path.read_bytes()
    run("names", "suggest", cwd=edition)
    assert path.read_bytes() == first
    run("names", "accept", "--words", "Dulles", "--entry", "allen-dulles", "--document", "minutes", cwd=edition)
    run("names", "suggest", cwd=edition)
    assert not path.exists()


def violations(page: dict[str, object]) -> list[str]:
    """Where a page breaks a MUST of the Web Annotation Data Model (Recommendation of 23 February 2017)."""
    found: list[str] = []

    def must(holds: bool, what: str) -> None:
        if not holds:
            found.append(what)

    def iri(value: object) -> bool:
        return isinstance(value, str) and bool(value) and not re.search(r"[\s<>\"{}|\\^`]", value)

    contexts = page.get("@context")
    must("http://www.w3.org/ns/anno.jsonld" in (contexts if isinstance(contexts, list) else [contexts]), "5.2 @context")
    must(iri(page.get("id")), "5.2 a page has an IRI")
    must(page.get("type") == "AnnotationPage", "5.2 the class of a page")
    items = page.get("items")
    assert isinstance(items, list)
    must(isinstance(items, list), "5.2 a page has its annotations in items, an array")
    must(isinstance(page.get("startIndex", 0), int), "5.2 startIndex is a non-negative integer")
    ids = [item["id"] for item in items]
    must(len(ids) == len(set(ids)), "3.1 one IRI for each annotation")
    for item in items:
        must(iri(item.get("id")), "3.1 an annotation has exactly one IRI")
        must("Annotation" in (item["type"] if isinstance(item["type"], list) else [item["type"]]), "3.1 the class")
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        must(len(targets) >= 1, "3.1 one or more targets")
        must(not isinstance(item["creator"].get("id"), list), "3.3.1 an agent has at most one IRI")
        for resource in [*item["body"], *targets]:
            if resource["type"] == "TextualBody":
                must(isinstance(resource.get("value"), str), "3.2.4 a textual body has exactly one value")
                must(not isinstance(resource.get("format"), list), "3.2.4 at most one format")
            else:
                must(iri(resource.get("source")), "4 a specific resource has exactly one source")
        for target in targets:
            for selector in target["selector"]:
                if selector["type"] == "TextQuoteSelector":
                    must(isinstance(selector.get("exact"), str), "4.2.4 exactly one exact")
                    must(all(isinstance(selector.get(k, ""), str) for k in ("prefix", "suffix")), "4.2.4 at most one")
                else:
                    must(selector["type"] == "TextPositionSelector", "4.2 a class of selector")
                    numbers = (selector.get("start"), selector.get("end"))
                    must(all(isinstance(n, int) and n >= 0 for n in numbers), "4.2.5 start and end, not negative")
    return found


# --- the file of decisions --------------------------------------------------------------------------

LINE = '{"document": "minutes", "exact": "Eisenhower", "verdict": "reject"}'


def written(root: Path, text: str | bytes) -> Path:
    path = root / "names/decisions.jsonl"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "the line is not JSON"),
        ("[]", "the line is not a JSON object"),
        ('{"verdict": "reject", "scope": "edition"}', "no “exact”"),
        ('{"exact": "Dulles", "verdict": "yes", "scope": "edition"}', "“verdict” is “yes”"),
        ('{"exact": "Dulles", "verdict": "reject"}', "no “document”"),
        ('{"exact": "Dulles", "verdict": "accept", "scope": "edition"}', "no “element”"),
        ('{"exact": "Dulles", "verdict": "reject", "scope": "world"}', "“scope” is “world”"),
        ('{"exact": "Dulles", "verdict": "reject", "scope": "edition", "at": "1"}', "“at” is not a whole number"),
        ('{"exact": 7, "verdict": "reject"}', "“exact” is not a string"),
        ('{"exact": "Dulles", "verdict": "reject", "scope": "edition", "on": "yesterday"}', "“on” is “yesterday”"),
        (
            '{"exact": "Dulles", "verdict": "accept", "scope": "edition", "element": "div"}',
            "“div”, which names nothing",
        ),
        ('{"exact": "Dulles", "verdict": "reject", "scope": "edition", "by": "\\u0000"}', "XML does not allow"),
        (
            '{"exact": "Dulles", "verdict": "reject", "scope": "edition", "attributes": {"xml:id": "a"}}',
            "“xml:id” is not an attribute",
        ),
        ("[" * 100_000, "the line is not JSON"),
        (b"\xff\xfe", "the line is not UTF-8"),
    ],
)
def test_a_line_that_is_no_decision_is_named_and_the_file_not_written(
    edition: Path, line: str | bytes, message: str
) -> None:
    data = LINE.encode() + b"\n" + (line if isinstance(line, bytes) else line.encode()) + b"\n"
    path = written(edition, data)
    report = Report(edition)
    now = opened(edition, report)
    assert [(one.location.line, one.code.name) for one in report] == [(2, "malformed-decision")]
    assert message in next(iter(report)).message
    assert len(now.decisions.all) == 1, "the other line counts"
    session.record(now, [Decision(Quote("Paris"), "reject", "edition")], Report(edition))
    assert path.read_bytes() == data


def test_accepting_with_a_malformed_file_ends_with_its_line(edition: Path, run: Run) -> None:
    written(edition, "{\n")
    done = run("names", "accept", "--words", "Eisenhower", cwd=edition)
    assert done.returncode == 1 and "names/decisions.jsonl:1: error" in done.stdout
    assert (edition / "names/decisions.jsonl").read_text() == "{\n"


@pytest.mark.parametrize("setting", ["decisions", "suggestions"])
def test_a_setting_that_names_no_file_is_refused(edition: Path, run: Run, setting: str) -> None:
    (edition / "edition.toml").write_text(f'[edition]\ntitle = "Talks"\n\n[names]\n{setting} = "."\n')
    done = run("names", "suggest", cwd=edition)
    assert done.returncode == 1 and "names no file or folder" in done.stdout


def test_a_decision_by_nobody_names_nobody(edition: Path) -> None:
    line = {"document": "minutes", "exact": "Paris", "verdict": "accept", "element": "placeName"}
    written(edition, json.dumps(line) + "\n")
    report = Report(edition)
    assert [one.file for one in session.carry_out(opened(edition), report)] == ["tei/minutes.xml"]
    assert b"<placeName>Paris</placeName>" in tei_of(edition)["minutes"]
    assert list(session.carry_out(opened(edition), report)) == []
    assert convert(edition)["minutes"] == "unchanged"


def test_decisions_with_files_and_settings_of_its_own(edition: Path, run: Run) -> None:
    (edition / "edition.toml").write_text(
        '[edition]\ntitle = "Talks"\n\n[names]\neditor = "Dorothea Dix"\n'
        'decisions = "decided.jsonl"\nsuggestions = "open"\n'
    )
    run("names", "suggest", cwd=edition)
    page = json.loads((edition / "open/minutes.json").read_text())
    assert (edition / "open" / page["items"][0]["target"]["source"]).resolve() == edition / "tei/minutes.xml"
    run("names", "reject", "--words", "Eisenhower", cwd=edition)
    assert "Dorothea Dix" in (edition / "decided.jsonl").read_text()


def test_keys_that_editio_does_not_know_are_kept(edition: Path) -> None:
    line = (
        '{"exact": "Paris", "scope": "edition", "verdict": "reject", "why": "the city is meant nowhere", "seen": [1]}'
    )
    path = written(edition, line + "\n")
    session.record(opened(edition), [Decision(Quote("Geneva"), "reject", "edition")], Report(edition))
    kept = next(one for one in lines_of(edition) if one["exact"] == "Paris")
    assert kept["why"] == "the city is meant nowhere" and kept["seen"] == [1]
    assert path.read_text().count("\n") == 2


def test_decisions_are_faulty_in_themselves(edition: Path) -> None:
    lines = [
        {"document": "minutes", "exact": "Kennan", "prefix": "then Mr. ", "suffix": " spoke", "verdict": "reject"},
        {"document": "protocol", "exact": "Dulles", "verdict": "reject"},
        {"scope": "edition", "exact": "Paris", "verdict": "accept", "element": "placeName", "entry": "paris"},
        {"document": "minutes", "exact": "Eisenhower", "verdict": "reject"},
        {
            "document": "minutes",
            "exact": "Eisenhower",
            "verdict": "accept",
            "element": "persName",
            "entry": "eisenhower",
        },
        {"scope": "edition", "exact": "Dulles", "verdict": "accept", "element": "persName", "entry": "allen-dulles"},
        {"scope": "edition", "exact": "Dulles", "verdict": "accept", "element": "persName", "entry": "foster-dulles"},
    ]
    before = written(edition, "".join(json.dumps(line) + "\n" for line in lines)).read_bytes()
    report = Report(edition)
    now = opened(edition, report)
    report_faults(session.documents_of(now, (), report), now, report)
    found = [(one.location.line, one.code.name) for one in report]
    assert found == [
        (1, "lost-decision"),
        (2, "unknown-in-decision"),
        (3, "unknown-in-decision"),
        (5, "contradicting-decisions"),
        (7, "contradicting-decisions"),
    ]
    assert "lines 4 and 5" in next(one.message for one in report if one.location.line == 5)
    assert list(session.carry_out(now, report)) == [], "none of them counts"
    assert (edition / "names/decisions.jsonl").read_bytes() == before


def test_a_lost_decision_is_a_warning_of_validate_and_stays(edition: Path, run: Run) -> None:
    run("names", "reject", "--words", "Eisenhower", "--document", "minutes", cwd=edition)
    (edition / "sources/minutes.txt").write_text(MINUTES.replace("and Eisenhower thanked him", "who was thanked"))
    convert(edition)
    done = run("validate", cwd=edition)
    assert done.returncode == 0
    assert "names/decisions.jsonl:1: warning: “Eisenhower” no longer stands in minutes" in done.stdout
    assert len(lines_of(edition)) == 1


def test_a_document_that_is_not_well_formed_is_named_and_the_others_go_on(edition: Path, run: Run) -> None:
    (edition / "tei/minutes.xml").write_text("<TEI>")
    done = run("names", "reject", "--words", "Eisenhower", cwd=edition)
    assert done.returncode == 1 and "tei/minutes.xml:1" in done.stdout
    suggested = run("names", "suggest", cwd=edition)
    assert "tei/memorandum.xml" in suggested.stdout and "malformed-tei" in suggested.stdout


def test_a_folder_that_cannot_be_written_is_named(edition: Path, run: Run) -> None:
    (edition / "names").write_text("a file is in the way")
    done = run("names", "reject", "--words", "Eisenhower", cwd=edition)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "names" in done.stdout


def test_the_file_is_sorted_and_the_same_whoever_writes_it(edition: Path) -> None:
    some = [
        Decision(Quote(words, at=at), "reject", document=document)
        for words, at, document in (("Paris", 40, "minutes"), ("Dulles", 90, "minutes"), ("Dulles", 7, "memorandum"))
    ]
    path, other = edition / "names/decisions.jsonl", edition / "names/other.jsonl"
    change_decisions(path, lambda old: some, Report(edition))
    change_decisions(other, lambda old: reversed(some), Report(edition))
    data = path.read_bytes()
    assert data == other.read_bytes()
    change_decisions(path, lambda old: old, Report(edition))
    assert path.read_bytes() == data


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_git_merges_what_two_editors_decided(tmp_path: Path, run: Run) -> None:
    run("init", "letters")
    root = tmp_path / "letters"
    assert "names/decisions.jsonl merge=union" in (root / ".gitattributes").read_text()

    def git(*arguments: str) -> subprocess.CompletedProcess[str]:
        own = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "init.defaultBranch=main")
        return subprocess.run(["git", *own, *arguments], cwd=root, capture_output=True, text=True, check=False)

    def decide(words: str) -> None:
        path = root / "names/decisions.jsonl"
        new = Decision(Quote(words), "reject", "edition", by="Harriet Beecher Stowe", on="2026-11-27")
        change_decisions(path, lambda old: [*old, new], Report(root))
        git("add", "-A")
        git("commit", "-m", words)

    git("init")
    decide("Concord")
    git("checkout", "-b", "hers")
    decide("Boston")
    git("checkout", "main")
    decide("Walden")
    merged = git("merge", "hers", "-m", "both")
    assert merged.returncode == 0, merged.stdout + merged.stderr
    found = read_decisions(root / "names/decisions.jsonl", Report(root))
    assert sorted(one.quote.exact for one in found.all) == ["Boston", "Concord", "Walden"]


# --- quotations -------------------------------------------------------------------------------------

TEXT = "We were encamped near Concord.\n\nThe mill at Concord stood  still; from Concord\nwe went on to Lincoln."


def placed(text: str, quoted: Quote) -> int | None:
    return find_quotes(fold(text).text, [quoted]).get(quoted)


@pytest.mark.parametrize("start", [match.start() for match in re.finditer("Concord", TEXT)])
@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text,
        lambda text: "In the spring of that year, long ago, all was otherwise.\n\n" + text,
        lambda text: re.sub(r"\s+", "\n", text),
        lambda text: text.replace("encamped", "camped").replace("stood", "was standing").replace("went on", "walked"),
    ],
)
def test_a_place_is_found_again(start: int, edit: Callable[[str], str]) -> None:
    quoted = quote(TEXT, start, start + len("Concord"))
    number = [match.start() for match in re.finditer("Concord", TEXT)].index(start)
    now = fold(edit(TEXT)).text
    assert placed(edit(TEXT), quoted) == [match.start() for match in re.finditer("Concord", now)][number]


def test_a_place_whose_sentence_is_gone_is_not_taken_for_another() -> None:
    quoted = quote(TEXT, TEXT.index("Concord"), TEXT.index("Concord") + 7)
    assert placed("After breakfast everybody looked for Concord, which none of us knew at all.", quoted) is None
    assert placed("Nothing of it is left.", quoted) is None


def test_two_quotations_never_take_the_same_place() -> None:
    words = "Sir, no. Sir, no. Sir, no."
    quotes = [quote(words, at, at + 3) for at in (0, 9, 18)]
    found = find_quotes(fold("Well: " + words).text, quotes)
    assert sorted(found.values()) == [6, 15, 24]


def test_words_of_scripts_without_spaces_are_found() -> None:
    text = "我昨天在北京見到毛澤東先生。"
    at = text.index("毛澤東")
    assert placed("那時" + text, quote(text, at, at + 3)) == at + 2


def test_a_word_is_not_found_inside_a_longer_one() -> None:
    quoted = Quote("Lincoln", "we went on to ", ".")
    assert placed("we went on to Lincolnshire.", quoted) is None


# --- properties -------------------------------------------------------------------------------------

WORDS = st.sampled_from(["Dulles", "Allen Dulles", "Eisenhower", "the", "Paris", "met", "Mr.", "1959", "ὁ", "北京"])
SPACES = st.sampled_from(
    [" ", "  ", "\n", " <lb/>", " <hi rend='italic'>and</hi> ", " <note>Dulles</note> ", " <!-- x --> "]
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    paragraphs = draw(st.lists(st.lists(st.tuples(WORDS, SPACES), min_size=1, max_size=12), min_size=1, max_size=4))
    body = "".join(f"<p>{''.join(word + space for word, space in paragraph)}</p>\n" for paragraph in paragraphs)
    return (
        f'<TEI xmlns="{tei.NS}" xml:id="d"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>'
        f"<publicationStmt><p>u</p></publicationStmt><sourceDesc><p>s</p></sourceDesc></fileDesc></teiHeader>"
        f"<text><body>{body}</body></text></TEI>"
    )


def edition_with(*some: Decision) -> Edition:
    register = Document("persons", "tei/registers/persons.xml", tei.parse(PERSONS.encode()))
    entries = registers.entries((register,), Report())
    return Edition(Path(), of_folder("Talks"), entries, (register,), Decisions(some))


@st.composite
def decided(draw: st.DrawFn) -> tuple[str, list[Decision]]:
    """A document, and any decisions about places of its words."""
    source = draw(documents())
    text = passage_of(tei.parse(source.encode()), "text").text
    spans = [match.span() for match in re.finditer(r"\S+(?: \S+)?", text)]
    found: list[Decision] = []
    for start, end in draw(st.lists(st.sampled_from(spans), max_size=8)):
        quoted = quote(text, start, end)
        scope = draw(st.sampled_from(["place", "place", "document", "edition"]))
        verdict = draw(st.sampled_from(["accept", "accept", "reject", "open"]))
        element = draw(st.sampled_from(["persName", "placeName", "orgName"]))
        entry = draw(st.sampled_from(["", "eisenhower"])) if verdict != "open" else ""
        wide = scope != "place"
        place = Quote(quoted.exact) if wide else quoted
        document = "" if scope == "edition" else "d"
        found.append(Decision(place, verdict, scope, document, element, entry, by=ANNA.by, on=ANNA.on))
    return source, found


@settings(max_examples=150, deadline=None)
@given(decided())
def test_no_decisions_change_the_text_and_applying_them_again_changes_nothing(case: tuple[str, list[Decision]]) -> None:
    source, some = case
    edition = edition_with(*with_decisions((), some))
    root = tei.parse(source.encode())
    text = tei.text_of(tei.part(root, "text"))
    apply_decisions(root, "d", edition)
    data = tei.serialise_as_it_is(root)
    again = tei.parse(data)
    assert tei.text_of(tei.part(again, "text")) == text
    apply_decisions(again, "d", edition)
    assert tei.serialise_as_it_is(again) == data


@settings(max_examples=150, deadline=None)
@given(decided())
def test_a_decision_reads_back_as_it_was_written(case: tuple[str, list[Decision]]) -> None:
    for one in case[1]:
        assert replace(parse_line(written_line(one)), line=0) == one


@settings(max_examples=150, deadline=None)
@given(documents(), st.data())
def test_a_quotation_survives_edits_elsewhere(source: str, data: st.DataObject) -> None:
    text = passage_of(tei.parse(source.encode()), "text").text
    words = [match.span() for match in re.finditer(r"\S+", text)]
    start, end = data.draw(st.sampled_from(words))
    quoted = quote(text, start, end)
    before = data.draw(st.sampled_from(["", "Some days ago, as they say,\n", "x " * 200]))
    behind = data.draw(st.sampled_from(["", "\n\nand so they left."]))
    spaced = re.sub(r"\s+", data.draw(st.sampled_from([" ", "\n", "\n\t"])), text)
    now = fold(before + spaced + behind).text
    found = placed(now, quoted)
    assert found is not None and now[found:].startswith(quoted.exact)


def test_an_unknown_document_is_not_said_to_have_nothing_to_decide(edition: Path, run: Run) -> None:
    done = run("names", "suggest", "memorandom", cwd=edition)
    assert done.returncode == 1 and "did you mean “memorandum”?" in done.stdout
    assert "nothing to decide" not in done.stdout
