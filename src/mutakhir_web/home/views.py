"""The home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from mutakhir_web.accounts.permissions import allowed, needs
from mutakhir_web.accounts.roles import Act
from mutakhir_web.home.board import board


@needs(Act.SEE_HOME)
def home(request: HttpRequest) -> HttpResponse:
    """What is left before the plenary of the kab/kota at hand.

    Who works for a provinsi starts above it; an office without a roll starts with its first file.
    """
    above = len(request.area.code) < 4 and allowed(request.user, Act.SEE_PROVINCE)
    if above and "kab" not in request.GET:
        return redirect("province:province")
    if request.kab not in request.kabs:
        return render(request, "home/first.html", {"sources": reverse("intake:sources")})
    found = board(request.user, request.kab, request.period)
    return render(request, "home/home.html", {"board": found})
