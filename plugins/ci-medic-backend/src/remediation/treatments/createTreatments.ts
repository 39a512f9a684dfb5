import { Treatment, TreatmentContext } from '@ci-medic/plugin-ci-medic-node';
import { AdviseTreatment } from './AdviseTreatment';
import { CanaryTreatment } from './CanaryTreatment';
import { FreshRunnerTreatment } from './FreshRunnerTreatment';
import { RebuildTreatment } from './RebuildTreatment';
import { RerunTreatment } from './RerunTreatment';
import { ReturnRunnerTreatment } from './ReturnRunnerTreatment';
import { RollbackTreatment } from './RollbackTreatment';

/** The treatments that CI Medic has by itself. */
export function createTreatments(context: TreatmentContext): Treatment[] {
  return [
    new RerunTreatment(context),
    new FreshRunnerTreatment(context),
    new ReturnRunnerTreatment(context),
    new RebuildTreatment(context),
    new RollbackTreatment(context),
    new CanaryTreatment(context),
    new AdviseTreatment(),
  ];
}
