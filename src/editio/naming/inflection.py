"""Inflected forms of names by language: which forms of the register a folded word may be a case of."""

from __future__ import annotations

import re
from collections.abc import Iterator

# An ending of an inflected form, then the endings its nominative may have.
Endings = tuple[tuple[str, tuple[str, ...]], ...]
GERMAN: Endings = (("ens", ("", "e")), ("es", ("",)), ("s", ("",)), ("n", ("", "e")), ("en", ("",)))
LATIN: Endings = (
    ("i", ("us", "ius", "")),
    ("o", ("us", "")),
    ("um", ("us", "")),
    ("e", ("us", "")),
    ("ae", ("a",)),
    ("am", ("a",)),
    ("is", ("",)),
    ("em", ("",)),
)
# Accents are folded, so й is и here and ё is е.
RUSSIAN: Endings = (
    ("ского", ("скии",)),
    ("скому", ("скии",)),
    ("ским", ("скии",)),
    ("ском", ("скии",)),
    ("ской", ("ская",)),
    ("скои", ("ская",)),
    ("скую", ("ская",)),
    ("ои", ("ая", "а")),
    ("ую", ("ая",)),
    ("ого", ("ои", "ыи")),
    ("ому", ("ои", "ыи")),
    ("ым", ("", "ои", "ыи")),
    ("ом", ("", "о")),
    ("ем", ("", "ь", "и", "е")),
    ("еи", ("я", "а")),
    ("ею", ("я",)),
    ("а", ("", "о")),
    ("у", ("", "а", "о")),
    ("е", ("", "а", "я", "и", "ь")),
    ("ы", ("а",)),
    ("и", ("а", "я", "ь")),
    ("я", ("ь", "и", "е")),
    ("ю", ("ь", "и", "я", "е")),
    ("ии", ("ия",)),
    ("ию", ("ия",)),
    ("ью", ("ь",)),
)
# Cases of Russian surnames in Latin letters; in “-a” the name of a woman is likelier.
TRANSLITERATED: Endings = (
    ("skogo", ("skii", "sky", "skiy", "ski")),
    ("skomu", ("skii", "sky", "skiy", "ski")),
    ("skim", ("skii", "sky", "skiy", "ski")),
    ("skom", ("skii", "sky", "skiy", "ski")),
    ("ovu", ("ov",)),
    ("ovym", ("ov",)),
    ("ove", ("ov",)),
    ("ova", ("ov",)),
    ("evu", ("ev",)),
    ("evym", ("ev",)),
    ("eve", ("ev",)),
    ("eva", ("ev",)),
    ("inu", ("in",)),
    ("inym", ("in",)),
    ("ine", ("in",)),
    ("ina", ("in",)),
)
CYRILLIC = re.compile(r"[а-яіїєґ]")
SHORTEST = 3


def nominatives(key: str, languages: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """Words that a folded word may be a case of, and whether its language makes that likely."""
    if CYRILLIC.search(key):
        yield from ((form, True) for form in _without(key, RUSSIAN))
        return
    for number, tag in enumerate(languages):
        match tag.split("-", maxsplit=1)[0]:
            case "de":
                yield from ((form, True) for form in _without(key, GERMAN))
            case "la":
                yield from ((form, True) for form in _without(key, LATIN))
            case "ru":
                yield from ((form, number == 0 and key[-1] != "a") for form in _without(key, TRANSLITERATED))


def _without(key: str, endings: Endings) -> Iterator[str]:
    for ending, nominative in endings:
        if key.endswith(ending) and len(key) - len(ending) >= SHORTEST:
            yield from (key[: -len(ending)] + one for one in nominative if one != ending)


def feminine(key: str) -> str:
    """The surname of a woman whose husband or father bears this Russian surname; empty if it is none."""
    for masculine, form in (("ский", "ская"), ("скии", "ская"), ("skii", "skaia"), ("sky", "skaya"), ("skiy", "skaya")):
        if key.endswith(masculine):
            return key.removesuffix(masculine) + form
    return key + "a" if re.search(r"(?:ov|ev|in)$", key) else key + "а" if re.search(r"(?:ов|ев|ин)$", key) else ""
