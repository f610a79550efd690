"""A senior's word on what was learnt: a wording or a raised threshold is not to be used, or may be after all."""

from gengang.errors import WorkspaceError
from gengang.learned import LEARNED, Group, State, alias_fact, alias_lines, refusal_fact, refused_groups
from gengang.ledger import kept_ledger
from gengang.ledger_lease import lease
from gengang.recording import Desk

MEANWHILE = "这一条刚刚被别人改过，您的没有保存。请刷新后再看。"


def say_of_wording(desk: Desk, number: int, refused: bool, why: str) -> None:
    """number: of the last line of a wording, as it was shown. Raises WorkspaceError where another came since, and for a
    refusal without a reason.
    """
    _reason(refused, why)
    with kept_ledger(desk.settings) as ledger, lease(ledger, str(desk.actor)):
        line = next((one for one in alias_lines(ledger.read(kinds=(LEARNED,))) if one.number == number), None)
        if line is None or (line.state == "refused") == refused:
            raise WorkspaceError(MEANWHILE)
        state: State = "refused" if refused else "in_use"
        ledger.append([alias_fact(line.alias, state, why.strip(), desk.actor, desk.at)])


def say_of_threshold(desk: Desk, group: Group, refused: bool, why: str) -> None:
    """group: medium and codec. Raises WorkspaceError where somebody said the same since, and without a reason."""
    _reason(refused, why)
    with kept_ledger(desk.settings) as ledger, lease(ledger, str(desk.actor)):
        if (group in refused_groups(ledger.read(kinds=(LEARNED,)))) == refused:
            raise WorkspaceError(MEANWHILE)
        ledger.append([refusal_fact(group, refused, why.strip(), desk.actor, desk.at)])


def _reason(refused: bool, why: str) -> None:
    if refused and not why.strip():
        raise WorkspaceError("请写明理由。")
