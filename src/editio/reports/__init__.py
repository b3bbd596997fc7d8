"""Renderings of a report: each module here is a format of that name, with a function ``render``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from editio.diagnostics import Report

Render = Callable[["Report"], str]
Besides = Callable[["Report", Mapping[str, str]], Iterable[tuple[Path, str]]]


def nothing_besides(report: Report, environment: Mapping[str, str]) -> Iterable[tuple[Path, str]]:
    """What most formats write besides the report."""
    return ()


@dataclass(frozen=True)
class Format:
    """How a report is rendered, and what a format appends to which files besides, by the environment it runs in."""

    name: str
    render: Render
    besides: Besides = nothing_besides


def formats() -> tuple[str, ...]:
    """The names of all formats; none of them is imported for that."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def format_named(name: str) -> Format:
    """The format of that name, one of ``formats``."""
    module = importlib.import_module(f"{__name__}.{name}")
    return Format(name, module.render, getattr(module, "besides", nothing_besides))
