// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { HostUnreachable, InvalidArgument, NoSuchProcess } from "../errors.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { PopenInput } from "./input.ts";
import { PopenOutput } from "./output.ts";

const bytes = (text: string) => Buffer.from(text);

describe("Output of a Popen", () => {
  it("goes on where the last reader left, and ends after what was there", async () => {
    const output = new PopenOutput();
    output.push(bytes("a"));
    output.push(bytes("b"));
    for await (const chunk of output) {
      expect(Buffer.from(chunk).toString()).to.equal("a");
      break;
    }
    const rest = output.text();
    output.push(bytes("ä"));
    output.end();
    expect(await rest).to.equal("bä");
    expect(await output.text()).to.equal("");
  });

  it("holds its writer up at a mebibyte, until it is read or ends", async () => {
    const output = new PopenOutput();
    expect(output.push(new Uint8Array(1024 * 1024))).to.equal(undefined);
    const first = output.push(new Uint8Array(1)) as Promise<void>;
    let roomy = false;
    first.then(() => {
      roomy = true;
    });
    await Promise.resolve();
    expect(roomy).to.equal(false);
    await output[Symbol.asyncIterator]().next();
    await first;
    output.push(new Uint8Array(1024 * 1024));
    const second = output.push(new Uint8Array(1)) as Promise<void>;
    output.end();
    await second;
  });

  it("gives its error to whoever reads on", async () => {
    const output = new PopenOutput();
    const waiting = failureOf(output.bytes(), HostUnreachable);
    output.end(new HostUnreachable("broken"));
    expect((await waiting).message).to.equal("broken");
    await failureOf(output.bytes(), HostUnreachable);
  });
});

describe("Input of a Popen", () => {
  it("is taken in order, each write resolved when the next is asked for", async () => {
    const input = new PopenInput();
    const requests = input.requests({ case: "stdin", value: bytes("first") })[Symbol.asyncIterator]();
    const done: string[] = [];
    const write = input.write(new Uint8Array(40 * 1024)).then(() => done.push("written"));
    const lengths: number[] = [];
    for (let i = 0; i < 3; i++) lengths.push(((await requests.next()).value as Uint8Array).byteLength);
    expect(lengths[1]).to.be.within(32 * 1024, 32 * 1024 + 16);
    expect(lengths[2]).to.be.within(8 * 1024, 8 * 1024 + 16);
    expect(done).to.deep.equal([]);
    void requests.next();
    await write;
    expect(done).to.deep.equal(["written"]);
  });

  it("refuses what is no data, and what comes after its end", async () => {
    const input = new PopenInput();
    await failureOf(input.write(5 as never), InvalidArgument);
    const requests = input.requests({ case: "stdin", value: bytes("first") })[Symbol.asyncIterator]();
    const ended = input.end();
    for (let i = 0; i < 2; i++) await requests.next();
    void requests.next();
    await ended;
    await input.end();
    await failureOf(input.write("x"), InvalidArgument);
  });

  it("fails who waits to write once the process has ended", async () => {
    const input = new PopenInput();
    const requests = input.requests({ case: "stdin", value: bytes("first") })[Symbol.asyncIterator]();
    await requests.next();
    const waiting = failureOf(input.write("x"), NoSuchProcess);
    input.close(null);
    await waiting;
    expect((await requests.next()).done).to.equal(true);
    await failureOf(input.write("x"), NoSuchProcess);
    await input.end();
  });
});
