import {
  diagnosisAccuracySchema,
  failureCategorySchema,
  feedbackInputSchema,
  feedbackSchema,
  incidentCauseSchema,
  incidentDiagnosisSchema,
  incidentFeedbackSchema,
} from '@ci-medic/plugin-ci-medic-common';
import { emptyBody, entity, oneOf, operation, path, text } from './operation';

const { verdict } = feedbackInputSchema.shape;

/** Paths of diagnoses, of causes, and of what people say of them. */
export const diagnosisPaths = {
  '/incidents/{incidentId}/diagnosis': {
    get: operation({
      id: 'getDiagnosis',
      summary: 'What kind of failure an incident is, how sure that is, and why',
      parameters: [path('incidentId')],
      result: incidentDiagnosisSchema,
    }),
  },
  '/incidents/{incidentId}/cause': {
    get: operation({
      id: 'getCause',
      summary: 'What most likely caused an incident, and how far that reaches',
      parameters: [path('incidentId')],
      result: incidentCauseSchema,
    }),
  },
  '/incidents/{incidentId}/feedback': {
    get: operation({
      id: 'listFeedback',
      summary: 'What people said, and whether the caller may say something',
      parameters: [path('incidentId')],
      result: incidentFeedbackSchema,
    }),
    post: operation({
      id: 'giveFeedback',
      summary: 'Says whether a diagnosis is right; for owners',
      parameters: [path('incidentId')],
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['verdict'],
        properties: {
          verdict: oneOf(...verdict.options),
          category: oneOf(...failureCategorySchema.options),
          subCategory: text(100),
          fixedBy: text(1_000),
          comment: text(2_000),
        },
      },
      status: 201,
      result: feedbackSchema,
    }),
  },
  '/feedback/{feedbackId}/undo': {
    post: operation({
      id: 'undoFeedback',
      summary: 'Takes back what was said; it stays in the history',
      parameters: [path('feedbackId')],
      body: emptyBody,
      result: feedbackSchema,
    }),
  },
  '/entities/{kind}/{namespace}/{name}/diagnosis-accuracy': {
    get: operation({
      id: 'getDiagnosisAccuracy',
      summary: 'How right the diagnoses of an entity have been so far',
      parameters: entity,
      result: diagnosisAccuracySchema,
    }),
  },
};
