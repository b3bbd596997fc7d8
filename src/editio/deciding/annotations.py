"""Suggestions as W3C Web Annotations: a page of JSON-LD for each document."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from editio import __version__
from editio.deciding.suggest import Suggestion
from editio.model import Edition

# https://www.w3.org/TR/annotation-model/; what it has no word for is in a namespace of our own.
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"editio": "urn:editio:"}]
JSON = Mapping[str, object]


def page_of(document: str, some: Sequence[Suggestion], edition: Edition) -> bytes:
    """The annotation page of a document's suggestions; nothing in it depends on the day."""
    page = {
        "@context": CONTEXT,
        "id": f"urn:editio:suggestions:{document}",
        "type": "AnnotationPage",
        "partOf": {
            "id": "urn:editio:suggestions",
            "type": "AnnotationCollection",
            "label": f"Names and dates to decide: {edition.settings.edition.title}",
        },
        "startIndex": 0,
        "items": [_annotation(one, edition) for one in some],
    }
    return (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _annotation(one: Suggestion, edition: Edition) -> JSON:
    return {
        "id": f"urn:editio:suggestion:{one.id}",
        "type": "Annotation",
        "motivation": "identifying" if one.entry or one.candidates else "classifying",
        "creator": {
            "id": "urn:editio:agent",
            "type": "Software",
            "name": f"Editio {'.'.join(__version__.split('.')[:2])}",
        },
        "body": _bodies(one, edition),
        "target": _target(one, edition),
        **{f"editio:{name}": value for name, value in _reasons(one).items() if value},
    }


def _reasons(one: Suggestion) -> dict[str, str]:
    state = "marked" if one.marked else "unmarked"
    return {"rule": one.rule, "cert": one.cert, "almost": one.almost, "state": state}


def _bodies(one: Suggestion, edition: Edition) -> list[JSON]:
    """The TEI element, the entry that is meant, and between which entries it is open."""
    classified = {"type": "TextualBody", "value": one.element, "format": "text/plain", "purpose": "classifying"}
    dated = [
        {
            "type": "TextualBody",
            "value": value,
            "format": "text/plain",
            "purpose": "describing",
            "editio:attribute": name,
        }
        for name, value in one.attributes
    ]
    meant = [_entry(one.entry, "identifying", edition)] if one.entry else []
    return [classified, *dated, *meant, *(_entry(id, "linking", edition) for id in one.candidates)]


def _entry(id: str, purpose: str, edition: Edition) -> JSON:
    entry = edition.entries.get(id)
    source = _relative(edition, entry.file) + f"#{id}" if entry else f"urn:editio:entry:{id}"
    named = {"editio:label": entry.name} if entry else {}
    return {"type": "SpecificResource", "source": source, "purpose": purpose, **named}


def _target(one: Suggestion, edition: Edition) -> JSON:
    """The words in their document; positions count in its running text with single spaces."""
    quoted = one.quote
    selector: list[JSON] = [
        {"type": "TextQuoteSelector", "exact": quoted.exact, "prefix": quoted.prefix, "suffix": quoted.suffix},
        {"type": "TextPositionSelector", "start": quoted.at, "end": quoted.at + len(quoted.exact)},
    ]
    return {
        "type": "SpecificResource",
        "source": _relative(edition, one.file),
        "selector": selector,
        "editio:part": quoted.part,
    }


def _relative(edition: Edition, file: str) -> str:
    """The address of a file of the project, seen from the folder of suggestions."""
    depth = len(PurePosixPath(edition.settings.names.suggestions).parts)
    return "../" * depth + file
