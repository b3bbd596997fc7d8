"""Dates as documents write them: found in running text, resolved to what TEI's dating attributes can say.

See the TEI Guidelines, 13.4 (dates and times) and the classes att.datable.w3c and att.datable.custom.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from editio.dating.scan import FoundDate


def iso_date(words: str) -> str:
    """A year, month or day as @when has it (``1959``, ``1959-12``, ``1959-12-08``), also of a day in words; else nothing."""
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", words) and _is_day((words + "-01-01")[:10]):
        return words
    found = only_date(words)
    return found.day if found else ""


def only_date(text: str) -> FoundDate | None:
    """The date, when a line is nothing but one exact date."""
    from editio.dating.scan import find_dates  # noqa: PLC0415 - whoever needs the calendars only does without the grammar

    line = text.strip(" .\n")
    if len(line) > 120:
        return None
    found = next(find_dates(line, ""), None)
    whole = found is not None and line[found.end :].strip(" .") == "" and found.start == 0
    return found if found and whole and found.day else None


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True
