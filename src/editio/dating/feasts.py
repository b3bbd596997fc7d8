"""Feasts that stand for days: “Christmas Day 1862”, “Michaelmas”, “Ostermontag 1799”, “à la Toussaint”."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from editio.dating.moments import Moment, Read
from editio.dating.parts import with_year
from editio.dating.phrases import TURNS
from editio.dating.tokens import Phrases, Tokens


@dataclass(frozen=True)
class Feast:
    """A feast of a language: month and day, or how many days behind Easter; ``sure`` if the words name one day."""

    language: str
    month: int
    day: int
    easter: int | None
    sure: bool


# Day of the year, or days behind Easter; behind “~” names that may mean the days around it; behind “?” words that are
# names, too.
TABLE = """
en 12-25: Christmas Day | Xmas Day | the Nativity ~ Christmas | Christmas-tide | Christmastide | Xmas
en 12-24: Christmas Eve
en 12-26: Boxing Day | St. Stephen's Day
en 01-01: New Year's Day | New Years Day | New Year's
en 12-31: New Year's Eve
en 01-06: Epiphany | Twelfth Day | Twelfth-day
en 01-05: Twelfth Night
en 02-02: Candlemas | Candlemas Day
en 03-25: Lady Day | Lady-day | Annunciation Day
en 06-24: St. John's Day | Saint John's Day | Midsummer Day | the feast of St. John
en 08-01: Lammas | Lammas Day
en 09-29: Michaelmas | Michaelmas Day
en 11-01: All Saints' Day | All Saints | All Hallows | Allhallows
en 11-02: All Souls' Day | All Souls
en 11-11: Martinmas | Martinmas Day
en 11-30: St. Andrew's Day
en +0: Easter Day | Easter Sunday ~ Easter
en -2: Good Friday
en -3: Maundy Thursday
en -7: Palm Sunday
en -46: Ash Wednesday
en -47: Shrove Tuesday
en +1: Easter Monday
en +2: Easter Tuesday
en +39: Ascension Day | Holy Thursday
en +49: Whit Sunday | Whit-Sunday | Whitsunday ~ Whitsun | Whitsuntide | Pentecost
en +50: Whit Monday | Whit-Monday
en +56: Trinity Sunday
en +60: Corpus Christi
de 12-25: erster Weihnachtstag | ersten Weihnachtstag | Christtag ~ Weihnachten | Weihnacht
de 12-24: Heiligabend | Heiliger Abend | Heiligen Abend | Weihnachtsabend | Christabend
de 12-26: zweiter Weihnachtstag | zweiten Weihnachtstag
de 01-01: Neujahr | Neujahrstag
de 12-31: Silvester | Sylvester | Silvesterabend
de 01-06: Dreikönigstag | Dreikönige | Heilige Drei Könige | Epiphanias
de 02-02: Lichtmeß | Lichtmess | Mariä Lichtmeß
de 03-25: Mariä Verkündigung
de 06-24: Johannistag | Johannis ? Johanni
de 08-15: Mariä Himmelfahrt
de 09-29: Michaelistag | Michaelitag ? Michaelis | Michaeli
de 11-01: Allerheiligen
de 11-02: Allerseelen
de 11-11: Martinstag ? Martini
de 12-06: Nikolaustag
de +0: Ostersonntag | Ostertag ~ Ostern
de -2: Karfreitag | Charfreitag
de -3: Gründonnerstag
de -7: Palmsonntag
de -46: Aschermittwoch
de -48: Rosenmontag
de +1: Ostermontag
de +39: Himmelfahrtstag | Christi Himmelfahrt | Himmelfahrt
de +49: Pfingstsonntag | Pfingsttag ~ Pfingsten
de +50: Pfingstmontag
de +60: Fronleichnam
fr 12-25: jour de Noël | la Noël ~ Noël
fr 12-24: veille de Noël
fr 01-01: jour de l'an | jour de l’an | Premier de l'an | Premier de l’an
fr 01-06: Épiphanie | jour des Rois
fr 02-02: Chandeleur
fr 03-25: Annonciation
fr 06-24: la Saint-Jean | la St-Jean | la St. Jean
fr 08-15: Assomption
fr 09-29: la Saint-Michel | la St-Michel | la St. Michel
fr 11-01: Toussaint
fr 11-02: jour des Morts
fr 11-11: la Saint-Martin | la St-Martin | la St. Martin
fr +0: jour de Pâques | dimanche de Pâques ~ Pâques
fr -2: Vendredi saint | Vendredi-Saint
fr -7: Rameaux
fr -46: mercredi des Cendres
fr -47: mardi gras
fr +1: lundi de Pâques
fr +39: Ascension
fr +49: dimanche de la Pentecôte ~ Pentecôte
fr +50: lundi de la Pentecôte | lundi de Pentecôte
fr +60: Fête-Dieu
"""
# Before what a feast without a year is one, by language.
PREPOSITIONS = frozenset(
    "on at since before until till after by about this last next of from between to and in"
    " zu an am vor nach bis seit um über auf von der den dem zwischen vergangene letzte nächste und"
    " à depuis avant après jusqu vers la le l pour dès et".split()
)
# What may follow it then in English, besides signs.
FOLLOWING = frozenset(
    "and or but I we We he He she She it It they They you You in at with to the The a last next of this was is were when "
    "by for from our my his her there here all".split()
)


def _feasts() -> Phrases[tuple[Feast, bool]]:
    """The feasts by their names, each with whether its name is one of persons, too."""
    found: dict[str, tuple[Feast, bool]] = {}
    for line in TABLE.strip().splitlines():
        when, _, names = line.partition(": ")
        language, number = when.split()
        easter = int(number) if number[0] in "+-" else None
        month, at = (4, 5) if easter is not None else (int(number[:2]), int(number[3:]))
        surely, _, doubtful = names.partition("?")
        sure, _, vague = surely.partition("~")
        for words, is_sure, is_name in ((sure, True, False), (vague, False, False), (doubtful, False, True)):
            feast = Feast(language, month, at, easter, is_sure)
            found |= {name.strip(): (feast, is_name) for name in words.split("|") if name.strip()}
    return Phrases(found | {name.replace("'", "’"): meant for name, meant in found.items() if "'" in name})


FEASTS = _feasts()
# First words of names that need no capital: “jour de l’an”.
SMALL = frozenset(re.findall(r"(?<=[:|~?] )[a-zà-ÿ]+", TABLE))
# The words by which a feast without a year is found, as they are written, by language.
WORDS = {
    "en": "Christmas Xmas Christmastide Easter Whitsun Whitsuntide Whitsunday Whit Pentecost Michaelmas Candlemas Lammas "
    "Martinmas Epiphany Lady Boxing Midsummer",
    "de": "Weihnachten Weihnacht Weihnachtstag Heiligabend Weihnachtsabend Christabend Neujahr Neujahrstag Silvester "
    "Sylvester Dreikönigstag Lichtmeß Lichtmess Johannistag Johannis Johanni Michaelistag Michaelis Michaeli Allerheiligen "
    "Allerseelen Martinstag Martini Nikolaustag Ostern Ostersonntag Ostermontag Karfreitag Charfreitag Gründonnerstag "
    "Palmsonntag Aschermittwoch Rosenmontag Himmelfahrt Himmelfahrtstag Pfingsten Pfingstsonntag Pfingstmontag Fronleichnam",
    "fr": "Noël Pâques Épiphanie Chandeleur Toussaint Assomption Pentecôte Rameaux Cendres Ascension",
}
PHRASES = {
    "en": "Good Friday|New Year's|New Year’s|Twelfth Night|Ash Wednesday|All Saints|All Souls|Palm Sunday|St. John's|St. John’s",
    "de": "Heiligen Abend",
    "fr": "jour de l'an|jour de l’an|Saint-Jean|Saint-Michel|Saint-Martin",
}


def feast(tokens: Tokens, index: int) -> Read:
    """A feast with its year, or with the word that says on which side of the document's date it lies; or alone."""
    turn = TURNS.at(tokens, index)
    at = turn[1] if turn else index
    read = FEASTS.at(tokens, at) if tokens[at].text[:1].isupper() or tokens[at].text in SMALL else None
    if read is None or not tokens.together(index, read[1] - 1):
        return None
    (found, is_name), behind = read
    if is_name and not _is_led(tokens, at):
        return None
    moment = Moment(month=found.month, day=found.day, languages=frozenset({found.language}), feast=True)
    moment = replace(moment, easter=found.easter, cert="high" if found.sure else "medium")
    if turn:
        return replace(moment, side=turn[0]), behind
    dated, end = with_year(tokens, moment, behind)
    if dated.open and not dated.side and not (_is_led(tokens, at) and _is_whole(tokens, behind, found.language)):
        return None
    return dated, end


def _is_led(tokens: Tokens, index: int) -> bool:
    return tokens[index - 1].low in PREPOSITIONS | {"'", "’"} and tokens.joined(index)


def _is_whole(tokens: Tokens, index: int, language: str) -> bool:
    """Whether the name of a feast ends before a token: in English a noun may follow, which makes it a tree or an island."""
    following = tokens[index].text
    if following[:1].isalnum():
        return following in FOLLOWING if language == "en" else following.islower()
    return following not in ("-", "‑")
