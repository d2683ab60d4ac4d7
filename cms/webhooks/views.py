"""The two things an administrator may have sent: a test, and a message once more. Each asks first."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from cms.webhooks.announce import announce_test
from cms.webhooks.delivery import send_again
from cms.webhooks.models import Delivery, Subscriber


def log_of(subscriber: Subscriber) -> str:
    """Give the address of the log of what a subscriber was sent."""
    return f"{reverse('webhook_deliveries:index')}?subscriber={subscriber.pk}"


class AskingView(PermissionCheckedMixin, WagtailAdminTemplateMixin, BaseObjectMixin, View):
    """Asks whether to do something with an object, and does it when the answer is posted."""

    template_name = "webhooks/ask.html"
    header_icon = "mail"

    @property
    def subscriber(self) -> Subscriber:
        return self.object

    @property
    def back(self) -> str:
        return log_of(self.subscriber)

    def get_page_subtitle(self):
        return str(self.subscriber)

    def get_breadcrumbs_items(self):
        above = {"url": reverse("webhook_subscribers:index"), "label": _("Subscribers")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]

    def get(self, request, pk):
        return self.render_to_response(self.get_context_data())

    def post(self, request, pk):
        if not self.subscriber.active:
            messages.error(request, _("Nothing was sent: this subscriber is switched off."))
        elif self.act():
            messages.success(request, _("It is on its way. Load this page again in a moment to see the answer."))
        else:
            messages.warning(request, _("This message is being sent at this very moment."))
        return redirect(self.back)


class SendTestView(AskingView):
    model = Subscriber
    permission_required = "change"
    page_title = gettext_lazy("Send a test")
    question = gettext_lazy("Send a message that says “test” to this subscriber?")

    def act(self) -> bool:
        return bool(announce_test(subscriber=self.object, now=timezone.now()))


class SendAgainView(AskingView):
    model = Delivery
    permission_required = "view"
    page_title = gettext_lazy("Send again")
    question = gettext_lazy("Send this message once more? Receivers that have it already can tell, and leave it out.")

    @property
    def subscriber(self) -> Subscriber:
        return self.object.subscriber

    def get_page_subtitle(self):
        return f"{self.object}, {self.subscriber}"

    def act(self) -> bool:
        return send_again(delivery=self.object, now=timezone.now())
