/** Titles and advice: both languages, and no placeholder that nobody fills in. */

import { nearest } from '../../functions/domain/nearest.ts';
import type { RuleFile } from '../../functions/domain/rules/schema.ts';
import type { Problem } from './problem.ts';
import type { YamlDocument } from './yaml-document.ts';

/** What `advice` may name. */
export const placeholders = ['value', 'unit', 'limit', 'sensor', 'source'] as const;

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

/** Findings in the texts of `rule`. */
export function textProblems(document: YamlDocument, rule: Pick<RuleFile, 'title' | 'advice'>): Problem[] {
  const found: Problem[] = [];
  for (const field of ['title', 'advice'] as const) {
    const { zh, en } = rule[field];
    if (!/\p{Script=Han}/u.test(zh))
      found.push(document.problemAt([field, 'zh'], 'holds no Chinese', 'write it in Chinese'));
    if (/\p{Script=Han}/u.test(en))
      found.push(document.problemAt([field, 'en'], 'holds Chinese', 'write it in English'));
    for (const language of ['zh', 'en'] as const) {
      const text = rule[field][language];
      const finding = field === 'advice' ? templateFinding(text) : titleFinding(text);
      if (finding) found.push(document.problemAt([field, language], finding.message, finding.remedy));
    }
  }
  return found;
}

const titleFinding = (text: string) =>
  /[{}]/.test(text) ? { message: 'a title has no placeholders', remedy: 'put them into advice' } : undefined;
