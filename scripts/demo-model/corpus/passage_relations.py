"""What passages tell of people and things, and how it is asked for."""

from dataclasses import dataclass, field

from .grammar import Wordings
from .words import ADJECTIVES, ANIMALS, COLOURS, DAYS, HOBBIES, JOBS, MONTHS, NOUNS, TOPICS, code, invented, person, place

LANGUAGES = "TypeScript Python Rust Java C Go Kotlin Swift Ruby Perl".split()


@dataclass(frozen=True)
class Relation:
    """A kind of fact: {key} is what the question names, {it} what the answer tells."""

    statements: list
    questions: Wordings
    answer: str
    key: object  # rng -> value
    it: object
    phrases: list = field(default_factory=list)  # what is asked for as a noun phrase, for the frames of frames.py


def _thing(rng):
    return f"{rng.choice(ADJECTIVES)} {rng.choice(NOUNS)}" if rng.random() < 0.6 else rng.choice(NOUNS)


def _whole_name(rng):
    return f"{person(rng)} {invented(rng)}" if rng.random() < 0.5 else person(rng)


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
        lambda r: _thing(r),
        lambda r: r.randint(2, 999),
        ["the (price|cost) of the {key}", "what the {key} costs"],
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
        lambda r: _thing(r),
        lambda r: r.choice([r.randint(5, 12), f"{r.randint(5, 12)}:30"]),
        ["the (opening time|opening hour|opening hours) of the {key}", "the (time|hour) (when|at which) the {key} opens"],
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
        lambda r: _thing(r),
        lambda r: r.choice(COLOURS),
        ["the colour of the {key}", "the {key}'s colour", "the colour that the {key} has"],
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
        lambda r: _thing(r),
        lambda r: r.choice([place(r), f"the {r.choice(NOUNS)}"]),
        ["the place of the {key}", "the (place|spot) where the {key} (is|lies|stands|was found)"],
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
        lambda r: f"the {r.choice(ADJECTIVES)} {r.choice(NOUNS)}",
        _whole_name,
        ["the (author|maker) of {key}", "the (man or woman|one) who (wrote|painted|made|invented) {key}"],
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
        lambda r: _thing(r),
        _whole_name,
        ["the owner of the {key}", "the {key}'s owner", "the person who owns the {key}"],
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
        lambda r: _thing(r),
        lambda r: r.randint(2, 999),
        ["the weight of the {key}", "the {key}'s weight"],
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
        lambda r: _thing(r),
        lambda r: r.choice(NOUNS),
        ["the thing in the {key}", "what the {key} contains"],
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
        lambda r: r.choice([r.choice(TOPICS), _thing(r)]),
        lambda r: r.choice([r.randint(13, 23), f"{r.randint(13, 23)}:30"]),
        ["the (end|closing time|closing hour) of the {key}"],
    ),
}
