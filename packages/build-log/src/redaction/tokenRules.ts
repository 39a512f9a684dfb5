/** A kind of token that is known by how it begins. */
export type TokenRule = {
  kind: string;
  /** How it begins, exactly; at least two characters. */
  starts: readonly string[];
  /** The whole token; sticky, so that it is tried in one place only. */
  shape: RegExp;
  /** Bits per character below which it is a placeholder; 1.6 where absent. */
  entropy?: number;
};

function rule(
  kind: string,
  starts: string,
  rest: string,
  options: { entropy?: number; flags?: string } = {},
): TokenRule {
  const begins = starts.split(' ');
  const alternatives = begins.map(start =>
    start.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  );
  const { entropy, flags = '' } = options;
  return {
    ...{ kind, starts: begins, entropy },
    shape: new RegExp(`(?:${alternatives.join('|')})${rest}`, `y${flags}`),
  };
}

const W = '[A-Za-z0-9_-]';
const A = '[A-Za-z0-9]';
const HEX = '[0-9a-fA-F]';

/**
 * Tokens as their providers document them. Which providers there are, and samples, come from the rules of gitleaks (MIT);
 * the shapes here are this project's own and take no more than a linear look.
 */
export const tokenRules: readonly TokenRule[] = [
  rule('github-token', 'ghp_ gho_ ghu_ ghs_ ghr_', `${A}{36,255}`),
  rule('github-token', 'github_pat_', '[A-Za-z0-9_]{22,255}'),
  rule(
    'gitlab-token',
    'glpat- glrt- gldt- glft- glsoat- glptt-',
    `[\\w.-]{20,320}`,
  ),
  rule(
    'gitlab-token',
    'glcbt- glffct- glimt- glagent- gloas-',
    `[\\w-]{20,300}`,
  ),
  rule('gitlab-token', 'GR1348941', `${W}{20}`, { entropy: 3 }),
  rule('gitlab-session', '_gitlab_session=', '[0-9a-z]{32}'),
  rule('aws-access-key', 'AKIA ASIA ABIA ACCA', '[A-Z2-7]{16}(?![A-Za-z0-9])', {
    entropy: 3,
  }),
  rule('aws-access-key', 'A3T', '[A-Z0-9][A-Z2-7]{16}(?![A-Za-z0-9])', {
    entropy: 3,
  }),
  rule(
    'aws-bedrock-key',
    'ABSK',
    '[A-Za-z0-9+/]{109,269}={0,2}(?![A-Za-z0-9+/=])',
  ),
  rule(
    'aws-bedrock-key',
    'bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t',
    '[\\w+/=%-]{0,2000}',
  ),
  rule('alibaba-key', 'LTAI', `${A}{20}(?![A-Za-z0-9])`),
  rule(
    'google-api-key',
    'AIza',
    `${W}{35}(?![A-Za-z0-9_-])|AIza${W}{35}-(?![\\w-])`,
    { entropy: 3 },
  ),
  rule('google-oauth', 'ya29.', '[\\w-]{30,1000}'),
  rule('google-oauth', 'GOCSPX-', '[\\w-]{28}'),
  rule(
    'anthropic-key',
    'sk-ant-api03- sk-ant-admin01-',
    `${W}{93}AA(?![\\w-])`,
  ),
  rule('openai-key', 'sk-proj- sk-svcacct- sk-admin-', `${W}{20,200}`, {
    entropy: 3.5,
  }),
  rule('openai-key', 'sk-', `${A}{20}T3BlbkFJ${A}{20}`),
  rule('huggingface-token', 'hf_ api_org_', '[A-Za-z]{34}(?![A-Za-z0-9])'),
  rule('perplexity-key', 'pplx-', `${A}{48}`),
  rule('1password-token', 'ops_eyJ', '[A-Za-z0-9+/]{250,4000}={0,3}'),
  rule(
    '1password-key',
    'A3-',
    '[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}\\b',
    { entropy: 3.2 },
  ),
  rule('adobe-secret', 'p8e-', `${A}{32}`),
  rule('age-key', 'AGE-SECRET-KEY-1', '[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}'),
  rule('airtable-token', 'pat', `${A}{14}\\.[a-f0-9]{64}`),
  rule('artifactory-key', 'AKCp', `${A}{69}`),
  rule('artifactory-token', 'cmVmd', `${A}{59}`),
  rule('clickhouse-key', '4b1d', `${A}{38}(?![A-Za-z0-9])`),
  rule('clojars-token', 'CLOJARS_', `${A}{60}`, { flags: 'i' }),
  rule('cloudflare-key', 'v1.0-', '[a-f0-9]{24}-[a-f0-9]{146}'),
  rule('databricks-token', 'dapi', '[a-f0-9]{32}(?:-\\d)?(?![A-Za-z0-9])'),
  rule('digitalocean-token', 'doo_v1_ dop_v1_ dor_v1_', '[a-f0-9]{64}'),
  rule('docker-token', 'dckr_pat_ dckr_oat_', `${W}{27,64}`),
  rule('doppler-token', 'dp.pt. dp.st. dp.ct. dp.sa.', `[\\w.-]{40,80}`),
  rule('duffel-token', 'duffel_test_ duffel_live_', '[\\w=-]{43}'),
  rule('dynatrace-token', 'dt0c01.', `${A}{24}\\.${A}{64}`),
  rule('easypost-key', 'EZAK EZTK', `${A}{54}(?![A-Za-z0-9/+])`),
  rule('facebook-token', 'EAAM EAAC', `${A}{100,400}`, { entropy: 4 }),
  rule('flutterwave-key', 'FLWSECK_TEST- FLWPUBK_TEST-', `${A}{12,32}(?:-X)?`),
  rule('flyio-token', 'fo1_', `${W}{43}(?![\\w-])`, { entropy: 4 }),
  rule('flyio-token', 'fm1a_ fm1r_ fm2_', '[A-Za-z0-9+/]{100,4000}={0,3}'),
  rule('frameio-token', 'fio-u-', '[\\w=-]{64}'),
  rule('grafana-key', 'eyJrIjoi', `${A}{70,400}={0,3}`),
  rule('grafana-token', 'glc_', '[A-Za-z0-9+/]{32,400}={0,3}', { entropy: 3 }),
  rule('grafana-token', 'glsa_', `${A}{32}_${HEX}{8}`, { entropy: 3 }),
  rule('harness-token', 'pat. sat.', `${W}{22}\\.${A}{24}\\.${A}{20}`),
  rule('heroku-key', 'HRKU-AA', `${W}{58}`),
  // `icon.ico-…` is a file.
  rule('infracost-key', 'ico-', `(?<!\\.ico-)${A}{32}(?![A-Za-z0-9])`, {
    entropy: 3,
  }),
  rule('intra42-secret', 's-s4t2ud- s-s4t2af-', '[a-f0-9]{64}'),
  rule('linear-key', 'lin_api_', `${A}{40}`),
  rule('maxmind-key', 'mmk_', `${A}{20,60}`),
  rule('mapbox-token', 'pk. sk.', 'eyJ[\\w-]{40,200}\\.[\\w-]{20,40}'),
  rule('notion-token', 'ntn_', `[0-9]{11}${A}{35}(?![A-Za-z0-9])`),
  rule('npm-token', 'npm_', `${A}{36}(?![A-Za-z0-9])`),
  rule('octopus-key', 'API-', '[A-Z0-9]{26}(?![A-Za-z0-9])', { entropy: 3 }),
  rule('openshift-token', 'sha256~', `${W}{43}(?![\\w-])`, { entropy: 3.5 }),
  rule(
    'planetscale-token',
    'pscale_tkn_ pscale_oauth_ pscale_pw_',
    '[\\w=.-]{32,64}',
  ),
  rule('postman-key', 'PMAK-', `${HEX}{24}-${HEX}{34}`),
  rule('prefect-token', 'pnu_', `${A}{36}`),
  rule('pulumi-token', 'pul-', '[a-f0-9]{40}(?![A-Za-z0-9])'),
  rule('pypi-token', 'pypi-AgEIcHlwaS5vcmc', `${W}{50,1000}`),
  rule('readme-token', 'rdme_', '[a-z0-9]{70}'),
  rule('rubygems-key', 'rubygems_', '[a-f0-9]{48}'),
  rule('scalingo-token', 'tk-us-', `${W}{48}`),
  rule('sendgrid-key', 'SG.', '[\\w=.-]{66}'),
  rule('sendinblue-key', 'xkeysib-', `[a-f0-9]{64}-${A}{16}`),
  rule('sentry-token', 'sntrys_eyJ', '[A-Za-z0-9+/=_]{40,500}'),
  rule('sentry-token', 'sntryu_', '[a-f0-9]{64}'),
  rule('settlemint-token', 'sm_aat_ sm_pat_ sm_sat_', `${A}{16}`),
  rule('shippo-token', 'shippo_live_ shippo_test_', `${HEX}{40}`),
  rule('shopify-token', 'shpat_ shpca_ shppa_ shpss_', `${HEX}{32}`),
  rule(
    'slack-token',
    'xapp-',
    `\\d-[A-Z0-9]{5,20}-\\d{5,20}-[a-z0-9]{20,100}`,
    { flags: 'i' },
  ),
  rule('slack-token', 'xoxb-', '[0-9]{8,14}-[A-Za-z0-9-]{18,120}', {
    entropy: 3,
  }),
  rule('slack-token', 'xoxe.xoxp- xoxe.xoxb-', '\\d-[A-Za-z0-9]{100,250}'),
  rule('slack-token', 'xoxe-', '\\d-[A-Za-z0-9]{100,250}'),
  rule('slack-token', 'xoxp- xoxe-', '(?:[0-9]{8,13}-){3}[A-Za-z0-9-]{28,40}', {
    entropy: 2.8,
  }),
  rule(
    'slack-token',
    'xoxs- xoxo-',
    '\\d{3,20}-\\d{3,20}-\\d{3,20}-[a-fA-F0-9]{8,80}',
  ),
  rule('slack-token', 'xoxa- xoxr-', '(?:\\d-)?[0-9a-zA-Z-]{8,80}', {
    entropy: 2,
  }),
  rule(
    'slack-webhook',
    'hooks.slack.com/',
    '(?:services|workflows|triggers)/[\\w/+-]{20,200}',
  ),
  rule(
    'sourcegraph-token',
    'sgp_',
    `(?:(?:${HEX}{16}|local)_)?${HEX}{40}(?![A-Za-z0-9])`,
    { entropy: 3.2 },
  ),
  rule('square-token', 'EAAA sq0atp- sq0csp-', '[\\w-]{22,64}(?![\\w-])', {
    entropy: 3.2,
  }),
  rule(
    'stripe-key',
    'sk_live_ sk_test_ sk_prod_ rk_live_ rk_test_ rk_prod_',
    `${A}{10,99}`,
  ),
  rule('stripe-key', 'whsec_', `${A}{32,64}`),
  rule('telegram-token', 'bot', '\\d{8,10}:[\\w-]{35}(?![\\w-])'),
  rule('twilio-key', 'SK', '[0-9a-fA-F]{32}(?![0-9A-Za-z])', { entropy: 3 }),
  rule('vault-token', 'hvb.', '[\\w-]{100,400}'),
  rule('vault-token', 'hvs.', '[\\w-]{24,140}', { entropy: 3.5 }),
  rule('vault-token', 's.', `(?=[A-Za-z]{0,23}[0-9])${A}{24}(?![A-Za-z0-9.])`, {
    entropy: 3.5,
  }),
  rule('terraform-token', '', `[A-Za-z0-9]{14}\\.atlasv1\\.[\\w=-]{60,70}`, {
    entropy: 3.5,
  }),
];
