"""The engine for RELAX NG: schemas in both syntaxes, datatypes, messages, the cache, and hostile input."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import etree

from editio.relaxng import Fault, Schema, SchemaError, consequences, load
from editio.relaxng.blocks import block
from editio.relaxng.faults import TooComplex
from editio.relaxng.regex import RegexError, compiled

SHARED = Path(__file__).resolve().parents[2] / "shared"
PROFILE = Path(__file__).resolve().parents[1] / "schema/editio.rng"
RNG = 'xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'
LETTER = """
default namespace = "http://www.tei-c.org/ns/1.0"
start = element letter { head, (p | \\list)*, closer? }
head = element head { text }
p = element p { attribute rend { "italic" | "bold" }?, (text | name)* }
name = element persName { attribute ref { xsd:anyURI }, text }
\\list = element list { element item { p+ }+ }
closer = element closer { attribute when { xsd:date }?, mixed { name* } }
"""
NS = 'xmlns="http://www.tei-c.org/ns/1.0"'


def no_files(name: str) -> bytes:
    raise FileNotFoundError(2, "no such file", name)


def files(**found: str) -> Callable[[str], bytes]:
    def read(name: str) -> bytes:
        if name not in found:
            no_files(name)
        return found[name].encode()

    return read


def rng(schema: str) -> Schema:
    """A schema in XML syntax; RNG stands for the declarations of namespace and datatypes."""
    return load(schema.replace("RNG", RNG).encode(), "schema.rng", no_files)


def rnc(schema: str, read: Callable[[str], bytes] = no_files) -> Schema:
    return load(schema.encode(), "schema.rnc", read, compact=True)


def faults(schema: Schema, document: str) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.kind, fault.message) for fault in schema.validate(document.encode())]


def refused(schema: str, compact: bool = False, read: Callable[[str], bytes] = no_files) -> SchemaError:
    with pytest.raises(SchemaError) as caught:
        load(schema.replace("RNG", RNG).encode(), "s/schema", read, compact=compact)
    return caught.value


# --- faults in documents


@pytest.fixture(scope="module")
def letter() -> Schema:
    return rnc(LETTER)


def test_a_valid_document_has_no_faults(letter: Schema) -> None:
    document = f"""<letter {NS}><head>To Anna</head><p rend="bold">Dear <persName ref="#anna">Anna</persName></p>
      <closer when="1862-08-22">Yours <persName ref="#carl">Carl</persName>, <!-- signed -->in haste</closer></letter>"""
    assert faults(letter, document) == []


FAULTY = {
    "an element that is known but misplaced": (
        "<head/>\n<item><p/></item>",
        [(2, "element", "“item” may not stand here in “letter”; allowed here: closer, list, p")],
    ),
    "an element that comes too early": (
        "\n<p/>",
        [(2, "element", "“p” may not stand here in “letter” yet; it must come after head")],
    ),
    "an element that nobody knows": (
        "<head/>\n<pp/>\n<p/>",
        [(2, "unknown-element", "there is no element “pp” in the schema; allowed here: closer, list or p")],
    ),
    "an element whose name is misspelt": (
        "<head/><p>\n<persname/></p>",
        [(2, "unknown-element", "there is no element “persname” in the schema; did you mean “persName”?")],
    ),
    "an element of no namespace": (
        "<head/><p>\n<persName xmlns=''/></p>",
        [(2, "unknown-element", "“persName” has no namespace; the schema knows it in http://www.tei-c.org/ns/1.0")],
    ),
    "an attribute that may not be": (
        "<head/>\n<p rent='bold'/>",
        [(2, "attribute", "“p” may not have the attribute “rent”; did you mean “rend”?")],
    ),
    "a value that is not in the list": (
        "<head/>\n<p rend='Bold'/>",
        [
            (
                2,
                "value",
                "“Bold” may not be the value of “rend” on “p”; it must be “bold” or “italic”; did you mean “bold”?",
            )
        ],
    ),
    "a value that is not of the datatype": (
        "<head/>\n<closer when='22 August'/>",
        [(2, "value", "“22 August” may not be the value of “when” on “closer”; it must be a date like 1862-08-22")],
    ),
    "a missing attribute": (
        "<head/>\n<p><persName/></p>",
        [(2, "missing-attribute", "“persName” needs the attribute “ref”")],
    ),
    "text where none may stand": (
        "<head/>\n<list>\n  stray <item><p/></item></list>",
        [(3, "text", "text may not stand here in “list”: “stray”; allowed here: item")],
    ),
    "a missing child": (
        "<head/><list>\n<item>\n</item></list>",
        [(3, "incomplete", "something is missing in “item” before its end: p")],
    ),
    "several faults, and none that only follows from them": (
        "<head/>\n<foo>\n<p rend='x'/>\n<bar>text</bar></foo>\n<p><item>\n<persName/></item>\n</p>",
        [
            (2, "unknown-element", "there is no element “foo” in the schema; allowed here: closer, list or p"),
            (3, "value", "“x” may not be the value of “rend” on “p”; it must be “bold” or “italic”"),
            (5, "element", "“item” may not stand here in “p”; allowed here: persName or text"),
            (6, "element", "“persName” may not stand here in “item”; allowed here: p"),
            (6, "missing-attribute", "“persName” needs the attribute “ref”"),
            (6, "incomplete", "something is missing in “item” before its end: p"),
        ],
    ),
}


@pytest.mark.parametrize("name", FAULTY)
def test_the_first_fault_of_each_element_is_said_in_words(letter: Schema, name: str) -> None:
    content, expected = FAULTY[name]
    found = faults(letter, f"<letter {NS}>{content}</letter>")
    assert [(line, kind) for line, kind, _ in found] == [(line, kind) for line, kind, _ in expected]
    for (_, _, message), (_, _, wanted) in zip(found, expected, strict=True):
        assert message.replace(" or ", ", ") == wanted.replace(" or ", ", ")


BOOK = """
default namespace = "http://www.tei-c.org/ns/1.0"
start = element book { head, body }
head = element head { element title { text }, element author { text }, element date { empty }? }
body = element body { (opener | dateline)*, (p | \\list | title)+, (closer | ps)* }
opener = element opener { text }
dateline = element dateline { text }
p = element p { (text | emph)* }
emph = element emph { text }
\\list = element list { element item { p+ }+ }
title = element title { text }
closer = element closer { text }
ps = element ps { p+ }
"""
HEAD, BODY = "<head><title/><author/></head>", "<body>\n<opener/>\n<p/>\n</body>"
# a document, the lines of its faults, and of each the line of the fault that it follows from
FOLLOWING: dict[str, tuple[str, list[tuple[int, int | None]]]] = {
    "an element that comes too early": (
        f"{HEAD}<body>\n<closer/>\n<opener/>\n<p/>\n<p/>\n<closer/>\n</body>",
        [(2, None), (3, 2), (4, 2), (5, 2)],
    ),
    "an element that closes too early": (
        f"{HEAD}<body>\n<p/>\n<closer/>\n<p/>\n<p/>\n<list>\n<item><p/></item></list>\n<closer/></body>",
        [(4, None), (5, 4), (6, 4)],
    ),
    "two that have changed places": (f"<head>\n<author/>\n<title/>\n</head>{BODY}", [(2, None), (3, 2)]),
    "a misspelt name": (f"<head>\n<titel/>\n<author/>\n</head>{BODY}", [(2, None), (3, 2)]),
    "a misspelt name of the last that is needed": (f"<head><title/>\n<autor/>\n</head>{BODY}", [(2, None), (3, 2)]),
    "the wrong element around the right ones": (
        f"{HEAD}<body>\n<p/>\n<head>\n<item><p/></item>\n</head>\n</body>",
        [(3, None), (4, 3), (5, 3)],
    ),
    "text instead of the element that should hold it": (f"{HEAD}<body>\nDear Anna\n</body>", [(2, None), (3, 2)]),
    "two mistakes in one element": (
        f"{HEAD}<body>\n<foo/>\n<p/>\n<closer/>\n<opener/>\n<p><bar/></p></body>",
        [(2, None), (5, None), (6, 5), (6, None)],
    ),
    "a mistake in an element beside one with a mistake": (
        f"{HEAD}<body>\n<list>\n<p/>\n</list>\n<list>\n<p/>\n</list></body>",
        [(3, None), (4, 3), (6, None), (7, 6)],
    ),
}


@pytest.mark.parametrize("name", FOLLOWING)
def test_a_fault_that_follows_from_another_names_it(name: str) -> None:
    content, expected = FOLLOWING[name]
    found = rnc(BOOK).validate(f"<book {NS}>{content}</book>".encode())
    assert [(fault.line, fault.follows and fault.follows[0]) for fault in found] == expected
    places = {(fault.line, fault.column) for fault in found if fault.follows is None}
    assert {fault.follows for fault in found if fault.follows} <= places


def test_a_mistake_of_its_own_remains_when_the_one_before_is_mended() -> None:
    schema = rnc(BOOK)
    wrong = f"{HEAD}<body>\n<closer/>\n<opener/>\n<p/>\n<opener/>\n<closer/></body>"
    assert [
        (one.line, one.follows and one.follows[0]) for one in schema.validate(f"<book {NS}>{wrong}</book>".encode())
    ] == [
        (2, None),
        (3, 2),
        (4, 2),
        (5, None),
    ]
    mended = wrong.replace("<body>\n<closer/>", "<body>\n", 1)
    assert [(one.line, one.follows) for one in schema.validate(f"<book {NS}>{mended}</book>".encode())] == [(5, None)]


def test_guesses_at_what_was_meant_are_left_out_where_they_are_too_much_work(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = f"<book {NS}>{HEAD}<body>\n<closer/>\n<opener/>\n<p/>\n<head><item/></head></body></book>".encode()
    guessed = rnc(BOOK).validate(wrong)
    assert any(fault.follows for fault in guessed)

    def too_much(*_: object) -> None:
        raise TooComplex

    monkeypatch.setattr(consequences, "_after", too_much)
    monkeypatch.setattr(consequences, "_meant", too_much)
    assert rnc(BOOK).validate(wrong) == [replace(fault, follows=None) for fault in guessed]


def test_the_root_may_be_one_of_few(letter: Schema) -> None:
    found = letter.validate(f"<p {NS}/>".encode())
    assert [(one.kind, one.message, one.allowed) for one in found] == [
        ("element", "the root may not be “p”; it may be letter", ("letter",))
    ]


def test_what_is_allowed_is_listed_whole_beside_the_message() -> None:
    names = [f"e{number:02}" for number in range(30)]
    schema = rnc(f"start = element r {{ {' | '.join(f'element {name} {{ empty }}' for name in names)} }}")
    (fault,) = schema.validate(b"<r><foo/></r>")[:1]
    assert fault.allowed == tuple(names)
    assert "e09 … (30)" in fault.message


def test_a_fault_stands_at_the_start_of_the_tag(letter: Schema) -> None:
    (fault,) = letter.validate(f"<letter {NS}>\n <head/>\n  <p\n rend='x'/></letter>".encode())
    assert (fault.line, fault.column) == (3, 3)
    assert isinstance(fault, Fault)


def test_a_repeated_identifier_is_a_fault_at_the_second_and_a_lost_reference_where_it_stands() -> None:
    schema = rnc("start = element r { element a { attribute id { xsd:ID }?, attribute to { xsd:IDREFS }? }* }")
    document = '<r>\n<a id="x"/>\n<a id="y" to="x z"/>\n<a id="x"/></r>'
    assert faults(schema, document) == [
        (3, "missing-id", "no element has the identifier “z”"),
        (4, "duplicate-id", "the identifier “x” is already used in line 2"),
    ]


def test_a_document_that_is_not_well_formed_has_one_fault(letter: Schema) -> None:
    assert [fault.kind for fault in letter.validate(b"<letter><p></letter>")][-1] == "malformed"


def test_entities_of_the_document_count_and_those_of_other_files_do_not() -> None:
    schema = rnc("start = element r { text }")
    assert schema.validate(b'<!DOCTYPE r [<!ENTITY a "x">]><r>&a;</r>') == []
    assert schema.validate(b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>') == []
    assert schema.validate(b'<!DOCTYPE r [<!ATTLIST r x CDATA "1">]><r/>')[0].kind == "attribute"


def test_attributes_may_depend_on_one_another() -> None:
    schema = rnc("start = element r { (attribute a { text } | (attribute b { text }, attribute c { text })), text }")
    assert faults(schema, "<r a=''/>") == []
    assert faults(schema, "<r b='' c=''>text</r>") == []
    assert [kind for _, kind, _ in faults(schema, "<r b=''/>")] == ["missing-attribute"]
    assert [kind for _, kind, _ in faults(schema, "<r/>")] == ["missing-attribute"]
    assert [kind for _, kind, _ in faults(schema, "<r a='' b=''/>")] == ["attribute"]


def test_an_element_that_lacks_its_value_is_incomplete() -> None:
    schema = rnc("start = element r { element b { empty } | xsd:boolean }")
    for document in ("<r/>", "<r>\n</r>"):
        (found,) = faults(schema, document)
        assert found[1:] == ("incomplete", "something is missing in “r” before its end: b or true, false, 1 or 0")
    assert [kind for _, kind, _ in faults(schema, "<r>true<b/></r>")] == ["element"]
    assert [kind for _, kind, _ in faults(schema, "<r>yes</r>")] == ["value"]


def test_one_name_may_have_several_declarations() -> None:
    schema = rnc(
        "start = element r { a1 | a2 }\n"
        "a1 = element a { attribute t { '1' }, element b { empty } }\n"
        "a2 = element a { attribute t { '2' }, element c { empty } }"
    )
    assert faults(schema, "<r><a t='1'><b/></a></r>") == []
    assert faults(schema, "<r><a t='2'><c/></a></r>") == []
    assert [kind for _, kind, _ in faults(schema, "<r><a t='2'><b/></a></r>")] != []


# --- datatypes

TYPES = [
    ("integer", "01", True), ("integer", "1.0", False), ("byte", "-128", True), ("byte", "128", False),
    ("decimal", "-.5", True), ("decimal", "1e3", False), ("double", "1e3", True), ("double", "-INF", True),
    ("boolean", "1", True), ("boolean", "yes", False), ("date", "2000-02-29", True), ("date", "1900-02-29", False),
    ("date", "0000-01-01", False), ("date", "-0044-03-15", True), ("date", "2001-01-01+14:00", True),
    ("dateTime", "2001-01-01T10:00:00.5Z", True), ("dateTime", "2001-01-01 10:00:00", False),
    ("time", "25:00:00", False), ("gYear", "862", False), ("gYear", "0862", True), ("gMonthDay", "--02-30", False),
    ("duration", "P1Y2M", True), ("duration", "P", False), ("anyURI", "a b", True), ("anyURI", "%zz", False),
    ("anyURI", "a#b#c", False), ("language", "de-Latn", True), ("language", "en_US", False), ("NCName", "a:b", False),
    ("NCName", "müller", True), ("NCName", "1a", False), ("Name", "a:b", True), ("NMTOKENS", "1a b", True),
    ("NMTOKENS", "", False), ("hexBinary", "0aF", False), ("base64Binary", "YWI=", True), ("QName", "x:a", False),
    ("QName", "xml:a", True), ("token", " a  b ", True), ("int", " 12\n", True),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "good"), TYPES)
def test_a_datatype_allows_its_values(name: str, value: str, good: bool) -> None:
    schema = rng(f'<element name="r" RNG><data type="{name}"/></element>')
    assert (faults(schema, f"<r>{value}</r>") == []) is good


FACETS = [
    ("string", "length", "2", "ab", "abc"), ("token", "minLength", "2", "ab", " a "),
    ("integer", "maxInclusive", "10", "010", "11"), ("integer", "minExclusive", "10", "11", "10"),
    ("decimal", "totalDigits", "3", "01.23", "12.34"), ("decimal", "fractionDigits", "1", "1.5", "1.55"),
    ("date", "minInclusive", "2000-01-01", "2000-01-01", "1999-12-31"),
    ("duration", "maxInclusive", "P1M", "P27D", "P32D"), ("NMTOKENS", "length", "2", "a b", "a"),
    ("hexBinary", "maxLength", "1", "0a", "0a0a"), ("token", "pattern", r"\p{Lu}\w*", "Änne", "änne"),
    ("token", "pattern", "[a-z-[aeiou]]+", "xyz", "xyze"), ("token", "pattern", r"\i\c*", "a-1", "1-a"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "facet", "value", "good", "bad"), FACETS)
def test_parameters_narrow_a_datatype(name: str, facet: str, value: str, good: str, bad: str) -> None:
    schema = rng(f'<element name="r" RNG><data type="{name}"><param name="{facet}">{value}</param></data></element>')
    assert faults(schema, f"<r>{good}</r>") == []
    assert [kind for _, kind, _ in faults(schema, f"<r>{bad}</r>")] == ["value"]


@pytest.mark.parametrize(
    ("name", "value", "same", "other"),
    [
        ("integer", "01", "1", "2"),
        ("decimal", "1.50", "1.5", "1.51"),
        ("boolean", "1", "true", "0"),
        ("string", " a", " a", "a"),
        ("token", "a b", " a  b", "ab"),
        ("dateTime", "2001-01-01T10:00:00Z", "2001-01-01T11:00:00+01:00", "2001-01-01T10:00:00"),
        ("hexBinary", "0a", "0A", "0b"),
    ],
)
def test_a_value_is_compared_by_its_datatype(name: str, value: str, same: str, other: str) -> None:
    schema = rng(f'<element name="r" RNG><value type="{name}">{value}</value></element>')
    assert faults(schema, f"<r>{same}</r>") == []
    assert faults(schema, f"<r>{other}</r>") != []


def test_a_qualified_name_is_compared_by_its_namespace() -> None:
    schema = rng('<element name="r" RNG xmlns:x="http://x"><value type="QName">x:a</value></element>')
    assert faults(schema, '<r xmlns:y="http://x">y:a</r>') == []
    assert faults(schema, '<r xmlns:x="http://y">x:a</r>') != []


@pytest.mark.parametrize(
    "expression",
    ["a)", "(a", "a**", "[b-a]", "[", "\\y", "a{2,1}", "\\p{Xx}", "\\p{IsNowhere}", "((a{999}){999}){999}", "(" * 99],
)
def test_an_expression_that_cannot_be_read_is_refused(expression: str) -> None:
    with pytest.raises(RegexError):
        compiled(expression)


def test_an_expression_is_matched_in_time_linear_in_the_text() -> None:
    assert not compiled("(a|aa|a*)*b").matches("a" * 100_000)
    assert block("Greek") == (0x370, 0x3FF)


# --- schemas

INCORRECT = {
    "what is not RELAX NG": ("<schema/>", "not a RELAX NG schema"),
    "malformed XML": ("<element RNG>", "not well-formed"),
    "an element that is not known": ('<element name="a" RNG><any/></element>', "no element “any”"),
    "an attribute that is not known": ('<element name="a" RNG><text nm="b"/></element>', "no attribute “nm”"),
    "a reference to nothing": ('<grammar RNG><start><ref name="a"/></start></grammar>', "“a” is referred to"),
    "a circle without element": (
        '<grammar RNG><start><ref name="a"/></start><define name="a"><choice><ref name="a"/><empty/></choice></define></grammar>',
        "refers to itself",
    ),
    "two definitions of one name": (
        '<grammar RNG><start><ref name="a"/></start><define name="a"><element name="a"><empty/></element></define>'
        '<define name="a"><element name="b"><empty/></element></define></grammar>',
        "defined twice without “combine”",
    ),
    "definitions that combine differently": (
        '<grammar RNG><start combine="choice"><element name="a"><empty/></element></start>'
        '<start combine="interleave"><element name="b"><empty/></element></start></grammar>',
        "both by choice and by interleave",
    ),
    "an attribute twice": (
        '<element name="a" RNG><attribute name="x"/><optional><attribute name="x"/></optional></element>',
        "the attribute “x” is there twice",
    ),
    "data beside elements": (
        '<element name="a" RNG><data type="int"/><element name="b"><empty/></element></element>',
        "except in a list",
    ),
    "text interleaved with text": (
        '<element name="a" RNG><interleave><text/><text/></interleave></element>',
        "text is interleaved",
    ),
    "an element in a list": (
        '<element name="a" RNG><list><element name="b"><text/></element></list></element>',
        "in a list",
    ),
    "text at the start": ("<text RNG/>", "the root of a document is an element"),
    "any attribute only once": (
        '<element name="a" RNG><attribute><anyName/></attribute></element>',
        "must be repeated",
    ),
    "a prefix that is not declared": ('<element name="x:a" RNG><empty/></element>', "the prefix “x”"),
    "a datatype that is not known": ('<element name="a" RNG><data type="number"/></element>', "no datatype “number”"),
    "a parameter that a datatype does not have": (
        '<element name="a" RNG><data type="int"><param name="length">1</param></data></element>',
        "no parameter “length”",
    ),
    "a value that its datatype does not have": (
        '<element name="a" RNG><value type="int">x</value></element>',
        "“x” is not a value",
    ),
    "a fragment": ('<externalRef RNG href="a.rng#b"/>', "has a fragment"),
    "a file that is not there": ('<externalRef RNG href="a.rng"/>', "“s/a.rng” cannot be read: no such file"),
}


@pytest.mark.parametrize("name", INCORRECT)
def test_a_schema_is_refused_for(name: str) -> None:
    schema, words = INCORRECT[name]
    error = refused(schema)
    assert words in error.message
    assert (error.name, error.line) == ("s/schema", 1)


def test_an_error_stands_where_it_is_in_the_file_that_has_it() -> None:
    outer = '<grammar RNG>\n<include href="../inner.rng"/></grammar>'
    inner = f"<grammar {RNG}>\n<start>\n   <foo/></start></grammar>"
    error = refused(outer, read=files(**{"inner.rng": inner}))
    assert (error.name, error.line, error.column) == ("inner.rng", 3, 4)


def test_an_include_overrides_what_is_there_and_only_that() -> None:
    inner = f"""<grammar {RNG}><start><ref name="a"/></start><div>
      <define name="a"><element name="a"><ref name="b"/></element></define></div>
      <define name="b"><text/></define></grammar>"""
    outer = """<grammar RNG xml:base="parts/"><include href="inner.rng"><div>
      <define name="b"><element name="b"><empty/></element></define></div></include></grammar>"""
    schema = load(outer.replace("RNG", RNG).encode(), "s.rng", files(**{"parts/inner.rng": inner}))
    assert faults(schema, "<a><b/></a>") == []
    assert faults(schema, "<a>text</a>") != []
    nothing = outer.replace('name="b"', 'name="c"', 1).replace("parts/", "")
    assert "overrides nothing" in refused(nothing, read=files(**{"s/inner.rng": inner})).message


def test_files_that_include_each_other_are_refused() -> None:
    circle = {"s/b": f'<externalRef {RNG} href="c"/>', "s/c": f'<externalRef {RNG} href="b"/>'}
    assert "includes itself" in refused('<externalRef RNG href="b"/>', read=files(**circle)).message


def test_a_grammar_in_a_grammar_refers_to_its_parent() -> None:
    schema = rng(
        """<grammar RNG><start><element name="a"><grammar><start><parentRef name="b"/></start>
        <define name="b"><text/></define></grammar></element></start>
        <define name="b"><element name="b"><empty/></element></define></grammar>"""
    )
    assert faults(schema, "<a><b/></a>") == []
    assert faults(schema, "<a>text</a>") != []


# --- compact syntax

SAME = {
    "names": ("element * - (a | x:*) { text }", "<b/>", "<a/>"),
    "escapes": (r'element \element { "\x{41}" ~ "b" }', "<element>Ab</element>", "<element>ab</element>"),
    "annotations": (
        '## documentation\n[ x:doc [ "a" "b" ] ] element a { [ x:b = "c" ] empty >> x:after [ x:in [] ] } # comment',
        "<a/>",
        "<b/>",
    ),
    "parameters": ('element a { xsd:string { minLength = "2" pattern = "a" ~ "+" } }', "<a>aa</a>", "<a>a</a>"),
    "exceptions": ('element a { xsd:token - ("x" | "y") }', "<a>z</a>", "<a>y</a>"),
    "literals": ('element a { """two\nlines""" }', "<a>two lines</a>", "<a>two</a>"),
    "lists": ("element a { list { xsd:int, xsd:int+ } }", "<a>1 2 3</a>", "<a>1</a>"),
    "mixed content": (
        "element a { mixed { element b { empty } & attribute c { string '1' }? } }",
        "<a c='1'>x<b/>y</a>",
        "<a c='2'><b/></a>",
    ),
    "grammars in braces": ("grammar { div { start = a } a = element r { b } b = empty }", "<r/>", "<b/>"),
    "combined definitions": (
        "start |= element a { b }\nstart |= element c { b }\nb &= attribute d { text }\nb &= empty",
        "<c d=''/>",
        "<c/>",
    ),
    "divisions": ("div { start = a }\ndiv { a = element a { notAllowed | empty } }", "<a/>", "<b/>"),
    "inner grammars": (
        "start = grammar { start = element a { parent b } }\nb = element b { text }",
        "<a><b/></a>",
        "<a/>",
    ),
    "other libraries": (
        'datatypes d = "http://www.w3.org/2001/XMLSchema-datatypes"\nelement a { d:int }',
        "<a>1</a>",
        "<a>x</a>",
    ),
    "namespaces": (
        'default namespace d = "http://d"\nelement a { attribute d:b { text } }',
        "<x:a xmlns:x='http://d' x:b=''/>",
        "<a b=''/>",
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_the_compact_syntax_has(name: str) -> None:
    schema, good, bad = SAME[name]
    found = rnc('namespace x = "http://x"\n' + schema)
    assert faults(found, good) == []
    assert faults(found, bad) != []


def test_compact_schemas_include_and_inherit() -> None:
    parts = files(**{"b.rnc": "start = element a { b }\nb = text", "c.rnc": "element c { empty }"})
    schema = rnc(
        'default namespace = "http://d"\nnamespace x = "http://x"\n'
        'include "b.rnc" inherit = x { b = external "c.rnc" }',
        parts,
    )
    assert faults(schema, "<a xmlns='http://x'><c xmlns='http://d'/></a>") == []
    assert faults(schema, "<a xmlns='http://d'><c xmlns='http://d'/></a>") != []


@pytest.mark.parametrize(
    ("schema", "line", "column", "words"),
    [
        ("start = a\na = element b { text | empty, text }", 2, 29, "only with parentheses"),
        ("start = \n element a {", 2, 13, "“the end”"),
        ("start = element a { text } \n ;", 2, 2, "“;” means nothing"),
        ("element a { x:b }", 1, 13, "the prefix “x”"),
        ("start = element x:b { text }", 1, 17, "the prefix “x”"),
        ("start = b", 1, 9, "“b” is referred to"),
        ("[ a", 1, 1, "never closed"),
        ('namespace xml = "http://x"', 1, 1, "may not mean another namespace"),
        ("(" * 1000, 1, 52, "too deep"),
    ],
)
def test_an_error_in_the_compact_syntax_has_its_place(schema: str, line: int, column: int, words: str) -> None:
    error = refused(schema, compact=True)
    assert (error.line, error.column) == (line, column)
    assert words in error.message


# --- the cache


def test_a_schema_from_the_cache_finds_the_same_faults(tmp_path: Path) -> None:
    qualified = LETTER.replace('"italic" | "bold"', 'xsd:QName "t:x" | xsd:token - "y"')
    data = ('namespace t = "http://t"' + qualified).encode()
    document = f"<letter {NS}><head/><foo/><p rend='y'/><list>x<item/></list><p rend='z'><persName/></p></letter>"
    first = load(data, "s.rnc", no_files, compact=True, cache=tmp_path)
    (kept,) = tmp_path.iterdir()
    before = kept.stat().st_mtime_ns
    second = load(data, "s.rnc", no_files, compact=True, cache=tmp_path)
    assert kept.stat().st_mtime_ns == before
    assert len(faults(first, document)) > 4
    assert faults(first, document) == faults(second, document)


def test_values_are_named_in_one_order_whether_the_schema_was_kept_or_not(tmp_path: Path) -> None:
    data = b'start = element div { attribute type { "chapter" | "appendix" }, element head { text }?, text }'
    said = []
    for _ in range(2):
        schema = load(data, "s.rnc", no_files, compact=True, cache=tmp_path)
        said.append(faults(schema, "<div type='chpater'/>"))
    assert said[0] == said[1]
    assert "it must be “appendix” or “chapter”" in said[0][0][2]


def test_the_cache_notices_that_an_included_file_has_changed(tmp_path: Path) -> None:
    outer = f'<externalRef {RNG} href="a.rng"/>'.encode()
    for name in ("a", "b"):
        inner = f'<element name="{name}" {RNG}><empty/></element>'
        schema = load(outer, "s.rng", files(**{"a.rng": inner}), cache=tmp_path)
        assert faults(schema, f"<{name}/>") == []
    with pytest.raises(SchemaError):
        load(outer, "s.rng", no_files, cache=tmp_path)


@pytest.mark.parametrize("damage", [b"", b"\x80\x04K\x01.", b"x" * 100])
def test_a_damaged_cache_is_ignored_and_written_anew(tmp_path: Path, damage: bytes) -> None:
    load(LETTER.encode(), "s.rnc", no_files, compact=True, cache=tmp_path)
    (kept,) = tmp_path.iterdir()
    good = kept.read_bytes()
    kept.write_bytes(damage)
    assert load(LETTER.encode(), "s.rnc", no_files, compact=True, cache=tmp_path).validate(b"<x/>") != []
    assert kept.read_bytes() == good


def test_a_cache_whose_rows_point_to_nothing_is_ignored(tmp_path: Path) -> None:
    load(LETTER.encode(), "s.rnc", no_files, compact=True, cache=tmp_path)
    (kept,) = tmp_path.iterdir()
    good = kept.read_bytes()
    tables = msgspec.msgpack.decode(good[32:])
    for row in range(len(tables[5])):
        for changed in ([99, 0, []], [4, 0, [0]], [5, 0, [row]], [8, 999, []], [9, 0, [0, 0]]):
            content = msgspec.msgpack.encode(
                [*tables[:5], [*tables[5][:row], changed, *tables[5][row + 1 :]], *tables[6:]]
            )
            kept.write_bytes(hashlib.sha256(content).digest() + content)
            assert load(LETTER.encode(), "s.rnc", no_files, compact=True, cache=tmp_path).validate(b"<x/>") != []
            assert kept.read_bytes() == good


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert load(LETTER.encode(), "s.rnc", no_files, compact=True, cache=tmp_path / "file").validate(b"<x/>") != []


# --- hostile schemas and documents


def nested(kind: str, times: int) -> str:
    return f'<element name="r" RNG>{f"<{kind}>" * times}<empty/>{f"</{kind}>" * times}</element>'


def test_a_schema_that_is_nested_too_deep_is_refused() -> None:
    assert "nested" in refused(nested("group", 100_000)).message
    assert faults(rng(nested("group", 150)), "<r/>") == []


def test_a_schema_that_doubles_itself_again_and_again_is_refused() -> None:
    for kind in ("group", "interleave", "choice"):
        doubled = "".join(
            f'<define name="d{n}"><{kind}><ref name="d{n + 1}"/>'
            f'<element name="e{n}"><empty/></element><ref name="d{n + 1}"/></{kind}></define>'
            for n in range(60)
        )
        last = '<define name="d60"><element name="z"><empty/></element></define>'
        start = '<start><element name="r"><ref name="d0"/></element></start>'
        schema = f"<grammar RNG>{start}{doubled}{last}</grammar>"
        if kind == "choice":
            assert faults(rng(schema), "<r><e5/></r>") == []
        else:
            assert "more complex" in refused(schema).message


def test_a_document_in_which_too_many_ways_lead_on_is_given_up_by_name() -> None:
    optional = '<optional><element name="a"><empty/></element></optional>' * 1500
    schema = rng(f'<element name="r" RNG>{optional}</element>')
    assert [kind for _, kind, _ in faults(schema, f"<r>{'<a/>' * 200}</r>")] == ["too-complex"]
    assert faults(schema, "<r/>") == []


def test_long_chains_of_references_and_long_content_do_not_exhaust_the_stack() -> None:
    chain = "".join(f'<define name="d{n}"><ref name="d{n + 1}"/></define>' for n in range(5_000))
    last = '<define name="d5000"><element name="r"><empty/></element></define>'
    assert faults(rng(f'<grammar RNG><start><ref name="d0"/></start>{chain}{last}</grammar>'), "<r/>") == []
    long = "".join(f'<element name="e{n}"><empty/></element>' for n in range(3_000))
    children = "".join(f"<e{n}/>" for n in range(3_000))
    assert faults(rng(f'<element name="r" RNG>{long}</element>'), f"<r>{children}</r>") == []


def test_a_deep_document_and_long_text_are_read() -> None:
    schema = rnc("start = a\na = element a { (a | text)* }")
    assert faults(schema, "<a>" * 10_000 + "</a>" * 10_000) == []
    assert faults(schema, f"<a>{'x ' * 2_000_000}</a>") == []


# --- any schema


@some.composite
def models(draw: some.DrawFn, depth: int = 3) -> tuple[str, list[str]]:
    """A pattern in compact syntax and the elements of one content that it allows."""
    kind = draw(some.sampled_from(("element", "group", "choice", "optional", "repeat") if depth else ("element",)))
    inner = models(depth=depth - 1)
    match kind:
        case "element":
            name = draw(some.sampled_from("abcd"))
            return f"element {name} {{ empty }}", [f"<{name}/>"]
        case "group" | "choice":
            one, other = draw(inner), draw(inner)
            if kind == "group":
                return f"({one[0]}, {other[0]})", one[1] + other[1]
            return f"({one[0]} | {other[0]})", draw(some.sampled_from((one[1], other[1])))
        case "optional":
            pattern, content = draw(inner)
            return f"({pattern})?", draw(some.sampled_from((content, [])))
    pattern, content = draw(inner)
    return f"({pattern})+", content * draw(some.integers(1, 3))


@settings(max_examples=int(os.environ.get("EDITIO_EXAMPLES", "60")), deadline=None)
@given(models())
def test_whatever_a_schema_allows_is_valid(model: tuple[str, list[str]]) -> None:
    pattern, content = model
    assert faults(rnc(f"start = element r {{ {pattern} }}"), f"<r>{''.join(content)}</r>") == []


@settings(max_examples=int(os.environ.get("EDITIO_EXAMPLES", "60")), deadline=None)
@given(models(), some.lists(some.sampled_from("abcd"), max_size=5))
def test_any_verdict_is_that_of_libxml2(model: tuple[str, list[str]], names: list[str]) -> None:
    pattern, _ = model
    document = f"<r>{''.join(f'<{name}/>' for name in names)}</r>"
    valid = faults(rnc(f"start = element r {{ {pattern} }}"), document) == []
    other = etree.RelaxNG(etree.fromstring(f'<element name="r" {RNG}>{_as_xml(pattern)}</element>'))
    assert valid == other.validate(etree.fromstring(document))


def _as_xml(pattern: str) -> str:
    """The same pattern in XML syntax."""
    if pattern.startswith("element"):
        return f'<element name="{pattern.split()[1]}"><empty/></element>'
    if pattern[-1] in "?+":
        kind = {"?": "optional", "+": "oneOrMore"}[pattern[-1]]
        return f"<{kind}>{_as_xml(pattern[1:-2])}</{kind}>"
    depth = 0
    for at, char in enumerate(pattern):
        depth += (char in "({") - (char in ")}")
        if depth == 1 and char in ",|":
            kind = "group" if char == "," else "choice"
            return f"<{kind}>{_as_xml(pattern[1:at].strip())}{_as_xml(pattern[at + 1 : -1].strip())}</{kind}>"
    raise AssertionError(pattern)


# --- the profile, and James Clark's cases


def test_the_profile_of_editio_is_loaded() -> None:
    schema = load(PROFILE.read_bytes(), "editio.rng", no_files)
    assert [fault.kind for fault in schema.validate(b"<TEI/>")] == ["unknown-element"]


SPECTEST = SHARED / "samples/relaxng-spectest.xml"


@pytest.mark.skipif(not SPECTEST.exists(), reason="the RELAX NG cases of James Clark are not here")
def test_every_case_of_the_specification_is_right() -> None:
    wrong = [number for number, right in _cases() if not right]
    assert wrong == []


def _cases() -> Iterator[tuple[int, bool]]:
    for number, case in enumerate(etree.parse(SPECTEST).iter("testCase"), 1):
        found: dict[str, str] = {}
        _resources(case, "", found)
        for expected in ("incorrect", "correct"):
            source = _inner(case.find(expected))
            if not source:
                continue
            try:
                schema = load(source.encode(), "s.rng", files(**found))
            except SchemaError:
                yield number, expected == "incorrect"
                continue
            yield number, expected == "correct"
            for document in (*case.findall("valid"), *case.findall("invalid")):
                data = (document.get("dtd") or "") + _inner(document)
                yield number, (schema.validate(data.encode()) == []) == (document.tag == "valid")


def _resources(case: etree._Element, folder: str, found: dict[str, str]) -> None:
    for resource in case.findall("resource"):
        found[folder + resource.get("name", "")] = _inner(resource)
    for inner in case.findall("dir"):
        _resources(inner, f"{folder}{inner.get('name')}/", found)


def _inner(element: etree._Element | None) -> str:
    parts = [] if element is None else [one for one in element if isinstance(one.tag, str)]
    return etree.tostring(parts[0], encoding="unicode", with_tail=False) if parts else ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252", "gb2312", "shift_jis"])
def test_documents_and_schemas_are_read_in_any_encoding(encoding: str) -> None:
    name = "müller" if encoding in ("utf-8", "utf-16", "iso-8859-1", "windows-1252") else "中"
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>'
    schema = load(f'{declaration}<element name="{name}" {RNG}><empty/></element>'.encode(encoding), "s.rng", no_files)
    (fault,) = schema.validate(f"{declaration}\n<{name}>x</{name}>".encode(encoding))
    assert (fault.line, fault.element) == (2, name)
    assert schema.validate(f"{declaration}<{name}/>".encode(encoding)) == []
    assert schema.validate(b'<?xml version="1.0" encoding="none"?><r/>')[0].kind == "malformed"


def test_an_element_of_another_vocabulary_is_named_with_its_namespace(letter: Schema) -> None:
    (found,) = faults(letter, f"<letter {NS}><head/><svg xmlns='http://www.w3.org/2000/svg'><path/></svg></letter>")
    assert found[2].startswith(
        "“svg” stands in the namespace http://www.w3.org/2000/svg, in which the schema knows no elements"
    )


def test_what_was_found_is_forgotten_when_it_becomes_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("editio.relaxng.schema.MOST_FOUND", 3)
    schema = rnc("start = element r { " + " & ".join(f"element e{n} {{ text }}*" for n in range(8)) + " }")
    for order in range(1, 8):
        children = "".join(f"<e{n * order % 8}/>" for n in range(8))
        assert faults(schema, f"<r>{children}</r>") == []
        assert [kind for _, kind, _ in faults(schema, f"<r>{children}<f/></r>")] == ["unknown-element"]


def test_a_document_leaves_nothing_behind_that_must_be_looked_for() -> None:
    schema = rnc("element a { text }")
    documents = b"<a>text</a>", b"<a><b/></a>", b"<a>"
    for one in documents:
        schema.validate(one)
    gc.collect()
    gc.disable()
    try:
        for one in documents:
            schema.validate(one)
        assert gc.collect() == 0
    finally:
        gc.enable()
