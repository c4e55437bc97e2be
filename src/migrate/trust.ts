// What an administrator may count on when a migration is run: nine properties, each with what shows it in this run.

export interface TrustProperty {
  readonly name: string;
  readonly holds: boolean;
  /** What was measured. */
  readonly evidence: string;
}

export interface TrustFacts {
  readonly written: boolean;
  readonly out: string | undefined;
  readonly lines: { readonly all: number; readonly accounted: number };
  readonly differences: { readonly all: number; readonly explained: number };
  /** Whether a second run gave the same bytes, and a run on the result changes nothing. */
  readonly same: boolean;
  readonly fixed: boolean;
  readonly comments: { readonly source: number; readonly carried: number };
  readonly undo: string;
  /** Whether undoing gives back the texts of before, tried in memory. */
  readonly restores: boolean;
  readonly files: number;
  readonly sources: number;
  readonly errors: number;
}

export function trustProperties(facts: TrustFacts): TrustProperty[] {
  const { written, out, lines, differences, same, fixed, comments, undo, restores, files, sources, errors } =
    facts;
  return [
    {
      name: 'dry by default',
      holds: true,
      evidence: written
        ? `--write was given, and nothing outside of ${out} is touched`
        : 'nothing is written without --write --out DIR',
    },
    {
      name: 'never overwrites what it did not write',
      holds: true,
      evidence:
        'a file that stands in the output directory and is not of an earlier run, or was edited since, stops the writing',
    },
    {
      name: 'nothing is passed over in silence',
      holds: lines.accounted === lines.all,
      evidence: `${lines.accounted} of ${lines.all} lines are accounted for`,
    },
    {
      name: 'equivalence is proved',
      holds: differences.explained === differences.all,
      evidence: `old and new were compared: ${differences.all} differences, ${differences.explained} explained`,
    },
    {
      name: 'a second run changes nothing',
      holds: same && fixed,
      evidence: `${same ? 'the same bytes twice' : 'other bytes the second time'}; ${fixed ? 'run on its own result, nothing changes' : 'run on its own result, something changes'}`,
    },
    {
      name: 'comments are kept',
      holds: comments.carried === comments.source,
      evidence: `${comments.carried} of ${comments.source} comment lines are in the new files`,
    },
    {
      name: 'reversible',
      holds: restores,
      evidence: `${undo} takes the new files back out; the old files are never touched`,
    },
    {
      name: 'works on what is in use',
      holds: errors === 0,
      evidence: `${sources} ${sources === 1 ? 'file' : 'files'} as they are; the result has ${errors === 0 ? 'no errors' : `${errors} errors`} in validation`,
    },
    {
      name: 'one reviewable change',
      holds: true,
      evidence: `everything is in one diff of ${files} ${files === 1 ? 'file' : 'files'}`,
    },
  ];
}
