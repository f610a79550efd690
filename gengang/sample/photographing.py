"""What a phone makes of printed pages on a desk, and what is left of such a picture after a chat program sent it."""

import io
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gengang.sample.pictures import Picture, clouds, jpeg, noisy, pages_of
from gengang.sample.seals import Stamp, sealed

Light = NDArray[np.float32]

PAGE_DPI = 200
WIDTH, HEIGHT = 1800, 2400
SMALLER = 8
PAPER_TINT = np.array((0.97, 0.99, 1.0), np.float32)
CHAT_QUALITY = 42
_SHARE_TURNED, _SHARE_FINGER, _SHARE_SHADOW = 0.35, 0.25, 0.7
_ORIENTATION = 274
# How the pixels lie, and the tag that tells a viewer to turn them back.
_LYING = ((cv2.ROTATE_90_COUNTERCLOCKWISE, 6), (cv2.ROTATE_180, 3), (cv2.ROTATE_90_CLOCKWISE, 8))


def photographed(pdf: bytes, seed: int, seals: Sequence[Stamp] = ()) -> tuple[bytes, ...]:
    """Each page as a phone sees it on a desk: one JPEG a page, 1800 by 2400 pixels, the same bytes for a seed.

    In perspective, a little curled and blurred, unevenly lit, under the shadow of a hand, sometimes held by a finger;
    some have their pixels turned and an EXIF orientation that says so. seals: pressed on the sheets before.
    """
    pages = sealed(pages_of(pdf, PAGE_DPI), seals, PAGE_DPI, seed)
    return tuple(_photo(page, np.random.default_rng((seed, number))) for number, page in enumerate(pages))


def chat_pictures(pdf: bytes, seed: int, width: int = 1080, seals: Sequence[Stamp] = ()) -> tuple[bytes, ...]:
    """Each page photographed and sent through a chat: upright, width pixels wide, strongly compressed, no EXIF."""
    pages = sealed(pages_of(pdf, PAGE_DPI), seals, PAGE_DPI, seed)
    shots = [_shot(page, np.random.default_rng((seed, number))) for number, page in enumerate(pages)]
    size = (width, round(HEIGHT * width / WIDTH))
    return tuple(jpeg(cv2.resize(shot, size, interpolation=cv2.INTER_AREA).astype(np.uint8), CHAT_QUALITY)
                 for shot in shots)  # fmt: skip


def _photo(page: Picture, random: np.random.Generator) -> bytes:
    return _saved(_shot(page, random), random)


def _shot(page: Picture, random: np.random.Generator) -> Picture:
    """The picture as the phone's lens sees it."""
    seen_x, seen_y = _lens(page.shape[:2], random)
    height, width = page.shape[:2]
    inside = (seen_x >= 0) & (seen_x < width) & (seen_y >= 0) & (seen_y < height)
    mask = cv2.GaussianBlur(inside.astype(np.float32), (0, 0), 0.8)[..., None]
    paper = cv2.remap(page * PAPER_TINT, seen_x, seen_y, cv2.INTER_LINEAR, borderValue=(255.0, 255.0, 255.0))
    taken = paper.astype(np.float32, copy=False)
    taken *= _curl_shade(seen_x / width, seen_y / height, random)
    desk = _desk(random)
    desk *= _cast(mask[..., 0], random)
    taken -= desk
    taken *= mask
    taken += desk
    taken *= _full_size(_light(random) * _hand(random))
    soft = cv2.GaussianBlur(taken, (0, 0), float(random.uniform(0.5, 0.9))).astype(np.float32, copy=False)
    if random.random() < _SHARE_FINGER:
        soft = _held(soft, random)
    return noisy(soft, random, 3)


def _full_size(small: Light) -> Light:
    """What changes slowly over the picture is worked out on an eighth of its width and height."""
    return cv2.resize(small, (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR).astype(np.float32, copy=False)


def _lens(size: tuple[int, int], random: np.random.Generator) -> tuple[Light, Light]:
    """For each pixel of the photo the place on the page that it shows: perspective, then the bend of the sheet."""
    height, width = size
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = np.array([[130, 110], [1690, 70], [1740, 2310], [60, 2330]], np.float32)
    if random.random() < 0.5:
        seen = np.array([[WIDTH, 0]] * 4, np.float32) + seen[[1, 0, 3, 2]] * np.array([-1, 1], np.float32)
    seen += random.uniform(-25, 25, seen.shape).astype(np.float32)
    back = cv2.getPerspectiveTransform(seen, corners)
    across, down = np.meshgrid(np.arange(WIDTH, dtype=np.float32), np.arange(HEIGHT, dtype=np.float32))
    flat = cv2.perspectiveTransform(np.dstack((across, down)), back)
    bend, wave = map(float, random.uniform(4, 11, 2) * random.choice((-1, 1), 2))
    x = flat[..., 0] + wave * np.sin(np.pi * flat[..., 1] / height)
    y = flat[..., 1] + bend * np.sin(np.pi * flat[..., 0] / width * float(random.uniform(0.8, 1.5)))
    return x.astype(np.float32), y.astype(np.float32)


def _curl_shade(across: Light, down: Light, random: np.random.Generator) -> Light:
    """The sheet's bend catches light on one side, and a crease where it was folded for the post."""
    shade = 1 + 0.035 * np.sin(2 * np.pi * (across * 0.8 + float(random.uniform(0, 1))))
    crease = float(random.choice((0.5, 1 / 3)))
    shade -= 0.07 * np.exp(-(((down - crease) / 0.004) ** 2)) * float(random.random() < 0.6)
    return np.asarray(shade[..., None], np.float32)


def _desk(random: np.random.Generator) -> Light:
    """Boards with a grain across, brown or grey."""
    grain = cv2.GaussianBlur(random.standard_normal((HEIGHT, 1), np.float32), (1, 9), 0) * 26
    knots = clouds(random, HEIGHT, WIDTH, 240) * 36 - 18
    wood = np.array(((62, 92, 128), (70, 96, 118), (96, 104, 112))[int(random.integers(3))], np.float32)
    boards = np.where(np.arange(HEIGHT) % 610 < 5, -38, 0).astype(np.float32)[:, None]
    return wood + (grain.reshape(-1, 1) + boards + knots)[..., None]


def _cast(mask: Light, random: np.random.Generator) -> Light:
    """The sheet's own shadow on the desk, to one side."""
    side = float(random.choice((-14, 14))) / SMALLER
    small = cv2.resize(mask, (WIDTH // SMALLER, HEIGHT // SMALLER), interpolation=cv2.INTER_AREA)
    move = np.array([[1, 0, side], [0, 1, 16 / SMALLER]], np.float32)
    moved = cv2.warpAffine(small, move, (WIDTH // SMALLER, HEIGHT // SMALLER))
    return _full_size((1 - 0.45 * cv2.GaussianBlur(moved, (0, 0), 12 / SMALLER)).astype(np.float32))[..., None]


def _light(random: np.random.Generator) -> Light:
    """Brightest at the top left, about a third darker at the bottom right, with a lamp's or a window's patch."""
    across = np.linspace(0, 1, WIDTH // SMALLER, dtype=np.float32)[None, :]
    down = np.linspace(0, 1, HEIGHT // SMALLER, dtype=np.float32)[:, None]
    patch = (across - float(random.uniform(0.1, 0.5))) ** 2 + (down - float(random.uniform(0.1, 0.4))) ** 2
    warm = np.array((0.965, 0.99, 1.0), np.float32) if random.random() < 0.5 else np.ones(3, np.float32)
    light = 1 - 0.14 * (across + down) + 0.05 * np.exp(-patch / 0.08)
    return np.asarray(light[..., None] * warm, np.float32)


def _hand(random: np.random.Generator) -> Light:
    """The soft shadow of the phone and the arm that holds it, reaching in from a lower corner."""
    height, width = HEIGHT // SMALLER, WIDTH // SMALLER
    shadow = np.zeros((height, width), np.float32)
    if random.random() < _SHARE_SHADOW:
        right = random.random() < 0.7
        elbow = (width + 20 if right else -20, height + 30)
        across = float(random.uniform(0.5, 0.85)) * width
        palm = (round(across if right else width - across), round(float(random.uniform(0.66, 0.86)) * height))
        cv2.line(shadow, elbow, palm, (1.0,), 62)
        phone = (palm, (58.0, 118.0), float(random.uniform(8, 40)) * (-1 if right else 1))
        cv2.fillPoly(shadow, [cv2.boxPoints(phone).astype(np.int32)], (1.0,))
        for number in range(4):
            tip = (palm[0] + (-38 if right else 38), palm[1] - 22 + 17 * number)
            cv2.line(shadow, palm, tip, (1.0,), 14)
    soft = cv2.GaussianBlur(shadow, (0, 0), 9)
    return (1 - float(random.uniform(0.12, 0.24)) * soft)[..., None].astype(np.float32)


def _held(picture: Light, random: np.random.Generator) -> Light:
    """A thumb at the lower edge of the sheet, on its margin."""
    x = float(random.uniform(0.2, 0.8)) * WIDTH
    lean = float(random.uniform(-14, 14))
    thumb = np.zeros((HEIGHT, WIDTH), np.float32)
    cv2.ellipse(thumb, (round(x), HEIGHT + 70), (88, 215), lean, 0, 360, (1.0,), -1)
    nail = np.zeros_like(thumb)
    tip = (round(x + 130 * np.sin(np.deg2rad(lean))), HEIGHT - 62)
    cv2.ellipse(nail, tip, (48, 58), lean, 0, 360, (1.0,), -1)
    round_ = cv2.GaussianBlur(thumb, (0, 0), 26) ** 0.7
    skin = np.array((128, 160, 208), np.float32) * (0.62 + 0.4 * round_[..., None])
    skin += cv2.GaussianBlur(nail, (0, 0), 4)[..., None] * np.array((26, 18, 12), np.float32)
    dark = 1 - 0.35 * cv2.GaussianBlur(cv2.dilate(thumb, np.ones((25, 25))), (0, 0), 14)[..., None]
    edge = cv2.GaussianBlur(thumb, (0, 0), 1.6)[..., None]
    return (picture * dark * (1 - edge) + skin * edge).astype(np.float32)


def _saved(picture: Picture, random: np.random.Generator) -> bytes:
    """JPEG; a phone that was held another way stores the pixels as its sensor lay, with a tag."""
    exif = Image.Exif()
    if random.random() < _SHARE_TURNED:
        turn, exif[_ORIENTATION] = _LYING[int(random.integers(len(_LYING)))]
        picture = cv2.rotate(picture, turn).astype(np.uint8)
    made = io.BytesIO()
    Image.fromarray(picture[..., ::-1]).save(made, "JPEG", quality=88, exif=exif)
    return made.getvalue()
