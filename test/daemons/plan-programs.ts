// A supervisord of a sandbox to which plans are applied, with their own commands.

import { join } from 'node:path';
import * as assert from 'uvu/assert';
import type { RestartPlan } from '../../src/deploy/plan.ts';
import { pause, until } from './command.ts';
import { type PlanSide, type State, stage } from './plan-sides.ts';
import { account, type Sandbox } from './sandbox.ts';
import { folder } from './scratch.ts';
import { mainConfiguration, startSupervisor } from './supervisor.ts';

export interface ProgramServer {
  apply(plan: RestartPlan, after: PlanSide, name: string): Promise<void>;
  /** Of every process of that configuration, once all of them run. */
  states(side: PlanSide | undefined): Promise<Map<string, State>>;
}

export async function programServer(box: Sandbox, layout: string, base: string): Promise<ProgramServer> {
  const place = folder('programs', layout);
  const own = layout === 'self-contained';
  const conf = own ? join(place, 'supervisord.conf') : mainConfiguration(join(place, '*.conf'));
  if (!own) await startSupervisor(box, conf);
  // A supervisord of Galaxy's own becomes the account, and writes its logs and its socket as it.
  await box.output(['chown', '-R', account.name, base, place]);
  let count = 0;
  return {
    async apply(plan, after, name) {
      const staged = stage(after.files, 'programs', layout, String(count++));
      const commands = plan.commands.map(({ kind, argv }) => {
        if (kind === 'switch') return `cp -a ${quoted(`${staged}/.`)} . && chown -R ${account.name} .`;
        const words = argv[0] === 'supervisorctl' && !own ? [argv[0], '-c', conf, ...argv.slice(1)] : argv;
        return words.map(quoted).join(' ');
      });
      const script = [`cd ${quoted(place)}`, ...commands].join('\n');
      const { status, stdout, stderr } = await box.run(['sh', '-ec', script], { seconds: 100 });
      assert.is(status, 0, `${name}: ${stdout}${stderr}\n${commands.join('\n')}`);
      // A signal is on its way when supervisorctl returns.
      if (plan.steps.some((one) => one.action === 'reload')) await pause(200);
    },
    async states(side) {
      if (!side) return new Map();
      let last = '';
      return until(
        'all processes RUNNING',
        async () => {
          const { stdout } = await box.run(['supervisorctl', '-c', conf, 'status']);
          last = stdout;
          const found = new Map<string, State>();
          for (const line of stdout.split('\n')) {
            const [, id = '', pid] = /^(\S+)\s+RUNNING\s+pid (\d+)/.exec(line) ?? [];
            if (pid === undefined) continue;
            const hangups = box.see(Number(pid))?.signals.filter((one) => one === 'HUP').length ?? 0;
            found.set(id, { active: true, pid: Number(pid), invocation: pid, since: 0, hangups });
          }
          return [...side.running.keys()].every((id) => found.has(id)) ? found : undefined;
        },
        60,
      ).catch((error: unknown) => {
        throw new Error(`${error}; wanted ${[...side.running.keys()].join(' ')}\n${last}`);
      });
    },
  };
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
