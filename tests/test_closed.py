"""Closed by default: neither a project's stylesheets nor the text of documents read, write, fetch or run anything."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from lxml import html
from pypdf import PdfReader
from test_bad_input import PERSON, PERSONS, document, editio

from editio import tei
from editio.resources import shipped
from editio.typeset import typeset
from editio.workers import Task, Workers

SECRET = "Kassiber-4711"
XSL = 'xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"'


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The addresses asked for at a web server that stands in for the whole web, as proxy too."""
    found: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET.encode())

        do_CONNECT = do_HEAD = do_POST = do_GET  # noqa: N815 - names of http.server

        def log_message(self, format: str, *arguments: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("EDITIO_CANARY", f"http://127.0.0.1:{server.server_port}")
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one TEI document, and a secret beside it."""
    folder = tmp_path / "project"
    (folder / "tei").mkdir(parents=True)
    (folder / "xslt").mkdir()
    (folder / "edition.toml").write_text('[edition]\ntitle = "Letters"\n')
    (folder / "tei/letter.xml").write_text(document("<p>Dear Sir</p>", id="letter"))
    (folder / "secret.txt").write_text(SECRET)
    (folder / "secret.xml").write_text(f"<x>{SECRET}</x>")
    (tmp_path / "secret.txt").write_text(SECRET)
    return folder


def build(project: Path, *formats: str) -> tuple[int, list[dict[str, object]], str]:
    """Exit code, errors, and all that was printed or published as text."""
    done = editio(project, "build", "--jobs", "1", *formats)
    pages = "".join(path.read_text() for path in sorted(project.glob("output/html/*.html")))
    return done.code, done.errors, done.printed + pages


def stylesheet(template: str, top: str = "") -> str:
    return (
        f'<xsl:stylesheet version="3.0" {XSL} xpath-default-namespace="{tei.NS}">{top}'
        f'<xsl:template match="p">{template}<p><xsl:apply-templates/></p></xsl:template></xsl:stylesheet>'
    )


def value_of(expression: str) -> str:
    return f'<xsl:value-of select="{expression}"/>'


# --- a project's stylesheets ------------------------------------------------------------------------

READS = {
    "doc": value_of("doc('{file}/secret.xml')"),
    "document": value_of("document('{file}/secret.xml')"),
    "doc-available": value_of("if (doc-available('{file}/secret.xml')) then 'Kassiber-4711' else ''"),
    "relative": value_of("doc('../secret.xml')"),
    "unparsed-text": value_of("unparsed-text('{file}/secret.txt')"),
    "unparsed-text-lines": value_of("unparsed-text-lines('{file}/secret.txt')"),
    "json-doc": value_of("json-doc('{file}/secret.txt')"),
    "collection": value_of("collection('{file}/?select=*.xml')"),
    "uri-collection": value_of("uri-collection('{file}/?select=*')"),
    "source-document": "<xsl:source-document href='{file}/secret.xml'><xsl:value-of select='.'/></xsl:source-document>",
    "stylesheet-itself": value_of("document('')"),
    "transform": value_of(
        "transform(map {{'stylesheet-location': '{file}/evil.xsl', 'initial-template': QName('', 'evil')}})?output"
    ),
    "web": value_of("unparsed-text('{web}/x')"),
    "web-doc": value_of("doc('{web}/x')"),
    "java": "<xsl:value-of select=\"f:getProperty('user.home')\" xmlns:f='java:java.lang.System'/>",
    "evaluate": "<xsl:evaluate xpath=\"'1 + 1'\"/>",
    "result-document": "<xsl:result-document href='{file}/evil.html'><x/></xsl:result-document>",
    "relative-result-document": "<xsl:result-document href='evil.html'><x/></xsl:result-document>",
}


@pytest.mark.parametrize("name", READS)
def test_a_project_stylesheet_reads_and_writes_nothing_while_it_runs(
    project: Path, asked: list[str], name: str
) -> None:
    web = os.environ["EDITIO_CANARY"]
    (project / "xslt/html.xsl").write_text(stylesheet(READS[name].format(file=project.as_uri(), web=web)))
    code, errors, said = build(project, "html")
    assert SECRET not in said and asked == [] and not list(project.rglob("evil*"))
    if name != "doc-available":
        assert code == 1 and {one["code"] for one in errors} <= {"transform-failed", "stylesheet-refused"}, said
        assert errors and not (project / "output/html").exists()


def test_a_stylesheet_sees_no_environment(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITIO_SECRET", SECRET)
    names = value_of("environment-variable('EDITIO_SECRET'), available-environment-variables()")
    (project / "xslt/html.xsl").write_text(stylesheet(f"<i>{names}</i>"))
    _, _, said = build(project, "html")
    assert SECRET not in said and "EDITIO_SECRET" not in said


COMPILES = {
    "static-variable": ("<xsl:variable name='v' static='yes' select=\"unparsed-text('{file}/secret.txt')\"/>", 1),
    "static-parameter": ("<xsl:param name='v' static='yes' select=\"unparsed-text('{file}/secret.txt')\"/>", 1),
    "use-when": ("<xsl:variable name='v' use-when=\"doc-available('{file}/secret.xml')\"/>", 1),
    "use-when-on-literal": (
        "<xsl:template match='hi'><b xsl:use-when=\"unparsed-text('{file}/secret.txt') ne ''\"/></xsl:template>",
        1,
    ),
    "shadow-attribute": ("<xsl:include _href=\"{{unparsed-text('{file}/secret.txt')}}\"/>", 1),
    "shadow-select": ("<xsl:variable name='v' _select=\"'{{unparsed-text('{file}/secret.txt')}}'\"/>", 1),
    "parent": ("\n<xsl:include href='../secret.xml'/>", 2),
    "encoded-parent": ("\n<xsl:include href='%2e%2e/secret.xml'/>", None),
    "absolute": ("\n<xsl:import href='/etc/passwd'/>", 2),
    "file": ("\n<xsl:include href='{file}/secret.xml'/>", 2),
    "web": ("\n<xsl:include href='{web}/x.xsl'/>", 2),
    "scheme-relative": ("\n<xsl:include href='//127.0.0.1/x.xsl'/>", 2),
    "xml-base": ("\n<xsl:include href='html2.xsl' xml:base='{web}/'/>", None),
    "missing": ("\n<xsl:include href='nowhere.xsl'/>", None),
    "package": ("\n<xsl:use-package name='{web}/x'/>", None),
    "schema": ("\n<xsl:import-schema schema-location='{web}/x.xsd'/>", None),
    "link": ("\n<xsl:include href='link.xsl'/>", None),
    "twice-itself": ("\n<xsl:include href='html.xsl'/>", None),
}


@pytest.mark.parametrize("name", COMPILES)
def test_a_project_stylesheet_reads_nothing_while_it_compiles(project: Path, asked: list[str], name: str) -> None:
    top, line = COMPILES[name]
    web = os.environ["EDITIO_CANARY"]
    (project / "xslt/link.xsl").symlink_to(project.parent / "secret.txt")
    (project / "xslt/html.xsl").write_text(stylesheet("", top.format(file=project.as_uri(), web=web)))
    code, errors, said = build(project, "html")
    assert SECRET not in said and asked == []
    assert code == 1 and {one["code"] for one in errors} == {"stylesheet-refused"}, said
    if line:
        assert [(one["file"], one["line"]) for one in errors] == [("xslt/html.xsl", line)], errors


DOCTYPES = {
    "entity": "<!DOCTYPE x [<!ENTITY e SYSTEM '{file}/secret.txt'>]>",
    "web-entity": "<!DOCTYPE x [<!ENTITY e SYSTEM '{web}/x'>]>",
    "subset": "<!DOCTYPE x SYSTEM '{web}/x.dtd'>",
    "laughs": "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY e '&a;&a;&a;'>]>",
}


@pytest.mark.parametrize("name", DOCTYPES)
def test_a_stylesheet_with_a_doctype_is_refused(project: Path, asked: list[str], name: str) -> None:
    doctype = DOCTYPES[name].format(file=project.as_uri(), web=os.environ["EDITIO_CANARY"])
    (project / "xslt/html.xsl").write_text(doctype + stylesheet("&e;" if name != "subset" else ""))
    code, errors, said = build(project, "html")
    assert code == 1 and [one["code"] for one in errors] == ["stylesheet-refused"], said
    assert SECRET not in said and asked == []


FAULTS = {
    "not-xml": ("<xsl:stylesheet", "stylesheet-refused"),
    "syntax": (stylesheet(value_of("1 +")), "stylesheet-refused"),
    "dynamic": (stylesheet(value_of("error((), 'no such luck')")), "transform-failed"),
    "terminate": (stylesheet("<xsl:message terminate='yes'>no such luck</xsl:message>"), "transform-failed"),
    "no-map": (
        f"<xsl:stylesheet version='3.0' {XSL}><xsl:template match='/' priority='9'>hello</xsl:template></xsl:stylesheet>",
        "transform-failed",
    ),
    "numbers": (
        f"<xsl:stylesheet version='3.0' {XSL}><xsl:template match='/' priority='9'>"
        "<xsl:sequence select=\"map {'a.html': 1}\"/></xsl:template></xsl:stylesheet>",
        "transform-failed",
    ),
    "outside": (
        f"<xsl:stylesheet version='3.0' {XSL}><xsl:template match='/' priority='9'>"
        "<xsl:sequence select=\"map {'../../evil.html': 'x'}\"/></xsl:template></xsl:stylesheet>",
        "unusable-id",
    ),
    "absolute": (
        f"<xsl:stylesheet version='3.0' {XSL}><xsl:template match='/' priority='9'>"
        "<xsl:sequence select=\"map {'/tmp/evil.html': 'x'}\"/></xsl:template></xsl:stylesheet>",
        "unusable-id",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_stylesheet_is_said_in_a_diagnostic(project: Path, name: str) -> None:
    text, code = FAULTS[name]
    (project / "xslt/html.xsl").write_text(text)
    status, errors, said = build(project, "html")
    assert status == 1 and {one["code"] for one in errors} == {code}, said
    assert not (project / "output/html").exists() and not list(project.parent.rglob("evil*"))


def test_a_print_stylesheet_writes_nothing_outside(project: Path) -> None:
    (project / "xslt/print.xsl").write_text(
        f"<xsl:stylesheet version='3.0' {XSL}><xsl:template match='/' priority='9'>"
        "<xsl:sequence select=\"map {'../evil.typ': 'x'}\"/></xsl:template></xsl:stylesheet>"
    )
    status, errors, said = build(project, "print")
    assert status == 1 and [one["code"] for one in errors] == ["unusable-id"], said


def test_messages_of_a_stylesheet_may_hold_any_text(project: Path) -> None:
    message = "<xsl:message select=\"'a &lt; b &amp; c', '&lt;!--'\"/><xsl:message>&lt;ed:diagnostic</xsl:message>"
    (project / "xslt/html.xsl").write_text(stylesheet(message))
    status, _, said = build(project, "html")
    assert status == 0, said


# --- limits -------------------------------------------------------------------------------------

LONG = {
    "loop": value_of("sum(for $a in 1 to 1000000, $b in 1 to 1000000 return $a * $b mod 7)"),
    "backtracking": value_of("matches(string-join((1 to 40) ! 'a') || '!', '^(a+)+$')"),
}


def layers(folder: Path, template: str) -> tuple[Path, ...]:
    (folder / "html.xsl").write_text(
        f'<xsl:stylesheet version="3.0" {XSL} xpath-default-namespace="{tei.NS}">'
        f"<xsl:template match=\"p[@n='evil']\">{template}</xsl:template></xsl:stylesheet>"
    )
    return (shipped("xslt"), folder)


def tasks() -> list[Task]:
    """A harmless document, the one that takes too much, and another harmless one."""
    return [
        Task("html.xsl", id, document(f"<p n='{id}'>Dear Sir</p>", id=id).partition("?>")[2].strip())
        for id in ("one", "evil", "two")
    ]


def test_a_document_that_takes_too_long_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    with Workers(layers(tmp_path, LONG["loop"]), jobs=1, seconds=3) as workers:
        one, evil, two = workers.run(tasks())
    assert "3 seconds" in evil.failure and not evil.files
    assert one.files and two.files


def test_endless_recursion_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    template = "<xsl:call-template name='xsl:initial-template'/>"
    folder = layers(tmp_path, template)
    text = (
        (tmp_path / "html.xsl")
        .read_text()
        .replace(
            "</xsl:stylesheet>",
            "<xsl:template name='xsl:initial-template'><a><xsl:call-template name='xsl:initial-template'/></a></xsl:template>"
            "</xsl:stylesheet>",
        )
    )
    (tmp_path / "html.xsl").write_text(text)
    with Workers(folder, jobs=1, seconds=8) as workers:
        one, evil, two = workers.run(tasks())
    assert evil.failure and one.files and two.files


def test_a_regular_expression_that_backtracks_ends_soon(tmp_path: Path) -> None:
    with Workers(layers(tmp_path, LONG["backtracking"]), jobs=1, seconds=20) as workers:
        _, evil, _ = workers.run(tasks())
    assert "20 seconds" not in evil.failure


def test_a_document_that_takes_too_much_memory_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    greedy = value_of("let $all := sort((1 to 400000000) ! ('x' || .)) return $all[last()]")
    with Workers(layers(tmp_path, greedy), jobs=1, seconds=20, memory=3 * 2**28) as workers:
        one, evil, two = workers.run(tasks())
    assert evil.failure and not evil.files and one.files and two.files


def test_a_misspelt_parameter_is_an_error(tmp_path: Path) -> None:
    with Workers((shipped("xslt"),), jobs=1) as workers:
        (outcome,) = workers.run([Task("html.xsl", "one", tasks()[0].source, strings={"documnet": "x"})])
    assert outcome.refused is not None and "documnet" in outcome.refused[2]


# --- text of documents --------------------------------------------------------------------------

ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "&#9;java&#10;script:alert(1)",
    "java&#13;script:alert(1)",
    " javascript:alert(1)",
    "data:text/html,&lt;script&gt;alert(1)&lt;/script&gt;",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example/x",
    "\\\\evil.example\\x",
    "http:javascript:alert(1)",
    "\u200bjavascript:alert(1)",
    "blob:x",
    "x:y#z",
    "&#x2028;javascript:x",
]
EVIL = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&lt;/style&gt;&lt;/title&gt;"
ELSEWHERE = f"""
<p rend="x&quot; onclick=&quot;alert(1)" rendition="#&lt;b&gt;"
  style="background:url(javascript:alert(1))" n="&quot;&gt;&lt;script&gt;">{EVIL}</p>
<p xml:id="a" xml:lang="en&quot; onload=&quot;x">{EVIL}</p>
<figure><graphic url="javascript:alert(1)"/><graphic url="x.svg&quot; onerror=&quot;alert(1)"/><figDesc>{EVIL}</figDesc></figure>
<p><![CDATA[<script>alert(1)</script>]]></p>
<p><script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/></p>
<p><egXML xmlns="http://www.tei-c.org/ns/Examples"><script>alert(1)</script></egXML></p>
<p><persName ref="javascript:alert(1)">{EVIL}</persName> <persName ref="registers/persons.xml#ana">Ana</persName></p>
<p><note n="&lt;script&gt;" place="foot&quot; onclick=&quot;x">{EVIL}</note> <idno type="URI">javascript:alert(1)</idno></p>
"""
TYPST = r"""#panic("x") #import "@preview/cetz:0.1.0" #read("/etc/passwd") $x$ \ " \" @label <label>
// comment /* comment */ *b* _i_ `raw` = h ~ #{ [ ] \u{41} \n --- https://example.org/"""


@pytest.fixture(scope="module")
def injected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of hostile TEI, published as web pages."""
    folder = tmp_path_factory.mktemp("injected")
    (folder / "tei/tei/registers").mkdir(parents=True)
    links = "".join(f'<p><ref target="{address}">link</ref> <ptr target="{address}"/></p>' for address in ADDRESSES)
    text = document(links + ELSEWHERE, id="letter").replace("<title>Letter</title>", f"<title>Letter {EVIL}</title>")
    (folder / "tei/letter.xml").write_text(text)
    person = PERSON.format("ana", f"Ana {EVIL}").replace(
        "</person>",
        f'<idno type="URI">javascript:alert(1)</idno><note>{EVIL}<ref target="javascript:alert(1)">x</ref></note></person>',
    )
    (folder / "tei/tei/registers/persons.xml").write_text(PERSONS.format(person))
    (folder / "tei/edition.toml").write_text(
        '[edition]\ntitle = "</title><script>alert(1)</script>"\nrights = "<script>alert(1)</script>"\n'
        'licence = "javascript:alert(1)"\n'
    )
    done = editio(folder, "build", "--tei", "tei", "-o", "out", "html")
    assert done.code == 0, done.printed
    (folder / "report.json").write_text(json.dumps(done.all))
    return folder


def pages(folder: Path) -> list[tuple[str, html.HtmlElement]]:
    return [(path.name, html.fromstring(path.read_bytes())) for path in sorted((folder / "out/html").rglob("*.html"))]


def test_text_of_documents_never_becomes_markup_that_runs(injected: Path) -> None:
    assert len(pages(injected)) >= 4
    for name, page in pages(injected):
        for element in page.iter():
            if not isinstance(element.tag, str):
                continue
            handlers = [attribute for attribute in element.attrib if attribute.lower().startswith("on")]
            assert not handlers and "style" not in element.attrib, (name, element.attrib)
            assert element.tag not in ("iframe", "object", "embed", "base"), (name, element.tag)
            assert element.tag != "script" or "alert" not in (element.text or ""), name
            if element.tag == "img":
                assert element.get("src") != "x", name
        assert page.xpath("//meta[@http-equiv='Content-Security-Policy']"), name


def test_no_address_but_web_mail_and_the_edition_itself_is_linked(injected: Path) -> None:
    for name, page in pages(injected):
        for element, attribute, address, _ in page.iterlinks():
            scheme = (re.match(r"[\s\x00-\x20]*([a-z][a-z0-9+.-]*):", address, re.I) or ["", ""])[1].lower()
            assert scheme in ("", "http", "https", "mailto"), (name, element.tag, attribute, address)
            assert not address.startswith("//") and "\\" not in address, (name, address)


def test_the_text_of_an_unsafe_link_is_kept_and_reported(injected: Path) -> None:
    (page,) = (page for name, page in pages(injected) if name == "letter.html")
    assert page.text_content().count("link") >= len(ADDRESSES)
    assert page.text_content().count("<script>alert(1)</script>") >= 4
    found = json.loads((injected / "report.json").read_text())
    assert sum(one["code"] == "unsafe-link" for one in found) >= 10


def test_text_of_documents_is_never_typst(project: Path, asked: list[str]) -> None:
    hostile = TYPST.replace("<", "&lt;")
    body = f"<p>{hostile}</p><p>Kassiber {EVIL}</p><div><head>{hostile}</head><p>End of it all.</p></div>"
    (project / "tei/letter.xml").write_text(
        document(body, id="letter").replace("<title>Letter</title>", f"<title>{hostile}</title>")
    )
    code, _, said = build(project, "print")
    assert code == 0, said
    text = "".join(page.extract_text() for page in PdfReader(project / "output/print/edition.pdf").pages)
    flat = "".join(text.split()).replace("\u00ad", "").replace("-\n", "")
    for piece in (
        '#panic("x")',
        "#read(",
        "/*comment*/",
        "//comment",
        "*b*",
        "`raw`",
        "\\u{41}",
        "@label",
        "<script>alert(1)",
    ):
        assert piece in flat.replace("-", "") or piece in flat, piece
    assert "root:" not in flat and asked == []


@pytest.mark.parametrize(
    "typst",
    [
        '#import "@preview/cetz:0.1.0": *\n',
        '#import "@" + "preview/cetz:0.1.0": *\n',
        '#read("/../../secret.txt")',
        '#read("/etc/passwd")',
        "#let f(x) = f(x)\n#f(1)",
        "#while true {}",
        '#panic("x")',
    ],
)
def test_a_template_of_a_project_for_the_book_fetches_and_reads_nothing(
    project: Path, asked: list[str], typst: str
) -> None:
    (project / "xslt/print").mkdir()
    shutil.copy(shipped("xslt") / "print/edition.typ", project / "xslt/print/edition.typ")
    template = project / "xslt/print/edition.typ"
    template.write_text(typst + "\n" + template.read_text())
    code, errors, said = build(project, "print")
    assert code == 1 and [one["code"] for one in errors] == ["typesetting-failed"], said
    assert SECRET not in said and asked == []


@pytest.mark.parametrize(
    "typst", ["#for i in range(0, 3000000000) {}", "#for i in range(99999) { for j in range(99999) { } }"]
)
def test_a_book_that_takes_too_much_is_ended(tmp_path: Path, typst: str) -> None:
    (tmp_path / "main.typ").write_text(typst)
    book = typeset(tmp_path, (), (), seconds=3, memory=2**30)
    assert not book.pdf and "3 seconds" in book.failure
