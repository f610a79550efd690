"""Signing in and out, and one's own password."""

from starlette.responses import Response

from gengang.desk.routing import SIGN_IN, Visit, read, see_other, show, write
from gengang.desk.sessions import cookie_header
from gengang.errors import WorkspaceError

WRONG = "账号或密码不对。"
WAIT = "试得太多了，请过几分钟再试。"


def form(visit: Visit) -> Response:
    """The page; a desk without accounts has none."""
    if visit.session.role is not None:
        return see_other("/")
    return show(visit, "sign_in.html", said="", name="")


def sign_in(visit: Visit) -> Response:
    """A right password begins a new session: a cookie that was planted before is worth nothing after."""
    name, password = visit.form.get("name", "").strip(), visit.form.get("password", "")
    buckets, client = visit.desk.passwords, visit.request.client
    keys = (f"name {name}", f"from {client.host if client else ''}")
    allowed = [buckets.take(key) for key in keys]  # both are counted
    if not all(allowed):
        return _again(visit, name, WAIT, 429)
    account = visit.desk.accounts.admits(name, password)
    if account is None:
        return _again(visit, name, WRONG, 401)
    for key in keys:
        buckets.give_back(key)
    visit.desk.sessions.end(visit.session)
    cookie, _ = visit.desk.sessions.begin(account.name, account.role, account.school)
    response = see_other("/")
    response.headers["set-cookie"] = cookie_header(cookie, visit.desk.secure)
    return response


def sign_out(visit: Visit) -> Response:
    """The session ends here and in every other window."""
    visit.desk.sessions.end(visit.session)
    return see_other(SIGN_IN)


def password_form(visit: Visit) -> Response:
    """One's own password."""
    return show(visit, "password.html", said="")


def change_password(visit: Visit) -> Response:
    """Another password, which ends every session of the account."""
    name, accounts = visit.session.account, visit.desk.accounts
    account = accounts.admits(name, visit.form.get("old", "")) if visit.desk.passwords.take(f"name {name}") else None
    if account is None:
        return show(visit, "password.html", 401, said="原来的密码不对。")
    if visit.form.get("new", "") != visit.form.get("again", ""):
        return show(visit, "password.html", 409, said="两次写的新密码不一样。")
    try:
        accounts.put(name, account.role, visit.form.get("new", ""), account.school)
    except WorkspaceError as fault:
        return show(visit, "password.html", 409, said=str(fault))
    visit.desk.passwords.give_back(f"name {name}")
    visit.desk.sessions.end_of(name)
    return see_other(SIGN_IN)


def _again(visit: Visit, name: str, said: str, status: int) -> Response:
    return show(visit, "sign_in.html", status, said=said, name=name)


ROUTES = (
    read(SIGN_IN, form, None),
    write(SIGN_IN, sign_in, None),
    write("/sign-out", sign_out, "school"),
    read("/password", password_form, "school"),
    write("/password", change_password, "school"),
)
