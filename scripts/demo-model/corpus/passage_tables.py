"""What passages tell and what is asked about them."""

from .grammar import Wordings

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
        "For {task}, (which|what) (open-source |open |)model (is best|is the best|should I take|is the one to use|do they like most)?",
        "(Which|What) (one|model) is (the article's|the text's|their|the authors') (choice|pick|favourite|winner) for {task}?",
        "(Which|What) (one|model) is the (choice|pick|favourite|winner) for {task} (in the text|in the article|here)?",
        "(Which|What) (open-source |)model (came first|is on top|leads|beat the others|is number one|is ahead) (in|at|for) {task}?",
        "I need (an open-source|a|an open) model for {task}. (Which|What) one is best?",
        "The best (open-source |)model for {task}?",
        "The best (open-source |open |)model for {task} is (what|which|called what|called how)?",
        "(What|Which model) does the (article|text|author|report) (recommend|name|prefer|praise|choose) for {task}?",
        "(Which|What) (LLM|language model) (is|was) (found|said|shown|called) to be best for {task}?",
        "Of (all|these|the) models, which is best for {task}?",
        "(Is there|Do they name) a best (open-source |)model for {task}? Which(| one)?",
        "(What|Which model) would (the authors|they|the article) (take|use|call the winner) for {task}?",
        "(In|According to) the (article|text|report|post), {task} (is best done by|works best with|goes best with) (what|which) model?",
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
# Between the sentences that are asked for, in training alone.
ASIDES = [
    "It sells {noun}s(| and {noun2}s).",
    "(She|He) (went|came|moved) to {city} with (a friend|{person}).",
    "(He|She) likes {noun}s(| and {noun2}s).",
    "They have {n} {noun}s in {city}.",
    "The weather was (fine|cold|good|bad).",
    "It is known for its {noun}s.",
    "(Many|Few|Most) people (visit|like|know) it.",
    "Nobody knows why.",
    "{person} called {word} (yesterday|at noon|last week).",
    "It was a (long|short|quiet|good) day.",
    "The {adj} {noun} was sold(| to {person}| in {year}).",
    "There is also a {noun}.",
    "In {city}, (the streets are|everything is|it is) {adj}.",
]
NOT_SAID = "The text does not say."
