"""An invented photo of an activity: a classroom from the back row, with nobody real in it and no form to be read."""

import colorsys
from collections.abc import Sequence
from pathlib import Path
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from gengang.sample.handwriting import FACES, HAND_FONTS, lacks
from gengang.sample.pictures import Picture, clouds, jpeg, noisy
from gengang.workspace import BUILT_IN

WIDTH, HEIGHT = 1600, 1200
QUALITY = 82
Colour = tuple[int, int, int]
_WALLS: tuple[Colour, ...] = ((226, 222, 206), (214, 224, 220), (230, 226, 222), (222, 216, 196))
_BOARDS: tuple[Colour, ...] = ((34, 74, 58), (42, 62, 54), (28, 66, 62))
_WOOD: tuple[Colour, ...] = ((176, 132, 84), (196, 158, 104), (158, 122, 86))
_UNIFORMS: tuple[Colour, ...] = ((44, 66, 110), (58, 92, 84), (120, 44, 52), (226, 228, 230), (70, 72, 84))
_IN_UNIFORM = 0.72
_BANNER: Colour = (188, 30, 36)


def activity_photo(seed: int, words: str) -> bytes:
    """A JPEG of 1600 by 1200 pixels; words: stand on the blackboard in a hand face. Equal arguments give equal bytes.

    A wall, a board, windows on one side, rows of desks and the backs of heads; the teacher beside the board is a figure
    without a face.
    """
    random = Random(f"{seed}/scene")
    sheet = Image.new("RGB", (WIDTH, HEIGHT))
    pen = ImageDraw.Draw(sheet)
    horizon = random.randint(610, 660)
    _room(pen, random, horizon)
    board = _board(sheet, random, words)
    _teacher(pen, random, board, horizon)
    uniform = random.choice(_UNIFORMS)
    for row in range(4):
        _row(sheet, random, row, horizon, uniform)
    return jpeg(_taken(sheet, np.random.default_rng(seed)), QUALITY)


def _shade(colour: Colour, by: float) -> Colour:
    red, green, blue = (max(0, min(255, round(part * by))) for part in colour)
    return red, green, blue


def _room(pen: ImageDraw.ImageDraw, random: Random, horizon: int) -> None:
    """Ceiling, back wall, side walls, floor, all running to one point; windows on the left, a lamp above."""
    wall = random.choice(_WALLS)
    pen.rectangle((0, 0, WIDTH, HEIGHT), fill=wall)
    pen.polygon([(0, 0), (WIDTH, 0), (1330, 120), (270, 120)], fill=_shade(wall, 1.06))
    pen.polygon([(0, 0), (270, 120), (270, horizon), (0, HEIGHT - 120)], fill=_shade(wall, 0.94))
    pen.polygon([(WIDTH, 0), (1330, 120), (1330, horizon), (WIDTH, HEIGHT - 120)], fill=_shade(wall, 0.9))
    pen.polygon([(270, horizon), (1330, horizon), (WIDTH, HEIGHT - 120), (WIDTH, HEIGHT), (0, HEIGHT),
                 (0, HEIGHT - 120)], fill=(150, 146, 138))  # fmt: skip
    for left, right in ((20, 110), (130, 205), (216, 258)):
        _window(pen, left, right)
    for across in (620, 980):
        pen.polygon([(across - 66, 66), (across + 66, 66), (across + 54, 80), (across - 54, 80)], fill=(252, 252, 246))


def _window(pen: ImageDraw.ImageDraw, left: int, right: int) -> None:
    """A window in the left wall, bright outside; its edges run to the same point as the wall's."""

    def up(across: int) -> float:
        return 190 + across * 0.26

    def down(across: int) -> float:
        return 760 - across * 0.95

    corners = [(left, up(left)), (right, up(right)), (right, down(right)), (left, down(left))]
    pen.polygon(corners, fill=(232, 242, 250))
    pen.polygon([(left, down(left) - 120 + left * 0.2), (right, down(right) - 105 + right * 0.2), corners[2],
                 corners[3]], fill=(168, 190, 158))  # fmt: skip
    pen.line([*corners, corners[0]], fill=(120, 128, 128), width=7)
    middle = (left + right) // 2
    pen.line([(middle, up(middle)), (middle, down(middle))], fill=(120, 128, 128), width=5)


def _board(sheet: Image.Image, random: Random, words: str) -> tuple[int, int, int, int]:
    """The blackboard with the words and a line of writing, under a red banner without text."""
    pen = ImageDraw.Draw(sheet)
    box = (random.randint(400, 450), random.randint(205, 225), random.randint(1130, 1190), random.randint(490, 515))
    pen.rectangle((box[0] - 12, box[1] - 12, box[2] + 12, box[3] + 12), fill=(150, 128, 92))
    pen.rectangle(box, fill=random.choice(_BOARDS))
    pen.rectangle((box[0], box[3] + 12, box[2], box[3] + 24), fill=(122, 102, 72))
    pen.rectangle((box[0] + 60, 142, box[2] - 60, 180), fill=_BANNER)
    dust = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
    chalk = ImageDraw.Draw(dust)
    lines = _lines(words)
    font = _fitting(_face(random.choice(sorted(FACES)), words), lines, dust.width - 80)
    chalk.multiline_text((dust.width / 2, dust.height * 0.36), "\n".join(lines), font=font, fill=235, anchor="mm",
                         align="center")  # fmt: skip
    for line in range(2):
        start, end = random.randint(60, 160), random.randint(380, dust.width - 120)
        chalk.line([(start, 200 + 34 * line), (end, 198 + 34 * line)], fill=90, width=3)
    sheet.paste((242, 242, 234), box[:2], dust.rotate(random.uniform(-0.8, 0.8), Image.Resampling.BICUBIC))
    return box


def _face(family: str, words: str) -> str:
    """The hand face, or a print face for words that it cannot write."""
    path: Path = BUILT_IN / "fonts" / "FandolFang-Regular.otf" if lacks(family, words) else HAND_FONTS / FACES[family]
    return str(path)


def _lines(words: str) -> list[str]:
    """Up to fourteen letters stand on one line, more on lines of about equal length."""
    number = max(1, -(-len(words) // 14))
    length = max(1, -(-len(words) // number))
    return [words[start : start + length] for start in range(0, len(words), length)]


def _fitting(face: str, lines: Sequence[str], width: int) -> ImageFont.FreeTypeFont:
    """The biggest size up to 96 points at which the lines have room."""
    sizes = (ImageFont.truetype(face, size) for size in range(96, 11, -6))
    return next((font for font in sizes if _fits(font, lines, width)), ImageFont.truetype(face, 12))


def _fits(font: ImageFont.FreeTypeFont, lines: Sequence[str], width: int) -> bool:
    return all(font.getlength(line) <= width for line in lines) and font.size * len(lines) <= 230


def _clothes(random: Random) -> Colour:
    red, green, blue = colorsys.hsv_to_rgb(random.random(), random.uniform(0.08, 0.45), random.uniform(0.25, 0.72))
    return round(red * 255), round(green * 255), round(blue * 255)


def _hair(random: Random) -> Colour:
    return _shade((38, 32, 30), random.uniform(0.7, 1.5))


def _teacher(pen: ImageDraw.ImageDraw, random: Random, board: tuple[int, int, int, int], horizon: int) -> None:
    """Somebody at the side of the board, turned away, an arm raised to it."""
    left = random.random() < 0.5
    x = board[0] - 45 if left else board[2] + 40
    arm = 1 if left else -1
    top, coat = 312, _clothes(random)
    pen.rounded_rectangle((x - 40, top + 62, x + 40, horizon - 62), 26, fill=coat)
    pen.rectangle((x - 30, horizon - 80, x - 3, horizon + 34), fill=(48, 48, 58))
    pen.rectangle((x + 3, horizon - 80, x + 30, horizon + 34), fill=(44, 44, 54))
    pen.line([(x + 30 * arm, top + 86), (x + 84 * arm, top + 46)], fill=_shade(coat, 0.9), width=22)
    pen.ellipse((x + 84 * arm - 11, top + 28, x + 84 * arm + 11, top + 50), fill=(222, 184, 156))
    pen.rectangle((x - 11, top + 46, x + 11, top + 68), fill=(214, 174, 146))
    pen.ellipse((x - 29, top - 16, x + 29, top + 54), fill=_hair(random))


def _row(sheet: Image.Image, random: Random, row: int, horizon: int, uniform: Colour) -> None:
    """A row of desks and those who sit at them, seen from behind; nearer rows are bigger."""
    scale = 0.42 + 0.26 * row
    base = horizon + 52 + round(150 * row * (0.62 + 0.13 * row))
    layer = sheet.copy()
    pen = ImageDraw.Draw(layer)
    desk, step = random.choice(_WOOD), round(260 * scale)
    start = WIDTH // 2 - round(step * 2.5) + random.randint(-12, 12)
    for seat in range(6):
        x = start + seat * step + (round(26 * scale) if seat > 2 else -round(26 * scale))
        pen.rectangle((x - 100 * scale, base - 8 * scale, x + 100 * scale, base + 14 * scale), fill=_shade(desk, 1.05))
        pen.rectangle((x - 96 * scale, base + 14 * scale, x + 96 * scale, base + 70 * scale), fill=_shade(desk, 0.72))
        if random.random() < 0.9:
            coat = _shade(uniform, random.uniform(0.86, 1.1)) if random.random() < _IN_UNIFORM else _clothes(random)
            _sitter(pen, random, (x + random.randint(-8, 8), base + round(40 * scale)), scale, coat)
    sheet.paste(layer.filter(ImageFilter.GaussianBlur(2.6)) if row == 3 else layer, (0, 0))


def _sitter(pen: ImageDraw.ImageDraw, random: Random, place: tuple[float, float], scale: float, coat: Colour) -> None:
    """The back of a head and shoulders, a collar between them."""
    x, base = place
    tall = base - random.uniform(210, 240) * scale
    pen.rounded_rectangle((x - 78 * scale, tall + 92 * scale, x + 78 * scale, base + 90 * scale), 44 * scale, fill=coat)
    pen.polygon([(x - 20 * scale, tall + 70 * scale), (x + 20 * scale, tall + 70 * scale), (x + 30 * scale,
                tall + 104 * scale), (x - 30 * scale, tall + 104 * scale)], fill=(206, 168, 142))  # fmt: skip
    pen.chord((x - 38 * scale, tall + 86 * scale, x + 38 * scale, tall + 120 * scale), 0, 180, fill=_shade(coat, 0.75))
    for ear in (-1, 1):
        middle = x + ear * 42 * scale
        pen.ellipse(
            (middle - 5 * scale, tall + 40 * scale, middle + 5 * scale, tall + 60 * scale), fill=(196, 156, 130)
        )
    hair = _hair(random)
    pen.ellipse((x - 42 * scale, tall - 6 * scale, x + 42 * scale, tall + 88 * scale), fill=hair)
    if random.random() < 0.4:
        pen.rounded_rectangle(
            (x - 42 * scale, tall + 40 * scale, x + 42 * scale, tall + 124 * scale), 20 * scale, fill=hair
        )


def _taken(sheet: Image.Image, random: np.random.Generator) -> Picture:
    """As a phone takes it: light from the windows, darker corners, a little turned and soft, grain of a dim room."""
    picture = np.asarray(sheet)[..., ::-1].astype(np.float32)
    across = np.linspace(1, -1, WIDTH, dtype=np.float32)[None, :]
    down = np.linspace(-1, 1, HEIGHT, dtype=np.float32)[:, None]
    light = 0.97 + 0.10 * across - 0.13 * (across**2 + down**2) / 2 + 0.08 * clouds(random, HEIGHT, WIDTH, 300)
    turned = float(random.uniform(-1.6, 1.6))
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), turned, 1.06)
    seen = cv2.warpAffine(picture * light[..., None], turn, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REFLECT)
    soft = cv2.GaussianBlur(seen, (0, 0), 1.1)
    return noisy(soft.astype(np.float32), random, 6)
