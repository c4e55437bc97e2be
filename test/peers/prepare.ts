// Fetches the Python environments of the peers before their suite runs, while another one does.

import { pythonWith, requirements } from './python.ts';

for (const list of ['requirements.txt', 'galaxy-24.2.txt', 'galaxy-26.1.txt']) {
  const found = pythonWith(requirements(list));
  if ('missing' in found) process.stderr.write(`${list}: ${found.missing}\n`);
}
