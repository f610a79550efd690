"""Research parts: whether an action research report has 方案设计, 实践探索 and 反思重建 (C-03), by its headings."""

import re
from collections.abc import Iterator, Mapping, Sequence

from gengang.findings import Finding
from gengang.reading import PROSE_BODY
from gengang.submission import Paper

FORM = "action_research_report"
_SHORT = 24  # characters; a longer line is no heading
# Each part: the form's field for it, and the words a heading names it with.
_PARTS: Mapping[str, tuple[str, re.Pattern[str]]] = {
    "方案设计": (
        "design",
        re.compile(r"方案|设计|(?:研究|行动)(?:计划|思路|步骤|方法|内容|目标)|怎样(?:做|改)|打算怎么|准备怎么|对策"),
    ),
    "实践探索": (
        "practice",
        re.compile(r"实践|探索|过程|实施|行动(?:研究)?(?:过程|步骤|经过|一|第)|做法|经过|怎么做的|课堂尝试|落实"),
    ),
    "反思重建": (
        "effect",
        re.compile(r"反思|重建|效果|成效|结果|成果|结论|体会|改进|再(?:设计|实践)|思考|收获|展望"),
    ),
}


def parts_of(report: Paper) -> dict[str, bool]:
    """Part -> whether the report has it: its place on the form is filled, or a heading names it."""
    headings = tuple(_headings(report.submission.text(PROSE_BODY)))
    return {
        part: bool(report.submission.text(field)) or any(words.search(line) for line in headings)
        for part, (field, words) in _PARTS.items()
    }


def _headings(body: str) -> Iterator[str]:
    for line in body.splitlines():
        kept = line.strip().rstrip("：:")
        if 0 < len(kept) <= _SHORT and not re.search(r"[。；！？]$", kept):
            yield kept


def research_findings(papers: Mapping[str, Sequence[Paper]]) -> list[Finding]:
    """One line for each report that lacks a part; a place that waits lacks nothing yet."""
    found = []
    for paper in papers.get(FORM, ()):
        wanting = [part for part, there in parts_of(paper).items() if not there and not _waits(paper, part)]
        if wanting:
            message = f"行动研究报告没有看到{'、'.join(f'“{part}”' for part in wanting)}部分，请核对。"
            found.append(Finding("research_part_missing", message, "", "warn", "C-03", paper.file))
    return found


def _waits(paper: Paper, part: str) -> bool:
    return _PARTS[part][0] in paper.open_fields or PROSE_BODY in paper.open_fields
