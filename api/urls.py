"""The addresses of the API."""

from django.urls import include, path, re_path

from api.content.changes import ChangesView
from api.content.lists import list_views
from api.content.search import SearchView
from api.content.views import IndexView, Nowhere, Released, document_views, outline_view, widget_view

urlpatterns = [
    path("v1/", IndexView.as_view()),
    path("v1/openapi.json", Released.as_view(schema=None)),
    path("v1/docs/", Released.as_view(schema=None)),
    path("v1/changes/", ChangesView.as_view()),
    path("v1/", include("api.scoring.urls")),
    path("v1/<str:locale>/", outline_view.as_view()),
    path("v1/<str:locale>/search/", SearchView.as_view()),
    path("v1/<str:locale>/widget/", widget_view.as_view()),
    *[path(f"v1/<str:locale>/{name}/", view.as_view()) for name, view in list_views.items()],
    *[path(f"v1/<str:locale>/{name}/<slug:code>/", view.as_view()) for name, view in document_views.items()],
    re_path("", Nowhere.as_view(schema=None)),
]
