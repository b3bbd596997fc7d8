"""Russian names in other letters: Cyrillic, and how English, German, French and scholarly books write them."""

from __future__ import annotations

import re

from editio.naming.given import RUSSIAN
from editio.naming.words import fold

# From Latin letters to Cyrillic, the longest first; accents are folded, so й is и and ё is е.
CYRILLIC = re.compile("shch|zh|kh|ts|ch|sh|iu|yu|ia|ya|ie|ye|yo|skii|skiy|sky|iy|ii|[a-z]")
_TO_CYRILLIC = dict(
    zip(
        "shch zh kh ts ch sh iu yu ia ya ie ye yo skii skiy sky iy ii".split(),
        "щ ж х ц ч ш ю ю я я е е е скии скии скии ии ии".split(),
        strict=True,
    )
) | dict(zip("abvgdeziklmnoprstufyjhcw", "абвгдезиклмнопрстуфыихцв", strict=True))
# From Cyrillic to Latin letters: simplified English, BGN, Library of Congress, German, French, scholarly and ISO 9 (folded).
_SAME = dict(zip("абгдзиклмнопрстфэыьъ", [*"abgdziklmnoprstfey", "", ""], strict=True))
SYSTEMS: tuple[dict[str, str], ...] = tuple(
    _SAME | dict(zip("вежуцхчшщюя", letters.split(), strict=True))
    for letters in (
        "v e zh u ts kh ch sh shch yu ya",
        "v ye zh u ts kh ch sh shch yu ya",
        "v e zh u ts kh ch sh shch iu ia",
        "w e sch u z ch tsch sch schtsch ju ja",
        "v e j ou ts kh tch ch chtch iou ia",
        "v e z u c ch c s sc ju ja",
        "v e z u c h c s s u a",
    )
)
SURNAME = re.compile(r"(?:ov|ev|yov|jov|in|yn|sky|skii|skiy|ski|enko|ich|ova|eva|ina|skaya|skaia)$")
# Patronymics in their cases, folded, and in Latin letters.
CYRILLIC_PATRONYMIC = re.compile(
    r"(?:ович|евич|инич|кузьмич|ильич|лукич)(?:|а|у|ем|е)$|(?:овн|евн|иничн)(?:а|ы|е|у|ои)$"
)
PATRONYMIC = re.compile(r"(?:[oe]vich|[oe]vitch|[oe]vna|ich|inichna)$")
ENDING_SKY = re.compile(r"sk(?:i|ii|y|yy|iy)$")


def is_russian(surname: str, forenames: tuple[str, ...], language: str) -> bool:
    """Whether a name in Latin letters is a Russian one, by what the register says or by its look."""
    if not surname.isascii() or not surname.isalpha():
        return False
    told = language.split("-", maxsplit=1)[0] == "ru"
    first = bool(forenames) and forenames[0] in RUSSIAN
    patronymic = any(PATRONYMIC.search(one) for one in forenames[1:])
    return told or (bool(SURNAME.search(surname)) and (first or patronymic))


def cyrillic(key: str) -> str:
    """A folded word in Latin letters as Russian writes it, folded."""
    return CYRILLIC.sub(lambda match: "и" if _is_glide(key, match) else _TO_CYRILLIC.get(match[0], ""), key)


def _is_glide(key: str, match: re.Match[str]) -> bool:
    """Whether an y follows a vowel: Tolstoy, Nikolay."""
    return match[0] == "y" and key[match.start() - 1 : match.start()] in set("aeiou")


def transliterations(key: str) -> tuple[str, ...]:
    """Other spellings of a folded Russian surname: in Cyrillic, and in the Latin letters of several languages."""
    russian = cyrillic(key) if key.isascii() else key
    spoken = [russian]
    if russian.endswith("ев") and russian[-3:-2] in "жчшщ":
        spoken += [russian[:-2] + "ов", russian[:-2] + "ыов"]
    latin = [_in(system, one) for one in spoken for system in SYSTEMS]
    latin += [one[:-1] + "ff" for one in latin if one.endswith("v")]
    latin += [
        ENDING_SKY.sub(ending, one) for one in latin for ending in ("sky", "ski", "skiy") if ENDING_SKY.search(one)
    ]
    return tuple(dict.fromkeys(fold(one) for one in (russian, *latin) if one and one != key))


def _in(system: dict[str, str], russian: str) -> str:
    return "".join(system.get(letter, "") for letter in russian)


CYRILLIC_LETTERS = re.compile(r"[а-я]")


def skeleton(key: str) -> str:
    """What all spellings of a surname have in common: its consonants, all those alike that systems write differently."""
    latin = _in(SYSTEMS[0], key) if CYRILLIC_LETTERS.search(key) else key
    bare = re.sub(r"[aeiouy]", "", latin.replace("ff", "v").replace("w", "v"))
    return re.sub(r"[sctzhkj]+", "*", bare)
