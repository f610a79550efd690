"""How teachers head, sign and join what they write without a form: titles, headings, letters."""

from collections.abc import Mapping

from gengang.sample.stories import Kind
from gengang.sample.texts_grammar import Bank

TITLES: Mapping[Kind, Bank] = {
    "study_report": (
        "跟岗研修总结", "跟岗研修报告", "走出去，带回来——跟岗研修总结", "且行且思，且学且悟", "学然后知不足",
        "我的跟岗研修总结报告", "{base}跟岗研修汇报", "三个月，一段不寻常的学习",
    ),
    "study_plan": ("跟岗学习计划", "个人学习计划", "跟岗研修个人学习计划", "{stage_subject}跟岗学习计划"),
    "development_plan": ("个人专业发展规划", "三年专业发展规划", "我的专业成长规划", "教师个人发展规划（2016—2019）"),
    "mentor_summary": ("指导工作总结", "跟岗指导教师工作总结", "携手同行，共同成长", "我和我的跟岗教师"),
    "base_school_plan": ("{base}跟岗研修工作方案", "农村中小学骨干教师跟岗研修实施方案", "关于做好跟岗研修工作的方案"),
}  # fmt: skip
SUBTITLES: Mapping[Kind, Bank] = {
    "study_report": ("——{base}跟岗研修总结", "——写在跟岗研修结束之际", "——我的跟岗体会"),
    "mentor_summary": ("——指导工作总结", "——跟岗指导工作小结"),
}
# Headings of the parts in the order of the form's fields; an empty tuple lets the parts run on without headings.
HEADINGS: Mapping[Kind, tuple[tuple[str, ...], ...]] = {
    "reflection": (
        (),
        ("目标达成", "成功之处", "不足与原因", "改进措施"),
        ("一、成功与达成", "二、得意之笔", "三、遗憾", "四、再教设计"),
    ),
    "action_research_report": (
        ("一、问题的提出", "二、方案设计", "三、实践探索", "四、效果与反思重建", "参考资料"),
        ("一、研究背景", "二、研究方案", "三、研究过程", "四、研究结果与反思", "附"),
        ("1.问题提出", "2.方案设计", "3.行动过程", "4.成效与重建", "参考文献及附录"),
    ),
    "study_report": (
        ("一、研修概况", "二、主要收获", "三、学习成果", "四、对比与反思", "五、返校计划", "六、建议"),
        ("一、基本情况", "二、收获体会", "三、所做的工作", "四、找到的差距", "五、今后的打算", "六、几点建议"),
        (),
    ),
    "study_plan": (
        ("一、学校现状", "二、自身存在的问题", "三、学习目标", "四、计划与措施", "五、学习重点"),
        ("一、学校发展现状分析", "二、问题剖析", "三、我的目标", "四、具体安排", "五、重点"),
    ),
    "development_plan": (
        ("一、自身优势", "二、存在不足", "三、总目标", "四、阶段目标和措施", "五、需要的支持"),
        ("一、自我分析：优势", "二、自我分析：不足", "三、发展目标", "四、分阶段安排", "五、希望得到的帮助"),
    ),
    "mentor_summary": (
        ("一、主要做法", "二、成效", "三、存在的问题", "四、建议"),
        ("一、怎样做的", "二、做得怎样", "三、问题", "四、几点想法"),
        (),
    ),
    "base_school_plan": (
        ("一、目标任务", "二、组织领导和分工", "三、研修安排", "四、条件保障", "五、管理要求"),
        ("一、指导思想与目标", "二、组织机构", "三、实施步骤", "四、保障措施", "五、考核与管理"),
    ),
}
LETTER_TITLES = ("请假条", "请假申请", "请假申请书")
LETTER_TO = ("尊敬的{mentor}老师、校领导", "尊敬的学校领导", "尊敬的{mentor}老师并校领导")
LETTER_OPENINGS = (
    "我是{school}的跟岗教师{name}，",
    "我是在贵校跟岗研修的{subject}教师{name}（{school}），",
    "本人{name}，{school}教师，现在贵校跟岗。",
)
LETTER_ASKS = (
    "特申请于{day}请假一天，{day_after}返岗。恳请批准为盼。",
    "需请{kind}一天（{day}），落下的学习内容我会及时补上，请予批准。",
    "特向您请{kind}一天，时间为{day}全天。望批准。",
)
LETTER_AGREED = ("同意。{mentor} {asked}", "情况属实，同意请假。{mentor} {asked}", "准假一天。{mentor} {asked}")
APPRAISAL_TO = ("县教育体育局、县教师进修学校", "县教育体育局\n县教师进修学校")
APPRAISAL_TITLES = ("跟岗研修鉴定", "关于{name}老师跟岗研修情况的鉴定", "鉴定书", "跟岗教师书面鉴定")
APPRAISAL_OPENINGS = (
    "兹有{school}{name}老师（身份证号：{id_number}）于{start}至{end}在我校跟岗研修{stage_subject}教学，指导教师{mentor}。",
    "{school}教师{name}（身份证号{id_number}，{stage_subject}），根据安排于{start}至{end}到我校跟岗研修，由{mentor}老师指导。",
)
APPRAISAL_FIGURES = (
    "研修期间应到{due_days}天，实到{present_days}天，请假{leave_days}天，缺勤{absent_days}天；听课{lessons_heard}节，上课{lessons_taught}节（其中汇报课{report_lessons}节），参加教研活动{research_activities}次、班级活动{class_activities}次，撰写反思{reflections}篇、研修日志{logs}篇。",
    "该教师应到岗{due_days}天，实际出勤{present_days}天（请假{leave_days}天，缺勤{absent_days}天）。共听课{lessons_heard}节、上课{lessons_taught}节，其中汇报课{report_lessons}节；参加教研{research_activities}次、班级活动{class_activities}次；写日志{logs}篇、反思{reflections}篇。",
)
APPRAISAL_VERDICTS = (
    "综合鉴定为{grade}，基地校评价{base_score}分。",
    "经学校考核小组研究，鉴定等次为{grade}，评{base_score}分（满分5分）。",
)
