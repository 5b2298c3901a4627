"""Judged assessments for the report's tests, on the built-in toolkit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.i18n import translator
from bot.report.compose import compose
from bot.report.content import Assessed, Report
from bot.report.trace import trace_of
from flows.assessment import Assessment, City, Decision, PartChoice, Status, VerdictRecord
from flows.library import builtin
from flows.practice import Practice
from flows.ratings import Basis, Changeable, Mark, Plan, Rating
from flows.solo import firmness, judged
from flows.toolkit import Length

DAY = date(2026, 11, 23)
THEN = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
TOOLKIT = builtin().toolkit("citynet")
OWL_BUS = builtin().practice("owl-bus")

_VALUES = (
    "P1:2 P2:1 P3:1 P4:0 P5:dk N1:2 N2:1 N3:1 N4:2 C1:-1 C2:-1 C3:1 C4:0 C5:1 C6:1 C7:1 K1:1 K2:-2 K3:0 K4:1 K5:-1 "
)
_MORE = "K6:na K7:1 A1:1 A2:1 A3:2 A4:na R1:1 R2:-1 R3:0 R4:dk R5:1"
VALUES = dict(pair.split(":") for pair in (_VALUES + _MORE).split())
NOTES = {
    "P1": "Laporan evaluasi Seoul 2014, dirangkum ADB.",
    "N1": "Survei Dishub 2025: 412 pekerja malam, 61% memakai ojek setelah pukul 23.00.",
    "C1": "Trayek dalam kota kewenangan kota; lintas Aceh Besar kewenangan provinsi.",
    "C2": "Tarif perlu Perwali baru; paling cepat triwulan II.",
    "K2": "Subsidi operasional berakhir 2027, belum ada pos APBK.",
    "K5": "Data Trans Koetaradja tersedia, data seluler belum pernah diminta.",
    "R2": "Pengemudi ojek pangkalan di Peunayong.",
}
PLANS = {
    "C1": Plan(
        changeable=Changeable.MONTHS,
        action="Perjanjian kerja sama dengan provinsi untuk trayek lintas Aceh Besar",
        owner="Dinas Perhubungan",
        due="2027-03-31",
    ),
    "C2": Plan(
        changeable=Changeable.MONTHS, action="Rancangan Perwali tarif malam", owner="Bagian Hukum", due="2027-06-30"
    ),
    "K2": Plan(
        changeable=Changeable.YEARS, action="Usulkan pos subsidi dalam KUA-PPAS 2028", owner="Bappeda", due="Juli 2027"
    ),
    "K5": Plan(changeable=Changeable.MONTHS, action="Surat permintaan data ke operator seluler", owner="Diskominsa"),
}


def value(text: str) -> int | Mark:
    return Mark(text) if text.isalpha() else int(text)


def assessment(length: Length = Length.FULL, city: str = "Banda Aceh") -> Assessment:
    """Someone's finished assessment of the Owl Bus, reopened once."""
    asked = {item.id for item in TOOLKIT.asked(length)}
    bases = (Basis.DOCUMENT, Basis.EXPERIENCE, Basis.ESTIMATE)
    found = Assessment(id="a", toolkit="citynet", version=1, created_at=THEN, updated_at=THEN, practice="owl-bus")
    found.length, found.city = length, City(name=city)
    for place, (item, told) in enumerate((item, told) for item, told in VALUES.items() if item in asked):
        found.rate(item, Rating(value=value(told), basis=bases[place % 3], note=NOTES.get(item, "")), THEN)
    found.plans.update({item: plan for item, plan in PLANS.items() if item in asked})
    found.parts.update(
        {0: PartChoice(decision=Decision.KEEP), 1: PartChoice(decision=Decision.ADAPT, reason="Tiga rute dahulu")}
    )
    found.verdicts += [
        VerdictRecord(at=THEN, key=key, rule=rule, total=total, steps={})
        for key, rule, total in (("prepare-first", 3, 58.2), ("adapt-then-pilot", 5, 63.4))
    ]
    found.status = Status.FINISHED
    return found


def uninformed(length: Length = Length.FULL) -> Assessment:
    """The assessment with two decisive conditions unknown, before anything is planned or decided."""
    found = _begun(length)
    for item in ("C3", "R1"):
        found.ratings[item] = Rating(value=Mark.DONT_KNOW)
    return found


def rated(given: int, length: Length = Length.FULL, note: str = "") -> Assessment:
    """The assessment with one rating for everything, before anything is planned or decided."""
    found = _begun(length)
    for item in found.ratings:
        found.ratings[item] = Rating(value=given, basis=Basis.EXPERIENCE, note=note)
    return found


def _begun(length: Length) -> Assessment:
    found = assessment(length)
    found.plans, found.parts, found.verdicts = {}, {}, []
    return found


def report(found: Assessment, language: str, practice: Practice = OWL_BUS) -> Report:
    """What is shown of an assessment of one person."""
    tell = translator(language)
    judgement, robustness = judged(TOOLKIT, found), firmness(TOOLKIT, found)
    trace = trace_of(TOOLKIT, judgement, robustness, tell)
    matter = Assessed(assessment=found, toolkit=TOOLKIT, practice=practice, judgement=judgement, robustness=robustness)
    return compose(matter, trace, tell, DAY)


def noted(found: Assessment, note: str) -> Assessment:
    """The same assessment with ``note`` at every item."""
    for item, rating in list(found.ratings.items()):
        found.ratings[item] = replace(rating, note=note)
    return found
