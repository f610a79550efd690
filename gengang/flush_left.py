"""A Word file for printing whose justified text stands flush left; the one in the outbox stays as it was drawn.

LibreOffice leaves out the mark at the end of some justified lines, and none of a line that is not justified.
"""

import io
import re
import zipfile

_JUSTIFIED = re.compile(rb'<w:jc w:val="(?:both|distribute)"\s*/>')
_PARTS = re.compile(r"word/(?:document|styles|header\d*|footer\d*)\.xml")


def flush_left(docx: bytes) -> bytes:
    """The .docx with nothing justified. Equal bytes give equal bytes."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for info in source.infolist():
            data = source.read(info.filename)
            part = _PARTS.fullmatch(info.filename)
            target.writestr(info, _JUSTIFIED.sub(b'<w:jc w:val="left"/>', data) if part else data)
    return packed.getvalue()
