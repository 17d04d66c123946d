"""Put a diagnosis together: who speaks, what each part may show, what was withheld."""

import numpy as np

from labqvt_stats.answers import Answers, Column
from labqvt_stats.diagnosis.breakdowns import breakdowns_of, displayed_breakdowns_of, mirror_of, units_of
from labqvt_stats.diagnosis.options import DiagnosisOptions, Group, Json, whole_group
from labqvt_stats.diagnosis.priorities import priorities_of
from labqvt_stats.diagnosis.waves import wave_names, waves_of
from labqvt_stats.diagnosis.whole import items_of, out_of_place, scales_of, themes_found
from labqvt_stats.errors import InvalidAnswersError

SCHEMA = "labqvt/diagnosis/1"


def diagnose(answers: Answers, options: DiagnosisOptions | None = None) -> Json:
    """Diagnose a file of answers.

    Parameters
    ----------
    answers : Answers
        (n, k) positions of codes.
    options : DiagnosisOptions
        Columns hold one value per row of ``answers``.

    Returns
    -------
    dict ready for JSON, of schema ``labqvt/diagnosis/1``. The direction's answers are taken out first; with
    waves the last one is described. A network cell (five structures and thirty people, none above half; or a
    file without structure column from thirty people) holds plain floats; anything else what its release
    displays, ``[lo, hi]``; ``None`` what is not shown.

    Raises
    ------
    InvalidAnswersError
        No answer at all, columns that do not fit, a population smaller than its answers.
    RefusedParameterError
        Confidentiality parameters under their floors.
    """
    options = options or DiagnosisOptions()
    if answers.n == 0:
        raise InvalidAnswersError("Le fichier ne contient aucune réponse.")
    everybody = whole_group(answers, options)
    wave_of, names = _waves(options, answers.n)
    is_direction = (
        np.zeros(answers.n, dtype=bool) if options.direction is None else np.asarray(options.direction, bool)
    )
    current = wave_of == len(names) - 1
    kept = np.flatnonzero(current & ~is_direction)
    group = everybody.take(kept, _population(options, names, len(names) - 1))
    if group.n == 0:
        raise InvalidAnswersError("Le fichier ne contient aucune réponse de salariés.")
    plain = group.is_cell
    readable = plain or group.n >= group.protection.threshold
    scales = scales_of(group, plain=plain)
    found, withheld = _breakdowns(group, kept) if readable else ([], [column.name for column in options.by])
    ranked, caveats = priorities_of(group, scales)
    themes, said = themes_found(group, kept)
    caveats += [*out_of_place(group), *said]
    units = units_of(group)
    waves = [
        (
            name,
            everybody.take(
                np.flatnonzero((wave_of == number) & ~is_direction), _population(options, names, number)
            ),
        )
        for number, name in enumerate(names)
    ]
    return {
        "schema": SCHEMA,
        "n_responses": group.n,
        "n_population": group.population,
        "n_direction": int((current & is_direction).sum()) if options.direction is not None else None,
        "languages": list(options.languages),
        "network_cell": plain,
        "items": items_of(group, plain=plain),
        "scales": scales,
        "breakdowns": found,
        "withheld": withheld,
        "units": units,
        "mirror": None
        if options.direction is None
        else mirror_of(group, everybody.take(np.flatnonzero(current & is_direction), None)),
        "waves": waves_of(waves) if len(waves) > 1 else None,
        "priorities": ranked,
        "themes": themes,
        "caveats": caveats,
        "protection": _protection(options, group, len(withheld), units),
    }


def _waves(options: DiagnosisOptions, n: int) -> tuple[np.ndarray, list[str]]:
    """Wave number of each row, and the waves' names in order."""
    if options.wave is None:
        return np.zeros(n, dtype=np.intp), [""]
    names = wave_names(options.wave)
    places = {name: place for place, name in enumerate(names)}
    return np.array([places.get(value, -1) for value in options.wave.stated()]), names


def _population(options: DiagnosisOptions, names: list[str], number: int) -> int | None:
    if options.wave is not None and (by_wave := options.population_by.get(options.wave.name)):
        return by_wave.get(names[number])
    return options.population


def _breakdowns(group: Group, kept: np.ndarray) -> tuple[list[Json], list[str]]:
    """Breakdowns asked for, the structure being one of them, on the rows described."""
    structure = group.options.structure
    asked = [c for c in group.options.by if structure is None or c.name != structure.name]
    columns = [Column(c.name, [c.values[row] for row in kept], c.order) for c in asked]
    found, withheld = breakdowns_of(group, columns)
    if structure is None or group.structures is None:
        return found, withheld
    names = Column(structure.name, [str(s) for s in group.structures])
    by_unit, withheld_unit = displayed_breakdowns_of(group, [names])
    by_unit = [entry for entry in by_unit if not entry["merged"]]
    return by_unit + found, withheld + withheld_unit


def _protection(options: DiagnosisOptions, group: Group, hidden: int, units: list[Json] | None) -> Json:
    withheld_units = sum(not unit["shown"] for unit in units or [])
    return {
        "others": options.others,
        "insiders": options.insiders,
        "band": options.protection.band,
        "hidden": hidden
        + withheld_units
        + (0 if group.is_cell or group.n >= group.protection.threshold else 1),
        "audited": False,
        "exposed": None,
        "method": "Cellules de réseau en clair ; ailleurs, groupes choisis sans regarder les réponses et fermés "
        "entre eux à la soustraction, affichages arrondis et bornés. Sortie non vérifiée par l’auditeur indépendant.",
    }
