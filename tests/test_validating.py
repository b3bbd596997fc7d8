"""The stage that validates: which schema a document is held against, in projects of ours and of others."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from weakref import WeakSet

import pytest
from click.testing import CliRunner
from conftest import EDITIO

from editio import documents, opening, registry, validate
from editio.cli import main
from editio.diagnostics import Report
from editio.documents import Shelf, read_documents
from editio.model import Document, Edition
from editio.registry import CheckEntry, Finding
from editio.validating import schemas
from editio.validating.criteria import criteria_of
from editio.validating.workers import Work, examine_all

NS = "http://www.tei-c.org/ns/1.0"
GRAMMAR = f"""<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="{NS}"
 datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
<start><element name="letter"><oneOrMore><choice><element name="line"><text/></element>
<element name="date"><attribute name="when"><data type="date"/></attribute></element></choice></oneOrMore></element></start>
</grammar>"""
COMPACT = f'default namespace = "{NS}"\nstart = element letter {{ element line {{ text }}+ }}\n'
GOOD = f'<letter xmlns="{NS}">\n<line>Dear Friend,</line>\n</letter>\n'
BAD = f'<letter xmlns="{NS}">\n<line>Dear Friend,</line>\n  <lime>a</lime>\n</letter>\n'


class Ran:
    """What a run of “editio validate” ended with: exit code and diagnostics; the rest of what it printed."""

    def __init__(self, *arguments: str | Path, cwd: Path) -> None:
        with chdir(cwd):
            done = CliRunner().invoke(
                main, ["validate", "--format", "json", *map(str, arguments)], catch_exceptions=False
            )
        self.code, self.said = done.exit_code, done.stderr
        self.found = json.loads(done.stdout)["diagnostics"] if done.stdout else []

    @property
    def short(self) -> list[tuple[str, int, str]]:
        return [(one["file"], one["line"], one["code"]) for one in self.found]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A project of somebody else: schemas, a sound letter and a faulty one in folders, and no edition.toml."""
    folder = tmp_path / "corpus"
    (folder / "letters/1860").mkdir(parents=True)
    (folder / "schema").mkdir()
    (folder / "schema/letter.rng").write_text(GRAMMAR)
    (folder / "schema/letter.rnc").write_text(COMPACT)
    (folder / "letters/good.xml").write_text(GOOD)
    (folder / "letters/1860/bad.xml").write_text(BAD)
    return folder


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's cache folder, in which the tests leave nothing else."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/editio"


# --- documents of others ------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["rng", "rnc"])
@pytest.mark.parametrize("named", ["letters", "letters/**/*.xml", "letters/1860/bad.xml"])
def test_a_foreign_project_needs_no_settings(corpus: Path, named: str, ending: str) -> None:
    ran = Ran(named, "--schema", f"schema/letter.{ending}", cwd=corpus)
    assert ran.code == 1 and ran.short == [("letters/1860/bad.xml", 3, "unknown-element")]
    assert ran.found[0]["column"] == 3 and "line" in ran.found[0]["message"] and ran.found[0]["hint"]


@pytest.mark.parametrize(
    ("ending", "words", "cure"),
    [
        ("dtd", "DTD", ".rng"),
        ("xsd", "XML Schema", ".rng"),
        ("odd", "ODD", "Roma"),
        ("sch", "Schematron", "--schematron"),
    ],
)
def test_a_schema_in_another_language_is_told_what_it_is(corpus: Path, ending: str, words: str, cure: str) -> None:
    (corpus / f"schema/letter.{ending}").write_text("<!ELEMENT letter ANY>" if ending == "dtd" else "<schema/>")
    ran = Ran("letters", "--schema", f"schema/letter.{ending}", cwd=corpus)
    assert ran.code == 1 and [one[2] for one in ran.short] == ["unusable-schema"]
    assert words in ran.found[0]["message"] and cure in ran.found[0]["hint"]


def test_files_may_be_named_from_anywhere(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    ran = Ran(corpus / "letters", "--schema", "../corpus/schema/letter.rng", cwd=tmp_path / "elsewhere")
    assert ran.short == [(str(corpus / "letters/1860/bad.xml"), 3, "unknown-element")]


def test_a_file_named_twice_is_looked_at_once(corpus: Path) -> None:
    ran = Ran("letters", "letters/good.xml", "--schema", "schema/letter.rng", cwd=corpus)
    assert "2 files checked" in ran.said


def test_what_begins_with_a_dot_is_not_looked_for_in_folders(corpus: Path) -> None:
    (corpus / "letters/.old").mkdir()
    (corpus / "letters/.old/bad.xml").write_text(BAD)
    ran = Ran("letters/good.xml", "letters", "--schema", "schema/letter.rng", cwd=corpus)
    assert [file for file, _, _ in ran.short] == ["letters/1860/bad.xml"]


@pytest.mark.parametrize("named", ["nowhere.xml", "schema", "letters/*.odd"])
def test_a_name_that_means_no_file_is_wrong_use(corpus: Path, named: str) -> None:
    with chdir(corpus):
        done = CliRunner().invoke(main, ["validate", named])
    assert done.exit_code == 2 and named in done.stderr


def test_without_a_schema_that_is_said_once(corpus: Path) -> None:
    ran = Ran("letters", cwd=corpus)
    assert ran.code == 0 and [code for _, _, code in ran.short] == ["no-schema"]
    assert "2 documents" in ran.found[0]["message"]


# --- xml-model ----------------------------------------------------------------------------------


def model(href: str, more: str = "") -> str:
    return f'<?xml version="1.0"?>\n<?xml-model href="{href}" {more}?>\n'


PENS = 'schematypens="http://relaxng.org/ns/structure/1.0"'


@pytest.mark.parametrize(
    ("href", "more"),
    [
        ("../../schema/letter.rng", f'type="application/xml" {PENS}'),
        ("../../schema/letter.rnc", 'type="application/relax-ng-compact-syntax"'),
        ("../../schema/letter.rng", ""),
        ("../../schema/letter.rnc", ""),
        ("../../schema/%6cetter.rng", PENS),
    ],
)
def test_the_schema_that_a_document_names_counts(corpus: Path, href: str, more: str) -> None:
    (corpus / "letters/1860/bad.xml").write_text(model(href, more) + BAD)
    ran = Ran("letters/1860", cwd=corpus)
    assert ran.short == [("letters/1860/bad.xml", 5, "unknown-element")]


def test_an_address_in_the_network_is_said_once_for_many_documents(corpus: Path) -> None:
    for number in range(3):
        (corpus / f"letters/{number}.xml").write_text(model("http://127.0.0.1:9/a.rng", PENS) + GOOD)
    ran = Ran(*(f"letters/{number}.xml" for number in range(3)), cwd=corpus)
    assert sorted(code for _, _, code in ran.short) == ["no-schema", "unread-model"]
    assert ("letters/0.xml", 2, "unread-model") in ran.short


@pytest.mark.parametrize("href", ["../../../outside.rng", "/etc/hostname", "nowhere.rng", "link.rng", "%00"])
def test_a_schema_outside_the_project_is_not_read(corpus: Path, tmp_path: Path, href: str) -> None:
    (tmp_path / "outside.rng").write_text(GRAMMAR)
    (corpus / "letters/1860/link.rng").symlink_to(tmp_path / "outside.rng")
    (corpus / "letters/1860/bad.xml").write_text(model(href, PENS) + BAD)
    ran = Ran("letters/1860", cwd=corpus)
    assert ("letters/1860/bad.xml", 2, "missing-model") in ran.short
    assert "unknown-element" not in [code for _, _, code in ran.short]


def test_a_malformed_schema_is_named_with_its_line_and_the_documents_are_looked_at(corpus: Path) -> None:
    (corpus / "schema/letter.rng").write_text(GRAMMAR.replace("</start>", "</strat>"))
    (corpus / "letters/good.xml").write_text(
        model("../schema/letter.rng") + GOOD.replace(">Dear", " xml:id='a' n='1'><x xml:id='a'/>Dear")
    )
    ran = Ran("letters/good.xml", cwd=corpus)
    assert ("schema/letter.rng", 4, "unusable-schema") in ran.short
    assert ("letters/good.xml", 4, "duplicate-id") in ran.short


def test_what_the_command_line_names_goes_before_what_the_document_names(corpus: Path) -> None:
    (corpus / "letters/good.xml").write_text(model("nowhere.rng") + GOOD)
    assert Ran("letters/good.xml", "--schema", "schema/letter.rnc", cwd=corpus).found == []


# --- rules --------------------------------------------------------------------------------------

RULES = f"""<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3" defaultPhase="strict">
<ns prefix="l" uri="{NS}"/>
<phase id="strict"><active pattern="p"/></phase><phase id="mild"><active pattern="q"/></phase>
<pattern id="p"><rule context="l:line">
<assert test="ends-with(., '.')" id="stop">a line ends with a full stop</assert></rule></pattern>
<pattern id="q"><rule context="l:line">
<assert test="doc(resolve-uri('good.xml', base-uri(/)))/l:letter" role="warning" id="letter">it is here</assert></rule></pattern>
</schema>"""


def test_rules_of_the_command_line_are_asked_of_every_document(corpus: Path) -> None:
    (corpus / "rules.sch").write_text(RULES)
    ran = Ran("letters", "--schematron", "rules.sch", "--schema", "schema/letter.rng", cwd=corpus)
    assert ran.short == [
        ("letters/1860/bad.xml", 2, "broken-rule"),
        ("letters/1860/bad.xml", 3, "unknown-element"),
        ("letters/good.xml", 2, "broken-rule"),
    ]
    assert ran.found[0]["column"] == 1 and ran.found[0]["stage"] == "schematron"
    ran = Ran(
        "letters/good.xml", "--schematron", "rules.sch", "--phase", "mild", "--schema", "schema/letter.rng", cwd=corpus
    )
    assert ran.found == []


def test_what_rules_say_is_written_as_svrl_for_each_document(corpus: Path, tmp_path: Path) -> None:
    (corpus / "rules.sch").write_text(RULES)
    Ran("letters", "--schematron", "rules.sch", "--svrl", tmp_path / "svrl", cwd=corpus)
    written = {path.relative_to(tmp_path / "svrl").as_posix(): path for path in (tmp_path / "svrl").rglob("*.svrl")}
    assert sorted(written) == ["letters/1860/bad.xml.rules.svrl", "letters/good.xml.rules.svrl"]
    told = written["letters/good.xml.rules.svrl"].read_text(encoding="utf-8")
    assert told.count("<svrl:failed-assert") == 1 and 'id="stop"' in told and "letters/good.xml" in told


def test_rules_of_the_settings_are_asked_in_their_phase(corpus: Path) -> None:
    (corpus / "rules.sch").write_text(RULES)
    settings = '[edition]\ntitle = "L"\n[convert]\ntei = "letters"\n[validate]\nschema = "schema/letter.rnc"\n'
    (corpus / "edition.toml").write_text(settings + 'schematron = ["rules.sch"]\n')
    assert Ran(cwd=corpus).short == [("letters/good.xml", 2, "broken-rule")]
    (corpus / "edition.toml").write_text(settings + 'schematron = ["rules.sch"]\nphase = "mild"\n')
    assert Ran(cwd=corpus).found == []


def test_rules_that_a_document_names_are_asked_of_it(corpus: Path) -> None:
    (corpus / "rules.sch").write_text(RULES)
    named = model("../rules.sch", 'schematypens="http://purl.oclc.org/dsdl/schematron" phase="strict"')
    (corpus / "letters/good.xml").write_text(named + GOOD)
    ran = Ran("letters/good.xml", "--schema", "schema/letter.rnc", cwd=corpus)
    assert ran.short == [("letters/good.xml", 4, "broken-rule")]


def test_malformed_rules_are_named_once_with_their_line_and_all_else_is_looked_at(corpus: Path) -> None:
    (corpus / "rules.sch").write_text(RULES.replace("</pattern>", "</patern>", 1))
    ran = Ran("letters", "--schematron", "rules.sch", "--schema", "schema/letter.rng", cwd=corpus)
    assert ran.short == [("letters/1860/bad.xml", 3, "unknown-element"), ("rules.sch", 5, "unusable-schematron")]


def test_a_file_without_rules_is_no_gate(corpus: Path) -> None:
    ran = Ran("letters/good.xml", "--schematron", "schema/letter.rng", "--schema", "schema/letter.rng", cwd=corpus)
    assert ran.code == 1 and ("schema/letter.rng", 1, "unusable-schematron") in ran.short


@pytest.mark.parametrize("phase", [["--phase", "strict"], ["--phase", "nix", "--schema", "schema/letter.rng"]])
def test_a_phase_of_no_rules_is_wrong_use(corpus: Path, phase: list[str]) -> None:
    with chdir(corpus):
        done = CliRunner().invoke(main, ["validate", "letters", *phase])
    assert done.exit_code == 2 and "--phase" in done.stderr


def test_settings_that_name_rules_outside_or_nowhere_are_reported(corpus: Path) -> None:
    settings = '[edition]\ntitle = "L"\n[validate]\nschematron = ["{}"]\n'
    (corpus / "edition.toml").write_text(settings.format("../rules.sch"))
    assert Ran(cwd=corpus).short == [("edition.toml", 4, "malformed-settings")]
    (corpus / "edition.toml").write_text(settings.format("rules.sch"))
    assert ("edition.toml", 4, "missing-folder") in Ran(cwd=corpus).short


# --- editions -----------------------------------------------------------------------------------


def test_the_schema_of_the_settings_goes_before_that_of_the_document(corpus: Path) -> None:
    (corpus / "edition.toml").write_text(
        '[edition]\ntitle = "L"\n[convert]\ntei = "letters"\n[validate]\nschema = "schema/letter.rnc"\n'
    )
    (corpus / "letters/other.xml").write_text(model("nowhere.rng") + BAD)
    assert Ran(cwd=corpus).short == [("letters/other.xml", 5, "unknown-element")]
    assert list((corpus / ".editio/cache").iterdir())


def test_a_document_of_an_edition_that_names_no_schema_is_held_against_the_profile(project: Path) -> None:
    (project / "tei").mkdir()
    (project / "tei/a.xml").write_text(BAD)
    assert [code for _, _, code in Ran(cwd=project).short] == ["misplaced-element"] or Ran(cwd=project).code == 1


# --- the cache ----------------------------------------------------------------------------------


def test_a_changed_schema_is_loaded_anew(corpus: Path) -> None:
    assert Ran("letters/good.xml", "--schema", "schema/letter.rnc", cwd=corpus).code == 0
    (corpus / "schema/letter.rnc").write_text(COMPACT.replace("line", "row"))
    assert Ran("letters/good.xml", "--schema", "schema/letter.rnc", cwd=corpus).code == 1


def test_a_changed_file_that_a_schema_includes_is_loaded_anew(corpus: Path) -> None:
    whole = corpus / "schema/whole.rng"
    whole.write_text('<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="letter.rng"/></grammar>')
    assert Ran("letters/good.xml", "--schema", whole, cwd=corpus).code == 0
    (corpus / "schema/letter.rng").write_text(GRAMMAR.replace('"line"', '"row"'))
    assert Ran("letters/good.xml", "--schema", whole, cwd=corpus).code == 1


def test_a_cache_that_cannot_be_written_is_done_without(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert schemas.cache_folder(corpus) is None
    assert Ran("letters", "--schema", "schema/letter.rng", cwd=corpus).code == 1


# --- bugs of ours -------------------------------------------------------------------------------


def test_a_check_that_breaks_off_is_said_to_be_our_bug_and_the_rest_goes_on(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(document: Document, edition: Edition) -> list[Finding]:
        raise KeyError("no such thing")

    registry.checks()
    entry = registry.CHECKS["duplicate-id"]
    monkeypatch.setitem(
        registry.CHECKS, "dangling-pointer", CheckEntry(registry.CHECKS["dangling-pointer"].code, broken)
    )
    assert entry.code.name == "duplicate-id"
    (corpus / "letters/good.xml").write_text(GOOD.replace("<line>", "<line xml:id='a'/><line xml:id='a'>"))
    ran = Ran("letters", "--schema", "schema/letter.rnc", cwd=corpus)
    assert ran.code == 1
    failed = [one for one in ran.found if one["code"] == "failed-check"]
    assert [one["file"] for one in failed] == ["letters/1860/bad.xml", "letters/good.xml"]
    assert all("dangling-pointer" in one["message"] for one in failed)
    assert {"unknown-element", "duplicate-id"} <= {code for _, _, code in ran.short}
    assert "Traceback" in ran.said and "no such thing" in ran.said


# --- worker processes ---------------------------------------------------------------------------


def many(corpus: Path, number: int) -> list[Path]:
    for at in range(number):
        (corpus / f"letters/{at:03}.xml").write_text(BAD if at % 7 == 3 else GOOD)
    return sorted((corpus / "letters").glob("*.xml"))


def work(corpus: Path, **limits: float) -> Work:
    report = Report(corpus)
    edition = opening.open_folder(corpus, report)
    criteria = criteria_of(edition, corpus / "schema/letter.rng")
    return Work(corpus, edition.settings, criteria, **limits)  # type: ignore[arg-type]


def test_many_files_are_looked_at_by_workers_with_the_same_result(corpus: Path) -> None:
    many(corpus, 40)
    one, two, auto = (
        Ran("letters", "--schema", "schema/letter.rng", *more, cwd=corpus) for more in (("-j1",), ("-j2",), ())
    )
    assert one.short == two.short == auto.short and len(one.short) == 7
    assert one.found == two.found == auto.found


def test_documents_that_take_too_long_are_named_and_the_run_ends(corpus: Path) -> None:
    paths = many(corpus, 5)
    found = list(examine_all(paths, work(corpus, seconds=0.0), 2))
    assert [[one.code.name for one in outcome.diagnostics] for outcome in found] == [["too-costly"]] * len(paths)


def test_a_worker_that_is_killed_names_its_document_and_the_others_are_looked_at(corpus: Path) -> None:
    paths = many(corpus, 12)
    big = corpus / "letters/005.xml"
    big.write_text(GOOD.replace("</letter>", "<line>a</line>" * 700_000 + "</letter>"))
    found = list(examine_all(paths, work(corpus, memory=150 * 2**20), 2))
    codes = {
        path.name: [one.code.name for one in outcome.diagnostics] for path, outcome in zip(paths, found, strict=True)
    }
    assert codes.pop("005.xml") == ["too-costly"]
    assert codes == {
        path.name: (["unknown-element"] if int(path.stem) % 7 == 3 else [])
        for path in paths
        if path.stem not in ("005", "good")
    } | {"good.xml": []}


def test_an_edition_is_looked_at_as_a_whole_also_when_workers_do_it(project: Path) -> None:
    subprocess.run([EDITIO, "convert"], cwd=project, check=True, capture_output=True)
    text = (project / "tei/letter.xml").read_text()
    (project / "tei/registers").mkdir()
    persons = text[: text.index("<text")] + "<standOff><listPerson><person xml:id='a'><persName>Ann</persName></person>"
    (project / "tei/registers/persons.xml").write_text(
        persons + "<person xml:id='b'><persName>Ann</persName></person></listPerson></standOff></TEI>"
    )
    alone, workers_ = Ran(cwd=project), Ran("-j2", cwd=project)
    assert alone.found == workers_.found and "same-name" in [code for _, _, code in alone.short]


class Watched(Shelf):
    """A shelf that counts how many of its documents are held at once, and how often it is gone through."""

    most, rounds = 0, 0

    def __iter__(self) -> Iterator[Document]:
        held: WeakSet[Document] = WeakSet()
        self.rounds += 1
        for path in self._paths:
            (document,) = read_documents((path,), Report(self._root))
            held.add(document)
            self.most = max(self.most, len(held))
            yield document


def test_an_edition_that_is_too_large_to_be_held_is_looked_at_one_document_after_the_other(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MOST_KEPT", 0)
    subprocess.run([EDITIO, "convert"], cwd=project, check=True, capture_output=True)
    text = (project / "tei/letter.xml").read_text()
    for number in range(20):
        id = f"letter-{number}"
        (project / f"tei/{id}.xml").write_text(text.replace('xml:id="letter"', f'xml:id="{id}"'))
    edition = opening.open_edition(project, Report(project))
    shelf = Watched(validate.files_of(edition), project)
    validate.validate_together(shelf, edition, Report(project))
    assert 0 < shelf.most <= 2  # the next is read while the one before is still at hand
    assert 0 < shelf.rounds <= 6


@pytest.mark.skipif(sys.platform != "linux", reason="it must be known when the first worker is there")
@pytest.mark.parametrize("after", [0.0, 0.3])
def test_an_interrupt_that_all_processes_hear_ends_them_without_a_traceback(corpus: Path, after: float) -> None:
    many(corpus, 400)
    command = [EDITIO, "validate", "letters", "--schema", "schema/letter.rng", "-j2"]
    process = subprocess.Popen(
        command, cwd=corpus, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while not children.read_text().split():
        time.sleep(0.01)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)
    said, errors = process.communicate(timeout=30)
    assert (said, errors.strip()) == ("", "Aborted!")


@pytest.mark.parametrize("name", ["schema/letter.rnc", "schema/letter.rng", "schema/letter.sch"])
def test_a_schema_given_as_a_document_is_told_for_what_it_is(corpus: Path, name: str) -> None:
    (corpus / "schema/letter.sch").write_text('<schema xmlns="http://purl.oclc.org/dsdl/schematron"/>')
    ran = Ran("letters", name, cwd=corpus)
    option = "--schematron" if name.endswith("sch") else "--schema"
    assert ran.code == 2 and f"not a document: editio validate {option} {name} FILES" in ran.said


def test_a_schema_in_xml_is_a_document_where_another_schema_judges_it(corpus: Path) -> None:
    assert Ran("schema/letter.rng", "--schema", "schema/letter.rnc", cwd=corpus).code == 1
    assert Ran("schema/letter.rnc", "--schema", "schema/letter.rng", cwd=corpus).code == 2


# --- registers ----------------------------------------------------------------------------------


def test_what_is_wrong_with_an_entry_is_told_once(tmp_path: Path) -> None:
    with chdir(tmp_path):
        assert CliRunner().invoke(main, ["init", "."]).exit_code == 0
    register = tmp_path / "tei/registers/persons.xml"
    plain = register.read_text(encoding="utf-8")
    register.write_text(plain.replace('xml:id="greeley"', 'xml:id="lincoln"'), encoding="utf-8")
    assert [one[2] for one in Ran(cwd=tmp_path).short if "duplicate" in one[2] or "entry" in one[2]][:1] == [
        "duplicate-id"
    ]
    assert "malformed-entry" not in [one[2] for one in Ran(cwd=tmp_path).short]
    name = '<persName type="main"><forename>Horace</forename> <surname>Greeley</surname></persName>\n'
    register.write_text(plain.replace(name, ""), encoding="utf-8")
    assert [one[2] for one in Ran(cwd=tmp_path).short] == ["malformed-entry"]
