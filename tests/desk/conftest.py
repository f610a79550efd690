"""A desk over a small season that has run, with and without a server, and Debian's Chromium."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.testclient import TestClient

from gengang.desk.app import WARM, application
from gengang.desk.doorway import LOOPBACK
from gengang.desk.office import Desk, open_desk
from gengang.desk.views.queue import papers_to_show
from gengang.night import run_once
from gengang.sample.making import make_sample
from gengang.settings import Settings
from gengang.under_way import RunRequest
from tests.desk.desks import weighed
from tests.whole.samples import AT, CLOSING, ME, copied, made_once, settings_for

SCAN = "吴文红指导工作总结.pdf"  # kept out of the first run: it comes through the browser
FAX = "个人信息登记表.pdf"  # with an ID number and phones, of which not all can be read
CHROMIUM = "/usr/bin/chromium"
FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--lang=zh-CN")


def _made(half: Path) -> None:
    """Two people and all their papers, read; one scan lies beside the workspace and has not come yet."""
    make_sample(half, people=2, seed=7)
    [scan] = half.glob(f"inbox/**/{SCAN}")
    (half / "later").mkdir()
    scan.rename(half / "later" / SCAN)
    (half / "truth.json").unlink()
    for file in half.glob("inbox/**/*"):  # what costs most to read, and is tried elsewhere
        if file.suffix in (".pdf", ".zip", ".jpg") and file.name != FAX:
            file.unlink()
    night = run_once(RunRequest(settings_for(half), CLOSING, ME, AT, lambda *_: None))
    season = night.judged.season
    unread = [(one.code, one.sentence) for one in season.refusals]
    assert {paper.paper.medium for paper in season.papers} > {"scan"}, unread


@pytest.fixture(scope="session")
def made_season(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The season, made once for all workers."""
    return made_once(tmp_path_factory, "desk_season", _made)


@pytest.fixture
def workspace(made_season: Path, tmp_path: Path) -> Settings:
    """A season of one's own."""
    return copied(made_season, tmp_path / "season")


@pytest.fixture
def desk(workspace: Settings) -> Iterator[Desk]:
    """A desk over it, that folds when it is asked to; what hangs on its open fields is known."""
    opened = open_desk(workspace, WARM)
    weighed(opened)
    yield opened
    opened.close()


@pytest.fixture
def client(desk: Desk) -> TestClient:
    """Somebody at this PC."""
    return TestClient(application(desk, LOOPBACK), base_url="http://127.0.0.1", follow_redirects=False)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window. Its event loop runs until it is closed, and other modules need one too."""
    with sync_playwright() as started:
        found = started.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield found
        found.close()


Serve = Callable[[Settings], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves a workspace on a free port until the test ends; its address."""
    servers: list[tuple[uvicorn.Server, threading.Thread]] = []

    def begin(settings: Settings) -> str:
        desk = open_desk(replace(settings, settle_seconds=0.0), WARM, papers_to_show)
        config = uvicorn.Config(application(desk), host="127.0.0.1", port=0, log_level="warning", access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        servers.append((server, thread))
        deadline = time.monotonic() + 30
        while not server.started:
            assert time.monotonic() < deadline, "the desk does not start"
            time.sleep(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    yield begin
    for server, thread in servers:
        server.should_exit = True
        thread.join(30)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of an office PC, in which no script may fail."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    context.set_default_timeout(60_000)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield opened
    context.close()
    assert faults == []
