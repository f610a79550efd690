"""What lies beside the packet: zips without a clock, and the list of every file's hash."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)
_UTF8 = 0x800
SUMS = "校验清单.txt"


def zip_of(members: Mapping[str, bytes]) -> bytes:
    """A zip of these members in their order; equal members give equal bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_STORED if name.endswith((".pdf", ".docx")) else zipfile.ZIP_DEFLATED
            info.flag_bits |= _UTF8
            package.writestr(info, data)
    return made.getvalue()


def sums_of(folder: Path) -> bytes:
    """`<sha256>  <file>` of every file under a folder but the list itself, as `sha256sum -c` reads it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    kept = (path for path in files if not any(part.startswith((".", "~")) for part in path.relative_to(folder).parts))
    lines = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in kept
    )
    return "".join(lines).encode()
