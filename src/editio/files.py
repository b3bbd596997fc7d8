"""Reads files of a project: regular ones only, so that no link leads out of it and no pipe is waited for."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def read_file(path: Path) -> bytes:
    """The bytes of a regular file; OSError, with the reason as ``strerror``, for anything else."""
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise OSError(errno.ELOOP, "it is a symbolic link")
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is not a regular file")
    return path.read_bytes()


def leads_out(path: Path, root: Path) -> bool:
    """Whether a path, links followed, lies outside a folder; so does one that no file can have."""
    try:
        return not followed(path).is_relative_to(followed(root))
    except ValueError:
        return True


def followed(path: Path) -> Path:
    """The absolute path of what a path leads to, links followed; of links in a circle, which lead nowhere, one of them."""
    return Path(os.path.realpath(path))
