"""Office papers of the part 准备."""

from gengang.office.kinds import PaperKind
from gengang.office.programme import programme_drafts
from gengang.office.returned import returned_drafts
from gengang.office.sign_up import letter_drafts, review_drafts
from gengang.office.work_calendar import calendar_drafts

KINDS: tuple[PaperKind, ...] = (
    PaperKind("研修方案", "准备", "由方案文件生成的通知或计划，附空白表；个人的是计划表", programme_drafts),
    PaperKind("工作日程表", "准备", "全部会议、阶段、截止日和通报，按日期排列", calendar_drafts),
    PaperKind("报名汇总及资格审核表", "准备", "每名报名教师逐条对照选派条件，按学校排列", review_drafts),
    PaperKind("转达函", "准备", "把录取的学员名单转达给基地校", letter_drafts),
    PaperKind("退回补正通知", "准备", "退回的材料和报名中的问题，每所学校一份", returned_drafts),
)
