// The layout `wrapper`: one service that runs Galaxy's own `galaxy` command, which starts the processes itself.

import type { Report } from '../../diagnostics/diagnostic.ts';
import { map } from '../../model/located.ts';
import type { OutputFile } from '../backend.ts';
import type { UnitContext } from './unit.ts';

export function wrapperUnit(_context: UnitContext, _report: Report): OutputFile[] {
  void map;
  return [];
}
