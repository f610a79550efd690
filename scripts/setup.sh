#!/bin/sh
# Makes .venv from the committed locks, and the Debian packages of packages.txt: `setup.sh run`, `test` or `province`
# (what many machines need beside).
# Costs a moment when there is nothing to do. Where it may not install something, it prints the one command to type.
set -eu
cd "$(dirname "$0")/.."

class=${1:-run}
case $class in
    run) lock=requirements.lock ;;
    test) lock=requirements-dev.lock ;;
    province) lock=requirements-province.lock ;;
    *) echo "usage: setup.sh [run|test|province]" >&2; exit 2 ;;
esac

say() { echo "setup: $*" >&2; }

# The interpreter behind $1, links resolved, if it is new enough.
interpreter() {
    "$1" -c 'import os, sys; sys.version_info >= (3, 11) and print(os.path.realpath(sys._base_executable))' 2>/dev/null
}

# The first that is new enough: uv cannot download another one on every machine. An environment keeps its own.
find_python() {
    for name in ${PYTHON:-.venv/bin/python} python3 python3.14 python3.13 python3.12 python3.11; do
        path=$(interpreter "$name") || continue
        if [ -n "$path" ]; then echo "$path"; return; fi
    done
}

# packages.txt, the packages of the classes in $1 (an extended regular expression).
listed() { sed -n -E "s/^([a-z0-9.+-]+) *\| *($1) *\|.*/\1/p" packages.txt; }

missing_packages() {
    if ! command -v dpkg-query >/dev/null; then return; fi
    for package in $(if [ "$class" = test ]; then listed 'run|test'; else listed run; fi); do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || echo "$package"
    done
    if [ -z "$python" ]; then echo python3; fi
    if needs_venv_package; then echo python3-venv; fi
}

# Debian's python3 has neither pip nor ensurepip, so an environment for uv needs one package more.
needs_venv_package() {
    if has_uv; then return 1; fi
    if [ -z "$python" ]; then return 0; fi
    ! "$python" -c 'import ensurepip' 2>/dev/null
}

own_uv=.venv-uv/bin/uv
has_own_uv() { cmp -s requirements-uv.lock .venv-uv/made-from.lock && "$own_uv" --version >/dev/null 2>&1; }
has_uv() { command -v uv >/dev/null || has_own_uv; }

become_root() {
    if [ "$(id -u)" = 0 ]; then echo env; elif sudo -n true 2>/dev/null; then echo sudo; fi
}

install_packages() {
    root=$(become_root)
    if [ -n "$root" ] && command -v apt-get >/dev/null; then
        say "installing Debian packages:" "$@"
        if $root sh scripts/apt-install.sh "$@" >&2; then return; fi
        say "apt-get could not install them; its message stands above."
    else
        say "these Debian packages are missing, and only an administrator can install them:" "$@"
    fi
    say "type this one command, then call make again (请管理员执行下面这一条命令，然后重新执行 make):"
    if command -v sudo >/dev/null; then
        echo "  sudo sh scripts/apt-install.sh $*" >&2
    else
        echo "  su -c 'sh scripts/apt-install.sh $*'" >&2
    fi
    exit 2
}

# An office behind a mirror has told pip of it, not uv.
take_over_pip_settings() {
    if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then
        mirror=$(.venv-uv/bin/python -m pip config list | sed -n "s/^[a-z:.]*index-url='\(.*\)'$/\1/p" | grep -v '^$' | tail -n 1)
        if [ -n "$mirror" ]; then export UV_DEFAULT_INDEX="$mirror"; fi
    fi
}

make_own_uv() {
    say "making a small environment for uv"
    rm -rf .venv-uv
    "$python" -m venv .venv-uv
    .venv-uv/bin/python -m pip --quiet --disable-pip-version-check install \
        --require-hashes --only-binary :all: -r requirements-uv.lock
    cp requirements-uv.lock .venv-uv/made-from.lock
}

find_uv() {
    if command -v uv >/dev/null; then uv=uv; return; fi
    has_own_uv || make_own_uv
    uv=$own_uv
    take_over_pip_settings
}

certificates=/etc/ssl/certs/ca-certificates.crt

make_environment() {
    export UV_PYTHON_DOWNLOADS=never UV_HTTP_TIMEOUT="${UV_HTTP_TIMEOUT:-300}"
    if [ -z "${SSL_CERT_FILE:-}" ] && [ -s "$certificates" ]; then export SSL_CERT_FILE="$certificates"; fi
    rm -f .venv/made-for-*
    if [ "$(interpreter .venv/bin/python)" != "$python" ]; then
        rm -rf .venv
        "$uv" venv --quiet --python "$python" .venv
    fi
    say "installing what $lock names"
    "$uv" pip sync --quiet --python .venv/bin/python --require-hashes --only-binary :all: "$lock"
    "$uv" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --offline --editable .
}

# What .venv depends on, in one line: the tree's own place too, since an environment cannot be moved.
state() {
    { cat packages.txt requirements.lock "$1" pyproject.toml scripts/setup.sh
      "$python" --version; echo "$python"; pwd; } | sha256sum | cut -d ' ' -f 1
}

up_to_date() {
    [ "$(cat ".venv/made-for-$class" 2>/dev/null)" = "$(state "$lock")" ] && .venv/bin/python -I -c 'import gengang' 2>/dev/null
}

python=$(find_python)
missing=$(missing_packages)
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086 -- one word a package
    install_packages $missing
    python=$(find_python)
fi
if [ -z "$python" ]; then
    say "no Python from 3.11 on was found: install one, or name it: make PYTHON=/path/to/python3"
    exit 2
fi
if up_to_date; then exit 0; fi
find_uv
make_environment
# The other locks hold all that the run lock holds, so one environment serves both.
state requirements.lock > .venv/made-for-run
if [ "$class" != run ]; then state "$lock" > ".venv/made-for-$class"; fi
say "ready: .venv ($("$python" --version), $lock)"
