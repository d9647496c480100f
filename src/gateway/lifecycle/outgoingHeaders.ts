import type { VersionNotice } from '../../shared/lifecycle.ts';
import type { RawHeaders, Reply } from '../engine.ts';

/**
 * What answers of a version on its way out carry: `Deprecation` (RFC 9745), `Sunset` (RFC 8594), and `Link` with the
 * relations `deprecation`, `sunset` and `successor-version` (RFC 5829).
 */
export function noticeHeaders(notice: VersionNotice, successor: string | null): RawHeaders {
  const since = Math.floor(Date.parse(notice.since) / 1000);
  const links = [
    ...(notice.link === null ? [] : [link(notice.link, 'deprecation')]),
    ...(notice.link === null || notice.sunset === null ? [] : [link(notice.link, 'sunset')]),
    ...(successor === null ? [] : [link(successor, 'successor-version')]),
  ];
  return [
    ...['Deprecation', `@${since}`],
    ...(notice.sunset === null ? [] : ['Sunset', new Date(notice.sunset).toUTCString()]),
    ...(links.length === 0 ? [] : ['Link', links.join(', ')]),
  ];
}

function link(url: string, relation: string): string {
  return `<${url.replace(/[<>\s]/g, encodeURIComponent)}>; rel="${relation}"`;
}

/** A reply whose answer carries more fields. What the upstream says itself counts for more, but links add up. */
export function withHeaders(reply: Reply, more: RawHeaders): Reply {
  const joined = (headers: RawHeaders): RawHeaders => {
    const there = new Set(headers.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()));
    const wanted: string[] = [];
    for (let index = 0; index + 1 < more.length; index += 2) {
      const name = more[index] ?? '';
      if (name === 'Link' || !there.has(name.toLowerCase())) wanted.push(name, more[index + 1] ?? '');
    }
    return [...headers, ...wanted];
  };
  return {
    inform: (status, headers) => reply.inform(status, headers),
    begin: (status, reason, headers) => reply.begin(status, reason, joined(headers)),
    write: (bytes) => reply.write(bytes),
    onDrain: (listener) => reply.onDrain(listener),
    end: (trailers) => reply.end(trailers),
    destroy: () => reply.destroy(),
    tunnel: (status, reason, headers, upstream, watch) =>
      reply.tunnel(status, reason, joined(headers), upstream, watch),
    onGone: (listener) => reply.onGone(listener),
  };
}
