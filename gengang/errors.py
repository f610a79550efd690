"""What is wrong with our program or its surroundings: an exit code, and what to do next.

What is wrong with a form is never raised; it is a `findings.Finding`.
"""


class GengangError(Exception):
    """A run cannot go on. The message says, in Chinese, what to do next."""

    exit_code = 2


class FaultsError(GengangError):
    """An input of the office (roster, scheme, template folder) is faulty; every fault is given with its place."""

    def __init__(self, what: str, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join([what, *(f"  · {fault}" for fault in faults)]))
        self.what = what
        self.faults = faults


class RosterError(FaultsError):
    """The roster workbook cannot be used."""


class MeetingsError(FaultsError):
    """The workbook of meetings cannot be used."""


class SchemeError(FaultsError):
    """The scheme file cannot be used."""


class TemplatesError(FaultsError):
    """No template without an error is left."""


class BackupError(FaultsError):
    """A backup is damaged, incomplete, or none at all."""


class ToolError(GengangError):
    """An outside program is missing, hung or failed."""


class MachineError(GengangError):
    """The machine has no room for what we have to write, or gives no right to."""


class WorkspaceError(GengangError):
    """The folder is not a workspace, or cannot hold one (a network share, no right to write)."""


class LedgerError(GengangError):
    """The ledger is damaged, newer than this program, or held by another run."""
