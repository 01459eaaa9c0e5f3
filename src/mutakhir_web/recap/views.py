"""Pages of recaps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mutakhir_web.accounts.permissions import needs
from mutakhir_web.accounts.roles import Act


@needs(Act.SEE_RECAP)
def recap(request: HttpRequest) -> HttpResponse:
    """The recap."""
    return render(request, "recap/recap.html", {})
