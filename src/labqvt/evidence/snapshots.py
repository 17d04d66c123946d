"""The snapshot of a network: columns of answers in a fresh order, encrypted under a key of their own, for a while.

It exists only where other groups of structures may be compared after the opening, as announced before anyone answered.
It holds what that takes and nothing else: answers to closed questions, the structure, and of profile questions the group
that was told, so that what is added is closed together with it. No free text, no direction, no code, no order. Read by
``evidence`` alone; with its key, every copy ends.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from django.utils.translation import gettext as _
from nacl.secret import SecretBox
from numpy.typing import NDArray

from labqvt.campaigns import keys
from labqvt.campaigns.models import Campaign
from labqvt.evidence import own_keys
from labqvt.evidence.displays import DIRECTION, Json, Sheet, Terms, columns_of
from labqvt.evidence.models import SealedSnapshot
from labqvt.evidence.network_cuts import group_told
from labqvt.evidence.texts import shuffled
from labqvt.foundation.sealed import opened
from labqvt.instruments.measuring import answers_of, instrument_of
from labqvt_forms import Questionnaire
from labqvt_stats import Answers

# Under this many answers, counts are all that is kept: the release itself.
PEOPLE_FROM: Final = 15
_KIND: Final = "snapshot"


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Answers of employees, the structure of each, and their group by profile variable; in no order that means anything."""

    answers: Answers
    structures: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def taken_of(sheets: Sequence[Sheet], form: Questionnaire, terms: Terms, content: Json) -> Snapshot | None:
    """The columns to keep, people in an order drawn from the system’s own chance; None under fifteen.

    ``content`` is what is told of them.
    """
    people = shuffled([sheet for sheet in sheets if sheet.audience != DIRECTION])
    if len(people) < PEOPLE_FROM:
        return None
    answers = answers_of(instrument_of(form), [sheet.answers for sheet in people])
    told = {one["by"]: one for one in content["breakdowns"]}
    return Snapshot(
        answers,
        tuple(sheet.structure for sheet in people),
        {
            column.name: tuple(group_told(told[column.name], value) for value in column.values)
            for column in columns_of(people, terms)
            if column.name in told
        },
    )


def keep(campaign: Campaign, snapshot: Snapshot) -> None:
    """Put the columns away under a fresh key, inside the transaction that destroys the sheets."""
    own_keys.draw(campaign, _KIND)
    ciphertext = bytes(_box(campaign).encrypt(_packed(snapshot)))
    with opened("door"):
        SealedSnapshot.objects.create(campaign=campaign, ciphertext=ciphertext)


def read(campaign: Campaign, form: Questionnaire) -> Snapshot:
    """The columns, in clear."""
    with opened("door"):
        blob = SealedSnapshot.objects.values_list("ciphertext", flat=True).get(campaign=campaign)
    return _unpacked(_box(campaign).decrypt(bytes(blob)), form)


def destroy(campaign: Campaign) -> None:
    """The row, then its key."""
    with opened("door"):
        SealedSnapshot.objects.filter(campaign=campaign).delete()
    keys.wipe(path_of_key(campaign))


def is_readable(campaign: Campaign) -> bool:
    """Whether its key is there: after a restoration, neither is."""
    return path_of_key(campaign).is_file()


def path_of_key(campaign: Campaign) -> Path:
    return own_keys.path_of(campaign, _KIND)


def _packed(snapshot: Snapshot) -> bytes:
    """Columns one after the other, compressed: no row, and no object that reading could run."""
    labels: dict[str, list[str]] = {}

    def coded(name: str, values: Sequence[str]) -> NDArray[np.int32]:
        labels[name] = sorted(set(values))
        return np.array([labels[name].index(value) for value in values], dtype=np.int32)

    columns = {f"group.{name}": coded(f"group.{name}", values) for name, values in snapshot.groups.items()}
    columns["structures"] = coded("structures", snapshot.structures)
    header = {"items": [item.id for item in snapshot.answers.instrument.items], "labels": labels}
    out = io.BytesIO()
    np.savez_compressed(
        out,
        header=np.frombuffer(json.dumps(header).encode(), dtype=np.uint8),
        positions=np.asfortranarray(snapshot.answers.positions),
        **columns,
    )
    return out.getvalue()


def _unpacked(content: bytes, form: Questionnaire) -> Snapshot:
    with np.load(io.BytesIO(content), allow_pickle=False) as columns:
        header = json.loads(columns["header"].tobytes())
        positions = columns["positions"]
        values = {
            name: tuple(labels[place] for place in columns[name]) for name, labels in header["labels"].items()
        }
    instrument = instrument_of(form)
    if header["items"] != [item.id for item in instrument.items]:
        raise ValueError("La copie n’a pas été faite avec ce questionnaire.")
    structures = values.pop("structures")
    return Snapshot(
        Answers(instrument, positions),
        structures,
        {name.removeprefix("group."): v for name, v in values.items()},
    )


def _box(campaign: Campaign) -> SecretBox:
    lost = _(
        "La clé de la copie chiffrée de « %(title)s » manque ou est illisible : plus aucun groupe ne peut être ajouté."
    )
    return own_keys.box(campaign, _KIND, lost=lost)
