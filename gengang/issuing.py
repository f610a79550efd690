"""What spends a number: a command of the office, never of the night."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gengang.certificate_numbers import REGISTER_KINDS, number_lines
from gengang.certificate_page import write_check_page
from gengang.drafting import (
    Judged,
    Spent,
    basis_of,
    certificate_drafts,
    is_approved,
    numbered_draft,
    series_of,
    spent_numbers,
)
from gengang.errors import WorkspaceError
from gengang.facts import Fact
from gengang.findings import Finding
from gengang.ledger_register import number_subject
from gengang.night import WITHDRAWN_KINDS, drafts_of, judge, press_of, spent_in_force
from gengang.numbering import (
    VOID_FOLDER,
    Waits,
    checked_reason,
    firsts_of,
    held_by_person,
    issue_plan,
    number_for,
    put_void_ones_aside,
    void,
)
from gengang.papers.certificate import HeldBack
from gengang.papers.draft import Draft
from gengang.press import Pressed, is_ours, press, withdraw
from gengang.roster import Person, Roster
from gengang.signing import Signer, kept_codes, renewed_key
from gengang.under_way import Pass, RunRequest, opened

NOT_APPROVED = Finding("not_approved", "尚未审核：教体局的审核还没有记录，登记册里照此注明。", "", "warn", "G-08")


@dataclass(frozen=True, slots=True)
class Written:
    """What a command wrote. lines: sentences for the terminal; held: how many papers were not released."""

    pressed: tuple[Pressed, ...]
    lines: tuple[str, ...]
    held: int

    @property
    def exit_code(self) -> int:
        """0 done, 1 done with things for a person."""
        return int(self.held > 0)


def issue_papers(request: RunRequest, wanted: Sequence[str], again: str | None = None, seen: str = "") -> Written:
    """Spend the next numbers for everybody who is due, or for those wanted by name or key, and write the finals.

    Somebody who holds a number for the same facts keeps it, and the day on the paper. again: why those wanted get
    another number in the place of theirs, which counts no more. seen: seal of the plan that a person agreed to; where
    it is another one by now, nothing is done. Raises WorkspaceError for that, for a name that nobody or several people
    bear, and for a reason that the register must not keep.
    """
    with opened(request, closed_too=again is None) as under_way:
        judged = judge(under_way)
        roster = judged.season.roster
        keys = wanted_keys(roster, wanted)
        if not judged.scheme.certificates:
            return Written((), ("方案没有规定证书和学时证明，没有可出的。",), 0)
        reason = None if again is None else reason_of(roster, again)
        if reason is not None and not keys:
            raise WorkspaceError("重出证书请写明姓名或人员编号，例如 gengang issue 张三 --again --why 遗失。")
        if seen:
            _refuse_another(under_way, judged, keys, reason is not None, seen)
        found = [one for one in certificate_drafts(judged) if not keys or one.person in keys]
        every = [one for one in found if isinstance(one, Draft)]
        held = held_by_person(under_way)
        mine = {one.person: held.get((series_of(judged.scheme, one), one.person), ()) for one in every}
        due = [one for one in every if not under_way.closed or _holds(one, mine[one.person])]
        numbered = [(one, number_for(under_way, judged, one, mine[one.person], reason)) for one in due]
        waits = [spent for _, spent in numbered if isinstance(spent, Waits)]
        told = _printed(under_way, judged, [(one, spent) for one, spent in numbered if isinstance(spent, Spent)])
        back = [one for one in found if isinstance(one, HeldBack)]
        return _issued(told, back, waits, len(every) - len(due))


def _refuse_another(under_way: Pass, judged: Judged, keys: frozenset[str], again: bool, seen: str) -> None:
    firsts = firsts_of(under_way.ledger, judged.scheme)
    if issue_plan(judged, spent_in_force(under_way), keys, again, firsts, under_way.closed).seal != seen:
        raise WorkspaceError("刚才又有变化（别人发了证书，或者结论变了），一个编号也没有发。请重新看一遍再确认。")


def reason_of(roster: Roster, why: str) -> str:
    """The reason as the register keeps it. WorkspaceError when there is none, or it names somebody."""
    return checked_reason(why, [one.name for one in (*roster.trainees, *roster.mentors)])


@dataclass(frozen=True, slots=True)
class _Printed:
    """What was pressed, and what the office has to know of it."""

    pressed: tuple[Pressed, ...]
    told: tuple[str, ...]


def _printed(under_way: Pass, judged: Judged, numbered: Sequence[tuple[Draft, Spent]]) -> _Printed:
    """The finals pressed and put into the ledger, what they replace put aside, and the 核验页 written again."""
    signer = Signer(under_way)
    codes = kept_codes(number_lines(under_way.ledger.read(kinds=REGISTER_KINDS)))
    dated = [replace(spent, issued_on=spent.issued_on or under_way.as_of) for _, spent in numbered]
    drafts = [
        signer.signed(numbered_draft(judged, draft, one.number, one.issued_on or under_way.as_of),
                      codes.get((one.series, one.number), ""))
        for (draft, _), one in zip(numbered, dated, strict=True)
    ]  # fmt: skip
    pressed = press(drafts, press_of(under_way), lambda done: under_way.told("印证书", done, len(drafts)))
    under_way.ledger.append([
        _issued_fact(under_way, one, spent) for one, spent in zip(pressed, dated, strict=True) if is_ours(one)
    ])  # fmt: skip
    withdraw(drafts_of(under_way, judged).drafts, WITHDRAWN_KINDS, press_of(under_way))
    told = (*signer.told, *_tidied_up(under_way, judged))
    return _Printed(pressed if is_approved(judged) else tuple(map(_not_approved, pressed)), told)


def _not_approved(one: Pressed) -> Pressed:
    """G-08 blocks no certificate; that it was not waited for stands in the register."""
    return one if one.status == "held" else replace(one, findings=(*one.findings, NOT_APPROVED))


def _tidied_up(under_way: Pass, judged: Judged) -> Iterator[str]:
    aside = put_void_ones_aside(under_way)
    if aside:
        yield f"作废的{len(aside)}份已移到 outbox/{VOID_FOLDER}，请把发出去的原件收回。"
    page = write_check_page(under_way, judged.scheme)
    if page:
        yield f"核验页：outbox/{page}（可以拷给学校和领导，不联网也能核验证书）。"


def void_certificate(request: RunRequest, number: str, why: str) -> Written:
    """Voids a number that was spent; nothing takes its place. WorkspaceError for one that was not, or without a reason.

    number: as printed, or as the register calls it.
    """
    with opened(request) as under_way:
        judged = judge(under_way)
        reason = reason_of(judged.season.roster, why)
        subject = void(under_way, judged.scheme, number.strip(), reason)
        told = f"已作废：{number}（{subject}），{reason}。这个编号不会再给任何人。"
        return Written((), (told, *_tidied_up(under_way, judged)), 0)


def renew_key(request: RunRequest) -> Written:
    """Another key signs from now on; the page that checks certificates knows both."""
    with opened(request) as under_way:
        told = renewed_key(under_way)
        write_check_page(under_way, under_way.scheme)
        return Written((), (told,), 0)


def _holds(draft: Draft, mine: Sequence[Spent]) -> bool:
    """Whether somebody holds a number for just this."""
    return any(one.basis == basis_of(draft) and one.issued_on is not None for one in mine)


def wanted_keys(roster: Roster, wanted: Sequence[str]) -> frozenset[str]:
    """Keys of the people named by name or key. Raises WorkspaceError for a name that nobody or several people bear."""
    people = (*roster.trainees, *roster.mentors)
    keys = set()
    for word in wanted:
        named = [one for one in people if word in (one.key, one.name)]
        if len(named) != 1:
            raise WorkspaceError(_not_one(word, named))
        keys.add(named[0].key)
    return frozenset(keys)


def _not_one(word: str, named: Sequence[Person]) -> str:
    if not named:
        return f"花名册里没有“{word}”，请核对姓名，或用 gengang status 查人员编号。"
    listed = "；".join(f"{one.school} {one.name} {one.key}" for one in named)
    return f"叫“{word}”的不止一人，请改用人员编号：{listed}。"


def _issued_fact(under_way: Pass, one: Pressed, spent: Spent) -> Fact:
    year = under_way.scheme.year
    data = {
        "kind": one.draft.kind,
        "sha256": one.docx,
        "pdf": one.pdf,
        "proof": "read back equal",
        "number": number_subject("J" if spent.series == "J" else "X", year, spent.number),
        "issued_on": spent.issued_on.isoformat() if spent.issued_on else "",
    }
    personal = {"code": one.draft.codes[0]} if one.draft.codes else None
    return Fact("paper", one.draft.person, data, under_way.actor, under_way.at, personal)


def _issued(printed: _Printed, back: Sequence[HeldBack], waits: Sequence[Waits], unnumbered: int) -> Written:
    pressed = printed.pressed
    new = sum(one.status == "new" for one in pressed)
    held = [one for one in pressed if one.status == "held"]
    lines = [f"证书：新出{new}份，原样{len(pressed) - new - len(held)}份，未放行{len(held)}份；暂不出证{len(back)}人。"]
    lines += [f"本期已封存，不再发新号：{unnumbered}人没有发过这样的证书。"] if unnumbered else []
    early = sum(NOT_APPROVED in one.findings for one in pressed)
    lines += [f"尚未审核：教体局的审核还没有记录，这{early}份照发，登记册里注明。"] if early else []
    lines += [f"  未放行 {one.draft.file}：{one.findings[0].message}" for one in held]
    lines += [f"  {one.state} {one.name}（{one.clause}）：{one.why}" for one in back]
    lines += [f"  未重出 {one.why}" for one in waits]
    return Written(pressed, (*lines, *printed.told), len(held) + len(back) + len(waits) + unnumbered)


def finals_pressed(under_way: Pass, judged: Judged) -> tuple[Pressed, ...]:
    """Certificates that have their number, pressed again only if they were lost."""
    lines = under_way.ledger.read(kinds=("number_spent", "number_void", "paper"))
    spent = {(one.series, one.person, one.basis): one for one in spent_numbers(lines)}
    finals, signer, codes = [], Signer(under_way), kept_codes(judged.season.numbers)
    for draft in certificate_drafts(judged):
        if isinstance(draft, Draft):
            one = spent.get((series_of(judged.scheme, draft), draft.person, basis_of(draft)))
            if one is not None and one.issued_on is not None:
                final = numbered_draft(judged, draft, one.number, one.issued_on)
                finals.append(signer.signed(final, codes.get((one.series, one.number), "")))
    return press(finals, press_of(under_way))
