"""Progress of a job, as a fragment that asks again until the work has ended."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from mutakhir_web.accounts.permissions import needs
from mutakhir_web.accounts.roles import Act
from mutakhir_web.jobs.models import Job


@needs(Act.SEE_HOME)
def progress(request: HttpRequest, job_id: str) -> HttpResponse:
    """One job's bar."""
    job = get_object_or_404(Job, pk=job_id)
    if not request.area.holds(job.kab):
        raise Http404
    return render(request, "jobs/progress.html", {"job": job})
