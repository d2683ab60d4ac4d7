"""What no tool can know of the API when it asks at random: which right questions have no answer all the same."""

import json

import schemathesis

# A page beyond the last one, a code that nothing has, a release that is gone: all that depends on what there is.
DEPENDS = ("the last page there is.", "none has this one.", "must be a release that is still kept")

# What stands where a locale may stand, and is none: it has an address of its own.
BESIDE_LOCALES = ("docs", "changes", "openapi.json")


@schemathesis.hook
def before_call(context, case, kwargs):
    """Ask for a locale where one is asked for: along the links, an address of its own can come to stand there."""
    if (case.path_parameters or {}).get("locale") in BESIDE_LOCALES:
        case.path_parameters["locale"] = "en"


@schemathesis.check
def right_questions_are_answered(ctx, response, case):
    """A question that the contract allows gets a 400 for what depends on the release, and for nothing else."""
    is_right = case.meta is not None and case.meta.generation.mode.is_positive
    if is_right and response.status_code == 400:
        errors = json.loads(response.content).get("errors", [])
        assert errors, "Refused without a parameter that is wrong"
        for error in errors:
            assert any(words in error["detail"] for words in DEPENDS), error["detail"]
