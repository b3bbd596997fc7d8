"""Dates and times in running text."""

from __future__ import annotations

from collections.abc import Iterator

from editio.dating.scan import find_dates
from editio.model import Context, Edition, Mention
from editio.registry import annotator


@annotator(
    date_exact="a date in full",
    date_numeric="a date in figures, whose order follows from language, region or the other dates of the document",
    date_calendar="a date of another calendar, converted to the Gregorian one",
    date_range="two dates, from the one to the other",
    date_uncertain="a date with “before”, “after” or “about”, a season, decade or century",
    date_resolved="a date understood from the document's own",
    time_of_day="a time of day",
)
def dates(text: str, edition: Edition, context: Context) -> Iterator[Mention]:
    """Dates as ``date``, times as ``time``, resolved against the document's date, calendar and languages."""
    for found in find_dates(text, context.date, context.languages, context.calendar):
        yield Mention(found.start, found.end, found.element, found.attributes, found.cert, found.rule)
