"""`gengang decide`: what a person decides beside the rules, with authority, reason and paper."""

from datetime import date
from decimal import Decimal
from typing import Annotated, cast, get_args

import typer

from gengang.cli_shared import HERE, WorkspaceOption, say, settings_here
from gengang.deciding import approve, listed, rule, take_back
from gengang.errors import WorkspaceError
from gengang.intake import actor_here, utc_now
from gengang.rulings import RULING_WORDS, Approval, Ruling, RulingKind
from gengang.under_way import named_day, named_points

_KINDS = tuple(get_args(RulingKind))
_KIND_HELP = f"{', '.join(_KINDS)}; COHORT: approve, return."


def decide(
    person: Annotated[str, typer.Argument(help="Name or key; COHORT for the final record.")] = "",
    kind: Annotated[str, typer.Argument(help=_KIND_HELP)] = "",
    why: Annotated[str, typer.Option(help="The reason, kept with the decision.")] = "",
    by: Annotated[str, typer.Option(help="Who decided.")] = "",
    paper: Annotated[str, typer.Option(help="The paper on which it stands, if any.")] = "",
    decided_on: Annotated[str, typer.Option(help="The day of the decision, YYYY-MM-DD.")] = "",
    on: Annotated[
        list[str] | None, typer.Option(help="A day excused, refused or made up, YYYY-MM-DD; may be repeated.")
    ] = None,
    other: Annotated[str, typer.Option("--with", help="Who takes the place, or the other mentor.")] = "",
    item: Annotated[str, typer.Option(help="Of an appeal, such as R9; of a conclusion, 合格 or 不合格.")] = "",
    points: Annotated[str, typer.Option(help="Of an appeal, such as 5.5.")] = "",
    back: Annotated[int, typer.Option(help="Take the decision with this number back.")] = 0,
    show: Annotated[bool, typer.Option("--list", help="List the decisions that hold.")] = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Excuse, make up, withdraw, substitute, change the mentor, appeal, confirm or release; --list, --back NUMBER."""
    settings, actor, at = settings_here(workspace), actor_here("decide"), utc_now()
    if show:
        say(listed(settings))
    if back:
        say(take_back(settings, back, why, actor, at))
    day = _day(decided_on, "--decided-on")
    if person.upper() == "COHORT" and kind in ("approve", "return"):
        say(approve(settings, Approval(kind == "approve", by, why, day, paper), actor, at))
    if not person or kind not in _KINDS:
        known = "、".join(f"{one}（{word}）" for one, word in RULING_WORDS.items())
        raise WorkspaceError(
            f"请写明对谁、决定什么，例如 gengang decide 张三 release --by 张局长 --why 已补岗。可用：{known}。"
        )
    days = tuple(sorted(one for text in on or () if (one := _day(text, "--on"))))
    wish = Ruling(0, "", cast(RulingKind, kind), why, by, paper, day, days, item, _points(points), other)
    say(rule(settings, person, wish, actor, at))


def _day(text: str, option: str) -> date | None:
    return named_day(text, f"{option} 应写成 2016-12-06 的样子，现在是“{text}”。") if text else None


def _points(text: str) -> Decimal | None:
    return named_points(text, f"--points 应是0到100的分数，现在是“{text}”。") if text else None
