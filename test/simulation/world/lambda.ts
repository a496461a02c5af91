import type { Context } from 'aws-lambda';
import { serviceError } from './aws/errors.ts';
import type { Engine } from './engine.ts';
import type { CallSite, Faults } from './faults/verdict.ts';
import { type FunctionName, timeoutMs } from './settings.ts';
import type { Trace } from './trace.ts';

/** A function as Lambda calls it. */
export type Handler = (event: unknown, context: Context) => Promise<unknown>;

export type Outcome =
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'killed'; readonly why: 'crash' | 'timeout' }
  | { readonly kind: 'throttled' };

/** One process of a function: warm module state, frozen between invocations. */
export interface Sandbox {
  readonly fn: FunctionName;
  readonly isOld: boolean;
  isDead: boolean;
  isFrozen: boolean;
  invocation: number;
  calls: number;
  batch: readonly string[];
  /** Answers that came while it was frozen: they run on in its next invocation. */
  held: (() => void)[];
  kill: (why: 'crash' | 'timeout') => void;
}

export interface LambdaParts {
  readonly engine: Engine;
  readonly faults: Faults;
  readonly trace: Trace;
  /** Loads a function in a new process. */
  load(sandbox: Sandbox): Handler;
  ended(fn: FunctionName, outcome: Outcome): void;
}

/** Where functions run. */
export interface Lambda {
  invoke(fn: FunctionName, event: unknown, then: (outcome: Outcome) => void): void;
  /** A call of a service out of a process: effect and answer after the latency, or what the faults make of it. */
  call(sandbox: Sandbox, service: string, operation: string, effect: () => object): Promise<object>;
  /** Invocations begun so far, by function. */
  readonly counts: ReadonlyMap<FunctionName, number>;
}

const coldStartMs = 400;

interface Process {
  readonly sandbox: Sandbox;
  readonly handler: Handler;
}

const never = (): Promise<never> => new Promise(() => {});

export function createLambda(parts: LambdaParts): Lambda {
  const { engine, faults, trace } = parts;
  const idle = new Map<FunctionName, Process[]>();
  const counts = new Map<FunctionName, number>();

  const processOf = (fn: FunctionName): { process: Process; isCold: boolean } => {
    const warm = idle.get(fn)?.pop();
    if (warm !== undefined) return { process: warm, isCold: false };
    const sandbox: Sandbox = {
      fn,
      isOld: faults.isOldVersion(fn),
      isDead: false,
      isFrozen: false,
      invocation: 0,
      calls: 0,
      batch: [],
      held: [],
      kill: () => {},
    };
    return { process: { sandbox, handler: parts.load(sandbox) }, isCold: true };
  };

  const invoke: Lambda['invoke'] = (fn, event, then) => {
    if (faults.isThrottled(fn)) {
      trace.note(engine.now(), fn, 'throttled');
      parts.ended(fn, { kind: 'throttled' });
      return then({ kind: 'throttled' });
    }
    const { process, isCold } = processOf(fn);
    engine.after(isCold ? coldStartMs : 1, () => start(process, event, then));
  };

  function start(process: Process, event: unknown, then: (outcome: Outcome) => void): void {
    const { sandbox, handler } = process;
    const { fn } = sandbox;
    const invocation = counts.get(fn) ?? 0;
    counts.set(fn, invocation + 1);
    Object.assign(sandbox, { invocation, calls: 0, batch: batchOf(event), isFrozen: false });
    trace.note(engine.now(), fn, `begin ${invocation}`);
    let isOver = false;
    const end = (outcome: Outcome): void => {
      if (isOver) return;
      isOver = true;
      trace.note(engine.now(), fn, `end ${invocation} ${outcome.kind}`);
      if (outcome.kind === 'killed') sandbox.isDead = true;
      else {
        sandbox.isFrozen = true;
        const pool = idle.get(fn);
        if (pool === undefined) idle.set(fn, [process]);
        else pool.push(process);
      }
      parts.ended(fn, outcome);
      then(outcome);
    };
    sandbox.kill = (why) => end({ kind: 'killed', why });
    engine.after(timeoutMs[fn], () => end({ kind: 'killed', why: 'timeout' }));
    for (const answer of sandbox.held.splice(0)) answer();
    handler(event, contextOf(fn, invocation)).then(
      (result) => end({ kind: 'done', result }),
      (error: unknown) =>
        end({
          kind: 'failed',
          message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
        }),
    );
  }

  const call: Lambda['call'] = (sandbox, service, operation, effect) => {
    if (sandbox.isDead) return never();
    const site: CallSite = {
      at: engine.now(),
      fn: sandbox.fn,
      service,
      operation,
      nth: sandbox.calls++,
      invocation: sandbox.invocation,
      batch: sandbox.batch,
    };
    const verdict = faults.onCall(site);
    if (verdict.kind === 'crash' && !verdict.isEffective) {
      trace.called(engine.now(), sandbox.fn, service, operation, 'crash before');
      sandbox.kill('crash');
      return never();
    }
    return new Promise((resolve, reject) => {
      const answer = (settle: () => void): void => {
        if (sandbox.isDead) return;
        if (sandbox.isFrozen) sandbox.held.push(settle);
        else settle();
      };
      engine.after(faults.latencyMs(site), () => {
        trace.called(engine.now(), sandbox.fn, service, operation, verdict.kind);
        if (verdict.kind === 'refused') return answer(() => reject(serviceError(verdict.error)));
        if (verdict.kind === 'hang' && !verdict.isEffective) return;
        let result: object;
        try {
          result = effect();
        } catch (error) {
          const became = error instanceof Error ? error.name : '';
          trace.called(engine.now(), sandbox.fn, service, operation, became);
          if (verdict.kind === 'well') return answer(() => reject(error));
          if (verdict.kind === 'unheard') return answer(() => reject(serviceError(verdict.error)));
          if (verdict.kind === 'crash') sandbox.kill('crash');
          return;
        }
        if (verdict.kind === 'well') answer(() => resolve(result));
        else if (verdict.kind === 'unheard') answer(() => reject(serviceError(verdict.error)));
        else if (verdict.kind === 'crash' && !sandbox.isDead) sandbox.kill('crash');
      });
    });
  };

  return { invoke, call, counts };
}

/** Ids of the records of an event: of queue messages, or of items of a stream. */
function batchOf(event: unknown): readonly string[] {
  if (typeof event !== 'object' || event === null || !('Records' in event) || !Array.isArray(event.Records))
    return [];
  return event.Records.map(
    (record: { readonly messageId?: string; readonly dynamodb?: { readonly Keys: unknown } }) =>
      record.messageId ?? JSON.stringify(record.dynamodb?.Keys),
  );
}

/** Without the time that is left: the middleware would set a real timer by it, and a killed function needs none. */
const contextOf = (fn: FunctionName, invocation: number): Context =>
  ({
    functionName: fn,
    functionVersion: '1',
    invokedFunctionArn: `arn:aws:lambda:eu-central-1:000000000000:function:${fn}`,
    memoryLimitInMB: '512',
    awsRequestId: `${fn}-${invocation}`,
    logGroupName: fn,
    logStreamName: fn,
    callbackWaitsForEmptyEventLoop: false,
    done: () => {},
    fail: () => {},
    succeed: () => {},
  }) as unknown as Context;
