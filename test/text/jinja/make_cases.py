"""Writes cases.json: what Jinja 3.1 with transformers' settings makes of small templates. Run: python make_cases.py"""

import datetime
import json
import pathlib

import jinja2
from jinja2.ext import Extension, loopcontrols
from jinja2.nodes import CallBlock
from jinja2.sandbox import ImmutableSandboxedEnvironment


class Generation(Extension):
    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return CallBlock(self.call_method("render"), [], [], body).set_lineno(line)

    def render(self, caller):
        return caller()


def raise_exception(message):
    raise jinja2.TemplateError(message)


def tojson(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[Generation, loopcontrols])
environment.filters["tojson"] = tojson
environment.globals["raise_exception"] = raise_exception
environment.globals["strftime_now"] = lambda text: datetime.datetime(2026, 3, 5, 14, 7, 9).strftime(text)

variables = {
    "text": "  Hello, wörld 😀! It's \"fine\"\n",
    "words": ["b", "A", "c", "a"],
    "numbers": [3, 1, 2, 1],
    "empty": [],
    "nothing": None,
    "yes": True,
    "half": 0.5,
    "tiny": 0.00001,
    "huge": 1.5e300,
    "mapping": {"b": 1, "a": [1, "x", None, True], "items": {"type": "integer"}},
    "people": [
        {"name": "Ann", "age": 41, "tags": ["x"]},
        {"name": "bob", "age": 7, "tags": []},
        {"name": "Cid", "age": 41, "extra": None},
    ],
    "control": "\x00\x1f\x7f\u00a0\u200b\\'",
}

expressions = r"""
none
true
yes
nothing
half
tiny
huge
words
mapping
people[0]
control
[control]
text
[text, "it's"]
undefined_name
undefined_name.attribute
undefined_name is defined
nothing.x
nothing.x.y
mapping["items"]
mapping.a
mapping.missing
mapping["missing"] is defined
mapping.get("a")
mapping.get("z")
mapping.get("z", 5)
mapping.keys() | list
mapping.values() | list
people[0].name
people[-1]["name"]
people[5]
people[5] is defined
words[1:]
words[:-1]
words[::-1]
words[-2:]
words[1:3]
words[::2]
words[5:]
text[2:7]
text[-3:]
text[::-1]
text[12]
1 + 2 * 3
7 // 2
-7 // 2
7 % 3
-7 % 3
2 ** 10
7 / 2
1 + true
"a" + "b"
"a" + 1
1 + "a"
"a" + none
["a"] + ["b"]
["a"] + "b"
"a" ~ 1 ~ none
"ab" * 3
["a"] * 2
"%s and %d" | format("x", 3)
"%s: %r" % ("x", "y")
"%.2f|%5d|%-5d|" % (1.239, 42, 42)
"{} {}".format("a", 1)
"{0} {name}".format("a", name="b")
1 == 1.0
1 == true
"1" == 1
[1, 2] == [1, 2]
{"a": 1} == {"a": 1}
none == false
1 < 2
"a" < "b"
"a" < 1
1 in [1, 2]
"ell" in "hello"
"a" in mapping
"z" not in mapping
1 in "a"
"a" in undefined_name
not yes
not empty
empty or "otherwise"
words and "some"
"a" if yes else "b"
"a" if not yes
("a" if not yes) is defined
words | length
mapping | length
text | length
undefined_name | length
nothing | length
words | join(", ")
numbers | join("-")
words | first
words | last
empty | first
words | sort
words | sort(reverse=true)
words | sort(case_sensitive=true)
numbers | sort
people | sort(attribute="age") | map(attribute="name") | list
people | map(attribute="name") | join(",")
people | map(attribute="extra", default="-") | list
words | map("upper") | list
people | selectattr("age", "equalto", 41) | map(attribute="name") | list
people | selectattr("tags") | map(attribute="name") | list
people | rejectattr("age", "gt", 10) | map(attribute="name") | list
people | selectattr("extra", "defined") | list | length
numbers | select("odd") | list
numbers | reject("odd") | list
numbers | select("greaterthan", 1) | list
numbers | unique | list
numbers | sum
numbers | max
numbers | min
people | sum(attribute="age")
people | groupby("age") | map("first") | list
numbers | batch(3) | list
numbers | batch(3, 0) | list
mapping | dictsort | map("first") | list
mapping | items | list | length
words | reverse | list
"abc" | reverse
text | trim
text | upper
text | lower
text | title
text | capitalize
words | string
nothing | string
mapping | trim
"a\nb\n\nc" | indent
"a\nb\n\nc" | indent(2, true)
"a\nb" | indent(width=1)
"aXbXc" | replace("X", "-")
"aXbXc" | replace("X", "-", 1)
"5" | int + 1
"x" | int
"x" | int(9)
"3.7" | int
3.99 | int
"1.5" | float
3.14159 | round(2)
-3 | abs
nothing | default("d")
undefined_name | default("d")
undefined_name | default(none)
"" | default("d", true)
undefined_name | d
"<a & 'b'>" | e
"<b>" | safe
"one two  three" | wordcount
mapping | tojson
mapping | tojson(indent=2)
empty | tojson(indent=2)
mapping | tojson(sort_keys=true)
mapping | tojson(separators=(",", ":"))
text | tojson
text | tojson(ensure_ascii=true)
control | tojson
half | tojson
tiny | tojson
none | tojson
undefined_name | tojson
words | nosuchfilter
words is nosuchtest
text.strip()
text.lstrip()
text.rstrip()
"xxaxx".strip("x")
"\n\na\n".strip("\n")
"xya".lstrip("yx")
"axy".rstrip("yx")
" a  b c ".split()
" a  b c ".split(none, 1)
"a,b,,c".split(",")
"a,b,,c".split(",", 1)
"a,b,c".rsplit(",", 1)
"a,b,c".rsplit(",", maxsplit=1)
"".split()
"".split(",")
"a".split("")
"a\nb\r\nc\n".splitlines()
"a\nb".splitlines(true)
"abc".startswith("ab")
"abc".startswith(("x", "a"))
"abc".endswith("bc")
"abc".upper()
"hello world".title()
"they're".title()
"hELLO".capitalize()
"aBc".swapcase()
"abcabc".find("c")
"abcabc".rfind("c")
"abc".find("x")
"abc".index("x")
"abcabc".count("bc")
"a-b-c".replace("-", "+")
"a-b-c".replace("-", "+", 1)
"abc".removeprefix("ab")
"abc".removesuffix("bc")
"-".join(["a", "b"])
"-".join([1])
"a=b=c".partition("=")[2]
"a=b=c".rpartition("=")[0]
"7".zfill(3)
"a".center(5) ~ "|"
"a".ljust(3) ~ "|"
"a".rjust(3, "*")
"12".isdigit()
"ab".isalpha()
"a1".isalnum()
" ".isspace()
"AB".isupper()
"ab".islower()
"".isdigit()
words.index("c")
words.count("a")
words.append("z")
"abc".nosuchmethod()
words is iterable
words is sequence
mapping is mapping
text is string
nothing is none
nothing is not none
yes is true
yes is boolean
1 is number
1 is integer
half is float
3 is odd
4 is even
9 is divisibleby(3)
9 is divisibleby 3
9 is not divisibleby(2)
3 is eq 3
3 is in [1, 2, 3]
3 is sameas 3
"a" is lower
"A" is upper
range is callable
words is defined and nothing is none
not words is defined
range(3) | list
range(1, 7, 2) | list
range(5, 0, -2) | list
range(1000000) | list
dict(a=1, b=2)
namespace(a=1).a
strftime_now("%Y-%m-%d %H:%M:%S")
strftime_now("%d %b %Y, %A %B %-d %I %p %y %j %%")
raise_exception("no, " ~ 1)
{"a": 1}["a"]
{1: "x"}[1]
(1, 2)[0]
"a" "b"
"\u00e9\x41\t|"
1.5
-half
- 3 + 5
words | map("nosuch") | list
loop
caller
""".strip("\n").split("\n")

templates = [
    "{% for w in words %}{{ loop.index }}{{ w }}{% if not loop.last %},{% endif %}{% endfor %}",
    "{% for w in words %}{{ loop.index0 }}{{ loop.revindex }}{{ loop.first }}{{ loop.length }} {% endfor %}",
    "{% for w in words %}{{ loop.previtem }}<{{ w }}>{{ loop.nextitem }} {% endfor %}",
    "{% for w in words %}{{ loop.cycle('x', 'y') }}{% endfor %}",
    "{% for n in numbers|sort %}{{ loop.changed(n) }} {% endfor %}",
    "{% for w in empty %}x{% else %}none{% endfor %}",
    "{% for w in words if w != 'c' %}{{ loop.index }}{{ w }}{% endfor %}",
    "{% for w in words if w == 'z' %}x{% else %}none{% endfor %}",
    "{% for k, v in mapping.items() %}{{ k }}={{ v }};{% endfor %}",
    "{% for k in mapping %}{{ k }}{% endfor %}",
    "{% for c in 'aé😀' %}[{{ c }}]{% endfor %}",
    "{% for a, b in [[1, 2], [3, 4]] %}{{ a + b }} {% endfor %}",
    "{% for a, b in [[1, 2, 3]] %}{% endfor %}",
    "{% for x in 5 %}{% endfor %}",
    "{% for x in nothing %}{% endfor %}",
    "{% for x in undefined_name %}x{% else %}-{% endfor %}",
    "{% for w in words %}{{ w }}{% if w == 'A' %}{% break %}{% endif %}.{% endfor %}",
    "{% for w in words %}{{ w }}{% if w == 'A' %}!{% continue %}{% endif %}.{% endfor %}",
    "{% for w in words %}{% for n in numbers %}{% if n == 2 %}{% break %}{% endif %}{{ n }}{% endfor %}{{ loop.index }} {% endfor %}",
    "{% set x = 1 %}{% for w in words %}{% set x = x + 1 %}{{ x }}{% endfor %}{{ x }}",
    "{% for w in words %}{% if y is defined %}seen{% endif %}{% set y = w %}{% endfor %}{{ y is defined }}",
    "{% if true %}{% set inner = 5 %}{% endif %}{{ inner }}",
    "{% set ns = namespace(n=0) %}{% for w in words %}{% set ns.n = ns.n + 1 %}{% endfor %}{{ ns.n }}",
    "{% set ns = namespace({'a': 1}, b=2) %}{{ ns.a }}{{ ns.b }}{{ ns.c is defined }}",
    "{% set mapping.a = 1 %}",
    "{% set a, b = 1, 2 %}{{ a }}{{ b }}",
    "{% set block %}x{{ 1 + 1 }}y{% endset %}[{{ block }}]",
    "{% macro greet(name, mark='!') %}Hi {{ name }}{{ mark }}{% endmacro %}{{ greet('a') }}{{ greet('b', '?') }}{{ greet(name='c', mark=none) }}",
    "{% macro m(a, b) %}{{ a }}{{ b is defined }}{% endmacro %}{{ m(none) }}",
    "{% macro m() %}{{ varargs | length }}{{ kwargs }}{% endmacro %}{{ m(1, 2, x=3) }}",
    "{% macro fact(n) %}{{ n if n < 2 else n * (fact(n - 1) | int) }}{% endmacro %}{{ fact(5) }}",
    "{% macro wrap() %}<{{ caller() }}>{% endmacro %}{% call wrap() %}in{% endcall %}",
    "{% macro each(items) %}{% for i in items %}{{ caller(i) }}{% endfor %}{% endmacro %}{% call(x) each(words) %}[{{ x }}]{% endcall %}",
    "{% set outer = 'o' %}{% macro m() %}{{ outer }}{% endmacro %}{% set outer = 'p' %}{{ m() }}",
    "{% filter upper %}abc{{ words[0] }}{% endfilter %}",
    "{% filter replace('a', 'b') %}banana{% endfilter %}",
    "{% generation %}text{% endgeneration %}!",
    "{% if words %}a{% elif empty %}b{% else %}c{% endif %}",
    "{% if empty %}a{% elif numbers %}b{% else %}c{% endif %}",
    "{# comment #}a{#- trimmed -#} b",
    "a\n{% if true %}\nb\n{% endif %}\nc\n",
    "a\n   {% if true %}\n   b\n   {% endif %}\nc",
    "a\n  {{ 'x' }}\n  {{- 'y' -}}  \n z",
    "a  {%- if true -%}  b  {%- endif -%}  c",
    "  {%+ if true %}b{% endif %}",
    "{% if true +%}\nb{% endif %}",
    "{% raw %}{{ not }} {% a %}{% endraw %}!",
    "a {%- raw %} {{ x }} {% endraw -%} b",
    "{{ '{{' }}{{ '}}' }}{{ \"{% if %}\" }}",
    "trailing\n",
    "trailing\n\n",
    "{{ 'a\r\nb' }}\r\nc",
    "{{ {'a': {'b': 1}} }}",
    "{{ {'a': {'b': 1}}.a.b }}",
    "{{ '\\n' }}|{{ '\\\\n' }}",
    "{% if %}",
    "{% for x in words %}",
    "{{ 1 + }}",
    "{% nosuchtag %}",
    "{{ words[0] ~ loop_undefined }}",
    "{{ (words | length) > 3 and words[0] == 'b' }}",
    "{{ 'yes' if words and not empty else 'no' }}",
    "{{ words | length - 1 }}",
    "{{ 'a' + words | first + 'b' }}",
    "{{ words is defined and words | length > 2 }}",
    "{%- for p in people %}\n{{- p.name }}: {{ p.age }}\n{% endfor %}",
] + ["{{ " + expression + " }}" for expression in expressions]


def render(template):
    try:
        return {"template": template, "rendered": environment.from_string(template).render(**variables)}
    except Exception as error:
        return {"template": template, "error": str(error), "kind": type(error).__name__}


path = pathlib.Path(__file__).with_name("cases.json")
cases = {"variables": variables, "cases": [render(template) for template in templates]}
path.write_text(json.dumps(cases, ensure_ascii=True, indent=1) + "\n")
