"""Dates in running text."""

from __future__ import annotations

from collections.abc import Iterator

from editio.dates import find_dates
from editio.model import Edition, Mention
from editio.registry import annotator


@annotator
def dates(text: str, edition: Edition, date: str) -> Iterator[Mention]:
    """Dates as ``date`` with @when, or @notBefore and @notAfter, resolved against the document's date."""
    for found in find_dates(text, date):
        yield Mention(found.start, found.end, "date", found.attributes, found.cert, found.rule)
