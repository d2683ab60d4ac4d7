"""The addresses of the widget's pages, after `/{locale}/embed/`."""

from django.urls import path

from api.widget import views

urlpatterns = [
    path("", views.embed),
    path("frame/", views.frame),
    path("frame/style.css", views.stylesheet),
]
