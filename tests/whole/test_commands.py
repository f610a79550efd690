"""The commands as the office types them: exit codes, words on standard error, documents on standard output."""

import getpass
import io
import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest

from gengang.cli import main
from gengang.ledger import open_ledger
from gengang.person_page import MADE_BY
from tests.whole.samples import bytes_under, copied
from tests.whole.truths import truth_of

GENGANG = Path(sys.executable).with_name("gengang")
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    words: str


def gengang(*arguments: str, workspace: Path | None = None, **environ: str) -> Ended:
    """What a command does, started in the workspace like the office does; in this process, to spare its imports."""
    out, words = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(words):
        patch.setattr(sys, "argv", ["gengang", *arguments])
        patch.chdir(workspace or ROOT)
        for name, value in {"GENGANG_SETTLE_SECONDS": "0", **environ}.items():
            patch.setenv(name, value)
        with pytest.raises(SystemExit) as left:
            main()
    assert isinstance(left.value.code, int)
    return Ended(left.value.code, out.getvalue(), words.getvalue())


def started(*arguments: str, workspace: Path | None = None, **environ: str) -> subprocess.Popen[str]:
    """A command under way in a process of its own."""
    return subprocess.Popen(
        [str(GENGANG), *arguments],
        cwd=workspace,
        env={**os.environ, "PYTHONPATH": str(ROOT), "GENGANG_SETTLE_SECONDS": "0", **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def ended(process: subprocess.Popen[str]) -> Ended:
    """How it ended; a traceback is never how."""
    out, words = process.communicate(timeout=300)
    assert "Traceback" not in words + out
    return Ended(process.returncode, out, words)


# --- a run and what reads it ---


def test_a_run_tells_its_words_on_standard_error_and_ends_with_1_while_somebody_is_needed(
    few: Path, tmp_path: Path
) -> None:
    copied(few, tmp_path / "w")
    done = ended(started("run", workspace=tmp_path / "w"))
    assert done.code == 1
    assert done.out == ""
    assert f"新收{len(bytes_under(few / 'inbox'))}个文件" in done.words
    assert "今日要点.html" in done.words
    assert [number for number in truth_of(few).secrets if number in done.words] == []


def test_status_prints_one_document_and_nothing_else(few_run: Path) -> None:
    done = gengang("status", "--json", "--workspace", str(few_run))
    assert (done.code, done.words) == (0, "")
    document = json.loads(done.out)
    assert document["schema"] == 1
    assert len(document["persons"]) == 3
    assert set(document["persons"][0]) >= {"key", "papers", "findings", "verdict"}


def test_status_is_judged_as_of_the_day_asked(few_run: Path) -> None:
    early = json.loads(gengang("status", "--json", "--as-of", "2016-10-01", "--workspace", str(few_run)).out)
    assert early["as_of"] == "2016-10-01"
    assert "不合格" not in {person["verdict"]["outcome"] for person in early["persons"]}
    late = json.loads(gengang("status", "--json", "--as-of", "2016-12-31", "--workspace", str(few_run)).out)
    assert "不合格" in {person["verdict"]["outcome"] for person in late["persons"]}


def test_status_for_the_eye_names_everybody(few_run: Path) -> None:
    done = gengang("status", "--workspace", str(few_run))
    assert done.code == 0
    assert all(name in done.out for name in ("叶玉桂", "丁秀", "王芳"))
    assert "87分" in done.out


def test_read_ends_with_1_when_a_file_needs_somebody(few: Path, tmp_path: Path) -> None:
    [good] = (few / "inbox").rglob("叶玉桂考勤表.docx")
    bad = tmp_path / "空.docx"
    bad.touch()
    whole = gengang("read", "--json", str(good))
    assert (whole.code, len(json.loads(whole.out)["files"])) == (0, 1)
    mixed = gengang("read", "--json", str(good), str(bad), str(tmp_path / "没有.docx"))
    assert mixed.code == 1
    assert [len(file["submissions"]) for file in json.loads(mixed.out)["files"]] == [1, 0, 0]


def test_verify_finds_an_original_that_was_changed(few_run: Path, tmp_path: Path) -> None:
    settings = copied(few_run, tmp_path / "w")
    assert gengang("verify", workspace=settings.workspace).code == 0
    original = next(path for path in sorted(settings.archive.glob("??/*")) if path.stat().st_size)
    original.chmod(0o644)
    original.write_bytes(b"changed")
    done = gengang("verify", workspace=settings.workspace)
    assert done.code == 1
    assert "已被改动" in done.out


def test_issue_by_name_issues_to_that_one_alone(few_run: Path, tmp_path: Path) -> None:
    settings = copied(few_run, tmp_path / "w")
    done = gengang("issue", "叶玉桂", workspace=settings.workspace)
    assert (done.code, done.out) == (0, "")
    assert "新出1份" in done.words
    unknown = gengang("issue", "没有此人", workspace=settings.workspace)
    assert unknown.code == 2
    assert "花名册里没有“没有此人”" in unknown.words


def test_a_certificate_is_checked_and_voided_and_an_offset_kept_as_the_office_types_it(
    few_issued: Path, tmp_path: Path
) -> None:
    settings = copied(few_issued, tmp_path / "w")
    paper = next((settings.outbox / "证书/培训结业证书").rglob("*号.pdf"))
    copy = tmp_path / "证书.pdf"
    copy.write_bytes(paper.read_bytes())
    good = gengang("verify", "certificate", str(copy), workspace=settings.workspace)
    assert (good.code, "姓名：叶玉桂" in good.out) == (0, True)
    number = next(line.split("　")[1] for line in good.out.splitlines() if "　" in line)
    assert gengang("issue", "--void", number, workspace=settings.workspace).code == 2
    assert gengang("issue", "--void", number, "--why", "收回", workspace=settings.workspace).code == 0
    void = gengang("verify", "certificate", str(copy), workspace=settings.workspace)
    assert (void.code, "已作废" in void.out) == (1, True)
    assert gengang("verify", "certificate", workspace=settings.workspace).code == 2
    assert gengang("issue", "--again", "--why", "遗失", workspace=settings.workspace).code == 2
    offset = ("papers", "offset", "结业证书", "--right", "-1.5", "--down", "0.8")
    assert gengang(*offset, workspace=settings.workspace).code == 0
    assert "左移1.5毫米、下移0.8毫米" in gengang("papers", "offset", workspace=settings.workspace).words


def test_of_two_issuers_at_once_one_waits_its_turn_and_no_number_is_lost_or_used_twice(
    few_run: Path, tmp_path: Path
) -> None:
    settings = copied(few_run, tmp_path / "w")
    both = [started("issue", workspace=settings.workspace) for _ in range(2)]
    first, second = sorted(map(ended, both), key=lambda one: one.code)
    assert first.code == 1
    assert second.code == 2 or "新出0份" in first.words + second.words
    if second.code == 2:
        assert "正被占用" in second.words
        assert getpass.getuser() in second.words
    assert gengang("issue", workspace=settings.workspace).words.startswith("证书：新出0份，原样2份")
    ledger = open_ledger(settings)
    spent = [fact.subject for fact in ledger.read(kinds=("number_spent",))]
    ledger.close()
    assert sorted(spent) == ["J-2016-000001", "X-2016-000001"]


def test_the_packet_is_bound_from_what_is_proved(few_packet: Path, tmp_path: Path) -> None:
    settings = copied(few_packet, tmp_path / "w")
    done = gengang("packet", workspace=settings.workspace)
    assert (done.code, "办公室底册_草稿.pdf" in done.words) == (0, True)
    for name in ("会议手册_草稿.pdf", "办公室底册_草稿.pdf", "换页清单.pdf"):
        assert (settings.outbox / "汇编" / name).read_bytes().startswith(b"%PDF")


# --- a page of each ---


def test_each_person_has_a_page_and_the_same_as_data(few_run: Path, tmp_path: Path) -> None:
    settings = copied(few_run, tmp_path / "w")
    folder = settings.outbox / "个人情况"
    gone = folder / "小学" / "99旧_不在册.html"
    gone.parent.mkdir(parents=True)
    gone.write_text(f"<head>{MADE_BY}", encoding="utf-8")
    (folder / "办公室自己的.html").write_text("<p>", encoding="utf-8")
    done = gengang("person", workspace=settings.workspace)
    assert (done.code, "个人情况3份" in done.words) == (0, True)
    pages = {path.stem.partition("_")[2]: path for path in folder.rglob("*_*.html")}
    assert sorted(pages) == sorted(["叶玉桂", "丁秀", "王芳"])
    assert (folder / "办公室自己的.html").exists()
    assert_leads_somewhere(pages["叶玉桂"], truth_of(few_run).secrets)
    data = json.loads(gengang("person", "叶玉桂", "--json", workspace=settings.workspace).out)
    [one] = data["people"]
    assert one["points_now"] == "87"
    assert sum(float(line["points"]) for line in one["lines"]) == 87
    unknown = gengang("person", "没有这人", workspace=settings.workspace)
    assert (unknown.code, "花名册里没有" in unknown.words) == (2, True)


def assert_leads_somewhere(page: Path, secrets: frozenset[str]) -> None:
    """Its files are where its links say, its sections too, and no number of anybody stands there."""
    text = page.read_text(encoding="utf-8")
    links = re.findall(r'href="([^"]+)"', text)
    files = {unquote(link.partition("#")[0]) for link in links if not link.startswith("#")}
    assert len(files) > 10
    assert [link for link in files if not (page.parent / link).exists()] == []
    assert {link[1:] for link in links if link.startswith("#")} <= set(re.findall(r'id="([^"]+)"', text))
    assert [number for number in secrets if number in text] == []


# --- what cannot start ---


def test_a_new_workspace_is_made_once_and_asks_for_its_roster(tmp_path: Path) -> None:
    target = tmp_path / "新工作区"
    assert gengang("init", str(target)).code == 0
    assert gengang("init", str(target)).code == 2
    assert gengang("init", str(tmp_path / "b"), "--scheme", "没有").code == 2
    done = gengang("run", workspace=target)
    assert done.code == 2
    assert "学校一览表.xlsx" in done.words


@pytest.mark.parametrize("command", ["run", "issue", "packet", "status", "verify", "nightly", "serve"])
def test_outside_a_workspace_every_command_ends_with_2_and_a_way_on(command: str, tmp_path: Path) -> None:
    done = gengang(command, workspace=tmp_path)
    assert done.code == 2
    assert done.out == ""
    assert "gengang" in done.words
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["run", "status"])
@pytest.mark.parametrize("day", ["2016-13-01", "昨天", "20161210"])
def test_a_day_that_is_none_ends_with_2(command: str, day: str, tmp_path: Path) -> None:
    done = gengang(command, "--as-of", day, "--workspace", str(tmp_path))
    assert done.code == 2
    assert "2016-12-10" in done.words
    assert day in done.words


@pytest.mark.parametrize(
    "arguments", [("没有这个命令",), ("run", "--没有"), ("sample",), ("forms", "check"), ("verify", "天")]
)
def test_a_command_that_is_none_ends_with_2(arguments: tuple[str, ...], few_run: Path, tmp_path: Path) -> None:
    assert gengang(*arguments, workspace=few_run if arguments[0] == "verify" else tmp_path).code == 2


def test_an_environment_that_cannot_be_understood_ends_with_2(few: Path) -> None:
    assert gengang("run", workspace=few, GENGANG_SETTLE_SECONDS="bald").code == 2
    assert gengang("run", workspace=few, GENGANG_DATABASE_URL="mysql://x").code == 2
    gone = gengang("run", workspace=few, GENGANG_DATABASE_URL="postgresql://nobody:secret@127.0.0.1:1/none")
    assert gone.code == 2
    assert "secret" not in gone.words


def test_a_template_that_is_no_word_file_is_told_and_ends_with_2(tmp_path: Path) -> None:
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"PK no package")
    assert gengang("forms", "check", str(bad)).code == 2
    assert gengang("forms", "check", str(tmp_path / "没有.docx")).code == 2
    assert gengang("forms", "list", workspace=tmp_path).code == 0


def test_a_sample_is_never_written_into_a_folder_in_use(few: Path) -> None:
    done = gengang("sample", str(few), "--people", "1")
    assert done.code == 2
    assert "不是空文件夹" in done.words


def test_the_roster_is_accepted_refused_checked_and_exported(few_run: Path, tmp_path: Path) -> None:
    settings = copied(few_run, tmp_path / "w")
    at = settings.workspace
    shown = gengang("roster", "list", workspace=at)
    assert (shown.code, shown.out.count("已录取  学员"), shown.words) == (0, 3, "")
    assert gengang("roster", "accept", "--all", workspace=at).words.strip() == "没有要改的。"
    assert gengang("roster", "refuse", "丁秀", workspace=at).code == 2
    assert "不予录取：丁秀" in gengang("roster", "refuse", "丁秀", "--why", "学校另报", workspace=at).words
    assert gengang("roster", "list", workspace=at).out.count("已录取  学员") == 2
    assert "已录取：丁秀" in gengang("roster", "accept", "丁秀", workspace=at).words
    book = str(tmp_path / "花名册.xlsx")
    assert "3名学员" in gengang("roster", "export", book, workspace=at).words
    assert gengang("roster", "check", book, workspace=at).words.strip() == "花名册没有变化。"
    assert gengang("roster", "apply", book, workspace=at).code == 0
    assert gengang("roster", "check", str(tmp_path / "没有.xlsx"), workspace=at).code == 2
