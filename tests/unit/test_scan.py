"""Scans and photos of known forms: every cell as it was printed, or told; never a cell that looks blank and is not."""

import re
import threading
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors import scan
from extractors.bitmap import even_grey
from extractors.evened import evened
from extractors.fields import readings_of_sheet
from extractors.layout import Rect
from extractors.ocr import Reader, find_frames, read_lines
from extractors.paper import Page, PrintedLine, sheet_of_pages
from extractors.pieces import Desk, Known, Piece, read_pieces
from extractors.scan import Picture, content_of, page_of_picture, pictures_of_image, pictures_of_pdf
from extractors.ticks import TickBox, framed_boxes, lacks_boxes, tick_boxes
from gengang.findings import Finding
from gengang.sheet import Cell, squeezed
from gengang.wordxml import sheet_of_word
from gengang.workspace import BUILT_IN
from tests.unit.prints import FORMS, docx_of, file_of, pdf_of_pictures, photographed, pictures_of, tilted

Pixels = npt.NDArray[np.uint8]


def page_of(pixels: Pixels) -> Page:
    page, findings = page_of_picture(Picture(1, pixels))
    assert findings == ()
    return page


@lru_cache
def log_page() -> Page:
    return page_of(pictures_of("training_log")[0])


def cells_of(page: Page) -> list[Cell]:
    return [cell for row in sheet_of_pages([page], "scan").rows if row.table for cell in row.cells]


def texts_of(page: Page) -> list[str]:
    return [squeezed(cell.text) for cell in cells_of(page)]


def expected() -> list[str]:
    sheet = sheet_of_word(docx_of("training_log"))
    return [squeezed(cell.text) for row in sheet.rows if row.table for cell in row.cells]


def test_a_scan_has_the_documents_cells_in_order() -> None:
    assert texts_of(log_page()) == expected()
    assert not any(cell.unread for cell in cells_of(log_page()))


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_turned_page_is_turned_back(quarters: int) -> None:
    turned = np.ascontiguousarray(np.rot90(pictures_of("training_log")[0], quarters))
    assert texts_of(page_of(turned)) == expected()


@pytest.mark.parametrize("degrees", [-2.5, 1.2])
def test_a_tilted_page_is_straightened(degrees: float) -> None:
    assert texts_of(page_of(tilted(pictures_of("training_log")[0], degrees))) == expected()


def test_a_photo_on_a_desk_is_flattened() -> None:
    assert texts_of(page_of(photographed(pictures_of("training_log")[0]))) == expected()


def test_places_are_shares_of_the_upright_page() -> None:
    [name] = [cell.place.box for cell in cells_of(log_page()) if squeezed(cell.text) == "徐丽"]
    assert name is not None
    assert 0.18 < name[0] < 0.22 < name[2] < 0.32
    assert 0.1 < name[1] < name[3] < 0.17


def test_short_values_are_read_twice() -> None:
    [date] = [cell for cell in cells_of(log_page()) if "10月18日" in squeezed(cell.text)]
    assert [line.second is not None for line in date.lines] == [True] * len(date.lines)


def test_boxes_are_ticked_by_their_pixels() -> None:
    page = page_of(pictures_of("appraisal")[1])
    [grade] = [text for text in texts_of(page) if "不合格" in text]
    assert grade == "☑合格□不合格"


def grade_boxes() -> tuple[TickBox, TickBox]:
    """The ticked and the empty box of the second page."""
    grey = even_grey(pictures_of("appraisal")[1])
    ticked, empty = sorted(tick_boxes(grey, np.zeros_like(grey)), key=lambda box: box.rect.left)
    assert (ticked.mark, empty.mark) == ("☑", "□")
    return ticked, empty


def grade_cell(pixels: Pixels) -> Cell:
    page, _ = page_of_picture(Picture(1, pixels), Known(options=(("合格", "不合格"),)))
    [grade] = [cell for cell in cells_of(page) if "不合格" in cell.text]
    return grade


def test_a_hair_in_a_tick_box_is_for_a_person() -> None:
    pixels = pictures_of("appraisal")[1].copy()
    box = grade_boxes()[1].rect
    left, middle = round(box.left), round(box.centre[1])
    pixels[middle : middle + 2, left + 6 : left + 11] = 0
    assert grade_cell(pictures_of("appraisal")[1]).unread is False
    assert grade_cell(pixels).unread is True


def test_a_box_under_a_large_hand_drawn_tick_is_never_called_empty() -> None:
    pixels = pictures_of("appraisal")[1].copy()
    box = grade_boxes()[1].rect
    x, y = round(box.left), round(box.bottom)
    stroke = np.array([(x - 6, y - 16), (x + 8, y + 3), (x + 34, y - 34)], dtype=np.int32)
    cv2.polylines(pixels, [stroke], False, (20, 20, 60), 3)
    grade = grade_cell(pixels)
    assert grade.unread or squeezed(grade.text) == "☑合格☑不合格"


def test_a_pen_that_crosses_a_boxs_edge_ticks_it() -> None:
    pixels = pictures_of("appraisal")[1].copy()
    box = grade_boxes()[1].rect
    x, y = round(box.left), round(box.bottom)
    stroke = np.array([(x + 4, y - 12), (x + 10, y - 4), (x + 26, y - 28)], dtype=np.int32)
    cv2.polylines(pixels, [stroke], False, (20, 20, 60), 2)
    grade = grade_cell(pixels)
    assert (squeezed(grade.text), grade.unread) == ("☑合格☑不合格", False)


def test_boxes_are_found_beside_letters_that_look_like_them() -> None:
    line = Image.new("L", (420, 50), 255)
    face = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), 32)
    ImageDraw.Draw(line).text((8, 6), "□口日目国田中□回四", font=face, fill=0)
    page = np.asarray(line, dtype=np.uint8)
    found = framed_boxes(page, Rect(0, 0, 420, 50))
    printed = [box for box in found if box.rect.left < 30 or 215 < box.rect.left < 250]
    assert [box.mark for box in printed] == ["□", "□"]


def drawn_in(cell_text: str, colour: tuple[int, int, int], offset: float = 0.5) -> Pixels:
    """The log with a scrawl in the cell right of a label."""
    cells = cells_of(log_page())
    number = next(index for index, cell in enumerate(cells) if squeezed(cell.text) == cell_text)
    box = cells[number].place.box
    assert box is not None
    pixels = pictures_of("training_log")[0].copy()
    height, width = pixels.shape[:2]
    x, y = round(width * (box[0] + 0.02)), round(height * (box[1] + offset * (box[3] - box[1])))
    scrawl = np.array([(x, y), (x + 25, y - 18), (x + 40, y + 12), (x + 60, y - 15), (x + 75, y + 10)], dtype=np.int32)
    cv2.polylines(pixels, [scrawl], False, colour, 4)
    return pixels


def test_a_scrawl_in_a_blank_place_is_never_called_blank() -> None:
    pixels = drawn_in("问题与思考", (30, 30, 90), offset=0.1)
    page = page_of(pixels)
    clean = dict(zip(range(99), texts_of(log_page()), strict=False))
    touched = [
        cell for number, cell in enumerate(cells_of(page)) if squeezed(cell.text) != clean[number] or cell.unread
    ]
    assert touched


def test_a_red_seal_over_a_value_does_not_hide_it() -> None:
    pixels = pictures_of("training_log")[0].copy()
    [name] = [cell.place.box for cell in cells_of(log_page()) if squeezed(cell.text) == "徐丽"]
    assert name is not None
    height, width = pixels.shape[:2]
    middle = round(width * (name[0] + name[2]) / 2), round(height * (name[1] + name[3]) / 2)
    seal = np.full_like(pixels, 255)
    cv2.circle(seal, middle, 110, (215, 40, 45), 6)
    cv2.circle(seal, middle, 30, (215, 40, 45), -1)
    sealed = np.minimum(pixels, seal)
    assert texts_of(page_of(sealed)) == expected()


def test_a_seal_leaves_nothing_that_reads_as_ink_even_where_it_is_dark() -> None:
    paper = np.full((600, 600, 3), 236, np.uint8)
    cv2.putText(paper, "2016", (230, 320), cv2.FONT_HERSHEY_SIMPLEX, 2.0, (30, 30, 30), 5)
    inked = paper.copy()
    cv2.circle(inked, (300, 300), 150, (196, 40, 48), 14)
    cv2.putText(inked, "SEAL", (180, 250), cv2.FONT_HERSHEY_SIMPLEX, 2.4, (180, 36, 44), 8)
    sealed = np.minimum(inked, paper)
    _, packed = cv2.imencode(".jpg", sealed[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, 70])
    seen = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR))[:, :, ::-1]
    clean, grey = even_grey(paper), even_grey(np.ascontiguousarray(seen, dtype=np.uint8))
    pressed = cv2.erode(np.asarray(inked[:, :, 1] < 60, np.uint8), np.ones((5, 5), np.uint8)) > 0
    assert int(np.percentile(grey[pressed & (clean > 200)], 2)) > 230
    assert int(((grey > 150) & (clean < 60)).sum()) < 0.1 * int((clean < 60).sum())


STRUCK = {"徐丽": "line", "初中数学": "zigzag", "吴敏": "two lines", "小组合作的提问方法很好。": "wave"}


@lru_cache
def struck_page() -> Page:
    """The log with a pen's strokes through some values, one from wall to wall of its cell."""
    pixels = pictures_of("training_log")[0].copy()
    for cell in cells_of(log_page()):
        kind, box = STRUCK.get(squeezed(cell.text)), cell.lines[0].box if cell.lines else None
        if kind is None or box is None or cell.place.box is None:
            continue
        height, width = pixels.shape[:2]
        left, top, right, bottom = box[0] * width, box[1] * height, box[2] * width, box[3] * height
        middle = (top + bottom) / 2
        if kind == "line":  # to the walls of its cell
            left, right = cell.place.box[0] * width + 6, cell.place.box[2] * width - 6
        apart = {"line": (0.0,), "two lines": (-5.0, 5.0)}.get(kind, ())
        rise, steps = 5 if kind == "wave" else 14, np.arange(left, right, 13.0)
        strokes = [[(left - 4, middle + one), (right + 4, middle + one + 1)] for one in apart]
        strokes = strokes or [[(float(x), middle + rise * (-1) ** n) for n, x in enumerate(steps)]]
        for stroke in strokes:
            cv2.polylines(pixels, [np.array(stroke, np.int32)], False, (25, 25, 70), 3, cv2.LINE_AA)
    return page_of(pixels)


def test_a_value_that_a_pen_struck_out_is_unread_and_its_neighbours_are_not() -> None:
    cells = cells_of(struck_page())
    clean = cells_of(log_page())
    assert len(cells) == len(clean)
    struck = [squeezed(before.text) for before, cell in zip(clean, cells, strict=True) if cell.struck]
    assert struck == list(STRUCK)
    assert all(cell.unread for cell in cells if cell.struck)
    assert not any(cell.struck for cell in clean)


def test_a_field_that_was_struck_out_is_never_accepted_and_says_so() -> None:
    [reading] = readings_of_sheet(sheet_of_pages([struck_page()], "scan"), FORMS).readings
    told = {one.field for one in reading.findings if one.code == "struck_out"}
    assert told == {"name", "stage_subject", "mentor", "gains"}
    assert {reading.fields[name].status for name in told} <= {"review", "unread"}
    assert all("原件" in one.message for one in reading.findings if one.code == "struck_out")
    assert reading.fields["school"].status == "accepted"


def test_a_poor_picture_asks_for_a_better_one() -> None:
    small = cv2.resize(pictures_of("training_log")[0], None, fx=0.35, fy=0.35, interpolation=cv2.INTER_AREA)
    _, findings = page_of_picture(Picture(3, np.ascontiguousarray(np.asarray(small, dtype=np.uint8))))
    [finding] = findings
    assert finding.code == "low_resolution"
    assert "第 3 页" in finding.message
    assert "重新" in finding.message


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((1, 1, 3), np.uint8),
        np.full((2, 4000, 3), 255, np.uint8),
        np.zeros((900, 700, 3), np.uint8),
        np.full((900, 700, 3), 255, np.uint8),
        np.random.default_rng(3).integers(0, 255, (900, 700, 3)).astype(np.uint8),
    ],
    ids=["dot", "strip", "black", "white", "noise"],
)
def test_a_picture_of_nothing_is_an_empty_page(pixels: Pixels) -> None:
    page, _ = page_of_picture(Picture(1, np.ascontiguousarray(pixels)))
    assert page.tables == ()


def test_cells_narrower_than_their_walls_are_cells() -> None:
    pixels = np.full((2339, 1654, 3), 255, np.uint8)
    for across in (200, 400, 412, 420, 700, 716, 900, 910, 1300):
        pixels[300:900, across : across + 3] = 0
    for down in (300, 400, 408, 500, 700, 714, 900):
        pixels[down : down + 3, 200:1303] = 0
    page, _ = page_of_picture(Picture(1, pixels), Known(signs=True))
    [table] = page.tables
    assert min(area.rect.width for area in table.grid.areas) < 16
    assert not any(content.lines for content in table.contents)


def test_a_scanners_pdf_is_drawn_page_by_page() -> None:
    data = pdf_of_pictures(pictures_of("appraisal"))
    pages = list(pictures_of_pdf(data, [2]))
    assert [page.number for page in pages] == [2]
    assert max(pages[0].pixels.shape) == pytest.approx(2340, abs=2)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP"])
def test_pictures_of_every_kind_open(kind: str) -> None:
    pictures = pictures_of_image(file_of(pictures_of("training_log")[0][:300, :300], kind), 4)
    assert not isinstance(pictures, Finding)
    assert [(picture.number, picture.pixels.shape) for picture in pictures.pages()] == [(4, (300, 300, 3))]


def test_a_broken_picture_is_a_finding() -> None:
    broken = pictures_of_image(file_of(pictures_of("training_log")[0])[:5000], 1)
    assert isinstance(broken, Finding)
    assert broken.code == "unreadable_file"


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("□合格 ☑不合格", False),
        ("合格 □不合格", True),
        ("□合格 不合格", True),
        ("合格 不合格", False),
        ("是否认真", False),
        ("☑不合格", False),
        ("教师意见", False),
    ],
)
def test_a_choice_needs_a_box_for_each_word(text: str, lacking: bool) -> None:
    assert lacks_boxes(text, [("合格", "不合格"), ("是", "否")]) is lacking


@pytest.mark.parametrize(("text", "lacking"), [
    ("☑优秀□合格□不合格", False), ("优秀□合格□不合格", True), ("☑优秀□合格□不合格□男☑女", False),
    ("☑优秀□合格□不合格男☑女", True), ("☑合格□不合格", False), ("听课认真", False),
])  # fmt: skip
def test_of_choices_that_share_words_the_one_with_most_of_them_says_how_many_boxes_there_are(
    text: str, lacking: bool
) -> None:
    assert lacks_boxes(text, [("合格", "不合格"), ("优秀", "合格", "不合格"), ("男", "女")]) is lacking


def test_two_recognisers_read_a_line_and_say_how_sure_they_are_of_each_letter() -> None:
    line = Image.new("RGB", (420, 56), "white")
    face = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), 40)
    ImageDraw.Draw(line).text((8, 6), "张村小学 2016年9月5日", font=face, fill="black")
    pixels = np.asarray(line, dtype=np.uint8)
    readers: tuple[Reader, ...] = ("first", "second")
    for reader in readers:
        [read] = read_lines([pixels], reader)
        assert squeezed(read.text) == "张村小学2016年9月5日"
        assert len(read.each) == len(read.text)
        assert min(read.each) > 0.5


def test_readers_beside_each_other_are_not_tied_to_the_same_core() -> None:
    """The engine ties its threads to the first cores, in every process: two readers then share one, half as fast."""
    seen: set[str] = set()
    done = threading.Event()
    watch = threading.Thread(target=lambda: _watch_cores(seen, done))
    watch.start()
    blank = np.full((48, 2400, 3), 255, np.uint8)
    for _ in range(3):
        find_frames(np.full((640, 640, 3), 255, np.uint8))
        read_lines([blank] * 4)
        read_lines([blank] * 4, "second")
    done.set()
    watch.join()
    assert len(seen) == 1


def _watch_cores(seen: set[str], done: threading.Event) -> None:
    """Which cores the threads of this process may run on, while it works."""
    while not done.wait(0.002):
        for task in Path("/proc/self/task").iterdir():
            with suppress(OSError):  # a thread may end
                status = (task / "status").read_text("ascii")
                seen.update(re.findall(r"Cpus_allowed_list:\s*(\S+)", status))


@pytest.mark.parametrize(("bend", "slant"), [(14.0, 0.0), (-9.0, 0.03), (0.0, -0.04)])
def test_a_bent_or_slanting_page_has_its_cells(bend: float, slant: float) -> None:
    """bend: pixels that the middle of each line is raised; slant: share of its width that a page narrows."""
    picture = pictures_of("training_log")[0]
    height, width = picture.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    seen_x = x + (x - width / 2) * slant * (y / height - 0.5) * 2
    seen_y = y + bend * np.sin(np.pi * x / width) + (x - width / 2) * slant * 0.5
    seen = cv2.remap(picture, seen_x, seen_y, cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    assert texts_of(page_of(np.ascontiguousarray(seen, dtype=np.uint8))) == expected()


def test_a_straight_page_is_left_as_it_is() -> None:
    grey = even_grey(pictures_of("training_log")[0])
    assert evened(grey) is grey


def test_rows_hardly_higher_than_their_letters_keep_their_cells() -> None:
    sheet = Image.new("RGB", (1655, 2340), "white")
    pen = ImageDraw.Draw(sheet)
    face = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), 29)
    tops = [300 + 38 * row for row in range(7)]
    for top in tops:
        pen.line((200, top, 1400, top), fill="black", width=2)
    for row, cells in enumerate(
        ("姓名 赵敏 性别 女", "单位 中小学", "电话 一二三 学科 语文", "备注", "事由 川川", "日期 今天")
    ):
        texts = cells.split()
        for number, text in enumerate(texts):
            left = 200 + round(1200 / len(texts) * number)
            pen.line((left, tops[row], left, tops[row + 1]), fill="black", width=2)
            pen.text((left + 12, tops[row] + 3), text, font=face, fill="black")
        pen.line((1400, tops[row], 1400, tops[row + 1]), fill="black", width=2)
    texts = texts_of(page_of(np.asarray(sheet, dtype=np.uint8)))
    assert texts == [
        "姓名",
        "赵敏",
        "性别",
        "女",
        "单位",
        "中小学",
        "电话",
        "一二三",
        "学科",
        "语文",
        "备注",
        "事由",
        "川川",
        "日期",
        "今天",
    ]


def test_a_thin_stroke_alone_on_its_line_is_read_or_told() -> None:
    """In a photo the 一 of Song type is barely darker than paper, and no detector frames it."""
    sheet = Image.new("RGB", (1655, 2340), "white")
    pen = ImageDraw.Draw(sheet)
    face = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), 32)
    lefts, tops = (200, 320, 700, 1400), [300 + 110 * row for row in range(6)]
    for top in tops:
        pen.line((lefts[0], top, lefts[-1], top), fill="black", width=2)
    for left in lefts:
        pen.line((left, tops[0], left, tops[-1]), fill="black", width=2)
    for top, day in zip(tops, "一二三四五", strict=False):
        pen.text((lefts[0] + 12, top + 6), "星期", font=face, fill=(60, 60, 60))
        pen.text((lefts[0] + 12, top + 50), day, font=face, fill=(60, 60, 60) if day != "一" else "white")
        pen.text((lefts[1] + 20, top + 30), "上午听课两节", font=face, fill=(60, 60, 60))
    pen.rectangle((lefts[0] + 14, tops[0] + 66, lefts[0] + 44, tops[0] + 68), fill=(168, 168, 168))
    first = next(cell for cell in cells_of(page_of(np.asarray(sheet, dtype=np.uint8))) if "星期" in cell.text)
    assert squeezed(first.text) == "星期一" or first.unread


def test_letters_that_fill_a_gap_between_two_tables_are_no_walls() -> None:
    """A heading set tight between two tables: a stroke of a letter may reach from ruling line to ruling line."""
    sheet = Image.new("RGB", (1655, 2340), "white")
    pen = ImageDraw.Draw(sheet)
    face = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), 30)
    for first in (300, 450):
        for top in (first, first + 60, first + 120):
            pen.line((200, top, 1400, top), fill="black", width=2)
        for left in (200, 600, 1400):
            pen.line((left, first, left, first + 120), fill="black", width=2)
        for row, text in enumerate(("日期", "内容")):
            pen.text((220, first + 60 * row + 14), text, font=face, fill="black")
            pen.text((620, first + 60 * row + 14), "听课两节", font=face, fill="black")
    pen.text((240, 418), "三、考核情况", font=face, fill="black")
    for stroke in (345, 352, 388):  # as 核 and 情 have them, from line to line, with other strokes beside
        pen.line((stroke, 421, stroke, 449), fill="black", width=3)
        pen.line((stroke - 8, 434, stroke + 9, 434), fill="black", width=3)
    page = page_of(np.asarray(sheet, dtype=np.uint8))
    cells = [cell for cell in cells_of(page) if cell.place.box and 0.178 < cell.place.box[1] < 0.185]
    assert len(cells) < 2, [(cell.text, cell.place) for cell in cells]


def test_letters_that_stand_below_each_other_from_line_to_line_are_no_wall() -> None:
    """Two lines of a date in a row that they fill: the strokes of 日 over 日 are one run, with little white between."""
    sheet = Image.new("RGB", (1655, 2340), "white")
    pen = ImageDraw.Draw(sheet)
    face = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), 30)
    tops = [300 + 70 * row for row in range(4)]
    for top in tops:
        pen.line((200, top, 1400, top), fill="black", width=2)
    for left in (200, 800, 1400):
        pen.line((left, tops[0], left, tops[-1]), fill="black", width=2)
    for top in tops[:-1]:
        pen.text((820, top + 18), "县第二中学", font=face, fill="black")
        for line in (4, 38):
            pen.text((220, top + line - 3), "学校开会", font=face, fill="black")
            for at in (0, 20):
                pen.line((560 + at, top + line, 560 + at, top + line + 29), fill="black", width=2)
                pen.line((560, top + line + at, 580, top + line + at), fill="black", width=2)
    page = page_of(np.asarray(sheet, dtype=np.uint8))
    assert [len(table.grid.areas) for table in page.tables] == [6]


def test_a_line_of_which_only_some_letters_were_framed_is_for_a_person() -> None:
    """What is left over between framed letters is read with them in it: they would stand there twice."""
    sheet = Image.new("L", (500, 120), 255)
    face = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), 32)
    ImageDraw.Draw(sheet).text((20, 40), "学生兴趣很高。还需改进", font=face, fill=0)
    grey = np.asarray(sheet, np.uint8)
    desk, ink = Desk(grey, []), np.asarray(np.where(grey < 150, 255, 0), np.uint8)
    framed = read_pieces([Piece(Rect(20 + 32 * at, 38, 52 + 32 * at, 76), 0) for at in (1, 7)], desk)
    assert content_of(ink, Rect(0, 0, 500, 120), framed, desk).unread
    whole = read_pieces([Piece(Rect(14, 36, 400, 78), 0)], desk)
    assert not content_of(ink, Rect(0, 0, 500, 120), whole, desk).unread


def test_the_last_row_of_a_table_alone_on_its_page_keeps_its_cells() -> None:
    sheet = Image.new("RGB", (1655, 2340), "white")
    pen = ImageDraw.Draw(sheet)
    face = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), 29)
    for number, text in enumerate(("考核得分", "85", "认定学时", "十四")):
        pen.rectangle((160 + 332 * number, 158, 492 + 332 * number, 238), outline="black", width=2)
        pen.text((180 + 332 * number, 182), text, font=face, fill="black")
    pen.text((160, 260), "本表一式两份。", font=face, fill="black")
    page = page_of(np.asarray(sheet, dtype=np.uint8))
    assert texts_of(page) == ["考核得分", "85", "认定学时", "十四"]
    assert [squeezed(line.text) for line in page.loose] == ["本表一式两份。"]


LETTER = ("跟岗学习证明", "兹有望川县第二小学教师在我校跟岗学习十天", "该同志学习认真，特此证明。")


def letter(monkeypatch: pytest.MonkeyPatch, hidden: int | None) -> Page:
    """The page of a letter of three lines; hidden: the one that a detector that lies passes over."""
    face = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), 44)
    sheet = Image.new("RGB", (1654, 2339), "white")
    for number, text in enumerate(LETTER):
        ImageDraw.Draw(sheet).text((200, 300 + 120 * number), text, font=face, fill="black")
    with monkeypatch.context() as lying:
        lying.setattr(
            scan, "find_frames", lambda page: tuple(f for n, f in enumerate(find_frames(page)) if n != hidden)
        )
        return page_of(np.asarray(sheet))


def test_a_line_of_a_letter_that_detection_passes_over_is_read_from_its_ink(monkeypatch: pytest.MonkeyPatch) -> None:
    seen, page = letter(monkeypatch, None), letter(monkeypatch, 1)
    assert [line.text for line in page.loose] == [line.text for line in seen.loose] == [*LETTER]
    assert not page.unread


def test_such_a_line_that_nobody_can_read_is_told_as_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "LEAST_LEFT_OVER", 1.1)
    page = letter(monkeypatch, 1)
    assert ([line.text for line in page.loose], len(page.unread)) == ([LETTER[0], LETTER[2]], 1)


def test_a_letter_that_both_passed_over_outside_tables_makes_its_line_unread() -> None:
    whole, half = (PrintedLine(Rect(0, 0, 200, 40), "张三", unread=unread) for unread in (False, True))
    page = Page(1, 1654.0, 2339.0, loose=(whole,))
    for one, line in ((False, whole), (True, half)):
        [row] = sheet_of_pages([replace(page, loose=(line,))], "scan").rows
        assert row.cells[0].unread is one


def test_a_photo_over_the_line_below_it_hides_no_wall() -> None:
    sheet = Image.new("RGB", (1655, 2340), "white")
    pen = ImageDraw.Draw(sheet)
    face = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), 32)
    for top in (300, 560, 640):
        pen.line((200, top, 1400, top), fill="black", width=2)
    for left in (200, 600, 1100, 1400):
        pen.line((left, 300, left, 640), fill="black", width=2)
    for left, text in ((220, "姓名"), (620, "赵敏"), (1120, "")):
        pen.text((left, 400), text, font=face, fill="black")
    for left, text in ((220, "手机"), (620, "无"), (1120, "18600004043")):
        pen.text((left, 580), text, font=face, fill="black")
    pen.rectangle((1150, 330, 1396, 562), fill=(120, 140, 170))
    cells = cells_of(page_of(np.asarray(sheet, dtype=np.uint8)))
    assert [cell.text for cell in cells if not cell.pictures] == ["姓名", "赵敏", "手机", "无", "18600004043"]
    assert [cell.pictures for cell in cells] == [0, 0, 1, 0, 0, 0]


def test_a_letter_that_detection_passed_over_is_read_with_its_dots() -> None:
    """The last line of a narrow cell: without them 点 is 占, and both are sure of that."""
    font = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), 40)
    sheet = Image.new("L", (400, 180), 250)
    ImageDraw.Draw(sheet).text((24, 20), "中心学校教学", font=font, fill=20)
    ImageDraw.Draw(sheet).text((24, 90), "点", font=font, fill=20)
    page = np.asarray(sheet, np.uint8).copy()
    rows = np.flatnonzero((page[84:] < 160).any(axis=1)) + 84
    dots = next(row for row in rows if (page[row, 20:70] < 160).sum() and row > rows[0] + 26)
    page[dots + 3 : rows[-1] + 4] = page[dots : rows[-1] + 1].copy()
    page[dots : dots + 3] = 250
    ink = np.where(page < 160, 255, 0).astype(np.uint8)
    desk = Desk(page, (), usual=54.0)
    known = read_pieces([Piece(Rect(16, 14, 276, 70), 0)], desk)
    assert [one.text for one in content_of(ink, Rect(0, 0, 400, 180), known, desk).lines] == ["中心学校教学", "点"]
