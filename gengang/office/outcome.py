"""Office papers of the part 结业."""

from gengang.office.kinds import PaperKind

KINDS: tuple[PaperKind, ...] = ()
