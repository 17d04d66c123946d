"""The few words this room says by itself (legends, column heads), in the language of the document."""

from django.utils.translation import gettext, override


class Words:
    """French or English words of one document, resolved once."""

    def __init__(self, language: str) -> None:
        with override(language):
            self.unsaid: str = gettext("Non précisé")
            self.gap: str = gettext("Écart")
            self.count: str = gettext("Réponses")
            self.value: str = gettext("Valeur")
            self.interval: str = gettext("Intervalle")
            self.bounds: str = gettext("Bornes sans hypothèse")
            self.plausible: str = gettext("intervalle plausible")
            self.possible: str = gettext("bornes sans hypothèse sur les absents")
            self.nothing: str = gettext("non montré")
            self.no_data: str = gettext("Aucune donnée")
            self.label: str = gettext("Intitulé")
            self.number: str = gettext("Numéro")
            self.region: str = gettext("Région")
            self.overseas: str = gettext("Outre-mer")
            self.source: str = gettext("Source :")
            self.contents: str = gettext("Sommaire")
            self.figures_in_table: str = gettext(
                "Toutes les valeurs figurent dans le tableau qui accompagne la figure."
            )
            self.notes_sheet: str = gettext("À lire")
            self.dictionary_sheet: str = gettext("Dictionnaire")
            self.sheet_column: str = gettext("Feuille")
            self.unit_column: str = gettext("Unité")
            self.summary_column: str = gettext("Colonne")
            self.meaning_column: str = gettext("Sens")
