"""The translators' part of the admin: what there is to do in each language, and the screens to do it on."""
