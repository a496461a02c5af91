import { AssertionError } from 'node:assert';
import { AdapterError } from '../../functions/adapters/adapter-error.ts';
import { errorFacts } from '../../functions/adapters/powertools/error-facts.ts';

const secret = '13800138000';

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe('what a log may say about an error', () => {
  test('our own message, the names of its causes, and where it broke', () => {
    const cause = Object.assign(new Error(secret), { name: 'ThrottlingException' });
    const facts = errorFacts(new AdapterError('write twin: ThrottlingException', { cause, retryable: true }));
    expect(facts).toMatchObject({
      name: 'AdapterError',
      message: 'write twin: ThrottlingException',
      causes: ['ThrottlingException'],
    });
    expect(facts.frames[0]).toContain('error-facts.test.ts');
  });

  test('a broken invariant says which', () => {
    expect(errorFacts(new AssertionError({ message: 'state ends early' })).message).toBe('state ends early');
  });

  test('a foreign message never appears, because it may quote what was sent', () => {
    const foreign = thrownBy(() => JSON.parse(`{"phone":${secret}x}`));
    expect(JSON.stringify(errorFacts(foreign))).not.toContain(secret);
    expect(JSON.stringify(errorFacts(new Error(`x\n    at ${secret}`)))).not.toContain(secret);
  });

  test('names what several failures were', () => {
    const facts = errorFacts(new AggregateError([new TypeError('a'), new RangeError('b')], secret));
    expect(facts.causes).toEqual(['TypeError', 'RangeError']);
    expect(JSON.stringify(facts)).not.toContain(secret);
  });

  test('a chain without an end is cut', () => {
    const loop = new Error('loop');
    loop.cause = loop;
    expect(errorFacts(loop).causes).toHaveLength(5);
  });

  test('what is no error has only its kind', () => {
    expect(errorFacts('boom')).toEqual({ name: 'string', message: undefined, causes: [], frames: [] });
  });
});
