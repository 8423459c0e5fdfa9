"""Reads a JSON body and writes it again, in the way that the argument names."""

import json
import sys

value = json.loads(sys.stdin.buffer.read())
ways = {
    'dumps': {},
    'compact': {'separators': (',', ':')},
    'unicode': {'ensure_ascii': False},
    'sorted': {'sort_keys': True},
    'sorted-indented': {'sort_keys': True, 'indent': 2},
    'indented': {'indent': 4},
}
sys.stdout.buffer.write(json.dumps(value, **ways[sys.argv[1]]).encode())
