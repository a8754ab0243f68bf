// SPDX-License-Identifier: Apache-2.0

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { plainEnvironment } from "./plain-environment.ts";

const PROGRAM = `
import json, sys, psutil
def plain(value):
    if isinstance(value, tuple) and hasattr(value, "_asdict"): return {k: plain(v) for k, v in value._asdict().items()}
    if isinstance(value, dict): return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)): return [plain(v) for v in value]
    return value
for line in sys.stdin:
    try:
        print(json.dumps({"value": plain(eval(json.loads(line)))}), flush=True)
    except Exception as error:
        print(json.dumps({"error": type(error).__name__}), flush=True)
`;

/** psutil itself, as an independent opinion: evaluates expressions in one Python process kept for the suite. */
export class PsutilOracle {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  /** With a uid, asks as another user, which only root can do. */
  constructor(python: string, uid?: number) {
    this.#child = spawn(python, ["-c", PROGRAM], { env: plainEnvironment(), ...(uid === undefined ? {} : { uid }) });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Value of a Python expression in JSON terms; named tuples become objects. Throws with the exception's name. */
  async value<T = unknown>(expression: string): Promise<T> {
    this.#child.stdin.write(`${JSON.stringify(expression)}\n`);
    const line = await this.#lines.next();
    if (line.done === true) throw new Error("the psutil oracle ended");
    const answer = JSON.parse(line.value) as { value?: T; error?: string };
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value as T;
  }

  /** Gives expressions `on_tree(root, function)`, which calls a function of psutil with another tree for /sys. */
  async redirectSysfs(): Promise<void> {
    const script = fileURLToPath(new URL("psutil_tree.py", import.meta.url));
    await this.value(`exec(open(${JSON.stringify(script)}).read(), globals())`);
  }

  /** Ends the Python process. */
  stop(): void {
    this.#child.stdin.end();
  }
}
