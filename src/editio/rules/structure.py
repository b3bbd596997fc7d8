"""Rules that decide what blocks of the text are: page breaks, heading matter, numbered items, opener and closer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from editio import codes
from editio.config import Settings
from editio.dates import find_dates, only_date
from editio.diagnostics import Report
from editio.model import Block, Consumed, Draft, Field, Run, Text
from editio.registry import rule

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
EXCERPT = re.compile(r"(?:Excerpt|Extract|Copy|Transcript|Minutes|Protocol|Record|Draft)\b", re.IGNORECASE)
SUBJECT = re.compile(r"(?:About|On|Re|Subject|Concerning|Regarding|RE|SUBJECT)\b[: ]")
ADDRESSEE = re.compile(r"(?:To|TO|For|FOR|Attn|ATTN|Copy to)\b[:. ]\s?\S")
SALUTE = re.compile(
    r"(?:My |Most )?(?:[Dd]ear(?:est)?|Sirs?|Madam|Gentlemen|Hono[u]?red|Esteemed|Respected|Comrades?)\b.{0,70}[,:!.]?"
    r"|(?:Mrs?|Miss|Ms|Dr|Prof|Herr|Frau|Monsieur|Madame)\b\.? .{1,40}[,:!]",
    re.S,
)
VALEDICTION = re.compile(
    r"(?:I am|I remain|Yours|Sincerely|Respectfully|Faithfully|Cordially|Affectionately|Best (?:wishes|regards)"
    r"|With (?:\w+ ){1,3}(?:greetings|regards|wishes|respect)|Your (?:\w+ ){1,3}(?:servant|friend|son|daughter))\b.{0,70}"
)
INITIALS = re.compile(
    r"(?:/s/ ?)?(?:[^\W\d_]\. ?){1,3}[^\W\d_][\w'’-]+|(?:[^\W\d_][\w'’-]+ )(?:[^\W\d_]\. ?){1,3}|(?:[^\W\d_]\. ?){1,3}[^\W\d_]"
)
FULL_NAME = re.compile(r"(?:/s/ ?)?(?:[A-ZÀ-ÞА-Я][\w'’.-]+ ){1,3}[A-ZÀ-ÞА-Я][\w'’-]+")
TYPIST = re.compile(r"\d{1,3}-[^\W\d_]{1,4}|[A-Z]{2,4}[:/][a-z]{2,4}")


@rule(40, "A line that gives a page number of the source is a page beginning: pb, its number in @n.")
def page_break(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Turn “P. 12”, “[Page 12]” and “- 12 -” standing alone into page beginnings."""
    blocks, consumed = list[Block](), list(draft.consumed)
    for block in draft.blocks:
        match = PAGE.fullmatch(block.text.plain.strip()) if block.kind != "item" else None
        if match:
            consumed += [Consumed(run.start, run.end, "page-break") for run in block.text.runs]
            blocks.append(replace(block, role="pb", n=match["a"] or match["b"], rule="page-break"))
        else:
            blocks.append(block)
    return replace(draft, blocks=tuple(blocks), consumed=tuple(consumed))


@rule(
    50,
    'A sentence broken by a blank line or a page break is one paragraph; milestone unit="source-break" or pb '
    "keeps the place of the break.",
)
def joined_paragraph(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Join a paragraph that ends in mid-sentence with the one that goes on in lower case."""
    blocks: list[Block] = []
    for block in draft.blocks:
        page = blocks.pop() if len(blocks) > 1 and blocks[-1].role == "pb" and _goes_on(blocks[-2], block) else None
        if blocks and _goes_on(blocks[-1], block):
            before = blocks.pop()
            at = before.text.runs[-1].end
            mark = Run("", at, at, target=page.n, kind="page") if page else Run("", at, at, kind="break")
            blocks.append(replace(before, text=before.text + Text((Run(" ", at, at), mark)) + block.text))
            report.add(
                codes.JOINED_PARAGRAPH,
                draft.source.location(block.text.start),
                f"“… {_last_words(before.text)} | {_first_words(block.text)} …” is one sentence, broken by a blank line",
            )
        else:
            blocks += [page, block] if page else [block]
    return replace(draft, blocks=tuple(blocks))


def _goes_on(before: Block, block: Block) -> bool:
    """Whether a paragraph of running text breaks off and the next one continues it."""
    if before.role or block.role or before.kind != "paragraph" or block.kind != "paragraph":
        return False
    first, last = block.text.plain.lstrip()[:1], before.text.plain.rstrip()
    return first.islower() and len(last) >= 40 and "\n" not in last and not SENTENCE_END.search(last)


def _last_words(text: Text) -> str:
    return " ".join(text.plain.split()[-3:])


def _first_words(text: Text) -> str:
    return " ".join(text.plain.split()[:3])


@rule(55, "On a page with labels of a web site behind the text, the paragraph behind the closer is a summary.")
def summary_behind(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Move a summary that a web page puts between the document's closer and its labels to the header."""
    scraped = any(field.name == "furniture:web-page" for field in draft.fields)
    if not scraped or len(draft.blocks) < 3:
        return draft
    last, before = draft.blocks[-1], draft.blocks[-2]
    if not SENTENCE_END.search(last.text.plain.rstrip()) or _closing_role(before.text.plain.strip()) is None:
        return draft
    field = Field("abstract?behind", last.whole, "summary-behind")
    return replace(draft, blocks=draft.blocks[:-1], fields=(*draft.fields, field))


@rule(60, "Valediction, signature, date and typist's mark at the end are the closer.")
def closer(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Read the closer from the end of the text upwards, as far as every line is one of its kinds."""
    blocks = list(draft.blocks)
    found: list[Block] = []
    while len(blocks) > 1 and blocks[-1].kind == "paragraph" and not blocks[-1].role:
        lines = blocks[-1].text.lines()
        roles = [_closing_role(line.plain) for line in lines]
        if not all(roles) or len(lines) > 8:
            break
        found = [
            Block("paragraph", line, role=f"closer:{role}", rule="closer")
            for line, role in zip(lines, roles, strict=True)
        ] + found
        blocks.pop()
    if all(block.role == "closer:mark" for block in found):
        return draft
    return replace(draft, blocks=(*blocks, *found))


def _closing_role(line: str) -> str | None:
    """What a line of a closer is: signed, dateline, mark or salute; nothing for other lines."""
    line = line.strip()
    if only_date(line) or _place_and_date(line):
        return "dateline"
    if TYPIST.fullmatch(line):
        return "mark"
    if VALEDICTION.fullmatch(line) and len(line) < 90:
        return "salute"
    return "signed" if _is_signature(line) else None


def _place_and_date(line: str) -> bool:
    found = next(find_dates(line, ""), None)
    if found is None or len(line) > 60 or line[found.end :].strip(" .") != "":
        return False
    return bool(re.fullmatch(r"(?:[^\W\d_][\w'’.-]*[ ,]*){1,4}", line[: found.start]))


def _is_signature(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    if not letters or len(line) > 60 or any(c.isdigit() for c in line):
        return False
    capital = all(word.isupper() for word in re.findall(r"[^\W\d_]{3,}", line)) and line[:1].isupper()
    name = line.rstrip(".,")
    return (capital and len(letters) > 3) or bool(INITIALS.fullmatch(name) or FULL_NAME.fullmatch(name))


@rule(
    70,
    "Heading matter is kept line by line: head with @type motto, letterhead, reference, excerpt or subject; "
    "addressees and salutes are the opener; a document's number is idno, its classification seg.",
)
def heading_matter(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Decide on the short lines before the text proper."""
    blocks = list(draft.blocks)
    last = len(blocks) - 1
    decided: list[Block] = []
    index = 0
    while index < last and blocks[index].kind in ("paragraph", "heading"):
        block = blocks[index]
        roles = [block] if block.role == "pb" else list(_heading_lines(block, blocks[index + 1], settings))
        if not roles:
            break
        decided += roles
        index += 1
    return replace(draft, blocks=(*decided, *blocks[index:]))


def _heading_lines(block: Block, following: Block, settings: Settings) -> Iterator[Block]:
    """The lines of a block of heading matter with their roles, or none when it is text."""
    plain = block.text.plain.strip()
    if block.role or len(plain) > LONGEST_HEADING or NUMBERED.match(plain):
        return
    lines = block.text.lines()
    if SALUTE.fullmatch(lines[-1].plain) and all(len(line.plain) < 90 for line in lines):
        yield from (Block("paragraph", line, role="opener:addrLine", rule="heading-matter") for line in lines[:-1])
        yield Block("paragraph", lines[-1], role="opener:salute", rule="heading-matter")
    elif ADDRESSEE.match(plain):
        yield from (Block("paragraph", line, role="opener:addrLine", rule="heading-matter") for line in lines)
    elif _is_dateline(lines):
        yield Block("paragraph", block.text, role="opener:dateline", rule="heading-matter")
    elif block.kind == "paragraph" and (kind := _heading_type(plain, following, settings)):
        yield replace(block, role="head", type=kind, rule="heading-matter")


def _is_dateline(lines: list[Text]) -> bool:
    """Whether short lines, one of them a date with or without a place, say where and when."""
    dated = any(only_date(line.plain) or _place_and_date(line.plain.strip()) for line in lines)
    return dated and all(len(line.plain) < 60 for line in lines)


def _heading_type(plain: str, following: Block, settings: Settings) -> str:
    """Which line of a letterhead or document head this is; empty for running text."""
    ends = bool(SENTENCE_END.search(plain))
    if plain.endswith("!") and len(plain) < 80:
        return "motto"
    if DOCUMENT_NUMBER.match(plain) or (classification(plain, settings) and not ends):
        return "reference"
    if EXCERPT.match(plain) and not ends:
        return "excerpt"
    if SUBJECT.match(plain) and len(plain) < 160:
        return "subject"
    if not ends and len(plain) < 120 and any(len(word) > 4 and word.isupper() for word in plain.split()):
        return "letterhead"
    return ""


def classification(plain: str, settings: Settings) -> re.Match[str] | None:
    """The security classification in a line."""
    words = (*settings.convert.classifications, *CLASSIFICATIONS)
    return re.search(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in words)})(?!\w)", plain, re.IGNORECASE)


NUMBERED = re.compile(r"(\(?(\d{1,3})[.)])\s+(?=\S)")


@rule(80, "Numbered paragraphs are items of a list; their numbers are kept as label and in @n.")
def numbered_item(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Make a list of paragraphs numbered one after the other, with the unnumbered ones that belong to them."""
    numbers = {i: int(match[2]) for i, block in enumerate(draft.blocks) if (match := _number(block))}
    blocks = list(draft.blocks)
    for run in _sequences(numbers):
        continues = any(later - earlier > 1 for earlier, later in zip(run, run[1:], strict=False))
        end = _end_of_list(blocks, run[-1], continues)
        for i in range(run[0], end):
            blocks[i] = _as_item(blocks[i], i in run)
    return replace(draft, blocks=tuple(blocks))


def _number(block: Block) -> re.Match[str] | None:
    return NUMBERED.match(block.text.plain) if block.kind == "paragraph" and not block.role else None


def _sequences(numbers: dict[int, int]) -> Iterator[list[int]]:
    """Indexes of paragraphs whose numbers follow one another; at least two make a list."""
    run: list[int] = []
    for index, number in numbers.items():
        if run and number == numbers[run[-1]] + 1:
            run.append(index)
            continue
        if len(run) > 1:
            yield run
        run = [index]
    if len(run) > 1:
        yield run


def _end_of_list(blocks: list[Block], last: int, continues: bool) -> int:
    """The last item takes the paragraphs up to the closer when an earlier one had more than one."""
    end = last + 1
    while continues and end < len(blocks) and blocks[end].kind == "paragraph" and blocks[end].role in ("", "pb"):
        end += 1
    return end


def _as_item(block: Block, starts: bool) -> Block:
    if block.role:
        return block
    match = NUMBERED.match(block.text.plain) if starts else None
    if match is None:
        return replace(block, kind="item", rule="numbered-item")
    label, text = block.text.slice(0, match.end(1)), block.text.slice(match.end())
    return replace(block, kind="item", type="start", n=match[2], label=label, text=text, rule="numbered-item")
