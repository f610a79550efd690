"""What `read` says of two filled forms, kept beside them: a change of any reader is a readable difference.

After a wanted change: GENGANG_GOLDEN=1 .venv/bin/python -m pytest tests/golden
"""

import json
import os
from pathlib import Path

import pytest

from extractors.files import read_bytes
from gengang.rendering import writer_of
from tests.unit.documents import document_of
from tests.unit.prints import docx_of

HERE = Path(__file__).parent
FORMS = HERE.parents[1] / "templates" / "forms"
EVERY_FORM = [writer_of(path.read_bytes(), path.stem).form for path in sorted(FORMS.glob("*.docx"))]


@pytest.mark.parametrize("stem", ["training_log", "appraisal"])
def test_a_filled_form_is_read_as_it_was_read_before(stem: str) -> None:
    file = read_bytes(f"{stem}.docx", docx_of(stem), EVERY_FORM)
    text = json.dumps(document_of((file,))["files"], ensure_ascii=False, indent=1) + "\n"
    kept = HERE / f"{stem}.json"
    if "GENGANG_GOLDEN" in os.environ:
        kept.write_text(_without_hashes(text), encoding="utf-8")
    assert _without_hashes(text) == kept.read_text(encoding="utf-8")


def _without_hashes(text: str) -> str:
    """Hashes change with every edit of a template that changes no field."""
    return "".join(line for line in text.splitlines(True) if '"sha256"' not in line and '"version"' not in line)
