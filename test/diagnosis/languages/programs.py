"""Languages whose programs read a body and write it again, each where it is installed."""

import os
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).parent
JQ = {'compact': ['-c'], 'pretty': [], 'sorted': ['-S'], 'sorted-compact': ['-cS']}
JAVA = pathlib.Path('/usr/share/java')
JARS = [JAVA / f'{name}.jar' for name in ('jackson-databind', 'jackson-core', 'jackson-annotations', 'gson')]
NEWTONSOFT = pathlib.Path('/usr/lib/cli/Newtonsoft.Json-5.0/Newtonsoft.Json.dll')
CRATES = pathlib.Path('/usr/share/cargo/registry')


def run(command, body, **more):
    return subprocess.run(command, input=body.encode(), capture_output=True, check=True, **more).stdout


def version(command):
    done = subprocess.run(command, capture_output=True, text=True)
    return (done.stdout or done.stderr).strip().split('\n')[0].removeprefix('/usr/sbin/')


def works(command):
    return shutil.which(command[0]) is not None and subprocess.run(command, capture_output=True).returncode == 0


def inside_newer_debian():
    """NEWER_DEBIAN names a folder with a release that has python3-orjson and MySQL, as debootstrap makes it."""
    root = os.environ.get('NEWER_DEBIAN')
    return [] if root is None else ['chroot', root]


def scripts():
    """Each as name, version, and how to write a body again."""
    for name, program, file in [('php', 'php', 'php.php'), ('python', 'python3', 'python.py'),
                                ('node', 'node', 'node.mjs'), ('ruby', 'ruby', 'ruby.rb'),
                                ('perl', 'perl', 'perl.pl')]:
        if shutil.which(program) is not None:
            yield name, version([program, '--version']), script([program, str(HERE / file)])
    if shutil.which('php'):
        precise = ['php', '-d', 'serialize_precision=17', str(HERE / 'php.php')]
        yield 'php-17', version(['php', '--version']), script(precise)
    if shutil.which('jq'):
        # jq ends what it prints with a line end, as every command of a shell does.
        yield ('jq', version(['jq', '--version']),
               lambda way, body: run(['jq', *JQ[way], '.'], body).rstrip(b'\n'))
    # Debian's modules belong to Debian's Python.
    for name, python in [('ujson', ['/usr/bin/python3']), ('simplejson', ['/usr/bin/python3']),
                         ('orjson', [*inside_newer_debian(), 'python3'])]:
        told = [*python, '-c', f'import {name}; print("{name}", {name}.__version__)']
        if works(told):
            yield name, version(told), script([*python, '-c', (HERE / 'python-modules.py').read_text()])
    oj = ['ruby', '-roj', '-e', 'puts "oj #{Oj::VERSION}"']
    if works(oj):
        yield 'ruby-oj', version(oj), script(['ruby', str(HERE / 'oj.rb')])
    for name, module in [('perl-xs', 'JSON::XS'), ('perl-cpanel', 'Cpanel::JSON::XS')]:
        perl = ['perl', f'-M{module}', '-e', f'print "{module} ${module}::VERSION"']
        if works(perl):
            yield name, version(perl), script(['perl', str(HERE / 'perl.pl'), module])


def script(command):
    return lambda way, body: run([*command, way], body)


def compiled(folder):
    """The same of languages that are compiled, into the folder."""
    if shutil.which('go'):
        program = str(folder / 'rewrite-go')
        env = {**os.environ, 'GOCACHE': str(folder / 'cache'), 'GO111MODULE': 'off'}
        subprocess.run(['go', 'build', '-o', program, str(HERE / 'go.go')], check=True, env=env)
        yield 'go', version(['go', 'version']), script([program])
    if shutil.which('javac') and all(jar.exists() for jar in JARS):
        classpath = ':'.join([*map(str, JARS), str(folder)])
        subprocess.run(['javac', '-cp', classpath, '-d', str(folder), str(HERE / 'Rewrite.java')], check=True)
        yield 'java', version(['java', '-version']), script(['java', '-cp', classpath, 'Rewrite'])
    if shutil.which('g++') and os.path.exists('/usr/include/nlohmann/json.hpp'):
        program = str(folder / 'rewrite-cpp')
        subprocess.run(['g++', '-o', program, str(HERE / 'cpp.cpp')], check=True)
        yield 'cpp', f"nlohmann {debian('nlohmann-json3-dev')}", script([program])
    if shutil.which('gcc') and os.path.exists('/usr/include/jansson.h'):
        program = str(folder / 'rewrite-c')
        subprocess.run(['gcc', '-o', program, str(HERE / 'c.c'), '-ljansson'], check=True)
        yield 'c', f"Jansson {debian('libjansson-dev')}", script([program])
    if shutil.which('cargo') and CRATES.exists() and list(CRATES.glob('serde_json-*')):
        [crate, *_] = CRATES.glob('serde_json-*')
        yield 'rust', crate.name.replace('-', ' '), rust(folder / 'rust')
    if shutil.which('mcs') and NEWTONSOFT.exists():
        program = str(folder / 'Rewrite.exe')
        shutil.copy(NEWTONSOFT, folder)
        subprocess.run(['mcs', f'-out:{program}', '-r:System.Web.Extensions.dll', f'-r:{NEWTONSOFT}',
                        str(HERE / 'Rewrite.cs')], check=True)
        yield ('dotnet-framework', f"{version(['mono', '--version'])}, Json.NET {debian('libnewtonsoft-json5.0-cil')}",
               script(['mono', program]))
    yield from system_text_json(folder)


def rust(folder):
    """One program with the members in their order and one with them sorted, which is the default."""
    for name, features in (('sorted', ''), ('kept', '"preserve_order"')):
        project = folder / name
        (project / 'src').mkdir(parents=True)
        (project / '.cargo').mkdir()
        shutil.copy(HERE / 'rust.rs', project / 'src/main.rs')
        (project / 'Cargo.toml').write_text(
            '[package]\nname = "rewrite"\nversion = "0.1.0"\nedition = "2021"\n'
            f'[dependencies]\nserde_json = {{ version = "1", features = [{features}] }}\n')
        (project / '.cargo/config.toml').write_text(
            f'[source.crates-io]\nreplace-with = "debian"\n[source.debian]\ndirectory = "{CRATES}"\n')
        subprocess.run(['cargo', 'build', '--offline', '--quiet'], cwd=project, check=True)

    def rewrite(way, body):
        order, _, form = way.partition('-')
        return run([str(folder / order / 'target/debug/rewrite'), form], body)

    return rewrite


def system_text_json(folder):
    """
    System.Text.Json of any application published for WebAssembly: DOTNET_WASM names its
    `_framework` folder. The npm package @elsa-workflows/elsa-studio-wasm has one; ilasm is of mono-devel.
    """
    framework = os.environ.get('DOTNET_WASM')
    if framework is None or shutil.which('ilasm') is None:
        return
    for file in pathlib.Path(framework).iterdir():
        if file.is_file() and file.suffix not in ('.br', '.gz'):
            shutil.copy(file, folder)
    subprocess.run(['ilasm', '/dll', f"/output:{folder / 'Rewrite.dll'}", str(HERE / 'dotnet.il')],
                   check=True, capture_output=True)
    (folder / 'package.json').write_text('{"type":"module"}')
    script_file = folder / 'dotnet.mjs'
    shutil.copy(HERE / 'dotnet.mjs', script_file)

    def rewrite(way, body):
        return run(['node', str(script_file), way, body], '').rstrip(b'\n')

    yield 'dotnet', rewrite('version', '').decode(), rewrite


def debian(package):
    return version(['dpkg-query', '-W', '-f', '${Version}', package])
