/** What this room knows: what enterprises register. This file: one hazardous chemical of a source, as declared. */
import * as z from 'zod';
import { hazardClasses, namedSubstanceCount } from './gb18218-classes.ts';
import { line, nameMax } from './text.ts';

/** Most chemicals on one source. */
export const chemicalCountMax = 50;
/** Most hazard classes of one chemical. */
export const classCountMax = 10;

/**
 * An exact decimal, kept as its digits: binary floating point flips a legal status at S = 1.
 *
 * Takes a string, or a number as it is usually written; up to 9 digits before and 6 after the point, above zero.
 */
export const Tonnes = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(
    z
      .string()
      .regex(/^(0|[1-9]\d{0,8})(\.\d{1,6})?$/, {
        error:
          'must be tonnes as a plain decimal, such as "12.5", with at most 9 digits before and 6 after the point',
      })
      .refine((digits) => /[1-9]/.test(digits), { error: 'must be above 0' }),
  );

/** A Chemical Abstracts number whose check digit is right. @example isCas('7664-41-7') // true */
export function isCas(text: string): boolean {
  if (!/^\d{2,7}-\d{2}-\d$/.test(text)) return false;
  const digits = text.replaceAll('-', '');
  const weighted = [...digits.slice(0, -1)].reverse().map((digit, at) => Number(digit) * (at + 1));
  return weighted.reduce((sum, one) => sum + one, 0) % 10 === Number(digits.at(-1));
}

const symbols = hazardClasses.map((one) => one.symbol);

export const Chemical = z
  .strictObject({
    name: line(nameMax).optional(),
    cas: z
      .string()
      .refine(isCas, { error: 'must be a CAS number with a right check digit, such as 7664-41-7' })
      .optional(),
    /** Row of table 1, or `none`: no row applies although the name or CAS number looks like one. */
    row: z.union([z.literal('none'), z.int().min(1).max(namedSubstanceCount)]).optional(),
    /** Class symbols of table 2, such as `W2`. */
    classes: z.array(z.enum(symbols)).min(1).max(classCountMax).optional(),
    /** Design maximum inventory of the unit, not today's stock (GB 18218-2018 4.2.2). */
    designMaxT: Tonnes,
  })
  .refine((one) => one.name !== undefined || one.cas !== undefined || typeof one.row === 'number', {
    error: 'must have a name, a CAS number or a row of table 1',
    path: ['name'],
  });
export type Chemical = z.infer<typeof Chemical>;
