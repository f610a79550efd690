"""Word files printed or saved again by LibreOffice in one batch, without what differs on every run.

`convert_office` shares more than a score of files between two office programs, one for each core.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from gengang.errors import ToolError
from gengang.tools import OfficeFormat, convert_office, settled_pdf

SECONDS_EACH = 10.0


def printed(documents: Sequence[bytes], fonts: Path | None) -> tuple[bytes, ...]:
    """Word files to PDFs in one batch, without what differs on every run.

    fonts: folder with fonts.conf, whose handwriting faces are found too. Raises ToolError when one is not printed.
    """
    return tuple(map(settled_pdf, _converted(documents, "pdf", fonts)))


def olddoc(documents: Sequence[bytes]) -> tuple[bytes, ...]:
    """.docx files saved as .doc of Word 97; equal files give equal bytes. Raises ToolError when one is not saved."""
    return tuple(_converted(documents, "doc", None))


def _converted(documents: Sequence[bytes], to: OfficeFormat, fonts: Path | None) -> list[bytes]:
    with tempfile.TemporaryDirectory(prefix="gengang-sample-") as folder:
        sources = [Path(folder) / f"{number:05d}.docx" for number in range(len(documents))]
        for source, data in zip(sources, documents, strict=True):
            source.write_bytes(data)
        seconds = 60 + SECONDS_EACH * len(documents)
        made = convert_office(sources, to, Path(folder) / to, seconds, fonts)
        failed = next((one.message for one in made if one.result is None), "")
        if failed:
            raise ToolError(f"样例没有转成 {to.upper()}，请运行 gengang doctor 后重试。（{failed}）")
        return [one.result.read_bytes() for one in made if one.result]
