"""Forms that are handed out and come back: known by their marks, read with their own template, of one person."""

import io
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from gengang.checking import faults_of_workspace
from gengang.errors import MachineError, TemplatesError, WorkspaceError
from gengang.handing_out import blank_forms, own_forms
from gengang.ledger import open_ledger
from gengang.originals import archive_path
from gengang.papers.handouts import BLANK_FOLDER, OWN_FOLDER
from gengang.season import HeldPaper, season_of
from gengang.settings import Settings
from gengang.template import form_of
from gengang.wordxml import sheet_of_word
from gengang.workspace import BUILT_IN, new_workspace
from tests.unit.wordfiles import replaced_in_word
from tests.whole.samples import copied, request, run, settings_for


def own_file(settings: Settings, stem: str, name: str, ending: str = "docx") -> Path:
    """The one own form of a person in the outbox."""
    title = form_of((BUILT_IN / "forms" / f"{stem}.docx").read_bytes(), stem).title
    [found] = (settings.outbox / OWN_FOLDER / title).rglob(f"*_{name}.{ending}")
    return found


def held(settings: Settings, path: str) -> list[HeldPaper]:
    """The papers that a file of the inbox gave."""
    ledger = open_ledger(settings)
    try:
        return [one for one in season_of(ledger.read()).papers if one.source.path == path]
    finally:
        ledger.close()


def person_named(settings: Settings, name: str) -> str:
    ledger = open_ledger(settings)
    try:
        [person] = [one for one in season_of(ledger.read()).roster.trainees if one.name == name]
        return person.key
    finally:
        ledger.close()


@pytest.fixture(scope="module")
def handed_out(few_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace after a run, with everybody's own leave request and reflection in its outbox."""
    settings = copied(few_run, tmp_path_factory.mktemp("handed_out") / "workspace")
    written = own_forms(request(settings), (), ("leave_request", "reflection"), None)
    assert written.held == 0
    return settings.workspace


def test_each_trainee_gets_each_form_in_word_and_pdf(handed_out: Path) -> None:
    settings = settings_for(handed_out)
    word = list((settings.outbox / OWN_FOLDER).rglob("*.docx"))
    ledger = open_ledger(settings)
    trainees = season_of(ledger.read()).roster.trainees
    ledger.close()
    assert len(word) == 2 * len(trainees) > 0
    assert all(path.with_suffix(".pdf").exists() for path in word)
    assert {sheet_of_word(path.read_bytes()).issued is not None for path in word} == {True}


def test_a_form_edited_since_is_read_with_the_template_it_was_handed_out_on(handed_out: Path, tmp_path: Path) -> None:
    settings = copied(handed_out, tmp_path / "workspace")
    back = own_file(settings, "leave_request", "丁秀").read_bytes()
    shutil.copytree(BUILT_IN / "forms", settings.forms)
    september = (settings.forms / "leave_request.docx").read_bytes()
    october = replaced_in_word(september, {"reason | prose": "why | prose", "请假类别": "请假种类"})
    (settings.forms / "leave_request.docx").write_bytes(october)
    (settings.inbox / "还回来.docx").write_bytes(back)
    run(settings)
    [paper] = held(settings, "还回来.docx")
    assert paper.reading.version == form_of(september, "leave_request").version
    assert "reason" in paper.reading.fields
    assert paper.paper.person == person_named(settings, "丁秀")


def test_a_form_without_id_number_or_school_is_its_owners(handed_out: Path, tmp_path: Path) -> None:
    settings = copied(handed_out, tmp_path / "workspace")
    path = own_file(settings, "reflection", "丁秀")
    texts = [cell.text for row in sheet_of_word(path.read_bytes()).rows for cell in row.cells]
    school = next(text for text in texts if text.endswith("小学"))
    (settings.inbox / "反思.docx").write_bytes(replaced_in_word(path.read_bytes(), {f">{school}<": "> <"}))
    run(settings)
    [paper] = held(settings, "反思.docx")
    assert paper.match.status == "sure"
    assert paper.paper.person == person_named(settings, "丁秀")


def test_a_form_that_another_person_used_is_asked_about(handed_out: Path, tmp_path: Path) -> None:
    settings = copied(handed_out, tmp_path / "workspace")
    data = own_file(settings, "reflection", "丁秀").read_bytes()
    (settings.inbox / "借用.docx").write_bytes(replaced_in_word(data, {">丁秀<": ">叶玉桂<"}))
    run(settings)
    [paper] = held(settings, "借用.docx")
    assert paper.match.status == "doubt"
    assert "预填" in paper.match.why_not


def test_pages_of_two_people_in_one_pdf_go_to_each(handed_out: Path, tmp_path: Path) -> None:
    settings = copied(handed_out, tmp_path / "workspace")
    joined = pikepdf.new()
    names = ("丁秀", "叶玉桂")
    for name in names:
        with pikepdf.open(own_file(settings, "reflection", name, "pdf")) as pdf:
            joined.pages.extend(pdf.pages)
    saved = io.BytesIO()
    joined.save(saved)
    (settings.inbox / "两人.pdf").write_bytes(saved.getvalue())
    run(settings)
    assert [one.paper.person for one in held(settings, "两人.pdf")] == [person_named(settings, name) for name in names]


def test_blank_forms_are_read_as_blank(handed_out: Path, tmp_path: Path) -> None:
    settings = copied(handed_out, tmp_path / "workspace")
    written = blank_forms(request(settings), ("leave_request", "attendance"), None, None)
    assert (written.held, len(written.pressed)) == (0, 2)
    blank = next((settings.outbox / BLANK_FOLDER).glob("*请假*.docx"))
    shutil.copy(blank, settings.inbox / "空表.docx")
    run(settings)
    assert held(settings, "空表.docx") == []
    ledger = open_ledger(settings)
    refused = [fact.data["code"] for fact in ledger.read(kinds=("refused",))]
    ledger.close()
    assert "blank_form" in refused


def test_a_kept_template_that_is_lost_is_told(handed_out: Path, tmp_path: Path) -> None:
    settings = copied(handed_out, tmp_path / "workspace")
    ledger = open_ledger(settings)
    kept = next(fact for fact in ledger.read(kinds=("template",)) if fact.data["stem"] == "leave_request")
    ledger.close()
    assert faults_of_workspace(settings, "originals") == ()
    archive_path(settings.archive, kept.subject).unlink()
    [told] = faults_of_workspace(settings, "originals")
    assert "leave_request" in told


def test_the_sign_up_form_is_printed_before_there_is_a_roster(tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "workspace")
    new_workspace(settings.workspace, "county-2016")
    written = blank_forms(request(settings), ("registration",), None, None)
    assert [one.status for one in written.pressed] == ["new"]
    assert len(list((settings.outbox / BLANK_FOLDER).rglob("*.docx"))) == 1
    with pytest.raises(WorkspaceError, match="缺少学员花名册"):
        own_forms(request(settings), (), ("registration",), None)
    with pytest.raises(TemplatesError) as told:
        blank_forms(request(settings), ("weekly_report",), None, None)
    assert told.value.faults[0] == "weekly_report 是别的方案用的表：在 scheme.toml 里写明这份材料后就能用。"


def test_blank_forms_that_cannot_be_written_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, file = settings_for(tmp_path), tmp_path / "file"
    file.write_bytes(b"no folder")
    with pytest.raises(WorkspaceError, match="空白表写不进"):
        blank_forms(request(settings), ("leave_request",), file, None)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(MachineError, match="写入权限"):
        blank_forms(request(settings), ("leave_request",), None, None)


def test_blank_forms_need_no_workspace(tmp_path: Path) -> None:
    settings = replace(settings_for(tmp_path / "nowhere"))
    written = blank_forms(request(settings), ("leave_request",), tmp_path / "out", 3)
    assert [one.status for one in written.pressed] == ["new"]
    assert len(list((tmp_path / "out").rglob("*.docx"))) == 1
    with pytest.raises(TemplatesError, match="没有这种表"):
        blank_forms(request(settings), ("no_such_form",), tmp_path / "out", None)
