/** What a service is written in. */
export type Stack = 'node' | 'python' | 'go' | 'java' | 'rust';

/** A service, a library or a team's site, as it was planned. */
export type ServicePlan = {
  name: string;
  stack: Stack;
  system: string;
  owner: string;
  description: string;
  /** What it deals with; names files, tests and types. */
  noun: string;
  /** Of the thing it deals with, in the plural. */
  attribute: string;
  type: 'service' | 'website' | 'library';
  tier: 1 | 2 | 3;
  lifecycle: 'production' | 'experimental' | 'deprecated';
  pool: 'hosted' | 'farm';
  /** The API that it provides. */
  api?: string;
  consumes?: string[];
  dependsOn?: string[];
  /** The library that its build takes from. */
  kit?: string;
  /** Changes on a working day. */
  changes: number;
};

/** The account that owns all repositories. */
export const ORGANISATION = 'meridian';

export const systems = [
  { name: 'commerce', owner: 'commerce', title: 'Commerce' },
  { name: 'payments', owner: 'payments', title: 'Payments' },
  { name: 'logistics', owner: 'logistics', title: 'Logistics' },
  { name: 'platform', owner: 'platform', title: 'Platform' },
];

/**
 * Groups with their members; the first of each leads and reviews.
 *
 * @public
 */
export const teams: Record<string, string[]> = {
  'team-storefront': ['amara.nwosu', 'jonas.weber', 'li.na'],
  'team-pricing': ['priya.raman', 'tomas.novak'],
  'team-payments': ['sofia.martins', 'david.cohen', 'yuki.tanaka'],
  'team-risk': ['fatima.zahra', 'erik.lund'],
  'team-delivery': ['marco.bianchi', 'grace.kim', 'noah.smith'],
  'team-platform': ['ines.dubois', 'samuel.osei', 'hana.kovac'],
};

/**
 * Who operates what all teams use, beside their work in a team.
 *
 * @public
 */
export const operators = ['ines.dubois', 'samuel.osei'];

/**
 * Hours that the clocks of teams are ahead of UTC: somebody is always awake.
 *
 * @public
 */
export const zones: Record<string, number> = {
  'team-storefront': 0,
  'team-pricing': 8,
  'team-payments': -6,
  'team-risk': 3,
  'team-delivery': -10,
  'team-platform': 1,
};

/** Departments and their teams. */
export const groups: Record<string, string[]> = {
  commerce: ['team-storefront', 'team-pricing'],
  payments: ['team-payments', 'team-risk'],
  logistics: ['team-delivery'],
  platform: ['team-platform'],
};

const service = (
  name: string,
  stack: Stack,
  [system, owner]: [string, string],
  [noun, attribute]: [string, string],
  more: Partial<ServicePlan> & { description: string },
): ServicePlan => ({
  ...{ name, stack, system, owner, noun, attribute },
  ...{ type: 'service', tier: 2, lifecycle: 'production', pool: 'hosted' },
  changes: 1.6,
  ...more,
});

const store: [string, string] = ['commerce', 'team-storefront'];
const price: [string, string] = ['commerce', 'team-pricing'];
const pay: [string, string] = ['payments', 'team-payments'];
const risk: [string, string] = ['payments', 'team-risk'];
const move: [string, string] = ['logistics', 'team-delivery'];
const base: [string, string] = ['platform', 'team-platform'];

/** All repositories of the organisation. */
export const services: ServicePlan[] = [
  service('storefront', 'node', store, ['basket', 'items'], {
    ...{ description: 'What customers see', type: 'website', tier: 1 },
    ...{ consumes: ['checkout', 'catalogue', 'identity'], kit: 'webkit' },
    changes: 2.6,
  }),
  service('checkout', 'node', store, ['order', 'lines'], {
    ...{ description: 'From a basket to an order', tier: 1, api: 'checkout' },
    ...{ consumes: ['quotes', 'charges'], kit: 'webkit', changes: 2.2 },
  }),
  service('pricing', 'python', price, ['quote', 'discounts'], {
    ...{ description: 'Prices, taxes and discounts', api: 'quotes' },
    ...{ consumes: ['catalogue'], kit: 'datakit' },
  }),
  service('catalogue', 'go', store, ['product', 'variants'], {
    ...{ description: 'Products and their variants', api: 'catalogue' },
    ...{ kit: 'servicekit', pool: 'farm' },
  }),
  service('charges', 'java', pay, ['payment', 'amounts'], {
    ...{ description: 'Takes payments', tier: 1, api: 'charges' },
    ...{ consumes: ['scores', 'bookings'], pool: 'farm', changes: 2 },
  }),
  service('bookkeeping', 'java', pay, ['booking', 'postings'], {
    ...{ description: 'The general ledger', tier: 1, api: 'bookings' },
    ...{ pool: 'farm', changes: 1.2 },
  }),
  service('fraud-scoring', 'python', risk, ['score', 'signals'], {
    ...{ description: 'How risky a payment is', api: 'scores' },
    ...{ kit: 'datakit' },
  }),
  service('parcels', 'go', move, ['parcel', 'stops'], {
    ...{ description: 'Follows parcels', tier: 2, api: 'parcels' },
    ...{ consumes: ['routes'], kit: 'servicekit', changes: 1.9 },
  }),
  service('warehouse', 'go', move, ['pallet', 'slots'], {
    ...{ description: 'Stock and picking', kit: 'servicekit', pool: 'farm' },
    ...{ consumes: ['catalogue', 'parcels'], api: 'stock' },
  }),
  service('route-planner', 'rust', move, ['route', 'legs'], {
    ...{ description: 'Plans routes', api: 'routes', pool: 'farm' },
    changes: 1.1,
  }),
  service('identity', 'node', base, ['session', 'claims'], {
    ...{ description: 'Who somebody is', tier: 1, api: 'identity' },
    kit: 'webkit',
  }),
  service('notifications', 'node', base, ['message', 'recipients'], {
    ...{ description: 'Mail and push messages', tier: 3, kit: 'webkit' },
    ...{ consumes: ['identity'], api: 'notifications' },
  }),
  service('edge-proxy', 'rust', base, ['tunnel', 'hops'], {
    ...{ description: 'Terminates connections', tier: 1, changes: 0.9 },
    consumes: ['identity'],
  }),
  service('recommendations', 'python', price, ['ranking', 'weights'], {
    ...{ description: 'What else customers may like', kit: 'datakit' },
    ...{ tier: 3, lifecycle: 'experimental', consumes: ['catalogue'] },
  }),
  service('webkit', 'node', base, ['widget', 'slots'], {
    ...{ description: 'Shared TypeScript library', type: 'library' },
    changes: 0.8,
  }),
  service('datakit', 'python', base, ['frame', 'columns'], {
    ...{ description: 'Shared Python library', type: 'library' },
    changes: 0.7,
  }),
  service('servicekit', 'go', base, ['client', 'retries'], {
    ...{ description: 'Shared Go library', type: 'library', changes: 0.7 },
  }),
];
