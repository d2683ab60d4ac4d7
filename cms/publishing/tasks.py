"""Publishing as a task: run at once by default, by a worker where one is set up."""

from django_tasks import task

from cms.models import Change
from cms.publishing.publish import publish


@task(backend="publishing")
def publish_waiting() -> int | None:
    """Publish what waits to be published, and give the id of the release; None when nothing waits any more."""
    # Of many tasks that have waited for a worker, the first one publishes all.
    return publish().release.id if Change.objects.exists() else None
