"""What the December packet holds: the 15 parts of the showcase in two volumes, one for the room and one for the office.

The volume for the room has no paper on which anybody's score, ID number or private telephone stands, and none that
names who lacks something; essays and reports bear grades, so they are bound in the office's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gengang.errors import WorkspaceError
from gengang.office.catalogue import KINDS
from gengang.office.kinds import Asking, Material, PaperKind
from gengang.office.meeting_words import showcase_of
from gengang.papers.draft import Draft
from gengang.papers.words import masked

HANDBOOK, OFFICE = "会议手册", "办公室底册"
COMMENDED = "已确定的表彰名单"  # the other 表彰名单 is the office's, with scores to tick by
NOT_FOR_THE_ROOM = ("得分", "总分", "不合格", "缓发", "缺勤", "旷课", "通报批评", "未交")
SEALED = frozenset({
    "certificate", "hours_certificate", "appraisal", "meeting_notice", "commendation",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartPlan:
    """One of the 15 parts. kinds: names of the office papers of which it is made, in their order."""

    number: str
    title: str
    kinds: tuple[str, ...]

    @property
    def heading(self) -> str:
        """`01　会议通知`."""
        return f"{self.number}　{self.title}" if self.number else self.title


PLAN: Mapping[str, tuple[PartPlan, ...]] = {
    HANDBOOK: (
        PartPlan("01", "会议通知", ("会议通知",)), PartPlan("02", "议程", ("议程",)),
        PartPlan("03", "主持词", ("主持词",)), PartPlan("04", "参会人员名单", ("参会人员名单",)),
        PartPlan("05", "座次图", ("座次图",)), PartPlan("06", "汇报顺序及时长", ("汇报顺序",)),
        PartPlan("07", "汇报材料目录", ("汇报材料目录",)),
        PartPlan("08", "表彰名单及表彰通报", (COMMENDED, "表彰通报")),
        PartPlan("11", "展示材料清单", ("展示材料清单",)), PartPlan("12", "成果汇编目录", ("成果汇编目录",)),
        PartPlan("14", "新闻通稿草稿", ("新闻通稿",)),
    ),
    OFFICE: (
        PartPlan("09", "证书发放清单", ("证书发放清单",)), PartPlan("10", "签到表", ("签到表",)),
        PartPlan("13", "会务分工", ("会务分工",)), PartPlan("15", "缺件及未到情况", ("缺件及未到情况",)),
        PartPlan("", "证书缓发及不发情况", ("证书缓发及不发情况",)),
        PartPlan("", "表彰候选名单", ("表彰名单",)),
    ),
}  # fmt: skip
# Papers of the season that the office's volume holds behind its parts: kind -> heading.
SEASON: Mapping[str, str] = {
    "cohort_report": "终结性学情报告",
    "plain_report": "研修情况报告",
    "certificate": "培训结业证书",
    "hours_certificate": "学时证明书",
    "appraisal": "学员鉴定表",
    "missing_list": "缺件清单",
}
OF_A_SCHOOL = ("certificate", "hours_certificate", "appraisal")
WORKS_HEADING = "成果汇编（原件）"


def drafts_of_plan(material: Material, plan: Sequence[PartPlan]) -> dict[str, tuple[Draft, ...]]:
    """Heading -> the drafts of each part, all of the showcase."""
    event = showcase_of(material)
    if event is None:
        return {}
    asking = Asking(event=event.id)
    known = {kind.name: kind for kind in KINDS}
    found = {}
    for part in plan:
        drafts = [draft for name in part.kinds for draft in _drafts(known.get(name), material, asking)]
        found[part.heading] = tuple(drafts)
    return found


def _drafts(kind: PaperKind | None, material: Material, asking: Asking) -> tuple[Draft, ...]:
    """None where the paper cannot be made now; printed alone it says why."""
    try:
        return kind.drafts(material, asking) if kind else ()
    except WorkspaceError:
        return ()


def private_in(pages: Sequence[str]) -> Iterator[int]:
    """Numbers, from 1, of the pages not for the room: an ID number, a private telephone, a score, a failing."""
    for number, text in enumerate(pages, 1):
        plain = "".join(text.split())
        if masked(plain) != plain or any(word in plain for word in NOT_FOR_THE_ROOM):
            yield number
