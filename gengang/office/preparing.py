"""Office papers of the part 准备."""

from gengang.office.kinds import PaperKind

KINDS: tuple[PaperKind, ...] = ()
