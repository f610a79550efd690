"""Templates under their hash: what was printed in September is read in December with September's template.

Every usable form and paper of a workspace is kept beside the originals, with a line in the ledger.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from gengang.facts import Actor, Fact
from gengang.form import Form
from gengang.originals import Originals, bytes_of, keep_bytes
from gengang.rendering import Writer, writer_of
from gengang.template import form_of, version_of


def keep_templates(originals: Originals, writers: Iterable[tuple[str, str, bytes]]) -> Iterator[tuple[str, str, str]]:
    """Put templates under their hash where they are not yet; their SHA-256, folder and stem.

    writers: folder (`forms` or `papers`), stem and bytes of each usable template. Raises OSError.
    """
    for folder, stem, data in writers:
        yield keep_bytes(originals, data), folder, stem


def template_fact(sha256: str, folder: str, stem: str, actor: Actor, at: str) -> Fact:
    """The ledger's line of a template."""
    return Fact("template", sha256, {"folder": folder, "stem": stem}, actor, at)


def older_forms(originals: Originals, lines: Iterable[Fact], today: Sequence[Form]) -> tuple[Form, ...]:
    """Usable forms of the archive that are in use no more, the newest first.

    A template whose bytes are lost is left out: `gengang verify` tells of it, and its papers are read with today's.
    """
    current = {form.version for form in today}
    kept = [(fact.subject, str(fact.data["stem"])) for fact in lines if fact.data["folder"] == "forms"]
    forms = (_form(bytes_of(originals, sha256), sha256, stem) for sha256, stem in reversed(kept))
    synonyms = today[0].synonyms if today else ()
    return tuple(replace(form, synonyms=synonyms)
                 for form in forms if form is not None and form.usable and form.version not in current)  # fmt: skip


def kept_writers(
    originals: Originals, lines: Iterable[Fact], today: Mapping[tuple[str, str], Writer]
) -> dict[tuple[str, str], Writer]:
    """Writers of a season that is closed: today's where it was in use then, else the last that was.

    One whose bytes are lost is today's. lines: the ledger's of templates, in order.
    """
    known: dict[tuple[str, str], list[str]] = defaultdict(list)
    for fact in lines:
        known[str(fact.data["folder"]), str(fact.data["stem"])].append(fact.subject)
    then = dict(today)
    for place, hashes in known.items():
        now = today.get(place)
        if now is None or hashlib.sha256(now.data).hexdigest() not in hashes:
            data = bytes_of(originals, hashes[-1])
            then |= {} if data is None else {place: writer_of(data, place[1])}
    return then


def _form(data: bytes | None, sha256: str, stem: str) -> Form | None:
    return form_of(data, stem) if data is not None and version_of(data) == sha256[:12] else None
