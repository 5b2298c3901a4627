"""Simulated officials who answer while the bot is killed and calls fail, and what they know they have answered."""
