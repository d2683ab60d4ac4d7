"""Roles: who may do what in the admin, as groups with as few rights as their work needs."""
