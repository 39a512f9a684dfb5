import {
  DiagnosisAccuracy,
  Feedback,
  FeedbackInput,
  IncidentCause,
  IncidentDiagnosis,
  IncidentFeedback,
  wilsonInterval,
} from '@ci-medic/plugin-ci-medic-common';
import {
  causeOf,
  diagnosisOf,
  diskFull,
} from '../../src/components/diagnosis/__fixtures__/diagnoses';

/** What every incident is here. */
export const demoDiagnosis: IncidentDiagnosis = {
  diagnosis: diagnosisOf(),
  kind: diskFull,
  history: [],
};

/** What caused it. */
export const demoCause: IncidentCause = causeOf();

/** Keeps what is said until the page is loaded anew. */
export class DemoFeedback {
  #items: Feedback[] = [];

  list(): IncidentFeedback {
    return { items: this.#items, allowed: true, kinds: [diskFull] };
  }

  give({ incidentId, ...input }: { incidentId: string } & FeedbackInput) {
    const given: Feedback = {
      ...input,
      ...{ id: `feedback-${this.#items.length}`, incidentId },
      ...{ fingerprint: 'f', via: 'portal', actor: 'user:default/guest' },
      at: new Date().toISOString(),
    };
    this.#items = [given, ...this.#items];
    return given;
  }

  undo(id: string): Feedback {
    const undone = {
      undoneAt: new Date().toISOString(),
      undoneBy: 'user:default/guest',
    };
    this.#items = this.#items.map(item =>
      item.id === id ? { ...item, ...undone } : item,
    );
    return this.#items.find(item => item.id === id)!;
  }

  accuracy(): DiagnosisAccuracy {
    const { low, high } = wilsonInterval(18, 20);
    return {
      categories: [
        { category: 'infrastructure', judged: 20, right: 18, low, high },
      ],
    };
  }
}
