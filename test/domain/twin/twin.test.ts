import { AssertionError } from 'node:assert';
import { byteReader, byteWriter } from '../../../functions/domain/bytes.ts';
import { RuleId } from '../../../functions/domain/ids.ts';
import { bindDevice } from '../../../functions/domain/rules/engine/bind.ts';
import { readHint } from '../../../functions/domain/rules/engine/stored/built-in-codec.ts';
import {
  decodeTwin,
  encodeTwin,
  newTwin,
  telemetryIn,
  twinFormat,
} from '../../../functions/domain/twin/twin.ts';
import { at, benchOf, feed } from '../../support/engine/bench.ts';
import { bookOf, boundTo, device, ruleOf } from '../../support/engine/rules.ts';

const rules = boundTo(ruleOf({ levels: [{ severity: 'orange', at: 1, forS: 30 }] }));

/** One sensor: 0.5 at second 0, 1.2 at second 10, under `value >= 1` for 30 s; in format 3 of unknown quality at second 20. */
test.each([
  [
    '1, from before there were windows',
    'AQAAAAAAAJCelv+8MQEJdGVzdC5ydWxlAaPx4aMCAQSMqtQrAWIBABgBQQHAqQcAn5wBAKCcAQEA',
  ],
  [
    '3, which knew no good value behind a bad one',
    'AwAAAAAAAKDslv+8MQEJdGVzdC5ydWxlAev32/UCAAECjKrUKwEHdW5rbm93bgEAKKGcAaGcAQAAAAAAAQEAQaGcAaCNBgC/uAIAoJwBAQA=',
  ],
])('a twin of format %s, is read with its timers', (_, text) => {
  const decoded = decodeTwin(Buffer.from(text, 'base64'), rules);
  if (!decoded.ok) throw new Error(decoded.problem);
  const bench = benchOf(rules);
  bench.set(decoded.twin.rules);
  expect(feed(bench, [39, 1.2], [40, 1.2])).toEqual(['raised orange firing @40']);
});

test('a twin of format 2, in which every cell stood for itself, is read with its timers', () => {
  // The same sensor, and a second rule that is idle.
  const bytes = Buffer.from(
    'AgAAAAAAAJCelv+8MQIJdGVzdC5ydWxlAev32/UCC3Rlc3Quc2Vjb25kAYy8puQDAAEEjKrUKwFiAgAYAUEBwKkHAJ+cAQCgnAEBARkBkE4A',
    'base64',
  );
  const book = bookOf(
    ruleOf({ levels: [{ severity: 'orange', at: 1, forS: 30 }] }),
    ruleOf({ id: RuleId.parse('test.second'), levels: [{ severity: 'red', at: 2 }] }),
  );
  const both = bindDevice(book, device());
  const decoded = decodeTwin(bytes, both);
  if (!decoded.ok) throw new Error(decoded.problem);
  const bench = benchOf(both);
  bench.set(decoded.twin.rules);
  expect(feed(bench, [39, 1.2], [40, 2.1])).toEqual(['raised orange firing @40', 'raised red firing @40']);
});

test('a twin that stands in the middle of no message says so, and its rules begin behind that', () => {
  const bytes = encodeTwin(newTwin(rules, at(7)), rules);
  const decoded = decodeTwin(bytes, rules);
  if (!decoded.ok) throw new Error(decoded.problem);
  expect(decoded.twin.resume).toBeUndefined();
  expect(encodeTwin(decoded.twin, rules)).toEqual(bytes);
  expect(decoded.twin.rules).toEqual(newTwin(rules, at(7)).rules);
});

test('a twin of a newer format is left alone', () => {
  const bytes = encodeTwin(newTwin(rules, at(0)), rules);
  expect(bytes[0]).toBe(twinFormat);
  bytes[0] = twinFormat + 1;
  expect(decodeTwin(bytes, rules)).toEqual({ ok: false, problem: 'newer-format' });
});

test.each([
  ['lives', [twinFormat, 0xff, 0xff, 0xff, 0xff, 0x7f]],
  ['clocks of boots', [twinFormat, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f]],
])('a damaged twin that claims billions of %s is told as damaged and takes no room', (_, bytes) => {
  expect(() => decodeTwin(Uint8Array.from(bytes), rules)).toThrow(AssertionError);
});

test('a twin that names an alert by what is no id is told as damaged', () => {
  const writer = byteWriter();
  writer.text('no id!');
  writer.uint(1);
  expect(() => readHint(byteReader(writer.finish()))).toThrow(AssertionError);
});

test('a twin keeps how far a message was committed, and what telemetry remembers is read without any rules', () => {
  const { telemetry, ...twin } = newTwin(rules, at(0));
  const memory = { ...telemetry.memory, digests: [17] };
  const resume = { messageId: 'broker-1', readingCount: 3 };
  const bytes = encodeTwin({ ...twin, telemetry: { ...telemetry, memory }, resume }, rules);
  expect(decodeTwin(bytes, rules)).toMatchObject({ ok: true, twin: { resume } });
  expect(telemetryIn(bytes)).toEqual({ ...telemetry, memory });
});

test('what telemetry remembers in a twin of a newer format is not guessed', () => {
  const bytes = encodeTwin(newTwin(rules, at(0)), rules);
  bytes[0] = twinFormat + 1;
  expect(telemetryIn(bytes)).toBeUndefined();
});
