"""Knows which diagnostics tell of the same mistake in two ways, and keeps the one that helps more."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from editio.diagnostics import Code, Diagnostic, Location
from editio.model import Document
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
# What these are about is an element as a whole, a language by its tag or an id that comes twice, an xml:id; all others name
# an attribute, with “@”.
OF_ELEMENTS = frozenset(
    {"reversed-dates", "contradictory-dates", "missing-element", "empty-element", "entry-without-name"}
)
OF_QUOTED = frozenset(
    {"malformed-language-tag", "unregistered-language-tag", "undeclared-language", "unused-language", "duplicate-id"}
)
OF_IDS = frozenset({"malformed-id"})
NAMED_BY_CHECK = re.compile(r"@([\w:.-]+)")
QUOTED = re.compile(r"“(.*?)”", re.S)
NAMED_BY_SCHEMA = re.compile(r"“(?P<value>.*?)” may not be the value of “(?P<attribute>[^”]+)” on ", re.S)


def about_fault(fault: Fault, document: Document) -> tuple[str, ...]:
    """What a fault that the schema finds is about: an element, by the place of its start tag, or an attribute of it."""
    if fault.kind == "incomplete":  # it stands at the end tag
        return (_at(document.place(*document.places.of_ended_at(fault.line, fault.column))),)
    named = NAMED_BY_SCHEMA.match(fault.message) if fault.kind == "value" else None
    if named is None:
        return ()
    place = _at(document.place(fault.line, fault.column))
    return f"{place}@{named['attribute']}", f"{place}“{named['value']}”"


def about_finding(code: Code, place: Location, message: str) -> tuple[str, ...]:
    """What a finding of a check is about; only told of checks that may tell the same as others."""
    if code.name not in _CONCERNED:
        return ()
    if code.name in OF_QUOTED:
        return tuple(f"{_at(place)}“{word}”" for word in QUOTED.findall(message)[:1])
    names = ["xml:id"] if code.name in OF_IDS else NAMED_BY_CHECK.findall(message)
    attributes = tuple(f"{_at(place)}@{name}" for name in names)
    return (*attributes, _at(place)) if code.name in OF_ELEMENTS else attributes


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


_CONCERNED = frozenset(SAYS_MORE_THAN) | frozenset[str]().union(*SAYS_MORE_THAN.values())
