"""Webhooks: other sites are told about each release."""
