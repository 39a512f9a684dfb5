import { LoadedModel } from '../models/LoadedModel';
import { Prediction } from '../models/modelDescription';

/** What a model says, as the Open Inference Protocol puts it. */
export function inferResponse(options: {
  id?: string;
  model: LoadedModel;
  predictions: readonly Prediction[];
}) {
  const { id, model, predictions } = options;
  const { categories } = model.description;
  const rows = predictions.length;
  return {
    model_name: model.name,
    model_version: model.version,
    ...(id !== undefined && { id }),
    outputs: [
      {
        name: 'probabilities',
        datatype: 'FP32',
        shape: [rows, categories.length],
        parameters: { categories: categories.join(',') },
        data: predictions.flatMap(one => one.probabilities),
      },
      ...(model.hasTransient
        ? [
            {
              name: 'transient',
              datatype: 'FP32',
              shape: [rows, 1],
              data: predictions.map(one => one.transient ?? 0),
            },
          ]
        : []),
    ],
  };
}

/** What a model takes and gives, as the protocol's metadata. */
export function modelMetadata(model: LoadedModel, versions: string[]) {
  const { categories, contextFeatures, trainedAt } = model.description;
  return {
    name: model.name,
    versions,
    platform: 'onnxruntime_onnx',
    inputs: [
      { name: 'text', datatype: 'BYTES', shape: [-1, 1] },
      { name: 'features', datatype: 'FP32', shape: [-1, model.width] },
    ],
    outputs: [
      {
        name: 'probabilities',
        datatype: 'FP32',
        shape: [-1, categories.length],
      },
      ...(model.hasTransient
        ? [{ name: 'transient', datatype: 'FP32', shape: [-1, 1] }]
        : []),
    ],
    parameters: {
      version: model.version,
      categories: categories.join(','),
      context_features: contextFeatures.join(','),
      ...(trainedAt && { trained_at: trainedAt }),
    },
  };
}
