import type { Failure } from '../shared/exchange.ts';
import { plain, text } from '../shared/text.ts';
import type { ResolvedApi } from './parts.ts';

/** Why a connection could not be opened, where Node has no error of its own for it. */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';
  readonly code: 'connect_timeout' | 'proxy_refused' | 'proxy_unsupported';
  constructor(code: ConnectError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** Says what an error on the way to an upstream means, and what to do next. */
export function upstreamFailure(error: Error, api: ResolvedApi, answered: boolean): Failure {
  const failure = explained(error, api, answered);
  const isOfCatalogue = failure.code === 'upstream_timeout' || certificateReasons[errorCode(error)] === undefined;
  return api.undeclared !== undefined && isOfCatalogue ? { ...failure, hint: undeclaredHint(api) } : failure;
}

function undeclaredHint({ upstream }: ResolvedApi): string {
  return plain(text('Check the network and the name {0}; Tollgate passes such calls on as they are.', upstream.host));
}

function explained(error: Error, api: ResolvedApi, answered: boolean): Failure {
  const code = errorCode(error);
  const { origin, host } = api.upstream;
  const address = api.upstream.href;
  if (error instanceof ConnectError) return connectFailure(error, api);
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'answer_late')
    return {
      code: 'upstream_timeout',
      message: plain(text('{0} did not begin to answer within {1} s.', host, api.timeouts.firstByte)),
      hint: plain(
        text('Raise "timeouts.firstByte" of "{0}" in tollgate.jsonc if such calls may take longer.', api.name),
      ),
    };
  if (code === 'UND_ERR_BODY_TIMEOUT' || code === 'answer_silent')
    return {
      code: 'upstream_timeout',
      message: plain(text('{0} fell silent for {1} s in the middle of its answer.', host, api.timeouts.idle)),
      hint: plain(text('Raise "timeouts.idle" of "{0}" in tollgate.jsonc if its answers may pause longer.', api.name)),
    };
  if (code === 'request_invalid')
    return {
      code: 'bad_request',
      message: plain(text('The request to {0} cannot be sent: {1}', host, error.message)),
      hint: plain(
        text(
          'Check the credential and "headers" of "{0}" for line breaks and characters that are not Latin.',
          api.name,
        ),
      ),
    };
  if (
    code === 'answer_invalid' ||
    code === 'invalid_framing' ||
    code === 'HTTPParserError' ||
    code === 'UND_ERR_HEADERS_OVERFLOW' ||
    code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'
  )
    return {
      code: 'upstream_protocol_error',
      message: plain(text('The answer of {0} is not valid HTTP: {1}', host, error.message)),
      hint: plain(text('Check that {0} is an HTTP/1.1 server.', origin)),
    };
  const certificate = certificateProblem(code, api);
  if (certificate !== null) return certificate;
  const unreachable = unreachableReason(code, api);
  if (unreachable !== null && !answered)
    return {
      code: 'upstream_unreachable',
      message: plain(text('{0} cannot be reached: {1} ({2})', address, unreachable.reason, code)),
      hint: unreachable.hint,
    };
  return {
    code: 'upstream_reset',
    message: answered
      ? plain(text('{0} closed the connection before its answer was complete ({1}).', host, code))
      : plain(text('{0} closed the connection without an answer ({1}).', host, code)),
    hint: plain(text('Try again; if it happens each time, look into the log of {0}.', host)),
  };
}

/** The code of an error; where several addresses were tried, of the first. */
export function errorCode(error: Error): string {
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return errorCode(error.errors[0]);
  return error.name;
}

function connectFailure(error: ConnectError, api: ResolvedApi): Failure {
  if (error.code === 'connect_timeout')
    return {
      code: 'upstream_timeout',
      message: plain(text('{0} could not be reached within {1} s.', api.upstream.host, api.timeouts.connect)),
      hint: plain(
        text('Check the network and proxy settings, or raise "timeouts.connect" of "{0}" in tollgate.jsonc.', api.name),
      ),
    };
  return {
    code: 'upstream_unreachable',
    message: plain(text('{0} cannot be reached: {1}', api.upstream.href, error.message)),
    hint: plain(text('Check the proxy settings (http.proxy, HTTPS_PROXY).')),
  };
}

function unreachableReason(code: string, api: ResolvedApi): { readonly reason: string; readonly hint: string } | null {
  const { host, hostname } = api.upstream;
  switch (code) {
    case 'ECONNREFUSED':
      return {
        reason: plain(text('nothing listens there.')),
        hint: plain(text('Start the server at {0}, or correct "upstream" of "{1}" in tollgate.jsonc.', host, api.name)),
      };
    case 'ENOTFOUND':
      return {
        reason: plain(text('the name {0} does not exist.', hostname)),
        hint: plain(text('Check "upstream" of "{0}" in tollgate.jsonc for a typing error, and the network.', api.name)),
      };
    case 'EAI_AGAIN':
      return {
        reason: plain(text('the name {0} could not be looked up now.', hostname)),
        hint: plain(text('Check that this machine has a network connection and a DNS server that answers.')),
      };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
    case 'ETIMEDOUT':
      return {
        reason: plain(text('there is no way to it.')),
        hint: plain(text('Check the network, the VPN and the proxy settings.')),
      };
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
    case 'EPROTO':
      return {
        reason: plain(text('it does not speak TLS there.')),
        hint: plain(text('If {0} is plain HTTP, write "http://" in "upstream" of "{1}".', host, api.name)),
      };
    default:
      return null;
  }
}

function certificateProblem(code: string, api: ResolvedApi): Failure | null {
  const reason = certificateReasons[code];
  if (reason === undefined) return null;
  return {
    code: 'upstream_unreachable',
    message: plain(
      text('The certificate of {0} is not accepted: {1} ({2})', api.upstream.host, plain(reason.why), code),
    ),
    hint: plain(reason.hint),
  };
}

const trustIt = text(
  'Add the authority’s certificate to the system’s store, or name its file in NODE_EXTRA_CA_CERTS and restart.',
);
const unknownIssuer = { why: text('its issuer is not known here.'), hint: trustIt };
const selfSigned = { why: text('it is signed by itself or by a private authority.'), hint: trustIt };
const certificateReasons: Readonly<
  Record<string, { readonly why: ReturnType<typeof text>; readonly hint: ReturnType<typeof text> }>
> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: selfSigned,
  SELF_SIGNED_CERT_IN_CHAIN: selfSigned,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownIssuer,
  CERT_HAS_EXPIRED: {
    why: text('it has expired.'),
    hint: text('The server’s operator has to renew it. Check this machine’s clock, too.'),
  },
  CERT_NOT_YET_VALID: { why: text('it is not valid yet.'), hint: text('Check this machine’s clock.') },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    why: text('it is for another name.'),
    hint: text('Check the host in "upstream" in tollgate.jsonc.'),
  },
};
