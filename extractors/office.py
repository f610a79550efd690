"""Old office formats (.doc, .rtf, .odt, .wps) to .docx, many in one call of LibreOffice."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extractors.identify import Kind
from gengang.errors import ToolError
from gengang.findings import Finding
from gengang.tools import convert_office

OLD_FORMATS: frozenset[Kind] = frozenset({"doc", "rtf", "odt", "wps"})
SECONDS_TO_START = 60.0
SECONDS_A_FILE = 10.0


@dataclass(frozen=True, slots=True)
class OldFile:
    """A file to convert. kind: what it is by content, whatever its name says."""

    kind: Kind
    data: bytes


def docx_of_office(files: Mapping[str, OldFile]) -> dict[str, bytes | Finding]:
    """Key of each file -> its .docx bytes, or why it could not be converted."""
    if not files:
        return {}
    with tempfile.TemporaryDirectory(prefix="gengang-old-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        paths: dict[str, Path] = {}
        for number, (key, file) in enumerate(files.items()):
            paths[key] = work / f"{number:05d}.{file.kind}"
            paths[key].write_bytes(file.data)
        try:
            seconds = SECONDS_TO_START + SECONDS_A_FILE * len(files)
            converted = convert_office(list(paths.values()), "docx", work / "out", seconds)
        except ToolError as error:
            return {key: Finding("unreadable_file", str(error), severity="error") for key in files}
        return {key: _result(one.result) for key, one in zip(paths, converted, strict=True)}


def _result(path: Path | None) -> bytes | Finding:
    if path is None:
        message = "旧格式文档不能转换，可能已损坏。请用 WPS 或 Word 打开后另存为 .docx 再交。"
        return Finding("unreadable_file", message, severity="error")
    return path.read_bytes()
