"""Words that are neither a label nor a position, heard against a card's buttons.

The ways of hearing are tried from the surest to the loosest, and the first that finds anything decides: one button is
taken and said back, several are asked about and none is taken. On a card that asks for text nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from bot.render import Button, Screen
from flows.cards import Answer, Number, Said, say
from flows.echoes import quoted
from flows.numbers import people
from flows.speech import fold, meaning, negated, spelled
from flows.taps import Press, Typed

CANDIDATES = 3
"""How many labels a question back names."""

_PLAIN_YES = frozenset({"ya", "iya", "yes"})
"""What presses a button that nothing takes back."""

_DEGREES = ("1", "0", "-1")
"""The ratings named to who answers a question of degree with yes or no."""

_DIGITS = re.compile(r"\d+")
_SIGNED = re.compile(r"[+\-−–] ?([012])")
_COMMON = frozenset(("dan", "atau", "yang", "dari", "untuk", "the", "and", "or", "my", "this"))
"""Words that say nothing about which label is meant."""


@dataclass(frozen=True)
class _Named:
    """A button with its label in every language, as spelled."""

    button: Button
    labels: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, buttons: Sequence[Button]) -> _Named:
        """One button in each language, the reader's first."""
        labels = tuple(dict.fromkeys(button.label for button in buttons))
        names = tuple(name for label in labels for name in _names(label) if name)
        return cls(buttons[0], labels, names)


def _names(label: str) -> tuple[str, ...]:
    """A label as spelled, and what follows its yes or no: *Ya, ubah* is pressed by *ubah* as well."""
    head, comma, rest = label.partition(",")
    return (spelled(label), spelled(rest)) if comma and meaning(head) in {Answer.YES, Answer.NO} else (spelled(label),)


def hear(text: str, screen: Screen, others: Iterable[Screen], commands: Collection[str] = ()) -> Press | Typed:
    """The button that ``text`` means, or the text with the labels it may have meant.

    ``others`` is the same card in the other languages, asked for only here. ``commands`` are names of commands, which
    no similar label may swallow.
    """
    if signed := _SIGNED.fullmatch(text.strip()):
        return _asked(text, _rated(screen, str(int(f"{'+' if signed[0][0] == '+' else '-'}{signed[1]}"))))
    words = fold(text)
    own = [button for button in buttons_of(screen) if words and fold(button.label) == words]
    if own:
        return Press.decode(own[0].data) if len(own) == 1 else _asked(text, own)
    if not words:
        return Typed(text)
    rows = zip(buttons_of(screen), *(buttons_of(other) for other in others), strict=False)
    named = [_Named.of(row) for row in rows]
    foreign = [one.button for one in named if any(fold(label) == words for label in one.labels)]
    if len(foreign) == 1:
        return _taken(foreign[0])
    answered = _answered(text, screen)
    if screen.asks:
        return answered if isinstance(answered, Press) else Typed(text)
    return answered or _amount(text, screen) or _loosely(text, named, words if words in commands else "")


def buttons_of(screen: Screen) -> tuple[Button, ...]:
    """The buttons that words can press: all but those that open an address, and the one that unfolds the others."""
    buttons = (*screen.buttons, screen.more) if screen.more else screen.buttons
    return tuple(button for button in buttons if button.data)


def _taken(button: Button, said: Said | None = None) -> Press:
    return replace(Press.decode(button.data), heard=said or quoted(button.label), guessed=True)


def _asked(text: str, buttons: Iterable[Button], *more: str) -> Typed:
    labels = [button.label for button in buttons][: CANDIDATES - len(more)]
    return Typed(text, (*labels, *more))


def _decided(text: str, found: Sequence[Button]) -> Press | Typed:
    """One button is taken, unless nothing would take it back; several are asked about."""
    return _taken(found[0]) if len(found) == 1 and not found[0].final else _asked(text, found)


def _answered(text: str, screen: Screen) -> Press | Typed | None:
    """Yes, no and *don't know*. They are never a rating: a question of degree asks back how much."""
    answer = meaning(text)
    if answer is None:
        return None
    found = [button for button in screen.buttons if button.answers is answer]
    if len(found) == 1 and found[0].final and fold(text) in _PLAIN_YES:
        return _taken(found[0])
    if not found and answer in {Answer.YES, Answer.NO}:
        found = [button for value in _DEGREES for button in _rated(screen, value)]
    return _decided(text, found) if found or answer is not Answer.BACK else None


def _rated(screen: Screen, value: str) -> list[Button]:
    presses = ((button, Press.decode(button.data)) for button in buttons_of(screen))
    return [button for button, press in presses if (press.trigger, press.value) == ("rate", value)]


def _amount(text: str, screen: Screen) -> Press | None:
    """A number of people, where the choices stand for so many."""
    bounded = [(button.up_to, button) for button in screen.buttons if button.up_to is not None]
    number = people(text) if bounded else None
    if number is None:
        return None
    _, button = min((pair for pair in bounded if number <= pair[0]), key=itemgetter(0))
    return _taken(button, say("heard.people", number=Number(number), answer=quoted(button.label)))


def _loosely(text: str, named: Sequence[_Named], command: str) -> Press | Typed:
    words = spelled(text)
    for find in (_spelled_so, _initials, _part):
        if found := find(words, named):
            return _decided(text, found)
    found = _similar(words, named)
    if command:
        return _asked(text, found, f"/{command}")
    return _decided(text, found) if found else Typed(text)


def _spelled_so(words: str, named: Sequence[_Named]) -> list[Button]:
    """*sgt mendukung*, *netral saja*, *ubah*."""
    return [one.button for one in named if words in one.names]


def _initials(words: str, named: Sequence[_Named]) -> list[Button]:
    """*TT* for *Tidak tahu*; *SM* is both ends of the scale. Only answers are called so."""
    letters = words.replace(" ", "")
    if not 2 <= len(letters) <= 3:
        return []
    rated = (one for one in named if Press.decode(one.button.data).trigger == "rate")
    return [one.button for one in rated if any(_initials_of(name) == letters for name in one.names)]


def _initials_of(name: str) -> str:
    return "".join(word[0] for word in name.split())


def _part(words: str, named: Sequence[_Named]) -> list[Button]:
    """*kecil*, *dokumen*, *12 bulan*: some of a label's words in their order."""
    if len(words) < 3 or words.replace(" ", "").isdecimal() or _COMMON.issuperset(words.split()):
        return []
    return [
        one.button
        for one in named
        if any(f" {words} " in f" {name} " and negated(words) == negated(name) for name in one.names)
    ]


def _similar(words: str, named: Sequence[_Named]) -> list[Button]:
    """*mendukng*, *strongly hlps*: the nearest label, and those hardly farther."""
    distances = [(distance, one.button) for one in named for distance in _distances(words, one.names)]
    best = min((distance for distance, _ in distances), default=0)
    return list(dict.fromkeys(button for distance, button in distances if distance <= best + 1))


def _distances(words: str, names: Sequence[str]) -> Iterator[int]:
    """How many letters off each name is that may be meant; short words, numbers and negations must be right."""
    from rapidfuzz.distance import OSA

    for name in names:
        shorter = min(len(words), len(name))
        if shorter >= 5 and negated(name) == negated(words) and _DIGITS.findall(name) == _DIGITS.findall(words):
            distance = OSA.distance(words, name)
            if distance <= min(3, shorter // 4):
                yield distance
