// SPDX-License-Identifier: Apache-2.0

// main.ts with a transport that needs no addon: spawned by run.spec.ts. HOSTSCOPE_SPEC_OPEN: "fail" or "crash".
import { run } from "../run.ts";
import { fakeTransport, untilAborted } from "./fake-transport.ts";

const code = await run(process.argv.slice(2), async () => {
  if (process.env.HOSTSCOPE_SPEC_OPEN === "fail") throw new Error("no addon for this platform\nbuild it");
  if (process.env.HOSTSCOPE_SPEC_OPEN === "crash") setTimeout(() => Promise.reject(new Error("a\ndefect")), 50);
  return fakeTransport({
    unary: async (_method, request) => request,
    // biome-ignore lint/correctness/useYield: a watch that has nothing to say
    serverStream: async function* (_method, _request, options) {
      await untilAborted(options.signal);
    },
  });
});
process.exit(code);
