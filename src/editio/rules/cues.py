"""The cues by which rules know a line: page numbers, addressees, salutes, valedictions, signatures, numbers, dates."""

from __future__ import annotations

import re

from editio.config import Settings
from editio.dates import find_dates, only_date

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
    r"\[?(?:Enclosures?|Attachments?|Annex(?:es)?|Appendix|Tab|Anlagen?|Beilagen?|Annexes?|Приложени[ея])"
    r"(?: ?(?:No\. ?|Nr\. ?|№ ?)?[\dA-ZIVX]{1,4})?\]?[.:]?"
)
ENCLOSURE_LINE = re.compile(
    r"(?:Encl(?:osures?|s)?|Anl(?:agen?)?|Attachments?|Приложение)\b\.?(?: ?\(s\))?:? ?.{0,120}"
)
DISTRIBUTION = re.compile(
    r"(?:cc|CC|bcc|c\.c\.|Cc|Copies to|Copy to|Copies|Distribution|Verteiler|Kopie an|Copie à|Копия)\s?[:.]? ?\S.{0,200}",
    re.DOTALL,
)
EXCERPT = re.compile(r"(?:Excerpt|Extract|Copy|Transcript|Minutes|Protocol|Record|Draft)\b", re.IGNORECASE)
SUBJECT = re.compile(r"(?:About|On|Concerning|Regarding)\b |(?:Re|RE|Subject|SUBJECT|Betr\.|Betreff): ?")
ADDRESSEE = re.compile(r"(?:To|TO|Attn|ATTN|Copy to)\b[:. ]\s?\S|(?:For|FOR): ?\S|An (?:den|die|das) [A-ZÄÖÜ]")
SALUTE = re.compile(
    r"(?:My |Most )?(?:[Dd]ear(?:est)?|Sirs?|Madam|Gentlemen|Hono[u]?red|Esteemed|Respected|Comrades?)\b.{0,70}?"
    r"|(?:Mrs?|Miss|Ms|Dr|Prof|Herr|Frau|Monsieur|Madame)\b\.? .{1,40}[,:!]"
    r"|(?:Sehr geehrte[rn]?|Verehrte[rn]?|Liebe[rn]?|Ch[eè]re?s?|Mon cher|Ma chère|Messieurs|Уважаем\w+|Дорог\w+"
    r"|Товарищ\w*)\b.{0,70}?[,:!]",
    re.DOTALL,
)
VALEDICTION = re.compile(
    r"(?:(?:I am|I remain)(?:,| dear\b| my\b| [Ss]ir\b| yours?\b| ever\b| always\b| with (?:great|much|the|sincere)\b)"
    r"|Yours\b|Sincerely|Respectfully|Faithfully|Cordially|Affectionately|Best (?:wishes|regards)"
    r"|With (?:\w+ ){1,3}(?:greetings|regards|wishes|respect)|Your (?:\w+ ){1,3}(?:servant|friend|son|daughter)"
    r"|Hochachtungsvoll|Mit (?:\w+ ){1,3}(?:Gr(?:ü|u)(?:ß|ss)en?|Hochachtung|Empfehlungen)"
    r"|Ihr(?:e)? (?:\w+ ){0,3}(?:ergebene?|treue?)"
    r"|(?:Dein|Euer|Ihr)e?$|Herzlichst?|Viele Grüße|Veuillez agréer|Agréez|Je suis,|Votre (?:\w+ ){0,3}(?:dévoué|serviteur|ami)"
    r"|Bien à vous|(?:Salutations|Sentiments) \w+|С (?:\w+ ){0,2}(?:уважением|приветом)|Искренне Ваш|Преданный Вам"
    r"|(?:And believe me|Believe me|Ever) (?:\w+ ){0,3}yours?|I have the honou?r to (?:be|remain)|Your (?:most )?obedient).{0,70}"
)
POSTSCRIPT = re.compile(r"P\.\s?S\.|PS[.:]|Postscript\b|N\.\s?B\.")
INITIALS = re.compile(
    r"(?:/s/ ?)?(?:[^\W\d_]\. ?){1,3}(?:(?:v\.|von|van|de|du|di|af|zu|der|den|ter) ?){0,2}[^\W\d_][\w'’-]+|"
    r"(?:[^\W\d_][\w'’-]+ )(?:[^\W\d_]\. ?){1,3}|"
    r"(?:[^\W\d_]\. ?){1,3}[^\W\d_]"
)
FULL_NAME = re.compile(r"(?:/s/ ?)?(?:[A-ZÀ-ÞА-Я][\w'’.-]+ ){1,3}[A-ZÀ-ÞА-Я][\w'’-]+")
TYPIST = re.compile(r"\d{1,3}-[^\W\d_]{1,4}|[A-Z]{2,4}[:/][a-z]{2,4}")
# What may stand before the date of a dateline: names of places, and the small words between them.
PLACE = re.compile(
    r"(?:(?:[^\W\d_a-z][\w'’.-]*|am|an|au|de|den|der|des|du|in|la|le|near|of|on|the|upon|sur)[ ,]*){1,5}"
)
# What may follow a date in a dateline: the hour (“3:30–4 p.m.”, “2349Z”, “noon”), a weekday.
HOUR = r"\d{1,2}(?:[:.]\d\d)?(?: ?(?:a\. ?m\.?|p\. ?m\.?|am|pm|Uhr|h|ч\.))?|\d{4}(?: ?[A-Z]| hours)?|noon|midnight"
TIME = re.compile(
    rf"(?:[,;–—-]? ?(?:at )?(?:{HOUR})(?: ?(?:[-–—]|to) ?(?:{HOUR}))?)?\.?|[,(] ?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\)?",
    re.IGNORECASE,
)
UNDATED = re.compile(
    r"(?:[^\W\d_][\w'’.-]*[ ,]*){1,4}, undated\.?|Undated\.?|\[?n\. ?d\.\]?|ohne Datum|s\. ?d\.", re.IGNORECASE
)
MONTHS = (
    "januar|jänner|februar|feber|märz|april|mai|juni|juli|august|september|oktober|november|dezember|"
    "janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    "gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre"
)
# A day as datelines of other languages give it; what day it is, is for the recogniser of dates to say.
LOOSE_DATE = re.compile(
    rf"(?:(?:den|le|el|il|am|d\.) )?\d{{1,2}}(?:\.|er|º|ten|-?го)? ?(?:de |di )?(?:{MONTHS})\.?,? ?"
    r"(?:de |del )?1?\d{3}(?: ?(?:г\.|года))?"
    r"|(?:(?:den|le|am) )?\d{1,2}\. ?\d{1,2}\. ?(?:1[0-9]|20)?\d\d(?: ?г\.)?",
    re.IGNORECASE,
)
NO_SIGNATURE = frozenset({"the end", "end", "finis", "fin", "ende", "enclosure", "enclosures", "copy"})


def is_salute(line: str, settings: Settings) -> bool:
    """Whether a line greets: short, and no sentence."""
    line = line.strip()
    if cue(line, "salute", settings):
        return True
    greets = SALUTE.fullmatch(line)
    return bool(greets) and len(line) < 90 and len(line.split()) <= (4 if line.endswith(".") else 10)


def is_addressee(line: str) -> bool:
    """Whether a line says to whom: “To com. Khrushchev.”, and no sentence that begins with “To”."""
    line = line.strip()
    return bool(ADDRESSEE.match(line)) and (not SENTENCE_END.search(line) or len(line.split()) <= 6)


def is_place_and_date(line: str) -> bool:
    """Whether a line is a place and an exact date, with or without the hour."""
    line = line.strip()
    found = next(find_dates(line, ""), None)
    span = (found.start, found.end) if found else next((m.span() for m in LOOSE_DATE.finditer(line)), None)
    if span is None or len(line) > 80 or TIME.fullmatch(line[span[1] :].strip(" .")) is None:
        return False
    place = re.sub(r"\[[^\]]{1,40}\]", "Place", line[: span[0]])
    return PLACE.fullmatch(place) is not None


def is_dateline(line: str) -> bool:
    """Whether a line says when, or where and when, or that it does not say."""
    return bool(only_date(line) or is_place_and_date(line) or UNDATED.fullmatch(line.strip()))


LETTER_SPACED = re.compile(r"(?:[^\W\d_][. ]){3,}[^\W\d_][.]?")


def cue(line: str, name: str, settings: Settings) -> re.Match[str] | None:
    """The match of a line with one of the edition's own cues (``[convert.cues]``): whole lines, ``*`` for anything."""
    patterns = (re.escape(words).replace(r"\*", "(.*?)") for words in settings.convert.cues.get(name, ()))
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
    if LETTER_SPACED.fullmatch(line.strip().replace("  ", " ")):
        return True
    letters = [c for c in line if c.isalpha()]
    name = line.rstrip(".,")
    none = name.casefold() in NO_SIGNATURE or name.casefold() in {word.casefold() for word in CLASSIFICATIONS}
    if not letters or len(line) > 60 or none or any(c.isdigit() for c in line):
        return False
    capital = all(word.isupper() for word in re.findall(r"[^\W\d_]{3,}", line)) and line[:1].isupper()
    return (capital and len(letters) > 3) or bool(INITIALS.fullmatch(name) or FULL_NAME.fullmatch(name))


def closing_role(line: str, settings: Settings) -> str | None:
    """What a line of a closer is: signed, dateline, salute, mark, enclosure, distribution; nothing for other lines."""
    line = line.strip()
    if is_dateline(line):
        return "dateline"
    if TYPIST.fullmatch(line):
        return "mark"
    if (VALEDICTION.fullmatch(line) and len(line) < 90) or cue(line, "valediction", settings):
        return "salute"
    if DISTRIBUTION.fullmatch(line) or cue(line, "distribution", settings):
        return "distribution"
    if ENCLOSURE_LINE.fullmatch(line) and len(line) < 140 and not SENTENCE_END.search(line.rstrip(".")):
        return "enclosure"
    return "signed" if is_signature(line) or cue(line, "signature", settings) else None


def classification(plain: str, settings: Settings) -> re.Match[str] | None:
    """The security classification in a line."""
    words = (*settings.convert.classifications, *CLASSIFICATIONS)
    return re.search(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in words)})(?!\w)", plain, re.IGNORECASE)
