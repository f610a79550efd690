"""The manual's pictures of the desk, taken anew in Chromium: `python -m scripts.desk_pictures [WORKSPACE]`.

WORKSPACE is a sample workspace that has run (`make desk` leaves `sample-workspace`); it is copied, and stays as it is.
Without one a sample is made and run first, which takes minutes. Everybody on the pictures is invented, and their
numbers are masked as on every page.
"""

import io
import os
import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from gengang.desk.app import WARM, application
from gengang.desk.office import open_desk
from gengang.desk.views.queue import papers_to_show
from gengang.intake import actor_here, utc_now
from gengang.night import run_once
from gengang.sample.making import make_sample
from gengang.settings import settings_of
from gengang.under_way import RunRequest

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--lang=zh-CN")
PATIENCE = 240_000  # milliseconds: certificates are printed meanwhile
WIDTH, COLOURS, LARGEST = 1100, 64, 150_000  # pixels, of the palette, bytes
CLERK = "王老师"  # who sits at the desk
HELD_ON = date(2016, 12, 9)


def shot(page: Page, name: str) -> None:
    """What the window shows, as a small PNG."""
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture = picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)), Image.Resampling.LANCZOS)
    path = FOLDER / f"desk-{name}.png"
    for colours in (COLOURS, COLOURS // 2, COLOURS // 4):
        few = picture.quantize(colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)  # keeps the few red ones
        few.save(path, optimize=True)
        if path.stat().st_size <= LARGEST:
            break
    print(f"{path.name} {path.stat().st_size // 1000} KB")


# --- a week ------------------------------------------------------------------------------------------------------


def monday(page: Page, url: str) -> None:
    """What came, and the night's numbers."""
    page.goto(url)
    shot(page, "today")


def tuesday(browser: Browser, page: Page, url: str) -> None:
    """Fields that were read with doubt, one paper after the other and many people at once; two clerks at one field."""
    page.goto(f"{url}/review")
    shot(page, "queue")
    link = page.get_by_role("link", name=re.compile("听课记录|考勤表|研修日志")).first
    address = link.get_attribute("href") or "/review"
    page.goto(url + address)
    page.locator(".page img").first.wait_for()
    page.wait_for_timeout(3_000)
    shot(page, "review")
    here, there = (browser.new_context(locale="zh-CN", viewport={"width": 1000, "height": 560}) for _ in range(2))
    _conflict(here.new_page(), there.new_page(), url)
    here.close()
    there.close()


def _conflict(first: Page, second: Page, url: str) -> None:
    """Both type into the same field."""
    for window in (first, second):
        window.goto(f"{url}/review/group/kind.text")
    named = first.locator(".field.open", has=first.get_by_role("heading", name="活动名称"))
    anchor = named.first.get_attribute("id")
    for window, value in ((first, "主题班会：学会感恩"), (second, "主题班会：学会感思")):
        entry = window.locator(f"#{anchor} input[name=value]")
        entry.fill(value)
        entry.press("Enter")
        window.locator(f"#{anchor}:not(.open)").wait_for()
    second.locator(".field.conflict").wait_for()
    shot(second, "conflict")


def wednesday(page: Page, url: str) -> None:
    """Whose a paper is; who handed in what, and the words that ask for the rest."""
    page.goto(f"{url}/whose")
    first = page.locator("main a[href^='/whose/']")
    if first.count():
        first.first.click()
        page.wait_for_timeout(1_500)
    shot(page, "whose")
    page.goto(f"{url}/persons")
    shot(page, "persons")
    page.goto(f"{url}/notices")
    shot(page, "chase")


def thursday(page: Page, url: str) -> None:
    """A person's sums; points typed for many."""
    page.goto(f"{url}/persons")
    page.locator("tbody th a").first.click()
    shot(page, "person")
    page.goto(f"{url}/scores")
    shot(page, "scores")


def friday(page: Page, url: str) -> None:
    """Certificates, the register, the meeting and the packet."""
    page.goto(f"{url}/issuing")
    shot(page, "issuing")
    page.get_by_role("button", name="全部出证").click()
    page.get_by_role("button", name=re.compile("确认，发")).wait_for()
    shot(page, "plan")
    page.get_by_role("button", name=re.compile("确认，发")).click()
    page.get_by_role("heading", name="新出的").wait_for()
    page.wait_for_timeout(3_000)
    page.goto(f"{url}/issuing/register")
    shot(page, "register")
    page.goto(f"{url}/issuing/meetings")
    for label, value in (
        ("日期", HELD_ON.isoformat()),
        ("开始时间", "09:00"),
        ("地点", "县实验学校报告厅"),
        ("主持人", "赵主任"),
    ):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="保存").click()
    page.get_by_text("已保存").wait_for()
    shot(page, "meetings")
    page.goto(f"{url}/issuing/packet")
    page.get_by_text("缺的不挡汇编").wait_for()
    shot(page, "packet")


# --- the desk ----------------------------------------------------------------------------------------------------


@contextmanager
def served(workspace: Path) -> Iterator[str]:
    """A desk over a workspace; its address."""
    desk = open_desk(settings_of(workspace, {}), WARM, papers_to_show)
    config = uvicorn.Config(application(desk), host="127.0.0.1", port=0, log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.1)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def made(folder: Path) -> Path:
    """A sample that has run."""
    make_sample(folder, people=12, seed=2016)
    run_once(RunRequest(settings_of(folder, {}), None, actor_here("run"), utc_now(), lambda *_: None))
    return folder


def main() -> None:
    """All the pictures, in the order of the week."""
    os.environ["LOGNAME"] = CLERK
    with tempfile.TemporaryDirectory(prefix="gengang-pictures-") as scratch:
        workspace = Path(scratch) / "跟岗2016"
        if len(sys.argv) > 1:
            shutil.copytree(sys.argv[1], workspace)
        else:
            made(workspace)
        with served(workspace) as url, sync_playwright() as started:
            browser = started.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            monday(page, url)
            tuesday(browser, page, url)
            wednesday(page, url)
            thursday(page, url)
            friday(page, url)
            browser.close()


if __name__ == "__main__":
    main()
