"""Dates in running text."""

from __future__ import annotations

from collections.abc import Iterator

from editio.dating import find_dates
from editio.model import Context, Edition, Mention
from editio.registry import annotator


@annotator(date_exact="a date in full", date_resolved="a date understood from the document's own")
def dates(text: str, edition: Edition, context: Context) -> Iterator[Mention]:
    """Dates as ``date`` with @when, or @notBefore and @notAfter, resolved against the document's date."""
    for found in find_dates(text, context.date):
        yield Mention(found.start, found.end, "date", found.attributes, found.cert, found.rule)
