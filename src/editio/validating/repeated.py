"""Knows which diagnostics tell of the same mistake in two ways, and keeps the one that helps more."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from editio.diagnostics import Code, Diagnostic, Location
from editio.model import Document
from editio.relaxng import Fault

# By code, those that say less of the same element or attribute; each is left out where the first is told as well.
SAYS_MORE_THAN: Mapping[str, frozenset[str]] = {
    "malformed-date": frozenset({"invalid-value", "empty-attribute"}),
    "impossible-day": frozenset({"invalid-value"}),
    "malformed-id": frozenset({"invalid-value", "empty-attribute"}),
    "malformed-language-tag": frozenset({"invalid-value", "empty-attribute"}),
    "invalid-value": frozenset({"empty-attribute"}),
    "missing-element": frozenset({"empty-element"}),
}
# The attribute that a check is always about; others name it in their messages, with “@”.
ATTRIBUTE_OF = {"malformed-id": "xml:id", "malformed-language-tag": "xml:lang"}
NAMED_BY_CHECK = re.compile(r"@([\w:.-]+)")
NAMED_BY_SCHEMA = re.compile(r"“.*?” may not be the value of “([^”]+)” on ", re.S)


def about_fault(fault: Fault, document: Document) -> str:
    """What a fault that the schema finds is about: an element, by the place of its start tag, or an attribute of it."""
    line, column = fault.line, fault.column
    if fault.kind == "incomplete":  # it stands at the end tag
        line, column = document.places.of_ended_at(line, column)
    named = NAMED_BY_SCHEMA.match(fault.message) if fault.kind == "value" else None
    return _about(document.place(line, column), named[1] if named else "")


def about_finding(code: Code, place: Location, message: str) -> str:
    """What a finding of a check is about; only told of checks that may tell the same as others."""
    if code.name not in _CONCERNED:
        return ""
    named = NAMED_BY_CHECK.match(message)
    return _about(place, ATTRIBUTE_OF.get(code.name, named[1] if named else ""))


def each_once(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics without those that only say again, and not more severely, what another one says better."""
    found = list(diagnostics)
    told: dict[tuple[str, str], list[Diagnostic]] = defaultdict(list)
    for one in found:
        if one.about and one.code.name in _CONCERNED:
            told[one.location.file, one.about].append(one)
    return [one for one in found if not any(_says_it(other, one) for other in told[one.location.file, one.about])]


def _says_it(other: Diagnostic, one: Diagnostic) -> bool:
    return one.code.name in SAYS_MORE_THAN.get(other.code.name, ()) and other.severity >= one.severity


def _about(place: Location, attribute: str) -> str:
    return f"{place.line}:{place.column}{f'@{attribute}' if attribute else ''}"


_CONCERNED = frozenset(SAYS_MORE_THAN) | frozenset[str]().union(*SAYS_MORE_THAN.values())
