"""The rim: command line, settings, rendering, reports and the channels people write in."""
