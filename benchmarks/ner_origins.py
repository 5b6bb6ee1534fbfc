"""Names from all over, none of which the model met when names were swapped, said as they are said in an interview."""

from __future__ import annotations

from benchmarks.ner_names import FAMILY, GIVEN

ORIGINS = {
    "Norwegian": "Marit Solheim, Kåre Nygård, Sigrid Fossum, Arvid Tangen, Gunnhild Moen, Torfinn Aasen",
    "double": "Else-Marie Holt, Bjørn-Tore Haug, Anne Grethe Lie Berg, Kjell-Ove Sandvik, Gry-Helen Rød",
    "Sami": "Elle-Máijá Tornensis, Ánneristen Juuso-Baal, Piera Jovnna Nutti, Berit-Ánne Sokki, Mikkal Hansa",
    "Polish": "Bożena Stępień, Ryszard Sikora, Halina Wilk, Mirosław Adamczyk, Danuta Pająk, Leszek Gajewski",
    "Somali": "Hamdi Jimale, Cabdullaahi Xasan, Ikraan Muuse, Sucaad Nuurow, Mahdi Garaad, Ruqiya Diiriye",
    "Arabic": "Huda Al-Tamimi, Anwar Shammari, Nahla Bitar, Ziad Khoury, Basma El-Amrani, Fawzi Jabbar",
    "Tamil": "Kirubakaran Nallathamby, Sutharsini Arulampalam, Thevaki Rasiah, Jeyanthan Kugathasan, Mathura Sivaguru",
    "Vietnamese": "Diep Hoang, Khoa Luong, Bao Chau Phan, Vinh Trinh, Tuyen Mac, Nga Quach, Hieu Lam, Kim Oanh Doan",
    "Eritrean": "Ghirmay Okbay, Luam Araya, Senait Mebrahtu, Tekie Fessehaye, Winta Zemichael, Isaias Weldu",
    "Pakistani": "Shazia Akhtar, Nadeem Bhatti, Rukhsana Mirza, Waqas Awan, Tahira Chughtai, Imran Qureshi",
}
"""Written for this measurement, as they come in Norway; no persons."""

FRAMES = (
    "Det var {} som ringte meg den kvelden.",
    "Saksbehandleren min, {}, sa at jeg måtte vente.",
    "Og så kom {} inn og satte seg ved siden av meg.",
    "Jeg snakket med {} om det, og da ble det lettere.",
    "{} har alltid vært der for oss.",
    "Eg hugsar at {} ikkje ville vere med heim.",
    "Ho budde saman med {} i mange år.",
    "Vi var fire stykker, {}, jeg og to til.",
)


def told() -> dict[str, list[tuple[str, int, int]]]:
    """Return sentences by origin, each with where the name stands."""
    met = {*GIVEN, *FAMILY}
    sentences: dict[str, list[tuple[str, int, int]]] = {}
    for origin, names in ORIGINS.items():
        for name in names.split(", "):
            if met & set(name.split()):
                raise ValueError(f"{name} was learnt from")
            for frame in FRAMES:
                start = frame.index("{}")
                sentences.setdefault(origin, []).append((frame.format(name), start, start + len(name)))
    return sentences
