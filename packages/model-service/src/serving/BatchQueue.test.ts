import { BatchQueue, QueueFullError } from './BatchQueue';

/** A run that ends when it is told to. */
function heldRun() {
  const batches: number[][] = [];
  const ends: (() => void)[] = [];
  const run = (rows: readonly number[]) =>
    new Promise<number[]>(resolve => {
      batches.push([...rows]);
      ends.push(() => resolve(rows.map(row => row * 10)));
    });
  return { batches, ends, run };
}

const turn = () => new Promise(resolve => setImmediate(resolve));

describe('BatchQueue', () => {
  it('runs together what came while a batch ran, each request with its own results', async () => {
    const { batches, ends, run } = heldRun();
    const queue = BatchQueue.create({ run, mostRows: 3, mostWaiting: 10 });
    const first = queue.add([1]);
    await turn();
    const others = [queue.add([2, 3]), queue.add([4]), queue.add([5, 6])];
    expect(queue.length).toBe(5);
    ends[0]();
    await expect(first).resolves.toEqual([10]);
    await turn();
    ends[1]();
    await turn();
    ends[2]();
    await expect(Promise.all(others)).resolves.toEqual([
      [20, 30],
      [40],
      [50, 60],
    ]);
    expect(batches).toEqual([[1], [2, 3, 4], [5, 6]]);
    await queue.idle();
    expect(queue.length).toBe(0);
  });

  it('refuses what would not fit, and says when to come again', async () => {
    const { ends, run } = heldRun();
    const queue = BatchQueue.create({ run, mostRows: 1, mostWaiting: 2 });
    const running = queue.add([0]);
    await turn();
    const waiting = queue.add([1, 2]);
    await expect(queue.add([3])).rejects.toMatchObject({
      name: QueueFullError.name,
      retryAfterSeconds: 2,
    });
    ends[0]();
    await running;
    await turn();
    ends[1]();
    await expect(waiting).resolves.toEqual([10, 20]);
  });

  it('leaves out who went away, and goes on after an error', async () => {
    const gone = new AbortController();
    const run = jest
      .fn()
      .mockRejectedValueOnce(new Error('broken'))
      .mockImplementation(async rows => rows);
    const queue = BatchQueue.create<number, number>({
      ...{ run, mostRows: 1, mostWaiting: 9 },
    });
    const failed = queue.add([1]);
    const left = queue.add([2], gone.signal);
    gone.abort(new Error('went away'));
    const good = queue.add([3]);
    await expect(failed).rejects.toThrow('broken');
    await expect(left).rejects.toThrow('went away');
    await expect(good).resolves.toEqual([3]);
    expect(run).toHaveBeenCalledTimes(2);
  });
});
