"""The packet: printed papers bound to one PDF with cover, contents, bookmarks and page numbers.

Pages are taken as they were proved, never set again; the fonts that each print brought are joined. Equal papers give
equal bytes, also when they were printed anew: there is no clock and no serial number in them.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, OutlineItem, Pdf, Stream

from gengang.papers.draft import Draft, file_name
from gengang.papers.font_sharing import Faces, give_fonts, take_fonts
from gengang.papers.page_identity import page_identity
from gengang.rendering import Given, GivenRows

FOLDER = "汇编"
# Somebody signs these or takes them home: they are counted in the packet, and nothing is printed on them.
HANDED_OUT = frozenset({"certificate", "hours_certificate", "appraisal"})
NUMBER_FONT = "/GengangPageNumber"
MARK_NAME = "/GengangMark"
DRAFT, FINAL = "草稿", "定稿"
CONTENTS_FIRST, CONTENTS_NEXT = 17, 19  # lines of the contents on their first page and on each further one
EDGE_POINTS = 34.0
BASE_POINTS = 16.0
GROUND_WIDTH, GROUND_LOW, GROUND_HEIGHT = 84, 11, 16  # points


def nobody(_done: int, _of: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Part:
    """One paper of the packet.

    pages: how many of its print are taken; stamped: whether the packet's page number is printed on them.
    key: what it is and whose, the same in every packet; only: the pages of the file that are taken, empty for all.
    """

    title: str
    path: Path
    pages: int
    stamped: bool = True
    key: str = ""
    only: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """Papers of one kind, in the order of the lists. A chapter with one part of its own name has no second level."""

    title: str
    parts: tuple[Part, ...]

    @property
    def is_single(self) -> bool:
        """True when its only part carries its name."""
        return len(self.parts) == 1 and self.parts[0].title == self.title


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the contents: number of the chapter, None below it; page from 1; depth 0 or 1."""

    number: int | None
    title: str
    page: int
    depth: int


@dataclass(frozen=True, slots=True)
class PacketCover:
    """What the cover says. programme, office: in words; status: 草稿, 送审稿 or 定稿; issued_on: YYYY-MM-DD.

    folder: under the outbox, where the packet goes.
    """

    programme: str
    office: str
    title: str
    status: str
    issued_on: str
    folder: str = FOLDER


def cover_draft(cover: PacketCover) -> Draft:
    """The packet's cover."""
    values: dict[str, Given] = {
        "status": cover.status,
        "programme": cover.programme,
        "title": cover.title,
        "office": cover.office,
        "issued_on": cover.issued_on,
    }
    return Draft(
        "packet_cover", "packet_cover", "papers", "", values, f"{cover.folder}/{file_name(cover.title, '封面')}", 1
    )


def mark_draft(status: str) -> Draft:
    """A sheet of A4 that says, in its foot, that a packet is not for the printer: laid over each page of it."""
    values: dict[str, Given] = {"status": status}
    return Draft("packet_mark", "packet_mark", "papers", "", values, f"{FOLDER}/{file_name(status, '字样')}", 1)


def contents_draft(cover: PacketCover, chapters: Sequence[Chapter], pages_before: int) -> Draft:
    """The contents. pages_before: pages of cover and contents together."""
    rows: GivenRows = tuple(
        {"number": line.number, "title": line.title, "page": line.page} for line in _lines(chapters, pages_before)
    )
    file = f"{cover.folder}/{file_name(cover.title, '目录')}"
    values: dict[str, Given] = {"programme": cover.programme}
    return Draft("packet_contents", "packet_contents", "papers", "", values, file, 2000, {"entries": rows})


def contents_pages(chapters: Sequence[Chapter]) -> int:
    """How many pages the contents most likely have."""
    lines = sum(1 for _ in _lines(chapters, 0))
    return 1 + max(0, lines - CONTENTS_FIRST + CONTENTS_NEXT - 1) // CONTENTS_NEXT


def _lines(chapters: Sequence[Chapter], pages_before: int) -> Iterator[_Line]:
    page = pages_before + 1
    for number, chapter in enumerate(chapters, 1):
        yield _Line(number, chapter.title, page, 0)
        for part in chapter.parts:
            if not chapter.is_single:
                yield _Line(None, part.title, page, 1)
            page += part.pages


@dataclass(frozen=True, slots=True)
class PacketPage:
    """A page of the packet. part: key of its part; place: its page within it, from 1; seen: hash of what it shows.

    number: printed on it, 0 where none is.
    """

    part: str
    place: int
    seen: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Bound:
    """The packet's PDF, and each of its pages."""

    data: bytes
    pages: tuple[PacketPage, ...]


def bound(
    cover: Path,
    contents: Path,
    chapters: Sequence[Chapter],
    told: Callable[[int, int], None] = nobody,
    mark: Path | None = None,
) -> Bound:
    """The packet: cover, contents, then every part, each page numbered from the cover as page 1.

    told: how many parts are in, of how many. mark: a sheet whose foot is laid over every page but the cover, which says
    the same; also over what is handed out, for nobody shall sign a page of a draft. Raises pikepdf.PdfError when one of
    the files is no PDF.
    """
    parts = [part for chapter in chapters for part in chapter.parts]
    before = [Part("封面", cover, 0, False, "cover"), Part("目录", contents, 0, True, "contents")]
    faces = Faces()
    with Pdf.new() as packet:
        places: list[tuple[str, int, bool]] = []
        for number, part in enumerate((*before, *parts), 1):
            count = _add_pages(packet, part, faces)
            places += [(part.key, place, part.stamped) for place in range(1, count + 1)]
            told(number, len(parts) + len(before))
        _add_bookmarks(packet, _lines(chapters, len(places) - sum(part.pages for part in parts)))
        laid_over = _mark_of(packet, mark, faces) if mark else None
        meant = give_fonts(packet, faces)
        seen = [page_identity(page, meant) for page in packet.pages]
        if laid_over is not None:
            _add_marks(packet, laid_over)
        _add_page_numbers(packet, [stamped for _, _, stamped in places])
        _share_streams(packet)
        whole = BytesIO()
        packet.save(whole, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    pages = (
        PacketPage(key, place, one, number if stamped else 0)
        for number, ((key, place, stamped), one) in enumerate(zip(places, seen, strict=True), 1)
    )
    return Bound(whole.getvalue(), tuple(pages))


def _add_pages(packet: Pdf, part: Part, faces: Faces) -> int:
    """The part's pages at the end; how many."""
    with Pdf.open(part.path) as source:
        take_fonts(source, faces)
        wanted = [source.pages[number - 1] for number in part.only] if part.only else list(source.pages)
        for page in wanted:
            if "/AA" in page.obj:
                del page.obj["/AA"]  # what somebody's PDF wishes to do when it is looked at
        packet.pages.extend(wanted)
        return len(wanted)


def _add_bookmarks(packet: Pdf, lines: Iterator[_Line]) -> None:
    with packet.open_outline() as outline:
        outline.root.append(OutlineItem("封面", 0))
        outline.root.append(OutlineItem("目录", 1))
        for line in lines:
            item = OutlineItem(line.title, line.page - 1)
            if line.depth and outline.root:
                outline.root[-1].children.append(item)
                outline.root[-1].is_closed = True
            else:
                outline.root.append(item)


def _mark_of(packet: Pdf, path: Path, faces: Faces) -> pikepdf.Object:
    with Pdf.open(path) as source:
        take_fonts(source, faces)
        return packet.copy_foreign(source.make_indirect(source.pages[0].as_form_xobject()))


def _add_marks(packet: Pdf, mark: pikepdf.Object) -> None:
    """The mark in the middle of the foot of every page but the cover, whatever the page's size, on a white ground.

    The papers' own feet stand left and right of it; a frame or a scan may go through under it.
    """
    left, bottom, right, _ = (float(edge) for edge in mark.BBox)
    before = packet.make_stream(b"q")
    for page in list(packet.pages)[1:]:
        page_left, page_bottom, page_right, _ = (float(edge) for edge in page.mediabox)
        middle = (page_left + page_right) / 2
        page.add_resource(mark, Name.XObject, Name(MARK_NAME))
        page.contents_add(before, prepend=True)
        ground = (
            f"1 g {middle - GROUND_WIDTH / 2:.2f} {page_bottom + GROUND_LOW:.2f} {GROUND_WIDTH} {GROUND_HEIGHT} re f"
        )
        place = f"1 0 0 1 {middle - (left + right) / 2:.2f} {page_bottom - bottom:.2f} cm"
        page.contents_add(packet.make_stream(f"Q q {ground} Q q {place} {MARK_NAME} Do Q".encode()))


def _add_page_numbers(packet: Pdf, stamped: Sequence[bool]) -> None:
    """A small number at the lower right of every stamped page, clear of the papers' own footers."""
    font = packet.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Times-Roman")))
    before = packet.make_stream(b"q")
    for number, (page, wanted) in enumerate(zip(packet.pages, stamped, strict=True), 1):
        if wanted:
            _stamp(packet, page, str(number), font, before)


def _stamp(packet: Pdf, page: pikepdf.Page, text: str, font: pikepdf.Object, before: Stream) -> None:
    """The page's own content is closed off by q and Q, so that nothing it set moves the number."""
    _, bottom, right, _ = (float(edge) for edge in page.mediabox)
    page.add_resource(font, Name.Font, Name(NUMBER_FONT))
    place = f"{right - EDGE_POINTS - 5 * len(text):.2f} {bottom + BASE_POINTS:.2f}"
    page.contents_add(before, prepend=True)
    page.contents_add(packet.make_stream(f"Q q BT {NUMBER_FONT} 9 Tf {place} Td ({text}) Tj ET Q".encode()))


def _share_streams(packet: Pdf) -> None:
    """Let equal font programs, character maps and pictures be one object; what nothing names any more is not saved."""
    first: dict[str, pikepdf.Object] = {}
    for thing in packet.objects:
        if isinstance(thing, Dictionary):
            for name in ("/FontFile", "/FontFile2", "/FontFile3", "/ToUnicode"):
                if name in thing:
                    thing[name] = first.setdefault(_digest(thing[name]), thing[name])
            pictures = thing.get("/XObject")
            if isinstance(pictures, Dictionary):
                for key in list(pictures.keys()):
                    pictures[key] = first.setdefault(_digest(pictures[key]), pictures[key])


def _digest(stream: pikepdf.Object) -> str:
    size = " ".join(str(stream.get(name)) for name in ("/Subtype", "/Width", "/Height", "/Filter", "/ColorSpace"))
    smask = stream.get("/SMask")
    mask = _digest(smask) if isinstance(smask, pikepdf.Stream) else ""
    return hashlib.sha256(stream.read_raw_bytes() + f"{size} {mask}".encode()).hexdigest()
