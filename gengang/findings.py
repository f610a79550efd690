"""What is wrong with a form or a person's papers, as a value."""

from dataclasses import dataclass
from typing import Literal

MISSING_PROGRAM = "missing_program"  # the machine cannot open a file: no fault of the file or of who sent it
STRUCK_OUT = (
    "struck_out"  # somebody took a value back on the paper itself: whoever agrees with what it was does not count
)

Severity = Literal["error", "warn", "manual", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a person should know.

    code: stable snake_case name, such as `id_checksum`.
    message: one Chinese sentence that says what is wrong and what to do.
    field: path inside the submission, such as `lessons[2].date` (rows from 1); empty for the whole paper.
    severity: error blocks an output, warn is shown, manual waits for a person's decision, info is told.
    clause: id of the scheme's clause (`T-02`), empty where no clause is concerned.
    place: where to look, in words (`第2页`, `t1/r3/c2`); empty when unknown.
    """

    code: str
    message: str
    field: str = ""
    severity: Severity = "warn"
    clause: str = ""
    place: str = ""
