"""The words of dates by language: months, weekdays, numbers of days."""

from __future__ import annotations

from dataclasses import dataclass

# For each language the forms of the twelve months: cases, full forms before “|”, abbreviations behind it. A form in
# lower case is found with a capital too; one with a capital only so, and in capitals.
MONTHS = {
    "en": """January | Jan Jany Janry Janu
        February | Feb Feby Febry Febr
        March | Mar
        April | Apr Aprl
        May
        June | Jun
        July | Jul
        August | Aug Augt
        September | Sep Sept Septr
        October | Oct Octr Octob
        November | Nov Novr Novemb
        December | Dec Decr Decemb""",
    "de": """Januar Jänner Jenner Januars | Jan Jän Jän
        Februar Feber Hornung Februars | Feb Febr
        März Maerz Merz | Mär Mrz
        April Aprils | Apr
        Mai Mais May
        Juni Junius Juno | Jun
        Juli Julius Julei | Jul
        August Augusts | Aug
        September Septembers | Sept Sep
        October Oktober Oktobers | Okt Oct
        November Novembers | Nov
        Dezember December Dezembers | Dez Dec Dezbr Decbr""",
    "fr": """janvier | janv jan
        février fevrier | févr fév fevr
        mars
        avril | avr
        mai
        juin
        juillet | juil juill
        août aoust aout
        septembre | sept
        octobre | oct octob
        novembre | nov novemb
        décembre decembre | déc dec""",
    "ru": """января январь январе январю январем | янв
        февраля февраль феврале февралю февралем | фев февр
        марта март марте марту мартом | мар
        апреля апрель апреле апрелю апрелем | апр
        мая май мае маю маем
        июня июнь июне июню июнем iюня | июн
        июля июль июле июлю июлем iюля | июл
        августа август августе августу августом | авг
        сентября сентябрь сентябре сентябрю сентябрем | сент сен
        октября октябрь октябре октябрю октябрем | окт
        ноября ноябрь ноябре ноябрю ноябрем | нояб ноя
        декабря декабрь декабре декабрю декабрем | дек""",
    "ru-Latn": """ianvaria yanvarya yanvaria janvarja janvaria ianvar yanvar
        fevralia fevralya fevralja fevral
        marta mart
        aprelia aprelya aprelja aprel
        maia maya maja mai
        iiunia iyunya iunia junija yunya
        iiulia iyulya iulia julija yulya
        avgusta avgust
        sentiabria sentyabrya sentjabrja sentiabr sentyabr
        oktiabria oktyabrya oktjabrja oktiabr oktyabr
        noiabria noyabrya nojabrja noiabr noyabr
        dekabria dekabrya dekabrja dekabr""",
    "la": """Ianuarii Januarii Ianuarias Januarias Ianuariis Januariis | Ian
        Februarii Februarias Februariis
        Martii Martias Martiis Martio | Mart
        Aprilis Apriles Aprilibus
        Maii Maias Maiis Maji Majas
        Iunii Junii Iunias Junias Iuniis Juniis | Iun
        Iulii Julii Iulias Julias Iuliis Juliis | Iul
        Augusti Augustas Augustis Sextiles
        Septembris Septembres Septembribus 7bris VIIbris | 7br
        Octobris Octobres Octobribus 8bris VIIIbris | 8br
        Novembris Novembres Novembribus 9bris IXbris | 9br
        Decembris Decembres Decembribus 10bris Xbris | 10br""",
    "numbered": """-
        -
        -
        -
        -
        -
        -
        -
        7bre 7ber 7bru 7tembre VIIbre VIIber
        8bre 8ber 8bru 8tobre VIIIbre VIIIber
        9bre 9ber 9bru 9vembre IXbre IXber
        10bre 10ber Xbre Xber Xbru Xcembre""",
    "it": """gennaio gennajo genaro | genn gen
        febbraio febbrajo febraro | febb
        marzo
        aprile
        maggio | magg
        giugno | giu
        luglio | lug
        agosto
        settembre | sett
        ottobre | ott
        novembre
        dicembre | dic""",
    "es": """enero | ene
        febrero
        marzo
        abril | abr
        mayo
        junio
        julio
        agosto
        septiembre setiembre
        octubre
        noviembre
        diciembre""",
    "nl": """januari
        februari
        maart
        april
        mei
        juni
        juli
        augustus
        september
        oktober
        november
        december""",
    "pl": """stycznia styczeń styczniu | stycz
        lutego luty lutym
        marca marzec marcu
        kwietnia kwiecień kwietniu
        maja maj maju
        czerwca czerwiec czerwcu
        lipca lipiec lipcu
        sierpnia sierpień sierpniu
        września wrzesień wrześniu
        października październik październiku
        listopada listopad listopadzie
        grudnia grudzień grudniu""",
    "cs": """ledna leden lednu
        února únor únoru
        března březen březnu
        dubna duben dubnu
        května květen květnu
        června červen červnu
        července červenec červenci
        srpna srpen srpnu
        září
        října říjen říjnu
        listopadu
        prosince prosinec prosinci""",
    "pt": """janeiro
        fevereiro
        março
        -
        maio
        junho
        julho
        -
        setembro
        outubro
        novembro
        dezembro""",
}
WEEKDAYS = {
    "en": "Monday|Mon Tuesday|Tues|Tue Wednesday|Wed|Weds Thursday|Thurs|Thu|Thur Friday|Fri Saturday|Sat Sunday|Sun",
    "de": "Montag|Mo|Montags Dienstag|Dienstags Mittwoch|Mittwochs Donnerstag|Donnerstags Freitag|Freitags "
    "Samstag|Sonnabend|Samstags|Sonnabends Sonntag|Sonntags",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "ru": "понедельник|понедельника вторник|вторника среда|среду|среды четверг|четверга пятница|пятницу|пятницы "
    "суббота|субботу|субботы воскресенье|воскресенья",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
}
REPUBLICAN = (
    "vendémiaire|vendemiaire brumaire frimaire nivôse|nivose pluviôse|pluviose ventôse|ventose germinal "
    "floréal|floreal prairial messidor thermidor fructidor"
)
# Months whose name is also another word or a name: alone they are dates only behind a word that says so.
DOUBTFUL = frozenset(
    "may march mar mars mai august april june juni julius juno mart marta mai maia maya maja май мая март марта jun jul "
    "dec sept oct nov jan juli hornung luty maj lipiec listopad mei avril avgust".split()
)


@dataclass(frozen=True)
class Word:
    """What a word of a date means: its number, the languages it belongs to, whether it is an abbreviation."""

    number: int
    languages: frozenset[str]
    short: bool = False


def _cased(form: str) -> set[str]:
    return {form, form.upper()} if form[:1].isupper() else {form, form[:1].upper() + form[1:], form.upper()}


def _months() -> dict[str, Word]:
    found: dict[str, Word] = {}
    for language, table in MONTHS.items():
        for number, line in enumerate(table.splitlines(), 1):
            full, _, short = line.partition("|")
            forms = [(form, False) for form in full.split()] + [(form, True) for form in short.split()]
            for form, is_short in forms:
                for cased in _cased(form) if form != "-" else ():
                    known = found.get(cased)
                    if known is None or known.number == number:
                        languages = (known.languages if known else frozenset()) | {language}
                        found[cased] = Word(number, languages, is_short and (known is None or known.short))
    return found


def _weekdays() -> dict[str, Word]:
    return {
        cased: Word(number, frozenset({language}), form != forms.partition("|")[0])
        for language, line in WEEKDAYS.items()
        for number, forms in enumerate(line.split())
        for form in forms.split("|")
        for cased in _cased(form)
    }


MONTH_WORDS = _months()
WEEKDAY_WORDS = _weekdays()
REPUBLICAN_MONTHS = {form: number for number, forms in enumerate(REPUBLICAN.split(), 1) for form in forms.split("|")}

_UNITS = "first second third fourth fifth sixth seventh eighth ninth".split()
_TEENS = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_GERMAN = (
    "erst zweit dritt viert fünft sechst siebent acht neunt zehnt elft zwölft dreizehnt vierzehnt fünfzehnt sechzehnt "
    "siebzehnt achtzehnt neunzehnt zwanzigst einundzwanzigst zweiundzwanzigst dreiundzwanzigst vierundzwanzigst "
    "fünfundzwanzigst sechsundzwanzigst siebenundzwanzigst achtundzwanzigst neunundzwanzigst dreißigst einunddreißigst"
).split()
_FRENCH = (
    "premier deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf vingt"
).split()
_RUSSIAN = (
    "перв втор треть четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат "
    "шестнадцат семнадцат восемнадцат девятнадцат двадцат"
).split()


def day_words() -> dict[str, int]:
    """Numbers of days in words: “eighth”, “twenty-first”, “achten”, “premier”, “восьмого”."""
    found = {word: number for number, word in enumerate(_UNITS + _TEENS, 1)}
    for number, unit in enumerate(_UNITS, 21):
        found |= {f"twenty-{unit}": number, f"twenty {unit}": number}
    found |= {"thirtieth": 30, "thirty-first": 31, "thirty first": 31}
    found |= {stem + end: number for number, stem in enumerate(_GERMAN, 1) for end in ("e", "en", "er")}
    found |= {"siebten": 7, "siebte": 7, "dreissigsten": 30}
    found |= {word: number for number, word in enumerate(_FRENCH, 1)}
    found |= {f"vingt-{word}": number for number, word in enumerate(_FRENCH[1:9], 22)}
    found |= {"vingt et un": 21, "vingt-et-un": 21, "trente": 30, "trente et un": 31, "vingt-un": 21, "trente-un": 31}
    russian = {number: stem + ("ьего" if stem == "треть" else "ого") for number, stem in enumerate(_RUSSIAN, 1)}
    russian[3] = "третьего"
    found |= {word: number for number, word in russian.items()}
    found |= {f"двадцать {russian[number]}": 20 + number for number in range(1, 10)}
    return found | {"тридцатого": 30, "тридцать первого": 31}
