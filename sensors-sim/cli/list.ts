import type { Command } from 'commander';
import { city, placedDevices } from '../city.ts';
import { loadScenario, scenarioNames } from '../scenario/load.ts';
import { say } from './say.ts';

/** `list`: what there is to run and what the city has. */
export function addList(program: Command): void {
  program
    .command('list')
    .description('scenarios with what happens in each, and the devices of the city')
    .option('--devices', 'every device with its sensors')
    .action((options: { readonly devices?: boolean }) => {
      say('Scenarios');
      for (const name of scenarioNames()) say(scenarioLine(name));
      const devices = placedDevices();
      const sensorCount = devices.reduce((sum, { device }) => sum + device.sensors.length, 0);
      say(
        `City: ${city.length} enterprises, ${devices.length} devices, ${sensorCount} sensors${options.devices === true ? '' : ' (list --devices shows them)'}`,
      );
      if (options.devices !== true) return;
      for (const { device, enterprise, site } of devices) {
        say(
          `  ${device.deviceId.padEnd(18)} ${enterprise.name.en}, area ${site.area}: ${device.sensors.map(({ sensorId }) => sensorId).join(' ')}`,
        );
      }
    });
}

function scenarioLine(name: string): string {
  const loaded = loadScenario(name);
  if (!loaded.ok) return `  ${name.padEnd(15)} cannot be read: ${loaded.errors[0]}`;
  const { runs, duration, title } = loaded.scenario;
  const length = duration >= 86_400_000 ? `${duration / 86_400_000} d` : `${duration / 1000} s`;
  return `  ${name.padEnd(15)} ${runs.join(', ').padEnd(14)} ${length.padStart(6)}  ${title.en}`;
}
