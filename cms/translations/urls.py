"""Where the translators' screens are in the admin."""

from django.urls import path

from cms.translations.screens import adding, files, grid, languages, thing, words

app_name = "translations"
urlpatterns = [
    path("", languages.index, name="index"),
    path("add/", adding.add, name="add"),
    path("grid/", grid.grid, name="grid"),
    path("changes/", grid.changes, name="changes"),
    path("changes/<int:pk>/", grid.judge, name="judge"),
    path("<str:code>/", languages.language, name="language"),
    path("<str:code>/ready/", languages.show_ready, name="ready"),
    path("<str:code>/words/", words.words, name="words"),
    path("<str:code>/upload/", files.upload, name="upload"),
    path("<str:code>/download/<str:form>/", files.download, name="download"),
    path("<str:code>/<uuid:key>/", thing.thing, name="thing"),
    path("<str:code>/<uuid:key>/preview/", thing.preview_thing, name="preview"),
]
