"""Which characters no installed font can draw: LibreOffice would print a box for them and say nothing."""

import unicodedata
from functools import lru_cache
from pathlib import Path

_OURS = (".ttf", ".otf", ".ttc")


def undrawable(text: str, fonts: Path | None) -> str:
    """The characters of a text that neither our fonts nor the system's have, each once, in order.

    fonts: folder with our own faces, None for the system's alone.
    """
    covered = _covered(fonts)
    seen = dict.fromkeys(char for char in text if ord(char) not in covered and not _is_unseen(char))
    return "".join(seen)


def _is_unseen(char: str) -> bool:
    """White space, line ends and format characters have no shape."""
    return char.isspace() or unicodedata.category(char) in ("Cc", "Cf")


@lru_cache(maxsize=4)
def _covered(fonts: Path | None) -> frozenset[int]:
    """Code points of every installed face; read once in a run, since fonts do not change under it."""
    from matplotlib import font_manager  # costs most of a second, which only what prints should pay

    files = {Path(file) for file in font_manager.findSystemFonts()}
    if fonts is not None:
        files |= {path for path in fonts.iterdir() if path.suffix.lower() in _OURS}
    points: set[int] = set()
    for file in sorted(files):
        points |= _points(file)
    return frozenset(points)


def _points(file: Path) -> set[int]:
    from matplotlib.ft2font import FT2Font

    try:
        return set(FT2Font(str(file)).get_charmap())
    except (OSError, RuntimeError):  # a damaged or bitmap-only file draws nothing
        return set()
