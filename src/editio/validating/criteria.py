"""What documents are held against: the schema and the rules that the command line, the edition or they themselves name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from editio.config import FILE
from editio.model import Document, Edition
from editio.resources import shipped
from editio.validating.models import Language, Named, named_by
from editio.validating.schemas import SchemaFile, schema_file

PROFILE = "editio.rng"
RULES = "editio.sch"
REPOSITORY = ".git"
GRAMMARS: tuple[Language, ...] = ("relaxng", "compact", "")
RULES_LANGUAGES: tuple[Language, ...] = ("schematron",)
# Who holds documents against a RELAX NG schema.
Engine = Literal["editio", "jing", "both"]


@dataclass(frozen=True)
class Criteria:
    """The schema and the rules for all documents; where there are none, those that a document names count.

    ``profile`` and ``own_rules`` are for documents that name none either: what Editio ships, for documents of an edition.
    ``cache`` is where compiled schemas are kept; with ``svrl`` the rules also say what they were asked, as SVRL; with the
    engine ``jing`` its faults are reported in the place of ours, with ``both`` also where the two do not agree.
    """

    schema: SchemaFile | None = None
    rules: tuple[SchemaFile, ...] = ()
    phase: str = ""
    profile: SchemaFile | None = None
    own_rules: tuple[SchemaFile, ...] = ()
    cache: Path | None = None
    svrl: bool = False
    engine: Engine = "editio"


def criteria_of(edition: Edition, schema: Path | None = None, rules: Sequence[Path] = (), phase: str = "") -> Criteria:
    """What the documents of an edition are held against; what the command line names goes before edition.toml."""
    root, settings = edition.root, edition.settings.validate
    chosen = schema or (root / settings.schema if settings.schema else None)
    named = rules or [root / one for one in settings.schematron]
    return Criteria(
        schema_file(chosen, root) if chosen else None,
        tuple(schema_file(one, root) for one in named),
        phase or settings.phase,
        shipped_schema(PROFILE) if is_project(root) else None,
        (shipped_schema(RULES),) if is_project(root) and (shipped("schema") / RULES).is_file() else (),
    )


def is_project(root: Path) -> bool:
    """Whether a folder is an edition, and not any folder of TEI."""
    return (root / FILE).is_file()


def shipped_schema(name: str) -> SchemaFile:
    """A schema that Editio ships."""
    folder = shipped("schema").resolve()
    return SchemaFile(folder / name, folder)


@dataclass(frozen=True)
class Chosen:
    """What one document is held against, and which of the schemas it names are not read."""

    schemas: tuple[SchemaFile, ...]
    rules: tuple[tuple[SchemaFile, str], ...]
    named: Named


def chosen_for(document: Document, path: Path, edition: Edition, criteria: Criteria) -> Chosen:
    """The schemas and rules for a document: those given, else those it names, else those of the edition."""
    wanted = (() if criteria.schema else GRAMMARS) + (() if criteria.rules else RULES_LANGUAGES)
    named = named_by(document, path, grounds_of(path, edition.root), wanted)
    schemas = (criteria.schema,) if criteria.schema else named.schemas
    rules = tuple((one, criteria.phase) for one in criteria.rules) or named.rules
    own = tuple((one, "") for one in criteria.own_rules)
    return Chosen(schemas or ((criteria.profile,) if criteria.profile else ()), (*rules, *own), named)


def grounds_of(path: Path, root: Path) -> Path:
    """The project that a file belongs to, outside which nothing is read for its sake.

    An edition is one; without edition.toml, the repository that the file lies in; else the folder that was named.
    """
    return _grounds(path.absolute().parent, root.absolute())


@cache
def _grounds(folder: Path, root: Path) -> Path:
    folder, root = folder.resolve(), root.resolve()
    if is_project(root) and folder.is_relative_to(root):
        return root
    for around in (folder, *folder.parents):
        if (around / REPOSITORY).exists() or is_project(around):
            return around
    return root if folder.is_relative_to(root) else folder
