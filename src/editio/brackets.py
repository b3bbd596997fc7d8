"""What square brackets mean: words supplied, the original's word, a gloss, a gap, a remark on the hand.

The kinds are tried in the order of ``KINDS``; each has a name that stands in the ledger, a test,
and a builder. Whose voice the brackets are is the setting ``[convert] brackets``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from editio.config import Settings
from editio.languages import transliterated
from editio.tei import Content, element
from editio.words import has_list, is_word

REASONS = r"(?P<reason>illegible|indecipherable|unreadable|missing|blank|omitted)"
# Nothing but a reason and how much: whatever says more is a remark, whose words stay text.
GAP = re.compile(rf"(?:…|\.{{3}}|(?P<extent>(?:[\w½¼¾-]+\s+){{0,4}}){REASONS}\.?)", re.IGNORECASE)
GLOSS = re.compile(r"(?:i\.\s?e\.|e\.\s?g\.|that is|viz\.?|namely|sc\.|=)", re.I)
REMARK = re.compile(r"(?:translator|editor)'?s?'?s? note\b|note by\b|ed\.\s?note\b|n\.\s?b\.", re.I)
HAND = re.compile(r"(?P<hand>handwritten|in pencil|in ink|in the margin|typed|added by hand)\s*:", re.I)


@dataclass(frozen=True)
class Bracket:
    """The setting in which a bracket is read."""

    inner: str
    settings: Settings
    voice: str

    @property
    def original_language(self) -> str:
        """The language tag for a word of the original, written in the script of the text."""
        return transliterated(self.settings.edition.original_language, self.inner)


Builder = Callable[[Bracket, list[Content]], etree._Element]


@dataclass(frozen=True)
class Kind:
    """A meaning of brackets; ``keeps_text`` is false when the words go into attributes."""

    name: str
    means: str
    applies: Callable[[Bracket], bool]
    build: Builder
    keeps_text: bool = True


def kind_of(bracket: Bracket) -> Kind | None:
    """The first kind that applies; none for a bracketed number, which is a note's mark and stays as it is."""
    if re.fullmatch(r"\^\w+|\d{1,3}|[*†‡]+|[a-z]", bracket.inner.strip()):
        return None
    return next(kind for kind in KINDS if kind.applies(bracket))


def _is_gap(bracket: Bracket) -> bool:
    return bool(GAP.fullmatch(bracket.inner.strip()))


def _gap(bracket: Bracket, content: list[Content]) -> etree._Element:
    match = GAP.fullmatch(bracket.inner.strip())
    reason = (match and match["reason"]) or "ellipsis"
    extent = (match and match["extent"]) or ""
    return element("gap", reason=reason.lower(), extent=" ".join(extent.split()), resp=f"#{bracket.voice}")


def _is_hand(bracket: Bracket) -> bool:
    return bool(HAND.match(bracket.inner.strip()))


def _hand(bracket: Bracket, content: list[Content]) -> etree._Element:
    return element("note", *content, type="hand", resp=f"#{bracket.voice}")


def _is_gloss(bracket: Bracket) -> bool:
    return bool(GLOSS.match(bracket.inner.strip()))


def _gloss(bracket: Bracket, content: list[Content]) -> etree._Element:
    return element("note", *content, type="gloss", resp=f"#{bracket.voice}")


def _is_remark(bracket: Bracket) -> bool:
    inner = bracket.inner.strip()
    says_gap = re.search(rf"\b{REASONS}\b", inner, re.IGNORECASE)
    return inner.lower() == "sic" or bool(REMARK.match(inner) or says_gap) or len(inner.split()) > 12


def _remark(bracket: Bracket, content: list[Content]) -> etree._Element:
    kind = "sic" if bracket.inner.strip().lower() == "sic" else "editorial"
    return element("note", *content, type=kind, resp=f"#{bracket.voice}")


def _is_original(bracket: Bracket) -> bool:
    edition = bracket.settings.edition
    inner = bracket.inner.strip()
    if inner.casefold() in {word.casefold() for word in bracket.settings.convert.original_words}:
        return True
    if (
        not edition.original_language
        or edition.original_language == edition.language
        or any(c.isdigit() for c in inner)
    ):
        return False
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", inner)
    return bool(words) and words == [word for word in words if word.islower()] and _foreign(words, edition.language)


def _foreign(words: list[str], language: str) -> bool:
    """Whether most of the words are none of the language's; false where there is no word list for it."""
    strange = [word for word in words if not is_word(word, language)]
    return has_list(language) and 2 * len(strange) > len(words)


def _original(bracket: Bracket, content: list[Content]) -> etree._Element:
    foreign = element("foreign", *content, xml_lang=bracket.original_language)
    return element("note", foreign, type="original", resp=f"#{bracket.voice}")


def _supplied(bracket: Bracket, content: list[Content]) -> etree._Element:
    return element("supplied", *content, resp=f"#{bracket.voice}")


KINDS = (
    Kind(
        "bracket-gap",
        "“[…]” and “[illegible]” are gap, with reason and extent as given.",
        _is_gap,
        _gap,
        keeps_text=False,
    ),
    Kind("bracket-hand", '“[handwritten: …]” and the like are note type="hand".', _is_hand, _hand),
    Kind("bracket-gloss", '“[i.e., …]” is note type="gloss".', _is_gloss, _gloss),
    Kind(
        "bracket-remark",
        '“[sic]” and whole remarks in brackets are note type="sic" and type="editorial".',
        _is_remark,
        _remark,
    ),
    Kind(
        "bracket-original",
        "A word of the original in brackets, one that the language of the text does not have, "
        'is note type="original" with foreign.',
        _is_original,
        _original,
    ),
    Kind("bracket-supplied", "All other words in brackets are supplied.", lambda bracket: True, _supplied),
)
