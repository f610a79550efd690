"""From a paper to a certificate in Chromium: a Word file dropped and read, its open field settled, a number spent."""

import base64
import io
import re
import zipfile

from playwright.sync_api import Page, expect

from gengang.certificate_numbers import number_lines
from gengang.ledger import kept_ledger
from gengang.settings import Settings
from gengang.workspace import scheme_of, templates_of, with_writers
from tests.desk.conftest import Serve
from tests.desk.desks import DROP
from tests.desk.rooms.people import GUIDE, ZHANG
from tests.unit.rosters import BASE
from tests.unit.seasons import attendance

SLOW = 120_000  # milliseconds
NUMBER = "×教训结字〔2016〕第0001号"
PRESENT = "出勤</w:t>".encode()


def sheet_in_doubt(settings: Settings) -> bytes:
    """A 考勤表 as Word, of which the last mark is none of those that there are."""
    writer = with_writers(settings, templates_of(settings, scheme_of(settings))).writers["forms", "attendance"]
    head = {"name": ZHANG.name, "school": ZHANG.school, "stage_subject": "小学语文", "base_school": BASE.name,
            "mentor": GUIDE.name}  # fmt: skip
    filled = writer.fill(head, {"days": attendance().submission.lists["days"]})
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(filled)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == "word/document.xml":
                before, _, after = text.rpartition(PRESENT)
                text = before + "出半天</w:t>".encode() + after
            target.writestr(name, text)
    return made.getvalue()


def test_from_a_dropped_paper_to_a_verified_certificate(serve: Serve, all_but_attendance: Settings, page: Page) -> None:
    page.set_default_timeout(SLOW)
    url = serve(all_but_attendance)
    page.goto(url)
    page.evaluate(DROP, ["考勤表.docx", base64.b64encode(sheet_in_doubt(all_but_attendance)).decode()])
    expect(page.locator("#uploads .ok")).to_have_count(1, timeout=SLOW)
    page.get_by_role("button", name=re.compile("现在处理")).click()
    expect(page.get_by_text("处理完了")).to_be_visible(timeout=SLOW)

    page.goto(f"{url}/review")
    page.get_by_role("link", name=re.compile("考勤表")).first.click()
    page.get_by_role("button", name="没有漏行").click()
    mark = page.locator(".field.open", has=page.locator("select"))
    mark.locator("select").select_option("出勤")
    mark.locator("button.main").click()
    expect(page.locator(".field.open")).to_have_count(0, timeout=SLOW)

    page.goto(f"{url}/issuing")
    ready, anew = page.locator("a.count", has_text="可以出"), page.get_by_role("link", name=re.compile("点此刷新"))
    expect(ready.or_(anew).first).to_be_visible(timeout=SLOW)
    if anew.count():  # the season is folded behind the page, which says so and does not load itself anew
        anew.click()
    expect(ready).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="全部出证").click()
    expect(page.get_by_text(NUMBER).first).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="确认，发 1 个编号").click()
    expect(page.get_by_role("heading", name="新出的")).to_be_visible(timeout=SLOW)
    with page.expect_download() as given:
        page.get_by_role("link", name=re.compile("PDF")).first.click()

    page.goto(f"{url}/issuing/register")
    page.get_by_label("或证书的照片").set_input_files(str(given.value.path()))
    page.get_by_role("button", name="核验").click()
    expect(page.locator(".done")).to_contain_text("签名是真的，编号有效")
    with kept_ledger(all_but_attendance) as ledger:
        assert [(one.person, one.void_on) for one in number_lines(ledger.read())] == [(ZHANG.key, "")]
