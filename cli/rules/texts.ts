/** Texts for people: both languages, and no placeholder that nobody fills in. */

import { nearest } from '../../functions/domain/nearest.ts';
import type { ResponseInFile } from '../../functions/domain/rules/schema/severity.ts';
import type { RuleFile } from '../../functions/domain/rules/schema.ts';
import type { Bilingual } from '../../functions/domain/severity.ts';
import type { Problem } from './problem.ts';
import type { FieldPath, YamlDocument } from './yaml-document.ts';

/** What `advice` may name. */
export const placeholders = ['value', 'unit', 'limit', 'sensor', 'source'] as const;

type Look = (text: string) => { readonly message: string; readonly remedy: string } | undefined;

const known = new Set<string>(placeholders);
const list = placeholders.map((name) => `{${name}}`).join(', ');

function templateFinding(text: string): { message: string; remedy: string } | undefined {
  const rest = text.replace(/\{([^{}]*)\}/g, (whole, name: string) => (known.has(name) ? '' : whole));
  const stray = /\{([^{}]*)\}/.exec(rest);
  if (stray) {
    const meant = nearest(stray[1] ?? '', placeholders);
    return {
      message: `unknown placeholder ${stray[0]}`,
      remedy: meant ? `did you mean {${meant}}?` : `known: ${list}`,
    };
  }
  return /[{}]/.test(rest)
    ? { message: 'a brace without its partner', remedy: `placeholders are ${list}` }
    : undefined;
}

const titleFinding = (text: string) =>
  /[{}]/.test(text) ? { message: 'a title has no placeholders', remedy: 'put them into advice' } : undefined;

/** What is wrong with one text in its two languages. */
function bilingualProblems(document: YamlDocument, path: FieldPath, text: Bilingual, look: Look): Problem[] {
  const found: Problem[] = [];
  if (!/\p{Script=Han}/u.test(text.zh))
    found.push(document.problemAt([...path, 'zh'], 'holds no Chinese', 'write it in Chinese'));
  if (/\p{Script=Han}/u.test(text.en))
    found.push(document.problemAt([...path, 'en'], 'holds Chinese', 'write it in English'));
  for (const language of ['zh', 'en'] as const) {
    const finding = look(text[language]);
    if (finding) found.push(document.problemAt([...path, language], finding.message, finding.remedy));
  }
  return found;
}

const plain: Look = (text) =>
  /[{}]/.test(text)
    ? { message: 'a text without placeholders', remedy: 'only advice is filled in with values' }
    : undefined;

function responseProblems(document: YamlDocument, path: FieldPath, response: ResponseInFile): Problem[] {
  const { consequence, cause, action } = response;
  return Object.entries({ consequence, cause, action }).flatMap(([field, text]) =>
    bilingualProblems(document, [...path, field], text, plain),
  );
}

/** What of a file is read by people. */
export interface Texts {
  readonly title: Bilingual;
  readonly advice: Bilingual;
  readonly response?: ResponseInFile | undefined;
  readonly limits?: RuleFile['limits'];
  readonly severities?: RuleFile['severities'];
}

/** Findings in the texts of a rule or a correlation rule. */
export function textProblems(document: YamlDocument, texts: Texts): Problem[] {
  const own = (path: FieldPath, text: Bilingual | undefined, look: Look): Problem[] =>
    text ? bilingualProblems(document, path, text, look) : [];
  const answer = (path: FieldPath, response: ResponseInFile | undefined): Problem[] =>
    response ? responseProblems(document, [...path, 'response'], response) : [];
  return [
    ...own(['title'], texts.title, titleFinding),
    ...own(['advice'], texts.advice, templateFinding),
    ...answer([], texts.response),
    ...Object.entries(texts.limits ?? {}).flatMap(([name, { ask }]) =>
      own(['limits', name, 'ask'], ask, plain),
    ),
    ...Object.entries(texts.severities ?? {}).flatMap(([severity, given]) => [
      ...own(['severities', severity, 'advice'], given?.advice, templateFinding),
      ...answer(['severities', severity], given?.response),
    ]),
  ];
}
