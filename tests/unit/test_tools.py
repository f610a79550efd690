"""LibreOffice and fontconfig as they really are: one bad file stops nobody, a hung program is ended."""

import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from gengang import tools
from gengang.errors import MachineError, ToolError
from gengang.tools import convert_office, probe_fonts, probe_soffice, settled_pdf
from tests.unit.prints import docx_of
from tests.unit.test_processes import ROOT, ended

# It converts by copying, and does what a document tells it.
UNLUCKY_SOFFICE = """#!{python}
import os, pathlib, sys, time
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
files = [pathlib.Path(name) for name in sys.argv[sys.argv.index("--outdir") + 2 :]]
out.mkdir(exist_ok=True)
pathlib.Path({told!r}).write_text(str(os.getpid()))
for file in files:
    said = file.read_text()
    if said == "hang":
        time.sleep(60)
    if said == "fall" or said == "fall among others" and len(files) > 1:
        os.abort()
    if said != "refuse":
        half = said == "hang half written"
        (out / (file.stem + ".pdf")).write_text(said + ("" if half else " %%EOF"))
        if half:
            time.sleep(60)
"""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a mishap-prone soffice, which is the one that is found, tells its number."""
    program, told = tmp_path / "bin" / "soffice", tmp_path / "told"
    program.parent.mkdir()
    program.write_text(UNLUCKY_SOFFICE.format(python=sys.executable, told=str(told)))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return told


@pytest.fixture
def unlucky(tmp_path: Path, told: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str]], list[bool]]:
    """Which of some documents a mishap-prone soffice converted; it has ended by then."""
    monkeypatch.setattr(tools, "IDLE_SECONDS", 1.5)

    def converted(documents: list[str]) -> list[bool]:
        files = [tmp_path / f"{number}.docx" for number in range(len(documents))]
        for file, document in zip(files, documents, strict=True):
            file.write_text(document)
        done = convert_office(files, "pdf", tmp_path / "out", 60)
        assert ended(int(told.read_text()))
        return [one.result is not None and one.result.read_text() == f"{said} %%EOF"
                for one, said in zip(done, documents, strict=True)]  # fmt: skip

    return converted


def test_soffice_says_its_version() -> None:
    version = probe_soffice()
    assert version is not None
    assert version.startswith("LibreOffice")


def test_a_missing_soffice_is_no_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert probe_soffice() is None


def test_without_soffice_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolError, match="libreoffice-writer-nogui"):
        convert_office([tmp_path / "a.docx"], "pdf", tmp_path, 10)


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.docx", "坏.docx", "c.docx", "没有.docx")]
    files[0].write_bytes(docx_of("training_log"))
    files[1].write_bytes(docx_of("training_log")[:3000])
    files[2].write_bytes(docx_of("training_log"))
    done = convert_office(files, "pdf", tmp_path / "out", 120)
    assert [one.source for one in done] == files
    assert [one.result is not None for one in done] == [True, False, True, False]
    assert "坏.docx" in done[1].message
    assert "另存为" in done[1].message


def test_files_of_one_name_keep_two_results(tmp_path: Path) -> None:
    files = []
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        files.append(tmp_path / folder / "报名表.docx")
        files[-1].write_bytes(docx_of("training_log"))
    results = [one.result for one in convert_office(files, "pdf", tmp_path / "out", 120)]
    assert [result and result.name for result in results] == ["报名表.pdf", "报名表-2.pdf"]


def test_many_files_go_in_two_processes_and_come_back_in_order(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.docx" for number in range(22)]
    for file in files:
        file.write_bytes(docx_of("training_log"))
    done = convert_office(files, "pdf", tmp_path / "out", 180)
    assert [one.source for one in done] == files
    assert {one.result.stem for one in done if one.result} == {str(number) for number in range(22)}


def test_a_program_over_its_time_is_ended_and_leaves_no_result(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(docx_of("training_log"))
    [done] = convert_office([file], "pdf", tmp_path / "out", 0.05)
    assert done.result is None
    assert list((tmp_path / "out").iterdir()) == []


def test_a_program_that_hangs_costs_the_document_it_hung_at(unlucky: Callable[[list[str]], list[bool]]) -> None:
    start = time.monotonic()
    converted = unlucky(["a", "hang", "c", "refuse", "e", "hang half written", "g"])
    assert converted == [True, False, True, False, True, False, True]
    assert time.monotonic() - start < 10


def test_a_program_that_falls_is_tried_once_more_without_the_documents_before(
    unlucky: Callable[[list[str]], list[bool]],
) -> None:
    wanted = ["a", "b", "fall", "c", "d", "fall among others", "e"]
    assert unlucky(wanted) == [True, True, False, True, True, True, True]


def test_a_folder_that_cannot_be_written_is_the_machines_fault(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(docx_of("training_log"))
    with pytest.raises(MachineError, match="权限"):
        convert_office([file], "pdf", file / "out", 60)


def test_an_interrupted_run_waits_for_no_document(tmp_path: Path, told: Path) -> None:
    files = [tmp_path / f"{number}.docx" for number in range(3)]
    for file in files:
        file.write_text("hang")
    code = (
        "import signal; from pathlib import Path; from gengang.tools import convert_office\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background job has it ignored
        f"convert_office([Path(name) for name in {[*map(str, files)]!r}], 'pdf', Path({str(tmp_path / 'out')!r}), 60)"
    )
    command = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.PIPE)
    while not told.exists() or not told.read_text():
        time.sleep(0.05)
    start = time.monotonic()
    command.send_signal(signal.SIGINT)
    _, said = command.communicate(timeout=60)
    assert time.monotonic() - start < 5
    assert b"KeyboardInterrupt" in said
    assert ended(int(told.read_text()))


def odt(content: str, more: dict[str, str]) -> bytes:
    """A document with a body, scripts and whatever else."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
        for name, space in (("office", "office"), ("text", "text"), ("script", "script"), ("draw", "drawing"),
                            ("svg", "svg-compatible"))
    )  # fmt: skip
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dom="http://www.w3.org/2001/xml-events"'
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        entries = "".join(f'<m:file-entry m:full-path="{name}" m:media-type="text/xml"/>' for name in more)
        package.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" '
            'm:media-type="application/vnd.oasis.opendocument.text"/><m:file-entry m:full-path="content.xml" '
            f'm:media-type="text/xml"/>{entries}</m:manifest>',
        )
        package.writestr("content.xml", f"<office:document-content {spaces}>{content}</office:document-content>")
        for name, part in more.items():
            package.writestr(name, part)
    return data.getvalue()


def test_no_macro_of_a_document_runs(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    library = 'xmlns:library="http://openoffice.org/2000/library"'
    script = f"Sub Main\nOpen &quot;{ran}&quot; For Output As #1\nPrint #1, 1\nClose #1\nEnd Sub"
    event = (
        '<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" '
        'script:event-name="dom:load" xlink:href="vnd.sun.star.script:Standard.Main.Main?language=Basic&amp;'
        'location=document"/></office:event-listeners></office:scripts>'
    )
    parts = {
        "Basic/script-lc.xml": f'<library:libraries {library}><library:library library:name="Standard"/>'
        "</library:libraries>",
        "Basic/Standard/script-lb.xml": f'<library:library {library} library:name="Standard"><library:element '
        'library:name="Main"/></library:library>',
        "Basic/Standard/Main.xml": '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Main" '
        f'script:language="StarBasic">{script}</script:module>',
    }
    file = tmp_path / "a.odt"
    file.write_bytes(odt(f"{event}<office:body><office:text><text:p>a</text:p></office:text></office:body>", parts))
    [done] = convert_office([file], "docx", tmp_path / "out", 60)
    assert done.result is not None
    assert not ran.exists()


# It keeps what its profile says.
TELLING_SOFFICE = """#!{python}
import pathlib, sys, urllib.parse
[profile] = [word.partition("=")[2] for word in sys.argv if word.startswith("-env:UserInstallation=")]
settings = pathlib.Path(urllib.parse.urlparse(profile).path) / "user" / "registrymodifications.xcu"
pathlib.Path({told!r}).write_bytes(settings.read_bytes())
"""


def test_the_profile_forbids_macros_links_and_active_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The LibreOffice of packages.txt has no Basic: of macros in another one, the profile alone can show."""
    program, told = tmp_path / "bin" / "soffice", tmp_path / "told"
    program.parent.mkdir()
    program.write_text(TELLING_SOFFICE.format(python=sys.executable, told=str(told)))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "a.odt").write_bytes(b"a")
    convert_office([tmp_path / "a.odt"], "docx", tmp_path / "out", 60)
    registry = "{http://openoffice.org/2001/registry}"
    said = {(item.get(f"{registry}path"), prop.get(f"{registry}name")): prop.findtext("value")
            for item in etree.parse(told).getroot() for prop in item}  # fmt: skip
    assert said == {("/org.openoffice.Office.Common/Security/Scripting", name): value for name, value in (
        ("MacroSecurityLevel", "3"), ("DisableMacrosExecution", "true"), ("BlockUntrustedRefererLinks", "true"),
        ("DisableActiveContent", "true"),
    )}  # fmt: skip


class Asked(BaseHTTPRequestHandler):
    """Counts who asks for something."""

    seen: list[str]

    def do_GET(self) -> None:
        self.seen.append(self.path)
        self.send_error(404)

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of a document's links. asked: paths that a server was asked for; copied: a file's words came in."""

    asked: tuple[str, ...]
    copied: bool


def followed(folder: Path) -> Followed:
    """A document that links to a picture on a server and to a file beside it, converted."""
    seen: list[str] = []
    with HTTPServer(("127.0.0.1", 0), type("Counted", (Asked,), {"seen": seen})) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        (folder / "secret.txt").write_text("a secret")
        body = (
            '<office:body><office:text><text:p><draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm">'
            f'<draw:image xlink:href="http://127.0.0.1:{server.server_port}/x.png" xlink:type="simple" '
            'xlink:actuate="onLoad"/></draw:frame>a</text:p><text:section text:name="s"><text:section-source '
            f'xlink:href="{(folder / "secret.txt").as_uri()}" text:filter-name="Text"/><text:p>b</text:p>'
            "</text:section></office:text></office:body>"
        )
        (folder / "a.odt").write_bytes(odt(body, {}))
        [done] = convert_office([folder / "a.odt"], "docx", folder / "out", 60)
        server.shutdown()
    assert done.result is not None
    with zipfile.ZipFile(done.result) as package:
        return Followed(tuple(seen), b"a secret" in package.read("word/document.xml"))


def test_no_link_of_a_document_is_followed(tmp_path: Path) -> None:
    assert followed(tmp_path) == Followed((), copied=False)


def test_a_link_would_be_followed_if_the_profile_did_not_forbid_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tools, "SECURITY", ())
    assert followed(tmp_path).asked


def test_two_prints_of_one_document_are_equal_once_settled(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(docx_of("training_log"))
    prints = []
    for run in ("1", "2"):
        [done] = convert_office([file], "pdf", tmp_path / run, 120)
        assert done.result is not None
        prints.append(done.result.read_bytes())
    assert prints[0] != prints[1]
    first, second = (settled_pdf(data) for data in prints)
    assert first == second
    with pikepdf.open(BytesIO(first)) as pdf:
        assert len(pdf.pages) == 1


def test_what_is_no_pdf_cannot_be_settled() -> None:
    with pytest.raises(ToolError, match="不完整"):
        settled_pdf(b"%PDF-1.4 nothing")


def test_fonts_of_a_folder_replace_the_systems(tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>@FONTS@</dir>'
        '<match target="pattern"><test name="family"><string>办公室字体</string></test>'
        '<edit name="family" mode="assign" binding="same"><string>Noto Serif CJK SC</string></edit></match>'
        "</fontconfig>",
        "utf-8",
    )
    assert probe_fonts(["办公室字体"], tmp_path) == {"办公室字体": "Noto Serif CJK SC"}
    assert probe_fonts(["办公室字体"])["办公室字体"] != "Noto Serif CJK SC"
