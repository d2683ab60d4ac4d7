"""The addresses of shared drafts."""

from django.urls import path

from cms.drafts.views import DraftDocumentView, draft_media, draft_page

urlpatterns = [
    path("draft/<str:token>/", draft_page, name="draft"),
    path("draft/<str:token>/media/<path:path>", draft_media),
    path("api/v1/drafts/<str:token>/", DraftDocumentView.as_view(), name="draft_document"),
]
