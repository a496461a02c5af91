/** What this room knows: when the devices behind one gateway are silent because the gateway is (semantics 12). */
import type { DeviceId, EnterpriseId, GatewayId } from '../ids.ts';
import type { LastSign } from '../rules/engine/device-silence.ts';
import type { Bilingual } from '../severity.ts';
import { type Instant, instant } from '../time.ts';
import type { Subject } from './alert.ts';
import { isTooMany } from './mass-silence.ts';

/** What several devices of one enterprise reach us through. */
export interface Gateway {
  readonly enterpriseId: EnterpriseId;
  readonly gatewayId: GatewayId;
}

/** Silent devices at least: of one alone nobody can tell its gateway from itself. */
export const gatewayCountMin = 2;
/** Devices behind one gateway that are looked at; behind a larger one each speaks for itself. */
export const gatewayDeviceMax = 200;

/** Two enterprises may both have a gateway `gw-1`. */
export const gatewaySubject = ({ enterpriseId, gatewayId }: Gateway): Subject => ({
  kind: 'gateway',
  id: `gateway/${enterpriseId}/${gatewayId}`,
});

/** A device that is too long silent by its own least patient rule. */
export const isSilent = ({ signAt, silentAfterMs }: LastSign, proven: number): boolean =>
  signAt + silentAfterMs < proven;

export interface GatewaySilence {
  /** The newest sign of any device behind it. */
  readonly newestSignAt: Instant;
  /** Devices that are silent by now. */
  readonly silent: ReadonlySet<DeviceId>;
}

/**
 * The silence of a gateway; undefined when another device behind it has shown life since, or too few are silent.
 *
 * As with the sensors of a device: the newest sign of all behind it is older than the silence that falls due. Devices that
 * report seldom are quiet for long without being silent, so more than 30 % must be silent themselves, and two at least.
 *
 * @param falling the devices whose silence falls due now
 */
export function gatewaySilence(
  signs: ReadonlyMap<DeviceId, LastSign>,
  falling: readonly DeviceId[],
  proven: number,
): GatewaySilence | undefined {
  const newest = Math.max(...[...signs.values()].map(({ signAt }) => signAt));
  const isCaused = falling.some((id) => {
    const own = signs.get(id);
    return own !== undefined && newest + own.silentAfterMs < proven;
  });
  if (!isCaused) return undefined;
  const silent = new Set([...signs].flatMap(([id, sign]) => (isSilent(sign, proven) ? [id] : [])));
  if (silent.size < gatewayCountMin || !isTooMany(silent.size, signs.size)) return undefined;
  return { newestSignAt: instant(Math.max(0, newest)), silent };
}

/** Room for names in an advice. Characters. */
const namesMax = 300;

/** `advice` with the devices that it is about by name, as many as fit. */
export function withNames(advice: Bilingual, names: readonly string[]): Bilingual {
  const fitting: string[] = [];
  let length = 0;
  for (const name of names) {
    length += name.length + 2;
    if (length > namesMax) break;
    fitting.push(name);
  }
  const more = names.length - fitting.length;
  return {
    zh: `${advice.zh}。其下设备：${fitting.join('、')}${more === 0 ? '' : `等 ${names.length} 台`}`,
    en: `${advice.en}. Behind it: ${fitting.join(', ')}${more === 0 ? '' : ` and ${more} more`}`,
  };
}
