// How a request is handed to Galaxy: over HTTP, or over uWSGI's own protocol.

import type { Located } from '../../model/located.ts';
import { headerRoom, type NginxContext, seconds } from './context.ts';

export interface Forwarding {
  readonly timeout: Located<number>;
  /** Answers are passed on as they come. */
  readonly unbuffered: boolean;
  /** Requests are passed on as they come. */
  readonly streamed: boolean;
  /** Requests of any size. */
  readonly unlimited: boolean;
}

export function forward(context: NginxContext, how: Forwarding): string {
  const { plan, templates, host, scheme, headers } = context;
  const { settings, era, app, name } = plan;
  const common = {
    upstream: app.name,
    host,
    scheme,
    headers,
    ...headerRoom(context),
    readTimeout: seconds(how.timeout),
    sendTimeout: seconds(how.timeout),
    unbuffered: how.unbuffered,
    streamed: how.streamed,
    maxBody: how.unlimited ? '0' : settings.uploads.maxBody.value,
  };
  return app.protocol === 'uwsgi'
    ? templates('nginx/forward-uwsgi', common)
    : templates('nginx/forward-http', {
        ...common,
        modern: era !== 'paste',
        connection: era === 'gunicorn' ? `$${name}_connection` : '',
      });
}
