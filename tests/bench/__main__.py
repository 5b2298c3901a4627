"""Runs every measurement and prints a table; the exit code is 1 when a bound is missed."""

from __future__ import annotations

import sys

from tests.bench import answering, starting, telegram
from tests.bench.figures import Figure


def main() -> int:
    """Measure, print, judge."""
    # starts come first: a child is charged with the memory its parent held when it forked
    figures: list[Figure] = [*starting.figures(), *answering.figures(), *telegram.figures()]
    wide = max(len(figure.name) for figure in figures)
    for figure in figures:
        print(f"{figure.name:<{wide}}  {figure.written:>26}  {figure.bound:>18}  {figure.judged}")
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
