"""Trains the model that says what kind of failure a log shows."""
