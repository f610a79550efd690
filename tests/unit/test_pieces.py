"""Lines cut to their cells, and whether all of them was read."""

import cv2
import numpy as np

from extractors.layout import Rect
from extractors.pieces import LOOSE, Desk, Known, Piece, pieces_of, read_pieces


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
