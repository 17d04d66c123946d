from django.urls import path

from labqvt.instruments.editor import (
    views_bank,
    views_conditions,
    views_lines,
    views_outline,
    views_pages,
    views_preview,
    views_publish,
    views_questions,
    views_scales,
    views_settings,
    views_translation,
    views_trying,
)

_DRAFT = "questionnaires/<slug:public_id>/ecrire/"
_GROUP = f"{_DRAFT}page/<str:group_id>/"
_ITEM = f"{_DRAFT}question/<str:item_id>/"

urlpatterns = [
    path(_DRAFT, views_outline.outline, name="edit"),
    path(f"{_DRAFT}annuler/", views_outline.undo, name="edit_undo"),
    path(f"{_DRAFT}refaire/", views_outline.redo, name="edit_redo"),
    path(f"{_DRAFT}pages/", views_pages.add, name="edit_page_add"),
    path(_GROUP, views_pages.detail, name="edit_page"),
    path(f"{_GROUP}deplacer/", views_pages.move, name="edit_page_move"),
    path(f"{_GROUP}dupliquer/", views_pages.duplicate, name="edit_page_duplicate"),
    path(f"{_GROUP}supprimer/", views_pages.remove, name="edit_page_remove"),
    path(f"{_GROUP}condition/", views_conditions.of_page, name="edit_page_condition"),
    path(f"{_GROUP}ajouter/", views_lines.add, name="edit_add"),
    path(f"{_GROUP}banque/", views_bank.bank, name="edit_bank"),
    path(_ITEM, views_questions.question, name="edit_question"),
    path(f"{_ITEM}forme/", views_questions.change_way, name="edit_question_way"),
    path(f"{_ITEM}condition/", views_conditions.of_question, name="edit_question_condition"),
    path(f"{_ITEM}phrase/<str:row_id>/condition/", views_conditions.of_row, name="edit_row_condition"),
    path(f"{_ITEM}deplacer/", views_lines.move, name="edit_question_move"),
    path(f"{_ITEM}dupliquer/", views_lines.duplicate, name="edit_question_duplicate"),
    path(f"{_ITEM}supprimer/", views_lines.remove, name="edit_question_remove"),
    path(f"{_DRAFT}apercu/", views_preview.preview, name="edit_preview"),
    path(f"{_DRAFT}essayer/", views_trying.try_, name="edit_try"),
    path(f"{_DRAFT}traduire/", views_translation.languages, name="edit_translate"),
    path(f"{_DRAFT}traduire/<str:language>/", views_translation.translate, name="edit_translate_to"),
    path(f"{_DRAFT}scores/", views_scales.scales, name="edit_scales"),
    path(f"{_DRAFT}reglages/", views_settings.settings, name="edit_settings"),
    path(f"{_DRAFT}verifier/", views_publish.check, name="edit_check"),
    path(f"{_DRAFT}publier/", views_publish.publish, name="edit_publish"),
]
