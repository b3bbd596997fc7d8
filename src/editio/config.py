"""edition.toml as frozen structs; every fault in it is a diagnostic with line and “did you mean”."""

from __future__ import annotations

import codecs
import difflib
import re
import tomllib
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, Literal

import msgspec

from editio import codes
from editio.diagnostics import Diagnostic, Ignore, Location, Refusal, Report, refuse
from editio.files import read_file
from editio.kinds import KINDS

FILE = "edition.toml"
# What [documents.ID] may say: the fields that the header has a place for.
DOCUMENT_FIELDS = frozenset(
    "title date author translator citation archive shelfmark abstract funder original-language text-language "
    "contents rights profile calendar".split()
)
# What [convert.cues] may add to: the lines that rules know a part of a document by.
CUES = frozenset("page heading list-head salute valediction signature enclosure distribution notes".split())
# What a pattern of [[convert.bracket]] may become (see ``brackets.KINDS``); “text” keeps the brackets as they stand.
MEANINGS = frozenset("text dots gap deletion hand gloss remark original supplied".split())
# Standards that Typst can write a PDF by.
STANDARDS = frozenset("1.4 1.5 1.6 1.7 2.0 a-1a a-1b a-2a a-2b a-2u a-3a a-3b a-3u a-4 a-4e a-4f ua-1".split())
# What Python has among the encodings though no file is in it
NO_ENCODINGS = frozenset("idna punycode raw-unicode-escape undefined unicode-escape".split())
# Folders that Editio writes, besides that of the TEI.
WRITTEN = (".editio", "output")
# What [[names.service]] may name the properties of, besides the types of kinds of entries: what is known of them.
ENTRY_PROPERTIES = ("birth", "death", "coordinates")
WEB_ADDRESS = re.compile(r"https?://[!-~]+")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
NAME = re.compile(r"[^\W\d][\w.-]*")


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

    sources: str = "sources"
    tei: str = "tei"
    encoding: str = "utf-8"
    metadata: str = ""
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

    registers: str = "tei/registers"
    mark: bool = True
    cues: bool = True
    dates: bool = True
    calendar: Literal["gregorian", "julian"] = "gregorian"
    service: tuple[ServiceSettings, ...] = ()
    decisions: str = "names/decisions.jsonl"
    suggestions: str = "names/suggestions"
    editor: str = ""


class ValidateSettings(Struct, frozen=True):
    """``[validate]``: what counts as sound."""

    schema: str = ""
    schematron: tuple[str, ...] = ()
    phase: str = ""
    baseline: str = ""
    fail_on: Literal["error", "warning", "info", "never"] = "error"
    rend: tuple[str, ...] = ()


class HtmlSettings(Struct, frozen=True):
    """``[html]``: the web edition."""

    css: str = ""


class PrintSettings(Struct, frozen=True):
    """``[print]``: the book."""

    standards: tuple[str, ...] = ("a-3a", "ua-1")
    fonts: tuple[str, ...] = ()
    font_folder: str = ""


class IgnoreSettings(Struct, frozen=True):
    """``[[ignore]]``: one kind of problem that the editors accept, with their reason."""

    code: str
    reason: str
    file: str = ""


# What [convert] profile and [documents.ID] profile stand for: settings of [convert] that go together.
PROFILES: dict[str, dict[str, Any]] = {
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


def load(root: Path, report: Report) -> Settings:
    """Read edition.toml of the folder; unknown settings are reported, what cannot be read is refused."""
    path = root / FILE
    if not path.is_file():
        raise refuse(codes.NO_EDITION, Location(), f"there is no {FILE} in {root.resolve().name or root}")
    try:
        data = read_file(path)
        text = data.decode("utf-8")
        table = tomllib.loads(text)
    except OSError as error:
        raise refuse(codes.UNREADABLE_FILE, Location(FILE), f"the file cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refuse(codes.MALFORMED_SETTINGS, Location(FILE, line), f"{FILE} is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        line, column = _position(str(error))
        message = re.sub(r" \(at .*\)$", "", str(error))
        message = message[:1].lower() + message[1:]
        raise refuse(codes.MALFORMED_SETTINGS, Location(FILE, line, column), message) from None
    table = _without_unknown(table, text, report)
    try:
        settings = msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        raise refuse(codes.MALFORMED_SETTINGS, Location(FILE, _line_of(str(error), text)), _words(error)) from None
    report.ignores = settings.ignores
    _refuse_unusable(settings, table, text, report)
    return settings


def of_folder(title: str) -> Settings:
    """The settings of a folder of TEI that has no edition.toml."""
    return Settings(edition=EditionSettings(title=title))


def _without_unknown(table: dict[str, Any], text: str, report: Report) -> dict[str, Any]:
    known = {field.name: field.type for field in msgspec.structs.fields(Settings)}
    kept: dict[str, Any] = {}
    for name, value in table.items():
        if name not in known:
            _unknown(f"[{name}]", name, list(known), text, report)
        elif isinstance(value, dict) and isinstance(known[name], type) and issubclass(known[name], Struct):
            kept[name] = _known_fields(name, value, known[name], text, report)
        elif name == "documents" and isinstance(value, dict):
            kept[name] = {
                id: _only(f"documents.{id}", fields, sorted(DOCUMENT_FIELDS), text, report)
                for id, fields in value.items()
            }
        elif name == "ignore" and isinstance(value, list):
            kept[name] = [_known_fields(name, fields, IgnoreSettings, text, report) for fields in value]
        else:
            kept[name] = value
    return kept


def _refuse_unusable(settings: Settings, table: dict[str, Any], text: str, report: Report) -> None:
    """Refuse values of the right kind that cannot be meant, all of them at once."""
    faults = [
        Diagnostic(
            codes.MALFORMED_SETTINGS,
            Location(FILE, _line_of_setting(path, text)),
            message,
            codes.MALFORMED_SETTINGS.cure,
        )
        for path, message in (*_control_characters(table), *_unusable(settings))
    ]
    if faults:
        report.extend(faults[:-1])
        raise Refusal(faults[-1])


def _control_characters(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str) and re.search(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]", value):
        yield path, f"the setting “{path}” holds a control character"
    children = (
        value.items() if isinstance(value, dict) else [(path, one) for one in value] if isinstance(value, list) else ()
    )
    for name, child in children:
        yield from _control_characters(child, f"{path}.{name}".lstrip(".") if isinstance(value, dict) else path)


def _unusable(settings: Settings) -> Iterator[tuple[str, str]]:
    edition, convert = settings.edition, settings.convert
    paths = (
        ("convert.sources", convert.sources),
        ("convert.tei", convert.tei),
        ("convert.metadata", convert.metadata),
        ("names.registers", settings.names.registers),
        ("names.decisions", settings.names.decisions),
        ("names.suggestions", settings.names.suggestions),
        ("validate.schema", settings.validate.schema),
        *(("validate.schematron", one) for one in settings.validate.schematron),
        ("validate.baseline", settings.validate.baseline),
        ("html.css", settings.html.css),
        ("print.font_folder", settings.print.font_folder),
    )
    for name, path in paths:
        if PurePosixPath(path).is_absolute() or ".." in re.split(r"[/\\]", path) or re.match(r"\\|\w:", path):
            yield name, f"“{path}” lies outside the edition"
    yield from _nameless(settings.names)
    for name, tag in (("edition.language", edition.language), ("edition.original_language", edition.original_language)):
        if not LANGUAGE.fullmatch(tag) and (tag or name == "edition.language"):
            yield name, f"“{tag}” is no tag of a language, such as “en”"
    if convert.brackets and (not NAME.fullmatch(convert.brackets) or convert.brackets == "editio"):
        yield "convert.brackets", f"[convert] brackets = “{convert.brackets}” is not one word, which names the voice"
    if not _is_text_encoding(convert.encoding):
        yield "convert.encoding", f"no encoding “{convert.encoding}”"
    for label, field in convert.labels.items():
        if not NAME.fullmatch(field):
            yield f"convert.labels.{label}", f"“{field}” is not one word, which names a field of the header"
    yield from _overlapping(convert)
    yield from _unusable_words(settings)
    for id, fields in settings.documents.items():
        if fields.get("calendar", "julian") not in ("gregorian", "julian"):
            yield f"documents.{id}.calendar", f"no calendar “{fields['calendar']}”; there are gregorian, julian"
    yield from _unusable_services(settings.names.service)
    for standard in settings.print.standards:
        if standard not in STANDARDS:
            yield "print.standards", f"no PDF standard “{standard}”; there are {', '.join(sorted(STANDARDS))}"


def _nameless(names: NamesSettings) -> Iterator[tuple[str, str]]:
    """Settings that name the folder of the edition itself."""
    for name, path in (("names.decisions", names.decisions), ("names.suggestions", names.suggestions)):
        if not path.strip("./ "):
            yield name, f"“{path}” names no file or folder of the edition"


def _overlapping(convert: ConvertSettings) -> Iterator[tuple[str, str]]:
    """Folders of sources and of TEI that lie in each other, or in what Editio writes besides."""
    for name, path in (("convert.sources", convert.sources), ("convert.tei", convert.tei)):
        for other in WRITTEN:
            if _holds(other, path):
                yield name, f"“{path}” lies in the folder “{other}”, which Editio writes itself"
    if _holds(convert.tei, convert.sources) or _holds(convert.sources, convert.tei):
        yield "convert.tei", f"the folders “{convert.sources}” of sources and “{convert.tei}” of TEI lie in each other"


def _holds(folder: str, path: str) -> bool:
    return PurePosixPath(path).is_relative_to(PurePosixPath(folder))


def _unusable_words(settings: Settings) -> Iterator[tuple[str, str]]:
    """Names of cues, meanings of brackets and profiles that there are not."""
    convert = settings.convert
    for name in convert.cues:
        if name not in CUES:
            yield f"convert.cues.{name}", f"no cue “{name}”; there are {', '.join(sorted(CUES))}"
        if any(not words.strip("* ") for words in convert.cues[name]):
            yield f"convert.cues.{name}", f"the cue “{name}” has a pattern that fits every line"
    for bracket in convert.bracket:
        if not bracket.pattern.strip("* "):
            yield "convert.bracket", f"the pattern “{bracket.pattern[:40]}” says nothing of what is in the brackets"
        if bracket.becomes not in MEANINGS:
            yield (
                "convert.bracket",
                f"brackets cannot become “{bracket.becomes}”; there are {', '.join(sorted(MEANINGS))}",
            )
    for where, name in {"convert.profile": convert.profile, **_profiles(settings)}.items():
        if name and name not in PROFILES:
            yield where, f"no profile “{name}”; there are {', '.join(PROFILES)}"


def _unusable_services(services: tuple[ServiceSettings, ...]) -> Iterator[tuple[str, str]]:
    """Reconciliation services without a usable name or address, and words they are given that mean nothing."""
    where = "names.service"
    for one in services:
        if not NAME.fullmatch(one.name):
            yield where, f"“{one.name}” is not one word, which names a service"
        if not NAME.fullmatch(one.type):
            yield where, f"“{one.type}” is not one word, which the idno of a service have as type"
        if not WEB_ADDRESS.fullmatch(one.address):
            yield (
                where,
                f"the address “{one.address}” of the service “{one.name}” begins with neither http:// nor https://",
            )
        for known, given in ((tuple(KINDS), one.types), (ENTRY_PROPERTIES, one.properties)):
            for word in given:
                if word not in known:
                    yield where, f"the service “{one.name}” cannot know “{word}”; there are {', '.join(known)}"
    names = [one.name for one in services]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield where, f"two services have the name “{name}”"


def _profiles(settings: Settings) -> dict[str, str]:
    return {f"documents.{id}.profile": own["profile"] for id, own in settings.documents.items() if "profile" in own}


def _is_text_encoding(name: str) -> bool:
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return found._is_text_encoding and found.name not in NO_ENCODINGS


def _known_fields(table: str, values: dict[str, Any], struct: type[Struct], text: str, report: Report) -> Any:
    if table == "convert" and isinstance(values.get("bracket"), list):
        brackets = [_known_fields("convert.bracket", one, BracketSettings, text, report) for one in values["bracket"]]
        values = {**values, "bracket": brackets}
    if table == "names" and isinstance(values.get("service"), list):
        services = [_known_fields("names.service", one, ServiceSettings, text, report) for one in values["service"]]
        values = {**values, "service": services}
    return _only(table, values, [field.name for field in msgspec.structs.fields(struct)], text, report)


def _only(table: str, values: Any, names: list[str], text: str, report: Report) -> Any:
    """The settings of a table that have one of these names; the others are reported."""
    if not isinstance(values, dict):
        return values
    for name in values:
        if name not in names:
            line = _line_of_setting(f"{table}.{name}", text)
            report.add(
                codes.UNKNOWN_SETTING,
                Location(FILE, line),
                f"unknown setting “{name}” in [{table}]",
                did_you_mean(name, names),
            )
    return {name: value for name, value in values.items() if name in names}


def _unknown(what: str, name: str, known: list[str], text: str, report: Report) -> None:
    line = _line_with(name, text)
    report.add(codes.UNKNOWN_SETTING, Location(FILE, line), f"unknown setting {what}", did_you_mean(name, known))


# How many known names a hint lists, and how many of them where there are more.
MOST_KNOWN, SOME_KNOWN = 24, 8


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """The hint for a misspelt name."""
    close = difflib.get_close_matches(name, known, n=1)
    if close:
        return f"did you mean “{close[0]}”?"
    some = known if len(known) <= MOST_KNOWN else known[:SOME_KNOWN]
    return f"known here: {', '.join(some)}{' …' if len(some) < len(known) else ''}"


def place_of_setting(root: Path, path: str) -> Location:
    """Where a setting (``table.name``) or table stands in edition.toml of a folder."""
    try:
        return Location(FILE, _line_of_setting(path, read_file(root / FILE).decode("utf-8")))
    except OSError:
        return Location(FILE)


def _line_of_setting(path: str, text: str) -> int:
    """The line of a setting, looked for in its own table first."""
    table, _, name = path.rpartition(".")
    here = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line)
        here = header[1].replace('"', "") if header else here
        if (here == path and header) or (here == table and re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=", line)):
            return number
    return _line_with(name, text)


def _line_with(name: str, text: str) -> int:
    pattern = re.compile(rf"\s*(\[+\s*)?[\"']?{re.escape(name)}\b")
    return next((number for number, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 0)


def _position(message: str) -> tuple[int, int]:
    found = re.search(r"at line (\d+), column (\d+)", message)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _line_of(message: str, text: str) -> int:
    one = re.search(r"`\$\.([\w.]+)\[(\d+)\]", message)
    tables = re.finditer(rf"(?m)^[ \t]*\[\[\s*{re.escape(one[1])}\s*\]\]", text) if one else iter(())
    table = next(islice(tables, int(one[2]), None), None) if one else None
    if table:
        return text.count("\n", 0, table.start()) + 1
    path = re.search(r"`\$\.([\w.]+)", message)
    return _line_of_setting(path[1], text) if path else 0


def _words(error: msgspec.ValidationError) -> str:
    message = str(error).replace("Object missing required field", "required setting missing:")
    kinds = {
        "`str`": "a string",
        "`int`": "a number",
        "`bool`": "true or false",
        "`array`": "a list",
        "`object`": "a table",
    }
    for kind, words in kinds.items():
        message = message.replace(kind, words)
    message = re.sub(r" - at `\$\.([\w.]+)\[(\d+)\](?:\.(\w+))?`", _table_in_words, message)
    message = re.sub(r" - at `\$\.?([^`]*)`", r" (in \1)", message)
    return message[:1].lower() + message[1:]


def _table_in_words(found: re.Match[str]) -> str:
    """Which of several tables of one name is meant, counted as people count."""
    setting = f"“{found[3]}” of " if found[3] else ""
    return f" (in {setting}[[{found[1]}]] number {int(found[2]) + 1})"
