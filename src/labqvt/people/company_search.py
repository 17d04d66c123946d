"""Public facts of a company by its name or SIRET, from the State's « Recherche d’entreprises »; the tool does without.

Its reply is read with suspicion: what is missing stays empty, what is not a reply is told as such. Format:
https://recherche-entreprises.api.gouv.fr/docs/ (version 1). What is typed is sent there, and nothing else.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils.translation import gettext as _

from labqvt.people.regions import REGIONS

_PATIENCE: Final = 4.0  # seconds: a form must answer
_LONGEST: Final = 1_000_000  # bytes of a reply one is ready to read
_TOO_MANY: Final = 429


class SearchUnavailableError(Exception):
    """The service gave nothing usable; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Company:
    """What the service knows of one establishment; empty where it says nothing."""

    siret: str
    name: str
    naf: str = ""
    idcc: str = ""
    region: str = ""
    city: str = ""
    headcount_band: str = ""
    is_social_economy: bool | None = None


# Insee's bands of headcount, by their code.
_BANDS: Final = {
    "NN": (0, 0), "00": (0, 0), "01": (1, 2), "02": (3, 5), "03": (6, 9), "11": (10, 19), "12": (20, 49), "21": (50, 99),
    "22": (100, 199), "31": (200, 249), "32": (250, 499), "41": (500, 999),
}  # fmt: skip
Fetch = Callable[[str], bytes]


def is_available() -> bool:
    """Whether the installation lets the tool ask."""
    return bool(settings.COMPANY_SEARCH_URL)


def search(text: str, *, fetch: Fetch | None = None) -> list[Company]:
    """At most ten companies whose name, SIREN or SIRET answers ``text``; ``SearchUnavailableError`` otherwise."""
    if not is_available():
        raise SearchUnavailableError(
            _("La recherche d’entreprises n’est pas ouverte sur cette installation. Remplissez à la main.")
        )
    address = f"{settings.COMPANY_SEARCH_URL}?{urlencode({'q': text, 'page': 1, 'per_page': 10})}"
    try:
        reply = json.loads((fetch or _fetch)(address))
        found = reply["results"]
        return [company for one in found if (company := _read(one))]
    except HTTPError as error:
        raise SearchUnavailableError(_refused(error.code)) from error
    except (URLError, TimeoutError, OSError) as error:
        raise SearchUnavailableError(
            _(
                "La recherche d’entreprises ne répond pas. Remplissez à la main ; vous pourrez la refaire plus tard."
            )
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SearchUnavailableError(
            _("La recherche d’entreprises a répondu autre chose que prévu. Remplissez à la main.")
        ) from error


def _refused(code: int) -> str:
    if code == _TOO_MANY:
        return _(
            "La recherche d’entreprises est très demandée : attendez une minute, ou remplissez à la main."
        )
    return _("La recherche d’entreprises a refusé la demande (%(code)s). Remplissez à la main.") % {
        "code": code
    }


def _fetch(address: str) -> bytes:
    request = Request(address, headers={"Accept": "application/json", "User-Agent": "labqvt"})  # noqa: S310 - https, from settings
    with urlopen(request, timeout=_PATIENCE) as reply:  # noqa: S310 - idem
        content: bytes = reply.read(_LONGEST)
    return content


def _read(one: dict[str, Any]) -> Company | None:
    """A company from one result; nothing when it has no SIRET to tell it by."""
    seat = (one.get("matching_etablissements") or [None])[0] or one.get("siege") or {}
    siret = str(seat.get("siret") or "")
    name = str(one.get("nom_complet") or one.get("nom_raison_sociale") or "").strip()
    if len(siret) != len("00000000000000") or not siret.isdigit() or not name:
        return None
    extra = one.get("complements") or {}
    idcc = next(iter(extra.get("liste_idcc") or seat.get("liste_idcc") or []), "")
    region = str(seat.get("region") or "")
    return Company(
        siret=siret, name=name[:200], naf=str(seat.get("activite_principale") or one.get("activite_principale") or "")[:6],
        idcc=str(idcc)[:4], region=region if region in REGIONS else "", city=str(seat.get("libelle_commune") or "").title(),
        headcount_band=_band(str(seat.get("tranche_effectif_salarie") or "")), is_social_economy=_yes_or_no(extra.get("est_ess")),
    )  # fmt: skip


def _band(code: str) -> str:
    if code not in _BANDS:
        return ""
    low, high = _BANDS[code]
    return (
        _("sans salarié") if high == 0 else _("de %(low)s à %(high)s personnes") % {"low": low, "high": high}
    )


def _yes_or_no(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None
