"""Where Wagtail's admin asks for webhooks."""

from wagtail import hooks

from cms.webhooks.viewsets import WebhooksGroup


@hooks.register("register_admin_viewset")
def webhooks_menu():
    return WebhooksGroup()
