"""Where in a text a date may be: at figures, and at the few words of its languages that dates have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from editio.dating import feasts, words
from editio.dating.reigns import FORMS

# How many tokens a date may have before the word by which it is found.
REACH, FAR_REACH = 9, 16
FIGURES = re.compile(r"\.?[\s\xa0]?(?:[./-][\s\xa0]?\d|[IVX]{1,4}\.)|[.-][IVX]{1,4}[.-]")
HOUR = re.compile(
    r"(?:[:.h]\d\d)?[\s\xa0]?(?:[apAP]\.?[\s\xa0]?[mM]\b|o['’]clock|(?:Uhr|heures?|hours|hrs)\b|час|in the (?:m|a|e))"
    r"|[-–]\d\d?(?:[:.]\d\d)? ?[ap]\.?m"
)
ERA = re.compile(r"[\s\xa0](?:B\. ?C\b|BCE?\b|v\. ?Chr|av\. ?J|до н)")
NUMBERED = re.compile(r"[VIX]*(?:bre|ber|bris|br)\b")
MONARCHS = sorted({form.capitalize() for forms in FORMS.values() for form in forms.split() if len(form) > 2})
# Words that dates without figures have, by language; those of “” in any.
COMMON = (
    "complémentaire complementaire reign regni inst ult ulto ultimo prox proximo instant eodem "
    "XIV XV XVI XVII XVIII XIX XX XXI ХVI ХVII ХVIII ХIХ ХХ"
)
LANGUAGE_WORDS = {
    "en": "yesterday today to-day tonight to-night tomorrow to-morrow century centuries noon twenties "
    "thirties forties fifties sixties "
    "seventies eighties nineties",
    "de": "gestern heute vorgestern übermorgen Jahrhundert Jahrhunderts Jh Jhs Jhdt Jahre Jahren mittags M "
    "Mts Monats curt",
    "fr": "hier demain aujourd siècle siècles années midi courant",
    "ru": "вчера сегодня завтра позавчера послезавтра века век веке веков годы годов гг полдень месяца",
    "la": "Kal Kalendas Kalendis Non Nonas Nonis Id Idus Idibus Cal Calendas",
}
# Phrases that stand for dates though their words alone do not.
LANGUAGE_PHRASES = {
    "en": "this year|last year|next year|this month|last month|next month|this week|last week|next week|the"
    " same day|same day|same date",
    "de": "vorige Woche|letzte Woche|nächste Woche|voriges Jahr|nächstes Jahr|dieses Jahres|vorigen "
    "Jahres|selben Tage|selben Tag",
    "fr": "semaine dernière|semaine prochaine|mois dernier|mois prochain|année dernière|année prochaine|an "
    "dernier|même jour|cette année|ce mois",
    "ru": "прошлом году|этом году|будущем году|прошлом месяце|прошлой неделе|будущей неделе|тот же "
    "день|того же дня|этого года|сего года|"
    "прошлого года|сего месяца",
}


def places(text: str, languages: frozenset[str]) -> Iterator[tuple[int, int, int]]:
    """The offsets of a word or number that dates have, in order, and how many tokens before it one may begin."""
    for match in _pattern(languages).finditer(text):
        start, end = match.span()
        word = match[0]
        if word[0].isdigit():
            if _is_figure(text, word, start, end):
                yield start, end, REACH
        elif _is_whole(text, start, end):
            yield start, end, FAR_REACH if word in ("reign", "regni") else REACH


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalpha()) and not text[end : end + 1].isalpha()


def _is_figure(text: str, word: str, start: int, end: int) -> bool:
    if text[end : end + 1] in (" ", "\n", "\xa0") and ERA.match(text, end):
        return True
    if len(word) == 4:
        return "1000" <= word <= "2099" or text[end : end + 1] == "Z" or text[end : end + 6] == " hours"
    return len(word) < 3 and _is_day_or_hour(text, start, end)


def _is_day_or_hour(text: str, start: int, end: int) -> bool:
    following = text[end : end + 1]
    if following.isalpha():
        return NUMBERED.match(text, end) is not None or HOUR.match(text, end) is not None
    if following in (".", "/", "-"):
        if text[start - 1 : start] in (".", "/", "-") and text[start - 2 : start - 1].isdigit():
            return False  # it goes on from the left
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
        own = LANGUAGE_WORDS.get(language, "").split() + LANGUAGE_PHRASES.get(language, "").split("|")
        own += feasts.WORDS.get(language, "").split() + feasts.PHRASES.get(language, "").split("|")
        own = [word for word in own if word]
        found |= {form for word in own for form in (word, word[:1].upper() + word[1:])}
    if "fr" in languages:
        found |= {"mai", "mars"}
    return re.compile(_starting_with_a_set({form for form in found if not form[0].isdigit()}))


def _starting_with_a_set(forms: Iterable[str]) -> str:
    """A pattern of numbers and of words at their beginning, the longest first, that is quick at passing over all others.

    It takes any first letter, then goes by the second one, and only then looks back at the first.
    """
    by_second: dict[str, dict[str, list[str]]] = {}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        by_second.setdefault(form[1:2], {}).setdefault(form[:2], []).append(re.escape(form[2:]))
    words = "|".join(
        f"{re.escape(second)}(?:{_behind_each(starts)})" for second, starts in sorted(by_second.items(), reverse=True)
    )
    firsts = "".join(sorted({re.escape(form[0]) for form in forms}))
    return rf"[\d{firsts}](?:(?<![^\W\d_](?s:.))(?:{words})|(?<=\d)\d*)"


def _behind_each(starts: Mapping[str, Iterable[str]]) -> str:
    """Alternatives of two letters that have been read, and what may follow them."""
    return "|".join(f"(?<={re.escape(two)})(?:{'|'.join(rests)})" for two, rests in sorted(starts.items()))
