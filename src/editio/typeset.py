"""Sets Typst files as PDF, in a process of its own: same files, same bytes; embedded and named fonts only."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from editio.workers import MEMORY, limit

# The date in the PDF's metadata, the same for every build (seconds since 1970: 2000-01-01)
TIMESTAMP = 946684800
MAIN = "main.typ"
SECONDS = 300
# Typst fetches packages by itself and has no switch against it: it is sent to a port where nobody answers.
NOWHERE = "http://127.0.0.1:9"
PROXIES = ("http_proxy", "https_proxy", "all_proxy")


@dataclass(frozen=True)
class Book:
    """A PDF, or the message why there is none; ``lacking`` says why it does not keep the standards asked for."""

    pdf: bytes = b""
    failure: str = ""
    lacking: str = ""


def typeset(
    folder: Path, standards: Sequence[str], fonts: Sequence[Path], seconds: int = SECONDS, memory: int = MEMORY
) -> Book:
    """The PDF of ``main.typ`` in a folder; nothing outside the folder can be read by it, nothing fetched."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, initializer=_begin, initargs=(seconds, memory)) as process:
        try:
            return process.submit(_set, folder, tuple(standards), tuple(map(str, fonts))).result()
        except BrokenProcessPool:
            return Book(failure=f"the typesetter used more than {seconds} seconds or more memory than allowed")


def _begin(seconds: int, memory: int) -> None:
    for name in PROXIES:
        os.environ[name] = os.environ[name.upper()] = NOWHERE
    os.environ.pop("no_proxy", None)
    os.environ.pop("NO_PROXY", None)
    limit(memory, seconds)


def _set(folder: Path, standards: tuple[str, ...], fonts: tuple[str, ...]) -> Book:
    pdf, message = _compile(folder, standards, fonts)
    if pdf or not standards:
        return Book(pdf, failure=message)
    plain, plain_message = _compile(folder, (), fonts)
    return Book(plain, failure=plain_message, lacking=message)


def _compile(folder: Path, standards: tuple[str, ...], fonts: tuple[str, ...]) -> tuple[bytes, str]:
    import typst  # noqa: PLC0415 - in the worker only

    try:
        pdf = typst.compile(
            str(folder / MAIN),
            root=str(folder),
            font_paths=list(fonts),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=cast(Any, list(standards)),
            timestamp=TIMESTAMP,
        )
    except typst.TypstError as error:
        return b"", " ".join([error.message, *error.hints])
    return bytes(pdf), ""
