"""Originals as pages: what a person handed in enters a packet as it came, never set again from what was read of it.

What came in a mail or an archive is taken out of it. A Word file is printed once. The pages are kept beside the
pressbook, wherever the originals lie.
"""

import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pikepdf import Pdf, PdfError
from PIL import Image, ImageOps, UnidentifiedImageError

from extractors.identify import Kind, kind_of
from extractors.leaves import unpacked
from gengang.errors import ToolError
from gengang.originals import Originals, bytes_of
from gengang.papers.pressbook import put
from gengang.season import HeldPaper
from gengang.tools import convert_office, settled_pdf

SECONDS = 600.0
FOLDER = "originals"
_OFFICE: Mapping[Kind, str] = {"docx": ".docx", "doc": ".doc", "rtf": ".rtf", "odt": ".odt", "wps": ".wps"}
_A4 = (1654, 2339)  # dots at 200 dpi
_DPI = 200


@dataclass(frozen=True, slots=True)
class Original:
    """The pages of one paper. file: a PDF, None where it cannot be shown as pages; why: then, in Chinese."""

    key: str
    file: Path | None
    pages: tuple[int, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The files that a paper is on: one, or several pictures."""

    datas: tuple[bytes, ...]
    kind: Kind

    @property
    def sha256(self) -> str:
        return hashlib.sha256(b"".join(hashlib.sha256(data).digest() for data in self.datas)).hexdigest()


def originals_of(
    held: Sequence[HeldPaper], originals: Originals, staging: Path, fonts: Path, told: Callable[[int, int], None]
) -> Mapping[str, Original]:
    """Paper key -> its original. A PDF gives its own pages, a picture a sheet, a Word file its print.

    Raises ToolError when LibreOffice is missing and something has to be printed.
    """
    found: dict[str, Original] = {}
    to_print: dict[str, _Pieces] = {}
    for number, one in enumerate(held, 1):
        made = _at_once(one, originals, staging)
        if isinstance(made, Original):
            found[made.key] = made
        else:
            to_print[one.paper.key] = made
        told(number, len(held))
    return found | _printed(to_print, staging, fonts)


def _kept(staging: Path, pieces: _Pieces) -> Path:
    return staging / FOLDER / f"{pieces.sha256}.pdf"


def _at_once(one: HeldPaper, originals: Originals, staging: Path) -> Original | _Pieces:
    """The original, or what LibreOffice has to print first."""
    key = one.paper.key
    data = bytes_of(originals, one.source.sha256)
    if data is None:
        return Original(key, None, (), "原件不在档案里")
    pieces = _pieces(one, data)
    if pieces is None:
        return Original(key, None, (), "邮件或压缩包里的原件取不出来，请另行打印")
    kept = _kept(staging, pieces)
    if pieces.kind == "pdf":
        put(kept, pieces.datas[0])
        return _of_pdf(key, kept, one.reading.pages)
    if kept.exists():
        return _of_pdf(key, kept, ())
    if pieces.kind == "image":
        return _of_pictures(key, pieces, kept)
    return pieces if pieces.kind in _OFFICE else Original(key, None, (), "原件不是可以打印成页的文件")


def _pieces(one: HeldPaper, data: bytes) -> _Pieces | None:
    """The file itself, or its members that the paper is on; None where they cannot be taken out."""
    if not one.reading.members:
        return _Pieces((data,), kind_of(data, one.source.path))
    leaves = {_inside(leaf.member): leaf for leaf in unpacked(one.source.path, data).leaves}
    own = [leaves.get(_inside(member)) for member in one.reading.members]
    known = [leaf for leaf in own if leaf is not None]
    kinds = {leaf.kind for leaf in known}
    if len(known) != len(own) or len(kinds) != 1 or (len(own) > 1 and kinds != {"image"}):
        return None
    return _Pieces(tuple(leaf.data for leaf in known), known[0].kind)


def _inside(member: str) -> str:
    """A member's path behind the name of the outermost file, under which the same bytes may have come again."""
    return member.partition("!")[2]


def _of_pdf(key: str, path: Path, wanted: Sequence[int]) -> Original:
    try:
        with Pdf.open(path) as pdf:
            count = len(pdf.pages)
    except PdfError:
        return Original(key, None, (), "原件的 PDF 打不开，请另行打印")
    pages = tuple(page for page in wanted if page <= count) or tuple(range(1, count + 1))
    return Original(key, path, pages)


def _of_pictures(key: str, pieces: _Pieces, target: Path) -> Original:
    try:
        first, *rest = [_sheet(data) for data in pieces.datas]
    except (UnidentifiedImageError, OSError):
        return Original(key, None, (), "原件的图片打不开，请另行打印")
    made = io.BytesIO()
    first.save(made, "PDF", resolution=_DPI, save_all=True, append_images=rest)
    put(target, settled_pdf(made.getvalue()))
    return _of_pdf(key, target, ())


def _sheet(data: bytes) -> Image.Image:
    """The whole picture on a sheet that lies the picture's way."""
    picture = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    page = Image.new("RGB", _A4 if picture.height >= picture.width else _A4[::-1], "white")
    shown = ImageOps.contain(picture, page.size)
    page.paste(shown, ((page.width - shown.width) // 2, (page.height - shown.height) // 2))
    return page


def _printed(wanted: Mapping[str, _Pieces], staging: Path, fonts: Path) -> dict[str, Original]:
    """Word files through LibreOffice, all in one batch."""
    if not wanted:
        return {}
    folder = staging / FOLDER
    sources = {key: folder / "in" / f"{one.sha256[:16]}{_OFFICE[one.kind]}" for key, one in wanted.items()}
    for key, one in wanted.items():
        put(sources[key], one.datas[0])
    files = list(dict.fromkeys(sources.values()))
    prints = dict(zip(files, convert_office(files, "pdf", folder / "out", SECONDS, fonts), strict=True))
    found = {key: _settled(key, _kept(staging, one), prints[sources[key]].result) for key, one in wanted.items()}
    for file in files:
        file.unlink(missing_ok=True)
    return found


def _settled(key: str, kept: Path, printed: Path | None) -> Original:
    why = "原件打印不出来，请用 Word 打开后另行打印"
    if printed is None:
        return Original(key, None, (), why)
    try:
        put(kept, settled_pdf(printed.read_bytes()))
    except ToolError:
        return Original(key, None, (), why)
    return _of_pdf(key, kept, ())
