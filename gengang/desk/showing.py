"""Pictures of papers over the web: by the key of a paper that the ledger holds, a page number, or a field of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response

from gengang.desk.pictures import veiled
from gengang.desk.routing import Visit, read, show
from gengang.desk.standing import Now
from gengang.desk.views.fields import SECRET, anchor_of, kind_at, machine_of, paths_of
from gengang.errors import WorkspaceError
from gengang.form import Form
from gengang.reading import FieldReading
from gengang.season import HeldPaper
from gengang.settled import field_at
from gengang.sheet import Box

JPEG = "image/jpeg"
NO_PICTURE = "这一页画不出来，请打开原件看。"


@dataclass(frozen=True, slots=True)
class Frame:
    """A field's box on a page, in hundredths of it. anchor: its card's name."""

    anchor: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageShown:
    """number: of the page, from 1; frames: of the fields on it."""

    number: int
    frames: tuple[Frame, ...]


def forms_of(now: Now) -> tuple[Form, ...]:
    """The forms that a printed paper may be."""
    return tuple(now.standing.forms.values())


def held_at(visit: Visit) -> HeldPaper:
    """The paper that the address names. WorkspaceError when the ledger holds none."""
    held = visit.now().standing.papers.get(f"{visit.path('sha')}#{visit.path('index')}")
    if held is None:
        raise WorkspaceError("没有这份材料，可能已撤回或删除。")
    return held


def picture(visit: Visit) -> Response:
    """A page."""
    held, page = held_at(visit), visit.path("page")
    if not page.isdigit() or not _has_page(held, int(page)):
        return Response(status_code=404)
    return _jpeg(veiled(visit.desk.pictures.page(held, int(page)), secret_boxes(visit, held, int(page))))


def secret_boxes(visit: Visit, held: HeldPaper, page: int) -> tuple[Box, ...]:
    """Where whole ID numbers and phones stand on a page that the visitor has not opened."""
    form = visit.now().standing.forms.get(held.reading.form)
    opened = opened_by(visit, held)
    return tuple(
        box for path, (number, box) in _boxes(visit, held, forms_of(visit.now()))
        if number == page and kind_at(form, path).codec in SECRET and path not in opened
    )  # fmt: skip


def opened_by(visit: Visit, held: HeldPaper) -> frozenset[str]:
    """Fields of a paper that the visitor opened; each opening is a line of the ledger."""
    me = visit.actor("look").user
    lines = visit.desk.standings.lines(("looked_at",))
    return frozenset(
        str(fact.data["what"]) for fact in lines if fact.subject == held.paper.key and fact.actor.user == me
    )


def _has_page(held: HeldPaper, number: int) -> bool:
    return number in held.reading.pages or (held.paper.medium == "word" and 0 < number < 1_000)


def crop(visit: Visit) -> Response:
    """A field's place."""
    held, path = held_at(visit), visit.query("path")
    found = field_at(machine_of(held), path)
    place = found.place if isinstance(found, FieldReading) else None
    form = visit.now().standing.forms.get(held.reading.form)
    if kind_at(form, path).codec in SECRET and path not in opened_by(visit, held):
        return Response(status_code=404)
    where = visit.desk.pictures.place_of(held, path, place, forms_of(visit.now()))
    return _jpeg(visit.desk.pictures.cut(held, where)) if where else Response(status_code=404)


def pages(visit: Visit) -> Response:
    """The pages of a paper, with a frame around each field that has a card; Word papers are printed for it first."""
    now, held = visit.now(), held_at(visit)
    forms = forms_of(now)
    boxes = dict(_boxes(visit, held, forms))
    shown = tuple(
        PageShown(number, tuple(_frame(path, box) for path, (page, box) in boxes.items() if page == number))
        for number in visit.desk.pictures.pages(held, forms)
    )
    return show(visit, "pages.html", pages=shown, key=held.paper.key)


def _boxes(visit: Visit, held: HeldPaper, forms: tuple[Form, ...]) -> Iterator[tuple[str, tuple[int, Box]]]:
    if held.paper.medium == "word":
        yield from visit.desk.pictures.spots(held, forms).items()
        return
    machine = machine_of(held)
    for path in paths_of(machine):
        found = field_at(machine, path)
        place = found.place if isinstance(found, FieldReading) else None
        if place is not None and place.page is not None and place.box is not None:
            yield path, (place.page, place.box)


def _frame(path: str, box: Box) -> Frame:
    left, top, right, bottom = (round(100 * share, 2) for share in box)
    return Frame(anchor_of(path), left, top, round(right - left, 2), round(bottom - top, 2))


def _jpeg(data: bytes) -> Response:
    if not data:
        return Response(NO_PICTURE, 404, media_type="text/plain; charset=utf-8")
    return Response(data, media_type=JPEG)


ROUTES = (
    read("/picture/{sha}/{index}/{page}", picture),
    read("/crop/{sha}/{index}", crop),
    read("/pages/{sha}/{index}", pages),
)
