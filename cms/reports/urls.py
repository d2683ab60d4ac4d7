"""The addresses of the reports, in the admin."""

from django.urls import path

from cms.reports.menu import Overview
from cms.reports.screens.changes import ChangesReport
from cms.reports.screens.clear import ClearReport
from cms.reports.screens.links import LinksReport
from cms.reports.screens.pictures import PicturesReport
from cms.reports.screens.reviewing import still_right, take_it_back
from cms.reports.screens.unread import UnreadReport
from cms.reports.screens.words import delete_words, words

app_name = "reports"
SCREENS = {
    "not-looked-at": ("unread", UnreadReport),
    "broken-links": ("links", LinksReport),
    "pictures-without-words": ("pictures", PicturesReport),
    "changes": ("changes", ChangesReport),
    "clear": ("clear", ClearReport),
}
urlpatterns = [
    path("", Overview.as_view(), name="index"),
    path("still-right/<int:page_id>/", still_right, name="still_right"),
    path("still-right/<int:page_id>/take-back/", take_it_back, name="take_back"),
    path("clear/<int:page_id>/", words, name="words"),
    path("clear/words/<int:answer_id>/delete/", delete_words, name="delete_words"),
]
for address, (name, view) in SCREENS.items():
    urlpatterns += [
        path(f"{address}/", view.as_view(), name=name),
        path(f"{address}/results/", view.as_view(results_only=True), name=f"{name}_results"),
    ]
