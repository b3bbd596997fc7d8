"""The command “editio serve”: a preview on this machine, built anew when files change."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from editio.command import FOLDER, project_option, run

if TYPE_CHECKING:
    from http.server import ThreadingHTTPServer

    from editio.config import Settings
    from editio.diagnostics import Report
    from editio.serving.rebuilding import Builder, Changes


@click.command()
@click.option("--port", "-p", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one.")
@click.option("--output", "-o", type=FOLDER, help="The output folder (default: the folder output of the edition).")
@click.option("--watch/--no-watch", default=True, help="Build first, and whenever a file changes (default), or not.")
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Let web pages of this origin ask the reconciliation service; * for all.",
)
@project_option
def serve(port: int, output: Path | None, watch: bool, origins: tuple[str, ...], project: Path) -> None:
    """Show the edition in a browser on this machine.

    Its registers are there too, for programs such as OpenRefine: the address of the reconciliation service is
    that of the preview with /reconcile. Ends with Ctrl-C.
    """

    def work(report: Report) -> str:
        from editio.config import load

        settings = load(project, report)
        return "" if report.failed() else _serve(port, output or project / "output", watch, origins, project, settings)

    run(work, project, "text", False)


def _serve(port: int, output: Path, watch: bool, origins: tuple[str, ...], project: Path, settings: Settings) -> str:
    from editio import codes
    from editio.diagnostics import Location, refuse
    from editio.serving.problems import Problems
    from editio.serving.rebuilding import Builder, Changes
    from editio.serving.server import Registers, Site
    from editio.serving.server import serve as server_for

    changes = Changes() if watch else None
    builder = Builder(project, output, settings.convert.tei, lambda said: click.echo(said, err=True))
    problems = Problems(project, builder.snapshot)
    try:
        server = server_for(Site(output / "html", Registers(project, settings), changes, origins, problems), port)
    except OSError as error:
        raise refuse(codes.UNUSABLE_PORT, Location(), f"the port {port} cannot be used: {error.strerror}") from None
    _run_until_ended(server, builder, changes)
    return ""


def _run_until_ended(server: ThreadingHTTPServer, builder: Builder, changes: Changes | None) -> None:
    """Answer until Ctrl-C, and build anew meanwhile if changes are told."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    try:
        if changes:
            builder.build()
            threading.Thread(target=builder.watch, args=(changes, stop), daemon=True).start()
        _welcome(server.server_port, watch=changes is not None)
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        return
    finally:
        stop.set()
        if changes:
            changes.end()
        server.server_close()


def _welcome(port: int, watch: bool) -> None:
    """Say where everything is, at once, also to a program that reads it."""
    here = f"http://127.0.0.1:{port}"
    click.echo(f"{here}/")
    if watch:
        click.echo(f"{here}/.editio/ (reloads when the edition is built anew)")
    click.echo(f"{here}/.editio/problems (what “editio validate” finds)")
    click.echo(f"{here}/reconcile (reconciliation service)\nCtrl-C ends it")
    sys.stdout.flush()
