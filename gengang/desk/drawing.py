"""A page of an original as a picture, upright as the reader saw it, so that a field's box lies on it.

It runs in a process of its own, as the readers do: what a file does to whoever draws it costs that picture alone.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image

from extractors.files import read_bytes
from extractors.leaves import Leaf, groups_of
from extractors.opening import load, opened
from extractors.pasted import pages_pasted
from extractors.scan import Picture, Pictures, pictures_of_image, pictures_of_pdf, upright_picture
from gengang.findings import Finding
from gengang.form import Form
from gengang.processes import bound_memory
from gengang.reading import FieldReading, FileReading, Reading
from gengang.sheet import Medium, Pasted
from gengang.wordxml import NotWordError, sheet_of_word
from gengang.workers import line_to

LONG_SIDE = 1900  # pixels of a page: an A4 page at 160 dpi, which is sharp where it is enlarged
QUALITY = 78
MEGABYTES = 2_500

Spot = tuple[int, tuple[float, float, float, float]]  # page, box


@dataclass(frozen=True, slots=True)
class PageWanted:
    """A page of a paper. path, name: of the original; member: of its container, ''; number: from 1; medium: as it was
    read, since a scan is set upright and a page with text is left as it is.
    """

    path: str
    name: str
    member: str
    number: int
    medium: Medium


@dataclass(frozen=True, slots=True)
class SpotsWanted:
    """Where the fields of Word papers stand on their printed pages: path of the PDF, forms they may be."""

    path: str
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class MemberWanted:
    """A member of a container, or the file itself, as it is."""

    path: str
    name: str
    member: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """picture: JPEG of the page, or a member's bytes; empty where it cannot be had. kind: of a member, by content."""

    picture: bytes = b""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Spots:
    """pages: how many; papers: form and its fields' spots, in the order of the file."""

    pages: int = 0
    papers: tuple[tuple[str, tuple[tuple[str, Spot], ...]], ...] = ()


def main(parent: int) -> None:
    """Answer jobs until there are none."""
    line = line_to(parent)
    line.hear()
    bound_memory(MEGABYTES)
    line.say("ready")
    while True:
        job = line.hear()
        if isinstance(job, PageWanted):
            line.say(drawn(job))
        elif isinstance(job, MemberWanted):
            line.say(member_of(job))
        else:
            assert isinstance(job, SpotsWanted)
            line.say(spots_of(job))


def drawn(wanted: PageWanted) -> Drawn:
    """The page as a JPEG."""
    leaves = _leaves(wanted.path, wanted.name)
    group = next((one for one in groups_of(leaves) if any(leaf.member == wanted.member for leaf in one)), ())
    picture = next(_pictures(group, wanted.number), None) if group else None
    if picture is None:
        return Drawn()
    upright = wanted.medium == "scan"
    return Drawn(jpeg(upright_picture(picture) if upright else picture.pixels))


def member_of(wanted: MemberWanted) -> Drawn:
    """The bytes of a member."""
    leaf = next((one for one in _leaves(wanted.path, wanted.name) if one.member == wanted.member), None)
    return Drawn(leaf.data, leaf.kind) if leaf else Drawn()


def jpeg(pixels: npt.NDArray[np.uint8]) -> bytes:
    """At most LONG_SIDE long."""
    image = Image.fromarray(pixels)
    image.thumbnail((LONG_SIDE, LONG_SIDE))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def spots_of(wanted: SpotsWanted) -> Spots:
    """The printed pages, read with the forms that were read from Word: their labels lead to the same fields."""
    data = load(wanted.path)
    if isinstance(data, Finding):
        return Spots()
    file: FileReading = read_bytes("a.pdf", data, wanted.forms)
    pdf = pypdfium2.PdfDocument(data)
    pages = len(pdf)
    pdf.close()
    return Spots(pages, tuple((one.form, tuple(_spots(one))) for one in file.submissions))


def _spots(reading: Reading) -> Iterator[tuple[str, Spot]]:
    for name, found in reading.fields.items():
        if isinstance(found, FieldReading):
            cells = {name: found}
        else:
            cells = {f"{name}[{number}].{column}": cell
                     for number, row in enumerate(found.rows, 1) for column, cell in row.items()}  # fmt: skip
        for path, cell in cells.items():
            if cell.place is not None and cell.place.page is not None and cell.place.box is not None:
                yield path, (cell.place.page, cell.place.box)


def _leaves(path: str, name: str) -> tuple[Leaf, ...]:
    data = load(path)
    return () if isinstance(data, Finding) else opened(name, data).leaves


def _pictures(group: Sequence[Leaf], number: int) -> Iterator[Picture]:
    """The page of this number, counted as the reader counts the pages of what it reads together."""
    first = 1
    for leaf in group:
        if leaf.kind == "pdf":
            yield from pictures_of_pdf(leaf.data, [number])
        elif leaf.kind == "image":
            found = pictures_of_image(leaf.data, first)
            if isinstance(found, Pictures):
                yield from found.pages(lambda one: one == number)
                first += len(found.numbers)
        else:
            yield from (one for one in pages_pasted(_pasted(leaf)) if isinstance(one, Picture) and one.number == number)


def _pasted(leaf: Leaf) -> tuple[Pasted, ...]:
    try:
        return sheet_of_word(leaf.data).pictures
    except NotWordError:
        return ()
