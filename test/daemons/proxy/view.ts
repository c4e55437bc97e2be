// An answer as a list of facts that two web servers can be compared by.

import type { Answer } from './http.ts';
import type { Places } from './scenario.ts';

export type View = Readonly<Record<string, string>>;

/** Told by every server in its own way, and never the same twice. */
const unsteady = new Set([
  ...['date', 'server', 'connection', 'etag', 'last-modified', 'expires', 'keep-alive', 'sec-websocket-key'],
]);

/** The pages that nginx and Apache make themselves, for a status that nobody gave a body. */
const ownPage = /^(<html>\r\n<head><title>\d{3} |<!DOCTYPE HTML PUBLIC [^>]*>\n<html><head>\n<title>\d{3} )/;

/** Facts of an answer: status, headers, and what the probe behind it was sent. */
export function viewOf(answer: Answer, places: Places): View {
  const view: Record<string, string> = { status: String(answer.status) };
  const own = (text: string) =>
    text
      .replaceAll(places.base, 'BASE')
      .replaceAll(encodeURIComponent(places.base), 'BASE')
      .replace(/\b[0-9a-f]{32}\b/g, 'ID');
  for (const [name, value] of answer.headers) {
    if (unsteady.has(name)) continue;
    const before = view[`answer ${name}`];
    view[`answer ${name}`] = before === undefined ? own(value) : `${before} | ${own(value)}`;
  }
  const report = probed(answer);
  if (report === undefined) {
    if (ownPage.test(answer.body.toString('latin1'))) {
      for (const name of ['content-length', 'content-type']) delete view[`answer ${name}`];
      return { ...view, body: 'a page of the web server' };
    }
    view.body =
      answer.body.length > 200 ? `${answer.body.length} bytes` : own(answer.body.toString('latin1'));
    return view;
  }
  // What the probe says is as long as what it was sent.
  delete view['answer content-length'];
  for (const [name, value] of Object.entries(report)) {
    if (['headers', 'created_with', 'pid', 'member', 'first', 'last', 'options'].includes(name)) continue;
    const plain = name === 'body' && value ? { ...(value as object), first: null, last: null } : value;
    view[`told ${name}`] = own(typeof plain === 'string' ? plain : JSON.stringify(plain));
  }
  for (const [name, value] of (report.headers ?? report.created_with ?? []) as [string, string][]) {
    const key = `told header ${name.toLowerCase()}`;
    if (unsteady.has(name.toLowerCase()) && name.toLowerCase() !== 'connection') continue;
    view[key] = view[key] === undefined ? own(value) : `${view[key]} | ${own(value)}`;
  }
  return view;
}

function probed({ body }: Answer): Record<string, unknown> | undefined {
  try {
    let value = JSON.parse(body.toString('utf8')) as unknown;
    // A conversation by websocket begins with the report.
    if (Array.isArray(value) && typeof value[0] === 'string') value = JSON.parse(value[0]);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The facts in which two views differ. */
export function compareViews(nginx: View, apache: View): { fact: string; nginx?: string; apache?: string }[] {
  const facts = [...new Set([...Object.keys(nginx), ...Object.keys(apache)])].sort();
  return facts
    .filter((fact) => nginx[fact] !== apache[fact])
    .map((fact) => ({
      fact,
      ...(nginx[fact] === undefined ? {} : { nginx: nginx[fact] }),
      ...(apache[fact] === undefined ? {} : { apache: apache[fact] }),
    }));
}
