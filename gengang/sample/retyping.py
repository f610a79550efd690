"""A filled Word form in which somebody typed some values another way."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from gengang.sample.pictures import EPOCH


def retyped(document: bytes, changes: Mapping[str, str]) -> bytes:
    """The Word file with whole values typed another way; changes: text -> what stands there instead."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as source,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                text = data.decode()
                for was, now in changes.items():
                    text = text.replace(f">{escape(was)}<", f">{escape(now)}<")
                data = text.encode()
            target.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
    return changed.getvalue()
