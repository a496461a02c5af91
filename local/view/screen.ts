/** Where the live view is drawn: in place on a terminal, line by line elsewhere. */
import { createLogUpdate } from 'log-update';
import type { ViewModel } from './model.ts';
import type { ReceivedNotification } from './notification.ts';
import { type Language, renderLine, renderNotificationLine, renderView } from './render.ts';

/** Seconds between the lines that a log gets. */
const lineEverySeconds = 10;
const widthMax = 140;

export interface Screen {
  readonly draw: (model: ViewModel) => void;
  readonly tell: (notification: ReceivedNotification) => void;
  readonly close: () => void;
}

/** Chinese where the person's locale is Chinese. */
export function languageOf(env: NodeJS.ProcessEnv): Language {
  return /^zh/i.test(env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '') ? 'zh' : 'en';
}

export function openScreen(out: NodeJS.WriteStream, language: Language): Screen {
  return out.isTTY === true ? terminalScreen(out, language) : logScreen(out, language);
}

function terminalScreen(out: NodeJS.WriteStream, language: Language): Screen {
  const update = createLogUpdate(out);
  let drawn = 0;
  return {
    draw: (model) => {
      const lines = renderView(model, Math.min(out.columns, widthMax), language);
      const shown = lines.slice(0, Math.max(4, out.rows - 1));
      // The library redraws what changed and leaves the rest where it is, which is wrong once lines were added.
      if (shown.length !== drawn) update.clear();
      drawn = shown.length;
      update(shown.join('\n'));
    },
    tell: () => {},
    close: () => update.done(),
  };
}

function logScreen(out: NodeJS.WriteStream, language: Language): Screen {
  let drawnAt = -lineEverySeconds;
  let isFirst = true;
  return {
    draw: (model) => {
      if (isFirst) {
        isFirst = false;
        out.write(`platform ${model.endpoint}, devices ${model.mqtt}\nAPI='${model.apiUrl}'\n`);
        out.write(`curl -sK "${model.curlFolder}/regulator" "$API/v1/alerts"\n`);
      }
      if (model.upSeconds - drawnAt < lineEverySeconds) return;
      drawnAt = model.upSeconds;
      out.write(`${renderLine(model)}\n`);
    },
    tell: (notification) => void out.write(`${renderNotificationLine(notification, language)}\n`),
    close: () => {},
  };
}
