"""A judged assessment put into words once, for the picture and the PDF alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.i18n import Translator
from bot.report.content import Action, Assessed, Bar, Chapter, Part, Past, Report, Row, Trace, Turn
from bot.report.exhibits import pieces
from flows import explain
from flows.assessment import Decision, PartChoice, Status
from flows.cards import Listing, Message, Number, Said, Verbatim, say
from flows.ratings import Basis, Changeable, Plan, Rating
from flows.scoring import ItemFigures
from flows.toolkit import Floor, Item, Length, Track, Words
from flows.verdict import ADAPT, OTHERWISE, READY, VERDICTS

REJECTED = 2
"""The rule of the worst verdict."""

STRONGEST = 3
"""How many supports and barriers are shown as the strongest."""

TRACKS = {
    Track.POLICY: say("report.track.policy"),
    Track.INSTITUTION: say("report.track.institution"),
    Track.INFRASTRUCTURE: say("report.track.infrastructure"),
    Track.COOPERATION: say("report.track.cooperation"),
}
_CHANGEABLE = {
    Changeable.MONTHS: say("barrier.months"),
    Changeable.YEARS: say("barrier.years"),
    Changeable.NO: say("barrier.no"),
}
_DECISIONS = {
    Decision.KEEP: say("part.keep"),
    Decision.ADAPT: say("part.adapt"),
    Decision.REPLACE: say("part.replace"),
    Decision.DROP: say("part.drop"),
}


def compose(case: Assessed, trace: Trace, tell: Translator, day: date) -> Report:
    """Put a judged assessment into words; ``day`` is the date printed."""
    words = _Wording(case, tell)
    verdict = case.toolkit.verdict_texts[case.judgement.verdict]
    chapters = words.chapters()
    rows = [row for chapter in chapters for row in chapter.rows]
    return Report(
        tell=tell,
        case=case,
        trace=trace,
        day=tell(day),
        subject=words.subject(),
        practice=words.practice(),
        city=case.assessment.city.name if case.assessment.city else "",
        verdict=words.text(verdict.name),
        meaning=words.text(verdict.meaning),
        next=words.text(verdict.next),
        length=tell(say("report.length.quick") if case.judgement.length is Length.QUICK else say("report.length.full")),
        total=words.score(case.judgement.total),
        coverage=words.coverage(),
        confidence=tell(say("report.confidence", level=explain.CONFIDENCE[case.judgement.confidence.level])),
        bars=tuple(chapter.bar for chapter in chapters),
        mark=case.toolkit.thresholds.ready_step,
        mark_told=words.mark(),
        supports=strongest(rows, -1),
        barriers=strongest(rows, 1),
        chapters=chapters,
        actions=words.actions(rows),
        parts=words.parts(),
        unknown=words.unknown(rows),
        evidence=pieces(case, tell),
        turns=words.turns(),
        history=words.history(),
        method=words.method(),
    )


def strongest(rows: Iterable[Row], direction: int) -> tuple[Row, ...]:
    """The strongest barriers (``direction`` 1) or supports (-1), at most ``STRONGEST``.

    Ordered by value, then decisive conditions first, then in the order asked (the sort is stable).
    """
    told = [(direction * row.value, row) for row in rows if row.value is not None and direction * row.value < 0]
    return tuple(row for _, row in sorted(told, key=lambda pair: (pair[0], not pair[1].critical))[:STRONGEST])


class _Wording:
    """Words for the parts of one case in one language."""

    def __init__(self, case: Assessed, tell: Translator) -> None:
        self.case = case
        self.tell = tell

    def text(self, words: Words) -> str:
        return words.get(self.tell.language) or next(iter(words.values()), "")

    def practice(self) -> str:
        practice = self.case.practice
        name, source = self.text(practice.name), self.text(practice.city)
        if not source:
            return name
        return self.tell(say("practice.title", practice=Verbatim(name), city=Verbatim(source)))

    def subject(self) -> str:
        practice, city = self.practice(), self.case.assessment.city
        if not city:
            return practice
        return self.tell(say("report.subject", practice=Verbatim(practice), city=Verbatim(city.name)))

    def mark(self) -> str:
        least = Number(self.case.toolkit.thresholds.ready_step, 1)
        return self.tell(say("report.mark", value=least, verdict=self.verdict(READY)))

    def verdict(self, rule: int) -> Verbatim:
        """What the toolkit calls the verdict of a rule in this length."""
        key = VERDICTS[self.case.judgement.length][rule]
        return Verbatim(self.text(self.case.toolkit.verdict_texts[key].name))

    def coverage(self) -> str:
        figures = [item for item in self.case.judgement.items.values() if item.applicable]
        rated = sum(item.median is not None for item in figures)
        share = Number(self.case.judgement.coverage, percent=True)
        return self.tell(say("report.coverage", rated=Number(rated), asked=Number(len(figures)), share=share))

    def chapters(self) -> tuple[Chapter, ...]:
        asked = self.case.judgement.items
        chapters = []
        for step in self.case.toolkit.steps:
            rows = tuple(self.row(item) for item in step.items if item.id in asked)
            score = self.case.judgement.steps.get(step.key)
            written = self.score(score)
            chapters.append(Chapter(bar=Bar(name=self.text(step.name), score=score, written=written), rows=rows))
        return tuple(chapter for chapter in chapters if chapter.rows)

    def row(self, item: Item) -> Row:
        figures = self.case.judgement.items[item.id]
        rating = self.case.assessment.ratings.get(item.id, Rating())
        return Row(
            id=item.id,
            name=self.text(item.name),
            critical=item.critical,
            value=figures.median,
            signed=self.signed(figures.median),
            answer=self.answer(figures),
            basis=self.basis(rating.basis),
            note=rating.note,
            ask=rating.ask,
            until=self.due(rating.until),
            by=rating.by,
        )

    def score(self, score: float | None) -> str:
        return self.tell(Number(score, 1) if score is not None else say("report.no-score"))

    def signed(self, value: float | None) -> str:
        if value is None:
            return "?"
        sign = "+" if value > 0 else "−" if value < 0 else ""
        return sign + self.tell(Number(abs(value), decimals=1))

    def answer(self, figures: ItemFigures) -> str:
        toolkit = self.case.toolkit
        if figures.median is not None:
            whole = toolkit.answers.get(int(figures.median)) if figures.median == int(figures.median) else None
            return self.text(whole.name) if whole else self.between(figures.median)
        if not figures.applicable:
            return self.text(toolkit.not_applicable)
        if figures.n:
            return self.tell(say("report.too-few"))
        return self.text(toolkit.dont_know) if figures.dk else self.tell(say("report.unanswered"))

    def between(self, value: float) -> str:
        low = int(value // 1)
        names = {near: Verbatim(self.text(self.case.toolkit.answers[near].name)) for near in (low, low + 1)}
        return self.tell(say("report.between", low=names[low], high=names[low + 1]))

    def basis(self, basis: Basis | None) -> str:
        return next((self.text(option.name) for option in self.case.toolkit.bases if option.key == basis), "")

    def actions(self, rows: Iterable[Row]) -> dict[Track, tuple[Action, ...]]:
        """Every item that hinders or has a plan, by track; tracks without any are left out."""
        items, plans = self.case.toolkit.items, self.case.assessment.plans
        wanted = [row for row in rows if (row.value is not None and row.value < 0) or row.id in plans]
        by_track = {track: tuple(row for row in wanted if items[row.id].track is track) for track in TRACKS}
        return {
            track: tuple(self.action(row, plans.get(row.id, Plan())) for row in found)
            for track, found in by_track.items()
            if found
        }

    def action(self, row: Row, plan: Plan) -> Action:
        if plan.changeable is Changeable.NO:
            plan = Plan(changeable=Changeable.NO)
        return Action(
            row=row,
            changeable=self.tell(_CHANGEABLE[plan.changeable]) if plan.changeable else "",
            text=plan.action,
            owner=plan.owner,
            due=self.due(plan.due),
            fixed=plan.changeable is Changeable.NO,
        )

    def due(self, due: str) -> str:
        try:
            return self.tell(date.fromisoformat(due))
        except ValueError:
            return due

    def parts(self) -> tuple[Part, ...]:
        choices = self.case.assessment.parts
        return tuple(
            Part(
                text=self.text(words),
                decision=self.decision(choices.get(number, PartChoice()).decision),
                reason=choices.get(number, PartChoice()).reason,
            )
            for number, words in enumerate(self.case.practice.parts)
        )

    def decision(self, decision: Decision | None) -> str:
        return self.tell(_DECISIONS[decision]) if decision else ""

    def unknown(self, rows: Iterable[Row]) -> tuple[tuple[Row, str], ...]:
        """Applicable items without a value, each with what would count as evidence."""
        figures, items = self.case.judgement.items, self.case.toolkit.items
        return tuple(
            (row, self.text(items[row.id].evidence)) for row in rows if row.value is None and figures[row.id].applicable
        )

    def turns(self) -> tuple[Turn, ...]:
        toolkit, by_verdict = self.case.toolkit, dict[str, list[str]]()
        for move in self.case.robustness.one_answer_changes:
            name = f"{move.item} {self.text(toolkit.items[move.item].name)}"
            told = say("report.move", item=Verbatim(name), to=Verbatim(self.signed(move.to)))
            by_verdict.setdefault(move.verdict, []).append(self.tell(told))
        return tuple(
            Turn(verdict=self.text(toolkit.verdict_texts[key].name), moves=tuple(moves))
            for key, moves in by_verdict.items()
        )

    def history(self) -> tuple[Past, ...]:
        """Verdicts before the present one, which a finished assessment has on record as its last."""
        assessment, names = self.case.assessment, self.case.toolkit.verdict_texts
        earlier = assessment.verdicts[:-1] if assessment.status is Status.FINISHED else assessment.verdicts
        return tuple(
            Past(
                day=self.tell(record.at.astimezone(self.case.zone).date()),
                verdict=self.text(names[record.key].name),
                total=self.score(record.total) if record.total is not None else "",
            )
            for record in earlier
        )

    def method(self) -> tuple[str, ...]:
        """The toolkit's standing, how scores become a verdict and what that is worth, and the toolkit's sources."""
        toolkit = self.case.toolkit
        said = (say("report.method.score"), self.cutoffs(), say("report.method.limits"))
        return self.text(toolkit.status), " ".join(map(self.tell, said)), self.text(toolkit.origin)

    def cutoffs(self) -> Message:
        """What the verdicts of this length ask for; the quick one has a single verdict between best and worst."""
        cut = self.case.toolkit.thresholds
        values: dict[str, Said] = {
            "coverage": Number(cut.coverage, 1, percent=True),
            "ready": Number(cut.ready_total, 1),
            "step": Number(cut.ready_step, 1),
            "reject": self.floors(cut.reject_floors),
            "unknown_name": self.verdict(explain.UNINFORMED),
            "ready_name": self.verdict(READY),
            "reject_name": self.verdict(REJECTED),
            "other_name": self.verdict(OTHERWISE),
        }
        if self.case.judgement.length is Length.QUICK:
            return say("report.method.cutoffs-quick", **values)
        values |= {
            "adapt": Number(cut.adapt_total, 1),
            "adapt_name": self.verdict(ADAPT),
            "prepare": self.floors(cut.prepare_floors),
        }
        return say("report.method.cutoffs", **values)

    def floors(self, floors: Iterable[Floor]) -> Listing:
        names = {step.key: self.text(step.name) for step in self.case.toolkit.steps}
        return Listing(tuple(Verbatim(f"{names[floor.step]} {self.tell(Number(floor.below, 1))}") for floor in floors))
