"""Which TEI element a style of a word processor stands for: by its own name, by edition.toml, or as is usual."""

from __future__ import annotations

import re

from editio.config import Settings
from editio.flat import attributes, hi
from editio.model import Mark

# “tei_persName”, “tei:salute”, “TEI-signed”, “tei persName”
NAMED = re.compile(r"tei[_:\- ]+(?P<name>[A-Za-z][\w.]*)(?:[_: ](?P<type>[\w-]+))?", re.IGNORECASE)
# “seg” and “seg[type=marginal]”, as a value of [convert.styles]
ELEMENT = re.compile(r"(?P<name>[A-Za-z]+)(?:\[@?type=[\"']?(?P<type>[\w-]+)[\"']?\])?")
# TEI elements that a paragraph may become, and those that may stand around running text anywhere.
BLOCKS = frozenset(
    "p ab head quote l salute dateline signed opener closer postscript address addrLine byline epigraph argument "
    "trailer stage speaker sp item note label figDesc".split()
)
PHRASES = frozenset(
    "persName placeName orgName geogName name rs roleName date time num measure term gloss foreign emph hi q quote said "
    "soCalled mentioned distinct title ref abbr expan am ex sic corr orig reg add del supplied unclear surplus seg "
    "idno label note bibl country region settlement forename surname email".split()
)
# Styles of paragraphs as Word and LibreOffice name them (English, German, French), and the TEI they are.
PARAGRAPHS = {
    "signature": "signed",
    "unterschrift": "signed",
    "salutation": "salute",
    "anrede": "salute",
    "closing": "salute",
    "complimentary close": "salute",
    "grußformel": "salute",
    "formule de politesse": "salute",
    "date": "dateline",
    "datum": "dateline",
    "quote": "quote",
    "intense quote": "quote",
    "block text": "quote",
    "quotations": "quote",
    "quotation": "quote",
    "zitat": "quote",
    "blockzitat": "quote",
    "citation": "quote",
    "verse": "l",
    "poetry": "l",
    "gedicht": "l",
    "speaker": "speaker",
    "stage direction": "stage",
    "epigraph": "epigraph",
}
CHARACTERS = {
    "emphasis": hi("italic"),
    "hervorhebung": hi("italic"),
    "strong": hi("bold"),
    "strong emphasis": hi("bold"),
    "book title": Mark("title"),
    "quote char": Mark("q"),
    "foreign": Mark("foreign"),
    "source text": hi("code"),
    "verbatim char": hi("code"),
}


def no_elements(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Styles of edition.toml with a value that is no element a style can become."""
    known = {name.casefold() for name in BLOCKS | PHRASES}
    matches = ((style, value, ELEMENT.fullmatch(value)) for style, value in settings.convert.styles.items())
    return tuple(
        (style, value) for style, value, match in matches if not match or match["name"].casefold() not in known
    )


def paragraph_element(style: str, settings: Settings) -> str:
    """The TEI element of a paragraph style, empty if it says nothing; ``quote``, ``l``, ``signed`` …"""
    mapped = _mapped(style, settings, BLOCKS)
    return mapped.name if mapped else PARAGRAPHS.get(style.strip().casefold(), "")


def character_mark(style: str, settings: Settings) -> Mark | None:
    """The mark of a character style, if it says something."""
    return _mapped(style, settings, PHRASES) or CHARACTERS.get(style.strip().casefold())


def _mapped(style: str, settings: Settings, known: frozenset[str]) -> Mark | None:
    """What edition.toml says of a style, else the TEI element that it is named after."""
    own = {name.casefold(): element for name, element in settings.convert.styles.items()}
    said = own.get(style.strip().casefold())
    match = ELEMENT.fullmatch(said) if said else NAMED.fullmatch(style.strip())
    names = {name.casefold(): name for name in known}
    name = names.get(match["name"].casefold()) if match else None
    return Mark(name, attributes(type=match["type"] or "")) if match and name else None
