// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from "node:fs";
import { createCollector, loadWindowsServices } from "@hostscope/native";
import { WinService } from "@hostscope/proto/gen/win_service";
import { WinServiceAttribute, WinServiceStatus } from "@hostscope/proto/gen/win_service_values";
import { parseCommand } from "../config/config.ts";
import { Reader } from "../metrics/reader.ts";
import { STANDARD_ACCOUNT, serviceDefinition } from "../windows-service/service-definition.ts";
import { serviceError } from "../windows-service/service-error.ts";
import { SERVICE_NAME, serviceLog } from "../windows-service/service-facts.ts";
import { readArguments, runWork, UsageError } from "./command-flags.ts";

const USAGE = `Usage: hostscope-agent service install [--account NAME] [--password-file FILE] [--start auto|demand] [FLAGS]
       hostscope-agent service uninstall
       hostscope-agent service start | stop | status

Windows only. install registers an agent with the given FLAGS as the Windows service "${SERVICE_NAME}", which is started
with the machine and, should it crash, again. It runs as ${STANDARD_ACCOUNT} unless told otherwise; as LocalSystem it sees
and controls the processes of everybody. Give FLAGS in a file to change them later: --config FILE.
`;
const OWN_FLAGS = ["account", "password-file", "start"] as const;
/** As long as such calls may take. */
const WAIT_SECONDS = 60;

/** `hostscope-agent service`. */
export function service(args: readonly string[]): Promise<number> {
  return runWork("service", USAGE, args, async () => {
    const [verb = "", ...rest] = args;
    if (verb !== "install" && rest.length > 0) throw new UsageError(`"service ${verb}" takes nothing else`);
    try {
      await doIt(verb, rest);
    } catch (error) {
      throw serviceError(error);
    }
  });
}

async function doIt(verb: string, rest: readonly string[]): Promise<void> {
  switch (verb) {
    case "install":
      return install(rest);
    case "uninstall":
      return await uninstall();
    case "start":
      return await start();
    case "stop":
      return await stop();
    case "status":
      return await status();
    default:
      throw new UsageError(`there is no such thing as "service ${verb}"`);
  }
}

function install(args: readonly string[]): void {
  const isOwn = (arg: string) => OWN_FLAGS.some((name) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  const own: string[] = [];
  const flags: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (!isOwn(arg)) flags.push(arg);
    else own.push(arg, ...(arg.includes("=") ? [] : args.slice(++i, i + 1)));
  }
  const { account = STANDARD_ACCOUNT, "password-file": file, start = "auto" } = readArguments(own, OWN_FLAGS).flags;
  if (start !== "auto" && start !== "demand") throw new UsageError("--start is auto or demand");
  const command = parseCommand(flags);
  if (command.kind === "usage") throw new UsageError(command.message);
  const password = file === undefined ? null : readFileSync(file, "utf8").replace(/\r?\n$/, "");
  const definition = serviceDefinition(flags, { account, password, automatic: start === "auto" });
  const missing = loadWindowsServices().install(definition);
  const log = (command.kind === "run" ? command.config.logFile : null) ?? serviceLog(definition.folder);
  process.stdout.write(`${SERVICE_NAME} is installed and runs as ${account}; "service start" starts it now\n`);
  process.stdout.write(`its log is ${log}\n`);
  if (missing.length > 0) process.stderr.write(`this system has no such settings of services: ${missing.join(", ")}\n`);
}

async function uninstall(): Promise<void> {
  await stopped();
  loadWindowsServices().uninstall(SERVICE_NAME);
  process.stdout.write(`${SERVICE_NAME} is removed; its log and its files are left where they are\n`);
}

async function start(): Promise<void> {
  const { changed, pid } = await ask((reader) =>
    reader.unary(WinService.method.start, { name: SERVICE_NAME, timeout: WAIT_SECONDS }),
  );
  process.stdout.write(`${SERVICE_NAME} ${changed ? "runs" : "was running already"}, pid ${pid}\n`);
}

async function stop(): Promise<void> {
  const { changed } = await stopped();
  process.stdout.write(`${SERVICE_NAME} ${changed ? "has stopped" : "was not running"}\n`);
}

const stopped = () =>
  ask((reader) => reader.unary(WinService.method.stop, { name: SERVICE_NAME, timeout: WAIT_SECONDS }));

async function status(): Promise<void> {
  const attributes = [WinServiceAttribute.STATUS, WinServiceAttribute.PID, WinServiceAttribute.USERNAME];
  const { service } = await ask((reader) =>
    reader.unary(WinService.method.winServiceGet, { name: SERVICE_NAME, attributes }),
  );
  const [word = ""] = Object.entries(WinServiceStatus).find(([, each]) => each === service?.status) ?? [];
  const pid = service?.pid === undefined ? "" : `, pid ${service.pid}`;
  process.stdout.write(`${SERVICE_NAME} is ${word.toLowerCase()}${pid}, as ${service?.username}\n`);
}

/** Over the same seam that callers from elsewhere use. */
async function ask<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
  const transport = createCollector();
  try {
    return await work(new Reader(transport, (WAIT_SECONDS + 15) * 1_000, new AbortController().signal));
  } finally {
    await transport.close();
  }
}
