"""The addresses of the queue of offers, after `/admin/offers/`."""

from django.urls import path

from cms.offers import screen

app_name = "offers"
urlpatterns = [
    path("", screen.index, name="index"),
    path("<int:pk>/draft/", screen.draft, name="draft"),
    path("<int:pk>/decline/", screen.declined, name="decline"),
    path("<int:pk>/undo/", screen.undone, name="undo"),
]
