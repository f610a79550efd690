"""A member of a zip to its bytes, never more memory than allowed: what a zip says of its sizes may be a lie."""

import zipfile

PIECE = 1 << 20
PIECE_PACKED = 1 << 12  # of other ways of packing, of which zipfile unfolds all that it took: 4 kB give some 100 MB


class TooLargeError(ValueError):
    """The member is larger than its reader allows."""


def member_of(package: zipfile.ZipFile, entry: zipfile.ZipInfo | str, most: int) -> bytes:
    """The bytes of a member, at most as many as it states.

    `ZipFile.read` unfolds all there is at once and cuts it to the stated size afterwards.
    most: bytes. Raises TooLargeError, KeyError when there is none, what zipfile raises when it is damaged.
    """
    info = package.getinfo(entry) if isinstance(entry, str) else entry
    if info.file_size > most:
        raise TooLargeError(info.filename)
    known = info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    with package.open(info) as stream:
        return b"".join(iter(lambda: stream.read(PIECE if known else PIECE_PACKED), b""))
