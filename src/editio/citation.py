"""Reads an archival citation: title, date, publisher, archive, shelfmark, translator, address.

The form is that of digital archives: “Title”, date, digital archive, archive (short name),
shelfmark; translation by name (affiliation) <address>. Whatever part is missing is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from editio.dating.scan import find_dates

ADDRESS = re.compile(r"https?://[^\s<>]+[^\s<>.,;)]")
TITLE = re.compile(r"^\s*[\"“«‘']+(?P<title>.+?),?[\"”»’']+(?=[,.;\s])", re.S)
TRANSLATOR = re.compile(
    r"(?:translation|translated|trans\.) by (?P<name>[^(<;,]+?)(?:\s*\((?P<affiliation>[^)]+)\))?"
    r"(?=[\s.;,<]*(?:$|https?:|<|;|,))",
    re.I,
)
# fonds, opis, delo, listy; folios, boxes, folders, volumes, pages …
PLACE_IN_ARCHIVE = (
    r"(?:f{1,2}|fond|op|opis|d|delo|l{1,2}|listy?|fol{1,2}|folios?|box|folder|bd|vol|no|nr|p{1,2}|ms|rg|bl|sig|inv"
    r"|item|file)\b"
)
SHELFMARK = re.compile(rf"(?:{PLACE_IN_ARCHIVE}\.?\s?[\w/–-]+)(?:,\s*(?:{PLACE_IN_ARCHIVE}\.?\s?[\w/–-]+))*", re.I)


@dataclass(frozen=True)
class Citation:
    """The parts of a citation; ``parts`` are (start, end, TEI element, attributes) in its text, apart from one another."""

    parts: tuple[tuple[int, int, str, dict[str, str]], ...] = ()
    repository: str = ""
    shelfmark: str = ""
    translator: str = ""
    affiliation: str = ""
    address: str = ""


def read_citation(text: str) -> Citation:
    """The parts of a citation as far as they are recognised."""
    title, address = TITLE.match(text), ADDRESS.search(text)
    translator = TRANSLATOR.search(text)
    end = min(m.start() for m in (translator, address) if m) if translator or address else len(text)
    date = next((found for found in find_dates(text[:end], "") if not title or found.start >= title.end()), None)
    head = date.end if date else (title.end() if title else 0)
    shelfmark = next((m for m in SHELFMARK.finditer(text, head, end) if _whole_tokens(text, m)), None)
    between = _segments(text, head, shelfmark.start() if shelfmark else end)
    parts: list[tuple[int, int, str, dict[str, str]]] = []
    if title:
        parts.append((*title.span("title"), "title", {"level": "a"}))
    if date:
        parts.append((date.start, date.end, "date", date.attributes))
    if address and between and (len(between) > 1 or not shelfmark):
        parts.append((*between[0], "publisher", {}))
    if address:
        parts.append((*address.span(), "ref", {"target": address[0]}))
    repository = text[slice(*between[-1])] if shelfmark and between else ""
    return Citation(
        tuple(parts),
        repository,
        shelfmark[0] if shelfmark else "",
        translator["name"].strip() if translator else "",
        (translator["affiliation"] or "") if translator else "",
        address[0] if address else "",
    )


def _whole_tokens(text: str, match: re.Match[str]) -> bool:
    """Whether a shelfmark begins a part of the citation and has a number."""
    return text[: match.start()].rstrip().endswith((",", ";")) and any(c.isdigit() for c in match[0])


def _segments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts between commas, as ranges without white space."""
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^,;]+", text[start:end])]
    found = [
        (start + a + len(text[start + a : start + b]) - len(text[start + a : start + b].lstrip()), start + b)
        for a, b in spans
    ]
    return [(a, a + len(text[a:b].rstrip(" .\n"))) for a, b in found if text[a:b].strip(" .\n")]
