"""The addresses of offers, after `/{locale}/give/`."""

from django.urls import path, re_path

from api.offers.pages import give, given
from api.scoring.tokens import TOKEN

urlpatterns = [path("", give), re_path(rf"^(?P<token>{TOKEN})/$", given)]
