from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from labqvt.foundation.verdict import require
from labqvt.foundation.views import announce
from labqvt.people import policy, services
from labqvt.people.forms import HelpForm, SignInForm
from labqvt.people.helplines import HELPLINES


@method_decorator(login_not_required, name="dispatch")
class SignIn(auth_views.LoginView):
    form_class = SignInForm
    template_name = "people/sign_in.html"
    redirect_authenticated_user = True


class SignOut(auth_views.LogoutView):
    http_method_names = ["post", "options"]


@require_http_methods(["GET", "HEAD", "POST"])
def help_contacts(request: HttpRequest, public_id: str) -> HttpResponse:
    """Whom the people of this structure may call: told on every page where they answer."""
    structure = policy.structure_for(request.user, public_id)
    require(policy.may_set_help(request.user, structure))
    sent = request.POST if request.method == "POST" else None
    form = HelpForm(sent, initial=HelpForm.initial_of(services.help_contacts_of(structure)))
    if form.is_valid():
        entry = services.set_help_contacts(structure=structure, contacts=form.contacts, by=request.user)
        announce(request, _("Les contacts d’aide sont enregistrés."), entry)
        return redirect("cockpit:structure", structure.public_id)
    context = {"structure": structure, "form": form, "helplines": HELPLINES}
    return render(request, "people/help.html", context)
