"""Checks of what is written for display and for the web: values of rend, addresses of links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from editio.diagnostics import Severity
from editio.model import Document, Edition
from editio.registry import Finding, check
from editio.tei import XML_ID

# [rend="x"], [rend~='x'] … in the selector of a rendition
SELECTED = re.compile(r"\[\s*rend\s*[~|^$*]?=\s*[\"']?([^\"'\]]+)")
ADDRESSES = ("target", "url", "ref", "source", "facs", "corresp")
# A scheme of the web that lost a colon or a slash, or letters that no address may hold (RFC 3986)
MISSPELT = re.compile(r"(?i)(?:https?|ftp)(?:$|;|:(?!//[^/\s])|//|/(?=/))|(?:htp|htpps?|htttps?|hhttps?|ttps?)s?:")
RUNNING = re.compile(r"(?i)(?:javascript|vbscript|data):")
FORBIDDEN = re.compile(r"[<>\"{}|\\^`]")


@check(
    Severity.WARNING,
    "correct the value, or add it to the list: validate.rend of edition.toml, or a rendition in tagsDecl",
    '<hi rend="itallic">',
)
def undeclared_rend(document: Document, edition: Edition) -> Iterable[Finding]:
    """A value of @rend is not among those that are declared, in edition.toml or by the renditions of the document.

    Renditions count where most of the values that a document uses are declared so; where nothing is declared, all is right.
    """
    listed = frozenset(edition.settings.validate.rend)
    used = (
        {token for _, _, value in document.lookup.attributes("rend") for token in value.split()}
        if not listed
        else set()
    )
    declared = listed or _declared(document)
    if not declared or (used and 2 * len(used & declared) < len(used)):
        return
    for element, _, value in document.lookup.attributes("rend"):
        for token in value.split():
            if token not in declared:
                yield Finding(document.location(element), f"the value “{token}” of @rend is not declared")


@check(
    Severity.WARNING,
    "correct the address",
    'target="http//example.org/letter", target="javascript:…"',
)
def malformed_address(document: Document, edition: Edition) -> Iterable[Finding]:
    """The address of a link or picture is misspelt, holds characters that an address may not, or would run a program."""
    for element, name, value in document.lookup.attributes(*ADDRESSES):
        for address, fault in _faults(value):
            message = f"@{name} “{address[:80]}” {fault}"
            yield Finding(document.location(element), message, about=(f"@{name}",))


def _declared(document: Document) -> frozenset[str]:
    """The values that the renditions of a document name: by their ids, or in their selectors."""
    found: set[str] = set()
    for rendition in document.lookup.elements("rendition"):
        found.add(rendition.get(XML_ID, ""))
        found.update(token for value in SELECTED.findall(rendition.get("selector", "")) for token in value.split())
    return frozenset(found - {""})


@lru_cache(maxsize=4096)
def _faults(value: str) -> tuple[tuple[str, str], ...]:
    """Each address of a value of which there is something to say, with what it is."""
    return tuple((address, fault) for address in value.split() if (fault := _fault(address)))


def _fault(address: str) -> str:
    if address.startswith("#"):
        return ""
    if RUNNING.match(address):
        return "would run a program or hold a file, and is left out of every page"
    if MISSPELT.match(address):
        return "is misspelt: an address begins with “http://” or “https://”"
    forbidden = FORBIDDEN.search(address)
    return f"holds the character “{forbidden[0]}”" if forbidden else ""
