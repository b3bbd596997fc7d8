"""Where the shipped stylesheets and schemas are, and what a project lays over them."""

from __future__ import annotations

from pathlib import Path

from editio.files import leads_out

PACKAGE = Path(__file__).resolve().parent
# Fonts and colours, as custom properties of CSS, below xslt.
VALUES = "assets/values.css"


def shipped(name: str) -> Path:
    """A shipped folder, ``xslt`` or ``schema``: in the checkout when there is one, else in the package."""
    checkout = PACKAGE.parents[1] / name
    in_checkout = (PACKAGE.parents[1] / "pyproject.toml").is_file() and checkout.is_dir()
    return checkout if in_checkout else PACKAGE / name


def stylesheet_layers(project: Path | None) -> tuple[Path, ...]:
    """The folders that hold stylesheets, the shipped one first, the project's own (if it is another) last."""
    base = shipped("xslt")
    own = project / "xslt" if project else None
    if own is None or not own.is_dir() or own.resolve() == base.resolve():
        return (base,)
    return (base, own)


def asset(name: str, project: Path | None) -> Path:
    """A shipped file below ``xslt``, or the project's file of the same path, which wins."""
    base, *own = stylesheet_layers(project)
    for layer in (*own, base):
        path = layer / name
        if path.is_file() and (layer is base or not leads_out(path, layer)):
            return path
    raise FileNotFoundError(name)
