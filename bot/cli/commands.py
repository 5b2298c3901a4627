"""What the command line offers. Each command imports its work when it runs, so that help comes at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from bot.cli.program import Program
from bot.languages import LANGUAGES

if TYPE_CHECKING:
    from bot.settings import Settings
    from flows.library import Library

F = TypeVar("F", bound=Callable[..., object])

LANGUAGE = click.Choice(LANGUAGES)
READABLE = click.Path(exists=True, dir_okay=False, allow_dash=True)


def _settings() -> Settings:
    from bot.settings import load_settings

    return load_settings()


def _library() -> Library:
    from bot.cli.database import offered

    return offered(_settings()).library


@click.group(cls=Program)
def cocok() -> None:
    """Guide city officials through judging whether a practice from another city fits theirs.

    Settings come from COCOK_... variables, a .env file, or a TOML file that COCOK_CONFIG names.
    """


@cocok.command()
@click.option("--lang", "language", type=LANGUAGE, help="Skip the question for the language.")
@click.option("--quick", is_flag=True, help="Ask the ten most telling questions only.")
@click.option("--script", type=READABLE, metavar="FILE", help="Read one answer a line (- for standard input).")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for the picture and the PDF.")
def demo(language: str | None, quick: bool, script: str | None, out: Path | None) -> int:  # noqa: FBT001 - click's call
    """Hold the conversation in the terminal.

    A script's line is a button's label or its position on the card from 1, a text where one is asked for, or a command
    such as /back. The exit code is 0 at the recommendation, 1 when the script ends before it.
    """
    from bot.demo import run_demo

    return run_demo(_settings(), language=language, quick=quick, script=script, out=out)


@cocok.command()
def run() -> None:
    """Answer on every channel that is configured, until told to stop (SIGTERM, Ctrl-C).

    The HTTP server starts too if COCOK_HTTP_PORT is set.
    """
    from bot.cli.running import run_bot

    run_bot(_settings())


@cocok.command()
def check() -> int:
    """Check that all is in place: exit code 1 if not.

    Looks at the settings, the database, what was set aside, the files folder, Telegram, the message catalogues, every
    toolkit and practice, and the fonts.
    """
    from bot.cli.checks import run_checks

    return run_checks(_settings())


@cocok.command()
@click.argument("file", type=READABLE)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--lang", "language", type=LANGUAGE, default="en", show_default=True, help="Language of the summary.")
def score(file: str, as_json: bool, language: str) -> None:  # noqa: FBT001 - click's call
    """Judge the ratings in a JSON file.

    FILE (- for standard input) holds an object with toolkit, length (full or quick) and people, a list of objects with
    id and ratings by question (-2 to 2, "dk" for don't know, "na" for not applicable). It may hold basis (A, B or C)
    per person, and changeable, actions and weights.
    """
    from bot.cli.score import score as judge

    judge(file, _settings(), language, as_json=as_json)


@cocok.group()
def db() -> None:
    """Look after the database."""


@db.command()
def upgrade() -> None:
    """Bring the database to the schema of this version."""
    from bot.cli.database import upgrade as migrate

    click.echo(migrate(_settings()))


@cocok.group()
def toolkit() -> None:
    """List, show, check and import toolkits."""


@cocok.group()
def practice() -> None:
    """List, show, check and import practices."""


def _files(command: F) -> F:
    return click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))(command)


def _file(command: F) -> F:
    return click.argument("file", type=click.Path(path_type=Path))(command)


@toolkit.command("list")
def list_toolkits() -> None:
    """List every version of every toolkit."""
    from bot.cli import sheets

    sheets.list_toolkits(_library())


@toolkit.command("show")
@click.argument("key", metavar="KEY[@VERSION]")
@click.option("--lang", "language", help="Language of the words.")
def show_toolkit(key: str, language: str | None) -> None:
    """Print a toolkit, the newest version unless one is named."""
    from bot.cli import sheets

    sheets.show_toolkit(_library(), key, language)


@toolkit.command("lint")
@_files
def lint_toolkit(files: tuple[Path, ...]) -> int:
    """Name all that is wrong with toolkit files, one finding a line: file, item, field; exit code 1 if any is."""
    from bot.cli.documents import TOOLKITS, lint_files

    return lint_files(TOOLKITS, files)


@toolkit.command("import")
@_file
def import_toolkit(file: Path) -> None:
    """Offer a toolkit from a sound file. A version never changes: what is changed gets a new one."""
    from bot.cli.documents import TOOLKITS, import_file

    import_file(TOOLKITS, file, _settings())


@toolkit.command()
def diagram() -> None:
    """Print the conversation's phases and moves as a Mermaid diagram."""
    from bot.diagram import diagram as drawn

    click.echo(drawn())


@practice.command("list")
def list_practices() -> None:
    """List every version of every practice."""
    from bot.cli import sheets

    sheets.list_practices(_library())


@practice.command("show")
@click.argument("key", metavar="KEY[@VERSION]")
@click.option("--lang", "language", help="Language of the words.")
def show_practice(key: str, language: str | None) -> None:
    """Print a practice, the newest version unless one is named."""
    from bot.cli import sheets

    sheets.show_practice(_library(), key, language)


@practice.command("lint")
@_files
def lint_practice(files: tuple[Path, ...]) -> int:
    """Name all that is wrong with practice files, one finding a line: file, place, field; exit code 1 if any is."""
    from bot.cli.documents import PRACTICES, lint_files

    return lint_files(PRACTICES, files)


@practice.command("import")
@_file
def import_practice(file: Path) -> None:
    """Offer a practice from a sound file. A version never changes: what is changed gets a new one."""
    from bot.cli.documents import PRACTICES, import_file

    import_file(PRACTICES, file, _settings())
