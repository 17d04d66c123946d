"""What free answers speak of: words that go together, from thirty answers; coding by hand below. No sentiment.

Lexicons miss « pas mal », irony and the words of the trade; whether an answer is glad or sad is not computed.
Nothing here hides who wrote: names and grammatical gender are taken out by a person before.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from labqvt_stats.answers import Floats
from labqvt_stats.displays import Protection
from labqvt_stats.errors import InvalidAnswersError, NotEnoughDataError
from labqvt_stats.french import STOP_WORDS, stem, words_of

THEMES_MINIMUM = 30
AUTHORS_MINIMUM = 10
_ANSWERS_PER_THEME = 15
_FEWEST_THEMES, _MOST_THEMES = 2, 8
_TERMS_SHOWN = 6
_OWN_SHARE = 0.25
_SHORTEST = 3
_SWEEPS, _SETTLED = 200, 1e-4
_MOST_TERMS = 2_000
_FLOOR = 1e-12
_STEP = 5


@dataclass(frozen=True, slots=True)
class Theme:
    """Words that go together, the most telling first, and how many answers speak of them.

    ``shown`` is (lo, hi): the number of authors told to five, or exactly twice the same when it is plain.
    """

    terms: tuple[str, ...]
    shown: tuple[int, int]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Weighted terms of a set of answers.

    weights : (answers, terms) tf-idf, rows of length 1 (0 for an answer without any term kept)
    terms : stems, or two stems in a row separated by a space
    forms : how each term is written in full, or ``stem…`` when no single form has enough authors
    authors : (terms,) answers that use each term
    """

    weights: Floats
    terms: tuple[str, ...]
    forms: tuple[str, ...]
    authors: np.ndarray


def vocabulary_of(texts: Sequence[str | None], *, least_authors: int) -> Vocabulary:
    """Weigh stems and pairs of stems of French answers.

    Parameters
    ----------
    texts : n answers; None and blank ones are not answers
    least_authors : int
        A term that fewer answers use is left out: rare words point at people. At most the 2 000 most used stay.

    Returns
    -------
    Vocabulary, terms by decreasing number of authors then in alphabetical order.

    Notes
    -----
    tf · (ln((1 + n)/(1 + df)) + 1), rows brought to length 1: Salton & Buckley (1988), smoothed. Stop words end a
    pair. Golden values: tests/stats/golden/network.R.
    """
    given = [_terms_of(text) for text in texts if text and text.strip()]
    forms: dict[str, Counter[str]] = {}
    for terms in given:
        for term, written in {(t, w) for t, w in terms}:
            forms.setdefault(term, Counter())[written] += 1
    counts = [Counter(term for term, _ in terms) for terms in given]
    authors = Counter(term for count in counts for term in count)
    enough = (term for term, number in authors.items() if number >= least_authors)
    kept = sorted(enough, key=lambda t: (-authors[t], t))[:_MOST_TERMS]
    place = {term: column for column, term in enumerate(kept)}
    frequencies = np.zeros((len(given), len(kept)))
    for row, count in enumerate(counts):
        for term, times in count.items():
            if term in place:
                frequencies[row, place[term]] = times
    used = np.array([authors[term] for term in kept], dtype=np.intp)
    weights = frequencies * (np.log((1 + len(given)) / (1 + used)) + 1)
    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    weights = np.divide(weights, lengths, out=np.zeros_like(weights), where=lengths > 0)
    return Vocabulary(weights, tuple(kept), tuple(_written(t, forms[t], least_authors) for t in kept), used)


def _terms_of(text: str) -> list[tuple[str, str]]:
    """(term, as written) of one answer: stems, then neighbouring pairs of stems."""
    found: list[tuple[str, str]] = []
    before: tuple[str, str] | None = None
    for word in words_of(text):
        if word in STOP_WORDS or len(word) < _SHORTEST:
            before = None
            continue
        here = (stem(word), word)
        found.append(here)
        if before is not None:
            found.append((f"{before[0]} {here[0]}", f"{before[1]} {here[1]}"))
        before = here
    return found


def _written(term: str, forms: Counter[str], least_authors: int) -> str:
    """The commonest form if enough people wrote it so: an agreement (« fatiguée ») may point at the only woman."""
    form, number = min(forms.items(), key=lambda entry: (-entry[1], entry[0]))
    return form if number >= least_authors or form == term else f"{term}…"


def factorise(weights: Floats, rank: int) -> tuple[Floats, Floats]:
    """Non-negative W (n, rank) and H (rank, terms) whose product is near the weights.

    Parameters
    ----------
    weights : (n, terms) non-negative array
    rank : at most min(n, terms)

    Raises
    ------
    NotEnoughDataError
        A rank that the table does not hold.

    Notes
    -----
    Least squares by columns in turn, HALS: Cichocki & Phan (2009); start by NNDSVD, Boutsidis & Gallopoulos
    (2008), so the same answers give the same themes. Golden values: tests/stats/golden/network.R (same formulas,
    written apart).
    """
    if not 1 <= rank <= min(weights.shape):
        raise NotEnoughDataError(f"{rank} thèmes demandés pour un tableau de {weights.shape}.")
    w, h = _start(weights, rank)
    for _ in range(_SWEEPS):
        before = h.copy()
        _sweep(w, h @ h.T, weights @ h.T)
        h_turned = h.T.copy()
        _sweep(h_turned, w.T @ w, weights.T @ w)
        h = h_turned.T
        if np.abs(h - before).max() <= _SETTLED * max(float(h.max()), _FLOOR):
            break
    return w, h


def _sweep(columns: Floats, gram: Floats, target: Floats) -> None:
    for k in range(columns.shape[1]):
        if gram[k, k] > _FLOOR:
            step = (target[:, k] - columns @ gram[:, k]) / gram[k, k]
            columns[:, k] = np.maximum(columns[:, k] + step, 0.0)


def _start(weights: Floats, rank: int) -> tuple[Floats, Floats]:
    left, values, right = np.linalg.svd(weights, full_matrices=False)
    w, h = np.zeros((weights.shape[0], rank)), np.zeros((rank, weights.shape[1]))
    for k in range(rank):
        u, v = left[:, k], right[k]
        sides = [(np.maximum(s * u, 0), np.maximum(s * v, 0)) for s in (1, -1)]
        sizes = [float(np.linalg.norm(a) * np.linalg.norm(b)) for a, b in sides]
        side = int(sizes[1] > sizes[0])
        a, b = sides[side]
        if sizes[side] > 0:
            scale = float(np.sqrt(values[k] * sizes[side]))
            w[:, k], h[k] = scale * a / np.linalg.norm(a), scale * b / np.linalg.norm(b)
    return w, h


def themes_of(
    texts: Sequence[str | None],
    *,
    protection: Protection | None = None,
    plain: bool = False,
    number: int | None = None,
) -> list[Theme]:
    """Themes of the French answers to one open question.

    Parameters
    ----------
    texts : n answers, from which a person has taken names out; None and blank ones are not answers
    protection : a term is used by at least ``threshold`` authors, a theme has as many
    plain : bool
        Whether numbers may be exact (a network cell); otherwise they are told to five.
    number : how many themes to look for; by default one per fifteen answers, from two to eight

    Returns
    -------
    Themes, most spoken of first. One answer may speak of several, or of none. Never by breakdown.

    Raises
    ------
    NotEnoughDataError
        Fewer than thirty answers (code them by hand: ``hand_coded``), or no word that enough people use.

    Notes
    -----
    An answer speaks of a theme that makes at least a quarter of what the factors say of it, and that holds one of
    the theme's terms.
    """
    threshold = (protection or Protection()).threshold
    given = [text for text in texts if text and text.strip()]
    if len(given) < THEMES_MINIMUM:
        raise NotEnoughDataError(
            f"Les thèmes demandent {THEMES_MINIMUM} réponses écrites ; reçu {len(given)} : à coder à la main."
        )
    vocabulary = vocabulary_of(given, least_authors=threshold)
    most = min(len(vocabulary.terms), _MOST_THEMES)
    if most < 1:
        raise NotEnoughDataError("Aucun mot n’est employé par assez de personnes : à coder à la main.")
    rank = number or max(_FEWEST_THEMES, len(given) // _ANSWERS_PER_THEME)
    w, h = factorise(vocabulary.weights, min(rank, most))
    said = w * h.sum(axis=1)
    shares = np.divide(said, said.sum(axis=1, keepdims=True), out=np.zeros_like(said), where=said > 0)
    found = []
    for k in range(h.shape[0]):
        leading = _leading(h[k], vocabulary.terms)
        if not leading:
            continue
        speaks = (shares[:, k] >= _OWN_SHARE) & (vocabulary.weights[:, leading] > 0).any(axis=1)
        if (authors := int(speaks.sum())) >= threshold:
            terms = tuple(vocabulary.forms[place] for place in leading)
            found.append((authors, Theme(terms, _told(authors, len(given), threshold, plain=plain))))
    return [theme for _, theme in sorted(found, key=lambda entry: (-entry[1].shown[0], entry[1].terms))]


def _leading(row: Floats, terms: Sequence[str]) -> list[int]:
    """The heaviest terms of a theme; a word that a heavier pair holds already is not said twice."""
    order = [int(p) for p in np.argsort(-row, kind="stable") if row[p] > 0.05 * row.max() > 0]
    found: list[int] = []
    for place in order:
        words = set(terms[place].split())
        if not any(
            words <= set(terms[other].split()) or words >= set(terms[other].split()) for other in found
        ):
            found.append(place)
        if len(found) == _TERMS_SHOWN:
            break
    return found


def _told(authors: int, n: int, threshold: int, *, plain: bool = False) -> tuple[int, int]:
    """Authors to five, so that one more answer seldom shows; the last five are not told from everybody."""
    if plain:
        return authors, authors
    last = max(threshold, (n - _STEP) // _STEP * _STEP)
    if authors >= last:
        return last, n
    lo = authors - authors % _STEP
    return max(lo, threshold), min(lo + _STEP, last) - 1


def hand_coded(
    codes: Sequence[Collection[str] | None], *, protection: Protection | None = None
) -> list[Theme]:
    """Themes that a person gave to each answer, when answers are too few to be counted by machine.

    Parameters
    ----------
    codes : n collections of theme names (an answer may speak of several); None is no answer

    Returns
    -------
    Themes of at least ``protection.threshold`` answers, numbers told to five; the others are not named.

    Raises
    ------
    NotEnoughDataError
        Fewer than ten answers: their authors would be known by what they speak of.
    """
    threshold = (protection or Protection()).threshold
    given = [set(names) for names in codes if names is not None]
    if len(given) < AUTHORS_MINIMUM:
        raise NotEnoughDataError(
            f"Un texte ne se rapporte qu’à partir de {AUTHORS_MINIMUM} réponses écrites ; reçu {len(given)}."
        )
    counts = Counter(name for names in given for name in names)
    told = [
        Theme((name,), _told(number, len(given), threshold))
        for name, number in counts.items()
        if number >= threshold
    ]
    return sorted(told, key=lambda theme: (-theme.shown[0], theme.terms))


def coders_agree(first: Sequence[str], second: Sequence[str]) -> float:
    """Cohen's kappa of two people who coded the same answers, one theme each (no unit, at most 1).

    Raises
    ------
    InvalidAnswersError
        Lists of different lengths.
    NotEnoughDataError
        No answer, or one theme given throughout by both.

    Notes
    -----
    Cohen (1960). Golden values: tests/stats/golden/network.R (psych::cohen.kappa).
    """
    if len(first) != len(second):
        raise InvalidAnswersError(
            f"Les deux codages n’ont pas la même longueur ({len(first)}, {len(second)})."
        )
    names, codes = np.unique(np.asarray([*first, *second], dtype=str), return_inverse=True)
    if len(names) < 2:
        raise NotEnoughDataError("L’accord demande des réponses codées par au moins deux thèmes.")
    table = np.zeros((len(names), len(names)))
    np.add.at(table, (codes[: len(first)], codes[len(first) :]), 1.0 / len(first))
    expected = float(table.sum(axis=1) @ table.sum(axis=0))
    return (float(np.trace(table)) - expected) / (1 - expected)
