#!/bin/sh
# Resolves pyproject.toml again and writes the four locks: exact versions, hashes, no index address.
set -eu
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .venv-uv/bin/uv)

lock() {
    output=$1
    shift
    # The build requirement is locked too, so that the editable install downloads nothing of its own.
    .venv/bin/python -c 'import tomllib; print("\n".join(tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"]))' \
        | "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
            --override overrides.txt "$@" --output-file "$output" pyproject.toml -
}

lock requirements.lock
lock requirements-province.lock --extra province --constraint requirements.lock
lock requirements-dev.lock --extra dev --extra province --constraint requirements-province.lock
"$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
    --output-file requirements-uv.lock requirements-uv.in
