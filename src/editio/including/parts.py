"""Knows which files of a run are parts of others of it, so that they are looked at where they belong and not by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from editio.diagnostics import Report
from editio.documents import read_document
from editio.files import followed, read_file
from editio.including.assemble import whole
from editio.including.scan import XI
from editio.validating.criteria import grounds_of

# How the namespace is written in UTF-8 and its like; a file in UTF-16 is not seen as one that includes.
NAMESPACE = XI.encode()


def parts_among(paths: Sequence[Path], root: Path) -> frozenset[Path]:
    """Those files, links resolved, that are whole in a document which is looked at.

    Of files that include each other in a circle none is left out, unless a further one includes them.
    """
    included = {followed(path): _included(path, root) for path in paths if _may_include(path)}
    anywhere = frozenset[Path]().union(*included.values())
    return frozenset[Path]().union(*(files for path, files in included.items() if path not in anywhere))


def _may_include(path: Path) -> bool:
    try:
        return NAMESPACE in read_file(path)
    except OSError:
        return False


def _included(path: Path, root: Path) -> frozenset[Path]:
    """The files that are whole in a document, those in files that it includes too."""
    report = Report(root)
    document = read_document(path, report)
    if document is None:
        return frozenset()
    origins = whole(document, path, grounds_of(path, root), report).origins
    return origins.files if origins else frozenset()
