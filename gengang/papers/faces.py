"""The faces that an office paper names, and which of them a print on this machine takes from another font.

They are commercial and most machines lack them: the Word file names them all the same, and is right on a PC that has
them; its PDF shows what stands in.
"""

from collections.abc import Mapping
from pathlib import Path

from gengang.tools import probe_fonts

FACES = ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体")


def faces_here(fonts: Path | None) -> dict[str, str]:
    """Face -> font family that is used for it. fonts: folder with our fonts.conf; empty where nothing can tell."""
    return probe_fonts(FACES, fonts)


def borrowed_words(used: Mapping[str, str]) -> str:
    """Which faces are borrowed, as a sentence; empty when none is."""
    borrowed = [f"{face}用“{family}”代替" for face, family in used.items() if family != face]
    if not borrowed:
        return ""
    return f"PDF中{'，'.join(borrowed)}；Word文件里仍写原字体，装有这些字体的电脑打开、打印即为原字体。"
