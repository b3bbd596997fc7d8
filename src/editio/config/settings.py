"""The settings of edition.toml as frozen structs, and which of them name files and folders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

import msgspec

from editio.diagnostics import Ignore

# Files and folders of the edition: those that may be missing, and those that must be there once they are named.
OwnPath = Annotated[str, "path"]
GivenPath = Annotated[str, "path", "must be there"]
# What [documents.ID] may say: the fields that the header has a place for.
DOCUMENT_FIELDS = frozenset(
    "title date author translator citation archive shelfmark abstract funder original-language text-language "
    "contents rights profile calendar".split()
)


class Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of edition.toml."""


class EditionSettings(Struct, frozen=True):
    """``[edition]``: what the edition says of itself."""

    title: str
    subtitle: str = ""
    description: str = ""
    publisher: str = ""
    date: str = ""
    licence: str = ""
    rights: str = ""
    address: str = ""
    language: str = "en"
    original_language: str = ""


class BracketSettings(Struct, frozen=True):
    """``[[convert.bracket]]``: what brackets of a pattern (``*`` stands for anything) become."""

    pattern: str
    becomes: str


class ConvertSettings(Struct, frozen=True):
    """``[convert]``: how sources become TEI."""

    sources: OwnPath = "sources"
    tei: OwnPath = "tei"
    encoding: str = "utf-8"
    metadata: OwnPath = ""
    profile: str = ""
    brackets: str = ""
    bracket: tuple[BracketSettings, ...] = ()
    rules_off: tuple[str, ...] = ()
    labels: dict[str, str] = {}
    cues: dict[str, tuple[str, ...]] = {}
    styles: dict[str, str] = {}
    original_words: tuple[str, ...] = ()
    classifications: tuple[str, ...] = ()
    numbered: Literal["auto", "list", "paragraphs"] = "auto"
    speeches: Literal["label", "sp", "off"] = "label"
    lines: Literal["auto", "verse", "keep", "join"] = "auto"
    changes: Literal["accept", "keep"] = "accept"
    comments: Literal["note", "header"] = "note"
    content: str = ""


class ServiceSettings(Struct, frozen=True):
    """``[[names.service]]``: a reconciliation service that entries can be looked up at."""

    name: str
    address: str
    type: str
    types: dict[str, str] = {}
    properties: dict[str, str] = {}


class NamesSettings(Struct, frozen=True):
    """``[names]``: which registers the names are looked up in."""

    registers: GivenPath = "tei/registers"
    mark: bool = True
    cues: bool = True
    dates: bool = True
    calendar: Literal["gregorian", "julian"] = "gregorian"
    service: tuple[ServiceSettings, ...] = ()
    decisions: OwnPath = "names/decisions.jsonl"
    suggestions: OwnPath = "names/suggestions"
    editor: str = ""


class ValidateSettings(Struct, frozen=True):
    """``[validate]``: what counts as sound."""

    schema: GivenPath = ""
    schematron: tuple[GivenPath, ...] = ()
    phase: str = ""
    baseline: OwnPath = ""
    fail_on: Literal["error", "warning", "info", "never"] = "error"
    rend: tuple[str, ...] = ()


class HtmlSettings(Struct, frozen=True):
    """``[html]``: the web edition."""

    css: GivenPath = ""


class PrintSettings(Struct, frozen=True):
    """``[print]``: the book."""

    standards: tuple[str, ...] = ("a-3a", "ua-1")
    fonts: tuple[str, ...] = ()
    font_folder: GivenPath = ""


class IgnoreSettings(Struct, frozen=True):
    """``[[ignore]]``: one kind of problem that the editors accept, with their reason."""

    code: str
    reason: str
    file: str = ""


# What [convert] profile and [documents.ID] profile stand for: settings of [convert] that go together.
PROFILES: dict[str, dict[str, object]] = {
    "letter": {"numbered": "list", "speeches": "off"},
    "memorandum": {"numbered": "paragraphs", "speeches": "label"},
    "minutes": {"numbered": "list", "speeches": "sp"},
    "verse": {"lines": "verse", "numbered": "paragraphs", "speeches": "off"},
    "drama": {"lines": "verse", "numbered": "paragraphs", "speeches": "sp"},
    "diary": {"numbered": "list", "speeches": "off", "rules_off": ("closer",)},
}


class Settings(Struct, frozen=True):
    """All of edition.toml."""

    edition: EditionSettings
    convert: ConvertSettings = ConvertSettings()
    names: NamesSettings = NamesSettings()
    validate: ValidateSettings = ValidateSettings()
    html: HtmlSettings = HtmlSettings()
    print: PrintSettings = PrintSettings()
    documents: dict[str, dict[str, str]] = {}
    ignore: tuple[IgnoreSettings, ...] = ()

    def of_document(self, id: str) -> Settings:
        """The settings as they hold for one document: those of its profile, where edition.toml does not say otherwise."""
        name = self.documents.get(id, {}).get("profile", self.convert.profile)
        own = PROFILES.get(name, {})
        default = ConvertSettings()
        changed = {key: value for key, value in own.items() if getattr(self.convert, key) == getattr(default, key)}
        return (
            msgspec.structs.replace(self, convert=msgspec.structs.replace(self.convert, **changed)) if changed else self
        )

    def calendar_of(self, id: str) -> str:
        """The calendar that a document is dated by."""
        return self.documents.get(id, {}).get("calendar", self.names.calendar)

    @property
    def ignores(self) -> tuple[Ignore, ...]:
        """The ``[[ignore]]`` tables as the report wants them."""
        return tuple(Ignore(one.code, one.reason, one.file) for one in self.ignore)


@dataclass(frozen=True)
class NamedPath:
    """A setting (``table.name``) that names a file or folder of the edition."""

    setting: str
    path: str
    must_be_there: bool


def named_paths(settings: Settings) -> Iterator[NamedPath]:
    """The files and folders that settings name; one that is named by default need not be there."""
    for table in msgspec.structs.fields(Settings):
        value = getattr(settings, table.name)
        if not isinstance(value, Struct):
            continue
        for field in msgspec.structs.fields(value):
            given = getattr(value, field.name)
            kind = get_args(field.type)[0] if isinstance(given, tuple) else field.type
            marks = getattr(kind, "__metadata__", ())
            if "path" in marks:
                must_be_there = "must be there" in marks and given != field.default
                paths = given if isinstance(given, tuple) else (given,)
                yield from (NamedPath(f"{table.name}.{field.name}", path, must_be_there) for path in paths if path)
