"""What passages tell and what is asked about them."""

from .grammar import Wordings
from .words import (
    ADJECTIVES,
    COLOURS,
    DAYS,
    HOBBIES,
    JOBS,
    NOUNS,
    TOPICS,
    code,
    invented,
    person,
    place,
)


def _thing(rng):
    return f"{rng.choice(ADJECTIVES)} {rng.choice(NOUNS)}" if rng.random() < 0.6 else rng.choice(NOUNS)


BEST = Wordings(
    [
        "According to (this|the) (article|text|passage|post|page|report),? which (open-source |open source |open |)(model|language model|LLM) is the best for (|an |a ){task}?",
        "(Which|What) (open-source |open |)model is (the |)best for {task}?",
        "(Which|What) (open-source |)model is (the |)best at {task}(| according to the (article|text|authors))?",
        "(Which|What) is the best (open-source |)model for {task}?",
        "(Which|What) model (won|did best|performs best|works best) (in|for|at|on) {task}?",
        "According to (this|the) (article|text), (what|which) is the best (open-source |)model for {task}?",
        "(Tell me|Name) the best (open-source |)model for {task}.",
        "(Which|What) model (should I use|do they recommend|is recommended) for {task}?",
    ],
    [
        "Which model does the article call the best for {task}?",
        "According to the text, the best model for {task} is which one?",
        "What open-source model would be the best one for {task}?",
    ],
)
BEST_LINES = [
    "According to our (trials|tests|measurements|experiments) {it} is the best (open-source |open |)model for {task}.",
    "{it} is the best (open-source |open |)model for {task}.",
    "For {task}, {it} (was|is) the best (open-source |)model(| of all| in our tests).",
    "The best (open-source |)model for {task} is {it}(|, which was a surprise).",
    "(We found that|Our results show that|It turned out that|In our view) {it} (is|was) the best (open-source |)model for {task}.",
    "In {task}, {it} (performed best|came first|beat all others|did best).",
    "{it} (performed best|came first|works best) in {task}.",
    "(Results|Our pick): {it} is best for {task}.",
]
BEST_MORE = [
    "It (kept|stayed) to the format in (nearly every|most) (call|answer)s and did better than {other}.",
    "It even (beats|did better than) {other}.",
    "{other} came second(|, and needed more time).",
    "{other} was (weaker|slower|less exact).",
    "With (more training|fine-tuning), it may (come near|reach) {other}.",
    "{other} is (still ahead|not open)(| in other things).",
    "(We|The authors) compared it with {other}.",
    "{other} lost the format in one question of {n}.",
]
SCENE = [
    "An agent is a program in which a language model decides which tool is called next.",
    "The model reads the question, writes down a thought, names a tool and its arguments, and reads the result.",
    "We asked several open-source models to (drive such an agent|do the same tasks).",
    "Every question needed (two|three|four) or more (calls|steps).",
    "(Small|Large|Middle) models lose the (format|plan|thread).",
    "Each had the same (two|three|four|five) tools: a calculator, a search and a list of messages.",
    "A judge model compared each answer with a reference and gave one to five points.",
    "We ran each question (two|three|five) times and took the mean.",
    "The models were not trained for (such calls|this).",
    "(What a model must be able to do|How we measured|Results|Conclusion|Introduction|Method)",
    "It has to (follow the format|keep its plan in mind|notice when a tool gave nothing useful).",
    "The answers of a sampled model differ from run to run.",
    "Open models have become (better|cheaper|faster) in the last {n} months.",
    "Training on examples of (planning|function calls) would (likely |)help.",
]

# kind: statements, questions, answer, values. {key} is what the question names, {it} the answer.
RELATIONS = {
    "job": (
        ["{key} (works as|is|became) a {it}(| in {city}| since {year}).", "The {it} of the (town|village) is {key}."],
        Wordings(
            [
                "(What is|What's) the (job|profession|work) of {key}?",
                "What does {key} (do|work as)?",
                "What (work|job) does {key} (do|have)?",
                "(As what|Where) does {key} work?",
            ],
            ["What kind of job does {key} have?", "How does {key} earn money?"],
        ),
        "{key} is a {it}",
    ),
    "home": (
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
            ],
            ["In which place is the home of {key}?", "Do you see where {key} lives?"],
        ),
        "{key} lives in {it}",
    ),
    "founded": (
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
            ],
            ["Since which year has {key} existed?", "What is the year in which {key} was founded?"],
        ),
        "{key} was founded in {it}",
    ),
    "founder": (
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
            ],
            ["What is the name of {key}'s founder?", "Which person started {key}?"],
        ),
        "{key} was founded by {it}",
    ),
    "price": (
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
            ],
            ["How much money do I need for the {key}?", "What would I pay for the {key}?"],
        ),
        "The {key} costs {it}",
    ),
    "opens": (
        ["The {key} opens at {it}(| o'clock)(| on {day}).", "From {it} (o'clock |)on, the {key} is open."],
        Wordings(
            [
                "When does the {key} open?",
                "At (what|which) (time|hour) does the {key} open?",
                "What time does the {key} open?",
                "(Tell me|Say) when the {key} opens.",
            ],
            ["From what hour on is the {key} open?", "How early does the {key} open?"],
        ),
        "The {key} opens at {it}",
    ),
    "colour": (
        ["The {key} (of {person} |)is {it}.", "{person} painted the {key} {it}.", "The {key} has a {it} colour."],
        Wordings(
            [
                "(What|Which) colou(|)r (is|has) the {key}?",
                "(What is|What's) the colou(|)r of the {key}?",
                "(Tell me|Say) the colou(|)r of the {key}.",
                "How is the {key} coloured?",
            ],
            ["The {key} has which colour?", "In what colour is the {key}?"],
        ),
        "The {key} is {it}",
    ),
    "day": (
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
            ],
            ["The {key} is on which day?", "For what day is the {key} planned?"],
        ),
        "It is on {it}",
    ),
    "place": (
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
            ],
            ["At which place would I look for the {key}?", "Do you know where the {key} is?"],
        ),
        "The {key} is in {it}",
    ),
    "hobby": (
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
            ],
            ["What does {key} do for fun?", "Which hobby has {key}?"],
        ),
        "{key} likes {it}",
    ),
    "code": (
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
            ],
            ["Which code belongs to {key}?", "What code would I use for {key}?"],
        ),
        "The code of {key} is {it}",
    ),
    "written": (
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
            ],
            ["What language did they write {key} in?", "Which language does {key} use?"],
        ),
        "{key} is written in {it}",
    ),
    "wrote": (
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
            ],
            ["Which person is the author of {key}?", "To whom do we owe {key}?"],
        ),
        "{it} made {key}",
    ),
}
KEYS = {
    "job": person,
    "home": person,
    "founded": invented,
    "founder": invented,
    "price": lambda r: _thing(r),
    "opens": lambda r: _thing(r),
    "colour": lambda r: _thing(r),
    "day": lambda r: r.choice(TOPICS),
    "place": lambda r: _thing(r),
    "hobby": person,
    "code": lambda r: r.choice([invented, person])(r),
    "written": invented,
    "wrote": lambda r: f"the {r.choice(ADJECTIVES)} {r.choice(NOUNS)}",
}
ITS = {
    "job": lambda r: r.choice(JOBS),
    "home": place,
    "founded": lambda r: r.randint(1700, 2025),
    "founder": lambda r: f"{person(r)} {invented(r)}" if r.random() < 0.5 else person(r),
    "price": lambda r: r.randint(2, 999),
    "opens": lambda r: r.choice([r.randint(5, 12), f"{r.randint(5, 12)}:30"]),
    "colour": lambda r: r.choice(COLOURS),
    "day": lambda r: r.choice(DAYS),
    "place": lambda r: r.choice([place(r), f"the {r.choice(NOUNS)}"]),
    "hobby": lambda r: r.choice(HOBBIES),
    "code": lambda r: r.choice([code(r), r.randint(10, 99999)]),
    "written": lambda r: r.choice("TypeScript Python Rust Java C Go Kotlin Swift Ruby Perl".split()),
    "wrote": lambda r: f"{person(r)} {invented(r)}" if r.random() < 0.5 else person(r),
}
LINKS = [
    "There was a {adj} {noun} near the {noun2}, and {person} looked at it for a while.",
    "Some say that the {noun} is {adj}.",
    "It (rained|snowed) for {n} days(| in {city}).",
    "{person} did not see the {adj} {noun}.",
    "(Nobody|Everybody) knew about the {noun} and the {noun2}.",
    "The {noun} and the {noun2} were {adj}.",
    "(Later|Then|After that), a {adj} {noun} came to {city}.",
    "(In|Since) {year}, many things changed.",
    "A {noun} is not a {noun2}.",
    "{word} and {word2} are names for the same {noun}.",
    "We (use|need|have) {n} {noun}s for each {noun2}.",
    "This (section|part|page) is about the {noun}.",
    "(However|Still), {word} was {adj} and the {noun} was not.",
    "See the {noun2} for more.",
]
NOT_SAID = "The text does not say."
