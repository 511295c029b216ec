"""How people ask for the facts of fact_tables.py."""

from .grammar import Wordings

CAPITAL = Wordings(
    [
        "(What|Which city|Which town) is the capital(| city) of {country}?",
        "(What's|Whats|what is) the capital(| city) of {country}?",
        "(Tell me|Name|Give me|Say|Write) the capital(| city) of {country}(.|, please.|)",
        "(The capital|Capital|capital city) of {country}?",
        "{country}(:| -|,) capital?",
        "(Do you know|Can you tell me|Could you tell me|Please tell me|Can you name) the capital of {country}?",
        "(Do you know|Can you tell me|Could you tell me) (what|which city) (the capital of {country} is|is the capital of {country})?",
        "Which city is {country}'s capital?",
        "What is {country}'s capital(| city)?",
        "What is the capital city in {country}?",
        "(What|Which) (city|town) is {country} governed from?",
        "(What|Which) capital does {country} have?",
        "I (need|want|am looking for) the capital of {country}.",
        "What do you call the capital of {country}?",
        "How is the capital of {country} called?",
        "The capital of {country} is",
        "What city is the capital of {country}?",
        "Where is the government of {country}?",
        "In {country}, (what|which city) is the capital?",
        "Capital city of {country}, please.",
        "{country} has which capital?",
        "My (teacher|friend|son) asks (for|about) the capital of {country}.",
    ],
    [
        "I would like to know which city the capital of {country} is.",
        "Do you happen to know {country}'s capital?",
        "For a quiz: the capital of {country} is which city?",
        "What is the name of the capital city of {country}?",
        "Tell me which city is the capital in {country}.",
        "Please name the city that is the capital of {country}.",
    ],
)
CONTINENT = Wordings(
    [
        "(On|In) (what|which) continent is {country}(| located| found)?",
        "(What|Which) continent is {country} (in|on|part of)?",
        "Where (is|in the world is) {country}?",
        "(Tell me|Name|Give me) the continent of {country}.",
        "The continent of {country}?",
        "{country} (is|lies) (in|on) (what|which) continent?",
        "(What's|What is) the continent of {country}?",
        "(Do you know|Can you tell me) (on|in) (which|what) continent {country} (is|lies)?",
        "{country}(:| -|,) continent?",
        "To (what|which) continent does {country} belong?",
        "Which part of the world is {country} in?",
    ],
    [
        "I would like to know on which continent {country} can be found.",
        "{country} belongs to which continent?",
        "Which continent would I find {country} on?",
        "Please name the continent where {country} is.",
    ],
)
CURRENCY = Wordings(
    [
        "(What|Which) (currency|money) (is used in|does|do they use in) {country}(| use)?",
        "(What's|What is) the (currency|money) (of|in) {country}?",
        "(Tell me|Name|Give me) the currency of {country}.",
        "The currency of {country}?",
        "{country}(:| -|,) currency?",
        "(What|Which) (currency|money) (can|do|would) I (pay with|use|need) in {country}?",
        "How do (people|they) pay in {country}?",
        "(Do you know|Can you tell me) the currency (of|in) {country}?",
        "{country} has (what|which) currency?",
        "What is {country}'s currency?",
        "What is the money of {country} called?",
    ],
    [
        "I would like to know the currency that people use in {country}.",
        "Which currency will I need when I travel to {country}?",
        "With what money do people pay in {country}?",
        "Please name {country}'s currency.",
    ],
)
LANGUAGE = Wordings(
    [
        "(What|Which) (|main )language (is spoken|do people speak|do they speak|is used) in {country}?",
        "(What's|What is) the (|main |official )language (of|in) {country}?",
        "(Tell me|Name|Give me) the (|main )language of {country}.",
        "The language of {country}?",
        "{country}(:| -|,) language?",
        "(Do you know|Can you tell me) the (|main )language (of|in) {country}?",
        "What do (people|they) speak in {country}?",
        "{country} has (what|which) (|main )language?",
        "What is {country}'s (|main )language?",
        "(What|Which) language should I (learn|speak) (for|in) {country}?",
    ],
    [
        "I would like to know the language that people speak in {country}.",
        "Which language will I hear when I travel to {country}?",
        "In what language do the people of {country} talk?",
        "Please name {country}'s language.",
    ],
)
OF_CAPITAL = Wordings(
    [
        "{capital} is the capital of (what|which) country?",
        "(What|Which) country (has|is) {capital} (as its|the) capital(| of)?",
        "Of (what|which) country is {capital} the capital?",
        "(What|Which) country's capital is {capital}?",
        "{capital}(:| -|,) capital of(| what| which country)?",
        "(What|Which) country has the capital {capital}?",
    ],
    [
        "Which country would have {capital} for its capital?",
        "{capital} is which country's capital?",
        "Name the country whose capital is {capital}.",
    ],
)
OPPOSITE = Wordings(
    [
        "(What's|What is) the opposite of {word}?",
        "(Tell me|Name|Give me|Say) the opposite of {word}.",
        "The opposite of {word}?",
        "Opposite of {word}(|?)",
        "(What|Which word) is opposite to {word}?",
        "(What's|What is) (the|an) antonym (of|for) {word}?",
        "{word}(:| -|,) opposite?",
        "(Do you know|Can you tell me) the opposite of {word}?",
        "(What|Which word) means the opposite of {word}?",
        "If it is not {word}, it is",
        "The opposite of {word} is",
    ],
    [
        "Which word is the opposite of {word}?",
        "I would like the opposite of {word}.",
        "Please name the opposite of the word {word}.",
        "What would be the opposite of {word}?",
    ],
)
YOUNG = Wordings(
    [
        "(What's|What is) a (young|baby) {animal}(| called)?",
        "(What|How) do you call a (young|baby) {animal}?",
        "What is the young of (a|the) {animal} called?",
        "(Name|Tell me) the (young|baby) of a {animal}.",
        "(A baby|A young) {animal} is called",
    ],
    ["What name does a baby {animal} have?", "Which word do we use for a young {animal}?"],
)
SOUND = Wordings(
    [
        "What (sound|noise) does (a|the) {animal} make?",
        "(How does|What does) (a|the) {animal} (sound|say)?",
        "(Tell me|Name) the sound of a {animal}.",
        "The sound of a {animal}?",
    ],
    ["Which sound comes from a {animal}?", "What noise would a {animal} make?"],
)
LEGS = Wordings(
    [
        "How many legs (does|has) a {animal}(| have)?",
        "(Tell me|Name) the number of legs of a {animal}.",
        "What is the number of legs of a {animal}?",
        "Legs of a {animal}?",
    ],
    ["A {animal} has how many legs?", "On how many legs does a {animal} walk?"],
)
CLASS = Wordings(
    [
        "(What|Which) (kind|class|type) of animal is (a|the) {animal}?",
        "Is a {animal} a mammal, a bird, a reptile, an insect or an amphibian?",
        "(Tell me|Name) the class of the {animal}.",
    ],
    ["To which class of animals does the {animal} belong?", "A {animal} is what kind of animal?"],
)
PLANET = Wordings(
    [
        "(What|Which) is the {ordinal} planet(| from the sun| from the Sun)?",
        "(What|Which) planet is {ordinal}(| from the sun| from the Sun)?",
        "(Tell me|Name) the {ordinal} planet(| from the sun).",
        "The {ordinal} planet(| from the Sun)?",
    ],
    ["Counting from the Sun, which planet is the {ordinal}?", "Which planet comes {ordinal} from the Sun?"],
)
NEXT = Wordings(
    [
        "(What|Which) (day|month|one) (comes|is) after {one}?",
        "What comes after {one}?",
        "What is the (day|month) after {one}?",
        "After {one} comes",
        "(Tell me|Name) the (day|month) after {one}.",
        "Before (which|what) (day|month) (is|comes) {one}?",
        "(Which|What) (day|month) is (right|just) after {one}?",
    ],
    ["{one} is followed by what?", "Which one follows {one}?"],
)
PREVIOUS = Wordings(
    [
        "(What|Which) (day|month|one) (comes|is) before {one}?",
        "What comes before {one}?",
        "What is the (day|month) before {one}?",
        "Before {one} comes",
        "(Tell me|Name) the (day|month) before {one}.",
        "After (which|what) (day|month) (is|comes) {one}?",
        "(Which|What) (day|month) is (right|just) before {one}?",
    ],
    ["{one} comes right after what?", "Which one precedes {one}?"],
)
MIX = Wordings(
    [
        "(What|Which) colou(|)r (do|is) (you get from |)(mixing |){one} and {two}(| make| give| together)?",
        "What (do|does) {one} (and|plus) {two} (make|give)?",
        "(Mix|Mixing) {one} (and|with) {two} gives (what|which colour)?",
        "If I mix {one} (and|with) {two}, (what|which colour) do I get?",
    ],
    ["Which colour comes out when I mix {one} with {two}?", "I am mixing {one} and {two} paint. What will I get?"],
)
COLOUR = Wordings(
    [
        "(What|Which) colou(|)r (is|has) {thing}?",
        "(Tell me|Name) the colou(|)r of {thing}.",
        "What is the colou(|)r of {thing}?",
        "The colou(|)r of {thing}?",
    ],
    ["{thing} is of which colour?", "Of what colour is {thing}?"],
)
SYMBOL = Wordings(
    [
        "(What's|What is) the (chemical |)(symbol|formula) (of|for) {element}?",
        "(Tell me|Name) the chemical symbol (of|for) {element}.",
        "The (chemical |)symbol of {element}?",
        "(What|Which) symbol has {element}(| in chemistry)?",
        "How is {element} written in chemistry?",
    ],
    ["Which chemical symbol stands for {element}?", "In chemistry, what is the symbol of {element}?"],
)
HOW_MANY_SIDES = Wordings(
    [
        "How many (sides|corners) (does|has) a {shape}(| have)?",
        "(Tell me|Name) the number of sides of a {shape}.",
        "What is the number of sides of a {shape}?",
        "Sides of a {shape}?",
    ],
    ["A {shape} has how many sides?", "Count the sides of a {shape}."],
)
COUNT = Wordings(
    [
        "How many {things}(| are there)?",
        "(Tell me|Name) the number of {things}.",
        "What is the number of {things}?",
        "(The|What's the) number of {things}?",
        "{things}: how many?",
    ],
    ["I would like to know how many {things} there are.", "Do you know how many {things}?"],
)
