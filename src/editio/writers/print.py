"""The book: Typst files made by ``print.xsl``, set with the template ``print/edition.typ``, the TEI attached."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from editio import codes
from editio.diagnostics import Location, Report
from editio.model import Artifact
from editio.output import refuse_bad_names
from editio.publish import Publication
from editio.registry import writer
from editio.resources import asset
from editio.typeset import Book, typeset

TEMPLATE = "print/edition.typ"


@writer
def write_print(publication: Publication, report: Report) -> Iterable[Artifact]:
    """The PDF of the whole edition; PDF/A and PDF/UA as the settings ask, plain with a warning where that fails."""
    settings = publication.edition.settings.print
    root = publication.edition.root
    with tempfile.TemporaryDirectory(prefix="editio-print-") as name:
        folder = Path(name).resolve()
        files = tuple(_files(publication, report))
        refuse_bad_names(files)
        for artifact in files:
            path = folder / artifact.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(artifact.data)
        fonts = [root / settings.font_folder] if settings.font_folder else []
        book = typeset(folder, settings.standards, fonts)
    _report(book, report)
    if book.pdf:
        yield Artifact("edition.pdf", book.pdf)


def _files(publication: Publication, report: Report) -> Iterable[Artifact]:
    settings = publication.edition.settings.print
    attach = any(standard.startswith("a-3") for standard in settings.standards)
    yield from publication.render("print.xsl", report, attach=str(attach).lower(), fonts=";".join(settings.fonts))
    yield Artifact(Path(TEMPLATE).name, asset(TEMPLATE, publication.edition.root).read_bytes())
    for one in publication.documents:
        yield Artifact(f"tei/{one.document.id}.xml", one.document.data)


def _report(book: Book, report: Report) -> None:
    if book.failure:
        report.add(codes.TYPESETTING_FAILED, Location("output/print/edition.pdf"), book.failure)
    elif book.lacking:
        report.add(codes.MISSING_GLYPH, Location("output/print/edition.pdf"), book.lacking)
