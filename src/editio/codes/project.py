"""The codes of opening an edition: its settings, its folders, the baseline."""

from __future__ import annotations

from editio.codes.declaring import ERROR, INFO, WARNING, code

NO_EDITION = code(
    "no-edition",
    ERROR,
    "read",
    "The folder holds no edition.toml, so it is not an edition.",
    "run “editio init” here, or change into the folder of your edition",
)
MALFORMED_SETTINGS = code(
    "malformed-settings",
    ERROR,
    "read",
    "edition.toml is not TOML, or a setting has a value of the wrong kind.",
    "correct the line named; strings stand in double quotes, lists in square brackets",
    'title = Letters      →  title = "Letters"',
)
UNKNOWN_SETTING = code(
    "unknown-setting",
    ERROR,
    "read",
    "edition.toml has a setting that Editio does not know; it would have no effect.",
    "correct its name or delete the line; docs/settings.md lists all settings",
    "[edition] titel = …   →  title = …",
)
MISSING_FOLDER = code(
    "missing-folder",
    ERROR,
    "read",
    "A folder or file that edition.toml names does not exist.",
    "create it or correct its name in edition.toml",
)
NO_SOURCES = code(
    "no-sources",
    WARNING,
    "read",
    "The folder of sources is empty, so there is nothing to convert.",
    "put your documents there as .txt or .md files",
)
MALFORMED_BASELINE = code(
    "malformed-baseline",
    ERROR,
    "read",
    "The baseline, the file of the problems that are known already, is not there or is not what Editio wrote. Nothing "
    "counts as known.",
    "take it back from version control, or write it anew with “editio validate --update-baseline”",
)
OUTDATED_BASELINE = code(
    "outdated-baseline",
    INFO,
    "read",
    "Problems that the baseline knows are not there any more. As long as it knows them, they may come back unnoticed.",
    "“editio validate --update-baseline” takes them out of the baseline",
)
