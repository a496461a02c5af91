import type { Published, Received, Receiver } from '../../history.ts';
import type { Engine } from '../engine.ts';
import type { Faults } from '../faults/verdict.ts';
import type { FunctionName } from '../settings.ts';
import { serviceError } from './errors.ts';

interface Input {
  readonly Subject?: string;
  readonly Message?: string;
  readonly MessageAttributes?: Readonly<
    Record<string, { readonly DataType?: string; readonly StringValue?: string }>
  >;
}

export interface TopicParts {
  readonly engine: Engine;
  readonly faults: Faults;
  readonly receivers: readonly Receiver[];
  readonly published: Published[];
  readonly received: Received[];
  nextId(): string;
  heard(receiver: Receiver, body: string): void;
}

/** Milliseconds from an accepted publish to a receiver. */
const deliveryMs = 40;

/** Longest message in bytes, and subject in characters. Source: SNS API reference, Publish. */
const messageBytesMax = 256 * 1024;
const subjectMax = 100;

/** @throws Error by its AWS name for what SNS refuses */
function textsOf({ Message = '', Subject = '' }: Input): { readonly default: string } {
  if (Buffer.byteLength(Message) > messageBytesMax) throw serviceError('InvalidParameter');
  if (Subject.length > subjectMax || !/^[\x20-\x7e]*$/.test(Subject)) throw serviceError('InvalidParameter');
  const texts: { readonly default?: string } = JSON.parse(Message);
  if (texts.default === undefined) throw serviceError('InvalidParameter');
  return { default: texts.default };
}

/** The alerts topic: filters of its subscriptions, at least once to each. */
export function createTopic({ engine, faults, receivers, published, received, nextId, heard }: TopicParts) {
  const deliver = (receiver: Receiver, messageId: string, body: string): void => {
    received.push({ at: engine.now(), receiver: receiver.name, messageId, body });
    heard(receiver, body);
  };
  return (by: FunctionName, input: Input): object => {
    const { default: body } = textsOf(input);
    const { MessageAttributes = {} } = input;
    const messageId = `sns-${nextId()}`;
    const attributes = Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue]),
    );
    if (by === 'notify' || by === 'sweep')
      published.push({ at: engine.now(), messageId, by, attributes, body });
    for (const receiver of receivers.filter((one) => one.isLive && matches(one, attributes['area'] ?? '-'))) {
      engine.after(deliveryMs + faults.delayMs('topic'), () => deliver(receiver, messageId, body));
      for (const later of faults.copiesMs('topic'))
        engine.after(deliveryMs + later, () => deliver(receiver, messageId, body));
    }
    return { MessageId: messageId };
  };
}

/** An attribute is a text, or a list of texts of which one must match. */
export function matches({ areaPrefix }: Receiver, area: string): boolean {
  if (areaPrefix === undefined) return true;
  const areas: readonly string[] = area.startsWith('[') ? JSON.parse(area) : [area];
  return areas.some((one) => one.startsWith(areaPrefix));
}
