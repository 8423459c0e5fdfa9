"""Writes fixtures/diagnosis/cases.json: mistakes made with Python's hmac, hashlib and json alone."""

import base64
import gzip
import hashlib
import hmac
import html
import json
import pathlib
import unicodedata
import urllib.parse
import zlib

SECRET = 'kHw3Zq9TnB1x'
RICH = (
    '{"id":"PMT-7f3a","type":"PAYMENT","status":"SUCCESS","amount":"25.50","rate":1.0,'
    '"fee":0.0000001,"total":12000000000.0,"note":"Caf\u00e9 Z\u00fcrich <b>&\'1+1\'</b>",'
    '"url":"https://shop.example/return?order=7","memo":null,"items":[{"sku":"A","count":2}],'
    '"createdAt":"2024-05-01T10:00:00.000+02:00"}'
)
PLAIN = '{"type":"CHECKOUT","id":"CHK-19","status":"NEW","amount":"10","paid":false}'
LINES = '{"type":"PAYMENT","id":"PMT-23","note":"one\u2028two","amount":"10"}'
PRICE = '{"type":"PAYMENT","id":"PMT-20","note":"10 \u20ac \u201cnet\u201d","amount":"10"}'
NAMED = '{"type":"PAYMENT","id":"PMT-21","note":"Caf\u00e9","amount":"10"}'
LONG = '{"type":"INVOICE","id":"INV-22","lines":[%s]}' % ','.join(
    '{"line":%d,"text":"An item of the invoice"}' % line for line in range(60)
)

cases = []


def raw(text):
    return text.encode() if isinstance(text, str) else text


def sign(body, secret=SECRET, name='sha1'):
    return hmac.new(raw(secret), raw(body), name).hexdigest()


def hexdigest(name, *parts):
    return hashlib.new(name, b''.join(map(raw, parts))).hexdigest()


def shown(body):
    try:
        return {'body': raw(body).decode()}
    except UnicodeDecodeError:
        return {'bodyBase64': base64.b64encode(body).decode()}


def add(id, note, body, digest, cause, secret=SECRET, **more):
    given = {'id': id, 'note': note, **shown(body), 'secret': secret, 'digest': digest}
    cases.append({**given, 'cause': cause, **more})


def hashed(cause, note, body, altered, name=None, **more):
    """The digest was computed over something else than the captured body."""
    add(name or cause, note, body, sign(altered), cause, **more)


def captured(cause, note, altered, body, name=None, **more):
    """The capture was altered; its digest is the original's."""
    add(name or cause, note, altered, sign(body), cause, **more)


def keyed(cause, note, given, used, name=None, **more):
    add(name or cause, note, PLAIN, sign(PLAIN, used), cause, secret=given, **more)


def written(cause, note, digest, name=None, body=PLAIN, **more):
    add(name or cause, note, body, digest, cause, **more)


def unexplained(suspicion, note, body, digest, name=None, **more):
    add(name or f'suspicion/{suspicion}', note, body, digest, None, suspicion=suspicion, **more)


def swap(text, *pairs):
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def escaped(text, *pairs):
    return swap(text, ('\u00e9', '\\u00e9'), ('\u00fc', '\\u00fc'), *pairs)


def sorted_keys(text):
    return json.dumps(json.loads(text), sort_keys=True, separators=(',', ':'), ensure_ascii=False)


def latin1_twice(text):
    return text.encode().decode('latin-1')


# JSON written anew. Python's outputs are json.dumps' own; the others' are what each language documents.
PARSED = json.loads(RICH)
JAVASCRIPT = [('1.0,', '1,'), ('0.0000001', '1e-7'), ('12000000000.0', '12000000000')]
hashed('body/reserialised-javascript', 'JSON.stringify(JSON.parse(body))', RICH,
       swap(RICH, *JAVASCRIPT))
hashed('body/reserialised-python', 'json.dumps(json.loads(body))', RICH, json.dumps(PARSED))
hashed('body/reserialised-python', 'json.dumps of plain ASCII', PLAIN,
       json.dumps(json.loads(PLAIN)), name='body/reserialised-python/ascii')
hashed('body/reserialised-python-compact', "separators=(',', ':')", RICH,
       json.dumps(PARSED, separators=(',', ':')))
hashed('body/reserialised-python-unicode', 'ensure_ascii=False', RICH,
       json.dumps(PARSED, ensure_ascii=False))
hashed('body/reserialised-php', 'json_encode(json_decode($body))', RICH,
       escaped(RICH, ('/', '\\/'), ('1.0,', '1,'), ('0.0000001', '1.0e-7'),
               ('12000000000.0', '12000000000')))
hashed('body/reserialised-php', 'JSON_UNESCAPED_UNICODE alone', RICH,
       swap(RICH, ('/', '\\/'), ('1.0,', '1,'), ('0.0000001', '1.0e-7'),
            ('12000000000.0', '12000000000')), name='body/reserialised-php/unicode')
hashed('body/reserialised-go', 'json.Marshal of a map[string]any', RICH,
       swap(sorted_keys(RICH), ('<', '\\u003c'), ('>', '\\u003e'), ('&', '\\u0026'),
            ('1.0,', '1,'), ('12000000000.0', '12000000000'), ('1e-07', '1e-7')))
hashed('body/html-escaped', 'json.Marshal of a json.RawMessage', RICH,
       swap(RICH, ('<', '\\u003c'), ('>', '\\u003e'), ('&', '\\u0026')))
hashed('body/reserialised-ruby', 'JSON.generate(JSON.parse(body))', RICH,
       swap(RICH, ('0.0000001', '1.0e-07')))
hashed('body/reserialised-java', "Jackson's ObjectMapper, doubles by Double.toString", RICH,
       swap(RICH, ('0.0000001', '1.0E-7'), ('12000000000.0', '1.2E10')))
hashed('body/reserialised-gson', 'Gson with its HTML escaping', RICH,
       swap(RICH, ('<', '\\u003c'), ('>', '\\u003e'), ('&', '\\u0026'), ('=', '\\u003d'),
            ("'", '\\u0027')))
hashed('body/reserialised-dotnet', "System.Text.Json's default encoder", RICH,
       swap(RICH, ('<', '\\u003C'), ('>', '\\u003E'), ('&', '\\u0026'), ('+', '\\u002B'),
            ("'", '\\u0027'), ('\u00e9', '\\u00E9'), ('\u00fc', '\\u00FC')))
hashed('body/reserialised-dotnet', 'Json.NET in its default settings but for dates', RICH,
       swap(RICH, ('0.0000001', '1E-07')), name='body/reserialised-dotnet/json-net')
hashed('body/dates-shortened+body/reserialised-dotnet', 'Json.NET in its default settings, in UTC', RICH,
       swap(RICH, ('0.0000001', '1E-07'), ('10:00:00.000+02:00', '08:00:00+00:00')))
hashed('body/reserialised-rust', 'serde_json with its members in order', RICH,
       swap(RICH, ('0.0000001', '1e-7')))
hashed('body/reserialised-c', 'Jansson with its compact format', RICH,
       swap(RICH, ('0.0000001', '9.9999999999999995e-8')))
hashed('body/database-function', 'JSON_LOOSE of MariaDB', RICH,
       json.dumps(PARSED, ensure_ascii=False).replace('1e-07', '0.0000001'))
hashed('body/pretty-printed-2', 'json.dumps(indent=2)', PLAIN,
       json.dumps(json.loads(PLAIN), indent=2))
hashed('body/pretty-printed-4', 'json.dumps(indent=4)', RICH, json.dumps(PARSED, indent=4))
hashed('body/pretty-printed-tab', "json.dumps(indent='\\t')", PLAIN,
       json.dumps(json.loads(PLAIN), indent='\t'))
hashed('body/pretty-printed-jackson', 'writerWithDefaultPrettyPrinter', PLAIN,
       '{\n  "type" : "CHECKOUT",\n  "id" : "CHK-19",\n  "status" : "NEW",\n'
       '  "amount" : "10",\n  "paid" : false\n}')
hashed('body/keys-sorted', 'json.dumps(sort_keys=True), where a Go map would escape U+2028', LINES,
       sorted_keys(LINES))
hashed('body/nulls-dropped', 'an object mapper that omits null', RICH,
       swap(RICH, ('"memo":null,', '')))
hashed('body/unicode-escaped', 'every character beyond ASCII as \\u', RICH, escaped(RICH))
hashed('capture/unicode-escaped', 'numbers and control characters kept, as no language does',
       escaped(RICH, ('1+1', '1\\u001f1')), swap(RICH, ('1+1', '1\\u001f1')))
captured('capture/reserialised-php', 'slashes and unicode escaped', escaped(RICH, ('/', '\\/')),
         RICH, name='capture/reserialised-php/unicode')
hashed('body/numbers-reformatted', '1.0 as 1 and 0.0000001 as 1e-7; \\/ kept',
       swap(RICH, ('/', '\\/')), swap(RICH, ('/', '\\/'), *JAVASCRIPT))
captured('capture/pretty-printed-2', 'json.dumps(indent=2)',
         json.dumps(json.loads(PLAIN), indent=2), PLAIN)
captured('capture/pretty-printed-4', 'json.dumps(indent=4)',
         json.dumps(json.loads(PLAIN), indent=4), PLAIN)
captured('capture/pretty-printed-2', 'indented, and an escape that was not there',
         json.dumps(json.loads(NAMED), indent=2), NAMED, name='capture/pretty-printed-2/escaped')
captured('capture/pretty-printed-tab', "json.dumps(indent='\\t')",
         json.dumps(json.loads(PLAIN), indent='\t'), PLAIN)
captured('capture/reserialised-python', 'json.dumps', json.dumps(json.loads(PLAIN)), PLAIN)
captured('capture/reserialised-python', 'json.dumps with escapes', json.dumps(json.loads(NAMED)),
         NAMED, name='capture/reserialised-python/escaped')
captured('capture/reformatted', 'indented by three', json.dumps(json.loads(PLAIN), indent=3),
         PLAIN)
captured('capture/reserialised-php', 'slashes escaped', swap(RICH, ('/', '\\/')), RICH)
captured('capture/html-escaped', 'angle brackets and & escaped',
         swap(RICH, ('<', '\\u003c'), ('>', '\\u003e'), ('&', '\\u0026')), RICH)

# What stands at the ends, and line ends.
PRETTY = json.dumps(json.loads(PLAIN), indent=2)
hashed('body/trailing-newline', 'echo without -n', PLAIN, PLAIN + '\n')
hashed('body/trailing-newline', 'CRLF', PLAIN, PLAIN + '\r\n', name='body/trailing-newline/crlf')
hashed('body/crlf', 'a body of several lines, read in text mode on Windows', PRETTY,
       PRETTY.replace('\n', '\r\n'))
hashed('body/byte-order-mark', 'utf-8-sig', PLAIN, PLAIN.encode('utf-8-sig'))
captured('capture/trailing-newline', "an editor's final newline", PLAIN + '\n', PLAIN)
captured('capture/trailing-newline', 'CRLF', PLAIN + '\r\n', PLAIN,
         name='capture/trailing-newline/crlf')
captured('capture/white-space-around', 'spaces before and after', f'  {PLAIN} ', PLAIN)
captured('capture/byte-order-mark', 'utf-8-sig', PLAIN.encode('utf-8-sig'), PLAIN)
captured('capture/crlf', 'core.autocrlf', PRETTY.replace('\n', '\r\n'), PRETTY)

# Character sets.
hashed('body/latin-1', 'read as Latin-1', NAMED, latin1_twice(NAMED))
hashed('body/windows-1252', 'read as Windows-1252', PRICE.replace('\u201d', '\u201c'),
       PRICE.replace('\u201d', '\u201c').encode().decode('cp1252'))
hashed('body/encoded-as-latin-1', "body.encode('latin-1')", NAMED, NAMED.encode('latin-1'))
hashed('body/encoded-as-latin-1', "body.encode('ascii', 'replace')", NAMED,
       NAMED.encode('ascii', 'replace'), name='body/encoded-as-latin-1/ascii')
hashed('body/encoded-as-latin-1', "body.encode('cp1252')", PRICE, PRICE.encode('cp1252'),
       name='body/encoded-as-latin-1/windows-1252')
hashed('body/utf-16', 'Encoding.Unicode', NAMED, NAMED.encode('utf-16-le'))
hashed('body/unicode-normalised', 'NFD', NAMED, unicodedata.normalize('NFD', NAMED))
captured('capture/latin-1', 'read as Latin-1', latin1_twice(NAMED), NAMED)
captured('capture/windows-1252', 'read as Windows-1252',
         PRICE.replace('\u201d', '\u201c').encode().decode('cp1252'),
         PRICE.replace('\u201d', '\u201c'))
captured('capture/saved-as-latin-1', 'saved as Latin-1', NAMED.encode('latin-1'), NAMED)
captured('capture/saved-as-windows-1252', 'saved as Windows-1252', PRICE.encode('cp1252'), PRICE)
captured('capture/utf-16', 'PowerShell >', NAMED.encode('utf-16'), NAMED)

# A part of the body, or another.
hashed('body/empty', 'a stream that had been read', RICH, '')
hashed('body/parsed-object', 'String(object)', RICH, '[object Object]')
hashed('body/parsed-object', 'str(dict)', PLAIN, str(json.loads(PLAIN)),
       name='body/parsed-object/python')
hashed('body/truncated', 'a buffer of 1,024 bytes', LONG, LONG[:1024])
hashed('body/truncated', 'as long as the text has characters', NAMED,
       NAMED.encode()[:len(NAMED)], name='body/truncated/characters')
for position, name in (('previous', 'next'), ('next', 'previous')):
    add(f'digest/another-entry/{position}', f'the digest is that of the {position} body', PLAIN,
        sign(RICH), 'digest/another-entry', neighbours=[{'position': position, 'body': RICH}])
    add(f'digest/another-entry/from-{position}', f'this digest stands with the {position} body',
        PLAIN, sign(LONG), 'digest/another-entry',
        neighbours=[{'position': position, 'body': RICH, 'digest': sign(PLAIN)}])

# Put into something else.
QUERY = urllib.parse.quote(RICH, safe="-_.!~*'()")
PERCENT = swap(PLAIN, ('CHK-19', 'CHK%2019'))
hashed('body/url-decoded', 'decodeURIComponent(body)', PERCENT, urllib.parse.unquote(PERCENT))
hashed('body/plus-as-space', 'plus signs decoded', RICH, RICH.replace('+', ' '))
hashed('body/base64', 'isBase64Encoded not looked at', RICH, base64.b64encode(raw(RICH)))
hashed('body/double-encoded', 'JSON.stringify of text', PLAIN, json.dumps(PLAIN))
hashed('body/form-encoded', 'payload=…', PLAIN, urllib.parse.urlencode({'payload': PLAIN}))
hashed('body/url-encoded', 'encodeURIComponent(body)', RICH, QUERY)
hashed('body/wrapped', 'the event of an AWS Lambda', PLAIN,
       json.dumps({'body': PLAIN}, separators=(',', ':')))
hashed('body/wrapped', 'an object in an object', PLAIN, f'{{"data":{PLAIN}}}',
       name='body/wrapped/object')
hashed('body/quoted', 'in single quotes', PLAIN, f"'{PLAIN}'")
hashed('body/quoted', 'str(bytes) in Python', PLAIN, str(PLAIN.encode()),
       name='body/quoted/python')
captured('capture/wrapped', 'the event of an AWS Lambda',
         json.dumps({'version': '2.0', 'body': RICH, 'isBase64Encoded': False}), RICH)
captured('capture/wrapped', 'an object in an object', f'{{"source":"gateway","data":{PLAIN}}}',
         PLAIN, name='capture/wrapped/object')
captured('capture/wrapped', 'base64 inside the event',
         json.dumps({'body': base64.b64encode(raw(RICH)).decode(), 'isBase64Encoded': True}),
         RICH, name='capture/wrapped/base64')
captured('capture/base64', 'base64', base64.b64encode(raw(RICH)), RICH)
captured('capture/base64', 'base64 in lines of 76', base64.encodebytes(raw(RICH)), RICH,
         name='capture/base64/lines')
captured('capture/packed', 'gzip', gzip.compress(raw(RICH), mtime=0), RICH)
captured('capture/packed', 'deflate', zlib.compress(raw(RICH)), RICH,
         name='capture/packed/deflate')
captured('capture/packed', 'deflate without its head', zlib.compress(raw(RICH))[2:-4], RICH,
         name='capture/packed/raw', headers=[['Content-Encoding', 'deflate']])
captured('capture/form-encoded', 'payload=…', urllib.parse.urlencode({'payload': RICH}), RICH)
captured('capture/url-encoded', 'percent-encoded', QUERY, RICH)
captured('capture/double-encoded', 'JSON.stringify of text', json.dumps(RICH), RICH)
captured('capture/quoted', 'in single quotes', f"'{PLAIN}'", PLAIN)
captured('capture/http-head', 'saved with its head',
         f'POST /hook HTTP/1.1\r\nHost: shop.example\r\n\r\n{PLAIN}', PLAIN)
captured('capture/chunked', 'chunk sizes left in',
         f'10\r\n{PLAIN[:16]}\r\n{len(PLAIN) - 16:x}\r\n{PLAIN[16:]}\r\n0\r\n\r\n', PLAIN)
captured('capture/twice', 'two listeners on one stream', PLAIN + PLAIN, PLAIN)
captured('capture/plus-as-space', 'a form parser decoded it',
         '{"at":"2024-05-01T10:00:00.000 02:00","note":"a b"}',
         '{"at":"2024-05-01T10:00:00.000+02:00","note":"a b"}')

captured('body/exponents-written-out', 'a number rewritten', swap(RICH, ('0.0000001', '1e-7')),
         RICH)
captured('body/exponents-written-out', 'as Java writes it',
         swap(RICH, ('12000000000.0', '1.2E10'), ('0.0000001', '1.0E-7')), RICH,
         name='body/exponents-written-out/java')

# What frameworks, databases and languages make of it.
NESTED = '{"type":"PAYMENT","z":{"y":1,"x":{"b":2,"a":3}},"id":"PMT-31","amount":149.72034}'
SPACED = '{"id":"PMT-32","name":" Ann ","memo":"","url":"https://a.test/b"}'
hashed('body/keys-sorted', 'at the top alone, as ksort does', NESTED,
       json.dumps(dict(sorted(json.loads(NESTED).items())), separators=(',', ':')),
       name='body/keys-sorted/top')
hashed('body/keys-sorted', 'JSON.stringify(value, Object.keys(value).sort())', NESTED,
       '{"amount":149.72034,"id":"PMT-31","type":"PAYMENT","z":{}}', name='body/keys-sorted/replacer')
hashed('body/keys-sorted+body/pretty-printed-2', 'json.dumps(sort_keys=True, indent=2)', NESTED,
       json.dumps(json.loads(NESTED), sort_keys=True, indent=2), name='body/keys-sorted/indented')
hashed('body/strings-trimmed', 'strings trimmed', SPACED, SPACED.replace(' Ann ', 'Ann'))
hashed('body/strings-trimmed+body/reserialised-php', 'Laravel, strings trimmed', SPACED,
       SPACED.replace(' Ann ', 'Ann').replace('/', '\\/'), name='body/strings-trimmed/laravel')
hashed('body/empty-strings-null', 'empty strings turned into null', SPACED,
       SPACED.replace('""', 'null'))
hashed('body/empty-strings-null+body/reserialised-php', 'Laravel, both of its middlewares', SPACED,
       SPACED.replace(' Ann ', 'Ann').replace('""', 'null').replace('/', '\\/'),
       name='body/empty-strings-null/laravel')
hashed('body/dates-shortened', 'a date that .NET has read', RICH,
       RICH.replace('10:00:00.000+', '10:00:00+'))
hashed('body/database-json', 'jsonb', NESTED,
       '{"z": {"x": {"a": 3, "b": 2}, "y": 1}, "id": "PMT-31", "type": "PAYMENT", "amount": 149.72034}')
hashed('body/reserialised-php', 'serialize_precision 17', NESTED,
       NESTED.replace('149.72034', '%.17g' % 149.72034),
       name='body/reserialised-php/17')
hashed('body/reserialised-java', 'BigDecimal', '{"type":"PAYMENT","fee":0.0000001,"id":"PMT-33"}',
       '{"type":"PAYMENT","fee":1E-7,"id":"PMT-33"}', name='body/reserialised-java/big-decimal')
hashed('body/reserialised-jq', 'jq -c .', '{"type":"PAYMENT","fee":0.0000001,"big":12345678901234567890}',
       '{"type":"PAYMENT","fee":1e-07,"big":12345678901234567000}')
hashed('body/reserialised-perl', 'JSON::PP', '{"type":"PAYMENT","big":123456789012345678,"fee":0.00001234,"rate":1.0}',
       '{"type":"PAYMENT","big":123456789012345678,"fee":1.234e-05,"rate":1}')
captured('capture/exponents-padded', 'a capture that Python wrote',
         '{"type":"PAYMENT","fee":1.5e-09}', '{"type":"PAYMENT","fee":1.5e-9}')
captured('capture/numbers-lengthened', 'a capture that PHP wrote with 17 digits',
         NESTED.replace('149.72034', '%.17g' % 149.72034), NESTED)

# One decoding away.
captured('capture/hex-escaped', 'the log of nginx',
         ''.join(chr(b) if 32 <= b < 127 and b not in (34, 92) else f'\\x{b:02X}' for b in raw(RICH)),
         RICH)
captured('capture/string-inside', 'copied out of a viewer of JSON logs', json.dumps(RICH)[1:-1], RICH)
captured('capture/csv-cell', 'copied out of a CSV file', PLAIN.replace('"', '""'), PLAIN)
captured('capture/csv-cell', 'with its quotes', '"' + RICH.replace('"', '""') + '"', RICH,
         name='capture/csv-cell/quoted')
captured('capture/log-line', 'the log of a framework',
         f'[2026-03-02 09:17:27] production.INFO: {RICH} []', RICH)
captured('capture/log-line', 'with text behind it', f'received {PLAIN} in 12 ms', PLAIN,
         name='capture/log-line/behind')
captured('capture/hex', 'a bytea column', '\\x' + raw(RICH).hex(), RICH)
captured('capture/hex', 'HEX() of MySQL', raw(PLAIN).hex().upper(), PLAIN, name='capture/hex/upper')
captured('capture/html-entities', 'copied out of a page', html.escape(RICH), RICH)
captured('capture/byte-list', 'a Buffer in JSON',
         json.dumps({'type': 'Buffer', 'data': list(raw(RICH))}, separators=(',', ':')), RICH)
captured('capture/byte-list', 'the list alone', json.dumps(list(raw(PLAIN))), PLAIN,
         name='capture/byte-list/alone')

# The way the digest is written.
MAC = sign(PLAIN)
BYTES = bytes.fromhex(MAC)
written('digest/upper-case', 'hexdigest().upper()', MAC.upper())
written('digest/white-space', 'a line end', MAC + '\n')
written('digest/quotes', 'in quotes', f'"{MAC}"')
written('digest/prefix', 'sha1=', f'sha1={MAC}')
written('digest/prefix', '0x', f'0x{MAC}', name='digest/prefix/0x')
written('digest/base64', 'base64', base64.b64encode(BYTES).decode())
written('digest/base64-of-hex', 'base64 of the hexadecimal text',
        base64.b64encode(MAC.encode()).decode())
written('digest/separated', 'BitConverter.ToString', '-'.join(f'{byte:02X}' for byte in BYTES))
written('digest/separated', 'with colons', ':'.join(f'{byte:02x}' for byte in BYTES),
        name='digest/separated/colons')
URL_SAFE, ZEROS = (
    next(body for number in range(10_000) if test(sign(body := f'{{"number":{number}}}')))
    for test in (lambda mac: '-' in base64.urlsafe_b64encode(bytes.fromhex(mac)).decode(),
                 lambda mac: mac.startswith('00') and mac[2] != '0')
)
written('digest/base64url', 'base64url', body=URL_SAFE,
        digest=base64.urlsafe_b64encode(bytes.fromhex(sign(URL_SAFE))).decode().rstrip('='))
written('digest/leading-zeros-lost', 'BigInteger.toString(16)', body=ZEROS,
        digest=sign(ZEROS).lstrip('0'))
PLUS = next(body for number in range(10_000)
            if '+' in base64.b64encode(bytes.fromhex(sign(body := f'{{"n":{number}}}'))).decode())
written('digest/percent-encoded', 'base64 in a query, decoded from one mistake to the next',
        body=PLUS, name='digest/percent-encoded+digest/base64',
        digest=urllib.parse.quote(base64.b64encode(bytes.fromhex(sign(PLUS))).decode(), safe=''))
cases[-1]['cause'] = 'digest/percent-encoded+digest/base64'
written('digest/percent-encoded', 'every character', ''.join(f'%{ord(sign):02x}' for sign in MAC))
written('digest/truncated', 'a column of 32 characters', MAC[:32])
written('digest/truncated', 'the fewest that count', MAC[:16], name='digest/truncated/16')

# The way the digest is computed.
ALG = [['X-Payload-Digest-Alg', 'HMAC_SHA256_HEX']]
written('digest/other-provider', "Sumsub's header of the same name", sign(PLAIN, name='sha256'),
        headers=ALG)
for name in ('md5', 'sha256', 'sha384', 'sha512'):
    written(f'digest/hmac-{name}', f'hmac.new(secret, body, {name!r})', sign(PLAIN, name=name))
for name in ('md5', 'sha1', 'sha256', 'sha512'):
    written(f'digest/{name}-without-key', f'hashlib.{name}(body)', hexdigest(name, PLAIN))
for name in ('md5', 'sha1', 'sha256'):
    written(f'digest/{name}-of-secret-and-body', f'hashlib.{name}(secret + body)',
            hexdigest(name, SECRET, PLAIN))
    written(f'digest/{name}-of-body-and-secret', f'hashlib.{name}(body + secret)',
            hexdigest(name, PLAIN, SECRET))
written('digest/key-and-body-swapped', 'hmac.new(body, secret)', sign(SECRET, PLAIN))
written('digest/api-signature', "as an API request's X-Signature",
        sign(PLAIN + '1714557600000', name='sha256'), headers=[['X-Salt', '1714557600000']])

# The secret.
HEX, BASE64 = '8f14e45fceea167a5a36dedd4bea2543', 'jxTkX87qFnpaNt7dS+olQw=='
keyed('secret/another', 'the second of two', SECRET, 'second', moreSecrets=['second'])
keyed('secret/api-token', "the API token's", SECRET, 'token', alsoSecrets=['token'])
keyed('secret/white-space-given', 'a line end in the file', SECRET + '\n', SECRET)
keyed('secret/white-space-given', 'spaces around', f' {SECRET} ', SECRET,
      name='secret/white-space-given/spaces')
keyed('secret/white-space-used', 'echo without -n', SECRET, SECRET + '\n')
keyed('secret/quotes-given', 'docker --env-file', f'"{SECRET}"', SECRET)
keyed('secret/quotes-used', 'docker --env-file', SECRET, f'"{SECRET}"')
keyed('secret/hex-decoded', 'bytes.fromhex(secret)', HEX, bytes.fromhex(HEX))
keyed('secret/base64-decoded', 'base64.b64decode(secret)', BASE64, base64.b64decode(BASE64))
keyed('secret/hex-encoded', 'secret.encode().hex()', SECRET, SECRET.encode().hex())
keyed('secret/base64-encoded', 'a Kubernetes secret, not decoded', SECRET,
      base64.b64encode(raw(SECRET)))
keyed('secret/empty', 'an unset variable', SECRET, '')
keyed('secret/wrong-case', 'lower case', SECRET, SECRET.lower())
keyed('secret/wrong-case', 'upper case', SECRET, SECRET.upper(), name='secret/wrong-case/upper')
keyed('secret/assignment-given', 'a whole line of a .env file', f'INQUD_SECRET={SECRET}', SECRET)
keyed('secret/assignment-given', 'a prefix', f'whsec_{SECRET}', SECRET,
      name='secret/assignment-given/prefix')
keyed('secret/mangled', 'a shell expanded $4', 'pa$word-9', 'pa-9')
keyed('secret/mangled', 'the rest taken for a comment', 'abc #9', 'abc',
      name='secret/mangled/comment')
keyed('secret/url-encoded', 'encoded where it was used', 'a+b/c=9', 'a%2Bb%2Fc%3D9')
keyed('secret/url-encoded', 'encoded where it was given', 'a%2Bb%2Fc%3D9', 'a+b/c=9',
      name='secret/url-encoded/given')
keyed('secret/placeholder', 'not expanded', SECRET, '${INQUD_HOOK_SECRET}')
keyed('secret/placeholder', 'undefined', SECRET, 'undefined', name='secret/placeholder/undefined')
keyed('secret/placeholder', "a variable of the user's own", SECRET, '{{ MY_HOOK_KEY }}',
      name='secret/placeholder/named', secretNames=['MY_HOOK_KEY'])

keyed('secret/assignment-given+secret/quotes-given', 'a whole line of a .env file',
      f'INQUD_HOOK_SECRET="{SECRET}"', SECRET)
keyed('secret/white-space-given+secret/quotes-given', 'spaces before the quotes',
      f'  "{SECRET}"', SECRET)
keyed('secret/base64-decoded+secret/white-space-given', 'a Kubernetes secret made with echo',
      base64.b64encode(raw(SECRET + '\n')).decode(), SECRET)
keyed('secret/quotes-used+secret/white-space-used', 'docker --env-file and echo', SECRET,
      f'"{SECRET}"\n')

# Two mistakes at once.
def both(cause, note, body, digest, **more):
    add(cause, note, body, digest, cause, **more)


both('body/keys-sorted+body/reserialised-python', 'json.dumps(sort_keys=True)', LINES,
     sign(json.dumps(json.loads(LINES), sort_keys=True)))
both('body/reserialised-python+secret/white-space-used', 'json.dumps and echo', PLAIN,
     sign(json.dumps(json.loads(PLAIN)), SECRET + '\n'))
both('body/reserialised-python+digest/hmac-sha256', 'json.dumps and SHA-256', PLAIN,
     sign(json.dumps(json.loads(PLAIN)), name='sha256'))
both('body/trailing-newline+digest/sha1-without-key', 'echo | sha1sum', PLAIN,
     hexdigest('sha1', PLAIN, '\n'))
both('capture/byte-order-mark+capture/pretty-printed-2', 'saved by an editor',
     PRETTY.encode('utf-8-sig'), sign(PLAIN))
both('capture/wrapped+body/trailing-newline', 'a gateway, then echo',
     json.dumps({'body': RICH}), sign(RICH + '\n'))
both('secret/api-token+digest/base64', "the API token's secret, in base64", PLAIN,
     base64.b64encode(bytes.fromhex(sign(PLAIN, 'token'))).decode(), alsoSecrets=['token'])
both('secret/white-space-used+digest/hmac-sha256', 'echo and SHA-256', PLAIN,
     sign(PLAIN, SECRET + '\n', 'sha256'))
both('digest/prefix+digest/hmac-sha256', 'sha256=', PLAIN,
     f'sha256={sign(PLAIN, name="sha256")}')
both('digest/prefix+digest/base64', 'sha1= and base64', PLAIN,
     f'sha1={base64.b64encode(BYTES).decode()}')
both('digest/truncated+digest/hmac-sha256', 'a column of 40 characters', PLAIN,
     sign(PLAIN, name='sha256')[:40])

# Nothing that can be shown.
OTHER = sign('another body', 'another secret')
unexplained(None, 'a digest from nowhere', PLAIN, OTHER, name='unexplained/random')
unexplained(None, 'a prefix that is too short to count', PLAIN, MAC[:15],
            name='unexplained/short-prefix')
cases[-1]['suspicion'] = 'digest/not-inquds'
unexplained('digest/other-provider', "another provider's secret", PLAIN,
            sign(PLAIN, 'theirs', 'sha256'), headers=ALG)
unexplained('digest/not-inquds', 'a word', PLAIN, 'not-a-digest')
unexplained('secret/placeholder', 'the given secret is none', PLAIN, sign(PLAIN),
            secret='${MY_KEY}')
unexplained('capture/empty', 'nothing was captured', '', sign(RICH))
unexplained('capture/cut', 'a buffer of 1,024 bytes', LONG[:1024], sign(LONG))
unexplained('capture/cut', 'a column of 255 characters', RICH[:255], sign(RICH),
            name='suspicion/capture/cut/255')
unexplained('capture/length-differs', 'a member is gone', PLAIN, sign(RICH),
            headers=[['Content-Length', str(len(raw(RICH)))]])
unexplained('capture/characters-lost', 'decoded as ASCII', NAMED.replace('\u00e9', '\ufffd'),
            sign(NAMED))
unexplained('capture/not-utf8', 'Latin-1, and a member is gone', 'Caf\u00e9 {"a":1}'.encode('latin-1'),
            sign(NAMED))
unexplained('capture/still-packed', 'another body', gzip.compress(raw(PLAIN), mtime=0), sign(RICH))
unexplained('capture/not-json', 'a page', '<html>not found</html>', sign(RICH))
unexplained('capture/reformatted', 'pretty-printed, and 1.0 became 1',
            json.dumps({**json.loads(RICH), 'rate': 1}, indent=2), sign(RICH))
unexplained('capture/reserialised', 'escapes, and 1.0 became 1',
            escaped(RICH, ('/', '\\/'), ('1.0,', '1,')), sign(RICH))
unexplained('capture/keys-sorted', 'the order is lost',
            sorted_keys(RICH.replace('\u00e9', 'e').replace('\u00fc', 'u')),
            sign(RICH.replace('\u00e9', 'e').replace('\u00fc', 'u')))

OUT = pathlib.Path(__file__).parents[2] / 'fixtures' / 'diagnosis' / 'cases.json'
ids = [case['id'] for case in cases]
assert len(set(ids)) == len(ids), [id for id in ids if ids.count(id) > 1]
OUT.write_text(json.dumps({'schemaVersion': 1, 'cases': cases}, indent=2, ensure_ascii=False) + '\n')
