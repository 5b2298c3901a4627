"""What taps do to the record.

Each act takes the dialogue and the tap's value, changes data only, and says whether its question is settled, so that
the conversation goes forward. An act that refuses its input leaves a toast and changes nothing.
"""
