"""The app of the queue of offers."""

from django.apps import AppConfig


class OffersAdminConfig(AppConfig):
    name = "cms.offers"
    label = "offers_admin"

    def ready(self):
        from api.offers.signals import offer_taken_back
        from cms.offers.taking_back import take_back

        offer_taken_back.connect(take_back, dispatch_uid="take down what was offered")
