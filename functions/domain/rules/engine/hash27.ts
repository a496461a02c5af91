/** What this room knows: what a rule means. This file: short names for what is stored. */
import { sha256 } from '../../ids.ts';

/** First 27 bits of a hash: with one flag beside it a number of four stored bytes. */
export const hash27 = (text: string): number => Number.parseInt(sha256(text).slice(0, 7), 16) >>> 1;
