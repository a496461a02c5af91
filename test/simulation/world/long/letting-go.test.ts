import { registerCity } from '../../city/registered.ts';
import type { Accepted } from '../../history.ts';
import type { Along, Stretch } from '../../oracle/along/along.ts';
import { createEngine } from '../engine.ts';
import { openWorld } from '../open-world.ts';
import { createStory } from '../story.ts';
import { noFaults } from '../support/quiet.ts';
import { createTrace } from '../trace.ts';
import { createLettingGo } from './letting-go.ts';

const startAt = 1_772_323_200_000;

/** A message that a queue still has. */
const underWay: Accepted = {
  id: 'virtual-1',
  topic: 'tocsin/v1/dev-1/senml',
  clientId: 'dev-1',
  principal: '-',
  receivedAt: startAt - 30,
  bytes: new Uint8Array(),
  sender: 'device',
};

test('what is still under way is not handed over as done, in the first stretch no more than later', async () => {
  const registered = await registerCity();
  const story = createStory(registered, [], 0, { deviceCount: 1 });
  const engine = createEngine(startAt);
  const { platform } = openWorld({
    registered,
    engine,
    faults: noFaults(),
    trace: createTrace(),
    story,
    isShortened: false,
  });
  const stretches: Stretch[] = [];
  const along: Along = { take: (stretch) => stretches.push(stretch), judge: () => [] };
  const { letGo } = createLettingGo({ story, platform, along, expiredKeptMs: 0 });
  story.accepted.push(underWay);
  platform.whereabouts.sent('{}', underWay);
  letGo(startAt - 20);
  letGo(startAt - 10);
  expect(stretches.map(({ done }) => done)).toEqual([[], []]);
  platform.whereabouts.watch('telemetry')('gone', '{}');
  letGo(startAt + 10);
  expect(stretches.at(-1)?.done.map(({ id }) => id)).toEqual(['virtual-1']);
});
