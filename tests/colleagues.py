"""Someone who asks a colleague and someone who is asked, for tests of delegation."""

from __future__ import annotations

from bot.handle import House
from flows.dialogue import Phase
from flows.inquiry import Inquiry
from storage.store import Store, open_store
from tests.talking import CHANNEL, Person, house_on

LINK = "https://t.me/cocok_bot?start="
NAME = "Rina, Dinas Perhubungan"


def house_with_links(store: Store | None = None) -> House:
    """Furnish a house whose channel has deep links and brings news."""
    house = house_on(store or open_store("memory://"), link=LINK)
    house.errands = frozenset({CHANNEL})
    return house


def asker(house: House, length: str = "quick", address: str = "9009") -> Person:
    """Someone at the first question of an assessment."""
    return Person(house, address).enter().begin(length=length)


def delegate(person: Person) -> str:
    """Put the question shown to a colleague, return to it, and give the token of the link."""
    person.choose("delegate")
    token = shown_token(person)
    person.choose("dismiss")
    return token


def shown_token(person: Person) -> str:
    """The token of the link on the card."""
    link = next(text for _, text in person.screen.lines if text.startswith(LINK))
    assert link.startswith(f"{LINK}a_")
    return link.removeprefix(f"{LINK}a_")


def asked(house: House | None = None, address: str = "1001", language: str = "en") -> Person:
    """Someone who has opened a colleague's link and stands before the question."""
    house = house or house_with_links()
    before, house.link = house.link, LINK
    token = delegate(asker(house))
    house.link = before
    return opened(Person(house, address).enter(language), token)


def opened(person: Person, token: str) -> Person:
    """The same person after they opened a link to a question."""
    person.say(f"/start a_{token}")
    return person


def answer(person: Person, value: int | str = -1, basis: str = "B", note: str = "", name: str = NAME) -> Person:
    """Answer the question shown, to the end."""
    person.choose("rate", value)
    if person.conversation.aspect == "basis":
        person.choose("basis", basis)
    if note:
        person.say(note)
    else:
        person.choose("skip")
    person.say(name)
    assert (person.phase, person.conversation.aspect) == (Phase.ASKED, "done")
    return person


def inquiry(house: House, token: str) -> Inquiry | None:
    """A question as the store has it."""
    with house.store.unit(read_only=True) as unit:
        return unit.inquiry(token)


def found(house: House, token: str) -> Inquiry:
    """A question that must be there."""
    known = inquiry(house, token)
    assert known is not None
    return known


def replied(owner: Person, value: int | str = -1, *, note: str = "", language: str = "id") -> str:
    """Have the question shown answered by a colleague, and give the token."""
    token = delegate(owner)
    answer(opened(Person(owner.house, f"for {token}").enter(language), token), value, note=note)
    return token


def told(owner: Person, value: int | str = -1, *, note: str = "") -> str:
    """The same, and let who asked hear of it."""
    token = replied(owner, value, note=note)
    owner.hear(token)
    return token


class Circle:
    """People around somebody: one who asks them, one whom they ask. Their clocks are that person's."""

    def __init__(self, person: Person) -> None:
        """Let one of them have an assessment under way."""
        self._person = person
        self._asking = asker(person.house, address="9009")
        self._asked = Person(person.house, "8008").enter()
        self._rated = dict(self._asking.assessment.ratings)

    def payload(self, pick: int) -> str:
        """What a link may carry: every kind of it, alive, dead and broken."""
        kept = self._person.kept
        own = kept.assessment.id if kept and kept.assessment else "abcdefgh"
        kinds = (
            *("p_owl-bus", "p_food-waste-fee", "p_no-such-practice", "r", f"r_{own}", "x" * 99, "p_", "ü"),
            *(f"r_{self._asking.assessment.id}", "a_abcdefghabcdefgh"),
        )
        if pick % 2:
            return f"a_{self._question()}"
        return kinds[pick // 2 % len(kinds)] if pick % 5 else f"a_{self._own(pick)}"

    def news(self, pick: int) -> str:
        """The token of one of the person's questions, which has mostly just been answered."""
        token = self._own(pick)
        if pick % 4 and token:
            self._asked.now = self._person.now
            opened(self._asked, token)
            if self._asked.screen.name.startswith("asked") and self._asked.conversation.aspect != "done":
                answer(self._asked, (-2, -1, 0, 1, 2, "dk")[pick % 6], note="x" * 500 if pick % 3 else "")
        return token

    @property
    def untouched(self) -> bool:
        """Whether nothing was written to the assessment of who asks."""
        return self._asking.assessment.ratings == self._rated

    def _question(self) -> str:
        self._asking.now = self._person.now
        self._asking.open()
        if self._asking.conversation.aside:
            self._asking.say("/back")
        return delegate(self._asking)

    def _own(self, pick: int) -> str:
        """One of the questions asked by the person about the assessment in hand."""
        kept = self._person.kept
        if kept is None or kept.assessment is None:
            return ""
        with self._person.house.store.unit(read_only=True) as unit:
            found = [one.token for one in unit.inquiries(kept.assessment.id)]
        return found[pick % len(found)] if found else ""
