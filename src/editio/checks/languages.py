"""Checks of languages: tags, what the header declares, and the script that a language is written in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import zip_longest

from lxml import etree

from editio.diagnostics import Severity
from editio.languages import name_of
from editio.languagetags import UNSPECIFIC, covers, is_well_formed, suggestion, unregistered_part
from editio.model import Document, Edition
from editio.registry import Finding, check
from editio.tei import TEI, XML_LANG, string_of

# Scripts as the names of characters in Unicode begin, of languages that are not written in Latin letters by default.
SCRIPTS = {
    "ar": ("ARABIC",),
    "be": ("CYRILLIC",),
    "bg": ("CYRILLIC",),
    "cop": ("COPTIC", "GREEK"),
    "cu": ("CYRILLIC", "GLAGOLITIC"),
    "el": ("GREEK",),
    "fa": ("ARABIC",),
    "grc": ("GREEK",),
    "he": ("HEBREW",),
    "hy": ("ARMENIAN",),
    "ja": ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"),
    "ka": ("GEORGIAN",),
    "ko": ("HANGUL", "CJK"),
    "mk": ("CYRILLIC",),
    "ru": ("CYRILLIC",),
    "syr": ("SYRIAC",),
    "uk": ("CYRILLIC",),
    "ur": ("ARABIC",),
    "yi": ("HEBREW",),
    "zh": ("CJK", "BOPOMOFO"),
}
LATIN = frozenset("cs da de en es et fi fr ga hu is it la lt lv nl no pl pt sk sl sv".split())
NOT_LETTERS = frozenset("MODIFIER COMBINING FEMININE MASCULINE MICRO SUPERSCRIPT SUBSCRIPT MATHEMATICAL SCRIPT".split())
ENOUGH = 3
# In these an alphabet is shown for its own sake.
SHOWN = frozenset(
    f"{TEI}{name}" for name in ("g", "glyph", "char", "mapping", "idno", "gi", "att", "val", "code", "eg")
)


@check(
    Severity.ERROR,
    "write a tag of BCP 47: the code of the language, with hyphens the script, the region or what else is to be said",
    'xml:lang="de_AT"  →  xml:lang="de-AT"',
)
def malformed_language_tag(document: Document, edition: Edition) -> Iterable[Finding]:
    """What stands in xml:lang, @ident of a language, @mainLang or @otherLangs does not have the form of a language tag, so that
    no program knows the language."""
    for element, tag in _tags(document):
        if not is_well_formed(tag):
            yield Finding(document.location(element), f"“{tag}” is not a language tag", _hint(tag), (f"“{tag}”",))


@check(
    Severity.WARNING,
    "write the code that the registry of languages has: that of two letters where there is one",
    'xml:lang="german" or xml:lang="deu"  →  xml:lang="de"',
)
def unregistered_language_tag(document: Document, edition: Edition) -> Iterable[Finding]:
    """A tag has the form of a language tag, but a part of it is not in the registry of languages, scripts and regions."""
    for element, tag in _tags(document):
        part, kind = unregistered_part(tag) if is_well_formed(tag) else ("", "")
        if part:
            of = "" if part == tag.lower() else f" of “{tag}”"
            message = f"“{part}”{of} is not a registered {'language' if kind == 'extlang' else kind}"
            yield Finding(document.location(element), message, _hint(tag), (f"“{tag}”",))


@check(
    Severity.WARNING,
    "declare the language in langUsage, or correct the tag",
    '<langUsage><language ident="fr">French</language></langUsage>',
)
def undeclared_language(document: Document, edition: Edition) -> Iterable[Finding]:
    """The text has passages in a language that langUsage does not name, although it names others.

    A tag declared with less detail will do: “de” for “de-AT”.
    """
    declared = [ident for _, ident in _declared(document)]
    if not declared:
        return
    for tag, element in _used(document).items():
        if tag.lower() not in UNSPECIFIC and not any(covers(one, tag) for one in declared):
            message = f"the language “{tag}” is not declared in langUsage"
            yield Finding(document.location(element), message, about=(f"“{tag}”",))


@check(
    Severity.INFO,
    "mark the passages in that language with xml:lang, or take it out of langUsage",
    '<language ident="la">Latin</language>, but no xml:lang="la" in the text',
)
def unused_language(document: Document, edition: Edition) -> Iterable[Finding]:
    """langUsage names a language that nothing in the text has, although passages in other languages are marked."""
    used = _used(document)
    mains = [value for _, _, value in document.lookup.attributes("mainLang", "otherLangs")]
    tags = [*used, *(tag for value in mains for tag in value.split())]
    if len(used) < 2:
        return
    for element, ident in _declared(document):
        if ident.lower() not in UNSPECIFIC and not any(covers(ident, tag) for tag in tags):
            message = f"no passage is marked as “{ident}”"
            yield Finding(document.location(element), message, about=(f"“{ident}”",))


@check(
    Severity.INFO,
    "correct the tag, or name the script in it where words are transliterated",
    '<foreign xml:lang="ru">perestroika</foreign>  →  xml:lang="ru-Latn"',
)
def language_script_mismatch(document: Document, edition: Edition) -> Iterable[Finding]:
    """A passage is written in other letters than its language is, and the tag names no script."""
    foreign = any(_script(one) not in ("", "LATIN") for one in document.lookup.characters if one.isalpha())
    marked = list(document.lookup.attributes(XML_LANG))
    for (element, _, tag), follows in zip_longest(marked, marked[1:]):
        language = tag.lower()
        scripts = SCRIPTS.get(language) or (("LATIN",) if language in LATIN and foreign else ())
        if scripts and element.tag not in SHOWN and not (follows and _holds(element, follows[0])):
            text = document.lookup.text if element is document.root else string_of(element)
            other = _only_script(text, scripts)
            if other:
                message = f"this is marked as {name_of(language)}, but is written in {other} letters"
                yield Finding(document.location(element), message)


def _tags(document: Document) -> Iterator[tuple[etree._Element, str]]:
    """Each language tag of a document at the first element that has it."""
    seen: set[str] = set()
    for element, name, value in document.lookup.attributes(XML_LANG, "mainLang", "otherLangs"):
        if value not in seen:
            seen.add(value)
            for tag in value.split() if name == "otherLangs" else [value]:
                if tag or name != XML_LANG:  # xml:lang="" says that the language is not known
                    yield element, tag
    yield from _declared(document)


def _declared(document: Document) -> Iterator[tuple[etree._Element, str]]:
    for element in document.lookup.elements("language"):
        parent = element.getparent()
        if parent is not None and parent.tag == f"{TEI}langUsage" and element.get("ident"):
            yield element, element.get("ident", "")


def _used(document: Document) -> dict[str, etree._Element]:
    """The languages of the text, each with the first element outside the header that is marked so."""
    found: dict[str, etree._Element] = {}
    for element, _, tag in document.lookup.attributes(XML_LANG):
        if tag and tag not in found and not _is_in_header(element):
            found[tag] = element
    return found


def _is_in_header(element: etree._Element) -> bool:
    header = f"{TEI}teiHeader"
    return element.tag == header or next(element.iterancestors(header), None) is not None


def _holds(element: etree._Element, other: etree._Element) -> bool:
    return any(ancestor is element for ancestor in other.iterancestors())


def _only_script(text: str, scripts: tuple[str, ...]) -> str:
    """The one script of a text that has no letter of those it should have; empty if it has, or has few letters."""
    found: dict[str, int] = {}
    for character in text:
        if character.isalpha():
            script = _script(character)
            if script in scripts:
                return ""
            found[script] = found.get(script, 0) + 1
    known = {script: count for script, count in found.items() if script}
    script = next(iter(known), "")
    return script.capitalize() if len(known) == 1 and known[script] >= ENOUGH else ""


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    first = unicodedata.name(character, "").partition(" ")[0]
    return "" if first in NOT_LETTERS else first


def _hint(tag: str) -> str:
    better = suggestion(tag)
    return f"write “{better}”" if better else ""
