"""The places people write in: each parses input and draws screens."""
