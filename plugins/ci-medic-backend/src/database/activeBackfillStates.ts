/** States in which history is still to be read. */
export const activeBackfillStates = ['queued', 'running', 'waiting'];
