"""A front server (nginx) that answers from the release itself, and asks the application for the rest."""
