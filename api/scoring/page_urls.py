"""The addresses of the pages of scoring, after `/{locale}/score/`."""

from django.urls import path, register_converter

from api.scoring.exports import views as exports
from api.scoring.pages import boards, joining, keeping, opening, paper
from api.scoring.tokens import TOKEN


class TokenConverter:
    """A token in an address."""

    regex = TOKEN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TokenConverter, "token")

urlpatterns = [
    path("", opening.start),
    path("bring-back/", opening.bring_back_file),
    path("join/", joining.join_by_code),
    path("join/<token:token>/", joining.join),
    path("board/<token:token>/", boards.board),
    path("board/<token:token>/<uuid:mark>/", boards.mark),
    path("board/<token:token>/do/<slug:action>/", boards.do),
    path("board/<token:token>/hand-over/", boards.hand_over),
    path("board/<token:token>/paper/", paper.paper),
    path("board/<token:token>/sheet/", paper.sheet),
    path("board/<token:token>/results/", paper.results),
    path("board/<token:token>/export.<str:kind>", exports.export),
    path("keep/<token:token>/", keeping.keep),
]
