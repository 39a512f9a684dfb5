/** @jest-environment ./__testUtils__/OnnxEnvironment.js */
import {
  CONTEXT_FEATURES,
  diagnose,
  FEATURES,
  joinFeatures,
  KNOWN_CATEGORIES,
} from '@ci-medic/diagnosis';
import { readFileSync, statSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import { bundledModels } from './bundledModels';
import { ModelRepository } from './ModelRepository';

const FOLDER = join(bundledModels(), 'failure-classifier', '1');

/** What the pipeline in Python said of texts when the model was trained. */
function parityRows(): {
  text: string;
  context: string[];
  probabilities: number[];
  transient: number;
}[] {
  const packed = readFileSync(join(FOLDER, 'parity.json.gz'));
  return JSON.parse(gunzipSync(packed).toString('utf8'));
}

describe('the model that comes with it', () => {
  let repository: ModelRepository;

  beforeAll(async () => {
    repository = await ModelRepository.open(bundledModels());
  });

  afterAll(() => repository.close());

  it('is small, and takes what a diagnosis gives', () => {
    const model = repository.find('failure-classifier');
    expect(repository.list().map(({ error }) => error)).toEqual([undefined]);
    expect(statSync(join(FOLDER, 'model.onnx')).size).toBeLessThan(
      15 * 1024 * 1024,
    );
    expect(model?.width).toBe(FEATURES);
    expect(model?.description.contextFeatures).toEqual(CONTEXT_FEATURES);
    expect(model?.description.categories).toEqual(KNOWN_CATEGORIES);
  });

  it('says of 500 texts what the pipeline that trained it says', async () => {
    const model = repository.find('failure-classifier')!;
    const rows = parityRows();
    expect(rows).toHaveLength(500);
    const vectors = rows.map(({ text, context }) =>
      joinFeatures(
        text,
        CONTEXT_FEATURES.map(name => (context.includes(name) ? 1 : 0)),
      ),
    );
    const predictions = await model.predict(vectors);
    const differences = predictions.flatMap((one, row) => [
      Math.abs(one.transient! - rows[row].transient),
      ...one.probabilities.map((value, category) =>
        Math.abs(value - rows[row].probabilities[category]),
      ),
    ]);
    expect(differences).toHaveLength(500 * 6);
    expect(Math.max(...differences)).toBeLessThanOrEqual(1e-4);
  });

  it('is taken by a diagnosis', async () => {
    const model = repository.find('failure-classifier')!;
    const [prediction] = await model.predict([
      joinFeatures('connect ETIMEDOUT 10.0.0.1:443'),
    ]);
    const result = diagnose({
      model: {
        name: model.name,
        version: model.version,
        categories: model.description.categories,
        ...prediction,
      },
    });
    expect(result.missing).toEqual([]);
    expect(result.model).toEqual({ name: 'failure-classifier', version: '1' });
  });
});
