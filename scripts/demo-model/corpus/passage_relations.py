"""What passages tell of people and things, and how it is asked for."""

from dataclasses import dataclass

from .grammar import Wordings
from .words import (
    ADJECTIVES,
    ANIMALS,
    CITIES,
    COLOURS,
    DAYS,
    HOBBIES,
    JOBS,
    MONTHS,
    NAMES,
    NOUNS,
    SURNAMES,
    TOPICS,
    code,
    invented,
    person,
    place,
)

LANGUAGES = "TypeScript Python Rust Java C Go Kotlin Swift Ruby Perl".split()


@dataclass(frozen=True)
class Relation:
    """A kind of fact: {key} is what the question names, {it} what the answer tells."""

    statements: list
    questions: Wordings
    answer: str
    key: object  # rng -> value
    it: object
    phrases: list  # what is asked for as a noun phrase, for the frames of frames.py
    also_told: list  # statements that the test never makes


def thing(rng):
    """A noun, mostly behind an adjective."""
    return f"{rng.choice(ADJECTIVES)} {rng.choice(NOUNS)}" if rng.random() < 0.6 else rng.choice(NOUNS)


def _whole_name(rng):
    return f"{person(rng)} {invented(rng)}" if rng.random() < 0.5 else person(rng)


def _work(rng):
    return f"the {rng.choice(ADJECTIVES)} {rng.choice(NOUNS)}"


def _somebody(rng):
    """People as texts name them."""
    surname = rng.choice(SURNAMES)
    title = rng.choice(["Dr.", "Mr.", "Mrs.", "Ms.", "Professor", "Uncle", "Queen", "Captain"])
    relative = rng.choice("sister brother father mother aunt neighbour friend boss cousin".split())
    kinds = [f"{rng.choice(NAMES)} {surname}"] * 4 + [f"{title} {surname}", f"{rng.choice(NAMES)}'s {relative}", surname]
    return rng.choice(kinds)


def _company(rng):
    noun, other, surname = rng.choice(NOUNS).capitalize(), rng.choice(NOUNS).capitalize(), rng.choice(SURNAMES)
    return rng.choice(
        [
            f"{noun} {other}",
            f"{noun}{other.lower()}",
            f"{surname} & Sons",
            f"{surname} and {rng.choice(SURNAMES)}",
            f"{rng.choice(CITIES)} {rng.choice(['Motors', 'Bank', 'Press', 'Foods', 'Labs', 'Airlines', 'Works'])}",
            f"{invented(rng)} {rng.choice(['Inc.', 'Ltd', 'GmbH', 'Systems', 'Group', 'Records'])}",
            surname,
        ]
    )


def _object(rng):
    noun, other = rng.choice(NOUNS), rng.choice(NOUNS)
    return rng.choice(
        [
            f"{rng.choice(COLOURS)} {noun}",
            f"{rng.choice(ADJECTIVES)} {rng.choice(COLOURS)} {noun}",
            f"{noun} of {rng.choice([place, person])(rng)}",
            f"{noun} {other}",
            f"{invented(rng)} {noun}",
            noun,
        ]
    )


def _titled(rng):
    title = f"{rng.choice(ADJECTIVES).capitalize()} {rng.choice(NOUNS).capitalize()}"
    return rng.choice([f"the {_object(rng)}", f"the {rng.choice(NOUNS)}", f'"{title}"', f"The {title}"])


def _town(rng):
    before, after = ["New", "Old", "North", "South", "Port", "San"], ["Valley", "Bay", "Hills", "Falls"]
    return rng.choice([f"{rng.choice(before)} {place(rng)}", f"{place(rng)} {rng.choice(after)}"])


# What else may stand where these stand, in training alone.
ALSO = {person: _somebody, _whole_name: _somebody, invented: _company, thing: _object, _work: _titled, place: _town}

RELATIONS = {
    "job": Relation(
        ["{key} (works as|is|became) a {it}(| in {city}| since {year}).", "The {it} of the (town|village) is {key}."],
        Wordings(
            [
                "(What is|What's) the (job|profession|work) of {key}?",
                "What does {key} (do|work as)?",
                "What (work|job) does {key} (do|have)?",
                "(As what|Where) does {key} work?",
                "(What is|What's) {key}'s (job|profession|work|trade)?",
                "(What|Which) (profession|trade|occupation) (has|does) {key}(| have)?",
                "What is {key}(| by profession)?",
                "How does {key} make (money|a living)?",
                "(With what|By what) does {key} earn (a living|the money)?",
                "What does {key} do (for a living|all day|at work|to earn money)?",
                "What sort of work does {key} do?",
            ],
            ["What kind of job does {key} have?", "How does {key} earn money?"],
        ),
        "{key} is a {it}",
        person,
        lambda r: r.choice(JOBS),
        ["the (job|profession|trade|occupation) of {key}", "{key}'s (job|profession|work)"],
        [
            "{key}, a {it}, lives in {city}.",
            "As a {it}, {key} (travels|earns) a lot.",
            "{key} has been a {it} (for {n} years|since {year}).",
            "{key} (got a job|found work) as a {it} in {city}.",
        ],
    ),
    "home": Relation(
        [
            "{key} (lives in|moved to|has a house in|comes from) {it}(| with a {noun}|, near the {noun}| since {year}).",
            "The home of {key} is (in |){it}.",
        ],
        Wordings(
            [
                "Where (does {key} live|is {key} from|is the home of {key}|is {key}'s home)?",
                "In (what|which) (city|town|place) does {key} live?",
                "(Tell me|Say) where {key} lives.",
                "Which city does {key} live in?",
                "Where (is|stands) (the house of {key}|{key}'s house)?",
                "(What|Which) (city|town|place) (is|does) {key} (from|at home in|come from)?",
                "(What|Which) is {key}'s (city|town|home town)?",
                "Where (would|can|do) I (visit|find|meet) {key}?",
                "Where does {key} (come from|have a house|stay)?",
                "{key} lives where?",
                "(Does it say|Can you see|Do you know) where {key} (has a house|comes from|is at home)?",
                "(What|Which) place does {key} call home?",
            ],
            ["In which place is the home of {key}?", "Do you see where {key} lives?"],
        ),
        "{key} lives in {it}",
        person,
        place,
        ["the home of {key}", "{key}'s (home|town|city)", "the (city|town|place) where {key} lives"],
        [
            "{key} is at home in {it}.",
            "{it} is where {key} lives.",
            "{key} has lived in {it} since {year}.",
            "In {year}, {key} (went|came|moved) to {it} with {person}.",
            "{key} (was born and grew up|stays|has a flat) in {it}.",
        ],
    ),
    "founded": Relation(
        [
            "(The company |){key} was founded in {it}(| by {person}| in {city}).",
            "In {it}, {person} founded {key}(| in {city}).",
            "{person} started {key} in {it}.",
        ],
        Wordings(
            [
                "When (was|did) {key} (founded|start|started)?",
                "In (what|which) year was {key} (founded|started)?",
                "(What|Which) year was {key} founded?",
                "(Tell me|Say) when {key} was founded.",
                "Since when (does|has) {key} (exist|existed|been there)?",
                "How long has {key} existed? (Give|Tell me) the year.",
                "(From|Since) (what|which) year (on |)(is|does) {key} (there|exist)?",
                "(What|Which) year did {key} (start|begin) in?",
                "When did (someone|somebody|they) (found|start) {key}?",
                "(What|Which) is the (founding year|year of the founding) of {key}?",
                "{key} was (founded|started) in (what|which) year?",
                "When did {key} begin?",
            ],
            ["Since which year has {key} existed?", "What is the year in which {key} was founded?"],
        ),
        "{key} was founded in {it}",
        invented,
        lambda r: r.randint(1700, 2025),
        ["the (founding year|year of founding|first year) of {key}", "the year (when|that) {key} (started|began|was founded)"],
        [
            "{key} was founded in {it} by {person} in {city}.",
            "{key} (began|opened) in {it}.",
            "Since {it}, {key} has sold {noun}s(| in {city}).",
            "{key}, founded in {it}, (makes|sells) {noun}s.",
        ],
    ),
    "founder": Relation(
        [
            "{it} founded {key}(| in {year}| in {city}).",
            "{key} was (founded|started) by {it}(| in {year}).",
            "The founder of {key} is {it}.",
        ],
        Wordings(
            [
                "Who (founded|started|created) {key}?",
                "(Who|Which person) is the founder of {key}?",
                "(Tell me|Name) the founder of {key}.",
                "By whom was {key} founded?",
                "Who is {key}'s (founder|creator)?",
                "{key} was (founded|started) by whom?",
                "(What is|What's) the (name of the founder|founder's name) of {key}?",
                "(Which|What) (man or woman|human|one) (founded|started|created) {key}?",
                "Who (stands|is) behind {key}?",
                "Whose (company|work|idea) is {key}?",
                "To whom does {key} go back?",
                "(Which|What) name does the founder of {key} have?",
                "Who began {key}?",
            ],
            ["What is the name of {key}'s founder?", "Which person started {key}?"],
        ),
        "{key} was founded by {it}",
        invented,
        _whole_name,
        ["the (founder|creator) of {key}", "{key}'s founder", "the (man or woman|one) who (founded|started) {key}"],
        [
            "{key} was (founded|started) in {year} by {it}(| in {city}).",
            "In {year}, {it} (founded|started) {key}.",
            "{it}, the founder of {key}, lives in {city}.",
            "{it} and a friend (founded|started) {key}.",
        ],
    ),
    "price": Relation(
        [
            "(The|A) {key} costs {it} (dollars|euros)(| in {city}).",
            "You (pay|give) {it} (dollars|euros) for (the|a) {key}.",
            "The price of (the|a) {key} is {it} (dollars|euros).",
        ],
        Wordings(
            [
                "(How much does|What does) (the|a) {key} cost?",
                "(What is|What's) the price of (the|a) {key}?",
                "How much (is|do I pay for) (the|a) {key}?",
                "(Tell me|Say) the price of the {key}.",
                "How (expensive|dear|cheap) is (the|a) {key}?",
                "How much money (is|does|costs) (the|a) {key}(| cost)?",
                "(What|How much) (do|must|should|will|does one) (I |you |we |)(pay|give|spend) for (the|a) {key}?",
                "I want (the|a) {key}. How much (do I need|is it|must I pay|money is that)?",
                "For how much (is the {key} sold|do they sell the {key}|can I buy the {key}|can I have the {key})?",
                "(What|Which) price (has|does) the {key}(| have)?",
                "The {key} costs (how much|what)?",
            ],
            ["How much money do I need for the {key}?", "What would I pay for the {key}?"],
        ),
        "The {key} costs {it}",
        thing,
        lambda r: r.randint(2, 999),
        ["the (price|cost) of the {key}", "what the {key} costs"],
        [
            "For {it} (euros|dollars) you get the {key}.",
            "The {key} is sold for {it} (euros|dollars).",
            "The {key} costs {it} (euros|dollars), (which is cheap|and {person} bought it).",
            "{person} paid {it} (euros|dollars) for the {key}.",
        ],
    ),
    "opens": Relation(
        ["The {key} opens at {it}(| o'clock)(| on {day}).", "From {it} (o'clock |)on, the {key} is open."],
        Wordings(
            [
                "When does the {key} open?",
                "At (what|which) (time|hour) does the {key} open?",
                "What time does the {key} open?",
                "(Tell me|Say) when the {key} opens.",
                "(From|Since) when (on |)is the {key} open?",
                "(From|At) (what|which) (time|o'clock) (on |)(is|can I visit) the {key}(| open)?",
                "How early (can|may|could) I (come to|visit|enter) the {key}?",
                "When (can|may|could) I (come to|visit|enter|go into) the {key}?",
                "The {key} opens (when|at what time|at which hour)?",
                "(What|Which) (is|are) the opening (hour|time|hours) of the {key}?",
                "(At what time|When) do they open the {key}?",
                "How late is it when the {key} opens?",
            ],
            ["From what hour on is the {key} open?", "How early does the {key} open?"],
        ),
        "The {key} opens at {it}",
        thing,
        lambda r: r.choice([r.randint(5, 12), f"{r.randint(5, 12)}:30"]),
        ["the (opening time|opening hour|opening hours) of the {key}", "the (time|hour) (when|at which) the {key} opens"],
        [
            "The {key} opens at {it} and closes at {n}.",
            "The doors of the {key} open at {it}.",
            "At {it}, {person} opens the {key}.",
            "You can (visit|enter) the {key} from {it} on.",
        ],
    ),
    "colour": Relation(
        ["The {key} (of {person} |)is {it}.", "{person} painted the {key} {it}.", "The {key} has a {it} colour."],
        Wordings(
            [
                "(What|Which) colou(|)r (is|has) the {key}?",
                "(What is|What's) the colou(|)r of the {key}?",
                "(Tell me|Say) the colou(|)r of the {key}.",
                "How is the {key} coloured?",
                "(What|Which) colou(|)r does the {key} have?",
                "Of (what|which) colou(|)r is the {key}?",
                "In (what|which) colou(|)r (was|did they paint) the {key}(| painted)?",
                "(What|Which) colou(|)r (was|did they paint) the {key}(| painted)?",
                "(What|Which) is the {key}'s colou(|)r?",
                "(What|How) does the {key} look? (Tell me|I mean) the colou(|)r.",
                "The {key} is (what|which) colou(|)r?",
            ],
            ["The {key} has which colour?", "In what colour is the {key}?"],
        ),
        "The {key} is {it}",
        thing,
        lambda r: r.choice(COLOURS),
        ["the colour of the {key}", "the {key}'s colour", "the colour that the {key} has"],
        [
            "The {key} (in {city}|by the {noun}) is {it}.",
            "The {key} (was painted|became|turned) {it}.",
            "{it} is the colour of the {key}.",
            "The {key} is {it} and {adj}.",
        ],
    ),
    "day": Relation(
        [
            "The (meeting|talk) about the {key} is on {it}(| at {n})(|, in {city}).",
            "On {it} (we|they) (meet|talk) about the {key}.",
            "The {key} (is|takes place|starts) on {it}.",
        ],
        Wordings(
            [
                "When is the (meeting|talk) about the {key}?",
                "On (what|which) day is (the meeting about |the talk about |)the {key}?",
                "(What|Which) day is the {key}(| on)?",
                "(Tell me|Say) the day of the {key}.",
                "When (is|does|do they plan) the {key}(| planned| take place| start)?",
                "(What|Which) day (do they|did they) (plan|choose|set) for the {key}?",
                "For (when|which weekday) is the {key} (planned|set|fixed)?",
                "The {key} (takes place|happens|starts|is) (when|on which weekday)?",
                "(On|At) (what|which) (day|weekday) (does|do we meet for) the {key}(| start| happen| take place)?",
                "(What|Which) weekday is the {key}(| on)?",
                "When (should|must|do) I (come|be there|go) (for|to) the {key}?",
            ],
            ["The {key} is on which day?", "For what day is the {key} planned?"],
        ),
        "It is on {it}",
        lambda r: r.choice(TOPICS),
        lambda r: r.choice(DAYS),
        ["the (day|date|weekday) of the {key}", "the day (when|on which) the {key} is", "the day that is planned for the {key}"],
        [
            "The {key} was moved to {it}.",
            "We plan the {key} for {it}.",
            "{it} is the day of the {key}.",
            "The {key} (happens|will be) on {it}, not (earlier|later).",
        ],
    ),
    "place": Relation(
        [
            "The {key} (is|stands|was found|lies) (in|at) {it}(|, next to the {noun}).",
            "You find the {key} in {it}.",
            "{person} (left|put) the {key} in {it}.",
        ],
        Wordings(
            [
                "Where (is|can I find|do I find|was) the {key}(| found| left)?",
                "(Tell me|Say) where the {key} is.",
                "In (what|which) place is the {key}?",
                "Where (should|must|do|could|can) I (look for|search for|see|go for|get) the {key}?",
                "(At|In) (what|which) (place|spot) (can I|do I|do we|should I) (find|see|look for) the {key}?",
                "(Have|Did) you (seen|see|find|found) the {key}? Where?",
                "(Can|Could) you (see|say|tell me) where the {key} (lies|stands|was left|can be found)?",
                "The {key} is where?",
                "Where (does|did) (the {key} (lie|stand)|they (put|leave|find) the {key})?",
                "I (am looking|look) for the {key}. Where is it?",
            ],
            ["At which place would I look for the {key}?", "Do you know where the {key} is?"],
        ),
        "The {key} is in {it}",
        thing,
        lambda r: r.choice([place(r), f"the {r.choice(NOUNS)}"]),
        ["the place of the {key}", "the (place|spot) where the {key} (is|lies|stands|was found)"],
        [
            "The {key} can be seen in {it}.",
            "In {it} (there is|stands|lies) the {key}.",
            "The {key} was (moved|brought) to {it}(| in {year}).",
            "{person} saw the {key} in {it}.",
        ],
    ),
    "hobby": Relation(
        [
            "{key} (likes|loves|enjoys) {it}(| with {person}| on {day}).",
            "The hobby of {key} is {it}.",
            "In (the evening|winter|summer), {key} enjoys {it}.",
        ],
        Wordings(
            [
                "What (does {key} like|is the hobby of {key}|is {key}'s hobby|does {key} love)(| to do)?",
                "(Tell me|Name) the hobby of {key}.",
                "(What|Which) hobby does {key} have?",
                "What does {key} (enjoy|prefer)(| doing| most)?",
                "(What|Which) (activity|pastime) (does|is) {key} (like|love|enjoy|fond of)?",
                "What is fun for {key}?",
                "What does {key} do (after work|on a free day|in the free time|when there is time|with joy)?",
                "How does {key} (spend|pass) (the free time|free hours|the evening)?",
                "(What is|What's) {key} fond of?",
                "{key} (likes|loves|enjoys) what?",
                "What makes {key} happy?",
            ],
            ["What does {key} do for fun?", "Which hobby has {key}?"],
        ),
        "{key} likes {it}",
        person,
        lambda r: r.choice(HOBBIES),
        ["the (hobby|pastime) of {key}", "{key}'s (hobby|pastime)"],
        [
            "{key} spends the weekend with {it}.",
            "{it} makes {key} happy.",
            "After work, {key} (likes|loves) {it}.",
            "{key} is (a fan|fond) of {it}.",
        ],
    ),
    "code": Relation(
        [
            "The (code|number|id) of (the |){key} is {it}.",
            "{key} has the (code|number|id) {it}.",
            "Use {it} for {key}.",
        ],
        Wordings(
            [
                "(What is|What's) the (code|number|id) (of|for) (the |){key}?",
                "(Which|What) (code|number|id) (has|does) {key}(| have)?",
                "(Tell me|Say) the (code|number|id) of {key}.",
                "(Which|What) (code|number|id) (is|stands|goes) (for|with) {key}?",
                "(What is|What's) {key}'s (code|number|id)?",
                "(Which|What) (code|number|id) (do|must|should|can|shall) I (use|enter|type|give|write) for {key}?",
                "What (do|must|should) I (use|enter|type) for {key}?",
                "To {key} belongs (which|what) (code|number|id)?",
                "{key} has (which|what) (code|number|id)?",
                "With (which|what) (code|number|id) do I find {key}?",
            ],
            ["Which code belongs to {key}?", "What code would I use for {key}?"],
        ),
        "The code of {key} is {it}",
        lambda r: r.choice([invented, person])(r),
        lambda r: r.choice([code(r), r.randint(10, 99999)]),
        ["the (code|number|id) (of|for) {key}", "{key}'s (code|number|id)", "the code that {key} has"],
        [
            "{it} is the (code|number|id) of {key}.",
            "For {key}, (enter|type) {it}.",
            "{key}: {it}.",
            "(Write|Remember) {it} for {key}.",
        ],
    ),
    "written": Relation(
        [
            "{key} is written in {it}(|, by {person}).",
            "{person} wrote {key} in {it}.",
            "The language of {key} is {it}.",
        ],
        Wordings(
            [
                "(In what|In which|What|Which) (programming |)language is {key} (written|written in)?",
                "(What is|What's) {key} written in?",
                "(Tell me|Name) the language of {key}.",
                "(What is|What's) {key}'s (programming |)language?",
                "(In what|In which|What|Which) (programming |)language (was|has) {key} (written|been written|made|built)(| in)?",
                "(In what|In which) language did (someone|somebody|the author) write {key}?",
                "(What|Which) language (do the authors of {key} use|was used for {key}|is used for {key}|is behind {key})?",
                "{key} is written in (what|which language)?",
                "(What|Which) (programming |)language has {key}?",
                "(What|Which) language (do|must|should) I (know|learn|read) (for|to change) {key}?",
            ],
            ["What language did they write {key} in?", "Which language does {key} use?"],
        ),
        "{key} is written in {it}",
        invented,
        lambda r: r.choice(LANGUAGES),
        ["the (programming |)language of {key}", "{key}'s language", "the language that {key} is written in"],
        [
            "The authors wrote {key} in {it}.",
            "{key} uses {it}.",
            "{it} is the language of {key}.",
            "{key}, written in {it}, (is fast|is old|is small).",
        ],
    ),
    "wrote": Relation(
        [
            "{it} (wrote|painted|made|invented) {key}(| in {year}).",
            "{key} was (written|painted|made|invented) by {it}(| in {year}).",
            "The author of {key} is {it}.",
        ],
        Wordings(
            [
                "Who (wrote|painted|made|invented) {key}?",
                "(Who is|Name|Tell me) the author of {key}(|?)",
                "By whom was {key} (written|painted|made|invented)?",
                "Who is {key} by?",
                "(Which|What) (man or woman|artist|human|one) (wrote|painted|made|invented) {key}?",
                "{key} was (written|painted|made|invented) by whom?",
                "Whose (work|idea) is {key}?",
                "(From|Of) whom (is|comes|do we have) {key}?",
                "(What is|What's) the (name of the author|author's name) of {key}?",
                "Who (created|thought of|came up with) {key}?",
                "Whom do we (thank|have to thank) for {key}?",
                "Who (owns the idea of|is the maker of|is behind) {key}?",
            ],
            ["Which person is the author of {key}?", "To whom do we owe {key}?"],
        ),
        "{it} made {key}",
        _work,
        _whole_name,
        ["the (author|maker) of {key}", "the (man or woman|one) who (wrote|painted|made|invented) {key}"],
        [
            "{key} is (a work of|by) {it}.",
            "{key} comes from {it}.",
            "In {year}, {it} (wrote|painted|made|invented) {key}.",
            "{key} was (painted|made|written|invented) in {city} by {it}.",
        ],
    ),
}
# Kinds that the test never asks for: finding the sentence must not lean on thirteen questions.
ONLY_TRAINED = {
    "age": Relation(
        ["{key} is {it} years old.", "{key} (turned|became) {it}(| last year| in {year}).", "At {it}, {key} moved to {city}."],
        Wordings(
            [
                "How old is {key}?",
                "(What is|What's) (the age of {key}|{key}'s age)?",
                "(What|Which) age (has|is) {key}?",
                "How many years old is {key}?",
            ]
        ),
        "{key} is {it} years old",
        person,
        lambda r: r.randint(2, 99),
        ["the age of {key}", "{key}'s age"],
        [
            "{key}, who is {it} years old, lives in {city}.",
        ],
    ),
    "owner": Relation(
        ["The {key} belongs to {it}(| since {year}).", "{it} (owns|bought|keeps|has) the {key}.", "The owner of the {key} is {it}."],
        Wordings(
            [
                "(Who owns|Who has|Who bought|Whose is) the {key}?",
                "To whom does the {key} belong?",
                "(Who is|What is the name of) the owner of the {key}?",
                "(Which person|Who) (keeps|owns|has got) the {key}?",
                "The {key} belongs to whom?",
            ]
        ),
        "The {key} belongs to {it}",
        thing,
        _whole_name,
        ["the owner of the {key}", "the {key}'s owner", "the person who owns the {key}"],
        [
            "{it} got the {key} from {person}.",
        ],
    ),
    "pet": Relation(
        ["{key} (has|keeps) a {it}(| and a {noun}| called {word}).", "The pet of {key} is a {it}.", "A {it} lives with {key}."],
        Wordings(
            [
                "(What|Which) (pet|animal) does {key} have?",
                "(What is|What's) {key}'s pet?",
                "(What|Which) animal lives with {key}?",
                "With (what|which) animal does {key} live?",
                "What (kind|sort) of (pet|animal) does {key} keep?",
            ]
        ),
        "{key} has a {it}",
        person,
        lambda r: r.choice(ANIMALS),
        ["the (pet|animal) of {key}", "{key}'s (pet|animal)"],
        [
            "{key} feeds a {it} every day.",
        ],
    ),
    "sells": Relation(
        ["{key} sells {it}s(| in {city}| on {day}).", "You can buy {it}s from {key}.", "{key} has a shop for {it}s."],
        Wordings(
            [
                "What does {key} sell?",
                "What can I buy from {key}?",
                "(What|Which) things does {key} sell?",
                "(What is|What's) sold by {key}?",
                "For what does {key} have a shop?",
            ]
        ),
        "{key} sells {it}s",
        lambda r: r.choice([invented, person])(r),
        lambda r: r.choice(NOUNS),
        ["the goods of {key}", "the things that {key} sells"],
        [
            "{key} makes and sells {it}s.",
        ],
    ),
    "month": Relation(
        ["{key} was born in {it}(| in {city}).", "The birthday of {key} is in {it}.", "In {it}, {key} has a birthday."],
        Wordings(
            [
                "(When|In which month|In what month) was {key} born?",
                "(When|In which month) (is {key}'s birthday|does {key} have a birthday)?",
                "(What|Which) (is the birth month of|month was the birth of) {key}?",
            ]
        ),
        "{key} was born in {it}",
        person,
        lambda r: r.choice(MONTHS),
        ["the birthday of {key}", "the month of {key}'s birth"],
        [
            "{key} came into the world in {it}.",
        ],
    ),
    "weight": Relation(
        ["The {key} weighs {it} (kilos|grams|pounds).", "With {it} (kilos|grams|pounds), the {key} is (light|heavy)."],
        Wordings(
            [
                "How (heavy is|much weighs) the {key}?",
                "(What|How much) does the {key} weigh?",
                "(What is|What's) the weight of the {key}?",
                "(What|Which) weight has the {key}?",
            ]
        ),
        "The {key} weighs {it}",
        thing,
        lambda r: r.randint(2, 999),
        ["the weight of the {key}", "the {key}'s weight"],
        [
            "{it} (kilos|grams|pounds) is what the {key} weighs.",
        ],
    ),
    "teaches": Relation(
        ["{key} (teaches|studies|learns) {it}(| in {city}| on {day}).", "The subject of {key} is {it}."],
        Wordings(
            [
                "What does {key} (teach|study|learn)?",
                "(What|Which) subject (has|does) {key}(| have| teach| study)?",
                "(What is|What's) (the subject of {key}|{key}'s subject)?",
            ]
        ),
        "The subject of {key} is {it}",
        person,
        lambda r: r.choice("history physics music biology chemistry geography art law medicine drawing Latin Greek".split()),
        ["the subject of {key}", "{key}'s subject"],
        [
            "{it} is what {key} (teaches|studies).",
        ],
    ),
    "contains": Relation(
        ["(In|Inside) the {key} there is (a|the) {it}.", "The {key} (holds|contains) a {it}.", "{person} put the {it} into the {key}."],
        Wordings(
            [
                "What is (in|inside) the {key}?",
                "What does the {key} (hold|contain)?",
                "(What|Which thing) (do|can|will) I find (in|inside) the {key}?",
                "(What|Which thing) did they put into the {key}?",
            ]
        ),
        "In the {key} there is the {it}",
        thing,
        lambda r: r.choice(NOUNS),
        ["the thing in the {key}", "what the {key} contains"],
        [
            "{person} found a {it} in the {key}.",
        ],
    ),
    "friend": Relation(
        ["{key} (met|knows|helps|called|married) {it}(| in {year}| in {city}).", "The friend of {key} is {it}."],
        Wordings(
            [
                "(Whom|Who) (did {key} meet|does {key} know|does {key} help|did {key} call|did {key} marry)?",
                "Who is (the friend of {key}|{key}'s friend)?",
                "(What is|What's) the name of {key}'s friend?",
                "(Which|What) (person|friend) does {key} (have|know)?",
            ]
        ),
        "The friend of {key} is {it}",
        person,
        _whole_name,
        ["the friend of {key}", "{key}'s friend"],
        [
            "{key} and {it} are friends.",
        ],
    ),
    "ends": Relation(
        ["The {key} (closes|ends) at {it}(| o'clock)(| on {day}).", "The {key} is (over|closed) after {it}(| o'clock)."],
        Wordings(
            [
                "When (does|is) the {key} (end|close|over|closed)?",
                "(At|Until|Till) (what|which) (time|hour) (is|does) the {key} (close|open|end|go on)?",
                "How late does the {key} (close|end)?",
                "(What|Which) is the closing (time|hour) of the {key}?",
            ]
        ),
        "The {key} ends at {it}",
        lambda r: r.choice([r.choice(TOPICS), thing(r)]),
        lambda r: r.choice([r.randint(13, 23), f"{r.randint(13, 23)}:30"]),
        ["the (end|closing time|closing hour) of the {key}"],
        [
            "At {it}, the {key} (closes|ends).",
        ],
    ),
}
