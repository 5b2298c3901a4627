"""Methods about the bot itself and about files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.telegram.params import Parameters
from tests.telegram.refusals import refuse
from tests.telegram.settings import LENGTHS
from tests.telegram.shapes import Json
from tests.telegram.world import World

MENUS = {"commands", "default", "web_app"}


def _me(world: World, _params: Parameters) -> Json:
    return world.bot | {
        "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False,
        "can_connect_to_business": False, "has_main_web_app": False,
    }  # fmt: skip


def _file(world: World, params: Parameters) -> Json:
    return world.files.fetched(params.text("file_id"))


def _set_commands(world: World, params: Parameters) -> bool:
    world.settings.offer(params.data("commands"), params.data("scope"), params.text("language_code"))
    return True


def _commands(world: World, params: Parameters) -> list[Json]:
    return world.settings.offered(params.data("scope"), params.text("language_code"))


def _delete_commands(world: World, params: Parameters) -> bool:
    world.settings.withdraw(params.data("scope"), params.text("language_code"))
    return True


def _set_text(what: str) -> Callable[[World, Parameters], bool]:
    def method(world: World, params: Parameters) -> bool:
        world.settings.say(what, params.text(what), params.text("language_code"))
        return True

    return method


def _text(what: str) -> Callable[[World, Parameters], Json]:
    def method(world: World, params: Parameters) -> Json:
        otherwise = world.bot["first_name"] if what == "name" else ""
        return {what: world.settings.said(what, params.text("language_code"), otherwise)}

    return method


def _set_menu(world: World, params: Parameters) -> bool:
    menu = params.data("menu_button") or {"type": "default"}
    if not isinstance(menu, dict) or menu.get("type") not in MENUS:
        refuse("can't parse MenuButton: Unsupported type specified")
    world.settings.menus[params.number("chat_id", 0)] = menu
    return True


def _menu(world: World, params: Parameters) -> Json:
    menus = world.settings.menus
    return menus.get(params.number("chat_id", 0), menus.get(0, {"type": "default"}))


def _pascal(what: str) -> str:
    return "".join(word.title() for word in what.split("_"))


METHODS: dict[str, Callable[[World, Parameters], Any]] = {
    "getMe": _me,
    "getFile": _file,
    "setMyCommands": _set_commands,
    "getMyCommands": _commands,
    "deleteMyCommands": _delete_commands,
    "setChatMenuButton": _set_menu,
    "getChatMenuButton": _menu,
    **{f"setMy{_pascal(what)}": _set_text(what) for what in LENGTHS},
    **{f"getMy{_pascal(what)}": _text(what) for what in LENGTHS},
}
