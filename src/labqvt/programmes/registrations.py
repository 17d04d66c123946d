"""What other rooms may cause here, the dates this room gives to every calendar, and what awaits those who steer."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from labqvt.foundation import registries
from labqvt.foundation.schedule import Standing
from labqvt.programmes import amending, decidable, moving, queries

registries.acts.register("programmes.take_back_move", moving.take_back_move)
registries.acts.register("programmes.put_actual_back", moving.put_actual_back)
registries.acts.register("programmes.take_up_again", moving.take_up_again)
registries.acts.register("programmes.take_back_amendment", amending.take_back_amendment)
registries.acts.register("programmes.remove_milestone", moving.remove_milestone)
registries.decisions.register("programmes.move_milestone", decidable.MOVE)
registries.decisions.register("programmes.drop_milestone", decidable.DROP)
registries.dated_items.register("programmes.milestones", queries.dated_milestones)
registries.dated_items.register("programmes.phases", queries.dated_phases)


def _past_dates(person: Any) -> Iterator[registries.Task]:
    """A date has gone by and nothing was noted: did it take place, was it moved?"""
    today = timezone.localdate()
    for milestone in queries.past_without_news(person):
        if milestone.standing(today) == Standing.LATE:
            yield registries.Task(
                sentence=_(
                    "%(place)s : « %(title)s » devait avoir lieu. Dites s’il s’est tenu, ou à quand il est reporté."
                )
                % {"place": milestone.scope, "title": milestone.title},
                url=reverse("programmes:milestone", args=[milestone.public_id]),
                action=_("Mettre à jour la date"),
                due=milestone.current.last,
            )


def _entry(person: Any) -> list[registries.Entry]:
    if not queries.programmes_of(person).exists():
        return []
    return [registries.Entry(_("Programmes"), reverse("programmes:list"), order=30)]


registries.awaiting.register("programmes.past_dates", _past_dates)
registries.navigation.register("programmes", _entry)
