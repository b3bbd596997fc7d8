"""Language tags: names of languages as sources write them, and the script a word is written in (BCP 47)."""

from __future__ import annotations

import unicodedata

NAMES = {
    "arabic": "ar",
    "armenian": "hy",
    "bulgarian": "bg",
    "chinese": "zh",
    "croatian": "hr",
    "czech": "cs",
    "danish": "da",
    "dutch": "nl",
    "english": "en",
    "estonian": "et",
    "finnish": "fi",
    "french": "fr",
    "georgian": "ka",
    "german": "de",
    "greek": "el",
    "hebrew": "he",
    "hungarian": "hu",
    "italian": "it",
    "japanese": "ja",
    "korean": "ko",
    "latin": "la",
    "latvian": "lv",
    "lithuanian": "lt",
    "norwegian": "no",
    "persian": "fa",
    "polish": "pl",
    "portuguese": "pt",
    "romanian": "ro",
    "russian": "ru",
    "serbian": "sr",
    "slovak": "sk",
    "slovene": "sl",
    "spanish": "es",
    "swedish": "sv",
    "turkish": "tr",
    "ukrainian": "uk",
    "vietnamese": "vi",
    "yiddish": "yi",
}
ENGLISH_NAMES = {tag: name.capitalize() for name, tag in NAMES.items()}
# Languages that are by default not written in Latin script.
NOT_LATIN = frozenset("ar be bg el fa he hy ja ka ko mk mn ru sr uk ur yi zh".split())


def tag_of(name: str) -> str:
    """The tag of the last language named in a text such as “Translation - English”; empty if none is."""
    words = [word.strip("().,:;").casefold() for word in name.split()]
    return next((NAMES[word] for word in reversed(words) if word in NAMES), "")


def name_of(tag: str) -> str:
    """The English name of a language tag, the tag itself where it is not known."""
    language, _, script = tag.partition("-")
    name = ENGLISH_NAMES.get(language, language)
    return f"{name} in Latin script" if script == "Latn" else name


def transliterated(language: str, word: str) -> str:
    """The tag of a word of a language: with ``-Latn`` when it is written in Latin letters and the language is not."""
    latin = all("LATIN" in unicodedata.name(c, "") for c in word if c.isalpha())
    return (
        f"{language}-Latn"
        if latin and language.split("-", maxsplit=1)[0] in NOT_LATIN and "-" not in language
        else language
    )
