import { Recipe } from './recipe';

const source = `#[derive(Debug, Clone, PartialEq)]
pub struct Zebra {
    pub name: String,
    pub stripes: i32,
}

pub fn total(zebras: &[Zebra]) -> i32 {
    zebras.iter().map(|zebra| zebra.stripes).sum()
}

pub fn widest(zebras: &[Zebra]) -> Option<&Zebra> {
    zebras.iter().max_by_key(|zebra| zebra.stripes)
}
`;
const tests = (extra = '') => `
#[cfg(test)]
mod tests {
    use super::*;

    fn zebra(name: &str, stripes: i32) -> Zebra {
        Zebra { name: name.to_string(), stripes }
    }

    #[test]
    fn total_of_nothing_is_zero() {
        assert_eq!(total(&[]), 0);
    }

    #[test]
    fn total_adds_stripes() {
        assert_eq!(total(&[zebra("a", 3), zebra("b", 4)]), 7);
    }

    #[test]
    fn widest_has_most_stripes() {
        assert_eq!(widest(&[zebra("a", 3), zebra("b", 4)]).unwrap().name, "b");
    }
${extra}}
`;
const manifest =
  '[package]\nname = "zebra"\nversion = "0.9.0"\nedition = "2021"\n';
const project = { 'Cargo.toml': manifest, 'src/lib.rs': source + tests() };
const cargo = (
  step: Recipe['step'],
  cause: string,
  command: string,
  more: Partial<Recipe> = {},
): Recipe => ({
  ...{ tool: 'cargo', stack: 'rust', step, cause, shown: command },
  ...more,
  files: { ...project, ...more.files },
});
const fetch = (cause: string, url: string) =>
  cargo('install', cause, 'cargo fetch', {
    env: { CARGO_HOME: '$EMPTY/cargo', CARGO_NET_RETRY: '1' },
    files: {
      'Cargo.toml': `${manifest}\n[dependencies]\ncorekit = { version = "1.4", registry = "acme" }\n`,
      '.cargo/config.toml': `[registries.acme]\nindex = "sparse+${url}/"\n`,
    },
  });
const withKit = (kit: string, use: string) => ({
  'Cargo.toml': `${manifest}\n[dependencies]\ncorekit = { path = "corekit" }\n`,
  'corekit/Cargo.toml':
    '[package]\nname = "corekit"\nversion = "2.0.0"\nedition = "2021"\n',
  'corekit/src/lib.rs': kit,
  'src/lib.rs': `${use}\n${source}${tests()}`,
});
const kit =
  'pub struct Options {\n    pub url: String,\n}\n\npub fn connect(options: Options) -> String {\n    assert!(options.url.starts_with("https://"), "corekit needs an https URL");\n    options.url\n}\n';
const test = (
  step: Recipe['step'],
  cause: string,
  lib: string,
  more: Partial<Recipe> = {},
) =>
  cargo(
    step,
    cause,
    step === 'unit' ? 'cargo test' : 'cargo test --features integration',
    {
      run: 'cargo test --lib',
      files: { 'src/lib.rs': lib },
      ...more,
    },
  );
const connect = (address: string) => `
    #[test]
    fn service_accepts_connections() {
        use std::net::{TcpStream, ToSocketAddrs};
        let address = "${address}".to_socket_addrs().expect("cannot resolve zebra service").next().unwrap();
        TcpStream::connect_timeout(&address, std::time::Duration::from_secs(2)).expect("cannot reach zebra service");
    }
`;

/** cargo and rustc. */
export const rustRecipes: Recipe[] = [
  cargo('install', 'pass', 'cargo fetch', {
    env: { CARGO_HOME: '$EMPTY/cargo' },
    files: {
      'Cargo.toml': `${manifest}\n[dependencies]\nitoa = "1.0.14"\nryu = "1.0.18"\nfnv = "1.0.7"\n`,
    },
  }),
  fetch('registry-refused', 'http://localhost:$DEAD_PORT'),
  fetch('registry-unavailable', 'http://localhost:$PORT/503'),
  fetch('network-dns', 'http://packages.acme.invalid'),
  fetch('credential-expired', 'http://localhost:$PORT/401'),
  fetch('credential-expired', 'http://localhost:$PORT/403'),
  fetch('upstream-missing', 'http://localhost:$PORT/404'),
  cargo('install', 'configuration-manifest', 'cargo fetch', {
    files: { 'Cargo.toml': `${manifest}\n[dependencies\nitoa = "1"\n` },
  }),
  cargo('install', 'configuration-lockfile', 'cargo fetch --locked', {
    run: 'cargo build --locked --offline',
    files: {
      'Cargo.toml': manifest.replace('0.9.0', '0.9.1'),
      'Cargo.lock':
        'version = 4\n\n[[package]]\nname = "zebra"\nversion = "0.9.0"\n',
    },
  }),
  cargo('install', 'image-tool-missing', 'cargo fetch', {
    run: 'env PATH=/usr/bin/missing /bin/bash -c "cargo fetch"',
  }),
  cargo('install', 'image-old', 'cargo fetch', {
    run: 'cargo build',
    files: { 'Cargo.toml': `${manifest}rust-version = "1.999"\n` },
  }),
  cargo('install', 'disk-full', 'cargo fetch', {
    env: { CARGO_HOME: '$SMALL_DISK/cargo' },
    files: { 'Cargo.toml': `${manifest}\n[dependencies]\nregex = "1.11.1"\n` },
  }),
  cargo('build', 'pass', 'cargo build'),
  ...[
    source.replace('zebra.stripes).sum()', 'zebra.stripe).sum()'),
    source.replace('-> i32', '-> String'),
    source.replace('Option<&Zebra>', 'Option<Zebra>'),
  ].map(text =>
    cargo('build', 'code-compile', 'cargo build', {
      files: { 'src/lib.rs': text },
    }),
  ),
  cargo('build', 'upstream-compile', 'cargo build', {
    files: withKit(
      kit,
      'pub fn link() -> String {\n    corekit::connect("zebra")\n}\n',
    ),
  }),
  cargo('build', 'upstream-compile', 'cargo build', {
    files: withKit(
      kit,
      'pub fn link() -> String {\n    corekit::new_client("zebra").url()\n}\n',
    ),
  }),
  cargo('build', 'disk-full', 'cargo build', {
    prepare:
      'dd if=/dev/zero of=$SMALL_DISK/fill bs=1k count=1950 2>/dev/null; true',
    run: 'cargo build --target-dir $SMALL_DISK/target',
  }),
  cargo('build', 'out-of-memory', 'cargo build', {
    run: 'ulimit -v 230000; cargo build',
  }),
  test('unit', 'pass', source + tests()),
  test(
    'unit',
    'flaky-timeout',
    source +
      tests(`
    #[test]
    fn worker_answers_in_time() {
        let (_sender, receiver) = std::sync::mpsc::channel::<String>();
        let answer = receiver.recv_timeout(std::time::Duration::from_millis(300));
        assert_eq!(answer, Ok("done".to_string()));
    }
`),
  ),
  test(
    'unit',
    'flaky-clock',
    source +
      tests(`
    #[test]
    fn refresh_is_quick() {
        let start = std::time::Instant::now();
        std::thread::sleep(std::time::Duration::from_millis(130));
        let elapsed = start.elapsed();
        assert!(elapsed.as_millis() < 100, "refresh took {elapsed:?}");
    }
`),
  ),
  test(
    'unit',
    'code-assertion',
    source.replace('max_by_key', 'min_by_key') + tests(),
  ),
  test(
    'unit',
    'code-assertion',
    source.replace('zebra.stripes).sum()', '-zebra.stripes).sum()') + tests(),
  ),
  test(
    'unit',
    'code-exception',
    source.replace('zebras.iter().map', 'zebras[1..].iter().map') + tests(),
  ),
  test('unit', 'upstream-behaviour', '', {
    files: withKit(
      kit,
      '#[test]\nfn links_through_the_kit() {\n    corekit::connect(corekit::Options { url: "zebra".to_string() });\n}\n',
    ),
  }),
  test(
    'unit',
    'out-of-memory',
    source +
      tests(`
    #[test]
    fn holds_many_zebras() {
        let all: Vec<Vec<u8>> = (0..100_000).map(|_| vec![1u8; 10_000_000]).collect();
        assert!(!all.is_empty());
    }
`),
    {
      run: 'cargo test --lib --no-run && (ulimit -v 3000000; cargo test --lib)',
    },
  ),
  test(
    'unit',
    'configuration-environment',
    source +
      tests(`
    #[test]
    fn has_a_database() {
        std::env::var("ZEBRA_DATABASE_URL").expect("ZEBRA_DATABASE_URL must be set");
    }
`),
  ),
  test('integration', 'pass', source + tests(connect('localhost:$PORT'))),
  test(
    'integration',
    'dependency-refused',
    source + tests(connect('localhost:$DEAD_PORT')),
  ),
  test(
    'integration',
    'network-dns',
    source + tests(connect('database.acme.invalid:5432')),
  ),
  test(
    'integration',
    'code-assertion',
    source.replace('max_by_key', 'min_by_key') + tests(),
  ),
  test(
    'integration',
    'flaky-timeout',
    source +
      tests(`
    #[test]
    fn event_arrives_in_time() {
        let (_sender, receiver) = std::sync::mpsc::channel::<u32>();
        receiver.recv_timeout(std::time::Duration::from_millis(500)).expect("no event within 500ms");
    }
`),
  ),
  test(
    'integration',
    'configuration-environment',
    source +
      tests(`
    #[test]
    fn has_an_api_key() {
        assert!(std::env::var("ZEBRA_API_KEY").is_ok(), "ZEBRA_API_KEY is missing");
    }
`),
  ),
];
