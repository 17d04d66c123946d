"""Forms of this room."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.registries import decisions
from labqvt.governance.models import AgendaItem, Attendance, Intent, Meeting, Position
from labqvt.governance.seat_models import Body, College, Seat
from labqvt.people.models import Account, Organisation, Scope
from labqvt.programmes.typed_dates import TypedDateField

_DATE = {"type": "date", "class": "control--short"}
_YEARS = range(2000, 2101)
_LONG = forms.Textarea(attrs={"rows": 4})


class BodyForm(forms.Form):
    kind = forms.ChoiceField(label=_("Nature"), choices=Body.Kind.choices)
    name = forms.CharField(label=_("Nom"), max_length=160, help_text=_("Par exemple « COPIL Grand Est »."))
    charter = forms.CharField(
        label=_("Charte"), required=False, widget=_LONG,
        help_text=_("Ce que l’instance fait, et ce qu’elle ne fait pas. Un espace de dialogue social ne négocie pas."),
    )  # fmt: skip
    roadmap = forms.CharField(
        label=_("Feuille de route"),
        required=False,
        widget=_LONG,
        help_text=_("Ce qu’elle veut avoir fait, et pour quand."),
    )

    def __init__(self, *args: Any, place: Scope | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if place is None:  # an open body keeps its kind
            del self.fields["kind"]
            return
        inside = place.kind == Scope.Kind.STRUCTURE
        self.fields["kind"].choices = [
            (kind, label)
            for kind, label in Body.Kind.choices
            if (kind == Body.Kind.STRUCTURE_COMMITTEE) == inside
        ]


class HolderForm(forms.Form):
    """By whom a seat is held: the account of this address reads the body as long as it does."""

    email = forms.EmailField(
        label=_("Son adresse électronique"), required=False,
        help_text=_("Celle de son compte, pour que cette personne lise l’instance tant qu’elle y siège."),
    )  # fmt: skip

    def clean_email(self) -> Account | None:
        """The account behind an address; nothing for none."""
        if not (email := self.cleaned_data["email"]):
            return None
        found = Account.objects.filter(email__iexact=email, is_active=True).first()
        if found is None:
            raise ValidationError(
                _(
                    "Aucun compte n’a cette adresse. Laissez-la vide, ou demandez à l’administration de l’outil d’ouvrir un compte."
                )
            )
        return found


class SeatForm(HolderForm):
    field_order = ("college", "rank", "title", "organisation", "holder", "email")
    college = forms.ChoiceField(label=_("Collège"), choices=College.choices)
    rank = forms.ChoiceField(label=_("Rang"), choices=Seat.Rank.choices)
    title = forms.CharField(
        label=_("Qualité"),
        max_length=120,
        required=False,
        help_text=_("Présidence, secrétariat… Rien pour un siège ordinaire."),
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.exclude(kind=Organisation.Kind.STRUCTURE), required=False,
        empty_label=_("Aucune"),
    )  # fmt: skip
    holder = forms.CharField(
        label=_("Qui l’occupe"),
        max_length=120,
        required=False,
        help_text=_("Un nom ou une fonction. Rien si le siège est à pourvoir."),
    )


class MandateForm(HolderForm):
    field_order = ("holder", "email", "since", "until")
    holder = forms.CharField(label=_("Qui l’occupe"), max_length=120, help_text=_("Un nom ou une fonction."))
    since = forms.DateField(
        label=_("Depuis le"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("Jusqu’au"), required=False, widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"),
        help_text=_("Rien si la fin n’est pas connue."),
    )  # fmt: skip


class WhenForm(forms.Form):
    """A day, an hour, how long, and where: what preparing and moving a meeting share."""

    day = forms.DateField(label=_("Jour"), widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"))
    hour = forms.TimeField(
        label=_("Heure de début"),
        widget=forms.TimeInput(attrs={"type": "time", "class": "control--short"}, format="%H:%M"),
    )
    length = forms.IntegerField(label=_("Durée en minutes"), min_value=10, max_value=600, initial=120)
    mode = forms.ChoiceField(label=_("Comment"), choices=Meeting.Mode.choices)
    place = forms.CharField(label=_("Lieu"), max_length=200, required=False)
    link = forms.URLField(label=_("Adresse de la visioconférence"), required=False, assume_scheme="https")

    def clean_day(self) -> date:
        """Years that a calendar can hold, hours and time zones added."""
        day: date = self.cleaned_data["day"]
        if day.year not in _YEARS:
            raise ValidationError(_("Choisissez une date entre 2000 et 2100."))
        return day

    # The fields of a service that are typed as several here.
    SAME = {"starts_at": "day", "ends_at": "length"}

    def when(self) -> dict[str, Any]:
        """Start, end, mode, place, link, as services take them."""
        values = self.cleaned_data
        begins = timezone.make_aware(datetime.combine(values["day"], values["hour"]))
        return {
            "starts_at": begins, "ends_at": begins + timedelta(minutes=values["length"]), "mode": values["mode"],
            "place": values["place"], "link": values["link"],
        }  # fmt: skip


class MeetingForm(WhenForm):
    title = forms.CharField(label=_("Intitulé"), max_length=160)
    fallback = forms.CharField(
        label=_("Repli"), max_length=200, required=False,
        help_text=_("Ce qui se passe si l’on ne peut pas se réunir : une visioconférence, une autre date."),
    )  # fmt: skip
    field_order = ("title", "day", "hour", "length", "mode", "place", "link", "fallback")


class MeetingMoveForm(WhenForm):
    cause = forms.CharField(
        label=_("Pourquoi"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Une phrase : ceux qui avaient réservé la date la liront."),
    )  # fmt: skip


class CancelForm(forms.Form):
    because = forms.CharField(
        label=_("Pourquoi la réunion n’aura pas lieu"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ItemForm(forms.Form):
    title = forms.CharField(label=_("Point"), max_length=200)
    intent = forms.ChoiceField(label=_("Ce qui est attendu"), choices=Intent.choices)
    minutes = forms.IntegerField(label=_("Durée en minutes"), min_value=1, max_value=480, initial=15)
    presenter = forms.CharField(label=_("Qui présente"), max_length=120, required=False)


class CorrectForm(forms.Form):
    reason = forms.CharField(
        label=_("Ce qui est à corriger"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Chaque côté le lira avant de viser de nouveau."),
    )  # fmt: skip


class AttendanceForm(forms.Form):
    """One line per seat: how it was held, and by whom when represented."""

    def __init__(self, *args: Any, seats: Iterable[tuple[Seat, Attendance | None]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = list(seats)
        others = [("", _("personne"))] + [(seat.public_id, str(seat)) for seat, _noted in seats]
        self.lines = []
        for seat, noted in seats:
            key = seat.public_id
            self.fields[key] = forms.ChoiceField(
                label=str(seat), choices=[("", _("rien de noté")), *Attendance.State.choices], required=False,
                initial=noted.state if noted else "",
            )  # fmt: skip
            self.fields[f"{key}-by"] = forms.ChoiceField(
                label=_("Représenté par"), required=False, choices=[one for one in others if one[0] != key],
                initial=noted.represented_by.public_id if noted and noted.represented_by else "",
            )  # fmt: skip
            self.lines.append((seat, self[key], self[f"{key}-by"]))

    def presence(self) -> dict[str, tuple[str, str]]:
        return {
            seat.public_id: (self.cleaned_data[seat.public_id], self.cleaned_data[f"{seat.public_id}-by"])
            for seat, _state, _by in self.lines
        }


class OutcomeForm(forms.Form):
    intent = forms.ChoiceField(label=_("Nature"), choices=Intent.choices)
    item = forms.ModelChoiceField(
        label=_("Point de l’ordre du jour"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=_("hors de l’ordre du jour"),
    )
    text = forms.CharField(
        label=_("Ce qui a été dit, décidé ou demandé"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
    responsible = forms.CharField(
        label=_("Qui s’en charge"), max_length=120, required=False, help_text=_("Pour une action.")
    )
    due = TypedDateField(label=_("Pour quand"), required=False)
    act = forms.ChoiceField(
        label=_("Ce que la décision change tout de suite"),
        required=False,
        help_text=_("Rien, si elle ne change aucune date."),
    )
    choice = forms.ChoiceField(label=_("Quelle échéance"), required=False)
    when = TypedDateField(label=_("Nouvelle date"), required=False)

    def __init__(
        self, *args: Any, meeting: Meeting, person: Any, colleges: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.items.all()
        place = meeting.body.scope.parent
        choices: dict[str, str] = {}
        acts = []
        for name, decision in decisions:
            if offered := decision.choices(person, place):
                acts.append((name, decision.label))
                choices |= dict(offered)
        if acts:
            self.fields["act"].choices = [("", _("rien")), *acts]
            self.fields["choice"].choices = [("", _("aucune")), *choices.items()]
        else:
            for name in ("act", "choice", "when"):
                del self.fields[name]
        self.college_fields = []
        for college in colleges:
            self.fields[f"position-{college}"] = forms.ChoiceField(
                label=_("Position : %(college)s") % {"college": College(college).label}, required=False,
                choices=[("", _("rien de noté")), *Position.Stance.choices],
            )  # fmt: skip
            self.college_fields.append(self[f"position-{college}"])

    def outcome(self) -> dict[str, Any]:
        """What ``record_outcome`` takes."""
        values = dict(self.cleaned_data)
        positions = {
            name.removeprefix("position-"): values.pop(name)
            for name in list(values)
            if name.startswith("position-")
        }
        return values | {"positions": positions}
