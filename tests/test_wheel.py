"""The wheel works outside the checkout: built, installed in a bare environment, used for a new edition."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

from conftest import ROOT, copy_of_repository


def test_the_wheel_builds_a_new_edition_in_a_bare_environment(tmp_path: Path) -> None:
    copy = copy_of_repository(tmp_path / "copy")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path / "dist"), str(copy)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    venv.create(tmp_path / "bare", with_pip=True)
    python = tmp_path / "bare/bin/python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    editio = tmp_path / "bare/bin/editio"
    subprocess.run([editio, "init", "demo"], cwd=tmp_path, check=True, capture_output=True, timeout=60)
    built = subprocess.run(
        [editio, "build"], cwd=tmp_path / "demo", capture_output=True, text=True, timeout=120, check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr
    assert (tmp_path / "demo/output/html/index.html").is_file()
    assert (tmp_path / "demo/output/print/edition.pdf").read_bytes().startswith(b"%PDF")
    assert str(ROOT) not in built.stdout
