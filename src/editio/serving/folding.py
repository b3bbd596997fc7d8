"""Names as they compare: without case, diacritics, punctuation and script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from editio.letters import PLAIN, SPELLED, without_marks

# By the romanisation of BGN/PCGN, as English texts write Russian names, and what Ukrainian and Bulgarian have besides.
CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ",
        "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya e i yi ye g".split(),
        strict=True,
    )
)
APOSTROPHES = dict.fromkeys("’'ʹ", "")
FOLDED = str.maketrans({**{letter: latin.strip("-") for letter, latin in CYRILLIC.items()}, **PLAIN, **APOSTROPHES})
WORD = re.compile(r"[a-z0-9]+")
# Malinovskiy, Malinovskij and Malinovsky are one name.
ENDING = re.compile(r"(?<=[a-z]{3})(?:i[yj]|yy)$")


def foldings(words: str) -> tuple[tuple[str, ...], ...]:
    """All ways in which a name may be folded; mostly there is one."""
    plain, german = tokens_of(words), german_tokens_of(words)
    return (plain,) if plain == german else (plain, german)


@lru_cache(maxsize=65536)
def tokens_of(words: str) -> tuple[str, ...]:
    """The words of a name, folded: “Хрущёв, Н. С.” is khrushchev, n, s; “Müller” is muller."""
    return _split(unicodedata.normalize("NFKC", words).casefold().translate(FOLDED))


@lru_cache(maxsize=65536)
def german_tokens_of(words: str) -> tuple[str, ...]:
    """The same, with umlauts as they are written without them: “Müller” is mueller."""
    if words.isascii():
        return tokens_of(words)
    return _split(unicodedata.normalize("NFKC", words).casefold().translate(SPELLED).translate(FOLDED))


def _split(text: str) -> tuple[str, ...]:
    if text.isascii():
        return tuple(ENDING.sub("y", word) for word in WORD.findall(text))
    plain = without_marks(text).casefold().translate(FOLDED)
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return tuple(ENDING.sub("y", word) for word in words)
