"""reStructuredText, Org, LaTeX, EPUB, DocBook and JATS by way of pandoc, a program of its own that is run closed."""

from __future__ import annotations

import importlib.util
import json
import re
import tempfile
from pathlib import Path

from editio import codes
from editio.config import Settings
from editio.container import open_container, refuse_binary
from editio.diagnostics import Location, Report, refuse
from editio.markdown.pandoc_ast import Node, draft_of
from editio.model import Draft, Source
from editio.programs import find_program, run_program
from editio.read import RESERVED_IDS
from editio.registry import reader
from editio.xmlsource import root_of

FORMATS = {
    ".rst": "rst",
    ".org": "org",
    ".tex": "latex+raw_tex",
    ".latex": "latex+raw_tex",
    ".epub": "epub",
    ".docbook": "docbook",
    ".dbk": "docbook",
    ".jats": "jats",
}
# The beginning of XML that is DocBook or JATS; both may have a root named article.
ROOTS = frozenset("book article chapter part set section refentry".split())
DOCBOOK = re.compile(r"docbook\.org/ns/docbook|//DTD DocBook|<(?:book|chapter|refentry)[\s>]")
JATS = re.compile(r"//DTD JATS|//DTD Journal (?:Archiving|Publishing)|<article[^>]*\s(?:dtd-version|article-type)=")
SECONDS = 60
COMPLAINT = re.compile(r"^\[(?:WARNING|INFO)\] (.*(?:\n  .*)*)", re.MULTILINE)
HARMLESS = re.compile(
    r"Loaded |Running filter|Completed filter|This document format requires a nonempty <title>|Deprecated"
)
MOST_COMPLAINTS = 20


def is_docbook_or_jats(text: str) -> bool:
    """Whether a file begins as DocBook or JATS does."""
    return root_of(text).name in ROOTS and bool(DOCBOOK.search(text) or JATS.search(text))


@reader(*FORMATS, ".xml", sniff=is_docbook_or_jats, binary=True)
def read_pandoc(source: Source, settings: Settings, report: Report) -> Draft:
    """The draft of what pandoc makes of a document; what it says it has left out is reported."""
    tree = _tree(source, settings, report)
    try:
        return draft_of(tree, source, settings, {*RESERVED_IDS, source.id, settings.convert.brackets})
    except RecursionError:
        raise refuse(codes.DAMAGED_SOURCE, Location(source.name), "its parts are nested too deep") from None


def _tree(source: Source, settings: Settings, report: Report) -> Node:
    """The document as pandoc's tree."""
    program = pandoc_program()
    place = Location(source.name)
    if not program:
        raise refuse(codes.MISSING_PROGRAM, place, "pandoc is not installed", 'run pip install "editio[pandoc]"')
    command = [program, "--sandbox", "--verbose", "-f", _format(source), "-t", "json", "+RTS", "-M1G", "-RTS"]
    with tempfile.TemporaryDirectory(prefix="editio-") as folder:
        outcome = run_program(command, Path(folder), _utf8(source, settings), SECONDS)
    if outcome.timed_out:
        raise refuse(codes.PROGRAM_FAILED, place, f"pandoc took longer than {SECONDS} seconds")
    try:
        tree = json.loads(outcome.output) if outcome.code == 0 else None
    except (ValueError, RecursionError):
        tree = None
    if not isinstance(tree, dict) or "blocks" not in tree:
        raise refuse(codes.PROGRAM_FAILED, place, f"pandoc cannot read it: {_reason(outcome.complaints)}")
    complaints = [found for found in COMPLAINT.findall(outcome.complaints) if not HARMLESS.match(found)]
    for found in dict.fromkeys(complaints[:MOST_COMPLAINTS]):
        line = re.search(r"line (\d+)", found)
        report.add(
            codes.LEFT_OUT_BY_PANDOC, Location(source.name, int(line[1]) if line else 0), " ".join(found.split())
        )
    return tree


def pandoc_program() -> str:
    """Where pandoc is: that of the extra ``editio[pandoc]``, else one that is installed; empty if there is none."""
    package = importlib.util.find_spec("pypandoc")
    for folder in (package.submodule_search_locations or []) if package else []:
        for name in ("pandoc", "pandoc.exe"):
            bundled = Path(folder) / "files" / name
            if bundled.is_file():
                return str(bundled)
    return find_program("pandoc")


def _format(source: Source) -> str:
    suffix = source.path.suffix.lower()
    head = source.data[:4096].decode("latin-1")
    return FORMATS.get(suffix) or ("jats" if JATS.search(head) else "docbook")


def _utf8(source: Source, settings: Settings) -> bytes:
    """The bytes as pandoc wants them; a text in another encoding than the settings say is refused."""
    suffix = source.path.suffix.lower()
    if suffix == ".epub":
        open_container(source)
        return source.data
    refuse_binary(source)
    if suffix in (".xml", ".docbook", ".dbk", ".jats"):
        return source.data
    encoding = settings.convert.encoding
    try:
        return source.data.decode(encoding).removeprefix("\ufeff").encode("utf-8")
    except UnicodeDecodeError as error:
        line = source.data.count(b"\n", 0, error.start) + 1
        raise refuse(codes.WRONG_ENCODING, Location(source.name, line), f"the file is not {encoding.upper()}") from None


def _reason(complaints: str) -> str:
    """The first line of what a program complains of."""
    lines = [line.strip() for line in complaints.splitlines() if line.strip() and not line.startswith("[INFO]")]
    return " ".join(lines[:3])[:200] or "it gives no reason"
