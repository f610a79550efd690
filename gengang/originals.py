"""Originals as pages: what a person handed in enters a packet as it came, never set again from what was read of it."""

import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pikepdf import Pdf, PdfError
from PIL import Image, ImageOps, UnidentifiedImageError

from extractors.identify import kind_of
from gengang.arrivals import archive_path
from gengang.errors import ToolError
from gengang.papers.pressbook import put
from gengang.season import HeldPaper
from gengang.tools import convert_office, settled_pdf

SECONDS = 600.0
FOLDER = "originals"
_OFFICE: Mapping[str, str] = {"docx": ".docx", "doc": ".doc", "rtf": ".rtf", "odt": ".odt", "wps": ".wps"}
_A4 = (1654, 2339)  # dots at 200 dpi
_DPI = 200


@dataclass(frozen=True, slots=True)
class Original:
    """The pages of one paper. file: a PDF, None where it cannot be shown as pages; why: then, in Chinese."""

    key: str
    file: Path | None
    pages: tuple[int, ...]
    why: str = ""


def originals_of(
    held: Sequence[HeldPaper], archive: Path, staging: Path, fonts: Path, told: Callable[[int, int], None]
) -> Mapping[str, Original]:
    """Paper key -> its original. A Word file is printed once and kept; a PDF gives its own pages, a picture one.

    Raises ToolError when LibreOffice is missing and something has to be printed.
    """
    found: dict[str, Original] = {}
    to_print: dict[str, tuple[HeldPaper, str]] = {}
    for number, one in enumerate(held, 1):
        made = _at_once(one, archive, staging)
        if isinstance(made, str):
            to_print[one.paper.key] = one, made
        else:
            found[one.paper.key] = made
        told(number, len(held))
    return found | _printed(to_print, archive, staging, fonts)


def _kept(staging: Path, sha256: str) -> Path:
    return staging / FOLDER / f"{sha256}.pdf"


def _at_once(one: HeldPaper, archive: Path, staging: Path) -> Original | str:
    """The original, or the ending of a file that LibreOffice has to print."""
    key, sha256 = one.paper.key, one.source.sha256
    if one.mails or one.reading.members:
        return Original(key, None, (), "原件在邮件或压缩包里，请另行打印")
    path = archive_path(archive, sha256)
    if not path.exists():
        return Original(key, None, (), "原件不在档案里")
    data = path.read_bytes()
    kind = kind_of(data, one.source.path)
    if kind == "pdf":
        return _of_pdf(key, path, one.reading.pages)
    if _kept(staging, sha256).exists():
        return _of_pdf(key, _kept(staging, sha256), ())
    if kind == "image":
        return _of_picture(key, data, _kept(staging, sha256))
    return _OFFICE.get(kind) or Original(key, None, (), "原件不是可以打印成页的文件")


def _of_pdf(key: str, path: Path, wanted: Sequence[int]) -> Original:
    try:
        with Pdf.open(path) as pdf:
            count = len(pdf.pages)
    except PdfError:
        return Original(key, None, (), "原件的 PDF 打不开，请另行打印")
    pages = tuple(page for page in wanted if page <= count) or tuple(range(1, count + 1))
    return Original(key, path, pages)


def _of_picture(key: str, data: bytes, target: Path) -> Original:
    try:
        picture = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    except (UnidentifiedImageError, OSError):
        return Original(key, None, (), "原件的图片打不开，请另行打印")
    page = Image.new("RGB", _A4 if picture.height >= picture.width else _A4[::-1], "white")
    shown = ImageOps.contain(picture, page.size)
    page.paste(shown, ((page.width - shown.width) // 2, (page.height - shown.height) // 2))
    made = io.BytesIO()
    page.save(made, "PDF", resolution=_DPI)
    put(target, settled_pdf(made.getvalue()))
    return _of_pdf(key, target, ())


def _printed(
    wanted: Mapping[str, tuple[HeldPaper, str]], archive: Path, staging: Path, fonts: Path
) -> dict[str, Original]:  # fmt: skip
    """Word files through LibreOffice, all in one batch."""
    if not wanted:
        return {}
    folder = staging / FOLDER
    sources: dict[str, Path] = {}
    for key, (one, ending) in wanted.items():
        name = hashlib.sha256(one.source.sha256.encode()).hexdigest()[:16]
        sources[key] = folder / "in" / f"{name}{ending}"
        put(sources[key], archive_path(archive, one.source.sha256).read_bytes())
    files = list(dict.fromkeys(sources.values()))
    prints = dict(zip(files, convert_office(files, "pdf", folder / "out", SECONDS, fonts), strict=True))
    found = {key: _settled(key, one, prints[sources[key]].result, staging) for key, (one, _) in wanted.items()}
    for file in files:
        file.unlink(missing_ok=True)
    return found


def _settled(key: str, one: HeldPaper, printed: Path | None, staging: Path) -> Original:
    if printed is None:
        return Original(key, None, (), "原件打印不出来，请用 Word 打开后另行打印")
    try:
        put(_kept(staging, one.source.sha256), settled_pdf(printed.read_bytes()))
    except ToolError:
        return Original(key, None, (), "原件打印不出来，请用 Word 打开后另行打印")
    return _of_pdf(key, _kept(staging, one.source.sha256), ())
