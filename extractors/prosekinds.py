"""Which paper a running text is: by its title first, then by headings and turns of phrase, then by the file's name.

Knows what teachers call what they write, and what is not theirs to hand in. Pure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gengang.surnames import is_name

_TITLE_MARKS = re.compile(r"[《》“”\"‘’'*＊\s_＿]")
_TAIL = re.compile(
    r"(?:[(（【\[][^()（）【】\[\]]*[)）】\]]|[-—–_·.、，：:!！。]+|[\d０-９年月日.]+|[第之]?[一二三四五六七八九十\d]+[次篇稿版]?|"
    r"(?:初|终|修改|修订|定|最终|正式|电子|打印)[稿版]|终稿|模板|范文|版)$"
)
_PIECES = re.compile(r"——+|--+|—|─+|―+|[:：|\n]|(?<=[^\d])[-–](?=[^\d])")
_SURE = 4  # cues that make a kind certain without its title
_LEAD = 2  # how far before the next kind


@dataclass(frozen=True, slots=True)
class ProseKind:
    """What tells one kind of paper.

    titles: how its title ends. headings, phrases: what its headings and its text say, each a cue.
    letter: whether people write it as a short letter. by_title: whether nothing but its title tells it.
    """

    titles: re.Pattern[str]
    headings: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    letter: bool = False
    by_title: bool = False


@dataclass(frozen=True, slots=True)
class KindFound:
    """stem: the form whose paper this is, '' where nothing speaks for any, or its title says that it is not ours.

    sure: nothing speaks for another form.
    """

    stem: str = ""
    sure: bool = False


_STUDY = r"(?:研修|跟岗|学习|培训|影子|跟班|访学|进修|挂职)"
_SUMMARY = r"(?:总结报告|工作总结|总结|小结|报告|汇报材料|汇报|体会|心得体会|心得|感悟|感想|收获|随感)"
_KINDS: Mapping[str, ProseKind] = {
    "reflection": ProseKind(
        re.compile(r"(?:反思(?:录|日记|笔记|报告|材料|随笔)?|教学(?:随笔|后记|札记|手记)|课后[记思]|教后[记感])$"),
        ("目标达成", "成功之处", "不足之处", "不足与原因", "改进措施", "再教设计", "得意之笔", "教学反思", "遗憾"),
        (r"这(?:一?节|堂)课|本节?课", r"如果重新|再上(?:一次|这)|下次再|下一次|重教|再教", r"板书|导入|小组活动|课件",
         r"预定的.{0,4}目标|教学目标|达到预想", r"(?:不足|遗憾|问题)(?:之处|主要|多半|是)|不够(?:充分|深入|到位)"),
    ),
    "action_research_report": ProseKind(
        re.compile(r"(?:行动研究(?:报告|总结|材料|结题报告)?|研究(?:结题)?报告|结题报告|小课题(?:研究)?报告)$"),
        ("问题提出", "问题的提出", "研究背景", "研究方案", "方案设计", "实践探索", "研究过程", "行动过程", "反思重建",
         "研究结果", "研究方法", "参考文献", "参考资料", "研究对象", "效果与反思"),
        (r"行动研究", r"^关键词", r"^(?:内容)?摘要", r"为研究对象", r"第[一二]轮", r"[前后]测|问卷"),
    ),
    "study_report": ProseKind(
        re.compile(rf"^(?!.*(?:指导|带教|帮带|导师|行动研究)).*(?:{_STUDY}(?:[^，。、]{{0,8}}?){_SUMMARY}|心得体会|学习体会|写在{_STUDY}[^，。]{{0,4}}之际|"
                   rf"{_STUDY}(?:有感|归来|随记|纪行))$"),
        ("研修概况", "主要收获", "学习成果", "收获体会", "返校", "今后的打算", "对比与反思", "意见与建议", "基本情况",
         "找到的差距", "学以致用"),
        (r"有幸参加|参加了.{0,20}跟岗", r"返校后|回校后|回到(?:自己的)?学校", r"我的(?:导师|指导教师|师傅)",
         r"收获(?:最大|很大|颇多|满满)", r"跟岗(?:研修|学习)?期间"),
    ),
    "study_plan": ProseKind(
        re.compile(rf"^(?!.*(?:指导|带教|帮带|导师|行动研究)).*(?:{_STUDY}(?:[^，。、]{{0,6}}?)计划(?:书|表)?|个人(?:学习|研修|提升)?计划(?:书)?)$"),
        ("学校现状", "学校发展现状", "自身存在的?问题", "问题剖析", "学习目标", "我的目标", "学习重点", "计划与措施",
         "具体安排", "研修目标", "研修重点"),
        (r"学习重点", r"(?:前|第一|第二|后|中)期?(?:阶段)?[(（]?\d{1,2}月", r"我所在的.{2,20}是一所"),
    ),
    "development_plan": ProseKind(
        re.compile(r"(?:(?:发展|成长|提升)(?:[^，。、]{0,4}?)(?:规划|计划)(?:书|表)?|(?:职业|生涯|人生)规划(?:书)?|"
                   r"专业(?:发展|成长).{0,4}规划(?:书)?)$"),
        ("自身优势", "自我分析", "存在不足", "总目标", "发展目标", "阶段目标", "分阶段", "需要的支持", "希望得到的帮助",
         "现状分析", "优势"),
        (r"[三五3-5]年(?:内|时间|规划)", r"成为.{0,8}(?:骨干|带头人|名师)", r"形成.{0,6}(?:教学)?(?:风格|特色)"),
    ),
    "mentor_summary": ProseKind(
        re.compile(r"(?:(?:指导|带教|帮带|帮扶|辅导|带徒|师带徒|结对)(?:跟岗)?(?:教师|老师|学员)?(?:的|个人)?(?:工作)?"
                   r"(?:总结|小结|汇报|体会|心得|报告|感悟)|(?:导师|指导教师|指导老师|师傅)(?:个人)?(?:工作)?(?:总结|小结|汇报))$"),
        ("主要做法", "怎样做的", "做得怎样", "指导(?:过程|措施|内容)", "成效"),
        (r"我指导的", r"担任.{0,12}指导(?:教师|老师)", r"指导(?:他|她|上课|行动研究)", r"带着听课", r"两位老师|徒弟"),
    ),
    "base_school_plan": ProseKind(
        re.compile(r"(?:(?:研修|跟岗|基地).{0,16}方案|(?:工作|实施|活动)方案|跟岗.{0,12}(?:安排|预案))$"),
        ("组织领导", "组织机构", "领导小组", "实施步骤", "保障措施", "条件保障", "目标任务", "指导思想", "管理要求",
         "考核与管理", "职责分工", "研修安排"),
        (r"组长[:：]", r"到我校跟岗|我校.{0,10}基地校", r"各学科指导教师|指导教师安排", r"成立.{0,8}领导小组"),
    ),
    "leave_request": ProseKind(
        re.compile(r"(?:[病事公婚产丧]?请?假(?:条|单|信|申请|申请书|申请单|报告|审批表)|请假的?(?:说明|报告|函)|^请假)$"),
        (),
        (r"请(?:[病事公婚产丧])?假", r"(?:望|恳请|请)(?:予以?)?批准|准假|批假", r"^此致|^敬礼"),
        True,
    ),
    "base_school_appraisal": ProseKind(
        re.compile(r"(?<!自我)(?<!个人)(?:鉴定(?:书|意见|材料|评语|报告|函)?|"
                   r"跟岗.{0,8}(?:表现|考评意见|评价意见|情况(?:说明|反馈|证明)))$"),
        (),
        (r"兹有", r"[在到]我校(?:跟岗|研修|学习)", r"特此(?:鉴定|证明|说明)", r"综合(?:鉴定|评定)|鉴定(?:等次|意见)?为",
         r"该(?:同志|教师|老师|学员)"),
        True,
    ),
}  # fmt: skip
_REPORT = _KINDS["study_report"]
# Other plans' reports on the whole study are called as this one's is; where several are known, the first is meant.
_REPORTS: Mapping[str, ProseKind] = {
    "study_report": _REPORT,
    "study_essay": replace(_REPORT, headings=(*_REPORT.headings, "研修经过", "实践与运用", "思考与打算")),
    "placement_report": replace(_REPORT, headings=(*_REPORT.headings, "跟岗概况", "学习收获", "实践应用", "问题不足")),
    "study_summary": replace(_REPORT, headings=(*_REPORT.headings, "第[一二三]阶段", "研修收获", "改进方向")),
    "self_reflection": replace(
        _REPORT, titles=re.compile(rf"{_REPORT.titles.pattern}|(?:反思总结|总结反思|自我总结|学习总结)$"),
        headings=(*_REPORT.headings, "学习回顾", "不足与反思", "改进打算"),
    ),
}  # fmt: skip
KINDS: Mapping[str, ProseKind] = {
    **_KINDS,
    **_REPORTS,
    "teaching_journal": ProseKind(re.compile(r"教学日[志记]$"), by_title=True),
    "study_notes": ProseKind(re.compile(rf"(?:{_STUDY}|讲座)笔记$"), ("学习内容", "思考与启发"), by_title=True),
    "observation_essay": ProseKind(
        re.compile(r"观摩(?:课|学习|教学|活动|研讨)?(?:的|后)?(?:心得体会|心得|体会|感悟|感想|有感|随感|收获)$"),
        ("观摩纪要", "心得体会", "借鉴与运用"),
        by_title=True,
    ),
    "improvement_measures": ProseKind(
        re.compile(r"改进措施(?:与|和|及)(?:改进)?建议(?:书)?$"), ("存在问题", "原因分析", "改进措施"), by_title=True
    ),
    "project_result": ProseKind(
        re.compile(r"课题(?:研究)?成果(?:报告|材料|简介)?$"),
        ("研究内容", "研究过程", "研究成果", "成果应用"),
        by_title=True,
    ),
    "lesson_review": ProseKind(re.compile(r"课后评议(?:稿|记录)?$"), ("优点", "不足", "建议"), by_title=True),
}
# What an office's own papers and a school's other papers are called; a title that ends so is none of the kinds.
_FOREIGN = re.compile(
    r"(?:通知|函|简报|名单|议程|讲话|讲话稿|致辞|发言稿|主持词|新闻稿|报道|教案|教学设计|说课稿|课件|试卷|试题|合同|协议|协议书|承诺书|责任书|"
    r"通报|决定|公告|公示|细则|办法|制度|规定|条例|章程|纪要|请示|批复|证明|声明|申请书|倡议书|邀请函|感谢信|简历|推荐信|发票|清单|汇总|"
    r"目录|说明书|指南|手册|通讯录|课表|课程表|成绩单|题库|练习|作文|导学案)$"
)


_LESSON = re.compile(
    r"教学(?:目标|重点|难点|重难点|过程|准备|方法|用具)|教材分析|学情分析|板书设计|作业(?:设计|布置)|课时安排"
)
_ELSEWHERE = re.compile(
    r"国培|省培|市培|实习(?:生|学校|指导)|顶岗实习|支教|新教师(?:培训|入职)|岗前培训|能力提升工程|远程(?:研修|培训)"
)
_PUPIL = re.compile(
    r"班主任|家长|学生[:：]|我(?:的)?(?:孩子|儿子|女儿)在.{0,6}班|(?:同学|学生)(?:因|请假)|上学|落下的作业|作业.{0,4}补"
)
# What a text without a title of its kind may be though it never says 跟岗: others write plans and summaries too.
_ANYWHERE = frozenset({"reflection", "action_research_report", "study_report", "leave_request"})
_USUAL = re.compile(
    r"跟岗|研修|教育|教学|学习|个人|课后|今日|课堂|报告|反思|行动研究|课题|研究|工作|总结|小结|心得|体会|汇报|学员|教师|材料|培训|我的|一篇|第"
)


def names_a_paper(text: str) -> bool:
    """Whether a line ends as the title of one of the kinds does."""
    return any(kind.titles.search(piece) for kind in KINDS.values() for piece in _pieces_of(text))


def is_bare_title(title: str) -> bool:
    """Whether a title says nothing but which paper it is: 教学反思, 跟岗研修行动研究报告（三）."""
    return all(len(_USUAL.sub("", piece)) < 2 for piece in _pieces_of(title))


def kind_of_prose(title: str, headings: Sequence[str], text: str, named: str, stems: Sequence[str]) -> KindFound:
    """Which of the forms `stems` a running text is the paper of.

    title: its title lines; headings: of its parts; text: all of it; named: the file's name and its folders.
    """
    known = _known(stems)
    pieces = _pieces_of(title)
    titled = _titled(pieces, known)
    worth = {stem: _worth(KINDS[stem], headings, text) for stem in known if not KINDS[stem].by_title or stem in titled}
    if _is_foreign(pieces, titled, max(worth.values(), default=0)):
        return KindFound()
    if titled == ["base_school_plan"] and not re.search("跟岗|研修|基地|指导教师", title + text[:500]):
        return KindFound()
    if sum(_LESSON.search(heading) is not None for heading in headings) >= 2:
        return KindFound()
    by_name = [stem for stem in _titled(_pieces_of_path(named), known) if stem in worth]
    if not titled and "跟岗" not in title + text:
        worth = {stem: count for stem, count in worth.items() if stem in _ANYWHERE}
    if len(titled) == 1:
        [stem] = titled
        rivals = [one for one in worth if one != stem and worth[one] >= max(worth[stem], 1) + 2 * _SURE]
        found = KindFound(stem, not rivals)
    else:
        found = _by_cues({stem: worth[stem] for stem in (titled or worth)}, by_name, bool(titled))
    if found.stem == "leave_request" and _PUPIL.search(text) and "跟岗" not in title + text:
        return KindFound()
    return replace(found, sure=found.sure and not _names_two(pieces) and not _is_elsewhere(found.stem, title, text))


def _known(stems: Sequence[str]) -> list[str]:
    """The kinds among these forms; of the reports on the whole study the first."""
    reports = [stem for stem in _REPORTS if stem in stems]
    return [stem for stem in KINDS if stem in stems and stem not in reports[1:]]


def _titled(pieces: Sequence[str], known: Sequence[str]) -> list[str]:
    """The kinds that a title names; 观摩学习心得 names its own, though every 学习心得 is a report on the study."""
    found = [stem for stem in known if any(KINDS[stem].titles.search(piece) for piece in pieces)]
    narrow = any(KINDS[stem].by_title for stem in found)
    return [stem for stem in found if not (narrow and stem in _REPORTS)]


def _names_two(pieces: Sequence[str]) -> bool:
    """Whether a title names two kinds in one breath: 研修反思与总结."""
    named: set[str] = set()
    for piece in pieces:
        parts = re.split("[与和及、]", piece)
        noun = re.search("(?:计划|规划|总结|报告|方案|反思|体会)$", piece)
        whole = [*parts, *(part + noun[0] for part in parts[:-1] if noun), piece]
        named |= {stem for part in whole for stem in _titled([part], _known([*KINDS]))}
    return len(named) > 1


def _is_elsewhere(stem: str, title: str, text: str) -> bool:
    """Whether a paper may belong to another programme, or a letter to a pupil."""
    ours = "跟岗" in title or "跟岗" in text
    if stem == "leave_request":
        return not ours and (_PUPIL.search(text) is not None or not re.search("贵校|基地校|研修|听课", text))
    return _ELSEWHERE.search(title) is not None or (_ELSEWHERE.search(text[:300]) is not None and not ours)


def _is_foreign(pieces: Sequence[str], titled: Sequence[str], most: int) -> bool:
    """Whether the title says that it is an office's or a lesson's paper, and neither it nor the text says otherwise."""
    last = pieces[-1:]
    if any(_FOREIGN.search(piece) for piece in last):
        return most < _SURE and not titled
    return not titled and most < _SURE and any(_FOREIGN.search(piece) for piece in pieces[:1])


def _by_cues(worth: Mapping[str, int], by_name: Sequence[str], titled: bool) -> KindFound:
    """Without one clear title: cues, and the file's name beside them; either alone is a question."""
    total = {stem: count + (_LEAD + 1) * (stem in by_name) for stem, count in worth.items()}
    ranked = sorted(total, key=lambda stem: -total[stem])
    if not ranked or total[ranked[0]] < (0 if titled else _LEAD):
        return KindFound()
    best, rest = ranked[0], [stem for stem in ranked[1:] if total[stem] > max(0, total[ranked[0]] - _SURE)]
    ahead = not rest or total[best] - total[rest[0]] >= _LEAD
    enough = worth[best] >= (_LEAD if titled else _SURE)
    return KindFound(best, ahead and enough and by_name in ([], [best]))


def _worth(kind: ProseKind, headings: Sequence[str], text: str) -> int:
    """Two for a heading, one for a phrase."""
    found = sum(any(re.search(wanted, heading) for heading in headings) for wanted in kind.headings)
    return 2 * found + sum(re.search(phrase, text, re.MULTILINE) is not None for phrase in kind.phrases)


def _pieces_of(title: str) -> list[str]:
    """A title's parts, each without what stands behind its last noun: （初稿）, 2016年, a number."""
    whole = [_bare(piece) for piece in _PIECES.split(re.sub(r"[(（][^()（）]*[)）]", "", title) or title)]
    inside = [_bare(piece) for piece in re.findall(r"[(（]([^()（）]{2,20})[)）]", title)]
    return [piece for piece in (*(one for one in inside if _names(one)), *whole) if piece]


def _names(piece: str) -> bool:
    return any(kind.titles.search(piece) for kind in KINDS.values())


def _pieces_of_path(named: str) -> list[str]:
    """The names of a path, and their parts between blanks and marks."""
    stems = [re.sub(r"\.[A-Za-z0-9]{1,5}$", "", part) for part in re.split(r"[/\\!]", named)]
    pieces = [piece for stem in stems for piece in re.split(r"[\s_\-—–+,，、()（）【】\[\]\d.]+", stem)]
    return [bare for piece in pieces if (bare := _bare(_without_name(piece)))]


def _without_name(piece: str) -> str:
    """教学反思王芳 without the name at its end."""
    cut = next((count for count in (3, 2) if len(piece) > count + 1 and is_name(piece[-count:])), 0)
    return piece[:-cut] if cut and any(kind.titles.search(piece[:-cut]) for kind in KINDS.values()) else piece


def _bare(piece: str) -> str:
    text = _TITLE_MARKS.sub("", piece)
    while (shorter := _TAIL.sub("", text)) != text:
        text = shorter
    return text
