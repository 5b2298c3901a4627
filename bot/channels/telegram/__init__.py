"""The Telegram channel: private chats with officials, by long polling or a webhook."""

import os

# the library's own switch to durations as timedelta; without it every flood warning warns of a change to come
os.environ.setdefault("PTB_TIMEDELTA", "1")
