"""How sure several readings of one line are together."""

from extractors.layout import Rect
from extractors.ocr import ReadText
from extractors.pieces import Piece, sure_by

LINE = Rect(0, 0, 100, 40)


def test_three_equal_readings_settle_what_two_were_not_quite_sure_of() -> None:
    piece = Piece(LINE, 0, text="张三", each=(0.96, 0.97), second="张三")
    assert sure_by(piece, ReadText("张三", 0.96, (0.96, 0.96))) == 0.98
    assert sure_by(piece, ReadText("张三", 0.9, (0.93, 0.99))) == 0.93  # so was 语 read for 诗 in a poor copy
    assert sure_by(piece, ReadText("张王", 0.9, (0.9, 0.9))) == 0.0


def test_a_ruled_blank_that_a_third_look_leaves_out_is_as_sure_as_it_was_read() -> None:
    assert sure_by(Piece(LINE, 0, text="_", each=(0.96,), second="_"), ReadText("", 0.0)) == 0.98
