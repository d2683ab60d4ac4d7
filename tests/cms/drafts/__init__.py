"""Tests of sharing drafts."""
