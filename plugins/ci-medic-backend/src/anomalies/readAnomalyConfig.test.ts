import { ConfigReader } from '@backstage/config';
import { readAnomalyConfig } from './readAnomalyConfig';

describe('readAnomalyConfig', () => {
  const read = (anomalies: object) =>
    readAnomalyConfig(new ConfigReader({ ciMedic: { anomalies } } as any));

  it('has defaults, and says what is wrong', () => {
    expect(read({})).toEqual({ dailyBudget: 1, maxAgeMs: 86_400_000 });
    expect(read({ dailyBudget: 0, maxAge: { days: 5 } })).toEqual({
      ...{ dailyBudget: 0, maxAgeMs: 5 * 86_400_000 },
    });
    expect(() => read({ dailyBudget: 0.5 })).toThrow(
      'ciMedic.anomalies.dailyBudget',
    );
    expect(() => read({ maxAge: { days: 0 } })).toThrow(
      'ciMedic.anomalies.maxAge must be longer than nothing',
    );
  });
});
