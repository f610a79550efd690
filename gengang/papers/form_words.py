"""What the office calls the papers in a line of chat or a list, and the word they are counted by."""

import re
from collections.abc import Mapping

from gengang.scheme import Measure

FORM_WORDS: Mapping[str, tuple[str, str]] = {
    "action_research_report": ("行动研究报告", "份"),
    "activity_evaluation": ("活动评估表", "份"),
    "activity_record": ("活动记录", "份"),
    "appraisal": ("鉴定表", "份"),
    "assessment_register": ("考核登记表", "份"),
    "attendance": ("考勤表", "份"),
    "base_school_appraisal": ("基地校鉴定书", "份"),
    "base_school_plan": ("基地校研修方案", "份"),
    "checkpoint": ("检查点记录", "份"),
    "day_plan": ("个人研修方案", "份"),
    "development_plan": ("专业发展规划", "份"),
    "growth_file": ("成长档案", "份"),
    "improvement_measures": ("改进措施与建议", "份"),
    "leave_request": ("请假条", "份"),
    "lesson_observation": ("听课记录", "份"),
    "lesson_review": ("课后评议", "份"),
    "lesson_taught": ("上课记录", "份"),
    "mentor_assignment": ("指导教师安排表", "份"),
    "mentor_summary": ("指导工作总结", "份"),
    "observation_essay": ("观摩心得", "篇"),
    "performance_review": ("表现评价与反馈意见书", "份"),
    "personal_info": ("个人信息登记表", "份"),
    "placement_report": ("跟岗学习报告", "份"),
    "process_evaluation": ("过程评价表", "份"),
    "project_result": ("课题成果", "份"),
    "question_response": ("问题与建议回应表", "份"),
    "reflection": ("教学反思", "篇"),
    "registration": ("报名表", "份"),
    "score_sheet": ("评分表", "份"),
    "self_evaluation": ("自我评估表", "份"),
    "self_reflection": ("反思总结", "篇"),
    "sign_in": ("签到表", "份"),
    "student_feedback": ("学生反馈表", "份"),
    "study_essay": ("研修心得报告", "份"),
    "study_notes": ("学习笔记", "篇"),
    "study_plan": ("个人学习计划", "份"),
    "study_report": ("研修报告", "份"),
    "study_summary": ("研修总结报告", "份"),
    "task_summary": ("任务完成情况汇总表", "份"),
    "teaching_design": ("教学设计", "份"),
    "teaching_journal": ("教学日志", "篇"),
    "training_log": ("研修日志", "篇"),
    "weekly_report": ("周报", "份"),
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
