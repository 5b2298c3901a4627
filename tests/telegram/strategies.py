"""How a simulated person of the load chooses: a function of the card shown and of the number of taps they made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from tests.telegram.screen import Shown


@dataclass(frozen=True, slots=True)
class Tap:
    """Press the button with this data."""

    data: str


@dataclass(frozen=True, slots=True)
class Say:
    """Write a text; it is not measured."""

    text: str


Strategy = Callable[[Shown, int], Tap | Say | None]
"""Gives what to do, or None when there is nothing more to do."""


def first(card: Shown, taps: int) -> Tap | None:  # noqa: ARG001 - a strategy is told both
    """The first button that calls the bot."""
    return next(
        (Tap(button["callback_data"]) for row in card.buttons for button in row if "callback_data" in button), None
    )


def varied(card: Shown, taps: int) -> Tap | None:
    """Another button with every tap, the same in every run."""
    data = [button["callback_data"] for row in card.buttons for button in row if "callback_data" in button]
    return Tap(data[taps % len(data)]) if data else None


def named(name: str) -> Strategy:
    """One of this module, or ``package.module:function``."""
    module, _, function = name.rpartition(":")
    strategy: Strategy = getattr(import_module(module or __name__), function)
    return strategy
