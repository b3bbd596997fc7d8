"""The preview and the reconciliation service of an edition, over real HTTP on loopback."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from editio import registers
from editio.config import ServiceSettings, load
from editio.diagnostics import Report
from editio.linking.cache import Cache
from editio.linking.client import Client, Question, ask, values
from editio.linking.transport import Asker, Patience
from editio.serving.folding import german_tokens_of, tokens_of
from editio.serving.matching import Index
from editio.serving.pages import page_at
from editio.serving.rebuilding import Builder, Changes
from editio.serving.server import Registers, Site, serve

PERSONS = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="persons"><teiHeader><fileDesc><titleStmt><title>Persons</title>
</titleStmt><publicationStmt><p>Register</p></publicationStmt><sourceDesc><p>Letters</p></sourceDesc></fileDesc></teiHeader>
<standOff><listPerson>
<person xml:id="thoreau">
<persName type="main"><forename>Henry</forename> <forename>David</forename> <surname>Thoreau</surname></persName>
<persName type="variant">H. D. T.</persName>
<birth when="1817-07-12"/><death when="1862-05-06"/>
<idno type="wikidata">Q131149</idno>
<note type="description">Writer &amp; naturalist, of &lt;Concord&gt;.</note>
</person>
<person xml:id="j-thoreau">
<persName type="main"><forename>John</forename> <surname>Thoreau</surname></persName><birth when="1815"/><death when="1842"/>
</person>
<person xml:id="khrushchev">
<persName><forename>Nikita</forename> <forename type="patronymic">Sergeyevich</forename> <surname>Khrushchev</surname></persName>
</person>
<person xml:id="malinovsky"><persName><forename>Rodion</forename> <surname>Malinovsky</surname></persName></person>
<person xml:id="muller"><persName><forename>Friedrich</forename> <surname>Müller</surname></persName></person>
</listPerson>
<listPlace><place xml:id="concord"><placeName>Concord</placeName><location><geo>42.46 -71.35</geo></location></place>
</listPlace></standOff></TEI>
"""
PAGE = '<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><p>Concord</p>'


# The forms of version 0.2 of the interface, as its specification describes them.
class Named(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    name: str
    description: str = ""


class Feature(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    value: bool | float


class Candidate(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    name: str
    score: float
    type: list[Named]
    description: str = ""
    features: list[Feature] = []
    match: bool = False


class Result(msgspec.Struct, forbid_unknown_fields=True):
    result: list[Candidate]


class Suggested(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    name: str
    description: str = ""
    notable: list[Named] = []


class Suggestions(msgspec.Struct, forbid_unknown_fields=True):
    result: list[Suggested]


class View(msgspec.Struct, forbid_unknown_fields=True):
    url: str


class Preview(msgspec.Struct, forbid_unknown_fields=True):
    url: str
    width: int
    height: int


class SuggestService(msgspec.Struct, forbid_unknown_fields=True):
    service_url: str
    service_path: str
    flyout_service_path: str = ""


class Manifest(msgspec.Struct, forbid_unknown_fields=True):
    versions: list[str]
    name: str
    identifierSpace: str  # noqa: N815 - names of the interface
    schemaSpace: str  # noqa: N815
    documentation: str
    serviceVersion: str  # noqa: N815
    batchSize: int  # noqa: N815
    defaultTypes: list[Named]  # noqa: N815
    view: View
    preview: Preview
    suggest: dict[str, SuggestService]
    extend: dict[str, SuggestService]


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def read(self, form: type[msgspec.Struct]) -> msgspec.Struct:
        assert self.status == 200, self.text
        return msgspec.json.decode(self.body, type=form)


@dataclass(frozen=True)
class Running:
    """A running preview."""

    root: Path
    port: int
    changes: Changes = field(default_factory=Changes)

    def ask(self, method: str, target: str, body: bytes | None = None, **headers: str) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, target, body, given)
        response = connection.getresponse()
        reply = Reply(response.status, dict(response.getheaders()), response.read())
        connection.close()
        return reply

    def get(self, target: str, **headers: str) -> Reply:
        return self.ask("GET", target, **headers)

    def query(self, queries: object, method: str = "POST") -> Reply:
        form = urlencode({"queries": json.dumps(queries)})
        if method == "GET":
            return self.get(f"/reconcile?{form}")
        return self.ask("POST", "/reconcile", form.encode(), Content_Type="application/x-www-form-urlencoded")

    def candidates(self, query: str, **more: object) -> list[Candidate]:
        reply = self.query({"q0": {"query": query, **more}})
        assert reply.status == 200, reply.text
        return msgspec.json.decode(reply.body, type=dict[str, Result])["q0"].result


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a register, and pages as they are built."""
    folder = tmp_path / "project"
    (folder / "tei/registers").mkdir(parents=True)
    (folder / "tei/registers/persons.xml").write_text(PERSONS)
    (folder / "edition.toml").write_text(
        '[edition]\ntitle = "Letters <Concord>"\naddress = "https://example.org/letters/"\n'
    )
    pages = folder / "output/html"
    (pages / "assets").mkdir(parents=True)
    (pages / "index.html").write_text(PAGE)
    (pages / "persons.html").write_text(PAGE)
    (pages / "assets/editio.css").write_text("p { color: black }")
    (folder / "secret.txt").write_text("Kassiber")
    return folder


@pytest.fixture
def preview(root: Path) -> Iterator[Running]:
    changes = Changes()
    site = Site(
        root / "output/html", Registers(root, load(root, Report(root))), changes, ("https://openrefine.example",)
    )
    server = serve(site, 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield Running(root, server.server_port, changes)
    changes.end()
    server.shutdown()
    server.server_close()


# --- pages ----------------------------------------------------------------------------------------


def test_pages_are_served_as_they_are(preview: Running) -> None:
    reply = preview.get("/")
    assert (reply.status, reply.text, reply.headers["Content-Type"]) == (200, PAGE, "text/html; charset=utf-8")
    assert preview.get("/index.html?x=1").text == PAGE
    style = preview.get("/assets/editio.css")
    assert (
        style.headers["Content-Type"] == "text/css; charset=utf-8"
        and style.headers["X-Content-Type-Options"] == "nosniff"
    )
    head = preview.ask("HEAD", "/")
    assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", str(len(PAGE)))


def test_a_folder_is_never_listed(preview: Running) -> None:
    assert preview.get("/assets").headers["Location"] == "/assets/"
    assert preview.get("/assets/").status == 404
    assert preview.get("//example.org/assets").status == 404


@pytest.mark.parametrize(
    "target",
    [
        "/../../secret.txt",
        "/..%2f..%2fsecret.txt",
        "/%2e%2e/%2e%2e/secret.txt",
        "/assets/..\\..\\..\\secret.txt",
        "/assets/%5c..%5c..%5c..%5csecret.txt",
        "/link.txt",
        "/linked/secret.txt",
        "/.hidden",
        "/.editio/../../../secret.txt",
        "/C:/secret.txt",
        "/index.html%00.txt",
        "/%ff%fe",
        "/" + "a" * 5000,
        "/pipe",
    ],
)
def test_nothing_outside_and_no_link_is_served(preview: Running, target: str) -> None:
    pages = preview.root / "output/html"
    (pages / "link.txt").symlink_to(preview.root / "secret.txt")
    (pages / "linked").symlink_to(preview.root)
    (pages / ".hidden").write_text("Kassiber")
    os.mkfifo(pages / "pipe")
    reply = preview.get(target)
    assert reply.status in (403, 404) and b"Kassiber" not in reply.body


@given(
    st.lists(st.sampled_from(["..", ".", "%2e%2e", "assets", "editio.css", "\\", "%5c", "%00", "~", "a"]), max_size=6)
)
def test_no_path_leads_out_of_the_folder(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    folder = tmp_path_factory.getbasetemp() / "pages"
    (folder / "assets").mkdir(parents=True, exist_ok=True)
    (folder / "assets/editio.css").write_text("")
    found = page_at(folder, "/" + "/".join(parts))
    assert found.status != 200 or found.path.resolve().is_relative_to(folder.resolve())


@pytest.mark.parametrize(
    "host", ["example.org", "127.0.0.1.example.org", "127.0.0.1:80@example.org", "localhost.", "", "0.0.0.0"]
)
def test_a_request_for_another_host_is_refused(preview: Running, host: str) -> None:
    assert preview.get("/", Host=host).status == 403
    assert preview.get("/reconcile", Host=host).status == 403


@pytest.mark.parametrize("host", ["localhost:{}", "127.0.0.1:{}", "[::1]:{}", "LOCALHOST"])
def test_this_machine_may_ask_by_all_its_names(preview: Running, host: str) -> None:
    assert preview.get("/", Host=host.format(preview.port)).status == 200


def test_a_request_with_two_hosts_is_refused(preview: Running) -> None:
    with socket.create_connection(("127.0.0.1", preview.port), timeout=10) as connection:
        connection.sendall(b"GET / HTTP/1.0\r\nHost: localhost\r\nHost: example.org\r\n\r\n")
        assert b" 403 " in connection.recv(4096)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_pages_are_only_read(preview: Running, method: str) -> None:
    assert preview.ask(method, "/index.html", b"x").status in (405, 501)
    assert (preview.root / "output/html/index.html").read_text() == PAGE


# --- reconciliation -------------------------------------------------------------------------------


def test_the_manifest_has_the_form_of_the_interface(preview: Running) -> None:
    manifest = preview.get("/reconcile").read(Manifest)
    assert isinstance(manifest, Manifest)
    assert manifest.versions == ["0.2"] and manifest.name == "Registers of “Letters <Concord>”"
    assert manifest.identifierSpace == "https://example.org/letters/entries/"
    assert [one.id for one in manifest.defaultTypes] == ["person", "place", "org", "event"]
    assert "${id}" in manifest.suggest["entity"].flyout_service_path and manifest.batchSize >= 50
    for template in (manifest.view.url, manifest.preview.url):
        assert template.startswith(f"http://127.0.0.1:{preview.port}/") and "{{id}}" in template
        target = urlsplit(template.replace("{{id}}", quote("thoreau")))
        assert preview.get(f"{target.path}?{target.query}").status in (200, 302)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_batch_is_answered(preview: Running, method: str) -> None:
    reply = preview.query(
        {"q0": {"query": "Thoreau, Henry David"}, "b": {"query": "Concord", "type": "place", "limit": 1}}, method
    )
    found = msgspec.json.decode(reply.body, type=dict[str, Result])
    first = found["q0"].result[0]
    assert (first.id, first.name, first.score, first.match) == ("thoreau", "Henry David Thoreau", 100, True)
    assert first.description.startswith("1817-07-12–1862-05-06. Writer & naturalist")
    assert [one.id for one in found["b"].result] == ["concord"]


@pytest.mark.parametrize(
    ("query", "id", "certain"),
    [
        ("Henry David Thoreau", "thoreau", True),
        ("THOREAU, H. D.", "thoreau", True),
        ("H.D.T.", "thoreau", True),
        ("Henry D. Thoreau", "thoreau", True),
        ("Henri David Thoreau", "thoreau", False),
        ("Henry David Toreau", "thoreau", False),
        ("Mr. Henry David Thoreau of Concord", "thoreau", False),
        ("Хрущев Никита Сергеевич", "khrushchev", False),
        ("Хрущёв, Н. С.", "khrushchev", True),
        ("Малиновский", "malinovsky", False),
        ("Родион Малиновский", "malinovsky", True),
        ("Malinovskij Rodion", "malinovsky", True),
        ("N. S. Khrushchev", "khrushchev", True),
        ("Friedrich Mueller", "muller", True),
        ("Friedrich Muller", "muller", True),
        ("Müller", "muller", False),
        ("thoreau", "thoreau", True),
        ("https://www.wikidata.org/entity/Q131149", "thoreau", True),
        ("wikidata:Q131149", "thoreau", True),
    ],
)
def test_a_name_finds_its_entry(preview: Running, query: str, id: str, certain: bool) -> None:
    found = preview.candidates(query)
    assert found[0].id == id and found[0].match is certain, found
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


@pytest.mark.parametrize(
    "query", ["Ralph Waldo Emerson", "H.", "Concordia discors res publica", "…", "x" * 100_000, "a " * 50_000]
)
def test_a_name_that_nobody_has_finds_nobody_surely(preview: Running, query: str) -> None:
    assert not any(one.match for one in preview.candidates(query))


def test_a_surname_of_two_is_never_sure(preview: Running) -> None:
    found = preview.candidates("Thoreau,")
    assert {one.id for one in found} == {"thoreau", "j-thoreau"} and not any(one.match for one in found)


def test_what_else_is_known_tells_namesakes_apart(preview: Running) -> None:
    brother = preview.candidates("Thoreau,", properties=[{"pid": "birth", "v": "1815-07-05"}])
    assert brother[0].id == "j-thoreau" and brother[0].score > brother[1].score + 20
    wrong = preview.candidates("Henry David Thoreau", properties=[{"pid": "death", "v": "1842"}])[0]
    assert wrong.score < 100 and not wrong.match
    assert {"id": "death", "value": False} in [msgspec.to_builtins(one) for one in wrong.features]
    same = preview.candidates("", properties=[{"pid": "wikidata", "v": {"id": "Q131149"}}])
    assert [one.id for one in same] == ["thoreau"]
    near = preview.candidates("Concord", properties=[{"pid": "coordinates", "v": ["42.5,-71.3"]}])
    assert near[0].id == "concord" and near[0].match


def test_a_single_query_is_answered_too(preview: Running) -> None:
    assert preview.get("/reconcile?query=Concord").read(Result) == preview.get(
        "/reconcile?" + urlencode({"query": '{"query": "Concord"}'})
    ).read(Result)


@pytest.mark.parametrize(
    ("queries", "status"),
    [
        ("[]", 400),
        ("{", 400),
        ('{"q0": {}}', 400),
        ('{"q0": {"query": 7}}', 400),
        ('{"q0": {"query": "x", "properties": [{"pid": "birth"}]}}', 400),
        ('{"q0": {"query": "' + "[" * 10 + '", "limit": 1e99}}', 200),
        ("[" * 100_000, 400),
        (json.dumps({f"q{n}": {"query": "x"} for n in range(101)}), 413),
        ("{}", 200),
    ],
)
def test_a_query_that_is_none_is_told(preview: Running, queries: str, status: int) -> None:
    form = urlencode({"queries": queries}).encode()
    reply = preview.ask("POST", "/reconcile", form, Content_Type="application/x-www-form-urlencoded")
    assert reply.status == status
    assert status == 200 or json.loads(reply.body)["status"] == "error"


def test_a_post_that_is_no_form_is_told(preview: Running) -> None:
    assert preview.ask("POST", "/reconcile", b"{}", Content_Type="application/json").status == 415
    assert preview.ask("POST", "/reconcile/suggest/entity", b"", Content_Type="text/plain").status in (405, 415)
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    assert preview.ask("POST", "/reconcile", None, Content_Length="99999999999", **form).status == 413
    assert preview.ask("POST", "/reconcile", None, Content_Length="-1", **form).status == 411
    assert preview.get("/reconcile?x=1").status == 400 and preview.get("/reconcile/nothing").status == 404


def test_values_of_properties_are_told(preview: Running) -> None:
    query = {"ids": ["thoreau", "nobody"], "properties": [{"id": "birth"}, {"id": "wikidata"}]}
    found = json.loads(preview.get("/reconcile?" + urlencode({"extend": json.dumps(query)})).body)
    assert found["meta"] == [{"id": "birth", "name": "Date of birth"}, {"id": "wikidata", "name": "Wikidata"}]
    assert found["rows"]["thoreau"] == {"birth": [{"str": "1817-07-12"}], "wikidata": [{"str": "Q131149"}]}
    assert found["rows"]["nobody"] == {"birth": [], "wikidata": []}
    proposed = json.loads(preview.get("/reconcile/properties?type=place").body)
    assert proposed["type"] == "place" and "birth" not in [one["id"] for one in proposed["properties"]]


def test_entries_types_and_properties_are_suggested(preview: Running) -> None:
    found = preview.get("/reconcile/suggest/entity?prefix=thor").read(Suggestions)
    assert isinstance(found, Suggestions)
    assert [one.id for one in found.result] == ["thoreau", "j-thoreau"] and found.result[0].notable[0].id == "person"
    more = preview.get("/reconcile/suggest/entity?prefix=thor&cursor=1").read(Suggestions)
    assert isinstance(more, Suggestions) and [one.id for one in more.result] == ["j-thoreau"]
    assert preview.get("/reconcile/suggest/entity?prefix=&cursor=x").status == 400
    types = preview.get("/reconcile/suggest/type?prefix=pl").read(Suggestions)
    assert isinstance(types, Suggestions) and [one.id for one in types.result] == ["place"]
    properties = preview.get("/reconcile/suggest/property?prefix=date").read(Suggestions)
    assert isinstance(properties, Suggestions) and [one.id for one in properties.result] == ["birth", "death"]


def test_a_preview_shows_text_as_text(preview: Running) -> None:
    page = preview.get("/reconcile/preview?id=thoreau")
    assert "Writer &amp; naturalist, of &lt;Concord&gt;" in page.text and "<Concord>" not in page.text
    assert page.headers["Content-Security-Policy"] == "default-src 'none'"
    assert 'href="https://www.wikidata.org/entity/Q131149"' in page.text
    fly = json.loads(preview.get("/reconcile/flyout?id=thoreau").body)
    assert fly["id"] == "thoreau" and fly["html"] in page.text
    assert preview.get("/reconcile/preview?id=nobody").status == 404
    assert preview.get("/reconcile/view?id=thoreau").headers["Location"] == "/persons.html#thoreau"


def test_web_pages_of_this_machine_and_of_origins_that_are_named_may_ask(preview: Running) -> None:
    for origin in ("http://127.0.0.1:3333", "http://localhost:3333", "https://openrefine.example"):
        assert preview.get("/reconcile", Origin=origin).headers["Access-Control-Allow-Origin"] == origin
        preflight = preview.ask("OPTIONS", "/reconcile", Origin=origin, Access_Control_Request_Method="POST")
        assert preflight.status == 204 and preflight.headers["Access-Control-Allow-Origin"] == origin
    for origin in ("https://example.org", "http://127.0.0.1.example.org", "null"):
        assert "Access-Control-Allow-Origin" not in preview.get("/reconcile", Origin=origin).headers
    assert "Access-Control-Allow-Origin" not in preview.get("/", Origin="http://localhost:3333").headers


def test_a_register_that_changes_is_read_anew(preview: Running) -> None:
    assert preview.candidates("Ralph Waldo Emerson") == []
    register = preview.root / "tei/registers/persons.xml"
    register.write_text(
        PERSONS.replace(
            "Henry</forename> <forename>David</forename> <surname>Thoreau",
            "Ralph</forename> <forename>Waldo</forename> <surname>Emerson",
        )
    )
    assert preview.candidates("Ralph Waldo Emerson")[0].match
    register.write_text("<TEI")
    assert preview.candidates("Ralph Waldo Emerson") == []


def test_our_client_understands_our_service(preview: Running, tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{preview.port}/reconcile"
    service = ServiceSettings("own", address, "entry", {"person": "person"}, {"birth": "birth", "death": "death"})
    client = Client(service, Asker(Patience(between=0)), Cache(tmp_path, "own", address))
    heard = ask(client, [Question("a", "H. D. Thoreau", "person"), Question("b", "Nobody at all")])
    assert not heard.failure and not heard.odd
    assert [(one.id, one.match) for one in heard.candidates["a"]] == [("thoreau", True), ("j-thoreau", False)]
    assert heard.candidates["b"] == ()
    assert values(client, ["thoreau", "khrushchev"], ["birth", "death"]) == {
        "thoreau": {"birth": "1817-07-12", "death": "1862-05-06"},
        "khrushchev": {},
    }


def test_every_entry_of_a_register_finds_itself(root: Path) -> None:
    documents = registers.load_registers(root, "tei/registers", Report(root))
    index = Index(registers.entries(documents, Report(root)))
    for entry in index.entries.values():
        for name in entry.names:
            assert index.find(name.words)[0].entry is entry


@given(st.text(max_size=60))
def test_folding_is_stable(text: str) -> None:
    for fold in (tokens_of, german_tokens_of):
        assert tokens_of(" ".join(fold(text))) == fold(text)


# --- building anew --------------------------------------------------------------------------------


def test_builds_are_told_to_open_pages(preview: Running) -> None:
    page = preview.get("/.editio/")
    assert page.status == 200 and "script-src 'self'" in page.headers["Content-Security-Policy"]
    for name in re.findall(r'(?:src|href)="([\w.]+)"', page.text):
        assert preview.get(f"/.editio/{name}").status == 200
    assert preview.get("/.editio/server.py").status == 404


def test_a_page_reloads_in_its_frame_when_a_build_ends(preview: Running, browser: Browser) -> None:
    page = browser.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.goto(f"http://127.0.0.1:{preview.port}/.editio/")
    frame = page.frame_locator("iframe")
    frame.get_by_text("Concord").wait_for()
    (preview.root / "output/html/index.html").write_text(PAGE.replace("Concord", "Walden"))
    preview.changes.announce(True)
    frame.get_by_text("Walden").wait_for()
    preview.changes.announce(False)
    page.get_by_role("status").wait_for()
    page.close()
    assert problems == []


class Stop(threading.Event):
    """Tells a builder to stop, and us that it watches: it has looked at the files once when it first waits."""

    def __init__(self) -> None:
        super().__init__()
        self.watched = threading.Event()

    def wait(self, timeout: float | None = None) -> bool:
        self.watched.set()
        return super().wait(timeout)


def test_a_change_is_built_and_an_error_leaves_the_old_pages(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "edition.toml").write_text('[edition]\ntitle = "Letters"\n')
    letter = tmp_path / "sources/letter.txt"
    letter.write_text("Dear Sir,\n\nI thank you for the letter.\n\nYours truly,\nH. D. Thoreau\n")
    said: list[str] = []
    builder = Builder(tmp_path, tmp_path / "output", "tei", said.append)
    changes, stop = Changes(), Stop()
    assert builder.build() and "letter.txt" in said[0]
    watching = threading.Thread(target=builder.watch, args=(changes, stop), daemon=True)
    watching.start()
    assert stop.watched.wait(60)
    letter.write_text(letter.read_text().replace("the letter", "both letters"))
    assert changes.after(0, 300) == 1 and changes.succeeded
    assert "both letters" in (tmp_path / "output/html/letter.html").read_text()
    (tmp_path / "edition.toml").write_text("[edition]\n")
    assert changes.after(1, 300) == 2 and not changes.succeeded
    assert "malformed-settings" in said[-1] and (tmp_path / "output/html/letter.html").is_file()
    stop.set()
    watching.join(300)
    assert changes.number == 2, "what a build writes is no change"


def test_the_command_serves_until_it_is_interrupted(root: Path) -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    line = [sys.executable, "-c", "from editio.cli import main; main()", "serve", "--port", "0", "--no-watch"]
    process = subprocess.Popen(
        line,
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # tests that run in the background may have been told to ignore it, and would hand that on
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    assert process.stdout and process.stderr
    address = urlsplit(process.stdout.readline().strip())
    assert address.port
    running = Running(root, address.port)
    assert running.get("/").text == PAGE and running.candidates("Concord")[0].match
    taken = subprocess.run(
        [*line[:-2], str(address.port), "--no-watch"], cwd=root, capture_output=True, text=True, check=False
    )
    assert taken.returncode == 1 and "[unusable-port]" in taken.stdout
    process.send_signal(signal.SIGINT)
    said, errors = process.communicate(timeout=300)
    assert process.returncode == 0 and "Traceback" not in said + errors


def test_a_preview_of_no_edition_is_refused(tmp_path: Path) -> None:
    line = [sys.executable, "-c", "from editio.cli import main; main()", "serve"]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "[no-edition]" in done.stdout


def test_serving_needs_no_stylesheets(root: Path) -> None:
    script = (
        "import sys, editio.serving.server, editio.serving.rebuilding\n"
        "sys.exit(any(name in sys.modules for name in ('saxonche', 'typst', 'spellchecker')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
