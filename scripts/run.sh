#!/bin/sh
# The main job: one pass over the workspace, then the papers. An empty workspace takes the shipped sample instead.
# `run.sh desk` opens the review desk there, after a first pass where there was none.
set -eu
cd "$(dirname "$0")/.."
gengang=.venv/bin/gengang
sample=sample-workspace

is_empty() {
    [ ! -e roster.xlsx ] && [ ! -e 学校一览表.xlsx ] && [ ! -e 学校一览表.csv ] && [ -z "$(find inbox -mindepth 1 ! -name .gitkeep -print -quit 2>/dev/null)" ]
}

# 0 is done and 1 is done with things for a person: both are success here.
must() {
    code=0
    "$@" || code=$?
    if [ "$code" -gt 1 ]; then exit "$code"; fi
}

workspace=.
if is_empty; then
    workspace=$sample
    echo "This workspace is still empty (no roster.xlsx, nothing in inbox/), so the run takes the shipped sample of 12 invented people in $sample/."
    if [ ! -d "$sample" ]; then must "$gengang" sample "$sample" --people 12 --seed 2016; fi
fi
if [ "${1:-}" = desk ]; then
    if [ ! -f "$workspace/gengang.db" ] && [ -f "$workspace/scheme.toml" ]; then must "$gengang" run --workspace "$workspace"; fi
    exec "$gengang" desk --workspace "$workspace"
fi
must "$gengang" run --workspace "$workspace"
must "$gengang" issue --workspace "$workspace"
echo "The papers are in $workspace/outbox/; begin with the morning note there (今日要点)."
