"""Sharing drafts: a link shows one draft, for some days, to whoever has it."""
