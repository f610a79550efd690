"""What invented county offices call things: the vocabularies on which readers are mended, which share few labels.

The one that gives the figures is in `words_held`; nothing that is measured may be mended on.
"""

from collections.abc import Mapping
from dataclasses import dataclass

# concept -> codec; what an office asks of a teacher, whatever it calls it.
CODEC_OF: Mapping[str, str] = {
    "name": "text", "gender": "choice", "born": "month", "birthday": "date", "ethnicity": "text",
    "id_number": "id_number", "phone": "phone", "school": "text", "stage": "choice", "subject": "text",
    "grade": "text", "title": "text", "title_date": "month", "post": "text", "degree": "text", "graduated": "text",
    "major": "text", "certificate": "text", "start_work": "month", "years": "count", "party": "text", "email": "text",
    "backbone": "text", "base_school": "text", "mentor": "text", "period": "period", "address": "text",
    "health": "text", "class_name": "text", "topic": "text", "place": "text", "weekday": "text", "lesson_no": "count",
    "day": "date", "speaker": "text", "kind": "text", "note": "text", "score": "score", "hours": "count",
    "days": "days", "year": "count", "month": "count", "monthday": "count", "money": "money", "count": "count",
    "prose": "prose", "opinion": "prose", "photo": "picture", "signer": "text",
    "seq": "count", "serial": "text", "project": "text", "award": "text", "level": "text", "issuer": "text",
    "workload": "count", "students": "count", "role": "text", "journal": "text", "published": "month",
    "applied": "text", "mandarin": "text", "witness": "text", "relation": "text", "result": "text", "distance": "count",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """One family's vocabulary.

    labels: concept -> what it is called; prose: labels of long texts; opinions: whose opinion -> label;
    ranks: words of tick boxes; marks: those of an attendance list; counted: words before a number, its unit behind it.
    """

    county: str
    labels: Mapping[str, tuple[str, ...]]
    prose: tuple[str, ...]
    opinions: tuple[str, ...]
    signs: tuple[str, ...]
    ranks: tuple[tuple[str, ...], ...]
    counted: tuple[tuple[str, str], ...]
    marks: tuple[tuple[str, ...], ...]
    dayed: tuple[tuple[str, str], ...]
    sections: tuple[str, ...]
    notes: tuple[str, ...]
    titles: Mapping[str, tuple[str, ...]]


TUNE = Words(
    county="临溪县",
    labels={
        "name": ("姓名", "姓　名", "教师姓名", "申报人"),
        "gender": ("性别", "性　别"),
        "born": ("出生年月", "出生时间"),
        "birthday": ("出生日期",),
        "ethnicity": ("民族", "民　族"),
        "id_number": ("身份证号", "证件号码"),
        "phone": ("联系电话", "手机"),
        "school": ("工作单位", "学校名称", "所在学校"),
        "stage": ("学段", "学　段"),
        "subject": ("任教学科", "学科", "任教科目"),
        "grade": ("任教年级", "年级"),
        "title": ("职称", "专业技术职务", "职　称"),
        "title_date": ("任职时间", "取得时间"),
        "post": ("职务", "行政职务"),
        "degree": ("学历", "最高学历", "学　历"),
        "graduated": ("毕业学校", "毕业院校"),
        "major": ("所学专业", "专业"),
        "certificate": ("教师资格", "教师资格种类"),
        "start_work": ("参加工作时间", "工作时间"),
        "years": ("教龄", "教　龄"),
        "party": ("政治面貌",),
        "email": ("电子邮箱", "QQ号"),
        "backbone": ("骨干教师级别", "骨干称号"),
        "base_school": ("基地学校", "跟岗学校"),
        "mentor": ("指导教师", "导师"),
        "period": ("研修时间", "起止时间"),
        "address": ("通讯地址", "家庭住址"),
        "health": ("健康状况",),
        "class_name": ("班级", "授课班级"),
        "topic": ("课题", "课题/主题", "活动名称"),
        "place": ("地点", "班级/地点"),
        "weekday": ("星期",),
        "lesson_no": ("节次", "第几节"),
        "day": ("日期", "时间"),
        "speaker": ("授课人", "主持人"),
        "kind": ("活动形式", "类型"),
        "note": ("备注",),
        "score": ("得分", "考核得分"),
        "hours": ("认定学时", "学时"),
        "money": ("金额", "费用"),
    },
    prose=("工作简历", "教学业绩与获奖", "收获与体会", "问题与思考", "教学过程", "自我鉴定", "主要内容", "研修需求"),
    opinions=("学校推荐意见", "指导教师意见", "基地学校意见", "教师进修学校意见", "教体局审核意见"),
    signs=("签名", "签字", "校长签名", "负责人签字"),
    ranks=(
        ("合格", "不合格"),
        ("优秀", "合格", "不合格"),
        ("事假", "病假", "公假", "其他"),
        ("新授", "复习", "讲评", "实验"),
        ("满意", "一般", "不满意"),
    ),
    counted=(("听课", "节"), ("上课", "节"), ("教研活动", "次"), ("班级活动", "次"), ("反思", "篇"), ("日志", "篇")),
    marks=(("出勤", "事假", "病假", "缺勤"), ("√", "○", "△", "×")),
    dayed=(("应到", "天"), ("实到", "天"), ("请假", "天"), ("缺勤", "天")),
    sections=("一、基本情况", "二、研修经历", "三、考核情况", "四、有关意见"),
    notes=(
        "注：此表一式三份，教体局、教师进修学校、本人各存一份。",
        "注：1.此表一式两份。2.本表可用打印或钢笔填写，字迹清楚，经单位盖章、领导签字方有效。",
        "说明：出勤用“√”表示，事假用“○”表示，病假用“△”表示。",
    ),
    titles={
        "person": ("跟岗教师个人信息登记表", "骨干教师培养对象申报表", "教师基本情况登记表", "跟岗研修报名登记表"),
        "appraisal": ("跟岗学习鉴定表", "学员结业鉴定表", "教育实践考核鉴定表"),
        "roll": ("跟岗教师报名汇总表", "指导教师安排表", "送教下乡人员一览表"),
        "log": ("跟岗学习日志", "教研活动记录表", "班级活动记录表"),
        "days": ("个人研修日程安排表", "一周教学活动安排"),
        "leave": ("教师请假审批表", "外出学习审批单"),
        "letter": ("请假条",),
        "praise": ("跟岗学习鉴定书",),
        "scores": ("跟岗考核评分表", "课堂教学评价表"),
        "lesson": ("听课记录表", "上课记录表"),
        "sections": ("研修任务完成情况表", "个人专业发展规划表"),
        "survey": ("跟岗研修满意度调查表", "学员需求调查表"),
        "attendance": ("跟岗教师考勤表", "会议签到表"),
    },
)

TUNE2 = Words(
    county="望川县",
    labels={
        "name": ("姓 名", "学员姓名", "跟岗教师", "参训教师", "报名人"),
        "gender": ("性 别", "性  别"),
        "born": ("出 生 年 月", "出生\n年月"),
        "birthday": ("出生年月日", "生日"),
        "ethnicity": ("民 族", "族别"),
        "id_number": ("身份证号码", "公民身份号码", "身份证件号"),
        "phone": ("手机号码", "移动电话", "联系方式", "电话"),
        "school": ("单位", "派出学校", "任教学校", "所在单位"),
        "stage": ("任教学段", "学校类别"),
        "subject": ("所教学科", "研修学科", "报名学科"),
        "grade": ("授课年级", "所教年级"),
        "title": ("职称等级", "技术职务", "现任专业技术职务"),
        "title_date": ("聘任时间", "评聘时间"),
        "post": ("校内职务", "现任职务"),
        "degree": ("文化程度", "第一学历"),
        "graduated": ("毕业院校", "毕业学校（全称）"),
        "major": ("专业方向", "所学专业名称"),
        "certificate": ("资格证类别", "教师资格证种类"),
        "start_work": ("从教时间", "参加工作\n时间"),
        "years": ("任教年限", "从教年限"),
        "party": ("政治\n面貌", "政治面貌"),
        "email": ("E-mail", "邮箱", "微信号"),
        "backbone": ("骨干级别", "是否骨干教师"),
        "base_school": ("研修基地", "跟岗基地", "基地校"),
        "mentor": ("带教教师", "指导老师", "师傅"),
        "period": ("跟岗时间", "学习时间", "跟岗起止时间"),
        "address": ("现住址", "联系地址"),
        "health": ("身体状况",),
        "class_name": ("听课班级", "施教班级"),
        "topic": ("课题名称", "教学内容", "研讨主题"),
        "place": ("活动地点", "上课地点"),
        "weekday": ("周次", "星期几"),
        "lesson_no": ("第几节课", "节 次"),
        "day": ("活动日期", "年月日", "日 期"),
        "speaker": ("执教教师", "主讲人", "组织者"),
        "kind": ("活动类别", "课型类别"),
        "note": ("备 注", "说明"),
        "score": ("评分", "综合得分", "实得分"),
        "hours": ("获得学时", "培训学时"),
        "money": ("交通费（元）", "食宿费"),
    },
    prose=("个人小结", "主要工作经历", "获奖及荣誉情况", "教学设计思路", "观课随想", "改进措施", "学习收获",
           "行动计划"),
    opinions=("带教教师评语", "派出学校意见", "基地校鉴定", "进修校意见", "县教育局审批意见"),
    signs=("签 名", "签字（盖章）", "单位负责人", "审核人"),
    ranks=(
        ("通过", "未通过"),
        ("优", "良", "中", "差"),
        ("事 假", "病 假", "婚 假", "产 假"),
        ("研究课", "汇报课", "常态课"),
        ("非常满意", "满意", "基本满意", "不满意"),
    ),
    counted=(("观摩课堂", "节"), ("执教", "节"), ("参加教研", "次"), ("主题班会", "次"), ("撰写反思", "篇"),
             ("研修日志", "篇"), ("研究报告", "篇")),
    marks=(("到", "假", "旷", "公差"), ("√", "△", "○", "╳")),
    dayed=(("应出勤", "天"), ("实际出勤", "天"), ("其中请假", "天"), ("旷工", "天")),
    sections=("（一）个人基本信息", "（二）学习经历", "（三）完成任务", "（四）审核意见"),
    notes=(
        "填表说明：1、本表由本人如实填写；2、所有日期一律用公历阿拉伯数字填写；3、本表双面打印，一式叁份。",
        "备注：本表请于规定时间前报县教师发展中心，逾期视为放弃。",
        "注：①“学段”填小学或初中；②职称填写全称。",
    ),
    titles={
        "person": ("中小学教师跟岗研修学员登记卡", "学科带头人培养人选推荐表", "参训学员信息采集表",
                   "青年教师拜师学艺申请表"),
        "appraisal": ("影子研修综合评定表", "学员跟岗实践考核表", "访学教师考核鉴定表"),
        "roll": ("跟岗学员花名册", "结对帮扶名单", "参训人员信息汇总表"),
        "log": ("影子研修每日札记", "集体备课活动纪要", "主题班会活动登记表"),
        "days": ("跟岗期间每日安排", "学员一周研修日程"),
        "leave": ("学员请销假登记单", "因公外出申请单"),
        "letter": ("事假申请书",),
        "praise": ("研修表现证明",),
        "scores": ("学员综合素质量化考核表", "汇报课评议表"),
        "lesson": ("观课议课记录", "课堂观察量表"),
        "sections": ("跟岗研修成果申报书", "教师专业成长档案"),
        "survey": ("基地学校教学管理反馈问卷", "培训质量评估表"),
        "attendance": ("学员出勤登记册", "开班仪式签到册"),
    },
)  # fmt: skip

# What other offices call it, all of it in templates/synonyms.toml: a filler who retypes a label uses these.
SAME: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "学员姓名", "教师姓名", "跟岗教师", "参训教师", "申报人", "报名人"),
    "born": ("出生年月", "出生日期", "出生时间"),
    "id_number": ("身份证号", "身份证号码", "身份证件号", "证件号码", "公民身份号码"),
    "phone": ("联系电话", "手机", "手机号码", "移动电话", "联系方式", "电话"),
    "email": ("电子邮箱", "邮箱", "E-mail"),
    "school": ("工作单位", "单位", "所在学校", "学校", "学校名称", "任教学校", "派出学校", "所在单位"),
    "stage": ("学段", "任教学段", "学校类别"),
    "subject": ("任教学科", "学科", "所教学科", "研修学科", "报名学科", "任教科目"),
    "grade": ("任教年级", "年级", "授课年级"),
    "title": ("职称", "专业技术职务", "现任专业技术职务", "技术职务", "职称等级"),
    "title_date": ("任职时间", "取得时间", "聘任时间"),
    "post": ("职务", "行政职务"),
    "degree": ("学历", "最高学历", "文化程度", "第一学历"),
    "certificate": ("教师资格", "教师资格证种类", "资格证类别"),
    "start_work": ("参加工作时间", "工作时间", "从教时间"),
    "backbone": ("骨干教师级别", "骨干称号", "是否骨干教师"),
    "base_school": ("基地学校", "基地校", "跟岗学校", "研修基地", "跟岗基地"),
    "mentor": ("指导教师", "指导老师", "导师", "指导人", "带教教师", "师傅"),
    "period": ("研修时间", "跟岗时间", "起止时间", "学习时间"),
}
