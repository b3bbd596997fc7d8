"""Which files differ from an earlier state of their git repository: by commit, in the working tree, and new ones."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

SECONDS = 120
# What a repository's own settings might have git start is not started for a list of names.
PLAIN = ("-c", "core.fsmonitor=false", "-c", "core.pager=cat")


class NoHistory(Exception):
    """Git cannot say what has changed; the message says why, in words for whoever asked."""


def changed_since(folder: Path, revision: str) -> frozenset[Path]:
    """The files, deleted ones too, of the repository around a folder that are not as they were at the revision.

    Compared is the point where the history of the revision and the present one part, so that what others did on their
    branch since is no change of this one.
    """
    if not revision.strip() or revision.startswith("-") or not revision.isprintable():
        raise NoHistory(f"“{revision[:80]}” cannot be the name of a revision")
    top = Path(_ask(folder, "rev-parse", "--show-toplevel", why="this folder is not in a git repository").rstrip("\n"))
    unknown = f"git knows no revision “{revision[:80]}”; in CI, have the whole history fetched (fetch-depth: 0)"
    commit = _ask(top, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", why=unknown).strip()
    apart = (
        f"the history of “{revision[:80]}” has nothing in common with this one; in CI, fetch all of it (fetch-depth: 0)"
    )
    base = _ask(top, "merge-base", commit, "HEAD", why=apart).split()[0]
    failed = "git cannot compare the files"
    known = _ask(
        top, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", base, "--", why=failed
    )
    new = _ask(top, "ls-files", "--others", "--exclude-standard", "-z", "--", why=failed)
    return frozenset(top / name for name in (known + new).split("\0") if name)


def _ask(folder: Path, *arguments: str, why: str) -> str:
    """What git prints; ``why`` is what it means if it fails."""
    line = ["git", *PLAIN, "-C", str(folder), *arguments]
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            line, capture_output=True, check=False, stdin=subprocess.DEVNULL, timeout=SECONDS, env=environment
        )
    except OSError:
        raise NoHistory("git is not installed, which has to say what has changed") from None
    except subprocess.TimeoutExpired:
        raise NoHistory(f"git did not answer within {SECONDS} seconds") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise NoHistory(f"{why} ({said})" if said and "not a git repository" not in said else why)
    return os.fsdecode(done.stdout)
