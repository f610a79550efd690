"""A whole season of the office: a folder is taken back at the command line, and somebody is erased, papers and all."""

import hashlib
from pathlib import Path

from gengang.checking import faults_of_workspace
from gengang.facts import balance
from gengang.ledger import open_ledger
from gengang.settings import Settings
from tests.whole.samples import bytes_under, copied
from tests.whole.test_commands import gengang
from tests.whole.truths import truth_of

ERASED, WRONG = "叶玉桂", "2016-11-28 周寨小学"


def test_a_folder_is_taken_back_and_somebody_erased_as_the_office_types_it(few_run: Path, tmp_path: Path) -> None:
    settings = copied(few_run, tmp_path / "w")
    (settings.workspace / "truth.json").unlink()
    listed = gengang("undo", workspace=settings.workspace)
    [line] = [line for line in listed.out.splitlines() if WRONG in line]
    number = line.removeprefix("第").partition("号")[0]
    assert gengang("undo", number, workspace=settings.workspace).code == 2
    undone = gengang("undo", number, "--why", "放错了", "--as-of", "2017-01-16", workspace=settings.workspace)
    assert "撤回2" in undone.words
    assert "数目相符" in undone.words
    early = gengang("erase", ERASED, "--why", "本人要求", "--as-of", "2016-11-30", workspace=settings.workspace)
    assert (early.code, "才结束" in early.words) == (2, True)
    due = gengang("erase", ERASED, "--why", "本人要求", "--as-of", "2017-01-16", workspace=settings.workspace)
    assert (due.code, "gengang issue" in due.words) == (2, True)
    arguments = ("--why", "本人要求", "--senior", "--as-of", "2017-01-16")
    done = gengang("erase", ERASED, *arguments, workspace=settings.workspace)
    assert done.code in (0, 1)
    assert ERASED not in done.words
    check(settings, truth_of(few_run).secrets)


def check(settings: Settings, numbers: frozenset[str]) -> None:
    """Nothing of hers is left but what the proof names; the books are whole."""
    [proof] = (settings.outbox / "删除证明").iterdir()
    said = proof.read_text("utf-8-sig")
    assert [word for word in (ERASED, *numbers) if word in said] == []
    left = {name for name, data in bytes_under(settings.workspace).items()
            if not name.startswith("gengang.db") and (ERASED in name or ERASED.encode() in data)}  # fmt: skip
    assert {hashlib.sha256((settings.workspace / name).read_bytes()).hexdigest() in said for name in left} <= {True}
    assert not list(settings.outbox.rglob(f"*{ERASED}*"))
    assert ERASED not in (settings.outbox / "今日要点.html").read_text("utf-8")
    ledger = open_ledger(settings)
    counts = balance(ledger.read())
    ledger.close()
    assert counts.even
    assert counts.taken_back == 2
    assert faults_of_workspace(settings, "all") == ()
