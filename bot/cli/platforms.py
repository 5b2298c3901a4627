"""What ``cocok check`` asks the messaging platforms: whose the token is, and how messages come in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from bot.cli.remarks import Grade, Remark, span
from bot.settings import Settings

TIMEOUT = 5
"""Seconds to wait for a platform."""

_LARGEST = 1_000_000
_RECENT = timedelta(hours=1)


class _NoAnswer(Exception):
    """The platform does not answer as it should; the text says what to do and holds no token."""


def check_telegram(settings: Settings) -> Iterator[Remark]:
    """Ask Telegram whose token it is and what it knows of a webhook."""
    if settings.telegram_token is None:
        yield Grade.FINE, "off; set COCOK_TELEGRAM_TOKEN to the token of your bot to switch it on"
        return
    try:
        me, webhook = _ask(settings, "getMe"), _ask(settings, "getWebhookInfo")
    except _NoAnswer as problem:
        yield Grade.FAULT, str(problem)
        return
    way = "webhook" if settings.telegram_webhook_url else "long polling"
    yield Grade.FINE, f"@{me.get('username')} answers, by {way}"
    yield from _about_webhook(webhook, settings.telegram_webhook_url)


def _about_webhook(told: dict[str, Any], wanted: str | None) -> Iterator[Remark]:
    url, waiting = told.get("url"), told.get("pending_update_count") or 0
    if wanted is None:
        if url:
            yield Grade.WARNING, f"the webhook {url} is set, maybe by another installation; `cocok run` takes it away"
        return
    if url != wanted:
        yield Grade.FINE, f"the webhook {wanted} is not set yet; `cocok run` sets it"
        return
    yield Grade.FINE, f"the webhook {wanted} is set; updates waiting: {waiting}"
    age = datetime.now(UTC) - datetime.fromtimestamp(told.get("last_error_date") or 0, UTC)
    if age < _RECENT:
        yield Grade.WARNING, f"the webhook's last failure, {span(age)} ago: {told.get('last_error_message')}"


def _ask(settings: Settings, method: str) -> dict[str, Any]:
    """Call a method of the Bot API; raises _NoAnswer."""
    api = settings.telegram_api_url
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    try:
        with urlopen(f"{api}/bot{token}/{method}", timeout=TIMEOUT) as answer:  # noqa: S310 - the setting is http or https
            told = json.loads(answer.read(_LARGEST))
    except HTTPError as error:
        with error:
            raise _NoAnswer(_refusal(error.code, api)) from None
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        why = getattr(reason, "strerror", None) or type(reason).__name__
        message = f"{api} cannot be reached ({why}); check the network and COCOK_TELEGRAM_API_URL"
        raise _NoAnswer(message) from None
    except ValueError:
        told = None
    if not isinstance(told, dict) or not isinstance(told.get("result"), dict):
        message = f"{api} does not answer as the Bot API does; correct COCOK_TELEGRAM_API_URL"
        raise _NoAnswer(message)
    return dict(told["result"])


def _refusal(status: int, api: str) -> str:
    if status in {401, 404}:
        return f"{api} does not know the token; ask @BotFather for the right one and set COCOK_TELEGRAM_TOKEN"
    return f"{api} answers with status {status}; try again later, or correct COCOK_TELEGRAM_API_URL"
