"""Bad input: each fault is said once, with place and cure; nothing crashes, leaks, hangs, or touches what is there."""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import EDITIO, run_editio

from editio.cli import main

SECRET = "Kassiber-4711"
NS = 'xmlns="http://www.tei-c.org/ns/1.0"'
HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>Letter</title></titleStmt><publicationStmt><p>x</p></publicationStmt>"
    "<sourceDesc><p>x</p></sourceDesc></fileDesc></teiHeader>"
)
PERSONS = f"<TEI {NS} xml:id='persons'>{HEADER}<standOff><listPerson>\n{{}}\n</listPerson></standOff></TEI>"
PERSON = "<person xml:id='{}'><persName>{}</persName></person>\n"


def document(
    body: str, doctype: str = "", id: str = "other", head: str = '<?xml version="1.0" encoding="UTF-8"?>'
) -> str:
    return f'{head}\n{doctype}\n<TEI {NS} xml:id="{id}" xml:lang="en">{HEADER}\n<text><body>\n{body}\n</body></text></TEI>\n'


# --- helpers ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ended:
    """How a command ended: its code, its diagnostics that count as problems, and all it printed."""

    code: int
    errors: list[dict[str, object]]
    all: list[dict[str, object]]
    printed: str


def ended(done: subprocess.CompletedProcess[str]) -> Ended:
    printed = done.stdout + done.stderr
    assert "Traceback" not in printed, printed
    assert "[31m" not in printed
    found = json.loads(done.stdout)["diagnostics"] if done.stdout.startswith("{") else []
    return Ended(done.returncode, [one for one in found if one["severity"] == "error"], found, printed)


def editio(folder: Path, command: str, *arguments: str | Path) -> Ended:
    """A command with the report as JSON, in this process: any exception and a run of more than a minute are failures."""
    with chdir(folder), at_most(60):
        line = [command, "--format", "json", *map(str, arguments)]
        done = CliRunner().invoke(main, line, catch_exceptions=False)
    return ended(subprocess.CompletedProcess(line, done.exit_code, done.stdout, done.stderr))


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Ends what takes longer, such as waiting for a pipe."""

    def end(number: int, frame: object) -> None:
        raise TimeoutError(f"took more than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def kept(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Bytes and time of all files below tei/, .editio/ and output/, the lock and what is cached left out."""
    files = (path for name in ("tei", ".editio", "output") for path in sorted((folder / name).rglob("*")))
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in files
        if path.is_file() and path.name != "lock" and path.parent.name != "cache"
    }


def one_error(result: Ended, code: str, file: str, line: int = 0) -> dict[str, object]:
    """The only error of a run, at this place, with a hint; the run failed."""
    assert result.code in (1, 2), result.printed
    assert [(one["code"], one["file"]) for one in result.errors] == [(code, file)], result.printed
    (found,) = result.errors
    assert found["hint"] and found["message"] and found["line"] == line, found
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of one letter, one person and one further document, published as web pages."""
    folder = tmp_path_factory.mktemp("built") / "project"
    (folder / "sources").mkdir(parents=True)
    (folder / "tei/registers").mkdir(parents=True)
    (folder / "edition.toml").write_text('[edition]\ntitle = "Letters"\n\n[convert]\nencoding = "utf-8"\n')
    (folder / "sources/letter.txt").write_text(
        "Dear Sir,\n\nI thank you and Mr. Thoreau for the letter.\n\nYours truly,\nA. Blake\n"
    )
    (folder / "tei/registers/persons.xml").write_text(PERSONS.format(PERSON.format("thoreau", "Thoreau")))
    result = editio(folder, "build", "html")
    assert result.code == 0, result.printed
    return folder


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of the built project, times of its files included."""
    return Path(shutil.copytree(built, tmp_path / "project"))


@dataclass
class Canary:
    """A web server on loopback that writes down who asks."""

    address: str
    asked: list[str]


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<!ENTITY leak 'Kassiber-4711'>")

        do_CONNECT = do_HEAD = do_POST = do_GET  # noqa: N815 - names of http.server

        def log_message(self, format: str, *arguments: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Canary(f"http://127.0.0.1:{server.server_port}", asked)
    server.shutdown()
    server.server_close()


def without_privileges() -> None:
    """Let permissions count for root too: drops the capabilities that override them (linux/capability.h)."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


def editio_unprivileged(folder: Path, *arguments: str) -> Ended:
    if not sys.platform.startswith("linux") and os.geteuid() == 0:
        pytest.skip("permissions do not bind root here")
    done = subprocess.run(
        [EDITIO, *arguments, "--format", "json"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=without_privileges,
    )
    return ended(done)


# --- edition.toml -----------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["convert", "build", "validate"])
def test_a_folder_without_edition_toml_is_no_edition(tmp_path: Path, command: str) -> None:
    found = one_error(editio(tmp_path, command), "no-edition", "")
    assert "editio init" in str(found["hint"])
    assert not list(tmp_path.iterdir())


SETTINGS = {
    "not-toml": ("[edition]\ntitle = Letters\n", "malformed-settings", 2, ""),
    "unclosed-string": ('[edition]\ntitle = "Letters\n', "malformed-settings", 2, ""),
    "twice": ('[edition]\ntitle = "A"\ntitle = "B"\n', "malformed-settings", 3, ""),
    "empty": ("", "malformed-settings", 0, "edition"),
    "no-title": ('[edition]\nlanguage = "en"\n', "malformed-settings", 1, "title"),
    "unknown-setting": ('[edition]\ntitle = "A"\nlanguge = "en"\n', "unknown-setting", 3, "language"),
    "unknown-table": ('[edition]\ntitle = "A"\n\n[convrt]\nsources = "x"\n', "unknown-setting", 4, "convert"),
    "far-off-setting": ('[edition]\ntitle = "A"\nzzz = 1\n', "unknown-setting", 3, "known here: title"),
    "number-for-string": ("[edition]\ntitle = 5\n", "malformed-settings", 2, "a string"),
    "string-for-list": ('[edition]\ntitle = "A"\n[convert]\nrules_off = "closer"\n', "malformed-settings", 4, "a list"),
    "string-for-truth": ('[edition]\ntitle = "A"\n[names]\nmark = "yes"\n', "malformed-settings", 4, "true or false"),
    "string-for-table": ('edition = "A"\n', "malformed-settings", 1, "a table"),
    "ignore-without-reason": (
        '[edition]\ntitle = "A"\n[[ignore]]\ncode = "same-id"\n',
        "malformed-settings",
        3,
        "reason",
    ),
    "ignore-unknown": (
        '[edition]\ntitle = "A"\n[[ignore]]\ncode = "same-id"\nreason = "x"\nfiel = "y"\n',
        "unknown-setting",
        6,
        "file",
    ),
    "document-unknown": ('[edition]\ntitle = "A"\n[documents.letter]\ntitel = "B"\n', "unknown-setting", 4, "title"),
    "unknown-rule": ('[edition]\ntitle = "A"\n[convert]\nrules_off = ["closr"]\n', "unknown-setting", 4, "closer"),
    "unknown-encoding": ('[edition]\ntitle = "A"\n[convert]\nencoding = "utf-99"\n', "malformed-settings", 4, "utf-99"),
    "no-text-encoding": ('[edition]\ntitle = "A"\n[convert]\nencoding = "rot13"\n', "malformed-settings", 4, "rot13"),
    "no-language": ('[edition]\ntitle = "A"\nlanguage = "old english"\n', "malformed-settings", 3, "language"),
    "no-original-language": (
        '[edition]\ntitle = "A"\noriginal_language = "ru!"\n',
        "malformed-settings",
        3,
        "language",
    ),
    "voice-with-space": (
        '[edition]\ntitle = "A"\n[convert]\nbrackets = "the translator"\n',
        "malformed-settings",
        4,
        "brackets",
    ),
    "control-character": ('[edition]\ntitle = "A\\u0001B"\n', "malformed-settings", 2, "control"),
    "nul-in-folder": ('[edition]\ntitle = "A"\n[convert]\nsources = "a\\u0000b"\n', "malformed-settings", 4, "control"),
    "sources-outside": (
        '[edition]\ntitle = "A"\n[convert]\nsources = "../sources"\n',
        "malformed-settings",
        4,
        "outside",
    ),
    "sources-absolute": ('[edition]\ntitle = "A"\n[convert]\nsources = "/etc"\n', "malformed-settings", 4, "outside"),
    "tei-outside": ('[edition]\ntitle = "A"\n[convert]\ntei = "../tei"\n', "malformed-settings", 4, "outside"),
    "registers-outside": (
        '[edition]\ntitle = "A"\n[names]\nregisters = "a/../../b"\n',
        "malformed-settings",
        4,
        "outside",
    ),
    "css-outside": ('[edition]\ntitle = "A"\n[html]\ncss = "/etc/passwd"\n', "malformed-settings", 4, "outside"),
    "schema-outside": ('[edition]\ntitle = "A"\n[validate]\nschema = "../x.rng"\n', "malformed-settings", 4, "outside"),
    "fonts-outside": (
        '[edition]\ntitle = "A"\n[print]\nfont_folder = "/usr/share"\n',
        "malformed-settings",
        4,
        "outside",
    ),
    "unknown-standard": ('[edition]\ntitle = "A"\n[print]\nstandards = ["a-9z"]\n', "malformed-settings", 4, "a-9z"),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_fault_in_edition_toml_is_said_once_with_its_line(project: Path, name: str) -> None:
    text, code, line, said = SETTINGS[name]
    (project / "edition.toml").write_text(text)
    before = kept(project)
    found = one_error(editio(project, "build", "html"), code, "edition.toml", line)
    assert said in f"{found['message']} {found['hint']}"
    assert kept(project) == before


def test_settings_that_are_not_utf8_are_refused(project: Path) -> None:
    (project / "edition.toml").write_bytes('[edition]\ntitle = "Briefe für alle"\n'.encode("latin-1"))
    one_error(editio(project, "convert"), "malformed-settings", "edition.toml", 2)


def test_all_faults_of_the_settings_are_shown_at_once(project: Path) -> None:
    (project / "edition.toml").write_text('[edition]\ntitle = "A"\ntitel = "B"\nlangage = "en"\n[prnt]\n')
    result = editio(project, "convert")
    assert [(one["code"], one["line"]) for one in result.errors] == [("unknown-setting", n) for n in (3, 4, 5)]


def test_an_unknown_table_is_found_though_a_setting_has_its_name(project: Path) -> None:
    (project / "edition.toml").write_text('[edition]\ntitle = "A"\n[title]\n')
    one_error(editio(project, "convert"), "unknown-setting", "edition.toml", 3)


def test_a_setting_for_a_document_that_does_not_exist_is_reported(project: Path) -> None:
    (project / "edition.toml").write_text('[edition]\ntitle = "A"\n[documents.leter]\ntitle = "B"\n')
    found = one_error(editio(project, "convert"), "unknown-setting", "edition.toml", 3)
    assert "letter" in str(found["hint"])


# --- sources ------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["convert", "build"])
def test_a_missing_folder_of_sources_is_reported(project: Path, command: str) -> None:
    (project / "edition.toml").write_text('[edition]\ntitle = "A"\n[convert]\nsources = "quellen"\n')
    before = kept(project)
    one_error(editio(project, command), "missing-folder", "edition.toml", 4)
    assert kept(project) == before


def test_an_empty_folder_of_sources_is_a_warning(project: Path) -> None:
    (project / "sources/letter.txt").unlink()
    before = kept(project)
    result = editio(project, "convert", "--strict")
    assert result.code == 1 and [one["code"] for one in result.all] == ["no-sources"]
    assert kept(project) == before


RUSSIAN = "Дорогой друг, благодарю Вас за письмо от пятого числа.\n"
SOURCES: dict[str, tuple[str, bytes, str, int, str]] = {
    "empty": ("new.txt", b"", "empty-source", 0, ""),
    "white-space": ("new.txt", b"\xef\xbb\xbf \n\t\r\n \xc2\xa0\n", "empty-source", 0, ""),
    "only-a-byte-order-mark": ("new.txt", b"\xef\xbb\xbf", "empty-source", 0, ""),
    "zip": ("new.txt", b"PK\x03\x04" + b"\x14\0\6\0" * 40, "binary-source", 0, "ZIP"),
    "pdf": ("new.md", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "binary-source", 0, "PDF"),
    "word": ("new.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "binary-source", 0, "Word"),
    "png": ("new.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary-source", 0, ""),
    "jpeg": ("new.txt", b"\xff\xd8\xff\xe0\x10JFIF\x01\xff\xdb" * 9, "binary-source", 0, ""),
    "gzip": ("new.txt", b"\x1f\x8b\x08\x08abc\xf0\x9f", "binary-source", 0, ""),
    "rtf": ("new.txt", b"{\\rtf1\\ansi Dear Sir}", "binary-source", 0, "RTF"),
    "nul": ("new.txt", b"Dear Sir,\n\n\0\0", "binary-source", 0, ""),
    "windows-1251": ("new.txt", ("Letter\n\n" + RUSSIAN).encode("windows-1251"), "wrong-encoding", 3, "windows-1251"),
    "windows-1252": ("new.txt", "Café\n\nDear “friend”\n".encode("windows-1252"), "wrong-encoding", 1, "windows-1252"),
    "utf-16": ("new.txt", "Dear Sir".encode("utf-16"), "wrong-encoding", 1, "utf-16"),
    "utf-16-be-without-mark": ("new.txt", "Dear Sir, hello".encode("utf-16-be"), "wrong-encoding", 1, "utf-16-be"),
    "utf-16-le-without-mark": ("new.txt", "Dear Sir, hello".encode("utf-16-le"), "wrong-encoding", 1, "utf-16-le"),
    "utf-32": ("new.txt", "Dear Sir, hello".encode("utf-32"), "wrong-encoding", 1, "utf-32"),
    "surrogates": ("new.txt", b"Dear\n\xed\xa0\x80 Sir", "wrong-encoding", 2, ""),
    "overlong": ("new.txt", b"Dear\n\n\xc0\xaf Sir", "wrong-encoding", 3, ""),
    "docx": ("new.docx", b"PK\x03\x04", "damaged-source", 0, "cut off"),
    "unknown-ending": ("new.wpd", b"\xffWPC", "unknown-format", 0, ".wpd"),
    "no-ending": ("README", b"Dear Sir", "unknown-format", 0, ""),
    "index": ("index.txt", b"Dear Sir", "unusable-id", 0, "index"),
    "capital-index": ("INDEX.txt", b"Dear Sir", "unusable-id", 0, "INDEX"),
    "persons": ("persons.txt", b"Dear Sir", "unusable-id", 0, ""),
    "about": ("about.md", b"# Dear Sir", "unusable-id", 0, ""),
    "number": ("2.txt", b"Dear Sir", "unusable-id", 0, ""),
    "con": ("con.txt", b"Dear Sir", "unusable-id", 0, ""),
    "com1": ("COM1.txt", b"Dear Sir", "unusable-id", 0, ""),
    "con-with-ending": ("con.letter.txt", b"Dear Sir", "unusable-id", 0, ""),
    "an-id-of-the-header": ("editio.txt", b"Dear Sir", "unusable-id", 0, ""),
    "a-voice": ("editor.txt", b"Dear Sir [so]", "unusable-id", 0, ""),
    "dashes": ("---.txt", b"Dear Sir", "unusable-id", 0, ""),
    "too-long": ("ä" * 120 + ".txt", b"Dear Sir", "unusable-id", 0, ""),
    "same-id-by-case": ("LETTER.txt", b"Dear Sir", "same-id", 0, "letter.txt"),
    "same-id-by-ending": ("letter.md", b"# Dear Sir", "same-id", 0, "letter.md"),
    "same-id-in-a-folder": ("more/letter.txt", b"Dear Sir", "same-id", 0, "letter.txt"),
    "same-id-by-width": ("ｌｅｔｔｅｒ.txt", b"Dear Sir", "same-id", 0, "letter.txt"),
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_bad_source_is_said_once_and_nothing_is_touched(project: Path, name: str) -> None:
    file, data, code, line, said = SOURCES[name]
    (project / "sources" / file).parent.mkdir(exist_ok=True)
    (project / "sources" / file).write_bytes(data)
    before = kept(project)
    result = editio(project, "build" if name in ("empty", "zip", "same-id-by-case") else "convert")
    file = file if code != "same-id" else max(file, "letter.txt")
    found = one_error(result, code, f"sources/{file}", line)
    assert said in f"{found['message']} {found['hint']}"
    assert kept(project) == before


def test_names_that_differ_in_unicode_normalisation_only_are_the_same_id(project: Path) -> None:
    for form in ("NFC", "NFD"):
        (project / "sources" / unicodedata.normalize(form, "café.txt")).write_text("Dear Sir")
    for name in ("Straße.txt", "strasse.md"):
        (project / "sources" / name).write_text("Dear Sir")
    result = editio(project, "convert")
    assert result.code == 1 and [one["code"] for one in result.errors] == ["same-id", "same-id"]


def test_a_control_character_is_a_warning_and_its_place_is_kept(project: Path) -> None:
    (project / "sources/new.txt").write_bytes(b"Dear Sir,\n\nI thank \x01\x1b(31myou\x7f.\xc2\x85\n\nA. Blake\n")
    result = editio(project, "convert")
    assert result.code == 0
    assert [(one["code"], one["line"]) for one in result.all if one["severity"] == "warning"] == [
        ("control-character", 3)
    ]
    assert "I thank \ufffd\ufffd(31myou" in (project / "tei/new.xml").read_text()
    assert editio(project, "validate").code == 0


def test_a_name_with_control_characters_or_bytes_that_are_no_text_does_not_reach_terminal_or_tei(project: Path) -> None:
    for name in (b"sources/a\x1b[31mb\n\x01.txt", b"sources/c\xff.txt", "sources/d\u202etxt.txt".encode()):
        Path(os.fsdecode(os.fsencode(project) + b"/" + name)).write_text("Dear Sir")
    for form in ("text", "json"):
        done = subprocess.run(
            [EDITIO, "convert", "--format", form], cwd=project, capture_output=True, check=False, timeout=60
        )
        printed = done.stdout + done.stderr
        assert b"Traceback" not in printed, printed.decode(errors="replace")
        assert b"\x1b" not in printed and b"\xff" not in printed and "\u202e".encode() not in printed
    assert editio(project, "validate").code == 0


def test_a_linked_source_is_refused_and_its_text_is_not_read(project: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/secret.txt").write_text(SECRET)
    (project / "sources/new.txt").symlink_to(tmp_path / "secret/secret.txt")
    (project / "sources/folder").symlink_to(tmp_path / "secret")
    (project / "sources/gone.txt").symlink_to(tmp_path / "nowhere")
    before = kept(project)
    result = editio(project, "convert")
    assert result.code == 1 and [one["code"] for one in result.errors] == ["unreadable-file"] * 3, result.printed
    assert SECRET not in result.printed and kept(project) == before


@pytest.mark.parametrize("folder", ["sources", "tei", "tei/registers", ".editio"])
def test_a_folder_of_the_project_may_not_be_a_link_that_leads_out_of_it(
    project: Path, tmp_path: Path, folder: str
) -> None:
    shutil.move(project / folder, tmp_path / "outside")
    (project / folder).symlink_to(tmp_path / "outside")
    before = {path: path.read_bytes() for path in (tmp_path / "outside").rglob("*") if path.is_file()}
    found = one_error(editio(project, "build", "html"), "unreadable-file", folder)
    assert "link" in str(found["message"])
    assert {path: path.read_bytes() for path in (tmp_path / "outside").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("file", ["sources/new.txt", "tei/new.xml", "tei/registers/new.xml"])
def test_a_pipe_is_refused_instead_of_waited_for(project: Path, file: str) -> None:
    os.mkfifo(project / file)
    code = "unreadable-file"
    assert [one["code"] for one in editio(project, "build", "html").errors] == [code]


@pytest.mark.parametrize("file", ["edition.toml", "sources/letter.txt", "tei/registers/persons.xml"])
def test_a_file_that_may_not_be_read_is_named(project: Path, file: str) -> None:
    (project / file).chmod(0)
    found = one_error(editio_unprivileged(project, "convert"), "unreadable-file", file)
    assert "ermission" in str(found["message"])


def test_a_tei_file_that_may_not_be_read_is_named(project: Path) -> None:
    (project / "tei/other.xml").write_text(document("<p>x</p>"))
    (project / "tei/other.xml").chmod(0)
    one_error(editio_unprivileged(project, "validate"), "unreadable-file", "tei/other.xml")


@pytest.mark.parametrize("file", ["tei", ".editio/base"])
def test_a_folder_that_may_not_be_written_is_named(project: Path, file: str) -> None:
    (project / "sources/new.txt").write_text("Dear Sir")
    (project / file).chmod(0o555)
    before = kept(project)
    result = editio_unprivileged(project, "convert")
    assert result.code == 1 and len(result.errors) == 1 and "ermission" in str(result.errors[0]["message"])
    assert str(result.errors[0]["file"]).startswith(file)
    assert before.items() <= kept(project).items()


def test_a_file_where_a_folder_should_be_is_named(project: Path) -> None:
    shutil.rmtree(project / ".editio")
    (project / ".editio").write_text("x")
    result = editio(project, "convert")
    assert result.code == 1 and len(result.errors) == 1, result.printed


def test_wrong_use_is_code_2(project: Path) -> None:
    (project / "sources/new.txt").write_text("Dear Sir")
    for arguments in (
        ["convert", "nowhere.txt"],
        ["convert", "sources"],
        ["convert", "-o", "x.xml"],
        ["validate", "nowhere.xml"],
        ["build", "--jobs", "-1"],
        ["convert", "--format", "xml"],
        ["convert", "-C", "edition.toml"],
        ["nonsense"],
        ["explain", "nonsense"],
        ["convert", "sources/letter.txt", "sources/new.txt", "-o", "x.xml"],
        ["build", "--jobs", "x"],
        ["validate", "--schema", "nowhere.rng"],
    ):
        result = ended(run_editio(*arguments, cwd=project))
        assert result.code == 2, (arguments, result.printed)


def test_an_unknown_format_is_refused_before_anything_is_done(project: Path) -> None:
    before = kept(project)
    result = ended(run_editio("build", "pdf", cwd=project))
    assert result.code == 2 and "html" in result.printed
    assert kept(project) == before


def test_an_explanation_of_a_misspelt_code_suggests_the_right_one(tmp_path: Path) -> None:
    result = ended(run_editio("explain", "same-ids", cwd=tmp_path))
    assert result.code == 2 and "same-id" in result.printed


def test_converting_to_a_file_never_overwrites_a_source(project: Path) -> None:
    text = (project / "sources/letter.txt").read_bytes()
    result = editio(project, "convert", "sources/letter.txt", "-o", "sources/letter.txt")
    assert result.code in (1, 2)
    assert (project / "sources/letter.txt").read_bytes() == text


@pytest.mark.parametrize("target", ["sources", "edition.toml/x.xml"])
def test_converting_to_a_file_that_cannot_be_written_is_an_error(project: Path, target: str) -> None:
    result = editio(project, "convert", "sources/letter.txt", "-o", target)
    assert result.code in (1, 2) and not list(project.glob(".*.new"))


def test_a_source_that_is_named_twice_is_converted_once(project: Path) -> None:
    assert editio(project, "convert", "sources/letter.txt", "./sources/letter.txt").code == 0


# --- init ---------------------------------------------------------------------------------------


def test_init_leaves_an_edition_that_is_there_alone(project: Path) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    assert ended(run_editio("init", project, cwd=project)).code == 2
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine")
    assert ended(run_editio("init", cwd=tmp_path)).code == 0
    assert (tmp_path / ".gitignore").read_text() == "mine"


def test_init_where_a_file_is_in_the_way_says_so(tmp_path: Path) -> None:
    (tmp_path / "sources").write_text("mine")
    result = ended(run_editio("init", cwd=tmp_path))
    assert result.code == 2 and "sources" in result.printed
    assert ended(run_editio("init", tmp_path / "sources", cwd=tmp_path)).code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["sources"]


def test_init_in_a_folder_that_may_not_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir(mode=0o555)
    done = subprocess.run(
        [EDITIO, "init", "x/y"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=without_privileges,
    )
    assert ended(done).code == 2


# --- registers ------------------------------------------------------------------------------------

REGISTERS = {
    "not-xml": ("<TEI>\n<person\n", 2),
    "no-end-tag": (PERSONS.format("<person>"), 3),
    "empty": ("", 1),
    "wrong-root": ("<persons/>", 1),
    "no-namespace": ("<TEI/>", 1),
    "external-entity": (
        f"<!DOCTYPE TEI [<!ENTITY x SYSTEM 'secret.txt'>]>\n{PERSONS.format(PERSON.format('ana', '&x;'))}",
        3,
    ),
    "laughs": (
        "<!DOCTYPE TEI [<!ENTITY a 'haha'>"
        + "".join(f"<!ENTITY {b} '{f'&{a};' * 20}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
        + f"]>\n{PERSONS.format(PERSON.format('ana', '&i;'))}",
        None,
    ),
}


@pytest.mark.parametrize("name", REGISTERS)
def test_a_malformed_register_is_said_once_and_nothing_is_touched(project: Path, name: str) -> None:
    text, line = REGISTERS[name]
    (project / "tei/registers/secret.txt").write_text(SECRET)
    (project / "tei/registers/zz.xml").write_text(text)
    before = kept(project)
    result = editio(project, "convert")
    place = line if line is not None else int(str(result.errors[0]["line"]))
    one_error(result, "malformed-register", "tei/registers/zz.xml", place)
    assert SECRET not in result.printed and kept(project) == before


ENTRIES = {
    "no-id": (PERSONS.format("<person><persName>Ana</persName></person>"), 2),
    "no-name": (PERSONS.format("\n<person xml:id='ana'/>"), 3),
    "empty-name": (PERSONS.format("<person xml:id='ana'><persName> </persName></person>"), 2),
    "id-no-name": (PERSONS.format(PERSON.format("a b", "Ana")), 2),
    "id-twice": (PERSONS.format(PERSON.format("ana", "Ana") + PERSON.format("ana", "Bob")), 3),
    "id-of-another-register": (PERSONS.format(PERSON.format("thoreau", "Ana")), 2),
}


@pytest.mark.parametrize("name", ENTRIES)
def test_a_malformed_entry_is_said_once_and_the_others_count(project: Path, name: str) -> None:
    text, line = ENTRIES[name]
    (project / "tei/registers/zz.xml").write_text(text)
    (project / "sources/more.txt").write_text("Dear Sir,\n\nH. D. Thoreau wrote.\n\nYours truly,\nR. W. Emerson\n")
    result = editio(project, "convert")
    one_error(result, "malformed-entry", "tei/registers/zz.xml", line)
    assert 'ref="registers/persons.xml#thoreau"' in (project / "tei/more.xml").read_text()


def test_a_malformed_decision_is_said_once_and_the_others_count(project: Path) -> None:
    accepted = '{"scope":"edition","exact":"Emerson","verdict":"accept","element":"persName","by":"Lidian Jackson"}'
    (project / "names").mkdir()
    (project / "names/decisions.jsonl").write_text(f'{{"exact": "Thoreau"\n{accepted}\n')
    (project / "sources/more.txt").write_text("Dear Sir,\n\nEmerson wrote.\n\nYours truly,\nA. B. Alcott\n")
    result = editio(project, "convert")
    one_error(result, "malformed-decision", "names/decisions.jsonl", 1)
    assert 'resp="#lidian-jackson"' in (project / "tei/more.xml").read_text()


def test_a_table_too_large_to_hold_is_not_read(project: Path) -> None:
    with (project / "table.csv").open("wb") as file:
        file.truncate(64 * 2**20 + 1)
    before = kept(project)
    done = run_editio("names", "import", "table.csv", cwd=project)
    assert done.returncode == 1 and "table.csv: error: the table is larger than 64 MB [too-large-table]" in done.stdout
    assert kept(project) == before


def test_a_missing_folder_of_registers_is_reported(project: Path) -> None:
    (project / "edition.toml").write_text('[edition]\ntitle = "A"\n[names]\nregisters = "tei/register"\n')
    one_error(editio(project, "convert"), "missing-folder", "edition.toml", 4)


# --- TEI ----------------------------------------------------------------------------------------

DEEP = 100_000
TEI: dict[str, tuple[str, str, int | None]] = {
    "empty": ("", "malformed-tei", 1),
    "not-xml": ("Dear Sir", "malformed-tei", 1),
    "no-end-tag": (document("<p>a"), "malformed-tei", 6),
    "wrong-element": (document("<p>a</p>\n<paragraph>b</paragraph>"), "unknown-element", 6),
    "no-body": (f"<TEI {NS}>{HEADER}</TEI>", "missing-element", 1),
    "not-tei": ("<html><body/></html>", "unknown-element", 1),
    "control-character": (document("<p>\x01</p>"), "malformed-tei", 5),
    "xml-1.1": (document("<p>&#1;</p>", head='<?xml version="1.1"?>'), "malformed-tei", 5),
    "unknown-entity": (document("<p>&eacute;</p>"), "malformed-tei", 5),
    "depth": (document("<p>" + "<hi>" * DEEP + "x" + "</hi>" * DEEP + "</p>"), "malformed-tei", 5),
    "attributes": (
        document("<p>a</p>\n<p " + " ".join(f"a{n}=''" for n in range(100_000)) + "/>"),
        "malformed-tei",
        6,
    ),
    "text-of-12-MB": (document(f"<p>{'word ' * 2_400_000}</p>"), "malformed-tei", 5),
    "laughs": (
        document(
            "<p>&i;</p>",
            "<!DOCTYPE TEI [<!ENTITY a 'haha'>"
            + "".join(f"<!ENTITY {b} '{f'&{a};' * 20}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
            + "]>",
        ),
        "malformed-tei",
        None,
    ),
    "quadratic": (
        document(f"<p>{'&a;' * 30000}</p>", f"<!DOCTYPE TEI [<!ENTITY a '{'a' * 30000}'>]>"),
        "malformed-tei",
        None,
    ),
    "recursive": (document("<p>&a;</p>", "<!DOCTYPE TEI [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>"), "malformed-tei", None),
    "dangling": (document("<p><ref target='#no'>a</ref></p>"), "dangling-pointer", 5),
    "duplicate-id": (document("<p xml:id='a'>a</p>\n<p xml:id='a'>b</p>"), "duplicate-id", 6),
}


@pytest.mark.parametrize("name", TEI)
def test_bad_tei_is_said_once_with_its_line_and_nothing_is_touched(project: Path, name: str) -> None:
    text, code, line = TEI[name]
    (project / "tei/other.xml").write_text(text)
    before = kept(project)
    result = editio(project, "build", "html") if len(text) < 10_000 else editio(project, "validate")
    place = line if line is not None else int(str(result.errors[0]["line"])) if result.errors else 0
    one_error(result, code, "tei/other.xml", place)
    assert len(result.printed) < 3000 and kept(project) == before


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "double-mark"])
def test_encodings_nobody_needs_are_refused(project: Path, encoding: str) -> None:
    text = document("<p>a</p>")
    data = (
        b"\xef\xbb\xbf\xef\xbb\xbf" + text.encode()
        if encoding == "double-mark"
        else text.replace("UTF-8", encoding).encode(encoding)
    )
    (project / "tei/other.xml").write_bytes(data)
    result = editio(project, "validate")
    assert [one["code"] for one in result.errors] == ["malformed-tei"], result.printed


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_encodings_that_are_declared_are_read(project: Path, encoding: str) -> None:
    text = document("<p>café</p>").replace("UTF-8", "UTF-16" if encoding == "utf-16" else "ISO-8859-1")
    text = text.replace("ISO-8859-1", "UTF-8") if encoding == "utf-8-sig" else text
    (project / "tei/other.xml").write_bytes(text.encode(encoding))
    assert editio(project, "validate").code == 0


def test_a_document_with_a_duplicate_id_is_still_published(tmp_path: Path) -> None:
    (tmp_path / "tei").mkdir()
    (tmp_path / "tei/other.xml").write_text(document("<p xml:id='a'>first</p>\n<p xml:id='a'>second</p>"))
    result = editio(tmp_path, "build", "--tei", "tei", "-o", "out", "html")
    assert result.code == 0, result.printed
    page = (tmp_path / "out/html/other.html").read_text()
    assert "first" in page and "second" in page and page.count('id="a"') <= 1


def test_internal_entities_are_resolved(tmp_path: Path) -> None:
    (tmp_path / "tei").mkdir()
    doctype = "<!DOCTYPE TEI [<!ENTITY who 'Ana <hi xmlns=\"http://www.tei-c.org/ns/1.0\">B.</hi>'>]>"
    (tmp_path / "tei/other.xml").write_text(document("<p>" + "&who; " * 3000 + "</p>", doctype))
    result = editio(tmp_path, "build", "--tei", "tei", "-o", "out", "html")
    assert result.code == 0, result.printed
    assert (tmp_path / "out/html/other.html").read_text().count("Ana") >= 3000


XXE: dict[str, Callable[[str, str], str]] = {
    "file-entity": lambda file, web: document("<p>&x;</p>", f"<!DOCTYPE TEI [<!ENTITY x SYSTEM '{file}'>]>"),
    "web-entity": lambda file, web: document("<p>&x;</p>", f"<!DOCTYPE TEI [<!ENTITY x SYSTEM '{web}/x'>]>"),
    "attribute-entity": lambda file, web: document("<p n='&x;'/>", f"<!DOCTYPE TEI [<!ENTITY x SYSTEM '{file}'>]>"),
    "parameter-entity": lambda file, web: document(
        "<p>&leak;</p>", f"<!DOCTYPE TEI [<!ENTITY % p SYSTEM '{web}/p'> %p;]>"
    ),
    "parameter-entity-file": lambda file, web: document(
        "<p>&leak;</p>", f"<!DOCTYPE TEI [<!ENTITY % p SYSTEM '{file}.dtd'> %p;]>"
    ),
    "external-subset": lambda file, web: document("<p>&leak;</p>", f"<!DOCTYPE TEI SYSTEM '{web}/tei.dtd'>"),
    "external-subset-file": lambda file, web: document("<p>&leak;</p>", f"<!DOCTYPE TEI SYSTEM '{file}.dtd'>"),
    "public-subset": lambda file, web: document("<p>&leak;</p>", f"<!DOCTYPE TEI PUBLIC '-//x' '{file}.dtd'>"),
    "subset-behind-comment": lambda file, web: document(
        "<p>&leak;</p>", f"<!-- <!DOCTYPE TEI SYSTEM 'a'> -->\n<!DOCTYPE TEI SYSTEM '{file}.dtd'>"
    ),
    "subset-far-down": lambda file, web: document(
        "<p>&leak;</p>", f"<!--{' ' * 70_000}-->\n<!DOCTYPE TEI SYSTEM '{file}.dtd'>"
    ),
    "subset-far-down-web": lambda file, web: document(
        "<p>&leak;</p>", f"<!--{' ' * 70_000}-->\n<!DOCTYPE TEI SYSTEM '{web}/far.dtd'>"
    ),
}


@pytest.mark.parametrize("place", ["tei/other.xml", "tei/registers/other.xml"])
@pytest.mark.parametrize("name", XXE)
def test_no_external_entity_is_read(project: Path, canary: Canary, name: str, place: str) -> None:
    secret = project / "secret"
    secret.write_text(SECRET)
    secret.with_suffix(".dtd").write_text(f"<!ENTITY leak '{SECRET}'>")
    text = XXE[name](secret.as_uri(), canary.address)
    encoding = "utf-16" if name == "external-subset-file" else "utf-8"
    (project / place).write_bytes(text.replace("UTF-8", encoding).encode(encoding))
    result = editio(project, "build", "html")
    assert result.code == 1 and len(result.errors) == 1 and result.errors[0]["file"] == place, result.printed
    assert result.errors[0]["line"]
    assert SECRET not in result.printed
    assert not any(SECRET.encode() in data for data, _ in kept(project / "output").values())
    assert canary.asked == []


def test_references_to_the_outside_that_need_no_resolving_are_inert(tmp_path: Path, canary: Canary) -> None:
    (tmp_path / "tei").mkdir()
    (tmp_path / "secret").write_text(SECRET)
    (tmp_path / "secret.xml").write_text(f"<p {NS}>{SECRET}</p>")
    web = canary.address
    text = document(
        f"<p xml:base='{web}/'>Hello<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' parse='text' href='../secret'/>"
        f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='../secret.xml'/><graphic url='{web}/x.png'/></p>",
        doctype=f"<?xml-stylesheet type='text/xsl' href='{web}/x.xsl'?><!DOCTYPE TEI SYSTEM '{web}/tei.dtd'>",
    ).replace(NS, f"{NS} xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='a {web}/x.xsd'", 1)
    (tmp_path / "tei/other.xml").write_text(text)
    result = editio(tmp_path, "build", "--tei", "tei", "-o", "out", "html")
    assert result.code == 0, result.printed
    pages = "".join(path.read_text() for path in (tmp_path / "out/html").rglob("*.html"))
    assert "Hello" in pages and SECRET not in pages and SECRET not in result.printed and canary.asked == []


SCHEMAS = {
    "not-xml": "element TEI { text }",
    "not-rng": "<grammar/>",
    "file-include": "<grammar xmlns='http://relaxng.org/ns/structure/1.0'><include href='{file}'/></grammar>",
    "web-include": "<grammar xmlns='http://relaxng.org/ns/structure/1.0'><include href='{web}/x.rng'/></grammar>",
    "web-ref": "<grammar xmlns='http://relaxng.org/ns/structure/1.0'><start><externalRef href='{web}/x.rng'/></start></grammar>",
    "entity": "<!DOCTYPE grammar [<!ENTITY x SYSTEM '{file}'>]><grammar xmlns='http://relaxng.org/ns/structure/1.0'>&x;</grammar>",
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_an_unusable_schema_is_said_once_and_reads_nothing_else(project: Path, canary: Canary, name: str) -> None:
    (project / "secret").write_text(SECRET)
    (project / "x.rng").write_text(
        SCHEMAS[name].replace("{file}", (project / "secret").as_uri()).replace("{web}", canary.address)
    )
    result = editio(project, "validate", "--schema", "x.rng")
    assert result.code == 1 and [one["code"] for one in result.errors] == ["unusable-schema"], result.printed
    assert SECRET not in result.printed and canary.asked == []


@pytest.mark.parametrize("id", ["../../evil", "/tmp/evil", "index", "a b", "con", "", "x" * 300, "a\\b", "persons"])
def test_a_document_whose_id_is_no_file_name_is_not_published(tmp_path: Path, id: str) -> None:
    (tmp_path / "a/b/tei").mkdir(parents=True)
    (tmp_path / "a/b/tei/one.xml").write_text(document("<p>a</p>", id=id))
    result = editio(tmp_path, "build", "--tei", "a/b/tei", "-o", "out", "html", "print")
    assert result.code == 1 and [(one["code"], one["file"]) for one in result.errors] == [("unusable-id", "one.xml")]
    assert (
        not (tmp_path / "out/html").exists()
        and not list(tmp_path.rglob("evil*"))
        and not Path("/tmp/evil.xml").exists()
    )


def test_two_documents_with_one_id_are_not_published(tmp_path: Path) -> None:
    (tmp_path / "tei").mkdir()
    for name, id in (("one", "same"), ("two", "SAME")):
        (tmp_path / f"tei/{name}.xml").write_text(document("<p>a</p>", id=id))
    result = editio(tmp_path, "build", "--tei", "tei", "-o", "out", "html")
    found = one_error(result, "same-id", "two.xml", 0)
    assert "one.xml" in str(found["message"])


def deep(levels: int) -> str:
    return document("<p>" + "<hi>" * levels + "x" + "</hi>" * levels + "</p>")


@pytest.mark.parametrize(
    "text",
    [
        deep(240),
        deep(250),
        document("<p>x</p>")
        .replace("<title>", "<title>" + "<hi>" * 245)
        .replace("</title>", "</hi>" * 245 + "</title>"),
        document("<p " + " ".join(f"a{n}=''" for n in range(200)) + ">x</p>"),
        document("<p>" + ("word " * 1_300_000 + "<!-- c -->") * 2 + "</p>"),
    ],
    ids=["depth-240", "depth-250", "depth-in-header", "200-attributes", "text-in-two-parts"],
)
def test_what_is_just_within_the_limits_is_published_or_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "tei").mkdir()
    (tmp_path / "tei/other.xml").write_text(text)
    (tmp_path / "tei/sound.xml").write_text(document("<p>a</p>", id="sound"))
    result = editio(tmp_path, "build", "--tei", "tei", "-o", "out", "html")
    if result.code == 0:
        assert (tmp_path / "out/html/other.html").is_file()
    else:
        assert result.code == 1 and {one["file"] for one in result.errors} == {"other.xml"}, result.printed


# --- output -------------------------------------------------------------------------------------


def outside(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("link", ["output", "output/html", "output/.editio"])
def test_an_output_folder_that_is_a_link_is_refused(project: Path, tmp_path: Path, link: str) -> None:
    shutil.move(project / link, tmp_path / "outside")
    (project / link).symlink_to(tmp_path / "outside")
    before = outside(tmp_path / "outside")
    result = editio(project, "build", "html")
    assert [one["code"] for one in result.errors] == ["unusable-output"], result.printed
    after = {name: data for name, data in outside(tmp_path / "outside").items() if not name.endswith("lock")}
    assert after == {name: data for name, data in before.items() if not name.endswith("lock")}


@pytest.mark.parametrize("kind", ["file", "link", "link-to-folder"])
def test_foreign_files_in_the_output_are_never_deleted(project: Path, kind: str) -> None:
    foreign = project / "output/html/thesis.odt"
    if kind == "file":
        foreign.write_text("years of work")
    else:
        foreign.symlink_to(project / ("sources" if kind == "link-to-folder" else "edition.toml"))
    (project / "sources/letter.txt").write_text("Another letter altogether.")
    before = {name: one for name, one in kept(project).items() if name.startswith("output")}
    one_error(editio(project, "build", "html"), "unusable-output", "output/html/thesis.odt")
    assert {name: one for name, one in kept(project).items() if name.startswith("output")} == before
    assert foreign.is_symlink() or foreign.read_text() == "years of work"


def test_an_output_folder_that_is_a_file_is_refused(project: Path) -> None:
    shutil.rmtree(project / "output")
    (project / "output").write_text("mine")
    one_error(editio(project, "build", "html"), "unusable-output", "output")
    assert (project / "output").read_text() == "mine"


def test_an_output_folder_that_may_not_be_written_is_refused(project: Path) -> None:
    for folder in (project / "output", project / "output/.editio"):
        folder.chmod(0o555)
    before = kept(project)
    result = editio_unprivileged(project, "build", "html")
    for folder in (project / "output", project / "output/.editio"):
        folder.chmod(0o755)
    one_error(result, "unusable-output", "output")
    assert kept(project) == before


def test_a_second_build_is_refused_with_the_process_of_the_first(project: Path) -> None:
    before = kept(project)
    with (project / "output/.editio/lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.truncate()
        lock.write("4711")
        lock.flush()
        found = one_error(editio(project, "build", "html"), "unusable-output", "output")
    assert "4711" in str(found["message"]) and kept(project) == before


def test_a_build_with_an_error_leaves_the_last_good_output(project: Path) -> None:
    (project / "sources/letter.txt").write_text("Another letter altogether.")
    (project / "tei/other.xml").write_text(document("<p>a"))
    before = {name: one for name, one in kept(project).items() if name.startswith("output")}
    assert editio(project, "build", "html").code == 1
    assert {name: one for name, one in kept(project).items() if name.startswith("output")} == before


def test_a_build_that_was_killed_between_its_renames_is_put_right_by_the_next(project: Path) -> None:
    (project / "output/html").rename(project / "output/.editio/html.old")
    (project / "output/.editio/html.new").mkdir()
    (project / "output/.editio/html.new/half.html").write_text("half")
    assert editio(project, "build", "html").code == 0
    assert not (project / "output/html/half.html").exists() and (project / "output/html/letter.html").is_file()
