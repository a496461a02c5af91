import { resetPackCount, wrapReach } from '../../../functions/domain/telemetry/admission.ts';
import * as clock from '../../../functions/domain/telemetry/clock.ts';
import { depthMax } from '../../../functions/domain/telemetry/doubled-keys.ts';
import { decoders, isFormat } from '../../../functions/domain/telemetry/formats.ts';
import * as identity from '../../../functions/domain/telemetry/identity.ts';
import * as life from '../../../functions/domain/telemetry/life.ts';
import * as memory from '../../../functions/domain/telemetry/memory.ts';
import { digestBytes } from '../../../functions/domain/telemetry/message-key.ts';
import { limitNameMax } from '../../../functions/domain/telemetry/overrides.ts';
import { readingCountMax } from '../../../functions/domain/telemetry/pack.ts';
import { computedPlaces } from '../../../functions/domain/telemetry/record-check.ts';
import { excerptLengthMax } from '../../../functions/domain/telemetry/refusal.ts';
import { sensorCountMax } from '../../../functions/domain/telemetry/registration.ts';
import * as header from '../../../functions/domain/telemetry/senml-header.ts';
import { emptyTelemetryState } from '../../../functions/domain/telemetry/state.ts';
import { messageBytesMax } from '../../../functions/domain/telemetry/strict-json.ts';
import { zeroDriftFractionMax } from '../../../functions/domain/telemetry/value-quality.ts';

test('the limits of order and of what is remembered are these', () => {
  expect([resetPackCount, wrapReach]).toEqual([3, 16]);
  expect([life.hashBytes, life.rangeCountMax, life.clockStepMax]).toEqual([4, 32, 2_678_400_000]);
  expect([memory.keyCountMax, memory.lifeCountMax, memory.refusedCountMax, digestBytes]).toEqual([
    64, 4, 8, 6,
  ]);
});

test('the limits of clocks are these: 5 minutes, 31 days, 30 seconds, 3 packs, 4 boots', () => {
  expect([clock.clockErrorMax, clock.backlogAgeMax, clock.offsetJitterMax]).toEqual([
    300_000, 2_678_400_000, 30_000,
  ]);
  expect([clock.stablePackCount, clock.bootClockCountMax]).toEqual([3, 4]);
});

test('the limits of a message are these', () => {
  expect([messageBytesMax, depthMax, readingCountMax]).toEqual([122_880, 32, 500]);
  expect([header.senmlVersion, header.bootLengthMax]).toEqual([10, 32]);
  expect([header.timeSecondsMax, header.absoluteTimeMin]).toEqual([253_402_300_799, 268_435_456]);
  expect([...header.headerFields]).toEqual(['boot', 'seq', 'sent', 'bver']);
  expect([identity.topicBytesMax, identity.canaryTopic, identity.canaryClientId]).toEqual([
    256,
    'tocsin/v1/-/canary',
    'n/a',
  ]);
});

test('the limits of names, values and excerpts are these', () => {
  expect([limitNameMax, sensorCountMax, excerptLengthMax]).toEqual([48, 100, 40]);
  expect([computedPlaces, zeroDriftFractionMax]).toEqual([3, 0.05]);
});

test('SenML is the one format that is known', () => {
  expect(Object.keys(decoders)).toEqual(['senml']);
  expect([isFormat('senml'), isFormat('senml '), isFormat('')]).toEqual([true, false, false]);
});

test('of a device that was never heard nothing is known', () => {
  expect(emptyTelemetryState).toStrictEqual({
    memory: { lives: [], digests: [], refused: [], run: undefined },
    clock: { boots: [] },
  });
});
