"""Where `gengang …` begins: reading a file should not wait for what only other commands need."""

import importlib
import sys


def main() -> None:
    """Run the command that the arguments name."""
    importlib.import_module("gengang.cli_read" if sys.argv[1:2] == ["read"] else "gengang.cli").main()
