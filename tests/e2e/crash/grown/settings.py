"""The settings, of a version that has more migrations."""

# All of them, as a deployment has them that changes one.
from cms.settings import *  # noqa: F403

MIGRATION_MODULES = {"scoring": "tests.e2e.crash.grown.migrations"}
