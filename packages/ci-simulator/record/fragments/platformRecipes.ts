import { Recipe } from './recipe';

const any = (
  tool: string,
  step: Recipe['step'],
  cause: string,
  shown: string,
  more: Partial<Recipe> = {},
): Recipe => ({ ...{ tool, stack: 'any', step, cause, shown }, ...more });

const origin =
  'git init -q -b main origin && cd origin && git config user.email ci@acme.example && git config user.name ci && echo a > a && git add . && git commit -qm "First" && echo b > b && git add . && git commit -qm "Second"';
const fetch = (cause: string, url: string, more: Partial<Recipe> = {}) =>
  any('git', 'checkout', cause, 'actions/checkout@v4', {
    run: `git version; git init zebra; cd zebra; git remote add origin ${url}; git config --local gc.auto 0; git -c protocol.version=2 fetch --no-tags --prune --progress --no-recurse-submodules --depth=1 origin +main:refs/remotes/origin/main`,
    env: { GIT_TERMINAL_PROMPT: '0' },
    ...more,
  });

const manifest = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: zebra
  namespace: staging
spec:
  replicas: 3
  selector:
    matchLabels: { app: zebra }
  template:
    metadata:
      labels: { app: zebra }
    spec:
      containers:
        - name: zebra
          image: registry.acme.example/zebra:1.4.2
`;
const kubectl = (mode: string, command: string) =>
  `kubectl --server=http://localhost:$PORT/k8s/${mode} ${command}`;
const rollout =
  'rollout status deployment/zebra --namespace staging --timeout=180s';
const deploy = (cause: string, shown: string, run: string, files = {}) =>
  any('kubectl', 'deploy', cause, shown, {
    run,
    files: { 'deployment.yaml': manifest, ...files },
    env: { KUBECONFIG: '/dev/null' },
    seconds: 30,
  });
const apply = 'apply --validate=false -f deployment.yaml';
const publish = (cause: string, mode: string) =>
  any('curl', 'package', cause, 'make publish', {
    run: `tar -czf zebra.tgz data && sha256sum zebra.tgz && curl --fail-with-body --show-error --retry 2 --retry-delay 1 -X PUT --data-binary @zebra.tgz ${mode}/v2/zebra/blobs/uploads/`,
    files: { 'data/zebra.txt': 'zebra\n'.repeat(500) },
  });
const smoke = (cause: string, url: string, more = '') =>
  any('curl', 'smoke', cause, 'make smoke-test', {
    run: `curl --fail --silent --show-error --retry 2 --retry-delay 1 ${more} ${url}/health && echo && echo "zebra is healthy"`,
  });

/** git, kubectl, docker, terraform, curl, tar, make, CMake and gcc. */
export const platformRecipes: Recipe[] = [
  fetch('pass', 'file://$PWD/../origin', { prepare: origin }),
  fetch('network-dns', 'https://github.acme.invalid/acme/zebra'),
  fetch('network-refused', 'https://localhost:$DEAD_PORT/acme/zebra'),
  fetch('network-refused', 'http://localhost:$PORT/503/acme/zebra'),
  fetch('credential-expired', 'http://localhost:$PORT/401/acme/zebra'),
  fetch('credential-expired', 'http://localhost:$PORT/403/acme/zebra'),
  fetch('certificate', 'https://localhost:$TLS_PORT/ok/acme/zebra'),
  any('git', 'checkout', 'disk-full', 'actions/checkout@v4', {
    prepare: `${origin} && head -c 4000000 /dev/urandom > big && git add . && git commit -qm "Big"`,
    run: 'git version; cd $SMALL_DISK && git init zebra && cd zebra && git remote add origin file://$WORK/origin && git -c protocol.version=2 fetch --no-tags --prune --progress --depth=1 origin +main:refs/remotes/origin/main',
  }),
  any('git', 'checkout', 'configuration-ref', 'actions/checkout@v4', {
    prepare: origin,
    run: 'git version; git init zebra; cd zebra; git remote add origin file://$WORK/origin; git -c protocol.version=2 fetch --no-tags --prune --progress --depth=1 origin +refs/heads/relase:refs/remotes/origin/relase',
  }),
  publish('pass', 'http://localhost:$PORT/created'),
  publish('credential-expired', 'http://localhost:$PORT/401'),
  publish('credential-expired', 'http://localhost:$PORT/403'),
  publish('registry-unavailable', 'http://localhost:$PORT/503'),
  publish('registry-refused', 'http://localhost:$DEAD_PORT'),
  publish('network-dns', 'http://registry.acme.invalid'),
  any('tar', 'package', 'disk-full', 'make package', {
    files: { 'data/zebra.txt': 'zebra\n' },
    prepare: 'head -c 6000000 /dev/urandom > data/blob',
    run: 'tar -czvf $SMALL_DISK/zebra.tgz data',
  }),
  any('docker', 'package', 'docker-daemon', 'docker build -t zebra .', {
    run: 'docker build -t zebra:1.4.2 .',
    files: { Dockerfile: 'FROM scratch\nCOPY data /data\n' },
    env: { DOCKER_BUILDKIT: '0' },
  }),
  any(
    'docker',
    'package',
    'docker-daemon',
    'docker push registry.acme.example/zebra',
    {
      run: 'docker push registry.acme.example/zebra:1.4.2',
    },
  ),
  any('make', 'package', 'image-tool-missing', 'make package', {
    files: {
      Makefile: 'package:\n\thelm package charts/zebra --version 1.4.2\n',
    },
    run: 'make package',
  }),
  any('make', 'package', 'configuration-makefile', 'make package', {
    files: { Makefile: 'package:\n    tar -czf zebra.tgz data\n' },
    run: 'make package',
  }),
  any('cmake', 'build', 'image-tool-missing', 'cmake -B build', {
    files: {
      'CMakeLists.txt':
        'cmake_minimum_required(VERSION 3.29)\nproject(zebra C)\n',
    },
    run: 'cmake -B build',
  }),
  any('cmake', 'build', 'image-library-missing', 'cmake -B build', {
    files: {
      'CMakeLists.txt':
        'cmake_minimum_required(VERSION 3.20)\nproject(zebra C)\nfind_package(Zebrakit 2.1 REQUIRED)\n',
    },
    run: 'cmake -B build',
  }),
  any('gcc', 'build', 'image-library-missing', 'make native', {
    files: {
      Makefile:
        'native: zebra.o\n\tgcc -o zebra zebra.o -lzebrakit\nzebra.o: zebra.c\n\tgcc -c zebra.c\n',
      'zebra.c': 'int main(void) { return 0; }\n',
    },
    run: 'make native',
  }),
  any('gcc', 'build', 'image-library-missing', 'make native', {
    files: {
      Makefile: 'native:\n\tgcc -c zebra.c\n',
      'zebra.c':
        '#include <zebrakit/stripes.h>\n\nint main(void) { return stripes(); }\n',
    },
    run: 'make native',
  }),
  deploy(
    'pass',
    'make deploy',
    `${kubectl('good', apply)} && ${kubectl('good', rollout)}`,
  ),
  deploy(
    'bad-deployment',
    'make deploy',
    `${kubectl('stuck', apply)} && ${kubectl(
      'stuck',
      rollout.replace('180s', '4s'),
    )}`,
  ),
  deploy(
    'bad-deployment',
    'make deploy',
    `${kubectl('deadline', apply)} && ${kubectl('deadline', rollout)}`,
  ),
  deploy('credential-expired', 'make deploy', kubectl('expired', apply)),
  deploy(
    'credential-expired',
    'make deploy',
    kubectl('expired', 'get deployment zebra --namespace staging'),
  ),
  deploy(
    'configuration-permission',
    'make deploy',
    kubectl('forbidden', apply),
  ),
  deploy('configuration-manifest', 'make deploy', kubectl('good', apply), {
    'deployment.yaml': manifest.replace('  replicas: 3', ' replicas: 3'),
  }),
  deploy(
    'configuration-manifest',
    'make deploy',
    kubectl('good', apply.replace('deployment.yaml', 'deploy/zebra.yaml')),
  ),
  deploy(
    'network-refused',
    'make deploy',
    `kubectl --server=http://localhost:$DEAD_PORT ${apply}`,
  ),
  deploy(
    'network-dns',
    'make deploy',
    `kubectl --server=http://cluster.acme.invalid ${apply}`,
  ),
  any('terraform', 'deploy', 'configuration-terraform', 'terraform validate', {
    files: {
      'main.tf':
        'variable "zebra" {\n  type = strings\n}\n\noutput "name" {\n  value = var.zebras\n}\n',
    },
    run: 'terraform validate -no-color',
    env: { TF_CLI_CONFIG_FILE: '/dev/null', CHECKPOINT_DISABLE: '1' },
  }),
  smoke('pass', 'http://localhost:$PORT/ok'),
  smoke('bad-deployment', 'http://localhost:$PORT/503'),
  smoke('bad-deployment', 'http://localhost:$PORT/500'),
  smoke('network-refused', 'http://localhost:$DEAD_PORT'),
  smoke('network-dns', 'http://zebra.staging.acme.invalid'),
  smoke('certificate', 'https://localhost:$TLS_PORT/ok'),
  smoke(
    'certificate',
    'https://localhost:$TLS_PORT/ok',
    '--cacert $CERTIFICATE',
  ),
];
