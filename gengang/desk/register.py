"""登记册: every certificate with what became of it; voided with a reason, and checked by number, code or picture."""

import tempfile
from pathlib import Path

from starlette.responses import Response

from gengang.certificate_numbers import REGISTER_KINDS, number_lines
from gengang.certificates_checked import checked_certificate
from gengang.desk.recorded import fold_small
from gengang.desk.routing import Visit, read, see_other, show, write
from gengang.desk.views.leaves import page_typed
from gengang.desk.views.register import STATES, Entry, entries_of, entry_of, events_of, register_page, said_of
from gengang.desk.views.wording import at_desk
from gengang.errors import WorkspaceError
from gengang.filenames import legal_name
from gengang.intake import utc_now
from gengang.issuing import void_certificate
from gengang.papers.words import masked
from gengang.signed import is_signed_text
from gengang.under_way import RunRequest

LARGEST_PICTURE = 40 << 20  # bytes
ABSENT = "登记册里没有这个编号。请照证书上的样子写全，例如 安教训结字〔2016〕第0001号。"


def register(visit: Visit) -> Response:
    """The register."""
    return _page(visit, "")


def find(visit: Visit) -> Response:
    """The same of a name or a number; a name never stands in an address."""
    return _page(visit, visit.form.get("name", "").strip())


def _page(
    visit: Visit, wanted: str, checked: tuple[str, ...] = (), genuine: bool = False, number: str = ""
) -> Response:  # fmt: skip
    now = visit.now()
    view = register_page(now.standing, visit.query("state"), wanted, page_typed(visit.query("page")))
    return show(
        visit, "register.html", view=view, state=visit.query("state"), wanted=wanted, states=STATES, checked=checked,
        genuine=genuine, number=number, may_keep=visit.may("clerk"),
    )  # fmt: skip


def certificate(visit: Visit) -> Response:
    """One number and its history."""
    return _one(visit, _entry(visit), "")


def _entry(visit: Visit) -> Entry:
    entry = entry_of(visit.now().standing, visit.path("subject"))
    if entry is None:
        raise WorkspaceError(ABSENT)
    return entry


def _one(visit: Visit, entry: Entry, fault: str) -> Response:
    now = visit.now()
    return show(
        visit, "register_one.html", 422 if fault else 200, entry=entry, events=events_of(now.standing, entry.subject),
        fault=fault, why=visit.form.get("why", "") if fault else "", may_void=visit.may("senior"),
        may_keep=visit.may("clerk"), stale=not now.is_current, sequence=now.standing.sequence,
    )  # fmt: skip


def void(visit: Visit) -> Response:
    """A number counts no more."""
    entry, seen = _entry(visit), visit.form.get("seen", "")
    last = events_of(visit.now().standing, entry.subject)[-1]
    if seen != str(last.seen):
        raise WorkspaceError(f"{last.who}在{last.when}刚改过这一号（{last.words}），您的没有保存。请刷新后再看。")
    request = RunRequest(visit.desk.settings, None, visit.actor("void"), utc_now(), lambda *_: None)
    try:
        void_certificate(request, entry.subject, visit.form.get("why", ""))
    except WorkspaceError as fault:
        return _one(visit, entry, at_desk(str(fault)))
    fold_small(visit)
    return see_other(f"/issuing/register/{entry.subject}")


def verify(visit: Visit) -> Response:
    """Whether a certificate is ours and counts: by its number, by the text of its code, or by a picture of it."""
    upload, typed = visit.files.get("picture"), visit.form.get("number", "").strip()
    data = upload.file.read(LARGEST_PICTURE + 1) if upload is not None and upload.filename else b""
    if len(data) > LARGEST_PICTURE:
        raise WorkspaceError("图片超过 40 MB，请拍小一点再传。")
    if upload is not None and data:
        with tempfile.TemporaryDirectory(prefix="gengang-desk-") as folder:
            path = Path(folder) / legal_name(Path(upload.filename or "证书").name)
            path.write_bytes(data)
            found = checked_certificate(visit.desk.settings, str(path))
    elif is_signed_text(typed):
        found = checked_certificate(visit.desk.settings, typed)
    elif typed:
        lines = number_lines(visit.desk.standings.lines(REGISTER_KINDS))  # one that is void since the fold is void
        every = entries_of(visit.now().standing, lines)
        entry = next((one for one in every if typed in (one.number, one.subject)), None)
        return _page(visit, "", (ABSENT,) if entry is None else said_of(entry), bool(entry and entry.in_force), typed)
    else:
        raise WorkspaceError("请写证书编号，或选证书的照片、PDF。")
    return _page(visit, "", tuple(masked(line) for line in found.lines), found.exit_code == 0)


ROUTES = (
    read("/issuing/register", register),
    write("/issuing/register/find", find, "reader"),
    write("/issuing/register/verify", verify, "reader"),
    read("/issuing/register/{subject}", certificate),
    write("/issuing/register/{subject}/void", void, "senior"),
)
