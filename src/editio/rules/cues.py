"""The cues by which rules know a line: page numbers, addressees, salutes, valedictions, signatures, numbers, dates."""

from __future__ import annotations

import re

from editio.config import Settings
from editio.dates import find_dates, only_date

PAGE = re.compile(
    r"(?:\[\s*)?(?:[Pp]\.|[Pp]age|PAGE)\s*(?P<a>\d+[a-z]?|[ivxlcdm]+)(?:\s*\])?|[-–—]\s?(?P<b>\d+)\s?[-–—]"
)
SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
LONGEST_HEADING = 200
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
NUMBERED = re.compile(r"(\(?(\d{1,3})[.)])\s+(?=\S)(?!\w{3,10}\s+\d{4}\b)")
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
    r"|Hochachtungsvoll|Mit (?:\w+ ){1,3}Gr(?:ü|u)(?:ß|ss)en?|Veuillez agréer).{0,70}"
)
POSTSCRIPT = re.compile(r"P\.\s?S\.|PS[.:]|Postscript\b|N\.\s?B\.")
INITIALS = re.compile(
    r"(?:/s/ ?)?(?:[^\W\d_]\. ?){1,3}[^\W\d_][\w'’-]+|(?:[^\W\d_][\w'’-]+ )(?:[^\W\d_]\. ?){1,3}|"
    r"(?:[^\W\d_]\. ?){1,3}[^\W\d_]"
)
FULL_NAME = re.compile(r"(?:/s/ ?)?(?:[A-ZÀ-ÞА-Я][\w'’.-]+ ){1,3}[A-ZÀ-ÞА-Я][\w'’-]+")
TYPIST = re.compile(r"\d{1,3}-[^\W\d_]{1,4}|[A-Z]{2,4}[:/][a-z]{2,4}")
# What may stand before the date of a dateline: names of places, and the small words between them.
PLACE = re.compile(
    r"(?:(?:[^\W\d_a-z][\w'’.-]*|am|an|au|de|den|der|des|du|in|la|le|near|of|on|the|upon|sur)[ ,]*){1,5}"
)
NO_SIGNATURE = frozenset({"the end", "end", "finis", "fin", "ende", "enclosure", "enclosures", "copy"})


def is_salute(line: str) -> bool:
    """Whether a line greets: short, and no sentence."""
    line = line.strip()
    greets = SALUTE.fullmatch(line)
    return bool(greets) and len(line) < 90 and len(line.split()) <= (4 if line.endswith(".") else 10)


def is_addressee(line: str) -> bool:
    """Whether a line says to whom: “To com. Khrushchev.”, and no sentence that begins with “To”."""
    line = line.strip()
    return bool(ADDRESSEE.match(line)) and (not SENTENCE_END.search(line) or len(line.split()) <= 6)


def is_place_and_date(line: str) -> bool:
    """Whether a line is a place and an exact date."""
    line = line.strip()
    found = next(find_dates(line, ""), None)
    if found is None or len(line) > 60 or line[found.end :].strip(" .") != "":
        return False
    return PLACE.fullmatch(line[: found.start]) is not None


def is_signature(line: str) -> bool:
    """Whether a line is a name or office in capitals, initials and a surname, or two to four capitalised words."""
    letters = [c for c in line if c.isalpha()]
    name = line.rstrip(".,")
    none = name.casefold() in NO_SIGNATURE or name.casefold() in {word.casefold() for word in CLASSIFICATIONS}
    if not letters or len(line) > 60 or none or any(c.isdigit() for c in line):
        return False
    capital = all(word.isupper() for word in re.findall(r"[^\W\d_]{3,}", line)) and line[:1].isupper()
    return (capital and len(letters) > 3) or bool(INITIALS.fullmatch(name) or FULL_NAME.fullmatch(name))


def closing_role(line: str) -> str | None:
    """What a line of a closer is: signed, dateline, mark or salute; nothing for other lines."""
    line = line.strip()
    if only_date(line) or is_place_and_date(line):
        return "dateline"
    if TYPIST.fullmatch(line):
        return "mark"
    if VALEDICTION.fullmatch(line) and len(line) < 90:
        return "salute"
    return "signed" if is_signature(line) else None


def classification(plain: str, settings: Settings) -> re.Match[str] | None:
    """The security classification in a line."""
    words = (*settings.convert.classifications, *CLASSIFICATIONS)
    return re.search(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in words)})(?!\w)", plain, re.IGNORECASE)
