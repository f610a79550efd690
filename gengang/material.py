"""Material: what is sent in beside the forms, as a value: photos, slides, films, notebooks; kept and never read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from gengang.findings import Finding

MaterialKind = Literal["photo", "slides", "video", "audio", "notebook"]
# What the office calls them, and how it counts them.
MATERIAL_WORDS: Mapping[MaterialKind, tuple[str, str]] = {
    "photo": ("照片", "张"),
    "slides": ("课件", "份"),
    "video": ("视频", "段"),
    "audio": ("录音", "段"),
    "notebook": ("笔记", "份"),
}
WHAT_IS_IT = (
    "没有读出表格：这是材料的照片还是佐证？是表格的，请对方平放、拍全四角后重拍；是文章的，请写明题目和署名后再交。"
)


@dataclass(frozen=True, slots=True)
class Material:
    """One picture, film, set of slides or notebook.

    name: as it was sent, with its folders in a container; member: `a.zip!p1.jpg`, '' outside of one; sha256, size: of
    its own bytes. doubt: it may be a form that could not be made out, so a person is asked.
    taken: the day that the camera wrote into it, YYYY-MM-DD, '' where it wrote none.
    words: what its mail says. thumbnail: a small JPEG, empty where none is made.
    """

    kind: MaterialKind
    name: str
    member: str
    sha256: str
    size: int
    doubt: bool = False
    taken: str = ""
    words: str = ""
    thumbnail: bytes = b""


def told_of(material: Material) -> Finding:
    """What a reader of forms says of it."""
    which = f"“{material.name}”" if material.member else ""
    name = MATERIAL_WORDS[material.kind][0]
    if material.doubt:
        message = f"{which}{WHAT_IS_IT}"
        return Finding("unknown_form", message, severity="manual", place=material.member)
    message = f"{which}是{name}，不是表格，没有可读的栏目；作为佐证材料保存。"
    return Finding("unknown_form", message, severity="info", place=material.member)
