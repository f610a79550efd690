"""方案设置: the scheme as a page beside its clauses; what a senior changes is proved and weighed before it is made."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from gengang.amending import Amendment, amend, amendments_of, hash_of, text_with, would_change
from gengang.desk.recorded import attachment, fold_small
from gengang.desk.routing import Room, Visit, read, see_other, show, write
from gengang.desk.standing import Standing
from gengang.desk.views.rule_changes import change_page, past_changes
from gengang.desk.views.rule_words import MEASURES, PERS
from gengang.desk.views.rules import scheme_page, wanted_of
from gengang.errors import WorkspaceError
from gengang.explaining import SEVERITY_WORDS
from gengang.intake import utc_now
from gengang.papers.missing import KINDS
from gengang.rubricbook import rubric_book, text_with_rubric
from gengang.schemefile import scheme_from_toml
from gengang.schememoving import Wish, moved
from gengang.schemeparts import with_new_part, without_old_part
from gengang.schemeplaces import in_toml, with_part, without_part
from gengang.whatif import WhatIf
from gengang.workspace import scheme_text

LARGEST_BOOK = 2 << 20  # bytes of a workbook with the rubric
LEADING_GROUP = "organisation.leading_group"
GONE = "这一页已经过期，请重新改一次。"
ELSEWHERE = "方案刚刚被别人改过，您的没有保存。请重新打开方案设置再改。"


@dataclass(frozen=True, slots=True)
class Draft:
    """A scheme that somebody thinks of. seen: hash of the file it was made from; notes: what to look at in it."""

    text: str
    seen: str
    notes: tuple[str, ...] = ()


def rules(visit: Visit) -> Response:
    """The scheme."""
    standing, text = visit.now().standing, scheme_text(visit.desk.settings)
    stems = tuple((stem, form.title) for stem, form in sorted(standing.forms.items()))
    stated = standing.of(hash_stated)
    return show(
        visit, "rules.html", view=scheme_page(text), may_change=visit.may("senior"),
        measures=(*MEASURES, *stems), pers=PERS, severities=tuple(SEVERITY_WORDS.items()), debtors=tuple(KINDS.items()),
        stems=stems,
        past=past_changes(standing.of(amendments), text)[:20], pending=stated not in ("", hash_of(text)),
    )  # fmt: skip


def hash_stated(standing: Standing) -> str:
    """Of the rules in force, as the ledger has them; empty before it has any."""
    return next((str(fact.data["sha256"]) for fact in reversed(standing.facts) if fact.kind == "scheme"), "")


def amendments(standing: Standing) -> tuple[Amendment, ...]:
    """The changes that were made."""
    return amendments_of(standing.facts)


def rubric_out(visit: Visit) -> Response:
    """The rubric as a workbook."""
    return attachment(rubric_book(scheme_from_toml(scheme_text(visit.desk.settings))), "考核细则.xlsx")


# --- what is thought of ------------------------------------------------------------------------------------------


def think_places(visit: Visit) -> Response:
    """Other values at some places."""
    text = _as_seen(visit)
    wanted = wanted_of(scheme_page(text), visit.form)
    return _begin(visit, Draft(text_with(text, wanted), hash_of(text)))


def think_names(visit: Visit) -> Response:
    """Another year, which moves every date, or another name of a body, wherever it stands."""
    text = _as_seen(visit)
    names = {name: value for name, _, value in scheme_page(text).names}
    typed = {name: visit.form.get(name, "").strip() for name in names}
    other = {name: value if value != names[name] else "" for name, value in typed.items()}
    year = other["year"] or "0"
    if not year.isdigit():
        raise WorkspaceError(f"年份应写成 2016 的样子，现在是“{year}”。")
    wish = Wish(int(year), other["county"], other["authority"], other["college"], other["base_school"])
    made = moved(text, wish)
    return _begin(visit, Draft(made.text, hash_of(text), made.notes))


def think_group(visit: Visit) -> Response:
    """Somebody joins the leading group, or leaves it."""
    text, leaves = _as_seen(visit), visit.form.get("leaves", "")
    if leaves.isdigit():
        return _begin(visit, Draft(without_part(text, LEADING_GROUP, int(leaves)), hash_of(text)))
    said = {name: visit.form.get(name, "").strip() for name in ("role", "name", "duty")}
    if not said["role"] or not said["name"]:
        raise WorkspaceError("请写明职务和姓名。")
    lines = [f"{name} = {in_toml(value)}" for name, value in said.items() if value]
    return _begin(visit, Draft(with_part(text, LEADING_GROUP, lines), hash_of(text)))


def think_part(visit: Visit) -> Response:
    """A task, a document or a certificate more, or one less."""
    text, kind, leaves = _as_seen(visit), visit.path("kind"), visit.form.get("leaves", "")
    made = without_old_part(text, kind, leaves) if leaves else with_new_part(text, kind, visit.form)
    return _begin(visit, Draft(made, hash_of(text)))


def think_rubric(visit: Visit) -> Response:
    """Another rubric, from a workbook."""
    text = _as_seen(visit)
    upload = visit.files.get("book")
    data = upload.file.read(LARGEST_BOOK + 1) if upload is not None else b""
    if not data or len(data) > LARGEST_BOOK:
        raise WorkspaceError("请选考核细则的 .xlsx 文件。")
    return _begin(visit, Draft(text_with_rubric(text, scheme_from_toml(text), data), hash_of(text)))


def _as_seen(visit: Visit) -> str:
    """The file, which is what the visitor was shown."""
    text = scheme_text(visit.desk.settings)
    if visit.form.get("seen") != hash_of(text):
        raise WorkspaceError(ELSEWHERE)
    return text


def _begin(visit: Visit, draft: Draft) -> Response:
    now, old = visit.now(), scheme_text(visit.desk.settings)
    work: Callable[[], WhatIf] = lambda: would_change(now.judged, now.standing.facts, old, draft.text)  # noqa: E731
    return see_other(f"/scheme/change/{visit.desk.previews.begin(visit.session.key, draft, work)}")


def change(visit: Visit) -> Response:
    """Its faults, or who would be judged otherwise, and the form that makes it so."""
    found = visit.desk.previews.of(visit.session.key, visit.path("name"), Draft, WhatIf)
    if found is None:
        raise WorkspaceError(GONE)
    view = change_page(found.found, found.about.text) if found.found else None
    return show(visit, "rules_change.html", preview=found, view=view)


def make(visit: Visit) -> Response:
    """The change is made."""
    found = visit.desk.previews.of(visit.session.key, visit.path("name"), Draft, WhatIf)
    if found is None or found.found is None:
        raise WorkspaceError(GONE)
    draft, why = found.about, visit.form.get("why", "")
    amend(visit.desk.settings, draft.seen, draft.text, why, visit.actor("scheme"), utc_now())
    fold_small(visit)
    return see_other("/scheme#past")


ROOM = Room(
    "scheme",
    "方案设置",
    "/scheme",
    "reader",
    (
        read("/scheme", rules),
        read("/scheme/rubric.xlsx", rubric_out),
        write("/scheme/places", think_places, "senior"),
        write("/scheme/names", think_names, "senior"),
        write("/scheme/rubric", think_rubric, "senior"),
        write("/scheme/group", think_group, "senior"),
        write("/scheme/part/{kind}", think_part, "senior"),
        read("/scheme/change/{name}", change, "senior"),
        write("/scheme/change/{name}", make, "senior"),
    ),
    warm=(hash_stated, amendments),
)
