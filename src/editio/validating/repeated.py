"""Knows which diagnostics tell of the same mistake in two ways, and keeps the one that helps more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from editio.diagnostics import Diagnostic, Location
from editio.model import Document
from editio.registry import Finding
from editio.relaxng import Fault

# By code, those that say less of the same element or attribute; each is left out where the first is told as well.
SAYS_MORE_THAN: Mapping[str, frozenset[str]] = {
    "malformed-date": frozenset({"invalid-value", "empty-attribute", "reversed-dates"}),
    "impossible-day": frozenset({"invalid-value"}),
    "date-text-mismatch": frozenset({"implausible-date"}),
    "reversed-dates": frozenset({"contradictory-dates"}),
    "malformed-id": frozenset({"invalid-value", "empty-attribute"}),
    "malformed-language-tag": frozenset({"invalid-value", "undeclared-language", "unused-language"}),
    "unregistered-language-tag": frozenset({"undeclared-language", "unused-language"}),
    "dangling-pointer": frozenset({"invalid-value", "empty-attribute"}),
    "malformed-address": frozenset({"invalid-value", "empty-attribute"}),
    "invalid-value": frozenset({"empty-attribute"}),
    "missing-element": frozenset({"empty-element"}),
    "malformed-entry": frozenset({"entry-without-name"}),
    "duplicate-id": frozenset({"malformed-entry"}),
}


def about_fault(fault: Fault, document: Document) -> tuple[str, ...]:
    """What a fault that the schema finds is about: an element, by the place of its start tag, or an attribute of it."""
    if fault.kind == "incomplete":  # it stands at the end tag
        return (_at(document.place(*document.places.of_ended_at(fault.line, fault.column))),)
    if fault.kind != "value" or not fault.attribute:
        return ()
    place = _at(document.place(fault.line, fault.column))
    return f"{place}@{fault.attribute}", f"{place}“{fault.value}”"


def about_finding(found: Finding) -> tuple[str, ...]:
    """What a finding of a check is about, with its place."""
    place = _at(found.location)
    return tuple(f"{place}{one}" for one in found.about)


def each_once(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics without those that only say again, and not more severely, what another one says better."""
    found = list(diagnostics)
    told: dict[tuple[str, str], list[Diagnostic]] = defaultdict(list)
    for one in found:
        for about in one.about:
            told[one.location.file, about].append(one)
    return [one for one in found if not any(_says_it(other, one) for other in _beside(one, told))]


def _beside(one: Diagnostic, told: Mapping[tuple[str, str], list[Diagnostic]]) -> Iterator[Diagnostic]:
    for about in one.about:
        yield from told[one.location.file, about]


def _says_it(other: Diagnostic, one: Diagnostic) -> bool:
    return one.code.name in SAYS_MORE_THAN.get(other.code.name, ()) and other.severity >= one.severity


def _at(place: Location) -> str:
    return f"{place.line}:{place.column}"
