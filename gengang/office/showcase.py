"""Office papers of the part 汇报会."""

from gengang.office.kinds import PaperKind

KINDS: tuple[PaperKind, ...] = ()
