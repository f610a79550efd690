"""Who is in the season of these tests, and how somebody with an account walks in."""

from starlette.testclient import TestClient

from gengang.desk.accounts import Role
from gengang.desk.app import application
from gengang.desk.doorway import LOOPBACK
from gengang.desk.office import Desk
from gengang.facts import Fact
from tests.unit.rosters import id_number, mentor, trainee

ZHANG = trainee()
LI = trainee("李四", "李河中学", "初中", "数学", id_number("19800101", "001"))
GUIDE = mentor()
PERSON = f"/persons/{ZHANG.key}"


def visitor(desk: Desk, role: Role, school: str = "", account: str = "李芳") -> TestClient:
    """Somebody signed in with this role."""
    cookie, _ = desk.sessions.begin(account, role, school)
    desk.accounts.put(account, role, "correct-horse-battery", school)
    client = TestClient(application(desk, LOOPBACK), base_url="http://127.0.0.1", follow_redirects=False)
    client.cookies.set("gengang_desk", cookie)
    return client


def last(desk: Desk) -> Fact:
    """The ledger's last line."""
    return list(desk.ledger.read())[-1]
