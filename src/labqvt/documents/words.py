"""The few words this room says by itself (legends, column heads), in the language of the document."""

from django.utils.translation import gettext, override


class Words:
    """French or English words of one document, resolved once."""

    def __init__(self, language: str) -> None:
        with override(language):
            self.unsaid = gettext("Non précisé")
            self.gap = gettext("Écart")
            self.count = gettext("Réponses")
            self.value = gettext("Valeur")
            self.interval = gettext("Intervalle")
            self.bounds = gettext("Bornes sans hypothèse")
            self.plausible = gettext("intervalle plausible")
            self.possible = gettext("bornes sans hypothèse sur les absents")
            self.nothing = gettext("non montré")
            self.no_data = gettext("Aucune donnée")
            self.label = gettext("Intitulé")
            self.number = gettext("Numéro")
            self.region = gettext("Région")
            self.overseas = gettext("Outre-mer")
            self.source = gettext("Source :")
            self.contents = gettext("Sommaire")
            self.figures_in_table = gettext("Toutes les valeurs figurent dans le tableau qui accompagne la figure.")
            self.notes_sheet = gettext("À lire")
            self.dictionary_sheet = gettext("Dictionnaire")
            self.sheet_column = gettext("Feuille")
            self.unit_column = gettext("Unité")
            self.summary_column = gettext("Colonne")
            self.meaning_column = gettext("Sens")
