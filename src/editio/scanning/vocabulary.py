"""Which words of an edition are ordinary ones: what it writes in lower case, and what the languages' word lists have."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from editio.scanning import lexicon
from editio.scanning.passages import Passage
from editio.words import frequency

# Capitals of the Basic Multilingual Plane, those of titlecase digraphs too, as the inside of a character class.
UPPER = "".join(chr(n) for n in range(0x41, 0xFFFF) if unicodedata.category(chr(n)) in ("Lu", "Lt"))
MARKS = "\u0300-\u036f\u00ad"
APOSTROPHES = "'’ʼ‘`"
LOWER_WORDS = re.compile(rf"(?<![\w{APOSTROPHES}-])(?![{UPPER}\d_])[^\W\d_]{{2,40}}+(?![{UPPER}])")
# A word with a capital behind a word that ends in a small letter: not at the beginning of a sentence.
CAPITAL_WORDS = re.compile(rf"(?<=[^\W\d_{UPPER}]\s)([{UPPER}][^\W\d_{UPPER}]{{1,40}}+)(?!\w)")
# A word found more often than this in a language's list is taken for an ordinary one: names are rarer.
FREQUENT = {"en": 2500, "de": 50, "fr": 3300, "ru": 250}
FORMED = ("ly", "ing", "tion", "tions", "ness", "ment", "ments", "ed")
MOST_WORDS = 2_000_000


class Vocabulary:
    """The words of an edition, counted in lower case and with a capital inside a sentence."""

    def __init__(self) -> None:
        self.lower: Counter[str] = Counter()
        self.capital: Counter[str] = Counter()

    def add(self, text: str) -> None:
        """Count the words of a text."""
        if len(self.lower) < MOST_WORDS:
            self.lower.update(LOWER_WORDS.findall(text))
        if len(self.capital) < MOST_WORDS:
            self.capital.update(CAPITAL_WORDS.findall(text))

    def capitals(self, word: str) -> int:
        """How often a word stands with a capital inside a sentence."""
        return self.capital[word[:1].upper() + word[1:]]

    def is_ordinary(self, word: str, language: str) -> bool:
        """Whether a word (in lower case) is one of the language rather than a name."""
        lower, capital = self.lower[word], self.capitals(word)
        if language == "de":
            return lower > capital or is_german_noun(word)
        if lower or capital:
            return lower > capital or (lower * 3 > capital and is_frequent(word, language))
        return is_frequent(word, language)

    def opens(self, word: str, language: str) -> bool:
        """Whether a word that begins a sentence is likely an ordinary one, as English adverbs and participles are."""
        formed = word.endswith(FORMED) and len(word) > 6 and not self.capitals(word) and frequency(word, language) > 0
        return (formed and language == "en") or self.is_ordinary(word, language)


def vocabulary_of(passages: Iterable[Passage]) -> Vocabulary:
    """The vocabulary of all texts of an edition."""
    found = Vocabulary()
    for passage in passages:
        found.add(passage.text)
    return found


@lru_cache(maxsize=200_000)
def is_frequent(word: str, language: str) -> bool:
    """Whether a word (in lower case) is too common in a language to be taken for a name."""
    word = sys.intern(word)
    if word in lexicon.PRONOUNS:
        return True
    return word not in lexicon.FORENAMES and frequency(word, language) > FREQUENT.get(language, 2500)


@lru_cache(maxsize=200_000)
def is_german_noun(word: str) -> bool:
    """Whether a word (in lower case) is a German noun by its ending or the word list."""
    if word in lexicon.FORENAMES:
        return False
    return (len(word) > 5 and word.endswith(lexicon.NOUN_ENDINGS)) or is_frequent(word, "de")
