import type { SeededBug } from '../bug.ts';

/** Which messages were had, and which time a reading gets. */
export const telemetryBugs: readonly SeededBug[] = [
  {
    name: 'repeats-evaluated-again',
    story: 'a message that came before is taken for another one with its number',
    file: 'functions/domain/telemetry/admission.ts',
    find: "if (isKnown(memory, key)) return { kind: 'duplicate', gap: 0, next: memory };",
    replace: '',
  },
  {
    name: 'number-alone-is-a-repeat',
    story: 'a message with a known number is a repeat, whatever its bytes',
    file: 'functions/domain/telemetry/admission.ts',
    find: 'life.boot === boot && recall(life, seq) === hash)',
    replace: 'life.boot === boot && recall(life, seq) !== undefined)',
  },
  {
    name: 'numbers-compared-as-text',
    story: 'sequence numbers are compared as text: "10" is below "9"',
    file: 'functions/domain/telemetry/admission.ts',
    find: "if (seq > highestOf(life)) return 'fresh';",
    replace: "if (String(seq) > String(highestOf(life))) return 'fresh';",
  },
  {
    name: 'boots-share-numbers',
    story: 'what was had is remembered by number, whatever the boot',
    file: 'functions/domain/telemetry/admission.ts',
    find: 'if (life?.boot !== boot) continue;',
    replace: '',
  },
  {
    name: 'late-message-dropped',
    story: 'a message with a lower number than the newest is dropped as a repeat',
    file: 'functions/domain/telemetry/admission.ts',
    find: "return seq < oldestOf(life) ? 'late' : 'fresh';",
    replace: "return 'duplicate';",
  },
  {
    name: 'wrong-clock-believed',
    story: 'the time of a device whose clock is wrong by minutes is taken as it is',
    file: 'functions/domain/telemetry/clock.ts',
    find: 'shiftMs: wrong.offsetMs,',
    replace: 'shiftMs: 0,',
  },
  {
    name: 'receive-time-for-phenomenon-time',
    story: 'a reading counts as measured when it was received',
    file: 'functions/domain/telemetry/clock.ts',
    find: 'phenomenonAt: instant(phenomenonMs),',
    replace: 'phenomenonAt: instant(Math.max(phenomenonMs, receivedAt)),',
  },
  {
    name: 'life-by-the-devices-clock',
    story: 'a sign of life is dated by the clock of the device',
    file: 'functions/domain/telemetry/clock.ts',
    find: 'lifeAt: instant(receivedAt - Math.max(0, Math.min(ageMs, receivedAt))),',
    replace: 'lifeAt: instant(Math.max(0, deviceAtMs)),',
  },
  {
    name: 'identity-from-the-topic',
    story: 'who speaks is told by the topic, and the client id is not compared',
    file: 'functions/domain/telemetry/identity.ts',
    find: 'if (clientId !== device)',
    replace: "if (clientId === '')",
  },
];
