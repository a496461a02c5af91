/** Takes the place of the SDK's event streams in the bundles: no call of ours streams events. */
function unavailable(): never {
  throw new Error('event streams are not in the bundle');
}

/** What the SDK constructs for an event stream. */
export const EventStreamSerde = unavailable;
/** What the SDK makes its serialiser with. */
export const eventStreamSerdeProvider = unavailable;
