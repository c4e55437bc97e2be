// The keys of the `galaxy:` section against the releases: one finding at most for each.

import { type Details, problem, type Report } from '../diagnostics/diagnostic.ts';
import { compareReleases, isOlder, isWithin } from '../model/release.ts';
import { type Entry, entry, type MapNode, type ScalarNode } from '../syntax/tree.ts';
import { certain, suggest } from '../text/suggest.ts';
import { keyNotText, noEffect, refused, removed, renamed } from './galaxy-options-lives.ts';
import {
  newestRelease,
  type OptionInfo,
  oldestRelease,
  optionInfo,
  optionNames,
} from './galaxy-options-table.ts';
import { quoted } from './locate.ts';

// A hostile file may hold any number of unknown keys, and a search for the nearest name takes a while.
const mostSuggestions = 100;
const longestName = 64;

/** Judges keys one by one. */
export class OptionNames {
  readonly #node: MapNode;
  readonly #release: string | undefined;
  readonly #allowUnknown: boolean;
  readonly #report: Report;
  #suggestions = 0;

  constructor(node: MapNode, release: string | undefined, allowUnknown: boolean, report: Report) {
    this.#node = node;
    this.#release = release;
    this.#allowUnknown = allowUnknown;
    this.#report = report;
  }

  /** Reports what is wrong with a key; gives the option when its value is worth a check. */
  check(option: Entry): OptionInfo | undefined {
    const { key } = option;
    if (key.type !== 'str') {
      this.#report(keyNotText(key));
      return undefined;
    }
    const name = String(key.value);
    const info = optionInfo(name);
    if (!info) {
      this.#reportUnknown(key, name);
      return undefined;
    }
    if (info.reserved !== undefined) {
      const why = `Galaxy passes ${quoted(name)} to its own start, and the option collides with it: ${info.reserved}`;
      const help = name === 'attach_to_pools' ? 'remove it; pools are given to each process' : 'remove it';
      this.#report(problem('GX259', `${quoted(name)} must not stand in "galaxy"`, key.span, { why, help }));
      return undefined;
    }
    if (info.refused) {
      this.#report(refused(option, name, this.#release, this.#node));
      return undefined;
    }
    return this.#isCurrent(info, option) ? info : undefined;
  }

  #isCurrent(info: OptionInfo, option: Entry): boolean {
    const { key } = option;
    const { name, since, until, replacedBy } = info;
    const release = this.#release;
    if (info.alias && replacedBy !== undefined && !this.#listed(info)) {
      const from = optionInfo(replacedBy)?.since;
      if (from === undefined || !isOlder(release, from)) {
        this.#report(renamed(info, replacedBy, key, this.#node, release));
        return true;
      }
    }
    if (info.undocumented || (since === undefined && until === undefined)) return true;
    if (since !== undefined && isOlder(release, since)) {
      const message = `${quoted(name)} came with Galaxy ${since}, and this is ${release}`;
      const old = this.#formerName(name);
      this.#report(
        problem('GX253', message, key.span, {
          ...(old === undefined ? {} : { help: `use ${quoted(old)} until then` }),
        }),
      );
      return false;
    }
    if (until !== undefined && !isWithin(release, undefined, until)) {
      this.#report(removed(info, until, option, release, this.#node));
      return false;
    }
    return true;
  }

  #listed({ since, until }: OptionInfo): boolean {
    return since !== undefined && isWithin(this.#release, since, until);
  }

  #reportUnknown(key: ScalarNode, name: string): void {
    const release = this.#release;
    const beyond = release !== undefined && compareReleases(release, newestRelease) > 0;
    const near = this.#nearest(name);
    const taken = near !== undefined && entry(this.#node, near) !== undefined;
    const details: Details = {
      ...(this.#allowUnknown || beyond ? { severity: 'info' } : {}),
      why: noEffect,
      values: beyond
        ? [`gxgen knows the options up to Galaxy ${newestRelease}, and this is ${release}`]
        : [
            `no Galaxy release from ${oldestRelease} to ${newestRelease} has it`,
            ...(taken ? [`${quoted(near)} is set as well`] : []),
          ],
      ...(near === undefined || taken
        ? { help: 'remove it; if code of your own reads it, pass --allow-unknown' }
        : {
            fix: {
              title: `rename it to ${quoted(near)}`,
              safe: !this.#allowUnknown && !beyond && certain(name, this.#candidates(name)) === near,
              edits: [{ span: key.span, text: near }],
            },
          }),
    };
    const hint = near === undefined ? '' : `; did you mean ${quoted(near)}?`;
    this.#report(problem('GX250', `unknown option ${quoted(name)} in "galaxy"${hint}`, key.span, details));
  }

  /** The nearest option of the release. */
  #nearest(name: string): string | undefined {
    if (name.length > longestName || this.#suggestions >= mostSuggestions) return undefined;
    this.#suggestions++;
    return suggest(name, this.#candidates(name));
  }

  /** Only names of about that length: most lines of the table are then never cut into fields. */
  *#candidates(name: string): Iterable<string> {
    const most = Math.max(1, Math.floor(name.length / 3));
    for (const one of optionNames()) {
      if (Math.abs(one.length - name.length) > most) continue;
      const info = optionInfo(one);
      if (!info || info.reserved !== undefined || info.refused) continue;
      if (info.undocumented ? !info.alias : this.#listed(info)) yield one;
    }
  }

  #formerName(name: string): string | undefined {
    for (const one of optionNames()) {
      const info = optionInfo(one);
      if (info?.alias && info.replacedBy === name && this.#listed(info)) return one;
    }
    return undefined;
  }
}
