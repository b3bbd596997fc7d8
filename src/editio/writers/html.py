"""The web edition: the pages that ``html.xsl`` makes, and the style sheet beside them."""

from __future__ import annotations

from collections.abc import Iterable

from editio import codes
from editio.diagnostics import Location, Report
from editio.files import read_file
from editio.model import Artifact
from editio.publish import Publication
from editio.registry import writer
from editio.resources import VALUES, asset

STYLESHEET = "assets/editio.css"


@writer
def write_html(publication: Publication, report: Report) -> Iterable[Artifact]:
    """Every page, and one style sheet: fonts and colours, the rules, the project's own."""
    yield from publication.render("html.xsl", report)
    css = b"\n".join(asset(name, publication.edition.root).read_bytes() for name in (VALUES, STYLESHEET))
    own = publication.edition.settings.html.css
    if own:
        try:
            css += b"\n" + read_file(publication.edition.root / own)
        except OSError as error:
            report.add(codes.UNREADABLE_FILE, Location("edition.toml"), f"[html] css = “{own}”: {error.strerror}")
    yield Artifact(STYLESHEET, css)
