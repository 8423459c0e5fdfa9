"""Databases that read a body and give it back, each a server of its own for as long as this runs."""

import pathlib
import shutil
import subprocess
import time

from programs import inside_newer_debian, run, version

MARIADB = {
    'compact': 'json_compact({})',
    'loose': 'json_loose({})',
    'detailed': 'json_detailed({})',
    'detailed-2': 'json_detailed({}, 2)',
    'normalised': 'json_normalize({})',
    'changed': "json_remove({}, '$.nothing')",
}
MYSQL = {'json': 'cast({} as json)', 'pretty': 'json_pretty(cast({} as json))'}


def postgresql(folder):
    """As name, version, how to write a body again, and how to stop; None where it is not installed."""
    found = sorted(pathlib.Path('/usr/lib/postgresql').glob('*/bin/initdb'))
    if not found:
        return None
    binaries = found[-1].parent
    data = folder / 'postgresql'
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
        return run(query, f"select {'jsonb_pretty' if way == 'jsonb-pretty' else ''}('{text}'::jsonb);").rstrip(b'\n')

    def stop():
        subprocess.run([*as_user, str(binaries / 'pg_ctl'), '-D', str(data), '-m', 'fast', 'stop'],
                       capture_output=True)

    return 'postgresql', version([str(binaries / 'postgres'), '--version']), rewrite, stop


def mariadb(folder):
    if shutil.which('mariadbd', path='/usr/sbin:/usr/bin') is None:
        return None
    data = folder / 'mariadb'
    subprocess.run(['mariadb-install-db', '--no-defaults', '--user=mysql', f'--datadir={data}'],
                   check=True, capture_output=True)
    server = ['/usr/sbin/mariadbd', '--no-defaults', '--skip-grant-tables']
    ask, stop = served(server, ['mariadb', '--no-defaults'], data, str(data))
    return ('mariadb', version(['mariadbd', '--version']),
            lambda way, body: ask(MARIADB[way], body), stop)


def mysql(_):
    """mysql-server-core and mysql-client-core of a newer Debian: older ones have MariaDB instead."""
    inside = inside_newer_debian()
    if not inside:
        return None
    data = pathlib.Path(inside[-1]) / 'var/tmp/rewrite'
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir()
    data.chmod(0o777)
    seen = '/var/tmp/rewrite'
    server = [*inside, 'mysqld', '--no-defaults', '--user=nobody', '--secure-file-priv=']
    subprocess.run([*server, '--initialize-insecure', f'--datadir={seen}/data'], check=True, capture_output=True)
    ask, stop = served([*server, '--mysqlx=OFF'], [*inside, 'mysql', '--no-defaults', '--user=root'], data / 'data',
                       f'{seen}/data')
    return ('mysql', version([*inside, 'mysqld', '--version']),
            lambda way, body: ask(MYSQL[way], body), stop)


def served(server, client, data, seen):
    """How to ask such a server, and how to stop it; `seen` is its folder as it knows it."""
    socket = f'{seen}/socket'
    user = [] if '--user=nobody' in server else ['--user=mysql']
    process = subprocess.Popen([*server, *user, f'--datadir={seen}', f'--socket={socket}', '--skip-networking',
                                f'--pid-file={seen}/pid'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(120):
        if (data / 'socket').exists() or process.poll() is not None:
            break
        time.sleep(0.5)

    def ask(function, body):
        given = f"convert(x'{body.encode().hex()}' using utf8mb4)"
        query = f'set names utf8mb4; select hex(convert({function.format(given)} using utf8mb4));'
        return bytes.fromhex(run([*client, '--skip-column-names', '--batch', f'--socket={socket}'],
                                 query).decode().strip())

    def stop():
        process.terminate()
        process.wait()

    return ask, stop
