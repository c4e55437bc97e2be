// Gravity from the Python registry, pinned, for the same configurations that gxgen gets.

import { spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Python, pythonWith } from '../peers/python.ts';
import { canSandbox } from './needs.ts';
import type { Sandbox } from './sandbox.ts';
import { folder } from './scratch.ts';

/** setuptools: supervisor 4.2.5 imports pkg_resources, which newer ones lack. */
const gravityPackages = ['gravity==1.2.3', 'supervisor==4.2.5', 'setuptools<81'];
const supervisorPackages = ['supervisor==4.3.0', 'setuptools<81'];

/** The interpreter of an environment with Gravity and a supervisor. Nothing is fetched where it could not be used. */
export const gravityPython = (): Python => installed(gravityPackages);

/** The same with the newest supervisor, whose parsing differs from that of 4.2. */
export const newSupervisor = (): Python => installed(supervisorPackages);

function installed(packages: readonly string[]): Python {
  return canSandbox() ? pythonWith(packages) : { missing: 'it is only run in a sandbox' };
}

export interface Gravity {
  /** Answers the error with which it ended, if any. */
  ask(request: Readonly<Record<string, string>>): Promise<string | undefined>;
  close(): void;
}

/** Runs it in a sandbox: what Gravity does with a hostile path stays there. */
export function startGravity(box: Sandbox, python: string): Gravity {
  const tools = folder('gravity-tools');
  const systemctl = join(tools, 'systemctl');
  writeFileSync(systemctl, '#!/bin/sh\n[ "$1" != show-environment ] || echo PATH=/usr/bin:/bin\n');
  chmodSync(systemctl, 0o755);
  const [program = '', ...args] = box.inside([
    ...['env', '-C', tools, `PATH=${tools}:${dirname(python)}:/usr/bin:/bin`, 'PYTHONDONTWRITEBYTECODE=1'],
    ...[python, join(import.meta.dirname, 'gravity_driver.py')],
  ]);
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const waiting: { resolve: (error: string | undefined) => void; reject: (error: Error) => void }[] = [];
  let ended: Error | undefined;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { error } = JSON.parse(line) as { error: string | null };
    waiting.shift()?.resolve(error ?? undefined);
  });
  child.stdin.on('error', () => undefined);
  child.on('exit', (code) => {
    ended = new Error(`gravity_driver.py ended with status ${code}`);
    for (const one of waiting.splice(0)) one.reject(ended);
  });
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        waiting.push({ resolve, reject });
        child.stdin.write(`${JSON.stringify(request)}\n`);
      }),
    close: () => child.stdin.end(),
  };
}
