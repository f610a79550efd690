"""What the office calls the papers in a line of chat or a list, and the word they are counted by."""

import re
from collections.abc import Mapping

from gengang.scheme import Measure

FORM_WORDS: Mapping[str, tuple[str, str]] = {
    "action_research_report": ("行动研究报告", "份"),
    "activity_record": ("活动记录", "份"),
    "appraisal": ("鉴定表", "份"),
    "assessment_register": ("考核登记表", "份"),
    "attendance": ("考勤表", "份"),
    "base_school_appraisal": ("基地校鉴定书", "份"),
    "base_school_plan": ("基地校研修方案", "份"),
    "day_plan": ("个人研修方案", "份"),
    "development_plan": ("专业发展规划", "份"),
    "leave_request": ("请假条", "份"),
    "lesson_observation": ("听课记录", "份"),
    "lesson_taught": ("上课记录", "份"),
    "mentor_assignment": ("指导教师安排表", "份"),
    "mentor_summary": ("指导工作总结", "份"),
    "personal_info": ("个人信息登记表", "份"),
    "reflection": ("教学反思", "篇"),
    "registration": ("报名表", "份"),
    "sign_in": ("签到表", "份"),
    "study_plan": ("个人学习计划", "份"),
    "study_report": ("研修报告", "份"),
    "task_summary": ("任务完成情况汇总表", "份"),
    "training_log": ("研修日志", "篇"),
}
# What is counted on papers of which the scheme names no number: the measure, and what the paper is called.
RECORDS: Mapping[Measure, str] = {
    "lessons_heard": "听课记录",
    "lessons_taught": "上课记录",
    "report_lessons": "汇报课记录",
    "research_activities": "教研活动记录",
    "class_activities": "班级活动记录",
}
_ANNEX = re.compile(r"^附件\d+\s*")


def form_words(stem: str, title: str = "") -> tuple[str, str]:
    """The short name of a form and its counting word. title: what a form that an office added is called."""
    return FORM_WORDS.get(stem) or (_ANNEX.sub("", title) or "其他材料", "份")
