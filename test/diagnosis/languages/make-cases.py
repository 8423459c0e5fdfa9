"""Writes fixtures/diagnosis/languages.json: bodies that real languages and databases wrote again.

Runs whatever of them is installed; what is missing keeps the cases that are there. All come from
Debian's packages but System.Text.Json, which DOTNET_WASM leads to; what only a newer release has,
NEWER_DEBIAN leads to (programs.py says more of both). Run as root. Digests are Python's.
"""

import hashlib
import hmac
import json
import os
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

import databases  # noqa: E402
import programs  # noqa: E402

OUT = HERE / '../../../fixtures/diagnosis/languages.json'
SECRET = 'kHw3Zq9TnB1x'
BODIES = [
    '{"id":"PMT-41","status":"SUCCESS","amount":149.72034,"rate":1.0,"fee":0.0000001,'
    '"total":12000000000.5,"note":"Caf\u00e9 <b>&\'x\'</b> \u20ac","url":"https://shop.example/r?o=7",'
    '"memo":null,"items":[{"sku":"A","count":2}],"z":{"y":1,"x":true},'
    '"createdAt":"2024-05-01T10:00:00.000+02:00"}',
    '{"type":"CHECKOUT","name":" Ann ","memo":"","amount":10,"paid":false,"url":"https://a.test/b"}',
    '{"id":"REQ-42","paidAmount":0.1,"big":123456789012345678,"small":1.5e-9,"list":[],"none":{},'
    '"text":"line\\nbreak \\"quoted\\" back\\\\slash"}',
    '{"id":"R-7","limit":1e15,"low":0.00001,"round":100000000000000.0,"price":1.50,'
    '"mark":"\U0001f600 + ` = \\t","inside":[[],{},{"a":[1,[2]]}],"updatedAt":"2024-05-01T10:00:00.120Z"}',
]
WAYS = {
    'php': ['json_encode', 'unescaped', 'fractions', 'pretty', 'ksort', 'laravel'],
    'php-17': ['json_encode', 'unescaped'],
    'python': ['dumps', 'compact', 'unicode', 'sorted', 'sorted-indented', 'indented'],
    'ujson': ['ujson', 'ujson-unicode', 'ujson-plain', 'ujson-indented'],
    'simplejson': ['simplejson', 'simplejson-decimals'],
    'orjson': ['orjson', 'orjson-sorted', 'orjson-indented'],
    'node': ['stringify', 'indented', 'tabs', 'replacer'],
    'ruby': ['generate', 'pretty'],
    'ruby-oj': ['compat', 'strict', 'rails'],
    'perl': ['canonical'],
    'perl-xs': ['canonical'],
    'perl-cpanel': ['canonical'],
    'go': ['map', 'number', 'raw', 'encoder'],
    'rust': ['sorted', 'sorted-pretty', 'kept', 'kept-pretty'],
    'c': ['default', 'compact', 'compact-sorted', 'compact-ascii', 'indented'],
    'cpp': ['sorted', 'kept', 'sorted-ascii', 'sorted-indented'],
    'java': ['jackson', 'jackson-tree', 'jackson-decimals', 'jackson-pretty', 'gson', 'gson-tree'],
    'dotnet': ['tree', 'indented', 'relaxed', 'values'],
    'dotnet-framework': ['newtonsoft', 'newtonsoft-indented', 'newtonsoft-plain-dates', 'newtonsoft-decimals',
                         'newtonsoft-html', 'javascript-serializer'],
    'jq': ['compact', 'pretty', 'sorted', 'sorted-compact'],
    'postgresql': ['jsonb', 'jsonb-pretty'],
    'mariadb': ['compact', 'loose', 'detailed', 'detailed-2', 'normalised', 'changed'],
    'mysql': ['json', 'pretty'],
}


def sign(body):
    return hmac.new(SECRET.encode(), body, hashlib.sha1).hexdigest()


def cases_of(language, rewrite):
    for way in WAYS[language]:
        for number, body in enumerate(BODIES):
            written = rewrite(way, body)
            if written != body.encode():
                yield {'language': language, 'way': way, 'body': number,
                       'written': written.decode(), 'digest': sign(written)}


def written_again(folder):
    """The version and the cases of each that is installed."""
    # Dates go through the zone of the machine, which is UTC on servers.
    os.environ['TZ'] = 'UTC'
    found = {}
    for language, told, rewrite in [*programs.scripts(), *programs.compiled(folder)]:
        found[language] = (told, list(cases_of(language, rewrite)))
    for database in (databases.postgresql, databases.mariadb, databases.mysql):
        started = database(folder)
        if started is None:
            continue
        language, told, rewrite, stop = started
        try:
            found[language] = (told, list(cases_of(language, rewrite)))
        finally:
            stop()
    return found


def main():
    known = json.loads(OUT.read_text()) if OUT.exists() else {'versions': {}, 'cases': []}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        found = written_again(folder)
    cases, versions = [], {}
    for language in WAYS:
        kept = [one for one in known['cases'] if one['language'] == language]
        told = known['versions'].get(language, 'not run')
        versions[language], made = found.get(language, (told, kept))
        cases += made
    document = {'schemaVersion': 1, 'secret': SECRET, 'versions': versions,
                'bodies': [{'body': body, 'digest': sign(body.encode())} for body in BODIES],
                'cases': cases}
    OUT.write_text(json.dumps(document, indent=2, ensure_ascii=False) + '\n')


main()
