"""Tables of phrases around dates, by what they mean; all languages together, as few of them are words of two.

A line is ``meaning: phrase | phrase …``; where all phrases mean one thing, the phrases only.
"""

from __future__ import annotations

from editio.dating.tokens import Phrases
from editio.dating.words import day_words


def _named(table: str) -> Phrases[str]:
    """Phrases that mean a word."""
    lines: list[tuple[str, str]] = []
    for line in table.strip().splitlines():
        name, colon, rest = line.strip().partition(": ")
        if colon:
            lines.append((name, rest))
        else:  # the line before goes on
            lines[-1] = (lines[-1][0], f"{lines[-1][1]} {line.strip()}")
    return Phrases({phrase.strip(): name for name, rest in lines for phrase in rest.split("|")})


def _numbers(table: str) -> Phrases[int]:
    """Phrases that mean a number."""
    return _named(table).mapped(int)


def _days(table: str) -> Phrases[tuple[int, str, str]]:
    """Phrases that mean a number of days, how sure it is, and a language."""
    return _named(table).mapped(lambda words: (int(words.split()[0]), words.split()[1], words.split()[2]))


def _units(table: str) -> Phrases[tuple[str, int, str]]:
    """Phrases that mean a unit of time, how many of them, and a language."""
    return _named(table).mapped(lambda words: (words.split()[0], int(words.split()[1]), words.split()[2]))


def _plain(table: str) -> Phrases[int]:
    """Phrases that mean one thing."""
    return _numbers("0: " + table.strip())


DAY_WORDS = Phrases(day_words())
ORDINALS = frozenset("st nd rd th d er re ère e ten te ste го ое е ья м er о º ª".split())
# Between day and month, month and year.
OF = _plain(
    """
    of | de | del | di | d’ | d' | des | du | van | of the month of | day of | of the | do
    """
)
YEAR_TAIL = _plain(
    """
    г. | г | года | году | год | гг. | r. | roku | A.D. | AD | n. Chr. | CE
    """
)
YEAR_HEAD = _plain(
    """
    the year | the year of our Lord | anno | anno Domini | A.D. | AD | a. | in the year | im Jahre | im Jahr |
        l'an | l’an | l'année | l’année | dem Jahre | des Jahres | Jahres | the years | den Jahren | les années | ao. | Aº
        | Anno | in the years | les ans
    """
)
# Years counted from the document's own.
YEARS = _numbers(
    """
    0: this year | the current year | the present year | of the current year | of this year | inst. year | dieses
        Jahres | d. J. | d. Js. | dieses Jahrs | l. J. | laufenden Jahres | des laufenden Jahres | ds. Js. | de
        cette année | cette année | de l’année courante | de l'année courante | de la présente année | этого года
        | сего года | с.г. | с. г. | текущего года | т.г. | нынешнего года | s.g.
    -1: last year | of last year | of the past year | the year before | vorigen Jahres | v. J. | des vorigen
        Jahres | letzten Jahres | vergangenen Jahres | de l’année dernière | de l'année dernière | de l’an dernier
        | de l'an dernier | dernier an | de l’année passée | прошлого года | минувшего года
    1: next year | of next year | of the coming year | nächsten Jahres | n. J. | kommenden Jahres | künftigen
        Jahres | de l’année prochaine | de l'année prochaine | de l’an prochain | de l'an prochain | будущего года
        | следующего года
    """
)
# Months counted from the document's own.
MONTHS = _numbers(
    """
    0: inst. | inst | instant | this month | of this month | of the present month | current | curt. | of the
        current month | d. M. | d. Mts. | dieses Monats | dieses | ds. Mts. | l. M. | laufenden Monats | curr. |
        huius | hujus | courant | du courant | de ce mois | du mois courant | сего месяца | этого месяца | с.м. |
        текущего месяца
    -1: ult. | ult | ulto. | ultimo | last month | of last month | v. M. | v. Mts. | vorigen Monats | letzten
        Monats | du mois dernier | du mois passé | du passé | прошлого месяца | минувшего месяца | of the last
        month
    1: prox. | prox | proximo | next month | of next month | n. M. | nächsten Monats | kommenden Monats | du mois
        prochain | будущего месяца | следующего месяца
    """
)
# Parts of a month, year, decade or century.
PARTS = _named(
    """
    early: beginning of | start of | early | early in | early part of | Anfang | anfangs | zu Anfang | Anfang des
        | Beginn | Beginn des | zu Beginn des | début | début de | début du | commencement de | commencement du |
        premiers jours de | начало | начала | начале | beginning | start | first days of | opening of | principio
        di | inizio | inizio del | principios de | początek | frühes | frühen | opening days of
    middle: middle of | mid | mid- | mid - | Mitte | Mitte des | mi | mi- | milieu de | milieu du | середина |
        середины | середине | middle | metà di | mediados de | medio
    late: end of | late | late in | close of | latter part of | Ende | Ende des | zu Ende | gegen Ende | fin | fin
        de | fin du | конец | конца | конце | last days of | end | ultimi di | fine | finales de | fine del |
        spätes | späten | derniers jours de | closing days of
    half1: first half of | erste Hälfte | 1. Hälfte | erste Hälfte des | 1. Hälfte des | ersten Hälfte des |
        ersten Hälfte | première moitié de | première moitié du | первая половина | первой половины | первой
        половине | 1-я половина
    half2: second half of | latter half of | zweite Hälfte | 2. Hälfte | zweite Hälfte des | 2. Hälfte des |
        zweiten Hälfte des | zweiten Hälfte | seconde moitié du | seconde moitié de | deuxième moitié du |
        deuxième moitié de | вторая половина | второй половины | второй половине | 2-я половина
    third1: first third of | erstes Drittel des | ersten Drittel des | 1. Drittel des | première tiers du
    third2: second third of | zweites Drittel des | zweiten Drittel des | 2. Drittel des
    third3: last third of | letztes Drittel des | letzten Drittel des | dernier tiers du
    quarter1: first quarter of | erstes Viertel des | 1. Viertel des | premier quart du | первая четверть | первой
        четверти
    quarter2: second quarter of | zweites Viertel des | 2. Viertel des | deuxième quart du | вторая четверть |
        второй четверти
    quarter3: third quarter of | drittes Viertel des | 3. Viertel des | troisième quart du | третья четверть |
        третьей четверти
    quarter4: last quarter of | fourth quarter of | letztes Viertel des | 4. Viertel des | dernier quart du |
        последняя четверть | последней четверти
    """
)
SEASONS = _numbers(
    """
    1: spring | Frühling | Frühjahr | printemps | весна | весной | весну | весны | primavera | voorjaar
    2: summer | Sommer | Sommers | été | лето | летом | лета | estate | verano | zomer
    3: autumn | fall | Herbst | Herbstes | automne | осень | осенью | осени | autunno | otoño | herfst
    4: winter | Winter | Winters | hiver | зима | зимой | зиму | зимы | inverno | invierno
    """
)
BEFORE = _named(
    """
    before: before | prior to | earlier than | not later than | no later than | vor | vor dem | spätestens | avant
        | avant le | до | ранее | раньше | prima del | antes de | not after | ante | przed | voor
    after: after | later than | not before | not earlier than | no earlier than | nach | nach dem | frühestens |
        après | après le | после | позже | dopo il | dopo | después de | post | po
    until: until | till | up to | bis | bis zum | bis zu | jusqu’au | jusqu'au | jusqu’en | jusqu'en | jusqu’à |
        jusqu'à | по | fino al | hasta
    since: since | seit | seit dem | depuis | depuis le | dès | dès le | ab dem | à partir du | à partir de | с |
        со | начиная с | desde
    by: by | by the | bis spätestens | к
    """
)
ABOUT = _plain(
    """
    circa | ca. | c. | ca | cca. | about | around | approximately | on or about | on or about the | um | gegen |
        etwa | ungefähr | um den | vers | vers le | environ | около | примерно | приблизительно | verso il | hacia
        | circiter | vers la
    """
)
BETWEEN = _named(
    """
    between: between | between the | zwischen | zwischen dem | entre | entre le | между | tra il | fra il
    span: from | from the | during | vom | von | du | depuis le | de | с | со | dal | del | from on | ab |
        zwischen den Jahren
    """
)
# What joins the two ends of a range.
JOINTS = _named(
    """
    to: - | – | — | to | to the | until | till | through | bis | bis zum | bis zu | au | à | jusqu’au | jusqu'au |
        по | до | al | hasta | a | --
    and: and | and the | und | und dem | et | et le | и | & | e | y
    or: or | or in | or the | or the end of | oder | oder im | oder in | ou | ou en | или | или в | o
    slash: /
    """
)
# Days counted from the document's own, with how sure the counting is.
DAYS = _days(
    """
    -2 medium en: the day before yesterday
    -1 medium en: yesterday
    0 low en: today
    0 medium en: to-day | this day | tonight | to-night
    1 medium en: tomorrow | to-morrow
    2 medium en: the day after tomorrow
    -2 medium de: vorgestern
    -1 medium de: gestern
    0 low de: heute
    2 medium de: übermorgen
    -2 medium fr: avant-hier
    -1 medium fr: hier
    0 low fr: aujourd’hui | aujourd'hui
    1 medium fr: demain
    2 medium fr: après-demain
    -2 medium ru: позавчера
    -1 medium ru: вчера
    0 low ru: сегодня
    1 medium ru: завтра
    2 medium ru: послезавтра
    """
)
# Whole weeks, months and years counted from the document's own.
UNITS = _units(
    """
    week -1 en: last week
    week 0 en: this week
    week 1 en: next week
    month -1 en: last month
    month 0 en: this month
    month 1 en: next month
    year -1 en: last year
    year 0 en: this year
    year 1 en: next year
    week -1 de: vorige Woche | letzte Woche
    week 1 de: nächste Woche
    year -1 de: voriges Jahr | voriges Jahres
    year 1 de: nächstes Jahr
    week -1 fr: la semaine dernière
    week 1 fr: la semaine prochaine
    month -1 fr: le mois dernier
    year -1 fr: l’année dernière | l'année dernière | l’an dernier | l'an dernier
    year 1 fr: l’année prochaine | l'année prochaine
    year -1 ru: в прошлом году
    year 0 ru: в этом году
    year 1 ru: в будущем году
    month -1 ru: в прошлом месяце
    week -1 ru: на прошлой неделе
    week 1 ru: на будущей неделе
    """
)
SAME_DAY = _plain(
    """
    same day | the same day | the same date | am selben Tage | am selben Tag | desselben Tages | le même jour |
        того же дня | в тот же день | eodem die | eodem
    """
)
# Which way a weekday lies from the document's day: before or behind it.
TURNS = _numbers(
    """
    -1: last | past | letzten | vorigen | vergangenen | letzter | dernier | passé | прошлый | прошлую | прошлое |
        ultimo
    1: next | nächsten | kommenden | künftigen | prochain | будущий | будущую | следующий | следующую | this
        coming
    """
)
ON = _plain(
    """
    on | since | until | till | am | bis | seit | в | во | by
    """
)
OLD_STYLE = _named(
    """
    julian: (O.S.) | O.S. | [O.S.] | (OS) | Old Style | (Old Style) | old style | alten Stils | alten Styls | a.
        St. | (a. St.) | a. S. | (alten Stils) | vieux style | (vieux style) | v. st. | (v. st.) | V. S. | ст. ст.
        | (ст. ст.) | ст. стиля | старого стиля | по старому стилю | (по старому стилю) | по ст. ст. | st. st. |
        (st. st.) | stili veteris | st. vet. | stilo veteri | stylo veteri | stil. vet.
    gregorian: (N.S.) | N.S. | [N.S.] | New Style | (New Style) | neuen Stils | neuen Styls | n. St. | (n. St.) |
        (neuen Stils) | nouveau style | (nouveau style) | н. ст. | (н. ст.) | нового стиля | по новому стилю | (по
        новому стилю) | n. st. | stilo novo | stili novi | st. n.
    """
)
CENTURY = frozenset(
    "century centuries cent cent. jahrhundert jahrhunderts jhs jh jhdt jhd jahrh siècle siècles век века веке веку в".split()
)
CENTURY_WORDS = {
    **{
        word: n
        for n, word in enumerate(
            "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
            11,
        )
    },
    "twenty-first": 21,
    **{
        stem + end: n
        for n, stem in enumerate(
            "elft zwölft dreizehnt vierzehnt fünfzehnt sechzehnt siebzehnt achtzehnt neunzehnt zwanzigst".split(), 11
        )
        for end in ("es", "en", "er", "e")
    },
    **{
        word: n
        for n, word in enumerate(
            "onzième douzième treizième quatorzième quinzième seizième dix-septième dix-huitième dix-neuvième vingtième".split(),
            11,
        )
    },
    **{
        stem + end: n
        for n, stem in enumerate(
            "одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат".split(),
            11,
        )
        for end in ("ый", "ого", "ом")
    },
}
DECADES = _numbers(
    """
    20: twenties | zwanziger Jahre | 20er Jahre | zwanziger Jahren | 20er Jahren | années vingt | двадцатые годы |
        20-е годы | 20-х годов | 20-х гг. | 20-е гг.
    30: thirties | dreißiger Jahre | 30er Jahre | dreißiger Jahren | 30er Jahren | années trente | тридцатые годы
        | 30-е годы | 30-х годов | 30-х гг. | 30-е гг.
    40: forties | vierziger Jahre | 40er Jahre | vierziger Jahren | 40er Jahren | années quarante | сороковые годы
        | 40-е годы | 40-х годов | 40-х гг. | 40-е гг.
    50: fifties | fünfziger Jahre | 50er Jahre | fünfziger Jahren | 50er Jahren | années cinquante | пятидесятые
        годы | 50-е годы | 50-х годов | 50-х гг. | 50-е гг.
    60: sixties | sechziger Jahre | 60er Jahre | sechziger Jahren | 60er Jahren | années soixante | шестидесятые
        годы | 60-е годы | 60-х годов | 60-х гг. | 60-е гг.
    70: seventies | siebziger Jahre | 70er Jahre | siebziger Jahren | 70er Jahren | années soixante-dix |
        семидесятые годы | 70-е годы | 70-х годов | 70-х гг. | 70-е гг.
    80: eighties | achtziger Jahre | 80er Jahre | achtziger Jahren | 80er Jahren | années quatre-vingt |
        восьмидесятые годы | 80-е годы | 80-х годов | 80-х гг. | 80-е гг.
    90: nineties | neunziger Jahre | 90er Jahre | neunziger Jahren | 90er Jahren | années quatre-vingt-dix |
        девяностые годы | 90-е годы | 90-х годов | 90-х гг. | 90-е гг.
    """
)
DECADE_TAIL = _plain(
    """
    s | ’s | 's | er Jahre | er Jahren | er | -е годы | -х годов | -е гг. | -х гг. | -ые годы
    """
)
# A year alone is one behind these.
YEAR_CUES = _plain(
    """
    in | of | since | until | till | from | by | before | after | during | im Jahre | im Jahr | seit | bis | en |
        depuis | dès | avant | après | l’an | l'an | année | l’année | l'année | в | с | до | после | к | anno |
        the year | the years | year | years | des Jahres | jusqu’en | jusqu'en | roku | nel | dal | in early | in
        late | as early as | as late as | about | around | circa | около | vers | um | nach | vor | per anno | ca.
        | c. | spring of | summer of | autumn of | fall of | winter of | von | gegen | for | in
        about | in or about | end of | v | dem Jahre | год
    """
)
KALENDS = _named(
    """
    kalends: Kal. | Kalend. | Kalendas | Kalendis | Kalendarum | Cal. | Calend. | Calendas | Calendis | Kal |
        Kalends of | Calends of | Kalends | Calends
    nones: Non. | Nonas | Nonis | Nonarum | Nones of | Nones | Non
    ides: Id. | Idus | Idibus | Iduum | Ides of | Ides | Eid.
    """
)
