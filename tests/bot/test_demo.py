"""The demo as a process: what scripts and shells rely on."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

ROOT = Path(__file__).parents[2]
QUICK = "1\n1\n1\nBanda Aceh\n" + "1\n" * 40
HALFWAY = "1\n1\n1\nBanda Aceh\n1\n1\n1\n"


def demo(
    folder: Path, lines: str, *options: str, before: Callable[[], None] | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run ``cocok demo --script -`` in a process of its own, with ``lines`` on its input."""
    command = [sys.executable, "-m", "bot", "demo", "--script", "-", "--out", str(folder), *options]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COCOK_")}
    return subprocess.run(
        command, cwd=ROOT, input=lines, capture_output=True, encoding="utf-8", timeout=60, check=False,
        env=kept | environment, preexec_fn=before,
    )  # fmt: skip


@pytest.mark.parametrize(("language", "verdict"), [("id", "Rekomendasi: "), ("en", "Recommendation: ")])
def test_position_one_leads_to_the_verdict_on_the_owl_bus(tmp_path: Path, language: str, verdict: str) -> None:
    ended = demo(tmp_path, QUICK, "--lang", language, "--quick")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert verdict in ended.stdout
    names = {path.suffix: path.name for path in tmp_path.iterdir()}
    assert " - Owl Bus - Banda Aceh - " in names[".png"]
    assert names[".pdf"].startswith(verdict.split(":", maxsplit=1)[0])


def test_the_full_length_is_the_first_choice(tmp_path: Path) -> None:
    ended = demo(tmp_path, QUICK + "1\n" * 60, "--lang", "en")
    assert ended.returncode == 0
    assert "question 32 of 32" in ended.stdout


def test_without_lang_the_first_card_asks_for_the_language(tmp_path: Path) -> None:
    ended = demo(tmp_path, "2\n" + QUICK, "--quick")
    assert ended.stdout.startswith("Selamat datang di cocok")
    assert "Recommendation: " in ended.stdout


def test_a_script_that_ends_early_names_the_open_card(tmp_path: Path) -> None:
    ended = demo(tmp_path, HALFWAY, "--lang", "en", "--quick")
    assert ended.returncode == 1
    assert ended.stderr == "The script ended before the verdict; the open card is: items N1 basis\n"


def test_what_fits_no_button_is_not_understood_and_the_card_stays(tmp_path: Path) -> None:
    ended = demo(tmp_path, "1\n\n9\nperhaps\n1\n", "--lang", "en")
    assert ended.stdout.count("we did not understand") == 3
    assert "open card is: practice" in ended.stderr


def test_a_card_that_asks_for_text_takes_no_number_for_a_name(tmp_path: Path) -> None:
    ended = demo(tmp_path, "1\n1\n1\n1\nBanda Aceh\n", "--lang", "en")
    assert "open card is: profile" in ended.stderr


def test_a_second_run_goes_on_where_the_first_stopped(tmp_path: Path) -> None:
    assert demo(tmp_path, HALFWAY, "--lang", "en", "--quick").returncode == 1
    second = demo(tmp_path, "1\n" * 40, "--lang", "en", "--quick")
    assert second.stdout.startswith("Welcome back")
    assert second.returncode == 0


def test_another_language_on_the_second_run_shows_the_same_card(tmp_path: Path) -> None:
    demo(tmp_path, HALFWAY, "--lang", "en", "--quick")
    second = demo(tmp_path, "1\n", "--lang", "id", "--quick")
    assert second.stdout.startswith("Selamat datang kembali")
    assert "open card is: items N1 basis" in second.stderr


def test_a_script_after_a_verdict_is_about_an_assessment_of_its_own(tmp_path: Path) -> None:
    assert demo(tmp_path, QUICK, "--lang", "en", "--quick").returncode == 0
    again = demo(tmp_path, "Start another assessment\n2\nMedan\n" + "1\n" * 40, "--lang", "en", "--quick")
    assert again.returncode == 0
    assert "for Medan" in again.stdout
    unfinished = demo(tmp_path, "Start another assessment\n2\nMedan\n", "--lang", "en", "--quick")
    assert (unfinished.returncode, "open card is: profile" in unfinished.stderr) == (1, True)


def test_the_language_can_be_switched_in_a_run_with_lang(tmp_path: Path) -> None:
    ended = demo(tmp_path, "/language en\n1\n", "--lang", "id")
    assert "Before we begin" in ended.stdout
    assert "Does it fit our city?" in ended.stdout


def test_quick_answers_the_length_only_on_the_way_forward(tmp_path: Path) -> None:
    ended = demo(tmp_path, HALFWAY + "/back\n" * 4, "--lang", "en", "--quick")
    assert "open card is: profile" in ended.stderr


def test_quick_still_holds_for_a_run_cut_off_at_the_length(tmp_path: Path) -> None:
    demo(tmp_path, "1\n1\n1\nBanda Aceh\n1\n", "--lang", "en")
    ended = demo(tmp_path, "1\n", "--lang", "en", "--quick")
    assert "question 1 of 10" in ended.stdout


def test_the_verdict_is_shown_even_if_the_files_cannot_be_written(tmp_path: Path) -> None:
    for kind in ("pdf", "png"):
        (tmp_path / f"Recommendation - Owl Bus - Banda Aceh - {today()}.{kind}").mkdir()
    ended = demo(tmp_path, QUICK, "--lang", "en", "--quick")
    assert "Recommendation: " in ended.stdout
    assert "could not be saved" in ended.stdout
    assert not list(tmp_path.glob(".*.part"))
    assert ended.returncode == 1


def today() -> str:
    """The day in Jakarta, which file names carry."""
    return f"{datetime.now(ZoneInfo('Asia/Jakarta')):%Y-%m-%d}"


def test_the_demo_uses_the_database_it_is_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'other.db'}"
    demo(tmp_path / "out", HALFWAY, "--lang", "en", COCOK_DATABASE_URL=url)
    assert (tmp_path / "other.db").exists()
    assert not (tmp_path / "out" / "cocok.db").exists()


def test_refusing_the_notice_leaves_nothing(tmp_path: Path) -> None:
    ended = demo(tmp_path, "2\n", "--lang", "en")
    assert "Nothing of yours is kept." in ended.stdout
    assert "so far is kept" not in ended.stdout
    again = demo(tmp_path, "", "--lang", "en")
    assert "open card is: consent" in again.stderr


def _little_room() -> None:
    """No file of the process may grow beyond this many bytes, as on a disk or a quota that is used up."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))


def test_a_full_disk_is_one_clear_line_and_nothing_is_lost(tmp_path: Path) -> None:
    full = demo(tmp_path, QUICK + "1\n" * 60, "--lang", "en", before=_little_room)
    assert full.returncode == 1
    assert full.stderr.count("\n") == 1
    assert full.stderr.startswith("cocok: the database")
    asked = re.findall(r"question (\d+) of 32", full.stdout)
    rest = demo(tmp_path, "1\n" * 100, "--lang", "en")
    kept = re.search(r"(\d+) of 32 answered", rest.stdout)
    assert kept
    assert int(asked[-1]) - 1 == int(kept[1]) > 5
    assert rest.returncode == 0


def test_a_file_that_is_no_database_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "cocok.db").write_bytes(b"not a database, but long enough to look at" * 30)
    ended = demo(tmp_path, "1\n", "--lang", "en")
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert ended.stderr.startswith("cocok: the database")
