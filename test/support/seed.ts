import fc from 'fast-check';

/** Seed of every property, so that a run can be repeated anywhere; `TOCSIN_SEED=<number>` looks elsewhere. */
export const propertySeed = Number(process.env['TOCSIN_SEED'] ?? 20_261_128);

fc.configureGlobal({ seed: propertySeed });
