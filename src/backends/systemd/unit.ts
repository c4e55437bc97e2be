// What the files of one instance have in common.

import type { Instance } from '../../model/deployment.ts';
import type { Templates } from '../../schema/templates.ts';
import type { Carry } from '../carry.ts';

export interface UnitContext {
  readonly instance: Instance;
  /** `Galaxy`, with the name of the instance where names carry it. */
  readonly title: string;
  /** `galaxy` or `galaxy-<instance>`, as unit names have it. */
  readonly base: string;
  /** True for units of the system manager, false for those of a user's. */
  readonly system: boolean;
  /** What brings the network up; empty in a user's manager. */
  readonly online: string;
  /** What starts Galaxy when the machine starts, or the user logs in. */
  readonly wantedBy: string;
  /** Where the units will stand. */
  readonly directory: string;
  /** The first line of every file. */
  readonly comment: string;
  readonly templates: Templates;
  readonly carry: Carry;
}

/** What every unit of the system manager starts after; a user's manager has neither. */
export const systemReady = 'network-online.target time-sync.target';
