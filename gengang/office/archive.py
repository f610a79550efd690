"""Office papers of the part 归档."""

from gengang.office.kinds import PaperKind

KINDS: tuple[PaperKind, ...] = ()
