"""Which names are likely the same, spelled differently: transliterations, letters with and without marks, slips of a letter."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from editio.letters import edits, without_marks

# Cyrillic as one sign a sound; S is sh, C is ch, H is kh, Z is zh.
CYRILLIC = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфцчшыэхж", "abvgdeziiklmnoprstufcCSieHZ", strict=True)),
        "ё": "e", "щ": "SC", "ю": "iu", "я": "ia", "ъ": "", "ь": "", "і": "i", "ї": "i", "є": "e",
    }
)  # fmt: skip
# How languages write the same sounds in Latin letters; the longest first.
SCHEMES = {
    "en": (("shch", "SC"), ("tch", "C"), ("sch", "S"), ("sh", "S"), ("ch", "C"), ("kh", "H"), ("zh", "Z"), ("ts", "c")),
    "de": (("schtsch", "SC"), ("tsch", "C"), ("sch", "S"), ("sh", "Z"), ("ch", "H"), ("w", "v"), ("z", "c"), ("s", "s")),
    "fr": (("chtch", "SC"), ("tch", "C"), ("ch", "S"), ("kh", "H"), ("j", "Z"), ("ou", "u"), ("ts", "c")),
    "sci": (("šč", "SC"), ("č", "C"), ("š", "S"), ("ch", "H"), ("ž", "Z"), ("x", "H"), ("c", "c"), ("j", "i")),
}  # fmt: skip
SOUNDS = {language: dict(scheme) for language, scheme in SCHEMES.items()}
SPELLED = {
    language: re.compile("|".join(re.escape(letters) for letters, _ in scheme)) for language, scheme in SCHEMES.items()
}
ENDINGS = re.compile(r"(?:[ie]?[oe])(?:ff|v|w|f)$")
MOST_ALIKE = 12
MOST_COMPARED = 10_000
SHORTEST = 5
TWO_SLIPS = 9
# Shorter words must begin alike: Dixon is not Nixon misspelt
SURE_START = 8


@dataclass(frozen=True)
class Likeness:
    """How alike two names are (1 is the same), and in what they differ, in words."""

    similarity: float
    reason: str


def plain(word: str) -> str:
    """A word in lower case without marks above and below its letters."""
    return without_marks(word.casefold())


@lru_cache(maxsize=100_000)
def sounds(word: str) -> frozenset[str]:
    """How a word (in lower case) may sound, read as English, German, French or scholarly transliteration of Cyrillic."""
    if any("\u0400" <= c <= "\u04ff" for c in word):
        return frozenset({_coarse(word.translate(CYRILLIC))})
    return frozenset(_coarse(_read(word, scheme)) for scheme in SCHEMES)


def _read(word: str, scheme: str) -> str:
    sound_of = SOUNDS[scheme]
    word = re.sub("ine$", "in", ENDINGS.sub("ev", word))
    return without_marks(SPELLED[scheme].sub(lambda found: sound_of[found[0]], word))


def _coarse(word: str) -> str:
    """Sounds without what transliterations disagree about: i and y, doubled letters, e after i."""
    word = ENDINGS.sub(
        "ev", word.replace("y", "i").replace("w", "v").replace("ph", "f").replace("x", "ks").replace("ie", "e")
    )
    word = re.sub("[ij]{2,}$|i[ij]?$", "i", word.replace("j", "i"))
    return re.sub(r"(.)\1+", r"\1", word.replace("Z", "S"))


def likeness(one: str, other: str) -> Likeness | None:
    """How two words (in lower case) are likely the same name; nothing if they are not."""
    if one == other:
        return Likeness(1.0, "same")
    first, second = plain(one), plain(other)
    if first == second:
        return Likeness(0.98, "without marks")
    if min(len(first), len(second)) >= SHORTEST and sounds(one) & sounds(other):
        return Likeness(0.95, "transliteration")
    most = _slips(min(len(first), len(second)))
    distance = edits(first, second, most) if most else most + 1
    if (
        distance > most
        or (first[0] != second[0] and (distance > 1 or len(first) < SURE_START))
        or _only_inflected(first, second)
    ):
        return None
    longest = max(len(first), len(second))
    return Likeness(round(1 - distance / longest, 2), "one letter off" if distance == 1 else "two letters off")


def _slips(length: int) -> int:
    return 0 if length < SHORTEST else 1 if length < TWO_SLIPS else 2


def _only_inflected(one: str, other: str) -> bool:
    """Whether two words differ in an ending that names may have or lack: Roger and Rogers, Russia and Russian."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and len(long) - len(short) <= 2


class Neighbours:
    """Finds the words of a set that are like a word, by the letters that are left when one is taken out."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_sign: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(set(words)):
            for sign in _signs(word):
                self._by_sign[sign].append(word)

    def like(self, word: str) -> Iterator[tuple[str, Likeness]]:
        """The words that are likely the same name as a word (in lower case), with their likeness."""
        others: set[str] = set()
        for sign in _signs(word):
            sharing = self._by_sign.get(sign, ())
            if len(sharing) <= MOST_ALIKE:  # what more words share tells nothing
                others.update(sharing)
        for other in sorted(others):
            found = likeness(word, other)
            if found:
                yield other, found


def _signs(word: str) -> set[str]:
    """What words that are alike have in common: sounds, letters without marks, all but one letter of them."""
    bare = plain(word)
    found = {bare}
    if SHORTEST <= len(bare) <= 30:
        found |= {bare[:i] + bare[i + 1 :] for i in range(len(bare))}
        found |= {f"={sound}" for sound in sounds(word)}
    return found


def pairs(counts: Mapping[tuple[str, ...], int]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], Likeness]]:
    """Pairs of names, keys of words in lower case, that differ in the spelling of the last word.

    Of very many names, the most frequent ones are compared.
    """
    wanted = sorted(counts, key=lambda key: (-counts[key], key))[:MOST_COMPARED]
    neighbours = Neighbours(key[-1] for key in wanted)
    by_word: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for key in wanted:
        by_word[key[-1]].append(key)
    for word in sorted(by_word):
        alike = tuple(neighbours.like(word))
        for other, found in alike if len(alike) <= MOST_ALIKE else ():
            if other <= word:
                continue
            for one in by_word[word]:
                for two in by_word.get(other, ()):
                    if one[:-1] == two[:-1] or not one[:-1] or not two[:-1]:
                        yield one, two, found
