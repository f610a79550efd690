"""Office papers of the part 汇报会: those of every meeting, and the parts of the showcase."""

from gengang.office.events import kinds as event_kinds
from gengang.office.handbook import (
    attendee_drafts,
    commended_drafts,
    exhibit_drafts,
    host_words_drafts,
    news_drafts,
    seat_drafts,
    talk_order_drafts,
    talk_title_drafts,
    works_drafts,
)
from gengang.office.inside import duty_drafts, handout_drafts, held_drafts, lacking_drafts
from gengang.office.kinds import PaperKind

PART = "汇报会"

KINDS: tuple[PaperKind, ...] = (
    *event_kinds(),
    PaperKind("主持词", PART, "主持人用，随议程和参会领导变动", host_words_drafts),
    PaperKind("参会人员名单", PART, "领导、基地校、指导教师、跟岗教师，注明排序办法", attendee_drafts),
    PaperKind("座次图", PART, "按会议信息.xlsx里的排数和座位数排", seat_drafts),
    PaperKind("汇报顺序", PART, "汇报人、顺序和时长", talk_order_drafts),
    PaperKind("汇报材料目录", PART, "各汇报人的题目", talk_title_drafts),
    PaperKind("已确定的表彰名单", PART, "只有勾选的人，发给到会的人；没有勾选的留空行", commended_drafts),
    PaperKind("证书发放清单", PART, "证书编号和签领栏，内部使用", handout_drafts),
    PaperKind("展示材料清单", PART, "每名学员可展示的材料", exhibit_drafts),
    PaperKind("成果汇编目录", PART, "研修报告、行动研究报告、反思等", works_drafts),
    PaperKind("会务分工", PART, "事项、负责人、电话，内部使用", duty_drafts),
    PaperKind("新闻通稿", PART, "会后新闻稿的草稿", news_drafts),
    PaperKind("缺件及未到情况", PART, "谁还缺什么，内部使用", lacking_drafts),
    PaperKind("证书缓发及不发情况", PART, "谁没有证书、依据哪一条，内部使用", held_drafts),
)
