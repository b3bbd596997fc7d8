"""Names in plain text: each file of ``cases/names`` is a register and texts in which names are marked as they should be found.

A file holds, line by line: ``# comment``; ``@language en de``, ``@date 1959-12-14``, ``@correspondents id id`` and ``@cues off``,
which hold until they are said again; register entries as TEI, one a line; and texts. ``{words|entry}`` is a mention of a register
entry, ``{words|one?two}`` an open one, ``{words|}`` a person no register has; ``{words|entry rule}`` says by which rule besides.
``\\n`` stands for a line break. Everything else must be marked as nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_properties import REGISTERS, document_like, properties

from editio import tei
from editio.config import EditionSettings, NamesSettings, Settings
from editio.diagnostics import Report
from editio.model import Context, Document, Edition, Mention
from editio.naming.evidence import RULES
from editio.naming.words import evened, fold
from editio.registers import entries, load_registers
from editio.registry import annotators

CASES = Path(__file__).parent / "cases/names"
ANNOTATORS = ("registered-names", "cued-names")
MARKED = re.compile(r"\{([^{}|]*)\|([^{}| ]*)(?: ([a-z-]+))?\}")
LISTS = {"person": "listPerson", "place": "listPlace", "org": "listOrg", "event": "listEvent"}


@dataclass(frozen=True)
class Case:
    """A marked text and what is known of its document."""

    file: str
    line: int
    marked: str
    context: Context
    cues: bool

    @property
    def text(self) -> str:
        """The text without its marks."""
        return MARKED.sub(lambda match: match[1], self.marked)


@cache
def read_cases(path: Path) -> tuple[tuple[Case, ...], Edition]:
    """The texts of a file and the edition whose register it is."""
    cases: list[Case] = []
    people: list[str] = []
    context, cues = Context(), True
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        command, _, rest = line.partition(" ")
        if line.startswith("<"):
            people.append(line)
        elif command == "@cues":
            cues = rest != "off"
        elif command == "@date":
            context = replace(context, date=rest)
        elif command == "@language":
            context = replace(context, languages=tuple(rest.split()))
        elif command == "@correspondents":
            context = replace(context, correspondents=tuple(rest.split()))
        elif line and not line.startswith("#"):
            cases.append(Case(path.name, number, line.replace("\\n", "\n"), context, cues))
    return tuple(cases), edition_of(people)


def edition_of(nodes: list[str]) -> Edition:
    """An edition with these register entries."""
    report = Report(REGISTERS)
    lists = "".join(
        f"<{element}>{''.join(node for node in nodes if node.startswith(f'<{kind} '))}</{element}>"
        for kind, element in LISTS.items()
        if any(node.startswith(f"<{kind} ") for node in nodes)
    )
    root = tei.parse(f'<TEI xmlns="{tei.NS}" xml:lang="en"><standOff>{lists}</standOff></TEI>'.encode())
    registers = (Document("names", "tei/registers/names.xml", root),)
    found = entries(registers, report)
    assert not list(report), list(report)
    return Edition(REGISTERS, Settings(EditionSettings("Names")), found, registers)


def mentions(text: str, edition: Edition, context: Context, cues: bool = True) -> list[Mention]:
    settings = replace_cues(edition, cues)
    found = [one for name in ANNOTATORS for one in annotators()[name].find(text, settings, context)]
    return sorted(found, key=lambda one: (one.start, -one.end))


def replace_cues(edition: Edition, cues: bool) -> Edition:
    settings = Settings(edition.settings.edition, names=NamesSettings(cues=cues))
    return replace(edition, settings=settings)


def marked(text: str, found: list[Mention], rules: set[int]) -> str:
    """A text with its outermost mentions marked, one candidate by itself with “?”.

    ``rules`` are the offsets at which the rule is told too.
    """
    pieces: list[str] = []
    done = 0
    for one in found:
        if one.start < done:
            continue
        alone = "?" if len(one.candidates) == 1 else ""
        who = "?".join(one.candidates) + alone or one.entry
        rule = f" {one.rule}" if one.start in rules else ""
        pieces += [text[done : one.start], "{", text[one.start : one.end], "|", who, rule, "}"]
        done = one.end
    return "".join([*pieces, text[done:]])


def rule_offsets(case: Case) -> set[int]:
    """Where in the text mentions stand whose rule the case tells."""
    found, shift = set(), 0
    for match in MARKED.finditer(case.marked):
        if match[3]:
            found.add(match.start() - shift)
        shift += len(match[0]) - len(match[1])
    return found


def all_cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*.txt")):
        yield from read_cases(path)[0]


@pytest.mark.parametrize("case", tuple(all_cases()), ids=lambda case: f"{case.file}:{case.line}")
def test_names_are_found_where_they_are_marked(case: Case) -> None:
    edition = read_cases(CASES / case.file)[1]
    found = mentions(case.text, edition, case.context, case.cues)
    assert marked(case.text, found, rule_offsets(case)) == case.marked


@pytest.mark.parametrize("rule", sorted({rule for name in ANNOTATORS for rule in annotators()[name].rules}))
def test_every_rule_by_which_names_are_found_has_a_case(rule: str) -> None:
    assert any(f" {rule}}}" in case.marked for case in all_cases())


def test_every_cue_says_what_it_means() -> None:
    assert set(annotators()["cued-names"].rules) == set(RULES)


def test_cues_are_switched_off_by_the_setting() -> None:
    edition = edition_of([])
    assert mentions("Mr. Seward called.", edition, Context())
    assert not mentions("Mr. Seward called.", edition, Context(), cues=False)


def test_a_name_inside_a_name_is_found_too() -> None:
    edition = edition_of(
        [
            '<org xml:id="university"><orgName>University of Vienna</orgName></org>',
            '<place xml:id="vienna"><placeName>Vienna</placeName></place>',
        ]
    )
    found = mentions("The University of Vienna was founded in Vienna.", edition, Context())
    assert [(one.start, one.end, one.entry) for one in found] == [
        (4, 24, "university"),
        (18, 24, "vienna"),
        (40, 46, "vienna"),
    ]


def test_an_office_is_its_holders_at_the_documents_date() -> None:
    edition = edition_of(
        [
            '<person xml:id="malinovsky"><persName><forename>Rodion</forename> <surname>Malinovsky</surname></persName>'
            '<state from="1957-10-26" to="1967-03-31"><desc>Minister of Defense</desc></state></person>'
        ]
    )
    text = "The Minister of Defense agreed; the former Minister of Defense did not."
    found = mentions(text, edition, Context(date="1959-12-14"))
    assert [(one.start, one.element, one.entry, one.rule) for one in found] == [(4, "rs", "malinovsky", "role-at-date")]
    assert found[0].attributes["type"] == "person"
    assert not mentions(text, edition, Context(date="1953-03-06"))
    assert not mentions(text, edition, Context())


# --- whatever the text and the register -----------------------------------------------------------------


@cache
def own() -> Edition:
    report = Report(REGISTERS)
    registers = load_registers(REGISTERS, "tei/registers", report)
    return Edition(REGISTERS, Settings(EditionSettings("Letters")), entries(registers, report), registers)


NAMES = st.sampled_from(
    ["Müller", "van der Lubbe, Marinus", "O’Neill, Eugene", "J. W. v. Goethe", "(", "a+b", "Ж. Хрущёв", "de"]
)
SURROUNDINGS = st.text(st.sampled_from(" .,-’'[]\n\u00ad\u0301NSüя" + "ab"), max_size=12)


@properties
@given(st.one_of(document_like, st.lists(st.one_of(NAMES, SURROUNDINGS), max_size=12).map("".join)))
def test_every_mention_lies_inside_any_text_and_comes_again_the_same(text: str) -> None:
    found = mentions(text, own(), Context(date="1959-12-14"))
    assert found == mentions(text, own(), Context(date="1959-12-14"))
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]


@properties
@given(
    st.lists(st.one_of(NAMES, st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)), max_size=6),
    SURROUNDINGS,
)
def test_whatever_the_register_says_is_data(names: list[str], around: str) -> None:
    nodes = []
    for number, name in enumerate(names):
        node = tei.element(
            "person", tei.element("persName", "".join(c for c in name if c.isprintable())), xml_id=f"p{number}"
        )
        nodes.append(node)
    root = tei.element("TEI", tei.element("standOff", tei.element("listPerson", *nodes)))
    register = Document("names", "tei/registers/names.xml", root)
    edition = replace(own(), entries=entries((register,), Report(REGISTERS)))
    text = around.join(names)
    for one in mentions(text, edition, Context()):
        assert 0 <= one.start < one.end <= len(text)


@given(st.text(st.sampled_from("ab.\t \n"), max_size=30))
def test_offsets_of_an_evened_text_lead_back_to_the_original(text: str) -> None:
    even = evened(text)
    for at, letter in enumerate(even.text):
        if letter.strip():
            assert text[even.original(at)] == letter
            assert even.evened(even.original(at)) == at
    assert "".join(even.text.split()) == "".join(text.split())


def test_words_are_folded_alike_however_they_are_composed() -> None:
    assert {fold(word) for word in ("Müller", "Mu\u0308ller", "MÜLLER", "Mül\u00adler", "Mül-\nler")} == {"muller"}
