"""A questionnaire ready to be lent: its words, who it is for, its licence, its reference values.

Schema ``labqvt/pack/1``: the fields of ``Pack`` by name, with the questionnaire embedded under
``questionnaire``, so that a pack travels as one file. A pack kept in a folder may name there a questionnaire
file beside it instead. The published JSON Schema is ``labqvt_forms/schema/pack-1.schema.json``.

    pack = read_pack(content)
    if pack.licence.attestation:
        ...                       # the operator must say so before the pack is used
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from labqvt_forms.errors import FileError, ModelError, Place, QuestionnaireError, placed
from labqvt_forms.formats.json_form import decode_object, encode_object
from labqvt_forms.formats.json_schema import TEXT, document_schema
from labqvt_forms.intake import bounded, bounded_bytes, decode_text, json_content
from labqvt_forms.questionnaire import Questionnaire
from labqvt_forms.text import NO_TEXT, Text

SCHEMA: Final = "labqvt/pack/1"
EXTENSION: Final = ".pack.json"
LARGEST_PACK: Final = 8 * 1024 * 1024
_LICENCE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
_ADDRESS = re.compile(r"https?://\S+")


class Public(StrEnum):
    """Who answers. Only structures answer by name."""

    EMPLOYEES = "employees"
    DIRECTION = "direction"
    STRUCTURES = "structures"
    PARTICIPANTS = "participants"
    """People who follow a programme together, after a session or at its two ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """The right to use the questionnaire.

    ``id`` is an SPDX identifier, or ``LicenseRef-…``. ``attestation`` is the sentence an operator must
    attest before use; None when the licence is open to all.
    """

    id: str
    text: Text
    url: str = ""
    attestation: Text | None = None

    def __post_init__(self) -> None:
        if not _LICENCE_ID.fullmatch(self.id):
            raise ModelError(f"« {self.id} » n’est pas un identifiant SPDX, ni « LicenseRef-… ».")
        if not self.text:
            raise ModelError("la licence n’a pas de texte : dites ce qu’elle permet.")
        _check_address(self.url)
        if self.attestation is not None and not self.attestation:
            raise ModelError("l’attestation est vide : écrivez la phrase, ou mettez null.")

    @property
    def open(self) -> bool:
        """Anybody may use it without attesting anything."""
        return self.attestation is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceValue:
    """What another population scored on a scale, with the source that says so.

    ``n`` is the number of people; ``collected`` says when, in the words of the source. ``quartiles`` are the
    three of them, in order. All are in the unit of the scale.
    """

    scale: str
    population: Text
    n: int
    source: str
    mean: float | None = None
    sd: float | None = None
    quartiles: tuple[float, float, float] | None = None
    url: str = ""
    edition: str = ""
    collected: str = ""

    def __post_init__(self) -> None:
        if not self.population:
            raise ModelError("la population est absente : dites qui a répondu.")
        if not self.source.strip():
            raise ModelError("la source est vide : une valeur sans source ne compare rien.")
        if self.n < 1:
            raise ModelError(f"{self.n} personne : il en faut au moins une.")
        if self.mean is None and self.quartiles is None:
            raise ModelError("ni moyenne ni quartiles : donnez l’une ou les autres.")
        if self.sd is not None and self.sd < 0:
            raise ModelError(f"un écart-type n’est jamais négatif (trouvé {self.sd:g}).")
        if self.quartiles is not None and list(self.quartiles) != sorted(self.quartiles):
            raise ModelError("les trois quartiles vont du plus petit au plus grand.")
        _check_address(self.url)

    @property
    def values(self) -> tuple[float, ...]:
        """Every value that must stand within the range of the scale."""
        mean = () if self.mean is None else (self.mean,)
        return (*mean, *(self.quartiles or ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A questionnaire with all that is needed to use it rightly. Its id is that of its questionnaire.

    ``date`` (ISO) is that of this ``edition``. ``mirrors`` and ``easy_read_of`` name another pack.
    ``kept_apart`` lists answers that must be stored away from the others (consent to be called back).
    """

    questionnaire: Questionnaire
    public: Public
    licence: Licence
    authors: tuple[str, ...]
    edition: str
    date: str
    minutes: int | None = None
    """How long the questionnaire says it takes."""
    framework: str = ""
    """Id of the list of subjects its scales speak of."""
    mirrors: str = ""
    easy_read_of: str = ""
    reviewed_by_readers: bool = False
    """People the easy-to-read version is meant for have read it and had it corrected."""
    kept_apart: tuple[str, ...] = ()
    scoring_note: Text = NO_TEXT
    reference_values: tuple[ReferenceValue, ...] = ()

    def __post_init__(self) -> None:
        self._check_identity()
        self._check_public()
        self._check_kept_apart()
        self._check_references()

    @property
    def id(self) -> str:
        return self.questionnaire.id

    def _check_identity(self) -> None:
        if not self.questionnaire.items:
            raise _refused("questionnaire", "ce questionnaire ne contient aucune question.")
        if not self.authors or not all(author.strip() for author in self.authors):
            raise _refused("authors", "les auteurs sont absents : nommez au moins une personne ou un groupe.")
        if not self.edition.strip():
            raise _refused("edition", "l’édition est vide : donnez-lui un numéro ou une année.")
        try:
            date.fromisoformat(self.date)
        except ValueError:
            raise _refused(
                "date", f"« {self.date} » n’est pas une date : écrivez-la comme 2026-01-31."
            ) from None
        if self.minutes is not None and self.minutes < 1:
            raise _refused("minutes", "un questionnaire prend au moins une minute.")
        for key, other in (("mirrors", self.mirrors), ("easy_read_of", self.easy_read_of)):
            if other == self.id:
                raise _refused(key, f"« {other} » se cite lui-même : nommez l’autre questionnaire.")
        if self.reviewed_by_readers and not self.easy_read_of:
            raise _refused(
                "reviewed_by_readers", "seule une version facile à lire est relue par ses lecteurs."
            )

    def _check_public(self) -> None:
        if (self.public is Public.STRUCTURES) is self.questionnaire.anonymous:
            raise _refused(
                "public",
                "seules les structures répondent par leur nom : un questionnaire nominatif a pour public "
                "« structures », et un questionnaire anonyme n’a jamais ce public.",
            )

    def _check_kept_apart(self) -> None:
        if self.kept_apart and self.questionnaire.anonymous:
            raise _refused(
                "kept_apart", "un questionnaire anonyme ne demande pas à qui écrire : retirez ces questions."
            )
        answers = {variable.id for variable in self.questionnaire.answer_variables}
        scored = {item for scale in self.questionnaire.scales for item in scale.items}
        for id_ in self.kept_apart:
            if id_ not in answers:
                raise _refused("kept_apart", f"« {id_} » n’est pas une question de ce questionnaire.")
            if id_ in scored:
                raise _refused(
                    "kept_apart", f"« {id_} » entre dans un score : elle ne peut être mise à part."
                )

    def _check_references(self) -> None:
        ranges = {scale.id: scale.range for scale in self.questionnaire.scales}
        for rank, reference in enumerate(self.reference_values):
            key = f"reference_values[{rank}]"
            if reference.scale not in ranges:
                known = ", ".join(ranges) or "aucune"
                raise _refused(
                    f"{key}.scale",
                    f"l’échelle « {reference.scale} » n’existe pas. Échelles du questionnaire : {known}.",
                )
            low, high = ranges[reference.scale]
            for value in reference.values:
                if not low <= value <= high:
                    raise _refused(key, f"{value:g} sort de l’échelle, qui va de {low:g} à {high:g}.")


def read_pack(content: bytes, *, beside: Path | None = None) -> Pack:
    """Read a pack from the content of its file.

    ``beside``: folder where a pack may name its questionnaire file. Without it, as for a file someone brings,
    the questionnaire must be inside.

    Raises
    ------
    FormError
        One sentence that names the key.
    """
    if len(content) > LARGEST_PACK:
        raise FileError(f"un pack pèse au plus {LARGEST_PACK // 2**20} Mo : celui-ci est plus lourd.")
    document = _parsed(bounded(content))
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise QuestionnaireError(f"la clé « schema » doit valoir « {SCHEMA} ».", Place(key="schema"))
    body = {key: value for key, value in document.items() if key != "schema"}
    if isinstance(named := body.get("questionnaire"), str):
        body["questionnaire"] = _questionnaire_beside(named, beside)
    return decode_object(body, Pack)


def read_pack_file(path: Path) -> Pack:
    """Read a pack of a folder, with the questionnaire file it may name beside it."""
    with placed(Place(file=path.name)):
        return read_pack(bounded_bytes(path), beside=path.parent)


def write_pack(pack: Pack) -> bytes:
    """Return the one file that holds everything, its questionnaire included."""
    document = {"schema": SCHEMA, **encode_object(pack)}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def pack_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``labqvt/pack/1``."""
    schema = document_schema(Pack, SCHEMA, {}, {"Text": TEXT})
    named = {"type": "string", "description": "Nom du fichier du questionnaire, dans le même dossier."}
    schema["properties"]["questionnaire"] = {"anyOf": [schema["properties"]["questionnaire"], named]}
    return schema


def _parsed(content: bytes) -> object:
    return json_content(decode_text(content))


def _questionnaire_beside(name: str, folder: Path | None) -> object:
    place = Place(key="questionnaire")
    if folder is None:
        raise QuestionnaireError(
            "ce pack nomme son questionnaire au lieu de le contenir : mettez-le à l’intérieur.", place
        )
    if Path(name).name != name or not name.endswith(".json"):
        raise QuestionnaireError(
            f"« {name} » doit être le nom d’un fichier .json du même dossier, sans chemin.", place
        )
    with placed(place):
        return _parsed(bounded_bytes(folder / name))


def _check_address(url: str) -> None:
    if url and not _ADDRESS.fullmatch(url):
        raise ModelError(f"« {url} » n’est pas une adresse : elle commence par https://.")


def _refused(key: str, sentence: str) -> ModelError:
    return ModelError(sentence, Place(key=key))
