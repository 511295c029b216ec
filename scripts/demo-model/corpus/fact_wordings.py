"""How people ask for the facts of fact_tables.py."""

from .grammar import Wordings

CAPITAL = Wordings(
    [
        "I am (going|moving|flying) to {country}. (What|Which city) is the capital(| there)?",
        "(Think of|Take) {country}. (What|Which city) is its capital?",
        "(Where|In which city) does the government of {country} sit?",
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
        "I am (going|moving|flying) to {country}. (Which|What) continent is that?",
        "(Think of|Take) {country}. On which continent is it?",
        "{country} is part of (which|what) continent?",
        "(What|Which) continent has {country}(| on it)?",
        "(On|In) which part of the world (do I find|is|can I find) {country}?",
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
        "I am (going|moving|flying) to {country}. (Which|What) (currency|money) (do I need|do they use)(| there)?",
        "For a trip to {country}, (which|what) (currency|money) do I (need|take)?",
        "(Think of|Take) {country}. What is its currency?",
        "(Which|What) money do people (have|spend|pay with) in {country}?",
        "I (want to|will) pay in {country}. (Which|What) (currency|money)?",
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
        "I am (going|moving|flying) to {country}. (Which|What) language do (they|people) speak(| there)?",
        "For a trip to {country}, (which|what) language do I need?",
        "(Think of|Take) {country}. What is its language?",
        "(Which|What) language do (you|I|we) hear in {country}?",
        "How do people (talk|speak) in {country}?",
        "(Which|What) language will I need in {country}?",
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
        "I am (going|flying) to {capital}. (Which|What) country is it the capital of?",
        "(Think of|Take) {capital}. (Which|What) country has this capital?",
        "(Where|In which country) is {capital} the capital?",
        "The capital of which country is {capital}?",
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
        "(Which|What) word do I (use|need) for the opposite of {word}?",
        "Not {word}, but?",
        "(Think of|Take) the word {word}. What is its opposite?",
        "(Tell me|Give me|Name) a word that means the opposite of {word}.",
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
        "(What|Which) (word|name) is (right |)for a (baby|young) {animal}?",
        "A {animal} has young. What are they called?",
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
        "(Which|What) (sound|noise) do I hear from a {animal}?",
        "A {animal} makes (which|what) (sound|noise)?",
        "What (sound|noise) does (a|the) {animal} make?",
        "(How does|What does) (a|the) {animal} (sound|say)?",
        "(Tell me|Name) the sound of a {animal}.",
        "The sound of a {animal}?",
    ],
    ["Which sound comes from a {animal}?", "What noise would a {animal} make?"],
)
LEGS = Wordings(
    [
        "Count the legs of a {animal}.",
        "A {animal} has (what|which) number of legs?",
        "How many legs can I count on a {animal}?",
        "How many legs (does|has) a {animal}(| have)?",
        "(Tell me|Name) the number of legs of a {animal}.",
        "What is the number of legs of a {animal}?",
        "Legs of a {animal}?",
    ],
    ["A {animal} has how many legs?", "On how many legs does a {animal} walk?"],
)
CLASS = Wordings(
    [
        "(In|To) (which|what) class (is|do we put) (a|the) {animal}?",
        "(Which|What) kind of animal do we call a {animal}?",
        "(What|Which) (kind|class|type) of animal is (a|the) {animal}?",
        "Is a {animal} a mammal, a bird, a reptile, an insect or an amphibian?",
        "(Tell me|Name) the class of the {animal}.",
    ],
    ["To which class of animals does the {animal} belong?", "A {animal} is what kind of animal?"],
)
PLANET = Wordings(
    [
        "(Which|What) planet (stands|is) {ordinal} when I count from the Sun?",
        "(What|Which) is the {ordinal} planet(| from the sun| from the Sun)?",
        "(What|Which) planet is {ordinal}(| from the sun| from the Sun)?",
        "(Tell me|Name) the {ordinal} planet(| from the sun).",
        "The {ordinal} planet(| from the Sun)?",
    ],
    ["Counting from the Sun, which planet is the {ordinal}?", "Which planet comes {ordinal} from the Sun?"],
)
NEXT = Wordings(
    [
        "What follows {one}?",
        "{one} comes before (what|which one)?",
        "{one} is before (what|which one)?",
        "What follows (right |)after {one}?",
        "(Which|What) (day|month|one) is next after {one}?",
        "{one}, and then?",
        "(It is|Now it is) {one}. What comes next?",
        "Before what comes {one}?",
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
        "What is followed by {one}?",
        "{one} comes after (what|which one)?",
        "{one} is after (what|which one)?",
        "{one} follows (what|which one)?",
        "(Which|What) (day|month|one) was before {one}?",
        "(It is|Now it is) {one}. What came before?",
        "After what comes {one}?",
        "(Which|What) (day|month|one) comes just before {one}?",
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
        "(Which|What) colou(|)r (comes out|comes|do I get) (when|if) {one} and {two} are mixed?",
        "I have {one} and {two} paint. (Which|What) colou(|)r (can I mix|do they make)?",
        "(What|Which) colou(|)r (do|is) (you get from |)(mixing |){one} and {two}(| make| give| together)?",
        "What (do|does) {one} (and|plus) {two} (make|give)?",
        "(Mix|Mixing) {one} (and|with) {two} gives (what|which colour)?",
        "If I mix {one} (and|with) {two}, (what|which colour) do I get?",
    ],
    ["Which colour comes out when I mix {one} with {two}?", "I am mixing {one} and {two} paint. What will I get?"],
)
COLOUR = Wordings(
    [
        "{thing} has (which|what) colou(|)r?",
        "In (which|what) colou(|)r do we see {thing}?",
        "(What|Which) colou(|)r (is|has) {thing}?",
        "(Tell me|Name) the colou(|)r of {thing}.",
        "What is the colou(|)r of {thing}?",
        "The colou(|)r of {thing}?",
    ],
    ["{thing} is of which colour?", "Of what colour is {thing}?"],
)
SYMBOL = Wordings(
    [
        "(Which|What) (symbol|letters) (do I write|do chemists write|stands|are used) for {element}?",
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
        "How many sides can I count on a {shape}?",
        "How many (sides|corners) (does|has) a {shape}(| have)?",
        "(Tell me|Name) the number of sides of a {shape}.",
        "What is the number of sides of a {shape}?",
        "Sides of a {shape}?",
    ],
    ["A {shape} has how many sides?", "Count the sides of a {shape}."],
)
COUNT = Wordings(
    [
        "(Can you tell me|Tell me|I wonder) how many {things} there are(.|?)",
        "(What|Which) number of {things} is there?",
        "How many {things}(| are there)?",
        "(Tell me|Name) the number of {things}.",
        "What is the number of {things}?",
        "(The|What's the) number of {things}?",
        "{things}: how many?",
    ],
    ["I would like to know how many {things} there are.", "Do you know how many {things}?"],
)

# what is asked for as a noun phrase, for the frames of frames.py
PHRASES = {
    "capital": ["the capital of {country}", "the capital city of {country}", "{country}'s capital"],
    "continent": ["the continent of {country}", "the continent that {country} is in", "{country}'s continent"],
    "currency": ["the currency of {country}", "{country}'s money", "the money that is used in {country}"],
    "language": ["the main language of {country}", "{country}'s main language", "the language that is spoken in {country}"],
    "country": ["the country with the capital {capital}", "the country that has {capital} as its capital"],
    "opposite": ["the opposite of {word}", "the opposite word of {word}", "a word that is opposite to {word}"],
    "young": ["the name of a young {animal}", "the word for a baby {animal}", "the name for the young of a {animal}"],
    "sound": ["the sound of a {animal}", "the noise of a {animal}", "the sound that a {animal} makes"],
    "legs": ["the number of legs of a {animal}", "the number of legs that a {animal} has"],
    "class": ["the class of a {animal}", "the kind of animal that a {animal} is"],
    "planet": ["the {ordinal} planet", "the {ordinal} planet of the solar system"],
    "next": ["the one after {one}", "what comes after {one}", "what follows {one}"],
    "previous": ["the one before {one}", "what comes before {one}", "what is just before {one}"],
    "symbol": ["the chemical symbol of {element}", "the symbol for {element}"],
}
