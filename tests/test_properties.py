"""Whatever the text: it becomes valid TEI, loses no character, and marking names never changes it.

``EDITIO_EXAMPLES`` sets how many examples each property tries (default 60).
"""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from lxml import etree

from editio import marking, tei
from editio import read as reading
from editio.annotate import annotate, context_of, find_mentions
from editio.build import encode_document
from editio.config import EditionSettings, Settings
from editio.deciding.passages import passage_of
from editio.deciding.quotation import quote
from editio.deciding.session import with_decisions
from editio.diagnostics import Location, Report
from editio.encode import encode
from editio.kinds import KINDS
from editio.model import Decision, Decisions, Draft, Edition, Quote, Source
from editio.model import Document as ModelDocument
from editio.registers import entries, load_registers
from editio.registry import readers
from editio.resources import shipped

EXAMPLES = int(os.environ.get("EDITIO_EXAMPLES", "60"))
properties = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="EDITIO_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
REGISTERS = Path(__file__).parents[1]
SETTINGS = (
    Settings(edition=EditionSettings(title="Letters")),
    Settings(edition=EditionSettings(title="Letters", language="en", original_language="ru")),
)

# --- texts ------------------------------------------------------------------------------------

# what a source may hold once it is decoded: anything, as a byte stream of UTF-8 cannot hold surrogates only
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)

NAMES = [
    "N. KHRUSHCHEV",
    "Khrushchev",
    "[Rodion] Malinovsky",
    "Malinovskii",
    "PRESIDUM",
    "Soviet Union",
    "the U.N.",
    "Moscow",
]
LINES = [
    "# Letter",
    "## The second part ##",
    "#",
    "Title: A letter",
    "Title:",
    "Author(s):",
    "Citation",
    "Rights",
    "Summary",
    "Contents",
    "Translation - English",
    "Associated Places",
    "Document Information",
    "8 December 1959",
    "December 8, 1959",
    "Moscow, 14 December 1959",
    "P. 2909",
    "[Page 12]",
    "- 12 -",
    "page xiv",
    "#P253/P Top Secret",
    "No. 12/b",
    "1. First",
    "2. Second",
    "3) Third",
    "(4) Fourth",
    "1.",
    "- point",
    "* point",
    "10. tenth",
    "> quoted",
    ">",
    "```",
    "    code",
    "---",
    "***",
    "===",
    "Dear Sir,",
    "To com. Khrushchev.",
    "TO MEMBERS OF THE PRESIDIUM",
    "Yours truly,",
    "I remain your obedient servant",
    "N. KHRUSHCHEV",
    "SECRETARY OF CC",
    "4-ak",
    "A. Lincoln.",
    "Workers of the world, unite!",
    "Excerpt from protocol no. 253",
    "About the armed forces",
    "This document was made possible with support from X.",
    "the burden of which nobody who has borne it will ever forget and of",
    "maintaining armies is heavy.",
    "The most modern armaments of the strongest kind that anyone could have imagined, and",
    "<p>html</p>",
    "<!-- c -->",
    "<script>alert(1)</script>",
    "&amp; &lt; &#1; &#xFFFE; &nope;",
    "[a]: http://example.org 'x'",
    "[a]",
    "![i](x.png)",
    "<http://example.org/?a=b&c=d>",
    "[link](javascript:alert(1))",
    "[l](http://a/\u2028b 'title')",
    "**bold** _it_ `code`",
    "\\[ \\* \\\\",
    "[...]",
    "[illegible]",
    "[two words illegible here]",
    "[sic]",
    "[handwritten: yes]",
    "[i.e., the others]",
    "[konyunktura]",
    "[1]",
    "[*]",
    "[[nested] brackets]",
    "]unbalanced[",
    "[]",
    "[ ]",
    "*",
    "_",
    "**",
    "&",
    "<",
    "\\",
    "| a | b |",
    "|---|---|",
    "18 December this year",
    "end of January or in February",
    "31 February 1900",
    "In March 1960, and in May.",
    "29 February",
    "“Quoted,” he said, ‘so’ – “yes”…",
    "\u00a0",
    "\u200b",
    "\u2028",
    "\u0085",
    "\x0b",
    "\t",
    "  ",
    "\ufeff",
    "\u202e",
    "\f",
    "\0",
    "\x1b",
    "e\u0301",
    "ﬁ ß İ",
    "日本語の手紙",
    "אבג",
    "𝔘𝔫𝔦",
    "\U0001f600",
    "x" * 90,
    "word " * 30,
]
line = st.one_of(
    st.sampled_from(LINES),
    st.sampled_from(NAMES),
    st.lists(st.one_of(st.sampled_from(LINES), st.sampled_from(NAMES), anything), min_size=2, max_size=4).map(" ".join),
)
document_like = st.lists(
    st.tuples(line, st.sampled_from(["\n", "\n\n", "\n\n", "\n   \n", "\n> ", "\n   ", "\n- ", "\r\n"])),
    min_size=1,
    max_size=14,
).map(lambda pieces: "".join(text + end for text, end in pieces))
texts = st.one_of(anything, document_like, document_like)


# --- the way from source to TEI, without files -----------------------------------------------------


@cache
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(shipped("schema") / "editio.rng"))


@cache
def edition(number: int) -> Edition:
    report = Report(REGISTERS)
    registers = load_registers(REGISTERS, "tei/registers", report)
    return Edition(REGISTERS, SETTINGS[number], entries(registers, report), registers)


def draft_of(text: str, reader: str, report: Report) -> Draft:
    """What ``read.read`` does with a file of this text, byte order marks and line ends included."""
    path = Path(f"letter.{'txt' if reader == 'text' else 'md'}")
    decoded = reading._decode(text.encode("utf-8"), path, "utf-8-sig", report)
    assume(decoded is not None and decoded.strip())
    source = Source(path, path.name, "letter", reading._clean(decoded or "", path, report))
    return readers()[reader].read(source, SETTINGS[0], report)


def running(root: etree._Element) -> str:
    return tei.text_of(root.find(f"{tei.TEI}text"))


formats = st.sampled_from(["text", "markdown"])
editions = st.sampled_from([0, 1])


@properties
@given(texts, formats, editions)
def test_any_text_becomes_valid_tei_in_which_no_character_is_lost(text: str, form: str, number: int) -> None:
    report = Report(REGISTERS)
    draft = draft_of(text, form, report)
    event(f"{form}, {min(len(draft.blocks), 5)} blocks")
    made = encode_document(draft, edition(number), report)
    assert made is not None, list(report)
    data, balance = made
    assert balance.balanced
    assert balance.characters == balance.text + balance.header + sum(balance.consumed.values())
    root = tei.parse(data)
    assert schema().validate(root.getroottree()), (schema().error_log, data.decode())


@properties
@given(texts, formats)
def test_marking_names_and_dates_never_changes_the_text(text: str, form: str) -> None:
    report = Report(REGISTERS)
    encoded = encode(draft_of(text, form, report), SETTINGS[0], report)
    assert encoded is not None
    before = running(encoded.root)
    annotate(encoded.root, edition(0), encoded.date, lambda words: Location(), report)
    assert running(encoded.root) == before


@properties
@given(texts, formats, editions)
def test_what_was_written_reads_back_as_the_same_bytes_and_the_same_text(text: str, form: str, number: int) -> None:
    report = Report(REGISTERS)
    encoded = encode(draft_of(text, form, report), SETTINGS[number], report)
    assert encoded is not None
    data = tei.serialise(encoded.root)
    again = tei.parse(data)
    assert "".join(running(again).split()) == "".join(running(encoded.root).split())
    assert [tei.running_text_of_unit(unit.element) for unit in tei.units(again.find(f"{tei.TEI}text"))] == [
        tei.running_text_of_unit(unit.element) for unit in tei.units(encoded.root.find(f"{tei.TEI}text"))
    ]
    assert tei.serialise(again) == data


@properties
@given(texts, formats)
def test_the_same_text_gives_the_same_bytes(text: str, form: str) -> None:
    made = [encode_document(draft_of(text, form, Report(REGISTERS)), edition(1), Report(REGISTERS)) for _ in range(2)]
    assert made[0] == made[1]


# --- names in names, in the markup of TEI that came as such ------------------------------------------

CASES = Path(__file__).parent / "cases/names"
SPACES = [" ", " ", ", ", ". ", "\n", " of ", " <lb/>", " and the ", "’s "]


@cache
def registered() -> tuple[Edition, tuple[str, ...]]:
    """An edition with all entries of ``cases/names`` that go together, and the words of the texts there, by names and between."""
    nodes: dict[str, str] = {}
    said: dict[str, None] = {}
    for path in sorted(CASES.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("<"):
                nodes.setdefault(re.findall('xml:id="([^"]+)"', line)[0], line)
            elif line and line[0] not in "#@":
                said |= dict.fromkeys(re.sub(r"\{([^{}|]*)\|[^{}]*\}", r"\1", line).replace("\\n", "\n").split(". "))
                said |= dict.fromkeys(re.findall(r"\{([^{}|]*)\|", line))
    kinds = {"person": "listPerson", "place": "listPlace", "org": "listOrg", "event": "listEvent"}
    lists = "".join(
        f"<{name}>{''.join(node for node in nodes.values() if node.startswith(f'<{kind} '))}</{name}>"
        for kind, name in kinds.items()
    )
    root = tei.parse(f'<TEI xmlns="{tei.NS}"><standOff>{lists}</standOff></TEI>'.encode())
    register = ModelDocument("names", "tei/registers/names.xml", root)
    settings = Settings(edition=EditionSettings(title="Letters", language="en"))
    made = Edition(REGISTERS, settings, entries((register,), Report()), (register,))
    return made, tuple(words for words in said if words.strip())


@st.composite
def rich_in_names(draw: st.DrawFn) -> str:
    """A document of names in markup that may begin and end inside them."""
    words = st.sampled_from(registered()[1]).map(escape)
    body = ""
    for pieces in draw(
        st.lists(st.lists(st.tuples(words, st.sampled_from(SPACES)), min_size=1, max_size=5), max_size=3)
    ):
        tokens = re.split(r"(?<= )(?!<)", "".join(word + space for word, space in pieces))
        name = draw(st.sampled_from(["hi", "hi", "unclear", "supplied", "persName", "placeName", "rs", "note", "del"]))
        ends = sorted(draw(st.sets(st.integers(0, len(tokens)), max_size=4)))
        for at, tag in reversed(list(zip(ends, [f"<{name}>", f"</{name}>"] * 2, strict=False))[: len(ends) // 2 * 2]):
            tokens.insert(at, tag)
        body += f"<p>{''.join(tokens)}</p>\n"
    return (
        f'<TEI xmlns="{tei.NS}" xml:id="d" xml:lang="en"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>'
        "<publicationStmt><p>u</p></publicationStmt><sourceDesc><p>s</p></sourceDesc></fileDesc><profileDesc><creation>"
        f'<date when="1959-12-14"/></creation></profileDesc></teiHeader><text><body>{body}<p/></body></text></TEI>'
    )


def _annotated(root: etree._Element, edition: Edition) -> bytes:
    annotate(root, edition, "1959-12-14", lambda words: Location(), Report())
    return tei.serialise_as_it_is(root)


@properties
@given(rich_in_names(), st.data())
def test_names_and_decisions_nest_and_cross_in_valid_tei_and_a_second_run_changes_no_byte(
    source: str, data: st.DataObject
) -> None:
    known, _ = registered()
    before = tei.parse(source.encode())
    assert schema().validate(before.getroottree()), (schema().error_log, source)
    text = passage_of(before, "text").text
    spans = [match.span() for match in re.finditer(r"\S+(?: \S+)?", text)]
    decisions: list[Decision] = []
    for start, end in data.draw(st.lists(st.sampled_from(spans), max_size=5)) if spans else []:
        scope = data.draw(st.sampled_from(["place", "place", "document", "edition"]))
        verdict = data.draw(st.sampled_from(["accept", "accept", "reject"]))
        entry = data.draw(st.sampled_from([""] * 40 + list(known.entries)))
        element = KINDS[known.entries[entry].kind] if entry else data.draw(st.sampled_from(["persName", "date", "rs"]))
        quoted = quote(text, start, end)
        place = quoted if scope == "place" else Quote(quoted.exact)
        document = "" if scope == "edition" else "d"
        decisions.append(Decision(place, verdict, scope, document, element, entry, by="Jane Addams", on="2026-11-27"))
    edition = replace(known, decisions=Decisions(with_decisions((), decisions)))
    root = tei.parse(source.encode())
    first = _annotated(root, edition)
    again = tei.parse(first)
    event(f"decisions: {len(decisions)}, in parts: {b' prev=' in first}")
    assert running(again) == running(before)
    assert schema().validate(again.getroottree()), (schema().error_log, first.decode())
    assert _annotated(again, edition) == first


@properties
@given(rich_in_names())
def test_every_mention_lies_where_its_offsets_say(source: str) -> None:
    edition, _ = registered()
    root = tei.parse(source.encode())
    context = context_of(root, edition, "1959-12-14")
    text = tei.whole_text(tei.units(root.find(f"{tei.TEI}text")))
    found = {(_letters(text, one.start), _letters(text, one.end)): one for one in find_mentions(text, edition, context)}
    _annotated(root, edition)
    passage = passage_of(root, "text")
    marks = [mark for mark in passage.marks if mark.by == "#editio"]
    event(f"marks: {min(len(marks), 9)}")
    for mark in marks:
        mention = found[_letters(passage.text, mark.start), _letters(passage.text, mark.end)]
        assert (mark.name, mark.first.get("cert")) == (mention.element, mention.cert)
        joined = "".join(tei.running_text_of_unit(part) for part in mark.elements)
        assert "".join(joined.split()) == "".join(text[mention.start : mention.end].split())


def _letters(text: str, offset: int) -> int:
    """How much stands before an offset, white space left out: markup says where there is some."""
    return len("".join(text[:offset].split()))


# --- mixed content ------------------------------------------------------------------------------


words = st.text("ab \n[", min_size=1, max_size=6)


def _alternatives(pair: tuple[str, list[str | etree._Element], list[str | etree._Element]]) -> etree._Element:
    name, one, other = pair
    first, second = {"choice": ("sic", "corr"), "subst": ("del", "add"), "app": ("lem", "rdg")}[name]
    return tei.element(name, tei.element(first, *one), tei.element(second, *other))


def _holding(inner: st.SearchStrategy[etree._Element]) -> st.SearchStrategy[etree._Element]:
    content = st.lists(st.one_of(words, inner), max_size=4)
    plain = st.tuples(st.sampled_from(["hi", "note", "seg", "supplied", "del"]), content)
    either = st.tuples(st.sampled_from(["choice", "subst", "app"]), content, content)
    return st.one_of(plain.map(lambda pair: tei.element(pair[0], *pair[1])), either.map(_alternatives))


inline_trees = st.recursive(
    st.sampled_from(["lb", "pb", "milestone"]).map(lambda name: tei.element(name, unit="x" * (name == "milestone"))),
    _holding,
    max_leaves=12,
)
paragraphs = st.lists(st.one_of(words, inline_trees), max_size=6).map(lambda content: tei.element("p", *content))


@properties
@given(st.data())
def test_wrapping_a_stretch_of_text_keeps_the_text_and_wraps_just_that(data: st.DataObject) -> None:
    paragraph = data.draw(paragraphs)
    running_before, all_before = tei.running_text_of_unit(paragraph), tei.text_of(paragraph)
    start = data.draw(st.integers(0, len(running_before)))
    end = data.draw(st.integers(start, len(running_before)))
    wrapper = tei.element("rs")
    wrapped = marking.wrap(paragraph, start, end, wrapper)
    event(f"wrapped: {wrapped}")
    assert tei.running_text_of_unit(paragraph) == running_before
    assert tei.text_of(paragraph) == all_before
    if wrapped and running_before[start:end].strip():
        assert tei.running_text(wrapper).strip() == running_before[start:end].strip()
        assert wrapper in paragraph.iter(f"{tei.TEI}rs")


DOCUMENT = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>
<publicationStmt><p>P</p></publicationStmt><sourceDesc><p>S</p></sourceDesc></fileDesc></teiHeader>
<text><body/></text></TEI>"""


@properties
@given(st.data())
def test_any_mix_of_nested_and_crossing_spans_gives_valid_tei_with_the_same_text(data: st.DataObject) -> None:
    paragraph = data.draw(paragraphs)
    text, all_before = tei.running_text_of_unit(paragraph), tei.text_of(paragraph)
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)), st.sampled_from(["persName", "rs", "date"]))
    spans = [
        marking.Span(min(a, b), max(a, b), tei.element(name, cert="high"))
        for a, b, name in data.draw(st.lists(ends, max_size=6))
    ]
    asked = {id(span.wrapper): span for span in spans}
    placed = marking.wrap_all(paragraph, spans)
    event(f"placed: {len(placed)}, in parts: {sum(len(parts) > 1 for parts in placed)}")
    assert tei.running_text_of_unit(paragraph) == text
    assert tei.text_of(paragraph) == all_before
    for parts in placed:
        span = asked[id(parts[0])]
        joined = "".join(tei.running_text(part) for part in parts)
        assert "".join(joined.split()) == "".join(text[span.start : span.end].split())
    document = tei.parse(DOCUMENT.encode())
    tei.append(tei.part(document, "text/body"), paragraph)
    assert schema().validate(document.getroottree()), (schema().error_log, etree.tostring(paragraph))


@properties
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_file_name_gives_a_safe_id_or_none(name: str) -> None:
    id = reading.document_id(Path(f"{name}.txt")) if name.strip("/.\0") and "/" not in name and "\0" not in name else ""
    if not id:
        return
    root = tei.element("TEI", xml_id=id)
    assert tei.parse(etree.tostring(root)).get(tei.XML_ID) == id
    assert not set(id) & set('/\\:*?"<>| \n') and not id.startswith((".", "-")) and not id.endswith((".", "-"))
    assert unicodedata.is_normalized("NFC", id)
