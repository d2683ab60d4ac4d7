"""Bringing in a document: its owner sees what each paragraph was taken for, corrects it, and makes drafts of it."""
