"""What the people of the golden conversations write themselves, in their language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Words:
    """What people write in one language."""

    city: str
    misspelt: str
    unclear: str
    greeting: str
    note: str
    colleague: str
    colleague_note: str
    name: str
    whom: str
    action: str
    owner: str
    owner_changed: str
    due: str
    office: str
    caption: str
    shows: str
    file: str
    unknown: str
    reason: str


ID = Words(
    city="B. Aceh",
    misspelt="mendukng",
    unclear="menarik sekali",
    greeting="Selamat pagi",
    note="Sejalan dengan RPJMD, tetapi belum masuk Renstra Dishub.",
    colleague="Budi",
    colleague_note="Ruang fiskalnya baru ada di APBD Perubahan.",
    name="Budi, BPKD",
    whom="Bagian Organisasi Setda",
    action="Susun rancangan Perwali layanan malam",
    owner="Bagian Hukum",
    owner_changed="Bagian Hukum Setda",
    due="Maret 2027",
    office="Dinas Perhubungan",
    caption="Halte Lambaro pukul 23.00, masih ramai",
    shows="Jumlah penumpang per jam, 2025",
    file="penumpang-2025.pdf",
    unknown="ga tau",
    reason="Operatornya BLUD, bukan swasta",
)
EN = Words(
    city="Banda Ache",
    misspelt="strongly hlps",
    unclear="interesting",
    greeting="Good morning",
    note="In line with the RPJMD, but not yet in the department's own plan.",
    colleague="Budi",
    colleague_note="There is room for it in the revised budget only.",
    name="Budi, finance office",
    whom="Organisation section",
    action="Draft a mayoral regulation on night services",
    owner="Legal section",
    owner_changed="Legal section of the secretariat",
    due="March 2027",
    office="Transport department",
    caption="Lambaro stop at 11 pm, still crowded",
    shows="Passengers by the hour, 2025",
    file="passengers-2025.pdf",
    unknown="dunno",
    reason="The operator is a city agency, not a company",
)
WORDS = {"id": ID, "en": EN}
