"""Whether what a workspace keeps is whole: the ledger's seals, the originals under their hashes, the templates."""

from gengang.errors import TemplatesError, WorkspaceError
from gengang.facts import erased_files
from gengang.ledger import Ledger, kept_ledger
from gengang.ledger_verify import verify
from gengang.manifest import manifest_faults, originals_of, unknown_files
from gengang.originals import damaged_originals, originals_place
from gengang.sealing import sealing_faults
from gengang.settings import Settings
from gengang.workspace import templates_of

_STATES = {"absent": "不见了", "changed": "已被改动"}


def faults_of_workspace(settings: Settings, what: str) -> tuple[str, ...]:
    """Every fault of the ledger, the originals, or both (`all`). WorkspaceError for another word or no ledger."""
    if what not in ("all", "ledger", "originals"):
        raise WorkspaceError(f"不认识“{what}”：可写 ledger（台账）、originals（原件）或什么都不写。")
    with kept_ledger(settings) as ledger:
        sealed = (*verify(ledger), *sealing_faults(settings, ledger)) if what != "originals" else ()
        return (*sealed, *(_faults_of_originals(settings, ledger) if what != "ledger" else ()))


def _faults_of_originals(settings: Settings, ledger: Ledger) -> tuple[str, ...]:
    """Disk, ledger and manifest held to each other: what is missing, changed or unknown."""
    facts = tuple(ledger.read())
    named = {fact.subject: str((fact.personal or {}).get("path", "") or fact.data.get("stem", ""))
             for fact in facts if fact.kind in ("arrival", "template")}  # fmt: skip
    originals = originals_of(facts)
    damaged = damaged_originals(originals_place(settings), tuple(originals))
    ordered = erased_files(fact for fact in facts if fact.kind == "erasure_ordered")
    erased = erased_files(fact for fact in facts if fact.kind == "erased")
    known = originals.keys() | (ordered - erased)  # an erasure that was stopped is told by the next run
    return (
        *(f"原件{_STATES[state]}：{named[sha256] or sha256}" for sha256, state in damaged.items()),
        *manifest_faults(settings.archive, originals, known),
        *unknown_files(settings, known, erased),
    )


def template_faults(settings: Settings) -> tuple[str, ...]:
    """Why a template of the workspace is left out, one sentence each."""
    try:
        return tuple(f"{fault.place} {fault.message}" for fault in templates_of(settings).left_out)
    except TemplatesError as error:
        return error.faults
