"""The core: questionnaire, conversation and judgement, as pure functions over plain data.

Nothing here reads a clock, draws a random number of its own, or touches a file outside the bundled data.
"""
