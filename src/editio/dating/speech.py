"""Which languages a text is in, by its smallest words: enough to tell whether “mars” and “heute” are words of it."""

from __future__ import annotations

import re
from collections import Counter

SAMPLE = 20_000
WORD = re.compile(r"[^\W\d_]+")
SMALL = {
    "en": "the of and to that was is which with have by from his not be been",
    "de": "der die und den das von zu mit sich dem nicht ist ein daß dass auch ich",
    "fr": "le la les et des du que qui dans est pour une vous je ce pas au",
    "ru": "и в не на что с по как он это его из к от же все для",
    "it": "il di che è del della per non un si con sono dei gli al",
    "es": "el que los del las por con no una su para es lo al se",
    "nl": "de het een van en dat in is niet zijn met voor op te",
    "la": "et in ad non cum ut est quod ex qui per sed quae esse",
    "pl": "i w na nie się że z do jest to jak za po od",
    "cs": "a v na se je že s z do to by jsem ale",
}
_SETS = {language: frozenset(words.split()) for language, words in SMALL.items()}
_RELATED = {"ru": frozenset({"ru", "ru-Latn"})}


def spoken(text: str) -> frozenset[str]:
    """The language whose small words make up most of the beginning of a text; none where too little is said."""
    sample = WORD.findall(text[:SAMPLE].lower())
    found = Counter(sample)
    counts = {language: sum(found[word] for word in known) for language, known in _SETS.items()}
    best = max(counts, key=lambda language: counts[language])
    if counts[best] < len(sample) // 12 or len(_SETS[best].intersection(sample)) < 4:
        return frozenset()
    return _RELATED.get(best, frozenset({best}))
