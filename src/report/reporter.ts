// What a format of reports is: a pure function from diagnostics to text.

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Span } from '../text/source.ts';
import type { Paint } from './colour.ts';
import type { Page } from './pages.ts';

export interface RenderContext {
  readonly tool: { readonly name: string; readonly version: string };
  /** Where secret values stand: no format shows what is written there. */
  readonly secrets: readonly Span[];
  /** The palette of the stream the report goes to; machine formats ignore it. */
  readonly paint: Paint;
  /** Whether warnings count as problems, for formats that say what failed. */
  readonly strict?: boolean;
  /** The pages of all codes, sorted, for formats that list their rules. */
  readonly pages: () => readonly Page[];
}

export interface Reporter {
  /** As in `--format NAME`. */
  readonly name: string;
  readonly summary: string;
  /** The report, sorted, with a line end at its end; empty when the format has nothing to say. */
  render(diagnostics: readonly Diagnostic[], context: RenderContext): string;
}
