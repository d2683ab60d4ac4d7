"""What others may want to know of offers."""

from django.dispatch import Signal

# Sent with `offer` when somebody takes back what is a page by now: whoever keeps pages has to take it down.
offer_taken_back = Signal()
