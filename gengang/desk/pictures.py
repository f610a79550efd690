"""Pictures of papers: drawn once, kept beside the workspace's archive, and cut at a field's place.

A picture is asked for by the key of a paper that the ledger holds and a page number; nothing else leads to a file. What
is kept here may be thrown away at any time. An erasure throws all of it away.
"""

import io
import json
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, Literal

from PIL import Image

from extractors.guarded import surroundings
from gengang.arrivals import write_whole
from gengang.desk.drawing import Drawn, MemberWanted, PageWanted, Spot, Spots, SpotsWanted
from gengang.errors import GengangError
from gengang.facts import file_of
from gengang.form import Form
from gengang.originals import originals_place
from gengang.scratch import scratch_folder
from gengang.season import HeldPaper
from gengang.settings import Settings
from gengang.sheet import Box, Place
from gengang.tools import convert_office
from gengang.workers import Desk as Place_  # the place of one worker
from gengang.workers import Lost, Pool
from gengang.workspace import BUILT_IN

FORMAT = 1  # of what is kept
FUNCTION = "gengang.desk.drawing:main"
DRAW_SECONDS = 60.0
PAUSE_SECONDS = 0.5
PRINT_SECONDS = 90.0  # of LibreOffice for one file
MARGIN_ACROSS, MARGIN_DOWN = 0.03, 0.012  # shown around a field's box, as shares of the page
EDGE, LEAST_PIXELS, DARK = 6, 40, 120  # of a cell: pixels that may be its line; what is narrower is shown whole
VEIL = 190  # grey
MOST_PAGES = 12  # of a Word file that are all shown
OFFICE_KINDS = ("docx", "doc", "rtf", "odt", "wps")


@dataclass(frozen=True, slots=True)
class Where:
    """A field's place on a picture. page: from 1; box: shares of the page, None where only the page is known."""

    page: int
    box: Box | None


class PictureRoom:
    """Draws one page at a time in a process apart, those that wait in a queue when nobody asks."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stack = ExitStack()
        self._pool: Pool | None = None
        self._lock = Lock()
        self._locks: dict[str, Lock] = {}
        self._waiting: deque[tuple[HeldPaper, tuple[Form, ...]]] = deque()
        self._ended = Event()
        self._thread: Thread | None = None

    @property
    def folder(self) -> Path:
        """Where pictures are kept; those of another form of keeping are left alone, and go with the rest."""
        return self._settings.shown / f"pages-{FORMAT}"

    def close(self) -> None:
        """Ends the process that draws."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        self._stack.close()

    def page(self, held: HeldPaper, number: int) -> bytes:
        """JPEG of a page of a paper; empty where it cannot be drawn."""
        kept = self._kept(held, f"page-{number}.jpg")
        with self._turn(kept):
            if not kept.exists():
                self._keep(kept, self._drawn(held, number))
            return kept.read_bytes()

    def cut(self, held: HeldPaper, where: Where) -> bytes:
        """JPEG of a field's place with a little around it; the whole page where its box is not known."""
        page = self.page(held, where.page)
        return cut_out(page, where.box) if page and where.box else page

    def place_of(self, held: HeldPaper, path: str, place: Place | None, forms: tuple[Form, ...]) -> Where | None:
        """Where a field stands. For Word that is known once its pages were printed."""
        if place is not None and place.page is not None:
            return Where(place.page, place.box)
        if held.paper.medium not in ("word",):
            return Where(held.reading.pages[0], None) if held.reading.pages else None
        spots = self.spots(held, forms)
        return Where(*spots[path]) if path in spots else Where(1, None)

    def is_ready(self, held: HeldPaper, number: int) -> bool:
        """Whether a page need not be drawn first."""
        return self._kept(held, f"page-{number}.jpg").exists()

    def spots(self, held: HeldPaper, forms: tuple[Form, ...]) -> dict[str, Spot]:
        """Path -> page and box of the fields of a Word paper on its printed pages."""
        found = self._print_of(held, forms)["papers"]
        same = [dict(fields) for form, fields in found if form == held.reading.form]
        number = int(held.paper.key.partition("#")[2])
        mine = same[min(number, len(same) - 1)] if same else {}
        return {path: (int(page), (box[0], box[1], box[2], box[3])) for path, (page, box) in mine.items()}

    def pages(self, held: HeldPaper, forms: tuple[Form, ...]) -> tuple[int, ...]:
        """The pages of a paper; of a Word file with many papers those on which this one's fields stand."""
        if held.paper.medium != "word":
            return held.reading.pages
        every = range(1, int(self._print_of(held, forms)["pages"]) + 1)
        mine = {page for page, _ in self.spots(held, forms).values()}
        return tuple(sorted(mine)) if mine and len(every) > MOST_PAGES else tuple(every)

    def _print_of(self, held: HeldPaper, forms: tuple[Form, ...]) -> dict[str, Any]:
        kept = self._kept(held, "spots.json")
        with self._turn(kept):
            if not kept.exists():
                self._keep(kept, json.dumps(self._spots(held, forms)).encode())
            found: dict[str, Any] = json.loads(kept.read_bytes())
        return found

    def queue(self, papers: Iterable[HeldPaper], forms: tuple[Form, ...]) -> None:
        """To be drawn when nobody asks for anything, in this order; what waited before is forgotten."""
        with self._lock:
            self._waiting = deque((held, forms) for held in papers)
            if self._thread is None and not self._ended.is_set():
                self._thread = Thread(target=self._draw_waiting, name="pictures", daemon=True)
                self._thread.start()

    # --- how it is made ---

    def _draw_waiting(self) -> None:
        while not self._ended.wait(PAUSE_SECONDS):
            while (waiting := self._waiting) and not self._ended.is_set():
                held, forms = waiting.popleft()
                try:
                    for number in self.pages(held, forms):
                        self.page(held, number)
                except (GengangError, OSError):
                    continue  # told when somebody asks for it

    def _drawn(self, held: HeldPaper, number: int) -> bytes:
        member = _member(held, number)
        if held.paper.medium == "word":
            pdf = self._printed(held)
            said = self._asked(PageWanted(str(pdf), "a.pdf", "", number, "pdf")) if pdf.stat().st_size else Drawn()
        else:
            read_as: Literal["pdf", "scan"] = "pdf" if held.paper.medium == "pdf" else "scan"
            said = self._asked_of(held, lambda path: PageWanted(path, _name(held), member, number, read_as))
        return said.picture if isinstance(said, Drawn) else b""

    def _spots(self, held: HeldPaper, forms: tuple[Form, ...]) -> dict[str, object]:
        pdf = self._printed(held)
        said = self._asked(SpotsWanted(str(pdf), forms)) if pdf.stat().st_size else Spots()
        return {"pages": said.pages, "papers": said.papers} if isinstance(said, Spots) else {"pages": 0, "papers": []}

    def _printed(self, held: HeldPaper) -> Path:
        """The PDF of a Word paper; an empty file where LibreOffice cannot open it."""
        kept = self._kept(held, "printed.pdf")
        with self._turn(kept):
            if not kept.exists():
                self._keep(kept, self._converted(held))
        return kept

    def _converted(self, held: HeldPaper) -> bytes:
        said = self._asked_of(held, lambda path: MemberWanted(path, _name(held), _member(held, 0)))
        if not isinstance(said, Drawn) or said.kind not in OFFICE_KINDS:
            return b""
        with scratch_folder("gengang-desk-") as folder:
            source = folder / f"paper.{said.kind}"
            source.write_bytes(said.picture)
            [made] = convert_office([source], "pdf", folder / "out", PRINT_SECONDS, BUILT_IN / "fonts")
            return made.result.read_bytes() if made.result else b""

    def _asked_of(self, held: HeldPaper, job: Callable[[str], object]) -> object:
        """What is said of a paper's original; None where that is gone. job: from its path while it is at hand."""
        sha256 = file_of(held.paper.key)
        try:
            with originals_place(self._settings).at_hand([sha256]) as paths:
                return self._asked(job(str(paths[sha256])))
        except FileNotFoundError:
            return None

    def _asked(self, job: object) -> object:
        """What the process that draws says; None where it was lost over the job."""
        with self._lock:
            if self._pool is None:
                scratch = self._stack.enter_context(scratch_folder("gengang-desk-"))
                self._pool = self._stack.enter_context(Pool(FUNCTION, "draw", surroundings(1, scratch), 1))
        return next(self._pool.each(_talk, [job]))

    # --- where it is kept ---

    def _kept(self, held: HeldPaper, name: str) -> Path:
        """By the original's hash and what tells its members apart; no name of anybody."""
        member = sha256(_member(held, 0).encode("utf-8", "surrogatepass")).hexdigest()[:12]
        return self.folder / file_of(held.paper.key) / f"{member}-{held.paper.medium}-{name}"

    def _keep(self, path: Path, data: bytes) -> None:
        self._settings.shown.mkdir(mode=0o700, exist_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, [data])

    def _turn(self, path: Path) -> Lock:
        """Two who ask for one picture: the second waits for the first's."""
        with self._lock:
            if len(self._locks) > 5_000:
                self._locks = {name: lock for name, lock in self._locks.items() if lock.locked()}
            return self._locks.setdefault(str(path), Lock())


def _talk(place: Place_, job: object) -> object:
    try:
        worker = place.worker()
        worker.allow(DRAW_SECONDS)
        worker.ask(job)
        said = worker.hear()
    except Lost:
        place.dismiss()
        return None
    if not worker.rest():
        place.dismiss()
    return said


def _name(held: HeldPaper) -> str:
    return held.source.path.rpartition("/")[2]


def _member(held: HeldPaper, number: int) -> str:
    """The member of its container that a page stands in; '' where the file is the paper. number: 0 for the first."""
    members, pages = held.reading.members, held.reading.pages
    if number in pages and len(members) == len(pages):
        return members[pages.index(number)]
    return members[0] if members else ""


def cut_out(page: bytes, box: Box) -> bytes:
    """The part of a page that a box names, without the empty paper at its sides, and with a margin."""
    with Image.open(io.BytesIO(page)) as image:
        width, height = image.size
        left, top, right, bottom = _inked(image, box)
        left, right = max(0.0, left - MARGIN_ACROSS), min(1.0, right + MARGIN_ACROSS)
        top, bottom = max(0.0, top - MARGIN_DOWN), min(1.0, bottom + MARGIN_DOWN)
        part = image.crop((round(left * width), round(top * height), round(right * width), round(bottom * height)))
        file = io.BytesIO()
        part.save(file, "JPEG", quality=85)
    return file.getvalue()


def _inked(image: Image.Image, box: Box) -> Box:
    """The part of a box in which something is written; a cell's own lines lie at its edge and are none of it."""
    width, height = image.size
    left, top, right, bottom = (round(box[0] * width), round(box[1] * height), round(box[2] * width),
                                round(box[3] * height))  # fmt: skip
    inside = (left + EDGE, top + EDGE, right - EDGE, bottom - EDGE)
    if inside[2] - inside[0] < LEAST_PIXELS or inside[3] - inside[1] < EDGE:
        return box
    ink = image.crop(inside).convert("L").point(lambda level: 255 if level < DARK else 0).getbbox()
    if ink is None:
        return box
    return (inside[0] + ink[0]) / width, box[1], (inside[0] + ink[2]) / width, box[3]


def veiled(page: bytes, boxes: Sequence[Box]) -> bytes:
    """The page with these places covered."""
    if not page or not boxes:
        return page
    with Image.open(io.BytesIO(page)) as image:
        shown = image.convert("L")
        width, height = shown.size
        for left, top, right, bottom in boxes:
            shown.paste(VEIL, (round(left * width), round(top * height), round(right * width), round(bottom * height)))
        file = io.BytesIO()
        shown.save(file, "JPEG", quality=85)
    return file.getvalue()
