"""Bad input never stops a run that can go on; one that cannot says every fault at once and touches nothing."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from gengang.admitting import apply
from gengang.errors import LedgerError, RosterError, SchemeError, TemplatesError, ToolError, WorkspaceError
from gengang.facts import balance
from gengang.ledger import open_ledger
from gengang.ledger_lease import lease
from gengang.night import read_new, take_in
from gengang.papers.morning import FILE
from gengang.rosterfile import read_roster, roster_bytes
from gengang.settings import Settings
from gengang.under_way import Pass, opened
from gengang.workspace import BUILT_IN
from tests.unit.packing import zipped
from tests.unit.packing_archives import rar5
from tests.unit.prints import converted, docx_of
from tests.whole.samples import bytes_under, copied, issued, request, run


def untouched(settings: Settings) -> dict[str, bytes]:
    """What a run that cannot start must leave as it was."""
    return bytes_under(settings.inbox) | {f"outbox/{name}": data for name, data in bytes_under(settings.outbox).items()}


# --- inputs of the office ---


def test_a_roster_without_its_columns_is_refused_with_every_fault_and_its_place(few: Path, tmp_path: Path) -> None:
    settings = copied(few, tmp_path / "w")
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["序号", "备注"])
    book.active.append([1, "无"])
    book.save(settings.roster)
    with pytest.raises(RosterError) as caught:
        run(settings)
    assert caught.value.exit_code == 2
    assert [word for word in ("Sheet", "姓名", "身份证号", "学校", "学科") if word not in str(caught.value)] == []
    assert not (settings.outbox / FILE).exists()


def test_a_scheme_with_errors_is_refused_with_every_fault(few: Path, tmp_path: Path) -> None:
    settings = copied(few, tmp_path / "w")
    text = settings.scheme.read_text(encoding="utf-8")
    begins = text.replace("start = 2016-", 'start = "', 1) if "start = 2016-" in text else text
    settings.scheme.write_text(begins.replace("[calendar]", "[kalender]", 1), encoding="utf-8")
    before = untouched(settings)
    with pytest.raises(SchemeError) as caught:
        run(settings)
    assert caught.value.exit_code == 2
    assert caught.value.faults
    assert untouched(settings) == before


def test_a_scheme_that_is_not_utf8_is_refused(few: Path, tmp_path: Path) -> None:
    settings = copied(few, tmp_path / "w")
    settings.scheme.write_bytes("方案".encode("gb18030"))
    with pytest.raises(WorkspaceError, match="UTF-8"):
        run(settings)


def own_templates(settings: Settings) -> Path:
    """The office's own copy of the forms."""
    shutil.copytree(BUILT_IN / "forms", settings.forms)
    return settings.forms


def test_one_broken_template_is_left_out_and_told_and_the_run_goes_on(few: Path, tmp_path: Path) -> None:
    settings = copied(few, tmp_path / "w")
    (own_templates(settings) / "training_log.docx").write_bytes(b"no template")
    night = run(settings)
    assert night.counts.even
    assert night.counts.filed > 5
    assert "training_log.docx" in (settings.outbox / FILE).read_text(encoding="utf-8")
    assert len(night.judged.season.roster.trainees) == 3


def test_without_any_template_nothing_starts(few: Path, tmp_path: Path) -> None:
    settings = copied(few, tmp_path / "w")
    for path in own_templates(settings).glob("*.docx"):
        path.write_bytes(b"no template")
    before = untouched(settings)
    with pytest.raises(TemplatesError) as caught:
        run(settings)
    assert (caught.value.exit_code, len(caught.value.faults) >= 6) == (2, True)
    assert untouched(settings) == before


# --- the inbox while the run goes on ---


def test_a_file_that_changes_after_it_was_seen_stays_for_the_next_run(few: Path, tmp_path: Path) -> None:
    settings = replace(copied(few, tmp_path / "w"), settle_seconds=3600.0)
    all_of_it = bytes_under(settings.inbox)
    night = run(settings)
    assert night.intake.new == 0
    assert bytes_under(settings.inbox) == all_of_it
    page = (settings.outbox / FILE).read_text(encoding="utf-8")
    assert "下次运行会再收" in page
    assert run(replace(settings, settle_seconds=0.0)).intake.new == len(all_of_it)


def test_a_file_that_comes_while_the_run_goes_on_is_taken_by_the_next(few: Path, tmp_path: Path) -> None:
    settings = copied(few, tmp_path / "w")
    [paper] = settings.inbox.rglob("丁秀考勤表.docx")
    late = settings.inbox / "后到.docx"
    with opened(request(settings)) as under_way:
        take_in(under_way)
        [kept] = settings.archive.glob(f"??/{sha256_under(settings, paper.name)}")
        late.write_bytes(kept.read_bytes() + b"\n")
        read_new(under_way)
    assert late.exists()
    night = run(settings)
    assert not late.exists()
    assert night.counts.even


def sha256_under(settings: Settings, name: str) -> str:
    """The hash of a file that was moved to `received`."""
    [moved] = (settings.archive / "received").rglob(name)
    return hashlib.sha256(moved.read_bytes()).hexdigest()


HOSTILE = ("=cmd|' 叶玉桂.docx", "a..docx", "a" * 200 + ".docx", "<script>alert(1)</script>.docx", "换\n行.docx",
           "CON.docx", "{{ 7*7 }}.docx", "\u202e反.docx", "'; DROP TABLE facts; --.docx")  # fmt: skip


def test_hostile_names_are_names_and_nothing_else(few: Path, tmp_path: Path) -> None:
    settings = copied(few, tmp_path / "w")
    shutil.rmtree(settings.inbox)
    settings.inbox.mkdir()
    for number, name in enumerate(HOSTILE):
        (settings.inbox / name.replace("/", "／")).write_bytes(b"x" * number)
    (settings.inbox / os.fsdecode(b"\xff\xfe.docx")).write_bytes(b"no utf-8")
    night = run(settings)
    assert night.counts.even
    assert (night.counts.arrived, night.counts.refused) == (len(HOSTILE) + 1, len(HOSTILE) + 1)
    page = (settings.outbox / FILE).read_bytes().decode("utf-8")
    assert "<script>alert" not in page
    names = [path.name for path in settings.aside.iterdir()]
    assert len(names) == 2 * night.counts.refused
    assert [name for name in names if len(name) >= 120 or set(name) & set(':*?"<>|\n') or name.startswith("CON.")] == []
    assert [path for path in tmp_path.rglob("*.docx") if not path.is_relative_to(settings.workspace)] == []


def test_two_refused_files_of_one_name_lie_side_by_side_and_each_link_opens_its_own(few: Path, tmp_path: Path) -> None:
    settings = copied(few, tmp_path / "w")
    shutil.rmtree(settings.inbox)
    for school in ("甲", "乙"):
        (settings.inbox / school).mkdir(parents=True)
        (settings.inbox / school / "坏.docx").write_bytes(school.encode())
    run(settings)
    assert {path.read_text(encoding="utf-8") for path in settings.aside.glob("坏*.docx")} == {"甲", "乙"}
    page = (settings.outbox / FILE).read_text(encoding="utf-8")
    assert page.count("%E5%9D%8F.docx") == 1
    assert page.count("%E5%9D%8F%20%282%29.docx") == 1


# --- the outbox ---


def test_a_paper_that_somebody_has_open_is_written_beside(few_run: Path, tmp_path: Path) -> None:
    settings = copied(few_run, tmp_path / "w")
    listed = settings.outbox / "缺件" / "缺件清单.docx"
    held = listed.read_bytes()
    listed.with_name(f"~${listed.name[2:]}").write_bytes(b"lock")
    shorten(settings)
    night = run(settings)
    assert listed.read_bytes() == held
    beside = [one for one in night.pressed if one.draft.kind == "missing_list"]
    assert [(one.status, one.file) for one in beside] == [("new", "缺件/缺件清单_新2")]


def shorten(settings: Settings) -> None:
    """Somebody leaves the cohort, so that the list of what is missing is another."""
    roster = read_roster(settings.roster)
    settings.roster.write_bytes(roster_bytes(replace(roster, trainees=roster.trainees[:2], pairs=())))
    apply(request(settings), None)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A folder in whose place nothing can be written, for root too: it is a file."""
    aside = folder.with_name(f"{folder.name}.aside")
    folder.rename(aside)
    folder.write_bytes(b"")
    try:
        yield
    finally:
        folder.unlink()
        aside.rename(folder)


def test_an_outbox_that_cannot_be_written_ends_with_2_and_the_next_run_catches_up(few: Path, tmp_path: Path) -> None:
    settings = copied(few, tmp_path / "w")
    with read_only(settings.outbox), pytest.raises(WorkspaceError, match="outbox"):
        run(settings)
    night = run(settings)
    assert night.counts.even
    assert (settings.outbox / FILE).exists()
    assert len([one for one in night.pressed if one.status != "held"]) == 13


# --- the machine ---


def programs(folder: Path, *names: str) -> str:
    """A PATH on which these are installed and nothing else."""
    folder.mkdir()
    for name in names:
        (folder / name).symlink_to(Path(str(shutil.which(name))).resolve())
    return str(folder)


def test_what_the_machine_lacks_a_program_for_waits_for_it_and_is_nobodys_fault(
    few_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = copied(few_run, tmp_path / "w")
    log = docx_of("training_log")
    (settings.inbox / "甲.rar").write_bytes(rar5({"日志.docx": log}))
    (settings.inbox / "乙.zip").write_bytes(zipped({"旧.doc": converted(log, "docx", "doc"), "新.docx": log}))
    aside = bytes_under(settings.aside)
    whole, some = os.environ["PATH"], programs(tmp_path / "some", "soffice")
    monkeypatch.setenv("PATH", programs(tmp_path / "none"))
    with pytest.raises(ToolError, match="LibreOffice"):  # which prints the register too
        run(settings)
    monkeypatch.setenv("PATH", some)
    night = run(settings)
    assert (night.counts.waiting, night.counts.even, night.read, night.exit_code) == (1, True, 1, 1)
    [told] = [line for line in night.lines if "甲.rar" in line]
    assert "gengang doctor" in told
    assert told in (settings.outbox / FILE).read_text(encoding="utf-8")
    assert bytes_under(settings.aside) == aside
    monkeypatch.setenv("PATH", whole)
    night = run(settings)
    assert (night.counts.waiting, night.read) == (0, 1)
    assert not any("甲.rar" in line for line in night.lines)
    assert bytes_under(settings.aside) == aside


# --- two at once ---


def test_a_second_run_at_the_same_time_is_told_who_holds_the_workspace(few_run: Path, tmp_path: Path) -> None:
    settings = copied(few_run, tmp_path / "w")
    ledger = open_ledger(settings)
    with lease(ledger, "李老师@财务室（gengang run）"):
        for second in (run, issued):
            with pytest.raises(LedgerError, match="李老师@财务室") as caught:
                second(settings)
            assert caught.value.exit_code == 2
    ledger.close()
    assert run(settings).counts.even


def test_a_pass_gives_its_lease_back_when_it_fails(few_run: Path, tmp_path: Path) -> None:
    settings = copied(few_run, tmp_path / "w")

    def stopped(under_way: Pass) -> None:
        raise WorkspaceError(str(under_way.as_of))

    with pytest.raises(WorkspaceError), opened(request(settings)) as under_way:
        stopped(under_way)
    ledger = open_ledger(settings)
    assert balance(ledger.read()).even
    ledger.close()
    assert run(settings).counts.even
