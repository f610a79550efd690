"""Every office paper in the order of the season, found by its name."""

from gengang.errors import WorkspaceError
from gengang.office import archive, outcome, preparing, season, showcase
from gengang.office.kinds import Asking, Material, PaperKind
from gengang.papers.draft import Draft

KINDS: tuple[PaperKind, ...] = (
    *preparing.KINDS, *season.KINDS, *outcome.KINDS, *showcase.KINDS, *archive.KINDS
)  # fmt: skip


def kinds_named(names: tuple[str, ...]) -> tuple[PaperKind, ...]:
    """The papers of these names, in the order asked. Raises WorkspaceError naming every name that there is not."""
    known = {one.name: one for one in KINDS}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise WorkspaceError(f"没有这种材料：{'、'.join(unknown)}。用 gengang papers list 查看可印的材料。")
    return tuple(known[name] for name in names)


def laid_ready(material: Material) -> tuple[Draft, ...]:
    """What a run prints by itself on this day."""
    return tuple(draft for kind in KINDS if kind.laid_ready(material) for draft in kind.drafts(material, Asking()))
