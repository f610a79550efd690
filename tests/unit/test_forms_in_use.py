"""Which built-in forms a plan uses: the county's own 23, and of the others those that its scheme names."""

import shutil
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from gengang.forms_in_use import OF_SOME_PLANS, REPORTS_ON_ALL, forms_in_use, named_forms
from gengang.scheme import Scheme
from gengang.settings import settings_of
from gengang.template import forms_of_folder
from gengang.workspace import BUILT_IN, new_workspace, scheme_of, templates_of
from tests.unit.seasons import SCHEME

FORMS, _ = forms_of_folder(BUILT_IN / "forms")
STEMS = frozenset(form.stem for form in FORMS)
SOME = st.sets(st.sampled_from(sorted(STEMS)), min_size=1, max_size=6)


def asking_for(stems: set[str]) -> Scheme:
    """A scheme that names these forms and no others."""
    documents = tuple(replace(SCHEME.documents[0], form=stem) for stem in sorted(stems))
    return replace(SCHEME, documents=documents, items=())


def used(scheme: Scheme) -> frozenset[str]:
    return frozenset(form.stem for form in forms_in_use(FORMS, scheme))


def test_the_county_uses_its_own_forms_and_no_other() -> None:
    assert len(STEMS) == 43
    assert used(SCHEME) == STEMS - OF_SOME_PLANS
    assert len(OF_SOME_PLANS) == 20
    assert STEMS > OF_SOME_PLANS


@given(SOME)
def test_a_plan_uses_all_that_it_names_and_no_other_plan_s(stems: set[str]) -> None:
    found = used(asking_for(stems))
    assert stems <= found
    assert found & OF_SOME_PLANS == stems & OF_SOME_PLANS
    assert STEMS - OF_SOME_PLANS - found <= {"study_report"}


@given(SOME)
def test_the_county_s_report_is_idle_only_where_another_report_is_asked_for(stems: set[str]) -> None:
    others = stems & {*REPORTS_ON_ALL[1:]}
    assert ("study_report" in used(asking_for(stems))) == (not others or "study_report" in stems)


def test_a_score_sheet_is_used_where_people_are_judged_by_points() -> None:
    otherwise = replace(SCHEME, items=(), evaluation=replace(SCHEME.evaluation, kind="none"))
    assert used(SCHEME) - used(otherwise) == {"score_sheet"}


def test_the_paper_that_judges_is_named_too() -> None:
    judged = replace(SCHEME, evaluation=replace(SCHEME.evaluation, form="process_evaluation"))
    assert named_forms(judged) - named_forms(SCHEME) == {"process_evaluation"}


def test_what_lies_in_the_office_s_own_folder_is_used_whole(tmp_path: Path) -> None:
    new_workspace(tmp_path, "county-2016")
    settings = settings_of(tmp_path, {})
    assert len(templates_of(settings, scheme_of(settings)).forms) == 23
    assert len(templates_of(settings).forms) == 43
    (tmp_path / "templates" / "forms").mkdir()
    shutil.copy(BUILT_IN / "forms" / "weekly_report.docx", tmp_path / "templates" / "forms")
    assert [form.stem for form in templates_of(settings, scheme_of(settings)).forms] == ["weekly_report"]
