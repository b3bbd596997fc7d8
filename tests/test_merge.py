"""TEI belongs to the editor: re-conversion never overwrites what she changed (promise 3)."""

from __future__ import annotations

from pathlib import Path

from conftest import Run

SOURCE = "sources/letter.txt"
TEI = "tei/letter.xml"
BASE = ".editio/base/letter.xml"
NEW = ".editio/new/letter.xml"


def convert(run: Run, project: Path, *options: str) -> str:
    done = run("convert", *options, cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_second_conversion_changes_nothing(run: Run, project: Path) -> None:
    assert "written" in convert(run, project)
    before = (project / TEI).read_bytes()
    assert "unchanged" in convert(run, project)
    assert (project / TEI).read_bytes() == before == (project / BASE).read_bytes()


def test_a_changed_source_rewrites_tei_that_nobody_edited(run: Run, project: Path) -> None:
    convert(run, project)
    edit(project / SOURCE, "Monday", "Tuesday")
    assert "written" in convert(run, project)
    assert "Tuesday" in (project / TEI).read_text()


def test_an_edit_stays_when_the_source_is_as_it_was(run: Run, project: Path) -> None:
    convert(run, project)
    edit(project / TEI, "Monday", "<emph>Monday</emph>")
    assert "kept (edited by hand)" in convert(run, project)
    assert "<emph>Monday</emph>" in (project / TEI).read_text()


def test_an_edit_stays_when_the_source_changes_too_and_both_sides_are_there(run: Run, project: Path) -> None:
    convert(run, project)
    edit(project / TEI, "Monday", "<emph>Monday</emph>")
    edit(project / SOURCE, "thank you", "thank you kindly")
    said = convert(run, project)
    assert "edited-and-changed" in said and f"{TEI}:" in said and NEW in said
    assert "<emph>Monday</emph>" in (project / TEI).read_text()
    assert "thank you kindly" in (project / NEW).read_text()


def test_a_settled_conflict_is_not_reported_again(run: Run, project: Path) -> None:
    convert(run, project)
    edit(project / TEI, "Monday", "<emph>Monday</emph>")
    edit(project / SOURCE, "thank you", "thank you kindly")
    convert(run, project)
    assert "letter.xml: settled" in convert(run, project, "--keep")
    said = convert(run, project)
    assert "edited-and-changed" not in said and "kept (edited by hand)" in said
    assert not (project / NEW).exists()


def test_a_tei_file_without_base_is_taken_for_the_editors(run: Run, project: Path) -> None:
    convert(run, project)
    edit(project / TEI, "Monday", "Sunday")
    (project / BASE).unlink()
    assert "edited-and-changed" in convert(run, project)
    assert "Sunday" in (project / TEI).read_text()


def test_a_name_added_to_the_register_is_marked_at_the_next_conversion(run: Run, project: Path) -> None:
    convert(run, project)
    (project / "tei/registers").mkdir()
    (project / "tei/registers/persons.xml").write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Persons</title></titleStmt>'
        "<publicationStmt><p>Here.</p></publicationStmt><sourceDesc><p>Known.</p></sourceDesc></fileDesc></teiHeader>"
        '<standOff><listPerson><person xml:id="thoreau"><persName><forename>Henry</forename> <forename>David</forename> '
        "<surname>Thoreau</surname></persName></person></listPerson></standOff></TEI>"
    )
    convert(run, project)
    assert '<signed><persName ref="registers/persons.xml#thoreau"' in (project / TEI).read_text()
