"""The shipped schedules: systemd's units, Windows' task and its double-click start, and the work pool's file."""

import re
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from gengang.schedules import unit_faults

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "scripts" / "systemd").iterdir())
HOME = Path("/home/u")
TASK = ROOT / "scripts" / "windows" / "gengang.xml"
POOL = ROOT / "prefect.yaml"
START = ROOT / "scripts" / "windows" / "启动.bat"


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_shipped_unit_has_no_fault_where_it_was_set_up(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    assert list(unit_faults(unit.name, text, HOME, lambda _: True)) == []


@pytest.mark.parametrize("unit", [one for one in UNITS if one.suffix == ".service"], ids=lambda unit: unit.name)
def test_a_unit_whose_program_or_workspace_has_gone_is_told(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    program, workspace = unit_faults(unit.name, text, HOME, lambda _: False)
    assert "/home/u/gengang/.venv/bin/gengang" in program
    assert "/home/u/跟岗2016" in workspace


def test_a_timer_that_makes_up_for_nothing_is_told() -> None:
    [fault] = unit_faults("gengang.timer", "[Timer]\nOnCalendar=*-*-* 02:30:00\n", HOME, lambda _: True)
    assert "Persistent=true" in fault


def test_every_schedule_is_at_the_same_time() -> None:
    timer = (ROOT / "scripts" / "systemd" / "gengang.timer").read_text(encoding="utf-8")
    served = (ROOT / "flows" / "serving.py").read_text(encoding="utf-8")
    crons = re.findall(r'- \{cron: ("[^"]+"), timezone: Asia/Shanghai\}', POOL.read_text(encoding="utf-8"))
    assert "02:30:00 Asia/Shanghai" in timer
    assert "T02:30:00" in TASK.read_text(encoding="utf-8")
    assert crons[0] == '"30 2 * * *"'
    assert [cron for cron in crons if cron not in served] == []


def test_the_pool_s_file_names_flows_that_are_there() -> None:
    text = POOL.read_text(encoding="utf-8")
    entrypoints = re.findall(r"entrypoint: (flows)\.(\w+)\.(\w+)", text)
    assert len(entrypoints) == text.count("- name:") == text.count("concurrency_limit: 1") == 3
    for folder, module, flow in entrypoints:
        assert f"\ndef {flow}(" in (ROOT / folder / f"{module}.py").read_text(encoding="utf-8")


def test_windows_makes_up_for_a_night_and_starts_no_second_run() -> None:
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    settings = ET.fromstring(TASK.read_text(encoding="utf-8")).find("t:Settings", space)
    assert settings is not None
    said = {one.tag.rpartition("}")[2]: one.text for one in settings}
    assert (said["StartWhenAvailable"], said["MultipleInstancesPolicy"]) == ("true", "IgnoreNew")


def test_the_double_click_start_is_what_windows_reads() -> None:
    data = START.read_bytes()
    lines = data.decode("utf-8").split("\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert not data.startswith(b"\xef\xbb\xbf")
    page = next(number for number, line in enumerate(lines) if line.startswith("chcp 65001"))
    assert all(line.isascii() for line in lines[:page])
    labels = {line[1:] for line in lines if line.startswith(":")}
    assert {line.rpartition("goto ")[2] for line in lines if "goto " in line} <= labels


def test_what_windows_reads_is_not_turned_by_git() -> None:
    assert "*.bat text eol=crlf" in (ROOT / ".gitattributes").read_text(encoding="utf-8")
    assert (
        "flows*"
        in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]["find"]["include"]
    )
