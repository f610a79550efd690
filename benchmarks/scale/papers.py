"""The papers that are read: an invented cohort's, as Word files, in an inbox or among the originals."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.nightly import filled_workspace
from extractors.by_hash import Wanted
from gengang.form import Form
from gengang.originals import Folder, keep_bytes
from gengang.sample.making import make_sample
from gengang.settings import Settings, settings_of
from gengang.template import form_of
from gengang.workspace import BUILT_IN

A_TRAINEE = 30  # papers, as a season brings them


def mixed_workspace(folder: Path, people: int, seed: int) -> Settings:
    """A workspace with the papers of so many people in its inbox, in the media in which they are sent."""
    make_sample(folder / "w", people, seed)
    return replace(settings_of(folder / "w", {}), settle_seconds=0.0, patience_seconds=0.0)


def workspace_of(folder: Path, papers: int, seed: int) -> Settings:
    """A workspace with so many papers in its inbox."""
    settings = replace(settings_of(folder, {}), settle_seconds=0.0, patience_seconds=0.0)
    filled_workspace(settings, -(-papers // A_TRAINEE) + 3, papers, seed)
    return settings


def kept_in(share: Path, papers: int, seed: int) -> list[Wanted]:
    """So many papers among the originals of a shared folder."""
    with tempfile.TemporaryDirectory() as folder:
        inbox = workspace_of(Path(folder), papers, seed).inbox
        return [Wanted(path.name, keep_bytes(Folder(share), path.read_bytes())) for path in sorted(_files(inbox))]


def _files(inbox: Path) -> Iterator[Path]:
    return (path for path in inbox.rglob("*") if path.is_file())


def forms() -> tuple[Form, ...]:
    """The built-in ones."""
    return tuple(form_of(path.read_bytes(), path.stem) for path in sorted((BUILT_IN / "forms").glob("*.docx")))
