"""The program: ``cocok`` or ``python -m bot``."""

from __future__ import annotations

from bot.cli.commands import cocok


def main() -> None:
    """Run the command line and exit with its code."""
    cocok.main(prog_name="cocok")


if __name__ == "__main__":
    main()
