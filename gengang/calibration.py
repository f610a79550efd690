"""The marks of the calibration sheets: where each stands when nothing is out of place, and what their places come to.

The first sheet's marks say where the paper is; the second sheet, printed onto the same side of the same paper, says
where a second print lands. A second sheet alone is held against the edges of the scan.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Lying = Literal["竖", "横"]
Point = tuple[float, float]
Reference = Literal["第一遍的标记", "扫描件的边"]

MARK_MM = 16.0
SHEETS: Mapping[Lying, Point] = {"竖": (210.0, 297.0), "横": (297.0, 210.0)}  # width and height in millimetres
# Number of a mark -> its middle, in millimetres from the sheet's upper left corner.
FIRST: Mapping[Lying, Mapping[int, Point]] = {
    "竖": {0: (22, 22), 1: (188, 22), 2: (22, 275), 3: (188, 275)},
    "横": {20: (22, 22), 21: (275, 22), 22: (22, 188), 23: (275, 188)},
}
SECOND: Mapping[Lying, Mapping[int, Point]] = {
    "竖": {10: (45, 90), 11: (165, 90), 12: (45, 235), 13: (165, 235)},
    "横": {30: (75, 70), 31: (222, 70), 32: (75, 155), 33: (222, 155)},
}
MOST_MM = 15.0  # a print so far off is another sheet
MOST_SCALE = 0.005
MOST_TURN = 0.4  # degrees


@dataclass(frozen=True, slots=True)
class Measured:
    """How a second print lies. right, down: millimetres by which it is out of place; by: what it was held against.

    scale: 1 when it was printed in its own size; turn: degrees clockwise.
    """

    lying: Lying
    right: float
    down: float
    scale: float
    turn: float
    by: Reference

    @property
    def faults(self) -> tuple[str, ...]:
        """Why it cannot be used, in Chinese."""
        found = []
        if abs(self.scale - 1) > MOST_SCALE:
            how = "请在打印窗口选“实际大小”（100%），不要选“适合纸张”，重印再扫"
            found.append(f"打印被缩放到{self.scale * 100:.1f}%：{how}")
        if abs(self.turn) > MOST_TURN:
            found.append(f"纸走歪了{abs(self.turn):.1f}度：请把纸放正、靠齐挡板，重印再扫")
        if max(abs(self.right), abs(self.down)) > MOST_MM:
            found.append("偏得太多：请核对两遍是否印在同一面、同一方向")
        return tuple(found)
