"""The press with the real LibreOffice: what is proved lies in the outbox, what is not does not; staff's work stays."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from gengang.errors import MachineError
from gengang.form import Form
from gengang.papers.appraisal import appraisal_drafts
from gengang.papers.certificate import completion_draft
from gengang.papers.draft import Draft
from gengang.papers.figures import figures_of
from gengang.papers.pressbook import NAME, Entry, pressbook_in, save_pressbook
from gengang.papers.print_proof import print_findings, stated_of
from gengang.press import Press, Pressed, press, withdraw
from gengang.submission import Submission
from tests.unit.cohorts import OUR_SCHEME, PASSED, papers_of, press_at, read_back, roster_of, verdicts_of, writers


def certificate(number: int | None = None, **changed: str) -> Draft:
    draft = completion_draft(PASSED, verdicts_of()[PASSED.key], OUR_SCHEME, roster_of(), None, number)
    assert isinstance(draft, Draft)
    return replace(draft, values={**draft.values, **changed})


def appraisal() -> Draft:
    figures = figures_of(OUR_SCHEME, PASSED.key, papers_of(PASSED))
    return appraisal_drafts(PASSED, (), figures, OUR_SCHEME, roster_of())[0]


def files(at: Press) -> dict[str, bytes]:
    paths = (path for path in at.outbox.rglob("*") if path.is_file())
    return {path.relative_to(at.outbox).as_posix(): path.read_bytes() for path in paths}


def codes(paper: Pressed) -> list[str]:
    return [finding.code for finding in paper.findings]


def reads_a_name_wrongly(data: bytes, form: Form) -> Submission | None:
    found = read_back(data, form)
    return found and replace(found, values={**found.values, "name": "张四"})


@pytest.fixture
def at(tmp_path: Path) -> Press:
    """An empty outbox."""
    return press_at(tmp_path)


@pytest.fixture(scope="module")
def printed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press")
    press((certificate(), appraisal()), press_at(folder))
    return folder


@pytest.fixture
def stocked(printed_once: Path, tmp_path: Path) -> Press:
    """An outbox with a certificate and a 鉴定表, copied, since LibreOffice takes seconds to start."""
    shutil.copytree(printed_once, tmp_path, dirs_exist_ok=True)
    return press_at(tmp_path)


def test_a_staging_that_cannot_be_written_is_the_machines_fault(at: Press) -> None:
    with pytest.raises(MachineError, match="写入权限"):
        press((certificate(),), replace(at, staging=Path("/proc/nowhere")))
    assert files(at) == {}


def test_what_is_proved_lies_in_the_outbox_as_word_and_pdf(at: Press) -> None:
    told: list[int] = []
    done = press((certificate(), appraisal()), at, told.append)
    assert [(paper.status, paper.pages) for paper in done] == [("new", 1), ("new", 2)]
    assert sorted(files(at)) == sorted(f"{paper.file}.{ending}" for paper in done for ending in ("docx", "pdf"))
    assert told[-1] == 2


def test_typed_marks_are_printed_as_print_has_them(at: Press) -> None:
    typed = certificate(base_school="安和县实验学校(东校区)", completion="经考核合格,准予结业")
    [paper] = press([typed], at)
    assert paper.status == "new"
    stated = read_back((at.outbox / f"{paper.file}.docx").read_bytes(), at.writers["papers", "certificate"].form)
    assert stated is not None
    assert stated.text("base_school") == "安和县实验学校（东校区）"
    assert stated.text("completion") == "经考核合格，准予结业"


def test_a_second_run_presses_nothing(stocked: Press) -> None:
    before = {path: path.stat().st_mtime_ns for path in stocked.outbox.rglob("*")}
    again = press((certificate(), appraisal()), stocked)
    assert [(paper.status, paper.pages) for paper in again] == [("same", 1), ("same", 2)]
    assert {path: path.stat().st_mtime_ns for path in stocked.outbox.rglob("*")} == before


def test_equal_drafts_pressed_together_give_equal_bytes(stocked: Press, tmp_path: Path) -> None:
    other = press_at(tmp_path / "other")
    press((certificate(), appraisal()), other)
    assert files(other) == files(stocked)
    assert len(files(other)) == 4


def test_one_that_fails_is_held_and_the_others_go_on(at: Press) -> None:
    unknown = replace(certificate(), template="nothing", file="a")
    misspelt = replace(certificate(), values={"nmae": "张三"}, file="b")
    too_long = replace(appraisal(), max_pages=1, file="c")
    no_glyph = replace(certificate(name="张\U0003fff0"), file="d")
    done = press((unknown, misspelt, too_long, no_glyph, certificate()), at)
    assert [codes(paper) for paper in done[:4]] == [["no_template"], ["not_filled"], ["print_pages"], ["no_glyph"]]
    assert [paper.status for paper in done] == ["held"] * 4 + ["new"]
    assert sorted(files(at)) == [f"{done[4].file}.docx", f"{done[4].file}.pdf"]


def test_nothing_leaves_before_it_reads_back_equal(at: Press) -> None:
    [held] = press((certificate(),), replace(at, read_back=reads_a_name_wrongly))
    assert [(finding.code, finding.field) for finding in held.findings] == [("proof_differs", "name")]
    [unread] = press((certificate(),), replace(at, read_back=lambda _data, _form: None))
    assert codes(unread) == ["proof_unread"]
    assert files(at) == {}


def test_what_staff_changed_is_never_overwritten(stocked: Press) -> None:
    [first] = press((certificate(),), stocked)
    word = stocked.outbox / f"{first.file}.docx"
    word.write_bytes(b"changed by hand")
    [left] = press((certificate(),), stocked)
    assert (left.status, codes(left)) == ("same", ["paper_edited"])
    [beside] = press((certificate(name="张三丰"),), stocked)
    assert (beside.status, beside.file, codes(beside)) == ("new", f"{first.file}_新2", ["paper_beside"])
    assert word.read_bytes() == b"changed by hand"
    assert press((certificate(name="张三丰"),), stocked)[0].status == "same"


def test_a_file_open_in_word_gets_a_new_version_beside_it(stocked: Press) -> None:
    [first] = press((certificate(),), stocked)
    word = stocked.outbox / f"{first.file}.docx"
    word.with_name(f"~${word.name[2:]}").write_bytes(b"")
    [beside] = press((certificate(name="张三丰"),), stocked)
    assert codes(beside) == ["paper_beside"]
    assert beside.file != first.file


def test_a_file_that_was_taken_away_is_made_again(stocked: Press) -> None:
    [first] = press((certificate(),), stocked)
    before = files(stocked)
    (stocked.outbox / f"{first.file}.pdf").unlink()
    assert press((certificate(),), stocked)[0].status == "new"
    assert files(stocked) == before


@pytest.mark.parametrize("left", [("docx", "pdf"), ("pdf",)])
def test_what_a_killed_run_left_unrecorded_is_taken_over(stocked: Press, left: tuple[str, ...]) -> None:
    [first] = press((certificate(),), stocked)
    (stocked.staging / NAME).write_text("{", "utf-8")
    for ending in {"docx", "pdf"} - {*left}:
        (stocked.outbox / f"{first.file}.{ending}").unlink()
    (stocked.outbox / f"{first.file}.pdf").write_bytes(b"printed in another batch")
    [again] = press((certificate(),), stocked)
    assert (again.status, again.file, codes(again)) == ("new", first.file, [])
    assert len(files(stocked)) == 4


def test_two_papers_never_want_one_place(at: Press) -> None:
    done = press((certificate(), certificate(name="张三丰")), at)
    assert [paper.file for paper in done] == [done[0].file, f"{done[0].file}_2"]


def test_a_draft_no_longer_due_is_withdrawn_a_final_one_and_an_edited_one_are_not(stocked: Press) -> None:
    draft, final, edited = press((certificate(), certificate(number=1), appraisal()), stocked)
    (stocked.outbox / f"{edited.file}.docx").write_bytes(b"by hand")
    assert withdraw((), ("certificate", "appraisal"), stocked) == (draft.file,)
    kept = {Path(name).with_suffix("").as_posix() for name in files(stocked)}
    assert kept == {f"已撤下/{draft.file}", final.file, edited.file}
    assert withdraw((), ("certificate", "appraisal"), stocked) == ()
    assert press((certificate(),), stocked)[0].status == "new"


LONG: Mapping[str, str] = {
    "mentor_opinion": "".join(
        f"第{number}次听课认真，有记录、有思考，能把所得用到自己的课上。" for number in range(30)
    ),
    "self_appraisal": "收获很大。" * 40,
}


def test_a_long_value_over_a_page_end_is_seen_whole_and_a_cut_one_is_missed(at: Press) -> None:
    draft = replace(appraisal(), values={**appraisal().values, **LONG}, max_pages=4)
    [done] = press((draft,), at)
    assert done.status == "new"
    form = writers()["forms", "appraisal"].form
    pdf = (at.outbox / f"{done.file}.pdf").read_bytes()
    more = replace(
        draft, values={**draft.values, "mentor_opinion": LONG["mentor_opinion"] + "以上情况属实，特此说明备查。" * 9}
    )
    _, wrong = print_findings(pdf, form, stated_of(more, form), 4)
    assert [finding.field for finding in wrong] == ["mentor_opinion"]


def test_a_pressbook_is_read_again_only_when_it_was_written_again(tmp_path: Path) -> None:
    assert pressbook_in(tmp_path).by_hash == {}
    first, second = Entry("bulletin", "c", "通报", "d1", "p1", 2), Entry("letter", "c", "函", "d2", "p2", 1)
    save_pressbook(tmp_path, {"a": first})
    found = pressbook_in(tmp_path)
    assert (found.by_kind, found.by_hash) == ({"bulletin": (first,)}, {"d1": (first, "docx"), "p1": (first, "pdf")})
    assert pressbook_in(tmp_path) is found
    save_pressbook(tmp_path, {"a": first, "b": second})
    assert pressbook_in(tmp_path).by_hash["p2"] == (second, "pdf")
