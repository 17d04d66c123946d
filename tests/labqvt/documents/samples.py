"""Invented charts and documents, awkward on purpose: long labels, extremes, missing views, equal values."""

from labqvt.documents.charts import (
    Chart,
    DotRow,
    DumbbellRow,
    LikertClass,
    LikertRow,
    MatrixAxis,
    MatrixPoint,
    Quadrants,
    Reference,
    RegionValue,
    Scale,
    Span,
    TrendPoint,
    TrendSeries,
    Wave,
    dots_with_intervals,
    dumbbell,
    likert_bars,
    priority_matrix,
    region_map,
    trend,
)

X = Span.exact
LONG = (
    "Je dispose d'équipements, d'outils et d'un espace adaptés à mon activité/mes déplacements professionnels"
)
CLASSES = (
    LikertClass("favourable", "Favorable"),
    LikertClass("neutral", "Ni l'un ni l'autre"),
    LikertClass("unanswered", "Sans réponse"),
    LikertClass("unfavourable", "Défavorable"),
)


def likert(language: str = "fr") -> Chart:
    return likert_bars(
        title="Ce que l'on en dit : quatre questions",
        classes=CLASSES,
        unit="%",
        note_label="Effectif",
        source="Source : mesure de mars 2026.",
        rows=(
            LikertRow(LONG, (X(62), X(18), X(2), X(18)), hue="contenu", note="42"),
            LikertRow("Horaires", (X(100), X(0), X(0), X(0)), hue="egalite", note="1 042"),
            LikertRow("Bruit", (X(0), X(0), X(0), X(100)), note="41"),
        ),
        language=language,
    )


def banded(language: str = "fr") -> Chart:
    return likert_bars(
        title="Douze réponses",
        classes=CLASSES,
        rows=(
            LikertRow("Outils", (Span(10, 12), Span(0, 2), Span(0, 2), Span(0, 2)), total=12),
            LikertRow("Bruit", (X(4), X(3), Span(0, 2), X(5)), total=12),
        ),
        language=language,
    )


def two_views(language: str = "fr") -> Chart:
    return dumbbell(
        title="Deux regards",
        first="Bureau",
        second="Atelier",
        scale=Scale(low_words="Insatisfait", high_words="Satisfait"),
        rows=(
            DumbbellRow(LONG, X(78), X(55), hue="relations"),
            DumbbellRow("Aux deux bouts", X(0), X(100)),
            DumbbellRow("Pareil", X(60), X(60), hue="competences"),
            DumbbellRow("Arrondi", Span(42.5, 47.5, "45"), Span(72.5, 77.5, "75"), hue="sante"),
            DumbbellRow("Un seul", None, X(3), hue="management"),
        ),
        language=language,
    )


def positions(language: str = "fr") -> Chart:
    return dots_with_intervals(
        title="Positions",
        value_label="Score",
        reference=Reference(97, "Moyenne de l'ensemble : 97"),
        rows=(
            DotRow(LONG, Span(69.5, 70.5, "70"), (58, 82), (47, 86), "contenu"),
            DotRow("Sans valeur", None, None, (22, 70), "management"),
            DotRow("Au bout", X(100), (94, 100), None),
        ),
        language=language,
    )


def followed(language: str = "fr") -> Chart:
    return trend(
        title="Trois mesures",
        waves=(
            Wave("mars 2024", "38 réponses"),
            Wave("mars 2025", "41 réponses"),
            Wave("mars 2026", "42 réponses"),
        ),
        series=(
            TrendSeries(
                "Contenu", (TrendPoint(X(66), (60, 72)), TrendPoint(X(68)), TrendPoint(X(70))), "contenu"
            ),
            TrendSeries(LONG, (TrendPoint(X(65)), TrendPoint(X(67)), TrendPoint(X(69))), note="en hausse"),
            TrendSeries(
                "Santé", (TrendPoint(X(64)), None, TrendPoint(X(68))), "sante", "on ne peut pas conclure"
            ),
        ),
        language=language,
    )


def crossing(language: str = "fr") -> Chart:
    return priority_matrix(
        title="De quoi parler d'abord",
        across=MatrixAxis("Satisfaction", Scale(low_words="faible", high_words="forte")),
        up=MatrixAxis("Importance", Scale(0, 1, (0, 1), high_words="forte")),
        quadrants=Quadrants("À traiter d'abord", "À préserver", "À surveiller", "Acquis"),
        points=(
            MatrixPoint(LONG, X(28), X(0.86), "sante"),
            MatrixPoint("Au même endroit", X(45), X(0.22), "contenu", "entre la 1re et la 3e place"),
            MatrixPoint("Au même endroit aussi", X(45), X(0.22), "contenu"),
            MatrixPoint("Dans un coin", X(100), X(1)),
            MatrixPoint("Incertain", Span(40, 60), Span(0.4, 0.6), "egalite"),
        ),
        language=language,
    )


def regions(language: str = "fr") -> Chart:
    return region_map(
        title="Par région",
        value_label="Lieux",
        classes=("1 à 5", "6 à 15", "16 à 30", "plus de 30"),
        values=(
            RegionValue("11", "34", 3),
            RegionValue("24", "4", 0),
            RegionValue("28", "12", 1),
            RegionValue("53", "9", 1),
            RegionValue("94", "20", 2),
            RegionValue("04", "8", 1),
        ),
        language=language,
    )


def themed_regions(language: str = "fr") -> Chart:
    """Texts too long for a region: numbers stand for them."""
    return region_map(
        title="Un sujet par région",
        value_label="Sujet",
        classes=("Un essai",),
        values=(
            RegionValue("53", "Compétences et parcours professionnels", 0),
            RegionValue("11", "Organisation du travail", 0),
            RegionValue("84", "Santé", 0),
            RegionValue("04", "Égalité entre les femmes et les hommes", 0),
        ),
        language=language,
    )


MAKERS = (likert, banded, two_views, positions, followed, crossing, regions, themed_regions)
