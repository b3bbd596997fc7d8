"""Builds the teiHeader of an encoded document from the fields found in its source and the edition's settings."""

from __future__ import annotations

import re

from lxml import etree

from editio import __version__, brackets, codes, languages, marking, tei
from editio.citation import read_citation
from editio.config import DOCUMENT_FIELDS, Settings
from editio.dating import iso_date
from editio.dating.scan import find_dates
from editio.inline import Encoding
from editio.model import Draft, Run, Text
from editio.registry import rules
from editio.tei import element

# Fields that the header has one place for: a second one is kept as a note, as is any field it has no place for.
SINGLE = frozenset(["title", "date", "translator", "archive", "shelfmark"])


def build_header(draft: Draft, encoding: Encoding) -> etree._Element:
    """The complete header; all text of the draft's fields is in it and entered in the ledger."""
    header = _Header(draft, encoding)
    return element("teiHeader", header.file_description(), header.encoding_description(), header.profile_description())


def document_date(draft: Draft, settings: Settings) -> str:
    """The document's own date (ISO): that of its date field, dateline, citation or file name; empty if there is none."""
    calendar = settings.calendar_of(draft.source.id)
    datelines = [block.text for block in draft.blocks if block.role.endswith(":dateline")]
    for text in (draft.field("date"), *datelines, draft.field("citation")):
        dates = find_dates(text.plain, "", (settings.edition.language,), calendar) if text else ()
        exact = next((found.day for found in dates if found.day), "")
        if exact:
            return exact
    in_name = re.search(r"\d{4}-\d\d-\d\d", draft.source.id)
    return iso_date(in_name[0]) if in_name else ""


def _first_heading(draft: Draft) -> str:
    """The words of the heading over the text, notes left out; empty if there is none."""
    heading = next((block.whole.plain for block in draft.blocks if block.kind == "heading" and not block.role), "")
    return " ".join(heading.split())


class _Header:
    """The fields of one draft on their way into the header."""

    def __init__(self, draft: Draft, encoding: Encoding) -> None:
        self.draft, self.encoding = draft, encoding
        self.edition = encoding.settings.edition
        self.own = encoding.settings.documents.get(draft.source.id, {})
        self.date = iso_date(self.own.get("date", "")) or document_date(draft, encoding.settings)
        citation = self._first("citation")
        self.citation = read_citation(citation.plain) if citation else None

    def _fields(self, name: str) -> list[Text]:
        """The texts of a field: those found in the source, else the one given in edition.toml."""
        found = [field.text for field in self.draft.fields if field.name == name]
        given = self.own.get(name)
        return found or ([Text((Run(given, 0, 0),))] if given else [])

    def _first(self, name: str) -> Text | None:
        return next(iter(self._fields(name)), None)

    def _place(self, text: Text) -> str:
        """Enter a text in the ledger as standing in the header."""
        self.encoding.ledger.header += [run for run in text.runs if run.end > run.start]
        return text.plain.replace("\n", " ")

    # --- fileDesc -------------------------------------------------------------------------

    def file_description(self) -> etree._Element:
        parts = [self._title_statement(), self._publication(), self._notes(), self._source()]
        return element("fileDesc", *(part for part in parts if part is not None))

    def _title_statement(self) -> etree._Element:
        title = self._first("title")
        heading = _first_heading(self.draft) if not title else ""
        if not title and not heading:
            name = self.draft.source.id.replace("-", " ").replace("_", " ")
            self.encoding.report.add(
                codes.MISSING_TITLE,
                self.encoding.report.place(self.draft.source.path),
                f"no title found; called “{name}”",
            )
        made = element("titleStmt", element("title", self._place(title) if title else heading or name))
        tei.append(made, *(element("author", self._place(text)) for text in self._fields("author")))
        tei.append(made, *(element("funder", self._place(text)) for text in self._fields("funder")))
        tei.append(made, *self._responsible())
        return made

    def _responsible(self) -> list[etree._Element]:
        """The translator, and whoever else speaks in square brackets."""
        voice = self.encoding.voice
        translator = self._translator()
        made: list[etree._Element] = []
        if translator or (self.encoding.bracketed and voice == "translator"):
            names = translator or [element("name", "not named in the source")]
            made.append(element("respStmt", element("resp", "translation"), *names, xml_id="translator"))
        if self.encoding.bracketed and voice != "translator":
            name = element("name", "not named in the source")
            made.append(element("respStmt", element("resp", voice), name, xml_id=voice))
        return made

    def _translator(self) -> list[etree._Element]:
        text = self._first("translator")
        if text:
            return [element("name", self._place(text))]
        if not (self.citation and self.citation.translator):
            return []
        affiliation = [element("orgName", self.citation.affiliation)] if self.citation.affiliation else []
        return [element("persName", self.citation.translator), *affiliation]

    def _publication(self) -> etree._Element:
        rights = [element("p", self._place(text)) for text in self._fields("rights")]
        if not rights and self.edition.rights:
            rights = [element("p", self.edition.rights)]
        if self.edition.licence:
            licence = element("licence", self.edition.licence)
            if re.fullmatch(r"https?://\S+", self.edition.licence):
                licence.set("target", self.edition.licence)
            rights.append(licence)
        publisher = element("publisher", self.edition.publisher or "unpublished")
        return element("publicationStmt", publisher, *([element("availability", *rights)] if rights else []))

    def _notes(self) -> etree._Element | None:
        """Furniture of a web page, and fields of source and metadata that the header has no place (left) for."""
        notes: list[etree._Element] = []
        placed: set[str] = set()
        for field in self.draft.fields:
            kind, _, detail = field.name.partition(":")
            if kind == "furniture":
                notes.append(element("note", self._place(field.text), type="furniture", subtype=detail))
            elif field.name not in DOCUMENT_FIELDS or field.name in SINGLE & placed:
                notes.append(element("note", self._place(field.text), type="field", subtype=tei.xml_name(field.name)))
            placed.add(field.name)
        for name, words in self.own.items():
            if name not in DOCUMENT_FIELDS:
                notes.append(element("note", words, type="field", subtype=tei.xml_name(name)))
        return element("notesStmt", *notes) if notes else None

    def _source(self) -> etree._Element:
        made = element("sourceDesc")
        manuscript = self._manuscript()
        if manuscript is not None:
            tei.append(made, manuscript)
        for text in self._fields("citation"):
            tei.append(made, self._citation(text))
        if not len(made):
            tei.append(made, element("p", f"Encoded from the file {self.draft.source.name}."))
        return made

    def _manuscript(self) -> etree._Element | None:
        archive, shelfmark = self._first("archive"), self._first("shelfmark")
        repository = self._place(archive) if archive else (self.citation.repository if self.citation else "")
        number = self._place(shelfmark) if shelfmark else (self.citation.shelfmark if self.citation else "")
        original = [
            element("textLang", self._place(text), mainLang=languages.tag_of(text.plain) or "und")
            for text in self._fields("original-language")
        ]
        if not (repository or number or original):
            return None
        identifier = element("msIdentifier")
        tei.append(identifier, element("repository", repository or "not named in the source"))
        if number:
            tei.append(identifier, element("idno", number, type="shelfmark"))
        contents = [element("msContents", *original)] if original else []
        return element("msDesc", identifier, *contents)

    def _citation(self, text: Text) -> etree._Element:
        """The citation word for word, with its parts marked."""
        made = element("bibl", self._place(text))
        if self.citation:
            for start, end, name, attributes in self.citation.parts:
                marking.wrap(made, start, end, element(name, **attributes))
            if self.citation.address:
                made.set("type", "digital")
        return made

    # --- encodingDesc and profileDesc ---------------------------------------------------------

    def encoding_description(self) -> etree._Element:
        """What the rules that decided something in this document mean (@n: their names), and who encoded it."""
        used = self._used()
        said = [element("p", entry.means, n=entry.name) for entry in rules() if entry.name in used]
        kinds = [kind for kind in brackets.KINDS if kind.name in used]
        if kinds:
            voice = self.encoding.voice
            said.append(element("p", f'Square brackets are the {voice}\'s (resp="#{voice}").', n="brackets"))
            said += [element("p", kind.means, n=kind.name) for kind in kinds]
        for rule, quotes in self._quotes().items():
            words = " ".join(f"“{quote}”" for quote in quotes)
            said.append(element("p", f"As written in the source: {words}.", n=rule))
        application = element(
            "application", element("label", "Editio"), xml_id="editio", ident="editio", version=_version()
        )
        return element(
            "encodingDesc",
            element("editorialDecl", *(said or [element("p", "Encoded as it stands in the source.")])),
            element("appInfo", application),
        )

    def _used(self) -> set[str]:
        """The names of the rules that decided something, brackets among them."""
        decided = {block.rule for block in self.draft.blocks} | {field.rule for field in self.draft.fields}
        return decided | {one.rule for one in (*self.draft.consumed, *self.encoding.ledger.consumed)}

    def _quotes(self) -> dict[str, list[str]]:
        """What rules read as a mark and took out of the text, in the words of the source."""
        quotes: dict[str, list[str]] = {}
        for one in self.draft.consumed:
            if one.quote:
                quotes.setdefault(one.rule, []).append(tei.clean(one.quote))
        return quotes

    def profile_description(self) -> etree._Element:
        abstract = [element("p", self._place(text)) for text in self._fields("abstract")]
        parts = [element("abstract", *abstract)] if abstract else []
        creation = self._creation()
        parts += [creation] if creation is not None else []
        return element("profileDesc", *parts, self._language_usage())

    def _creation(self) -> etree._Element | None:
        text = self._first("date")
        if text is None and not self.date:
            return None
        return element("creation", element("date", *([self._place(text)] if text else []), when=self.date))

    def _language_usage(self) -> etree._Element:
        said = [text for name in ("text-language", "contents") for text in self._fields(name)]
        tags = {self.edition.language: " ".join(self._place(text) for text in said)}
        originals = [languages.tag_of(text.plain) for text in self._fields("original-language")]
        for tag in [self.edition.original_language, *originals, *sorted(self.encoding.languages)]:
            if tag:
                tags.setdefault(tag, "")
        return element(
            "langUsage",
            *(element("language", words or languages.name_of(tag), ident=tag) for tag, words in tags.items()),
        )


def _version() -> str:
    return ".".join(__version__.split(".")[:2])
