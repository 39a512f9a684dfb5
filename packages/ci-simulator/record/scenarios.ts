import { Edit, Scenario, Step } from './scenario';

const install: Step = { name: 'Install dependencies', run: 'npm ci' };

const minimum = (sign: string, was: string): Edit => ({
  file: 'src/discount.ts',
  from: `subtotal.cents ${was} discount.minimumCents`,
  to: `subtotal.cents ${sign} discount.minimumCents`,
});

const checkout: Scenario = {
  name: 'checkout',
  description: 'Carts, discounts and orders (TypeScript)',
  workflows: [
    {
      name: 'CI',
      path: '.github/workflows/ci.yml',
      jobs: [
        {
          name: 'lint',
          steps: [
            install,
            { name: 'Run npm run lint', run: 'npm run lint' },
            { name: 'Run npm run typecheck', run: 'npm run typecheck' },
          ],
        },
        {
          name: 'test',
          steps: [install, { name: 'Unit tests', run: 'npm test -- --ci' }],
          report: { name: 'junit', path: 'reports/junit.xml' },
        },
        {
          name: 'build',
          needs: ['lint', 'test'],
          steps: [
            install,
            { name: 'Run npm run build', run: 'npm run build' },
            {
              name: 'Build the product catalog',
              run: 'npm run catalog',
              env: { NODE_OPTIONS: '--max-old-space-size=160' },
            },
          ],
        },
      ],
    },
  ],
  changes: [
    {
      daysAgo: 19.2,
      message: 'Carts, discounts and orders',
      author: 'Ada Lindqvist',
      edits: [],
    },
    {
      daysAgo: 17.1,
      message: 'Say what money is',
      author: 'Ben Okafor',
      edits: [
        {
          file: 'src/money.ts',
          from: 'so that sums stay exact. */',
          to: 'so that sums stay exact; never negative cents. */',
        },
      ],
    },
    {
      daysAgo: 15.3,
      message: 'Discounts start above their minimum',
      author: 'Ben Okafor',
      edits: [minimum('<=', '<')],
    },
    {
      daysAgo: 15.1,
      message: 'Explain discounts in the readme',
      author: 'Ada Lindqvist',
      edits: [
        {
          file: 'README.md',
          content: '# Checkout\n\nDiscounts have a minimum.\n',
        },
      ],
    },
    {
      daysAgo: 14.8,
      message: 'Discounts apply from exactly the minimum on again',
      author: 'Ben Okafor',
      edits: [minimum('<', '<=')],
    },
    {
      daysAgo: 12.2,
      message: 'Limit the quantity of a line',
      author: 'Chiara Rossi',
      branch: 'quantity-limit',
      pullRequest: 21,
      edits: [
        {
          file: 'src/cart.ts',
          from: 'quantity: line.quantity + (present?.quantity ?? 0),',
          to: 'quantity: Math.min(99, line.quantity + present?.quantity),',
        },
      ],
    },
    {
      daysAgo: 11.9,
      message: 'Lines that are new have no quantity yet',
      author: 'Chiara Rossi',
      branch: 'quantity-limit',
      pullRequest: 21,
      edits: [
        {
          file: 'src/cart.ts',
          from: 'line.quantity + present?.quantity)',
          to: 'line.quantity + (present?.quantity ?? 0))',
        },
      ],
    },
    {
      daysAgo: 9.4,
      message: 'Load exchange rates at start',
      author: 'Ada Lindqvist',
      attempts: 2,
      edits: [
        {
          file: 'test/rates.test.ts',
          content: `import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const cache = join(process.env.RUNNER_TEMP ?? '.', 'rates.json');

it('has the exchange rates before the first order', () => {
  const rates = existsSync(cache) ? { USD: 1.09 } : undefined;
  writeFileSync(cache, '{"USD":1.09}');
  expect(rates).toEqual({ USD: 1.09 });
});
`,
        },
      ],
    },
    {
      daysAgo: 9.1,
      message: 'Exchange rates are a constant for now',
      author: 'Ada Lindqvist',
      edits: [
        {
          file: 'test/rates.test.ts',
          content: `it('has the exchange rates before the first order', () => {
  expect({ USD: 1.09 }).toHaveProperty('USD');
});
`,
        },
      ],
    },
    {
      daysAgo: 6.2,
      message: 'Take prices from the price list',
      author: 'Chiara Rossi',
      edits: [
        {
          file: 'package.json',
          from: '"zod": "3.23.8"',
          to: '"@acme-shop/price-list": "1.4.0",\n    "zod": "3.23.8"',
        },
      ],
    },
    {
      daysAgo: 5.9,
      message: 'Revert "Take prices from the price list"',
      author: 'Ada Lindqvist',
      edits: [
        {
          file: 'package.json',
          from: '"@acme-shop/price-list": "1.4.0",\n    ',
          to: '',
        },
      ],
    },
    {
      daysAgo: 3.3,
      message: 'Discounts start above their minimum, as the contract says',
      author: 'Ben Okafor',
      edits: [minimum('<=', '<')],
    },
    {
      daysAgo: 2.6,
      message: 'Revert the minimum of discounts',
      author: 'Ada Lindqvist',
      edits: [minimum('<', '<=')],
    },
    {
      daysAgo: 0.1,
      message: 'Many more product families',
      author: 'Chiara Rossi',
      edits: [
        {
          file: 'scripts/build-catalog.cjs',
          from: 'const families = 250;',
          to: 'const families = 9000;',
        },
      ],
    },
  ],
};

const goTools: Step = { name: 'Run go mod download', run: 'go mod download' };

const inventory: Scenario = {
  name: 'inventory',
  description: 'Counts what is in the warehouse (Go)',
  workflows: [
    {
      name: 'CI',
      path: '.github/workflows/ci.yml',
      jobs: [
        {
          name: 'vet',
          steps: [
            goTools,
            {
              name: 'Formatting',
              run: 'test -z "$(gofmt -l . | tee /dev/stderr)"',
            },
            { name: 'Run go vet', run: 'go vet ./...' },
          ],
        },
        {
          name: 'test',
          steps: [
            goTools,
            { name: 'Run go build', run: 'go build -o bin/ ./...' },
            {
              name: 'Test',
              run: 'mkdir -p reports && go test -race -json ./... > reports/tests.json; code=$?; go test -race -v ./... ; exit $code',
            },
          ],
          report: { name: 'test-report', path: 'reports/tests.json' },
        },
      ],
    },
  ],
  changes: [
    {
      daysAgo: 18.4,
      message: 'A ledger of articles',
      author: 'Dana Petrova',
      edits: [],
    },
    {
      daysAgo: 13.2,
      message: 'Reserve without waiting',
      author: 'Emeka Nwosu',
      edits: [
        {
          file: 'stock/ledger.go',
          from: 'func (l *Ledger) Reserve(sku string, quantity int) error {\n\tl.mu.Lock()\n\tdefer l.mu.Unlock()\n',
          to: 'func (l *Ledger) Reserve(sku string, quantity int) error {\n',
        },
      ],
    },
    {
      daysAgo: 12.9,
      message: 'Lock while reserving',
      author: 'Dana Petrova',
      edits: [
        {
          file: 'stock/ledger.go',
          from: 'func (l *Ledger) Reserve(sku string, quantity int) error {\n',
          to: 'func (l *Ledger) Reserve(sku string, quantity int) error {\n\tl.mu.Lock()\n\tdefer l.mu.Unlock()\n',
        },
      ],
    },
    {
      daysAgo: 8.3,
      message: 'Receive returns nothing',
      author: 'Emeka Nwosu',
      edits: [
        {
          file: 'stock/ledger.go',
          from: 'l.levels[sku] += quantity',
          to: 'l.levels[sku] += quantiy',
        },
      ],
    },
    {
      daysAgo: 8.2,
      message: 'Spell quantity',
      author: 'Emeka Nwosu',
      edits: [
        {
          file: 'stock/ledger.go',
          from: 'l.levels[sku] += quantiy',
          to: 'l.levels[sku] += quantity',
        },
      ],
    },
    {
      daysAgo: 4.1,
      message: 'Name the daemon',
      author: 'Dana Petrova',
      branch: 'daemon-name',
      pullRequest: 8,
      edits: [
        {
          file: 'stock/ledger.go',
          from: '\treturn levels\n}',
          to: '    return levels\n}',
        },
      ],
    },
    {
      daysAgo: 3.8,
      message: 'Format the ledger',
      author: 'Dana Petrova',
      branch: 'daemon-name',
      pullRequest: 8,
      edits: [
        {
          file: 'stock/ledger.go',
          from: '    return levels\n}',
          to: '\treturn levels\n}',
        },
      ],
    },
    {
      daysAgo: 1.2,
      message: 'Say what the ledger is for',
      author: 'Emeka Nwosu',
      edits: [
        { file: 'README.md', content: '# Inventory\n\nCounts articles.\n' },
      ],
    },
  ],
};

const python = (directory: string, report: string) => ({
  steps: [
    {
      name: 'Install dependencies',
      directory,
      run: 'python3 -m venv .venv\n.venv/bin/pip install -r requirements.txt',
    },
    { name: 'Lint', directory, run: '.venv/bin/ruff check .' },
    {
      name: 'Test',
      directory,
      run: '.venv/bin/python -m pytest -v --junitxml=reports/junit.xml',
    },
  ],
  report: { name: report, path: `${directory}/reports/junit.xml` },
});

const pricing: Scenario = {
  name: 'pricing',
  description: 'Quotes and promotions in one repository (Python)',
  workflows: [
    {
      name: 'Quotes',
      path: '.github/workflows/quotes.yml',
      jobs: [
        {
          name: 'quotes / test',
          ...python('services/quotes', 'junit-quotes'),
        },
      ],
    },
    {
      name: 'Promotions',
      path: '.github/workflows/promotions.yml',
      jobs: [
        {
          name: 'promotions / test',
          ...python('services/promotions', 'junit-promotions'),
        },
      ],
    },
  ],
  changes: [
    {
      daysAgo: 16.3,
      message: 'Quotes and promotions',
      author: 'Farid Haddad',
      edits: [],
    },
    {
      daysAgo: 10.2,
      message: 'Lower the rate of the Netherlands',
      author: 'Grace Kim',
      workflows: ['Quotes'],
      edits: [
        {
          file: 'services/quotes/quotes/tax.py',
          from: '"NL": 2100',
          to: '"NL": 2000',
        },
      ],
    },
    {
      daysAgo: 10.0,
      message: 'The rate of the Netherlands stays',
      author: 'Grace Kim',
      workflows: ['Quotes'],
      edits: [
        {
          file: 'services/quotes/quotes/tax.py',
          from: '"NL": 2000',
          to: '"NL": 2100',
        },
      ],
    },
    {
      daysAgo: 5.2,
      message: 'Update Jinja2',
      author: 'dependency-bot',
      workflows: ['Quotes'],
      edits: [
        {
          file: 'services/quotes/requirements.txt',
          from: 'Jinja2==3.1.2',
          to: 'Jinja2==3.1.99',
        },
      ],
    },
    {
      daysAgo: 5.0,
      message: 'Revert "Update Jinja2"',
      author: 'Farid Haddad',
      edits: [
        {
          file: 'services/quotes/requirements.txt',
          from: 'Jinja2==3.1.99',
          to: 'Jinja2==3.1.2',
        },
      ],
    },
    {
      daysAgo: 1.4,
      message: 'Prepare letters in other languages',
      author: 'Grace Kim',
      workflows: ['Quotes'],
      edits: [
        {
          file: 'services/quotes/quotes/letter.py',
          from: 'from jinja2 import Environment\n',
          to: 'import locale\n\nfrom jinja2 import Environment\n',
        },
      ],
    },
    {
      daysAgo: 1.2,
      message: 'Letters stay in one language',
      author: 'Grace Kim',
      workflows: ['Quotes'],
      edits: [
        {
          file: 'services/quotes/quotes/letter.py',
          from: 'import locale\n\n',
          to: '',
        },
      ],
    },
  ],
};

export const scenarios: Scenario[] = [checkout, inventory, pricing];
