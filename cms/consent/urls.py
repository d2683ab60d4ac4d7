"""The addresses of the keepers' screens."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from cms.consent import screens
from toolkit.models import Withdrawal


class KindConverter(StringConverter):
    """A quote or a credit."""

    regex = "|".join(Withdrawal.Kind.values)


register_converter(KindConverter, "consent_kind")

app_name = "consent"
urlpatterns = [
    path("", screens.index, name="index"),
    path("<consent_kind:kind>/<uuid:key>/take-back/", screens.take_back, name="take_back"),
    path("taken-back/<uuid:key>/", screens.report, name="report"),
]
