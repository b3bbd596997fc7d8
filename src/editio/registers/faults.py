"""What can be wrong with the names of a register: why one cannot be looked for, and which letters only look alike."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from editio.model import Name
from editio.words import is_word

LONGEST_NAME = 200
WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
DEGREES = re.compile(r"[+-]?\d{1,3}(?:\.\d+)?")
# Scripts whose letters are drawn alike, so that one typed in a word of the other is not seen.
ALIKE = ("LATIN", "CYRILLIC", "GREEK")


def fault_of_name(name: Name) -> str:
    """Why a name cannot be looked for, in words; empty if it can."""
    words = name.words
    letters = [character for character in words if character.isalnum()]
    if not words:
        return "a name is empty"
    if len(words) > LONGEST_NAME:
        return f"a name has {len(words)} characters, but none is longer than {LONGEST_NAME}: “{words[:40]}…”"
    if not letters:
        return f"the name “{words}” has neither letter nor digit"
    if len(letters) == 1:
        return f"the name “{words}” is a single letter, so it would be found in every text"
    if words.isalpha() and words.islower() and is_word(words, name.language or "en"):
        return f"the name “{words}” is an ordinary word, so it would be found in every text"
    return ""


@lru_cache(maxsize=4096)
def is_alike(letter: str) -> bool:
    """Whether a letter is of a script in which some are drawn like Latin ones."""
    return unicodedata.name(letter, "").partition(" ")[0] in ALIKE[1:]


def mixed_scripts(words: str) -> str:
    """The first word with letters of two scripts that are drawn alike, and which scripts; empty if there is none."""
    if words.isascii():
        return ""
    for word in WORD.findall(unicodedata.normalize("NFC", words)):
        scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in word} & set(ALIKE)
        if len(scripts) > 1:
            return f"“{word}” mixes {' and '.join(sorted(script.capitalize() for script in scripts))} letters"
    return ""


def fault_of_coordinates(text: str) -> str:
    """Why coordinates are none (latitude, longitude in degrees), in words; empty if they are."""
    numbers = re.split(r"[\s,;]+", text.strip())
    if len(numbers) != 2 or not all(DEGREES.fullmatch(number) for number in numbers):
        return (
            f"“{' '.join(text.split())}” are not coordinates: latitude, a space, longitude, in degrees like 55.75 37.62"
        )
    latitude, longitude = (float(number) for number in numbers)
    if abs(latitude) > 90 or abs(longitude) > 180:
        return f"“{' '.join(text.split())}” is not a place on earth: latitude comes first, at most 90; longitude at most 180"
    return ""
