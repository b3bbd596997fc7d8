"""Rules that find header material among the blocks: labelled fields, title and date, credits, page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from editio import codes
from editio.config import Settings
from editio.dating import only_date
from editio.diagnostics import Report
from editio.model import Block, Consumed, Draft, Field, Text
from editio.registry import rule
from editio.rules.cues import ADDRESSEE, SALUTE, SENTENCE_END

# A label as archives and web pages write it, and the header field it names. “furniture” is nothing of the document.
LABELS = {
    "title": "title",
    "author": "author",
    "authors": "author",
    "author(s)": "author",
    "date": "date",
    "citation": "citation",
    "source": "citation",
    "original archive": "archive",
    "archive": "archive",
    "repository": "archive",
    "shelfmark": "shelfmark",
    "summary": "abstract",
    "abstract": "abstract",
    "description": "abstract",
    "credits": "funder",
    "funding": "funder",
    "original language": "original-language",
    "language": "text-language",
    "contents": "contents",
    "translator": "translator",
    "translation": "translator",
    "rights": "rights",
    "licence": "rights",
    "license": "rights",
    "associated places": "furniture",
    "associated topics": "furniture",
    "associated people & organizations": "furniture",
    "subjects discussed": "furniture",
    "related documents": "furniture",
    "document information": "furniture",
    "download": "furniture",
    "share": "furniture",
    "cite": "furniture",
    "print": "furniture",
}
LANGUAGE_LINE = re.compile(r"(translation|transcript|transcription|original)\b.{0,40}", re.IGNORECASE)
CREDIT = re.compile(
    r"(this|the) (document|letter|text|translation|edition|publication)s? (was|were|is) made possible\b", re.I
)
LONGEST_TITLE = 250
LEADING = 6
# A repeated line shorter than this says nothing.
SHORTEST_TITLE = 8
# More paragraphs than this under a label are text.
MOST_PARAGRAPHS = 4


def _label(block: Block, settings: Settings) -> str:
    """The field a block is the label of, or nothing: a heading or line that says nothing else."""
    if block.kind not in ("heading", "paragraph") or "\n" in block.text.plain or len(block.text.plain) > 60:
        return ""
    return _field_named(block.text.plain, settings)


def _field_named(label: str, settings: Settings) -> str:
    """The header field that a label names, by edition.toml or by ``LABELS``; empty for a word that is no label."""
    word = label.strip().rstrip(":").strip().casefold()
    own = {name.casefold().rstrip(":"): field for name, field in settings.convert.labels.items()}
    return own.get(word) or LABELS.get(word, "")


def fields_of(name: str, block: Block, rule: str) -> Iterator[Field]:
    """A block as header material: its words, those of what it holds, and its notes as fields of their own."""
    if block.whole:
        yield Field(name, block.whole, rule)
    for inner in block.blocks:
        yield from fields_of(name, inner, rule)
    for text in (block.label, block.text):
        for note in (inner for point in text.points for inner in point.blocks):
            yield from fields_of("note", note, rule)


LINE = re.compile(r"(?P<label>[^:\n]{2,40}):[ \t]+(?P<value>\S.*)")


@rule(5, "Lines such as “Title: …” at the very beginning of a source are in the header.")
def labelled_line(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Move a first paragraph, every line of which begins with a known label, to the header."""
    first = draft.blocks[0].text.lines() if draft.blocks and draft.blocks[0].kind == "paragraph" else []
    matches = [LINE.fullmatch(line.plain) for line in first]
    names = [_field_named(match["label"], settings) if match else "" for match in matches]
    if not names or not all(names) or len(draft.blocks) < 2:
        return draft
    fields, consumed = list(draft.fields), list(draft.consumed)
    for line, match, name in zip(first, matches, names, strict=True):
        if match:
            fields.append(Field(name, line.slice(match.start("value")), "labelled-line"))
            label = line.slice(0, match.start("value"))
            consumed += [Consumed(run.start, run.end, "labelled-line") for run in label.runs]
    return replace(draft, blocks=draft.blocks[1:], fields=tuple(fields), consumed=tuple(consumed))


@rule(10, "Labels such as “Citation:” or “Rights” and what stands under them are in the header, not in the text.")
def labelled_field(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Move labelled fields to the header, whether they stand before the text or behind it."""
    labels = _clustered({i: name for i, block in enumerate(draft.blocks) if (name := _label(block, settings))}, draft)
    if not labels:
        return draft
    body = _body_range(draft.blocks, labels)
    fields, consumed, furniture = list(draft.fields), list(draft.consumed), list[Block]()
    for index, name in labels.items():
        if index in body:
            continue
        values = _values(index, labels, body, len(draft.blocks))
        label = draft.blocks[index].text
        if name == "furniture" or not values:
            furniture += [draft.blocks[index], *(draft.blocks[i] for i in values)]
            continue
        consumed += [Consumed(run.start, run.end, "labelled-field") for run in label.runs]
        fields += [field for i in values for field in fields_of(name, draft.blocks[i], "labelled-field")]
    fields += [field for block in furniture for field in fields_of("furniture:web-page", block, "labelled-field")]
    if furniture:
        where = draft.source.location(furniture[0].text.start)
        words = ", ".join(f"“{block.text.plain.rstrip(':')}”" for block in furniture[:3])
        report.add(codes.PAGE_FURNITURE, where, f"labels of a web page were kept out of the text: {words} …")
    before = draft.blocks[: min(labels)] if body.start > min(labels) else ()
    return replace(
        draft, blocks=(*before, *(draft.blocks[i] for i in body)), fields=tuple(fields), consumed=tuple(consumed)
    )


def _clustered(labels: dict[int, str], draft: Draft) -> dict[int, str]:
    """The labels that stand close together at the beginning or end; any other is a heading of the text."""
    leading = _chain(sorted(labels), -1, draft.blocks)
    leading = leading if leading and leading[0] < LEADING else []
    rest = [index for index in sorted(labels) if index not in leading]
    trailing = _chain(rest[::-1], len(draft.blocks), draft.blocks)
    sure = [
        index
        for chain in (leading, trailing)
        if len(chain) > 1 or any(draft.blocks[one].text.plain.rstrip().endswith(":") for one in chain)
        for index in chain
    ]
    return {index: labels[index] for index in sorted(sure)}


def _chain(labels: list[int], start: int, blocks: tuple[Block, ...]) -> list[int]:
    """Labels in order from one end, as long as each has no more than a few paragraphs, and no heading, to the next."""
    chain: list[int] = []
    before = start
    for index in labels:
        between = range(min(before, index) + 1, max(before, index))
        first_of_all = not chain and start < 0
        headings = [i for i in between if blocks[i].kind == "heading"]
        if not first_of_all and (len(between) > MOST_PARAGRAPHS or headings):
            break
        chain.append(index)
        before = index
    return chain


def _body_range(blocks: tuple[Block, ...], labels: dict[int, str]) -> range:
    """Where the text lies: behind “Contents”, else before the first label or behind the last field, whichever is more."""
    contents = next((i for i, name in labels.items() if name == "contents" and i + 1 not in labels), None)
    if contents is not None:
        has_language = contents + 1 < len(blocks) and LANGUAGE_LINE.fullmatch(blocks[contents + 1].text.plain.strip())
        end = next((i for i in labels if i > contents), len(blocks))
        return range(contents + (2 if has_language else 1), end)
    first, last = min(labels), max(labels)
    if _size(blocks[:first]) >= _size(blocks[last + 2 :]):
        return range(0, first)
    return range(last + 2, len(blocks))


def _size(blocks: tuple[Block, ...]) -> int:
    return sum(len(block.text.plain) for block in blocks if block.kind != "heading")


def _values(index: int, labels: dict[int, str], body: range, count: int) -> list[int]:
    """The blocks that belong to a label: up to the next label or the text."""
    values: list[int] = []
    for i in range(index + 1, count):
        if i in labels or i in body:
            break
        values.append(i)
    return values


ARCHIVAL = re.compile(
    r"\b(?:Archiv\w*|Library|Bibliothek|Bibliothèque|Papers|Nachlass|Collection|RG \d+|Record Group|Box \d+|Folder|Fond|"
    r"F\. ?\d+|Bl\. ?\d+|Ms\.|MS\b|fol\.|f\. ?\d+|ф\. ?\d+|оп\. ?\d+|архив\w*|РГА\w+|ГАРФ|[A-Z]{2,4} \d+/\d+)",
    re.IGNORECASE,
)
SOURCE_LINE = re.compile(
    r"(?:Source|Citation|Archive|Quelle|Fundort|Signatur|Источник|Cote|Fonte)\s?:\s+(?=\S)", re.IGNORECASE
)


@rule(12, "A paragraph “Source: …” with an archive's reference, first or last of all, is the citation in the header.")
def source_line(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Move an archival citation at the head or foot of a source to the header."""
    if draft.field("citation") is not None or len(draft.blocks) < 3:
        return draft
    for index in (len(draft.blocks) - 1, 0, 1):
        block = draft.blocks[index]
        match = SOURCE_LINE.match(block.text.plain) if block.is_plain else None
        if match and ARCHIVAL.search(block.text.plain):
            label = block.text.slice(0, match.end())
            used = tuple(Consumed(run.start, run.end, "source-line") for run in label.runs if run.text)
            field = Field("citation", block.text.slice(match.end()), "source-line")
            blocks = draft.blocks[:index] + draft.blocks[index + 1 :]
            return replace(draft, blocks=blocks, fields=(*draft.fields, field), consumed=draft.consumed + used)
    return draft


@rule(20, "The title and date that stand with labels or by themselves over a source are in the header.")
def title_and_date(draft: Draft, settings: Settings, report: Report) -> Draft:
    """A line that is only a date, among the first, and the title by its side; the first heading among labels.

    Any other heading belongs to the text, and the header has a copy of it.
    """
    leading = draft.blocks[:LEADING]
    date = next((i for i, block in enumerate(leading[:3]) if _is_line(block) and only_date(block.text.plain)), None)
    title = _title(leading, date) if draft.field("title") is None else None
    # a transcription of pages keeps its lines where they stand
    # … and what a file or web page says of itself is no label
    labelled = any(not field.rule.endswith(("-properties", "-furniture")) for field in draft.fields)
    if title is None or draft.surfaces or leading[title].text.points or (date is None and not labelled):
        return draft
    fields = [*draft.fields, Field("title", leading[title].whole, "title-and-date")]
    taken = {title}
    if date is not None and draft.field("date") is None:
        fields.append(Field("date", leading[date].whole, "title-and-date"))
        taken.add(date)
    before = [i for i in range(min(taken)) if leading[i].kind == "paragraph"] if date is not None else []
    if not all(_is_summary(leading[i].text.plain.strip()) for i in before):
        return draft
    fields += [field for i in before for field in fields_of("abstract?", leading[i], "title-and-date")]
    taken |= set(before)
    blocks = tuple(block for i, block in enumerate(draft.blocks) if i not in taken)
    return replace(draft, blocks=blocks, fields=tuple(fields))


@rule(22, "A line that the heading of the text repeats, before it, is the title in the header.")
def repeated_title(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Move a title that programs set over a text, which has its own heading of the same words, to the header."""
    first = draft.blocks[0] if draft.blocks else None
    if first is None or not _is_line(first) or draft.field("title") is not None:
        return draft
    words = "".join(first.text.plain.split()).casefold()
    leading = ("".join(block.text.plain.split()).casefold() for block in draft.blocks[1:4])
    if len(words) < SHORTEST_TITLE or words not in (one.rstrip("0123456789*") for one in leading):
        return draft
    return replace(draft, blocks=draft.blocks[1:], fields=(*draft.fields, *fields_of("title", first, "repeated-title")))


def _is_line(block: Block) -> bool:
    """Whether a block holds nothing but its words, which may therefore move to the header."""
    return block.kind in ("paragraph", "heading") and not block.blocks and not block.text.points


def _title(leading: tuple[Block, ...], date: int | None) -> int | None:
    headings = [i for i, block in enumerate(leading) if block.kind == "heading" and i != date]
    if headings:
        return headings[0]
    if date is None or date + 1 >= len(leading):
        return None
    text = leading[date + 1].text.plain.strip()
    opens = SALUTE.fullmatch(text) or ADDRESSEE.match(text) or text.endswith((".", ",", ":")) or "\n" in text
    return None if opens or len(text) > LONGEST_TITLE or not _is_line(leading[date + 1]) else date + 1


def _is_summary(text: str) -> bool:
    return len(text) >= 40 and bool(SENTENCE_END.search(text))


@rule(30, "Acknowledgements of support at the head of the source are in the header.")
def credit_line(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Move “This document was made possible with support from …” to the header."""
    credits = [block for block in draft.blocks[:LEADING] if CREDIT.match(block.text.plain)]
    fields = tuple(field for block in credits for field in fields_of("funder", block, "credit-line"))
    return replace(
        draft, fields=draft.fields + fields, blocks=tuple(block for block in draft.blocks if block not in credits)
    )


@rule(90, "Summaries around the text are in the header: the document's own as abstract, a neighbour's as furniture.")
def summary(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Of the summaries before the title and behind the closer, the one by the closer is the document's own."""
    candidates = [field for field in draft.fields if field.name == "abstract?"]
    behind = [field for field in draft.fields if field.name == "abstract?behind"]
    has_own = draft.field("abstract") is not None
    own = None if has_own else next(iter(behind or candidates), None)
    fields: list[Field] = []
    for field in draft.fields:
        if not field.name.startswith("abstract?"):
            fields.append(field)
        elif field is own:
            fields.append(replace(field, name="abstract"))
        else:
            fields.append(replace(field, name="furniture:neighbour"))
            report.add(
                codes.PAGE_FURNITURE,
                draft.source.location(field.text.start),
                f"a neighbour's summary was kept out of the text: “{_shortened(field.text)}”",
            )
    return replace(draft, fields=tuple(fields))


def _shortened(text: Text) -> str:
    plain = " ".join(text.plain.split())
    return plain if len(plain) <= 60 else plain[:59].rsplit(" ", 1)[0] + " …"
