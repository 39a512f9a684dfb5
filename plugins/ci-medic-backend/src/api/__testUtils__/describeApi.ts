import { TestDatabases } from '@backstage/backend-test-utils';
import { ApiScene } from './ApiScene';

/** Tests of the API on each database. What they are given is there once they run. */
export function describeApi(
  name: string,
  tests: (scene: () => ApiScene, databaseId: string) => void,
): void {
  jest.setTimeout(120_000);

  describe.each(TestDatabases.create().eachSupportedId())(
    `${name} on %s`,
    id => {
      let scene: ApiScene;
      // Before the one of the databases, which the backend needs while it stops.
      afterAll(async () => {
        await scene.stop();
      });
      const databases = TestDatabases.create({ ids: [id as any] });

      beforeAll(async () => {
        scene = await ApiScene.start(await databases.init(id as any));
      });

      afterEach(() => scene.denied.clear());

      tests(() => scene, id);
    },
  );
}
