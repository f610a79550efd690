"""Old office formats (.doc, .rtf, .odt, .wps) to .docx, many in one call of LibreOffice."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extractors.identify import Kind
from gengang.errors import ToolError
from gengang.findings import MISSING_PROGRAM, Finding
from gengang.scratch import scratch_folder, writing_scratch
from gengang.tools import convert_office

OLD_FORMATS: frozenset[Kind] = frozenset({"doc", "rtf", "odt", "wps"})
SECONDS_TO_START = 60.0
SECONDS_A_FILE = 10.0
MOST_FILES = 100  # of one batch: the results of the last ones are lost with a machine that is switched off
MOST_BYTES = 100_000_000
NOT_CONVERTED = "旧格式文档不能转换，可能已损坏。请用 WPS 或 Word 打开后另存为 .docx 再交。"


@dataclass(frozen=True, slots=True)
class OldFile:
    """A file to convert. kind: what it is by content, whatever its name says."""

    kind: Kind
    data: bytes


def docx_of_office(files: Mapping[str, OldFile]) -> dict[str, bytes | Finding]:
    """Key of each file -> its .docx bytes, or why it could not be converted. Raises MachineError without room."""
    if not files:
        return {}
    with scratch_folder("gengang-old-") as work, writing_scratch():
        paths: dict[str, Path] = {}
        for number, (key, file) in enumerate(files.items()):
            paths[key] = work / f"{number:05d}.{file.kind}"
            paths[key].write_bytes(file.data)
        made = docx_of_paths(paths, work / "out")
        return {key: one if isinstance(one, Finding) else one.read_bytes() for key, one in made.items()}


def docx_of_paths(files: Mapping[str, Path], out: Path) -> dict[str, Path | Finding]:
    """Key of each file -> path of its .docx, or why it could not be converted. A path ends in the file's true kind.

    Raises MachineError when there is no room for what LibreOffice writes.
    """
    keys = list(files)
    found: dict[str, Path | Finding] = {}
    for start in range(0, len(keys), MOST_FILES):
        batch = keys[start : start + MOST_FILES]
        seconds = SECONDS_TO_START + SECONDS_A_FILE * len(batch)
        try:
            converted = convert_office([files[key] for key in batch], "docx", out, seconds)
        except ToolError as error:
            found |= dict.fromkeys(batch, Finding(MISSING_PROGRAM, str(error), severity="error"))
        else:
            found |= {key: _result(one.result) for key, one in zip(batch, converted, strict=True)}
    return found


def _result(path: Path | None) -> Path | Finding:
    if path is None or path.stat().st_size > MOST_BYTES:
        return Finding("unreadable_file", NOT_CONVERTED, severity="error")
    return path
