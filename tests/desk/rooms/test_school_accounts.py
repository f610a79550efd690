"""Law: whatever a school's account asks of whatever address, it never sees a person whom it neither sent nor hosts."""

import io
import re
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from httpx2 import Response
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.routing import Route
from starlette.testclient import TestClient

from gengang.desk.app import application
from gengang.desk.office import Desk
from gengang.desk.pace import Buckets, Pace
from gengang.desk.views.queue import papers_to_show
from gengang.facts import Fact
from gengang.ledger import open_ledger
from gengang.roster import Pair, Roster
from gengang.rosterfile import write_school_table
from gengang.season import roster_facts
from gengang.settings import Settings, settings_of
from gengang.under_way import scheme_fact
from gengang.workspace import new_workspace
from tests.desk.desks import token_of
from tests.desk.rooms.people import LI, ZHANG, visitor
from tests.unit.facts_of_papers import AT, ME, came, key_of, read
from tests.unit.rosters import BASE, SCHOOLS, ZHANGCUN, id_number, mentor, school, trainee

FAR = school("东山实验学校", rural=False, order=6, base=True)
WANG = trainee("王小五", "王沟学校", "小学", "语文", id_number("19850101", "001"))
NEAR_GUIDE = mentor("周明远", number=id_number("19700101", "213"))
FAR_GUIDE = replace(mentor("赵东山", number=id_number("19700102", "215")), school=FAR.name, phone="13700137000")
EVERYBODY = (ZHANG, replace(LI, phone="13600136000"), replace(WANG, phone="13500135000"), NEAR_GUIDE, FAR_GUIDE)
OWN = {  # account's school -> who is there, and whose name it may read: those whom it sent have a mentor
    ZHANGCUN.name: {ZHANG.name, NEAR_GUIDE.name},
    BASE.key: {ZHANG.name, LI.name, NEAR_GUIDE.name},
    FAR.name: {WANG.name, FAR_GUIDE.name},
    "没有这所学校": set(),
}
SAME = "今天听了一节分数的意义，老师用分月饼引入，学生参与积极，我认识到要让学生自己动手，回去要改进自己的教学。" * 4


@pytest.fixture
def workspace(tmp_path: Path) -> Settings:
    """Two base schools; two people handed in the very same words, one through another's school."""
    settings = replace(settings_of(tmp_path / "season", {}), settle_seconds=0.0)
    new_workspace(settings.workspace, "county-2016")
    schools = (*SCHOOLS, FAR)
    write_school_table(schools, settings.workspace / "学校一览表.xlsx")
    roster = Roster(schools, EVERYBODY[:3], EVERYBODY[3:], (
        Pair(ZHANG.key, NEAR_GUIDE.key), Pair(LI.key, NEAR_GUIDE.key), Pair(WANG.key, FAR_GUIDE.key)))  # fmt: skip
    ledger = open_ledger(settings)
    rules = scheme_fact(settings.scheme.read_text("utf-8"), ME, AT)
    ledger.append([rules, *roster_facts(roster, "0" * 64, "workbook", ME, AT), *papers()])
    ledger.close()
    return settings


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk that nobody is too quick for."""
    return replace(desk, requests=Buckets(Pace(100_000, 100_000.0), time.monotonic))


def papers() -> Iterator[Fact]:
    """What came: from each their own, and from one through another's school and in another's mail."""
    for number, (one, folder) in enumerate(((ZHANG, "张村小学"), (WANG, "张村小学"), (LI, "李河中学"))):
        name = f"反思{number}.docx"
        yield came(f"2016-12-05 {folder}/{one.name}的{name}".replace(f"{one.name}的", ""), "2016-12-05")
        yield read(name, "reflection", one, {"strengths": SAME, "title": "分数的意义"}, review={"improvements": "待改"})
    yield came(f"2016-12-06 张村小学/{WANG.name}和{ZHANG.name}.docx", "2016-12-06")
    yield read(f"{WANG.name}和{ZHANG.name}.docx", "appraisal", ZHANG, {"self_appraisal": "收获很大。"})


POOL = {
    "key": [*(one.key for one in EVERYBODY), BASE.key, FAR.key, ZHANGCUN.key, "x"],
    "sha": [key_of("反思0.docx").partition("#")[0], key_of("反思1.docx").partition("#")[0], "0" * 64],
    "index": ["0", "1"], "page": ["1", "2"], "kind": ["appeal", "seen", "said", "requirement"],
    "debtor": ["trainee", "school"], "subject": ["J-2016-000001"], "sha256": ["0" * 64],
    "name": ["missing", "came", "ready", "others", "excerpt", "issue"], "about": ["规模", "材料"],
}  # fmt: skip
QUERY = (
    "school",
    "stage",
    "subject",
    "state",
    "name",
    "page",
    "item",
    "role",
    "path",
    "form",
    "since",
    "month",
    "kind",
)
WORDS = (
    "",
    "王沟学校",
    "李河中学",
    "小学",
    "初中",
    "缺件",
    "王小五",
    "李四",
    "R9",
    "college",
    "strengths",
    "2016-10",
    "1",
)


def text_of(answer: Response) -> str:
    """Everything that an answer says: of a workbook what its parts say, of an address what it stands for."""
    said = [unquote(one) for one in answer.headers.values()]
    if answer.content.startswith(b"PK"):
        book = zipfile.ZipFile(io.BytesIO(answer.content))
        return "".join((*said, *(book.read(name).decode("utf-8", "replace") for name in book.namelist())))
    return "".join((*said, unescape(answer.text)))


def secrets_from(account: str) -> frozenset[str]:
    """What no answer to this account may say."""
    foreign = [one for one in EVERYBODY if one.name not in OWN[account]]
    whole = {word for one in EVERYBODY for word in (one.id_number, one.phone) if word}
    mentors_of_sent = {NEAR_GUIDE.key} if account == ZHANGCUN.name else set()
    return frozenset({word for one in foreign for word in (one.name, one.key)} | whole | mentors_of_sent)


def addresses(desk: Desk) -> Iterator[tuple[str, str]]:
    """Method and path of every route, with everything that may stand in it."""
    for route in application(desk).routes:
        if isinstance(route, Route) and route.path not in ("/sign-out", "/password"):
            paths = [route.path]
            for name in re.findall(r"{(\w+)", route.path):
                paths = [re.sub(rf"{{{name}[^}}]*}}", value, path) for path in paths for value in POOL[name]]
            method = "GET" if "GET" in (route.methods or ()) else "POST"
            yield from ((method, path) for path in paths)


def asked(client: TestClient, method: str, path: str, words: dict[str, str]) -> Response:
    """What the account gets; a session keeps its token."""
    if method == "GET":
        return client.get(path, params=words)
    if "X-Desk-Token" not in client.headers:
        client.headers["X-Desk-Token"] = token_of(client.get("/persons").text)
    return client.post(path, data=words)


@pytest.mark.parametrize("account", OWN)
def test_no_address_shows_a_school_anybody_elses_people(desk: Desk, account: str) -> None:
    client, secrets, head = visitor(desk, "school", account), secrets_from(account), desk.ledger.head()
    served = 0
    for method, path in addresses(desk):
        answer = asked(client, method, path, {})
        said = text_of(answer)
        served += answer.status_code == 200
        own_path = {word for word in secrets if word in unquote(path)}
        assert [word for word in secrets - own_path if word in said] == [], (method, path)
    assert desk.ledger.head() == head
    assert served >= 2
    assert {one.name for one in EVERYBODY if one.name in text_of(client.get("/persons/matrix.xlsx"))} <= OWN[account]


ASKED = st.tuples(st.sampled_from(sorted(OWN)), st.integers(0, 10_000), st.dictionaries(
    st.sampled_from(QUERY), st.sampled_from(WORDS), max_size=4))  # fmt: skip


def test_nor_does_any_question(desk: Desk) -> None:
    every = list(addresses(desk))
    clients = {account: visitor(desk, "school", account) for account in OWN}
    open_ones = [one for one in every if asked(clients[BASE.key], *one, {}).status_code != 403]

    @hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(ASKED)
    def holds(question: tuple[str, int, dict[str, str]]) -> None:
        account, number, words = question
        method, path = open_ones[number % len(open_ones)]
        said = text_of(asked(clients[account], method, path, words))
        typed = {word for word in secrets_from(account) if word in words.values() or word in path}
        assert [word for word in secrets_from(account) - typed if word in said] == [], (method, path, words)

    holds()


def test_a_whole_number_is_opened_by_no_school(desk: Desk) -> None:
    client = visitor(desk, "school", ZHANGCUN.name)
    answer = asked(client, "POST", f"/persons/{ZHANG.key}/number", {"what": "id_number"})
    assert (answer.status_code, ZHANG.id_number in answer.text) == (403, False)


def test_pictures_of_papers_are_the_offices(desk: Desk) -> None:
    assert list(papers_to_show(desk.standings.now().standing)) != []
    client = visitor(desk, "school", ZHANGCUN.name)
    sha = key_of("反思0.docx").partition("#")[0]
    for path in (f"/picture/{sha}/0/1", f"/crop/{sha}/0", f"/pages/{sha}/0", f"/review/{sha}/0"):
        assert client.get(path).status_code == 403
