"""What spends a number: a command of the office, never of the night."""

from collections.abc import Sequence
from dataclasses import dataclass

from gengang.drafting import (
    Judged,
    Spent,
    basis_of,
    certificate_drafts,
    numbered_draft,
    series_of,
    spent_numbers,
)
from gengang.errors import WorkspaceError
from gengang.facts import Fact
from gengang.ledger_register import number_subject, spend_number
from gengang.night import WITHDRAWN_KINDS, drafts_of, judge, press_of
from gengang.papers.certificate import HeldBack
from gengang.papers.draft import Draft
from gengang.press import Pressed, is_ours, press, withdraw
from gengang.roster import Person, Roster
from gengang.under_way import Pass, RunRequest, opened


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


def issue_papers(request: RunRequest, wanted: Sequence[str]) -> Written:
    """Spend the next numbers for everybody who is due, or for those wanted by name or key, and write the finals.

    Somebody who holds a number for the same facts keeps it, and the day on the paper. Raises WorkspaceError for a name
    that nobody or several people bear.
    """
    with opened(request, closed_too=True) as under_way:
        judged = judge(under_way)
        keys = wanted_keys(judged.season.roster, wanted)
        if not judged.scheme.certificates:
            return Written((), ("方案没有规定证书和学时证明，没有可出的。",), 0)
        found = [one for one in certificate_drafts(judged) if not keys or one.person in keys]
        every = [one for one in found if isinstance(one, Draft)]
        due = [one for one in every if not under_way.closed or _holds(under_way, judged, one)]
        finals = [_final(under_way, judged, draft) for draft in due]
        drafts = [draft for draft, _ in finals]
        pressed = press(drafts, press_of(under_way), lambda done: under_way.told("印证书", done, len(drafts)))
        under_way.ledger.append([
            _issued_fact(under_way, one, spent)
            for one, (_, spent) in zip(pressed, finals, strict=True) if is_ours(one)
        ])  # fmt: skip
        withdraw(drafts_of(under_way, judged).drafts, WITHDRAWN_KINDS, press_of(under_way))
        back = [one for one in found if isinstance(one, HeldBack)]
        return _issued(pressed, back, len(every) - len(due))


def _holds(under_way: Pass, judged: Judged, draft: Draft) -> bool:
    """Whether somebody holds a number for just this."""
    lines = under_way.ledger.read(kinds=("number_spent", "number_void", "paper"))
    mine = (series_of(judged.scheme, draft), draft.person, basis_of(draft))
    return any((one.series, one.person, one.basis) == mine for one in spent_numbers(lines) if one.issued_on is not None)


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


def _final(under_way: Pass, judged: Judged, draft: Draft) -> tuple[Draft, Spent]:
    """The draft with its number: the one held for the same facts with its day, or the next one, dated today's as-of."""
    series, basis = series_of(judged.scheme, draft), basis_of(draft)
    year = judged.scheme.year
    number = spend_number(
        under_way.ledger, "J" if series == "J" else "X", year, draft.person, basis, under_way.actor, under_way.at
    )
    held = spent_numbers(under_way.ledger.read(kinds=("number_spent", "number_void", "paper")))
    mine = next(one for one in held if (one.series, one.number) == (series, number))
    issued_on = mine.issued_on or under_way.as_of
    return numbered_draft(judged, draft, number, issued_on), Spent(series, draft.person, number, basis, issued_on)


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
    return Fact("paper", one.draft.person, data, under_way.actor, under_way.at)


def _issued(pressed: Sequence[Pressed], back: Sequence[HeldBack], unnumbered: int) -> Written:
    new = sum(one.status == "new" for one in pressed)
    held = [one for one in pressed if one.status == "held"]
    lines = [f"证书：新出{new}份，原样{len(pressed) - new - len(held)}份，未放行{len(held)}份；暂不出证{len(back)}人。"]
    lines += [f"本期已封存，不再发新号：{unnumbered}人没有发过这样的证书。"] if unnumbered else []
    lines += [f"  未放行 {one.draft.file}：{one.findings[0].message}" for one in held]
    lines += [f"  {one.state} {one.name}（{one.clause}）：{one.why}" for one in back]
    return Written(tuple(pressed), tuple(lines), len(held) + len(back) + unnumbered)
