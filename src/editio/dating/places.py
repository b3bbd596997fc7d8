"""Where in a text a date may be: at figures, and at the few words of its languages that dates have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from editio.dating import phrases, words
from editio.dating.reigns import FORMS

# How many tokens a date may have before the word by which it is found.
REACH, FAR_REACH = 9, 16
FIGURES = re.compile(r"\.?[\s\xa0]?(?:[./-][\s\xa0]?\d|[IVX]{1,4}\.)|[.-][IVX]{1,4}[.-]")
HOUR = re.compile(
    r"(?:[:.h]\d\d)?[\s\xa0]?(?:[apAP]\.?[\s\xa0]?[mM]\b|o['’]clock|(?:Uhr|heures?|hours|hrs)\b|час|in the (?:m|a|e))"
    r"|[-–]\d\d?(?:[:.]\d\d)? ?[ap]\.?m"
)
NUMBERED = re.compile(r"[VIX]*(?:bre|ber|bris|br)\b")
MONARCHS = sorted({form.capitalize() for forms in FORMS.values() for form in forms.split() if len(form) > 2})
# Words that dates without figures have, by language; those of “” in any.
COMMON = (
    "reign regni inst ult ulto ultimo prox proximo instant eodem XIV XV XVI XVII XVIII XIX XX XXI ХVI ХVII ХVIII ХIХ ХХ"
)
LANGUAGE_WORDS = {
    "en": "yesterday today to-day tonight to-night tomorrow to-morrow century centuries noon twenties thirties forties fifties sixties "
    "seventies eighties nineties",
    "de": "gestern heute vorgestern übermorgen Jahrhundert Jahrhunderts Jh Jhs Jhdt Jahre Jahren mittags M Mts Monats curt",
    "fr": "hier demain aujourd siècle siècles années midi courant",
    "ru": "вчера сегодня завтра позавчера послезавтра века век веке веков годы годов гг полдень месяца",
    "la": "Kal Kalendas Kalendis Non Nonas Nonis Id Idus Idibus Cal Calendas",
}
# Words that mean a date only behind others.
LED = re.compile(
    r"(?:\b(?:this|last|next|present|current) (?:year|month|week)|\bthe same (?:day|date)|\b(?:vorige|letzte|nächste|dieses|vorigen|nächsten) "
    r"(?:Woche|Jahres|Jahr)|(?:semaine|mois|année|an) (?:dernière|dernier|prochaine|prochain)|\bmême jour|\bselben Tage?|"
    r"(?:прошлом|этом|будущем|прошлой|будущей) (?:году|месяце|неделе)|\bтот же день|\bтого же дня)\b"
)


def places(text: str, languages: frozenset[str]) -> Iterator[tuple[int, int, int]]:
    """The offsets of a word or number that dates have, in order, and how many tokens before it one may begin."""
    for match in _pattern(languages).finditer(text):
        start, end = match.span()
        word = match[0]
        if word[0].isdigit():
            if _is_figure(text, word, end):
                yield start, end, REACH
        elif _is_whole(text, start, end):
            yield start, end, FAR_REACH if word in ("reign", "regni") else REACH


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalpha()) and not text[end : end + 1].isalpha()


def _is_figure(text: str, word: str, end: int) -> bool:
    if len(word) == 4:
        return "1000" <= word <= "2099" or text[end : end + 1] == "Z" or text[end : end + 6] == " hours"
    if len(word) > 2:
        return False
    following = text[end : end + 1]
    if following.isalpha():
        return NUMBERED.match(text, end) is not None or HOUR.match(text, end) is not None
    if following in (".", "/", "-"):
        return FIGURES.match(text, end) is not None or HOUR.match(text, end) is not None
    return HOUR.match(text, end) is not None or (following == " " and _before_monarch(text, end + 1))


def _before_monarch(text: str, at: int) -> bool:
    return text[at : at + 1].isupper() and _MONARCH.match(text, at) is not None


_MONARCH = re.compile(rf"(?:{'|'.join(MONARCHS)})\b\.?")


@lru_cache(maxsize=64)
def _pattern(languages: frozenset[str]) -> re.Pattern[str]:
    """Numbers, and the words of the languages, grouped by their first letter."""
    found = {form for form, word in words.MONTH_WORDS.items() if word.languages & languages} - {"may", "mai", "mar"}
    found |= {form for form, word in words.WEEKDAY_WORDS.items() if not word.short and word.languages & languages}
    found |= set(COMMON.split()) | {form for month in words.REPUBLICAN_MONTHS for form in (month, month.capitalize())}
    for language in languages:
        own = LANGUAGE_WORDS.get(language, "").split()
        found |= {form for word in own for form in (word, word.capitalize())}
    if "fr" in languages:
        found |= {"mai", "mars"}
    by_letter: dict[str, list[str]] = {}
    for form in sorted(found, key=lambda form: (-len(form), form)):
        by_letter.setdefault(form[0], []).append(re.escape(form[1:]))
    grouped = "|".join(
        f"{letter}(?:{'|'.join(rest)})" for letter, rest in sorted(by_letter.items()) if not letter.isdigit()
    )
    return re.compile(rf"\d+|{LED.pattern}|(?:{grouped})")
