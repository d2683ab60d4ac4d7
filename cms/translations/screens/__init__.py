"""The screens for translators and for who looks after all languages."""
