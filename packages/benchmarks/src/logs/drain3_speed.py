"""Prints how many seconds Drain3 takes to mine the templates of a file."""

import json
import logging
import sys
import time

from drain3 import TemplateMiner
from drain3.template_miner_config import TemplateMinerConfig

logging.disable(logging.CRITICAL)
with open(sys.argv[1], encoding="utf-8", errors="replace") as file:
    lines = file.read().splitlines()
miner = TemplateMiner(config=TemplateMinerConfig())
started = time.process_time()
for line in lines:
    miner.add_log_message(line)
print(json.dumps({"cpu_seconds": time.process_time() - started, "lines": len(lines)}))
