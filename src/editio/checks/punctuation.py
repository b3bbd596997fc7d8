"""Checks of punctuation: brackets and quotation marks without their other half, spaces that slipped into an element."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from editio.diagnostics import Severity
from editio.model import Document, Edition
from editio.registry import Finding, check
from editio.tei import TEI, Passage, contents, spaced_among

BRACKETS = dict(zip(")]}⟩〉】」』）》〕", "([{⟨〈【「『（《〔", strict=True))
PAIRS = [opening + closing for closing, opening in BRACKETS.items()]
NO_BRACKETS = bytes(set(range(256)).difference(b"()[]{}"))
QUOTES = "„“”«»"
OPENING = "".join(BRACKETS.values())
# What stands before the bracket that ends a number of an enumeration: “1)”, “a)”, “iv)”, “12*)”.
ENUMERATION = re.compile(r"(?:^|[\s(（\[–—。；，、-])(?:\d{1,3}|([^\W\d_])\1?|[ivxlcIVXLC]{1,6}|)[.*†°º']?$")
NAMES = tuple(
    "persName placeName orgName geogName name rs date forename surname foreign emph hi title term q quote ref supplied".split()
)
SPACES = (" ", "\u00a0")
ALONE_BEFORE = re.compile(r"(?:^|\s)(?:\d{1,3}|[^\W\d_]|[ivx]{1,5})[.*†°º']?$")
# A bracket behind the words that a note is about: “king] kyng Q”.
LEMMA = re.compile(r"^\s*[^\[\]]{0,39}$")
# Elements in which a half of a pair may stand alone, or whose text is none of the sentence around it.
ALONE = frozenset(
    f"{TEI}{name}"
    for name in (
        "del sic orig abbr surplus rdg fw code eg formula gi att val tag ident idno g gap metamark pc w c char glyph "
        "mapping egXML castItem label num"
    ).split()
)
# What may stand before a mark at the beginning of a paragraph or line: the number of the paragraph.
BEGINNING = re.compile(r"\s*(?:\(?\w{1,4}[.)]\s*)?")
HEBREW = re.compile(r"[\u0590-\u05ff]")
BLOCKS = frozenset(f"{TEI}{name}" for name in "p ab head l item cell note quote stage speaker label figDesc".split())


@check(
    Severity.WARNING,
    "add the other half, or take this one out; if the source has it so, put it into <sic>",
    "(which I never saw.</p>",
)
def unbalanced_brackets(document: Document, edition: Edition) -> Iterable[Finding]:
    """A bracket is opened and not closed, or closed and not opened. Numbers such as “a)” are left out."""
    present = document.lookup.characters
    ascii_marks = document.lookup.encoded.translate(None, NO_BRACKETS).decode()
    odd = [
        pair
        for pair in PAIRS
        if (pair.isascii() and _surplus(document, ascii_marks, pair))
        or (not present.isdisjoint(pair) and _surplus(document, document.lookup.beyond_ascii, pair))
    ]
    for stream in _streams(document, "".join(odd)) if odd else ():
        for mark in _unpaired_brackets(stream):
            words = "is never closed" if mark.character in OPENING else "closes nothing"
            yield Finding(
                document.location_in(mark.passage, mark.offset), f"“{mark.character}” {words}: “{mark.around}”"
            )


@check(
    Severity.INFO,
    "add the other mark, or take this one out; if the source has it so, put it into <sic>",
    "“I am glad to hear from you.</p>",
)
def unbalanced_quotes(document: Document, edition: Edition) -> Iterable[Finding]:
    """A quotation is opened and not closed, or closed and not opened.

    Marks may be „…“, „…”, “…”, ”…”, «…», »…« or »…»; a quotation over several paragraphs may repeat its mark at each of them,
    and at each line. Straight marks are not looked at: they do not say whether they open a quotation, go on with it or close it.
    """
    if document.lookup.characters.isdisjoint(QUOTES):
        return
    low, up, right, first, last = map(document.lookup.beyond_ascii.count, QUOTES)
    swedish = not low + up and right % 2 == 0
    if (swedish or low + up == right or low == up + right) and (first == last or (not first and last % 2 == 0)):
        return
    for stream in _streams(document, QUOTES):
        for family in ("„“”", "«»"):
            for mark, words in _unpaired_quotes([one for one in stream if one.character in family]):
                yield Finding(
                    document.location_in(mark.passage, mark.offset),
                    f"the quotation mark “{mark.character}” {words}: “{mark.around}”",
                )


@check(
    Severity.INFO,
    "put the space outside of the element",
    "to<persName> Anna</persName>  →  to <persName>Anna</persName>",
)
def space_at_edge(document: Document, edition: Edition) -> Iterable[Finding]:
    """A name, a date or highlighted words begin or end with a space, so that the space is part of them."""
    for element, first, last in spaced_among(document.lookup.any_of(*NAMES)):
        before = first[:1] in SPACES and first.strip() != "" and "\n" not in first[: -len(first.lstrip())]
        behind = last[-1:] in SPACES and last.strip() != "" and "\n" not in last[len(last.rstrip()) :]
        if (before or behind) and _is_inline(element):
            where = "begins and ends" if before and behind else "begins" if before else "ends"
            yield Finding(document.location(element), f"the {str(element.tag)[len(TEI) :]} {where} with a space")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A bracket or quotation mark: where in which text it stands, the number of its paragraph, and what is around it."""

    character: str
    passage: Passage
    offset: int
    paragraph: int
    before: str
    behind: str
    is_in_note: bool = False

    @property
    def around(self) -> str:
        """A few of the words around it."""
        before, behind = self.before[-20:].lstrip(), self.behind[:20].rstrip()
        return " ".join(f"{before}{self.character}{behind}".split())


def _streams(document: Document, marks: str) -> Iterator[list[_Mark]]:
    """The marks of the text, and those of each note by itself, in order."""
    streams: dict[etree._Element | None, list[_Mark]] = {}
    paragraphs: dict[etree._Element | None, int] = {}
    needles = [one for one in marks if one.isascii() or one in document.lookup.characters]
    pattern = re.compile(f"[{re.escape(marks)}]")
    kept: dict[etree._Element, tuple[bool, etree._Element | None, etree._Element | None]] = {}
    for passage in document.lookup.passages(*needles):
        found = list(pattern.finditer(passage.text))
        if not found:
            continue
        if passage.element not in kept:
            kept[passage.element] = _context(passage.element)
        wanted, note, block = kept[passage.element]
        if not wanted:
            continue
        number = paragraphs.setdefault(block, len(paragraphs))
        if not passage.text.strip(marks + "\n\t ") and not len(passage.element):
            continue  # ditto marks, and braces beside several lines
        for one in found:
            around = passage.text[max(0, one.start() - 40) : one.start()], passage.text[one.end() : one.end() + 40]
            streams.setdefault(note, []).append(_Mark(one[0], passage, one.start(), number, *around, note is not None))
    yield from streams.values()


def _context(element: etree._Element) -> tuple[bool, etree._Element | None, etree._Element | None]:
    """Whether the text of an element is looked at, the note it stands in, and its paragraph."""
    note = block = None
    for one in (element, *element.iterancestors()):
        tag = str(one.tag)
        if tag in ALONE or not tag.startswith(TEI) or tag == f"{TEI}teiHeader":
            return False, None, None
        if tag in BLOCKS and block is None:
            block = one
        if tag == f"{TEI}note" and note is None:
            note = one
    return True, note, block


def _surplus(document: Document, marks: str, pair: str) -> int:
    """How many brackets more are closed than opened, the numbers of enumerations left out."""
    surplus = marks.count(pair[1]) - marks.count(pair[0])
    if surplus > 0 and pair == "()":
        surplus -= sum(1 for one in document.lookup.text.split(")")[:-1] if ALONE_BEFORE.search(one[-8:]))
    return surplus


def _unpaired_brackets(stream: list[_Mark]) -> Iterator[_Mark]:
    """Brackets without the other half; one may be closed in a later paragraph, if none like it is opened before."""
    open: list[_Mark] = []
    for mark in stream:
        character = mark.character
        if character in OPENING:
            stale = [one for one in open if one.character == character and one.paragraph != mark.paragraph]
            yield from stale
            open = [one for one in open if one not in stale] + [mark]
        elif character in BRACKETS:
            matching = [one for one in open if one.character == BRACKETS[character]]
            if matching:
                open.remove(matching[-1])
            elif not (character in ")）" and ENUMERATION.search(mark.before)) and not _is_lemma(mark):
                yield mark
    yield from open


def _is_lemma(mark: _Mark) -> bool:
    """Whether a bracket closes the words that a note is about, as in editions of plays and of the classics."""
    return mark.character == "]" and mark.is_in_note and not mark.behind[:1].strip() and bool(LEMMA.match(mark.before))


def _unpaired_quotes(marks: list[_Mark]) -> Iterator[tuple[_Mark, str]]:
    """Quotation marks of one family without the other half, and what is the matter with each."""
    open: list[_Mark] = []
    low = any(mark.character == "„" for mark in marks)
    nested = _nested(marks, low)
    finnish = not any(mark.character == "«" for mark in marks)
    for mark in marks:
        if HEBREW.search(mark.before[-1:]) and HEBREW.match(mark.behind):
            continue  # a gershayim
        if not open:
            if (mark.character == "”" or (mark.character == "“" and low)) and not _opens(mark):
                yield mark, "closes nothing"
            else:
                open = [mark]
        elif _repeats(mark, open[-1]):
            continue
        elif _closes(mark, open[-1]) or (finnish and mark.character == open[-1].character == "»"):
            open.pop()
        elif mark.paragraph == open[-1].paragraph and (mark.character in "«»" or mark.paragraph in nested):
            open.append(mark)  # a quotation in a quotation has the same marks
        elif mark.paragraph == open[-1].paragraph or not BEGINNING.fullmatch(mark.before):
            yield open[0], "is never closed"
            open = [mark]
        # else: the quotation goes on, and its mark is repeated
        if len(open) > 1 and mark.paragraph != open[0].paragraph:
            open = open[:1]
    if open:
        yield open[0], "is never closed"


def _nested(marks: list[_Mark], low: bool) -> frozenset[int]:
    """The paragraphs in which as many quotations are opened as closed, so that they may stand in one another."""
    opened: Counter[int] = Counter()
    for mark in marks:
        opened[mark.paragraph] += 1 if mark.character == "„" or (mark.character == "“" and not low) else -1
    return frozenset(paragraph for paragraph, surplus in opened.items() if not surplus)


def _repeats(mark: _Mark, opened: _Mark) -> bool:
    """Whether a mark stands at the beginning of a line or paragraph only to say that the quotation goes on."""
    if not BEGINNING.fullmatch(mark.before) or not mark.behind.lstrip()[:1].isalpha():
        return False
    return mark.character == opened.character or (mark.character == "»" and opened.character == "«")


def _closes(mark: _Mark, opened: _Mark) -> bool:
    if opened.character in "„”":
        return mark.character in "“”"
    return mark.character not in (opened.character, "„")


def _opens(mark: _Mark) -> bool:
    """Whether a mark that may do both stands where a quotation begins."""
    return not mark.before[-1:].strip() and mark.behind[:1].isalnum()


def _is_inline(element: etree._Element) -> bool:
    """Whether an element stands in a text, and not in a list of such elements."""
    parent = element.getparent()
    return parent is not None and any(isinstance(piece, str) and piece.strip() for piece in contents(parent))
