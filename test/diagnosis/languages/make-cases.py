"""Writes fixtures/diagnosis/languages.json: bodies that real languages and databases wrote again.

Runs whatever of them is installed (php, python3, node, ruby, perl, go, java with Jackson and Gson from
Debian, jq, PostgreSQL); what is missing keeps the cases that are there. Digests are Python's.
"""

import hashlib
import hmac
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
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
]
WAYS = {
    'php': ['json_encode', 'unescaped', 'fractions', 'pretty', 'ksort', 'laravel'],
    'php-17': ['json_encode', 'unescaped'],
    'python': ['dumps', 'compact', 'unicode', 'sorted', 'sorted-indented', 'indented'],
    'node': ['stringify', 'indented', 'tabs', 'replacer'],
    'ruby': ['generate', 'pretty'],
    'perl': ['canonical'],
    'go': ['map', 'number', 'raw', 'encoder'],
    'java': ['jackson', 'jackson-tree', 'jackson-decimals', 'jackson-pretty', 'gson', 'gson-tree'],
    'jq': ['compact', 'pretty', 'sorted', 'sorted-compact'],
    'postgresql': ['jsonb'],
}
JQ = {'compact': ['-c'], 'pretty': [], 'sorted': ['-S'], 'sorted-compact': ['-cS']}
JARS = [f'/usr/share/java/{name}.jar' for name in
        ('jackson-databind', 'jackson-core', 'jackson-annotations', 'gson')]


def run(command, body, **more):
    return subprocess.run(command, input=body.encode(), capture_output=True, check=True, **more).stdout


def version(command):
    done = subprocess.run(command, capture_output=True, text=True)
    return (done.stdout or done.stderr).strip().split('\n')[0]


def sign(body):
    return hmac.new(SECRET.encode(), body, hashlib.sha1).hexdigest()


class Runners:
    """What is installed, ready to run; each gives the bytes of one body in one way."""

    def __init__(self, folder):
        self.folder = folder
        self.known = {}
        self.scripts()
        self.compiled()

    def scripts(self):
        for name, program, file in [('php', 'php', 'php.php'), ('python', 'python3', 'python.py'),
                                    ('node', 'node', 'node.mjs'), ('ruby', 'ruby', 'ruby.rb'),
                                    ('perl', 'perl', 'perl.pl')]:
            if shutil.which(program) is None:
                continue
            self.add(name, version([program, '--version']),
                     lambda way, body, p=program, f=file: run([p, str(HERE / f), way], body))
        if shutil.which('php'):
            precise = ['php', '-d', 'serialize_precision=17', str(HERE / 'php.php')]
            self.add('php-17', version(['php', '--version']),
                     lambda way, body: run([*precise, way], body))
        if shutil.which('jq'):
            # jq ends what it prints with a line end, as every command of a shell does.
            self.add('jq', version(['jq', '--version']),
                     lambda way, body: run(['jq', *JQ[way], '.'], body).rstrip(b'\n'))

    def compiled(self):
        if shutil.which('go'):
            program = str(self.folder / 'rewrite-go')
            env = {**os.environ, 'GOCACHE': str(self.folder / 'cache'), 'GO111MODULE': 'off'}
            subprocess.run(['go', 'build', '-o', program, str(HERE / 'go.go')], check=True, env=env)
            self.add('go', version(['go', 'version']), lambda way, body: run([program, way], body))
        if shutil.which('javac') and all(map(os.path.exists, JARS)):
            classpath = ':'.join([*JARS, str(self.folder)])
            subprocess.run(['javac', '-cp', classpath, '-d', str(self.folder), str(HERE / 'Rewrite.java')],
                           check=True)
            self.add('java', version(['java', '-version']),
                     lambda way, body: run(['java', '-cp', classpath, 'Rewrite', way], body))

    def add(self, name, told, rewrite):
        self.known[name] = (told, rewrite)

    def with_postgresql(self):
        """A cluster of its own, on a socket of its own, for as long as this runs."""
        found = sorted(pathlib.Path('/usr/lib/postgresql').glob('*/bin/initdb'))
        if not found:
            return None
        binaries = found[-1].parent
        data = self.folder / 'postgresql'
        data.mkdir()
        shutil.chown(data, 'postgres', 'postgres')
        as_user = ['runuser', '-u', 'postgres', '--']
        subprocess.run([*as_user, str(binaries / 'initdb'), '-D', str(data), '-E', 'UTF8', '--locale=C'],
                       check=True, capture_output=True)
        start = f"-k {data} -c listen_addresses=''"
        subprocess.run([*as_user, str(binaries / 'pg_ctl'), '-D', str(data), '-w', '-o', start,
                        '-l', str(data / 'log'), 'start'], check=True, capture_output=True)

        def rewrite(way, body):
            text = body.replace("'", "''")
            query = [*as_user, str(binaries / 'psql'), '-h', str(data), '-At', '-d', 'postgres']
            return run(query, f"select '{text}'::jsonb;").rstrip(b'\n')

        self.add('postgresql', version([str(binaries / 'postgres'), '--version']), rewrite)
        return lambda: subprocess.run(
            [*as_user, str(binaries / 'pg_ctl'), '-D', str(data), '-m', 'fast', 'stop'], capture_output=True)


def main():
    known = json.loads(OUT.read_text()) if OUT.exists() else {'versions': {}, 'cases': []}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        runners = Runners(folder)
        stop = runners.with_postgresql()
        try:
            cases, versions = [], {}
            for language, ways in WAYS.items():
                if language not in runners.known:
                    cases += [one for one in known['cases'] if one['language'] == language]
                    versions[language] = known['versions'].get(language, 'not run')
                    continue
                versions[language], rewrite = runners.known[language]
                for way in ways:
                    for number, body in enumerate(BODIES):
                        written = rewrite(way, body)
                        if written == body.encode():
                            continue
                        cases.append({'language': language, 'way': way, 'body': number,
                                      'written': written.decode(), 'digest': sign(written)})
        finally:
            if stop is not None:
                stop()
    document = {'schemaVersion': 1, 'secret': SECRET, 'versions': versions,
                'bodies': [{'body': body, 'digest': sign(body.encode())} for body in BODIES],
                'cases': cases}
    OUT.write_text(json.dumps(document, indent=2, ensure_ascii=False) + '\n')


main()
