"""The cues by which rules know a line: page numbers, addressees, salutes, valedictions, signatures, numbers, dates."""

from __future__ import annotations

import re

from editio.config import Settings
from editio.dating import only_date
from editio.dating.scan import find_dates
from editio.wildcards import expression

PAGE = re.compile(
    r"[\[({]?\s*(?:[Pp]\.|[Pp]g\.|[Pp]age|PAGE|[Ss]eite|S\.|[Ff]ol\.|[Сс]тр\.|[Cс]\.)\s*(\d+[a-z]?|[ivxlcdm]+)\s*[\])}]?"
    r"|[-–—]\s?(\d+)\s?[-–—]|\[\s*(?:[Pp](?:age|\.)\s*)?(\d+)\s*(?:/\s*\d+)?\s*\](?<=\d\])(?<!^\[\d\])"
)
# A line that sets something off: “-----”, “* * *”, “_____”
SEPARATOR = re.compile(r"(?:[-–—_=*~•·]\s*){3,}")
SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
LONGEST_HEADING = 200
NOTES_HEADING = re.compile(
    r"(?:end|foot)?notes?|anmerkungen|fußnoten|endnoten|notes de bas de page|примечания|сноски|note", re.IGNORECASE
)
CLASSIFICATIONS = (
    "Top Secret",
    "Strictly Secret",
    "Most Secret",
    "Secret",
    "Confidential",
    "Restricted",
    "Limited Official Use",
    "Official Use Only",
    "Eyes Only",
    "Unclassified",
)
DOCUMENT_NUMBER = re.compile(r"(?:#|№|No\.|Nr\.|Ref\.)\s?(?=\S*\d)[\w./-]+", re.IGNORECASE)
# A number before a paragraph; “1. January 1942” is a date.
NUMBERED = re.compile(
    r"(\(?(?:(?P<number>\d{1,3}(?:\.\d{1,2})*)|(?P<letter>[a-z]|[A-Z])|(?P<roman>[ivx]{1,5}|[IVX]{1,5}))[.)])\s+(?=\S)"
    r"(?!\w{3,10}\s+\d{4}\b)"
)
BULLET = re.compile(r"([-–—•▪◦‣·*])[ \t]+(?=\S)")
# A line that stands over a list of who or what: “SUBJECT”, “Participants:”
LIST_HEADS = {
    "subject": "subject",
    "subjects": "subject",
    "participants": "participants",
    "present": "participants",
    "members present": "participants",
    "also present": "participants",
    "attendees": "participants",
    "teilnehmer": "participants",
    "anwesend": "participants",
    "présents": "participants",
    "присутствовали": "participants",
    "enclosures": "enclosures",
    "attachments": "enclosures",
    "anlagen": "enclosures",
    "distribution": "distribution",
    "copies": "distribution",
    "verteiler": "distribution",
}
ENCLOSURE = re.compile(
    r"\[?(?:Sub-?)?(?:[EI]nclosures?|[EI]NCLOSURES?|Attachments?|Annex(?:es)?|Appendix|Tab|Anlagen?|Beilagen?|"
    r"Annexes?|Приложени[ея])(?: ?(?:No\. ?|Nr\. ?|№ ?)?[\dA-ZIVX]{1,4})?(?: (?:in|to|with|zu|à) (?:No\. ?|Nr\. ?)?\d{1,5})?"
    r"[.:]?(?: ?[—–-] ?(?:Translation|Extract|Copy|Telegram|Memorandum|Abschrift|Copie|Traduction)[.:]?)?\]?[.:]?"
)
ENCLOSURE_LINE = re.compile(
    r"(?:Encl(?:osures?|s)?|Anl(?:agen?)?|Attachments?|Приложение)\b\.?(?: ?\(s\))?:? ?.{0,120}"
)
DISTRIBUTION = re.compile(
    r"(?:cc|CC|bcc|c\.c\.|Cc|Copies to|Copy to|Copies|Distribution|Verteiler|Kopie an|Copie à|Копия)\s?[:.]? ?\S.{0,200}",
    re.DOTALL,
)
EXCERPT = re.compile(
    r"(?:Excerpt|Extract|Copy|Transcript|Minutes|Protocol|Record|Draft)\b|"
    r"\[(?:Excerpt|Extract|Copy|Translation|Telegram|Abschrift|Übersetzung|Extrait|Traduction|Копия|Перевод)[^\]\n]{0,40}\]$",
    re.IGNORECASE,
)
SUBJECT = re.compile(r"(?:About|On|Concerning|Regarding)\b |(?:Re|RE|Subject|SUBJECT|Betr\.|Betreff): ?")
ADDRESSEE = re.compile(
    r"(?:To|TO|Attn|ATTN|Copy to)\b(?:[:.]\s?\S| (?:(?:all|com|comrades?|his|her|my|our|the)\.? ){0,2}[^\W\d_a-z])|"
    r"(?:For|FOR): ?\S|An (?:den|die|das) [A-ZÄÖÜ]"
)
# What a greeting begins with, by language; it is short and no sentence.
SALUTES = {
    "en": (
        r"(?:My |Most |Very |Our )*(?:[Dd]ear(?:est)?|[Hh]onou?red|[Ee]steemed|[Rr]espected|[Bb]eloved|[Rr]everend)\b",
        r"Sirs?(?= and |[,:;!.—–-]|$)",
        r"(?:Madam|Gentlemen|Ladies|Comrades?|Friends?|Brethren|(?:Your )?Excellency|My Lords?|My [Ll]ove)\b",
        r"Your (?:Majesty|Highness|Grace|Holiness|Eminence|Lordship|Hono(?:u)?r)\b",
    ),
    "de": (
        r"(?:Sehr |Hoch|Hochzu)?(?:[Gg]eehrte|[Vv]erehrte|[Vv]erehrende)[rns]?\b",
        r"(?:Mein |Meine )?(?:Liebe|Liebste|Teure|Teuerste|Theure|Bester?|Werte|Hochwohlgebor(?:e)?ne)[rs]?\b",
        r"(?:Euer|Eure|Ew\.) (?:Exzellenz|Excellenz|Hochwohlgeboren|Durchlaucht|Majestät)\b",
    ),
    "fr": (
        r"(?:Mon |Ma |Mes )?(?:[Cc]h[eè]re?s?|[Tt]rès cher|bon|bonne|vieux)\b",
        r"(?:Monsieur|Madame|Mademoiselle|Messieurs|Monseigneur|Excellence|Sire)\b",
    ),
    "ru": (
        r"(?:Много)?[Уу]важаем\w+",
        r"(?:Дорог|Мил|Любезн|Глубокоуважаем)\w+",
        r"Милостив\w+ Государ\w+",
        r"Товарищ\w*",
    ),
}
SALUTE = re.compile("|".join(cue for cues in SALUTES.values() for cue in cues))
TITLED = re.compile(r"(?:Mrs?|Miss|Ms|Dr|Prof|Herr|Frau|Brother|Sister)\b\.? [^.:;!?]{1,40}[,:!]")
# Words of a greeting that may be in lower case where no comma or colon ends it.
SMALL = frozenset(
    "a and dear friend madam my of old sir the to und lieber liebe mein meine et ami amie mon ma cher le la и мой".split()
)
# How a letter takes its leave, by language.
VALEDICTIONS = {
    "en": (
        r"(?:And )?I (?:am|remain)(?:,| dear\b| my\b| [Ss]ir\b| yours?\b| ever\b| always\b| with (?:great|much|the|sincere)\b"
        r"| (?:most |very )?(?:affectionately|cordially|faithfully|respectfully|sincerely|truly)\b)",
        r"I have(?: the honou?r|, (?:sir|etc|&c))\b|I have,? &c\.|I have the honou?r to (?:be|remain)",
        r"(?:And )?[Bb]elieve me(?:,| dear\b| my\b| to be\b| ever\b| always\b| (?:\w+ ){0,2}yours?\b)",
        r"(?:Yours|Yrs?)\b(?! (?:is|are|was|were|has|have|had|of|will)\b)|(?:Ever|Always) (?:\w+ ){0,3}[Yy]ours?\b",
        r"(?:Most |Very )?(?:Affectionately|Cordially|Faithfully|Fraternally|Gratefully|Respectfully|Sincerely|Truly)\b",
        r"(?:Most |Very )(?:affectionately|cordially|faithfully|respectfully|sincerely|truly)\b",
        r"(?:Best|Kind|Kindest|Warm|Warmest) (?:wishes|regards)|(?:Much )?[Ll]ove,?$",
        r"With (?:\w+ ){1,4}(?:affection|consideration|esteem|greetings|love|regards|respects?|wishes)\b",
        r"Your (?:most |very )?(?:humble,? )?(?:and )?obedient\b",
        r"Your (?:[\w-]+,? ){1,5}(?i:servant|friend|son|daughter|brother|sister|father|mother|husband|wife|uncle|aunt|cousin)\b",
    ),
    "de": (
        r"Hochachtungsvoll|Hochachtend|Herzlichst?|(?:Viele|Herzliche|Beste|Freundliche) Grüße",
        r"Es grüßt\b|Leben Sie\b|Lebe? wohl\b",
        r"Mit (?:\w+ ){1,4}(?:Gr(?:ü|u)(?:ß|ss)e?n?|Hochachtung|Empfehlungen|Ergebenheit|Verehrung)\b",
        r"In (?:\w+ ){0,4}(?:Ergebenheit|Hochachtung|Verehrung|Liebe|Freundschaft|Treue)\b",
        r"(?:Ganz |Stets |Immer )?(?:[Dd]ein|[Ee]uer|[Ii]hr)e?(?: [a-zäöüß]+){0,4}[,.]?$",
        r"Ihr(?:e)? (?:\w+ ){0,3}(?:ergebene|treue)",
        r"Ich (?:verbleibe|verharre|bin mit)\b",
    ),
    "fr": (
        r"(?:Veuillez|Daignez)(?:,| agréer| recevoir)|Agréez|Recevez,|Croyez[, -]|J’ai l’honneur d’être|J'ai l'honneur d'être",
        r"Je suis,|Je vous (?:embrasse|salue|serre)|Je t['’](?:embrasse|aime)|Mille (?:amitiés|baisers|choses|tendresses)",
        r"(?:Tout |Bien )?[àÀ] (?:vous|toi)\b|Votre (?:\w+ ){0,3}(?:dévoué|serviteur|ami)|Amitiés|Salut et fraternité",
        r"(?:Salutations|Sentiments) \w+",
    ),
    "ru": (
        r"С (?:\w+ ){0,3}(?:уважением|приветом|почтением|любовью)|Искренн[ео]\b|Преданный\b|Имею честь быть",
        r"(?:Дружески |Крепко )?(?:[Жж]му|[Оо]бнимаю|[Цц]елую)\b|Остаюсь\b|Будьте здоровы",
        r"(?:Ваш|Твой|Твоя)(?: \w+){0,3}[,.]?$|Ваша[,.]?$",
    ),
}
VALEDICTION = re.compile("(?:" + "|".join(cue for cues in VALEDICTIONS.values() for cue in cues) + ").{0,80}")
POSTSCRIPT = re.compile(r"P\.\s?S\.|PS[.:]|Postscript\b|N\.\s?B\.")
SEAL = r"[\[(](?:L\. ?S\.|SEAL|Seal|Siegel|М\. ?П\.)\.?[\])]"
SIGNED = re.compile(rf"(?:{SEAL}|/s/|[(\[]?(?:Signed|Sgd\.|gez\.|Gez\.|Signé|signé|Подпись)[)\]:.]{{0,2}}) ?")
# A forename cut short: “J.”, “Th:”, “Wm.”, “McG.”
SHORTENED = r"[^\W\d_a-z][^\W\d_]{0,4}[.:] ?"
INITIALS = re.compile(
    rf"(?:{SHORTENED}){{1,3}}(?:(?:v\.|von|van|de|du|di|af|zu|der|den|ter) ?){{0,2}}[^\W\d_][\w'’-]+|"
    r"(?:[^\W\d_][\w'’-]+ )(?:[^\W\d_]\. ?){1,3}|"
    rf"(?:{SHORTENED}){{1,3}}[^\W\d_]"
)
FULL_NAME = re.compile(r"(?:[A-ZÀ-ÞА-Я][\w'’.-]+ ){1,3}[A-ZÀ-ÞА-Я][\w'’-]+")
# What stands before names of others, and not before one's own
TITLE = re.compile(r"(?:Mrs?|Miss|Ms|Messrs|Hon|Herrn?|Frau|Monsieur|Madame)\b")
# What somebody is, below the name.
OFFICE = re.compile(
    r"(?:Acting |Deputy |Under |Assistant |Vice[- ])*(?:\w+[ -]){0,3}(?:Secretary|Chairman|President|Minister|Ambassador|Consul|"
    r"Chargé|Director|Commissioner|Chief|Clerk|Notary|Governor|Mayor|Attorney|Commander|Commanding|Adjutant|Judge|Justice|"
    r"(?:Lieutenant-|Major-|Brigadier-)?General|Colonel|Captain|Major|Lieutenant|Admiral|Speaker|Editor|Rector|Professor|"
    r"Vorsitzender?|Sekretär|Präsident|Direktor|Secrétaire|Président|Ministre|Секретарь|Председатель|Министр|Посол)\b.{0,60}"
)
# Whom a letter is for, at its foot or over its salute.
ADDRESSED = re.compile(
    r"(?:To (?:the )?(?=[A-Z])|The )?(?:Right |Rt\. )?(?:Hon(?:ou?rable)?\b|His (?:Excellency|Honou?r|Grace|Majesty)|Her Majesty|"
    r"Messrs\b|Mrs?\b|Miss\b|Dr\b|Rev(?:erend)?\b|Prof\b|Sir\b|(?:Maj|Brig|Lieut|Lt|Gen|Col|Capt)\b\.?|Herrn?\b|Frau\b|Monsieur\b|"
    r"Madame\b|Son Excellence\b)(?! \w+ed\b).{0,120}|.{3,80}\bEsq(?:uire|r)?\b.{0,60}|.{3,80}&c\.",
    re.DOTALL,
)
ATTESTATION = re.compile(
    r"(?:A true copy|Attest|Witness(?:es|ed)?\b|Sworn (?:to|and)|Subscribed and sworn|In (?:the )?presence of|"
    rf"By (?:the|order of(?: the)?|command of) \w+).{{0,80}}|{SEAL}"
)
# “No. 45.]” over a despatch, “[No. 12]”
DESPATCH_NUMBER = re.compile(r"\[?(?:No|Nr|№)\.? ?\d{1,5}[a-z]?[.,]? ?\]\.?")
TYPIST = re.compile(r"\d{1,3}-[^\W\d_]{1,4}|[A-Z]{2,4}[:/][a-z]{2,4}")
# What may stand before the date of a dateline: names of places, and the small words between them.
WEEKDAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)"
)
PLACE = re.compile(
    rf"(?:(?:[^\W\d_a-z][\w'’.-]*+|{WEEKDAY}|am|an|au|ce|de|den|der|des|du|in|la|le|matin|near|of|on|soir|the|upon|sur)"
    r"[ ,:;—–-]*){1,12}",
)
# What may follow a date in a dateline: the hour (“3:30–4 p.m.”, “2349Z”, “noon”), a weekday.
HOUR = r"\d{1,2}(?:[:.]\d\d)?(?: ?(?:a\. ?m\.?|p\. ?m\.?|am|pm|Uhr|h|ч\.))?|\d{4}(?: ?[A-Z]| hours)?|noon|midnight"
TIME = re.compile(
    rf"(?:[,;–—-]? ?(?:at )?(?:{HOUR})(?: ?(?:[-–—]|to) ?(?:{HOUR}))?)?\.?|[,(] ?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\)?",
    re.IGNORECASE,
)
UNDATED = re.compile(
    r"[^\W\d_][\w'’.-]*+(?:[ ,]+[^\W\d_][\w'’.-]*+){0,3}, undated\.?|Undated\.?|\[?n\. ?d\.\]?|ohne Datum|s\. ?d\.",
    re.IGNORECASE,
)
MONTHS = (
    "januar|jänner|februar|feber|märz|april|mai|juni|juli|august|september|oktober|november|dezember|"
    "janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    "gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre"
)
# A day as datelines of other languages give it; what day it is, is for the recogniser of dates to say.
ENGLISH = (
    r"(?:Jan(?:uary|y)?|Feb(?:ruary|y)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember|r)?)?|Oct(?:ober|r)?|"
    r"Nov(?:ember|r)?|Dec(?:ember|r)?)"
)
NTH = r"\d{1,2}(?:st|nd|rd|th|d)?"
LOOSE_DATE = re.compile(
    rf"(?:(?:den|le|el|il|am|d\.) )?\d{{1,2}}(?:\.|er|º|ten|-?го)? ?(?:de |di )?(?:{MONTHS})\.?,? ?"
    r"(?:de |del )?1?\d{3}(?: ?(?:г\.|года))?"
    rf"|{ENGLISH}\.? {NTH}[.,]* 1?\d{{3}}|(?:the )?{NTH}\.? (?:of )?{ENGLISH}[.,]* 1?\d{{3}}"
    r"|(?:(?:den|le|am) )?\d{1,2}\. ?\d{1,2}\. ?(?:1[0-9]|20)?\d\d(?: ?г\.)?",
    re.IGNORECASE,
)
# A day as the heading of an entry in a diary, with or without weekday and year
ENTRY = re.compile(
    rf"(?:(?:{WEEKDAY})\b[,.]? ?(?:the |den |le )?)?(?:{NTH}\.? ?(?:of |de )?(?:{ENGLISH}|{MONTHS})|(?:{ENGLISH}) {NTH})\b"
    r"[.,]*(?: ?1?\d{3}(?: ?г\.)?)?(?:[,.]? ?\(?" + WEEKDAY + r"\)?)?[.:]?",
    re.IGNORECASE,
)
# A place and day at the end of a deed: “Done at Bangkok, May 14, 1884.”
DONE = re.compile(
    r"(?:Done|Given|Dated|Signed|Geschehen|Gegeben|Fait|Donné|Совершено)\b(?: \w+){0,3}? (?:at|in|zu|à|в)\b.{2,80}\d"
)
NO_SIGNATURE = frozenset({"the end", "end", "finis", "fin", "ende", "enclosure", "enclosures", "copy"})


def is_salute(line: str, settings: Settings) -> bool:
    """Whether a line greets: short, and no sentence."""
    line = line.strip()
    if cue(line, "salute", settings):
        return True
    words = line.split()
    if len(line) >= 90 or len(words) > 10 or not (SALUTE.match(line) or TITLED.fullmatch(line)):
        return False
    body = line.rstrip(" ,:;!.—–-")
    if re.search(r"[^\W\d_]{4}[.:;?!]\s", body):
        return False
    proper = all(not word[:1].islower() or word.strip(",") in SMALL for word in body.split())
    return bool(set(line[len(body) :]) & set(",:!")) or (proper and len(words) <= 6)


def is_addressed(text: str) -> bool:
    """Whether lines say for whom a letter is: “Hon. William H. Seward, Secretary of State”."""
    return bool(ADDRESSED.fullmatch(text.strip())) and len(text.split("\n")) <= 6


def is_correspondents(line: str) -> bool:
    """Whether a line says who writes to whom: “Mr. Adams to Mr. Seward.”"""
    words = re.findall(r"[^\W\d_][\w'’-]*", line)
    if (
        not re.match(r"[^\W\d_a-z].{2,120}? (?:to|an|à) (?:the |den |die |M)?[^\W\d_a-z]", line)
        or not 3 < len(words) < 30
    ):
        return False
    small = sum(word.islower() for word in words if word not in CONNECTING)
    return (
        not small and not re.search(r"[^\W\d_]{5}[.;:?!]\s", line) and not line.rstrip().endswith((",", ":", "?", "!"))
    )


CONNECTING = frozenset("a an and at d'affaires de den der des die du for in la le of on the to von à au".split())


def is_addressee(line: str) -> bool:
    """Whether a line says to whom: “To com. Khrushchev.”, and no sentence that begins with “To”."""
    line = line.strip()
    return bool(ADDRESSEE.match(line)) and (not SENTENCE_END.search(line) or len(line.split()) <= 6)


def is_place_and_date(line: str) -> bool:
    """Whether a line is a place and an exact date, with or without the hour."""
    line = line.strip()
    if len(line) > 100:
        return False
    found = [(one.start, one.end) for one in find_dates(line, "")] + [m.span() for m in LOOSE_DATE.finditer(line)]
    span = min(found, key=lambda one: (one[0], -one[1]), default=None)
    if span is None or TIME.fullmatch(line[span[1] :].strip(" .")) is None:
        return False
    place = re.sub(r"\[[^\]]{1,40}\]", "Place", line[: span[0]])
    return not place.strip() or PLACE.fullmatch(place) is not None


def is_dateline(line: str) -> bool:
    """Whether a line says when, or where and when, or that it does not say."""
    return bool(only_date(line) or is_place_and_date(line) or UNDATED.fullmatch(line.strip()))


def is_entry(line: str) -> bool:
    """Whether a line is nothing but a day, as over the entries of a diary."""
    return len(line) < 60 and ENTRY.fullmatch(line.strip()) is not None


LETTER_SPACED = re.compile(r"(?:[^\W\d_][. ]){3,}[^\W\d_][.]?")


def cue(line: str, name: str, settings: Settings) -> re.Match[str] | None:
    """The match of a line with one of the edition's own cues (``[convert.cues]``): whole lines, ``*`` for anything."""
    patterns = (expression(words) for words in settings.convert.cues.get(name, ()))
    return next((found for pattern in patterns if (found := re.fullmatch(pattern, line.strip(), re.IGNORECASE))), None)


def heads_notes(line: str, settings: Settings) -> bool:
    """Whether a line is the heading of a section of notes."""
    return bool(NOTES_HEADING.fullmatch(line.strip(" :.\n")) or cue(line, "notes", settings))


def list_head(line: str, settings: Settings) -> str:
    """The type of the list that a line heads; ``list`` for a line in capitals or with a colon, empty for any other."""
    word = line.strip().rstrip(":").strip()
    known = LIST_HEADS.get(word.casefold())
    if known:
        return known
    if cue(line, "list-head", settings):
        return "list"
    short = len(word) < 50 and any(c.isalpha() for c in word) and not NUMBERED.match(line)
    return "list" if short and (word.isupper() or line.rstrip().endswith(":")) else ""


def is_signature(line: str) -> bool:
    """Whether a line is a name or office in capitals, initials and a surname, or two to four capitalised words."""
    line = line.strip()
    marked = SIGNED.match(line)
    line = line[marked.end() :].strip() if marked else line
    if LETTER_SPACED.fullmatch(line.replace("  ", " ")):
        return True
    name = line.rstrip(".,; ")
    none = (
        TITLE.match(name)
        or name.casefold() in NO_SIGNATURE
        or name.casefold() in {word.casefold() for word in CLASSIFICATIONS}
    )
    if len(line) > 60 or none or any(c.isdigit() for c in line):
        return False
    before, _, office = name.partition(", ")
    name = before if is_office(office) else name
    named = INITIALS.fullmatch(name) or FULL_NAME.fullmatch(name) or (marked and name)
    return bool(named) or in_capitals(name)


def in_capitals(line: str) -> bool:
    """Whether all words of a line but short ones are in capitals."""
    letters = sum(c.isalpha() for c in line)
    return letters > 3 and line[:1].isupper() and all(word.isupper() for word in re.findall(r"[^\W\d_]{3,}", line))


def is_name_alone(line: str) -> bool:
    """Whether a line that need not be a signature is one to four capitalised words."""
    words = line.strip(" .,").split()
    return 0 < len(words) <= 4 and all(word[:1].isupper() for word in words) and not any(c.isdigit() for c in line)


def is_office(line: str) -> bool:
    """Whether a line says what the one named above it is."""
    line = line.strip()
    return len(line) < 90 and line[:1].isupper() and OFFICE.fullmatch(line) is not None


def closing_role(line: str, settings: Settings) -> str | None:
    """What a line of a closer is: signed, dateline, salute, or the type of another mark; nothing for other lines."""
    line = line.strip()
    if is_dateline(line) or (len(line) < 100 and DONE.match(line)):
        return "dateline"
    if TYPIST.fullmatch(line):
        return "mark"
    if (VALEDICTION.fullmatch(line) and len(line) < 100) or cue(line, "valediction", settings):
        return "salute"
    return _mark(line, settings) or ("signed" if is_signature(line) or cue(line, "signature", settings) else None)


def _mark(line: str, settings: Settings) -> str | None:
    """What a line of a closer is besides what somebody writes to another."""
    if DISTRIBUTION.fullmatch(line) or cue(line, "distribution", settings):
        return "distribution"
    if ENCLOSURE_LINE.fullmatch(line) and len(line) < 140 and not SENTENCE_END.search(line.rstrip(".")):
        return "enclosure"
    return "attestation" if ATTESTATION.fullmatch(line) else None


def classification(plain: str, settings: Settings) -> re.Match[str] | None:
    """The security classification in a line."""
    words = (*settings.convert.classifications, *CLASSIFICATIONS)
    return re.search(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in words)})(?!\w)", plain, re.IGNORECASE)
