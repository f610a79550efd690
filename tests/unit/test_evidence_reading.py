"""What is no form: a scene, a notebook, slides, a film are kept; a form that cannot be made out is asked about."""

import io
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from extractors.bitmap import paper_share
from extractors.files import read_bytes, read_files
from extractors.layout import Area, Grid, Rect
from extractors.materials import THUMBNAIL_SIDE, day_taken, thumbnail_of
from extractors.opening import MOST_BYTES
from extractors.paper import Content, Page, PrintedLine, Table
from extractors.scan import Pictures, page_of_picture, pictures_of_image
from extractors.scenes import PAPERY, Verdict, is_scene, kind_of_pictures, verdict_on
from gengang.findings import Finding
from gengang.material import Material
from gengang.reading import FileReading, json_texts_of_files
from gengang.separators import text_of_separator
from tests.unit.evidence_pictures import (
    FILM,
    GPS,
    OLD_SLIDES,
    SLIDES,
    Pixels,
    as_taken,
    blurred_form,
    notebook,
    saved,
    scene,
)
from tests.unit.packing import mailed, zipped
from tests.unit.prints import FORMS, docx_of, file_of, photographed, pictures_of
from tests.unit.test_separators import ONE, sheet_with


def halves_of(page: Pixels) -> tuple[Pixels, Pixels]:
    """A page photographed in two pictures, cut between two rows."""
    height = page.shape[0]
    return np.ascontiguousarray(page[: height // 2]), np.ascontiguousarray(page[height // 2 :])


def only(file: FileReading) -> Material:
    assert file.submissions == ()
    [material] = file.materials
    return material


def codes(file: FileReading) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in file.findings]


@lru_cache
def page_of(data: bytes) -> Page:
    """A picture as it is looked at."""
    [picture] = arrays(data).pages()
    return page_of_picture(picture)[0]


def arrays(data: bytes) -> Pictures:
    found = pictures_of_image(data, 1)
    assert not isinstance(found, Finding)
    return found


def verdict(data: bytes, own: str, around: str = "") -> Verdict:
    return verdict_on([page_of(data)], FORMS, own, around)


def test_a_scene_is_evidence_and_no_form() -> None:
    file = read_bytes("2016-12-06 张村小学/IMG_0231.jpg", scene(), FORMS)
    found = only(file)
    assert (found.kind, found.doubt, found.name) == ("photo", False, "2016-12-06 张村小学/IMG_0231.jpg")
    assert (found.sha256, found.size) == (file.sha256, len(scene()))
    assert codes(file) == [("unknown_form", "info")]
    text = "".join(json_texts_of_files((file,)))
    assert '"code": "unknown_form"' in text
    assert "materials" not in text


def test_what_a_picture_shows_comes_before_what_it_is_called() -> None:
    assert verdict(scene(), "张三.jpg", "研修日志") == "evidence"
    assert verdict(scene(), "张三 研修日志.jpg") == "doubt"
    assert verdict(scene(), "研修日志 照片/1.jpg") == "doubt"
    for name in ("IMG_1.jpg", "研修日志 照片.jpg", "研修日志.jpg"):
        assert verdict(blurred_form(9), name) == "doubt"


def test_a_bad_photo_that_shows_a_forms_words_is_never_evidence() -> None:
    for name in ("IMG_1.jpg", "活动照片.jpg", "听课笔记.jpg"):
        assert verdict(blurred_form(3), name) == "form"


def test_a_notebook_is_evidence_by_its_name_or_mail_and_else_asked_about() -> None:
    assert kind_of_pictures([page_of(notebook())]) == "notebook"
    assert verdict(notebook(), "张三 听课笔记/1.jpg") == "evidence"
    assert verdict(notebook(), "IMG_1.jpg", "手写笔记见附件") == "evidence"
    assert verdict(notebook(), "IMG_1.jpg") == verdict(notebook(), "研修日志.jpg", "笔记") == "doubt"


def test_what_is_in_doubt_is_asked_about() -> None:
    file = read_bytes("a.jpg", blurred_form(9), FORMS)
    assert only(file).doubt
    assert codes(file) == [("unknown_form", "manual")]
    assert "这是材料的照片还是佐证" in file.findings[0].message


def test_a_scanned_notebook_is_one_piece() -> None:
    page = Image.open(io.BytesIO(notebook()))
    made = io.BytesIO()
    page.save(made, "PDF", resolution=140, save_all=True, append_images=[page])
    found = only(read_bytes("张三 手写听课笔记.pdf", made.getvalue(), FORMS))
    assert (found.kind, found.doubt, found.thumbnail) == ("notebook", False, b"")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [("张三 课件.pptx", SLIDES, "slides"), ("a.ppt", OLD_SLIDES, "slides"), ("a", FILM, "video")],
)
def test_slides_and_films_are_kept_unopened(name: str, data: bytes, kind: str) -> None:
    file = read_bytes(name, data, FORMS)
    assert only(file).kind == kind
    assert codes(file) == [("unknown_form", "info")]


def test_a_film_larger_than_any_file_that_is_read_is_kept(tmp_path: Path) -> None:
    film, other = tmp_path / "听课.mp4", tmp_path / "b.docx"
    for path, head in ((film, FILM), (other, docx_of("training_log"))):
        with path.open("wb") as stream:
            stream.write(head)
            stream.truncate(MOST_BYTES + 1)
    kept, refused = read_files([str(film), str(other)], FORMS)
    assert (only(kept).kind, only(kept).size) == ("video", MOST_BYTES + 1)
    assert [finding.code for finding in refused.findings] == ["too_large"]


def test_a_photo_beside_forms_does_not_come_between_them() -> None:
    first, second = (file_of(page, "PNG") for page in halves_of(pictures_of("training_log")[0]))
    data = zipped({"1.png": first, "2.jpg": scene(), "3.png": second, "4.jpg": scene(), "5.mp4": FILM})
    file = read_bytes("张三.zip", data, FORMS)
    assert [reading.members for reading in file.submissions] == [("张三.zip!1.png", "张三.zip!3.png")]
    assert [(one.kind, one.member, one.doubt) for one in file.materials] == [
        ("photo", "张三.zip!2.jpg", False),
        ("photo", "张三.zip!4.jpg", False),
        ("video", "张三.zip!5.mp4", False),
    ]
    assert {(one.code, one.severity) for one in file.findings} == {("unknown_form", "info")}
    assert not any(one.code == "page_skipped" for reading in file.submissions for one in reading.findings)


def test_a_cover_parts_photos_too_and_is_itself_neither_photo_nor_scene() -> None:
    cover = file_of(np.dstack([sheet_with(text_of_separator(ONE))] * 3), "PNG")
    assert not is_scene(Page(1, 600, 800, separator=ONE, paper=0.0), FORMS)
    alone = read_bytes("封面.png", cover, FORMS)
    assert (alone.materials, codes(alone)[-1]) == ((), ("bag_empty", "error"))
    page = file_of(pictures_of("training_log")[0], "PNG")
    file = read_bytes("袋.zip", zipped({"1.png": cover, "2.jpg": scene(), "3.png": cover, "4.png": page}), FORMS)
    assert [(reading.bag, reading.members) for reading in file.submissions] == [(ONE.person, ("袋.zip!4.png",))]
    assert [one.member for one in file.materials] == ["袋.zip!2.jpg"]
    assert codes(file) == [("unknown_form", "info")]
    lone = read_bytes("袋.zip", zipped({"1.png": cover, "2.jpg": scene()}), FORMS)
    assert (only(lone).member, codes(lone)) == ("袋.zip!2.jpg", [("unknown_form", "info")])


@pytest.mark.parametrize(("label", "seen"), [("工作单位", False), ("主席台下", True), ("姓名", True)])
def test_a_row_that_several_forms_have_alone_on_a_page_in_the_shade_is_no_scene(label: str, seen: bool) -> None:
    """Where a shadow lies on a form's last page, little of it looks like paper."""
    rects = Rect(100, 100, 200, 200), Rect(200, 100, 500, 200)
    areas = tuple(Area(0, column, 1, 1, rect) for column, rect in enumerate(rects))
    grid = Grid(rects[0].joined(rects[1]), (100.0, 200.0, 500.0), areas)
    said = (Content((PrintedLine(rect, text, 1.0),)) for rect, text in zip(rects, (label, "同意。"), strict=True))
    assert is_scene(Page(1, 600, 800, (Table(grid, tuple(said)),), paper=0.5), FORMS) == seen


def test_a_mail_says_what_its_photo_shows() -> None:
    found = only(read_bytes("a.eml", mailed("IMG_2.jpg", scene(), "李四 <a@example.cn>"), FORMS))
    assert found.words == "老师好，材料见附件。"


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_thumbnail_is_upright_small_and_tells_no_place(orientation: int) -> None:
    data = as_taken(scene(), orientation)
    with Image.open(io.BytesIO(data)) as taken:
        assert taken.getexif().get_ifd(GPS)
    with Image.open(io.BytesIO(thumbnail_of(data))) as small:
        upright = orientation in (1, 3)
        assert small.size == ((320, 240) if upright else (240, 320))
        assert dict(small.getexif()) == {}
        assert "icc_profile" not in small.info
    assert b"Exif" not in thumbnail_of(data)
    assert thumbnail_of(data) == thumbnail_of(data)


def test_a_thumbnail_is_turned_as_the_camera_was_held() -> None:
    half = np.zeros((60, 80, 3), np.uint8)
    half[:30] = 255  # white above
    with Image.open(io.BytesIO(thumbnail_of(as_taken(saved(half), 3)))) as small:
        shown = np.asarray(small.convert("L")).astype(int)
    assert shown[:20].mean() < 30 < 220 < shown[-20:].mean()


@given(
    st.binary(max_size=300), st.sampled_from((b"", b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"GIF89a"))
)
def test_of_damaged_pictures_there_is_no_thumbnail_and_no_day(rest: bytes, head: bytes) -> None:
    assert (
        thumbnail_of(head + rest) == b""
        or max(Image.open(io.BytesIO(thumbnail_of(head + rest))).size) <= THUMBNAIL_SIDE
    )
    assert isinstance(day_taken(head + rest), str)


@pytest.mark.parametrize(
    ("said", "day"), [("2016:10:12 09:30:00", "2016-10-12"), ("0000:00:00 00:00:00", ""), ("昨天", ""), ("", "")]
)
def test_the_day_is_the_cameras_or_none(said: str, day: str) -> None:
    assert day_taken(as_taken(scene(), 1, said)) == day


@pytest.mark.parametrize("seed", [20, 23, 25])
def test_scenes_are_not_papery_and_pages_are(seed: int) -> None:
    picture = np.asarray(Image.open(io.BytesIO(scene(seed, ""))).convert("RGB"))
    assert paper_share(picture) < PAPERY - 0.05
    page = photographed(pictures_of("training_log")[0])
    for light in (1.0, 0.5, 0.2):
        assert paper_share((page * light).astype(np.uint8)) > PAPERY + 0.1
