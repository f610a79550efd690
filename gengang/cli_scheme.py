"""`gengang init`, `gengang scheme …` and `gengang whatif`: the programme's rules as a file, a page and a question."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from gengang.cli_shared import HERE, WORDS, AsOfOption, JsonOption, WorkspaceOption, settings_here
from gengang.explaining import explained
from gengang.scheme import Scheme
from gengang.schemefile import scheme_from_toml
from gengang.schememoving import Wish
from gengang.timetable import collisions_of, timetable_of
from gengang.under_way import day_of_request, named_day
from gengang.whatif import document_of, what_if
from gengang.workspace import new_workspace, preset_text, presets, scheme_text

scheme_app = typer.Typer(no_args_is_help=True, help="The programme's rules.")
PresetOption = Annotated[
    str, typer.Option("--preset", help="A built-in preset, or a .toml file, instead of the workspace's scheme.")
]
SetOption = Annotated[list[str] | None, typer.Option("--set", help="A rule and its other value; may be repeated.")]


def init(
    target: Annotated[Path, typer.Argument(help="A new folder.")],
    scheme: Annotated[str, typer.Option(help="The preset its scheme begins as, or a .toml file.")] = "county-2016",
    year: Annotated[int, typer.Option(help="The programme's year; every date of the preset moves to it.")] = 0,
    county: Annotated[str, typer.Option(help="The county's name.")] = "",
    authority: Annotated[str, typer.Option(help="The education authority, such as 安和县教育体育局.")] = "",
    office: Annotated[str, typer.Option(help="The office's own body, such as 安和县教师进修学校.")] = "",
    base_school: Annotated[str, typer.Option(help="The school that receives the trainees.")] = "",
    start: Annotated[str, typer.Option(help="First day of a window that the preset leaves open, YYYY-MM-DD.")] = "",
    end: Annotated[str, typer.Option(help="Last day of a window that the preset leaves open, YYYY-MM-DD.")] = "",
) -> None:
    """A new workspace with a preset's scheme, moved to a year and a county."""
    wish = Wish(year, county, authority, office, base_school, _day("--start", start), _day("--end", end))
    for note in new_workspace(target, scheme, wish):
        WORDS.print(f"请看一下：{note}", markup=False, soft_wrap=True)
    made = scheme_from_toml((target / "scheme.toml").read_text(encoding="utf-8"))
    print(f"工作区已建好：{target}。请放入 {_brought(made)}，收到的材料放进 inbox/，再运行 gengang run。")


def _brought(scheme: Scheme) -> str:
    """What the office brings; a plan of one's own has nobody to sign up."""
    alone = scheme.participants.kind == "individual"
    return "写有本人一行的 roster.xlsx" if alone else "学校一览表.xlsx 或 roster.xlsx"


def _day(option: str, text: str) -> date | None:
    return named_day(text, f"{option} 应写成 2016-09-01 的样子，现在是“{text}”。") if text else None


@scheme_app.command()
def explain(workspace: WorkspaceOption = HERE, preset: PresetOption = "") -> None:
    """The scheme as a Chinese page: every clause with our reading and its switch, open questions, days, unknowns."""
    text = _text(workspace, preset)
    print(explained(scheme_from_toml(text), text), end="")


@scheme_app.command()
def timetable(workspace: WorkspaceOption = HERE, preset: PresetOption = "") -> None:
    """工作日程表: every event and due day in order, with who must do what, and which days do not go together."""
    scheme = scheme_from_toml(_text(workspace, preset))
    for line in timetable_of(scheme):
        print(f"{line.when}\t{line.what}\t{'、'.join(line.who)}\t{line.clause}")
    for finding in collisions_of(scheme):
        print(f"注意：{finding.message}（{finding.clause}）")


@scheme_app.command()
def check(workspace: WorkspaceOption = HERE, preset: PresetOption = "") -> None:
    """Whether the scheme file can be used; all its faults with their places."""
    scheme = scheme_from_toml(_text(workspace, preset))
    print(f"{scheme.title}：可以使用。没有写明的{len(scheme.unknowns)}处，用 gengang scheme explain 查看。")


@scheme_app.command("presets")
def list_presets() -> None:
    """The built-in presets."""
    for name, title in presets():
        print(f"{name}\t{title}")


def _text(workspace: Path, preset: str) -> str:
    return preset_text(preset) if preset else scheme_text(settings_here(workspace))


def whatif(
    changes: SetOption = None, workspace: WorkspaceOption = HERE, as_of: AsOfOption = "", as_json: JsonOption = False
) -> None:
    """Who would be judged otherwise under another rule, such as --set evaluation.pass_at=65; writes nothing."""
    found = what_if(settings_here(workspace), tuple(changes or ()), day_of_request(as_of))
    if as_json:
        print(json.dumps(document_of(found), ensure_ascii=True, indent=1))
        return
    for line in found.lines:
        print(line)
