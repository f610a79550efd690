"""Pictures that gave no form: which surely show an activity, which may be a form that could not be made out.

What the picture shows comes first; what it is called decides only where the picture leaves it open.
"""

import re
from collections.abc import Sequence
from typing import Literal

from extractors.align import plan_of
from extractors.paper import Page
from extractors.piles import separator_of
from extractors.sights import sight_of
from gengang.form import Form
from gengang.material import MaterialKind
from gengang.sheet import squeezed

Verdict = Literal["evidence", "doubt", "form"]
PAPERY = 0.6  # share of a picture that looks like paper, from which on it may be a page
FEW_LETTERS = 40  # a banner and a blackboard have fewer
LEAST_CELLS = 4  # of a table; a window has panes too
LEAST_LABEL = 4  # letters of a cell's name that no blackboard bears in a frame
_EVIDENCE = re.compile("照片|相片|合影|剪影|掠影|花絮|现场|影像|佐证|课件|笔记|手写|摘抄|教案|备课本|听课本|截图|美篇")
_FORM = re.compile("登记表|鉴定表|记录表|考勤表|报名表|签到表|安排表|信息表|申请表|请假条|鉴定书|日志")


def is_scene(page: Page, forms: Sequence[Form]) -> bool:
    """Whether a picture surely shows no page of any form: of a last page there may be one row, in the shade."""
    if page.paper >= PAPERY or _has_table(page) or letters_on(page) >= FEW_LETTERS:
        return False
    return not _is_of(page, forms) and not _has_label(page, forms)


def verdict_on(pages: Sequence[Page], forms: Sequence[Form], own: str, around: str) -> Verdict:
    """What pictures are that gave no form. own: their name and folders; around: what their mail says beside that.

    A page of paper with a table or a form's words is a form that could not be read: it is to be photographed again.
    """
    named = _FORM.search(own) is not None or any(form.title in squeezed(own) for form in forms)
    if all(is_scene(page, forms) for page in pages):
        return "doubt" if named else "evidence"
    told = is_named_evidence(own) or (not named and is_named_evidence(around))
    shows_form = any(_is_of(page, forms) for page in pages)
    if any(page.paper >= PAPERY for page in pages) and (shows_form or any(_has_table(page) for page in pages)):
        return "doubt" if told and not shows_form else "form"
    return "evidence" if told and not named and not shows_form else "doubt"


def is_named_evidence(named: str) -> bool:
    """Whether a name, a folder or a mail says that something is evidence."""
    return _EVIDENCE.search(named) is not None


def kind_of_pictures(pages: Sequence[Page]) -> MaterialKind:
    """A notebook is written on paper."""
    return "notebook" if all(page.paper >= PAPERY for page in pages) else "photo"


def letters_on(page: Page) -> int:
    """How much print or writing was recognised."""
    tabled = (line for table in page.tables for content in table.contents for line in content.lines)
    return sum(len(squeezed(line.text)) for line in (*page.loose, *tabled))


def _has_table(page: Page) -> bool:
    return any(len(table.grid.areas) >= LEAST_CELLS for table in page.tables)


def _has_label(page: Page, forms: Sequence[Form]) -> bool:
    """Whether a ruled cell says what forms print in one, though several may."""
    cells = (content.lines for table in page.tables for content in table.contents)
    said = {squeezed("".join(line.text for line in lines)) for lines in cells}
    return any(len(word) >= LEAST_LABEL and word in plan_of(form).labels for form in forms for word in said)


def _is_of(page: Page, forms: Sequence[Form]) -> bool:
    return page.mark is not None or separator_of(page) is not None or sight_of(page, "scan", forms).form is not None
