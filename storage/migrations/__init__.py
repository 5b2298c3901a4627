"""Every schema there was, and the way from one to the next."""
