"""Office papers of the part 季中."""

from gengang.office.kinds import PaperKind

KINDS: tuple[PaperKind, ...] = ()
