"""A night whose readers die over some of the files ends like any other, with those files put aside and told."""

import os
import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from extractors import by_hash
from extractors.guarded import Readers
from gengang.facts import DOOR_KINDS, Balance, balance
from gengang.ledger import kept_ledger, open_ledger
from gengang.papers.morning import FILE
from gengang.settings import Limits
from tests.faults.hostile import everything
from tests.unit.prints import docx_of
from tests.whole.samples import bytes_under, copied, few, few_run, run, settings_for


def counts_of(workspace: Path) -> Balance:
    """What became of all that arrived there."""
    with kept_ledger(settings_for(workspace)) as ledger:
        return balance(ledger.read(kinds=DOOR_KINDS))


def test_a_file_that_kills_its_reader_stops_no_night(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(copied(few(tmp_path_factory), tmp_path / "w"), limits=Limits(2, 2.0, 6.0))
    calm = counts_of(few_run(tmp_path_factory))
    for number, mishap in enumerate(("segfault", "loop", "unforeseen")):
        (settings.inbox / f"{mishap}.docx").write_bytes(docx_of("training_log") + bytes(number + 1))
    monkeypatch.setattr(by_hash, "Readers", partial(Readers, reader="tests.faults.mishaps:main"))
    done = run(settings)
    assert done.counts.even
    assert (done.counts.filed, done.counts.refused) == (calm.filed, calm.refused + 3)
    ledger = open_ledger(settings)
    codes = [str(fact.data["code"]) for fact in ledger.read(kinds=("refused",))]
    ledger.close()
    assert (codes.count("reader_failed"), codes.count("too_costly")) == (2, 1)
    assert {path.name for path in settings.aside.glob("*.docx")} >= {"segfault.docx", "loop.docx", "unforeseen.docx"}
    assert "segfault.docx" in (settings.outbox / FILE).read_text(encoding="utf-8")
    assert run(settings).read == 0


ODD_NAMES = (
    "报名表\u202excod.docx",
    "长" * 83 + ".docx",
    "a\x01b\nc.docx",
    "=1+1.docx",
    "{{ 7*7 }}.docx",
    "坏\udcff.docx",
)
ODD_FILES = (
    "names.zip",
    "names.rar",
    "macro.docx",
    "injection.xlsx",
    "jinja.docx",
    "outside.docx",
    "deck.pptx",
    "cut.heic",
)


def test_a_night_over_hostile_files_and_names_ends_balanced_and_writes_nowhere_else(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    settings = copied(few(tmp_path_factory), tmp_path / "w")
    shutil.rmtree(settings.inbox)
    settings.inbox.mkdir()
    makers = everything()
    for number, name in enumerate(ODD_NAMES):
        (settings.inbox / name).write_bytes(docx_of("training_log") + bytes(number + 1))
    for name in ODD_FILES:
        (settings.inbox / name).write_bytes(makers[name]())
    done = run(settings)
    assert done.counts.even
    filed, kept = len(ODD_NAMES), 1  # slides are kept as evidence, unopened
    assert (done.counts.filed, done.counts.refused) == (filed + kept, len(ODD_FILES) - kept)
    assert bytes_under(settings.inbox) == {}
    assert [path.name for path in tmp_path.iterdir()] == ["w"]
    written = [path for path in settings.outbox.rglob("*") if path.is_file()]
    assert [path for path in written if "\u202e" in path.name or len(os.fsencode(path.name)) > 255] == []
    assert "\u202e" not in (settings.outbox / FILE).read_text(encoding="utf-8")
