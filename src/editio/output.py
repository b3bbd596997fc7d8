"""Writes artifacts to the output folder so that it is always whole: staged beside it, swapped in by rename, under a lock."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from editio import codes
from editio.diagnostics import Report, refuse
from editio.model import Artifact

# Kept in the output folder: the lock, the lists of what was written, and what is being staged.
PRIVATE = ".editio"
WINDOWS_NAMES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)


@contextmanager
def locked(output: Path, report: Report) -> Iterator[None]:
    """Hold the output folder for one build; a second build is refused with the first one's process id."""
    place = report.place(output)
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise refuse(codes.UNUSABLE_OUTPUT, place, "the output folder is a link or a file")
    private = output / PRIVATE
    if private.is_symlink():
        raise refuse(codes.UNUSABLE_OUTPUT, report.place(output), f"{PRIVATE} in the output folder is a link")
    try:
        private.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(private / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise refuse(codes.UNUSABLE_OUTPUT, place, f"the output folder cannot be written: {error.strerror}") from None
    try:
        if not _lock(lock):
            holder = os.read(lock, 32).decode(errors="replace").strip()
            raise refuse(
                codes.UNUSABLE_OUTPUT,
                place,
                f"another build (process {holder}) is writing the output folder",
                "wait until it has ended",
            )
        os.truncate(lock, 0)
        os.write(lock, str(os.getpid()).encode())
        yield
    finally:
        os.close(lock)


def _lock(descriptor: int) -> bool:
    try:
        import fcntl  # noqa: PLC0415 - not on every platform
    except ImportError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def publish_folder(output: Path, name: str, artifacts: Iterable[Artifact], report: Report) -> Path:
    """Replace the folder ``name`` of the output by these artifacts; either all of them are there afterwards, or the old ones."""
    artifacts = tuple(artifacts)
    refuse_bad_names(artifacts)
    target, private = output / name, output / PRIVATE
    old, listing = private / f"{name}.old", private / f"{name}.files"
    _restore(target, old)
    _refuse_foreign(target, listing, report)
    staging = private / f"{name}.new"
    shutil.rmtree(staging, ignore_errors=True)
    try:
        staging.mkdir(mode=0o700)
        for artifact in artifacts:
            _write_new(staging, artifact)
        listing_new = listing.with_name(f"{listing.name}.new")
        listing_new.write_text("".join(f"{path}\n" for path in sorted(artifact.path for artifact in artifacts)))
    except OSError as error:
        shutil.rmtree(staging, ignore_errors=True)
        raise refuse(codes.UNUSABLE_OUTPUT, report.place(output), f"cannot write: {error.strerror}") from None
    staging.chmod(0o755)
    if target.exists():
        target.rename(old)
    staging.rename(target)
    listing_new.replace(listing)
    shutil.rmtree(old, ignore_errors=True)
    return target


def _restore(target: Path, old: Path) -> None:
    """Put back the folder of a build that was ended between its two renames."""
    if old.is_dir() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _refuse_foreign(target: Path, listing: Path, report: Report) -> None:
    if target.is_symlink():
        raise refuse(codes.UNUSABLE_OUTPUT, report.place(target), "the output folder is a link")
    if not target.exists():
        return
    # a build that was ended between swap and listing leaves its list under the name .new
    lists = [path for path in (listing, listing.with_name(f"{listing.name}.new")) if path.is_file()]
    ours = {name for path in lists for name in path.read_text().splitlines()}
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target).as_posix()
        if (path.is_symlink() or not path.is_dir()) and name not in ours:
            raise refuse(
                codes.UNUSABLE_OUTPUT, report.place(path), "a file that Editio did not write is in the output folder"
            )


def refuse_bad_names(artifacts: Iterable[Artifact]) -> None:
    """Refuse paths that lead out of their folder, that some system cannot have, or that two files share."""
    seen: dict[str, str] = {}
    for artifact in artifacts:
        path = PurePosixPath(artifact.path)
        parts = path.parts
        bad = path.is_absolute() or not parts or ".." in parts or any(_is_reserved(part) for part in parts)
        key = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", artifact.path).casefold())
        if bad or key in seen:
            reason = f"collides with “{seen[key]}”" if key in seen else "cannot be a file name"
            raise refuse(codes.UNUSABLE_ID, Report().place(Path(artifact.path)), f"“{artifact.path}” {reason}")
        seen[key] = artifact.path


def _is_reserved(part: str) -> bool:
    odd = any(unicodedata.category(c) in ("Cc", "Cf") or c in '<>:"|?*\\' for c in part)
    return odd or part.split(".", maxsplit=1)[0].casefold() in WINDOWS_NAMES or part.endswith((".", " "))


def _write_new(folder: Path, artifact: Artifact) -> None:
    path = folder / artifact.path
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
    with os.fdopen(descriptor, "wb") as file:
        file.write(artifact.data)
