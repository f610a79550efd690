"""`gengang papers export`: people and hours in a copy of a provincial platform's own sample workbook."""

from dataclasses import dataclass
from pathlib import Path

from gengang.judging import judged_of
from gengang.night import material_of
from gengang.office.platform_values import KNOWN, Rows, rows_of
from gengang.papers.draft import file_name
from gengang.platform_columns import Heads, filled, heads_of, opened
from gengang.under_way import RunRequest
from gengang.under_way import opened as workspace_opened
from gengang.workbook import write_whole

FOLDER = "平台导入"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written; exit code 1 where a column stays empty or somebody is left out."""

    lines: tuple[str, ...]
    exit_code: int
    path: Path


def export(request: RunRequest, head: Path, mentors: bool, everybody: bool) -> Exported:
    """Fill the columns that are known. Raises WorkspaceError for a sample that cannot be opened or has no headings."""
    book = opened(head)
    heads = heads_of(book, KNOWN)
    with workspace_opened(request) as under_way:
        judged = judged_of(under_way.ledger.read(), under_way.scheme, under_way.as_of)
        rows = rows_of(material_of(under_way, judged), mentors, everybody)
        data = filled(book, heads, rows.rows)
        name = file_name(head.stem, "指导教师" if mentors else "学员")
        path = under_way.settings.outbox / FOLDER / f"{name}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
    lines = (f"已写出{len(rows.rows)}人：outbox/{FOLDER}/{name}.xlsx。", *_asides(heads, rows))
    return Exported(lines, int(len(lines) > 1), path)


def _asides(heads: Heads, rows: Rows) -> tuple[str, ...]:
    """What a person should look at before it is sent."""
    said = []
    if heads.samples:
        said.append(f"样表表头下面原有{heads.samples}行（示例），已换成本期人员。")
    if heads.others:
        said.append(f"这些列程序不认识，留空待填：{'、'.join(heads.others)}。")
    blank = [number for number, row in enumerate(rows.rows, 1) if "id_number" in heads.columns.values()
             and not row["id_number"]]  # fmt: skip
    if blank:
        said.append(f"没有身份证号的有{len(blank)}人，请补上：第{'、'.join(map(str, blank[:10]))}行。")
    if rows.without:
        said.append(f"不认定学时、没有写出的有{rows.without}人。")
    if rows.left:
        names = "、".join(rows.left[:10]) + ("等" if len(rows.left) > 10 else "")
        said.append(f"学时未定、没有写出的有{len(rows.left)}人：{names}（加 --all 全部写出）。")
    return tuple(said)
