"""File names: which a program left in passing, what date a folder's name states, and which Windows allows."""

import re
from datetime import date
from pathlib import PurePosixPath

# What Windows, a Mac and a shared folder keep for themselves.
IGNORED_NAMES = frozenset(
    {"thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information", "@eadir",
     "#recycle"}
)  # fmt: skip
# What browsers, 迅雷, 百度网盘 and aria2 call a file that is not all there yet.
IGNORED_ENDINGS = (
    ".crdownload", ".part", ".partial", ".tmp", ".download", ".opdownload", ".downloading", ".xltd", ".aria2", ".!ut",
)  # fmt: skip
NAME_BYTES = 110
_STATED_DATE = re.compile(r"(20\d\d)(?:[-.年_](\d{1,2})[-.月_](\d{1,2})日?|(\d\d)(\d\d))(?!\d)")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
# What turns the reading direction, is not seen, or cannot stand in XML: `报名表\u202excod.exe` would look like a .docx.
_DECEPTIVE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def is_ignored(name: str) -> bool:
    """True for what a program left in passing: locks, unfinished downloads, previews, hidden files."""
    lower = name.lower()
    return lower.startswith((".", "~$")) or lower in IGNORED_NAMES or lower.endswith(IGNORED_ENDINGS)


def stated_date(path: str) -> date | None:
    """The receipt date that the nearest folder's name states (`2016-12-06 张村小学`, `2016年12月6日`, `20161206`)."""
    for name in reversed(PurePosixPath(path).parts[:-1]):
        found = _STATED_DATE.match(name)
        if found:
            year, *rest = found.groups()
            month, day = (part for part in rest if part is not None)
            return _date(int(year), int(month), int(day))
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def legal_name(name: str) -> str:
    """The nearest honest name that Windows allows too: no reserved character or device, no dot at the end, not long."""
    clean = _FORBIDDEN.sub("_", honest_name(name)).rstrip(" .") or "_"
    if _DEVICES.fullmatch(clean):
        clean = f"_{clean}"
    stem, dot, ending = clean.rpartition(".")
    if not stem or len(ending) > 8:
        return shortened(clean, NAME_BYTES)
    return shortened(stem, NAME_BYTES - len(ending.encode()) - 1) + dot + ending


def honest_name(name: str) -> str:
    """The name with `_` for each character that would make it look like another one, or that no paper can hold."""
    return _DECEPTIVE.sub("_", name)


def shortened(text: str, size: int) -> str:
    """The beginning that fits into so many bytes of UTF-8, no character cut in two, no dot or space at its end."""
    return text.encode()[:size].decode(errors="ignore").rstrip(" .")
