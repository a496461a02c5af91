import type { Law } from '../law.ts';

/** Bytes of base64 that belong to the text alone, wherever in a longer one it begins. */
function inBase64(text: string): readonly string[] {
  const length = Buffer.byteLength(text);
  return [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]).toString('base64');
    return whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + length) * 8) / 6));
  });
}

/** The ways in which a text may stand in a line: as it is, in a URL, in a payload, in other letters. */
const formsOf = (text: string): readonly string[] => [
  text.toLowerCase(),
  encodeURIComponent(text).toLowerCase(),
  ...inBase64(text).map((one) => one.toLowerCase()),
];

/**
 * Personal data never in logs (design 8): none of the canary texts that people and devices put in, in whatever form.
 */
export const logsClean: Law = {
  name: 'logs-clean',
  check: ({ history }) => {
    const { personal = [], logs } = history;
    const all = logs.join('\n').toLowerCase();
    return personal.flatMap((canary) => {
      const form = formsOf(canary).find((one) => all.includes(one));
      if (form === undefined) return [];
      const at = all.indexOf(form);
      const line = all.slice(all.lastIndexOf('\n', at) + 1, at + form.length);
      return [{ what: `a log line shows ${canary}: ${line.slice(-120)}` }];
    });
  },
};
