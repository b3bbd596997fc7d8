"""Hostile documents, schemas and rules: each is one diagnostic or harmless, the run goes on, in bounded time and memory.

Every case runs in a child process with limits, beside a faulty document that must still be looked at.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from test_bad_input import Canary, canary

from editio import opening
from editio.diagnostics import Report
from editio.validating.criteria import criteria_of
from editio.validating.workers import Work, examine_all

__all__ = ["canary"]

NS = "http://www.tei-c.org/ns/1.0"
SECRET = "Kassiber-4711"
SECONDS, MEMORY = 60, 3 * 2**30
SCHEMA = f"""default namespace = "{NS}"
anything = element * {{ attribute * {{ text }}*, (text | anything)* }}
other = element * - p {{ attribute * {{ text }}*, (text | anything)* }}
para = element p {{ attribute * {{ text }}*, (text | element hi {{ text }})* }}
start = element TEI {{ attribute * {{ text }}*, (para | other)* }}
"""
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def tei(inside: str, doctype: str = "", more: str = "") -> bytes:
    return f'{HEAD}{doctype}\n<TEI xmlns="{NS}"{more}>\n{inside}\n</TEI>\n'.encode()


def laughs(entity: str, number: int) -> str:
    names = "abcdefghijkl"[:number]
    chain = "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip(names, names[1:], strict=False))
    return f"<!DOCTYPE TEI [<!ENTITY a '{entity}'>{chain}]>"


def included(href: str) -> str:
    return f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='{href}'/>"


Made = Callable[[Path, str], bytes]
# The case, what it is, and the codes and lines it must be named by (line 0: whichever).
CASES: dict[str, tuple[Made, list[tuple[str, int]]]] = {
    "xxe-file": (
        lambda at, web: tei("<p>&x;</p>", f"<!DOCTYPE TEI [<!ENTITY x SYSTEM '{(at / 'secret').as_uri()}'>]>"),
        [("malformed-tei", 4)],
    ),
    "xxe-http": (
        lambda at, web: tei("<p>&x;</p>", f"<!DOCTYPE TEI [<!ENTITY x SYSTEM '{web}/x'>]>"),
        [("malformed-tei", 4)],
    ),
    "xxe-attribute": (
        lambda at, web: tei("<p n='&x;'/>", f"<!DOCTYPE TEI [<!ENTITY x SYSTEM '{web}/x'>]>"),
        [("malformed-tei", 4)],
    ),
    "parameter-entity": (
        lambda at, web: tei("<p>&x;</p>", f"<!DOCTYPE TEI [<!ENTITY % e SYSTEM '{web}/e.dtd'>%e;]>"),
        [("malformed-tei", 4)],
    ),
    "external-dtd": (lambda at, web: tei("<p>a</p>", f"<!DOCTYPE TEI SYSTEM '{web}/tei.dtd'>"), []),
    "external-dtd-needed": (
        lambda at, web: tei("<p>&eacute;</p>", f"<!DOCTYPE TEI PUBLIC 'x' '{web}/tei.dtd'>"),
        [("malformed-tei", 4)],
    ),
    "billion-laughs": (lambda at, web: tei("<p>&l;</p>", laughs("haha", 12)), [("malformed-tei", 0)]),
    "laughing-elements": (lambda at, web: tei("<p>&h;</p>", laughs("<hi>a</hi>", 8)), [("malformed-tei", 0)]),
    "quadratic": (
        lambda at, web: tei(f"<p>{'&a;' * 30000}</p>", f"<!DOCTYPE TEI [<!ENTITY a '{'a' * 30000}'>]>"),
        [("malformed-tei", 0)],
    ),
    "recursive-entity": (
        lambda at, web: tei("<p>&a;</p>", "<!DOCTYPE TEI [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>"),
        [("malformed-tei", 0)],
    ),
    "depth": (lambda at, web: tei("<div>" * 100_000 + "</div>" * 100_000), [("malformed-tei", 4)]),
    "text-of-12-MB": (lambda at, web: tei(f"<p>{'word ' * 2_400_000}</p>"), [("malformed-tei", 4)]),
    "many-attributes": (
        lambda at, web: tei("<p " + " ".join(f"a{n}=''" for n in range(100_000)) + "/>"),
        [("malformed-tei", 4)],
    ),
    "201-attributes": (
        lambda at, web: tei("<p " + " ".join(f"a{n}=''" for n in range(201)) + "/>"),
        [("malformed-tei", 4)],
    ),
    "bad-utf-8": (lambda at, web: tei("<p>caf\xe9</p>").replace("\xe9".encode(), b"\xe9"), [("malformed-tei", 4)]),
    "utf-16": (lambda at, web: tei("<p>caf\xe9</p>").decode().replace("UTF-8", "UTF-16").encode("utf-16"), []),
    "byte-order-mark": (lambda at, web: b"\xef\xbb\xbf" + tei("<p>a</p>"), []),
    "two-byte-order-marks": (lambda at, web: b"\xef\xbb\xbf" * 2 + tei("<p>a</p>"), [("malformed-tei", 1)]),
    "utf-7": (lambda at, web: tei("<p>a</p>").replace(b"UTF-8", b"UTF-7"), [("malformed-tei", 1)]),
    "ebcdic": (
        lambda at, web: tei("<p>a</p>").decode().replace("UTF-8", "cp037").encode("cp037"),
        [("malformed-tei", 1)],
    ),
    "nul": (lambda at, web: tei("<p>a\0b</p>"), [("malformed-tei", 4)]),
    "control-character": (lambda at, web: tei("<p>\x01</p>"), [("malformed-tei", 4)]),
    "xml-1.1": (lambda at, web: tei("<p>&#1;</p>").replace(b'version="1.0"', b'version="1.1"'), [("malformed-tei", 4)]),
    "surrogate": (lambda at, web: tei("<p>@</p>").replace(b"@", b"\xed\xa0\x80"), [("malformed-tei", 4)]),
    "addresses": (
        lambda at, web: tei(
            "<p>a</p>",
            f"<?xml-stylesheet href='{web}/a.xsl'?>",
            f" xml:base='{web}/' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='{NS} {web}/a.xsd'",
        ),
        [],
    ),
    "many-entities": (
        lambda at, web: tei(f"<p>{'&eacute; ' * 5000}</p>", "<!DOCTYPE TEI [<!ENTITY eacute '&#233;'>]>"),
        [],
    ),
    "duplicate-id": (lambda at, web: tei("<p xml:id='a'>a</p>\n<p xml:id='a'>b</p>"), [("duplicate-id", 5)]),
    "ill-formed-id": (
        lambda at, web: tei("<p xml:id='1 a'>a</p>\n<p>b<b>c</b></p>"),
        [("malformed-id", 4), ("unknown-element", 5)],
    ),
    "xinclude-file": (
        lambda at, web: tei(included(f"{(at / 'secret').as_uri()}' parse='text")),
        [("unread-include", 4)],
    ),
    "xinclude-path": (lambda at, web: tei(included(f"{at / 'secret'}' parse='text")), [("missing-include", 4)]),
    "xinclude-outside": (lambda at, web: tei(included("../secret' parse='text")), [("missing-include", 4)]),
    "xinclude-device": (lambda at, web: tei(included("/dev/zero' parse='text")), [("missing-include", 4)]),
    "xinclude-http": (lambda at, web: tei(included(f"{web}/x.xml")), [("unread-include", 4)]),
    "xinclude-base": (lambda at, web: tei(included("x.xml"), more=f" xml:base='{web}/'"), [("unread-include", 4)]),
    "xinclude-itself": (lambda at, web: tei(included("")), [("circular-include", 4)]),
    "xinclude-element-itself": (
        lambda at, web: tei("<div xml:id='d'>\n" + included("' xpointer='d") + "</div>"),
        [("duplicate-id", 4), ("circular-include", 5)],
    ),
    "empty": (lambda at, web: b"", [("malformed-tei", 1)]),
    "no-xml": (lambda at, web: b"%PDF-1.7", [("malformed-tei", 1)]),
    "zeros": (lambda at, web: b"\0" * 5_000_000, [("malformed-tei", 1)]),
    "random": (lambda at, web: bytes((n * n * 7 + n // 3) % 256 for n in range(200_000)), [("malformed-tei", 1)]),
    "truncated": (lambda at, web: tei("<p>a</p>")[:-9], [("malformed-tei", 0)]),
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (tmp_path / "secret").write_text(SECRET)
    (folder / "schema.rnc").write_text(SCHEMA)
    (folder / "zz.xml").write_bytes(tei("<p>a</p>\n<p><b>b</b></p>"))
    return folder


# What the child process does: limits itself, and then is the command.
CHILD = f"""
import resource
resource.setrlimit(resource.RLIMIT_DATA, ({MEMORY}, {MEMORY}))
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
if __name__ == "__main__":
    from editio.cli import main
    main()
"""
Run = tuple[int, list[tuple[str, str, int]], str]


def validate(folder: Path, *arguments: str) -> Run:
    """Exit code, diagnostics as (file, code, line), and all that was printed, of a run in a child process with limits."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, "validate", "--format", "json", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "XDG_CACHE_HOME": str(folder.parent / "cache")},
        start_new_session=True,
    )
    try:
        out, err = child.communicate(timeout=SECONDS * 2)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        raise
    assert "Traceback" not in err, err[-2000:]
    found = json.loads(out)["diagnostics"]
    return child.returncode, [(one["file"], one["code"], one["line"]) for one in found], out + err


def assert_said(file: str, expected: list[tuple[str, int]], run: Run) -> None:
    """What is said of a file is what was expected of it, and where."""
    own = [(what, line) for one, what, line in run[1] if one == file]
    assert [what for what, _ in own] == [what for what, _ in expected], (file, own)
    assert all(line in (0, at) for (_, line), (_, at) in zip(expected, own, strict=True)), (file, own)


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_document_is_said_once_and_the_run_goes_on(corpus: Path, canary: Canary, name: str) -> None:
    make, expected = CASES[name]
    (corpus / "a.xml").write_bytes(make(corpus.parent, canary.address))
    run = validate(corpus, ".", "--schema", "schema.rnc")
    assert run[0] == 1 and ("zz.xml", "unknown-element", 5) in run[1], run[2][-2000:]
    assert_said("a.xml", expected, run)
    assert canary.asked == [] and SECRET not in run[2] and len(run[2]) < 6000


def test_hostile_documents_are_said_by_workers_too(corpus: Path, canary: Canary) -> None:
    for name, (make, _) in CASES.items():
        (corpus / f"{name}.xml").write_bytes(make(corpus.parent, canary.address))
    run = validate(corpus, ".", "--schema", "schema.rnc", "--jobs", "2")
    assert run[0] == 1 and ("zz.xml", "unknown-element", 5) in run[1], run[2][-2000:]
    for name, (_, expected) in CASES.items():
        assert_said(f"{name}.xml", expected, run)
    assert canary.asked == [] and SECRET not in run[2]


# --- schemas and rules --------------------------------------------------------------------------

RNG = "http://relaxng.org/ns/structure/1.0"
SCHEMAS: dict[str, tuple[str, Callable[[Path, str], str], int]] = {
    "not-well-formed": ("x.rng", lambda at, web: f"<grammar xmlns='{RNG}'>\n<start>\n</grammar>", 3),
    "not-relax-ng": ("x.rng", lambda at, web: "<schema xmlns='http://www.w3.org/2001/XMLSchema'/>", 1),
    "not-compact": ("x.rnc", lambda at, web: 'default namespace = "a"\nstart = element a {', 2),
    "lost-reference": (
        "x.rng",
        lambda at, web: f"<grammar xmlns='{RNG}'>\n<start>\n<ref name='x'/></start></grammar>",
        3,
    ),
    "xxe": (
        "x.rng",
        lambda at, web: f"<!DOCTYPE grammar [<!ENTITY x SYSTEM '{web}/x'>]>\n<grammar xmlns='{RNG}'>&x;</grammar>",
        0,
    ),
    "laughs": (
        "x.rng",
        lambda at, web: f"{laughs('<text/>', 12)}\n<grammar xmlns='{RNG}'><start>&l;</start></grammar>".replace(
            "TEI", "grammar"
        ),
        0,
    ),
    "web-include": ("x.rng", lambda at, web: f"<grammar xmlns='{RNG}'>\n<include href='{web}/x.rng'/></grammar>", 2),
    "web-include-compact": ("x.rnc", lambda at, web: f'\ninclude "{web}/x.rnc"', 2),
    "include-outside": ("x.rng", lambda at, web: f"<grammar xmlns='{RNG}'>\n<include href='../secret'/></grammar>", 2),
    "include-itself": ("x.rng", lambda at, web: f"<grammar xmlns='{RNG}'>\n<include href='x.rng'/></grammar>", 2),
    "deep": (
        "x.rng",
        lambda at, web: f"<element name='a' xmlns='{RNG}'>{'<group>' * 50_000}<text/>{'</group>' * 50_000}</element>",
        0,
    ),
    "empty": ("x.rng", lambda at, web: "", 1),
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_hostile_schema_is_named_with_its_line(corpus: Path, canary: Canary, name: str) -> None:
    file, make, line = SCHEMAS[name]
    (corpus / file).write_text(make(corpus.parent, canary.address))
    code, found, printed = validate(corpus, "zz.xml", "--schema", file)
    assert code == 1 and [(one, what) for one, what, _ in found] == [(file, "unusable-schema")], printed[-2000:]
    assert line in (0, found[0][2]) and canary.asked == [] and SECRET not in printed and len(printed) < 3000


SCH = "<schema xmlns='http://purl.oclc.org/dsdl/schematron' queryBinding='xslt3'>"


def rule(test: str) -> str:
    asserted = f'<assert test="{test}">a</assert>'
    return f"{SCH}\n<ns prefix='t' uri='{NS}'/><pattern><rule context='t:p'>\n{asserted}</rule></pattern></schema>"


RULES: dict[str, tuple[Callable[[Path, str], str], str]] = {
    "not-well-formed": (lambda at, web: f"{SCH}\n<pattern>\n</schema>", "unusable-schematron"),
    "wrong-xpath": (lambda at, web: rule("@n castle as xs:date"), "unusable-schematron"),
    "xxe": (
        lambda at, web: f"<!DOCTYPE schema [<!ENTITY x SYSTEM '{web}/x'>]>{SCH}&x;</schema>",
        "unusable-schematron",
    ),
    "web-include": (lambda at, web: f"{SCH}\n<include href='{web}/x.sch'/></schema>", "unusable-schematron"),
    "include-outside": (lambda at, web: f"{SCH}\n<include href='../secret'/></schema>", "unusable-schematron"),
    "reads-the-web": (lambda at, web: rule(f"doc('{web}/x')"), "rule-not-evaluated"),
    "reads-a-file": (
        lambda at, web: rule(f"contains(unparsed-text('{(at / 'secret').as_uri()}'), 'K')"),
        "rule-not-evaluated",
    ),
    "reads-the-environment": (lambda at, web: rule("not(environment-variable('HOME') != '')"), ""),
    "backtracks": (lambda at, web: rule(f"matches('{'a' * 40}!', '^(a+)+$')"), "rule-not-evaluated"),
}


@pytest.mark.parametrize("name", RULES)
def test_hostile_rules_are_named_and_all_else_is_looked_at(corpus: Path, canary: Canary, name: str) -> None:
    make, expected = RULES[name]
    (corpus / "x.sch").write_text(make(corpus.parent, canary.address))
    code, found, printed = validate(corpus, "zz.xml", "--schema", "schema.rnc", "--schematron", "x.sch")
    assert code == 1 and ("zz.xml", "unknown-element", 5) in found, printed[-2000:]
    assert {what for _, what, _ in found} == {"unknown-element", expected} - {""}, printed[-2000:]
    assert canary.asked == [] and SECRET not in printed


def test_rules_that_never_end_are_ended_and_the_other_documents_are_looked_at(corpus: Path) -> None:
    (corpus / "x.sch").write_text(rule("@n or sum(for $a in 1 to 10000000, $b in 1 to 10000000 return $a mod 7) = 1"))
    (corpus / "a.xml").write_bytes(tei("<p n='1'>a</p>"))
    edition = opening.open_folder(corpus, Report(corpus))
    work = Work(corpus, edition.settings, criteria_of(edition, corpus / "schema.rnc", [corpus / "x.sch"]), seconds=5)
    found = list(examine_all([corpus / "a.xml", corpus / "zz.xml"], work, 2))
    assert [[one.code.name for one in outcome.diagnostics] for outcome in found] == [[], ["too-costly"]]
