"""Publishing as a task: run at once by default, by a worker where one is set up."""

from django_tasks import task

from cms.publishing.publish import publish


@task(backend="publishing")
def publish_waiting() -> int:
    """Publish what waits to be published, and give the id of the release."""
    return publish().release.id
