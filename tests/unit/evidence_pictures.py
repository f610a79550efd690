"""Pictures for the tests of evidence: scenes, a page of a notebook, a form that nobody could read, slides, a film."""

import io
import random
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from gengang.sample.handwriting import FACES, HAND_FONTS
from gengang.sample.scenes import activity_photo
from tests.unit.packing import zipped
from tests.unit.prints import photographed, pictures_of

Pixels = npt.NDArray[np.uint8]
FILM = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + bytes(4000)
SLIDES = zipped({
    "[Content_Types].xml": b"<Types/>",
    "ppt/presentation.xml": "<p:presentation>研修日志</p:presentation>".encode(),
    "ppt/slides/slide1.xml": b"<p:sld/>",
})  # fmt: skip
OLD_SLIDES = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "PowerPoint Document".encode("utf-16-le") + bytes(900)
_WRITTEN = "今天听了王老师的课感受很深学生分组讨论分数的意义先动手折一折再说一说课堂气氛活跃板书清楚我也要这样做"
GPS, ORIENTATION, TAKEN, EXIF = 0x8825, 0x0112, 0x9003, 0x8769


@lru_cache
def scene(seed: int = 1, words: str = "集体备课") -> bytes:
    """A classroom, small enough to be read quickly."""
    photo = Image.open(io.BytesIO(activity_photo(seed, words)))
    return saved(np.asarray(photo.resize((960, 720)).convert("RGB")))


def saved(pixels: Pixels, kind: str = "JPEG", exif: Image.Exif | None = None) -> bytes:
    """The picture as a file."""
    made = io.BytesIO()
    Image.fromarray(pixels).save(made, kind, exif=Image.Exif() if exif is None else exif)
    return made.getvalue()


def as_taken(data: bytes, orientation: int, taken: str = "2016:10:12 09:30:00") -> bytes:
    """The picture as a phone keeps it: with where it was, when, and how it was held."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif.get_ifd(EXIF)[TAKEN] = taken
    exif.get_ifd(GPS).update({1: "N", 2: (24.0, 11.0, 7.0), 3: "E", 4: (102.0, 33.0, 5.0)})
    with Image.open(io.BytesIO(data)) as image:
        made = io.BytesIO()
        image.save(made, "JPEG", exif=exif)
    return made.getvalue()


@lru_cache
def notebook() -> bytes:
    """A page of a ruled exercise book, written on by hand."""
    rng = random.Random(1)
    sheet = Image.new("RGB", (1200, 1600), (246, 244, 236))
    pen = ImageDraw.Draw(sheet)
    face = ImageFont.truetype(str(HAND_FONTS / FACES["Long Cang"]), 44)
    for line in range(9):
        pen.line([(40, 200 + 64 * line), (1160, 200 + 64 * line)], fill=(120, 150, 200), width=2)
        start = rng.randint(0, 16)
        pen.text((80, 150 + 64 * line), _WRITTEN[start : start + rng.randint(12, 20)], fill=(30, 40, 90), font=face)
    return saved(np.asarray(sheet))


@lru_cache
def blurred_form(strength: float) -> bytes:
    """A form photographed on a desk, out of focus."""
    photo = photographed(pictures_of("training_log")[0])
    return saved(np.asarray(cv2.GaussianBlur(photo, (0, 0), strength), dtype=np.uint8))
