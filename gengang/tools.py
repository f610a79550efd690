"""The outside programs, LibreOffice, fontconfig and unar: is-it-there apart from run-it.

Every run of soffice has a throw-away profile, limits of time and memory and, on Linux, the parent-death signal, so that
a killed run leaves no office program behind that goes on writing.
"""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import IO, Literal

from gengang.errors import ToolError
from gengang.processes import Patience, Ran, piped, run
from gengang.scratch import writing_scratch

OfficeFormat = Literal["docx", "pdf", "doc", "odt", "rtf"]

FILTERS: Mapping[OfficeFormat, str] = {
    "docx": "docx:MS Word 2007 XML",
    "pdf": "pdf:writer_pdf_Export",
    "doc": "doc:MS Word 97",
    "odt": "odt:writer8",
    "rtf": "rtf:Rich Text Format",
}
TWO_PROCESSES_OVER = 20
PROBE_SECONDS = 30.0
IDLE_SECONDS = 45.0  # of one document, the start of the program included
MEGABYTES = 1_000
LONGEST_TAIL = 64  # bytes in which a whole result says that it ends
NEW_PROFILE = 81  # soffice.bin only makes its profile in the first call and asks to be called again

MISSING_SOFFICE = (
    "找不到 LibreOffice（soffice），无法转换或打印文档。请安装 libreoffice-writer-nogui 后再运行，或运行 make setup。"
)
MISSING_UNAR = (
    "本机没有安装解压程序（unar），这个压缩包不能打开。请安装 unar（或运行 make setup）后再运行，"
    "或先解压再放入里面的文件。"
)
UNPACKING_MEGABYTES = 400  # a dictionary of 7z or RAR has up to 64 MB where nobody chose a larger one
# Names in an encoding that the archive does not state come as their bytes, so that who reads them may decode them.
AS_BYTES = ("-e", "iso-8859-1")

# Macros never run, links in a document are not followed, nothing asks for updates.
SECURITY = (
    ("Security/Scripting", "MacroSecurityLevel", "3"),
    ("Security/Scripting", "DisableMacrosExecution", "true"),
    ("Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Security/Scripting", "DisableActiveContent", "true"),
)


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of one file. result: the new file, None when it failed; message: Chinese, why it failed, or empty."""

    source: Path
    result: Path | None
    message: str = ""


def probe_soffice() -> str | None:
    """LibreOffice's version line, None when it is not installed or does not answer."""
    program = shutil.which("soffice")
    if program is None:
        return None
    try:
        ran = run([program, "--headless", "--version"], Patience(PROBE_SECONDS), {})
    except OSError:
        return None
    return ran.output.strip() or None if ran.code == 0 else None


def probe_fonts(families: Sequence[str], fonts: Path | None = None) -> dict[str, str]:
    """Font family asked for -> family that fontconfig would really use; empty where fontconfig is not installed.

    A font that bears the name asked for beside others is called by it.
    """
    program = shutil.which("fc-match")
    if program is None:
        return {}
    with tempfile.TemporaryDirectory(prefix="gengang-fonts-") as folder:
        settings = _font_settings(fonts, Path(folder))
        patience = Patience(PROBE_SECONDS)
        asked = {name: run([program, "-f", "%{family}", name], patience, settings) for name in families}
    found = {name: ran.output.strip().split(",") for name, ran in asked.items() if ran.code == 0}
    return {name: name if name in families else families[0] for name, families in found.items()}


def crontab() -> str:
    """This account's crontab, empty when there is none, or no such program."""
    program = shutil.which("crontab")
    if program is None:
        return ""
    try:
        ran = run([program, "-l"], Patience(PROBE_SECONDS), {})
    except OSError:
        return ""
    return ran.output if ran.code == 0 else ""


def convert_office(
    files: Sequence[Path], to: OfficeFormat, out: Path, timeout_seconds: float, fonts: Path | None = None
) -> tuple[Converted, ...]:
    """Convert files in one batch (two processes for many), one Converted for each in the order given.

    out: folder for the results, made when missing; a result is named after its source, `-2` added where taken.
    timeout_seconds: limit of one batch; the file at which it was reached is tried once more alone, then given up.
    fonts: folder with our fonts.conf; None leaves the system's fonts.
    Raises ToolError when LibreOffice is missing, MachineError when there is no room for its files.
    """
    program = shutil.which("soffice")
    if program is None:
        raise ToolError(MISSING_SOFFICE)
    if not files:
        return ()
    with writing_scratch():
        out.mkdir(parents=True, exist_ok=True)
        parts = _converted_all(program, _targets(files, to, out), to, timeout_seconds, fonts)
    done = {converted.source: converted for part in parts for converted in part}
    return tuple(done[file] for file in files)


def _converted_all(
    program: str, targets: Sequence[tuple[Path, Path]], to: OfficeFormat, seconds: float, fonts: Path | None
) -> list[tuple[Converted, ...]]:
    shares = 2 if len(targets) > TWO_PROCESSES_OVER else 1
    given_up = Event()
    with tempfile.TemporaryDirectory(prefix="gengang-fonts-") as folder:
        batch = _Batch(program, to, seconds, _font_settings(fonts, Path(folder)), given_up)
        with ThreadPoolExecutor(shares) as pool:
            try:
                return list(pool.map(batch.convert, (targets[share::shares] for share in range(shares))))
            finally:
                given_up.set()  # at Ctrl-C the pool would wait for its threads, and they for their documents


@contextmanager
def listing(archive: Path, seconds: float) -> Iterator[IO[bytes]]:
    """The table of a RAR, 7z or tar archive as lsar's JSON. Raises ToolError when unar is missing.

    archive: alone in a folder of its own, since its neighbours might be taken for its further volumes.
    """
    with _of_unar("lsar", ["-nr", "-j", *AS_BYTES, str(archive)], archive.parent, seconds) as said:
        yield said


@contextmanager
def unpacking(archive: Path, indexes: Sequence[int], seconds: float) -> Iterator[IO[bytes]]:
    """The members of these indexes, one after the other in the archive's order; nothing is written to disk.

    Raises ToolError when unar is missing.
    """
    wanted = ["-q", "-nr", "-k", "skip", *AS_BYTES, "-o", "-", "-i", str(archive), *map(str, indexes)]
    with _of_unar("unar", wanted, archive.parent, seconds) as said:
        yield said


@contextmanager
def _of_unar(name: str, arguments: Sequence[str], home: Path, seconds: float) -> Iterator[IO[bytes]]:
    program = shutil.which(name)
    if program is None:
        raise ToolError(MISSING_UNAR)
    with piped([program, *arguments], {"HOME": str(home)}, seconds, UNPACKING_MEGABYTES) as said:
        yield said


def settled_pdf(data: bytes) -> bytes:
    """The same PDF without what differs on every run: creation and change date, /DocChecksum, a random /ID.

    Raises ToolError when the bytes are no PDF.
    """
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            for name in ("/CreationDate", "/ModDate"):
                if name in pdf.docinfo:
                    del pdf.docinfo[name]
            for name in ("/DocChecksum", "/ID"):
                if name in pdf.trailer:
                    del pdf.trailer[name]
            settled = BytesIO()
            pdf.save(settled, deterministic_id=True)
    except pikepdf.PdfError as error:
        raise ToolError(
            f"LibreOffice 打印出的 PDF 不完整，请重新运行；若仍失败，请运行 gengang doctor。（{error}）"
        ) from error
    return settled.getvalue()


def _targets(files: Sequence[Path], to: OfficeFormat, out: Path) -> list[tuple[Path, Path]]:
    """Each source with the path of its result; no two alike."""
    taken: set[str] = set()
    targets: list[tuple[Path, Path]] = []
    for source in dict.fromkeys(files):
        stem, number = source.stem, 2
        while stem.lower() in taken:
            stem, number = f"{source.stem}-{number}", number + 1
        taken.add(stem.lower())
        targets.append((source, out / f"{stem}.{to}"))
    return targets


@dataclass(frozen=True, slots=True)
class _Batch:
    """One way to call soffice for several files. given_up: set when nobody waits for the results any more."""

    program: str
    to: OfficeFormat
    timeout_seconds: float
    settings: Mapping[str, str]
    given_up: Event

    def convert(self, targets: Sequence[tuple[Path, Path]]) -> tuple[Converted, ...]:
        """Convert all. Of a run that ended early, the files after the one at which it did go on as a batch."""
        done: list[Converted] = []
        waiting = list(targets)
        while waiting and not self.given_up.is_set():
            ran, made = self._convert_once(waiting, self.timeout_seconds)
            last = max((number for number, (source, _) in enumerate(waiting) if source in made), default=-1)
            tried = waiting if ran.code == 0 else waiting[: last + 1]
            done += [_converted(target, target[0] in made) for target in tried]
            waiting = waiting[len(tried) :]
            if waiting:  # the first of them had all the time there is, or another chance without those before it
                target = waiting.pop(0)
                done.append(_converted(target, not ran.idle and self._converts_alone(target)))
        return tuple(done)

    def _converts_alone(self, target: tuple[Path, Path]) -> bool:
        _, made = self._convert_once([target], min(self.timeout_seconds, IDLE_SECONDS))
        return target[0] in made

    def _convert_once(self, targets: Sequence[tuple[Path, Path]], seconds: float) -> tuple[Ran, frozenset[Path]]:
        """One call of soffice: how it ended, and the sources whose results were written whole."""
        with tempfile.TemporaryDirectory(prefix="gengang-office-", ignore_cleanup_errors=True) as folder:
            work = Path(folder)
            staged = _staged([source for source, _ in targets], work / "in")
            if not staged:
                return Ran(0), frozenset()  # without a file soffice would wait for somebody to open one
            ran = self._ran(work, list(staged.values()), seconds)
            written = {source: work / "out" / f"{copy.stem}.{self.to}" for source, copy in staged.items()}
            whole = [source for source in staged if _is_whole(written[source])]
            for source, result in targets:
                if source in whole:
                    shutil.move(written[source], result)
        return ran, frozenset(whole)

    def _ran(self, work: Path, files: Sequence[Path], seconds: float) -> Ran:
        out = work / "out"
        patience = Patience(
            seconds,
            IDLE_SECONDS,
            watched=lambda: sorted(path.name for path in out.glob("*")),
            megabytes=MEGABYTES,
            given_up=self.given_up.is_set,
        )
        _write_profile(work / "profile")
        command = self._command(work, files)
        ran = run(command, patience, self.settings)
        return run(command, patience, self.settings) if ran.code == NEW_PROFILE else ran

    def _command(self, work: Path, files: Sequence[Path]) -> list[str]:
        profile = (work / "profile").as_uri()
        options = ["--headless", "--norestore", "--nolockcheck", "--nodefault", f"-env:UserInstallation={profile}"]
        wanted = ["--convert-to", FILTERS[self.to], "--outdir", str(work / "out")]
        return [_binary(self.program), *options, *wanted, *map(str, files)]


def _converted(target: tuple[Path, Path], made: bool) -> Converted:
    source, result = target
    if made:
        return Converted(source, result)
    advice = "可能已损坏。请用 WPS 或 Word 打开后另存为 .docx 再放入。"
    return Converted(source, None, f"“{source.name}”不能转换，{advice}")


def _is_whole(path: Path) -> bool:
    """Whether a result was written to its end; a program that was stopped may have left one half written."""
    if not path.is_file() or not path.stat().st_size:
        return False
    if path.suffix in (".docx", ".odt"):
        return zipfile.is_zipfile(path)
    ends = {".pdf": b"%%EOF", ".rtf": b"}"}.get(path.suffix, b"")
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - LONGEST_TAIL))
        return ends in stream.read()


def _write_profile(profile: Path) -> None:
    """A profile of its own, that says what no document may do."""
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.Common/{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in SECURITY
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        "utf-8",
    )


def _staged(sources: Sequence[Path], folder: Path) -> dict[Path, Path]:
    """Copies under plain numbered names: an office's file names and its folders are none of soffice's business."""
    folder.mkdir()
    staged: dict[Path, Path] = {}
    for number, source in enumerate(sources):
        copy = folder / f"{number:05d}{source.suffix.lower()}"
        if source.is_file():
            shutil.copyfile(source, copy)
            staged[source] = copy
    return staged


def _binary(program: str) -> str:
    """The program itself where it lies beside its start script: the death signal does not reach grandchildren."""
    beside = Path(program).resolve().with_name("soffice.bin")
    return str(beside) if beside.is_file() else program


def _font_settings(fonts: Path | None, folder: Path) -> dict[str, str]:
    """Environment that makes fontconfig use our fonts.conf with its `@FONTS@` replaced by the folder."""
    if fonts is None or not (fonts / "fonts.conf").is_file():
        return {}
    filled = folder / "fonts.conf"
    filled.write_text((fonts / "fonts.conf").read_text("utf-8").replace("@FONTS@", str(fonts.resolve())), "utf-8")
    return {"FONTCONFIG_FILE": str(filled)}
