"""Where the screens are in the admin."""

from django.urls import path

from cms.imports import views
from cms.imports.index import IndexView

app_name = "imports"
urlpatterns = [
    path("", IndexView.as_view(), name="index"),
    path("<int:pk>/", views.look, name="look"),
    path("<int:pk>/summary/", views.summary, name="summary"),
    path("<int:pk>/report/", views.report, name="report"),
    path("<int:pk>/left-out/", views.left_out, name="left_out"),
    path("<int:pk>/original/", views.original, name="original"),
    path("<int:pk>/delete/", views.delete, name="delete"),
]
