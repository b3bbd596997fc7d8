"""What Schematron means: a table of small schemas, each with a document and what must be found in it."""

# ruff: noqa: E501 - a rule is read best on one line

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from editio import tei
from editio.assertions import Rules, open_rules
from editio.diagnostics import Diagnostic, Report
from editio.documents import read_documents
from editio.model import Document
from editio.schematron import contexts, xpath

TEI = 'xmlns="http://www.tei-c.org/ns/1.0"'
LETTER = f"""<TEI {TEI}>
 <text when="1860-05-20"><!-- a draft -->
  <p xml:id="p1" n="1">My dear <hi rend="italic">Friend</hi>,</p>
  <p n="x">I have your letter.</p>
  <?page 2?>
 </text>
</TEI>"""


def letter(text: str = LETTER, name: str = "tei/letter.xml") -> Document:
    data = text.encode()
    return Document("letter", name, tei.parse(data), data)


def schema(content: str, binding: str = 'queryBinding="xslt3"') -> str:
    return (
        f'<schema xmlns="http://purl.oclc.org/dsdl/schematron" {binding}>\n'
        f'<ns prefix="tei" uri="http://www.tei-c.org/ns/1.0"/>\n{content}\n</schema>'
    )


def opened(folder: Path, text: str, phase: str = "#DEFAULT", name: str = "rules.sch") -> Rules:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return open_rules(path, folder, phase)


def found(folder: Path, text: str, document: Document | None = None, phase: str = "#DEFAULT") -> list[Diagnostic]:
    rules = opened(folder, text, phase)
    assert not rules.faults
    return sorted(rules.find(document or letter()), key=lambda one: one.sort_key)


def said(diagnostics: list[Diagnostic]) -> list[str]:
    """Line and message without the name of the rule."""
    return [f"{one.location.line}: {one.message.rpartition(' (')[0]}" for one in diagnostics]


# name → (schema, what is found)
MEANINGS: dict[str, tuple[str, list[str]]] = {
    "an assertion fails where its test is false, a report where it is true": (
        '<pattern><rule context="tei:p"><assert test="@xml:id">no id</assert><report test="@n = \'x\'">odd</report></rule></pattern>',
        ["4: no id", "4: odd"],
    ),
    "only the first rule of a pattern that matches a node fires": (
        '<pattern><rule context="tei:p[@xml:id]"><report test="true()">first</report></rule>'
        '<rule context="tei:p"><report test="true()">second</report></rule></pattern>',
        ["3: first", "4: second"],
    ),
    "patterns are independent of each other": (
        '<pattern><rule context="tei:p[@xml:id]"><report test="true()">a</report></rule></pattern>'
        '<pattern><rule context="tei:p[@xml:id]"><report test="true()">b</report></rule></pattern>',
        ["3: a", "3: b"],
    ),
    "every rule of a group fires": (
        '<group><rule context="tei:p[@xml:id]"><report test="true()">first</report></rule>'
        '<rule context="tei:p"><report test="true()">second</report></rule></group>',
        ["3: first", "3: second", "4: second"],
    ),
    "a rule that fired for a node leaves the nodes in it to the others": (
        '<pattern><rule context="tei:text"><report test="true()">text</report></rule>'
        '<rule context="tei:hi"><report test="true()">hi</report></rule></pattern>',
        ["2: text", "3: hi"],
    ),
    "a rule whose context names several kinds of node fires once for each": (
        '<pattern><rule context="tei:p | *[@xml:id] | tei:hi"><report test="true()"><name/></report></rule></pattern>',
        ["3: p", "3: hi", "4: p"],
    ),
    "the context is an attribute": (
        '<pattern><rule context="tei:p/@n"><assert test=". castable as xs:integer">“<value-of select="."/>”</assert></rule></pattern>',
        ["4: “x”"],
    ),
    "the context is a text": (
        '<pattern><rule context="tei:p/text()[contains(., \'letter\')]"><report test="true()">text</report></rule></pattern>',
        ["4: text"],
    ),
    "the context is a comment, a processing instruction": (
        '<pattern><rule context="comment()"><report test="true()">comment</report></rule>'
        '<rule context="processing-instruction(page)"><report test="true()">page</report></rule></pattern>',
        ["2: comment", "2: page"],
    ),
    "the context is the document": (
        '<pattern><rule context="/"><assert test="tei:TEI/tei:teiHeader">no header</assert></rule></pattern>',
        ["0: no header"],
    ),
    "the context is any node": (
        '<pattern><rule context="tei:hi/node()"><report test="self::text()">text</report></rule></pattern>',
        ["3: text"],
    ),
    "variables of schema, pattern and rule, the nearest first": (
        '<let name="a" value="1"/><let name="b" value="$a + 1"/>'
        '<pattern><let name="c" value="$b + 1"/><rule context="tei:hi"><let name="a" value="$c * 10"/>'
        '<report test="true()"><value-of select="$a, $b, $c"/></report></rule></pattern>',
        ["3: 30 2 3"],
    ),
    "variables of two patterns may have one name": (
        '<pattern><let name="x" value="\'p\'"/><rule context="*[local-name() = $x]"><report test="true()"><value-of select="$x"/></report></rule></pattern>'
        '<pattern><let name="x" value="\'hi\'"/><rule context="*[local-name() = $x]"><report test="true()"><value-of select="$x"/></report></rule></pattern>',
        ["3: p", "3: hi", "4: p"],
    ),
    "a variable of schema or pattern is about the document": (
        '<pattern><let name="ids" value="//@xml:id"/><rule context="tei:hi"><report test="true()"><value-of select="$ids"/></report></rule></pattern>',
        ["3: p1"],
    ),
    "an expression may bind a name that the schema has, too": (
        '<let name="x" value="\'schema\'"/><pattern><rule context="tei:hi">'
        '<report test="some $x in (1, 2) satisfies $x = 2"><value-of select="for $x in (1, 2) return $x, $x"/></report></rule></pattern>',
        ["3: 1 2 schema"],
    ),
    "the content of a variable is its value": (
        '<pattern><let name="names"><tei:name xmlns:tei="http://www.tei-c.org/ns/1.0">Ann</tei:name></let>'
        '<rule context="tei:hi"><report test="$names/tei:name = \'Ann\'">known</report></rule></pattern>',
        ["3: known"],
    ),
    "an abstract pattern stands for its instances": (
        '<pattern abstract="true" id="needs"><rule context="$element"><assert test="$what">no $what: <value-of select="\'$what\'"/></assert></rule></pattern>'
        '<pattern is-a="needs"><param name="element" value="tei:p"/><param name="what" value="@xml:id"/></pattern>'
        '<pattern is-a="needs"><param name="element" value="tei:hi"/><param name="what" value="@rendition"/></pattern>',
        ["3: no $what: @rendition", "4: no $what: @xml:id"],
    ),
    "a parameter does not stand for a longer name": (
        '<pattern abstract="true" id="a"><rule context="$e"><let name="el" value="1"/><report test="$el = 1">kept</report></rule></pattern>'
        '<pattern is-a="a"><param name="e" value="tei:hi"/></pattern>',
        ["3: kept"],
    ),
    "a rule extends abstract rules": (
        '<pattern><rule abstract="true" id="base"><let name="n" value="name()"/><report test="true()">base <value-of select="$n"/></report></rule>'
        '<rule abstract="true" id="middle"><extends rule="base"/></rule>'
        '<rule context="tei:hi"><extends rule="middle"/><report test="$n">own</report></rule></pattern>',
        ["3: base hi", "3: own"],
    ),
    "the subject is where the finding is": (
        '<pattern><rule context="tei:text" subject="tei:p[2]"><report test="true()">p</report>'
        '<report test="true()" subject="tei:p[1]/tei:hi">hi</report><report test="true()" subject="tei:none">text</report></rule></pattern>',
        ["2: text", "3: hi", "4: p"],
    ),
    "value-of, name, and what only shows how to print": (
        '<pattern><rule context="tei:hi"><report test="true()">In <name path=".."/> the <emph><name/></emph> is '
        '<dir value="ltr"><value-of select="@rend"/></dir>, <span class="x">count <value-of select="1 to 3"/></span></report></rule></pattern>',
        ["3: In p the hi is italic, count 1 2 3"],
    ),
    "functions and keys of XSLT": (
        '<xsl:key xmlns:xsl="http://www.w3.org/1999/XSL/Transform" name="by-n" match="tei:p" use="@n"/>'
        '<xsl:function xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:my="urn:my" name="my:twice"><xsl:param name="x"/><xsl:sequence select="$x * $factor"/></xsl:function>'
        '<ns prefix="my" uri="urn:my"/><let name="factor" value="2"/>'
        '<pattern><rule context="tei:hi"><report test="key(\'by-n\', \'1\')"><value-of select="my:twice(21)"/></report></rule></pattern>',
        ["3: 42"],
    ),
    "a function sees the variable of the schema, whatever patterns call theirs": (
        '<xsl:function xmlns:xsl="http://www.w3.org/1999/XSL/Transform" name="tei:x"><xsl:sequence select="$x"/></xsl:function>'
        '<let name="x" value="1"/><pattern><let name="x" value="2"/><rule context="tei:hi"><report test="true()"><value-of select="tei:x(), $x"/></report></rule></pattern>',
        ["3: 1 2"],
    ),
    "a context by a key, a context with the current node": (
        '<xsl:key xmlns:xsl="http://www.w3.org/1999/XSL/Transform" name="n" match="tei:p" use="@n"/>'
        "<pattern><rule context=\"key('n', 'x')\"><report test=\"true()\">key</report></rule></pattern>"
        '<pattern><rule context="tei:p[string-length(current()/@n) + 1 = 2]"><report test="true()">current</report></rule></pattern>',
        ["3: current", "4: current", "4: key"],
    ),
    "prefixes that need no declaration": (
        '<pattern><rule context="tei:hi"><report test="fn:true() and map:size(map{}) = 0 and array:size([1]) = 1 and math:pi() gt xs:decimal(3)">all</report></rule></pattern>',
        ["3: all"],
    ),
    "quotes in messages and identifiers": (
        """<pattern><rule context="tei:hi"><report test="@rend = 'italic'" id="it's">it's "so" {no} template</report></rule></pattern>""",
        ['3: it\'s "so" {no} template'],
    ),
    "names that are operators elsewhere": (
        '<pattern><rule context="*[@to | @div | tei:p/@n]"><report test="true()">found</report></rule></pattern>',
        ["2: found"],
    ),
    "the context is any element with an attribute": (
        '<pattern><rule context="tei:*[@n]"><report test="self::tei:p and . is current()"><name/></report></rule></pattern>'
        '<pattern><rule context="*[ @xml:id ]"><report test="true()" subject="tei:hi">id</report></rule></pattern>'
        '<group><rule context="*[@n]"><report test="true()">n</report></rule><rule context="@n"><report test="true()">@n</report></rule></group>',
        ["3: @n", "3: n", "3: p", "3: id", "4: @n", "4: n", "4: p"],
    ),
    "of rules about any element with an attribute, the first fires": (
        '<pattern><rule context="*[@n and @xml:id]"><report test="true()">both</report></rule><rule context="*[@n]"><report test="true()">n</report></rule></pattern>'
        '<pattern><rule context="*[@xml:id]"><report test="true()">id</report></rule><rule context="tei:*[@n]"><report test="true()">no id</report></rule></pattern>'
        '<pattern><rule context="*[@rend]"><report test="true()">rend</report></rule><rule context="tei:text"><report test="true()">text</report></rule></pattern>',
        ["2: text", "3: both", "3: id", "3: rend", "4: n", "4: no id"],
    ),
    "rules of many kinds about the same nodes": (
        '<pattern><rule context="(tei:p | tei:hi)[@n]"><report test="true()">a</report></rule><rule context="tei:text/tei:p"><report test="true()">never</report></rule></pattern>'
        '<pattern><rule context="*:p except tei:p[2]"><report test="true()">b</report></rule><rule context="node()"><report test="self::tei:p">c</report></rule></pattern>'
        '<pattern><rule context="text()[. = \'Friend\']"><report test="true()">d</report></rule><rule context="tei:hi/*|tei:hi/text()"><report test="true()">never</report></rule></pattern>',
        ["3: a", "3: b", "3: d", "4: a", "4: c"],
    ),
    "predicates that could fail are asked last, of the node and of what is around it": (
        '<pattern><rule context="tei:p[number(@n) = 1]"><report test="true()">first</report></rule><rule context="tei:p"><report test="true()">second</report></rule></pattern>'
        '<group><rule context="tei:p[number(@n) = 1][string(.) gt \'A\']"><report test="true()">both</report></rule><rule context="tei:p[2][string(.) gt \'A\']"><report test="true()">position</report></rule></group>'
        '<pattern><rule context="tei:hi | tei:p[number(@n) = 1]"><report test="true()">either</report></rule></pattern>'
        '<pattern><rule context="tei:p[number(@n) = 1]/tei:hi"><report test="true()">within</report></rule></pattern>',
        ["3: both", "3: either", "3: first", "3: either", "3: within", "4: position", "4: second"],
    ),
    "a parameter has a value in the abstract pattern, too": (
        '<pattern abstract="true" id="a"><param name="x" value="tei:hi"/><rule context="$x"><report test="true()">in <name/></report></rule></pattern>'
        '<pattern is-a="a"/><pattern is-a="a"><param name="x" value="tei:text"/></pattern>',
        ["2: in text", "3: in hi"],
    ),
    "an abstract group, and variables of a group": (
        '<group abstract="true" id="g"><let name="n" value="2"/><rule context="$c"><report test="$n = 2">one</report></rule><rule context="*"><report test="self::$c">two</report></rule></group>'
        '<group is-a="g"><param name="c" value="tei:hi"/></group>',
        ["3: one", "3: two"],
    ),
    "a position counts among the siblings": (
        '<pattern><rule context="tei:p[1]"><report test="true()">first</report></rule>'
        '<rule context="tei:p[position() = last()]"><report test="true()">last</report></rule></pattern>',
        ["3: first", "4: last"],
    ),
}


@pytest.mark.parametrize("name", MEANINGS)
def test_what_a_schema_means(name: str, tmp_path: Path) -> None:
    content, expected = MEANINGS[name]
    assert said(found(tmp_path, schema(content))) == expected


PIECES = st.sampled_from(["tei:p", "@n", "[", "]", "(", ")", "'a''b'", '"$x"', "(: $x (: doc('y') :) :)", "$x", "$ y", " ", "doc", "doc(", "1.5e3", ".", "..", "//", "-", "é·", "Q{u}n", "::", ":=", "in", "{", "}", "for ", "'", "𐍈"])  # fmt: skip


@given(st.lists(PIECES).map("".join))
def test_any_expression_keeps_every_character_that_is_not_renamed(expression: str) -> None:
    assert "".join(token.text for token in xpath.tokens(expression)) == expression
    assert xpath.rewrite(expression, {}, {}) == expression
    assert xpath.guard(expression, lambda predicate, number: predicate) == expression
    assert xpath.is_safe(xpath.tokens(expression)) in (True, False)
    assert contexts.visited(contexts.matched(expression, {}))


P, DIV = "element Q{urn:t}p", "element Q{urn:t}div"


@pytest.mark.parametrize(
    ("context", "nodes"),
    {
        "t:p": [P],
        "Q{ urn:t }p[t:div]/@*": ["attribute "],
        "//t:div/t:p[@n='/']": [P],
        "(t:p | t:div)[1]": [DIV, P],
        "t:x/(t:p|t:div)": [DIV, P],
        "t:p union t:x/t:div": [DIV, P],
        "t:div except t:x/t:p": [DIV, P],
        "child::t:p|attribute::n": ["attribute Q{}n", P],
        "t:div//self::t:p": [P],
        "union": ["element Q{}union"],
        "t:p/union": ["element Q{}union"],
        "t:*|*:p": ["element "],
        "unknown:p": ["element "],
        "odd:p": ["element "],
        "t:p/text()|comment()|processing-instruction(x)": ["comment() ", "processing-instruction() ", "text() "],
        "/": ["document "],
        "/*": ["element "],
        "element(t:p)|attribute()": ["attribute ", "element "],
    }.items(),
)
def test_what_a_context_can_match_is_seen(context: str, nodes: list[str]) -> None:
    assert (
        sorted(f"{one.kind} {one.name}" for one in contexts.matched(context, {"t": "urn:t", "odd": "urn:{x}"})) == nodes
    )


@pytest.mark.parametrize("context", [".", "node()", "$nodes", "id('x')", "key('k', 'x')[2]"])
def test_a_context_that_is_not_plain_can_match_anything(context: str) -> None:
    assert contexts.matched(context, {}) == contexts.EVERY


@pytest.mark.parametrize(
    ("context", "attribute"),
    {
        "t:*[@n]": "n",
        "*[not(self::t:p)][@n]": "n",
        "*[ @n and not(@m) ]": "n",
        "*:p[@xml:id='x']": "xml:id",
        "*[@n or @m]": "",
        "*[@n, @m]": "",
        "*[@n][2]": "",
        "*[@n][position() = 1]": "",
        "*[@* and @n]": "n",
        "*[t:p[@n]]": "",
        "t:p[@n]": "",
        "t:p/*[@n]": "",
    }.items(),
)
def test_an_attribute_that_a_context_requires_is_seen(context: str, attribute: str) -> None:
    assert contexts.required_attribute(context) == attribute


@pytest.mark.parametrize(
    ("expression", "is_safe"),
    {
        "@n = 'x' and not(../t:p)": True,
        "count(t:p | t:div) > 1": True,
        "(ancestor::t:l or ancestor::t:lg) and not(t:note)": True,
        "contains(@n, 'x')": True,
        "@n eq 'x' or t:p[. ne @m]": True,
        "t:p/@n eq 'x'": False,
        "@n eq true()": False,
        "@n = count(t:p)": False,
        "(count(t:p)) = @n": False,
        "@n = true()": False,
        "contains(@n, 'x') = @m": False,
        "contains(t:p, 'x')": False,
        "@a * @b = @c": False,
        "t:*/@n | *": True,
        "@n cast as xs:date": False,
        "@n > 1": False,
        "string(.) = t:f(.)": False,
        "$x": False,
    }.items(),
)
def test_an_expression_is_called_safe_only_if_no_document_makes_it_fail(expression: str, is_safe: bool) -> None:
    assert xpath.is_safe(xpath.tokens(expression)) == is_safe


def test_strings_and_comments_are_no_variables_or_calls() -> None:
    written = "doc('doc(1) $x') = $x (: $x :) or \"$x\" and fn:doc ($x)"
    expected = "_:doc('doc(1) $x') = V (: $x :) or \"$x\" and _:doc (V)"
    assert xpath.rewrite(written, {"x": "V"}, {"doc": "_:doc", "fn:doc": "_:doc"}) == expected


PHASES = schema(
    '<phase id="draft"><active pattern="one"/><let name="limit" value="5"/></phase>'
    '<phase id="final"><active pattern="one"/><active pattern="two"/><let name="limit" value="9"/></phase>'
    '<pattern id="one"><rule context="tei:hi"><report test="true()">one <value-of select="$limit"/></report></rule></pattern>'
    '<pattern id="two"><rule context="tei:hi"><report test="true()">two</report></rule></pattern>',
    'queryBinding="xslt2" defaultPhase="draft"',
)


@pytest.mark.parametrize(
    ("phase", "expected"), [("#DEFAULT", ["3: one 5"]), ("draft", ["3: one 5"]), ("final", ["3: one 9", "3: two"])]
)
def test_a_phase_runs_its_patterns_with_its_variables(phase: str, expected: list[str], tmp_path: Path) -> None:
    assert said(found(tmp_path, PHASES, phase=phase)) == expected


def test_an_unknown_phase_is_named_with_those_that_there_are(tmp_path: Path) -> None:
    (fault,) = opened(tmp_path, PHASES, "print").faults
    assert fault.code.name == "unusable-schematron"
    assert "“print”" in fault.message and "“draft”, “final”" in fault.message


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ("", "error"),
        ('role="warning"', "warning"),
        ('role="nonfatal"', "warning"),
        ('role="information"', "info"),
        ('role="fatal"', "error"),
        ('severity="info" role="error"', "info"),
        ('role="heading"', "error"),
    ],
)
def test_the_role_says_how_bad_it_is(words: str, severity: str, tmp_path: Path) -> None:
    text = schema(f'<pattern><rule context="tei:hi"><report test="true()" {words}>x</report></rule></pattern>')
    assert [one.severity.word for one in found(tmp_path, text)] == [severity]


def test_the_role_of_a_rule_holds_for_its_assertions(tmp_path: Path) -> None:
    text = schema(
        '<pattern><rule context="tei:hi" role="warn"><report test="true()">x</report>'
        '<report test="true()" role="info">y</report></rule></pattern>'
    )
    assert {one.severity.word for one in found(tmp_path, text)} == {"warning", "info"}


def test_the_severity_of_a_pattern_holds_for_its_rules_that_say_none(tmp_path: Path) -> None:
    text = schema(
        '<pattern severity="info"><rule context="tei:hi"><report test="true()">x</report></rule>'
        '<rule context="tei:text" role="warning"><report test="true()">y</report></rule></pattern>'
    )
    assert [one.severity.name for one in found(tmp_path, text)] == ["WARNING", "INFO"]


def test_a_diagnostic_is_the_hint(tmp_path: Path) -> None:
    text = schema(
        '<pattern><rule context="tei:hi"><report test="true()" id="a" diagnostics="d e">x</report></rule></pattern>'
        '<diagnostics><diagnostic id="d">It reads <value-of select="."/>.</diagnostic><diagnostic id="e">Cure it.</diagnostic></diagnostics>'
    )
    (one,) = found(tmp_path, text)
    assert one.hint == "It reads Friend. Cure it."
    assert one.message == "x (a)"


def test_the_column_is_that_of_the_start_tag(tmp_path: Path) -> None:
    text = schema('<pattern><rule context="tei:hi"><report test="true()">x</report></rule></pattern>')
    document = letter(f'<TEI {TEI}><p>\n 𐍈é<hi\n  rend="𐍈&gt;"\n>x</hi></p></TEI>')
    (one,) = found(tmp_path, text, document)
    assert (one.location.line, one.location.column) == (2, 4)


def test_a_document_with_a_doctype_keeps_its_lines(tmp_path: Path) -> None:
    text = schema(
        '<pattern><rule context="tei:hi"><report test="true()"><value-of select="., @n"/></report></rule></pattern>'
    )
    document = letter(
        '<?xml version="1.0"\n encoding="utf-8"?>\n<!DOCTYPE TEI SYSTEM "tei.dtd" [\n<!-- ] > -->\n<!ENTITY mr "M&#178;&quot;">\n'
        f'<!ENTITY all "&mr;, &mr;">\n]>\n<TEI {TEI}><p>\n<hi n="&mr;">&all;</hi><!-- &none; --></p></TEI>'
    )
    assert said(found(tmp_path, text, document)) == ['9: M²", M²" M²"']


def test_includes_are_joined_and_named_where_they_are_wrong(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/more.sch").write_text(
        '<sch:pattern xmlns:sch="http://purl.oclc.org/dsdl/schematron">\n<sch:include href="rule.sch#r"/>\n'
        '<sch:rule context="tei:hi">\n<sch:report test="nope(">x</sch:report><sch:report test="true()">more</sch:report></sch:rule></sch:pattern>'
    )
    (tmp_path / "parts/rule.sch").write_text(
        '<x xmlns="urn:x"><rule xml:id="r" xmlns="http://purl.oclc.org/dsdl/schematron" context="tei:p"><report test="true()">rule</report></rule></x>'
    )
    rules = opened(
        tmp_path,
        schema(
            '<include href="parts/more.sch"/><pattern><rule context="tei:text"><extends href="parts/rule.sch#r"/></rule></pattern>'
        ),
    )
    (fault,) = rules.faults
    assert (fault.location.file, fault.location.line, fault.code.name) == ("parts/more.sch", 4, "unusable-schematron")
    assert said(sorted(rules.find(letter()), key=lambda one: one.sort_key)) == [
        "2: rule",
        "3: rule",
        "3: more",
        "4: rule",
    ]


RNG = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" xmlns:sch="http://purl.oclc.org/dsdl/schematron"
 ns="http://www.tei-c.org/ns/1.0" xmlns:tei="http://www.tei-c.org/ns/1.0">
 <start><ref name="hi"/></start>
 <sch:pattern><sch:rule context="tei:text"><sch:report test="true()">pattern</sch:report></sch:rule></sch:pattern>
 <define name="hi"><element name="hi">
  <sch:rule context="tei:hi"><sch:report test="true()">rule</sch:report></sch:rule>
  <sch:assert test="@n">bare</sch:assert>
  <attribute name="rend"><sch:assert test=". = 'bold'">attribute</sch:assert></attribute></element></define>
</grammar>"""


@pytest.mark.parametrize("written", ['<include href="lib.sch"/>', '<extends href="lib.sch"/>'])
def test_a_library_of_patterns_and_abstract_rules_is_joined(written: str, tmp_path: Path) -> None:
    (tmp_path / "lib.sch").write_text(
        '<library xmlns="http://purl.oclc.org/dsdl/schematron"><rules><rule abstract="true" id="a"><report test="true()">a</report></rule></rules>'
        '<pattern><rule context="tei:hi"><report test="true()">b</report></rule></pattern></library>'
    )
    text = schema(f'{written}<pattern><rule context="tei:text"><extends rule="a"/></rule></pattern>')
    assert said(found(tmp_path, text)) == ["2: a", "3: b"]


def test_rules_embedded_in_a_grammar_are_found(tmp_path: Path) -> None:
    rules = opened(tmp_path, RNG, name="tei.rng")
    assert not rules.faults
    expected = ["2: pattern", "3: attribute", "3: bare", "3: rule"]
    assert said(sorted(rules.find(letter()), key=lambda one: one.sort_key)) == expected


ODD = f"""<TEI {TEI} xmlns:sch="http://purl.oclc.org/dsdl/schematron"><text><schemaSpec ident="x">
 <constraintSpec ident="ns" scheme="schematron"><constraint><sch:ns prefix="t" uri="http://www.tei-c.org/ns/1.0"/></constraint></constraintSpec>
 <elementSpec ident="hi" mode="change">
  <constraintSpec ident="bare" scheme="schematron"><constraint><sch:assert test="@n">bare</sch:assert></constraint></constraintSpec>
  <constraintSpec ident="gone" scheme="schematron" mode="delete"><constraint><sch:assert test="@n">gone</sch:assert></constraint></constraintSpec>
  <constraintSpec ident="rule" scheme="schematron"><constraint>
   <sch:rule context="t:hi"><sch:report test="true()">rule</sch:report></sch:rule></constraint></constraintSpec></elementSpec>
 <egXML xmlns="http://www.tei-c.org/ns/Examples"><constraint><sch:rule context="t:hi"><sch:report test="true()">example</sch:report></sch:rule></constraint></egXML>
</schemaSpec></text></TEI>"""


def test_a_rule_that_a_grammar_says_twice_is_asked_once(tmp_path: Path) -> None:
    rule = '<sch:pattern id="{}"><sch:rule context="tei:hi"><sch:report test="true()" xml:lang="{}">{}</sch:report></sch:rule></sch:pattern>'
    text = RNG.replace(" <define", rule.format("a", "en", "emphasis") + rule.format("b", "fr", "emphase") + " <define")
    assert said(list(opened(tmp_path, text, name="tei.rng").find(letter()))).count("3: emphasis") == 1
    assert "3: emphase" not in said(list(opened(tmp_path, text, name="tei.rng").find(letter())))


def test_rules_embedded_in_an_odd_are_found(tmp_path: Path) -> None:
    rules = opened(tmp_path, ODD, name="tei.odd")
    assert not rules.faults
    assert said(sorted(rules.find(letter()), key=lambda one: one.sort_key)) == ["3: bare", "3: rule"]


# What raises an error → (schema, what is not evaluated)
ERRORS: dict[str, tuple[str, str]] = {
    "test": ('<pattern><rule context="tei:p" id="r"><assert test="xs:integer(@n) gt 0">x</assert><report test="@n">kept</report></rule></pattern>', "4"),
    "variable of a rule": ('<pattern><rule context="tei:p" id="r"><let name="n" value="xs:integer(@n)"/><report test="$n gt 5">x</report><report test="@n">kept</report></rule></pattern>', "4"),
    "variable of a pattern": ('<pattern><let name="n" value="xs:integer(//tei:p[2]/@n)"/><rule context="tei:p" id="r"><report test="$n gt 5">x</report><report test="@n">kept</report></rule></pattern>', "3 4"),
    "context": ('<pattern><rule context="tei:p[xs:integer(@n) gt 5]" id="r"><report test="true()">x</report></rule></pattern>'
                '<pattern><rule context="tei:p"><report test="@n">kept</report></rule></pattern>', "4"),
    "comparison in a context": ('<pattern><rule context="tei:p[@n = count(tei:hi)]" id="r"><report test="true()">x</report></rule></pattern>'
                                '<pattern><rule context="tei:p"><report test="@n">kept</report></rule></pattern>', "4"),
    "several nodes for one in a context": ('<pattern><rule context="tei:text[contains(tei:p, \'x\')]" id="r"><report test="true()">x</report></rule></pattern>'
                                           '<pattern><rule context="tei:p"><report test="@n">kept</report></rule></pattern>', "2"),
    "comparison": ('<pattern><rule context="tei:p" id="r"><report test="@n = count(*)">x</report><report test="@n">kept</report></rule></pattern>', "4"),
    "function": ('<xsl:function xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:my="urn:my" name="my:n"><xsl:param name="x"/><xsl:sequence select="xs:integer($x)"/></xsl:function><ns prefix="my" uri="urn:my"/>'
                 '<pattern><rule context="tei:p" id="r"><report test="my:n(@n) gt 5">x</report><report test="@n">kept</report></rule></pattern>', "4"),
}  # fmt: skip


@pytest.mark.parametrize("name", ERRORS)
def test_a_rule_that_fails_is_named_and_the_others_go_on(name: str, tmp_path: Path) -> None:
    content, lines = ERRORS[name]
    diagnostics = found(tmp_path, schema(content))
    failed = [one for one in diagnostics if one.code.name == "rule-not-evaluated"]
    assert [str(one.location.line) for one in failed] == lines.split()
    assert all(re.search("“r”.*(x|more than one)", one.message) for one in failed)
    assert [one for one in said(diagnostics) if one.endswith("kept")] == ["3: kept", "4: kept"]


def test_a_message_whose_values_fail_is_reported_all_the_same(tmp_path: Path) -> None:
    text = schema(
        '<pattern><rule context="tei:p[2]"><report test="true()">is <value-of select="xs:integer(@n)"/> so</report></rule></pattern>'
    )
    assert said(found(tmp_path, text)) == ["4: is … so"]


# What is wrong with a schema → (schema, line, words)
FAULTS: dict[str, tuple[str, int, str]] = {
    "not well-formed": (schema("<pattern>\n<rule></pattern>"), 4, "mismatched tag"),
    "no schema": ("<p>\n</p>", 1, "neither Schematron"),
    "old namespace": ('<schema xmlns="http://www.ascc.net/xml/schematron"/>', 1, "namespace"),
    "doctype": ('<!DOCTYPE schema [<!ENTITY x SYSTEM "/etc/passwd">]>\n<schema/>', 1, "DOCTYPE"),
    "binding": (schema("", 'queryBinding="stx"'), 1, "unknown query binding “stx”"),
    "old binding": (schema("", 'queryBinding="xslt"'), 1, "XPath 1"),
    "misspelt element": (schema('<pattern><rule context="tei:p">\n<asert test="@n">x</asert></rule></pattern>'), 4, "“asert”"),
    "no test": (schema('<pattern><rule context="tei:p">\n<assert>x</assert></rule></pattern>'), 4, "@test"),
    "no context": (schema("<pattern>\n<rule><assert test='1'>x</assert></rule></pattern>"), 4, "@context"),
    "assertion in a pattern": (schema("<pattern>\n<assert test='1'>x</assert></pattern>"), 4, "may not stand in pattern"),
    "unknown abstract pattern": (schema('\n<pattern is-a="none"/>'), 4, "“none”"),
    "unknown abstract rule": (schema('<pattern><rule context="tei:p">\n<extends rule="none"/></rule></pattern>'), 4, "“none”"),
    "circle of abstract rules": (schema('<pattern><rule abstract="true" id="a">\n<extends rule="a"/></rule><rule context="tei:p"><extends rule="a"/></rule></pattern>'), 4, "itself"),
    "wrong test": (schema('<pattern><rule context="tei:p">\n<assert\n test="@n (">x</assert></rule></pattern>'), 4, "this test"),
    "unbalanced test": (schema('<pattern><rule context="tei:p">\n<assert test="@n) or (@n">x</assert></rule></pattern>'), 4, "this test"),
    "wrong context": (schema('<pattern>\n<rule context="tei:p[">\n<assert test="@n">x</assert></rule></pattern>'), 4, "the context"),
    "undeclared prefix": (schema('<pattern><rule context="tei:p">\n<assert test="xhtml:p">x</assert></rule></pattern>'), 4, "xhtml"),
    "undeclared prefix in a context": (schema('<pattern>\n<rule context="xhtml:p"><assert test="@n">x</assert></rule></pattern>'), 4, "xhtml"),
    "unknown function": (schema('<pattern><rule context="tei:p">\n<assert test="nope(.)">x</assert></rule></pattern>'), 4, "nope"),
    "unknown variable": (schema('<pattern><rule context="tei:p">\n<assert test="$nope">x</assert></rule></pattern>'), 4, "nope"),
    "wrong value in a message": (schema('<pattern><rule context="tei:p">\n<assert test="@q">x <value-of select="1 +"/></assert></rule></pattern>'), 4, "this test"),
    "wrong variable": (schema('\n<let name="x" value="1 +"/><pattern><rule context="tei:p"><assert test="@n">x</assert></rule></pattern>'), 4, "this variable"),
    "abstract pattern that is an instance": (schema('<pattern abstract="true" id="a"/>\n<pattern abstract="true" id="b" is-a="a"/>'), 4, "cannot be an instance"),
    "rules of an instance": (schema('<pattern abstract="true" id="a"/>\n<pattern is-a="a"><rule context="tei:p"><report test="1">x</report></rule></pattern>'), 4, "are not asked"),
    "rule with visit-each": (schema('<pattern>\n<rule context="tei:p" visit-each="tei:hi"><report test="1">x</report></rule></pattern>'), 4, "@visit-each"),
    "phase with a condition": (schema('\n<phase id="a" when="//tei:hi"><active pattern="p"/></phase><pattern id="p"/>'), 4, "@when of a phase is not asked"),
    "include of a file that there is not": (schema('\n<include href="none.sch"/>'), 4, "cannot be read"),
    "include outside": (schema('\n<include href="../outside.sch"/>'), 4, "outside the project"),
    "include by absolute path": (schema('\n<include href="/etc/passwd"/>'), 4, "outside the project"),
    "include from the network": (schema('\n<include href="http://example.org/x.sch"/>'), 4, "outside the project"),
    "include of itself": (schema('\n<include href="rules.sch"/>'), 4, "itself"),
    "unknown pattern in a phase": (schema('<phase id="a">\n<active pattern="none"/></phase>', 'queryBinding="xslt2" defaultPhase="a"'), 4, "“none”"),
    "unknown diagnostic": (schema('<pattern><rule context="tei:p">\n<assert test="@n" diagnostics="none">x</assert></rule></pattern>'), 4, "“none”"),
    "xsl:include": (schema('\n<xsl:include xmlns:xsl="http://www.w3.org/1999/XSL/Transform" href="/etc/passwd"/>'), 4, "xsl:include"),
    "xsl:result-document": (schema('<xsl:function xmlns:xsl="http://www.w3.org/1999/XSL/Transform" name="tei:f">\n<xsl:result-document href="/tmp/x"/></xsl:function>'), 4, "xsl:result-document"),
    "xsl:evaluate": (schema('<xsl:function xmlns:xsl="http://www.w3.org/1999/XSL/Transform" name="tei:f">\n<xsl:evaluate xpath="1"/></xsl:function>'), 4, "xsl:evaluate"),
    "static variable": (schema('\n<xsl:variable xmlns:xsl="http://www.w3.org/1999/XSL/Transform" static="yes" name="f" select="doc(\'/etc/passwd\')"/>'), 4, "static"),
    "use-when": (schema('\n<xsl:key xmlns:xsl="http://www.w3.org/1999/XSL/Transform" use-when="doc-available(\'/etc/passwd\')" name="f" match="x" use="y"/>'), 4, "use-when"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_schema_is_named_with_its_line(name: str, tmp_path: Path) -> None:
    text, line, words = FAULTS[name]
    faults = opened(tmp_path, text).faults
    assert [(one.location.file, one.location.line) for one in faults if words in one.message] == [("rules.sch", line)]
    assert {one.code.name for one in faults} <= {"unusable-schematron", "doubtful-schematron"}


def test_one_faulty_rule_does_not_silence_the_others(tmp_path: Path) -> None:
    text = schema(
        '<pattern><rule context="tei:p"><assert test="@n (">x</assert><report test="true()">kept</report></rule></pattern>'
        '<pattern><rule context="tei:hi["><report test="true()">x</report></rule></pattern>'
        '<pattern><rule context="tei:hi"><report test="true()">also</report></rule></pattern>'
    )
    rules = opened(tmp_path, text)
    assert len(rules.faults) == 2
    assert said(list(rules.find(letter()))) == ["3: kept", "3: also", "4: kept"]


def test_rules_read_documents_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers/persons.xml").write_text(f'<TEI {TEI}><person xml:id="ann"/></TEI>')
    text = schema(
        '<let name="known" value="doc(\'../registers/persons.xml\')//@xml:id"/>'
        '<pattern><rule context="tei:persName[@ref]"><assert test="substring-after(@ref, \'#\') = $known">unknown</assert>'
        "<assert test=\"document('../registers/persons.xml', .)//tei:person\">x</assert></rule></pattern>"
        "<pattern><rule context=\"tei:persName[substring-after(@ref, '#') = doc('../registers/persons.xml')//@xml:id]\"><report test=\"true()\">known</report></rule></pattern>"
    )
    document = letter(f'<TEI {TEI}>\n<persName ref="#ann"/>\n<persName ref="#bob"/></TEI>')
    rules = opened(tmp_path, text, name="schema/rules.sch")
    assert not rules.faults
    assert said(list(rules.find(document))) == ["2: known", "3: unknown"]


REGISTER = f'<TEI {TEI}>\n<listPerson>\n<person xml:id="ann" n="1"/>\n <person xml:id="bob" n="x"/></listPerson></TEI>'
LETTER_TO_ANN = f'<TEI {TEI}>\n<person/><ref target="../registers/persons.xml"/>\n<ref target="none.xml"/></TEI>'


def test_a_pattern_is_about_the_documents_that_it_names(tmp_path: Path) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers/persons.xml").write_text(REGISTER)
    text = schema(
        '<let name="where" value="\'../registers/persons.xml\'"/>'
        '<pattern documents="$where"><rule context="tei:person[@xml:id = \'ann\']"><report test="@n = 1">one</report></rule>'
        '<rule context="tei:person"><report test="true()">other <value-of select="@xml:id"/></report></rule>'
        '<rule context="*[xs:integer(@n) = 2]"><report test="true()">two</report></rule></pattern>'
        '<pattern><rule context="tei:person"><report test="true()">person of the letter</report></rule></pattern>'
        '<group documents="//tei:ref[1]/@target"><rule context="tei:listPerson"><report test="tei:person" subject="tei:person[2]">two</report></rule></group>'
    )
    found_there = list(opened(tmp_path, text, name="schema/rules.sch").find(letter(LETTER_TO_ANN)))
    assert [(one.location.file, one.location.line, one.location.column, one.message.split(" (")[0]) for one in found_there] == [
        ("registers/persons.xml", 3, 1, "one"),
        ("registers/persons.xml", 4, 2, "other bob"),
        ("registers/persons.xml", 4, 2, "two"),
        ("tei/letter.xml", 2, 1, "person of the letter"),
    ]  # fmt: skip


def test_svrl_names_the_documents_that_a_pattern_is_about(tmp_path: Path) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers/persons.xml").write_text(REGISTER)
    text = schema(
        '<pattern documents="//tei:ref[1]/@target"><rule context="tei:person"><report test="@n = \'x\'">x</report></rule></pattern>'
    )
    report = etree.fromstring(opened(tmp_path, text).svrl(letter(LETTER_TO_ANN)).encode())
    assert [one.get("documents") for one in report.iter("{*}active-pattern")] == ["editio:/registers/persons.xml"]
    assert [one.get("document") for one in report.iter("{*}fired-rule")] == ["editio:/registers/persons.xml"] * 2


@pytest.mark.parametrize(
    ("documents", "words"),
    {
        "//tei:ref/@target": "“tei/none.xml”, which the project does not have",
        "'../../../etc/passwd'": "“../../etc/passwd”, which is not in the project",
        "'file:///etc/passwd'": "“file:///etc/passwd”, which is not in the project",
        "'http://example.org/x.xml'": "“http://example.org/x.xml”, which is not in the project",
        "//tei:ref/xs:integer(@target)": "cannot convert",
    }.items(),
)
def test_a_document_that_a_pattern_cannot_have_is_named_and_the_others_go_on(
    documents: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers/persons.xml").write_text(REGISTER)
    text = schema(
        f'<pattern documents="{documents}"><rule context="tei:person"><report test="@n = \'1\'">one</report></rule></pattern>'
        '<pattern><rule context="tei:person"><report test="true()">letter</report></rule></pattern>'
    )
    diagnostics = list(opened(tmp_path, text).find(letter(LETTER_TO_ANN)))
    failed = [one for one in diagnostics if one.code.name == "rule-not-evaluated"]
    assert len(failed) == 1 and words.lower() in failed[0].message.lower()
    assert failed[0].location.file == "tei/letter.xml"
    assert "2: letter" in said(diagnostics)
    assert ("3: one" in said(diagnostics)) == (documents == "//tei:ref/@target")


def test_wrong_documents_of_a_pattern_are_named_with_their_line(tmp_path: Path) -> None:
    text = schema(
        '\n<pattern documents="1 +"><rule context="tei:p"><report test="true()">x</report></rule></pattern><pattern><rule context="tei:hi"><report test="true()">kept</report></rule></pattern>'
    )
    rules = opened(tmp_path, text)
    assert [(one.location.line, "the documents of this pattern" in one.message) for one in rules.faults] == [(4, True)]
    assert said(list(rules.find(letter()))) == ["3: kept"]


def test_rules_behind_one_that_cannot_be_used_are_not_asked_of_what_it_was_about(tmp_path: Path) -> None:
    text = schema(
        '<pattern><rule context="tei:p[@n"><report test="true()">x</report></rule><rule context="*"><report test="true()">any</report></rule></pattern>'
        '<group><rule context="tei:p[@n"><report test="true()">x</report></rule><rule context="tei:hi"><report test="true()">hi</report></rule></group>'
    )
    rules = opened(tmp_path, text)
    assert len(rules.faults) == 2 and "the rules after it in its pattern are not asked" in rules.faults[0].message
    assert said(list(rules.find(letter()))) == ["3: hi"]
    assert rules.svrl(letter()).count("<svrl:fired-rule") == 1


def test_svrl_has_what_rules_read(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<a/>")
    rules = opened(
        tmp_path,
        schema('<pattern><rule context="tei:hi"><report test="doc(\'a.xml\')/a">read</report></rule></pattern>'),
    )
    assert said(list(rules.find(letter()))) == ["3: read"]
    assert "successful-report" in rules.svrl(letter()) and "successful-report" in rules.svrl(letter())


def test_rules_ask_for_documents_that_documents_name(tmp_path: Path) -> None:
    for name, content in {"a": '<a next="b.xml"/>', "b": '<b next="c.xml"/>', "c": "<!DOCTYPE c>\n<c/>"}.items():
        (tmp_path / f"{name}.xml").write_text(content)
    text = schema(
        '<pattern><rule context="@next"><let name="last" value="doc(doc(doc(.)/*/@next)/*/@next)"/>'
        '<report test="doc-available(.) and not(doc-available(\'none.xml\'))"><value-of select="name($last/*), count(doc(()))"/></report></rule></pattern>'
    )
    assert said(found(tmp_path, text, letter('<x next="a.xml"/>'))) == ["1: c 0"]


def test_a_schema_without_assertions_finds_nothing_and_says_so(tmp_path: Path) -> None:
    rules = opened(tmp_path, schema("<title>None</title>"))
    assert [one.message for one in rules.faults] == ["there are no rules in it"]
    assert not rules.has_checks and list(rules.find(letter())) == []


def test_rules_read_nothing_else(tmp_path: Path) -> None:
    outside = tmp_path / "outside.xml"
    outside.write_text("<secret/>")
    project = tmp_path / "project"
    project.mkdir()
    (project / "link.xml").symlink_to(outside)
    reads = [
        "doc('../outside.xml')", "doc('link.xml')", f"doc('{outside.as_uri()}')", f"document('{outside}')",
        "doc('http://127.0.0.1:9/x')", f"collection('{tmp_path.as_uri()}')", f"unparsed-text('{outside.as_uri()}')",
        "unparsed-text('../outside.xml')", f"json-doc('{outside.as_uri()}')", "doc('none.xml')",
    ]  # fmt: skip
    checks = "".join(f'<report test="{one}" id="r{n}">read</report>' for n, one in enumerate(reads))
    available = (
        f"""<report test="doc-available('{outside.as_uri()}') or environment-variable('PATH') != ''">read</report>"""
    )
    text = schema(f'<pattern><rule context="tei:hi">{checks}{available}</rule></pattern>')
    diagnostics = found(project, text)
    assert [one.code.name for one in diagnostics] == ["rule-not-evaluated"] * len(reads)
    assert all("reads" in one.message for one in diagnostics)


def test_the_rules_of_the_guide_say_what_the_guide_says(tmp_path: Path) -> None:
    guide = (ROOT / "docs/guide.md").read_text(encoding="utf-8")
    start = guide.index("```xml file=schema/letters.sch\n") + len("```xml file=schema/letters.sch\n")
    (tmp_path / "tei/registers").mkdir(parents=True)
    (tmp_path / "tei/registers/persons.xml").write_text(
        f'<TEI {TEI}><person xml:id="greeley"><persName>Horace Greeley</persName></person></TEI>'
    )
    document = letter(
        f'<TEI {TEI}><correspAction type="sent"><persName ref="registers/persons.xml#lincoln"/></correspAction>'
        '<text><signed><persName ref="registers/persons.xml#greeley">H. Greeley</persName></signed></text></TEI>'
    )
    rules = opened(tmp_path, guide[start : guide.index("\n```", start)], name="schema/letters.sch")
    assert not rules.faults
    first, second = rules.find(document)
    assert first.message in " ".join(guide.split()) and first.hint in " ".join(guide.split())
    assert (first.severity.word, second.severity.word) == ("warning", "info")
    assert second.message == "The register does not say who Horace Greeley is. (described-person)"


def test_endless_recursion_ends_for_the_document(tmp_path: Path) -> None:
    text = schema(
        '<xsl:function xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:my="urn:my" name="my:n"><xsl:param name="x"/><xsl:sequence select="1 + my:n($x + 1)"/></xsl:function><ns prefix="my" uri="urn:my"/>'
        '<pattern><rule context="tei:hi" id="deep"><report test="my:n(1) gt 5">x</report></rule></pattern>'
        '<pattern><rule context="tei:p"><report test="true()">kept</report></rule></pattern>'
    )
    rules = opened(tmp_path, text)
    diagnostics = list(rules.find(letter()))
    (failed,) = [one for one in diagnostics if one.code.name == "rule-not-evaluated"]
    assert "“deep”" in failed.message and "recursion" in failed.message
    assert [one for one in said(diagnostics) if one.endswith("kept")] == ["3: kept", "4: kept"]
    assert said(list(rules.find(letter("<a/>")))) == []


ASK = """
import sys
from pathlib import Path
from editio import tei, workers
from editio.assertions import open_rules
from editio.model import Document
workers.limit(2 * 2**30, 4)
rules = open_rules(Path(sys.argv[1]), Path(sys.argv[1]).parent)
print("faults", len(rules.faults), flush=True)
data = b"<a/>"
print("found", [one.code.name for one in rules.find(Document("a", "a.xml", tei.parse(data), data))])
"""


@pytest.mark.parametrize(
    "test",
    [
        "count((1 to 100000000)[. mod 7 = 3][. mod 11 = 5 and (every $i in 1 to 1000000 satisfies $i + . gt 0)]) = 1",
        "string-length(string-join((1 to 2000000000) ! 'aaaaaaaaaaaaaaaa')) = 1",
    ],
)
def test_a_rule_that_takes_for_ever_or_all_memory_ends_its_worker_only(test: str, tmp_path: Path) -> None:
    path = tmp_path / "rules.sch"
    path.write_text(schema(f'<pattern><rule context="a"><assert test="{test}">x</assert></rule></pattern>'))
    run = subprocess.run(
        [sys.executable, "-c", ASK, str(path)], capture_output=True, text=True, timeout=120, check=False
    )
    assert "faults 0" in run.stdout
    # ended by the limit, or told of by the rule itself
    assert run.returncode != 0 or "rule-not-evaluated" in run.stdout


def test_a_backtracking_expression_ends_as_an_error(tmp_path: Path) -> None:
    text = schema('<pattern><rule context="tei:hi"><assert test="matches(@n, \'^(a+)+$\')">x</assert></rule></pattern>')
    document = letter(f'<TEI {TEI}><hi n="{"a" * 40}b"/></TEI>')
    begin = time.process_time()
    assert [one.code.name for one in found(tmp_path, text, document)] == ["rule-not-evaluated"]
    assert time.process_time() - begin < 10


def test_a_compiled_schema_is_kept_by_its_content(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    text = schema('<pattern><rule context="tei:hi"><report test="true()">one</report></rule></pattern>')
    for content in (text, text, text.replace("one", "two")):
        (tmp_path / "rules.sch").write_text(content)
        rules = open_rules(tmp_path / "rules.sch", tmp_path, cache=cache)
        (diagnostic,) = rules.find(letter())
        assert ("one" in content) == diagnostic.message.startswith("one")
    assert len(list(cache.iterdir())) == 2


SVRL = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://purl.oclc.org/dsdl/svrl"
 datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
 <start><element name="schematron-output"><optional><attribute name="title"/></optional>
  <optional><attribute name="phase"><data type="NMTOKEN"/></attribute></optional>
  <zeroOrMore><element name="ns-prefix-in-attribute-values"><attribute name="prefix"><data type="NMTOKEN"/></attribute><attribute name="uri"/></element></zeroOrMore>
  <oneOrMore><choice><element name="active-pattern"><ref name="active"/></element><element name="active-group"><ref name="active"/></element></choice>
   <zeroOrMore><element name="fired-rule"><ref name="id"/><ref name="said"/><attribute name="context"/><optional><attribute name="document"><data type="anyURI"/></attribute></optional></element>
    <zeroOrMore><choice><element name="failed-assert"><ref name="told"/></element><element name="successful-report"><ref name="told"/></element></choice></zeroOrMore>
   </zeroOrMore></oneOrMore></element></start>
 <define name="active"><ref name="id"/><optional><attribute name="documents"/></optional><optional><attribute name="name"/></optional></define>
 <define name="id"><optional><attribute name="id"><data type="NCName"/></attribute></optional></define>
 <define name="said"><optional><attribute name="role"/></optional><optional><attribute name="flag"/></optional></define>
 <define name="told"><ref name="id"/><ref name="said"/><attribute name="location"/><attribute name="test"/>
  <zeroOrMore><element name="diagnostic-reference"><attribute name="diagnostic"><data type="NMTOKEN"/></attribute><ref name="text"/></element></zeroOrMore>
  <zeroOrMore><element name="property-reference"><attribute name="property"><data type="NMTOKEN"/></attribute><ref name="text"/></element></zeroOrMore>
  <ref name="text"/></define>
 <define name="text"><element name="text"><optional><attribute name="see"/></optional><optional><attribute name="icon"/></optional><optional><attribute name="fpi"/></optional><text/></element></define>
</grammar>"""


def test_svrl_is_as_the_standard_wants_it(tmp_path: Path) -> None:
    """The grammar is that of ISO/IEC 19757-3, annex D, as far as we write it."""
    grammar = etree.RelaxNG(etree.fromstring(SVRL))
    text = schema(
        "<title>Letters</title>"
        '<pattern id="a"><rule context="tei:p" id="r" see="urn:x" flag="f"><report test="true()" properties="p" diagnostics="d" icon="i.png" fpi="-//X">x</report></rule></pattern>'
        '<group id="it\'s"><rule context="tei:hi"><assert test="@rendition" id="1st">y</assert></rule></group>'
        '<diagnostics><diagnostic id="d">n is <value-of select="@n"/></diagnostic></diagnostics><properties><property id="p">one</property></properties>'
    )
    root = etree.fromstring(opened(tmp_path, text).svrl(letter()))
    grammar.assertValid(root.getroottree())
    assert len(root.findall("{*}successful-report")) == 2 and len(root.findall("{*}failed-assert")) == 1
    assert root.findtext("{*}successful-report/{*}property-reference/{*}text") == "one"


def test_svrl_tells_patterns_rules_and_assertions_in_order(tmp_path: Path) -> None:
    text = schema(
        "<title>Letters</title>"
        '<pattern id="a"><title>Paragraphs</title><rule context="tei:p" id="r"><report test="@n" role="warning" flag="f" diagnostics="d">x</report></rule></pattern>'
        '<pattern id="b"><rule context="tei:hi"><assert test="@rend">y</assert></rule></pattern>'
        '<diagnostics><diagnostic id="d">n is <value-of select="@n"/></diagnostic></diagnostics>'
    )
    root = etree.fromstring(opened(tmp_path, text).svrl(letter()).encode())
    names = [etree.QName(one).localname for one in root if "ns-prefix" not in str(one.tag)]
    assert names == ["active-pattern", *["fired-rule", "successful-report"] * 2, "active-pattern", "fired-rule"]
    report = root.find("{*}successful-report")
    assert report is not None and report.get("test") == "@n" and report.get("flag") == "f"
    tree = tei.parse(LETTER.encode())
    path = str(report.get("location")).replace("Q{http://www.tei-c.org/ns/1.0}", "t:")
    assert [
        one.get("n") for one in tree.getroottree().xpath(path, namespaces={"t": "http://www.tei-c.org/ns/1.0"})
    ] == ["1"]
    assert report.findtext("{*}diagnostic-reference/{*}text") == "n is 1"


SHARED = ROOT.parent / "shared"
# Lines of the TEI's own test of its rules; the other two findings are in “testall” and “testms”.
DETEST = (
    "26 33 35 54 55 56 57 60 61 62 63 70 78 100 104 126 136 137 138 175 237 240 241 242 242 243 254 255 255 260 276 294 "
    "297 301 323 389 436 437 440"
)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the samples are not here")
@pytest.mark.parametrize("name", ["tei_all.sch", "tei_all.rng"])
def test_the_rules_of_the_tei_find_in_its_documents_what_another_engine_found(name: str) -> None:
    rules = open_rules(SHARED / "schema" / name, SHARED / "schema")
    assert not rules.faults
    documents = read_documents(sorted((SHARED / "samples/tei").glob("*/*.xml")), Report())
    places = [(Path(one.location.file).stem[10:], one.location.line) for doc in documents for one in rules.find(doc)]
    assert len(documents) == 65 and len(places) == 41
    assert {place for place in places if place[0] != "detest"} == {("testall", 52), ("testms", 44)}
    assert {line for one, line in places if one == "detest"} == set(map(int, DETEST.split()))
