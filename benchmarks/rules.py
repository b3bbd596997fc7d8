"""Measures Schematron as ratios within one run: asking rules of documents against parsing these documents with Saxon.

``python benchmarks/rules.py [RULES.sch [DOCUMENT…]]``; without arguments, the TEI's rules and samples where
``../shared`` holds them, else our own rules and the documents of this repository. Processor seconds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from editio import tei, xslt
from editio.assertions import open_rules
from editio.diagnostics import Report
from editio.doctype import without_doctype
from editio.documents import read_documents

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
NOTHING = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:mode on-no-match="deep-skip"/></xsl:stylesheet>"""
TIMES = 9


def seconds(*works: Callable[[], object]) -> list[float]:
    """Processor time of the fastest of several runs of each, in turn, so that a load from outside meets all of them."""
    fastest = [float("inf")] * len(works)
    for _ in range(TIMES):
        for number, work in enumerate(works):
            begin = time.process_time()
            work()
            fastest[number] = min(fastest[number], time.process_time() - begin)
    return fastest


def main() -> None:
    """Print what opening and asking cost."""
    given = [Path(argument) for argument in sys.argv[1:]]
    here = SHARED / "schema/tei_all.sch"
    rules_path = given[0] if given else here if here.is_file() else ROOT / "schema/editio.sch"
    samples = SHARED / "samples/tei" if here.is_file() else ROOT / "tei"
    documents = read_documents(given[1:] or sorted(samples.rglob("*.xml")), Report())
    size = sum(len(document.data) for document in documents) / 1e6
    begin = time.process_time()
    rules = open_rules(rules_path, rules_path.parent)
    print(f"{rules_path.name}: opened in {time.process_time() - begin:.3f} s")
    nothing = xslt.Query(NOTHING, "urn:none")
    asked, parsed = seconds(
        lambda: [list(rules.find(document)) for document in documents],
        lambda: [nothing.ask(without_doctype(one.data, one.root), "editio:/x") for one in documents],
    )
    (read,) = seconds(lambda: [tei.parse(document.data) for document in documents])
    print(f"{len(documents)} documents, {size:.1f} MB: asked in {asked:.3f} s, {size / asked:.1f} MB/s")
    print(
        f"  {asked / parsed:.2f} times Saxon’s parse ({parsed:.3f} s), {asked / read:.1f} times lxml’s ({read:.3f} s)"
    )


if __name__ == "__main__":
    main()
