"""Acts on questionnaires, each asked from a page of the library."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from labqvt.foundation.verdict import require
from labqvt.foundation.views import announce
from labqvt.instruments import policy, queries, services
from labqvt.instruments.forms import CompletingForm, CopyForm, WritingForm
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.instruments.policy import version_for


def go_on_with(version: QuestionnaireVersion) -> HttpResponse:
    """Where one goes once a draft exists."""
    return redirect("instruments:edit", version.public_id)


def keepers_of(person: Any) -> list[Any]:
    """Where this person may keep a questionnaire; a page that begins one is refused to anyone else."""
    require(policy.may_write(person))
    return policy.scopes_written_in(person)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    form = WritingForm(request.POST or None, scopes=keepers_of(request.user))
    if form.is_valid():
        version = services.write_questionnaire(by=request.user, **form.cleaned_data)
        announce(request, _("Le brouillon est ouvert. Personne n’y répond avant sa publication."))
        return go_on_with(version)
    return render(request, "instruments/write.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, public_id: str) -> HttpResponse:
    source = version_for(request.user, public_id)
    title = _("%(title)s (copie)") % {"title": source.title}
    form = CopyForm(request.POST or None, scopes=keepers_of(request.user), initial={"title": title[:200]})
    if form.is_valid():
        version = services.copy_version(version=source, by=request.user, **form.cleaned_data)
        announce(request, _("La copie est ouverte en brouillon."))
        return go_on_with(version)
    return render(request, "instruments/copy.html", {"form": form, "version": source})


@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: HttpRequest, public_id: str) -> HttpResponse:
    """A structure's own questions, begun once: who comes back goes on with them."""
    base = version_for(request.user, public_id)
    require(policy.may_complete(request.user, base))
    structures = list(queries.structures_completing(request.user))
    form = CompletingForm(request.POST or None, structures=structures)
    if form.is_valid():
        structure = form.cleaned_data["structure"]
        version = queries.completion_of(base, structure)
        if version is not None and version.is_published:
            announce(
                request, _("Vos questions sont déjà publiées : ouvrez une nouvelle version pour les changer.")
            )
            return redirect("instruments:questionnaire", version.public_id)
        if version is None:
            version = services.adapt_version(version=base, structure=structure, by=request.user)
            announce(request, _("La dernière page vous attend : écrivez-y jusqu’à trois questions."))
        return go_on_with(version)
    return render(
        request, "instruments/complete.html", {"form": form, "version": base, "structures": structures}
    )


@require_POST
def open_version(request: HttpRequest, public_id: str) -> HttpResponse:
    version = version_for(request.user, public_id)
    draft = services.open_version(questionnaire=version.questionnaire, by=request.user)
    announce(request, _("La version %(n)s est ouverte en brouillon.") % {"n": draft.number})
    return go_on_with(draft)


@require_POST
def retire(request: HttpRequest, public_id: str) -> HttpResponse:
    version = version_for(request.user, public_id)
    entry = services.retire(version=version, by=request.user)
    announce(
        request, _("Le questionnaire n’est plus proposé. Les campagnes qui s’en servent continuent."), entry
    )
    return redirect("instruments:questionnaire", version.public_id)


@require_POST
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    version = version_for(request.user, public_id)
    entry = services.discard_draft(version=version, by=request.user)
    announce(request, _("Le brouillon est supprimé."), entry)
    return redirect("instruments:questionnaires")


@require_POST
def attest(request: HttpRequest, public_id: str) -> HttpResponse:
    version = version_for(request.user, public_id)
    wanted = request.POST.get("scope", "")
    scopes = queries.scopes_to_attest(request.user, version.questionnaire)
    scope = next((one for one in scopes if one.public_id == wanted), None)
    if scope is None:
        raise PermissionDenied(
            _("Le droit d’usage s’atteste pour une structure ou un réseau que vous engagez.")
        )
    services.attest(questionnaire=version.questionnaire, scope=scope, by=request.user)
    announce(request, _("Votre attestation est notée, avec votre nom et la date."))
    return redirect("instruments:questionnaire", version.public_id)
