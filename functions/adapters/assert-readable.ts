import assert from 'node:assert/strict';
import { readDeviceMax } from '../usecases/ports/twins.ts';

/** @throws AssertionError for more devices than one read takes */
export const assertReadable = ({ length }: readonly unknown[]): void =>
  assert(length <= readDeviceMax, `one read takes ${readDeviceMax} devices, not ${length}`);
