"""Where the marks of a scanned calibration sheet stand, and by how much the second print is out of place."""

import math
from collections.abc import Mapping, Sequence

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2

from extractors.bitmap import Decoded, decoded
from extractors.marks import Pixels
from gengang.calibration import FIRST, SECOND, SHEETS, Lying, Measured, Point, Reference
from gengang.findings import Finding

DICTIONARY = cv2.aruco.DICT_4X4_50
LEAST = 3  # marks that say where a sheet is
PDF_SCALE = 300 / 72
SHAPE = 0.02  # by how much a scan may differ from the sheet's shape
Places = npt.NDArray[np.float64]

_NONE = Finding("no_marks", "扫描件上找不到套打校准页的标记：请扫描整页（300 dpi），不要裁边。", severity="error")
_SHAPE = Finding(
    "not_whole", "只有第二遍的标记，扫描件又不是整张A4：请印好两遍再扫，或按A4整页扫描。", severity="error"
)


def measured(data: bytes) -> Measured | Finding:
    """What a scan of the sheet, picture or PDF, comes to."""
    page = _first_page(data)
    if isinstance(page, Finding):
        return page
    marks = marks_on(page)
    for lying in SECOND:
        second = [number for number in SECOND[lying] if number in marks]
        if len(second) >= LEAST:
            return _measured(lying, marks, second, page)
    return _NONE


def _first_page(data: bytes) -> Pixels | Finding:
    if data.lstrip()[:5] == b"%PDF-":
        try:
            document = pypdfium2.PdfDocument(data)
            grey = document[0].render(scale=PDF_SCALE, grayscale=True).to_numpy()
            document.close()
        except pypdfium2.PdfiumError:
            return Finding("unreadable_file", "PDF 打不开，可能已损坏或加了密码。", severity="error")
        return np.asarray(grey, np.uint8).reshape(grey.shape[0], grey.shape[1])
    picture = decoded(data)
    return cv2.cvtColor(picture.first, cv2.COLOR_RGB2GRAY).astype(np.uint8) if isinstance(picture, Decoded) else picture


def marks_on(grey: Pixels) -> dict[int, Point]:
    """Number of each mark -> its middle in pixels."""
    parameters = cv2.aruco.DetectorParameters()
    parameters.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(DICTIONARY), parameters)
    corners, numbers, _ = detector.detectMarkers(grey)
    if numbers is None:
        return {}
    found = zip(numbers.ravel(), corners, strict=True)
    return {int(number): _middle(np.asarray(four, np.float64).reshape(4, 2)) for number, four in found}


def _middle(corners: Places) -> Point:
    """Where the diagonals cross, which is the middle also of a square seen at a slant."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    along, across = np.array([cx - ax, cy - ay]), np.array([dx - bx, dy - by])
    share = np.linalg.solve(np.column_stack((along, -across)), np.array([bx - ax, by - ay]))[0]
    return float(ax + share * along[0]), float(ay + share * along[1])


def _measured(lying: Lying, marks: Mapping[int, Point], second: Sequence[int], page: Pixels) -> Measured | Finding:
    first = [number for number in FIRST[lying] if number in marks]
    where = _of([marks[number] for number in second])
    wanted = _of([SECOND[lying][number] for number in second])
    if len(first) >= LEAST:
        frame = _fit(_of([marks[number] for number in first]), _of([FIRST[lying][number] for number in first]))
        return _compared(lying, _placed(frame, where), wanted, "第一遍的标记")
    edges = _edges(lying, where, wanted, page)
    return _SHAPE if edges is None else _compared(lying, edges, wanted, "扫描件的边")


def _edges(lying: Lying, where: Places, wanted: Places, page: Pixels) -> Places | None:
    """The marks in millimetres of a scan that is the whole sheet, turned upright; None when it has another shape."""
    height, width = (float(length) for length in page.shape[:2])
    turn = _fit(wanted, where)
    quarters = round(math.degrees(math.atan2(turn[1, 0], turn[0, 0])) / 90) % 4
    for _ in range(quarters):
        where = np.column_stack((where[:, 1], width - where[:, 0]))
        width, height = height, width
    wide, high = SHEETS[lying]
    if abs(width / height / (wide / high) - 1) > SHAPE:
        return None
    return np.asarray(where * np.array([wide / width, high / height]), np.float64)


def _compared(lying: Lying, found: Places, wanted: Places, by: Reference) -> Measured:
    fit = _fit(wanted, found)
    moved = (found - wanted).mean(axis=0)
    scale = float(np.hypot(fit[0, 0], fit[1, 0]))
    turn = math.degrees(math.atan2(fit[1, 0], fit[0, 0]))
    return Measured(lying, round(float(moved[0]), 2), round(float(moved[1]), 2), scale, turn, by)


def _of(points: Sequence[Point]) -> Places:
    return np.array(points, np.float64)


def _fit(source: Places, target: Places) -> Places:
    """The turn, scale and move that carry one set of points best onto another, as a 2 by 3 matrix."""
    rows, right = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, -y, 1, 0], [y, x, 0, 1]]
        right += [u, v]
    a, b, e, f = np.linalg.lstsq(np.array(rows), np.array(right), rcond=None)[0]
    return np.array([[a, -b, e], [b, a, f]])


def _placed(frame: Places, points: Places) -> Places:
    return np.column_stack((points, np.ones(len(points)))) @ frame.T
