"""The store: every assessment per person, across restarts and months."""
