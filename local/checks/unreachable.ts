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
      [`${engine}/calm.ts`, 'if (machine === undefined || severity === undefined) return never;'],
      [`${engine}/in-order.ts`, 'if (!machine || !severity || !said) continue;'],
      [`${engine}/in-order.ts`, '(condition.severities[i]?.rank ?? raisedRank) < raisedRank'],
      [`${engine}/late.ts`, 'if (!machine || !severity || !said) continue;'],
      [`${engine}/late.ts`, 'if (!machine || !severity) return;'],
      [`${engine}/late.ts`, '(condition.severities[i]?.rank ?? raisedRank) < raisedRank'],
      [`${engine}/limit-change.ts`, 'if (!machine || !severity) continue;'],
      [`${engine}/limit-change.ts`, '(condition.severities[i]?.rank ?? rank) < rank'],
      [`${engine}/timers.ts`, 'if (!machine || !severity) return;'],
      [`${engine}/timers.ts`, '(condition.severities[i]?.rank ?? rank) < rank'],
      [`${engine}/record.ts`, 'if (!rule) return {};'],
      [`${engine}/record.ts`, 'if (!severity) return [];'],
      [`${engine}/snapshot.ts`, 'if (machine === undefined) continue;'],
      [`${engine}/snapshot.ts`, 'if (isWhole(one)) lists.push(one);'],
      [`${engine}/verdict.ts`, 'if (severity) verdicts.push('],
      [`${engine}/stored/place.ts`, 'if (severity) rearm('],
      [`${engine}/stored/place.ts`, 'if (condition && cell) cells.push('],
      [`${engine}/stored/place.ts`, 'if (!machine) return;'],
    ],
  },
  {
    why: 'a state has a cell for each condition and each sensor of the rules that it is of',
    at: [
      [`${engine}/work.ts`, 'if (cell === undefined) throw new RangeError('],
      [`${engine}/work.ts`, 'if (sensor === undefined) throw new RangeError('],
      [`${engine}/work.ts`, 'if (!bound) return;'],
      [`${engine}/take-linked.ts`, 'if (bound) {'],
      [`${engine}/device-silence.ts`, 'const sign = newest([own?.at ?? never, own?.lifeAt ?? never'],
      [`${engine}/stored/codec.ts`, 'if (held === undefined) throw new RangeError('],
      [`${engine}/stored/codec.ts`, 'state.sensors[bound.slot] ?? newSensorCell()'],
      [`${engine}/stored/codec.ts`, 'heading.indexOf.get(rule) ?? 0'],
      [`${engine}/stored/heading.ts`, 'bound?.severities.map('],
      [`${engine}/stored/cell-codec.ts`, 'machines[0]?.spans[1] ?? evaluatedAt'],
    ],
  },
  {
    why: 'what is asked has been looked up, or filtered, in the lines above',
    at: [
      [`${engine}/asking.ts`, 'return asked === undefined ? undefined : scaledIfKnown('],
      [`${engine}/surroundings.ts`, 'if (!asked || !ring) return [];'],
      [`${engine}/bind-links.ts`, '(at === undefined ? [] : [at])'],
      [`${engine}/bind-windows.ts`, 'shape: fed[index]?.shape ?? shape,'],
      [`${engine}/bind.ts`, '(links.peers.get(quantity)?.length ?? 0) > 0'],
      [`${engine}/bind.ts`, 'whens.flatMap((edges) => edges ?? [])'],
      [`${engine}/plain.ts`, "right.op === 'input' ? constants(right.name) : undefined"],
    ],
  },
  {
    why: 'two bits hold one of four phases',
    at: [[`${engine}/stored/at-codec.ts`, 'phaseList[coded] ?? phases.idle']],
  },
  {
    why: 'only severities that count ask whether enough is counted',
    at: [[`${engine}/recount.ts`, 'if (times === undefined) return false;']],
  },
  {
    why: 'readings that are ignored change nothing, so nothing is told of them',
    at: [
      [`${engine}/step.ts`, 'const reading = verdict?.shown ?? input.readings[0];'],
      [`${engine}/step.ts`, "quality: reading?.quality ?? 'good'"],
    ],
  },
  {
    why: 'who comes here has found a condition that was unanswered for too long',
    at: [[`${engine}/work.ts`, 'if (rank === never) return;']],
  },
  {
    why: 'whatever changes a cell has changed its sensor too',
    at: [[`${engine}/work.ts`, 'sensors: sensors ?? state.sensors.slice(),']],
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
