"""The small photo on a registration form: shoulders and a head without a face, on the blue of a photo studio."""

from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from gengang.sample.pictures import jpeg, noisy

WIDTH, HEIGHT = 295, 413  # one inch as studios print it, 25 by 35 mm at 300 dpi
QUALITY = 88
_GROUNDS = ((67, 142, 219), (200, 34, 40), (235, 238, 240))
_SKINS = ((236, 200, 172), (226, 186, 156), (214, 172, 140))
_COATS = ((38, 44, 66), (28, 30, 34), (96, 34, 40), (70, 84, 100))
_HAIR = (34, 28, 26)


def portrait(seed: int) -> bytes:
    """A JPEG of nobody; equal seeds give equal bytes."""
    random = Random(f"{seed}/portrait")
    sheet = Image.new("RGB", (WIDTH, HEIGHT), random.choice(_GROUNDS))
    pen = ImageDraw.Draw(sheet)
    middle, skin, long = WIDTH // 2 + random.randint(-4, 4), random.choice(_SKINS), random.random() < 0.5
    head = (middle - 58, 92, middle + 58, 246)
    if long:
        pen.rounded_rectangle((middle - 76, 76, middle + 76, 290), 70, fill=_HAIR)
    pen.rounded_rectangle((middle - 24, 210, middle + 24, 300), 18, fill=tuple(part - 18 for part in skin))
    pen.ellipse((middle - 132, 274, middle + 132, 560), fill=random.choice(_COATS))
    pen.polygon([(middle - 30, 284), (middle + 30, 284), (middle, 344)], fill=(238, 240, 242))
    pen.ellipse(head, fill=skin)
    pen.pieslice(
        (middle - 66, 74, middle + 66, 224), 182 + random.randint(0, 8), 358 - random.randint(0, 8), fill=_HAIR
    )
    soft = np.asarray(sheet.filter(ImageFilter.GaussianBlur(1.6)), np.uint8)[:, :, ::-1]
    return jpeg(noisy(np.ascontiguousarray(soft), np.random.default_rng(seed), 3.0), QUALITY)
