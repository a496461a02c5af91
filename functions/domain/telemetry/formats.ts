/** What this room knows: what devices say. This file: which decoder reads which format. */
import type { Decoder } from './pack.ts';
import { decodeSenml } from './senml.ts';

/** By the last level of the topic; a new format is one decoder file and one line here. */
export const decoders = { senml: decodeSenml } as const satisfies Readonly<Record<string, Decoder>>;

export type Format = keyof typeof decoders;

export const isFormat = (name: string): name is Format => Object.hasOwn(decoders, name);
