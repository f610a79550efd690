"""The outside programs, LibreOffice and fontconfig: is-it-there apart from run-it; nothing else uses subprocess.

Every run of soffice has a throw-away profile, a time limit and, on Linux, the parent-death signal, so that a killed
run leaves no office program behind that goes on writing.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

import pikepdf

from gengang.errors import ToolError

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
SINGLE_SECONDS = 60.0
NEW_PROFILE = 81  # soffice.bin only makes its profile in the first call and asks to be called again

MISSING_SOFFICE = (
    "找不到 LibreOffice（soffice），无法转换或打印文档。请安装 libreoffice-writer-nogui 后再运行，或运行 make setup。"
)

# prctl(PR_SET_PDEATHSIG, SIGKILL) must be called in the child. A launcher does it, since preexec_fn is unsafe
# beside threads; it stops at once when the parent died before the call.
_PARENT_DEATH = """
import ctypes, os, signal, sys
ctypes.CDLL(None).prctl(1, signal.SIGKILL)
if os.getppid() != int(sys.argv[1]):
    sys.exit(1)
os.execv(sys.argv[2], sys.argv[2:])
"""


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of one file. result: the new file, None when it failed; message: Chinese, why it failed, or empty."""

    source: Path
    result: Path | None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a program ended. code: its exit code, None when it was stopped at the time limit; output: its stdout."""

    code: int | None
    output: str


def probe_soffice() -> str | None:
    """LibreOffice's version line, None when it is not installed or does not answer."""
    program = shutil.which("soffice")
    if program is None:
        return None
    try:
        ran = _run([program, "--headless", "--version"], PROBE_SECONDS, {})
    except OSError:
        return None
    return ran.output.strip() or None if ran.code == 0 else None


def probe_fonts(families: Sequence[str], fonts: Path | None = None) -> dict[str, str]:
    """Font family asked for -> family that fontconfig would really use; empty where fontconfig is not installed."""
    program = shutil.which("fc-match")
    if program is None:
        return {}
    with tempfile.TemporaryDirectory(prefix="gengang-fonts-") as folder:
        settings = _font_settings(fonts, Path(folder))
        asked = {name: _run([program, "-f", "%{family[0]}", name], PROBE_SECONDS, settings) for name in families}
    return {name: ran.output.strip() for name, ran in asked.items() if ran.code == 0}


def convert_office(
    files: Sequence[Path], to: OfficeFormat, out: Path, timeout_seconds: float, fonts: Path | None = None
) -> tuple[Converted, ...]:
    """Convert files in one batch (two processes for many), one Converted for each in the order given.

    out: folder for the results, made when missing; a result is named after its source, `-2` added where taken.
    timeout_seconds: limit of one batch; the file at which it was reached is tried once more alone, then given up.
    fonts: folder with our fonts.conf; None leaves the system's fonts.
    Raises ToolError when LibreOffice is missing.
    """
    program = shutil.which("soffice")
    if program is None:
        raise ToolError(MISSING_SOFFICE)
    if not files:
        return ()
    out.mkdir(parents=True, exist_ok=True)
    targets = _targets(files, to, out)
    shares = 2 if len(files) > TWO_PROCESSES_OVER else 1
    with tempfile.TemporaryDirectory(prefix="gengang-fonts-") as folder:
        batch = _Batch(program, to, timeout_seconds, _font_settings(fonts, Path(folder)))
        with ThreadPoolExecutor(shares) as pool:
            parts = list(pool.map(batch.convert, (targets[share::shares] for share in range(shares))))
    done = {converted.source: converted for part in parts for converted in part}
    return tuple(done[file] for file in files)


def settled_pdf(data: bytes) -> bytes:
    """The same PDF without what differs on every run: creation and change date, /DocChecksum, a random /ID.

    Raises ToolError when the bytes are no PDF.
    """
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
    """One way to call soffice for several files."""

    program: str
    to: OfficeFormat
    timeout_seconds: float
    settings: Mapping[str, str]

    def convert(self, targets: Sequence[tuple[Path, Path]]) -> tuple[Converted, ...]:
        """Convert all; the file at which a batch stopped is tried alone, and the files after it go on as a batch."""
        done: list[Converted] = []
        waiting = list(targets)
        while waiting:
            made = self._convert_once(waiting, self.timeout_seconds)
            done += [Converted(source, target) for source, target in waiting if source in made]
            waiting = [target for target in waiting if target[0] not in made]
            if waiting:
                done.append(self._convert_alone(waiting.pop(0)))
        return tuple(done)

    def _convert_alone(self, target: tuple[Path, Path]) -> Converted:
        source, result = target
        if source in self._convert_once([target], min(self.timeout_seconds, SINGLE_SECONDS)):
            return Converted(source, result)
        return Converted(
            source, None, f"“{source.name}”不能转换，可能已损坏。请用 WPS 或 Word 打开后另存为 .docx 再放入。"
        )

    def _convert_once(self, targets: Sequence[tuple[Path, Path]], seconds: float) -> frozenset[Path]:
        """One call of soffice. Gives the sources whose results were written whole."""
        with tempfile.TemporaryDirectory(prefix="gengang-office-", ignore_cleanup_errors=True) as folder:
            work = Path(folder)
            staged = _staged([source for source, _ in targets], work / "in")
            if not staged:
                return frozenset()  # without a file soffice would wait for somebody to open one
            command = self._command(work, list(staged.values()))
            ran = _run(command, seconds, self.settings)
            if ran.code == NEW_PROFILE:
                ran = _run(command, seconds, self.settings)
            written = {source: work / "out" / f"{copy.stem}.{self.to}" for source, copy in staged.items()}
            whole = [source for source in staged if written[source].is_file() and written[source].stat().st_size]
            # A stopped program may have left its last result half written.
            if ran.code != 0 and whole:
                whole.remove(max(whole, key=lambda source: written[source].stat().st_mtime_ns))
            for source, result in targets:
                if source in whole:
                    shutil.move(written[source], result)
        return frozenset(whole)

    def _command(self, work: Path, files: Sequence[Path]) -> list[str]:
        profile = (work / "profile").as_uri()
        options = ["--headless", "--norestore", "--nolockcheck", "--nodefault", f"-env:UserInstallation={profile}"]
        wanted = ["--convert-to", FILTERS[self.to], "--outdir", str(work / "out")]
        return [_binary(self.program), *options, *wanted, *map(str, files)]


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


def _run(command: Sequence[str], seconds: float, settings: Mapping[str, str]) -> Ran:
    """Run a program in its own process group; at the time limit the whole group is killed."""
    with _started(command, settings) as process:
        try:
            output, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            _kill(process)
            process.communicate()
            return Ran(None, "")
        return Ran(process.returncode, output.decode("utf-8", "replace"))


@contextmanager
def _started(command: Sequence[str], settings: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A running program that does not outlive this block, nor on Linux this process."""
    linux = sys.platform.startswith("linux")
    launcher = [sys.executable, "-I", "-S", "-c", _PARENT_DEATH, str(os.getpid())] if linux else []
    process = subprocess.Popen(
        [*launcher, *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **settings},
        start_new_session=os.name == "posix",
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            _kill(process)
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a program that we started and what it started."""
    if os.name != "posix":
        process.kill()
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
