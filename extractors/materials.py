"""Files kept as evidence, as values: what their camera says, and a small picture without anything else in it."""

import hashlib
import warnings
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

import cv2
from PIL import Image

from extractors.bitmap import BROKEN_IMAGE, decoded
from extractors.identify import Kind, kind_of, medium_of
from extractors.leaves import Leaf
from extractors.opening import Opened, sha256_of
from extractors.paper import Page
from extractors.scenes import kind_of_pictures, verdict_on
from gengang.findings import Finding
from gengang.form import Form
from gengang.material import Material, MaterialKind, told_of
from gengang.reading import FileReading

KEPT_UNOPENED: dict[Kind, MaterialKind] = {"slides": "slides", "video": "video", "audio": "audio"}
THUMBNAIL_SIDE = 320
THUMBNAIL_QUALITY = 80
HEAD_BYTES = 1 << 16
_EXIF, _TAKEN, _CHANGED = 0x8769, 0x9003, 0x0132


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture file, or a scan's PDF, with those of its pages that could be looked at."""

    leaf: Leaf
    pages: tuple[Page, ...]


def materials_among(
    shown: Sequence[Shown], used: Collection[int], skipped: Collection[str], forms: Sequence[Form]
) -> Iterator[Material]:
    """What is evidence of files none of whose pages is used in a form.

    used: numbers of pages; skipped: places of those of which somebody is told already.
    """
    for one in shown:
        if not one.pages or any(page.number in used for page in one.pages):
            continue
        verdict = verdict_on(one.pages, forms, one.leaf.name, f"{one.leaf.named}/{one.leaf.words}")
        told = any(f"第{page.number}页" in skipped for page in one.pages)
        if verdict == "evidence" or (verdict == "doubt" and not told):
            yield material_of(one.leaf, kind_of_pictures(one.pages), verdict == "doubt")


def unopened(name: str, path: str) -> FileReading | None:
    """The entry of a film or a recording, of whatever size: its bytes are counted and hashed. None for anything else.

    What cannot be had at all is for `load` to say.
    """
    try:
        if not Path(path).is_file():
            return None
        with Path(path).open("rb") as stream:
            kind = kind_of(stream.read(HEAD_BYTES), name)
            if kind not in ("video", "audio"):
                return None
            stream.seek(0)
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            material = Material(KEPT_UNOPENED[kind], name, "", sha256, stream.tell())
    except (OSError, ValueError):
        return None
    return FileReading(name, sha256, medium_of(kind), (), (told_of(material),), (material,))


def material_of(leaf: Leaf, kind: MaterialKind, doubt: bool = False) -> Material:
    """A file as evidence; of a picture with the day it was taken and its thumbnail."""
    picture = leaf.kind == "image"
    return Material(
        kind, leaf.name, leaf.member, sha256_of(leaf.data), len(leaf.data), doubt,
        day_taken(leaf.data) if picture else "", leaf.words, thumbnail_of(leaf.data) if picture else b"",
    )  # fmt: skip


def thumbnails_of(file: Opened) -> FileReading:
    """The pictures in a file, as evidence, and nothing read: for thumbnails that were lost."""
    pictures = (leaf for leaf in file.leaves if leaf.kind == "image")
    return FileReading(file.name, file.sha256, file.medium, materials=tuple(material_of(p, "photo") for p in pictures))


def thumbnail_of(data: bytes) -> bytes:
    """A JPEG of at most 320 pixels a side, upright; made from the pixels alone, so that no place is told. b"" for none.

    Equal pictures give equal bytes.
    """
    found = decoded(data)
    if isinstance(found, Finding):
        return b""
    factor = min(1.0, THUMBNAIL_SIDE / max(found.first.shape[:2]))
    size = [max(1, round(side * factor)) for side in found.first.shape[1::-1]]
    small = cv2.resize(found.first, size, interpolation=cv2.INTER_AREA)
    made = BytesIO()
    Image.fromarray(small).save(made, "JPEG", quality=THUMBNAIL_QUALITY)
    return made.getvalue()


def day_taken(data: bytes) -> str:
    """The day that a camera wrote into a picture, '' where it wrote none or nonsense."""
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(data)) as image:
            exif = image.getexif()
            said = exif.get_ifd(_EXIF).get(_TAKEN) or exif.get(_CHANGED)
        return datetime.strptime(str(said)[:10], "%Y:%m:%d").date().isoformat()
    except BROKEN_IMAGE:
        return ""
