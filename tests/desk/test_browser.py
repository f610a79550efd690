"""The desk in a real browser: a scan dropped, read and settled; two clerks at one field; keys alone; axe's faults.

What the windows showed is kept in the folder that GENGANG_PICTURES names; the manual's pictures are taken by
`scripts/desk_pictures.py`.
"""

import base64
import gzip
import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from gengang.ledger import kept_ledger
from gengang.settings import Settings
from tests.desk.conftest import SCAN, Serve
from tests.desk.desks import DROP, phone_paper

AXE = Path(__file__).with_name("axe.min.js.gz")  # axe-core 4.14.1, MPL-2.0 (axe-LICENSE.txt)
KEPT = "GENGANG_PICTURES"
SLOW = 60_000  # milliseconds: a page is read, or drawn, on a busy machine
expect.set_options(timeout=SLOW)


def kept(page: Page, name: str) -> None:
    """A picture for the manual, where somebody wants it."""
    folder = os.environ.get(KEPT)
    if folder:
        page.screenshot(path=str(Path(folder) / f"desk-{name}.png"))


def settled(settings: Settings) -> list[tuple[str, str, object]]:
    """What stands in the ledger: path, what was said, value."""
    with kept_ledger(settings) as ledger:
        return [(str(fact.data["path"]), str(fact.data["said"]), (fact.personal or {})["value"])
                for fact in ledger.read(kinds=("settled",))]  # fmt: skip


def drop_file(page: Page, path: Path) -> None:
    """As the mouse does."""
    page.evaluate(DROP, [path.name, base64.b64encode(path.read_bytes()).decode()])


def open_paper(page: Page, url: str, title: str) -> None:
    """The first paper of a kind in the list."""
    page.goto(f"{url}/review")
    page.get_by_role("link", name=title, exact=True).first.click()


def test_a_scan_is_dropped_read_and_settled(serve: Serve, workspace: Settings, page: Page) -> None:
    url = serve(workspace)
    page.goto(url)
    kept(page, "today")
    drop_file(page, workspace.workspace / "later" / SCAN)
    expect(page.locator("#uploads .ok")).to_have_count(1, timeout=SLOW)
    assert [path.name for path in workspace.inbox.rglob("*.pdf")] == [SCAN]
    page.get_by_role("button", name=re.compile("现在处理")).click()
    expect(page.get_by_text("处理完了")).to_be_visible(timeout=4 * SLOW)
    expect(page.locator("a.tile", has_text="新收到").locator("b")).to_have_text("1")
    kept(page, "run")
    page.goto(f"{url}/today/came")
    page.get_by_role("link", name=re.compile("指导工作总结")).click()
    expect(page.locator(".page img").first).to_be_visible(timeout=SLOW)
    expect(page.locator(".field.open").first).to_be_visible()
    kept(page, "review")
    waiting = page.locator(".field.open").count()
    first = page.locator(".field.open").first
    anchor = first.get_attribute("id")
    first.get_by_role("button", name="没有填写").click()
    expect(page.locator(f"#{anchor}.settled")).to_be_visible()
    expect(page.locator(".field.open")).to_have_count(waiting - 1)
    assert [(said, value) for _, said, value in settled(workspace)] == [("blank", None)]
    page.locator(f"#{anchor}").get_by_role("button", name="撤销").click()
    expect(page.locator(f"#{anchor}.open")).to_be_visible()
    assert [said for _, said, _ in settled(workspace)] == ["blank", "back"]


def test_two_clerks_at_one_field(serve: Serve, workspace: Settings, browser: Browser) -> None:
    url = serve(workspace)
    contexts = [browser.new_context(locale="zh-CN") for _ in range(2)]
    here, there = (context.new_page() for context in contexts)
    here.goto(f"{url}/review")
    address = here.locator("table a").first.get_attribute("href")
    for window in (here, there):
        window.goto(f"{url}{address}")
    field = ".field.open:has(input[name=value])"
    anchors = [window.locator(field).first.get_attribute("id") for window in (here, there)]
    assert anchors[0] == anchors[1]
    for window, value in ((here, "甲的写法"), (there, "乙的写法")):
        entry = window.locator(f"#{anchors[0]} input[name=value]")
        entry.fill(value)
        entry.press("Enter")
    expect(here.locator(f"#{anchors[0]}.settled")).to_contain_text("甲的写法")
    expect(there.locator(f"#{anchors[0]}.conflict")).to_contain_text("您的没有保存")
    expect(there.locator(f"#{anchors[0]}.conflict")).to_contain_text("甲的写法")
    kept(there, "conflict")
    assert [value for _, _, value in settled(workspace)] == ["甲的写法"]
    for context in contexts:
        context.close()


def test_tab_and_enter_visit_only_what_is_open(serve: Serve, workspace: Settings, page: Page) -> None:
    url = serve(workspace)
    open_paper(page, url, "附件4 个人信息登记表")
    expect(page.locator(".field.current")).to_have_count(1)
    fields = page.locator(".field.open").count()
    assert fields > 1
    expect(page.locator(".field.current")).to_have_count(1)
    seen = []
    for _ in range(fields):
        seen.append(page.evaluate("document.activeElement.closest('.field.open')?.id"))
        page.keyboard.press("Tab")
    assert len(set(seen)) == fields
    assert None not in seen
    page.locator(f"#{seen[0]}").locator("[name=value]").first.focus()
    page.keyboard.press("Alt+k")
    expect(page.locator(f"#{seen[0]}.settled")).to_be_visible()
    assert page.evaluate("document.activeElement.closest('.field.open')?.id") == seen[1]
    page.keyboard.press("Alt+z")
    expect(page.locator(f"#{seen[0]}.open")).to_be_visible()


def test_the_place_of_a_field_is_shown_on_the_picture(serve: Serve, workspace: Settings, page: Page) -> None:
    url = serve(workspace)
    open_paper(page, url, "附件4 个人信息登记表")
    expect(page.locator(".page img").first).to_be_visible(timeout=SLOW)
    expect(page.locator(".page img").first).to_have_js_property("complete", True, timeout=SLOW)
    assert page.locator(".page img").first.evaluate("one => one.naturalWidth") > 500
    page.locator(".field.open [name=value], .field.open button").first.focus()
    expect(page.locator("rect.on")).to_have_count(1)


def test_whole_numbers_are_opened_by_a_press_that_is_recorded(serve: Serve, workspace: Settings, page: Page) -> None:
    with kept_ledger(workspace) as ledger:
        ledger.append(phone_paper())
    url = serve(workspace)
    page.goto(f"{url}/review/group/kind.phone")
    assert not re.search(r"(?<!\d)1\d{10}(?!\d)", page.content())
    page.get_by_role("button", name=re.compile("会记录是谁看的")).click()
    with kept_ledger(workspace) as ledger:
        assert len(list(ledger.read(kinds=("looked_at",)))) == page.locator(".field").count()


PLACES = (
    "/", "/review", "/recheck", "/review/group/kind.text", "/whose", "/versions", "/today/missing", "/today/came",
    "/today/again", "paper",
)  # fmt: skip


def axe_faults(page: Page) -> list[Any]:
    """What axe-core calls serious or critical."""
    page.evaluate(gzip.decompress(AXE.read_bytes()).decode())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [(one["id"], [node["target"] for node in one["nodes"]][:4]) for one in found["violations"]
            if one["impact"] in ("serious", "critical")]  # fmt: skip


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=["office", "phone"])
def test_axe_finds_no_serious_fault_and_nothing_sticks_out(
    serve: Serve, workspace: Settings, page: Page, size: tuple[int, int]
) -> None:
    url = serve(workspace)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{url}/review")
    paper = page.locator("table a").first.get_attribute("href")
    faults = {}
    for place in PLACES:
        page.goto(f"{url}{paper if place == 'paper' else place}")
        page.wait_for_load_state("networkidle")
        if size[0] > 1_000:
            kept(page, place.strip("/").partition("/")[0] + place.rpartition("/")[2].partition(".")[0] or "first")
        faults[place] = axe_faults(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            faults[place].append("wider than the screen")
    assert {place: found for place, found in faults.items() if found} == {}
