"""The addresses of the scoring API."""

from django.urls import path, re_path

from api.scoring import views

urlpatterns = [
    path("boards/", views.OpenBoardView.as_view()),
    path("boards/join/", views.JoinView.as_view()),
    path("boards/bring-back/", views.BringBackView.as_view()),
    path("board/", views.StateView.as_view()),
    path("board/export.<str:kind>", views.ExportView.as_view()),
    path("board/answers/<uuid:mark>/", views.AnswerView.as_view()),
    path("board/notes/<uuid:note>/", views.NoteView.as_view()),
    path("board/marks/<uuid:mark>/", views.MarkView.as_view()),
    path("board/agreed/<uuid:mark>/", views.AgreedView.as_view()),
    path("board/dissents/<uuid:dissent>/", views.DissentView.as_view()),
    path("board/show/", views.ShowView.as_view()),
    path("board/forget/", views.ForgetView.as_view()),
    path("board/rounds/<int:number>/", views.RoundView.as_view()),
    path("board/sheets/", views.SheetView.as_view()),
    path("board/hand-over/", views.HandOverView.as_view()),
    path("board/me/", views.MeView.as_view()),
    path("board/joining/", views.JoiningView.as_view()),
    path("board/code/", views.CodeView.as_view()),
    path("board/link/", views.LinkView.as_view()),
    path("board/end/", views.EndView.as_view()),
    re_path(r"^board/[\s\S]+$", views.NowhereView.as_view()),
]
