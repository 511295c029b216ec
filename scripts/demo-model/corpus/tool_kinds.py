"""Sorts of tools: their names and parameters, how people ask for them, what they give."""

import json
from dataclasses import dataclass

from .grammar import Wordings
from .words import DAYS, HOBBIES, MONTHS, NOUNS, TASKS, TOPICS, code, invented, person, place


@dataclass(frozen=True)
class Kind:
    """A sort of tool: its possible names, its parameters, how people ask for it, what it gives."""

    names: list
    descriptions: list
    parameters: list  # (possible names, JSON type, possible descriptions)
    values: object  # rng -> list of arguments
    asks: Wordings  # slots {a}, {b}, {c}
    results: object  # rng, arguments -> (tool message, reply)


def _weather(rng, args):
    degrees, sky = rng.randint(-15, 40), rng.choice(["sunny", "cloudy", "rainy", "windy", "foggy", "snowy", "clear"])
    shown = rng.choice(
        [
            json.dumps({"temperature": degrees, "condition": sky}),
            json.dumps({rng.choice(["city", "location"]): args[0], "temperature": degrees, "condition": sky}),
            f"{degrees} degrees, {sky}",
            f"{sky}, {degrees} C",
            json.dumps({"temp": degrees, "weather": sky}),
        ]
    )
    return shown, f"It is {sky} in {args[0]}, with {degrees} degrees."


def _expression(rng):
    a, b = rng.randint(2, 9999), rng.randint(2, 999)
    sign = rng.choice("+-*/")
    return [f"{a} {sign} {b}" if rng.random() < 0.8 else f"({a} {sign} {b}) {rng.choice('+-*')} {rng.randint(2, 99)}"]


def _number_result(rng, args):
    value = rng.randint(1, 99999) if rng.random() < 0.8 else round(rng.random() * 100, 2)
    return rng.choice(
        [str(value), json.dumps({"result": value}), json.dumps({"value": value})]
    ), f"{args[0]} is {value}."


def _found(rng, args):
    line = rng.choice(
        [
            f"{args[0]} is known in {place(rng)} since {rng.randint(1800, 2025)}",
            f"{person(rng)} of {place(rng)} wrote about {args[0]}",
            f"The best place for {args[0]} is {place(rng)}",
            f"{args[0]} costs {rng.randint(2, 900)} euros",
            f"there are {rng.randint(2, 900)} pages about {args[0]}",
        ]
    )
    line = line[0].upper() + line[1:]
    return rng.choice(
        [line + ".", json.dumps({"result": line + "."}), json.dumps([{"title": args[0], "text": line + "."}])]
    ), f"I found this: {line}."


def _clock(rng, args):
    time = f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}"
    return rng.choice([time, json.dumps({"time": time})]), f"It is {time} in {args[0]}."


def _price(rng, args):
    value = rng.randint(2, 999)
    return rng.choice(
        [str(value), json.dumps({"price": value}), json.dumps({"symbol": args[0], "price": value})]
    ), f"The price of {args[0]} is {value}."


def done(reply):
    return lambda rng, args: (rng.choice(["ok", "done", '{"status": "ok"}', '{"success": true}']), reply.format(*args))


def _money(rng, args):
    value = rng.randint(2, 2000)
    return rng.choice([str(value), json.dumps({"result": value})]), f"{args[0]} {args[1]} are {value} {args[2]}."


def _translated(rng, args):
    word = invented(rng, capital=False)
    return rng.choice([word, json.dumps({"translation": word})]), f'In {args[1]}, it is "{word}".'


def _subject(rng):
    return rng.choice(
        [
            rng.choice(TOPICS),
            f"{rng.choice(TOPICS)} in {place(rng)}",
            rng.choice(TASKS),
            rng.choice(HOBBIES),
            f"the history of {rng.choice([place(rng), rng.choice(NOUNS)])}",
            f"{invented(rng)} {rng.choice(NOUNS)}s",
            f"{person(rng)} {invented(rng)}",
            invented(rng),
        ]
    )


KINDS = [
    Kind(
        [
            "get_weather",
            "get_current_weather",
            "weather",
            "fetch_weather",
            "weather_lookup",
            "getWeather",
            "current_weather",
            "weather_forecast",
        ],
        [
            "Get the weather of a city",
            "Get the current weather",
            "Gives the weather in a place.",
            "Current weather for a location",
            "Look up the weather",
        ],
        [
            (
                ["city", "location", "place", "city_name", "town"],
                "string",
                ["The city", "City name", "Name of the city", "The place, e.g. Paris", "Location"],
            )
        ],
        lambda rng: [place(rng)],
        Wordings(
            [
                "(What is|What's|How is|How's|Tell me|Give me) the weather (like |)in {a}(| today| now| right now| please| at the moment)(|?)",
                "(Is it|Will it be) (sunny|raining|cold|warm|windy|snowing) in {a}(| today| now)?",
                "(Weather|weather) (in|for) {a}(|?|, please.)",
                "How (cold|warm|hot) is it in {a}(| today| now)?",
                "(Can|Could) you (check|get|look up|tell me) the weather (in|for) {a}?",
                "I am (going|flying|travelling) to {a}. (How is|What is) the weather(| there)?",
                "(Check|Get|Look up|Show) the weather (in|for|of) {a}(.|)",
                "Do I need (an umbrella|a coat) in {a}(| today)?",
                "What temperature is it in {a}?",
            ],
            [
                "Please find out how the weather is in {a}.",
                "I would like to know the weather in {a} right now.",
                "Could you see what the weather is like in {a}, please?",
                "What will I need to wear for the weather in {a}?",
            ],
        ),
        _weather,
    ),
    Kind(
        ["calculator", "calculate", "compute", "eval_expression", "math", "evaluate", "calc"],
        ["Compute an expression", "A calculator", "Evaluates arithmetic.", "Calculate a mathematical expression"],
        [
            (
                ["expression", "formula", "input", "expr", "calculation"],
                "string",
                ["The expression", "e.g. 2 + 2", "What to compute", "Arithmetic expression"],
            )
        ],
        _expression,
        Wordings(
            [
                "(What is|What's|How much is|Calculate|Compute|Solve|Work out|Tell me|Evaluate) {a}(|?)",
                "{a}(| =|?)",
                "(Can|Could) you (calculate|compute|solve|work out) {a}?",
                "(Use|Take) the calculator (for|to compute|to solve)(|:) {a}(.|)",
                "I need the result of {a}(.|)",
            ],
            [
                "Please calculate how much {a} is.",
                "Could you tell me the result of {a}?",
                "I would like to know how much {a} makes.",
            ],
        ),
        _number_result,
    ),
    Kind(
        ["search", "web_search", "search_web", "lookup", "find", "search_documents", "google", "wiki_search"],
        ["Search the web", "Searches for a text", "Find pages about a subject", "Web search", "Look something up"],
        [
            (
                ["query", "q", "search_query", "text", "question"],
                "string",
                ["The query", "What to search", "Search words", "Query string"],
            )
        ],
        lambda rng: [_subject(rng)],
        Wordings(
            [
                "(Search|Search the web|Look|Google|Do a search) for {a}(.|)",
                "(Look up|Find|Research|Google) {a}(.|)",
                "(Find|Get|Give me|I need|Search for) (information|pages|something|articles|news|facts) (about|on) {a}(.|)",
                "(Can|Could) you (search for|look up|find information about|find) {a}?",
                "What (can you find|do you find|does the web say) about {a}?",
                "(Use|Take) the search (for|to find) {a}(.|)",
            ],
            [
                "Please search the web to find {a}.",
                "I would like you to look up {a} for me.",
                "Could you do a web search for {a}, please?",
            ],
        ),
        _found,
    ),
    Kind(
        ["get_time", "current_time", "time", "clock", "get_current_time"],
        ["Get the time in a city", "Current time of a place"],
        [(["city", "location", "place", "timezone"], "string", ["The city", "Where", "Place"])],
        lambda rng: [place(rng)],
        Wordings(
            [
                "(What time is it|What's the time|What is the time|Tell me the time|How late is it) in {a}(| now| right now)(|?)",
                "(Can|Could) you tell me the time in {a}?",
                "(Time|Current time) in {a}(|?)",
            ],
            ["Please find out what time it is in {a}.", "I would like to know the time in {a} right now."],
        ),
        _clock,
    ),
    Kind(
        ["set_timer", "timer", "start_timer", "countdown"],
        ["Set a timer", "Starts a countdown"],
        [(["minutes", "duration", "length"], "integer", ["Minutes", "How many minutes", "Length in minutes"])],
        lambda rng: [rng.randint(1, 90)],
        Wordings(
            [
                "(Set|Start|Make|Give me) a timer (for|of) {a} minutes(.|)",
                "(Timer|timer)(:| for) {a} minutes(.|)",
                "(Remind|Wake|Call) me in {a} minutes(.|)",
                "(Can|Could) you set a timer for {a} minutes?",
                "(Set|Start) a {a} minute timer(.|)",
            ],
            ["Please let a timer run for {a} minutes.", "I would like a timer of {a} minutes."],
        ),
        done("The timer is set for {0} minutes."),
    ),
    Kind(
        ["get_stock_price", "stock_price", "get_price", "quote"],
        ["Price of a stock", "Get the price of a symbol"],
        [(["symbol", "ticker", "stock"], "string", ["The symbol", "Ticker"])],
        lambda rng: ["".join(rng.choice("ABCDEFGHIKLMNOPQRSTUVWXYZ") for _ in range(rng.randint(2, 4)))],
        Wordings(
            [
                "(What is|What's|Tell me|Give me|Get) the (price|stock price) of {a}(|?)",
                "(How much is|How is|How does) {a}(| stock)(| trading)?",
                "(Price|Stock price|Quote) (of|for) {a}(|?)",
                "(Can|Could) you (get|check) the price of {a}?",
            ],
            ["Please find out the stock price of {a}.", "I would like to know the price of {a} right now."],
        ),
        _price,
    ),
    Kind(
        ["send_email", "email", "send_mail", "send_message"],
        ["Send an email", "Sends a message"],
        [
            (["to", "recipient", "address"], "string", ["The address", "Who gets it"]),
            (["subject", "title", "topic"], "string", ["The subject", "What it is about"]),
        ],
        lambda rng: [
            f"{person(rng).lower()}@example.{rng.choice(['com', 'org', 'net'])}",
            rng.choice([rng.choice(TOPICS), f"{rng.choice(TOPICS)} on {rng.choice(DAYS)}"]),
        ],
        Wordings(
            [
                "(Send|Write) (an email|a message|a mail) to {a} (about|with the subject) {b}(.|)",
                "(Email|Mail|Message) {a} about {b}(.|)",
                "(Can|Could) you (email|write to) {a} about {b}?",
                "Tell {a} about {b}(.|)",
            ],
            ["Please send {a} a mail about {b}.", "I would like to email {a} about {b}."],
        ),
        done("The message to {0} was sent."),
    ),
    Kind(
        ["convert_currency", "currency_converter", "exchange", "convert"],
        ["Convert money", "Currency conversion"],
        [
            (["amount", "value"], "number", ["How much"]),
            (["from", "from_currency", "source"], "string", ["From"]),
            (["to", "to_currency", "target"], "string", ["To"]),
        ],
        lambda rng: [rng.randint(1, 999)] + rng.sample(["USD", "EUR", "GBP", "JPY", "CHF", "CAD", "SEK", "INR"], 2),
        Wordings(
            [
                "(Convert|Change|Exchange) {a} {b} (to|into|in) {c}(.|)",
                "(How much|What) (is|are) {a} {b} in {c}?",
                "{a} {b} in {c}(|?)",
                "(Can|Could) you (convert|change) {a} {b} (to|into) {c}?",
            ],
            ["Please find out how many {c} I get for {a} {b}.", "I would like to change {a} {b} into {c}."],
        ),
        _money,
    ),
    Kind(
        ["translate", "translate_text", "translator"],
        ["Translate a text", "Translates words"],
        [
            (["text", "input", "words"], "string", ["The text"]),
            (["language", "target_language", "to"], "string", ["The language"]),
        ],
        lambda rng: [
            " ".join(rng.choice(NOUNS) for _ in range(rng.randint(1, 3))),
            rng.choice("French German Spanish Italian Greek Polish Turkish Finnish".split()),
        ],
        Wordings(
            [
                '(Translate|Put) "{a}" (to|into) {b}(.|)',
                "(Translate|Put) {a} (to|into) {b}(.|)",
                '(What is|How do you say|How do I say) "{a}" in {b}?',
                '"{a}" in {b}(|?)',
                '(Can|Could) you translate "{a}" (to|into) {b}?',
            ],
            ['Please find out how to say "{a}" in {b}.', 'I would like a translation of "{a}" into {b}.'],
        ),
        _translated,
    ),
    Kind(
        ["add_event", "create_event", "add_to_calendar", "schedule"],
        ["Add an event to the calendar", "Plan something"],
        [(["title", "name", "event"], "string", ["The title"]), (["day", "date", "when"], "string", ["The day"])],
        lambda rng: [rng.choice(TOPICS), rng.choice([rng.choice(DAYS), f"{rng.choice(MONTHS)} {rng.randint(1, 28)}"])],
        Wordings(
            [
                "(Add|Put|Enter) (the |){a} (on|for) {b}(| to my calendar| in the calendar)(.|)",
                "(Plan|Schedule) (the |a |){a} (on|for) {b}(.|)",
                "(Can|Could) you (plan|schedule) the {a} (on|for) {b}?",
                "My calendar: {a} on {b}(.|)",
            ],
            ["Please note the {a} on {b} in my calendar.", "I would like to plan the {a} for {b}."],
        ),
        done("The {0} is planned for {1}."),
    ),
    Kind(
        ["play_music", "play_song", "play"],
        ["Play music", "Plays a song"],
        [(["song", "title", "track"], "string", ["The song"])],
        lambda rng: [
            rng.choice([f"the {rng.choice(NOUNS)} song", f"{invented(rng)} {rng.choice(NOUNS)}", invented(rng)])
        ],
        Wordings(
            [
                "(Play|Start|Put on) {a}(.|)",
                "(I want|I would like) to hear {a}(.|)",
                "(Can|Could) you play {a}(| for me)?",
                "(Let me|Let us) hear {a}(.|)",
            ],
            ["Please put on {a} for me.", "I would like it if you play {a}."],
        ),
        done("Now playing {0}."),
    ),
    Kind(
        ["get_order", "order_status", "track_order", "lookup_order"],
        ["Status of an order", "Look up an order"],
        [(["order_id", "id", "order", "number"], "string", ["The order number", "Id of the order"])],
        lambda rng: [code(rng)],
        Wordings(
            [
                "(Where is|What about|Check|Track|Show|Look up) (my |the |)order {a}(|?)",
                "(What is|What's|Tell me) the status of (my |the |)order {a}(|?)",
                "(Can|Could) you (check|track|find) (my |the |)order {a}?",
                "Order {a}(|?)",
            ],
            ["Please find out where my order {a} is.", "I would like to know about the order {a}."],
        ),
        lambda rng, args: (lambda s: (rng.choice([s, json.dumps({"status": s})]), f"The order {args[0]} is {s}."))(
            rng.choice(["shipped", "delivered", "lost", "open", "paid", "packed"])
        ),
    ),
]
