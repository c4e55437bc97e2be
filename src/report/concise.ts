// `--format concise`: one line a problem, in the form that grep and editors know.

import { placeOf, sortDiagnostics } from '../diagnostics/collect.ts';
import { visible } from '../text/width.ts';
import type { Reporter } from './reporter.ts';
import { makeSecrets } from './secrets.ts';

export const concise: Reporter = {
  name: 'concise',
  summary: 'one line a problem: file:line:column: severity code name: message',
  render: (diagnostics, { secrets, paint, tool }) => {
    const { redact } = makeSecrets(secrets);
    return sortDiagnostics(diagnostics)
      .map((one) => {
        const place = visible(placeOf(one) || tool.name);
        const message = visible(redact(one.message, false));
        return `${place}: ${paint(one.severity, one.severity)} ${one.code} ${one.name}: ${message}\n`;
      })
      .join('');
  },
};
