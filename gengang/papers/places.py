"""Where a pressed paper may lie in the outbox: its place, or beside it where a person holds or has changed the file."""

from pathlib import Path

from gengang.papers.pressbook import Entry, hash_of, is_open_elsewhere, put

TRIES = 50


def places_for(file: str, entry: Entry | None) -> tuple[str, ...]:
    """Where a draft's paper may lie, best first: where it lay, its own place, then beside it."""
    kept = (entry.at,) if entry else ()
    return tuple(dict.fromkeys([*kept, file, *(f"{file}_新{number}" for number in range(2, TRIES))]))


def is_free(outbox: Path, file: str, entry: Entry | None, new_docx: str) -> bool:
    """Whether nobody's work lies there and nobody has it open.

    new_docx: hex SHA-256 of what shall be put there. The same Word file, or a PDF alone, is what a run that was killed
    left behind; anything else must be what the pressbook says we put there.
    """
    word, printed = (path_of(outbox, file, ending) for ending in ("docx", "pdf"))
    if is_open_elsewhere(word) or is_open_elsewhere(printed):
        return False
    lies = hash_of(word)
    if lies in ("", new_docx):
        return True
    if entry is None or entry.at != file:
        return False
    return lies == entry.docx and hash_of(printed) in ("", entry.pdf)


def are_moved(outbox: Path, file: str, docx: bytes, pdf: bytes) -> bool:
    """Both files put in place. Windows refuses to replace one that is open: then false."""
    try:
        # A PDF viewer leaves no lock file as Word does: the PDF goes first, so that a refusal changes neither.
        put(path_of(outbox, file, "pdf"), pdf)
        put(path_of(outbox, file, "docx"), docx)
    except PermissionError:
        return False
    return True


def set_aside(outbox: Path, entry: Entry, folder: str) -> bool:
    """Move a paper under a folder of the outbox; false, and nothing moved, when staff changed it or have it open."""
    if not _stands_as_pressed(outbox, entry):
        return False
    for ending in ("docx", "pdf"):
        path = path_of(outbox, entry.at, ending)
        put(path_of(outbox, f"{folder}/{entry.at}", ending), path.read_bytes())
        path.unlink()
    return True


def _stands_as_pressed(outbox: Path, entry: Entry) -> bool:
    word, printed = (path_of(outbox, entry.at, ending) for ending in ("docx", "pdf"))
    untouched = (hash_of(word), hash_of(printed)) == (entry.docx, entry.pdf)
    return untouched and not is_open_elsewhere(word) and not is_open_elsewhere(printed)


def path_of(outbox: Path, file: str, ending: str) -> Path:
    """The file of a paper. file: path under the outbox without ending."""
    return outbox / f"{file}.{ending}"
