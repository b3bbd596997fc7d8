"""What square brackets mean: words supplied, the original's word, a gloss, a gap, a deletion, a remark on the hand.

The patterns of ``[[convert.bracket]]`` come first, then the kinds in the order of ``KINDS``; each has a name
that stands in the ledger, a test, and a builder. Whose voice the brackets are is the setting ``[convert] brackets``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from editio.config import Settings
from editio.languages import transliterated
from editio.rules.cues import DESPATCH_NUMBER
from editio.tei import Content, element, local_name
from editio.wildcards import expression
from editio.words import has_list, is_word

REASONS = (
    r"(?P<reason>not (?:yet )?(?:declassified|legible|printed|transcribed|preserved)|illegible|indecipherable|unreadable|"
    r"undecipherable|missing|blank|lost|torn|omitted|unleserlich|fehlt|illisible|manque|нрзб|неразборчиво)"
)
# A reason and how much of what; the words stay in the text as desc. More words than these are a remark.
GAP = re.compile(
    rf"(?:…|\. ?\. ?\.(?: ?\.)?|[-–—]+|(?P<extent>(?:[\w½¼¾⅓⅔/-]+[,.]?\s+){{0,8}}?){REASONS}[.?]?"
    r"|(?P<omitted>Omitted here\b|Here follows?\b).*)",
    re.IGNORECASE | re.DOTALL,
)
GLOSS = re.compile(r"(?:i\.\s?e\.|e\.\s?g\.|that is|viz\.?|namely|sc\.|=)", re.I)
REMARK = re.compile(r"(?:translator|editor)'?s?'?s? note\b|note by\b|ed\.\s?note\b|n\.\s?b\.", re.I)
HAND = re.compile(r"(?P<hand>handwritten|in pencil|in ink|in the margin|typed|added by hand)\s*:", re.I)


# A number or sign in brackets is the mark of a note and stays as it is.
MARK_OF_NOTE = re.compile(r"\^\w+|\d{1,3}|[*†‡§]+|[a-z]|fn\.? ?\d+")


@dataclass(frozen=True)
class Pair:
    """An opening bracket and its partner as offsets of a text, with the pairs inside; ``width`` 2 for ``[[…]]``."""

    start: int
    end: int
    width: int = 1
    inner: tuple[Pair, ...] = ()


def pairs(text: str) -> tuple[tuple[Pair, ...], tuple[int, ...]]:
    """The bracket pairs of a text, and the offsets of brackets that have no partner."""
    levels: list[list[Pair]] = [[]]
    opened: list[int] = []
    lonely: list[int] = []
    for match in re.finditer(r"[\[\]]", text):
        at = match.start()
        if match[0] == "[":
            opened.append(at)
            levels.append([])
        elif opened:
            inner = tuple(levels.pop())
            levels[-1].append(_pair(opened.pop(), at + 1, inner))
        elif not DESPATCH_NUMBER.fullmatch(text.strip()):
            lonely.append(at)
    # behind an opening bracket that is never closed, what was found counts where it stands
    found = tuple(pair for level in levels for pair in level)
    return found, tuple(sorted((*lonely, *opened)))


def _pair(start: int, end: int, inner: tuple[Pair, ...]) -> Pair:
    """A pair, merged with the one inside when only their brackets lie between: ``[[…]]``."""
    if len(inner) == 1 and (inner[0].start, inner[0].end) == (start + 1, end - 1) and inner[0].width == 1:
        return Pair(start, end, 2, inner[0].inner)
    return Pair(start, end, 1, inner)


@dataclass(frozen=True)
class Bracket:
    """The setting in which a bracket is read."""

    inner: str
    settings: Settings
    voice: str
    width: int = 1

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
    """The first kind that applies; none for what stays text with its brackets, such as the mark of a note."""
    own = _own_kind(bracket)
    if own == "text" or (not own and MARK_OF_NOTE.fullmatch(bracket.inner.strip())):
        return None
    if own:
        return next(kind for kind in KINDS if kind.name == f"bracket-{own}")
    off = bracket.settings.convert.rules_off
    return next((kind for kind in KINDS if kind.name not in off and kind.applies(bracket)), None)


def _own_kind(bracket: Bracket) -> str:
    """What the edition's own patterns say of a bracket, if anything."""
    written = "[" * bracket.width + bracket.inner + "]" * bracket.width
    for own in bracket.settings.convert.bracket:
        if re.fullmatch(expression(own.pattern), written, re.DOTALL):
            return own.becomes
    return ""


def _is_gap(bracket: Bracket) -> bool:
    return bool(GAP.fullmatch(bracket.inner.strip()))


def _gap(bracket: Bracket, content: list[Content]) -> etree._Element:
    """A gap, its reason as one word or more joined by hyphens (teidata.word), the words of the source as desc."""
    if any(not isinstance(piece, str) and local_name(piece) not in ("hi", "lb") for piece in content):
        # what desc may not hold (TEI: macro.limitedContent)
        return _supplied(bracket, content)
    match = GAP.fullmatch(bracket.inner.strip())
    reason = (match and (match["reason"] or (match["omitted"] and "omitted"))) or "ellipsis"
    extent = (match and match["extent"]) or ""
    desc = [element("desc", *content)] if re.search(r"\w", bracket.inner) else []
    return element(
        "gap",
        *desc,
        reason="-".join(reason.lower().split()),
        extent=" ".join(extent.split()),
        resp=f"#{bracket.voice}",
    )


def _is_dots(bracket: Bracket) -> bool:
    return _is_gap(bracket) and not re.search(r"\w", bracket.inner)


def _is_deletion(bracket: Bracket) -> bool:
    return bracket.width == 2


def _deletion(bracket: Bracket, content: list[Content]) -> etree._Element:
    return element("del", *content, resp=f"#{bracket.voice}")


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
    said = inner.lower().rstrip("!") in ("sic", "?", "", "recte")
    return said or bool(REMARK.match(inner) or says_gap) or len(inner.split()) > 12


def _remark(bracket: Bracket, content: list[Content]) -> etree._Element:
    kind = "sic" if bracket.inner.strip().lower().startswith("sic") else "editorial"
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
    Kind("bracket-dots", "“[…]” is gap.", _is_dots, _gap, keeps_text=False),
    Kind(
        "bracket-gap",
        "“[illegible]”, “[two lines missing]” and “[Omitted here …]” are gap, with reason and extent as given and the "
        "words of the source as desc.",
        _is_gap,
        _gap,
    ),
    Kind("bracket-deletion", "“[[…]]” is del.", _is_deletion, _deletion),
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
