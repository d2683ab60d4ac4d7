"""Tests of consent: the ledger, its dates, and taking words back."""
