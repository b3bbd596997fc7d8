"""Asking reconciliation services: a real HTTP service on loopback that behaves well, badly, or not at all."""

from __future__ import annotations

import email.utils
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from click.testing import CliRunner

from editio import opening
from editio.cli import main
from editio.config import ServiceSettings, load
from editio.diagnostics import Refusal, Report
from editio.linking.cache import Cache
from editio.linking.client import Candidate, Client, Question, ask, values
from editio.linking.link import Wanted, look_up
from editio.linking.proposals import Links, Proposal, ranked, read_links
from editio.linking.services import services
from editio.linking.transport import Asker, Patience, Unanswered

PATIENCE = Patience(answer=30, attempts=2, pause=0.01, longest_pause=5, between=0, most=200_000)
# Too little for a service that is slow on purpose; the others must not be judged by the load of the machine.
IMPATIENCE = replace(PATIENCE, answer=0.5)
PERSONS = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="persons"><teiHeader><fileDesc><titleStmt><title>Persons</title>
</titleStmt><publicationStmt><p>Register</p></publicationStmt><sourceDesc><p>Letters</p></sourceDesc></fileDesc></teiHeader>
<standOff><listPerson>
<person xml:id="emerson">
  <persName type="main">Ralph Waldo Emerson</persName>
  <birth when="1803-05-25"/><death when="1882-04-27"/>
</person>
<person xml:id="thoreau">
  <persName type="main">Henry David Thoreau</persName>
  <birth when="1817-07-12"/><death when="1862-05-06"/>
  <note type="description">Writer, of Concord.</note>
</person>
</listPerson></standOff></TEI>
"""
KNOWN = {
    "Henry David Thoreau": [
        {
            "id": "Q999999",
            "name": "Henry David Thoreau",
            "score": 100,
            "match": True,
            "description": "bust (1890–1891)",
        },
        {
            "id": "Q131149",
            "name": "Henry David Thoreau",
            "score": 95,
            "match": False,
            "description": "American essayist",
            "type": [{"id": "Q5", "name": "human"}],
        },
    ],
    "Ralph Waldo Emerson": [
        {"id": "Q48226", "name": "Ralph Waldo Emerson", "score": 100, "match": True, "type": ["Q5"]}
    ],
}
YEARS = {"Q131149": ("1817-07-12T00:00:00Z", "1862-05-06T00:00:00Z"), "Q48226": ("1803-05-25", "1882-04-27")}


class Asked(msgspec.Struct, forbid_unknown_fields=True):
    """A query as version 0.2 of the interface describes it."""

    query: str
    type: str | list[str] = ""
    limit: int = 10
    properties: list[dict[str, str]] = []
    type_strict: str = ""


@dataclass
class Service:
    """A reconciliation service, and what it was asked; the first part of its path says how it behaves."""

    address: str = ""
    requests: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    answers: int = 0

    def settings(self, mode: str) -> ServiceSettings:
        properties = {"birth": "P569", "death": "P570"}
        return ServiceSettings(mode, f"{self.address}/{mode}", "wikidata", {"person": "Q5"}, properties)

    def client(self, mode: str, root: Path) -> Client:
        settings = self.settings(mode)
        patience = IMPATIENCE if mode in ("slow", "drip") else PATIENCE
        return Client(settings, Asker(patience), Cache(root, mode, settings.address))


def manifest(mode: str) -> dict[str, object]:
    versions: dict[str, object] = {"future": {"versions": ["1.0-draft"]}, "old": {}}.get(mode, {"versions": ["0.2"]})
    size = {"batchSize": 2} if mode == "small" else {}
    extend = {"extend": {}} if mode in ("years", "bad-years") else {}
    return {"name": mode, "identifierSpace": "x:", "schemaSpace": "x:", **versions, **size, **extend}


def answer(form: dict[str, list[str]]) -> dict[str, object]:
    """What a good service says to a batch of queries, or to a query for values."""
    if "extend" in form:
        query = json.loads(form["extend"][0])
        born, died = (one["id"] for one in query["properties"])
        rows = {
            id: {born: [{"date": YEARS[id][0]}], died: [{"date": YEARS[id][1]}]} for id in query["ids"] if id in YEARS
        }
        return {"meta": [], "rows": rows}
    queries = msgspec.json.decode(form["queries"][0], type=dict[str, Asked])
    return {key: {"result": KNOWN.get(one.query, [])[: one.limit]} for key, one in queries.items()}


class Handler(BaseHTTPRequestHandler):
    """Answers as the first part of the path says."""

    service: Service
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.respond({})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.respond(parse_qs(body))

    def respond(self, form: dict[str, list[str]]) -> None:
        mode = urlsplit(self.path).path.split("/")[1]
        self.service.requests.append((self.command, self.path))
        self.service.headers.append(dict(self.headers))
        if "queries" in form:
            self.service.batches.append(len(json.loads(form["queries"][0])))
        self.service.answers += 1
        BEHAVIOUR.get(mode, good)(self, mode, form)

    def send(self, status: int, body: bytes, type: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": type, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


Behaviour = Callable[[Handler, str, dict[str, list[str]]], None]


def good(handler: Handler, mode: str, form: dict[str, list[str]]) -> None:
    handler.send(200, json.dumps(answer(form) if form else manifest(mode)).encode())


def says(body: bytes, type: str = "application/json", status: int = 200) -> Behaviour:
    """Says the same to every question; of itself what it should."""

    def respond(handler: Handler, mode: str, form: dict[str, list[str]]) -> None:
        if form:
            handler.send(status, body, type)
        else:
            good(handler, mode, form)

    return respond


def drip(handler: Handler, mode: str, form: dict[str, list[str]]) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    with_patience = time.monotonic() + 3
    try:
        while time.monotonic() < with_patience:
            handler.wfile.write(b" ")
            time.sleep(0.05)
    except OSError:
        handler.close_connection = True


def slow(handler: Handler, mode: str, form: dict[str, list[str]]) -> None:
    time.sleep(1.2)
    good(handler, mode, form)


def busy_once(handler: Handler, mode: str, form: dict[str, list[str]]) -> None:
    if handler.service.answers % 2:
        handler.send(429, b"", Retry_After="0")
    else:
        good(handler, mode, form)


def leads(target: str, status: int = 302) -> Behaviour:
    def respond(handler: Handler, mode: str, form: dict[str, list[str]]) -> None:
        handler.send(status, b"", Location=target)

    return respond


def only_one(handler: Handler, mode: str, form: dict[str, list[str]]) -> None:
    if form and len(json.loads(form["queries"][0])) > 1:
        handler.send(413, b"")
    else:
        good(handler, mode, form)


def half(handler: Handler, mode: str, form: dict[str, list[str]]) -> None:
    """Answers the first question well and the others badly."""
    answers = answer(form) if form else manifest(mode)
    if form:
        answers |= {key: {"result": "none"} for key in answers if key != "q0"}
    handler.send(200, json.dumps(answers).encode())


def wrong_ids(handler: Handler, mode: str, form: dict[str, list[str]]) -> None:
    candidates: list[object] = [
        {"id": "118622110", "name": "a GND"},
        {"name": "no id"},
        7,
        {"id": "Q131149", "name": "x"},
    ]
    candidates.append({"id": "http://www.wikidata.org/entity/Q131149", "name": "the same as an address"})
    answers = {key: {"result": candidates} for key in answer(form)} if form else manifest(mode)
    handler.send(200, json.dumps(answers).encode())


def bad_years(handler: Handler, mode: str, form: dict[str, list[str]]) -> None:
    if "extend" in form:
        handler.send(200, b"<html>no</html>", "text/html")
    else:
        good(handler, mode, form)


BEHAVIOUR: dict[str, Behaviour] = {
    "slow": slow,
    "drip": drip,
    "html": says(b"<!DOCTYPE html><html><title>Maintenance</title></html>", "text/html"),
    "jsonp": says(b'callback({"q0": {"result": []}})', "text/javascript"),
    "empty": says(b""),
    "list": says(b"[]"),
    "other-keys": says(b'{"x1": {"result": []}}'),
    "error": says(b'{"status": "error", "message": "no such\\u001b[31m type"}'),
    "error-field": says(b'{"error": {"reason": "out of order"}}'),
    "huge": says(b'{"q0": "' + b"x" * 300_000 + b'"}'),
    "deep": says(b"[" * 100_000),
    "not-utf-8": says(b'{"q0": {"result": [{"id": "Q1", "name": "\xff"}]}}'),
    "broken": says(b"", status=500),
    "404": says(b"", status=404),
    "busy-once": busy_once,
    "here": leads("/good"),
    "circle": leads("/circle"),
    "away": leads("http://localhost.example:1/"),
    "file": leads("file:///etc/passwd"),
    "only-one": only_one,
    "half": half,
    "wrong-ids": wrong_ids,
    "bad-years": bad_years,
}


def later(handler: Handler, mode: str, form: dict[str, list[str]]) -> None:
    handler.send(429, b"", Retry_After="86400")


def tomorrow(handler: Handler, mode: str, form: dict[str, list[str]]) -> None:
    handler.send(503, b"", Retry_After=email.utils.formatdate(time.time() + 86400, usegmt=True))


BEHAVIOUR |= {"later": later, "tomorrow": tomorrow}


class QuietServer(ThreadingHTTPServer):
    """Says nothing of clients that lose patience."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    handler = type("OwnHandler", (Handler,), {"service": made})
    server = QuietServer(("127.0.0.1", 0), handler)
    made.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def project(tmp_path: Path, service: Service) -> Path:
    """A project with a register of two persons, and services of many kinds."""
    folder = tmp_path / "project"
    (folder / "tei/registers").mkdir(parents=True)
    (folder / "tei/registers/persons.xml").write_text(PERSONS)
    tables = "".join(
        f'[[names.service]]\nname = "{mode}"\naddress = "{service.address}/{mode}"\ntype = "wikidata"\n'
        'types = { person = "Q5" }\nproperties = { birth = "P569", death = "P570" }\n'
        for mode in ("good", "years", "html", "broken")
    )
    (folder / "edition.toml").write_text(f'[edition]\ntitle = "Letters"\n{tables}')
    return folder


THOREAU = Question("thoreau", "Henry David Thoreau", "Q5", (("P569", "1817-07-12"),))
EMERSON = Question("emerson", "Ralph Waldo Emerson", "Q5")


def test_a_service_is_asked_in_the_form_of_the_interface(service: Service, tmp_path: Path) -> None:
    heard = ask(service.client("good", tmp_path), [THOREAU, EMERSON])
    assert not heard.failure and not heard.odd
    assert [one.id for one in heard.candidates["thoreau"]] == ["Q999999", "Q131149"]
    assert service.requests == [("GET", "/good"), ("POST", "/good")]
    assert service.headers[1]["Content-Type"].startswith("application/x-www-form-urlencoded")
    assert all(one["User-Agent"].startswith("Editio/") and "Cookie" not in one for one in service.headers)


def test_batches_are_as_large_as_the_service_likes(service: Service, tmp_path: Path) -> None:
    questions = [Question(f"e{number}", f"Nobody {number}") for number in range(25)]
    ask(service.client("small", tmp_path), questions)
    assert service.batches == [2] * 12 + [1]
    service.batches.clear()
    ask(service.client("good", tmp_path), questions)
    assert service.batches == [10, 10, 5]


def test_a_batch_that_is_too_large_is_parted(service: Service, tmp_path: Path) -> None:
    heard = ask(service.client("only-one", tmp_path), [THOREAU, EMERSON])
    assert set(heard.candidates) == {"thoreau", "emerson"} and service.batches == [2, 1, 1]


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        ("slow", "no answer within 0.5 seconds"),
        ("drip", "no answer within 0.5 seconds"),
        ("html", "a web page, no JSON"),
        ("jsonp", "JSONP, no JSON"),
        ("empty", "empty"),
        ("list", "not of the form"),
        ("other-keys", "answers none of the questions"),
        ("error", r"with an error: no such\\x1b\[31m type"),
        ("error-field", "out of order"),
        ("huge", "longer than"),
        ("deep", "not of the form|web page"),
        ("not-utf-8", "not of the form|candidate without"),
        ("broken", "HTTP status 500"),
        ("404", "HTTP status 404"),
        ("later", "asked again in 86400 seconds"),
        ("tomorrow", r"asked again in 8\d{4} seconds"),
        ("circle", "in circles"),
        ("away", "leads to another place: http://localhost.example:1/"),
        ("file", "leads to another place: file:"),
        ("future", "speaks 1.0-draft"),
    ],
)
def test_a_bad_service_gives_one_reason_and_no_candidates(
    service: Service, tmp_path: Path, mode: str, reason: str
) -> None:
    heard = ask(service.client(mode, tmp_path), [THOREAU, EMERSON])
    assert re.search(reason, heard.failure or "; ".join(heard.odd)), (heard.failure, heard.odd)
    assert not any(heard.candidates.values())
    assert not list(tmp_path.rglob("*.json"))


def test_nobody_at_home_and_a_name_that_nobody_has_are_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    for address, reason in ((f"http://127.0.0.1:{port}/", "refused"), ("http://nobody.invalid/", "not known")):
        settings = ServiceSettings("x", address, "wikidata")
        heard = ask(Client(settings, Asker(PATIENCE), Cache(tmp_path, "x", address)), [THOREAU])
        assert reason in heard.failure


def test_something_that_is_no_http_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"220 mail.example.org ESMTP\r\n")

        threading.Thread(target=greet, daemon=True).start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        heard = ask(
            Client(ServiceSettings("x", address, ""), Asker(PATIENCE), Cache(tmp_path, "x", address)), [THOREAU]
        )
    assert "does not speak HTTP" in heard.failure


def test_a_service_that_is_busy_is_asked_again(service: Service, tmp_path: Path) -> None:
    heard = ask(service.client("busy-once", tmp_path), [THOREAU])
    assert heard.candidates["thoreau"] and len(service.requests) == 4


def test_a_redirect_on_the_same_host_keeps_the_question(service: Service, tmp_path: Path) -> None:
    heard = ask(service.client("here", tmp_path), [THOREAU])
    assert heard.candidates["thoreau"]
    assert service.requests == [("GET", "/here"), ("GET", "/good"), ("POST", "/here"), ("POST", "/good")]


def test_what_is_odd_is_left_out_and_the_rest_kept(service: Service, tmp_path: Path) -> None:
    heard = ask(service.client("half", tmp_path), [THOREAU, EMERSON])
    assert list(heard.candidates) == ["thoreau"] and "“emerson”" in heard.odd[0]
    heard = ask(service.client("wrong-ids", tmp_path), [THOREAU])
    assert [one.id for one in heard.candidates["thoreau"]] == ["Q131149"]
    assert len(heard.odd) == 3 and "not an identifier of Wikidata" in heard.odd[0]


def test_candidates_that_do_not_keep_to_the_letter_are_understood(tmp_path: Path) -> None:
    told = [
        {"id": 4933887, "name": "Concord", "score": "98.5", "match": None, "type": {"id": "P", "name": "town"}},
        {"id": "https://sws.geonames.org/4933885/", "name": "Concord", "score": None, "description": None, "type": "P"},
        {"id": "5084868", "name": "Concord", "type": None},
    ]
    settings = ServiceSettings("x", "http://127.0.0.1:1/", "geonames")
    cache = Cache(tmp_path, "x", settings.address)
    cache.put(THOREAU.key, json.dumps({"result": told}).encode())
    (first, second, third) = ask(Client(settings, Asker(PATIENCE), cache), [THOREAU]).candidates["thoreau"]
    assert first == Candidate("4933887", "Concord", 98.5, types=("town",))
    assert (second.id, second.types, third.id) == ("4933885", ("P",), "5084868")


def test_an_old_service_without_versions_is_asked_too(service: Service, tmp_path: Path) -> None:
    assert ask(service.client("old", tmp_path), [THOREAU]).candidates["thoreau"]


def test_what_was_answered_is_not_asked_again(service: Service, tmp_path: Path) -> None:
    first = ask(service.client("good", tmp_path), [THOREAU, EMERSON])
    service.requests.clear()
    assert ask(service.client("good", tmp_path), [THOREAU, EMERSON]).candidates == first.candidates
    assert service.requests == []
    ask(service.client("good", tmp_path), [THOREAU, Question("emerson", "Waldo Emerson")])
    assert service.batches[-1] == 1


@pytest.mark.parametrize("harm", ["[", '{"address": 1}', ""])
def test_a_damaged_or_old_answer_on_disk_is_asked_for_again(service: Service, tmp_path: Path, harm: str) -> None:
    ask(service.client("good", tmp_path), [THOREAU])
    (kept,) = tmp_path.rglob("*.json")
    old = json.loads(kept.read_text()) | {"asked": time.time() - 31 * 86400}
    kept.write_text(harm or json.dumps(old))
    service.batches.clear()
    assert ask(service.client("good", tmp_path), [THOREAU]).candidates["thoreau"]
    assert service.batches == [1]


def test_a_cache_that_leads_out_of_the_edition_is_not_used(service: Service, tmp_path: Path) -> None:
    root, outside = tmp_path / "project", tmp_path / "outside"
    (root / ".editio").mkdir(parents=True)
    outside.mkdir()
    (root / ".editio/cache").symlink_to(outside)
    assert ask(service.client("good", root), [THOREAU]).candidates["thoreau"]
    assert list(outside.iterdir()) == []


def test_values_are_asked_for_where_the_service_has_them(service: Service, tmp_path: Path) -> None:
    client = service.client("years", tmp_path)
    assert values(client, ["Q131149", "Q1"], ["P569", "P570"])["Q131149"]["P569"] == "1817-07-12T00:00:00Z"
    assert values(service.client("good", tmp_path), ["Q131149"], ["P569", "P570"]) == {}
    with pytest.raises(Unanswered):
        values(service.client("bad-years", tmp_path), ["Q131149"], ["P569", "P570"])


# --- proposals ------------------------------------------------------------------------------------


def proposals(project: Path, *names: str, cached: str = "use") -> tuple[Report, Links | None]:
    report = Report(project)
    edition = opening.open_edition(project, report)
    look_up(edition, names, Wanted(), cached, report, PATIENCE)
    return report, read_links(project, names[0], report)


def test_proposals_whose_years_of_life_differ_come_last(service: Service, project: Path) -> None:
    report, links = proposals(project, "good")
    assert links and not report.found
    assert [(one.id, one.lives) for one in links.proposals["thoreau"]] == [
        ("Q131149", "unknown"),
        ("Q999999", "differ"),
    ]
    report, links = proposals(project, "years")
    assert links and links.proposals["thoreau"][0].lives == "agree"


def test_one_bad_service_is_one_diagnostic_and_the_others_go_on(service: Service, project: Path) -> None:
    report = Report(project)
    edition = opening.open_edition(project, report)
    look_up(edition, ["html", "good", "broken"], Wanted(), "use", report, PATIENCE)
    assert [(one.code.name, one.message.split("; ")[0]) for one in report] == [
        ("failed-service", "the service “broken”: it answers with the HTTP status 500"),
        ("failed-service", "the service “html”: its answer is a web page, no JSON"),
    ]
    kept = read_links(project, "good", report)
    assert kept and set(kept.proposals) == {"thoreau", "emerson"}


def test_the_same_answers_write_the_same_bytes(service: Service, project: Path) -> None:
    proposals(project, "good")
    before = (project / "names/links/good.json").read_bytes()
    proposals(project, "good", cached="refresh")
    assert (project / "names/links/good.json").read_bytes() == before and len(service.batches) == 2


def test_without_a_cache_nothing_is_kept(service: Service, project: Path) -> None:
    proposals(project, "good", cached="off")
    assert not (project / ".editio/cache").exists()


def test_entries_that_are_linked_are_not_asked_about(service: Service, project: Path) -> None:
    register = project / "tei/registers/persons.xml"
    register.write_text(PERSONS.replace("</persName>", '</persName><idno type="WIKIDATA">Q48226</idno>', 1))
    proposals(project, "good")
    assert service.batches == [1]


def test_a_damaged_file_of_proposals_is_not_written_over(service: Service, project: Path) -> None:
    path = project / "names/links/good.json"
    path.parent.mkdir(parents=True)
    path.write_text("{")
    report, _ = proposals(project, "good")
    assert report.failed() and path.read_text() == "{" and service.requests == []


def test_a_proxy_is_used_but_not_for_this_machine(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.setenv("http_proxy", service.address)
    monkeypatch.setenv("https_proxy", service.address)
    far = ServiceSettings("far", "http://authority.example/good", "wikidata")
    assert ask(Client(far, Asker(PATIENCE), Cache(tmp_path, "far", far.address)), [THOREAU]).candidates
    assert service.requests[0] == ("GET", "http://authority.example/good")
    safe = ServiceSettings("safe", "https://authority.example/good", "wikidata")
    heard = ask(Client(safe, Asker(PATIENCE), Cache(tmp_path, "safe", safe.address)), [THOREAU])
    assert "cannot be reached" in heard.failure
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert ask(service.client("good", tmp_path), [THOREAU]).candidates


def test_an_unknown_service_is_refused_with_those_that_are_known(project: Path) -> None:
    with pytest.raises(Refusal, match="no service “wikidatta”") as refused:
        proposals(project, "wikidatta")
    assert "wikidata" in refused.value.diagnostic.hint


def test_a_service_of_the_project_takes_the_place_of_a_known_one(project: Path) -> None:
    settings = project / "edition.toml"
    settings.write_text(
        settings.read_text() + '[[names.service]]\nname = "gnd"\naddress = "http://127.0.0.1:1/"\ntype = "gnd"\n'
    )
    found = services(load(project, Report(project)))
    assert found["gnd"].address == "http://127.0.0.1:1/" and "wikidata" in found


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('address = "ftp://example.org/"', "neither http:// nor https://"),
        ('address = "file:///etc/passwd"', "neither http:// nor https://"),
        ('name = "../x"', "is not one word"),
        ('type = "a b"', "is not one word"),
        ('types = { human = "Q5" }', "cannot know “human”"),
        ('properties = { born = "P569" }', "cannot know “born”"),
    ],
)
def test_a_service_that_cannot_be_meant_is_refused(tmp_path: Path, line: str, says: str) -> None:
    fields = {"name": '"x"', "address": '"https://example.org/"', "type": '"gnd"'}
    name, _, value = line.partition(" = ")
    table = "".join(f"{key} = {one}\n" for key, one in (fields | {name: value}).items())
    (tmp_path / "edition.toml").write_text(f'[edition]\ntitle = "x"\n[[names.service]]\n{table}')
    with pytest.raises(Refusal, match=says):
        load(tmp_path, Report(tmp_path))


def link(project: Path, *arguments: str, input: str = "") -> tuple[int, str]:
    done = CliRunner().invoke(
        main, ["names", "link", "-C", str(project), *arguments], input=input, catch_exceptions=False
    )
    return done.exit_code, done.output


def test_the_command_lists_proposals_and_asks_nobody_without_a_service(service: Service, project: Path) -> None:
    assert link(project) == (0, "no proposals\n0 errors, 0 warnings\n") or "no proposals" in link(project)[1]
    assert service.requests == []
    code, said = link(project, "--service", "years")
    assert code == 0
    assert (
        "thoreau: Henry David Thoreau\n  wikidata:Q131149 95 Henry David Thoreau, years of life agree – American"
        in said
    )
    service.requests.clear()
    assert "wikidata:Q131149" in link(project, "thoreau")[1] and "Emerson" not in link(project, "thoreau")[1]
    assert service.requests == []


def test_proposals_come_as_json_and_csv(service: Service, project: Path) -> None:
    link(project, "--service", "good")
    found = json.loads(link(project, "--format", "json")[1])
    assert (
        found["summary"]["error"] == 0 and found["proposals"][0]["address"] == "https://www.wikidata.org/entity/Q48226"
    )
    lines = link(project, "--format", "csv")[1].splitlines()
    assert lines[0].startswith("entry,entry name,service") and len(lines) >= 4


def test_a_formula_in_a_proposal_is_none_in_csv(project: Path) -> None:
    found = Links(
        "good", "x", {"thoreau": (msgspec.convert({"id": "=1+1", "name": "@x", "description": "-43"}, Proposal),)}
    )
    (project / "names/links").mkdir(parents=True)
    (project / "names/links/good.json").write_bytes(msgspec.json.encode(found))
    assert "x,'=1+1,'@x,-43," in link(project, "--format", "csv")[1]


def test_a_proposal_cannot_write_to_the_terminal(project: Path) -> None:
    found = Links("good", "x", {"thoreau": (Proposal("1", "\x1b[2J", "\u202etxet", ("\x07",)),)})
    (project / "names/links").mkdir(parents=True)
    (project / "names/links/good.json").write_bytes(msgspec.json.encode(found))
    for form in ("text", "csv"):
        said = link(project, "--format", form)[1]
        assert "[2J" in said and not set(said) & set("\x1b\x07\u202e")


@pytest.mark.parametrize("score", ["1e999", "-1e308", "0", "7"])
def test_a_score_may_be_any_number(score: str, tmp_path: Path) -> None:
    answer = f'{{"result": [{{"id": "Q1", "name": "x", "score": {score}}}]}}'.encode()
    settings = ServiceSettings("x", "http://127.0.0.1:1/", "wikidata")
    cache = Cache(tmp_path, "x", settings.address)
    cache.put(THOREAU.key, answer)
    heard = ask(Client(settings, Asker(PATIENCE), cache), [THOREAU])
    assert all(abs(one.score) <= 1e6 for one in heard.candidates["thoreau"]) and not heard.failure


def test_an_unknown_entry_is_told_and_nobody_is_asked(service: Service, project: Path) -> None:
    code, said = link(project, "thoreou", "--service", "good")
    assert code == 1 and "no entry “thoreou”" in said and "did you mean “thoreau”?" in said and not service.requests


def test_an_accepted_identifier_stands_in_the_register_and_nothing_else_changes(
    service: Service, project: Path
) -> None:
    link(project, "--service", "good")
    service.requests.clear()
    code, said = link(project, "--accept", "thoreau=wikidata:Q131149")
    assert code == 0 and "written into tei/registers/persons.xml" in said
    expected = PERSONS.replace('05-06"/>', '05-06"/>\n  <idno type="wikidata">Q131149</idno>')
    assert (project / "tei/registers/persons.xml").read_text() == expected
    assert "thoreau" not in link(project)[1] and service.requests == []


def test_an_identifier_is_accepted_as_address_or_bare_with_its_service(project: Path) -> None:
    assert link(project, "--accept", "thoreau=https://d-nb.info/gnd/118622110")[0] == 0
    assert link(project, "--accept", "thoreau=Q131149", "--service", "wikidata")[0] == 0
    text = (project / "tei/registers/persons.xml").read_text()
    assert '<idno type="gnd">118622110</idno>\n  <idno type="wikidata">Q131149</idno>\n  <note' in text


@pytest.mark.parametrize("pair", ["thoreau=local:T 17/3", "thoreau=T 17/3"])
def test_an_identifier_of_a_file_of_ones_own_is_accepted_too(project: Path, pair: str) -> None:
    settings = project / "edition.toml"
    settings.write_text(settings.read_text().replace('type = "wikidata"', 'type = "local"', 1))
    assert link(project, "--accept", pair, "--service", "good")[0] == 0
    assert '<idno type="local">T 17/3</idno>' in (project / "tei/registers/persons.xml").read_text()
    assert "has a local already" in link(project, "--accept", "thoreau=local:2", "--service", "good")[1]
    assert link(project, "--accept", "emerson=local:a\u0001b", "--service", "good")[0] == 1


@pytest.mark.parametrize(
    ("description", "lives"),
    [
        ("American essayist (1817–1862)", "agree"),
        ("American essayist, 1816-1862", "agree"),
        ("surveyor of Concord 1849–1861", "unknown"),
        ("bust (1890–1891)", "differ"),
        ("his brother, 1815–1842", "differ"),
        ("No. 1817", "unknown"),
    ],
)
def test_years_in_a_description_are_compared(project: Path, description: str, lives: str) -> None:
    thoreau = opening.open_edition(project, Report(project)).entries["thoreau"]
    assert [one.lives for one in ranked(thoreau, [Candidate("Q1", "x", description=description)], {}, (), 5)] == [lives]


@pytest.mark.parametrize(
    ("pairs", "says"),
    [
        (["thoreau=gnd:118622111"], "check digit"),
        (["thoreau=118622110"], "which authority file"),
        (["thoreau"], "not ENTRY=IDENTIFIER"),
        (["thorau=gnd:118622110"], "no entry “thorau”"),
        (["thoreau=Q131149", "thoreau=Q999999"], "which authority file"),
        (["thoreau=wikidata:Q131149", "thoreau=wikidata:Q999999"], "has a Wikidata already: Q131149"),
        (["thoreau=wikidata:Q131149", "emerson=wikidata:Q131149"], "“thoreau” has the Wikidata Q131149"),
    ],
)
def test_what_cannot_be_accepted_is_told(project: Path, pairs: list[str], says: str) -> None:
    code, said = link(project, *(part for pair in pairs for part in ("--accept", pair)))
    assert code == 1 and says in said
    assert (project / "tei/registers/persons.xml").read_text().count("<idno") == ("Q131149" in says)


def test_the_type_is_spelt_as_the_registers_spell_it(project: Path) -> None:
    register = project / "tei/registers/persons.xml"
    register.write_text(PERSONS.replace("</persName>", '</persName><idno type="Wikidata">Q48226</idno>', 1))
    assert link(project, "--accept", "thoreau=wikidata:Q131149")[0] == 0
    assert '<idno type="Wikidata">Q131149</idno>' in register.read_text()


def test_a_rejected_proposal_is_never_made_again(service: Service, project: Path) -> None:
    link(project, "--service", "good")
    code, said = link(project, "--reject", "thoreau=wikidata:Q999999")
    assert code == 0 and "will not be proposed again" in said
    assert "Q999999" not in link(project)[1] and "Q131149" in link(project)[1]
    assert "Q999999" not in link(project, "--service", "good", "--refresh")[1]


def test_proposals_are_decided_one_by_one(service: Service, project: Path) -> None:
    link(project, "--service", "good")
    code, said = link(project, "--choose", input="n\n1\n")
    assert code == 0 and "1  wikidata:Q131149" in said
    assert "emerson=wikidata:Q48226: will not be proposed again" in said
    assert '<idno type="wikidata">Q131149</idno>' in (project / "tei/registers/persons.xml").read_text()
    assert "no proposals" in link(project)[1]


@pytest.mark.parametrize("name", ["good", "rejected"])
def test_a_damaged_file_of_links_is_told_and_kept(service: Service, project: Path, name: str) -> None:
    (project / "names/links").mkdir(parents=True)
    path = project / f"names/links/{name}.json"
    path.write_text('{"good": <<<<<<< ours')
    code, said = link(project, "--reject", "thoreau=wikidata:Q999999", "--service", "good")
    assert code == 1 and f"names/links/{name}.json: error" in said
    assert path.read_text() == '{"good": <<<<<<< ours'


def test_only_linking_with_a_service_opens_a_connection(
    project: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "sources").mkdir()
    (project / "sources/letter.txt").write_text("Dear Sir,\n\nI thank Mr. Thoreau.\n\nYours truly,\nR. W. Emerson\n")

    opened = []

    def connect(self: socket.socket, address: object) -> None:
        opened.append(address)
        raise ConnectionRefusedError

    link(project, "--service", "good")
    monkeypatch.setattr(socket.socket, "connect", connect)
    for command in (
        ["convert"],
        ["validate"],
        ["build", "html", "-j", "1"],
        ["names", "link"],
        ["names", "link", "--reject", "thoreau=wikidata:Q1"],
    ):
        done = CliRunner().invoke(main, [*command, "-C", str(project)], catch_exceptions=False)
        assert done.exit_code == 0, done.output
    assert opened == []
    link(project, "--service", "good", "--refresh")
    assert opened
