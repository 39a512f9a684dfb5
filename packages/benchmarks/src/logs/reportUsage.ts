/** Loaded before a command that is measured: says at its end what it used. */
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
  process.stderr.write(
    `usage ${JSON.stringify({ cpuSeconds, megabytes: maxRSS / 1024 })}\n`,
  );
});
