"""French regions by their INSEE code (COG 2024), with the other names people and documents give them."""

import unicodedata
from typing import Final

REGIONS: Final[dict[str, str]] = {
    "01": "Guadeloupe",
    "02": "Martinique",
    "03": "Guyane",
    "04": "La Réunion",
    "06": "Mayotte",
    "11": "Île-de-France",
    "24": "Centre-Val de Loire",
    "27": "Bourgogne-Franche-Comté",
    "28": "Normandie",
    "32": "Hauts-de-France",
    "44": "Grand Est",
    "52": "Pays de la Loire",
    "53": "Bretagne",
    "75": "Nouvelle-Aquitaine",
    "76": "Occitanie",
    "84": "Auvergne-Rhône-Alpes",
    "93": "Provence-Alpes-Côte d’Azur",
    "94": "Corse",
}
_OTHER_NAMES: Final = {
    "paca": "93",
    "region sud": "93",
    "sud": "93",
    "bfc": "27",
    "aura": "84",
    "ile de france": "11",
}


def _plain(name: str) -> str:
    """A name without accents, apostrophes nor hyphens, to be recognised however it was typed."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    kept = "".join(letter if letter.isalnum() else " " for letter in letters)
    return " ".join(kept.split())


# « Côte d’Azur » typed with a straight or a typographic apostrophe reads the same once both are spaces.
_CODES: Final = {_plain(name.replace("’", " ")): code for code, name in REGIONS.items()} | _OTHER_NAMES


def region_code(name: str) -> str:
    """The INSEE code of a region named in one of its usual ways; empty when it is not a region."""
    return _CODES.get(_plain(name.replace("’", " ").replace("'", " ")), "")
