"""Damage that no reader was mended on, made on other principles than the sample's: lens, lamp and sensor one by one.

Never looked at to mend a reader; it gives the figures of `--held`.
"""

import io
import random
from collections.abc import Sequence

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from benchmarks.scans.damage import Damaged, pictures
from gengang.sample.pictures import PDFIUM, Picture, pages_of
from gengang.workspace import BUILT_IN

Light = NDArray[np.float32]
Point = tuple[float, float]

SEALS_A_PAGE = 3
MM_PER_INCH = 25.4
_FACE = str(BUILT_IN / "fonts" / "FandolFang-Regular.otf")
_OFFICES = ("青石县第三中学", "教务处", "青石县教师发展中心", "石门镇中心学校")


def scan(pdf: bytes, chance: random.Random) -> Damaged:
    """300 dpi from a sheet feeder: slanting, with lamp bands, dust, a shadow along one edge."""
    return _pdf([_fed(page, chance) for page in pages_of(pdf, 300)], 300, chance)


def sealed_scan(pdf: bytes, chance: random.Random) -> Damaged:
    """The same in colour with oval and square stamps on what is written."""
    pages = pages_of(pdf, 300)
    places = _letters(pdf, chance)
    for page, own in zip(pages, places, strict=True):
        for place in own:
            _stamp(page, place, chance)
    return _pdf([_fed(page, chance, grey=False) for page in pages], 300, chance)


def bilevel(pdf: bytes, chance: random.Random) -> Damaged:
    """200 dpi, black and white by the mean about each dot, as office copiers do; toner that is missing in streaks."""
    return _pdf([_copied(page, chance) for page in pages_of(pdf, 200)], 200, chance)


def photo(pdf: bytes, chance: random.Random) -> Damaged:
    """A phone's picture of a curved page on a cloth."""
    return pictures([_jpeg(_taken(page, chance), chance.randint(72, 92)) for page in pages_of(pdf, 220)])


def chat(pdf: bytes, chance: random.Random) -> Damaged:
    """The same, made smaller by a chat, sharpened and packed."""
    return pictures([_jpeg(_sent(_taken(page, chance), chance), chance.randint(45, 68)) for page in pages_of(pdf, 220)])


def _pdf(pages: Sequence[Picture], dpi: int, chance: random.Random) -> Damaged:
    sheets = [Image.fromarray(page[..., ::-1] if page.ndim == 3 else page) for page in pages]
    target = io.BytesIO()
    kept = [sheet.convert("1") if not ({0, 255} ^ {*np.unique(np.asarray(sheet))}) else sheet for sheet in sheets]
    packing = {} if kept[0].mode == "1" else {"quality": chance.randint(60, 90)}
    kept[0].save(target, "PDF", resolution=dpi, save_all=True, append_images=kept[1:], **packing)
    return Damaged(target.getvalue(), ".pdf")


def _jpeg(picture: Picture, quality: int) -> bytes:
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def _numbers(chance: random.Random) -> np.random.Generator:
    return np.random.default_rng(chance.randrange(1 << 30))


def _fed(page: Picture, chance: random.Random, grey: bool | None = None) -> Picture:
    in_grey = chance.random() < 0.5 if grey is None else grey
    sheet = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)[..., None] if in_grey else page
    height, width = sheet.shape[:2]
    lean, climb = chance.uniform(-0.012, 0.012), chance.uniform(-0.012, 0.012)
    shear = np.array([[1, lean, -lean * height / 2], [climb, 1, -climb * width / 2]], np.float32)
    slanting = cv2.warpAffine(sheet, shear, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    seen = slanting.reshape(height, width, -1).astype(np.float32)
    random_ = _numbers(chance)
    rows = random_.standard_normal((height, 1)).astype(np.float32)
    bands = cv2.GaussianBlur(rows, (1, 0), 0, sigmaY=14).reshape(-1, 1, 1)
    seen = 255 * (seen / 255) ** chance.uniform(0.75, 1.35) * (1 + 0.02 * bands / (np.abs(bands).max() + 1e-6))
    edge = np.linspace(0, 1, width, dtype=np.float32)[None, :, None]
    seen *= 1 - chance.uniform(0, 0.25) * np.exp(-edge / 0.02)
    for y, x in random_.integers(0, (height - 4, width - 4), size=(chance.randint(10, 90), 2)):
        seen[y : y + chance.randint(1, 4), x : x + chance.randint(1, 4)] *= 0.35
    soft = cv2.blur(seen, (2, 2)).reshape(height, width, -1)
    taken = np.clip(soft + random_.normal(0, chance.uniform(1, 5), (height, width, 1)), 0, 255).astype(np.uint8)
    return np.ascontiguousarray(taken[:, :, 0] if in_grey else taken, dtype=np.uint8)


def _copied(page: Picture, chance: random.Random) -> Picture:
    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    height, width = grey.shape
    lean = chance.uniform(-0.008, 0.008)
    shear = np.array([[1, lean, -lean * height / 2], [lean / 2, 1, -lean * width / 4]], np.float32)
    leaning = cv2.warpAffine(grey, shear, (width, height), flags=cv2.INTER_AREA, borderValue=(255,))
    noisy = np.clip(leaning + _numbers(chance).normal(0, 14, grey.shape), 0, 255).astype(np.uint8)
    soft = cv2.medianBlur(noisy, 3) if chance.random() < 0.3 else cv2.GaussianBlur(noisy, (3, 3), 0.5)
    dots = cv2.adaptiveThreshold(
        soft, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, 41, chance.uniform(16, 26)
    )
    for _ in range(chance.randint(0, 3)):
        column = chance.randrange(width)
        rows = _numbers(chance).random(height) < 0.5
        dots[rows, column : column + 1] = 255
    return np.asarray(dots, dtype=np.uint8)


# --- stamps ---


def _letters(pdf: bytes, chance: random.Random) -> list[list[Point]]:
    """For each page places of letters, as shares from its top left."""
    found: list[list[Point]] = []
    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text, (width, height) = page.get_textpage(), page.get_size()
            count = text.count_chars()
            boxes = [text.get_charbox(chance.randrange(count)) for _ in range(min(SEALS_A_PAGE, count))]
            found.append([((box[0] + box[2]) / 2 / width, 1 - (box[1] + box[3]) / 2 / height) for box in boxes])
    return found


def _stamp(page: Picture, place: Point, chance: random.Random) -> None:
    """An oval or a square of red ink, blotched, laid over the print."""
    dots = 300 / MM_PER_INCH
    wide, high = round(dots * chance.uniform(26, 44)), round(dots * chance.uniform(20, 34))
    mask = Image.new("L", (wide, high), 0)
    pen = ImageDraw.Draw(mask)
    frame = (4, 4, wide - 5, high - 5)
    (pen.ellipse if chance.random() < 0.6 else pen.rectangle)(frame, outline=255, width=chance.randint(6, 12))
    office = chance.choice(_OFFICES)
    font = ImageFont.truetype(_FACE, round(min(high / 3, wide * 0.8 / len(office))))
    pen.text((wide / 2, high / 2), office, font=font, fill=255, anchor="mm")
    turned = np.asarray(mask.rotate(chance.uniform(-25, 25), expand=True), np.float32) / 255
    blotch = cv2.GaussianBlur(_numbers(chance).random(turned.shape).astype(np.float32), (0, 0), 5)
    alpha = turned * np.clip(0.55 + 6 * (blotch - blotch.mean()), 0.15, 0.95)
    top = round(place[1] * page.shape[0] - alpha.shape[0] / 2)
    left = round(place[0] * page.shape[1] - alpha.shape[1] / 2)
    y0, x0 = max(0, top), max(0, left)
    part = page[y0 : top + alpha.shape[0], x0 : left + alpha.shape[1]]
    own = alpha[y0 - top : y0 - top + part.shape[0], x0 - left : x0 - left + part.shape[1], None]
    ink = np.array((chance.randint(50, 90), chance.randint(25, 60), chance.randint(185, 225)), np.float32) / 255
    part[:] = (part * (1 - own * (1 - ink))).astype(np.uint8)


# --- photos ---


def _taken(page: Picture, chance: random.Random) -> Picture:
    """Through a lens: the sheet on a cylinder, the camera's pose, its barrel, its focus, its sensor."""
    wide, high = chance.choice(((2000, 2667), (2250, 3000), (1900, 2533)))
    if page.shape[1] > page.shape[0]:
        wide, high = high, wide
    map_x, map_y = _rays(page.shape[:2], (wide, high), chance)
    cloth = np.array([chance.randint(20, 110) for _ in range(3)], np.float32)
    random_ = _numbers(chance)
    weave = cv2.GaussianBlur(random_.standard_normal((high, wide)).astype(np.float32), (0, 0), 2.2)[..., None] * 26
    inside = (map_x >= 0) & (map_x < page.shape[1] - 1) & (map_y >= 0) & (map_y < page.shape[0] - 1)
    paper = cv2.remap(page, map_x, map_y, cv2.INTER_AREA, borderValue=(255, 255, 255)).astype(np.float32)
    scene = np.where(inside[..., None], paper * chance.uniform(0.82, 0.97), cloth + weave)
    seen = _lit(scene, chance)
    size = chance.randint(1, 3)
    disk = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)).astype(np.float32)
    soft = cv2.filter2D(seen, -1, disk / disk.sum())
    grain = random_.normal(0, chance.uniform(0.2, 0.6), soft.shape) * np.sqrt(np.clip(soft, 1, 255))
    smooth = cv2.GaussianBlur(soft + grain, (0, 0), 0.7)
    sharp = smooth + chance.uniform(0.2, 0.8) * (smooth - cv2.GaussianBlur(smooth, (0, 0), 1.6))
    return np.asarray(np.clip(sharp, 0, 255), dtype=np.uint8)


def _rays(size: tuple[int, int], picture: tuple[int, int], chance: random.Random) -> tuple[Light, Light]:
    """For each pixel of the picture the place on the page that it shows."""
    high, wide = size
    x, y = np.meshgrid(
        np.linspace(-1, 1, picture[0], dtype=np.float32), np.linspace(-1, 1, picture[1], dtype=np.float32)
    )
    barrel = 1 + chance.uniform(-0.02, 0.03) * (x**2 + y**2)
    x, y = x * barrel, y * barrel
    tilt, pan, roll = (np.deg2rad(chance.uniform(-reach, reach)) for reach in (11, 9, 3))
    x, y = x * np.cos(roll) - y * np.sin(roll), x * np.sin(roll) + y * np.cos(roll)
    depth = 1 + 0.32 * (x * np.sin(pan) + y * np.sin(tilt))
    zoom = chance.uniform(1.06, 1.2)
    u, v = zoom * x / depth, zoom * y / depth
    bend = chance.uniform(-0.016, 0.016)
    along = u if chance.random() < 0.7 else v
    v = v + bend * (1 - along**2) if along is u else v
    u = u + bend * (1 - along**2) if along is v else u
    return np.asarray((u + 1) / 2 * wide, np.float32), np.asarray((v + 1) / 2 * high, np.float32)


def _places(size: tuple[int, int]) -> tuple[Light, Light]:
    """x and y of each pixel, -1 to 1."""
    across, down = (np.linspace(-1, 1, side, dtype=np.float32) for side in size)
    x, y = np.meshgrid(across, down)
    return x, y


def _lit(scene: Light, chance: random.Random) -> Light:
    """A lamp's fall-off, its colour, and the straight shadow of something beside the sheet."""
    high, wide = scene.shape[:2]
    x, y = _places((wide, high))
    falls = 1 / (1 + chance.uniform(0.05, 0.35) * ((x - chance.uniform(-1, 1)) ** 2 + (y - chance.uniform(-1, 1)) ** 2))
    angle = chance.uniform(0, 2 * np.pi)
    side = x * np.cos(angle) + y * np.sin(angle) - chance.uniform(0.3, 1.1)
    shadow = 1 - chance.uniform(0, 0.4) / (1 + np.exp(-side / chance.uniform(0.01, 0.12)))
    colour = np.array((chance.uniform(0.78, 1), chance.uniform(0.9, 1), 1), np.float32)
    return np.asarray(scene * (falls * shadow)[..., None] * colour, np.float32)


def _sent(picture: Picture, chance: random.Random) -> Picture:
    short = chance.randint(1080, 1440)
    factor = short / min(picture.shape[:2])
    small = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_LINEAR).astype(np.float32)
    sharp: Picture = np.clip(small + 0.5 * (small - cv2.GaussianBlur(small, (0, 0), 1.0)), 0, 255).astype(np.uint8)
    return sharp
