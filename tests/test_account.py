"""What an editor is told of a conversion: block by block, and where every character went."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Run

from editio.account import Account, ledger_entry, ledger_report
from editio.brackets import KINDS
from editio.config import CUES, MEANINGS, PROFILES, BracketSettings, ConvertSettings, EditionSettings, Settings
from editio.diagnostics import Report
from editio.encode import encode
from editio.model import Block, Draft, Source, Text
from editio.model import Run as Stretch
from editio.readers.text import read_text
from editio.rules import cues
from editio.tei import TEI, serialise

LETTER = """Title: To Harrison Blake

Concord, May 20, 1860.

Dear Sir,

I must endeavor to pay some of my debts to you. [Page 2] To begin where we left off, then.*

Yours truly,
H. D. Thoreau

* The letter of 1856.
"""


def tei_of(text: str, convert: ConvertSettings | None = None) -> str:
    """The text that a plain source becomes, by settings of [convert]."""
    settings = Settings(EditionSettings("Letters"), convert or ConvertSettings())
    source = Source(Path("letter.txt"), "letter.txt", "letter", text)
    report = Report(Path())
    encoded = encode(read_text(source, settings.of_document("letter"), report), settings, report)
    assert encoded is not None
    return serialise(encoded.root.find(f"{TEI}text")).decode()


def test_explain_says_for_every_block_which_rule_decided_and_writes_nothing(project: Path, run: Run) -> None:
    (project / "sources/letter.txt").write_text(LETTER, encoding="utf-8")
    before = sorted(project.rglob("*"))
    done = run("convert", "--explain", "sources/letter.txt", cwd=project)
    assert done.returncode == 0, done.stdout
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["1", "header:", "title", "labelled-line", "To", "Harrison", "Blake"] in lines
    assert ["3", "opener/dateline", "heading-matter", "Concord,", "May", "20,", "1860."] in lines
    assert ["10", "closer/signed", "closer", "H.", "D.", "Thoreau"] in lines
    assert ["note", "n=*", "The", "letter", "of", "1856."] in lines
    assert ["page-break:", "1"] in lines
    assert sorted(project.rglob("*")) == before


def test_the_ledger_is_written_as_a_report_with_every_word_used_up(project: Path, run: Run) -> None:
    (project / "sources/letter.txt").write_text(LETTER, encoding="utf-8")
    done = run("convert", "--ledger", "ledger.md", cwd=project)
    assert done.returncode == 0, done.stdout
    report = (project / "ledger.md").read_text(encoding="utf-8")
    characters = len("".join(LETTER.split()))
    assert f"| letter | sources/letter.txt | {characters} |" in report and report.count("| 0 |") >= 1
    assert "| 7 | page-break | [Page 2] |" in report
    assert "| 1 | title | labelled-line | To Harrison Blake |" in report


def test_the_ledger_names_the_lines_of_what_is_lost() -> None:
    source = Source(Path("a.txt"), "a.txt", "a", "kept\nforgotten | twice")
    accounts: list[Account] = []
    draft = Draft(source, (Block("paragraph", Text((Stretch("kept", 0, 4),))),))
    assert encode(draft, Settings(EditionSettings("A")), Report(Path()), accounts.append) is None
    assert "**Lost: 15 characters, in lines 2, 2" in ledger_report([ledger_entry(accounts[0])])


def test_only_one_way_of_converting_at_a_time(project: Path, run: Run) -> None:
    assert run("convert", "--explain", "--keep", cwd=project).returncode == 2
    assert run("convert", "--ledger", "x.md", "--keep", cwd=project).returncode == 2


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_changes_what_it_says_and_yields_to_settings_of_ones_own(name: str) -> None:
    settings = Settings(EditionSettings("A"), ConvertSettings(profile=name, numbered="list"))
    convert = settings.of_document("any").convert
    for key, value in PROFILES[name].items():
        assert getattr(convert, key) == ("list" if key == "numbered" else value)
    own = Settings(EditionSettings("A"), documents={"letter": {"profile": name}})
    assert own.of_document("letter").convert != own.of_document("another").convert


def test_minutes_and_plays_have_speeches_and_their_resolutions_are_a_list() -> None:
    talk = "Mr. Adams: It is late.\n\nLord Grey: It is.\n\nMr. Adams: Then we part.\n\n1. To part.\n\n2. To meet again."
    assert "<sp>" in tei_of(talk, ConvertSettings(profile="minutes"))
    assert tei_of(talk, ConvertSettings(profile="minutes")).count("<item n=") == 2
    assert '<label type="speaker">Lord Grey:</label>' in tei_of(talk)
    assert "<label" not in tei_of(talk, ConvertSettings(speeches="off", rules_off=("numbered-item",)))


def test_lines_are_verse_kept_or_joined_as_the_setting_says() -> None:
    text = "First line of two,\nsecond line of two.\n\nA paragraph of its own."
    assert "<l>second line of two.</l>" in tei_of(text, ConvertSettings(lines="verse"))
    assert "two,<lb/>second" in tei_of(text, ConvertSettings(lines="keep"))
    assert "two, second" in tei_of(text, ConvertSettings(lines="join"))


def test_cues_of_ones_own_are_known_lines() -> None:
    text = "Worthy and dear,\n\nThe harvest is in, and all are well.\n\nleaf 4\n\nThe horse is lame.\n\nIn haste,\n\nThomas"
    plain = tei_of(text)
    assert "<salute>" not in plain and "<pb" not in plain
    own = {"salute": ("worthy *",), "page": ("leaf *",), "valediction": ("in haste,",), "signature": ("thomas",)}
    known = tei_of(text, ConvertSettings(cues=own))
    assert "<salute>Worthy and dear,</salute>" in known and '<pb n="4"/>' in known
    assert "<salute>In haste,</salute>" in known and "<signed>Thomas</signed>" in known


def test_patterns_of_brackets_come_before_the_kinds_that_are_known() -> None:
    own = (
        BracketSettings("[crossed out: *]", "deletion"),
        BracketSettings("[[*]]", "text"),
        BracketSettings("[?*]", "gap"),
    )
    text = "He wrote [crossed out: no] and [[yes]] and [?two words] and [and]."
    found = tei_of(text, ConvertSettings(bracket=own))
    assert "<del " in found and "[[yes]]" in found and "<gap " in found and "<supplied " in found
    assert "[and]" in tei_of(text, ConvertSettings(rules_off=("bracket-supplied",)))


def test_meanings_of_brackets_and_names_of_cues_are_those_that_the_settings_allow() -> None:
    assert {"text", *(kind.name.removeprefix("bracket-") for kind in KINDS)} == MEANINGS
    source = "".join(path.read_text(encoding="utf-8") for path in Path(cues.__file__).parent.glob("*.py"))
    assert set(re.findall(r"\bcue\([^()]*, \"([\w-]+)\", settings\)", source)) == CUES


def test_a_style_that_is_to_become_no_element_is_said_with_its_line(project: Path, run: Run) -> None:
    settings = (project / "edition.toml").read_text(encoding="utf-8")
    more = '\n[convert.styles]\n"Person" = "persName"\n"Stamp" = "seg[type=stamp]"\n"Odd" = "wibble"\n'
    (project / "edition.toml").write_text(settings + more, encoding="utf-8")
    done = run("convert", cwd=project)
    line = (settings + more).splitlines().index('"Odd" = "wibble"') + 1
    assert f"edition.toml:{line}: error: “wibble” is not a TEI element" in done.stdout, done.stdout
    assert "Person" not in done.stdout and "Stamp" not in done.stdout


def test_settings_that_name_no_profile_cue_or_meaning_are_said_with_their_line(project: Path, run: Run) -> None:
    settings = (project / "edition.toml").read_text(encoding="utf-8")
    more = '\n[convert]\nprofile = "leter"\n\n[convert.cues]\nsalut = ["Hi"]\n\n[[convert.bracket]]\npattern = "[*]"\n'
    more += 'becomes = "x"\n'
    (project / "edition.toml").write_text(settings + more, encoding="utf-8")
    done = run("convert", cwd=project)
    assert done.returncode == 1
    for words in ("no profile “leter”", "no cue “salut”", "brackets cannot become “x”"):
        assert words in done.stdout, done.stdout
