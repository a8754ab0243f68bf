// SPDX-License-Identifier: Apache-2.0

// Tries to open this machine where @hostscope/native is not installed, and prints the error.
import { register } from "node:module";

const hook = `export async function resolve(specifier, context, next) {
  if (specifier !== "@hostscope/native") return next(specifier, context);
  throw Object.assign(new Error("Cannot find package '@hostscope/native'"), { code: "ERR_MODULE_NOT_FOUND" });
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

const { open } = await import("../index.ts");
const error = await open("local:").catch((reason: unknown) => reason as Error);
console.log(JSON.stringify({ name: (error as Error).name, message: (error as Error).message }));
