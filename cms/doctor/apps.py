"""The Django app of the doctor: Django finds its command here."""

from django.apps import AppConfig


class DoctorConfig(AppConfig):
    name = "cms.doctor"
    label = "doctor"
    verbose_name = "Doctor"
