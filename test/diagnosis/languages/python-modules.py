"""The same as python.py with modules that are not Python's own."""

import sys

body, way = sys.stdin.buffer.read(), sys.argv[1]


def ujson(**options):
    import ujson
    return ujson.dumps(ujson.loads(body), **options).encode()


def simplejson(**options):
    import simplejson
    return simplejson.dumps(simplejson.loads(body, **options), **options).encode()


def orjson(*names):
    import orjson
    option = sum(getattr(orjson, name) for name in names)
    return orjson.dumps(orjson.loads(body), option=option)


ways = {
    'ujson': lambda: ujson(),
    'ujson-unicode': lambda: ujson(ensure_ascii=False),
    'ujson-plain': lambda: ujson(ensure_ascii=False, escape_forward_slashes=False),
    'ujson-indented': lambda: ujson(indent=2),
    'simplejson': lambda: simplejson(),
    'simplejson-decimals': lambda: simplejson(use_decimal=True),
    'orjson': lambda: orjson(),
    'orjson-sorted': lambda: orjson('OPT_SORT_KEYS'),
    'orjson-indented': lambda: orjson('OPT_INDENT_2'),
}
sys.stdout.buffer.write(ways[way]())
