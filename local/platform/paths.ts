/** Where things live: the repository, and one folder a running platform. */
import path from 'node:path';

export const repository = path.resolve(import.meta.dirname, '../..');

/** What `npm start` and the other commands of a person share; ignored by git. */
export const localFolder = path.join(repository, '.local');

export const nodeBin = path.join(repository, 'node_modules/.bin');

/** The project's own Node 24: the runtime that is deployed. */
export const nodeProgram = path.join(nodeBin, 'node');

/** The files of one platform; `npm test` has a folder of its own beside that of `npm start`. */
export interface InstanceFolder {
  readonly root: string;
  /** Temporary files of the emulator and its functions; removed when it stops. */
  readonly run: string;
  /** What the emulator keeps when it stops, where that was asked for. */
  readonly kept: string;
  readonly logs: string;
  readonly devices: string;
  readonly ports: string;
  readonly outputs: string;
  readonly state: string;
  /** Which rule book was deployed. */
  readonly rules: string;
  /** What the live view last showed. */
  readonly view: string;
  /** Certificate of the CA that signs the platform's TLS listener. */
  readonly ca: string;
  /** Certificate of the CA that signs the MQTT listener. */
  readonly mqttCa: string;
}

export function instanceFolder(root: string): InstanceFolder {
  const at = (name: string) => path.join(root, name);
  return {
    root,
    run: at('run'),
    kept: at('kept'),
    logs: at('logs'),
    devices: at('devices'),
    ports: at('ports.json'),
    outputs: at('outputs.json'),
    state: at('state.json'),
    rules: at('rules.json'),
    view: at('view.json'),
    ca: at('ca.pem'),
    mqttCa: at('mqtt-ca.pem'),
  };
}

/** The folder of `npm start`. A test that starts a city beside it names another one. */
export const cityFolder = instanceFolder(process.env['TOCSIN_FOLDER'] ?? localFolder);
