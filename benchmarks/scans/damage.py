"""What scanners, faxes, phones and chats do to a printed form, as the sample draws it: readers are mended on this.

Each takes a PDF of one form and gives the file that is sent in, named by its ending.
"""

import io
import random
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pypdfium2

from gengang.sample.photographing import chat_pictures, photographed
from gengang.sample.pictures import EPOCH, PDFIUM
from gengang.sample.scanning import ScanStyle, faxed, scanned
from gengang.sample.seals import Stamp

SEALS_A_PAGE = 3


@dataclass(frozen=True, slots=True)
class Damaged:
    """A file as it is sent in. ending: of its name."""

    data: bytes
    ending: str


Damage = Callable[[bytes, random.Random], Damaged]


def scan(pdf: bytes, chance: random.Random) -> Damaged:
    """300 dpi, in colour or grey, a little askew; one page in twelve lies turned."""
    return Damaged(scanned(pdf, _seed(chance), _style(chance, 300)), ".pdf")


def bilevel(pdf: bytes, chance: random.Random) -> Damaged:
    """200 dpi in black and white."""
    head = "" if chance.random() < 0.5 else f"2016-11-{chance.randint(10, 28)} 0371-00001234"
    return Damaged(faxed(pdf, _seed(chance), head), ".pdf")


def sealed_scan(pdf: bytes, chance: random.Random) -> Damaged:
    """A colour scan of 200 or 300 dpi with seals pressed over what stands on it, three a page."""
    style = _style(chance, chance.choice((200, 300)), colour=True)
    return Damaged(scanned(pdf, _seed(chance), style, seals_over(pdf, chance)), ".pdf")


def photo(pdf: bytes, chance: random.Random) -> Damaged:
    """A phone's photo of each page."""
    return pictures(photographed(pdf, _seed(chance)))


def chat(pdf: bytes, chance: random.Random) -> Damaged:
    """The same sent through a chat, 1,080 to 1,440 pixels wide."""
    return pictures(chat_pictures(pdf, _seed(chance), chance.randint(1080, 1440)))


def _seed(chance: random.Random) -> int:
    return chance.randrange(1 << 30)


def _style(chance: random.Random, dpi: int, colour: bool | None = None) -> ScanStyle:
    turned = ((1, chance.choice((90, 180, 270))),) if chance.random() < 1 / 12 else ()
    in_colour = chance.random() < 0.5 if colour is None else colour
    return ScanStyle(dpi, in_colour, chance.uniform(0.1, 1.2), chance.uniform(2, 7), False, turned,
                     chance.randint(55, 88))  # fmt: skip


def seals_over(pdf: bytes, chance: random.Random) -> tuple[Stamp, ...]:
    """Seals of schools, each with its middle on a letter of the page."""
    stamps = []
    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            text = page.get_textpage()
            width, height = page.get_size()
            for _ in range(min(SEALS_A_PAGE, text.count_chars())):
                left, bottom, right, top = text.get_charbox(chance.randrange(text.count_chars()))
                centre = (left + right) / 2 / width, 1 - (bottom + top) / 2 / height
                name = chance.choice(
                    ("望川县张村镇中心小学", "望川县教育局", "望川县第二初级中学", "望川县教师进修学校")
                )
                stamps.append(Stamp(number, centre, name))
    return tuple(stamps)


def pictures(pages: Sequence[bytes]) -> Damaged:
    """JPEGs of the pages of one form: one by itself, several in one archive."""
    if len(pages) == 1:
        return Damaged(pages[0], ".jpg")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target:
        for number, page in enumerate(pages, 1):
            target.writestr(zipfile.ZipInfo(f"{number}.jpg", EPOCH), page)
    return Damaged(packed.getvalue(), ".zip")
