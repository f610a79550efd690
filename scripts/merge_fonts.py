"""How the handwriting fonts of the sample were made: the numbered parts of a web font joined to one TrueType file.

`python -m scripts.merge_fonts PACKAGE TARGET`; PACKAGE: the unpacked npm package (`npm pack @fontsource/long-cang`,
`npm pack @fontsource/ma-shan-zheng`), whose one "simplified" file lacks a third of GB2312 level 2 where its parts do
not. Reading them needs the package `brotli`, which the product itself does without. The same parts give the same bytes.
"""

import io
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fontTools.merge import Merger  # type: ignore[import-untyped]
from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

# Ligatures and kerning differ from part to part, and hints are of no use to a printer.
DROPPED = ["GSUB", "GPOS", "prep", "gasp"]


def parts_of(package: Path) -> list[Path]:
    """The font's parts in a fixed order: latin first, then by number."""
    numbered = {
        path: re.search(r"-(\d+|latin)-400-normal\.woff2$", path.name) for path in package.glob("files/*.woff2")
    }
    order = {path: -1 if found[1] == "latin" else int(found[1]) for path, found in numbered.items() if found}
    return sorted(order, key=order.__getitem__)


def without_doubles(parts: list[Path]) -> Iterator[bytes]:
    """Each part as TrueType, without the characters that an earlier one has."""
    seen: set[int] = set()
    for part in parts:
        font = TTFont(part, recalcTimestamp=False)
        new = set(font.getBestCmap()) - seen
        if not new:
            continue
        seen |= new
        subsetter = Subsetter(Options(drop_tables=DROPPED, hinting=False, notdef_outline=True, name_IDs=["*"]))
        subsetter.populate(unicodes=new)
        subsetter.subset(font)
        font.flavor = None
        made = io.BytesIO()
        font.save(made)
        yield made.getvalue()


def merged(parts: list[Path]) -> bytes:
    """One TrueType font of the parts."""
    with tempfile.TemporaryDirectory(prefix="gengang-fonts-") as folder:
        files = []
        for number, data in enumerate(without_doubles(parts)):
            files.append(Path(folder) / f"{number:03d}.ttf")
            files[-1].write_bytes(data)
        font = Merger().merge([str(file) for file in files])
        font.recalcTimestamp = False
        font["head"].modified = font["head"].created
        made = io.BytesIO()
        font.save(made)
    return made.getvalue()


def main() -> None:
    """Writes TARGET/<Family>-Regular.ttf and <Family>-OFL.txt."""
    package, target = map(Path, sys.argv[1:])
    family = json.loads((package / "metadata.json").read_text("utf-8"))["family"].replace(" ", "")
    target.mkdir(parents=True, exist_ok=True)
    (target / f"{family}-Regular.ttf").write_bytes(merged(parts_of(package)))
    (target / f"{family}-OFL.txt").write_text((package / "LICENSE").read_text("utf-8"), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
