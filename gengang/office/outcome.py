"""Office papers of the part 结业."""

from gengang.office import certificates, commending, filed, signed_sheets
from gengang.office.kinds import PaperKind

KINDS: tuple[PaperKind, ...] = (
    *signed_sheets.KINDS,
    *certificates.KINDS,
    PaperKind("备案表", "结业", "报教体局审核、备案", filed.filing_form),
    PaperKind("培训档案", "结业", "“十三五”教师培训档案登记，每人一行，缺勤另列一行", filed.archive_entries),
    PaperKind("各校汇总表", "结业", "教师培训工作先进集体评选的依据，每校一行，不排名", filed.school_roll_up),
    PaperKind("指导教师学时表", "结业", "每名指导教师指导谁、认定多少学时", filed.mentor_hours),
    PaperKind("表彰名单", "结业", "候选次序和理由，由人勾选", commending.proposal),
    PaperKind("表彰通报", "结业", "只有勾选的人", commending.notice),
    PaperKind("公示", "结业", "默认不出；方案写了公示工作日数才出", commending.publicity),
)
