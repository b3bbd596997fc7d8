"""Names in scripts without capitals (Arabic, Hebrew, Chinese, Japanese, Korean): found by a title beside them only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editio.scanning.lexicon import CASELESS_TITLES, CASELESS_TITLES_BEHIND

WITHOUT_CAPITALS = re.compile(
    "[\u0590-\u06ff\u0750-\u077f\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
WORD = r"[^\W\d_][^\W\d_\u0300-\u036f]*"
TITLED = re.compile(rf"(?<!\w)({'|'.join(CASELESS_TITLES)}) ({WORD}(?: {WORD})?)(?!\w)")
# Behind a name of two to four characters, or a word of Katakana or Hangul
BEHIND = re.compile(
    "([\u30a1-\u30fa\u30fc・]{2,12}|[\uac00-\ud7af]{2,4} ?|(?<![\u3400-\u9fff])[\u3400-\u9fff]{1,3})"
    rf"({'|'.join(CASELESS_TITLES_BEHIND)})"
)


def lacks_capitals(text: str) -> bool:
    """Whether more than half of the letters of a text's beginning are of a script without capitals."""
    letters = [c for c in text[:20_000] if c.isalpha()]
    return len(WITHOUT_CAPITALS.findall("".join(letters))) > len(letters) / 2


def names(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and title of each name in a text that a title shows."""
    if text.isascii() or not WITHOUT_CAPITALS.search(text):
        return
    for found in TITLED.finditer(text):
        yield found.start(2), found.end(2), found[1]
    for found in BEHIND.finditer(text):
        yield found.start(1), found.start(1) + len(found[1].rstrip()), found[2]
