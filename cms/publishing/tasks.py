"""Publishing as a task: run at once by default, by a worker where one is set up."""

from django_tasks import task

from cms.publishing.publish import publish_everything


@task()
def publish_site() -> int:
    """Publish everything that is public, and give the id of the release."""
    return publish_everything().release.id
