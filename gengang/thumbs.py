"""Thumbnails of evidence in the archive: made from it, and made again when they are gone; no original is one."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from gengang.arrivals import write_whole
from gengang.facts import Fact, file_of
from gengang.material import Material

FOLDER = "thumbs"


def thumb_path(archive: Path, picture: str) -> Path:
    """Where the thumbnail of a picture lies. picture: SHA-256 of its own bytes, in whatever file it came."""
    return archive / FOLDER / f"{picture}.jpg"


def keep_thumbs(archive: Path, materials: Iterable[Material]) -> None:
    """Writes the thumbnails that are not there. OSError when the disk fails."""
    for material in materials:
        path = thumb_path(archive, material.sha256)
        if material.thumbnail and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, [material.thumbnail])


def drop_thumbs_of_nobody(archive: Path, evidence: Iterable[Fact]) -> None:
    """Removes thumbnails of pictures that no line shows any more: they go with whoever was erased."""
    shown = {thumb_path(archive, str(fact.data["picture"])) for fact in evidence if not fact.erased}
    for path in (archive / FOLDER).glob("*.jpg"):
        if path not in shown:
            path.unlink()


def files_without_thumbs(archive: Path, evidence: Iterable[Fact]) -> tuple[str, ...]:
    """Files in which a picture lost its thumbnail, by their SHA-256; what was erased has none any more."""
    lost = (
        file_of(fact.subject)
        for fact in evidence
        if fact.data.get("thumbnail")
        and not fact.erased
        and not thumb_path(archive, str(fact.data["picture"])).exists()
    )
    return tuple(dict.fromkeys(lost))


def drop_pages(folder: Path) -> None:
    """Removes the pictures of pages that the desk drew; on which of them somebody stood nobody need tell."""
    shutil.rmtree(folder, ignore_errors=True)
