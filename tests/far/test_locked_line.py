"""With keys of one authority hub, worker and run speak over TLS; a run without them is told what it lacks."""

from pathlib import Path

import dask
import pytest

from extractors.by_hash import Wanted
from extractors.elsewhere import ReadersElsewhere
from gengang.errors import WorkspaceError
from gengang.originals import Folder, keep_bytes
from tests.far.keys import made_in
from tests.far.standing import ALONE, standing
from tests.unit.prints import FORMS, docx_of


def test_a_line_with_keys_is_read_over_and_one_without_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in made_in(tmp_path).items():
        monkeypatch.setenv(name, value)
    dask.config.refresh()
    with standing(tmp_path, 1, scheme="tls") as stood:
        sha256 = keep_bytes(Folder(stood.share), docx_of("training_log"))
        with ReadersElsewhere(FORMS, ALONE, stood.address) as readers:
            [taken] = readers.read([Wanted("日志.docx", sha256)])
        assert [one.form for one in taken.file.submissions] == ["training_log"]
        monkeypatch.undo()
        dask.config.refresh()
        with ReadersElsewhere(FORMS, ALONE, stood.address) as readers, pytest.raises(WorkspaceError, match="证书"):
            readers.read([Wanted("日志.docx", sha256)])
