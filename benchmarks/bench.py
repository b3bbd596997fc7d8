"""Measures speed as ratios within one run: conversion against parse and serialise, pages against an identity transform.

``python benchmarks/bench.py [N]`` repeats the two documents of this repository N times each (default 40).
Processor seconds, one process, garbage collection as usual; wall-clock seconds for whole commands.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from editio import build, read, tei
from editio.diagnostics import Report
from editio.model import Edition
from editio.publish import labels_of
from editio.resources import stylesheet_layers
from editio.survey import merge, survey
from editio.xslt import Stylesheets, Xml

ROOT = Path(__file__).resolve().parents[1]
EDITIO = Path(sys.executable).parent / "editio"
IDENTITY = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map">
<xsl:output method="json"/><xsl:mode name="copy" on-no-match="shallow-copy"/>
<xsl:template match="/">
<xsl:variable name="copy" as="document-node()"><xsl:apply-templates select="." mode="copy"/></xsl:variable>
<xsl:map-entry key="'copy'" select="serialize($copy)"/></xsl:template></xsl:stylesheet>"""


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


def main() -> None:
    """All measurements, a line each."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    commands()
    edition = build.open_edition(ROOT, Report(ROOT))
    pages(edition, conversion(edition, times))


if __name__ == "__main__":
    main()
