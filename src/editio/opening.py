"""Opens an edition: reads its settings, registers and decisions, and refuses folders that lead out of it."""

from __future__ import annotations

import difflib
from pathlib import Path

from editio import codes
from editio.config import FILE, Settings, load, named_paths, of_folder, place_of_setting
from editio.deciding.file import read_decisions
from editio.diagnostics import Location, Report, Severity, refuse
from editio.files import leads_out
from editio.metadata import with_metadata
from editio.model import Edition
from editio.registers import entries, load_registers
from editio.styles import no_elements

# Folders that Editio writes besides the TEI.
WRITTEN = (".editio/base", ".editio/new", ".editio/cache")


def open_edition(root: Path, report: Report) -> Edition:
    """The project in a folder: its settings and registers."""
    edition = _edition(root, load(root, report), report)
    _check_settings(edition, report)
    return edition


# Faults of one line or entry: the others count, and whatever follows goes on with them.
SINGLE_FAULTS = (codes.MALFORMED_DECISION, codes.MALFORMED_ENTRY)


def stops(report: Report) -> bool:
    """Whether what was found wrong with a project keeps its documents from being converted."""
    return any(one.severity is Severity.ERROR and one.code not in SINGLE_FAULTS for one in report)


def _check_settings(edition: Edition, report: Report) -> None:
    """Report settings that name a rule or a file that does not exist."""
    settings, root = edition.settings, edition.root
    names = rule_names() if settings.convert.rules_off else []
    for name in sorted(set(settings.convert.rules_off) - set(names)):
        close = difflib.get_close_matches(name, names, n=1)
        hint = f"did you mean “{close[0]}”?" if close else f"known rules: {', '.join(names)}"
        place = place_of_setting(root, "convert.rules_off")
        report.add(codes.UNKNOWN_SETTING, place, f"there is no rule “{name}” to switch off", hint)
    for style, value in no_elements(settings):
        place = place_of_setting(root, f"convert.styles.{style}")
        message = f"“{value}” is not a TEI element that the style “{style}” can become"
        report.add(codes.UNKNOWN_SETTING, place, message, "see convert.styles in docs/settings.md")
    for one in named_paths(settings):
        if one.must_be_there and not (root / one.path).exists():
            place = place_of_setting(root, one.setting)
            report.add(codes.MISSING_FOLDER, place, f"there is no “{one.path}” in the project")


def rule_names() -> list[str]:
    """The rules that may be switched off; they are loaded for that."""
    from editio.brackets import KINDS  # noqa: PLC0415 - none of them is needed to check or to publish
    from editio.registry import rules  # noqa: PLC0415

    return [*(entry.name for entry in rules()), *(kind.name for kind in KINDS)]


def open_folder(folder: Path, report: Report) -> Edition:
    """A folder of TEI as an edition: its edition.toml if it has one, else settings by its name."""
    has_settings = (folder / FILE).is_file()
    return _edition(folder, load(folder, report) if has_settings else of_folder(folder.resolve().name), report)


def _edition(root: Path, settings: Settings, report: Report) -> Edition:
    _refuse_links(root, settings)
    settings = with_metadata(root, settings, report)
    registers = load_registers(root, settings.names.registers, report)
    decisions = read_decisions(root / settings.names.decisions, report)
    return Edition(root, settings, entries(registers, report), registers, decisions)


def _refuse_links(root: Path, settings: Settings) -> None:
    """Refuse folders that are links leading out of the edition: what lies there is not the edition's to read or write."""
    for name in (*(one.path for one in named_paths(settings)), ".editio", *WRITTEN, "xslt"):
        if leads_out(root / name, root):
            raise refuse(
                codes.UNREADABLE_FILE,
                Location(name),
                "it is a link that leads out of the edition",
                "put the folder or file itself there",
            )
