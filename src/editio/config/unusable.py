"""Which values of settings are of the right kind and yet cannot be meant."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from editio.config.settings import (
    PROFILES,
    ConvertSettings,
    EditionSettings,
    NamesSettings,
    PrintSettings,
    ServiceSettings,
    Settings,
    named_paths,
)
from editio.kinds import KINDS

# A setting (``table.name``) and what is wrong with it.
Fault = tuple[str, str]
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


def unusable(settings: Settings) -> Iterator[Fault]:
    """All settings whose value cannot be meant."""
    yield from _outside(settings)
    yield from _nameless(settings.names)
    yield from _no_languages(settings.edition)
    yield from _no_words(settings.convert)
    yield from _overlapping(settings.convert)
    yield from _unusable_words(settings)
    yield from _no_calendars(settings)
    yield from _unusable_services(settings.names.service)
    yield from _no_standards(settings.print)


def _outside(settings: Settings) -> Iterator[Fault]:
    for named in named_paths(settings):
        path = named.path
        if PurePosixPath(path).is_absolute() or ".." in re.split(r"[/\\]", path) or re.match(r"\\|\w:", path):
            yield named.setting, f"“{path}” lies outside the edition"


def control_characters(value: object, path: str = "") -> Iterator[Fault]:
    """Every setting that holds a character which neither TEI nor a name of a file may have."""
    if isinstance(value, str) and re.search(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]", value):
        yield path, f"the setting “{path}” holds a control character"
    children = (
        value.items() if isinstance(value, dict) else [(path, one) for one in value] if isinstance(value, list) else ()
    )
    for name, child in children:
        yield from control_characters(child, f"{path}.{name}".lstrip(".") if isinstance(value, dict) else path)


def _nameless(names: NamesSettings) -> Iterator[Fault]:
    """Settings that name the folder of the edition itself."""
    for name, path in (("names.decisions", names.decisions), ("names.suggestions", names.suggestions)):
        if not path.strip("./ "):
            yield name, f"“{path}” names no file or folder of the edition"


def _no_languages(edition: EditionSettings) -> Iterator[Fault]:
    for name, tag in (("edition.language", edition.language), ("edition.original_language", edition.original_language)):
        if not LANGUAGE.fullmatch(tag) and (tag or name == "edition.language"):
            yield name, f"“{tag}” is not a language tag such as “en”"


def _no_words(convert: ConvertSettings) -> Iterator[Fault]:
    """Settings that should be one word, or the name of an encoding."""
    if convert.brackets and (not NAME.fullmatch(convert.brackets) or convert.brackets == "editio"):
        yield "convert.brackets", f"[convert] brackets = “{convert.brackets}” is not one word, which names the voice"
    if not _is_text_encoding(convert.encoding):
        yield "convert.encoding", f"no encoding “{convert.encoding}”"
    for label, field in convert.labels.items():
        if not NAME.fullmatch(field):
            yield f"convert.labels.{label}", f"“{field}” is not one word, which names a field of the header"


def _is_text_encoding(name: str) -> bool:
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return found._is_text_encoding and found.name not in NO_ENCODINGS


def _overlapping(convert: ConvertSettings) -> Iterator[Fault]:
    """Folders of sources and of TEI that lie in each other, or in what Editio writes besides."""
    for name, path in (("convert.sources", convert.sources), ("convert.tei", convert.tei)):
        for other in WRITTEN:
            if _holds(other, path):
                yield name, f"“{path}” lies in the folder “{other}”, which Editio writes itself"
    if _holds(convert.tei, convert.sources) or _holds(convert.sources, convert.tei):
        yield "convert.tei", f"the folders “{convert.sources}” of sources and “{convert.tei}” of TEI lie in each other"


def _holds(folder: str, path: str) -> bool:
    return PurePosixPath(path).is_relative_to(PurePosixPath(folder))


def _unusable_words(settings: Settings) -> Iterator[Fault]:
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


def _profiles(settings: Settings) -> dict[str, str]:
    return {f"documents.{id}.profile": own["profile"] for id, own in settings.documents.items() if "profile" in own}


def _no_calendars(settings: Settings) -> Iterator[Fault]:
    for id, fields in settings.documents.items():
        if fields.get("calendar", "julian") not in ("gregorian", "julian"):
            yield f"documents.{id}.calendar", f"no calendar “{fields['calendar']}”; there are gregorian, julian"


def _unusable_services(services: tuple[ServiceSettings, ...]) -> Iterator[Fault]:
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


def _no_standards(print: PrintSettings) -> Iterator[Fault]:
    for standard in print.standards:
        if standard not in STANDARDS:
            yield "print.standards", f"no PDF standard “{standard}”; there are {', '.join(sorted(STANDARDS))}"
