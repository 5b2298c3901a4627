"""What the bot asked for, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.telegram.params import Parameters
from tests.telegram.shapes import Json, Upload


@dataclass(frozen=True, slots=True)
class Call:
    """One call.

    ``fate`` is ``before`` or ``after`` when it went wrong on purpose; ``code`` is 0 when it got no answer; ``answer``
    is the body as the bot got it, or would have got it, and empty when the call had no effect.
    """

    at: float
    method: str
    parameters: Parameters
    code: int
    answer: Json
    fate: str = ""

    @property
    def body(self) -> Json:
        """The call as JSON; uploads are told by name and size."""
        told = {
            name: {"name": value.name, "size": len(value.data)} if isinstance(value, Upload) else value
            for name, value in self.parameters.recorded.items()
        }
        return {
            "at": self.at, "method": self.method, "parameters": told, "code": self.code, "answer": self.answer,
            "fate": self.fate,
        }  # fmt: skip


@dataclass
class Calls:
    """The calls kept while ``keeping``, and how many there were of each method and answer in any case."""

    keeping: bool = True
    kept: list[Call] = field(default_factory=list)
    methods: Counter[str] = field(default_factory=Counter)
    codes: Counter[int] = field(default_factory=Counter)

    def note(self, call: Call) -> None:
        """Count a call, and keep it if calls are kept."""
        self.methods[call.method] += 1
        self.codes[call.code] += 1
        if self.keeping:
            self.kept.append(call)

    def of(self, *methods: str) -> list[Call]:
        """The calls of some methods."""
        return [call for call in self.kept if call.method in methods]

    def __iter__(self) -> Iterator[Call]:
        return iter(self.kept)

    def __len__(self) -> int:
        return self.methods.total()
