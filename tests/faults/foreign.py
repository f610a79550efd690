"""Files that are not what they seem, one after the other: cut off, changed, under another's name, two glued together.

`many()` names each and says what makes it; with the hostile ones there are more than five hundred.
"""

import io
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import cycle, islice
from random import Random

import pikepdf

from tests.faults.damage import damaged
from tests.faults.hostile import BOOKS, Maker, says
from tests.unit.packing import mailed, zipped
from tests.unit.packing_archives import rar4, rar5, seven_zip, tarred
from tests.unit.prints import docx_of, file_of, pdf_of, pictures_of

CUTS: tuple[Callable[[int], int], ...] = (
    lambda _: 1, lambda _: 7, lambda _: 64, lambda _: 512, lambda size: size // 4, lambda size: size // 2,
    lambda size: size - 1,
)  # fmt: skip
SEEDS = 12
OTHER_NAMES = 5
STEPS = (3, 7)  # to the other kinds that one is glued to


def small_picture(kind: str) -> bytes:
    """Too small to be looked at for text, so that only its file is under attack."""
    return file_of(pictures_of("training_log")[0][:150:2, :150:2], kind)


def log() -> dict[str, bytes]:
    return {"日志.docx": docx_of("training_log")}


def locked_pdf() -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of("training_log"))) as pdf:
        pdf.save(made, encryption=pikepdf.Encryption(user="1234", owner="1234"))
    return made.getvalue()


SOUND: dict[str, Maker] = {
    "docx": lambda: docx_of("training_log"),
    "pdf": lambda: pdf_of("training_log"),
    "locked.pdf": locked_pdf,
    "xlsx": lambda: BOOKS["injection"](),
    "zip": lambda: zipped(log()),
    "rar": lambda: rar5(log()),
    "old.rar": lambda: rar4(log()),
    "7z": lambda: seven_zip(log()),
    "tar": lambda: tarred(log()),
    "tgz": lambda: tarred(log(), "w:gz"),
    "eml": lambda: mailed("日志.docx", docx_of("training_log")),
    "png": lambda: small_picture("PNG"),
    "jpg": lambda: small_picture("JPEG"),
    "tif": lambda: small_picture("TIFF"),
    "bmp": lambda: small_picture("BMP"),
    "webp": lambda: small_picture("WEBP"),
    "gif": lambda: small_picture("GIF"),
    "mp4": lambda: b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2" + bytes(5_000),
    "txt": lambda: "姓名：张三\n".encode("gbk") * 500,
    "jinja.docx": lambda: says("{{ 7*7 }}{% for x in range(9**9) %}{% endfor %}{{ ''.__class__.__mro__ }}"),
}


@cache
def sound(name: str) -> bytes:
    return SOUND[name]()


def ending(name: str) -> str:
    return name.rpartition(".")[2]


def many() -> Iterator[tuple[str, Maker]]:
    """Name of a file and what makes it."""
    for at, name in enumerate(SOUND):
        for cut in range(len(CUTS)):
            yield f"cut-{cut}.{name}", partial(_cut, name, cut)
        for seed in range(SEEDS):
            yield f"changed-{seed}.{name}", partial(_changed, name, seed)
        for other in islice(cycle(SOUND), at + 1, at + 1 + OTHER_NAMES):
            yield f"{name}-as.{other}", partial(sound, name)
        for step in STEPS:
            other = [*SOUND][(at + step) % len(SOUND)]
            yield f"{other}-behind.{name}", partial(_glued, name, other)


def _cut(name: str, cut: int) -> bytes:
    data = sound(name)
    return data[: CUTS[cut](len(data))]


def _changed(name: str, seed: int) -> bytes:
    return damaged(ending(name), sound(name), Random(seed))


def _glued(name: str, other: str) -> bytes:
    return sound(name) + sound(other)
