"""Pictures of papers: drawn in a process apart, once, at the field's place, and gone with whoever is erased."""

import io
from pathlib import Path

import pytest
from PIL import Image
from starlette.testclient import TestClient

from gengang.desk.office import Desk
from gengang.desk.pictures import VEIL, PictureRoom, cut_out
from gengang.desk.views.fields import machine_of
from gengang.desk.views.papers import address_of
from gengang.form import Form
from gengang.reading import FieldReading
from gengang.season import HeldPaper
from gengang.thumbs import drop_pages
from tests.desk.desks import phone_paper, put, write
from tests.unit.facts_of_papers import key_of


def paper_of(desk: Desk, medium: str, form: str = "") -> HeldPaper:
    """The first paper of a medium."""
    papers = desk.standings.now().standing.papers.values()
    return next(one for one in papers if one.paper.medium == medium and form in ("", one.reading.form))


def forms_of(desk: Desk) -> tuple[Form, ...]:
    return tuple(desk.standings.now().standing.forms.values())


def size_of(picture: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(picture)) as image:
        return image.size


def test_a_scan_is_drawn_upright_and_cut_at_a_fields_place(desk: Desk, client: TestClient) -> None:
    held = paper_of(desk, "scan")
    path, found = next((name, one) for name, one in machine_of(held).fields.items()
                       if isinstance(one, FieldReading) and one.place and one.place.box)  # fmt: skip
    page = client.get(f"/picture/{address_of(held.paper.key)}/{held.reading.pages[0]}")
    assert page.headers["content-type"] == "image/jpeg"
    width, height = size_of(page.content)
    assert height > width
    crop = client.get(f"/crop/{address_of(held.paper.key)}?path={path}")
    assert found.place is not None
    assert found.place.box is not None
    left, _, right, _ = found.place.box
    assert 0 < size_of(crop.content)[0] <= width * (right - left + 0.06) + 3
    assert 'data-frame="f-' in client.get(f"/pages/{address_of(held.paper.key)}").text


def test_a_word_paper_is_printed_once_and_its_fields_are_found_on_the_print(desk: Desk) -> None:
    held = paper_of(desk, "word", "appraisal")
    spots = desk.pictures.spots(held, forms_of(desk))
    accepted = {name for name, one in machine_of(held).fields.items()
                if isinstance(one, FieldReading) and one.status == "accepted"}  # fmt: skip
    assert len(accepted & set(spots)) > len(accepted) / 2
    assert all(0 <= share <= 1 for _, box in spots.values() for share in box)
    assert size_of(desk.pictures.page(held, 1))[1] > 1_000
    kept = sorted(path.name for path in desk.pictures.folder.rglob("*") if path.is_file())
    assert [name.partition("-")[2] for name in kept] == ["word-page-1.jpg", "word-printed.pdf", "word-spots.json"]


def test_a_picture_is_drawn_once(desk: Desk) -> None:
    held = paper_of(desk, "scan")
    first = desk.pictures.page(held, 1)
    [kept] = desk.pictures.folder.rglob("*page-1.jpg")
    kept.write_bytes(first + b"kept")
    assert desk.pictures.page(held, 1) == first + b"kept"


def test_an_original_that_is_gone_is_no_picture_and_breaks_nothing(desk: Desk, client: TestClient) -> None:
    put(desk, *phone_paper())
    answer = client.get(f"/picture/{address_of(key_of('电话.docx'))}/1")
    assert answer.status_code == 404
    assert client.get(f"/pages/{address_of(key_of('电话.docx'))}").status_code == 200


def test_names_of_pictures_say_nothing_of_anybody(desk: Desk) -> None:
    held = paper_of(desk, "scan")
    desk.pictures.page(held, 1)
    names = [path.relative_to(desk.settings.workspace).as_posix() for path in desk.settings.shown.rglob("*")]
    assert names
    assert all(name.isascii() for name in names)


def test_an_erasure_takes_the_pictures_with_it(desk: Desk) -> None:
    desk.pictures.page(paper_of(desk, "scan"), 1)
    drop_pages(desk.settings.shown)
    assert not desk.settings.shown.exists()


def test_whole_numbers_are_covered_until_they_are_opened(desk: Desk, client: TestClient) -> None:
    held = paper_of(desk, "word", "appraisal")
    spots = desk.pictures.spots(held, forms_of(desk))
    path = next(name for name in ("id_number", "phone") if name in spots)
    page, (left, top, right, bottom) = spots[path]
    address = f"/picture/{address_of(held.paper.key)}/{page}"
    crop = f"/crop/{address_of(held.paper.key)}?path={path}"

    def levels() -> set[int]:
        with Image.open(io.BytesIO(client.get(address).content)) as image:
            width, height = image.size
            inside = image.convert("L").crop(
                (left * width + 8, top * height + 8, right * width - 8, bottom * height - 8)
            )
            return {level // 16 for level in inside.tobytes()}

    assert levels() == {VEIL // 16}
    assert client.get(crop).status_code == 404
    write(client, "/review/look", paper=held.paper.key, path=path)
    assert len(levels()) > 3
    assert client.get(crop).status_code == 200


def test_a_cut_stays_on_the_page() -> None:
    file = io.BytesIO()
    Image.new("L", (200, 100), 255).save(file, "JPEG")
    assert size_of(cut_out(file.getvalue(), (0.0, 0.0, 1.0, 1.0))) == (200, 100)
    assert size_of(cut_out(file.getvalue(), (0.5, 0.4, 0.6, 0.5))) == (32, 12)


def test_empty_paper_beside_what_is_written_is_cut_away() -> None:
    page = Image.new("L", (1000, 1000), 255)
    page.paste(0, (100, 100, 900, 103))  # the cell's own line
    page.paste(0, (400, 130, 450, 160))
    file = io.BytesIO()
    page.save(file, "JPEG", quality=95)
    width, height = size_of(cut_out(file.getvalue(), (0.1, 0.1, 0.9, 0.2)))
    assert width == pytest.approx(50 + 60, abs=6)
    assert height == 100 + 24


def test_what_waits_is_drawn_when_nobody_asks(desk: Desk) -> None:
    held = paper_of(desk, "scan")
    room: PictureRoom = desk.pictures
    room.queue([held], forms_of(desk))
    deadline = 60
    while not list(room.folder.rglob("*page-*.jpg")) and deadline:
        deadline -= 1
        Path().stat()
        room._ended.wait(0.5)
    assert list(room.folder.rglob("*page-*.jpg"))
