"""Which day an accepted date is in each document: the same words may be another day in another letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from lxml import etree

from editio import tei
from editio.dating.scan import find_dates
from editio.deciding.passages import Passage
from editio.deciding.settle import Settled
from editio.model import Attributes, Context, Decision, Edition
from editio.tei import TEI

DATES = frozenset({"date", "time"})
# Rules by which a date with its year is the same day in whichever document it stands.
ABSOLUTE = frozenset({"date-exact", "date-range", "date-uncertain"})
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def own_context(root: etree._Element, edition: Edition, date: str) -> Context:
    """What a document says of itself that dates and names are understood by: its id, date, calendar and languages."""
    settings = edition.settings.edition
    own = (root.get(tei.XML_LANG, ""), settings.language, settings.original_language)
    languages = tuple(dict.fromkeys(tag for tag in own if tag))
    id = root.get(tei.XML_ID, "")
    return Context(id, date, edition.settings.calendar_of(id), languages)


def date_of(root: etree._Element) -> str:
    """The day, month or year of a document, as its header has it."""
    date = root.find(f".//{TEI}creation/{TEI}date")
    return "" if date is None else date.get("when", "")


def without_day(decision: Decision) -> Decision:
    """A decision about dates as it can hold for all documents: without the day, where that follows from the document."""
    depends = decision.rule not in ABSOLUTE or not YEAR.search(decision.quote.exact)
    return replace(decision, attributes=()) if decision.element in DATES and depends else decision


def dated(places: Iterable[Settled], passage: Passage, root: etree._Element, edition: Edition) -> list[Settled]:
    """Decided places, those of dates with the day that their document gives them, where the decision gives none."""
    places = list(places)
    if not any(_has_no_day(one.decision) for one in places):
        return places
    found = _dates(passage, root, edition)
    return [
        replace(one, decision=replace(one.decision, attributes=found.get((one.start, one.end), ())))
        if _has_no_day(one.decision)
        else one
        for one in places
    ]


def _has_no_day(one: Decision) -> bool:
    return one.verdict == "accept" and one.scope != "place" and one.element in DATES and not one.attributes


def _dates(passage: Passage, root: etree._Element, edition: Edition) -> Mapping[tuple[int, int], Attributes]:
    """What each date of a passage says, by where it stands; dates of the header do not follow from the document's."""
    context = own_context(root, edition, date_of(root) if passage.part == "text" else "")
    return {
        (at + one.start, at + one.end): tuple(sorted(one.attributes.items()))
        for at, text in passage.pieces
        for one in find_dates(text, context.date, context.languages, context.calendar)
    }
