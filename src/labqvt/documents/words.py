"""The few words this room says by itself (legends, column heads), in the language of the document."""

from functools import cache

from django.utils.translation import override, pgettext


class Words:
    """French or English words of one document, resolved once.

    They carry a gettext context: a column head here must not borrow another room's translation.
    """

    def __init__(self, language: str) -> None:
        with override(language):
            self.unsaid: str = pgettext("documents", "Non précisé")
            self.gap: str = pgettext("documents", "Écart")
            self.count: str = pgettext("documents", "Effectif")
            self.value: str = pgettext("documents", "Valeur")
            self.interval: str = pgettext("documents", "Intervalle")
            self.bounds: str = pgettext("documents", "Bornes sans hypothèse")
            self.plausible: str = pgettext("documents", "intervalle plausible")
            self.possible: str = pgettext("documents", "bornes sans hypothèse")
            self.nothing: str = pgettext("documents", "non montré")
            self.no_data: str = pgettext("documents", "Aucune donnée")
            self.label: str = pgettext("documents", "Intitulé")
            self.number: str = pgettext("documents", "Numéro")
            self.region: str = pgettext("documents", "Région")
            self.overseas: str = pgettext("documents", "Outre-mer")
            self.contents: str = pgettext("documents", "Sommaire")
            self.figures_in_table: str = pgettext(
                "documents", "Toutes les valeurs figurent dans le tableau qui accompagne la figure."
            )
            self.notes_sheet: str = pgettext("documents", "À lire")
            self.dictionary_sheet: str = pgettext("documents", "Dictionnaire")
            self.sheet_column: str = pgettext("documents", "Feuille")
            self.unit_column: str = pgettext("documents", "Unité")
            self.summary_column: str = pgettext("documents", "Colonne")
            self.meaning_column: str = pgettext("documents", "Sens")


@cache
def words_of(language: str) -> Words:
    """The words of a language, looked up once for the life of the process."""
    return Words(language)
