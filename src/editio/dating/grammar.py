"""How one moment is written: day, month and year in all orders, parts, seasons, centuries, days counted from another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from editio.dating import phrases
from editio.dating.antiquity import before_christ, century_before_christ
from editio.dating.feasts import FEASTS, feast
from editio.dating.moments import Moment, Read
from editio.dating.numeric import Order, numeric, roman_month
from editio.dating.othercalendars import regnal, republican, roman
from editio.dating.parts import COUNTED, day, join, month, year, year_behind
from editio.dating.reigns import roman_numeral
from editio.dating.resolve import HUNDREDS
from editio.dating.tokens import Token, Tokens
from editio.dating.words import DOUBTFUL, MONTH_WORDS, REPUBLICAN_MONTHS, WEEKDAY_WORDS

CARDINAL_DAYS = frozenset({"premier"})


def moment(tokens: Tokens, index: int, order: Order) -> Read:
    """The longest moment that begins at a token, and the index behind it."""
    if index in tokens.known:
        return tokens.known[index]
    best: Read = None
    for read in _readers(tokens[index]):
        found = read(tokens, index)
        if found and (best is None or found[1] > best[1]):
            best = found
    figures = numeric(tokens, index, order)
    if figures and (best is None or figures[1] > best[1]):
        best = figures
    read_whole = _styled(tokens, best) if best else None
    tokens.known[index] = read_whole
    return read_whole


def may_begin(token: Token) -> bool:
    """Whether a moment can begin with a token."""
    return token.number >= 0 or bool(_readers(token))


def _readers(token: Token) -> tuple[Reader, ...]:
    """The readers for moments that begin with a token."""
    if token.number >= 0:
        return YEAR_READERS if len(token.text) == 4 else NUMBER_READERS
    found = BY_WORD.get(token.low, ())
    if token.text in MONTH_WORDS:
        found += MONTH_READERS
    if token.text in WEEKDAY_WORDS:
        found += WEEKDAY_READERS
    if token.text[:1] in ("I", "V", "X", "Х"):
        found += (century, roman)
    return found


def _styled(tokens: Tokens, read: tuple[Moment, int]) -> tuple[Moment, int]:
    """The moment with the calendar that the words behind it name."""
    found, behind = read
    at = behind + 1 if tokens[behind].text == "," else behind
    style = phrases.OLD_STYLE.at(tokens, at) if tokens.joined(at) else None
    if style and found.month and found.day:
        return replace(found, style=style[0]), style[1]
    return read


def day_month(tokens: Tokens, index: int) -> Read:
    """“8 December 1959”, “the eighth of December”, “8. XII. 1959”, “le 8 décembre”, “8-го декабря 1959 г.”."""
    first = day(tokens, index)
    if first is None or not tokens.joined(first[1]):
        return None
    number, at = first
    linked = phrases.OF.at(tokens, at)
    named = month(tokens, at) or (month(tokens, linked[1]) if linked else None) or roman_month(tokens, at)
    if named is None:
        return _counted_month(tokens, number, at)
    word, behind = named
    later = year_behind(tokens, behind)
    if later is None:
        spelt = tokens[index].text[:1].isalpha() and linked is None and "en" in word.languages  # “a second March”
        numbered = tokens[behind].number >= 0 and tokens[behind].gap == " "  # “No. 17 of May 5”
        if spelt or numbered:
            return None
    return join(tokens, Moment(month=word.number, day=number, languages=word.languages), behind, later)


def _counted_month(tokens: Tokens, number: int, at: int) -> Read:
    """“14th ult.”, “5. d. M.”, “le 6 courant”."""
    if tokens[at].text == ",":
        at += 1
    linked = phrases.OF.at(tokens, at)
    for start in dict.fromkeys((at, linked[1] if linked else at)):
        counted = phrases.MONTHS.at(tokens, start)
        if counted and tokens.joined(start):
            return Moment(day=number, months=counted[0]), counted[1]
    return None


def month_day(tokens: Tokens, index: int) -> Read:
    """“December 8, 1959”, “December the 8th”, “Dec. 8th 1862”."""
    named = month(tokens, index)
    if named is None:
        return None
    word, at = named
    article = at + 1 if tokens[at].low == "the" else at
    first = day(tokens, article)
    if first is None or not tokens.joined(article) or tokens[article].low in CARDINAL_DAYS:
        return None
    number, behind = first
    if tokens[behind].text in (":",) or tokens[behind].low in COUNTED:
        return None
    if tokens[behind - 1].text == ".":  # “Dec. 8. 1862”, or the end of a sentence
        behind -= 1
        later = year(tokens, behind + 1)
    else:
        later = None
    found = Moment(month=word.number, day=number, languages=word.languages)
    later = later or year_behind(tokens, behind)
    if later is None and ("en" not in word.languages or _goes_on(tokens, behind)):
        return None
    return join(tokens, found, behind, later)


def _goes_on(tokens: Tokens, index: int) -> bool:
    """Whether figures follow a sign without space: “May 8.5”, “May 3,000”."""
    sign = tokens[index]
    return (
        sign.text in (".", ",") and tokens.tight(index) and tokens.tight(index + 1) and tokens[index + 1].text.isdigit()
    )


def month_alone(tokens: Tokens, index: int) -> Read:
    """“December 1959”, “December of that year”, “early December”, “im Dezember”."""
    turn = phrases.TURNS.at(tokens, index)
    part = None if turn else phrases.PARTS.at(tokens, index)
    at = turn[1] if turn else part[1] if part else index
    article = at + 1 if tokens[at].low in ("the", "des", "du", "de") else at
    named = month(tokens, article) or (month(tokens, at) if at != article else None)
    if named is None or not tokens.together(index, article):
        return None
    word, behind = named
    doubtful = tokens[article].low in DOUBTFUL or word.short
    found = Moment(month=word.number, languages=word.languages, doubtful=doubtful, part=part[0] if part else "")
    if turn:
        return replace(found, side=turn[0], doubtful=False), behind
    later = year_behind(tokens, behind)
    if later and later[0].short and tokens[later[1] - 2].text not in ("'", "’", "‘"):
        later = None
    if later is None and not part and behind < len(tokens) and tokens[behind].number >= 0 and tokens[behind].gap:
        return None
    return join(tokens, found, behind, later)


def with_weekday(tokens: Tokens, index: int) -> Read:
    """“Tuesday, December 8, 1959”, “Dienstag, den 8. Dezember”, “mardi 8 décembre”."""
    weekday = WEEKDAY_WORDS.get(tokens[index].text)
    if weekday is None:
        return None
    at = index + 1
    while tokens[at].text in (",", ".", "(") or tokens[at].low in ("the", "den", "dem", "le"):
        at += 1
    found = day_month(tokens, at) or month_day(tokens, at) or _numbered_day(tokens, at)
    if found is None or not tokens.together(index, at):
        return None
    return replace(found[0], weekday=weekday.number), found[1]


def _numbered_day(tokens: Tokens, index: int) -> Read:
    """“the 13th” behind a weekday: of the document's month, or of the month next to it that has this weekday on that day."""
    first = day(tokens, index)
    if first is None or tokens[index].number < 0 or tokens[index + 1].low not in phrases.ORDINALS:
        return None
    return Moment(day=first[0]), index + 2


def weekday_alone(tokens: Tokens, index: int) -> Read:
    """“last Tuesday”, “on Tuesday last”, “am letzten Dienstag”, “mardi dernier”; alone only behind a preposition."""
    turn = phrases.TURNS.at(tokens, index)
    at = turn[1] if turn else index
    weekday = WEEKDAY_WORDS.get(tokens[at].text)
    if weekday is None or weekday.short or not tokens.together(index, at):
        return None
    behind = at + 1
    if turn is None:
        later = phrases.TURNS.at(tokens, behind)
        if later and tokens.joined(behind):
            turn, behind = (later[0], later[1]), later[1]
    if turn is None and phrases.ON.before(tokens, index) is None:
        return None
    return Moment(weekday=weekday.number, turn=turn[0] if turn else 0, languages=weekday.languages), behind


def year_alone(tokens: Tokens, index: int) -> Read:
    """A year, or a part of one: “1959”, “early 1959”, “Anfang 1959”, “the end of the year 1959”."""
    part = phrases.PARTS.at(tokens, index)
    at = part[1] if part else index
    article = at + 1 if part and tokens[at].low in ("the", "des") else at
    found = year(tokens, article) or (year(tokens, at) if article != at else None)
    if found is None or not tokens.together(index, article):
        return None
    if found[0].style == "double":
        at = article if found[0].year - 1 == tokens[article].number else at
        if tokens[at + 1].text == "/":
            return None
        found = Moment(year=found[0].year - 1), at + 1  # “1775–1776” are two
    return replace(found[0], part=part[0] if part else "", bare=not part and found[0].year > 0), found[1]


def season(tokens: Tokens, index: int) -> Read:
    """“spring of 1960”, “Winter 1941/42”, “l’été de 1812”, “осенью 1917 г.”."""
    part = phrases.PARTS.at(tokens, index)
    at = part[1] if part else index
    named = phrases.SEASONS.at(tokens, at)
    if named is None:
        return None
    behind = named[1]
    for start in (behind, behind + 1, behind + 2):
        linked = all(
            tokens[between].low
            in ("of", "the", "de", "des", "jahres", "l", "'", "’", "an", ",", "in", "del", "von", "du")
            for between in range(behind, start)
        )
        found = year(tokens, start) if linked and tokens.joined(start) else None
        if found:
            given = found[0]
            double = given.style == "double"
            first = given.year - 1 if double else 0
            return Moment(
                year=0 if double else given.year,
                years=given.years,
                season=named[0],
                part=part[0] if part else "",
                first=first,
                last=given.year if double else 0,
            ), found[1]
    return None


def century(tokens: Tokens, index: int) -> Read:
    """“early 19th century”, “2. Hälfte des 18. Jahrhunderts”, “XVIIIe siècle”, “конец XIX века”."""
    part = phrases.PARTS.at(tokens, index)
    at = part[1] if part else index
    if tokens[at].low in ("the", "des", "du", "le"):
        at += 1
    number, behind = _ordinal(tokens, at)
    if not 1 <= number <= 21 or not tokens.joined(behind):
        return None
    if tokens[behind].text in ("-", "‑"):
        behind += 1
    if tokens[behind].low not in phrases.CENTURY or (
        tokens[behind].low in ("в", "c", "cent", "jh") and tokens[behind + 1].text != "."
    ):
        return None
    end = behind + 1
    if (
        tokens[end].text == "."
        and tokens.tight(end)
        and tokens[behind].low in ("в", "jh", "jhs", "cent", "jhdt", "jhd", "jahrh")
    ):
        end += 1
    first = (number - 1) * 100 + 1
    before = century_before_christ(number, tokens, end)
    if before:
        return _in_antiquity(before[0], part[0] if part else ""), before[1]
    return Moment(first=first, last=first + 99, century=True, part=part[0] if part else ""), end


def _in_antiquity(first: int, part: str) -> Moment:
    """A century before Christ, or a part of it; it begins with a year below zero."""
    low, high = HUNDREDS.get(part, (0, 99))
    last = min(first + high, -1)  # XML Schema 1.0 knows no year 0
    return Moment(fixed=(f"-{-first - low:04}", f"-{-last:04}"), rule="date-uncertain")


def _ordinal(tokens: Tokens, index: int) -> tuple[int, int]:
    """A number as centuries have it: “19th”, “19.”, “nineteenth”, “XIXe”, “XIX”."""
    token = tokens[index]
    for length in (3, 1):
        word = "".join(tokens[index + n].low for n in range(length))
        if word in phrases.CENTURY_WORDS:
            return phrases.CENTURY_WORDS[word], index + length
    if 1 <= token.number <= 21:
        behind = index + 1
        if tokens.tight(behind) and (tokens[behind].low in phrases.ORDINALS or tokens[behind].text == "."):
            return token.number, behind + 1
        if tokens[behind].text == "-" and tokens[behind + 1].low in ("й", "го", "м", "ый"):
            return token.number, behind + 2
        return 0, index
    letters = token.text.rstrip("emè")
    if letters and letters == letters.upper() and set(letters) <= set("IVX"):
        behind = (
            index + 2 if tokens[index + 1].low in ("e", "ème", "th", "º") and tokens.tight(index + 1) else index + 1
        )
        return roman_numeral(letters), behind
    # Cyrillic keyboards write Х for X
    cyrillic = token.text.replace("Х", "X").replace("І", "I")
    return (roman_numeral(cyrillic), index + 1) if set(cyrillic) <= set("IVX") and cyrillic else (0, index)


def decade(tokens: Tokens, index: int) -> Read:
    """“the 1950s”, “1950er Jahre”, “1950-е годы”, “the fifties”, “die 20er Jahre”."""
    part = phrases.PARTS.at(tokens, index)
    at = part[1] if part else index
    if tokens[at].low in ("the", "der", "die", "den", "des", "les"):
        at += 1
    label = part[0] if part else ""
    number = tokens[at].number
    if len(tokens[at].text) == 4 and 1000 <= number <= 2090 and number % 10 == 0:
        tail = phrases.DECADE_TAIL.at(tokens, at + 1)
        if tail and (tokens.tight(at + 1) or tokens[at + 1].low.startswith("er")):
            return Moment(first=number, last=number + 9, part=label), tail[1]
        return None
    named = phrases.DECADES.at(tokens, at)
    if named and (part or tokens[at - 1].low in ("the", "der", "die", "den", "des", "les", "в", "early", "late")):
        return Moment(first=named[0], last=named[0] + 9, short=True, part=label), named[1]
    return None


def counted(tokens: Tokens, index: int) -> Read:
    """“yesterday”, “heute”, “avant-hier”, “last week”, “the same day”."""
    found = phrases.DAYS.at(tokens, index)
    if found:
        days, cert, language = found[0]
        if tokens[index - 1].low in ("of", "von", "d", "d'") or tokens[found[1]].text in ("'", "’"):
            return None
        if cert == "low" and tokens[found[1]].text not in (".", ",", ";", ":", ")"):  # “today” is more often the age
            return None
        return Moment(days=days, cert=cert, languages=frozenset({language})), found[1]
    unit = phrases.UNITS.at(tokens, index)
    if unit:
        name, count, language = unit[0]
        return Moment(unit=name, days=count, cert="medium", languages=frozenset({language})), unit[1]
    same = phrases.SAME_DAY.at(tokens, index)
    return (Moment(same=True, cert="low"), same[1]) if same else None


Reader = Callable[[Tokens, int], Read]
NUMBER_READERS: tuple[Reader, ...] = (
    day_month,
    month_day,
    month_alone,
    century,
    decade,
    republican,
    roman,
    regnal,
    before_christ,
)
YEAR_READERS: tuple[Reader, ...] = (decade, year_alone, before_christ)
MONTH_READERS: tuple[Reader, ...] = (month_day, month_alone, before_christ)
WEEKDAY_READERS: tuple[Reader, ...] = (with_weekday, weekday_alone)
_LED: tuple[tuple[Iterable[str], tuple[Reader, ...]], ...] = (
    (phrases.PARTS.firsts(), (month_alone, year_alone, season, century, decade)),
    (phrases.DAY_WORDS.firsts(), (day_month, regnal)),
    (phrases.SEASONS.firsts(), (season,)),
    (phrases.TURNS.firsts(), (weekday_alone, month_alone, feast)),
    (FEASTS.firsts(), (feast,)),
    (phrases.DAYS.firsts(), (counted,)),
    (phrases.UNITS.firsts(), (counted,)),
    (phrases.SAME_DAY.firsts(), (counted,)),
    (phrases.DECADES.firsts(), (decade,)),
    (phrases.YEAR_HEAD.firsts(), (year_alone, regnal)),
    (phrases.YEARS.firsts(), (year_alone,)),
    (phrases.KALENDS.firsts(), (roman,)),
    (("a", "ante", "pridie", "prid"), (roman,)),
    ((word.partition("-")[0] for word in phrases.CENTURY_WORDS), (century,)),
    (REPUBLICAN_MONTHS, (republican,)),
    (("premier", "jour"), (republican,)),
    (("the", "les", "der", "die", "den"), (century, decade)),
)
BY_WORD: dict[str, tuple[Reader, ...]] = {}
for _words, _reads in _LED:
    for _word in _words:
        BY_WORD[_word] = tuple(dict.fromkeys(BY_WORD.get(_word, ()) + _reads))
