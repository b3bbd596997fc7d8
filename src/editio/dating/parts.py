"""The parts of which a moment is written: day, month, year, and how a year joins what stands before it."""

from __future__ import annotations

from dataclasses import replace

from editio.dating import phrases
from editio.dating.moments import Moment, Read
from editio.dating.tokens import Phrases, Tokens
from editio.dating.words import MONTH_WORDS, Word

BEFORE_CHRIST = Phrases(dict.fromkeys(("B.C.", "BC", "B. C.", "v. Chr.", "av. J.-C.", "до н. э.", "BCE"), 0))
# What makes a number before it a count, not a day or year.
COUNTED = frozenset(
    "men women people persons horse foot feet miles pages copies cases soldiers troops tons dollars pounds rubles roubles "
    "francs marks mark percent per cent km m kg yards acres votes inhabitants souls children prisoners head guns ships "
    "sail families officers cavalry infantry mann soldaten seiten personen stück hommes francs livres pieds pages "
    "человек рублей верст пудов тонн штук km² metres meters hours minutes days weeks months years times".split()
)


def day(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """The number of a day with its ordinal ending, or in words; and the index behind it."""
    number = tokens[index].number
    if not 1 <= number <= 31 or len(tokens[index].text) > 2:
        return phrases.DAY_WORDS.at(tokens, index)
    behind = index + 1
    if tokens[behind].text in ("-", "‑") and tokens[behind + 1].low in ("го", "ое", "е") and tokens.tight(behind):
        return number, behind + 2
    if tokens[behind].low in phrases.ORDINALS and tokens.tight(behind):
        return number, behind + (2 if tokens[behind + 1].text == "." and tokens[behind].low != "d" else 1)
    if tokens[behind].text == "." and tokens.tight(behind):
        return number, behind + 1
    return number, behind


def month(tokens: Tokens, index: int) -> tuple[Word, int] | None:
    """A month by its name, and the index behind it and the full stop of an abbreviation."""
    token = tokens[index]
    found = MONTH_WORDS.get(token.text)
    behind = index + 1
    if found is None and tokens.tight(behind) and token.number in (7, 8, 9, 10):
        found = MONTH_WORDS.get(token.text + tokens[behind].text)
        behind += 1
    if found is None:
        return None
    dotted = tokens[behind].text == "." and tokens.tight(behind) and found.short
    return found, behind + 1 if dotted else behind


def year(tokens: Tokens, index: int) -> Read:
    """A year in figures, single or double, or one counted from the document's own."""
    relative = phrases.YEARS.at(tokens, index)
    if relative:
        return Moment(years=relative[0]), relative[1]
    head = phrases.YEAR_HEAD.at(tokens, index)
    at = head[1] if head else index
    number, text = tokens[at].number, tokens[at].text
    if not (1000 <= number <= 2099 and len(text) == 4) or _is_part_of_number(tokens, at):
        return None
    behind = at + 1
    double = _double(tokens, at)
    tail = phrases.YEAR_TAIL.at(tokens, double[1] if double else behind)
    if BEFORE_CHRIST.at(tokens, behind) and tokens.joined(behind):
        return None
    if double:
        return Moment(year=double[0], style="double"), tail[1] if tail else double[1]
    return Moment(year=number), tail[1] if tail else behind


def _double(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """The second of two years that follow each other, as January 1648/9 was written before 1752."""
    number, sign, second = tokens[index].number, tokens[index + 1], tokens[index + 2]
    if sign.text not in ("/", "-", "–") or not tokens.tight(index + 1) or not tokens.tight(index + 2):
        return None
    following = str(number + 1)
    written = second.text
    if written and len(written) in (1, 2, 4) and following.endswith(written):
        return number + 1, index + 3
    return None


def _is_part_of_number(tokens: Tokens, index: int) -> bool:
    before, behind = tokens[index - 1], tokens[index + 1]
    if before.text in ("$", "£", "€", "#", "№") or (
        before.text in ("/", ".") and tokens.tight(index) and tokens[index - 2].text.isdigit()
    ):
        return True
    if behind.text in ("%", "°", "$", "£"):
        return True
    if behind.text in (".", ",", ":") and tokens.tight(index + 1):
        return tokens[index + 2].text.isdigit() and tokens.tight(index + 2)
    return (
        bool(behind.text)
        and tokens.tight(index + 1)
        and behind.text[0].isalpha()
        and behind.low not in ("г", "s", "er", "r", "гг", "th")
    )


def year_behind(tokens: Tokens, index: int) -> Read:
    """A year behind day and month: after a comma or full stop, after “of”, “de”, “des Jahres”, or in two figures."""
    if not tokens.joined(index):
        return None
    at = index + 1 if tokens[index].text in (",", ".") and tokens[index].gap == "" else index
    linked = phrases.OF.at(tokens, at)
    for start in dict.fromkeys((at, linked[1] if linked else at)):
        found = year(tokens, start)
        if found and tokens.joined(start):
            return found
    return _short_year(tokens, at)


def _short_year(tokens: Tokens, index: int) -> Read:
    """“’59”, or “59” in a letter that says “8 Dec 59”."""
    marked = tokens[index].text in ("'", "’", "‘")
    at = index + 1 if marked else index
    number = tokens[at].number
    if len(tokens[at].text) != 2 or number < 0 or _is_part_of_number(tokens, at) or not tokens.joined(at):
        return None
    if not marked and (
        tokens[at - 1].text == "," or tokens[at + 1].low in COUNTED or tokens[at + 1].text in (":", "-", "–", "/")
    ):
        return None
    if not marked and not (number > 31 and tokens[at - 1].low not in ("of", "de")):
        return None
    return Moment(year=number, short=True), at + 1


def join(tokens: Tokens, found: Moment, behind: int, later: Read) -> tuple[Moment, int]:
    """A day or month with the year behind it, or with the word that says on which side of the document it lies."""
    if later is None:
        side = phrases.TURNS.at(tokens, behind)
        return (replace(found, side=side[0]), side[1]) if side else (found, behind)
    other, end = later
    style = ""
    if other.style == "double":
        style = "julian" if found.month <= 3 and other.year <= 1752 else ""
    return replace(found, year=other.year, years=other.years, short=other.short, style=style), end


def with_year(tokens: Tokens, found: Moment, index: int) -> tuple[Moment, int]:
    """A day and month with the year behind it, if there is one."""
    return join(tokens, found, index, year_behind(tokens, index))


def is_count(tokens: Tokens, index: int) -> bool:
    """Whether the word at a token says that the number before it counts something: “1700 men”."""
    word = tokens[index]
    return word.low in COUNTED and word.gap == " "
