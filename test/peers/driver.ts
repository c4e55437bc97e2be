// A long-lived Python process that runs the real programs, as an object to ask: Gravity and supervisor's parser (driver.py),
// or Galaxy (galaxy_driver.py).

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Answer {
  readonly ok: boolean;
  readonly error?: string;
  /** What was printed, both streams. */
  readonly output: string;
  readonly [key: string]: unknown;
}

export class Driver {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #last = 0;

  /** @param python the interpreter of the environment that holds the programs */
  constructor(python: string, script = 'driver.py') {
    const child = spawn(python, [new URL(script, import.meta.url).pathname], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8', PYTHONDONTWRITEBYTECODE: '1' },
    });
    this.#child = child;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const answer = JSON.parse(line) as Answer & { id: number };
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
    child.on('exit', (code) => {
      for (const answer of this.#waiting.values())
        answer({ ok: false, error: `the driver ended (${code})`, output: '' });
      this.#waiting.clear();
    });
  }

  ask(request: Readonly<Record<string, unknown>>): Promise<Answer> {
    const id = ++this.#last;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#child.stdin?.write(`${JSON.stringify({ ...request, id })}\n`);
    });
  }

  close(): void {
    this.#child.stdin?.end();
  }
}
