"""Whose words may be public, case by case."""

from itertools import product

import pytest

from toolkit.consent import Consent, Naming, may_be_public, public_name


@pytest.mark.parametrize(("naming", "consent"), list(product(Naming, Consent)))
def test_words_need_consent_or_nobody(naming, consent):
    allowed = {(naming, Consent.GIVEN) for naming in Naming} | {
        (Naming.ILLUSTRATIVE, Consent.ASKED),
        (Naming.ILLUSTRATIVE, Consent.NOT_NEEDED),
        (Naming.ILLUSTRATIVE, Consent.ENDED),
    }
    assert may_be_public(naming=naming, consent=consent) is ((naming, consent) in allowed)


@pytest.mark.parametrize("naming", [None, "", "nonsense"])
@pytest.mark.parametrize("consent", [None, "", "nonsense"])
def test_unknown_answers_are_no_consent(naming, consent):
    assert not may_be_public(naming=naming, consent=consent)


@pytest.mark.parametrize("naming", list(Naming))
def test_not_named_hides_the_name(naming):
    shown = "" if naming == Naming.NOT_NAMED else "Ann Other"
    assert public_name(naming=naming, name="Ann Other") == shown
