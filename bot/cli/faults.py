"""Every error a command can meet, in the operator's words."""

from __future__ import annotations

from collections.abc import Mapping

import click

from bot.cli.program import JobFailed, Refused
from bot.settings import WrongSetting
from flows.loading import BrokenFile
from flows.score_input import ScoreInputError
from storage.errors import (
    LostRace,
    StoreError,
    StoreFull,
    StoreOutdated,
    StoreTooNew,
    StoreUnreachable,
    StoreUnreadable,
)

_ADVICE: Mapping[type[StoreError], str] = {
    LostRace: "is held by another process; try again",
    StoreUnreadable: "is not a database of cocok or is damaged; restore a copy or set COCOK_DATABASE_URL to another",
    StoreTooNew: "was written by a newer version of cocok; install that version",
    StoreOutdated: "has the schema of an older version of cocok; run `cocok db upgrade`",
    StoreFull: "has no room left on its disk; make room and try again",
    StoreUnreachable: "cannot be opened or written; check COCOK_DATABASE_URL, the server, permissions and disk space",
}


def told(error: Exception) -> click.ClickException:
    """Say what is wrong and what to do."""
    match error:
        case WrongSetting() | ScoreInputError():
            return Refused(str(error))
        case BrokenFile():
            return JobFailed(str(error))
        case StoreError():
            return JobFailed(store_fault(error))
        case OSError():
            return JobFailed(f"{error.filename or 'the system'}: {error.strerror or error}")
    reason = " ".join(f"{type(error).__name__}: {error}".split())
    return JobFailed(f"a fault in the program ({reason}); run the command again with --debug and report what it shows")


def store_fault(error: StoreError) -> str:
    """Say what is wrong with the database."""
    advice = _ADVICE.get(type(error), "met a fault in the program; run the command again with --debug and report it")
    detail = " ".join(error.detail.split())
    return f"the database {advice} ({detail[:200]})" if detail else f"the database {advice}"
