"""How far each paper has to be moved when it is printed onto a sheet that has the rest, as the ledger keeps it."""

from collections.abc import Iterable, Mapping

from gengang.facts import Actor, Fact, latest

SUBJECT, PATH = "overprint", "@offset:"
# What a clerk calls the papers that are printed onto sheets, and how they lie.
PAPERS: Mapping[str, str] = {
    "结业证书": "certificate",
    "学时证明书": "hours_certificate",
    "鉴定表": "appraisal",
    "考核登记表": "assessment_register",
}
LYING: Mapping[str, str] = {"结业证书": "横", "学时证明书": "横", "鉴定表": "竖", "考核登记表": "竖"}
MOST_MM = 30.0


def offset_fact(paper: str, right: float, down: float, by: str, actor: Actor, at: str) -> Fact:
    """The ledger's line of an offset. paper: a value of PAPERS; right, down: millimetres; by: how it was found."""
    data = {"path": f"{PATH}{paper}", "right": f"{right:.1f}", "down": f"{down:.1f}", "by": by}
    return Fact("decision", SUBJECT, data, actor, at)


def offsets_of(facts: Iterable[Fact]) -> dict[str, tuple[float, float]]:
    """Paper -> millimetres to the right and down; none for one that nobody measured."""
    return {
        path.removeprefix(PATH): (float(str(fact.data["right"])), float(str(fact.data["down"])))
        for (subject, path), fact in latest(facts, "decision").items()
        if subject == SUBJECT and path.startswith(PATH)
    }
