"""How every command fails: one line that says what is wrong and what to do, an exit code, no traceback.

0 is done, 1 a failed job, 2 wrong usage or settings, 130 Ctrl-C, 141 a reader of the output that left.
"""

from __future__ import annotations

import os
import sys
import traceback
from typing import Any, NoReturn

import click
from click.exceptions import Abort, Exit, NoArgsIsHelpError

INTERRUPTED = 128 + 2
PIPE_CLOSED = 128 + 13
"""What a shell reports for a process ended by SIGINT and SIGPIPE."""

_DEBUG = "bot.debug"


class JobFailed(click.ClickException):
    """The work could not be done; one line for each reason."""

    exit_code = 1


class Refused(click.ClickException):
    """What was given cannot be used: an argument, an input, a setting; one line for each reason."""

    exit_code = 2


def _remember(context: click.Context, _option: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
    if value:
        context.meta[_DEBUG] = True


_DEBUG_OPTION = click.Option(
    ["--debug"], is_flag=True, expose_value=False, callback=_remember, help="Show the traceback of what goes wrong."
)


class Command(click.Command):
    """A command that takes ``--debug``."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The command's own parameters and ``--debug``."""
        return [*super().get_params(ctx), _DEBUG_OPTION]


class Program(click.Group):
    """A group of commands, and the one place where their failures are turned into words."""

    command_class = Command
    group_class = type

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The group's own parameters and ``--debug``."""
        return [*super().get_params(ctx), _DEBUG_OPTION]

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whatever it raises becomes a ClickException."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except (click.ClickException, Exit, Abort):
            raise
        except BrokenPipeError:
            _let_go_of_output()
            ctx.exit(PIPE_CLOSED)
        except Exception as error:  # the rim: a person gets a line, and with --debug the traceback
            from bot.cli.faults import told

            if ctx.meta.get(_DEBUG):
                traceback.print_exc()
            raise told(error) from error
        return result

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run and exit; a command may return its exit code."""
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except Abort:
            code = INTERRUPTED
        except click.ClickException as error:
            code = error.exit_code
            _tell(error)
        sys.exit(code)


def _tell(error: click.ClickException) -> None:
    if isinstance(error, NoArgsIsHelpError):
        error.show()
        return
    for line in _lines(error):
        click.echo(f"cocok: {line}", err=True)


def _lines(error: click.ClickException) -> list[str]:
    if not isinstance(error, click.UsageError):
        return error.format_message().splitlines()
    message = " ".join(error.format_message().split())
    command = error.ctx.command_path if error.ctx else "cocok"
    return [f"{message} See `{command} --help`."]


def _let_go_of_output() -> None:
    """Keep the interpreter from flushing into the closed pipe when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
