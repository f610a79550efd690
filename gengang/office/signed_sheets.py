"""Papers around the signed sheets: their copies for signing, the 誊写清单 after scoring, the calibration sheets."""

from gengang.calibration import SHEETS
from gengang.drafting import Judged
from gengang.errors import WorkspaceError
from gengang.office.kinds import Asking, Material, PaperKind
from gengang.papers.appraisal import appraisal_drafts
from gengang.papers.draft import Draft
from gengang.papers.signing_sheets import result_of, sheets_to_sign
from gengang.papers.words import programme_of, stage_subject
from gengang.rendering import Given
from gengang.roster import Person

FOLDER = "套打"
MOST_PAGES = 100
_SHEETS = (("竖", "portrait"), ("横", "landscape"))


def asked_people(judged: Judged, asking: Asking) -> tuple[Person, ...]:
    """Trainees in the order of every list, as far as they are asked for. WorkspaceError for one that there is not."""
    found = tuple(
        one for one in judged.trainees
        if asking.person in ("", one.key, one.name) and asking.school in ("", one.school)
    )  # fmt: skip
    if not found and (asking.person or asking.school):
        raise WorkspaceError(f"没有学员“{asking.person or asking.school}”，请核对姓名和学校。")
    return found


def appraisal_sheets(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """鉴定表 in three copies, without scores."""
    judged = material.judged
    roster, scheme = judged.season.roster, judged.scheme
    if scheme.document("appraisal") is None:
        return ()
    return tuple(
        draft for one in asked_people(judged, asking)
        for draft in appraisal_drafts(one, judged.season.papers_of(one.key), judged.figures[one.key], scheme, roster)
    )  # fmt: skip


def _sheets(stem: str, material: Material, asking: Asking) -> tuple[Draft, ...]:
    form, judged = material.forms.get(stem), material.judged
    if form is None:
        return ()
    roster, scheme = judged.season.roster, judged.scheme
    return tuple(
        draft for one in asked_people(judged, asking)
        for draft in sheets_to_sign(form, one, judged.season.papers_of(one.key), scheme, roster)
    )  # fmt: skip


def register_sheets(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """考核登记表 in its copies, without scores."""
    return _sheets("assessment_register", material, asking)


def info_sheets(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """个人信息登记表 in its copies, pre-filled from the roster."""
    return _sheets("personal_info", material, asking)


def transcript_drafts(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """誊写清单: what to write by hand into the signed sheets; none while no score is certain."""
    judged = material.judged
    lines = [(one, result) for one in asked_people(judged, asking) if (result := result_of(judged.verdicts[one.key]))]
    if not lines:
        return ()
    values: dict[str, Given] = {
        "programme": programme_of(judged.scheme), "office": judged.scheme.organisation.college,
        "as_of": judged.as_of.isoformat(), "total": len(lines),
    }  # fmt: skip
    rows = tuple(
        {"place": place, "name": one.name, "school": one.school or None, "subject": stage_subject(one) or None,
         "done": None, **result}
        for place, (one, result) in enumerate(lines, 1)
    )  # fmt: skip
    return (Draft("transcript", "transcript", "papers", "", values, f"{FOLDER}/考核结果誊写清单", MOST_PAGES,
                  {"lines": rows}),)  # fmt: skip


def calibration_drafts(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """The four calibration sheets: upright and lying, first and second print."""
    office = material.judged.scheme.organisation.college
    return tuple(
        Draft("calibration", f"calibration_{name}_{turn}", "papers", "", {"office": office},
              f"{FOLDER}/校准页/{lying}_第{'一二'[turn - 1]}遍", 1)
        for lying, name in _SHEETS if lying in SHEETS for turn in (1, 2)
    )  # fmt: skip


KINDS = (
    PaperKind("鉴定表", "考核", "每人三份，预填、不填分，送签；本人的已收到就不再印", appraisal_sheets),
    PaperKind("考核登记表", "考核", "每人三份，预填、不填分，送签；本人的已收到就不再印", register_sheets),
    PaperKind("个人信息登记表", "准备", "每人两份，按花名册预填；本人的已收到就不再印", info_sheets),
    PaperKind("誊写清单", "考核", "评分后往签过字的表上填的得分、等次、学时", transcript_drafts),
    PaperKind("套打校准页", "考核", "印两遍、扫描后量出打印机偏多少", calibration_drafts),
)
