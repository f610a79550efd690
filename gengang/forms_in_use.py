"""Which of the built-in forms a plan uses: those that every plan may need, and of the others the ones it names.

A paper that nobody asks for is no candidate when a returned one is recognised, and is not handed out.
"""

from collections.abc import Sequence

from gengang.form import Form
from gengang.scheme import Scheme

# What a plan calls the report on the whole study; a text of its own title alone does not tell them apart.
REPORTS_ON_ALL = ("study_report", "study_essay", "placement_report", "study_summary", "self_reflection")
# Papers that some plans ask for.
OF_SOME_PLANS = frozenset(
    {"teaching_journal", "teaching_design", "process_evaluation", "question_response", "weekly_report", "study_notes",
     "observation_essay", "improvement_measures", "project_result", "activity_evaluation", "lesson_review",
     "growth_file", "student_feedback", "self_evaluation", "checkpoint", "performance_review", *REPORTS_ON_ALL[1:]}
)  # fmt: skip


def forms_in_use(forms: Sequence[Form], scheme: Scheme) -> tuple[Form, ...]:
    """The built-in forms that this plan uses; study_report is not one where only another report is named.

    Nor is the 评分表 where nobody is judged by points.
    """
    named = named_forms(scheme)
    idle = OF_SOME_PLANS - named
    idle |= {"score_sheet"} - named if scheme.evaluation.kind != "points" else set()
    if "study_report" not in named and named & {*REPORTS_ON_ALL}:
        idle |= {"study_report"}
    return tuple(form for form in forms if form.stem not in idle)


def named_forms(scheme: Scheme) -> frozenset[str]:
    """Stems that a scheme names: of its documents, of what its rubric counts, and of the paper that judges."""
    documents = (document.form for document in scheme.documents)
    evidence = (stem for item in scheme.items for stem in item.evidence)
    return frozenset({*documents, *evidence, scheme.evaluation.form} - {""})
