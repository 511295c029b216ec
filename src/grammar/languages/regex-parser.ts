import { ParlanceError } from '../../errors/errors.ts';
import { type CodePointSet, complement, EVERY_CODE_POINT, unicodeProperty, union } from './code-point-set.ts';
import { choice, EMPTY, type Regex, repeat, sequence, setOf, TEXT_END, TEXT_START } from './regex.ts';
import { type ClassRange, DOT, exactly, not, shorthandClasses, withCaseVariants } from './regex-classes.ts';

const MAX_PATTERN_LENGTH = 10_000;
const MAX_REPEAT = 10_000;
const MAX_NESTING = 200;

const escapedCharacters: Record<string, number> = { n: 0x0a, r: 0x0d, t: 0x09, f: 0x0c, v: 0x0b, a: 0x07, '0': 0 };

interface Flags {
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
}

/** Parses what Rust's regex crate and ECMAScript have in common, with the names of both for groups and classes.
 * Lazy quantifiers mean the same language as greedy ones.
 * @throws validation for what no automaton can hold (look-around, back references, word boundaries) and bad syntax */
export function parseRegex(pattern: string, param: string): Regex {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    throw new ParlanceError('validation', `${param} has ${pattern.length} characters, at most ${MAX_PATTERN_LENGTH}`, {
      param,
    });
  }
  return new RegexParser(pattern, param).parse();
}

class RegexParser {
  readonly #pattern: string;
  readonly #characters: readonly string[];
  readonly #param: string;
  #position = 0;
  #depth = 0;
  #flags: Flags = { ignoreCase: false, dotAll: false };

  constructor(pattern: string, param: string) {
    this.#pattern = pattern;
    this.#characters = [...pattern];
    this.#param = param;
  }

  parse(): Regex {
    const regex = this.#choice();
    if (this.#position < this.#characters.length) this.#fail('an unopened group is closed');
    return regex;
  }

  #fail(reason: string): never {
    const shown = this.#pattern.length > 100 ? `${this.#pattern.slice(0, 100)}…` : this.#pattern;
    throw new ParlanceError('validation', `${this.#param} ${JSON.stringify(shown)} cannot be held: ${reason}`, {
      param: this.#param,
    });
  }

  #peek(text: string): boolean {
    for (let index = 0; index < text.length; index++) {
      if (this.#characters[this.#position + index] !== text[index]) return false;
    }
    return true;
  }

  #take(text: string): boolean {
    if (!this.#peek(text)) return false;
    this.#position += text.length;
    return true;
  }

  #choice(): Regex {
    if (++this.#depth > MAX_NESTING) this.#fail(`groups are nested more than ${MAX_NESTING} deep`);
    const flags = this.#flags;
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    this.#flags = flags;
    this.#depth--;
    return options.length === 1 ? options[0]! : choice(...options);
  }

  #sequence(): Regex {
    const parts: Regex[] = [];
    while (this.#position < this.#characters.length && !this.#peek('|') && !this.#peek(')')) {
      parts.push(this.#quantified(this.#atom()));
    }
    return parts.length === 1 ? parts[0]! : sequence(...parts);
  }

  #quantified(atom: Regex): Regex {
    const counts = this.#quantifier();
    if (!counts) return atom;
    this.#take('?');
    if (this.#peek('+')) this.#fail('possessive quantifiers are not supported');
    const isNested = this.#peek('*') || this.#peek('?') || this.#quantifierAhead();
    if (isNested) this.#fail('a quantifier follows a quantifier');
    return repeat(atom, counts.min, counts.max);
  }

  #quantifierAhead(): boolean {
    const position = this.#position;
    const found = this.#peek('{') && this.#quantifier() !== undefined;
    this.#position = position;
    return found;
  }

  #quantifier(): { min: number; max: number } | undefined {
    if (this.#take('*')) return { min: 0, max: Infinity };
    if (this.#take('+')) return { min: 1, max: Infinity };
    if (this.#take('?')) return { min: 0, max: 1 };
    if (!this.#peek('{')) return undefined;
    const rest = this.#characters.slice(this.#position, this.#position + 24).join('');
    const [all, low, comma, high] = /^\{(\d+)(,?)(\d*)\}/.exec(rest) ?? [];
    if (all === undefined) return undefined;
    const min = Number(low);
    const max = comma === '' ? min : high === '' ? Infinity : Number(high);
    if (min > MAX_REPEAT || (max > MAX_REPEAT && max !== Infinity))
      this.#fail(`it repeats more than ${MAX_REPEAT} times`);
    if (max < min) this.#fail(`the repetition ${all} ends before it starts`);
    this.#position += all.length;
    return { min, max };
  }

  #atom(): Regex {
    if (this.#take('(')) return this.#group();
    if (this.#take('[')) return setOf(this.#class().least);
    if (this.#take('.')) return setOf(this.#flags.dotAll ? EVERY_CODE_POINT : DOT);
    if (this.#take('^')) return setOf([TEXT_START, TEXT_START]);
    if (this.#take('$')) return setOf([TEXT_END, TEXT_END]);
    if (this.#take('\\')) return this.#escapeOutsideClass();
    const character = this.#characters[this.#position++]!;
    if (character === '*' || character === '+' || character === '?')
      this.#fail(`nothing to repeat before ${character}`);
    const point = character.codePointAt(0)!;
    return setOf(this.#fold([point, point]));
  }

  #group(): Regex {
    if (this.#take('?=') || this.#take('?!')) this.#fail('look-ahead is not supported');
    if (this.#take('?<=') || this.#take('?<!')) this.#fail('look-behind is not supported');
    if (this.#take('?>')) this.#fail('atomic groups are not supported');
    const flags = this.#flags;
    if (this.#take('?P<') || this.#take('?<')) {
      while (this.#position < this.#characters.length && this.#characters[this.#position++] !== '>');
    } else if (this.#take('?') && !this.#take(':')) {
      this.#readFlags();
      if (this.#take(')')) return EMPTY;
      this.#take(':');
    }
    const body = this.#choice();
    this.#flags = flags;
    if (!this.#take(')')) this.#fail('a group is not closed');
    return body;
  }

  #readFlags(): void {
    let isOn = true;
    while (this.#position < this.#characters.length && !this.#peek(':') && !this.#peek(')')) {
      const flag = this.#characters[this.#position++];
      if (flag === '-') isOn = false;
      else if (flag === 'i') this.#flags = { ...this.#flags, ignoreCase: isOn };
      else if (flag === 's') this.#flags = { ...this.#flags, dotAll: isOn };
      else if (flag !== 'u') this.#fail(`the flag ${flag} is not supported`);
    }
  }

  #escapeOutsideClass(): Regex {
    const next = this.#characters[this.#position];
    if (next === 'A') return this.#anchor(TEXT_START);
    if (next === 'z' || next === 'Z') return this.#anchor(TEXT_END);
    if (next === 'b' || next === 'B') this.#fail('word boundaries are not supported');
    if (next === 'k' || (next !== undefined && /[1-9]/.test(next))) this.#fail('back references are not supported');
    return setOf(this.#fold(this.#escape().least));
  }

  #anchor(marker: number): Regex {
    this.#position++;
    return setOf([marker, marker]);
  }

  /** After the backslash. */
  #escape(): ClassRange {
    const letter = this.#characters[this.#position++];
    if (letter === undefined) this.#fail('it ends in a backslash');
    const shorthand = shorthandClasses[letter.toLowerCase()];
    if (shorthand) return letter === letter.toLowerCase() ? shorthand() : not(shorthand());
    if (letter === 'p' || letter === 'P') return this.#property(letter === 'P');
    if (letter === 'x' || letter === 'u') return this.#hexadecimal(letter === 'x' ? 2 : 4);
    if (letter === 'U') return this.#hexadecimal(8);
    if (letter === 'c') {
      const control = this.#characters[this.#position++]?.codePointAt(0) ?? 0;
      return exactly([control & 31, control & 31]);
    }
    const point = escapedCharacters[letter];
    if (point !== undefined) return exactly([point, point]);
    if (/[a-zA-Z0-9]/.test(letter)) this.#fail(`the escape \\${letter} is not supported`);
    return exactly([letter.codePointAt(0)!, letter.codePointAt(0)!]);
  }

  #property(isNegated: boolean): ClassRange {
    const rest = this.#characters.slice(this.#position, this.#position + 64).join('');
    const [all, name] = /^(?:\{\^?([^}]+)\}|([A-Z]))/.exec(rest) ?? [];
    if (all === undefined) this.#fail('a \\p is not followed by a property');
    const set = unicodeProperty(name ?? all);
    if (!set) this.#fail(`the property ${all} is unknown`);
    this.#position += [...all].length;
    return exactly(isNegated !== all.startsWith('{^') ? complement(set) : set);
  }

  #hexadecimal(length: number): ClassRange {
    const rest = this.#characters.slice(this.#position, this.#position + 24).join('');
    const [all, braced, plain] = new RegExp(`^(?:\\{([0-9a-fA-F]{1,6})\\}|([0-9a-fA-F]{${length}}))`).exec(rest) ?? [];
    if (all === undefined) this.#fail('a hexadecimal escape is incomplete');
    this.#position += all.length;
    const point = Number.parseInt(braced ?? plain!, 16);
    if (point > 0x10ffff) this.#fail(`the escape ${all} is beyond Unicode`);
    return exactly(this.#withLowSurrogate(point));
  }

  /** `\ud83d\ude00` is one character. */
  #withLowSurrogate(high: number): CodePointSet {
    const rest = this.#characters.slice(this.#position, this.#position + 6).join('');
    const [, low] = /^\\u([dD][c-fC-F][0-9a-fA-F]{2})/.exec(rest) ?? [];
    if (low === undefined || high < 0xd800 || high > 0xdbff) return [high, high];
    this.#position += 6;
    const point = 0x10000 + ((high - 0xd800) << 10) + (Number.parseInt(low, 16) - 0xdc00);
    return [point, point];
  }

  /** After the opening bracket. */
  #class(): ClassRange {
    const isNegated = this.#take('^');
    let least: CodePointSet = [];
    let most: CodePointSet = [];
    for (let isFirst = true; isFirst || !this.#take(']'); isFirst = false) {
      if (this.#position >= this.#characters.length) this.#fail('a class is not closed');
      if (isFirst && this.#take(']')) this.#fail('a class is empty');
      const item = this.#classItem();
      least = union(least, item.least);
      most = union(most, item.most);
    }
    const folded = { least: this.#fold(least), most: this.#fold(most) };
    return isNegated ? not(folded) : folded;
  }

  #classItem(): ClassRange {
    if (this.#take('[:')) this.#fail('POSIX classes are not supported');
    if (this.#take('[')) return this.#class();
    if (this.#peek('&&') || this.#peek('--') || this.#peek('~~'))
      this.#fail('set operations in a class are not supported');
    const low = this.#classMember();
    const isRange = this.#peek('-') && this.#characters[this.#position + 1] !== ']';
    if (!isRange) return low;
    this.#position++;
    const high = this.#classMember();
    if (low.least.length !== 2 || high.least.length !== 2 || low.least[0] !== low.least[1])
      this.#fail('a class range has no ends');
    if (high.least[1]! < low.least[0]!) this.#fail('a class range is out of order');
    return exactly([low.least[0]!, high.least[1]!]);
  }

  #classMember(): ClassRange {
    const character = this.#characters[this.#position++];
    if (character === undefined) this.#fail('a class is not closed');
    if (character === '\\') return this.#take('b') ? exactly([8, 8]) : this.#escape();
    return exactly([character.codePointAt(0)!, character.codePointAt(0)!]);
  }

  #fold(set: CodePointSet): CodePointSet {
    return this.#flags.ignoreCase && set[0]! < TEXT_START ? withCaseVariants(set) : set;
  }
}
