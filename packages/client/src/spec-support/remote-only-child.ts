// SPDX-License-Identifier: Apache-2.0

// Usage: remote-only-child.ts TARGET. Uses a remote host, then prints what native code that has brought in.
const asked: string[] = [];
const { dlopen } = process;
process.dlopen = (module, path, ...flags) => {
  asked.push(path);
  return dlopen.call(process, module, path, ...flags);
};

const { open } = await import("../index.ts");
const host = await open(process.argv[2] as string);
const bootTime = await host.bootTime();
await host.close();

const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] };
console.log(JSON.stringify({ bootTime, asked, sharedObjects }));
