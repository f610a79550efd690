"""Who gets in, what a form must carry, what a browser is told, and that nothing is reached but through the ledger."""

import os
import re
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from gengang.desk.accounts import Accounts, new_password
from gengang.desk.app import application
from gengang.desk.doorway import LOOPBACK, host_of
from gengang.desk.office import Desk
from gengang.desk.pace import REQUESTS, Buckets, Pace
from gengang.desk.serving import Serving, is_loopback, refuse_unsafe
from gengang.desk.sessions import COOKIE, IDLE_SECONDS, LONGEST_SECONDS, Sessions
from gengang.desk.views.papers import address_of
from gengang.errors import WorkspaceError
from tests.desk.desks import first_open, phone_paper, put, settle, token_of, write
from tests.unit.facts_of_papers import key_of

PASSWORD = "correct-horse-battery"
PAGES = Path(__file__).parents[2] / "gengang/desk/pages"
WRITES = ("/run", "/inbox", "/review/settle", "/review/look")


class Clock:
    """Seconds that somebody moves on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def signed_in(desk: Desk, name: str, password: str = PASSWORD) -> TestClient:
    """Somebody with a session of an account."""
    client = TestClient(application(desk, LOOPBACK), base_url="http://127.0.0.1", follow_redirects=False)
    page = client.get("/sign-in").text
    answer = client.post("/sign-in", data={"token": token_of(page), "name": name, "password": password})
    assert answer.status_code == 303, answer.text
    return client


def with_cookie(desk: Desk, cookie: str) -> Response:
    """The first page for whoever has this cookie."""
    client = TestClient(application(desk, LOOPBACK), base_url="http://127.0.0.1", follow_redirects=False)
    return client.get("/", headers={"Cookie": f"{COOKIE}={cookie}"})


@pytest.fixture
def peopled(desk: Desk) -> Desk:
    """A desk with an account of each role."""
    for name, role in (("何主任", "senior"), ("李芳", "clerk"), ("领导", "reader")):
        desk.accounts.put(name, role, PASSWORD)  # type: ignore[arg-type]  # a pair's second is any string to mypy
    desk.accounts.put("张村", "school", PASSWORD, "张村小学")
    return desk


# --- every address ---


def routes(desk: Desk) -> list[Route]:
    app = application(desk)
    assert [one.path for one in app.routes if isinstance(one, Mount)] == ["/static"]
    return [one for one in app.routes if isinstance(one, Route)]


def test_every_address_asks_for_a_role_or_says_that_it_asks_for_none(desk: Desk) -> None:
    free = {route.path for route in routes(desk) if route.name.endswith("None")}
    assert free == {"/sign-in"}
    assert all(route.name.split()[0] in ("read", "write") for route in routes(desk))


def test_every_form_of_a_page_goes_to_an_address_that_there_is(desk: Desk) -> None:
    pages = (page.read_text("utf-8") for page in PAGES.glob("*.html"))
    fixed = {action for page in pages for action in re.findall(r'action="(/[^"?#{]*)["?#]', page)}
    assert len(fixed) > 30
    assert fixed - {route.path for route in routes(desk)} == set()


def test_nothing_is_shown_without_signing_in(peopled: Desk) -> None:
    client = TestClient(application(peopled, LOOPBACK), base_url="http://127.0.0.1", follow_redirects=False)
    for route in routes(peopled):
        path = route.path.replace("{sha}", "a" * 64).replace("{index}", "0").replace("{page}", "1")
        path = path.replace("{name}", "kind.text").replace("{key}", "x")
        if "GET" in (route.methods or ()) and route.path != "/sign-in":
            answer = client.get(path)
            assert (answer.status_code, answer.headers.get("location")) == (303, "/sign-in"), route.path


def test_no_form_is_taken_without_the_sessions_own_token(desk: Desk) -> None:
    client = TestClient(application(desk, LOOPBACK), base_url="http://127.0.0.1", follow_redirects=False)
    client.get("/")
    other = TestClient(application(desk, LOOPBACK), base_url="http://127.0.0.1")
    stolen = token_of(other.get("/").text)
    lines = desk.ledger.head()
    for route in routes(desk):
        if "POST" in (route.methods or ()):
            path = route.path.replace("{sha}", "a" * 64).replace("{index}", "0").replace("{name}", "kind.text")
            path = path.replace("{key}", "x")
            for given in ({}, {"token": ""}, {"token": stolen}):
                assert client.post(path, data=given).status_code == 403, (route.path, given)
    assert desk.ledger.head() == lines
    assert not desk.runs.progress.going


def test_a_form_that_another_site_sends_is_refused_whatever_it_carries(client: TestClient) -> None:
    token = token_of(client.get("/").text)
    answer = client.post("/run", data={"token": token}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_a_name_that_points_at_this_machine_from_elsewhere_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"Host": "rebound.example"}).status_code == 421
    assert client.get("/", headers={"Host": "localhost:8017"}).status_code == 200
    assert host_of("[::1]:8017") == "[::1]"


def test_every_answer_shuts_out_scripts_frames_and_copies(client: TestClient) -> None:
    for path in ("/", "/review", "/nowhere", "/static/desk.css", "/sign-in"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
    assert client.get("/").headers["cache-control"] == "no-store"


def test_no_page_has_a_script_a_style_or_a_handler_of_its_own() -> None:
    pages = sorted(PAGES.glob("*.html"))
    assert pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert " style=" not in text, page.name
        assert "<style" not in text, page.name
        assert " onclick" not in text, page.name
        assert all("src=" in part.split(">")[0] for part in text.split("<script")[1:]), page.name
        assert "http://" not in text.replace("http://www.w3.org", ""), page.name
        assert "https://" not in text, page.name


# --- no file but through the ledger ---


@pytest.mark.parametrize("path", [
    "/picture/../../roster.xlsx/0/1", "/picture/%2e%2e%2froster.xlsx/0/1", "/static/../office.py",
    "/static/..%2f..%2fcli.py", "/picture/" + "a" * 64 + "/0/1", "/crop/" + "a" * 64 + "/0?path=name",
    "/pages/" + "a" * 64 + "/0", "/today/..%2fx",
])  # fmt: skip
def test_what_the_ledger_does_not_hold_is_not_served(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (404, 409)
    assert b"PK" not in answer.content[:4]


def test_a_page_that_a_paper_has_not_is_not_served(client: TestClient, desk: Desk) -> None:
    held, _ = first_open(desk)
    sha, _, index = held.paper.key.partition("#")
    for page in ("0", "-1", "999999", "x"):
        assert client.get(f"/picture/{sha}/{index}/{page}").status_code == 404


# --- accounts ---


def test_a_password_stands_nowhere_and_its_file_is_its_owners(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "accounts.json")
    accounts.put("李芳", "clerk", PASSWORD)
    text = accounts.path.read_text(encoding="utf-8")
    assert PASSWORD not in text
    assert "$argon2id$" in text
    assert stat.S_IMODE(accounts.path.stat().st_mode) == 0o600 or os.name != "posix"
    assert [path.name for path in tmp_path.iterdir()] == ["accounts.json"]


def test_only_the_right_password_admits(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "accounts.json")
    accounts.put("李芳", "clerk", PASSWORD)
    assert accounts.admits("李芳", PASSWORD) is not None
    assert accounts.admits("李芳", PASSWORD + " ") is None
    assert accounts.admits("无此人", PASSWORD) is None
    assert len({new_password() for _ in range(50)}) == 50


@pytest.mark.parametrize(("name", "role", "password", "school"), [
    ("", "clerk", PASSWORD, ""), ("李芳", "clerk", "short", ""), ("李芳", "school", PASSWORD, ""),
    ("李芳", "clerk", PASSWORD, "张村小学"), ("李\n芳", "clerk", PASSWORD, ""),
])  # fmt: skip
def test_an_account_that_says_too_little_is_refused(
    tmp_path: Path, name: str, role: str, password: str, school: str
) -> None:
    with pytest.raises(WorkspaceError):
        Accounts(tmp_path / "a.json").put(name, role, password, school)  # type: ignore[arg-type]  # a role as text


def test_a_damaged_file_of_accounts_lets_nobody_in(tmp_path: Path) -> None:
    path = tmp_path / "accounts.json"
    path.write_text("[{", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="读不出来"):
        Accounts(path).all()


def test_signing_in_begins_a_new_session(peopled: Desk) -> None:
    client = TestClient(application(peopled, LOOPBACK), base_url="http://127.0.0.1", follow_redirects=False)
    page = client.get("/sign-in")
    planted = client.cookies[COOKIE]
    client.post("/sign-in", data={"token": token_of(page.text), "name": "李芳", "password": PASSWORD})
    assert client.cookies[COOKIE] != planted
    assert client.get("/").status_code == 200
    assert with_cookie(peopled, planted).headers["location"] == "/sign-in"


def test_a_cookie_is_out_of_reach_of_scripts_and_of_plain_http_where_there_is_tls(peopled: Desk) -> None:
    client = TestClient(application(peopled, LOOPBACK), base_url="http://127.0.0.1")
    given = client.get("/sign-in").headers["set-cookie"]
    assert "HttpOnly" in given
    assert "SameSite=Lax" in given
    assert "Secure" not in given


def test_wrong_passwords_are_slowed_down_and_then_the_right_one_too(peopled: Desk) -> None:
    client = TestClient(application(peopled, LOOPBACK), base_url="http://127.0.0.1", follow_redirects=False)
    token = token_of(client.get("/sign-in").text)
    codes = [
        client.post("/sign-in", data={"token": token, "name": "李芳", "password": f"wrong-{number}"}).status_code
        for number in range(8)
    ]
    assert codes == [401] * 5 + [429] * 3
    assert client.post("/sign-in", data={"token": token, "name": "李芳", "password": PASSWORD}).status_code == 429


def test_signing_out_ends_the_session_everywhere(peopled: Desk) -> None:
    client = signed_in(peopled, "李芳")
    cookie = client.cookies[COOKIE]
    client.post("/sign-out", data={"token": token_of(client.get("/").text)})
    assert with_cookie(peopled, cookie).headers["location"] == "/sign-in"


def test_another_password_ends_every_session_of_the_account(peopled: Desk) -> None:
    here, there = signed_in(peopled, "李芳"), signed_in(peopled, "李芳")
    given = {"old": PASSWORD, "new": "another-long-one", "again": "another-long-one"}
    assert here.post("/password", data={"token": token_of(here.get("/").text), **given}).status_code == 303
    assert there.get("/").headers["location"] == "/sign-in"
    assert signed_in(peopled, "李芳", "another-long-one").get("/").status_code == 200


def test_the_first_account_closes_the_desk_to_who_had_none(desk: Desk, client: TestClient) -> None:
    assert client.get("/review").status_code == 200
    desk.accounts.put("何主任", "senior", PASSWORD)
    assert client.get("/review").headers["location"] == "/sign-in"


# --- roles ---


def test_a_reader_reads_and_settles_nothing(peopled: Desk) -> None:
    client = signed_in(peopled, "领导")
    _, card = first_open(peopled)
    assert client.get("/").status_code == 200
    assert client.get("/review").status_code == 403
    assert settle(client, card, "blank").status_code == 403
    assert list(peopled.ledger.read(kinds=("settled",))) == []


def test_a_school_sees_nothing_of_the_office(peopled: Desk) -> None:
    client = signed_in(peopled, "张村")
    held, _ = first_open(peopled)
    sha, _, index = held.paper.key.partition("#")
    assert client.get("/today/missing").status_code == 403
    assert client.get("/review").status_code == 403
    assert client.get(f"/picture/{sha}/{index}/1").status_code == 403
    assert client.get("/").headers["location"] == "/persons"


def test_what_a_clerk_does_bears_the_clerks_name_and_role(peopled: Desk) -> None:
    _, card = first_open(peopled)
    assert settle(signed_in(peopled, "李芳"), card, "blank").status_code == 303
    [line] = peopled.ledger.read(kinds=("settled",))
    assert (line.actor.user, line.actor.role, line.actor.command) == ("李芳", "clerk", "desk settle")


# --- time ---


def test_a_session_ends_by_idling_and_by_age() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    cookie, _ = sessions.begin("李芳", "clerk")
    clock.now = IDLE_SECONDS
    assert sessions.of(cookie) is not None
    clock.now += IDLE_SECONDS + 1
    assert sessions.of(cookie) is None
    cookie, _ = sessions.begin("李芳", "clerk")
    for _ in range(int(LONGEST_SECONDS / IDLE_SECONDS)):
        clock.now += IDLE_SECONDS - 1
        sessions.of(cookie)
    clock.now += IDLE_SECONDS - 1
    assert sessions.of(cookie) is None


def test_visitors_without_cookies_fill_no_memory() -> None:
    sessions = Sessions(Clock())
    first, _ = sessions.begin()
    for _ in range(2_000):
        sessions.begin()
    assert sessions.of(first) is None


def test_a_bucket_fills_with_time() -> None:
    clock = Clock()
    bucket = Buckets(Pace(2, 1), clock)
    assert [bucket.take("a") for _ in range(3)] == [True, True, False]
    assert bucket.take("b")
    clock.now += 1
    assert [bucket.take("a") for _ in range(2)] == [True, False]


def test_too_many_requests_are_told_to_wait(desk: Desk) -> None:
    still = replace(
        desk, requests=Buckets(REQUESTS, lambda: 0.0)
    )  # a busy machine takes longer over them than they wait
    client = TestClient(application(still, LOOPBACK), base_url="http://127.0.0.1")
    client.get("/sign-in")
    assert 429 in {client.get("/static/mark.svg").status_code for _ in range(300)}


# --- whom the desk lets in from elsewhere ---


@pytest.mark.parametrize(("serving", "open_to_all", "why"), [
    (Serving("0.0.0.0"), True, "账号"), (Serving("192.0.2.7", certificate=Path("c.pem")), True, "账号"),
    (Serving("0.0.0.0"), False, "HTTPS"), (Serving(names=("desk.example",)), False, "HTTPS"),
])  # fmt: skip
def test_others_reach_the_desk_only_with_an_account_and_over_tls(serving: Serving, open_to_all: bool, why: str) -> None:
    with pytest.raises(WorkspaceError, match=why):
        refuse_unsafe(serving, open_to_all)


@pytest.mark.parametrize(("serving", "open_to_all"), [
    (Serving(), True), (Serving("::1"), True), (Serving("0.0.0.0", behind_tls=True), False),
    (Serving("0.0.0.0", certificate=Path("c.pem")), False),
])  # fmt: skip
def test_this_machine_alone_needs_neither(serving: Serving, open_to_all: bool) -> None:
    refuse_unsafe(serving, open_to_all)


def test_which_addresses_are_this_machines_own() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "::1", "localhost", "127.9.9.9")))
    assert not any(map(is_loopback, ("0.0.0.0", "192.0.2.7", "desk.example", "::")))


# --- whole numbers ---


def test_opening_a_whole_number_is_a_line_of_the_ledger(desk: Desk, client: TestClient) -> None:
    put(desk, *phone_paper())
    key = key_of("电话.docx")
    page = client.get(f"/review/{address_of(key)}").text
    assert "138****8000" in page
    assert "13800138000" not in page
    token = token_of(page)
    fields = {"token": token, "paper": key, "path": "phone"}
    answer = client.post("/review/look", data=fields, headers={"HX-Request": "true"})
    assert "13800138000" in answer.text
    [line] = desk.ledger.read(kinds=("looked_at",))
    assert (line.subject, line.data["what"], line.personal) == (key, "phone", None)


def test_what_is_not_masked_needs_no_opening(desk: Desk, client: TestClient) -> None:
    _, card = first_open(desk, "text")
    assert write(client, "/review/look", paper=card.paper, path=card.path).status_code == 409
    assert list(desk.ledger.read(kinds=("looked_at",))) == []
