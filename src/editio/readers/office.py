"""RTF and old Word documents: LibreOffice, where it is installed, makes DOCX of them, which the reader of DOCX reads."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from editio import codes
from editio.config import Settings
from editio.container import OLE, mistaken, refuse_binary
from editio.diagnostics import Location, Report, refuse
from editio.model import Draft, Source
from editio.programs import find_program, run_program
from editio.registry import reader, readers

SECONDS = 120
INSTALL = "install LibreOffice (libreoffice.org; on Debian: libreoffice-writer-nogui), or save the document as .docx"
RTF = b"{\\rtf"
# How documents of Word begin: those of 1997 and later, of Word 2 and 6, of DOS
WORD = (OLE, b"\xdb\xa5", b"\x31\xbe", b"\xfe\x37")
# Settings of a profile that runs no macros, follows no links, asks nobody, and has a proxy where nothing listens.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetNoProxy" oor:op="fuse"><value></value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


@reader(".rtf", ".doc", binary=True)
def read_office(source: Source, settings: Settings, report: Report) -> Draft:
    """The draft of the DOCX that LibreOffice makes; the document keeps its own name."""
    place = Location(source.name)
    _refuse_other_formats(source)
    program = find_program("soffice", "libreoffice")
    if not program:
        raise refuse(codes.MISSING_PROGRAM, place, "LibreOffice, which reads .rtf and .doc, is not installed", INSTALL)
    with tempfile.TemporaryDirectory(prefix="editio-") as folder:
        made = _as_docx(program, Path(folder), source)
    draft = readers()["docx"].read(replace(source, data=made), settings, report)
    return replace(draft, source=replace(draft.source, data=source.data))


def _refuse_other_formats(source: Source) -> None:
    """Refuse what LibreOffice would open as something else, such as a web page, whose pictures and styles it fetches."""
    wanted = (RTF,) if source.path.suffix.lower() == ".rtf" else (RTF, *WORD)
    data = source.data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data.startswith(wanted):
        refuse_binary(source)
        raise mistaken(
            source, "a text with tags (XML or HTML)" if data.startswith(b"<") else "no document of that kind"
        )


def _as_docx(program: str, folder: Path, source: Source) -> bytes:
    """The document as DOCX, made in a private folder with a profile of its own."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    document = folder / f"document{source.path.suffix.lower()}"
    document.write_bytes(source.data)
    settings = [
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
    ]
    command = [program, *settings, "--convert-to", "docx", "--outdir", str(folder / "made"), str(document)]
    outcome = run_program(command, folder, b"", SECONDS)
    place = Location(source.name)
    if outcome.timed_out:
        raise refuse(codes.PROGRAM_FAILED, place, f"LibreOffice took longer than {SECONDS} seconds")
    made = folder / "made" / "document.docx"
    if not made.is_file():
        reason = " ".join(outcome.complaints.split())[:200] or f"exit code {outcome.code}"
        raise refuse(codes.PROGRAM_FAILED, place, f"LibreOffice made nothing of it: {reason}")
    return made.read_bytes()
