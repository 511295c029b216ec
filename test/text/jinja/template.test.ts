import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { strftime } from '../../../src/text/jinja/strftime.ts';
import { Template } from '../../../src/text/jinja/template.ts';

interface Case {
  readonly template: string;
  readonly rendered?: string;
  readonly error?: string;
  readonly kind?: string;
}

const { variables, cases } = JSON.parse(readFileSync(join(import.meta.dirname, 'cases.json'), 'utf8')) as {
  variables: Record<string, unknown>;
  cases: Case[];
};
const OPTIONS = { maxLength: 100_000, now: new Date(2026, 2, 5, 14, 7, 9) };
const render = (template: string, values = {}) => new Template(template).render(values, OPTIONS);

const named = cases.map((entry) => ({ ...entry, name: JSON.stringify(entry.template) }));
const rendering = named.filter((entry) => entry.rendered !== undefined);
const failing = named.filter((entry) => entry.error !== undefined);
/** Errors whose words are Jinja's parser's or sandbox's own. */
const OWN_WORDS = ['TemplateSyntaxError', 'SecurityError'];

describe('a template', () => {
  it.each(rendering)('renders as Jinja does: $name', ({ template, rendered }) => {
    expect(render(template, variables)).toBe(rendered);
  });

  it.each(failing)('fails as Jinja does: $name', ({ template, error, kind }) => {
    const message = OWN_WORDS.includes(kind!) ? /./ : error!;
    expect(() => render(template, variables)).toThrow(expect.objectContaining({ name: 'TemplateError' }));
    expect(() => render(template, variables)).toThrow(message);
  });

  it('keeps the order of keys and prints integers beyond 2^53 exactly', () => {
    const value = new Map<string, unknown>([
      ['b', 2n ** 60n],
      ['10', 1],
      ['9', 2],
    ]);
    expect(render('{{ value | tojson }}', { value })).toBe('{"b": 1152921504606846976, "10": 1, "9": 2}');
  });

  it('is refused when it prints too much', () => {
    const template = '{% for i in range(100000) %}0123456789{% endfor %}';
    expect(() => render(template)).toThrow('printed more than 100000 characters');
  });

  it('is refused when it repeats a text too often', () => {
    expect(() => render("{{ ('a' * 100000) * 100000 }}")).toThrow('is too long');
  });

  it('is refused when it recurses without end', () => {
    expect(() => render('{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}')).toThrow('maximum recursion depth exceeded');
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('has no way to JavaScript by %s', (name) => {
    for (const value of ["''", '[]', '{}', '1', 'range', 'namespace()']) {
      expect(render(`{{ ${value}.${name} is defined }}`)).toBe('False');
      expect(render(`{{ ${value}['${name}'] is defined }}`)).toBe('False');
    }
    expect(() => render(`{{ 1 | ${name} }}`)).toThrow('No filter named');
    expect(() => render(`{{ 1 is ${name} }}`)).toThrow('No test named');
  });
});

describe('strftime', () => {
  it('pads midnight, noon and the first day of a year', () => {
    expect(strftime(new Date(2027, 0, 1, 0, 5), '%I %p %j %-m %y')).toBe('12 AM 001 1 27');
    expect(strftime(new Date(2027, 11, 31, 12, 5), '%I %p %j')).toBe('12 PM 365');
  });

  it('leaves a directive that it does not know', () => {
    expect(strftime(new Date(2027, 0, 1), '%Q %')).toBe('%Q %');
  });
});
