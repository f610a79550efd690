"""Office papers of the part 季中."""

from gengang.office import bulletin, chasing, leaders, progress
from gengang.office.kinds import PaperKind

KINDS: tuple[PaperKind, ...] = (
    PaperKind("催交通知", "季中", "谁还欠什么材料，每个派出学校、基地校（按指导教师）、学员一份，另有催交短信",
              chasing.notices, texts=chasing.texts),
    PaperKind("催办台账", "季中", "催过谁、催什么、哪天、几次，办公室留存", chasing.register),
    PaperKind("学员情况通报", "季中", "按月，五个部分；另附通报素材，供撰写和勾选", bulletin.drafts, bulletin.is_due),
    PaperKind("个人进度单", "季中", "每名学员一份：各项得分、还缺什么、何时前交，指导教师签字", progress.drafts),
    PaperKind("领导要数", "季中", "一页现成的数字句子", leaders.drafts),
)  # fmt: skip
