"""What was seen on a scan, drawn on its pages: each field's frame in the colour of its status."""

import cv2
import numpy as np

from extractors.opening import opened
from extractors.sketch import COLOURS, sketches
from gengang.cli_read import FACE
from gengang.reading import FieldReading, FileReading, ListReading, Reading
from gengang.sheet import Place
from tests.unit.prints import pdf_of_pictures, pictures_of

NAME, DAY = (0.2, 0.2, 0.4, 0.25), (0.5, 0.5, 0.7, 0.55)


def test_each_field_stands_in_the_colour_of_its_status_on_its_page() -> None:
    data = pdf_of_pictures(pictures_of("training_log")[:1])
    fields: dict[str, FieldReading | ListReading] = {
        "name": FieldReading("accepted", "张三", place=Place(1, NAME)),
        "days": ListReading("review", ({"day": FieldReading("review", "2016-09-05", place=Place(1, DAY))},)),
        "other": FieldReading("unread", place=Place(2, NAME)), "lost": FieldReading("missing"),
    }  # fmt: skip
    file = FileReading("a.pdf", "", "scan", (Reading("log", "v", fields, (1,)),))
    [(number, png)] = sketches(opened("a.pdf", data), file, FACE)
    assert number == 1
    drawn = np.asarray(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR))[:, :, ::-1]
    height, width = drawn.shape[:2]
    for box, status in ((NAME, "accepted"), (DAY, "review")):
        edge = drawn[round((box[1] + box[3]) / 2 * height), round(box[0] * width) + 4]
        assert tuple(map(int, edge)) == COLOURS[status]
    assert not (drawn == np.array(COLOURS["unread"])).all(axis=2).any()


def test_a_file_without_a_form_has_no_pictures() -> None:
    data = pdf_of_pictures(pictures_of("training_log")[:1])
    assert list(sketches(opened("a.pdf", data), FileReading("a.pdf", "", "scan"), FACE)) == []
