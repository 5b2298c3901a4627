"""Telegram for tests: a Bot API server on loopback, and the people on it. It knows nothing of our bot.

    async with TelegramServer() as telegram:            # telegram.url and telegram.token are the bot's settings
        rina = await telegram.person("Rina", language="id")
        await rina.command("start")
        card = await rina.sees("Sebelum mulai")         # waits for a message of the bot with this text
        await rina.press("Saya setuju")                 # a button that is really shown
        await rina.change()                             # waits for what the bot makes of it
        assert history(rina) == golden                  # everything they did and saw

        await telegram.go_wrong(seed=1, before=0.05, after=0.05, deliveries=2, shake=0.02)
        await telegram.plan("sendMessage", "after", "reset")     # the next one arrives, and the bot never hears of it
        await telegram.limit(overall=30, per_chat=1, per_group=20)
        await telegram.advance(3600)
        await telegram.pause()
        await telegram.resume()
        telegram.calls.of("editMessageText")            # what the bot called, with parameters and answers

Beside synchronous code ``with ThreadedServer() as t: t.run(rina.press(...))``; in a process of its own ``async with
ServerProcess() as telegram``, with the same people; a crowd for benchmarks: ``python -m tests.telegram.load --help``.
"""
