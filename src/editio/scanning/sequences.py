"""Sequences of capitalised words as candidates for names: where one begins and ends, which title stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from editio.scanning import lexicon
from editio.scanning.vocabulary import APOSTROPHES, MARKS, UPPER, is_frequent, is_german_noun
from editio.words import frequency

HYPHENS = "\\-\u2010\u2011"
# Inside a word: apostrophes, hyphens, a hyphen at the end of a line
WORD = rf"[{UPPER}][^\W_{MARKS}]*+[{MARKS}]*+(?:(?:[{APOSTROPHES}{HYPHENS}]|-\n)?[^\W_]++[{MARKS}]*+)*+"
INITIALS = rf"(?:[{UPPER}]\.)(?:[{HYPHENS}]?[{UPPER}][a-z]?\.)*+(?![^\W_]{{4}})"
ABBREVIATED = (
    "(?:"
    + "|".join(sorted({word.capitalize() for word in lexicon.ABBREVIATIONS if len(word) > 1}, reverse=True))
    + r")\."
)
LINKS = tuple(sorted((lexicon.PARTICLES | lexicon.CONNECTORS) - {"d'", "l'"}, key=lambda word: (-len(word), word)))
LINK = rf"(?:(?:{'|'.join(LINKS)})(?!\w)|(?:al|el|ud)-|[dl][{APOSTROPHES}])"
SPACE = r"(?:[ \t\u00a0\u202f]++\n?[ \t]*+|\n[ \t]*+)"
TOKEN = rf"(?:{INITIALS}|{ABBREVIATED}|{WORD})"
# At most twelve words: more are a heading, or no language
SEQUENCE = re.compile(
    rf"(?=[{UPPER}ae])(?<![^\W_])(?<![\d][.,])(?:(?:al|el)-)?{TOKEN}(?:(?:\]?{SPACE}|(?<=\.))(?:\[)?(?:{LINK}{SPACE}?){{0,3}}{TOKEN}){{0,11}}"
)
PARTS = re.compile(rf"(?P<name>{TOKEN})|(?P<link>{LINK})")
POSSESSIVE = re.compile(rf"[{APOSTROPHES}](?:[sS](?!\w)|$)$")
ELISION = re.compile(rf"(?:[CDJLMNST]|Qu|Lorsqu|Puisqu|Jusqu)[{APOSTROPHES}](?=[{UPPER}])")
ELIDED_WORD = re.compile(rf"(?:[CDJLMNST]|Qu|Lorsqu|Puisqu|Jusqu)[{APOSTROPHES}][^{UPPER}]")
DIGIT = re.compile(r"\d")
SMALL_ROMAN = re.compile(r"[IVX]{2,}")
ACRONYMS = frozenset("us un uk ussr usa uno".split())
NOT_NAMES = frozenset({"jr", "sr"}) | lexicon.PRONOUNS | lexicon.DATES | lexicon.FORMS | lexicon.ADDRESS
HEADS = lexicon.ORG_HEADS | lexicon.EVENT_HEADS | lexicon.PLACE_HEADS
OFFICES = lexicon.TITLES | lexicon.QUALIFIERS
# Words that no key has: small words of names, also where capitals are set
SMALL = lexicon.PARTICLES | lexicon.CONNECTORS
# Titles that a place makes a name of: “Duke of Wellington”
PEERS = frozenset("duke duchess earl marquis marquess viscount viscountess baron baroness count countess lord".split())
# Small words between an office and what it is for, and qualifiers that begin names.
GOVERNING = frozenset("of for des für of the".split())
BEGINNING = frozenset("new great old first second third foreign special little good right".split())
COORDINATING = frozenset("and & und et и y e".split())
LONGEST_WORD = 60


@dataclass(frozen=True)
class Piece:
    """A name in a sequence: its offsets there, its words as a key, and the title before it.

    ``title`` is empty where none stands there; ``first`` says that the sequence begins with it.
    """

    start: int
    end: int
    words: tuple[str, ...]
    title: str = ""
    first: bool = False


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    word: str  # folded, without possessive
    text: str
    possessive: bool = False


def sequences(text: str) -> Iterator[re.Match[str]]:
    """The runs of capitalised words of a text, with the small words that may stand in names."""
    return SEQUENCE.finditer(text)


def fold(word: str) -> str:
    """A word as keys have it: small, without stress marks and soft hyphens, with plain apostrophes and hyphens."""
    if "\n" in word:
        word = re.sub(rf"-\n(?![{UPPER}])", "", word).replace("-\n", "-")
    if word.isascii():
        return word.lower()
    folded = word.casefold().replace("ё", "е")
    folded = re.sub("[\u00ad\u0300\u0301]", "", re.sub("[\u2010\u2011]", "-", folded))
    return re.sub(f"[{APOSTROPHES}]", "'", folded)


@lru_cache(maxsize=100_000)
def pieces(sequence: str, language: str) -> tuple[Piece, ...]:
    """The names in a run of capitalised words."""
    cutter = _Cutter(language)
    for token in _tokens(sequence, language):
        cutter.take(token)
    cutter.close()
    return tuple(Piece(one.start, one.end, one.words, one.title, one.start == 0) for one in cutter.found)


class _Cutter:
    """Cuts a run into names: ``offices`` are the titles that stand before the name that is being read."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.found: list[Piece] = []
        self.offices: list[_Token] = []
        self.name: list[_Token] = []
        self.links: list[_Token] = []
        self.governed = False  # whether a small word is in the name already

    def take(self, token: _Token) -> None:
        """Go on with a word."""
        if token.text[:1].islower():
            self.links.append(token)
            return
        word = token.word.rstrip(".")
        if not word or len(word) > LONGEST_WORD or DIGIT.search(word) or _is_no_name(token, word):
            self.close()
            return
        if self.name and self.links:
            if word not in lexicon.TITLES and self._joins():
                self.governed = True
            else:
                self.close()
        if word in lexicon.TITLES and all(_is_people(one.word) for one in self.name):  # “Soviet Ambassador Menshikov”
            self.name.clear()
        if not self.name and not self._begins(token, word):
            return
        self.name.append(token)
        self.links.clear()
        if token.possessive:
            self.close()

    def _begins(self, token: _Token, word: str) -> bool:
        """Whether a name begins with a word; what stands before it is settled then."""
        last = self.offices[-1] if self.offices else None
        governs = bool(last and {fold(link.text) for link in self.links} & GOVERNING)
        if last and governs and last.word in PEERS:
            self.name = [last]
            return True
        if governs and (word in lexicon.PORTFOLIOS or _is_people(word)):
            return False
        if (word in OFFICES and not _is_initials(token)) or (self.language == "fr" and token.text in ("M.", "MM.")):
            self.offices = [token] if governs else [*self.offices, token]
            self.links.clear()
            return False
        if governs and last and self._is_next(last, token):
            self.offices.clear()
        while self.offices and not self.links and self._belongs(self.offices[-1].word, word):
            self.name.insert(0, self.offices.pop())
        return True

    def _is_next(self, last: _Token, token: _Token) -> bool:
        """Whether nothing but a small word stands between an office and a name: “President of Guatemala”."""
        return token.start - last.end < 3 + sum(link.end - link.start + 1 for link in self.links)

    def _belongs(self, office: str, word: str) -> bool:
        """Whether an office or qualifier is the beginning of the name itself: “General Assembly”, “New York”."""
        first = self.name[0].word if self.name else word
        return first in HEADS or office in BEGINNING

    def close(self) -> None:
        """End the name, if one was begun."""
        titles = [one.word.rstrip(".") for one in self.offices if one.word.rstrip(".") in lexicon.TITLES]
        piece = _piece(self.name, titles[-1] if titles else "", self.language)
        if piece:
            self.found.append(piece)
        self.name, self.links, self.offices, self.governed = [], [], [], False

    def _joins(self) -> bool:
        """Whether small words join what stands before them and behind them to one name."""
        small = {fold(link.text).strip() for link in self.links}
        headed = any(token.word in HEADS for token in self.name)
        if small & COORDINATING:
            return headed and self.governed and len(small) == 1
        if small <= lexicon.PARTICLES | {"al-", "el-"} and not small <= {"la", "le"}:
            last = self.name[-1].word
            return headed or not _is_word(last, self.language)
        return headed and not small & {"in", "on", "im"}


def _tokens(sequence: str, language: str) -> Iterator[_Token]:
    for part in PARTS.finditer(sequence):
        start, end = part.span()
        text = part[0]
        if part["link"]:
            yield _Token(start, end, text, text)
            continue
        if language == "fr" and ELIDED_WORD.match(text):
            continue
        elided = ELISION.match(text)
        if elided and (language in ("fr", "it") or elided[0][0] in "LCJ"):
            start += elided.end()
            text = text[elided.end() :]
        bare = POSSESSIVE.sub("", text)
        yield _Token(start, start + len(bare), fold(bare), bare, len(bare) < len(text))


def _is_no_name(token: _Token, word: str) -> bool:
    if len(word) == 1 and token.text[-1] != ".":
        return True
    if _is_initials(token):
        return token.text.replace(".", "").casefold() in ACRONYMS | {"am", "pm", "nb", "ps", "dc"}
    return word in NOT_NAMES and word not in lexicon.FORENAMES and word not in lexicon.TITLES


def _is_initials(token: _Token) -> bool:
    return token.text[1:2] == "."


def _piece(name: list[_Token], title: str, language: str) -> Piece | None:
    """The name that tokens make, without peoples, numbers and lone initials; nothing if nothing is left."""
    while name and SMALL_ROMAN.fullmatch(name[0].text):
        del name[0]
    name = _from_forename(name)
    words = [token.word for token in name]
    if not words or (
        all(_is_people(word.rstrip(".")) or word in NOT_NAMES | lexicon.COMPASS for word in words) and words != ["us"]
    ):
        return None
    if _is_people(words[0]) and len(words) > 1 and not any(word in HEADS for word in words):
        del name[0]
        words = words[1:]
    if all(word.rstrip(".") in OFFICES for word in words) and not title:
        return None
    return Piece(name[0].start, name[-1].end, key_of(words), title)


def _from_forename(name: list[_Token]) -> list[_Token]:
    """A name without the abbreviation of an office before it: “NSC Harold Saunders”."""
    given = next((n for n, token in enumerate(name) if token.word in lexicon.FORENAMES or _is_initials(token)), 0)
    before = name[given - 1].text if 0 < given < len(name) - 1 else ""
    return name[given:] if 1 < len(before) < 6 and before.isupper() and not name[given].text.isupper() else name


def _is_word(word: str, language: str) -> bool:
    """Whether a word is one of the language; a German noun has its capital anyway, so that any it knows may be one."""
    if language == "de":
        return word not in lexicon.FORENAMES and (is_german_noun(word) or frequency(word, "de") > 0)
    return is_frequent(word, language)


def _is_people(word: str) -> bool:
    """Whether a word qualifies by people, country or conviction: “Anglo-French”, “Stalinist”."""
    return (
        word == "us"
        or word.endswith(("ians", "ists", "isms", "ism"))
        or not lexicon.DEMONYMS.isdisjoint({word.removesuffix("s"), *word.split("-")})
    )


def key_of(words: list[str]) -> tuple[str, ...]:
    """Words in the order forenames, surname: initials behind a name go before it, joined ones are parted."""
    parted: list[str] = []
    for word in words:
        parted += re.findall(r"[^.]+\.", word) if "." in word and len(word) > 2 and word[1] == "." else [word]
    last = len(parted)
    while last > 1 and len(parted[last - 1]) <= 2 and parted[last - 1].endswith("."):
        last -= 1
    if 0 < last < len(parted) and not any(one.endswith(".") for one in parted[:last]):
        parted = parted[last:] + parted[:last]
    return tuple(parted)
