import { Recipe } from './recipe';

const source = `from dataclasses import dataclass


@dataclass
class Zebra:
    name: str
    stripes: int = 0


def total_stripes(zebras: list[Zebra]) -> int:
    return sum(zebra.stripes for zebra in zebras)


def widest(zebras: list[Zebra]) -> Zebra:
    return max(zebras, key=lambda zebra: zebra.stripes)
`;
const tests = (extra = '') => `import random
import time

import pytest

from zebra import Zebra, total_stripes, widest


def test_total_of_nothing_is_zero():
    assert total_stripes([]) == 0


def test_total_adds_all_stripes():
    assert total_stripes([Zebra("a", 3), Zebra("b", 4)]) == 7


@pytest.mark.parametrize("stripes", [1, 5, 9])
def test_widest_has_most_stripes(stripes):
    assert widest([Zebra("a", 0), Zebra("b", stripes)]).name == "b"


def test_zebras_are_equal_by_value():
    assert Zebra("a", 1) == Zebra("a", 1)
${extra}`;
const conftest = '';
const project = {
  'zebra.py': source,
  'tests/test_zebra.py': tests(),
  'conftest.py': conftest,
};
const python = (
  tool: string,
  step: Recipe['step'],
  cause: string,
  shown: string,
  more: Partial<Recipe> = {},
): Recipe => ({
  ...{ tool, stack: 'python', step, cause, shown },
  ...more,
  files: { ...project, ...more.files },
});
const pytest = (
  step: Recipe['step'],
  cause: string,
  files: Record<string, string>,
  more: Partial<Recipe> = {},
) =>
  python(
    'pytest',
    step,
    cause,
    `pytest --junitxml=report.xml ${step === 'unit' ? 'tests' : 'integration'}`,
    {
      run: `python -m pytest -p no:cacheprovider --junitxml=report.xml ${
        step === 'unit' ? 'tests' : 'integration'
      }`,
      report: 'report.xml',
      files,
      ...more,
    },
  );
const pip = (cause: string, run: string, files?: Record<string, string>) =>
  python('pip', 'install', cause, 'pip install -r requirements.txt', {
    prepare: 'python -m venv .venv',
    run: `.venv/bin/pip install ${run}`,
    files,
  });
const integration = (address: string, head = '') => `import urllib.request
${head}

BASE = "${address}"


def ask(path):
    with urllib.request.urlopen(BASE + path, timeout=2) as answer:
        return answer.status


def test_service_is_healthy():
    assert ask("/ok/health") == 200


def test_stores_a_zebra():
    assert ask("/created/zebras") == 201
`;

/** pip, mypy and pytest. */
export const pythonRecipes: Recipe[] = [
  pip('pass', '-r requirements.txt', {
    'requirements.txt': 'packaging==24.2\niniconfig==2.0.0\npluggy==1.5.0\n',
  }),
  pip('pass', '-r requirements.txt', {
    'requirements.txt': 'attrs==24.2.0\nclick==8.1.7\nidna==3.10\n',
  }),
  pip(
    'registry-refused',
    '--retries 2 --index-url http://localhost:$DEAD_PORT/simple acme-corekit==1.4.2',
  ),
  pip(
    'registry-unavailable',
    '--retries 2 --index-url http://localhost:$PORT/503/simple acme-corekit==1.4.2',
  ),
  pip(
    'registry-unavailable',
    '--retries 1 --index-url http://localhost:$PORT/reset/simple acme-corekit==1.4.2',
  ),
  pip(
    'network-dns',
    '--retries 2 --index-url http://packages.acme.invalid/simple acme-corekit==1.4.2',
  ),
  pip(
    'credential-expired',
    '--no-input --index-url http://localhost:$PORT/401/simple acme-corekit==1.4.2',
  ),
  pip(
    'credential-expired',
    '--no-input --index-url http://localhost:$PORT/403/simple acme-corekit==1.4.2',
  ),
  pip(
    'upstream-missing',
    '--index-url http://localhost:$PORT/404/simple "acme-corekit>=2.1"',
  ),
  pip(
    'upstream-conflict',
    '"packaging==24.2" "packaging==24.1" "pluggy==1.5.0"',
  ),
  pip('upstream-hash', '--require-hashes -r requirements.txt', {
    'requirements.txt': `pluggy==1.5.0 --hash=sha256:${'ab'.repeat(32)}\n`,
  }),
  pip('configuration-requirements', '-r requirements.txt', {
    'requirements.txt': 'packaging=>24.2\n',
  }),
  pip('configuration-requirements', '-r requirements/ci.txt'),
  pip('image-old', './', {
    'pyproject.toml':
      '[project]\nname = "zebra"\nversion = "1.0"\nrequires-python = ">=3.14"\n',
  }),
  python('pip', 'install', 'disk-full', 'pip install -r requirements.txt', {
    prepare:
      'dd if=/dev/zero of=$SMALL_DISK/fill bs=1k count=1900 2>/dev/null; true',
    run: 'TMPDIR=$SMALL_DISK python -m pip install --target $SMALL_DISK/site setuptools==75.6.0 --no-cache-dir',
  }),
  python('pip', 'install', 'image-tool-missing', 'poetry install --no-root', {
    run: 'env PATH=/usr/bin/missing /bin/bash -c "poetry install --no-root"',
  }),
  python('mypy', 'build', 'pass', 'mypy .', { run: '$MYPY zebra.py' }),
  python('mypy', 'build', 'code-compile', 'mypy .', {
    run: '$MYPY zebra.py',
    files: {
      'zebra.py': source
        .replace('stripes: int = 0', 'stripes: int = "0"')
        .replace('-> Zebra', '-> str'),
    },
  }),
  python('mypy', 'build', 'code-compile', 'mypy .', {
    run: '$MYPY zebra.py',
    files: {
      'zebra.py': `${source}\n\ndef rename(zebra: Zebra) -> Zebra:\n    return Zebra(zebra.nam, "many")\n`,
    },
  }),
  python('python', 'build', 'code-compile', 'python -m compileall src', {
    run: 'python -m compileall -q zebra.py',
    files: { 'zebra.py': `${source}\n\ndef broken(:\n    pass\n` },
  }),
  python('mypy', 'build', 'upstream-compile', 'mypy .', {
    run: '$MYPY link.py',
    files: {
      'acme_corekit/__init__.py': 'def connect(url: str) -> object: ...\n',
      'acme_corekit/py.typed': '',
      'link.py':
        'from acme_corekit import connect_to\n\nlink = connect_to("zebra")\n',
    },
  }),
  python('mypy', 'build', 'configuration-compiler', 'mypy .', {
    run: '$MYPY --config-file setup/mypy.ini zebra.py',
    files: { 'mypy.ini': '[mypy]\npython_version = 3.x\nstrictness = high\n' },
  }),
  pytest('unit', 'pass', {}),
  pytest(
    'unit',
    'pass',
    {},
    {
      run: 'python -m pytest -v -p no:cacheprovider --junitxml=report.xml tests',
    },
  ),
  pytest('unit', 'flaky-clock', {
    'tests/test_zebra.py': tests(`

def test_refresh_is_quick():
    start = time.monotonic()
    time.sleep(0.12)
    assert time.monotonic() - start < 0.1
`),
  }),
  pytest('unit', 'flaky-order', {
    'tests/test_zebra.py': tests(`

def test_names_come_in_order():
    names = [zebra.name for zebra in {"b": Zebra("b"), "a": Zebra("a"), "c": Zebra("c")}.values()]
    assert names == ["a", "b", "c"]
`),
  }),
  pytest('unit', 'flaky-timeout', {
    'tests/test_zebra.py': tests(`

def test_worker_answers_in_time():
    import queue

    answers = queue.Queue()
    assert answers.get(timeout=0.3) == "done"
`),
  }),
  pytest('unit', 'code-assertion', {
    'zebra.py': source.replace('sum(zebra', 'sum(-zebra'),
  }),
  pytest('unit', 'code-assertion', {
    'zebra.py': source.replace('return max', 'return min'),
  }),
  pytest('unit', 'code-exception', {
    'zebra.py': source.replace(
      'zebra.stripes for zebra',
      'zebra.stripe for zebra',
    ),
  }),
  pytest('unit', 'upstream-behaviour', {
    'acme_corekit/__init__.py': 'def connect(*, url):\n    return url\n',
    'tests/test_link.py':
      'import acme_corekit\n\n\ndef test_links_the_zebra():\n    assert acme_corekit.connect("zebra") == "zebra"\n',
  }),
  pytest('unit', 'upstream-import', {
    'acme_corekit/__init__.py': 'def connect(*, url):\n    return url\n',
    'tests/test_link.py':
      'from acme_corekit import create_client\n\n\ndef test_links_the_zebra():\n    assert create_client("zebra")\n',
  }),
  pytest(
    'unit',
    'out-of-memory',
    {
      'tests/test_zebra.py': tests(
        '\n\ndef test_holds_many_zebras():\n    all_zebras = [bytearray(10_000_000) for _ in range(1000)]\n    assert all_zebras\n',
      ),
    },
    {
      run: 'ulimit -v 900000; python -m pytest -p no:cacheprovider --junitxml=report.xml tests',
    },
  ),
  pytest('unit', 'configuration-environment', {
    'conftest.py': 'import os\n\nDATABASE = os.environ["ZEBRA_DATABASE_URL"]\n',
  }),
  pytest('integration', 'pass', {
    'integration/test_service.py': integration('http://localhost:$PORT'),
  }),
  pytest('integration', 'dependency-refused', {
    'integration/test_service.py': integration('http://localhost:$DEAD_PORT'),
  }),
  pytest('integration', 'network-dns', {
    'integration/test_service.py': integration(
      'http://database.acme.invalid:5432',
    ),
  }),
  pytest('integration', 'code-assertion', {
    'integration/test_service.py': integration(
      'http://localhost:$PORT',
    ).replace('== 201', '== 204'),
  }),
  pytest('integration', 'flaky-timeout', {
    'integration/test_service.py': `${integration(
      'http://localhost:$PORT',
      'import socket\n',
    )}

def test_event_arrives_in_time():
    left, right = socket.socketpair()
    left.settimeout(0.4)
    assert left.recv(10) == b"zebra"
`,
  }),
  pytest('integration', 'configuration-environment', {
    'integration/test_service.py': integration(
      'http://localhost:$PORT',
      'import os\n\nKEY = os.environ["ZEBRA_API_KEY"]\n',
    ),
  }),
];
