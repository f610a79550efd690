"""How sure several readings of one line are together."""

import cv2
import numpy as np

from extractors.layout import Rect
from extractors.ocr import ReadText
from extractors.pieces import LOOSE, Desk, Known, Piece, pieces_of, read_pieces, sure_by

LINE = Rect(0, 0, 100, 40)


def test_three_equal_readings_settle_what_two_were_not_quite_sure_of() -> None:
    piece = Piece(LINE, 0, text="张三", each=(0.96, 0.97), second="张三")
    assert sure_by(piece, ReadText("张三", 0.96, (0.96, 0.96))) == 0.98
    assert sure_by(piece, ReadText("张三", 0.9, (0.93, 0.99))) == 0.93  # so was 语 read for 诗 in a poor copy
    assert sure_by(piece, ReadText("张王", 0.9, (0.9, 0.9))) == 0.0


def test_a_ruled_blank_that_a_third_look_leaves_out_is_as_sure_as_it_was_read() -> None:
    assert sure_by(Piece(LINE, 0, text="_", each=(0.96,), second="_"), ReadText("", 0.0)) == 0.98


def test_a_full_stop_behind_the_frame_of_its_line_is_missed_and_another_pieces_mark_is_not() -> None:
    page = np.full((120, 500), 250, np.uint8)
    cv2.putText(page, "12345", (30, 80), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (0,), 3)
    frame = Rect(25, 45, 145, 90)
    assert not read_pieces([Piece(frame, 0)], Desk(page, ()))[0].doubtful
    cv2.circle(page, (162, 76), 5, (0,), 2)
    assert read_pieces([Piece(frame, 0)], Desk(page, ()))[0].doubtful
    beside = Piece(Rect(146, 45, 300, 90), 1)
    assert not read_pieces([Piece(frame, 0), beside], Desk(page, ()))[0].doubtful
    assert not read_pieces([Piece(frame, 0)], Desk(page, (), Known(frozenset({"12345"}))))[0].doubtful


def test_a_line_close_under_a_table_is_whole_and_one_across_two_cells_is_cut() -> None:
    cells = (Rect(0, 0, 100, 100), Rect(100, 0, 300, 100))
    ink = np.full((200, 400), 250, np.uint8)
    under, across = Rect(150, 94, 310, 134), Rect(60, 30, 180, 70)
    assert [(piece.rect, piece.home) for piece in pieces_of([under], cells, ink)] == [(under, LOOSE)]
    assert [piece.home for piece in pieces_of([across], cells, ink)] == [0, 1]
