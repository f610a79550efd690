"""Office papers in a workspace: printed though another is not due, a text for chat, a platform's workbook."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from gengang.errors import WorkspaceError
from gengang.handing_out import office_papers
from gengang.ledger import open_ledger
from gengang.office.kinds import Asking
from gengang.papers.missing import CHAT_LIMIT
from gengang.platform_export import export
from gengang.settings import Settings
from tests.whole.samples import copied, request

ALL = Asking()


@pytest.fixture
def settings(few_run: Path, tmp_path: Path) -> Settings:
    return copied(few_run, tmp_path / "workspace")


def test_what_can_be_printed_is_and_what_cannot_says_why(settings: Settings) -> None:
    told = office_papers(request(settings), ("公示", "催交通知", "领导要数"), ALL)
    assert (told.exit_code, {one.status for one in told.pressed}) == (1, {"new"})
    assert [line[:9] for line in told.lines if line.startswith("方案不要求")] == ["方案不要求公示（默"]
    assert (settings.outbox / "领导要数.pdf").is_file()
    texts = (settings.outbox / "催交/催交短信.txt").read_bytes().decode("utf-8-sig")
    assert max(len(one) for one in texts.split("\r\n")) <= CHAT_LIMIT
    again = office_papers(request(settings), ("领导要数",), ALL)
    assert {one.status for one in again.pressed} == {"same"}
    for names in (("公示",), ("没有的",)):
        with pytest.raises(WorkspaceError):
            office_papers(request(settings), names, ALL)
    ledger = open_ledger(settings)
    try:
        kinds = {str(fact.data["kind"]) for fact in ledger.read(kinds=("paper",))}
    finally:
        ledger.close()
    assert {"chase_notice", "leaders_card"} <= kinds


def test_a_platforms_sample_is_filled_beside_it(settings: Settings, tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["姓名", "身份证号", "培训学时", "证书类别"])
    book.save(tmp_path / "省平台.xlsx")
    told = export(request(settings, date(2016, 12, 20)), tmp_path / "省平台.xlsx", mentors=False, everybody=True)
    assert told.lines[0] == "已写出3人：outbox/平台导入/省平台_学员.xlsx。"
    assert told.lines[1] == "这些列程序不认识，留空待填：证书类别。"
    sheet = load_workbook(settings.outbox / "平台导入/省平台_学员.xlsx").worksheets[0]
    assert {len(str(cell.value)) for cell in sheet["B"][1:]} == {18}
    assert {cell.data_type for cell in sheet["B"][1:]} == {"s"}
