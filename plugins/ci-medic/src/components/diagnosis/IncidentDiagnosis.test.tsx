import '@testing-library/jest-dom';
import { IncidentFeedback } from '@ci-medic/plugin-ci-medic-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { incidentDetailOf } from '../incidents/__fixtures__/incidents';
import { renderIncidents } from '../incidents/__testUtils__/renderIncidents';
import {
  causeOf,
  diagnosisOf,
  diskFull,
  feedbackOf,
  rootCauseOf,
} from './__fixtures__/diagnoses';

// Rendering with everything around it takes long where several tests run at once.
jest.setTimeout(30_000);

const ADDRESS = '/shop/incidents/incident-1';
const getIncident = async () => incidentDetailOf();
const region = async (name: string) =>
  within(await screen.findByRole('region', { name }));
const kinds: IncidentFeedback['kinds'] = [
  { key: 'code.compile', category: 'code', title: 'Does not compile' },
];

describe('IncidentDiagnosis', () => {
  it('shows the answer with its number, its basis, the second best and the lines', async () => {
    renderIncidents(
      {
        getIncident,
        getDiagnosis: async () => ({
          diagnosis: diagnosisOf({
            missing: [{ part: 'model', reason: 'It is away' }],
          }),
          kind: diskFull,
          history: [
            { ...diagnosisOf(), at: '2026-03-03T10:00:00.000Z' },
            {
              ...diagnosisOf({ id: 'old', category: 'code', confidence: 0.5 }),
              at: '2026-03-03T09:00:00.000Z',
            },
          ],
        }),
      },
      ADDRESS,
    );
    const part = await region('Diagnosis');
    expect(
      await part.findByText('Infrastructure: Disk is full'),
    ).toBeInTheDocument();
    expect(part.getByText(/91% sure/)).toHaveTextContent('else Code, 5%');
    expect(part.getByText(/^Signatures decided. A rerun/)).toHaveTextContent(
      'A rerun of the same commit passes with 80%. Model failure-classifier, version 7.',
    );
    expect(part.getByText(/It is away/).closest('p')).toHaveTextContent(
      'Without model: It is away. It is filled in later.',
    );
    const reasons = within(part.getByRole('list', { name: 'Why' }));
    expect(reasons.getAllByRole('listitem')[0]).toHaveTextContent(
      'Signature: The log says that the disk is full. for Infrastructure',
    );
    expect(
      reasons.getByRole('link', { name: 'lines 98 to 100' }),
    ).toHaveAttribute('href', `${ADDRESS}/logs/job-1#L98`);
    expect(part.getByText('Run it on another machine.')).toBeInTheDocument();
    expect(part.getByText('Earlier diagnoses')).toBeInTheDocument();
  });

  it('says unknown with its best guess and what would settle it', async () => {
    renderIncidents(
      {
        getIncident,
        getDiagnosis: async () => ({
          diagnosis: diagnosisOf({
            ...{ category: 'unknown', subCategory: undefined, confidence: 0.4 },
            secondBest: { category: 'code', confidence: 0.4 },
            wouldSettle: ['A rerun of the same commit'],
          }),
          history: [],
        }),
      },
      ADDRESS,
    );
    const part = await region('Diagnosis');
    expect(await part.findByText(/best guess: Code, 40%/)).toBeInTheDocument();
    expect(part.queryByText(/sure/)).not.toBeInTheDocument();
    expect(part.getByText('A rerun of the same commit')).toBeInTheDocument();
    expect(await part.findByRole('button', { name: 'Right' })).toBeDisabled();
  });

  it('takes what is wrong with the right kind, and takes it back', async () => {
    const items = [] as ReturnType<typeof feedbackOf>[];
    const giveFeedback = jest.fn(async () => {
      items.unshift(feedbackOf({ fixedBy: '<b>Freed</b> the disk' }));
      return items[0];
    });
    const undoFeedback = jest.fn(async () => {
      items[0] = {
        ...items[0],
        undoneAt: items[0].at,
        undoneBy: 'user:default/bob',
      };
      return items[0];
    });
    renderIncidents(
      {
        getIncident,
        getDiagnosis: async () => ({ diagnosis: diagnosisOf(), history: [] }),
        listFeedback: async () => ({ items: [...items], allowed: true, kinds }),
        ...{ giveFeedback, undoFeedback },
      },
      ADDRESS,
    );
    const part = await region('Diagnosis');
    await userEvent.click(await part.findByRole('button', { name: 'Wrong…' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: /It is/ }));
    await userEvent.click(await screen.findByRole('option', { name: 'Code' }));
    await userEvent.type(dialog.getByLabelText('What fixed it'), ' a fix ');
    await userEvent.click(dialog.getByRole('button', { name: 'Send' }));
    await waitFor(() =>
      expect(giveFeedback).toHaveBeenCalledWith({
        ...{ incidentId: 'incident-1', verdict: 'wrong', category: 'code' },
        ...{ subCategory: undefined, fixedBy: 'a fix', comment: undefined },
      }),
    );
    expect(
      await part.findByText(/user:default\/ada said that it is Code/),
    ).toBeInTheDocument();
    expect(part.getByText(/<b>Freed<\/b> the disk/)).toBeInTheDocument();
    await userEvent.click(
      part.getByRole('button', { name: 'Undo what user:default/ada said' }),
    );
    expect(
      await part.findByText(/taken back by user:default\/bob/),
    ).toBeInTheDocument();
  });

  it('says why somebody may not say anything', async () => {
    renderIncidents(
      {
        getIncident,
        getDiagnosis: async () => ({ diagnosis: diagnosisOf(), history: [] }),
        listFeedback: async () => ({
          ...{ items: [], allowed: false, kinds },
          reason: 'Only owners may do this: group:default/payments',
        }),
      },
      ADDRESS,
    );
    const part = await region('Diagnosis');
    expect(await part.findByText(/Only owners may do this/)).toBeVisible();
    for (const name of ['Right', 'Wrong…', 'Not an incident']) {
      expect(part.getByRole('button', { name })).toBeDisabled();
    }
  });
});

describe('IncidentCause', () => {
  it('shows suspects with reasons, the graph, and how far the cause reaches', async () => {
    renderIncidents({ getIncident, getCause: async () => causeOf() }, ADDRESS);
    const part = await region('Cause');
    const suspects = within(await part.findByRole('list', { name: 'Cause' }));
    expect(suspects.getByText('71%').closest('li')).toHaveTextContent(
      /Upstream kit: Release 2.0.0 .*released in this time, 1 step upstream/,
    );
    expect(suspects.getByText('20%').closest('li')).toHaveTextContent(
      /Commit Sort orders 01234567 by ada.*the only change that touches/,
    );
    expect(part.getByText(/nobody: flaky 5%/)).toBeInTheDocument();
    expect(
      part.getByRole('img', { name: 'The part of the catalog that matters' }),
    ).toHaveTextContent(/kit.*shop/);
    const reach = await region('Reach');
    expect(reach.getByText(/nobody owns it/)).toBeInTheDocument();
    expect(
      reach.getByRole('link', { name: 'kit does not build' }),
    ).toHaveAttribute('href', '/shop/incidents/incident-9');
    expect(
      reach.getByText('and 2 of services that you do not see'),
    ).toBeInTheDocument();
  });

  it('A16: says that nothing in range is suspected, and shows hostile text as text', async () => {
    const text = '<img src=x onerror=alert(1)>\u2066';
    renderIncidents(
      {
        getIncident,
        getCause: async () =>
          causeOf({
            rootCause: rootCauseOf({
              ...{ suspects: [], graph: undefined, range: undefined },
              ...{ sentence: text, missing: [{ part: 'x', reason: text }] },
            }),
          }),
      },
      ADDRESS,
    );
    const part = await region('Cause');
    expect(
      await part.findByText('No change in range is suspected'),
    ).toBeInTheDocument();
    expect(part.getAllByText(/<img src=x/)).toHaveLength(2);
    expect(document.querySelector('img')).toBeNull();
  });
});

describe('DiagnosisAccuracy', () => {
  it('shows shares with intervals and what they rest on', async () => {
    renderIncidents({
      listIncidents: async () => ({ items: [] }),
      getDiagnosisAccuracy: async () => ({
        categories: [
          {
            ...{ category: 'code', judged: 10, right: 9 },
            ...{ low: 0.596, high: 0.982 },
          },
        ],
      }),
    });
    const table = await screen.findByRole('table', {
      ...{ name: 'How right the diagnoses have been', hidden: true },
    });
    expect(table).toHaveTextContent(/Code90%59.6% – 98.2%10/);
  });
});
