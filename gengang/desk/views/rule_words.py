"""What the places of a scheme file are called on the page, and in which groups they stand."""

from collections.abc import Mapping

from gengang.explaining import SEVERITY_WORDS

Choices = tuple[tuple[str, str], ...]
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("起止和日历", ("scheme", "calendar")),
    ("领导小组、编号用字", ("organisation",)),
    ("谁参加、条件、结对", ("participants", "eligibility", "pairing", "leave")),
    ("任务", ("requirement",)),
    ("考核和学时", ("evaluation", "discipline", "outcomes", "signals")),
    ("考核细则", ("item",)),
    ("材料", ("document",)),
    ("日程", ("event", "phase")),
    ("证书", ("certificate",)),
    ("通报、表彰、汇总", ("bulletins", "commendation", "roll_up")),
)
# What is set here, in words. The names of bodies and the year stand in many places and are moved together.
LABELS: Mapping[str, str] = {
    "scheme.title": "方案名称", "scheme.programme": "项目名称（印在材料上）", "scheme.closing": "补交截止日",
    "scheme.accept": "报名的人怎样录取", "scheme.two_persons": "要两人一致的栏目",
    "organisation.word": "编号用的县的代字",
    "organisation.region": "行政区划代码", "organisation.further_base_schools": "另外的基地校",
    "calendar.start": "开始日", "calendar.end": "结束日",
    "calendar.weeks": "共几周", "calendar.each_weeks": "每人几周", "calendar.holidays": "另外的休息日",
    "calendar.workdays": "另外的上班日", "calendar.half_days": "半天计0.5天", "participants.who": "参加人员",
    "participants.number": "名额", "eligibility.as_of": "年龄、教龄计算到", "eligibility.age_max": "最大年龄",
    "eligibility.age_inclusive": "恰满这个年龄的在内", "eligibility.years_min": "最少教龄",
    "eligibility.title_levels": "职称", "eligibility.rural_only": "只限农村学校",
    "pairing.mentors": "每名学员几位指导教师", "pairing.trainees_at_most": "每位指导教师最多带几名",
    "pairing.same_subject": "要同学科",
    "leave.approvers": "谁批假",
    "leave.in_advance": "须事先批准", "leave.late_paper": "事后补办的", "evaluation.pass_at": "合格分",
    "evaluation.excellent_at": "优秀分", "evaluation.excellent_share": "优秀比例上限",
    "evaluation.assessor": "由谁评价", "evaluation.dimensions": "看哪些方面", "evaluation.passed": "算合格的结论",
    "discipline.bonus": "纪律分", "discipline.unexcused_half_day": "无故缺勤每半天扣",
    "discipline.late_or_early": "迟到早退每次扣", "outcomes.hours_trainee": "学员学时",
    "outcomes.hours_mentor": "指导教师学时", "outcomes.withhold_unexcused_at": "无故缺勤满几天缓发证书",
    "outcomes.gate_on_missing_tasks": "得分够而任务不齐的", "outcomes.gate_items": "哪几项为零分要看",
    "outcomes.gate_lessons_heard": "听课少于几节要看", "signals.lessons_a_day": "一天听课多于几节提示",
    "signals.late_share_of_days": "集中在最后的天数比例", "signals.late_share_of_window": "最后一段占全程的比例",
    "bulletins.rhythm": "多久通报一次", "bulletins.parts": "通报的部分", "bulletins.names_when": "什么情况列为候选",
    "bulletins.from_share": "过了全程多少才列", "commendation.kinds": "表彰类别", "commendation.places": "表彰名额",
    "commendation.candidates": "怎样列候选", "commendation.publicity_days": "公示工作日数",
    "roll_up.columns": "汇总哪些数",
}  # fmt: skip
# Of a part of which there are several, keys in the order in which they are shown.
PART_LABELS: Mapping[str, Mapping[str, str]] = {
    "requirement": {"need": "至少", "most": "至多"},
    "item": {"max": "分值", "each": "每次", "at_most": "最多计", "judged_max": "由人评", "assessor": "谁评"},
    "document": {"due": "期限", "need": "份数", "copies": "一式几份", "receivers": "交给", "keepers": "谁存",
                 "inside": "可并入的表式"},
    "event": {"start": "从", "end": "到", "attendees": "谁参加", "papers": "要备的材料"},
    "phase": {"start": "从", "end": "到"},
    "certificate": {"name": "名称", "number": "编号", "seals": "盖章单位"},
}  # fmt: skip
CHOICES: Mapping[str, Choices] = {
    "accept": (("each", "逐人审核"), ("clean", "没有不合规定之处的自动录取")),
    "late_paper": (("manual", "由人决定"), ("excused", "算请假"), ("unexcused", "不算")),
    "gate_on_missing_tasks": (("manual", "由人决定后发证"), ("warn", "只提示"), ("block", "不发证")),
    "rhythm": (("monthly", "每月底"), ("once", "一次"), ("none", "不通报")),
    "severity": tuple(SEVERITY_WORDS.items()),
}  # fmt: skip
YES: Choices = (("是", "是"), ("否", "否"))
OTHER: Mapping[str, str] = {
    "severity": "轻重", "quote": "原文", "reading": "理解", "county": "县名", "authority": "主管部门",
    "college": "承办单位",
    "base_school": "基地校", "year": "年份", "id": "方案编号", "source": "依据", "name": "名称", "rule": "计分办法",
    "measure": "数什么", "register": "登记表栏目", "evidence": "依据材料", "clause": "条款", "wording": "证书文字",
    "scheme": "方案", "question": "问题", "default": "预设", "participants": "参加人员", "title": "名称",
}  # fmt: skip
MEMBER: Mapping[str, str] = {"name": "姓名", "role": "职务", "duty": "分工"}
# What a new part is chosen from.
MEASURES: Choices = (
    ("workdays", "到岗工作日"), ("lessons_heard", "听课"), ("lessons_taught", "上课"), ("report_lessons", "汇报课"),
    ("research_activities", "教研活动"), ("class_activities", "班级活动"), ("reflections", "教育教学反思"),
    ("logs", "研修日志"),
)  # fmt: skip
PERS: Choices = (
    ("total", "总共"), ("workday", "每个工作日"), ("week", "每周"), ("month", "每月"), ("quarter", "每季度"),
    ("term", "每学期"),
)  # fmt: skip
