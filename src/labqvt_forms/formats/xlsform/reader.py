"""Read an XLSForm workbook, with the scale extension."""

from __future__ import annotations

from collections import defaultdict

from labqvt_forms.choices import Choice, ChoiceList, Role
from labqvt_forms.errors import Place, QuestionnaireError, placed
from labqvt_forms.formats.json_form import with_fields
from labqvt_forms.formats.xlsform.columns import Record, languages_of, records, text_of
from labqvt_forms.formats.xlsform.extension import beside, extended
from labqvt_forms.formats.xlsform.kobo import plain_rows
from labqvt_forms.formats.xlsform.questions import NO, YES, QuestionReader, truth
from labqvt_forms.formats.xlsform.sections import Survey
from labqvt_forms.ids import id_from
from labqvt_forms.languages import guess_language, language_code
from labqvt_forms.notices import Notices
from labqvt_forms.questionnaire import (
    Determinant,
    Group,
    MissingRule,
    Nature,
    Questionnaire,
    Scale,
    variables_of,
)
from labqvt_forms.roles import role_of, settled
from labqvt_forms.spreadsheets import Sheet, load_sheets
from labqvt_forms.text import Text

SHEETS = frozenset({"survey", "choices", "settings", "scales"})


def read_xlsform(content: bytes, *, name: str, language: str = "") -> tuple[Questionnaire, tuple[str, ...]]:
    """Return the questionnaire of a workbook and what could not be taken from it as it was."""
    sheets = {sheet.name.lower(): sheet for sheet in load_sheets(content, only=SHEETS)}
    if "survey" not in sheets:
        raise QuestionnaireError(
            "ce classeur n’a pas de feuille « survey » : ce n’est pas un XLSForm. "
            "Un fichier de réponses se donne à part du questionnaire."
        )
    return read_sheets(sheets, name=name, language=language)


def read_sheets(
    sheets: dict[str, Sheet], *, name: str, language: str = ""
) -> tuple[Questionnaire, tuple[str, ...]]:
    """Do the same from the sheets, by lowercase name."""
    return _Workbook(sheets, name, language).read()


class _Workbook:
    def __init__(self, sheets: dict[str, Sheet], name: str, language: str) -> None:
        self.sheets = sheets
        self.name = name
        self.notices = Notices()
        self.settings = next(iter(self._records("settings")), Record(Place(sheet="settings")))
        self.languages = self._languages(language)

    def read(self) -> tuple[Questionnaire, tuple[str, ...]]:
        nature = self._nature()
        reader = QuestionReader(self._choice_lists(), self.languages[0], self.notices)
        survey = Survey(reader, self.notices, anonymous=nature is Nature.ANONYMOUS)
        for record in plain_rows(self._records("survey"), self._records("choices"), self.notices):
            survey.add(record)
        groups = tuple(survey.close())
        title = self.settings["form_title"] or self.settings["form_id"] or self.name
        questionnaire = Questionnaire(
            id=_made_id(self.settings["form_id"] or self.name),
            version=self.settings["version"] or "1",
            title=Text.of({self.languages[0]: title}),
            languages=self.languages,
            nature=nature,
            groups=groups,
            scales=self._scales(survey.sources, groups),
            min_group=self._min_group(),
        )
        return extended(questionnaire, self.settings, {}), self.notices.sentences

    def _records(self, sheet: str) -> list[Record]:
        return list(records(self.sheets[sheet])) if sheet in self.sheets else []

    def _languages(self, asked: str) -> tuple[str, ...]:
        """Main language first: the setting, else the asked one, else the first named, else a guess."""
        named: list[str] = []
        for sheet in ("survey", "choices"):
            if sheet in self.sheets:
                named += languages_of(self.sheets[sheet])
        said = self.settings["default_language"]
        main = language_code(said) if said and said.lower() not in NO | YES | {"default"} else ""
        bare = [row.texts["label"][""] for row in self._records("survey") if "" in row.texts.get("label", {})]
        if not main and bare and asked not in named:
            main = asked or next(
                code for code in (guess_language(bare), "fr", "en", "und") if code not in named
            )
        if not main:
            main = asked or (named[0] if named else "fr")
        return tuple(dict.fromkeys([main, *named]))

    def _nature(self) -> Nature:
        written = self.settings["nature"].lower() or Nature.ANONYMOUS.value
        if self.settings["anonymous"]:
            return Nature.ANONYMOUS if truth(self.settings, "anonymous") else Nature.NOMINATIVE
        if written not in tuple(Nature):
            raise QuestionnaireError(
                f"« {written} » : écrivez « anonymous » ou « nominative ».", self.settings.at("nature")
            )
        return Nature(written)

    def _min_group(self) -> int | None:
        written = self.settings["min_group"]
        if not written:
            return None
        if not written.isdecimal() or int(written) < 1:
            raise QuestionnaireError(
                f"« {written} » : écrivez un nombre entier de personnes.", self.settings.at("min_group")
            )
        return int(written)

    def _choice_lists(self) -> dict[str, ChoiceList]:
        lists: dict[str, list[Choice]] = {}
        ids: dict[str, str] = {}
        declared: defaultdict[str, set[str]] = defaultdict(set)
        doubles = self.settings["allow_choice_duplicates"].lower() in YES
        for record in self._records("choices"):
            with placed(record.place):
                name, code = record["list_name"], record["name"]
                if not name and not code:
                    continue
                if not name or not code:
                    raise QuestionnaireError("« list_name » et « name » doivent être remplis tous les deux.")
                known = lists.setdefault(name, [])
                if any(choice.code == code for choice in known):
                    self._double(name, code, allowed=doubles, place=record.place)
                    continue
                known.append(self._choice(record))
                if record["role"] or "role" in beside(record):
                    declared[name].add(code)
                if "list" in (told := beside(record)):
                    ids[name] = str(told["list"])
        return {
            name: ChoiceList(ids.get(name, name), settled(choices, declared=declared[name]))
            for name, choices in lists.items()
        }

    def _double(self, name: str, code: str, *, allowed: bool, place: Place) -> None:
        if not allowed:
            raise QuestionnaireError(
                f"la liste « {name} » porte deux fois le code « {code} » : changez-en un."
            )
        self.notices.add(
            f"le code « {code} » revient dans la liste « {name} » : seul le premier est gardé.", place
        )

    def _choice(self, record: Record) -> Choice:
        if any(column in record.texts for column in ("image", "audio", "video")):
            self.notices.add("les médias ne sont pas repris.", record.place)
        label = text_of(record, "label", self.languages[0], self.notices)
        written = record["role"].lower()
        if written and written not in tuple(Role):
            raise QuestionnaireError(f"« {written} » : écrivez answer, declines ou aside.", record.at("role"))
        choice = Choice(record["name"], label, role=Role(written) if written else role_of(label))
        told = {name: part for name, part in beside(record).items() if name != "list"}
        return with_fields(choice, told, {})

    def _scales(self, sources: list[tuple[str, Record]], groups: tuple[Group, ...]) -> tuple[Scale, ...]:
        members: dict[str, list[str]] = {}
        cited: dict[str, Record] = {}
        variables = {v.id: v for group in groups for item in group.items for v in variables_of(item)}
        for id_, record in sources:
            scale = record["scale"]
            if not scale:
                continue
            if not variables[id_].opinions() and variables[id_].kind != "number":
                self.notices.add(
                    f"« {id_} » ne peut pas entrer dans une échelle : ignoré.", record.at("scale")
                )
                continue
            members.setdefault(scale, []).append(id_)
            cited.setdefault(scale, record)
        declared = {record["name"]: record for record in self._records("scales") if record["name"]}
        for scale, record in cited.items():
            if scale not in declared:
                self.notices.add(
                    f"l’échelle « {scale} » n’est pas décrite dans la feuille « scales ».", record.at("scale")
                )
        return tuple(
            self._scale(id_, declared.get(id_), members.get(id_, [])) for id_ in {**declared, **members}
        )

    def _scale(self, id_: str, record: Record | None, members: list[str]) -> Scale:
        if record is None:
            return Scale(id=id_, items=tuple(members))
        with placed(record.place):
            scale = Scale(
                id=id_,
                label=text_of(record, "label", self.languages[0], self.notices),
                items=tuple(members),
                missing_rule=_missing_rule(record),
                determinant=_determinant(record),
            )
            return extended(scale, record, {})


def _missing_rule(record: Record) -> MissingRule:
    written = record["missing_rule"].strip().lower()
    if written in ("", "half"):
        return "half"
    if written == "all":
        return "all"
    if written.isdecimal():
        return int(written)
    raise QuestionnaireError(
        f"« {record['missing_rule']} » : écrivez half, all ou un nombre de réponses.",
        record.at("missing_rule"),
    )


def _determinant(record: Record) -> Determinant | None:
    written = record["determinant"].strip().lower()
    if written and written not in tuple(Determinant):
        expected = ", ".join(Determinant)
        raise QuestionnaireError(f"« {written} » : écrivez l’un de {expected}.", record.at("determinant"))
    return Determinant(written) if written else None


def _made_id(words: str) -> str:
    return id_from(words, "questionnaire")
