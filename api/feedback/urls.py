"""The address of feedback, after `/{locale}/feedback/`."""

from django.urls import path

from api.feedback.pages import feedback

urlpatterns = [path("", feedback)]
