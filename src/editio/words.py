"""Which words a language has, by the frequency lists of pyspellchecker."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spellchecker import SpellChecker

# A word found less often than this in the language's list counts as none of its words.
RAREST = 40


def has_list(language: str) -> bool:
    """Whether there is a word list for a language tag."""
    return _list(language.split("-", maxsplit=1)[0]) is not None


def is_word(word: str, language: str) -> bool:
    """Whether the language has the word; false too where there is no list."""
    known = _list(language.split("-", maxsplit=1)[0])
    return known is not None and known.word_frequency[word.casefold()] >= RAREST


def frequency(word: str, language: str) -> int:
    """How often the language's list counts the word; 0 where there is no list or no such word."""
    known = _list(language.split("-", maxsplit=1)[0])
    return int(known.word_frequency[word.casefold()]) if known is not None else 0


@cache
def _list(language: str) -> SpellChecker | None:
    from spellchecker import SpellChecker  # noqa: PLC0415 - it takes a while, and many commands ask for no word

    try:
        return SpellChecker(language=language, distance=1)
    except ValueError:
        return None
