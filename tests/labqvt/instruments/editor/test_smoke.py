import pytest
from django.urls import reverse
pytestmark = pytest.mark.django_db

def test_all_pages(client, author, filled):
    client.force_login(author)
    form = filled.form
    q, g = form.items[0].id, form.groups[0].id
    for name, args in [("edit",[]),("edit_page",[g]),("edit_page_condition",[form.groups[1].id]),("edit_add",[g]),("edit_bank",[g]),("edit_question",[q]),("edit_question",[form.items[2].id]),("edit_question_condition",[form.items[1].id]),("edit_question_remove",[q]),("edit_preview",[]),("edit_try",[]),("edit_translate",[]),("edit_scales",[]),("edit_settings",[]),("edit_check",[]),("edit_publish",[]),("edit_discard",[]),("edit_page_remove",[g])]:
        r = client.get(reverse("instruments:"+name, args=[filled.public_id, *args]))
        assert r.status_code == 200, name
