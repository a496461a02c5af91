/** `tocsin rules test`: to come. */
import type { Output } from '../output.ts';
export async function testRules(
  _words: readonly string[],
  _options: { readonly rules: string; readonly verbose: boolean },
  output: Output,
): Promise<void> {
  output.remark('no');
}
