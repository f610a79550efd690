"""The rooms in a real browser: a ruling without leaving the page, a scheme change to its end, axe's faults, a phone."""

import gzip
import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from gengang.settings import Settings
from tests.desk.conftest import Serve
from tests.desk.rooms.people import GUIDE, LI, PERSON
from tests.unit.rosters import BASE

AXE = Path(__file__).parents[1] / "axe.min.js.gz"
SLOW = 60_000  # milliseconds
# What the button says is taken back after three seconds, in which a busy machine may not look.
SAID_BY_BUTTON = """
window.saidByButton = [];
const button = document.querySelector("[data-copy=chat]");
new MutationObserver(() => saidByButton.push(button.textContent)).observe(button, {childList: true});
"""
PLACES = {
    "persons": "/persons", "schools": "/persons/schools", "school": f"/persons/school/{BASE.key}", "person": PERSON,
    "mentor": f"/persons/{GUIDE.key}", "asking": f"{PERSON}/decide/appeal", "scores": "/scores?item=R9",
    "roster": "/roster", "scheme": "/scheme", "decisions": "/persons/decisions",
    "copies": "/persons/copies?form=appraisal", "issuing": "/issuing", "check": "/issuing/check",
    "register": "/issuing/register", "meetings": "/issuing/meetings", "packet": "/issuing/packet",
    "papers": "/issuing/papers", "overprint": "/issuing/overprint",
    "chase": "/notices", "owed": f"/notices/owed/trainee/{LI.key}",
    "bulletin": "/notices/bulletin?month=2016-11", "praise": "/notices/praise", "leaders": "/notices/leaders",
    "office-papers": "/notices/papers", "learned": "/learned",
}  # fmt: skip


def kept(page: Page, name: str) -> None:
    """A picture for the manual, where somebody wants it."""
    folder = os.environ.get("GENGANG_PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder) / f"desk-{name}.png"))


def serious(page: Page) -> list[Any]:
    """What axe-core calls serious or critical."""
    page.evaluate(gzip.decompress(AXE.read_bytes()).decode("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found["violations"]
            if one["impact"] in ("serious", "critical")]  # fmt: skip


def test_axe_finds_no_serious_fault_and_nothing_sticks_out(serve: Serve, workspace: Settings, page: Page) -> None:
    url = serve(workspace)
    faults: dict[str, list[Any]] = {}
    for name, address in PLACES.items():
        page.set_viewport_size({"width": 1366, "height": 768})
        page.goto(url + address)
        kept(page, name)
        faults[name] = serious(page)
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
    assert {name: found for name, found in faults.items() if found} == {}


def test_a_ruling_and_a_change_of_the_scheme_are_made(serve: Serve, workspace: Settings, page: Page) -> None:
    url = serve(workspace)
    page.goto(url + PERSON)
    page.get_by_role("link", name="申诉改分").click()
    page.get_by_label("考核项目").select_option("R9")
    page.get_by_label("改为几分").fill("9")
    page.get_by_label("理由").fill("申诉属实")
    page.get_by_label("谁决定的").fill("张局长")
    page.get_by_role("button", name="记下决定").click()
    expect(page.locator("#asking .fault")).to_have_text("行动研究报告最多6分。", timeout=SLOW)
    page.get_by_label("改为几分").fill("5")
    page.get_by_role("button", name="记下决定").click()
    expect(page.locator(".kept")).to_contain_text("申诉属实（张局长", timeout=SLOW)
    page.goto(f"{url}/scheme")
    page.get_by_label("学员学时").fill("72")
    page.get_by_role("button", name="看会改变什么").last.click()
    expect(page.locator(".tile.hot b")).to_have_text("1", timeout=SLOW)
    kept(page, "scheme-change")
    page.get_by_label("理由或依据").fill("安教〔2016〕9号")
    page.get_by_role("button", name="确认改方案").click()
    expect(page.locator("#past")).to_contain_text("学员学时：60 → 72", timeout=SLOW)


def test_somebody_is_asked_and_a_bulletin_is_written(serve: Serve, workspace: Settings, page: Page) -> None:
    url = serve(workspace)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
    page.goto(f"{url}/notices")
    page.get_by_role("link", name="李四").click()
    page.evaluate(SAID_BY_BUTTON)
    page.get_by_role("button", name="复制短信").click()
    page.wait_for_function("saidByButton.includes('已复制')")
    assert page.evaluate("navigator.clipboard.readText()").startswith("李四：您好！")
    page.get_by_label("怎么催的").select_option("电话")
    page.get_by_role("button", name="记入催办台账").click()
    expect(page.locator(".done")).to_contain_text("已登记催办：李四", timeout=SLOW)
    page.goto(f"{url}/notices/bulletin?month=2016-11")
    page.get_by_label("勾选李四").check()
    page.get_by_label("李四的理由").fill("没有按方案参加研修")
    page.get_by_role("button", name="写进名单").click()
    expect(page.locator("#bulletin-text")).to_contain_text("李四（李河中学）：没有按方案参加研修", timeout=SLOW)
    kept(page, "notices")
