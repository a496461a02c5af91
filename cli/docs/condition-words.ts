/** A condition as a sentence. */
import type { Rule, WindowSpec } from '../../functions/domain/rules/book.ts';
import type { Arithmetic, Comparison, Expression } from '../../functions/domain/rules/expression.ts';
import { inputNames, type Speaker, windowNames } from './words.ts';

const comparisons = { eq: '=', ne: '≠', lt: '<', le: '≤', gt: '>', ge: '≥' } as const satisfies Record<
  Comparison,
  string
>;
const arithmetic = {
  add: '+',
  subtract: '−',
  multiply: '×',
  divide: '÷',
  modulo: 'mod',
} as const satisfies Record<Arithmetic, string>;
const signs = { ...comparisons, ...arithmetic };

/** What stands in a larger condition as it is, without brackets. */
const plain: ReadonlySet<string> = new Set(['literal', 'input', 'window', 'absolute', 'least', 'greatest']);
/** The same beside `and` and `or`. */
const plainSides: ReadonlySet<string> = new Set([...plain, ...Object.keys(comparisons), 'in', 'willReach']);

/** The same beside a comparison. */
const plainFigures: ReadonlySet<string> = new Set([...plain, ...Object.keys(arithmetic)]);

type Of<Op> = Extract<Expression, { readonly op: Op }>;

/** Whose conditions are said, and in which language. */
export interface Saying extends Speaker {
  readonly rule: Pick<Rule, 'limits' | 'windows'>;
}

function inputWords({ rule, say, pick }: Saying, name: string): string {
  const known = inputNames[name];
  if (known) return pick(known);
  const [kind, first = '', field] = name.split('.');
  if (kind === 'limits') {
    const value = rule.limits[first]?.value;
    return value === undefined ? `\`${first}\`` : `\`${first}\` (${value})`;
  }
  if (kind !== 'sensor') return `\`${name}\``;
  return field === 'quality' ? say(`\`${first}\` 的质量状态`, `quality of \`${first}\``) : `\`${first}\``;
}

/** Which stretch of the past of which sensor; in English it stands behind the figure, in Chinese before it. */
function stretchWords({ say, span }: Saying, spec: WindowSpec | undefined): string {
  if (!spec) return '';
  const one = spec.quantity === undefined ? '' : say('该传感器', ' of it');
  const of = spec.role === undefined ? one : say(`\`${spec.role}\` `, ` of \`${spec.role}\``);
  const length = span(spec.lengthMs);
  if (spec.dayIn !== undefined) return say(`${of}当日（${spec.dayIn}）`, `${of} of the day (${spec.dayIn})`);
  if (spec.backMs === 0) return say(`${of}最近 ${length}`, `${of} over ${length}`);
  const back = span(spec.backMs);
  return say(`${of}截至 ${back}前的 ${length}`, `${of} over the ${length} that ended ${back} earlier`);
}

function figureWords(saying: Saying, { fn, window, perMs }: Of<'window'>): string {
  const { rule, say, pick, span } = saying;
  const per = perMs === undefined ? '' : say(`（每 ${span(perMs)}）`, ` per ${span(perMs)}`);
  const stretch = stretchWords(saying, rule.windows?.[window]);
  return say(`${stretch}的${pick(windowNames[fn])}${per}`, `${pick(windowNames[fn])}${per}${stretch}`);
}

function reachWords(saying: Saying, { window, limit, withinMs }: Of<'willReach'>): string {
  const { rule, say, span } = saying;
  const trend = rule.windows?.[window]?.lengthMs;
  const isOther = trend !== undefined && trend !== withinMs;
  const by = isOther ? say(`（按 ${span(trend)}趋势）`, ` (trend over ${span(trend)})`) : '';
  const to = bracketed(saying, limit);
  return say(`将在 ${span(withinMs)}内达到 ${to}${by}`, `will reach ${to} within ${span(withinMs)}${by}`);
}

function peerWords(saying: Saying, { how, least, quantity, of }: Of<'peers'>): string {
  const { say } = saying;
  const many = how === 'all' ? say('全部', 'all') : say(`至少 ${least} 个`, `at least ${least}`);
  const what = conditionWords(saying, of);
  return say(
    `本设备${many} ${quantity} 传感器满足：${what}`,
    `for ${many} ${quantity} sensors of the device: ${what}`,
  );
}

function bracketed(saying: Saying, of: Expression, as: ReadonlySet<string> = plain): string {
  const words = conditionWords(saying, of);
  return as.has(of.op) ? words : saying.say(`（${words}）`, `(${words})`);
}

function joined(saying: Saying, of: Of<'and' | 'or'>): string {
  const word = of.op === 'and' ? saying.say('且', 'and') : saying.say('或', 'or');
  const as = new Set([...plainSides, of.op]);
  return `${bracketed(saying, of.left, as)} ${word} ${bracketed(saying, of.right, as)}`;
}

/** @example conditionWords({ rule, ...speaker('en') }, when) // 'value ≥ `alarm` (1)' */
export function conditionWords(saying: Saying, of: Expression): string {
  const { say, list } = saying;
  const words = (part: Expression): string => conditionWords(saying, part);
  switch (of.op) {
    case 'literal':
      return String(of.value);
    case 'input':
      return inputWords(saying, of.name);
    case 'not':
      return say(`非${bracketed(saying, of.of)}`, `not ${bracketed(saying, of.of)}`);
    case 'negate':
      return `−${bracketed(saying, of.of)}`;
    case 'absolute':
      return say(`${bracketed(saying, of.of)} 的绝对值`, `absolute value of ${bracketed(saying, of.of)}`);
    case 'and':
    case 'or':
      return joined(saying, of);
    case 'if': {
      const [when, then, otherwise] = [words(of.when), words(of.then), words(of.else)];
      return say(`若 ${when} 则 ${then}，否则 ${otherwise}`, `if ${when} then ${then}, else ${otherwise}`);
    }
    case 'in': {
      const left = bracketed(saying, of.left);
      return say(`${left} 为 ${list(of.list)} 之一`, `${left} is one of ${list(of.list)}`);
    }
    case 'least':
      return say(`已知者中最小（${list(of.of.map(words))}）`, `least known of (${list(of.of.map(words))})`);
    case 'greatest':
      return say(
        `已知者中最大（${list(of.of.map(words))}）`,
        `greatest known of (${list(of.of.map(words))})`,
      );
    case 'window':
      return figureWords(saying, of);
    case 'willReach':
      return reachWords(saying, of);
    case 'peers':
      return peerWords(saying, of);
    default: {
      const as = of.op in comparisons ? plainFigures : plain;
      return `${bracketed(saying, of.left, as)} ${signs[of.op]} ${bracketed(saying, of.right, as)}`;
    }
  }
}
