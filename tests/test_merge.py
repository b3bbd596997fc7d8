"""TEI belongs to the editor: re-conversion never overwrites what she changed (promise 3)."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import event, given, settings
from hypothesis import strategies as st
from lxml import etree

from editio import cli, codes, merge, tei
from editio.build import Converted
from editio.diagnostics import Diagnostic, Report
from editio.ledger import Balance
from editio.merging import lexical, threeway
from editio.resources import shipped

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
    edit(project / SOURCE, "safely", "promptly")
    assert "written" in convert(run, project)
    assert "promptly" in (project / TEI).read_text()


def test_an_edit_stays_when_the_source_is_as_it_was(run: Run, project: Path) -> None:
    convert(run, project)
    edit(project / TEI, "safely", "<emph>safely</emph>")
    assert "kept (edited by hand)" in convert(run, project)
    assert "<emph>safely</emph>" in (project / TEI).read_text()


def test_an_edit_and_a_change_of_the_source_are_merged(run: Run, project: Path) -> None:
    convert(run, project)
    edit(project / TEI, "safely", "<emph>safely</emph>")
    edit(project / SOURCE, "thank you", "thank you kindly")
    said = convert(run, project)
    assert "merged with your edits" in said and "merge-conflict" not in said
    assert "me <emph>safely</emph>, and I thank you kindly" in (project / TEI).read_text()
    assert "kept (edited by hand)" in convert(run, project)


def test_where_both_changed_the_same_word_the_editor_keeps_hers_and_is_told(run: Run, project: Path) -> None:
    convert(run, project)
    edit(project / TEI, "safely", "gladly")
    edit(project / SOURCE, "safely", "promptly")
    edit(project / SOURCE, "thank you", "thank you kindly")
    said = convert(run, project)
    line = (project / TEI).read_text().partition("gladly")[0].count("\n") + 1
    assert (
        f"{TEI}:{line}: warning: you and the conversion changed the same place: yours “gladly”, new “promptly”" in said
    )
    assert "me gladly, and I thank you kindly" in (project / TEI).read_text()
    assert "me promptly, and I thank you kindly" in (project / NEW).read_text()
    assert convert(run, project) == said
    edit(project / TEI, "gladly", "promptly")
    assert "merge-conflict" not in convert(run, project)
    assert not (project / NEW).exists()
    assert (project / TEI).read_bytes() == (project / BASE).read_bytes()


def test_a_settled_conflict_is_not_reported_again(run: Run, project: Path) -> None:
    convert(run, project)
    edit(project / TEI, "safely", "gladly")
    edit(project / SOURCE, "safely", "promptly")
    convert(run, project)
    assert "letter.xml: settled" in convert(run, project, "--keep")
    said = convert(run, project)
    assert "merge-conflict" not in said and "kept (edited by hand)" in said
    assert not (project / NEW).exists()


def test_a_tei_file_without_base_is_taken_for_the_editors(run: Run, project: Path) -> None:
    convert(run, project)
    edit(project / TEI, "safely", "gladly")
    (project / BASE).unlink()
    assert "edited-and-changed" in convert(run, project)
    assert "gladly" in (project / TEI).read_text()


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


# --- many kinds of edit, several kinds of change ----------------------------------------------

LETTER = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="letter" xml:lang="en">
<teiHeader>
<fileDesc>
<titleStmt>
<title>Henry David Thoreau to Harrison Blake</title>
</titleStmt>
<publicationStmt>
<publisher>The Concord Letters Project</publisher>
</publicationStmt>
<sourceDesc>
<p>Familiar Letters of Henry David Thoreau, ed. F. B. Sanborn</p>
</sourceDesc>
</fileDesc>
<encodingDesc>
<editorialDecl>
<p>Valediction, signature, date and typist's mark at the end are the closer.</p>
<p>Names found by Editio carry resp="#editio".</p>
</editorialDecl>
<appInfo>
<application xml:id="editio" ident="editio" version="0.1">
<label>Editio</label>
</application>
</appInfo>
</encodingDesc>
</teiHeader>
<text>
<body>
<opener>
<dateline>Concord, <date when="1860-05-20" resp="#editio" cert="high">May 20, 1860</date></dateline>
<salute>Mr. Blake,</salute>
</opener>
<p>I must endeavor to pay some of my debts to you. To begin where we left off, then.</p>
<p>The presumption is that we are always the same; our opportunities, and Nature herself, fluctuating. Look at mankind. \
No great difference between two, apparently; perhaps the same height, and breadth, and weight; and yet, to the man who \
sits most east, this life is a weariness.</p>
<p>I do not know but a pine wood is as substantial a fact as a friend.<note type="gloss">Pinus strobus</note> I am more \
sure to come away from it <hi rend="italic">cheered</hi> &amp; well.</p>
<p>Methinks I will write to you. Methinks you will be glad to hear. We will stand on solid foundations to one \
another.</p>
<closer>
<salute>Yours truly,</salute>
<signed>H. D. Thoreau</signed>
</closer>
</body>
</text>
</TEI>
"""
WOOD = LETTER[LETTER.index("<p>I do not know") : LETTER.index("<p>Methinks")]
WRITE = LETTER[LETTER.index("<p>Methinks") : LETTER.index("<closer>")]


def changed(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert text.count(old) == 1, f"“{old}” is there {text.count(old)} times"
        text = text.replace(old, new)
    return text


@dataclass(frozen=True)
class Edit:
    """What an editor does: what she replaces, and what must be in the file ever after, or no more."""

    pairs: tuple[tuple[str, str], ...]
    stays: str = ""
    gone: str = ""

    @property
    def text(self) -> str:
        return changed(LETTER, *self.pairs)


RESP = "<respStmt>\n<resp>edited by</resp>\n<persName>Anna Weber</persName>\n</respStmt>\n"
PRESUMPTION = "<p>The presumption is"
EDITS = {
    "adds a persName": Edit((("Mr. Blake", "Mr. <persName>Blake</persName>"),), "<persName>Blake</persName>,"),
    "marks a word up": Edit((("Nature herself", "<hi>Nature</hi> herself"),), "<hi>Nature</hi> herself"),
    "marks a sentence up": Edit((("Look at mankind.", "<q>Look at mankind.</q>"),), "<q>Look at"),
    "takes markup away": Edit((('<hi rend="italic">cheered</hi>', "cheered"),), "from it cheered &amp;"),
    "corrects a date": Edit((('when="1860-05-20"', 'when="1860-05-21"'),), 'when="1860-05-21"'),
    "deletes a note": Edit((('<note type="gloss">Pinus strobus</note>', ""),), "", "Pinus"),
    "adds a note": Edit((("a weariness", "a weariness<note>So Blake.</note>"),), "<note>So Blake.</note>"),
    "adds a paragraph": Edit(((WRITE, f"<p>It rains today.</p>\n{WRITE}"),), "<p>It rains today.</p>"),
    "deletes a paragraph": Edit(((WOOD, ""),), "", "substantial"),
    "splits a paragraph": Edit(((" Look at", "</p>\n<p>Look at"),), "fluctuating.</p>\n<p>Look at"),
    "joins two paragraphs": Edit((("then.</p>\n<p>The", "then. The"),), "left off, then. The presumption"),
    "moves a paragraph": Edit(((WOOD, ""), ("<p>I must", f"{WOOD}<p>I must")), "</opener>\n<p>I do not know"),
    "corrects a word": Edit((("fluctuating", "variable"),), "variable", "fluctuating"),
    "marks a correction": Edit(
        (("endeavor", "<choice><sic>endeavor</sic><corr>endeavour</corr></choice>"),), "<corr>endeavour</corr>"
    ),
    "adds an attribute": Edit((('<hi rend="italic">', '<hi rend="italic" n="1">'),), 'n="1"'),
    "removes an attribute": Edit(((' resp="#editio" cert="high"', ' resp="#editio"'),), "", 'cert="high">May'),
    "adds a comment": Edit((("we left off", "we <!-- where? --> left off"),), "we <!-- where? --> left off"),
    "comments between paragraphs": Edit(((PRESUMPTION, f"<!-- check -->\n{PRESUMPTION}"),), "<!-- check -->"),
    "changes the title": Edit((("<title>Henry David", "<title>Letter of Henry David"),), "<title>Letter of Henry"),
    "adds a respStmt": Edit((("</titleStmt>", f"{RESP}</titleStmt>"),), RESP),
    "reindents the file": Edit((("<body>\n<opener>\n", "  <body>\n\t<opener>\n\t\t"),), "\t<opener>\n\t\t<dateline>"),
    "wraps lines": Edit((("we are always", "we are\n      always"),), "we are\n      always"),
    "names another encoding": Edit((('encoding="UTF-8"', 'encoding="ISO-8859-1"'),), "ISO-8859-1"),
    "names a schema": Edit(
        (("<TEI", '<?xml-model href="editio.rng"?>\n<TEI'),), '<?xml-model href="editio.rng"?>\n<TEI'
    ),
    "gives an id": Edit(((PRESUMPTION, '<p xml:id="same">The presumption is'),), '<p xml:id="same">'),
    "changes an element's name": Edit((("<p>I must", "<ab>I must"), ("then.</p>", "then.</ab>")), "then.</ab>"),
    "adds a div": Edit(
        (("<p>I must", "<div>\n<p>I must"), ("<closer>", "</div>\n<div>\n<p>Postscript.</p>\n</div>\n<closer>")),
        "<p>Postscript.</p>\n</div>\n<closer>",
    ),
    "writes the file anew in her style": Edit(
        (('<date when="1860-05-20" resp', "<date   when='1860-05-20' resp"), ("&amp; well", "&#38; well")),
        "<date   when='1860-05-20' resp",
    ),
}


@dataclass(frozen=True)
class SourceChange:
    """How the conversion changes, and what shows in the TEI that the change arrived."""

    pairs: tuple[tuple[str, str], ...]
    arrived: str = ""
    gone: str = ""

    @property
    def text(self) -> str:
        return changed(LETTER, *self.pairs)


CHANGES = {
    "a word in another paragraph": SourceChange((("solid foundations", "firm foundations"),), "firm foundations"),
    "a word in the same paragraph": SourceChange((("this life is", "our life is"),), "our life is"),
    "words everywhere": SourceChange(
        (("my debts", "my many debts"), ("breadth", "width"), ("come away", "go away"), ("Mr. Blake", "Mr. H. Blake")),
        "width",
    ),
    "a paragraph inserted": SourceChange(
        ((PRESUMPTION, f"<p>The snow has gone.</p>\n{PRESUMPTION}"),), "<p>The snow has gone.</p>"
    ),
    "a paragraph removed": SourceChange(((WRITE, ""),), "", "solid foundations"),
    "the same paragraph removed": SourceChange(((WOOD, ""),), "", "pine wood"),
    "a paragraph split": SourceChange(((" No great", "</p>\n<p>No great"),), "</p>\n<p>No great"),
    "a name marked": SourceChange(
        (("Mr. Blake", 'Mr. <persName resp="#editio" cert="high">Blake</persName>'),),
        'resp="#editio" cert="high">Blake',
    ),
    "a new release": SourceChange(
        (("are the closer.</p>", "are the closer, a postscript too.</p>"), ('version="0.1"', 'version="0.2"')),
        "a postscript too.",
    ),
}


def files(folder: Path, now: str, base: str) -> merge.Place:
    place = merge.place_of(folder, "tei", "letter")
    for path, text in ((place.file, now), (place.base, base)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return place


def reconvert(place: merge.Place, text: str, folder: Path) -> tuple[merge.State, list[Diagnostic]]:
    report = Report(folder)
    plan = merge.plan(place, text.encode(), stays_valid, report)
    merge.carry_out(place, plan)
    return plan.state, list(report)


@cache
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(shipped("schema") / "editio.rng"))


def is_valid(data: bytes) -> bool:
    return bool(schema().validate(tei.parse(data).getroottree()))


def stays_valid(before: bytes, after: bytes) -> bool:
    return not is_valid(before) or is_valid(after)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("edit_name", EDITS)
def test_every_edit_leaves_a_valid_letter(edit_name: str) -> None:
    assert is_valid(EDITS[edit_name].text.encode())


@pytest.mark.parametrize("change_name", CHANGES)
@pytest.mark.parametrize("edit_name", EDITS)
def test_an_edit_stays_whatever_the_source_does(edit_name: str, change_name: str, tmp_path: Path) -> None:
    edit, change = EDITS[edit_name], CHANGES[change_name]
    place = files(tmp_path, edit.text, LETTER)
    state, found = reconvert(place, change.text, tmp_path)
    data = place.file.read_bytes()
    text = data.decode()
    assert edit.stays in text
    assert not edit.gone or edit.gone not in text
    assert is_valid(data)
    arrived = change.arrived in text and not (change.gone and change.gone in text)
    assert arrived or found, "the change is lost without a word"
    assert bool(found) == (state is merge.State.CONFLICT)
    before = contents(tmp_path)
    again, found_again = reconvert(place, change.text, tmp_path)
    assert contents(tmp_path) == before
    assert found_again == found
    assert again in (state, merge.State.KEPT)


# What both sides may touch at the same time; everything else merges without a word.
DISPUTES = {
    ("adds a persName", "a name marked"),
    ("joins two paragraphs", "a paragraph inserted"),
    ("deletes a paragraph", "words everywhere"),
    ("moves a paragraph", "words everywhere"),
}
IN_THE_WOOD = {"takes markup away", "deletes a note", "adds an attribute", "moves a paragraph"}


@pytest.mark.parametrize("change_name", CHANGES)
@pytest.mark.parametrize("edit_name", EDITS)
def test_only_what_touches_the_same_place_is_a_conflict(edit_name: str, change_name: str) -> None:
    merged = threeway.merge(LETTER, EDITS[edit_name].text, CHANGES[change_name].text)
    disputed = (edit_name, change_name) in DISPUTES
    disputed |= edit_name in IN_THE_WOOD and change_name == "the same paragraph removed"
    assert bool(merged.conflicts) == disputed, merged.conflicts


# --- what is not merged, and what is shown before ---------------------------------------------

WORD = changed(LETTER, ("solid foundations", "firm foundations"))


def test_a_file_that_is_not_well_formed_stays_and_its_line_is_named(tmp_path: Path) -> None:
    place = files(tmp_path, changed(LETTER, ("<p>I must", "<p><p>I must")), LETTER)
    before = place.file.read_bytes()
    state, found = reconvert(place, WORD, tmp_path)
    assert state is merge.State.NOT_MERGED
    assert {one.code for one in found} == {codes.MALFORMED_TEI, codes.EDITED_AND_CHANGED}
    assert all(one.location.line for one in found)
    assert (place.file.read_bytes(), place.base.read_bytes()) == (before, LETTER.encode())
    assert place.new.read_bytes() == WORD.encode()


def test_a_merge_that_would_repeat_an_id_is_not_written(tmp_path: Path) -> None:
    mine = changed(LETTER, ("<p>Methinks", '<p xml:id="wood">Methinks'))
    place = files(tmp_path, mine, LETTER)
    state, found = reconvert(place, changed(LETTER, ("<p>I do not", '<p xml:id="wood">I do not')), tmp_path)
    assert state is merge.State.NOT_MERGED and [one.code for one in found] == [codes.EDITED_AND_CHANGED]
    assert place.file.read_text(encoding="utf-8") == mine


def test_a_merge_that_would_not_be_valid_is_not_written(tmp_path: Path) -> None:
    mine = changed(LETTER, ("<salute>Mr. Blake,</salute>\n", ""))
    place = files(tmp_path, mine, LETTER)
    state, _ = reconvert(place, changed(LETTER, ("<p>I must", "<nonsense/>\n<p>I must")), tmp_path)
    assert state is merge.State.NOT_MERGED
    assert place.file.read_text(encoding="utf-8") == mine


def test_a_file_in_another_encoding_keeps_it(tmp_path: Path) -> None:
    place = files(tmp_path, LETTER, LETTER)
    mine = changed(LETTER, ('encoding="UTF-8"', 'encoding="ISO-8859-1"'), ("Blake,", "Bläke,"))
    place.file.write_bytes(mine.encode("latin-1"))
    reconvert(place, changed(LETTER, ("solid", "\N{GREEK SMALL LETTER ALPHA}")), tmp_path)
    text = place.file.read_bytes().decode("latin-1")
    assert "Bläke," in text and "&#945; foundations" in text


def test_a_changed_word_of_a_moved_paragraph_is_told(tmp_path: Path) -> None:
    place = files(tmp_path, EDITS["moves a paragraph"].text, LETTER)
    state, found = reconvert(place, changed(LETTER, ("a pine wood", "an oak wood")), tmp_path)
    assert state is merge.State.CONFLICT and "oak wood" in found[0].message


def test_a_conflict_names_its_line_and_both_sides(tmp_path: Path) -> None:
    place = files(tmp_path, EDITS["corrects a date"].text, LETTER)
    _, found = reconvert(place, changed(LETTER, ('when="1860-05-20"', 'when="1860-05-22"')), tmp_path)
    line = LETTER[: LETTER.index("<dateline>")].count("\n") + 1
    assert [(one.location.line, one.message) for one in found] == [
        (line, 'you and the conversion changed the same place: yours “when="1860-05-21"”, new “when="1860-05-22"”')
    ]


def test_a_novel_is_merged_in_seconds() -> None:
    novel = changed(LETTER, ("<closer>", "".join(f"<p>Day {day}. {WOOD[3:]}" for day in range(5000)) + "<closer>"))
    mine, theirs = changed(novel, ("Day 17.", "Day <hi>17</hi>.")), changed(novel, ("Day 4001.", "Night 4001."))
    began = time.monotonic()
    merged = threeway.merge(novel, mine, theirs)
    assert "<hi>17</hi>" in merged.text and "Night 4001." in merged.text and not merged.conflicts
    assert time.monotonic() - began < 20


def test_a_dry_run_shows_the_change_and_writes_nothing(run: Run, project: Path) -> None:
    convert(run, project)
    edit(project / TEI, "safely", "<emph>safely</emph>")
    edit(project / SOURCE, "thank you", "thank you kindly")
    before = {path: (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in project.rglob("*")}
    shown = convert(run, project, "--dry-run")
    assert "would be merged with your edits" in shown
    assert "+<p>Your letter reached me <emph>safely</emph>, and I thank you kindly for it.</p>" in shown
    assert "\x1b[" not in shown
    after = {path: (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in project.rglob("*")}
    assert after == before


def test_a_dry_run_is_coloured_unless_no_color_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Converted("letter.txt", "tei/letter.xml", merge.State.MERGED, Balance(0, 0, 0, {}, ()))
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert cli._preview(one, ["+Concord"]).endswith("\n\x1b[32m+Concord\x1b[0m")
    monkeypatch.setenv("NO_COLOR", "1")
    assert cli._preview(one, ["+Concord", " Blake"]).endswith("\n+Concord\n Blake")


def test_a_dry_run_neither_settles_nor_writes_elsewhere(run: Run, project: Path) -> None:
    assert run("convert", "--dry-run", "--keep", cwd=project).returncode == 2
    assert run("convert", "--dry-run", "-o", "letter.xml", "sources/letter.txt", cwd=project).returncode == 2


# --- whatever both sides do -------------------------------------------------------------------

EXAMPLES = int(os.environ.get("EDITIO_EXAMPLES", "60"))
properties = settings(max_examples=EXAMPLES, deadline=None, derandomize="EDITIO_EXAMPLES" not in os.environ)
WORDS = "the man who sits most east of Concord and the pine wood is a friend to Nature herself this life".split()
TAGS = ("hi", "persName", "q")

# An item is a word, or an element's name with its items; a text is a list of paragraphs, which are lists of items.
Item = str | tuple[str, list["Item"]]


@st.composite
def items(draw: st.DrawFn, most: int = 8) -> list[Item]:
    found: list[Item] = []
    for _ in range(draw(st.integers(1, most))):
        if most > 3 and draw(st.integers(0, 5)) == 0:
            found.append((draw(st.sampled_from(TAGS)), draw(items(3))))
        else:
            found.append(draw(st.sampled_from(WORDS)))
    return found


paragraphs = st.lists(items(), min_size=1, max_size=5)


def edited(draw: st.DrawFn, text: list[list[Item]], fresh: str) -> list[list[Item]]:
    """The text after some edits; words that are put in begin with ``fresh``."""
    text = [list(one) for one in text]
    for number in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text) - 1))
        paragraph = text[at]
        start = draw(st.integers(0, len(paragraph)))
        stop = draw(st.integers(start, min(start + 3, len(paragraph))))
        match draw(st.sampled_from(("put", "replace", "wrap", "unwrap", "split", "join", "insert", "delete", "move"))):
            case "put":
                paragraph.insert(start, f"{fresh}{number}")
            case "replace":
                paragraph[start:stop] = [f"{fresh}{number}"]
            case "wrap" if start < stop:
                paragraph[start:stop] = [(draw(st.sampled_from(TAGS)), paragraph[start:stop])]
            case "unwrap" if start < len(paragraph) and isinstance(paragraph[start], tuple):
                paragraph[start : start + 1] = paragraph[start][1]
            case "split" if 0 < start < len(paragraph):
                text[at : at + 1] = [paragraph[:start], paragraph[start:]]
            case "join" if at + 1 < len(text):
                text[at : at + 2] = [paragraph + text[at + 1]]
            case "insert":
                text.insert(at, [f"{fresh}{number}", *draw(items())])
            case "delete" if len(text) > 1:
                del text[at]
            case "move":
                text.insert(draw(st.integers(0, len(text) - 1)), text.pop(at))
    return text


@st.composite
def versions(draw: st.DrawFn) -> tuple[str, str, str]:
    """A base and what two sides made of it."""
    base = draw(paragraphs)
    return spelt(base), spelt(edited(draw, base, "HERS")), spelt(edited(draw, base, "NEW"))


def spelt(text: list[list[Item]]) -> str:
    return "<body>\n" + "".join(f"<p>{inline(one)}</p>\n" for one in text) + "</body>\n"


def inline(found: list[Item]) -> str:
    return " ".join(one if isinstance(one, str) else f"<{one[0]}>{inline(one[1])}</{one[0]}>" for one in found)


def said(text: str) -> list[str]:
    return [token.key for chunk in lexical.chunks_of(text) for token in chunk.tokens()]


def words(text: str, fresh: str) -> set[str]:
    return {key for key in said(text) if key.startswith(fresh)}


@properties
@given(versions())
def test_what_only_one_side_changed_is_taken_over(three: tuple[str, str, str]) -> None:
    base, mine, theirs = three
    assert said(threeway.merge(base, base, theirs).text) == said(theirs)
    assert threeway.merge(base, mine, base) == threeway.Merged(mine, base, ())
    assert threeway.merge(base, mine, mine) == threeway.Merged(mine, mine, ())


@properties
@given(versions())
def test_no_edit_is_lost_and_no_change_without_a_word(three: tuple[str, str, str]) -> None:
    base, mine, theirs = three
    try:
        merged = threeway.merge(base, mine, theirs)
    except threeway.CannotMerge:
        event("cannot be merged")
        return
    tei.parse(merged.text.encode())
    tei.parse(merged.base.encode())
    assert words(mine, "HERS") <= words(merged.text, "HERS")
    if not merged.conflicts:
        assert words(theirs, "NEW") <= words(merged.text, "NEW")
        assert merged.base == theirs
    else:
        assert threeway.merge(merged.base, merged.text, theirs) == merged


@properties
@given(paragraphs, st.data())
def test_edits_of_different_paragraphs_both_stay(text: list[list[Item]], data: st.DataObject) -> None:
    middle: list[Item] = ["I", "must", "endeavor", "to", "pay", "some", "of", "my", "debts"]
    mine = [*text, middle, edited(data.draw, [data.draw(items())], "HERS")[0]]
    base = spelt([*text, middle, mine[-1]])
    her_last = [*data.draw(items(3)), "HERS", *mine[-1]]
    new_first = [*text[0], "new"]
    merged = threeway.merge(base, spelt([*text, middle, her_last]), spelt([new_first, *text[1:], middle, mine[-1]]))
    assert said(merged.text) == said(spelt([new_first, *text[1:], middle, her_last]))
    assert not merged.conflicts
