"""The check-up: every need that is not met is said with what to do, and a sound machine raises no error."""

from dataclasses import replace
from pathlib import Path

import pytest

from gengang.doctor import PACKAGES, Check, Machine, checkup, faces_check, judge, look, packages_in

NEEDED = packages_in(
    """
    # a comment
    libreoffice-writer-nogui | run | program:soffice | prints
    fonts-noto-cjk | run | font:Noto Serif CJK SC | Song type
    """
)
SOUND = Machine({"soffice": "LibreOffice 7"}, {"Noto Serif CJK SC": "Noto Serif CJK SC"}, 50_000_000_000, True)


def not_ok(checks: tuple[Check, ...]) -> list[Check]:
    return [check for check in checks if check.state != "ok"]


def test_a_sound_machine_has_nothing_to_mend() -> None:
    assert not_ok(judge(NEEDED, SOUND)) == []


def test_a_missing_program_is_an_error_that_names_its_package() -> None:
    [check] = not_ok(judge(NEEDED, replace(SOUND, programs={"soffice": None})))
    assert (check.name, check.state) == ("soffice", "error")
    assert "libreoffice-writer-nogui" in check.sentence


@pytest.mark.parametrize("fonts", [{"Noto Serif CJK SC": "DejaVu Sans"}, {}])
def test_a_substituted_font_is_a_warning_and_no_error(fonts: dict[str, str]) -> None:
    [check] = not_ok(judge(NEEDED, replace(SOUND, fonts=fonts)))
    assert check.state == "warning"
    assert "fonts-noto-cjk" in check.sentence
    assert all(used in check.sentence for used in fonts.values())


@pytest.mark.parametrize(("free", "state"), [(1_000_000, "error"), (1_000_000_000, "warning"), (9_000_000_000, "ok")])
def test_a_full_disk_is_said_before_it_stops_a_run(free: int, state: str) -> None:
    [check] = [check for check in judge(NEEDED, replace(SOUND, free_bytes=free)) if check.name == "disk"]
    assert check.state == state


def test_template_faults_are_errors_one_by_one() -> None:
    faults = not_ok(judge(NEEDED, SOUND, ("甲.docx：缺少标记。", "乙.docx：缺少标记。")))
    assert [(check.name, check.state) for check in faults] == [("templates", "error"), ("templates", "error")]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    found = look(tmp_path / "nowhere", ())
    assert not found.writable
    assert [check.name for check in not_ok(judge((), found))] == ["workspace"]


def test_looking_leaves_nothing_behind(tmp_path: Path) -> None:
    assert look(tmp_path, ()).writable
    assert list(tmp_path.iterdir()) == []


def test_this_machine_has_what_packages_txt_asks_for(tmp_path: Path) -> None:
    assert not_ok(checkup(tmp_path)) == []


@pytest.mark.parametrize(
    "line", ["poppler-utils", "a | run | program:x |", "a | later | program:x | why", "a | run | x | why"]
)
def test_a_line_that_is_not_of_its_form_is_named(line: str) -> None:
    with pytest.raises(ValueError, match=line.split(maxsplit=1)[0]):
        packages_in(line)


def test_the_committed_list_has_both_classes() -> None:
    assert {package.purpose for package in packages_in(PACKAGES.read_text(encoding="utf-8"))} == {"run", "test"}


def test_a_face_that_a_print_borrows_is_said_and_stops_nothing() -> None:
    [check] = faces_check({"方正小标宋简体": "Noto Serif CJK SC", "黑体": "黑体"})
    assert check.state == "note"
    assert "方正小标宋简体用“Noto Serif CJK SC”代替" in check.sentence
    assert "黑体用" not in check.sentence
    assert faces_check({"黑体": "黑体"}) == ()
