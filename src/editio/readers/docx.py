"""Word documents (DOCX): paragraphs and styles, lists with their numbers, notes, changes, tables, pictures."""

from __future__ import annotations

from editio.config import Settings
from editio.container import open_container
from editio.diagnostics import Report
from editio.model import Draft, Source
from editio.ooxml.assemble import draft_of
from editio.ooxml.parts import open_package
from editio.registry import reader


@reader(".docx", ".docm", ".dotx", binary=True)
def read_docx(source: Source, settings: Settings, report: Report) -> Draft:
    """The draft of a Word document, in Microsoft's transitional or ISO's strict form of the format."""
    return draft_of(open_package(open_container(source)), source, settings, report)
