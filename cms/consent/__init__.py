"""Whose words may be public: the ledger of consent, its dates, and taking words back."""
