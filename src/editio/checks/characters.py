"""Checks of characters: what is no letter of any text, what only looks like one, and what a conversion broke."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import permutations

from lxml import etree

from editio.diagnostics import Severity
from editio.model import Document, Edition
from editio.registry import Finding, check
from editio.tei import TEI, XML_LANG, Passage, string_of
from editio.words import is_word

ZERO_WIDTH = {"\u200b": "a space without width", "\ufeff": "a byte order mark", "\u200c": "", "\u200d": ""}
# Thai, Lao, Tibetan, Burmese, Khmer, Tai Le and Tai Tham, Balinese, Sundanese, Javanese, Cham, Chinese and Japanese
UNSPACED = "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u1aad\u1b00-\u1bbf\ua980-\uaa7f\u3000-\u9fff]"
# The vowels and final consonants of Korean that a syllable is made of
JAMO = frozenset(map(chr, (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))))
SOFT_HYPHEN = "\u00ad"
# What helps where characters are of the range that other encodings have letters, dashes and quotation marks in.
MISNAMED = (
    "see that the first line of the file names the encoding that the file is in, and the source was read in its own"
)
# Characters of other scripts that are drawn like Latin letters, and Latin ones drawn like theirs.
CYRILLIC_ALIKE = frozenset("АВЕЗКМНОРСТУХІЈЅавеорсухіјѕԁһӀ")
GREEK_ALIKE = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανικρυ")
LATIN_ALIKE = frozenset("ABCEHIJKMNOPSTUXYZaceijopsuvxyкh")
LATIN = "A-Za-zÀ-ɏ"
# The scripts of bytes that begin a character in UTF-8: Latin, Greek, Cyrillic. Those that go on are left out.
SCRIPTS = bytes(
    ord("l")
    if (chr(i).isalpha() and i < 128) or 0xC3 <= i <= 0xC9
    else ord("g")
    if 0xCD <= i <= 0xCF
    else ord("c")
    if 0xD0 <= i <= 0xD3
    else ord(" ")
    for i in range(256)
)
CONTINUING = bytes(range(0x80, 0xC0))
BESIDE = re.compile(
    rf"[\u0370-\u04ff](?:(?=[{LATIN}])|(?<=[{LATIN}].)|(?<=[\u0370-\u03ff][\u0400-\u04ff])|(?<=[\u0400-\u04ff][\u0370-\u03ff]))"
)
SPACE = re.compile(r"\s")
WORD = re.compile(r"[^\W\d_]+")
# UTF-8 that was read as Windows-1252 or Latin-1: how two and three bytes look then.
HIGH = "\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"
BROKEN = re.compile(
    rf"(?<![A-ZÀ-Þ])(?:Ã[{HIGH}]|Â[\u00a0-\u00bf])|â€[{HIGH}]|(?:[ÐÑ][{HIGH}]){{2,}}|(?:Î[{HIGH}]|Ï[{HIGH}]){{2,}}"
)
BROKEN_FIRST = frozenset("ÃÂÐÑÎÏ€")
# Digits and letters that are read one for the other, each as one class of bytes: a digit, l, I or O, another letter.
CLASSES = bytes(
    ord("0")
    if chr(i).isdecimal() and i < 128
    else ord("l")
    if chr(i) in "lIO"
    else ord("a")
    if chr(i).isalpha() or i > 127
    else ord(" ")
    for i in range(256)
)
DIGIT_IN_WORD = re.compile(r"[A-Za-z]+[01][a-z]{2,}")
DOUBTFUL = re.compile(rb"0(?:(?=l)|(?<=[al]0)(?=a)|(?<= l0))")
MISREAD = re.compile(
    r"(?<![\w./@-])(?:l\d{1,2}(?:th|st|nd|rd)|l[5-9]\d\d|[1-9]l\d\d|1[5-9]l\d|1[5-9]O\d|1[5-9]\d[lO]|[A-Za-z]?[a-z]+[01][a-z]{2,})(?![\w@/-]|[.]\w)"
)
# Elements whose text is no words of a language.
NO_WORDS = frozenset(
    f"{TEI}{name}"
    for name in "code eg formula gi att val tag ident idno ref ptr email mapping g localName value".split()
)
SHOWN = 5


@check(
    Severity.WARNING,
    "bring the whole document into one normal form (NFC), for instance with “uconv -x any-nfc”",
    "“ü” as one character in one place, as u and ¨ in another: a search finds only one of them",
)
def mixed_normalisation(document: Document, edition: Edition) -> Iterable[Finding]:
    """Letters with accents are written as two characters, where Unicode has one for them, here and there or everywhere."""
    characters = document.lookup.characters
    marks = "".join(one for one in characters if unicodedata.category(one)[0] == "M" or one in JAMO)
    if not marks:
        return
    pairs = {before[-1:] + mark for mark in marks for before in document.lookup.text.split(mark)[:-1]}
    found = [pair for pair in sorted(pairs) if len(unicodedata.normalize("NFC", pair)) == 1 < len(pair)]
    if not any(pair.encode() in document.data for pair in found) and b"&#" not in document.data:
        return  # markup stands between letter and mark
    places = _Places(document, "|".join(map(re.escape, found)), *found) if found else None
    if places and places.found:
        letter = unicodedata.normalize("NFC", places.first)
        mixed = any(unicodedata.decomposition(one)[:1] not in ("", "<") for one in characters if one.isalpha())
        beside = ", others as one" if mixed else ""
        yield places.finding(f"“{letter}” is written as two characters, letter and mark{beside}")


@check(
    Severity.WARNING,
    "use a character that Unicode has, or declare it in charDecl and write it with <g>",
    "U+E8B3 of the Medieval Unicode Font Initiative",
)
def private_use_character(document: Document, edition: Edition) -> Iterable[Finding]:
    """A character for private use means nothing without the font it was made for.

    Characters in <g>, and those that a mapping of charDecl declares, are left out.
    """
    private = {one for one in document.lookup.characters if unicodedata.category(one) == "Co"}
    if private:
        private -= set("".join(map(string_of, document.lookup.elements("mapping", "char", "glyph"))))
    for one in sorted(private):
        places = _Places(document, one, one, without=f"{TEI}g")
        if places.found:
            yield places.finding(f"U+{ord(one):04X} is a character for private use")


@check(
    Severity.WARNING,
    'write the character that is meant; where a hyphen parts a word at the end of a line, use lb with break="no"',
    "“Stra�e” for “Straße”",
)
def suspicious_character(document: Document, edition: Edition) -> Iterable[Finding]:
    """A character is none of the text: one that a conversion put for what it could not read (U+FFFD), a control character,
    a space or a mark without width inside a word, a soft hyphen that parts no word."""
    for one in sorted(document.lookup.characters):
        pattern, words = _suspicion(one)
        if pattern:
            places = _Places(document, pattern, one)
            if places.found:
                hint = MISNAMED if "\x80" <= one <= "\x9f" else ""
                yield replace(places.finding(f"U+{ord(one):04X} is {words}"), hint=hint)


@check(Severity.INFO, "write the letters one by one, unless the print is to be shown so", "“ﬁnden” for “finden”")
def presentation_form(document: Document, edition: Edition) -> Iterable[Finding]:
    """Letters are written as a ligature or as a form for display, as text copied from PDF has them: a search misses the word."""
    for one in sorted(document.lookup.characters):
        if "\ufb00" <= one <= "\ufb06" or "\ufb50" <= one <= "\ufbff" or "\ufe70" <= one <= "\ufefc":
            meant = unicodedata.normalize("NFKC", one)
            yield _Places(document, one, one).finding(f"“{one}” (U+{ord(one):04X}) stands for “{meant}”")


@check(Severity.WARNING, "type the word anew in one script", "Мoscow, with a Cyrillic М")
def mixed_scripts_in_word(document: Document, edition: Edition) -> Iterable[Finding]:
    """A word mixes letters of two scripts that are drawn alike, so that it is found nowhere."""
    foreign = {one for one in document.lookup.characters if "\u0370" <= one <= "\u04ff"}
    if foreign and _scripts_meet(document.lookup.encoded):
        yield from _in_words(document, foreign, BESIDE, _mixed_word)


@check(
    Severity.WARNING,
    "convert the source anew in its right encoding, or correct the word",
    "“fÃ¼r” for “für”, “donâ€™t” for “don’t”",
)
def broken_encoding(document: Document, edition: Edition) -> Iterable[Finding]:
    """Text in UTF-8 was read in another encoding, so that one letter became two or three."""
    first = BROKEN_FIRST & document.lookup.characters
    if first and BROKEN.search(document.lookup.text):
        yield from _in_words(document, first, BROKEN, _unbroken)


@check(Severity.WARNING, "compare it with the source", "“l9th” for “19th”, “c0mmittee” for “committee”")
def misread_character(document: Document, edition: Edition) -> Iterable[Finding]:
    """A letter stands where a digit must be meant, or a digit in a word, as text recognition reads them."""
    words = {word for word in _doubtful_words(document.lookup.encoded) if MISREAD.fullmatch(word)}
    yield from _in_words(document, words, MISREAD, _misread)


def _doubtful_words(encoded: bytes) -> Iterator[str]:
    """The words of a text, as UTF-8, in which letters and digits meet as they do where they were confused."""
    classes = encoded.translate(CLASSES)
    for found in DOUBTFUL.finditer(classes):
        behind = classes.find(b" ", found.start())
        before = classes.rfind(b" ", 0, found.start())
        yield encoded[before + 1 : behind if behind >= 0 else len(encoded)].decode()


def _misread(passage: Passage, found: re.Match[str]) -> str:
    """What is wrong with a word or number; a digit in a word only where a word comes of it."""
    word = found[0]
    if DIGIT_IN_WORD.fullmatch(word):
        tag = next((one.get(XML_LANG, "") for one in _lineage(passage.element) if one.get(XML_LANG)), "en")
        meant = {word.replace("0", "o").replace("1", letter) for letter in "li"}
        if not any(is_word(one, tag.partition("-")[0]) for one in meant):
            return ""
    return f"“{word}” looks misread"


def _lineage(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from element.iterancestors()


class _Places:
    """Where a pattern stands in the text nodes of a document."""

    def __init__(self, document: Document, pattern: str, *needles: str, without: str = "") -> None:
        self.found: list[tuple[Passage, int]] = []
        self.first = ""
        self._document = document
        for passage in document.lookup.passages(*needles):
            if passage.element.tag != without:
                for match in re.finditer(pattern, passage.text):
                    self.first = self.first or match[0]
                    self.found.append((passage, match.start()))

    def finding(self, message: str) -> Finding:
        """One finding for all of the places, at the first of them."""
        first, *others = (self._document.location_in(*one) for one in self.found)
        lines = list(
            dict.fromkeys(str(one.line) for one in others if one.file == first.file and one.line != first.line)
        )
        times = f" ({len(self.found)} times)" if len(self.found) > 1 else ""
        more = f"; also in line {', '.join(lines[:SHOWN])}{' …' if len(lines) > SHOWN else ''}" if lines else ""
        return Finding(first, f"{message}{times}{more}")


def _in_words(
    document: Document,
    needles: Iterable[str],
    pattern: re.Pattern[str],
    message: Callable[[Passage, re.Match[str]], str],
) -> Iterator[Finding]:
    """A finding for each word of running text in which a pattern stands and of which there is something to say."""
    for passage in document.lookup.passages(*sorted(needles)):
        behind = 0
        for match in pattern.finditer(passage.text):
            words = "" if match.start() < behind or _is_no_words(passage.element) else message(passage, match)
            if words:
                behind = next((one.start() for one in SPACE.finditer(passage.text, match.end())), len(passage.text))
                yield Finding(document.location_in(passage, match.start()), words)


def _is_no_words(element: etree._Element) -> bool:
    tag = element.tag
    return tag in NO_WORDS or not str(tag).startswith(TEI)


@lru_cache(maxsize=4096)
def _suspicion(character: str) -> tuple[str, str]:
    """How a character stands where it is wrong, as a pattern, and what it is, in words."""
    if character == "\ufffd":
        return character, "what stands for a character that was lost"
    if unicodedata.category(character) == "Cc":
        return character, "a control character"
    if ZERO_WIDTH.get(character):
        # in scripts that are written without spaces it parts words
        pattern = f"(?<!{UNSPACED}){character}(?!{UNSPACED})" if character == "\u200b" else character
        return pattern, ZERO_WIDTH[character]
    if character in ZERO_WIDTH:  # joiners are at home in Arabic, Indic scripts and pictures
        return f"(?<=[A-Za-zÀ-ɏ\u0370-\u04ff]){character}(?=[A-Za-zÀ-ɏ\u0370-\u04ff])", "a joiner without width"
    if character == SOFT_HYPHEN:
        return rf"(?<=[\s\d]){character}|{character}(?=[^\w\s{character}]|[ \t]+\S)", "a soft hyphen that parts no word"
    return "", ""


def _mixed_word(passage: Passage, found: re.Match[str]) -> str:
    """What is wrong with the word around a place where scripts meet; empty if it may be meant so, as “μm”."""
    word = next(one[0] for one in WORD.finditer(passage.text) if one.start() <= found.start() < one.end())
    letters = {script: {one for one in word if _script(one) == script} for script in ("Latin", "Cyrillic", "Greek")}
    scripts = [script for script, some in letters.items() if some]
    alike = {"Latin": LATIN_ALIKE, "Cyrillic": CYRILLIC_ALIKE, "Greek": GREEK_ALIKE}
    if len(word) < 3 or len(scripts) != 2 or not any(letters[script] <= alike[script] for script in scripts):
        return ""
    return f"“{word}” mixes {' and '.join(scripts)} letters"


def _scripts_meet(encoded: bytes) -> bool:
    """Whether letters of two scripts may stand side by side in a text, as UTF-8."""
    scripts = encoded.translate(SCRIPTS, CONTINUING)
    present = [one for one in (b"l", b"g", b"c") if one in scripts]
    return any(one + other in scripts for one, other in permutations(present, 2))


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0].capitalize()


def _unbroken(passage: Passage, found: re.Match[str]) -> str:
    """What broken letters were, in words; empty if they are no UTF-8 after all."""
    for encoding in ("cp1252", "latin-1"):
        try:
            meant = found[0].encode(encoding).decode()
        except UnicodeError:
            continue
        return f"“{found[0]}” was “{meant}” before it was read in the wrong encoding"
    return ""
