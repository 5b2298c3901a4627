"""The methods of the Bot API, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.telegram import drawing, profile, sending
from tests.telegram.params import Parameters
from tests.telegram.world import World

Method = Callable[[World, Parameters], Any]
"""Does what a call asks for and gives its result, or raises :class:`Refusal`."""

METHODS: dict[str, Method] = {**sending.METHODS, **drawing.METHODS, **profile.METHODS}
"""What can be done at once; getting updates is the server's own matter."""

WAITING = ("getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo")
NAMES = {name.lower(): name for name in (*METHODS, *WAITING)}
"""The names as Telegram writes them; it takes them in any case."""

CHARGED = frozenset(name for name in NAMES.values() if name.startswith(("send", "edit")) and name != "sendChatAction")
"""The methods flood control counts."""
