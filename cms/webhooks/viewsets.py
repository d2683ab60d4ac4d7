"""The admin's lists and forms: subscribers, and the log of what they were sent."""

from django import forms
from django.db.models import Prefetch
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, StatusTagColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import Button, HeaderButton, ListingButton
from wagtail.permission_policies import ModelPermissionPolicy

from cms.webhooks.models import Delivery, State, Subscriber
from cms.webhooks.views import SendAgainView, SendTestView, log_of


def is_delivered(delivery: Delivery | None) -> bool:
    return delivery is not None and delivery.state == State.DELIVERED


class SubscriberIndexView(IndexView):
    """Every subscriber, with what came of the last message."""

    list_display = [
        "url",
        BooleanColumn("active", label=_("Active")),
        Column("last_delivery", label=_("Last message")),
        StatusTagColumn(
            "last_delivery.get_state_display",
            label=_("State"),
            primary=lambda subscriber: is_delivered(subscriber.last_delivery),
        ),
        Column("last_delivery.answer", label=_("Answer")),
        DateColumn("last_delivery.tried_at", label=_("When")),
    ]

    def get_base_queryset(self):
        """Fetch the last message with each subscriber; not its body, which may be long."""
        last = Delivery.objects.order_by("-created_at", "-pk").defer("body")[:1]
        return super().get_base_queryset().prefetch_related(Prefetch("deliveries", last, to_attr="last_deliveries"))

    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        if self.user_has_permission("change"):
            buttons += actions_of(instance, Button)
        return buttons


class SubscriberCreateView(CreateView):
    """A new subscriber; what follows is the form that shows its secret."""

    success_message = _("The subscriber was added. Copy the secret below to the receiver, then send a test.")

    def get_success_url(self):
        return self.get_edit_url()

    def get_success_buttons(self):
        return []


class SubscriberEditView(EditView):
    @property
    def header_buttons(self):
        return actions_of(self.object, HeaderButton)


def actions_of(subscriber: Subscriber, button: type) -> list:
    """Give the buttons of what can be done with a subscriber beyond changing it."""
    log = button(_("What was sent"), url=log_of(subscriber), icon_name="history", priority=50)
    if not subscriber.active:
        return [log]
    address = reverse("webhook_subscribers:test", args=[subscriber.pk])
    return [button(_("Send a test"), url=address, icon_name="mail", priority=40), log]


class SecretPanel(FieldPanel):
    """The secret, to be copied; not shown before it is the one that will stay."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self):
            return self.instance.pk is not None and super().is_shown()


class SubscriberViewSet(ModelViewSet):
    model = Subscriber
    name = "webhook_subscribers"
    url_prefix = "webhooks/subscribers"
    icon = "globe"
    menu_label = _("Subscribers")
    index_view_class = SubscriberIndexView
    add_view_class = SubscriberCreateView
    edit_view_class = SubscriberEditView
    # A copy would have the secret of somebody else.
    copy_view_enabled = False
    search_fields = ["url"]
    search_backend_name = None
    panels = [
        FieldPanel("url", widget=forms.URLInput),
        FieldPanel("active"),
        SecretPanel("secret", read_only=True),
    ]

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("test/<int:pk>/", self.construct_view(SendTestView), name="test")]


class LogPolicy(ModelPermissionPolicy):
    """Whoever may change subscribers may read the log; nobody may write in it."""

    def user_has_permission(self, user, action):
        return action == "view" and super().user_has_permission(user, "change")

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


class DeliveryIndexView(IndexView):
    """What was sent, when, and what the answer was."""

    page_title = _("What was sent")
    list_display = [
        "__str__",
        Column("subscriber", label=_("Subscriber")),
        StatusTagColumn("get_state_display", label=_("State"), primary=is_delivered),
        Column("answer", label=_("Answer")),
        Column("attempts", label=_("Attempts")),
        DateColumn("tried_at", label=_("Last attempt"), sort_key="tried_at"),
        DateColumn("due_at", label=_("Next attempt")),
    ]

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("subscriber").defer("body")

    def get_list_more_buttons(self, instance):
        if not (instance.attempts and instance.subscriber.active):
            return []
        return [ListingButton(_("Send again"), url=reverse("webhook_deliveries:again", args=[instance.pk]))]


class DeliveryViewSet(ModelViewSet):
    model = Delivery
    name = "webhook_deliveries"
    url_prefix = "webhooks/sent"
    icon = "history"
    menu_label = _("What was sent")
    index_view_class = DeliveryIndexView
    list_filter = ["subscriber", "state"]
    permission_policy = LogPolicy(Subscriber)
    add_to_reference_index = False

    def get_urlpatterns(self):
        """Give the addresses of a log: no form is among them."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("again/<int:pk>/", self.construct_view(SendAgainView), name="again"),
        ]


class WebhooksGroup(ModelViewSetGroup):
    items = (SubscriberViewSet, DeliveryViewSet)
    menu_label = _("Webhooks")
    menu_name = "webhooks"
    menu_icon = "mail"
