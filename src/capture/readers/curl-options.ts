/** Options of curl that read a body, and how each of them treats its value (curl's manual page). */
export type DataOption = 'data' | 'data-raw' | 'data-binary' | 'data-urlencode' | 'json';

export type CurlOption =
  | { readonly kind: 'data'; readonly how: DataOption }
  | { readonly kind: 'header' | 'method' | 'upload' | 'url' | 'value' }
  /** The bytes that are sent are not in the command. */
  | { readonly kind: 'elsewhere'; readonly what: string }
  | { readonly kind: 'get' | 'head' | 'next' | 'flag' };

const FLAG: CurlOption = { kind: 'flag' };
const VALUE: CurlOption = { kind: 'value' };

const LONG: Readonly<Record<string, CurlOption>> = {
  data: { kind: 'data', how: 'data' },
  'data-ascii': { kind: 'data', how: 'data' },
  'data-raw': { kind: 'data', how: 'data-raw' },
  'data-binary': { kind: 'data', how: 'data-binary' },
  'data-urlencode': { kind: 'data', how: 'data-urlencode' },
  json: { kind: 'data', how: 'json' },
  header: { kind: 'header' },
  request: { kind: 'method' },
  url: { kind: 'url' },
  get: { kind: 'get' },
  head: { kind: 'head' },
  next: { kind: 'next' },
  form: { kind: 'elsewhere', what: 'a multipart form' },
  'form-string': { kind: 'elsewhere', what: 'a multipart form' },
  'upload-file': { kind: 'upload' },
  config: { kind: 'elsewhere', what: 'options from a file' },
};

const LONG_WITH_VALUE = new Set(
  (
    'abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers ' +
    'connect-timeout connect-to continue-at cookie cookie-jar create-file-mode crlfile curves ' +
    'delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech ' +
    'egd-file engine etag-compare etag-save expect100-timeout ftp-account ' +
    'ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms ' +
    'haproxy-clientip hostpubmd5 hostpubsha256 hsts interface ip-tos ipfs-gateway ' +
    'keepalive-cnt keepalive-time key key-type krb libcurl limit-rate local-port ' +
    'login-options mail-auth mail-from mail-rcpt max-filesize max-redirs max-time netrc-file ' +
    'noproxy oauth2-bearer output output-dir parallel-max pass pinnedpubkey preproxy proto ' +
    'proto-default proto-redir proxy proxy-cacert proxy-capath proxy-cert proxy-cert-type ' +
    'proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass ' +
    'proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype ' +
    'proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file range rate ' +
    'referer request-target resolve retry retry-delay retry-max-time sasl-authzid ' +
    'service-name socks4 socks4a socks5 socks5-gssapi-service socks5-hostname speed-limit ' +
    'speed-time stderr telnet-option tftp-blksize time-cond tls-max tls13-ciphers tlsauthtype ' +
    'tlspassword tlsuser trace trace-ascii trace-config unix-socket url-query user user-agent ' +
    'variable vlan-priority write-out'
  ).split(' '),
);

const SHORT: Readonly<Record<string, string>> = {
  d: 'data',
  H: 'header',
  X: 'request',
  G: 'get',
  I: 'head',
  ':': 'next',
  F: 'form',
  T: 'upload-file',
  K: 'config',
};
const SHORT_WITH_VALUE = 'AbcCDeEmoPQrtuUwxyYz';

export function longOption(name: string): CurlOption {
  const known = Object.hasOwn(LONG, name) ? LONG[name] : undefined;
  return known ?? (LONG_WITH_VALUE.has(name) ? VALUE : FLAG);
}

export function shortOption(letter: string): CurlOption {
  const long = Object.hasOwn(SHORT, letter) ? SHORT[letter] : undefined;
  if (long !== undefined) return longOption(long);
  return SHORT_WITH_VALUE.includes(letter) ? VALUE : FLAG;
}

/** True for options that are followed by a value. */
export function takesValue({ kind }: CurlOption): boolean {
  return kind !== 'get' && kind !== 'head' && kind !== 'next' && kind !== 'flag';
}
