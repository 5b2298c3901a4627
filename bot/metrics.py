"""What is counted while the bot runs. No label ever holds a person's id or words."""

from __future__ import annotations

from prometheus_client import Counter, Histogram

INPUTS = Counter("cocok_inputs", "Inputs of people, by what became of them", ["channel", "outcome"])
INPUT_SECONDS = Histogram("cocok_input_seconds", "Seconds from taking an input up to its commit")
CALLS = Counter("cocok_calls", "Calls to a platform, by method and what came of them", ["channel", "method", "outcome"])
DEAD_LETTERS = Counter("cocok_dead_letters", "Inputs set aside because they could not be handled")
