/** Ways of the pure core that no input takes and that stand in the code for the compiler's sake, each with its reason. */

interface Unreachable {
  readonly why: string;
  /** File below `functions/domain`, and what tells its line. */
  readonly at: readonly (readonly [file: string, line: string])[];
}

const engine = 'rules/engine';

const all: readonly Unreachable[] = [
  {
    why: 'a cell has a machine for each severity of its condition, and a verdict has a part for each',
    at: [
      [`${engine}/in-order.ts`, 'if (!machine || !severity || !said) continue;'],
      [`${engine}/in-order.ts`, '(condition.severities[i]?.rank ?? raisedRank) < raisedRank'],
      [`${engine}/late.ts`, 'if (!machine || !severity || !said) continue;'],
      [`${engine}/late.ts`, 'if (!machine || !severity) return;'],
      [`${engine}/late.ts`, '(condition.severities[i]?.rank ?? raisedRank) < raisedRank'],
      [`${engine}/limit-change.ts`, 'if (!machine || !severity) continue;'],
      [`${engine}/limit-change.ts`, '(condition.severities[i]?.rank ?? rank) < rank'],
      [`${engine}/timers.ts`, '(condition.severities[i]?.rank ?? rank) < rank'],
      [`${engine}/record.ts`, 'if (!rule) return {};'],
      [`${engine}/snapshot.ts`, 'if (machine === undefined) continue;'],
      [`${engine}/snapshot.ts`, 'if (isWhole(one)) lists.push(one);'],
      [`${engine}/verdict.ts`, 'if (severity) verdicts.push('],
      [`${engine}/stored/place.ts`, 'if (severity) rearm('],
      [`${engine}/stored/place.ts`, 'if (condition && cell) cells.push('],
    ],
  },
  {
    why: 'a state has a cell for each condition and each sensor of the rules that it is of',
    at: [
      [`${engine}/work.ts`, 'if (!bound) return;'],
      [`${engine}/take-linked.ts`, 'if (bound) {'],
      [`${engine}/stored/codec.ts`, 'heading.indexOf.get(rule) ?? 0'],
    ],
  },
  {
    why: 'what is asked has been looked up, or filtered, in the lines above',
    at: [
      [`${engine}/asking.ts`, 'return asked === undefined ? undefined : scaledIfKnown('],
      [`${engine}/bind-links.ts`, '(at === undefined ? [] : [at])'],
      [`${engine}/bind-windows.ts`, 'shape: fed[index]?.shape ?? shape,'],
      [`${engine}/bind.ts`, '(links.peers.get(quantity)?.length ?? 0) > 0'],
      [`${engine}/bind.ts`, 'whens.flatMap((edges) => edges ?? [])'],
      [`${engine}/plain.ts`, "right.op === 'input' ? constants(right.name) : undefined"],
    ],
  },
  {
    why: 'only severities that count ask whether enough is counted',
    at: [[`${engine}/recount.ts`, 'if (times === undefined) return false;']],
  },
];

const lines = all.flatMap(({ at }) => at);

/** The exclusion of a way in `line` of `file` (below `functions/domain`); undefined when there is none. */
export const unreachableAt = (file: string, line: string): string | undefined => {
  const found = lines.find(([name, text]) => name === file && line.includes(text));
  return found && `${found[0]}: ${found[1]}`;
};

/** All of them, as `unreachableAt` names them. */
export const unreachableNames: readonly string[] = lines.map(([file, text]) => `${file}: ${text}`);
