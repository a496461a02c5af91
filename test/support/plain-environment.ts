import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

/**
 * Jest's environment with a plain global object.
 *
 * Jest's own keeps a proxy behind the global object to clean up after a suite, and every look at `Map` or `JSON` asks it: what
 * computes takes nearly twice as long. Each suite still has a context of its own.
 */
// biome-ignore lint/style/noDefaultExport: Jest asks for it.
export default class PlainEnvironment extends TestEnvironment {
  constructor(...given: ConstructorParameters<typeof TestEnvironment>) {
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(...given);
    } finally {
      vm.createContext = createContext;
    }
  }
}
